//! What is there already where a bundle is to go: how it differs.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use super::Bundle;
use crate::limits::MAX_BYTES;

/// A file that is no larger than a bundle can be.
///
/// # Errors
/// If it cannot be read, or is larger.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = MAX_BYTES as u64;
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_BYTES {
        return Err(io::Error::other(format!(
            "it is larger than {MAX_BYTES} bytes, which no file of a bundle is"
        )));
    }
    Ok(bytes)
}

/// How the zip that is there differs from this bundle, a line for each file.
#[must_use]
pub fn differences_from_zip(old: &[u8], new: &Bundle) -> Vec<String> {
    match entries(old) {
        Some(old) => {
            let mut lines = differences(&old, new);
            if lines.is_empty() {
                lines.push("the files in it are the same, but it was packed differently".into());
            }
            lines
        }
        None => vec!["it is not a lexlogs bundle".into()],
    }
}

/// How older files, by their names in the bundle's folder, differ from this
/// bundle, a line for each file.
#[must_use]
pub fn differences(old: &BTreeMap<String, Vec<u8>>, new: &Bundle) -> Vec<String> {
    let mut lines = Vec::new();
    for file in &new.files {
        match old.get(file.name) {
            None => lines.push(format!("{} is new", file.name)),
            Some(text) if text != file.text.as_bytes() => {
                lines.push(format!("{} differs", file.name));
            }
            Some(_) => {}
        }
    }
    for name in old.keys() {
        if !new.files.iter().any(|file| file.name == name) {
            lines.push(format!(
                "{} is not in the new one",
                crate::fault::printable(name)
            ));
        }
    }
    lines
}

/// The files of a zip by their names below its top folder.
fn entries(zip: &[u8]) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).ok()?;
    let mut left = MAX_BYTES as u64;
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).ok()?;
        if entry.is_dir() {
            continue;
        }
        let name = entry
            .name()
            .ok()?
            .split_once('/')
            .map(|(_, name)| name.to_owned())?;
        let mut bytes = Vec::new();
        entry.take(left + 1).read_to_end(&mut bytes).ok()?;
        left = left.checked_sub(bytes.len() as u64)?;
        files.insert(name, bytes);
    }
    Some(files)
}
