//! A zip from anybody, taken apart: nothing is taken but what
//! [`write`](super::write) writes, to the byte. Every number is looked at before
//! anything is read by it, and nothing is unpacked before all headers are right.
//! The `zip` crate is no witness here: it reads what other tools might write,
//! and passes over what stands between entries, behind them or twice.

mod end;
mod header;

use super::received::{Finding, bytes};
use crate::limits::{MAX_BYTES, MAX_FILES};
use end::End;
use header::Central;

/// What the first entry begins with.
const LOCAL: [u8; 4] = *b"PK\x03\x04";

/// Whether these bytes are meant to be a zip, broken off or hidden behind other
/// data as it may be.
pub(super) fn is_meant(zip: &[u8]) -> bool {
    begins_as_one(zip) || end::find(zip).is_some()
}

/// Whether they begin as the zips of lexlogs do.
pub(super) fn begins_as_one(zip: &[u8]) -> bool {
    zip.starts_with(&LOCAL)
}

/// A zip that is as [`write`](super::write) writes one.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    /// The folder that all entries are in.
    pub(super) top: &'a str,
    /// The entries, sorted by name.
    pub(super) entries: Vec<Entry<'a>>,
}

/// One file.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// Its name in the folder.
    pub(super) name: &'a str,
    /// 0o644 or 0o755.
    pub(super) mode: u32,
    /// What it holds; its CRC was right.
    pub(super) bytes: &'a [u8],
}

/// Takes a zip apart.
///
/// # Errors
/// The first thing that [`write`](super::write) would not have written.
pub(super) fn read(zip: &[u8]) -> Result<Archive<'_>, Finding> {
    let end = End::read(zip)?;
    let directory = directory(zip, &end)?;
    let Some(first) = directory.first() else {
        return Err(Finding::of_all("there is no file in it"));
    };
    let top = first.top;
    check_names(&directory, top)?;
    let mut total = 0;
    for entry in &directory {
        total += entry.size;
        if total > MAX_BYTES {
            return Err(entry.fault(format!(
                "with it, the files have {total} bytes; no bundle has more than {MAX_BYTES}"
            )));
        }
    }
    let data = lay_out(zip, &end, &directory)?;
    let entries = std::iter::zip(&directory, data).map(|(entry, data)| {
        let crc = crc32fast::hash(data);
        if crc != entry.crc {
            return Err(entry.fault(format!(
                "is damaged: its CRC is {crc:08x} instead of {:08x}",
                entry.crc
            )));
        }
        Ok(Entry {
            name: entry.name,
            mode: entry.mode,
            bytes: data,
        })
    });
    Ok(Archive {
        top,
        entries: entries.collect::<Result<_, _>>()?,
    })
}

/// The entries of the directory, each right by itself.
fn directory<'a>(zip: &'a [u8], end: &End) -> Result<Vec<Central<'a>>, Finding> {
    if end.entries > MAX_FILES {
        return Err(Finding::of_all(format!(
            "it has {} entries; no bundle has more than {MAX_FILES}",
            end.entries
        )));
    }
    let mut rest = &zip[end.directory.clone()];
    let mut entries = Vec::with_capacity(end.entries);
    for number in 1..=end.entries {
        let (entry, more) = Central::read(rest, number, end.entries)?;
        entries.push(entry);
        rest = more;
    }
    if !rest.is_empty() {
        return Err(Finding::of_all(format!(
            "its directory goes on for {} behind its {} entries",
            bytes(rest.len()),
            end.entries
        )));
    }
    Ok(entries)
}

/// One folder, each name once, in order.
fn check_names(directory: &[Central<'_>], top: &str) -> Result<(), Finding> {
    let mut seen: Vec<(String, &str)> = Vec::with_capacity(directory.len());
    for entry in directory {
        if entry.top != top {
            return Err(entry.fault_of_path(format!(
                "is in another folder than the entries before it, which are in `{top}`"
            )));
        }
        let folded = entry.name.to_ascii_lowercase();
        match seen.iter().find(|(known, _)| *known == folded) {
            Some((_, known)) if *known == entry.name => {
                return Err(entry.fault("is there twice"));
            }
            Some((_, known)) => {
                return Err(entry.fault(format!(
                    "differs from `{known}` in capital letters alone: Windows and macOS keep only one of them"
                )));
            }
            None => seen.push((folded, entry.name)),
        }
    }
    for two in directory.windows(2) {
        if two[1].name < two[0].name {
            return Err(two[1].fault(format!(
                "comes after `{}`: the entries are not sorted",
                two[0].name
            )));
        }
    }
    Ok(())
}

/// The data of the entries, which follow on each other without a gap, each
/// behind a local header that says the same as the directory.
fn lay_out<'a>(
    zip: &'a [u8],
    end: &End,
    directory: &[Central<'_>],
) -> Result<Vec<&'a [u8]>, Finding> {
    let mut at = 0;
    let mut data = Vec::with_capacity(directory.len());
    for (index, entry) in directory.iter().enumerate() {
        if entry.offset > at && index == 0 {
            return Err(Finding::of_all(format!(
                "it has {} before its first entry",
                bytes(entry.offset)
            )));
        }
        if entry.offset > at {
            return Err(entry.fault(format!(
                "comes {} after the end of the entry before",
                bytes(entry.offset - at)
            )));
        }
        if entry.offset < at {
            return Err(entry.fault(format!(
                "begins at byte {}, inside the entry before it, which ends at {at}",
                entry.offset
            )));
        }
        let entries = &zip[..end.directory.start];
        at = entry.check_local(entries)?;
        let Some(packed) = entries.get(at..at + entry.packed) else {
            return Err(entry.fault(format!(
                "has {} bytes by its header, but only {} are left",
                entry.packed,
                entries.len().saturating_sub(at)
            )));
        };
        data.push(packed);
        at += entry.packed;
    }
    match end.directory.start - at {
        0 => Ok(data),
        gap => Err(Finding::of_all(format!(
            "it has {} between its last entry and its directory",
            bytes(gap)
        ))),
    }
}
