//! The hostile zips, each with what is said of it.

mod headers;
mod packing;
mod paths;
mod structure;

use super::bytes::Zip;

/// What is said of an entry that is not stored.
const COMPRESSED: &str =
    "is compressed, which lexlogs never does: extract the zip, and verify the folder";

/// A hostile zip.
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) zip: Vec<u8>,
    pub(super) message: String,
}

/// A bundle with one thing changed.
fn case(name: &'static str, change: impl FnOnce(&mut Zip), message: impl Into<String>) -> Case {
    let mut zip = Zip::good();
    change(&mut zip);
    Case {
        name,
        zip: zip.build(),
        message: message.into(),
    }
}

pub(super) fn all() -> Vec<Case> {
    let mut cases = paths::all();
    cases.extend(structure::all());
    cases.extend(headers::all());
    cases.extend(packing::all());
    cases
}
