//! A zip byte by byte, every field of which can be wrong. It shares nothing with
//! the program.

use crate::support::{bundle, of_v2};

/// The folder in the zip.
pub(super) const TOP: &str = "lex-logs-111122223333-us-east-1";

fn made() -> lexlogs::bundle::Bundle {
    bundle(&of_v2(&[("log-group-name", "/lex/bot")]))
}

/// A bundle as lexlogs makes it.
pub(super) fn good() -> Vec<u8> {
    made().to_zip().unwrap()
}

/// What both headers of an entry say.
#[derive(Clone, Default)]
pub(super) struct Fields {
    pub(super) needed: u16,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) time: u16,
    pub(super) date: u16,
    pub(super) crc: u32,
    pub(super) packed: u32,
    pub(super) size: u32,
    pub(super) path: Vec<u8>,
    pub(super) extra: Vec<u8>,
}

impl Fields {
    fn write(&self, to: &mut Vec<u8>) {
        for field in [self.needed, self.flags, self.method, self.time, self.date] {
            to.extend(field.to_le_bytes());
        }
        for field in [self.crc, self.packed, self.size] {
            to.extend(field.to_le_bytes());
        }
        to.extend(u16::try_from(self.path.len()).unwrap().to_le_bytes());
        to.extend(u16::try_from(self.extra.len()).unwrap().to_le_bytes());
    }
}

#[derive(Clone, Default)]
pub(super) struct Entry {
    /// Bytes before its local header.
    pub(super) before: Vec<u8>,
    pub(super) local_signature: [u8; 4],
    pub(super) local: Fields,
    pub(super) data: Vec<u8>,
    pub(super) central_signature: [u8; 4],
    pub(super) central: Fields,
    pub(super) made_by: u16,
    pub(super) disk: u16,
    pub(super) internal: u16,
    pub(super) external: u32,
    /// Where the directory says that it is, if not where it is.
    pub(super) offset: Option<u32>,
    pub(super) comment: Vec<u8>,
    /// Whether there is nothing of it but the entry of the directory.
    pub(super) is_ghost: bool,
}

impl Entry {
    pub(super) fn new(path: &str, data: &[u8], mode: u32) -> Self {
        let size = u32::try_from(data.len()).unwrap();
        let fields = Fields {
            needed: 10,
            date: 0x21,
            crc: crc(data),
            packed: size,
            size,
            path: path.into(),
            ..Fields::default()
        };
        Self {
            local_signature: *b"PK\x03\x04",
            local: fields.clone(),
            data: data.to_vec(),
            central_signature: *b"PK\x01\x02",
            central: fields,
            made_by: 0x030a,
            external: (0o100_000 | mode) << 16,
            ..Self::default()
        }
    }

    /// Changes both headers.
    pub(super) fn both(&mut self, change: impl Fn(&mut Fields)) {
        change(&mut self.local);
        change(&mut self.central);
    }

    /// Gives it another path.
    pub(super) fn rename(&mut self, path: impl AsRef<[u8]>) {
        self.both(|fields| fields.path = path.as_ref().to_vec());
    }

    /// Gives it other data, of which the headers say the truth.
    pub(super) fn hold(&mut self, data: &[u8]) {
        let size = u32::try_from(data.len()).unwrap();
        self.data = data.to_vec();
        self.both(|fields| (fields.crc, fields.packed, fields.size) = (crc(data), size, size));
    }
}

#[derive(Clone, Default)]
pub(super) struct Zip {
    pub(super) prefix: Vec<u8>,
    /// Whether the offsets know of the prefix.
    pub(super) prefix_counts: bool,
    pub(super) entries: Vec<Entry>,
    pub(super) before_directory: Vec<u8>,
    pub(super) behind_directory: Vec<u8>,
    pub(super) end: End,
    pub(super) suffix: Vec<u8>,
}

/// What the end record says, if not the truth.
#[derive(Clone, Default)]
pub(super) struct End {
    pub(super) is_missing: bool,
    pub(super) disk: u16,
    pub(super) directory_disk: u16,
    pub(super) here: Option<u16>,
    pub(super) entries: Option<u16>,
    pub(super) size: Option<u32>,
    pub(super) start: Option<u32>,
    pub(super) comment_length: Option<u16>,
    pub(super) comment: Vec<u8>,
}

impl Zip {
    pub(super) fn of(files: &[(&str, &[u8])]) -> Self {
        let entries = files
            .iter()
            .map(|(path, data)| Entry::new(path, data, 0o644));
        Self {
            entries: entries.collect(),
            ..Self::default()
        }
    }

    /// A whole bundle.
    pub(super) fn good() -> Self {
        let made = made();
        assert_eq!(made.folder, TOP);
        let entries = made.files.iter().map(|file| {
            let path = format!("{TOP}/{}", file.name);
            Entry::new(&path, file.text.as_bytes(), file.mode)
        });
        Self {
            entries: entries.collect(),
            ..Self::default()
        }
    }

    /// The entry of a file.
    pub(super) fn entry(&mut self, name: &str) -> &mut Entry {
        let path = format!("{TOP}/{name}").into_bytes();
        let found = self.entries.iter_mut();
        found
            .into_iter()
            .find(|entry| entry.central.path == path)
            .unwrap()
    }

    pub(super) fn build(&self) -> Vec<u8> {
        let number = |number: usize| u32::try_from(number).unwrap();
        let mut zip = self.prefix.clone();
        let counted = if self.prefix_counts { 0 } else { zip.len() };
        let mut offsets = Vec::new();
        for entry in &self.entries {
            zip.extend(&entry.before);
            offsets.push(number(zip.len() - counted));
            if entry.is_ghost {
                continue;
            }
            zip.extend(entry.local_signature);
            entry.local.write(&mut zip);
            zip.extend(&entry.local.path);
            zip.extend(&entry.local.extra);
            zip.extend(&entry.data);
        }
        zip.extend(&self.before_directory);
        let start = zip.len() - counted;
        for (entry, offset) in std::iter::zip(&self.entries, offsets) {
            zip.extend(entry.central_signature);
            zip.extend(entry.made_by.to_le_bytes());
            entry.central.write(&mut zip);
            zip.extend(u16::try_from(entry.comment.len()).unwrap().to_le_bytes());
            zip.extend(entry.disk.to_le_bytes());
            zip.extend(entry.internal.to_le_bytes());
            zip.extend(entry.external.to_le_bytes());
            zip.extend(entry.offset.unwrap_or(offset).to_le_bytes());
            zip.extend(&entry.central.path);
            zip.extend(&entry.central.extra);
            zip.extend(&entry.comment);
        }
        let size = number(zip.len() - counted - start);
        zip.extend(&self.behind_directory);
        let (end, count) = (&self.end, u16::try_from(self.entries.len()).unwrap());
        if !end.is_missing {
            zip.extend(b"PK\x05\x06");
            for field in [end.disk, end.directory_disk] {
                zip.extend(field.to_le_bytes());
            }
            for field in [end.here.or(end.entries), end.entries] {
                zip.extend(field.unwrap_or(count).to_le_bytes());
            }
            zip.extend(end.size.unwrap_or(size).to_le_bytes());
            zip.extend(end.start.unwrap_or(number(start)).to_le_bytes());
            let length = u16::try_from(end.comment.len()).unwrap();
            zip.extend(end.comment_length.unwrap_or(length).to_le_bytes());
            zip.extend(&end.comment);
        }
        zip.extend(&self.suffix);
        zip
    }
}

/// The CRC-32 of some bytes, bit by bit.
pub(super) fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    !crc
}
