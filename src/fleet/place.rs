//! Where bundles are in a fleet's folder, and how its files are read.

use std::cmp::Ordering;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::limits::read_within;
use crate::request::Request;

pub const INDEX: &str = "fleet.json";
/// The name of the folder in which a fleet's files are made.
pub(super) const MAKING: &str = ".lexlogs-fleet";
/// The largest index and list of digests that is read: some 500,000 bundles'.
pub(super) const MAX_INDEX: usize = 256 << 20;

pub fn is_fleet(path: &Path) -> bool {
    fs::symlink_metadata(path.join(INDEX)).is_ok()
}

/// Where a request's bundle goes in a fleet's folder: into the folder of its
/// account, whatever the number of rows, so that a bundle never moves.
pub fn place_of(request: &Request) -> String {
    format!("{}/{}.zip", request.account_id(), request.bundle_name())
}

pub(super) fn account_of(place: &str) -> &str {
    place.split('/').next().unwrap_or_default()
}

/// The order of places. IAM and many file systems take names that differ in case
/// alone for the same, and so does this.
pub fn order(one: &str, other: &str) -> Ordering {
    let [one, other] =
        [one, other].map(|place| place.bytes().map(|byte| byte.to_ascii_lowercase()));
    one.cmp(other)
}

/// Whether a text is the place of a bundle: the folder of an account and the
/// name of a zip, in plain letters, so that none leads out of the folder.
pub(super) fn is_place(text: &str) -> bool {
    let Some((account, name)) = text.split_once('/') else {
        return false;
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    is_account(account)
        && name.starts_with("lex-conversation-logs-")
        && Path::new(name).extension() == Some("zip".as_ref())
        && name.chars().all(is_plain)
}

/// Whether a text is an account's number, and so the name of its folder.
fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Everything that is in a folder and in the folders of accounts in it, sorted.
pub(super) fn places(folder: &Path) -> io::Result<Vec<String>> {
    let mut places = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !(is_account(&name) && entry.file_type()?.is_dir()) {
            places.push(name);
            continue;
        }
        for file in fs::read_dir(entry.path())? {
            places.push(format!("{name}/{}", file?.file_name().to_string_lossy()));
        }
    }
    places.sort_unstable();
    Ok(places)
}

/// Why something is no plain file: what a link leads to can be altered elsewhere.
pub(super) fn unfit(path: &Path) -> io::Result<Option<&'static str>> {
    let meta = fs::symlink_metadata(path)?;
    Ok(if meta.is_symlink() {
        Some("is a symbolic link")
    } else if meta.is_file() {
        None
    } else {
        Some("is not a file")
    })
}

/// What is in a plain file of at most so many bytes; else why it is not read.
pub(super) fn read(path: &Path, most: usize) -> io::Result<Result<Vec<u8>, &'static str>> {
    if let Some(what) = unfit(path)? {
        return Ok(Err(what));
    }
    let bytes = read_within(File::open(path)?, most)?;
    Ok(bytes.ok_or("is larger than any that lexlogs writes"))
}

/// The same of an index or a list of digests.
pub(super) fn read_text(path: &Path) -> io::Result<Result<String, &'static str>> {
    let text = |bytes| String::from_utf8(bytes).map_err(|_| "is not UTF-8 text");
    Ok(read(path, MAX_INDEX)?.and_then(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_leads_out_of_the_folder() {
        let good = "111122223333/lex-conversation-logs-111122223333-us-east-1-Role.zip";
        assert!(is_place(good));
        for bad in [
            "fleet.json",
            "../lex-conversation-logs-x.zip",
            "111122223333/../lex-conversation-logs-x.zip",
            "111122223333/lex-conversation-logs-x",
            "111122223333/lex-conversation-logs-x/y.zip",
            "111122223333/lex-conversation-logs-x\\y.zip",
            "11112222333/lex-conversation-logs-x.zip",
            "/etc/passwd",
            "",
        ] {
            assert!(!is_place(bad), "{bad}");
        }
    }
}
