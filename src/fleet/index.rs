//! `fleet.json` and the `SHA256SUMS` beside it: which bundles a fleet's folder
//! holds. Both are written and read one bundle at a time, and read strictly, as
//! they are written: a line for each bundle, in the order of their places.

use std::io::{self, BufRead, Read, Write};

use serde::{Deserialize, Serialize};

use super::{Shard, is_place, key_of};
use crate::bundle::manifest::{CHECKSUMS, checksum_line};
use crate::bundle::verify::is_generator;
use crate::digest::{GENERATOR, sha256};
use crate::fault::{printable, told};
use sha2::{Digest, Sha256};

/// The version of the index's format; a reader refuses one that it does not
/// know.
pub const FORMAT: u32 = 1;

/// The longest line that is read, in bytes.
const LONGEST: u64 = 4 << 10;

const BUNDLES: &str = "  \"bundles\": [\n";
const END: &str = "  ]\n}\n";

/// The names of an index and its list of digests; those of a shard are its own,
/// so that all shards can be in one folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Names {
    /// Of the index.
    pub index: String,
    /// Of the list of digests, for `sha256sum -c`.
    pub checksums: String,
}

impl Names {
    /// The names of a shard's, or of the whole fleet's.
    #[must_use]
    pub fn of(shard: Option<Shard>) -> Self {
        let part = shard.map_or(String::new(), |Shard { number, count }| {
            format!("-{number}-of-{count}")
        });
        Self {
            index: format!("fleet{part}.json"),
            checksums: format!("{CHECKSUMS}{part}"),
        }
    }

    /// The shard whose index has that name, none of the whole fleet's; nothing
    /// for any other name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Option<Shard>> {
        let part = name.strip_prefix("fleet")?.strip_suffix(".json")?;
        let shard = match part.strip_prefix('-') {
            None => None,
            Some(part) => Some(part.replacen("-of-", "/", 1).parse().ok()?),
        };
        (Self::of(shard).index == name).then_some(shard)
    }
}

/// What an index says of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Entry {
    /// Its place in the folder, with `/`.
    pub path: String,
    /// The account that it is for.
    pub account_id: String,
    /// The Region.
    pub region: String,
    /// The role's name.
    pub role_name: String,
    /// The size of the zip, in bytes.
    pub size: u64,
    /// The SHA-256 of the zip, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Whether no row is behind it any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stale: bool,
}

impl Entry {
    /// By what it is sorted.
    #[must_use]
    pub fn key(&self) -> String {
        key_of(&self.path)
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: u32,
    generator: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    shard: Option<String>,
}

impl Head {
    /// As it is written.
    fn text(&self) -> serde_json::Result<String> {
        let json = serde_json::to_string_pretty(self)?;
        Ok(format!("{},\n", json.trim_end_matches("\n}")))
    }
}

/// An entry as it is written, without what separates it from others.
fn line_of(entry: &Entry) -> serde_json::Result<String> {
    Ok(format!("    {}", serde_json::to_string(entry)?))
}

/// Writes an index and its list of digests.
#[derive(Debug)]
pub struct Writer<W: Write> {
    index: W,
    checksums: W,
    digest: Sha256,
    is_empty: bool,
}

impl<W: Write> Writer<W> {
    /// Begins an index, and the list of digests beside it.
    ///
    /// # Errors
    /// The system's.
    pub fn new(index: W, checksums: W, shard: Option<Shard>) -> io::Result<Self> {
        let mut writer = Self {
            index,
            checksums,
            digest: Sha256::new(),
            is_empty: true,
        };
        let head = Head {
            format: FORMAT,
            generator: GENERATOR.into(),
            shard: shard.map(|shard| shard.to_string()),
        };
        writer.write(&head.text()?)?;
        writer.write(BUNDLES)?;
        Ok(writer)
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.digest.update(text.as_bytes());
        self.index.write_all(text.as_bytes())
    }

