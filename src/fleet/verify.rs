//! Whether a fleet's folder is whole and unaltered: what its indexes list is
//! there, to the byte, and nothing else is; the lists of digests say the same.
//!
//! Whoever can alter a bundle can alter the index as well. So each bundle is
//! rendered anew from its own request, as [`crate::bundle::verify`] does; unless
//! the digest of the index is known by another way, which proves all that it
//! lists in the time of reading it.

mod source;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::iter::Peekable;
use std::path::Path;

use serde::Serialize;
use source::Source;

use super::in_order::in_order;
use super::index::{Entry, Reader};
use super::listing::{indexes, places};
use super::output::MAKING;
use super::{Shard, key_of};
use crate::bundle::folder::is_of_system;
use crate::bundle::received::{Finding, Received};
use crate::bundle::verify;
use crate::digest::sha256;
use crate::fault::printable;
use crate::limits::MAX_BYTES;
use crate::templates::Templates;

/// More findings than this are counted, not told.
const MOST: usize = 100;

/// What was found.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Whether nothing is wrong with it.
    pub whole: bool,
    /// Whether nobody can have altered it besides: this program makes the very
    /// same bundles, or the digests of the indexes were known.
    pub proven: bool,
    /// How many bundles are listed.
    pub bundles: usize,
    /// How many of them no row was behind any more.
    pub stale: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// How many parts of the fleet are elsewhere, if it was made in parts.
    pub elsewhere: u32,
    /// The indexes, each with its SHA-256.
    pub indexes: Vec<Index>,
    /// How many bundles are whole and could not be proven, since they are of
    /// another version.
    pub unproven: usize,
    /// What is wrong, up to a hundred.
    pub findings: Vec<Finding>,
    /// How many there are more.
    pub more: usize,
}

/// An index of a fleet's folder.
#[derive(Debug, Serialize)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// The SHA-256 of what was read of it.
    pub sha256: String,
    /// What made it.
    pub generator: String,
}

/// Verifies a folder on so many threads. With `digests` each index must have one
/// of them, and each of them must be an index's; the bundles are not rendered
/// then; else they are with `own`, those that name these templates.
///
/// # Errors
/// If the folder cannot be read.
pub fn check(
    folder: &Path,
    digests: &[String],
    own: Option<&Templates>,
    jobs: usize,
) -> io::Result<Report> {
    let mut report = Report {
        whole: false,
        proven: false,
        bundles: 0,
        stale: 0,
        bytes: 0,
        elsewhere: 0,
        indexes: Vec::new(),
        unproven: 0,
        findings: Vec::new(),
        more: 0,
    };
    let mut sources = Vec::new();
    for (names, shard) in indexes(folder)? {
        if let Some(what) = unfit(&folder.join(&names.index))? {
            report.find(Finding::at(&names.index, what));
            continue;
        }
        let file = BufReader::new(File::open(folder.join(&names.index))?);
        match Reader::new(file, shard) {
            Ok(reader) => sources.push(Source::new(folder, names, shard, reader)?),
            Err(why) => report.find(Finding::at(&names.index, why)),
        }
    }
    report.elsewhere = elsewhere(&sources);
    let mut lists: Vec<String> = Vec::new();
    for source in &sources {
        lists.extend([source.names.index.clone(), source.names.checksums.clone()]);
    }
    {
        let mut there = places(folder)?.peekable();
        let items = std::iter::from_fn(|| next_item(&mut sources, &mut there));
        let how = if digests.is_empty() {
            How::Rendered(own)
        } else {
            How::Compared
        };
        in_order(
            items,
            jobs,
            |_, item| look(folder, item, how),
            |looked| -> io::Result<()> {
                report.take(looked?, &lists);
                Ok(())
            },
        )?;
    }
    for source in sources {
        let name = source.names.index.clone();
        let (index, faults) = source.finish();
        for (file, what) in faults {
            report.find(Finding::at(&file, what));
        }
        if !digests.is_empty() && !digests.contains(&index.sha256) {
            let what = format!(
                "has the SHA-256 {}, which is not the one that was asked for",
                index.sha256
            );
            report.find(Finding::at(&name, what));
        }
        report.indexes.push(index);
    }
    for digest in digests {
        if report.indexes.iter().all(|index| index.sha256 != *digest) {
            let what = format!("no index has the SHA-256 {}", printable(digest));
            report.find(Finding::of_all(what));
        }
    }
    report.whole = report.findings.is_empty();
    report.proven = report.whole && report.unproven == 0;
    Ok(report)
}

