//! What changed from one fleet's folder to another: which bundles came, which
//! went, and which changed how, those that changed alike together.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, BufReader};
use std::iter::Peekable;
use std::path::Path;

use serde::Serialize;

use super::in_order::in_order;
use super::index::{Entry, Reader};
use super::listing::indexes;
use super::verify::{read as read_bundle, unfit};
use crate::bundle::diff::{Diff, Side, Trust};
use crate::bundle::received::Received;
use crate::bundle::verify;
use crate::fault::shown;
use crate::parameters::Key;
use crate::render::RenderError;
use crate::request::{Request, Value};

/// How many bundles of a group are named in words.
const NAMED: usize = 3;
/// A value that is shorter may stand for itself in many places.
const SHORTEST: usize = 6;

/// What changed.
#[derive(Debug, Serialize)]
pub struct FleetDiff {
    /// Whether nothing did.
    pub same: bool,
    /// How many bundles are the same to the byte.
    pub unchanged: usize,
    /// The places of those that are in the old one alone.
    pub removed: Vec<String>,
    /// The places of those that are in the new one alone.
    pub added: Vec<String>,
    /// Those that changed, by how they did, the largest group first.
    pub changed: Vec<Group>,
    /// Those that cannot be compared, each with why.
    pub incomparable: Vec<Incomparable>,
}

/// Bundles that changed alike.
#[derive(Debug, Serialize)]
pub struct Group {
    /// How, in words; what is the bundle's own stands as the name of its
    /// parameter, such as `account-id`.
    pub change: String,
    /// The places of the bundles.
    pub bundles: Vec<String>,
}

/// A bundle that is there on both sides and cannot be compared.
#[derive(Debug, Serialize)]
pub struct Incomparable {
    /// Its place.
    pub bundle: String,
    /// Why not, as a sentence fragment.
    pub why: String,
}

/// Compares two folders on so many threads.
///
/// # Errors
/// If one of them cannot be read.
pub fn diff(old: &Path, new: &Path, jobs: usize) -> io::Result<FleetDiff> {
    let mut diff = FleetDiff {
        same: false,
        unchanged: 0,
        removed: Vec::new(),
        added: Vec::new(),
        changed: Vec::new(),
        incomparable: Vec::new(),
    };
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut olds, mut news) = (entries(old)?.peekable(), entries(new)?.peekable());
    let pairs = std::iter::from_fn(|| next_pair(&mut olds, &mut news));
    let compared = |_, pair: io::Result<Pair>| compare(pair?, old, new);
    in_order(pairs, jobs, compared, |compared| {
        match compared? {
            Compared::Removed(path) => diff.removed.push(path),
            Compared::Added(path) => diff.added.push(path),
            Compared::Same => diff.unchanged += 1,
            Compared::Changed(path, change) => groups.entry(change).or_default().push(path),
            Compared::Incomparable(bundle, why) => {
                diff.incomparable.push(Incomparable { bundle, why });
            }
        }
        Ok::<(), io::Error>(())
    })?;
    let groups = groups
        .into_iter()
        .map(|(change, bundles)| Group { change, bundles });
    diff.changed = groups.collect();
    diff.changed
        .sort_by_key(|group| std::cmp::Reverse(group.bundles.len()));
    diff.same = diff.removed.is_empty()
        && diff.added.is_empty()
        && diff.changed.is_empty()
        && diff.incomparable.is_empty();
    Ok(diff)
}

/// The entries of all indexes of a folder, in the order of the places; one that
/// several list counts once, and those that no row is behind do not.
fn entries(folder: &Path) -> io::Result<impl Iterator<Item = io::Result<Entry>>> {
    let mut readers = Vec::new();
    for (names, shard) in indexes(folder)? {
        let path = folder.join(&names.index);
        let unlike = {
            let path = path.clone();
            move |why: String| io::Error::other(format!("{} {why}", shown(&path)))
        };
        if let Some(what) = unfit(&path)? {
            return Err(unlike(what.into()));
        }
        let file = BufReader::new(fs::File::open(path)?);
        let reader = Reader::new(file, shard).map_err(&unlike)?;
        let entries = reader.map(move |entry| entry.map_err(&unlike));
        readers.push(entries.peekable());
    }
    let next = move || {
        // A fault counts as the first of all.
        let key = |entry: &io::Result<Entry>| entry.as_ref().map_or(String::new(), Entry::key);
        let first = readers
            .iter_mut()
            .filter_map(|reader| reader.peek().map(key))
            .min()?;
        let mut found = None;
        for reader in &mut readers {
            if let Some(entry) = reader.next_if(|entry| key(entry) == first) {
                found = Some(entry);
            }
        }
        found
    };
    let is_wanted = |entry: &io::Result<Entry>| entry.as_ref().map_or(true, |entry| !entry.stale);
    Ok(std::iter::from_fn(next).filter(is_wanted))
}

/// An entry of the one folder, of the other, or of both.
type Pair = (Option<Entry>, Option<Entry>);

