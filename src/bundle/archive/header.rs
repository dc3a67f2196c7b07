//! The two headers that each entry of a zip has: that in the directory, and the
//! local one before its data.

use super::super::name;
use super::super::received::{Finding, bytes as byte_count};
use super::LOCAL;
use crate::limits::MAX_FILE;

/// What a header of the directory begins with.
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
/// The bytes of a header of the directory, without the name.
const CENTRAL_SIZE: usize = 46;
/// The bytes of a local header, without the name.
const LOCAL_SIZE: usize = 30;
/// The system that made it: Unix.
const UNIX: u16 = 3;
/// 1980-01-01, as MS-DOS writes it.
const DATE: u16 = 0x21;

/// The number at that place. All callers have sized the slice before.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

/// The same of four bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}

/// An entry of the directory, whose numbers are as they must be.
#[derive(Debug)]
pub(super) struct Central<'a> {
    /// The folder that it is in.
    pub(super) top: &'a str,
    /// Its name there.
    pub(super) name: &'a str,
    /// 0o644 or 0o755.
    pub(super) mode: u32,
    /// The CRC-32 of its content.
    pub(super) crc: u32,
    /// The bytes of its content.
    pub(super) size: usize,
    /// Its bytes in the zip.
    pub(super) packed: usize,
    /// Where its local header begins.
    pub(super) offset: usize,
    /// What both headers have, from the version needed to the lengths.
    common: &'a [u8],
    /// The name with its folder.
    path: &'a [u8],
}

/// What both headers have, from the version that is needed to the lengths: the
/// name of each field, its place and its size.
const COMMON: [(&str, usize, usize); 10] = [
    ("version", 0, 2),
    ("flags", 2, 2),
    ("method", 4, 2),
    ("time", 6, 2),
    ("date", 8, 2),
    ("CRC", 10, 4),
    ("packed size", 14, 4),
    ("size", 18, 4),
    ("length of the name", 22, 2),
    ("length of the extra field", 24, 2),
];
/// The bytes of these.
const COMMON_SIZE: usize = 26;

impl<'a> Central<'a> {
    /// Reads the entry with which these bytes begin, the `number`th of `of`, and
    /// gives what follows it.
    pub(super) fn read(
        bytes: &'a [u8],
        number: usize,
        of: usize,
    ) -> Result<(Self, &'a [u8]), Finding> {
        let broken = |what: &str| {
            Err(Finding::of_all(format!(
                "its directory {what} in entry {number} of {of}"
            )))
        };
        if bytes.len() < CENTRAL_SIZE {
            return broken("is broken off");
        }
        if !bytes.starts_with(&CENTRAL) {
            return broken("holds something else");
        }
        let (header, rest) = bytes.split_at(CENTRAL_SIZE);
        let common = &header[6..6 + COMMON_SIZE];
        let [length, extra] = [22, 24].map(|at| usize::from(u16_at(common, at)));
        let comment = usize::from(u16_at(header, 32));
        if rest.len() < length + extra + comment {
            return broken("is broken off");
        }
        let (path, rest) = rest.split_at(length);
        let (extra, rest) = rest.split_at(extra);
        let (top, name) =
            name::check(path).map_err(|what| Finding::of(&name::shown(path), what))?;
        let named = |what: String| Finding::of(name, what);
        check_mode(header).map_err(named)?;
        check_common(common, extra).map_err(named)?;
        if comment > 0 {
            return Err(named(format!("has a comment of {}", byte_count(comment))));
        }
        let [made_by, disk, internal] = [4, 34, 36].map(|at| u16_at(header, at));
        let needed = u16_at(common, 0);
        if made_by >> 8 != UNIX || made_by & 0xff != needed {
            return Err(named(format!(
                "was made by a program of system {}, version {}; a bundle's entries are made by system {UNIX} (Unix), version {needed}",
                made_by >> 8,
                made_by & 0xff
            )));
        }
        if disk != 0 {
            return Err(named("is said to be in another part of the zip".into()));
        }
        if internal != 0 {
            return Err(named(format!(
                "has the internal attributes {internal:04x}, where a bundle has none"
            )));
        }
        let [crc, packed, size] = [10, 14, 18].map(|at| u32_at(common, at));
        let offset = u32_at(header, 42);
        if [packed, size, offset].contains(&u32::MAX) {
            return Err(named(
                "has its sizes or its place in fields of zip64, as no bundle has".into(),
            ));
        }
        for (size, of) in [(size, "size"), (packed, "size in the zip")] {
            if size as usize > MAX_FILE {
                return Err(named(format!(
                    "is said to have the {of} {size}; no file of a bundle has more than {MAX_FILE} bytes"
                )));
            }
        }
        if packed != size {
            return Err(named(format!(
                "is stored, but is said to have {packed} bytes in the zip and {size} outside"
            )));
        }
        let entry = Self {
            top,
            name,
            mode: u32_at(header, 38) >> 16 & 0o777,
            crc,
            size: size as usize,
            packed: packed as usize,
            offset: offset as usize,
            common,
            path,
        };
        Ok((entry, rest))
    }