    /// Adds a bundle; they come in the order of their keys.
    ///
    /// # Errors
    /// The system's.
    pub fn push(&mut self, entry: &Entry) -> io::Result<()> {
        let begin = if self.is_empty { "" } else { ",\n" };
        self.is_empty = false;
        self.write(begin)?;
        self.write(&line_of(entry)?)?;
        let line = checksum_line(&entry.path, &entry.sha256);
        self.checksums.write_all(line.as_bytes())
    }

    /// Ends both, and gives them back with the SHA-256 of the index.
    ///
    /// # Errors
    /// The system's.
    pub fn finish(mut self, names: &Names) -> io::Result<(W, W, String)> {
        let begin = if self.is_empty { "" } else { "\n" };
        self.write(&format!("{begin}{END}"))?;
        let digest = crate::digest::hexadecimal(&self.digest.finalize());
        let line = checksum_line(&names.index, &digest);
        self.checksums.write_all(line.as_bytes())?;
        self.index.flush()?;
        self.checksums.flush()?;
        Ok((self.index, self.checksums, digest))
    }
}

/// Whether a text is a list of digests as [`Writer`] writes them, of whichever
/// bundles.
///
/// # Errors
/// The system's.
pub fn is_list(mut input: impl BufRead) -> io::Result<bool> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            return Ok(true);
        }
        let is_own = |line: &str| -> Option<bool> {
            let (digest, name) = line.strip_suffix('\n')?.split_once("  ")?;
            let is_digest = digest.len() == 64 && digest.bytes().all(|c| c.is_ascii_hexdigit());
            Some(is_digest && (is_place(name) || Names::parse(name).is_some()))
        };
        if std::str::from_utf8(&line).ok().and_then(is_own) != Some(true) {
            return Ok(false);
        }
    }
}

/// Reads an index as [`Writer`] writes it, one bundle at a time.
#[derive(Debug)]
pub struct Reader<R> {
    lines: Lines<R>,
    /// What made it.
    pub generator: String,
    shard: Option<Shard>,
    last: Option<String>,
    /// Whether the line before says that another one follows; none before the
    /// first.
    goes_on: Option<bool>,
    ended: bool,
}

/// Why an index cannot be read: a sentence fragment.
pub type Fault = String;

impl<R: BufRead> Reader<R> {
    /// Reads its beginning.
    ///
    /// # Errors
    /// Why it is not the index of that shard.
    pub fn new(input: R, shard: Option<Shard>) -> Result<Self, Fault> {
        let mut lines = Lines {
            input,
            line: 0,
            digest: Sha256::new(),
        };
        let mut head = String::new();
        loop {
            let line = lines.next()?;
            if line == BUNDLES {
                break;
            }
            head.push_str(&line);
            if lines.line > 6 {
                return Err("is no index as lexlogs writes it: it does not begin like one".into());
            }
        }
        let begin = head;
        let json = begin.trim_end().trim_end_matches(',').to_owned() + "}";
        let unlike =
            |error: serde_json::Error| told(&format!("is no index as lexlogs writes it: {error}"));
        let is_known = |json: &str| -> Result<u64, serde_json::Error> {
            #[derive(Deserialize)]
            struct Version {
                format: u64,
            }
            serde_json::from_str(json).map(|Version { format }| format)
        };
        let format = is_known(&json).map_err(unlike)?;
        if format != u64::from(FORMAT) {
            return Err(format!(
                "is of the format {format}; this lexlogs ({GENERATOR}) reads {FORMAT}: use one that is as new as the index"
            ));
        }
        let head: Head = serde_json::from_str(&json).map_err(unlike)?;
        if !is_generator(&head.generator) {
            return Err(told(&format!(
                "names `{}` as what made it, not a lexlogs",
                head.generator
            )));
        }
        if head.text().map_err(unlike)? != begin {
            return Err("is no index as lexlogs writes it: it does not begin like one".into());
        }
        if head.shard != shard.map(|shard| shard.to_string()) {
            return Err("says that it is of another shard than its name does".into());
        }
        Ok(Self {
            lines,
            generator: printable(&head.generator),
            shard,
            last: None,
            goes_on: None,
            ended: false,
        })
    }

