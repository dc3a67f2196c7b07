//! What the headers say of an entry.

use super::super::bytes::{Entry, Fields, Zip};
use super::{COMPRESSED, Case, case};

/// A bundle one of whose entries is changed.
pub(super) fn of_undo(
    name: &'static str,
    change: impl FnOnce(&mut Entry),
    what: impl Into<String>,
) -> Case {
    let message = format!("undo.sh: {}", what.into());
    case(name, |zip| change(zip.entry("undo.sh")), message)
}

/// The same in both of its headers.
pub(super) fn in_both(
    name: &'static str,
    change: impl Fn(&mut Fields),
    what: impl Into<String>,
) -> Case {
    of_undo(name, |entry| entry.both(change), what)
}

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn all() -> Vec<Case> {
    let version = "of the format; a bundle needs 10";
    let differs = |field: &str, here: u32, there: u32| {
        format!(
            "its two headers differ in the {field}: {here} before its data, {there} in the directory"
        )
    };
    let size = u32::try_from(Zip::good().entry("undo.sh").data.len()).unwrap();
    vec![
        in_both("encryption", |fields| fields.flags = 1, "is encrypted"),
        in_both(
            "strong encryption",
            |fields| fields.flags = 0x40,
            "is encrypted",
        ),
        in_both(
            "an encrypted directory",
            |fields| fields.flags = 0x2000,
            "is encrypted",
        ),
        in_both(
            "AES",
            |fields| (fields.flags, fields.method) = (1, 99),
            "is encrypted",
        ),
        in_both(
            "AES without its flag",
            |fields| fields.method = 99,
            COMPRESSED,
        ),
        in_both(
            "a data descriptor",
            |fields| fields.flags = 8,
            "has its sizes behind its data (a data descriptor)",
        ),
        in_both(
            "the flag of UTF-8",
            |fields| fields.flags = 0x800,
            "has the flags 0800, where a bundle has none",
        ),
        in_both(
            "a patch",
            |fields| fields.flags = 0x20,
            "has the flags 0020, where a bundle has none",
        ),
        in_both(
            "a reserved flag",
            |fields| fields.flags = 0x8000,
            "has the flags 8000, where a bundle has none",
        ),
        in_both(
            "deflate64",
            |fields| (fields.method, fields.needed) = (9, 21),
            COMPRESSED,
        ),
        in_both(
            "bzip2",
            |fields| (fields.method, fields.needed) = (12, 46),
            COMPRESSED,
        ),
        in_both(
            "LZMA",
            |fields| (fields.method, fields.needed) = (14, 63),
            COMPRESSED,
        ),
        in_both(
            "zstd",
            |fields| (fields.method, fields.needed) = (93, 63),
            COMPRESSED,
        ),
        in_both(
            "a method that nobody knows",
            |fields| fields.method = 77,
            COMPRESSED,
        ),
        in_both(
            "another version",
            |fields| fields.needed = 20,
            format!("needs version 20 {version}"),
        ),
        in_both(
            "a version of zip64",
            |fields| fields.needed = 45,
            format!("needs version 45 {version}"),
        ),
        in_both(
            "a time",
            |fields| fields.time = 1,
            "is not of 1980-01-01 00:00:00, as all of a bundle is",
        ),
        in_both(
            "a date",
            |fields| fields.date = 0x5b21,
            "is not of 1980-01-01 00:00:00, as all of a bundle is",
        ),
        in_both(
            "no date",
            |fields| fields.date = 0,
            "is not of 1980-01-01 00:00:00, as all of a bundle is",
        ),
        in_both(
            "an extra field of zip64",
            |fields| fields.extra = [&[1, 0, 16, 0][..], &[0; 16]].concat(),
            "has an extra field of zip64 of 20 bytes, where a bundle has none",
        ),
        in_both(
            "an extra field with another name",
            |fields| fields.extra = b"up\x06\0\x01\0\0\0\0x".into(),
            "has an extra field with another name of 10 bytes, where a bundle has none",
        ),
        in_both(
            "an extra field with times",
            |fields| fields.extra = b"UT\x05\0\x01\0\0\0\0".into(),
            "has an extra field of 9 bytes, where a bundle has none",
        ),
        of_undo(
            "an extra field before the data alone",
            |entry| entry.local.extra = b"hidden".into(),
            differs("length of the extra field", 6, 0),
        ),
        in_both(
            "sizes of zip64",
            |fields| fields.size = u32::MAX,
            "has its sizes or its place in fields of zip64, as no bundle has",
        ),
        of_undo(
            "a place of zip64 in an entry",
            |entry| entry.offset = Some(u32::MAX),
            "has its sizes or its place in fields of zip64, as no bundle has",
        ),
        of_undo(
            "a symbolic link",
            |entry| entry.external = 0o120_777 << 16,
            "is a symbolic link",
        ),
        of_undo(
            "a folder by its mode",
            |entry| entry.external = 0o040_755 << 16,
            "is a folder",
        ),
        of_undo(
            "a pipe",
            |entry| entry.external = 0o010_644 << 16,
            "is a device, a pipe or a socket, no file",
        ),
        of_undo(
            "a device",
            |entry| entry.external = 0o060_644 << 16,
            "is a device, a pipe or a socket, no file",
        ),
        of_undo(
            "no mode",
            |entry| entry.external = 0x20,
            "has no mode of Unix",
        ),
        of_undo(
            "setuid",
            |entry| entry.external = 0o104_755 << 16,
            "has the mode 4755; a bundle's files have 0644 or 0755",
        ),
        of_undo(
            "writable by all",
            |entry| entry.external = 0o100_777 << 16,
            "has the mode 0777; a bundle's files have 0644 or 0755",
        ),
        of_undo(
            "hidden on Windows",
            |entry| entry.external |= 2,
            "has the DOS attributes 0002, where a bundle has none",
        ),
        of_undo(
            "made by DOS",
            |entry| entry.made_by = 10,
            "was made by a program of system 0, version 10; a bundle's entries are made by system 3 (Unix), version 10",
        ),
        of_undo(
            "made by macOS",
            |entry| entry.made_by = 0x130a,
            "was made by a program of system 19, version 10; a bundle's entries are made by system 3 (Unix), version 10",
        ),
        of_undo(
            "said to be text",
            |entry| entry.internal = 1,
            "has the internal attributes 0001, where a bundle has none",
        ),
        of_undo(
            "another size before the data",
            |entry| entry.local.size += 1,
            differs("size", size + 1, size),
        ),
        of_undo(
            "another packed size before the data",
            |entry| entry.local.packed -= 1,
            differs("packed size", size - 1, size),
        ),
        of_undo(
            "encryption before the data alone",
            |entry| entry.local.flags = 1,
            differs("flags", 1, 0),
        ),
        of_undo(
            "another method before the data",
            |entry| entry.local.method = 8,
            differs("method", 8, 0),
        ),
        of_undo(
            "another version before the data",
            |entry| entry.local.needed = 20,
            differs("version", 20, 10),
        ),
        of_undo(
            "another date before the data",
            |entry| entry.local.date = 0x22,
            differs("date", 0x22, 0x21),
        ),
        of_undo(
            "another CRC before the data",
            |entry| entry.local.crc = 0,
            differs("CRC", 0, Zip::good().entry("undo.sh").central.crc),
        ),
    ]
}
