//! From rows to the bundles in a fleet's folder.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use super::index::{Entry, Index};
use super::names;
use super::output::Fleet;
use super::place::{account_of, order, place_of};
use crate::bundle::Bundle;
use crate::diagnostic::Diagnostics;
use crate::digest::sha256;
use crate::output::{Outcome, OutputError};
use crate::render::{RenderError, request_line};
use crate::request::Request;
use crate::templates::Templates;

/// More failures, and more notes, than this are counted, not told.
const MAX_TOLD: usize = 100;

/// How a fleet is made.
#[derive(Clone, Copy)]
pub struct How<'a> {
    /// The templates.
    pub templates: &'a Templates,
    /// On how many threads; 0 stands for as many as there are cores.
    pub jobs: usize,
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

/// What is kept of a row, however many there are.
#[derive(Debug)]
pub struct Job {
    /// Where its bundle goes.
    pub place: Box<str>,
    /// The line that it begins in.
    pub line: usize,
    /// The request as the bundle holds it, from which the same bundle is made.
    request: Box<str>,
}

impl Job {
    /// The job of a row.
    ///
    /// # Errors
    /// None that can occur: serde's.
    pub fn new(request: &Request, line: usize) -> Result<Self, RenderError> {
        Ok(Self {
            place: place_of(request).into(),
            line,
            request: request_line(request)?.into(),
        })
    }

    /// The account that its bundle is for.
    #[must_use]
    pub fn account(&self) -> &str {
        account_of(&self.place)
    }

    /// The request again.
    ///
    /// # Errors
    /// None: it was judged before.
    pub fn request(&self) -> Result<Request, Diagnostics> {
        names::request(self.request.as_bytes())
    }
}

/// A bundle that was made: its entry, and the place of one that has its name in
/// another case, if that is not as the previous run left it.
struct Made {
    entry: Entry<'static>,
    outcome: Outcome,
    altered: Option<String>,
}

/// What became of a bundle that no row is behind any more.
enum Left {
    Gone,
    Removed,
    Altered(String),
    Stale(Entry<'static>),
}

/// Makes the bundles of rows, which are sorted by their places and have one each.
/// `progress` is called after each.
///
/// # Errors
/// Why a bundle could not be made, unless it is to go on then, or the index. Every
/// bundle that was written is whole.
pub fn make(
    jobs: Vec<Job>,
    folder: &Path,
    how: How<'_>,
    progress: impl Fn() + Sync,
) -> Result<Done, String> {
    let fleet = Fleet::open(folder).map_err(told)?;
    let olds = without_jobs(&fleet, &jobs).map_err(told)?;
    fleet.check_checksums(how.force).map_err(told)?;
    if !how.prune {
        refuse_clashes(&olds, &jobs, folder)?;
    }
    let threads = ThreadPoolBuilder::new().num_threads(how.jobs).build();
    let threads = threads.map_err(|error| format!("cannot start threads: {error}"))?;

    let is_failed = AtomicBool::new(false);
    let ends = || {
        how.stop.load(Ordering::Relaxed) || (is_failed.load(Ordering::Relaxed) && !how.keep_going)
    };
    let work = |job: Job| {
        if ends() {
            return None;
        }
        let made = bundle(&job, &olds, &fleet, how);
        is_failed.fetch_or(made.is_err(), Ordering::Relaxed);
        progress();
        Some(made)
    };
    // Taken by value, so that each frees its memory.
    let made: Vec<Option<Result<Made, String>>> =
        threads.install(|| jobs.into_par_iter().map(work).collect());
    let mut done = Done::default();
    let mut entries = Vec::new();
    for made in made.into_iter().flatten() {
        match made {
            Ok(made) => {
                if let Some(path) = made.altered {
                    done.note_altered(&path);
                }
                done.bytes += made.entry.size;
                match made.outcome {
                    Outcome::Written => done.written += 1,
                    Outcome::Unchanged => done.unchanged += 1,
                }
                entries.push(made.entry);
            }
            Err(error) if how.keep_going => done.fail(error),
            Err(error) => return Err(error),
        }
    }

    let olds = olds.into_par_iter().filter(|(_, has_job)| !has_job);
    let left = olds.map(|(entry, _)| leave(entry, &fleet, how));
    let left: Vec<Left> = threads.install(|| left.collect::<Result<_, _>>())?;
    for left in left {
        match left {
            Left::Gone => {}
            Left::Removed => done.pruned += 1,
            Left::Altered(path) => done.note_altered(&path),
            Left::Stale(entry) => {
                done.stale += 1;
                entries.push(entry);
            }
        }
    }
    done.stopped = how.stop.load(Ordering::Relaxed);
    if done.stopped || !done.failed.is_empty() {
        // The index of the previous run stays: what it lists can still be pruned.
        return Ok(done);
    }
    let index = Index::new(entries);
    let text = index.text().map_err(|error| error.to_string())?;
    let digest = sha256(text.as_bytes());
    fleet
        .finish(&text, &index.checksums(&digest))
        .map_err(told)?;
    done.index_sha256 = Some(digest);
    Ok(done)
}

/// In words. What the other bundles did stays: that nothing was written cannot be
/// said.
fn told(error: OutputError) -> String {
    match error {
        OutputError::Occupied { path, why } => format!("{} {why}", path.display()),
        error => match error.help() {
            Some(help) => format!("{error}; {help}"),
            None => error.to_string(),
        },
    }
}

impl Done {
    fn fail(&mut self, error: String) {
        if self.failed.len() < MAX_TOLD {
            self.failed.push(error);
        } else {
            self.more_failed += 1;
        }
    }

