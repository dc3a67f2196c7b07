//! The rows of a fleet's table, judged before anything is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::bundle::Bundle;
use crate::cli::make::Fleet;
use crate::commands::error::{Error, RowDiagnostics};
use crate::commands::templates::{error_of, unread};
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::escape::counted;
use crate::fleet::making::Job;
use crate::fleet::names::clashes;
use crate::fleet::place::order;
use crate::fleet::targets::{self, Targets};
use crate::parameters::{Origin, RawParameters};
use crate::request::Request;
use crate::templates::Templates;

/// More faults than this are counted, not listed.
const MAX_FAULTS: usize = 100;
/// More of a value than this, in characters, is not kept.
const MAX_VALUE: usize = 1000;
const MAX_NOTES: usize = 20;

/// A row's request, if custom templates can make a bundle of it: that a
/// later row is at fault is known before anything is written.
fn with_overrides(request: Request, templates: &Templates) -> Result<Request, Diagnostics> {
    if !templates.has_overrides() {
        return Ok(request);
    }
    match Bundle::new(&request, templates).map_err(|error| error_of(error, templates)) {
        Err(Error::Input(faults)) => Err(faults),
        // The second pass reports an error of this program.
        Ok(_) | Err(_) => Ok(request),
    }
}

#[derive(Default)]
pub(super) struct Rows {
    pub(super) name: String,
    pub(super) good: usize,
    pub(super) bad: usize,
    pub(super) faults: Vec<Diagnostic>,
    more: usize,
    /// Those of what all rows share, each reported once.
    of_all: BTreeSet<String>,
    pub(super) notes: BTreeMap<String, (usize, usize)>,
}

impl Rows {
    /// Judges each row; what is to be made comes in the order of its places.
    pub(super) fn read(
        &mut self,
        arguments: &Fleet,
        shared: &RawParameters,
        templates: &Templates,
    ) -> Result<Vec<Job>, Error> {
        let path = Some(arguments.targets.as_path()).filter(|path| *path != Path::new("-"));
        let shown = path.unwrap_or(Path::new(crate::diagnostic::STDIN));
        let input: Box<dyn Read> = match path {
            None => Box::new(io::stdin()),
            Some(path) => Box::new(File::open(path).map_err(Error::reading(shown))?),
        };
        let mut bytes = Vec::new();
        let mut input = input.take(targets::MAX_BYTES as u64 + 1);
        let read = input.read_to_end(&mut bytes);
        read.map_err(Error::reading(shown))?;
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
        self.take_clashes(&mut jobs, &targets);
        Ok(jobs)
    }

    fn fault(&mut self, mut fault: Diagnostic, row: &Origin) {
        match &fault.place {
            // It was not given at all: the row is where it is missing.
            None => fault.place = Some(row.clone()),
            Some(place) if place.path() != row.path() => {
                // The fix and the value may differ from row to row.
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

    /// Counts a row that was good as bad.
    pub(super) fn refuse(&mut self, line: usize, what: String) {
        self.good -= 1;
        self.bad += 1;
        let place = Origin::File(Span::line_of(&self.name, line));
        self.fault(Diagnostic::of_form(None, place.clone(), what), &place);
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

    /// Takes out rows that define a role or a policy of their account differently: the one's scripts would replace it.
    fn take_clashes(&mut self, jobs: &mut Vec<Job>, targets: &Targets<'_>) {
        let mut bad: BTreeSet<usize> = BTreeSet::new();
        for jobs in jobs.chunk_by(|one, other| one.account() == other.account()) {
            if jobs.len() == 1 {
                continue;
            }
            let bundles = jobs.iter();
            for mut clash in
                clashes(bundles.filter_map(|job| Some((job.line, job.request().ok()?))))
            {
                clash.bundles.sort_unstable();
                bad.extend(clash.bundles.iter());
                let place = targets.place(clash.bundles[1]);
                let fault = Diagnostic::of_form(None, place.clone(), format!("lines {clash}"));
                self.fault(fault.with_help(clash.help()), &place);
            }
        }
        self.good -= bad.len();
        self.bad += bad.len();
        jobs.retain(|job| !bad.contains(&job.line));
    }

    pub(super) fn notes(&self) -> String {
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
    pub(super) fn into_error(self, written: Option<usize>) -> Error {
        let faults = counted(self.faults.len() + self.more, "error");
        let rows = counted(self.bad, "row");
        let written = match written {
            None => "nothing was written".to_owned(),
            Some(written) => format!("the bundles of the other {written} rows were written"),
        };
        Error::Rows(RowDiagnostics {
            faults: self.faults,
            more: self.more,
            summary: format!("{faults} in {rows}; {written}"),
        })
    }
}