impl Report {
    fn find(&mut self, finding: Finding) {
        if self.findings.len() < MOST {
            self.findings.push(finding);
        } else {
            self.more += 1;
        }
    }

    fn take(&mut self, looked: Looked, own: &[String]) {
        match looked {
            Looked::Bundle(entry, judged) => {
                self.bundles += 1;
                self.stale += usize::from(entry.stale);
                self.bytes += entry.size;
                match judged {
                    Judged::Proven => {}
                    Judged::Unproven => self.unproven += 1,
                    Judged::Wrong(what) => self.find(Finding::at(&entry.path, what)),
                }
            }
            Looked::Unlisted(name) if own.contains(&name) || is_of_system(&name) => {}
            Looked::Unlisted(name) => {
                let what = if name.starts_with(MAKING) {
                    "is of a run that is at work, or was killed: run it again"
                } else {
                    "is not in the index"
                };
                self.find(Finding::at(&name, what));
            }
            Looked::Fault(file, what) => self.find(Finding::at(&file, what)),
        }
    }
}

/// How many parts of a fleet have no index here.
fn elsewhere(sources: &[Source]) -> u32 {
    let mut absent: BTreeMap<u32, u32> = BTreeMap::new();
    for Shard { count, .. } in sources.iter().map(Source::part) {
        let left = absent.entry(count).or_insert(count);
        *left = left.saturating_sub(1);
    }
    absent.into_values().min().unwrap_or_default()
}

/// Something in the folder, or that should be.
enum Item {
    Listed(Entry),
    Unlisted(String),
    Fault(String, String),
}

/// What was seen of it.
enum Looked {
    Bundle(Entry, Judged),
    Unlisted(String),
    Fault(String, String),
}

enum Judged {
    Proven,
    /// Of another version, as far as can be told whole.
    Unproven,
    /// What is wrong.
    Wrong(String),
}

/// The next of what is listed or there, by its place.
fn next_item(
    sources: &mut [Source],
    there: &mut Peekable<impl Iterator<Item = io::Result<String>>>,
) -> Option<io::Result<Item>> {
    let listed = sources.iter().filter_map(Source::key).min();
    let found = match there.peek() {
        Some(Ok(name)) => Some(key_of(name)),
        Some(Err(_)) => return there.next().map(|name| name.map(Item::Unlisted)),
        None => None,
    };
    let is_first = |found: &String| listed.as_ref().is_none_or(|listed| found < listed);
    if found.as_ref().is_some_and(is_first) {
        return there.next().map(|name| name.map(Item::Unlisted));
    }
    let listed = listed?;
    if found.as_ref() == Some(&listed) {
        there.next();
    }
    let mut entry: Option<Entry> = None;
    let mut contradicts = None;
    let (mut lists, mut lacks) = (None, Vec::new());
    for source in sources {
        if source.key().as_ref() != Some(&listed) {
            lacks.push((source.part(), &source.names.index, source.is_lost()));
            continue;
        }
        lists = Some((source.part(), source.names.index.clone()));
        let next = source.advance();
        if entry.is_none() {
            entry = next;
        } else if entry != next {
            contradicts = Some(source.names.index.clone());
        }
    }
    let entry = entry?;
    if let Some(index) = contradicts {
        let what = format!("does not say the same of {} as another index", entry.path);
        return Some(Ok(Item::Fault(index, what)));
    }
    // Where a fleet was divided in two ways, each must have all of its part. No
    // two parts of one way have a bundle in common: see `Reader`.
    if let Some((part, index)) = lists {
        let lack = lacks.iter().find(|(other, _, is_lost)| {
            let may_have = other.count != part.count || other.number == part.number;
            may_have && !is_lost && other.has(&listed)
        });
        if let Some((_, other, _)) = lack {
            let what = format!(
                "lists {}, which {other} does not: remove the one that is out of date",
                entry.path
            );
            return Some(Ok(Item::Fault(index, what)));
        }
    }
    Some(Ok(Item::Listed(entry)))
}

