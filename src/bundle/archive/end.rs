//! The end record of a zip, by which its directory is found.

use std::ops::Range;

use super::super::received::{Finding, bytes};
use super::header::{u16_at, u32_at};

/// What the end record begins with.
const END: [u8; 4] = *b"PK\x05\x06";
/// What the locator begins with that stands before it in a zip64.
const ZIP64_LOCATOR: [u8; 4] = *b"PK\x06\x07";
/// Its bytes, without a comment.
const SIZE: usize = 22;
/// The bytes of the zip64 locator.
const LOCATOR_SIZE: usize = 20;

/// The last end record among these bytes: where it is.
pub(super) fn find(zip: &[u8]) -> Option<usize> {
    let mut windows = zip.windows(END.len());
    windows.rposition(|four| four == END)
}

/// What the end record says, and is so.
#[derive(Debug)]
pub(super) struct End {
    /// How many entries the directory has.
    pub(super) entries: usize,
    /// Where it is: it ends where the end record begins.
    pub(super) directory: Range<usize>,
}

impl End {
    /// Reads the end record, which is the last thing in the zip.
    pub(super) fn read(zip: &[u8]) -> Result<Self, Finding> {
        let refuse = |what: String| Err(Finding::of_all(what));
        let at = match zip.len().checked_sub(SIZE) {
            Some(at) if zip[at..].starts_with(&END) => at,
            _ => return Err(misplaced(zip)),
        };
        let record = &zip[at..];
        let [disk, directory_disk, here, entries] = [4, 6, 8, 10].map(|at| u16_at(record, at));
        let [size, start] = [12, 16].map(|at| u32_at(record, at));
        let comment = u16_at(record, 20);
        if comment != 0 {
            return refuse(format!(
                "it is broken off: its end record has a comment of {comment} bytes, which are not there"
            ));
        }
        let before = &zip[..at];
        if before.len() >= LOCATOR_SIZE
            && before[before.len() - LOCATOR_SIZE..].starts_with(&ZIP64_LOCATOR)
        {
            return refuse("it is a zip64, as no bundle is".into());
        }
        if [disk, directory_disk, here, entries].contains(&u16::MAX)
            || [size, start].contains(&u32::MAX)
        {
            return refuse("its end record refers to one of zip64, as no bundle has".into());
        }
        if disk != 0 || directory_disk != 0 || here != entries {
            return refuse("its end record says that it is one of several parts".into());
        }
        let start = start as usize;
        let stop = start.saturating_add(size as usize);
        match stop.cmp(&at) {
            std::cmp::Ordering::Equal => Ok(Self {
                entries: usize::from(entries),
                directory: start..at,
            }),
            std::cmp::Ordering::Greater => refuse(format!(
                "its end record places the directory in bytes {start} to {stop}, but itself begins at {at}"
            )),
            std::cmp::Ordering::Less if find(&before[stop..]).is_some() => {
                refuse("it has two end records, so that two programs may see two zips".into())
            }
            std::cmp::Ordering::Less => refuse(format!(
                "its end record places the directory in bytes {start} to {stop}, {} before itself: there is data before the zip, or between",
                bytes(at - stop)
            )),
        }
    }
}

/// Why the end record is not where it must be.
fn misplaced(zip: &[u8]) -> Finding {
    let Some(at) = find(zip) else {
        return Finding::of_all("it is broken off: its end record is missing");
    };
    let record = &zip[at..];
    if record.len() < SIZE {
        return Finding::of_all("it is broken off in its end record");
    }
    let (comment, behind) = (usize::from(u16_at(record, 20)), record.len() - SIZE);
    Finding::of_all(match behind {
        _ if comment == behind => format!("it has a comment of {}", bytes(comment)),
        _ => format!("it has {} behind its end", bytes(behind)),
    })
}