    /// Compares the local header, which is in these bytes, and gives where the
    /// data begins.
    pub(super) fn check_local(&self, entries: &[u8]) -> Result<usize, Finding> {
        let header = entries.get(self.offset..).unwrap_or_default();
        let Some((header, rest)) = header.split_at_checked(LOCAL_SIZE) else {
            return Err(self.fault("is not where the directory says: nothing is there"));
        };
        if !header.starts_with(&LOCAL) {
            return Err(self.fault("is not where the directory says: no header is there"));
        }
        let common = &header[4..4 + COMMON_SIZE];
        for (field, at, size) in COMMON {
            let value = |from: &[u8]| match size {
                2 => u32::from(u16_at(from, at)),
                _ => u32_at(from, at),
            };
            let (here, there) = (value(common), value(self.common));
            if here != there {
                return Err(self.fault(format!(
                    "its two headers differ in the {field}: {here} before its data, {there} in the directory"
                )));
            }
        }
        match rest.get(..self.path.len()) {
            Some(path) if path == self.path => Ok(self.offset + LOCAL_SIZE + path.len()),
            Some(path) => Err(self.fault(format!(
                "its two headers differ in the name: before its data it is `{}`",
                crate::fault::printable(&name::shown(path))
            ))),
            None => Err(self.fault("is broken off in its name")),
        }
    }

    /// What is wrong with this entry.
    pub(super) fn fault(&self, what: impl Into<String>) -> Finding {
        Finding::of(self.name, what)
    }

    /// The same, where its folder matters.
    pub(super) fn fault_of_path(&self, what: impl Into<String>) -> Finding {
        Finding::of(&name::shown(self.path), what)
    }
}

/// A plain file with one of the two modes, and nothing else in its attributes.
fn check_mode(header: &[u8]) -> Result<(), String> {
    let attributes = u32_at(header, 38);
    let (unix, dos) = (attributes >> 16, attributes & 0xffff);
    match unix >> 12 {
        0o10 => {}
        0o12 => return Err("is a symbolic link".into()),
        0o04 => return Err("is a folder".into()),
        0 => return Err("has no mode of Unix".into()),
        _ => return Err("is a device, a pipe or a socket, no file".into()),
    }
    let mode = unix & 0o7777;
    if mode != 0o644 && mode != 0o755 {
        return Err(format!(
            "has the mode {mode:04o}; a bundle's files have 0644 or 0755"
        ));
    }
    if dos != 0 {
        return Err(format!(
            "has the DOS attributes {dos:04x}, where a bundle has none"
        ));
    }
    Ok(())
}

/// What is said of an entry that is not stored, such as one of a folder that
/// somebody packed again.
const COMPRESSED: &str =
    "is compressed, which lexlogs never does: extract the zip, and verify the folder";

/// Flags, method, date and extra field.
fn check_common(common: &[u8], extra: &[u8]) -> Result<(), String> {
    let [needed, flags, method, time, date] = [0, 2, 4, 6, 8].map(|at| u16_at(common, at));
    if flags & 0x2041 != 0 {
        return Err("is encrypted".into());
    }
    if flags & 8 != 0 {
        return Err("has its sizes behind its data (a data descriptor)".into());
    }
    if flags != 0 {
        return Err(format!(
            "has the flags {flags:04x}, where a bundle has none"
        ));
    }
    if method != 0 {
        return Err(COMPRESSED.into());
    }
    if needed != 10 {
        return Err(format!(
            "needs version {needed} of the format; a bundle needs 10"
        ));
    }
    if (time, date) != (0, DATE) {
        return Err("is not of 1980-01-01 00:00:00, as all of a bundle is".into());
    }
    if !extra.is_empty() {
        let kind = match extra {
            [1, 0, ..] => "of zip64 ",
            [0x75, 0x70, ..] => "with another name ",
            _ => "",
        };
        return Err(format!(
            "has an extra field {kind}of {}, where a bundle has none",
            byte_count(extra.len())
        ));
    }
    Ok(())
}
