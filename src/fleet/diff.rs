//! What changed from one fleet's folder to another: which bundles came, which
//! went, and which changed how, those that changed alike together.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::index::{Entry, Index};
use super::names;
use super::place::{INDEX, account_of, read, read_text};
use crate::diagnostic::escape_path;
use crate::io_error::of_path;
use crate::limits::MAX_BYTES;
use crate::parameters::Key;
use crate::received::UnverifiedBundle;
use crate::received::diff::{Diff, Side};
use crate::received::verify;
use crate::request::{Request, Value};

const NAMED: usize = 3;
/// A value that is shorter may stand for itself in many places.
const SHORTEST: usize = 6;

#[derive(Debug, Default, Serialize)]
pub struct FleetDiff {
    pub same: bool,
    pub unchanged: usize,
    /// The places of those that are in the old one alone.
    pub removed: Vec<String>,
    /// The places of those that are in the new one alone.
    pub added: Vec<String>,
    /// Those that changed, by how they did, the largest group first.
    pub changed: Vec<Group>,
    /// Those that cannot be compared, each with why.
    pub incomparable: Vec<Incomparable>,
    /// Roles and policies that a bundle of the old one and another of the new one define differently, in words.
    pub clashes: Vec<String>,
}

/// Bundles that changed alike.
#[derive(Debug, Serialize)]
pub struct Group {
    /// How, in words; what is the bundle's own stands as the name of its
    /// parameter, such as `account-id`.
    pub change: String,
    pub bundles: Vec<String>,
}

/// A bundle that is there on both sides and cannot be compared.
#[derive(Debug, Serialize)]
pub struct Incomparable {
    pub bundle: String,
    /// Why not, as a sentence fragment.
    pub why: String,
}

pub fn diff(old: &Path, new: &Path) -> io::Result<FleetDiff> {
    let texts = (text(old)?, text(new)?);
    let (olds, news) = (index(old, &texts.0)?, index(new, &texts.1)?);
    let absent = |entries: &Index, from: &Index| -> Vec<String> {
        let entries = entries.bundles.iter();
        let absent = entries.filter(|entry| from.get(&entry.path).is_none());
        absent.map(|entry| entry.path.to_string()).collect()
    };
    let removed = absent(&olds, &news);
    let mut diff = FleetDiff {
        clashes: clashes((old, &removed), (new, &news)),
        removed,
        added: absent(&news, &olds),
        ..FleetDiff::default()
    };
    let pairs = news.bundles.par_iter();
    let pairs = pairs.filter_map(|after| Some((olds.get(&after.path)?, after)));
    let compared = pairs.map(|(before, after)| {
        let compared = compare((old, before), (new, after))?;
        Ok((after.path.to_string(), compared))
    });
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (bundle, compared) in compared.collect::<io::Result<Vec<_>>>()? {
        match compared {
            None => diff.unchanged += 1,
            Some(Ok(change)) => groups.entry(change).or_default().push(bundle),
            Some(Err(why)) => diff.incomparable.push(Incomparable { bundle, why }),
        }
    }
    let groups = groups.into_iter();
    diff.changed = groups
        .map(|(change, bundles)| Group { change, bundles })
        .collect();
    diff.changed
        .sort_by_key(|group| std::cmp::Reverse(group.bundles.len()));
    diff.same = diff.removed.is_empty()
        && diff.added.is_empty()
        && diff.changed.is_empty()
        && diff.incomparable.is_empty();
    Ok(diff)
}

/// What bundles that are gone, which may have been applied, define differently from the bundles of the same account.
fn clashes((old, gone): (&Path, &[String]), (new, news): (&Path, &Index)) -> Vec<String> {
    let accounts: BTreeSet<&str> = gone.iter().map(|place| account_of(place)).collect();
    let news = news.bundles.iter().map(|entry| (new, &*entry.path));
    let news = news.filter(|(_, place)| accounts.contains(account_of(place)));
    let bundles = gone.iter().map(|place| (old, place.as_str())).chain(news);
    let requests = bundles.filter_map(|(folder, place)| {
        let path = folder.join(place);
        Some((place, names::of_zip(&path)?))
    });
    let clashes = names::clashes(requests);
    clashes.iter().map(ToString::to_string).collect()
}

fn text(folder: &Path) -> io::Result<String> {
    let path = folder.join(INDEX);
    read_text(&path)?.map_err(|what| unlike(&path, what))
}

/// The bundles of a folder, but for those that no row is behind.
fn index<'a>(folder: &Path, text: &'a str) -> io::Result<Index<'a>> {
    let index = Index::parse(text);
    let mut index = index.map_err(|what| unlike(&folder.join(INDEX), &what))?;
    index.bundles.retain(|entry| !entry.stale);
    Ok(index)
}

fn unlike(path: &Path, what: &str) -> io::Error {
    io::Error::other(format!("{} {what}", escape_path(path)))
}

/// How a bundle that both folders have changed, or why that cannot be said; none if it did not.
fn compare(
    old: (&Path, &Entry),
    new: (&Path, &Entry),
) -> io::Result<Option<Result<String, String>>> {
    // No pipe is waited for, and no more is read than a bundle may have.
    let bytes = |(folder, entry): (&Path, &Entry)| {
        let path = folder.join(&*entry.path);
        let bytes = read(&path, MAX_BYTES).and_then(|bytes| bytes.map_err(io::Error::other));
        bytes.map_err(|error| of_path(&error, &path))
    };
    let (old, new) = (bytes(old)?, bytes(new)?);
    // What is there, whatever the indexes say.
    Ok((old != new).then(|| change(&old, &new)))
}

/// What is wrong with a bundle, on one line.
fn errors(report: &verify::Report) -> String {
    let errors = report.findings.iter().map(ToString::to_string);
    errors.collect::<Vec<_>>().join("; ")
}

/// How a bundle changed, in words that are the same for all that changed alike.
fn change(old: &[u8], new: &[u8]) -> Result<String, String> {
    let side = |of: &str, zip| {
        Side::of(UnverifiedBundle::from_zip(zip))
            .map_err(|report| format!("the {of} one is not a bundle: {}", errors(&report)))
    };
    let (old, new) = (side("old", old)?, side("new", new)?);
    let diff = Diff::new(&old, &new).map_err(|error| error.to_string())?;
    let mut text = String::new();
    for (of, trust) in [("old", diff.old), ("new", diff.new)] {
        if !trust.whole {
            text.push_str(&format!(
                "the {of} one is not intact: see `lexlogs verify`\n"
            ));
        } else if !trust.proven {
            text.push_str(&format!(
                "the {of} one is of another version and not proven\n"
            ));
        }
    }
    text.push_str(&generic(&diff.to_string(), &old.request, &new.request));
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
        for (sign, what, bundles) in [('-', "removed", &self.removed), ('+', "new", &self.added)] {
            if !bundles.is_empty() {
                writeln!(f, "{sign} {what}: {}", bundles.len())?;
                named(f, bundles)?;
            }
        }
        for group in &self.changed {
            writeln!(f, "~ same change: {}", group.bundles.len())?;
            named(f, &group.bundles)?;
            for line in group.change.lines() {
                writeln!(f, "        {line}")?;
            }
        }
        for Incomparable { bundle, why } in &self.incomparable {
            writeln!(f, "! {bundle}: {why}")?;
        }
        for clash in &self.clashes {
            writeln!(f, "! {clash}")?;
        }
        writeln!(f, "identical: {}", self.unchanged)
    }
}
