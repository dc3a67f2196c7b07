//! What stands before, between and behind the entries, and the records that lead
//! to them.

use super::super::bytes::{Entry, TOP, Zip};
use super::{Case, DAMAGED, FIRST, NO_BUNDLE, PACKED, UNREADABLE, cases};

type Change<'a> = &'a dyn Fn(&mut Zip);

pub(super) fn all() -> Vec<Case> {
    let good = Zip::good();
    let (bytes, count) = (good.build(), u16::try_from(good.entries.len()).unwrap());
    let end_at = bytes.len() - 22;
    let start = u32::from_le_bytes(bytes[end_at + 16..end_at + 20].try_into().unwrap());
    let size = u32::try_from(end_at).unwrap() - start;
    let before_directory = &bytes[..start as usize];
    let zip64_locator = [&b"PK\x06\x07"[..], &[0; 16]].concat();
    let zip64 = [&b"PK\x06\x06"[..], &[0; 52], &zip64_locator].concat();
    let within = DAMAGED.replace("undo.sh", FIRST);
    let all: &[(&str, &[Change<'_>])] = &[
        (
            PACKED,
            &[
                // Data before, which the offsets know of, which they do not know of, and a program.
                &|zip| (zip.prefix, zip.prefix_counts) = (b"#!/bin/sh\n".into(), true),
                &|zip| zip.prefix = b"#!/bin/sh\n".into(),
                &|zip| (zip.prefix, zip.prefix_counts) = ([b"MZ", &[0; 510][..]].concat(), true),
                // Data between entries, and an entry that the directory leaves out.
                &|zip| zip.entry("undo.sh").before = b"between".into(),
                &|zip| {
                    let hidden = Zip::of(&[(&format!("{TOP}/u.sh"), b"rm -r /\n")]);
                    zip.entry("undo.sh").before = hidden.build()[..30 + TOP.len() + 5 + 8].into();
                },
                // Data before the directory, behind it, counted as its own, and at the end.
                &|zip| zip.before_directory = b"x".into(),
                &|zip| zip.behind_directory = b"xyz".into(),
                &|zip| (zip.behind_directory, zip.end.size) = (b"xyz".into(), Some(size + 3)),
                &|zip| zip.suffix = b"\n".into(),
                // A comment, two end records, and a record of zip64.
                &|zip| zip.end.comment = b"hello".into(),
                &|zip| zip.suffix = bytes[end_at..].into(),
                &|zip| zip.behind_directory.clone_from(&zip64),
            ],
        ),
        (
            NO_BUNDLE,
            &[
                // Another zip behind, a comment that is itself an end record, and no directory.
                &|zip| zip.suffix = Zip::of(&[("a/b", b"x")]).build(),
                &|zip| zip.end.comment = [&b"PK\x05\x06"[..], &[0; 18]].concat(),
                &|zip| (zip.entries, zip.before_directory) = (Vec::new(), before_directory.into()),
            ],
        ),
        (
            UNREADABLE,
            &[
                // A comment that is not there, and no end record.
                &|zip| zip.end.comment_length = Some(5),
                &|zip| zip.end.is_missing = true,
                // Fewer entries than said, far fewer, as of zip64, or in another part.
                &|zip| zip.end.entries = Some(count + 1),
                &|zip| zip.end.entries = Some(65_534),
                &|zip| zip.end.entries = Some(u16::MAX),
                &|zip| zip.end.here = Some(1),
                &|zip| zip.end.disk = 1,
                &|zip| zip.end.directory_disk = 1,
                // A directory too far, as of zip64, or beyond everything; another signature in it.
                &|zip| zip.end.start = Some(start + 1),
                &|zip| zip.end.start = Some(u32::MAX),
                &|zip| (zip.end.start, zip.end.size) = (Some(u32::MAX - 1), Some(u32::MAX - 1)),
                &|zip| zip.entry("undo.sh").central_signature = *b"PK\x01\x03",
            ],
        ),
        // A directory within the entries.
        (
            &within,
            &[&|zip| (zip.end.start, zip.end.size) = (Some(start - 1), Some(size + 1))],
        ),
        // More entries than said.
        (
            "undo.sh: is missing",
            &[&|zip| zip.end.entries = Some(count - 1)],
        ),
        (
            "it has more than 100 entries, as no bundle has",
            &[&|zip| {
                let more = (0..10_000).map(|n| Entry::new(&format!("{TOP}/v{n:05}"), b"", 0o644));
                zip.entries.extend(more);
            }],
        ),
        (
            "it has more than 16777216 bytes, as no bundle has",
            &[&|zip| zip.before_directory = vec![0; 16 << 20]],
        ),
    ];
    let all = all.iter();
    all.flat_map(|(message, changes)| cases(message, changes, |zip, change| change(zip)))
        .collect()
}
