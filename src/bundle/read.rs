//! What already exists where a bundle is to go: how it differs.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
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
                crate::diagnostic::escape_value(name)
            ));
        }
    }
    lines
}
