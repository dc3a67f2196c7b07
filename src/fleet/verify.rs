//! Whether a fleet's folder is whole and unaltered: what its index lists is
//! there, to the byte, and nothing else is; the list of digests says the same.
//!
//! Whoever can alter a bundle can alter the index as well. So each bundle is
//! rendered anew from its own request, as [`crate::received::verify`] does; unless
//! the digest of the index is known through a separate channel, which proves all
//! that it lists in the time of reading it.

use std::fmt;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::index::{Entry, Index};
use super::place::{INDEX, MAKING, place_of, places, read, read_text};
use crate::bundle::manifest::CHECKSUMS;
use crate::digest::sha256;
use crate::escape::counted;
use crate::io_error::of_path;
use crate::limits::MAX_BYTES;
use crate::received::folder::is_of_system;
use crate::received::verify;
use crate::received::{Finding, UnverifiedBundle};
use crate::templates::Templates;

/// More findings than this are counted, not listed.
const MAX: usize = 100;

#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Whether nothing is wrong with it.
    pub whole: bool,
    /// Whether nobody can have altered it besides: this program makes the very
    /// same bundles, or the digest of the index was known.
    pub proven: bool,
    pub bundles: usize,
    /// How many of them no row was behind any more.
    pub stale: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// The SHA-256 of the index, if it could be read.
    pub sha256: Option<String>,
    pub generator: Option<String>,
    /// How many bundles are whole and could not be proven, since they are of
    /// another version.
    pub unproven: usize,
    /// What is wrong, up to a hundred.
    pub findings: Vec<Finding>,
    pub more: usize,
}

/// Verifies a folder. With `digests` the index must have each of them; the
/// bundles are not rendered then; else they are with `own`, those that name these
/// templates.
pub fn check(folder: &Path, digests: &[String], own: Option<&Templates>) -> io::Result<Report> {
    let mut report = Report::default();
    let text = match read_text(&folder.join(INDEX))? {
        Ok(text) => text,
        Err(what) => return Ok(report.without_index(what)),
    };
    let index = match Index::parse(&text) {
        Ok(index) => index,
        Err(what) => return Ok(report.without_index(&what)),
    };
    let sha256 = sha256(text.as_bytes());
    if !digests.iter().all(|digest| *digest == sha256) {
        let what = format!(
            "SHA-256 mismatch: expected {}, got {sha256}",
            digests.join(" or ")
        );
        report.find(Finding::at(INDEX, what));
    }
    if let Some(what) = unlike_checksums(folder, &index.checksums(&sha256))? {
        report.find(Finding::at(CHECKSUMS, what));
    }
    for place in places(folder)? {
        let is_own = [INDEX, CHECKSUMS].contains(&place.as_str()) || is_of_system(&place);
        if !is_own && index.get(&place).is_none() {
            let what = if place == MAKING {
                "is of a run that is at work, or was killed: run it again"
            } else {
                "is not in the index"
            };
            report.find(Finding::at(&place, what));
        }
    }

    let judged = index.bundles.par_iter();
    let judged = judged.map(|entry| {
        let path = folder.join(&*entry.path);
        judge(&path, entry, digests.is_empty(), own)
    });
    let judged: Vec<Result<bool, String>> = judged.collect::<io::Result<_>>()?;
    for (entry, judged) in index.bundles.iter().zip(judged) {
        report.bundles += 1;
        report.stale += usize::from(entry.stale);
        report.bytes += entry.size;
        match judged {
            Ok(is_proven) => report.unproven += usize::from(!is_proven),
            Err(what) => report.find(Finding::at(&entry.path, what)),
        }
    }
    report.sha256 = Some(sha256);
    report.generator = Some(index.generator.into_owned());
    report.whole = report.findings.is_empty();
    report.proven = report.whole && report.unproven == 0;
    Ok(report)
}

impl Report {
    fn find(&mut self, finding: Finding) {
        if self.findings.len() < MAX {
            self.findings.push(finding);
        } else {
            self.more += 1;
        }
    }

    fn without_index(mut self, what: &str) -> Self {
        self.find(Finding::at(INDEX, what));
        self
    }
}

/// How the list of digests differs from the one that belongs to the index.
fn unlike_checksums(folder: &Path, expected: &str) -> io::Result<Option<String>> {
    let found = match read_text(&folder.join(CHECKSUMS)) {
        Ok(Ok(found)) => found,
        Ok(Err(what)) => return Ok(Some(what.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Some("is missing".into()));
        }
        Err(error) => return Err(error),
    };
    if found == expected {
        return Ok(None);
    }
    let mut lines = found.split_inclusive('\n');
    let unlike = expected
        .split_inclusive('\n')
        .find(|line| lines.next() != Some(line));
    let name = unlike.and_then(|line| line.trim_end().split_once("  "));
    Ok(Some(match name {
        Some((_, name)) => format!("does not match {INDEX} about {name}"),
        None => format!("lists more than {INDEX} does"),
    }))
}

/// Whether a bundle is proven, or what is wrong with it.
fn judge(
    path: &Path,
    entry: &Entry,
    is_rendered: bool,
    own: Option<&Templates>,
) -> io::Result<Result<bool, String>> {
    let zip = match read(path, MAX_BYTES) {
        Ok(Ok(zip)) => zip,
        Ok(Err(what)) => return Ok(Err(what.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Err("is missing".into()));
        }
        Err(error) => return Err(of_path(&error, path)),
    };
    if zip.len() as u64 != entry.size || sha256(&zip) != entry.sha256 {
        return Ok(Err("does not match the index".into()));
    }
    if !is_rendered {
        return Ok(Ok(true));
    }
    let report = match UnverifiedBundle::from_zip(&zip) {
        Err(refusal) => verify::Report::from(refusal),
        Ok(received) => {
            let checked = verify::check_with(&received, own);
            let made = checked.request.map(|request| Entry {
                stale: entry.stale,
                ..Entry::of(place_of(&request), request.spec(), &zip)
            });
            if made.is_some_and(|made| made != *entry) {
                let what = "is the bundle of another account, Region or role than the index says";
                return Ok(Err(what.into()));
            }
            checked.report
        }
    };
    Ok(match report.findings.as_slice() {
        [] => Ok(report.proven),
        [finding] => Err(format!("is not intact: {finding}")),
        [finding, more @ ..] => Err(format!("is not intact: {finding}, and {} more", more.len())),
    })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.findings.len() + self.more {
            0 if self.proven => writeln!(f, "OK: {}", counted(self.bundles, "bundle"))?,
            0 => writeln!(
                f,
                "FAILED: {} of {} bundles are not proven",
                self.unproven, self.bundles
            )?,
            count => writeln!(f, "FAILED: {}", counted(count, "error"))?,
        }
        if let (Some(sha256), Some(generator)) = (&self.sha256, &self.generator) {
            writeln!(f, "  bundles:    {} ({} bytes)", self.bundles, self.bytes)?;
            if self.stale > 0 {
                writeln!(f, "  stale:      {}, whose rows were removed", self.stale)?;
            }
            writeln!(f, "  SHA-256:    {sha256}  {INDEX}")?;
            writeln!(f, "  generator:  {generator}")?;
        }
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        if self.more > 0 {
            writeln!(f, "and {} more", self.more)?;
        }
        if self.whole && !self.proven {
            writeln!(
                f,
                "These were generated by another version or with custom templates. Verify them with that version and those templates (--templates), or by the SHA-256 of the index (--sha256) that you received through a separate channel."
            )?;
        }
        Ok(())
    }
}
