//! From sorted rows to the bundles in a fleet's folder.

use std::cmp::Ordering;
use std::io::{self, BufRead};
use std::iter::Peekable;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering as Memory};

use super::in_order::in_order;
use super::index::{Entry, Names, Reader, Writer, entry_of};
use super::output::Fleet;
use super::sorted::{Group, Record, Sorted, groups};
use super::{Shard, key_of, place_of};
use crate::bundle::Bundle;
use crate::config::Config;
use crate::output::{Outcome, OutputError};
use crate::render::{REQUEST, RenderError};
use crate::request::Request;
use crate::templates::Templates;

/// More failures, and more notes, than this are counted, not told.
const MOST_TOLD: usize = 100;

/// How a fleet is made.
#[derive(Clone, Copy)]
pub struct How<'a> {
    /// The templates.
    pub templates: &'a Templates,
    /// On how many threads.
    pub jobs: usize,
    /// The part of the rows that is made.
    pub shard: Option<Shard>,
    /// Whether to go on after a bundle that cannot be written.
    pub keep_going: bool,
    /// Whether to remove the bundles of rows that are gone.
    pub prune: bool,
    /// Whether to replace what is no bundle.
    pub force: bool,
    /// Set when it is to stop.
    pub stop: &'a AtomicBool,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// How many bundles were not there.
    pub written: usize,
    /// How many were there already, the same to the byte.
    pub unchanged: usize,
    /// How many that no row is behind any more were removed.
    pub pruned: usize,
    /// How many that no row is behind any more are still there.
    pub stale: usize,
    /// How many bytes the bundles of the rows have.
    pub bytes: u64,
    /// What could not be written, each a sentence, up to a hundred.
    pub failed: Vec<String>,
    /// How many more could not be written.
    pub more_failed: usize,
    /// What is worth knowing, each a sentence, up to a hundred.
    pub notes: Vec<String>,
    /// How many notes there are more.
    pub more_notes: usize,
    /// The SHA-256 of the index, in lower-case hexadecimal digits; none if it was
    /// not written, since not all was done.
    pub index_sha256: Option<String>,
    /// Whether it was stopped.
    pub stopped: bool,
}

/// Why a fleet was not made, or not to its end. Every bundle that was written is
/// whole.
#[derive(Debug)]
pub enum Error {
    /// A bundle could not be made or written, or the index.
    Output(OutputError),
    /// A bundle could not be rendered.
    Render(RenderError),
    /// The sorted rows could not be read.
    Rows(io::Error),
}

impl From<OutputError> for Error {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

impl From<RenderError> for Error {
    fn from(error: RenderError) -> Self {
        Self::Render(error)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            // What the others did stays: it cannot be said that nothing was written.
            Self::Output(OutputError::Occupied { path, why }) => {
                write!(f, "{} {why}", path.display())
            }
            Self::Output(error) => error.fmt(f),
            Self::Render(error) => error.fmt(f),
            Self::Rows(error) => write!(f, "cannot read the temporary file of the rows: {error}"),
        }
    }
}

/// What is sorted of a row: where its bundle goes, and the request as the bundle
/// holds it, of which the same bundle can be made again.
///
/// # Errors
/// None that can occur: serde's.
pub fn record_of(request: &Request, line: usize) -> Result<Record, RenderError> {
    Ok(Record {
        key: key_of(&place_of(request)),
        line,
        text: crate::render::request_line(request)?,
    })
}

/// Something at a place in the folder.
enum Item {
    /// A row, and its bundle as the run before listed it.
    Row(Record, Option<Entry>),
    /// What the run before listed, and no row is behind it.
    Old(Entry),
}

/// What came of it.
enum Made {
    /// With the place of the bundle before it, if that is not as it was left.
    Bundle(Entry, Outcome, Option<String>),
    Removed,
    /// It is not there, or is something else now.
    Gone,
    Left(Entry),
    Altered(String),
}

