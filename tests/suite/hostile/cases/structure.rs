//! What stands before, between and behind the entries, and the records that lead
//! to them.

use super::super::bytes::{Entry, TOP, Zip};
use super::{Case, DAMAGED, FIRST, NO_BUNDLE, PACKED, UNREADABLE, case};

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
    vec![
        case(
            "data before, which the offsets know of",
            |zip| (zip.prefix, zip.prefix_counts) = (b"#!/bin/sh\n".into(), true),
            PACKED,
        ),
        case(
            "data before, which the offsets do not know of",
            |zip| zip.prefix = b"#!/bin/sh\n".into(),
            PACKED,
        ),
        case(
            "a program before",
            |zip| (zip.prefix, zip.prefix_counts) = ([b"MZ", &[0; 510][..]].concat(), true),
            PACKED,
        ),
        case(
            "data between entries",
            |zip| zip.entry("undo.sh").before = b"between".into(),
            PACKED,
        ),
        case(
            "an entry that the directory leaves out",
            |zip| {
                let hidden = Zip::of(&[(&format!("{TOP}/u.sh"), b"rm -r /\n")]);
                zip.entry("undo.sh").before = hidden.build()[..30 + TOP.len() + 5 + 8].into();
            },
            PACKED,
        ),
        case(
            "data before the directory",
            |zip| zip.before_directory = b"x".into(),
            PACKED,
        ),
        case(
            "data behind the directory",
            |zip| zip.behind_directory = b"xyz".into(),
            PACKED,
        ),
        case(
            "data behind the directory, counted as its own",
            |zip| {
                zip.behind_directory = b"xyz".into();
                zip.end.size = Some(u32::try_from(directory + 3).unwrap());
            },
            PACKED,
        ),
        case("data behind", |zip| zip.suffix = b"\n".into(), PACKED),
        case(
            "another zip behind",
            |zip| zip.suffix = Zip::of(&[("a/b", b"x")]).build(),
            NO_BUNDLE,
        ),
        case("a comment", |zip| zip.end.comment = b"hello".into(), PACKED),
        case(
            "a comment that is not there",
            |zip| zip.end.comment_length = Some(5),
            UNREADABLE,
        ),
        case(
            "a comment that is itself an end record",
            |zip| {
                let empty = [&b"PK\x05\x06"[..], &[0; 18]].concat();
                zip.end.comment = empty;
            },
            NO_BUNDLE,
        ),
        case(
            "two end records",
            |zip| zip.suffix = zip.build()[end_at..].into(),
            PACKED,
        ),
        case("no end record", |zip| zip.end.is_missing = true, UNREADABLE),
        case(
            "no directory",
            |zip| (zip.entries, zip.before_directory) = (Vec::new(), good.build()[..start].into()),
            NO_BUNDLE,
        ),
        case(
            "fewer entries than said",
            |zip| zip.end.entries = Some(u16::try_from(count).unwrap() + 1),
            UNREADABLE,
        ),
        case(
            "more entries than said",
            |zip| zip.end.entries = Some(u16::try_from(count).unwrap() - 1),
            "undo.sh: is missing",
        ),
        case(
            "far more entries said",
            |zip| zip.end.entries = Some(65_534),
            UNREADABLE,
        ),
        case(
            "ten thousand entries",
            |zip| {
                let more = (0..10_000).map(|n| Entry::new(&format!("{TOP}/v{n:05}"), b"", 0o644));
                zip.entries.extend(more);
            },
            "it has more than 100 entries, as no bundle has",
        ),
        case(
            "entries in another part",
            |zip| zip.end.here = Some(1),
            UNREADABLE,
        ),
        case("a part of several", |zip| zip.end.disk = 1, UNREADABLE),
        case(
            "a directory in another part",
            |zip| zip.end.directory_disk = 1,
            UNREADABLE,
        ),
        case(
            "a directory too far",
            |zip| zip.end.start = Some(u32::try_from(start).unwrap() + 1),
            UNREADABLE,
        ),
        case(
            "a directory beyond everything",
            |zip| (zip.end.start, zip.end.size) = (Some(u32::MAX - 1), Some(u32::MAX - 1)),
            UNREADABLE,
        ),
        case(
            "a directory within the entries",
            |zip| {
                zip.end.start = Some(u32::try_from(start).unwrap() - 1);
                zip.end.size = Some(u32::try_from(directory).unwrap() + 1);
            },
            DAMAGED.replace("undo.sh", FIRST),
        ),
        case("a zip64 record", |zip| zip.behind_directory = zip64, PACKED),
        case(
            "a count of zip64",
            |zip| zip.end.entries = Some(u16::MAX),
            UNREADABLE,
        ),
        case(
            "a place of zip64",
            |zip| zip.end.start = Some(u32::MAX),
            UNREADABLE,
        ),
        case(
            "another signature in the directory",
            |zip| zip.entry("undo.sh").central_signature = *b"PK\x01\x03",
            UNREADABLE,
        ),
        case(
            "another signature before the data",
            |zip| zip.entry("undo.sh").local_signature = *b"PK\x07\x08",
            DAMAGED,
        ),
        case(
            "an offset beyond everything",
            |zip| zip.entry("undo.sh").offset = Some(u32::MAX - 1),
            DAMAGED,
        ),
        case(
            "an entry inside another",
            |zip| zip.entry("undo.sh").offset = Some(0),
            DAMAGED,
        ),
        case(
            "an entry that is not there",
            |zip| {
                let entry = zip.entry("undo.sh");
                (entry.is_ghost, entry.data) = (true, Vec::new());
            },
            DAMAGED,
        ),
        case(
            "an entry that reaches into the directory",
            |zip| {
                zip.entry("undo.sh").both(|fields| {
                    (fields.packed, fields.size) = (fields.packed + 9, fields.size + 9);
                });
            },
            DAMAGED,
        ),
        case(
            "an entry of another part",
            |zip| zip.entry("undo.sh").disk = 1,
            PACKED,
        ),
        case(
            "an entry's comment",
            |zip| zip.entry("undo.sh").comment = b"hi".into(),
            PACKED,
        ),
        case(
            "more than the largest zip",
            |zip| zip.before_directory = vec![0; 16 << 20],
            "it has more than 16777216 bytes, as no bundle has",
        ),
    ]
}