    fn entry(&mut self) -> Result<Option<Entry>, Fault> {
        let line = self.lines.next()?;
        if line == "  ]\n" {
            if self.lines.next()? != "}\n" || !self.lines.is_at_end()? {
                return Err(self.lines.unlike("more than an index"));
            }
            if self.goes_on == Some(true) {
                return Err(self.lines.unlike("it ends after a comma"));
            }
            return Ok(None);
        }
        let line = line.trim_end_matches('\n');
        let (text, goes_on) = match line.strip_suffix(',') {
            Some(text) => (text, true),
            None => (line, false),
        };
        let read: serde_json::Result<(Entry, bool)> = serde_json::from_str(text)
            .and_then(|entry| line_of(&entry).map(|own| (entry, own == text)));
        let (entry, is_own) = read.map_err(|error| self.lines.unlike(&error.to_string()))?;
        if !is_own || self.goes_on == Some(false) {
            return Err(self.lines.unlike("it is written otherwise"));
        }
        self.goes_on = Some(goes_on);
        if !is_place(&entry.path) {
            let path = printable(&entry.path);
            return Err(self
                .lines
                .unlike(&format!("`{path}` is no place of a bundle")));
        }
        let key = entry.key();
        if self.shard.is_some_and(|shard| !shard.has(&key)) {
            return Err(self.lines.unlike("the bundle is of another shard"));
        }
        if self.last.as_ref().is_some_and(|last| *last >= key) {
            return Err(self.lines.unlike("not in the order of the places"));
        }
        self.last = Some(key);
        Ok(Some(entry))
    }

    /// The SHA-256 of all that was read: of the whole, after the last entry.
    #[must_use]
    pub fn sha256(&self) -> String {
        crate::digest::hexadecimal(&self.lines.digest.clone().finalize())
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Entry, Fault>;

    /// Nothing comes after a fault.
    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let entry = self.entry();
        self.ended = !matches!(entry, Ok(Some(_)));
        entry.transpose()
    }
}

#[derive(Debug)]
struct Lines<R> {
    input: R,
    line: usize,
    digest: Sha256,
}

impl<R: BufRead> Lines<R> {
    /// The next line with its end.
    fn next(&mut self) -> Result<String, Fault> {
        self.line += 1;
        let mut text = String::new();
        let read = self.input.by_ref().take(LONGEST).read_line(&mut text);
        match read {
            Err(error) => Err(self.unlike(&error.to_string())),
            Ok(_) if text.is_empty() => Err(self.unlike("it ends too early")),
            Ok(_) if !text.ends_with('\n') => Err(self.unlike("the line does not end")),
            Ok(_) => {
                self.digest.update(text.as_bytes());
                Ok(text)
            }
        }
    }

    fn is_at_end(&mut self) -> Result<bool, Fault> {
        let rest = self.input.fill_buf().map(<[u8]>::is_empty);
        rest.map_err(|error| error.to_string())
    }

    fn unlike(&self, why: &str) -> Fault {
        // The names in it may be a stranger's choice.
        told(&format!(
            "is no index as lexlogs writes it: line {}: {why}",
            self.line
        ))
    }
}

/// The entry of a zip.
#[must_use]
pub fn entry_of(path: String, spec: &crate::request::Spec, zip: &[u8]) -> Entry {
    Entry {
        path,
        account_id: spec.account_id.to_string(),
        region: spec.region.to_string(),
        role_name: spec.role_name.to_string(),
        size: zip.len() as u64,
        sha256: sha256(zip),
        stale: false,
    }
}

#[cfg(test)]
mod tests;
