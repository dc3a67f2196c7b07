//! The hostile zips, each with what is said of it.

mod headers;
mod packing;
mod paths;
mod structure;

use super::bytes::Zip;

/// The first entry.
const FIRST: &str = "LexConversationLogsAssumeRolePolicyDocument.json";

/// What is said of a zip whose directory leads nowhere.
const UNREADABLE: &str =
    "it cannot be read as a zip: it is damaged or incomplete; ask for it again";
/// What is said of a zip with right files and anything else that is wrong.
const PACKED: &str = "the zip is not packed as lexlogs packs it, so that other programs may find other files in it: ask for the original zip";
/// What is said of a zip that has something else in it.
const NO_BUNDLE: &str = "it is not a bundle: there is neither manifest.json nor request.json in it";
/// What is said of `undo.sh` if its header or its data is wrong.
const DAMAGED: &str = "undo.sh: cannot be read: the zip is damaged";
const TOO_LARGE: &str =
    "undo.sh: is too large: a file of a bundle has at most 1048576 bytes, all of them 16777216";
const NO_FILE: &str = "undo.sh: is a link, a folder or a device, no file";
/// What is said of an entry that is not stored.
const COMPRESSED: &str = "is compressed, which lexlogs never does: ask for the original zip, or extract this one and verify the folder";
/// What is said of names that lead elsewhere.
const OUTSIDE: &str = "is not a file in the one folder that a bundle has";
/// What is said of a file that no bundle has.
const ADDED: &str = "is not part of the bundle: it was added";

/// What is said of a file that holds something else.
pub(super) fn altered(name: &str) -> String {
    let generator = lexlogs::digest::GENERATOR;
    format!("{name}: is not what {generator} makes of request.json")
}

/// A hostile zip.
pub(super) struct Case {
    /// What is said of it, and which it is of those of which that is said.
    pub(super) name: String,
    pub(super) zip: Vec<u8>,
    pub(super) message: String,
}

/// A bundle with one thing changed, for each of these changes, of which all the same is said.
fn cases<T>(message: &str, all: &[T], change: impl Fn(&mut Zip, &T)) -> Vec<Case> {
    let case = |(number, one)| {
        let mut zip = Zip::good();
        change(&mut zip, one);
        Case {
            name: format!("{message}: {number}"),
            zip: zip.build(),
            message: message.to_owned(),
        }
    };
    all.iter().enumerate().map(case).collect()
}

/// A bundle with one thing changed.
fn case(change: impl Fn(&mut Zip), message: &str) -> Case {
    cases(message, &[()], |zip, ()| change(zip)).remove(0)
}

pub(super) fn all() -> Vec<Case> {
    let mut cases = paths::all();
    cases.extend(structure::all());
    cases.extend(headers::all());
    cases.extend(packing::all());
    cases
}