fn next_pair(
    olds: &mut Peekable<impl Iterator<Item = io::Result<Entry>>>,
    news: &mut Peekable<impl Iterator<Item = io::Result<Entry>>>,
) -> Option<io::Result<Pair>> {
    let key = |entry: &io::Result<Entry>| entry.as_ref().map_or(String::new(), Entry::key);
    let first = olds
        .peek()
        .map(key)
        .into_iter()
        .chain(news.peek().map(key))
        .min()?;
    let old = olds.next_if(|entry| key(entry) == first).transpose();
    let new = news.next_if(|entry| key(entry) == first).transpose();
    Some(old.and_then(|old| Ok((old, new?))))
}

enum Compared {
    Removed(String),
    Added(String),
    Same,
    Changed(String, String),
    Incomparable(String, String),
}

fn compare(pair: Pair, old: &Path, new: &Path) -> io::Result<Compared> {
    let (before, after) = match pair {
        (Some(before), Some(after)) => (before, after),
        (Some(before), None) => return Ok(Compared::Removed(before.path)),
        (None, Some(after)) => return Ok(Compared::Added(after.path)),
        (None, None) => return Ok(Compared::Same),
    };
    let read = |folder: &Path, entry: &Entry| {
        let path = folder.join(&entry.path);
        // No pipe is waited for, and no more is read than a bundle may have.
        let bytes = unfit(&path).and_then(|what| match what {
            Some(what) => Err(io::Error::other(what)),
            None => read_bundle(&path),
        });
        bytes.map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", shown(&path))))
    };
    let (one, other) = (read(old, &before)?, read(new, &after)?);
    // What is there, whatever the indexes say.
    if one == other {
        return Ok(Compared::Same);
    }
    Ok(match change(&one, &other) {
        Ok(change) => Compared::Changed(after.path, change),
        Err(why) => Compared::Incomparable(after.path, why),
    })
}

/// How a bundle changed, in words that are the same for all that changed alike.
///
/// # Errors
/// Why the two cannot be compared.
fn change(old: &[u8], new: &[u8]) -> Result<String, String> {
    let opened = |zip| -> Result<_, String> {
        let received =
            Received::from_zip(zip).map_err(|refusal| verify::Report::from(refusal).to_string())?;
        let checked = verify::check(&received);
        let trust = Trust::of(&checked.report);
        match checked.request {
            Some(request) => Ok((received, request, trust)),
            None => Err(checked.report.to_string()),
        }
    };
    let side =
        |of: &str, why: String| format!("the {of} one is no whole bundle: {}", why.trim_end());
    let (old, old_request, old_trust) = opened(old).map_err(|why| side("old", why))?;
    let (new, new_request, new_trust) = opened(new).map_err(|why| side("new", why))?;
    let diff = Diff::new(
        Side {
            received: &old,
            request: &old_request,
            trust: old_trust,
        },
        Side {
            received: &new,
            request: &new_request,
            trust: new_trust,
        },
    )
    .map_err(|error: RenderError| error.to_string())?;
    let mut text = String::new();
    for (of, trust) in [("old", diff.old), ("new", diff.new)] {
        if !trust.whole {
            text.push_str(&format!(
                "the {of} one is not whole: see `lexlogs verify`\n"
            ));
        } else if !trust.proven {
            text.push_str(&format!(
                "the {of} one is of another version and not proven\n"
            ));
        }
    }
    text.push_str(&generic(&diff.to_string(), &old_request, &new_request));
    Ok(text)
}

/// A text with the values that both have in common, such as the account, as the
/// names of their parameters.
fn generic(text: &str, old: &Request, new: &Request) -> String {
    let mut values: Vec<(&str, Key)> = old
        .resolved
        .iter()
        .filter(|pair| new.resolved.contains(pair))
        .filter_map(|(key, value)| match value {
            Value::Text(value) => Some((value.as_str(), *key)),
            _ => None,
        })
        // A default is no bundle's own.
        .filter(|(value, key)| {
            value.len() >= SHORTEST && key.parameter().default_text() != Some(value)
        })
        .collect();
    // The longest first: a bucket's name may have the account's number in it.
    values.sort_by_key(|(value, key)| (std::cmp::Reverse(value.len()), *key));
    let mut text = text.to_owned();
    for (value, key) in values {
        text = text.replace(value, key.name());
    }
    text
}

impl fmt::Display for FleetDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |f: &mut fmt::Formatter<'_>, bundles: &[String]| {
            let shown = if bundles.len() == NAMED + 1 {
                NAMED + 1
            } else {
                NAMED
            };
            for bundle in bundles.iter().take(shown) {
                writeln!(f, "    {bundle}")?;
            }
            match bundles.len().saturating_sub(shown) {
                0 => Ok(()),
                more => writeln!(f, "    and {more} more"),
            }
        };
        for (sign, what, bundles) in [('-', "gone", &self.removed), ('+', "new", &self.added)] {
            if !bundles.is_empty() {
                writeln!(f, "{sign} {what}: {}", bundles.len())?;
                named(f, bundles)?;
            }
        }
        for group in &self.changed {
            writeln!(f, "~ changed alike: {}", group.bundles.len())?;
            named(f, &group.bundles)?;
            for line in group.change.lines() {
                writeln!(f, "        {line}")?;
            }
        }
        for Incomparable { bundle, why } in &self.incomparable {
            writeln!(f, "! {bundle}: {why}")?;
        }
        writeln!(f, "the same: {}", self.unchanged)
    }
}
