//! What the headers say of an entry.

use super::super::bytes::{Entry, Fields};
use super::{COMPRESSED, Case, DAMAGED, NO_FILE, PACKED, TOO_LARGE, cases};

/// Changes of which the same is said.
type Changes<'a, T> = (&'a str, &'static [fn(&mut T)]);

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn all() -> Vec<Case> {
    const ENCRYPTED: &str = "undo.sh: is encrypted";
    let compressed = format!("undo.sh: {COMPRESSED}");
    let in_both: &[Changes<'_, Fields>] = &[
        // Encryption, and AES.
        (
            ENCRYPTED,
            &[|of| of.flags = 1, |of| (of.flags, of.method) = (1, 99)],
        ),
        // Deflate64, bzip2, LZMA, zstd, AES without its flag, a method that nobody knows.
        (
            &compressed,
            &[
                |of| (of.method, of.needed) = (9, 21),
                |of| (of.method, of.needed) = (12, 46),
                |of| (of.method, of.needed) = (14, 63),
                |of| (of.method, of.needed) = (93, 63),
                |of| of.method = 99,
                |of| of.method = 77,
            ],
        ),
        (
            PACKED,
            &[
                // A data descriptor, a patch, strong encryption, UTF-8, an encrypted directory, a reserved flag.
                |of| of.flags = 8,
                |of| of.flags = 0x20,
                |of| of.flags = 0x40,
                |of| of.flags = 0x800,
                |of| of.flags = 0x2000,
                |of| of.flags = 0x8000,
                // Another version, and that of zip64.
                |of| of.needed = 20,
                |of| of.needed = 45,
                |of| of.time = 1,
                |of| of.date = 0x5b21,
                |of| of.date = 0,
                // Extra fields of zip64, with another name, and with times.
                |of| of.extra = [&[1, 0, 16, 0][..], &[0; 16]].concat(),
                |of| of.extra = b"up\x06\0\x01\0\0\0\0x".into(),
                |of| of.extra = b"UT\x05\0\x01\0\0\0\0".into(),
            ],
        ),
        // That of zip64, and one near the largest.
        (
            TOO_LARGE,
            &[
                |of| of.size = u32::MAX,
                |of| (of.packed, of.size) = (u32::MAX - 1, u32::MAX - 1),
            ],
        ),
        (DAMAGED, &[|of| of.crc ^= 1]),
    ];
    let of_entry: &[Changes<'_, Entry>] = &[
        (
            PACKED,
            &[
                |of| of.local.extra = b"hidden".into(),
                |of| of.local.size += 1,
                |of| of.local.packed -= 1,
                |of| of.local.flags = 1,
                |of| of.local.method = 8,
                |of| of.local.needed = 20,
                |of| of.local.date = 0x22,
                |of| of.local.crc = 0,
                // Of another part, with a comment, and said to be text.
                |of| of.disk = 1,
                |of| of.comment = b"hi".into(),
                |of| of.internal = 1,
                // Setuid, hidden on Windows, made by macOS.
                |of| of.external = 0o104_755 << 16,
                |of| of.external |= 2,
                |of| of.made_by = 0x130a,
                // Two sizes for stored data.
                |of| of.both(|fields| fields.size += 1),
            ],
        ),
        // A link, a folder, a pipe, a device, and no mode.
        (
            NO_FILE,
            &[
                |of| of.external = 0o120_777 << 16,
                |of| of.external = 0o040_755 << 16,
                |of| of.external = 0o010_644 << 16,
                |of| of.external = 0o060_644 << 16,
                |of| of.external = 0x20,
            ],
        ),
        // Writable by all, and made by DOS.
        (
            "undo.sh: has the mode 0777 instead of 0755",
            &[|of| of.external = 0o100_777 << 16],
        ),
        (
            "undo.sh: has the mode 0664 instead of 0755",
            &[|of| of.made_by = 10],
        ),
        (
            DAMAGED,
            &[
                // Places of zip64, beyond everything and inside another entry.
                |of| of.offset = Some(u32::MAX),
                |of| of.offset = Some(u32::MAX - 1),
                |of| of.offset = Some(0),
                // Another signature, other data, no data, and data that reaches into the directory.
                |of| of.local_signature = *b"PK\x07\x08",
                |of| of.data[0] ^= 1,
                |of| (of.is_ghost, of.data) = (true, Vec::new()),
                |of| of.both(|of| (of.packed, of.size) = (of.packed + 9, of.size + 9)),
                // A size smaller than it is.
                |of| of.both(|of| (of.packed, of.size) = (of.packed - 1, of.size - 1)),
            ],
        ),
    ];
    let both = in_both.iter().flat_map(|(message, changes)| {
        cases(message, changes, |zip, change| {
            zip.entry("undo.sh").both(change);
        })
    });
    let one = of_entry.iter().flat_map(|(message, changes)| {
        cases(message, changes, |zip, change| change(zip.entry("undo.sh")))
    });
    both.chain(one).collect()
}
