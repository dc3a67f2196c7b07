//! The entries of a zip from anybody. How many and how large they are is looked
//! at before any is read, and none is inflated: bundles are stored.

use std::io::{Cursor, Read};

use zip::{CompressionMethod, ZipArchive};

use super::{Entry, Finding};
use crate::limits::{MAX_BYTES, MAX_FILE, MAX_FILES};

/// What the first entry begins with.
const LOCAL: [u8; 4] = *b"PK\x03\x04";
/// What each entry of the directory begins with.
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
/// What the end record begins with, by which the directory is found.
const END: [u8; 4] = *b"PK\x05\x06";

/// The part of a mode that says what something is.
const FILE_TYPE: u32 = 0o170_000;
const PLAIN_FILE: u32 = 0o100_000;

fn has(zip: &[u8], signature: [u8; 4], count: usize) -> bool {
    let found = zip.windows(4).filter(|four| *four == signature);
    found.take(count).count() == count
}

/// Whether these bytes are meant to be a zip, broken off or hidden behind other
/// data as it may be.
pub(super) fn is_likely(zip: &[u8]) -> bool {
    begins_as_one(zip) || has(zip, END, 1)
}

pub(super) fn begins_as_one(zip: &[u8]) -> bool {
    zip.starts_with(&LOCAL)
}

/// The folder that all entries are in, and the entries.
pub(super) fn read(zip: &[u8]) -> Result<(String, Vec<Entry<'static>>), Finding> {
    // The library keeps all entries of the directory in memory.
    if has(zip, CENTRAL, MAX_FILES + 1) {
        let what = format!("it has more than {MAX_FILES} entries, as no bundle has");
        return Err(Finding::of_all(what));
    }
    let unreadable = |_| {
        let what = "it cannot be read as a zip: it is damaged or incomplete; ask for it again";
        Finding::of_all(what)
    };
    let mut archive = ZipArchive::new(Cursor::new(zip)).map_err(unreadable)?;
    let (mut top, mut names, mut total) = (None, Vec::new(), 0);
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(unreadable)?;
        let path = String::from_utf8_lossy(entry.name_raw()).into_owned();
        // Other programs pack the folders as well; it is no zip of lexlogs then.
        if path.ends_with('/') {
            continue;
        }
        let (folder, name) = path.split_once('/').unwrap_or_default();
        if name.is_empty()
            || name.contains(['/', '\\'])
            || *top.get_or_insert_with(|| folder.to_owned()) != folder
        {
            let what = "is not a file in the one folder that a bundle has";
            let path = if path.is_empty() { "(no name)" } else { &path };
            return Err(Finding::of(path, what));
        }
        if entry.encrypted() {
            return Err(Finding::of(name, "is encrypted"));
        }
        if entry.compression() != CompressionMethod::Stored {
            let what = "is compressed, which lexlogs never does: ask for the original zip, or extract this one and verify the folder";
            return Err(Finding::of(name, what));
        }
        let size = entry.size().max(entry.compressed_size());
        total += size.min(MAX_BYTES as u64);
        if size > MAX_FILE as u64 || total > MAX_BYTES as u64 {
            let what = format!(
                "is too large: a file of a bundle has at most {MAX_FILE} bytes, all of them {MAX_BYTES}"
            );
            return Err(Finding::of(name, what));
        }
        names.push((index, name.to_owned()));
    }
    let mut entries = Vec::with_capacity(names.len());
    for (index, name) in names {
        let damaged = || Finding::of(&name, "cannot be read: the zip is damaged");
        let entry = archive.by_index(index).map_err(|_| damaged())?;
        let mode = entry.unix_mode().unwrap_or_default();
        if mode & FILE_TYPE != PLAIN_FILE {
            return Err(Finding::of(
                &name,
                "is a link, a folder or a device, no file",
            ));
        }
        let mut bytes = Vec::new();
        let read = entry.take(MAX_FILE as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|_| damaged())?;
        entries.push(Entry {
            name: name.into(),
            bytes: bytes.into(),
            mode: Some(mode & !FILE_TYPE),
        });
    }
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    Ok((top.unwrap_or_default(), entries))
}
