//! What stands before, between and behind the entries, and the records that lead
//! to them.

use super::super::bytes::{Entry, TOP, Zip};
use super::{Case, case};

const UNDO: &str = "lex-logs-111122223333-us-east-1/undo.sh";

/// What is wrong with `undo.sh`.
fn undo(what: &str) -> String {
    format!("undo.sh: {what}")
}

fn directory_start(zip: &Zip) -> usize {
    let bytes = zip.build();
    let end = &bytes[bytes.len() - 6..];
    usize::try_from(u32::from_le_bytes(end[..4].try_into().unwrap())).unwrap()
}

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn all() -> Vec<Case> {
    let good = Zip::good();
    let (start, count) = (directory_start(&good), good.entries.len());
    let end_at = good.build().len() - 22;
    let directory = end_at - start;
    let zip64_locator = [&b"PK\x06\x07"[..], &[0; 16]].concat();
    let zip64 = [&b"PK\x06\x06"[..], &[0; 52], &zip64_locator].concat();
    let undo_at = {
        let before = good
            .entries
            .iter()
            .take_while(|entry| entry.central.path != UNDO.as_bytes());
        before
            .map(|entry| 30 + entry.local.path.len() + entry.data.len())
            .sum::<usize>()
    };
    let undo_size = good.clone().entry("undo.sh").data.len();
    vec![
        case(
            "data before, which the offsets know of",
            |zip| (zip.prefix, zip.prefix_counts) = (b"#!/bin/sh\n".into(), true),
            "it has 10 bytes before its first entry",
        ),
        case(
            "data before, which the offsets do not know of",
            |zip| zip.prefix = b"#!/bin/sh\n".into(),
            format!(
                "its end record places the directory in bytes {start} to {end_at}, 10 bytes before itself: there is data before the zip, or between"
            ),
        ),
        case(
            "a program before",
            |zip| (zip.prefix, zip.prefix_counts) = ([b"MZ", &[0; 510][..]].concat(), true),
            "it has 512 bytes before its first entry",
        ),
        case(
            "data between entries",
            |zip| zip.entry("undo.sh").before = b"between".into(),
            undo("comes 7 bytes after the end of the entry before"),
        ),
        case(
            "an entry that the directory leaves out",
            |zip| {
                let hidden = Zip::of(&[(&format!("{TOP}/u.sh"), b"rm -r /\n")]);
                zip.entry("undo.sh").before = hidden.build()[..30 + TOP.len() + 5 + 8].into();
            },
            undo(&format!(
                "comes {} bytes after the end of the entry before",
                30 + TOP.len() + 13
            )),
        ),
        case(
            "data before the directory",
            |zip| zip.before_directory = b"x".into(),
            "it has 1 byte between its last entry and its directory",
        ),
        case(
            "data behind the directory",
            |zip| zip.behind_directory = b"xyz".into(),
            format!(
                "its end record places the directory in bytes {start} to {end_at}, 3 bytes before itself: there is data before the zip, or between"
            ),
        ),
        case(
            "data behind the directory, counted as its own",
            |zip| {
                zip.behind_directory = b"xyz".into();
                zip.end.size = Some(u32::try_from(directory + 3).unwrap());
            },
            format!("its directory goes on for 3 bytes behind its {count} entries"),
        ),
        case(
            "data behind",
            |zip| zip.suffix = b"\n".into(),
            "it has 1 byte behind its end",
        ),
        case(
            "another zip behind",
            |zip| zip.suffix = Zip::of(&[("a/b", b"x")]).build(),
            "it has two end records, so that two programs may see two zips",
        ),
        case(
            "a comment",
            |zip| zip.end.comment = b"hello".into(),
            "it has a comment of 5 bytes",
        ),
        case(
            "a comment that is not there",
            |zip| zip.end.comment_length = Some(5),
            "it is broken off: its end record has a comment of 5 bytes, which are not there",
        ),
        case(
            "a comment that is itself an end record",
            |zip| {
                let empty = [&b"PK\x05\x06"[..], &[0; 18]].concat();
                zip.end.comment = empty;
            },
            "it has two end records, so that two programs may see two zips",
        ),
        case(
            "two end records",
            |zip| zip.suffix = zip.build()[end_at..].into(),
            "it has two end records, so that two programs may see two zips",
        ),
        case(
            "no end record",
            |zip| zip.end.is_missing = true,
            "it is broken off: its end record is missing",
        ),
        case(
            "no directory",
            |zip| (zip.entries, zip.before_directory) = (Vec::new(), good.build()[..start].into()),
            "there is no file in it",
        ),
        case(
            "fewer entries than said",
            |zip| zip.end.entries = Some(u16::try_from(count).unwrap() + 1),
            format!(
                "its directory is broken off in entry {} of {}",
                count + 1,
                count + 1
            ),
        ),
        case(
            "more entries than said",
            |zip| zip.end.entries = Some(u16::try_from(count).unwrap() - 1),
            format!(
                "its directory goes on for {} bytes behind its {} entries",
                46 + UNDO.len(),
                count - 1
            ),
        ),
        case(
            "far more entries said",
            |zip| zip.end.entries = Some(65_534),
            "it has 65534 entries; no bundle has more than 100",
        ),
        case(
            "ten thousand entries",
            |zip| {
                let more = (0..10_000).map(|n| Entry::new(&format!("{TOP}/v{n:05}"), b"", 0o644));
                zip.entries.extend(more);
            },
            format!(
                "it has {} entries; no bundle has more than 100",
                10_000 + count
            ),
        ),
        case(
            "entries in another part",
            |zip| zip.end.here = Some(1),
            "its end record says that it is one of several parts",
        ),
        case(
            "a part of several",
            |zip| zip.end.disk = 1,
            "its end record says that it is one of several parts",
        ),
        case(
            "a directory in another part",
            |zip| zip.end.directory_disk = 1,
            "its end record says that it is one of several parts",
        ),
        case(
            "a directory too far",
            |zip| zip.end.start = Some(u32::try_from(start).unwrap() + 1),
            format!(
                "its end record places the directory in bytes {} to {}, but itself begins at {end_at}",
                start + 1,
                end_at + 1
            ),
        ),
        case(
            "a directory beyond everything",
            |zip| (zip.end.start, zip.end.size) = (Some(u32::MAX - 1), Some(u32::MAX - 1)),
            format!(
                "its end record places the directory in bytes 4294967294 to 8589934588, but itself begins at {end_at}"
            ),
        ),
        case(
            "a directory within the entries",
            |zip| {
                zip.end.start = Some(u32::try_from(start).unwrap() - 1);
                zip.end.size = Some(u32::try_from(directory).unwrap() + 1);
            },
            format!("its directory holds something else in entry 1 of {count}"),
        ),
        case(
            "a zip64 record",
            |zip| zip.behind_directory = zip64,
            "it is a zip64, as no bundle is",
        ),
        case(
            "a count of zip64",
            |zip| zip.end.entries = Some(u16::MAX),
            "its end record refers to one of zip64, as no bundle has",
        ),
        case(
            "a place of zip64",
            |zip| zip.end.start = Some(u32::MAX),
            "its end record refers to one of zip64, as no bundle has",
        ),
        case(
            "another signature in the directory",
            |zip| zip.entry("undo.sh").central_signature = *b"PK\x01\x03",
            format!("its directory holds something else in entry {count} of {count}"),
        ),
        case(
            "another signature before the data",
            |zip| zip.entry("undo.sh").local_signature = *b"PK\x07\x08",
            undo("is not where the directory says: no header is there"),
        ),
        case(
            "an offset beyond everything",
            |zip| zip.entry("undo.sh").offset = Some(u32::MAX - 1),
            undo(&format!(
                "comes {} bytes after the end of the entry before",
                u32::MAX as usize - 1 - undo_at
            )),
        ),
        case(
            "an entry inside another",
            |zip| zip.entry("undo.sh").offset = Some(0),
            undo(&format!(
                "begins at byte 0, inside the entry before it, which ends at {undo_at}"
            )),
        ),
        case(
            "an entry that is not there",
            |zip| {
                let entry = zip.entry("undo.sh");
                (entry.is_ghost, entry.data) = (true, Vec::new());
            },
            undo("is not where the directory says: nothing is there"),
        ),
        case(
            "an entry that reaches into the directory",
            |zip| {
                zip.entry("undo.sh").both(|fields| {
                    (fields.packed, fields.size) = (fields.packed + 9, fields.size + 9);
                });
            },
            undo(&format!(
                "has {} bytes by its header, but only {undo_size} are left",
                undo_size + 9
            )),
        ),
        case(
            "an entry of another part",
            |zip| zip.entry("undo.sh").disk = 1,
            undo("is said to be in another part of the zip"),
        ),
        case(
            "an entry's comment",
            |zip| zip.entry("undo.sh").comment = b"hi".into(),
            undo("has a comment of 2 bytes"),
        ),
        case(
            "more than the largest zip",
            |zip| zip.before_directory = vec![0; 16 << 20],
            "it has more than 16777216 bytes, as no bundle has",
        ),
    ]
}