/// Makes the bundles of rows in a folder. `progress` is called after each.
///
/// # Errors
/// The first bundle that could not be made, unless it is to go on then.
pub fn make(
    rows: &Sorted,
    folder: &Path,
    how: How<'_>,
    mut progress: impl FnMut(),
) -> Result<Done, Error> {
    let names = Names::of(how.shard);
    let fleet = Fleet::open(folder, names.clone(), how.jobs)?;
    let mut old = Old::new(&fleet, how.shard)?;
    fleet.check_checksums(how.force)?;
    let mut done = Done::default();
    let (index, checksums) = (fleet.make()?, fleet.make()?);
    let unwritten = |source| {
        Error::Output(OutputError::Io {
            action: "write",
            path: folder.join(&names.index),
            source,
        })
    };
    let mut writer = Writer::new(index, checksums, how.shard).map_err(unwritten)?;

    // Of rows that would write the same bundle, none is right.
    let is_made = |group: &Group| {
        group.others.is_empty() && how.shard.is_none_or(|shard| shard.has(&group.first.key))
    };
    let mut rows = groups(rows.records().map_err(Error::Rows)?)
        .filter(|group| group.as_ref().map_or(true, is_made))
        .map(|group| group.map(|group| group.first))
        .peekable();
    let items = std::iter::from_fn(|| {
        if how.stop.load(Memory::Relaxed) {
            return None;
        }
        next_item(&mut rows, &mut old).transpose()
    });
    let work = |worker, item: Result<Item, Error>| match item? {
        Item::Row(row, old) => bundle(&row, old, &fleet, how, worker),
        Item::Old(entry) => leave(entry, &fleet, how.prune),
    };
    in_order(items, how.jobs, work, |made| {
        match made {
            Ok(Made::Bundle(entry, outcome, before)) => {
                if let Some(path) = before {
                    done.note_altered(&path);
                }
                done.bytes += entry.size;
                match outcome {
                    Outcome::Written => done.written += 1,
                    Outcome::Unchanged => done.unchanged += 1,
                }
                writer.push(&entry).map_err(unwritten)?;
                progress();
            }
            Ok(Made::Removed) => done.pruned += 1,
            Ok(Made::Gone) => {}
            Ok(Made::Left(entry)) => {
                done.stale += 1;
                writer.push(&entry).map_err(unwritten)?;
            }
            Ok(Made::Altered(path)) => done.note_altered(&path),
            Err(error @ (Error::Output(_) | Error::Render(_))) if how.keep_going => {
                done.fail(&error);
                progress();
            }
            Err(error) => return Err(error),
        }
        Ok(())
    })?;
    done.stopped = how.stop.load(Memory::Relaxed);
    if done.stopped || !done.failed.is_empty() {
        // The index of the run before stays: what it lists can still be pruned.
        return Ok(done);
    }
    let (index, checksums, digest) = writer.finish(&names).map_err(unwritten)?;
    fleet.finish(index, checksums)?;
    done.index_sha256 = Some(digest);
    Ok(done)
}

impl Done {
    fn fail(&mut self, error: &Error) {
        if self.failed.len() < MOST_TOLD {
            self.failed.push(error.to_string());
        } else {
            self.more_failed += 1;
        }
    }

    fn note_altered(&mut self, path: &str) {
        if self.notes.len() < MOST_TOLD {
            self.notes.push(format!(
                "{path} is not what the index of the run before says, so it was not removed, and the index does not list it any more"
            ));
        } else {
            self.more_notes += 1;
        }
    }
}

/// The index of the run before, as it is gone through.
struct Old<R: BufRead> {
    entries: Option<Peekable<Reader<R>>>,
    path: std::path::PathBuf,
}

