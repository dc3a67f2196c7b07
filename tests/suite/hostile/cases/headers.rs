//! What the headers say of an entry.

use super::super::bytes::{Entry, Fields};
use super::{COMPRESSED, Case, DAMAGED, NO_FILE, PACKED, TOO_LARGE, case};

/// A bundle one of whose entries is changed.
pub(super) fn of_undo(
    name: &'static str,
    change: impl FnOnce(&mut Entry),
    message: impl Into<String>,
) -> Case {
    case(name, |zip| change(zip.entry("undo.sh")), message)
}

/// The same in both of its headers.
pub(super) fn in_both(
    name: &'static str,
    change: impl Fn(&mut Fields),
    message: impl Into<String>,
) -> Case {
    of_undo(name, |entry| entry.both(change), message)
}

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn all() -> Vec<Case> {
    vec![
        in_both(
            "encryption",
            |fields| fields.flags = 1,
            "undo.sh: is encrypted",
        ),
        in_both("strong encryption", |fields| fields.flags = 0x40, PACKED),
        in_both(
            "an encrypted directory",
            |fields| fields.flags = 0x2000,
            PACKED,
        ),
        in_both(
            "AES",
            |fields| (fields.flags, fields.method) = (1, 99),
            "undo.sh: is encrypted",
        ),
        in_both(
            "AES without its flag",
            |fields| fields.method = 99,
            format!("undo.sh: {COMPRESSED}"),
        ),
        in_both("a data descriptor", |fields| fields.flags = 8, PACKED),
        in_both("the flag of UTF-8", |fields| fields.flags = 0x800, PACKED),
        in_both("a patch", |fields| fields.flags = 0x20, PACKED),
        in_both("a reserved flag", |fields| fields.flags = 0x8000, PACKED),
        in_both(
            "deflate64",
            |fields| (fields.method, fields.needed) = (9, 21),
            format!("undo.sh: {COMPRESSED}"),
        ),
        in_both(
            "bzip2",
            |fields| (fields.method, fields.needed) = (12, 46),
            format!("undo.sh: {COMPRESSED}"),
        ),
        in_both(
            "LZMA",
            |fields| (fields.method, fields.needed) = (14, 63),
            format!("undo.sh: {COMPRESSED}"),
        ),
        in_both(
            "zstd",
            |fields| (fields.method, fields.needed) = (93, 63),
            format!("undo.sh: {COMPRESSED}"),
        ),
        in_both(
            "a method that nobody knows",
            |fields| fields.method = 77,
            format!("undo.sh: {COMPRESSED}"),
        ),
        in_both("another version", |fields| fields.needed = 20, PACKED),
        in_both("a version of zip64", |fields| fields.needed = 45, PACKED),
        in_both("a time", |fields| fields.time = 1, PACKED),
        in_both("a date", |fields| fields.date = 0x5b21, PACKED),
        in_both("no date", |fields| fields.date = 0, PACKED),
        in_both(
            "an extra field of zip64",
            |fields| fields.extra = [&[1, 0, 16, 0][..], &[0; 16]].concat(),
            PACKED,
        ),
        in_both(
            "an extra field with another name",
            |fields| fields.extra = b"up\x06\0\x01\0\0\0\0x".into(),
            PACKED,
        ),
        in_both(
            "an extra field with times",
            |fields| fields.extra = b"UT\x05\0\x01\0\0\0\0".into(),
            PACKED,
        ),
        of_undo(
            "an extra field before the data alone",
            |entry| entry.local.extra = b"hidden".into(),
            PACKED,
        ),
        in_both("sizes of zip64", |fields| fields.size = u32::MAX, TOO_LARGE),
        of_undo(
            "a place of zip64 in an entry",
            |entry| entry.offset = Some(u32::MAX),
            DAMAGED,
        ),
        of_undo(
            "a symbolic link",
            |entry| entry.external = 0o120_777 << 16,
            NO_FILE,
        ),
        of_undo(
            "a folder by its mode",
            |entry| entry.external = 0o040_755 << 16,
            NO_FILE,
        ),
        of_undo("a pipe", |entry| entry.external = 0o010_644 << 16, NO_FILE),
        of_undo(
            "a device",
            |entry| entry.external = 0o060_644 << 16,
            NO_FILE,
        ),
        of_undo("no mode", |entry| entry.external = 0x20, NO_FILE),
        of_undo("setuid", |entry| entry.external = 0o104_755 << 16, PACKED),
        of_undo(
            "writable by all",
            |entry| entry.external = 0o100_777 << 16,
            "undo.sh: has the mode 0777 instead of 0755",
        ),
        of_undo("hidden on Windows", |entry| entry.external |= 2, PACKED),
        of_undo(
            "made by DOS",
            |entry| entry.made_by = 10,
            "undo.sh: has the mode 0664 instead of 0755",
        ),
        of_undo("made by macOS", |entry| entry.made_by = 0x130a, PACKED),
        of_undo("said to be text", |entry| entry.internal = 1, PACKED),
        of_undo(
            "another size before the data",
            |entry| entry.local.size += 1,
            PACKED,
        ),
        of_undo(
            "another packed size before the data",
            |entry| entry.local.packed -= 1,
            PACKED,
        ),
        of_undo(
            "encryption before the data alone",
            |entry| entry.local.flags = 1,
            PACKED,
        ),
        of_undo(
            "another method before the data",
            |entry| entry.local.method = 8,
            PACKED,
        ),
        of_undo(
            "another version before the data",
            |entry| entry.local.needed = 20,
            PACKED,
        ),
        of_undo(
            "another date before the data",
            |entry| entry.local.date = 0x22,
            PACKED,
        ),
        of_undo(
            "another CRC before the data",
            |entry| entry.local.crc = 0,
            PACKED,
        ),
    ]
}
