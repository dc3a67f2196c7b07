//! `lexlogs fleet`: a bundle for each row.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::error::Error;
use super::error::RowDiagnostics;
use super::progress::Progress;
use super::status::{Status, given, print};
use super::templates::{Loaded, told, unread};
use crate::bundle::Bundle;
use crate::cli::make::Fleet;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::fleet::making::{Done, How, Job, make};
use crate::fleet::place::{INDEX, order};
use crate::fleet::targets::{self, Targets};
use crate::parameters::{Origin, RawParameters};
use crate::render::RenderError;
use crate::request::Request;
use crate::templates::Templates;

/// More faults than this are counted, not told.
const MAX_FAULTS: usize = 100;
/// More of a value than this, in characters, is not kept.
const MAX_VALUE: usize = 1000;
/// More different notes than this are not told.
const MAX_NOTES: usize = 20;

/// More threads than this are of no use to the bundles, and the system may have
/// no more.
const MAX_JOBS: usize = 256;

/// Set by Ctrl-C.
static STOP: AtomicBool = AtomicBool::new(false);
/// Set before anything is written.
static WRITING: AtomicBool = AtomicBool::new(false);

/// Makes the bundles of a table's rows.
///
/// # Errors
/// If rows have faults, or something could not be read or written.
pub(super) fn run(
    arguments: &Fleet,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Status, Error> {
    stop_on_signals();
    let (shared, faults) = given(arguments.config.as_deref(), &arguments.flags.0)?;
    if !faults.is_empty() {
        return Err(Diagnostics(faults).into());
    }
    let templates = Loaded::of_bundle(arguments.templates.templates.as_deref())?;
    let mut rows = Rows::default();
    let jobs = rows.read(arguments, &shared, &templates)?;
    if rows.good == 0 && rows.faults.is_empty() {
        let place = Origin::File(Span::line_of(&rows.name, 1));
        let fault = Diagnostic::of_form(None, place, "holds no rows".into())
            .with_help("a bundle is made for each line below the first".to_owned());
        return Err(Diagnostics(vec![fault]).into());
    }
    if !rows.faults.is_empty() && (!arguments.keep_going || rows.good == 0) {
        return Err(rows.told(None));
    }

    if !arguments.quiet {
        say(stderr, &rows.notes());
    }
    let how = How {
        templates: &templates,
        jobs: (arguments.jobs).map_or(0, |jobs| jobs.get().min(MAX_JOBS)),
        keep_going: arguments.keep_going,
        // Of a row with a fault nobody knows which bundle is its.
        prune: arguments.prune && rows.faults.is_empty(),
        force: arguments.force,
        stop: &STOP,
    };
    let progress = Mutex::new(Progress::new(rows.good, arguments.quiet));
    let advance = || locked(&progress).advance();
    WRITING.store(true, Ordering::SeqCst);
    let made = make(jobs, &arguments.output, how, advance);
    locked(&progress).finish();
    let done = made.map_err(Error::Fleet)?;

    let index = arguments.output.join(INDEX).display().to_string();
    let printed = if arguments.json {
        as_json(&done, &rows, &index)?
    } else {
        done.index_sha256
            .as_ref()
            .map_or(String::new(), |sha256| format!("{sha256}  {index}\n"))
    };
    if !arguments.quiet && !arguments.json {
        say(stderr, &summary(&done, arguments, &rows));
    }
    print(&printed, stdout)?;
    if done.stopped {
        return Err(Error::Interrupted {
            done: done.written + done.unchanged,
            of: rows.good,
        });
    }
    if !done.failed.is_empty() {
        let mut told = done.failed.join("\n");
        if done.more_failed > 0 {
            told.push_str(&format!("\nand {} more", done.more_failed));
        }
        return Err(Error::Fleet(told));
    }
    if !rows.faults.is_empty() {
        return Err(rows.told(Some(done.written + done.unchanged)));
    }
    Ok(Status::Ok)
}

/// A row's request, if custom templates can make a bundle of it: that a
/// later row is at fault is known before anything is written.
fn with_overrides(request: Request, templates: &Templates) -> Result<Request, Diagnostics> {
    if !templates.has_overrides() {
        return Ok(request);
    }
    match Bundle::new(&request, templates).map_err(|error| told(error, templates)) {
        Err(Error::Input(faults)) => Err(faults),
        // A fault of this program is told by the second pass.
        Ok(_) | Err(_) => Ok(request),
    }
}

fn locked(progress: &Mutex<Progress>) -> std::sync::MutexGuard<'_, Progress> {
    progress.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is said beside the result may go unheard.
fn say(stderr: &mut dyn Write, text: &str) {
    let _ = stderr.write_all(text.as_bytes());
}

/// Once something may be written, the first signal lets it end at a bundle's end,
/// and the second ends it at once; before that, the first does, for a read of the
/// standard input may last.
fn stop_on_signals() {
    // Without the handler the system ends it, and what is there is whole as well:
    // so it is with `nohup`, whose word on signals stands.
    let _ = ctrlc::try_set_handler(|| {
        if !WRITING.load(Ordering::SeqCst) || STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
}

/// What was found in the rows.
#[derive(Default)]
struct Rows {
    name: String,
    /// How many have no fault.
    good: usize,
    /// How many have faults.
    bad: usize,
    faults: Vec<Diagnostic>,
    /// How many faults there are more.
    more: usize,
    /// Those of what all rows share, each told once.
    of_all: BTreeSet<String>,
    notes: BTreeMap<String, (usize, usize)>,
}

impl Rows {
    /// Judges each row; what is to be made comes in the order of its places.
    fn read(
        &mut self,
        arguments: &Fleet,
        shared: &RawParameters,
        templates: &Templates,
    ) -> Result<Vec<Job>, Error> {
        let path = Some(arguments.targets.as_path()).filter(|path| *path != Path::new("-"));
        let unreadable = |source| Error::Read {
            path: path
                .unwrap_or(Path::new(crate::diagnostic::STDIN))
                .to_owned(),
            source,
        };
        let input: Box<dyn Read> = match path {
            None => Box::new(io::stdin()),
            Some(path) => Box::new(File::open(path).map_err(unreadable)?),
        };
        let mut bytes = Vec::new();
        let mut input = input.take(targets::MAX_BYTES as u64 + 1);
        input.read_to_end(&mut bytes).map_err(unreadable)?;
        let mut targets = Targets::new(path, &bytes).map_err(Diagnostics)?;
        targets.name().clone_into(&mut self.name);
        let mut jobs = Vec::new();
        for mut row in targets.by_ref() {
            let given = std::mem::take(&mut row.given);
            let faults = std::mem::take(&mut row.faults);
            let raw = shared.clone().overridden_by(given);
            let request = Request::new(&raw, faults);
            let request = request.and_then(|request| with_overrides(request, templates));
            match request {
                Ok(request) => {
                    self.good += 1;
                    for note in request.notes().iter().chain(request.remarks()) {
                        self.note(note, row.line);
                    }
                    if let Some(note) = unread(templates, request.spec()) {
                        self.note(note, row.line);
                    }
                    jobs.push(Job::new(&request, row.line)?);
                }
                Err(Diagnostics(faults)) => {
                    self.bad += 1;
                    for fault in faults {
                        let place = row.place_of(fault.name.as_deref());
                        self.fault(fault, place);
                    }
                }
            }
        }
        jobs.sort_unstable_by(|one, other| {
            order(&one.place, &other.place).then(one.line.cmp(&other.line))
        });
        self.take_duplicates(&mut jobs, &targets);
        Ok(jobs)
    }

    fn fault(&mut self, mut fault: Diagnostic, row: &Origin) {
        match &fault.place {
            // It was not given at all: the row is where it is missing.
            None => fault.place = Some(row.clone()),
            Some(place) if place.path() != row.path() => {
                // What would mend it, and what is given, may differ from row to row.
                let (help, suggestion) = (fault.help.take(), fault.suggestion.take());
                let is_told = self.of_all.contains(&fault.to_string());
                if is_told {
                    return;
                }
                if self.of_all.len() < MAX_FAULTS {
                    self.of_all.insert(fault.to_string());
                }
                (fault.help, fault.suggestion) = (help, suggestion);
                if let Some((path, line)) = row.line() {
                    fault
                        .what
                        .push_str(&format!("; so it is for {path}:{line}"));
                }
            }
            Some(_) => {}
        }
        let of_lines = |value: &String| value.contains('\n');
        if matches!(fault.place, Some(Origin::Cell(_)))
            && fault.value.as_ref().is_some_and(of_lines)
        {
            let help = "the cell has several lines: a quotation mark may have no partner";
            fault.help.get_or_insert_with(|| help.into());
        }
        if self.faults.len() < MAX_FAULTS {
            // A cell may hold a megabyte, of which no more is shown.
            if let Some(value) = &mut fault.value {
                *value = value.chars().take(MAX_VALUE).collect();
            }
            fault.place = fault.place.map(Origin::shortened);
            self.faults.push(fault);
        } else {
            self.more += 1;
        }
    }

    fn note(&mut self, note: &str, line: usize) {
        if let Some((count, _)) = self.notes.get_mut(note) {
            *count += 1;
        } else if self.notes.len() < MAX_NOTES {
            self.notes.insert(note.to_owned(), (1, line));
        }
    }

    /// Takes out rows that would write the same bundle: none of them is right.
    fn take_duplicates(&mut self, jobs: &mut Vec<Job>, targets: &Targets<'_>) {
        let mut alone = Vec::with_capacity(jobs.len());
        for twins in jobs.chunk_by(|one, other| one.place.eq_ignore_ascii_case(&other.place)) {
            let is_alone = twins.len() == 1;
            alone.resize(alone.len() + twins.len(), is_alone);
            if !is_alone {
                self.good -= twins.len();
                self.bad += twins.len();
            }
            for twin in &twins[1..] {
                let what = format!(
                    "the row would write the same bundle as the one in line {}: account, Region and role are the same",
                    twins[0].line
                );
                let place = targets.place(twin.line);
                self.fault(Diagnostic::of_form(None, place.clone(), what), &place);
            }
        }
        let mut alone = alone.into_iter();
        jobs.retain(|_| alone.next() == Some(true));
    }

    fn notes(&self) -> String {
        let told = |(note, (count, line)): (&String, &(usize, usize))| match count {
            1 => format!("note: {}:{line}: {note}\n", self.name),
            _ => format!(
                "note: {count} rows, the first in {}:{line}: {note}\n",
                self.name
            ),
        };
        self.notes.iter().map(told).collect()
    }

    /// All faults, and what was written all the same.
    fn told(self, written: Option<usize>) -> Error {
        let (faults, _) = super::status::counted(self.faults.len() + self.more, "fault");
        let (rows, _) = super::status::counted(self.bad, "row");
        let written = match written {
            None => "nothing was written".to_owned(),
            Some(written) => format!("the bundles of the other {written} rows are there"),
        };
        Error::Rows(RowDiagnostics {
            faults: self.faults,
            more: self.more,
            summary: format!("{faults} in {rows}; {written}"),
        })
    }
}

fn summary(done: &Done, arguments: &Fleet, rows: &Rows) -> String {
    let mut text: String = done
        .notes
        .iter()
        .map(|note| format!("note: {note}\n"))
        .collect();
    if done.more_notes > 0 {
        text.push_str(&format!("note: and {} more\n", done.more_notes));
    }
    if arguments.prune && !rows.faults.is_empty() {
        text.push_str("note: nothing was pruned, since of a row with a fault nobody knows which bundle is its\n");
    }
    let (bundles, _) = super::status::counted(done.written + done.unchanged, "bundle");
    text.push_str(&format!(
        "{bundles}: {} written, {} unchanged; {} bytes\n",
        done.written, done.unchanged, done.bytes
    ));
    if done.pruned > 0 {
        let (pruned, _) = super::status::counted(done.pruned, "bundle");
        text.push_str(&format!("{pruned} of rows that are gone removed\n"));
    }
    if done.stale > 0 {
        let (stale, are) = super::status::counted(done.stale, "bundle");
        text.push_str(&format!(
            "{stale} of rows that are gone {are} still there; --prune removes them\n"
        ));
    }
    text
}

fn as_json(done: &Done, rows: &Rows, index: &str) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Json<'a> {
        index: &'a str,
        sha256: Option<&'a str>,
        rows: usize,
        faulty: usize,
        written: usize,
        unchanged: usize,
        failed: &'a [String],
        #[serde(rename = "more-failed")]
        more_failed: usize,
        pruned: usize,
        stale: usize,
        bytes: u64,
        notes: Vec<&'a str>,
    }
    let notes = rows.notes.keys().chain(&done.notes).map(String::as_str);
    let json = Json {
        index,
        sha256: done.index_sha256.as_deref(),
        rows: rows.good + rows.bad,
        faulty: rows.bad,
        written: done.written,
        unchanged: done.unchanged,
        failed: &done.failed,
        more_failed: done.more_failed,
        pruned: done.pruned,
        stale: done.stale,
        bytes: done.bytes,
        notes: notes.collect(),
    };
    Ok(crate::json::to_text(&json).map_err(RenderError::Json)?)
}