impl Old<io::BufReader<std::fs::File>> {
    fn new(fleet: &Fleet, shard: Option<Shard>) -> Result<Self, Error> {
        let path = fleet.index_path();
        let unlike = |why: String| -> Error {
            let path = path.clone();
            let why = format!("{why}; move it away");
            OutputError::Occupied { path, why }.into()
        };
        // Once to its end before anything is written: then it can be relied on.
        if let Some(file) = fleet.old_index()? {
            let mut reader = Reader::new(file, shard).map_err(unlike)?;
            reader
                .try_for_each(|entry| entry.map(drop))
                .map_err(unlike)?;
        }
        let entries = match fleet.old_index()? {
            None => None,
            Some(file) => Some(Reader::new(file, shard).map_err(unlike)?.peekable()),
        };
        Ok(Self { entries, path })
    }
}

impl<R: BufRead> Old<R> {
    /// The key of the next entry.
    fn key(&mut self) -> Option<String> {
        let entry = self.entries.as_mut()?.peek()?;
        // A fault is told at once.
        Some(entry.as_ref().map_or(String::new(), Entry::key))
    }

    fn next(&mut self) -> Result<Option<Entry>, Error> {
        let Some(entry) = self.entries.as_mut().and_then(Iterator::next) else {
            return Ok(None);
        };
        entry.map(Some).map_err(|why| {
            let path = self.path.clone();
            OutputError::Occupied { path, why }.into()
        })
    }
}

/// The next of what is in the table or was in the folder, by its place.
fn next_item(
    rows: &mut Peekable<impl Iterator<Item = io::Result<Record>>>,
    old: &mut Old<impl BufRead>,
) -> Result<Option<Item>, Error> {
    let row = match rows.peek() {
        Some(Ok(row)) => Some(row.key.as_str()),
        Some(Err(_)) | None => None,
    };
    let order = match (row, old.key()) {
        (_, None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (Some(row), Some(old)) => row.cmp(old.as_str()),
    };
    if order == Ordering::Greater {
        return Ok(old.next()?.map(Item::Old));
    }
    let before = match order {
        Ordering::Equal => old.next()?,
        _ => None,
    };
    let row = rows.next().transpose().map_err(Error::Rows)?;
    Ok(row.map(|row| Item::Row(row, before)))
}

fn bundle(
    row: &Record,
    before: Option<Entry>,
    fleet: &Fleet,
    how: How<'_>,
    worker: usize,
) -> Result<Made, Error> {
    let config = Config::parse(Path::new(REQUEST), row.text.as_bytes());
    // It was judged before it was sorted.
    let damaged = |faults: crate::fault::Faults| Error::Rows(io::Error::other(faults.to_string()));
    let request = Request::new(&config.parameters, config.faults).map_err(damaged)?;
    let bundle = Bundle::new(&request, how.templates)?;
    let zip = bundle
        .to_zip()
        .map_err(io::Error::from)
        .map_err(Error::Rows)?;
    let place = place_of(&request);
    // One whose name differs in case alone was the same bundle's; the index has
    // but one of them. It goes first: many file systems take both for one.
    let mut altered = None;
    if let Some(before) = before.filter(|before| before.path != place) {
        match fleet.holds(&before)? {
            Some(true) => fleet.remove(&before.path)?,
            Some(false) => altered = Some(before.path),
            None => {}
        }
    }
    let outcome = fleet.put(&place, &zip, worker, how.force)?;
    let entry = entry_of(place, request.spec(), &zip);
    Ok(Made::Bundle(entry, outcome, altered))
}

/// What becomes of a bundle that no row is behind any more.
fn leave(entry: Entry, fleet: &Fleet, prune: bool) -> Result<Made, Error> {
    Ok(match fleet.holds(&entry)? {
        None => Made::Gone,
        Some(false) => Made::Altered(entry.path),
        Some(true) if prune => {
            fleet.remove(&entry.path)?;
            Made::Removed
        }
        Some(true) => Made::Left(Entry {
            stale: true,
            ..entry
        }),
    })
}