/// How a bundle is judged.
#[derive(Clone, Copy)]
enum How<'a> {
    /// By the index.
    Compared,
    /// Rendered anew, perhaps with templates of one's own.
    Rendered(Option<&'a Templates>),
}

fn look(folder: &Path, item: io::Result<Item>, how: How<'_>) -> io::Result<Looked> {
    Ok(match item? {
        Item::Unlisted(name) => Looked::Unlisted(name),
        Item::Fault(file, what) => Looked::Fault(file, what),
        Item::Listed(entry) => {
            let judged = judge(&folder.join(&entry.path), &entry, how)?;
            Looked::Bundle(entry, judged)
        }
    })
}

fn judge(path: &Path, entry: &Entry, how: How<'_>) -> io::Result<Judged> {
    let zip = match unfit(path)
        .and_then(|what| what.map_or_else(|| read(path).map(Ok), |what| Ok(Err(what))))
    {
        Ok(Ok(zip)) => zip,
        Ok(Err(what)) => return Ok(Judged::Wrong(what.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Judged::Wrong("is missing".into()));
        }
        Err(error) => {
            let what = format!("{}: {error}", crate::fault::shown(path));
            return Err(io::Error::new(error.kind(), what));
        }
    };
    if zip.len() as u64 != entry.size || sha256(&zip) != entry.sha256 {
        return Ok(Judged::Wrong("is not what the index says".into()));
    }
    let How::Rendered(own) = how else {
        return Ok(Judged::Proven);
    };
    let report = match Received::from_zip(&zip) {
        Err(refusal) => verify::Report::from(refusal),
        Ok(received) => {
            let checked = verify::check_with(&received, own);
            if let Some(request) = &checked.request
                && super::index::entry_of(super::place_of(request), request.spec(), &zip)
                    != (Entry {
                        stale: false,
                        ..entry.clone()
                    })
            {
                let what = "is the bundle of another account, Region or role than the index says";
                return Ok(Judged::Wrong(what.into()));
            }
            checked.report
        }
    };
    Ok(match report.findings.first() {
        Some(finding) => {
            let more = match report.findings.len() - 1 {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            Judged::Wrong(format!("is not whole: {finding}{more}"))
        }
        None if report.proven => Judged::Proven,
        None => Judged::Unproven,
    })
}

/// Why something is no plain file: what a link leads to can be altered elsewhere.
pub(super) fn unfit(path: &Path) -> io::Result<Option<&'static str>> {
    let meta = fs::symlink_metadata(path)?;
    Ok(if meta.is_symlink() {
        Some("is a symbolic link")
    } else if meta.is_file() {
        None
    } else {
        Some("is not a file")
    })
}

/// What is in a file, and not more than a bundle may have.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).min(MAX_BYTES) + 1);
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        if !self.whole {
            let faults = match self.findings.len() + self.more {
                1 => "1 fault".to_owned(),
                count => format!("{count} faults"),
            };
            let more = match self.more {
                0 => String::new(),
                more => format!(", {more} of them not shown"),
            };
            return writeln!(f, "not whole: {faults}{more}");
        }
        let stale = match self.stale {
            0 => String::new(),
            stale => format!(", {stale} of them of rows that are gone"),
        };
        write!(
            f,
            "whole: {} bundles{stale}, {} bytes",
            self.bundles, self.bytes
        )?;
        if self.proven {
            writeln!(f, ", all proven")?;
        } else {
            writeln!(
                f,
                "\nNOT PROVEN: {} of them are of another version, or made with templates that are not lexlogs' own; verify them with that version and those templates (--templates), or give the SHA-256 of the index that you have by another way (--sha256)",
                self.unproven
            )?;
        }
        if self.elsewhere > 0 {
            let (parts, was) = match self.elsewhere {
                1 => ("1 part".to_owned(), "was"),
                count => (format!("{count} parts"), "were"),
            };
            writeln!(
                f,
                "{parts} of the fleet {was} made elsewhere, and not looked at"
            )?;
        }
        self.indexes
            .iter()
            .try_for_each(|index| writeln!(f, "{}  {}", index.sha256, index.name))
    }
}