    fn note_altered(&mut self, path: &str) {
        if self.notes.len() < MAX_TOLD {
            self.notes.push(format!(
                "{path} is not what the index of the previous run lists, so it was not removed; the new index does not list it"
            ));
        } else {
            self.more_notes += 1;
        }
    }
}

/// The entries of the previous index whose places are no row's, each with whether
/// a row's differs from it in case alone.
fn without_jobs(fleet: &Fleet, jobs: &[Job]) -> Result<Vec<(Entry<'static>, bool)>, OutputError> {
    let Some(text) = fleet.old_index()? else {
        return Ok(Vec::new());
    };
    let index = Index::parse(&text).map_err(|why| OutputError::Occupied {
        path: fleet.index_path(),
        why: format!("{why}; move it away"),
    })?;
    let olds = index.bundles.into_iter().filter_map(|entry| {
        let job = jobs.binary_search_by(|job| order(&job.place, &entry.path));
        match job {
            Ok(job) if *jobs[job].place == entry.path => None,
            job => Some((entry.into_owned(), job.is_ok())),
        }
    });
    Ok(olds.collect())
}

/// Refuses rows that define a role or a policy differently from a stale bundle that stays: both are for the same account.
fn refuse_clashes(olds: &[(Entry, bool)], jobs: &[Job], folder: &Path) -> Result<(), String> {
    let stale = olds.iter().filter(|(_, has_job)| !has_job);
    let stale: Vec<&str> = stale.map(|(entry, _)| &*entry.path).collect();
    let mut told = Vec::new();
    for stale in stale.chunk_by(|one, other| account_of(one) == account_of(other)) {
        let its = account_of(stale[0]);
        let first = jobs.partition_point(|job| job.account() < its);
        let rows = jobs[first..].iter();
        let rows = rows.take_while(|job| job.account() == its);
        let rows = rows.filter_map(|job| Some((&*job.place, job.request().ok()?)));
        let stale = stale.iter();
        let stale = stale.filter_map(|place| Some((*place, names::of_zip(&folder.join(place))?)));
        let clashes = names::clashes(stale.chain(rows));
        told.extend(clashes.iter().map(|clash| {
            format!("{clash}\nhelp: --prune removes the bundles that have no row, if nothing in the account uses them; or {}", clash.help())
        }));
    }
    let more = told.len().saturating_sub(MAX_TOLD);
    told.truncate(MAX_TOLD);
    if more > 0 {
        told.push(format!("and {more} more"));
    }
    if told.is_empty() {
        Ok(())
    } else {
        Err(told.join("\n"))
    }
}

fn bundle(job: &Job, olds: &[(Entry, bool)], fleet: &Fleet, how: How<'_>) -> Result<Made, String> {
    let request = job.request().map_err(|faults| faults.to_string())?;
    let bundle = Bundle::new(&request, how.templates).map_err(|error| error.to_string())?;
    let zip = bundle.to_zip().map_err(|error| error.to_string())?;
    // The bundle whose name differs in case alone was the same one's; the index has
    // but one of them. It goes first: many file systems take both for one.
    let mut altered = None;
    if let Ok(before) = olds.binary_search_by(|(old, _)| order(&old.path, &job.place)) {
        let before = &olds[before].0;
        match fleet.holds(before).map_err(told)? {
            Some(true) => fleet.remove(&before.path).map_err(told)?,
            Some(false) => altered = Some(before.path.to_string()),
            None => {}
        }
    }
    let outcome = fleet.put(&job.place, &zip, how.force).map_err(told)?;
    Ok(Made {
        entry: Entry::of(job.place.to_string(), request.spec(), &zip),
        outcome,
        altered,
    })
}

/// What becomes of a bundle that no row is behind any more.
fn leave(entry: Entry<'static>, fleet: &Fleet, how: How<'_>) -> Result<Left, String> {
    if how.stop.load(Ordering::Relaxed) {
        return Ok(Left::Gone);
    }
    Ok(match fleet.holds(&entry).map_err(told)? {
        None => Left::Gone,
        Some(false) => Left::Altered(entry.path.into_owned()),
        Some(true) if how.prune => {
            fleet.remove(&entry.path).map_err(told)?;
            Left::Removed
        }
        Some(true) => Left::Stale(Entry {
            stale: true,
            ..entry
        }),
    })
}
