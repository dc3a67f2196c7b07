//! The receipt that a bundle's scripts write: read back on the requester's side,
//! and compared with the bundle.
//!
//! It is lines of `key: value`. Each run of a script adds a part, which starts
//! with `receipt: 2`; a part may break off anywhere, in the middle of a line too.
//! What a script does is a line before and a line after, such as
//! `creating: RESOURCE` and `created: RESOURCE`.

use std::fmt;

use serde::Serialize;

use crate::diagnostic::escape_value;
use crate::plan::{Plan, WRITTEN};
use crate::request::Request;

/// The name of the file, beside the scripts that write it.
pub const RECEIPT: &str = "receipt.txt";

/// Whether the scripts write a file of that name beside themselves: the receipt,
/// what the bot's alias was before, and the same of earlier runs, which have a
/// number behind them.
pub fn is_written_by_scripts(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = name.rsplit_once('.').filter(|(_, number)| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    let name = numbered.map_or(name.as_str(), |(name, _)| name);
    name == RECEIPT || WRITTEN.contains(&name)
}

const FORMAT: &str = "2";

/// What one run of a script wrote: keys and values, in order.
type Run<'a> = Vec<(&'a str, &'a str)>;

fn runs(text: &str) -> Result<Vec<Run<'_>>, String> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for line in text.lines() {
        let Some((key, value)) = line.split_once(": ") else {
            continue;
        };
        if key == "receipt" {
            if value != FORMAT {
                return Err(format!(
                    "it is of the format `{}`; this lexlogs reads {FORMAT}",
                    escape_value(value)
                ));
            }
            runs.push(Run::new());
        }
        if let Some(run) = runs.last_mut() {
            run.push((key, value));
        }
    }
    if runs.is_empty() {
        return Err(format!(
            "it has no line `receipt: {FORMAT}`, with which one begins"
        ));
    }
    Ok(runs)
}

/// The last value of a key in a run.
fn field<'a>(run: &Run<'a>, key: &str) -> Option<&'a str> {
    run.iter()
        .rev()
        .find(|(name, _)| *name == key)
        .map(|(_, value)| *value)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// No line names it.
    NotTried,
    /// It was started, and no line says how it ended.
    Unknown,
    NotCreated,
    /// It differed, and AWS refused to update it.
    NotUpdated,
    Created,
    /// It existed, as the bundle creates it.
    InPlace,
    /// It existed, differed, and was updated.
    Updated,
    NotRemoved,
    Removed,
}

impl State {
    /// The states by the words before a resource.
    const WORDS: [(&'static str, Self); 10] = [
        ("creating", Self::Unknown),
        ("updating", Self::Unknown),
        ("removing", Self::Unknown),
        ("not created", Self::NotCreated),
        ("not updated", Self::NotUpdated),
        ("not removed", Self::NotRemoved),
        ("created", Self::Created),
        ("in place", Self::InPlace),
        ("updated", Self::Updated),
        ("removed", Self::Removed),
    ];

    fn is_done(self) -> bool {
        matches!(self, Self::Created | Self::InPlace | Self::Updated)
    }

    /// What the runs say last of a resource.
    fn of(resource: &str, runs: &[&Run<'_>]) -> Self {
        let lines = runs.iter().flat_map(|run| run.iter());
        let mut states = lines
            .filter(|(_, of)| *of == resource)
            .filter_map(|(key, _)| {
                let known = Self::WORDS.iter().find(|(word, _)| word == key);
                known.map(|(_, state)| *state)
            });
        states.next_back().unwrap_or(Self::NotTried)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotTried => "not tried",
            Self::Unknown => "started, with no word of how it ended",
            Self::NotCreated => "not created",
            Self::NotUpdated => "differs, not updated",
            Self::Created => "created",
            Self::InPlace => "in place",
            Self::Updated => "updated",
            Self::NotRemoved => "not removed",
            Self::Removed => "removed by undo",
        })
    }
}

/// A step of the bundle, and what the receipt says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    pub number: usize,
    pub resource: String,
    pub state: State,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether a run in it is of this very bundle.
    pub belongs: bool,
    /// Whether every step of the bundle is in place by what it says.
    pub done: bool,
    /// When the last run of this bundle started: in UTC, or as cmd.exe writes the
    /// local time; empty if none did.
    pub time: String,
    pub caller: String,
    pub steps: Vec<Step>,
}

impl Verdict {
    /// Compares a receipt with the bundle of a request, whose [`digest`] is
    /// `digest`.
    pub fn new(receipt: &str, request: &Request, digest: &str) -> Result<Self, String> {
        let runs = runs(receipt)?;
        let ours: Vec<&Run<'_>> = runs
            .iter()
            .filter(|run| field(run, "bundle-digest") == Some(digest))
            .collect();
        let plan = Plan::new(request.spec());
        // The logs of the bot's alias are switched on after all steps.
        let of_alias = plan.log_settings.iter().map(|settings| &settings.resource);
        let resources = plan.apply.iter().map(|step| &step.resource).chain(of_alias);
        let steps: Vec<Step> = (1..)
            .zip(resources)
            .map(|(number, resource)| Step {
                number,
                resource: resource.clone(),
                state: State::of(resource, &ours),
            })
            .collect();
        let last = |key| {
            let value = ours.last().and_then(|run| field(run, key));
            value.map_or_else(String::new, escape_value)
        };
        Ok(Self {
            belongs: !ours.is_empty(),
            done: steps.iter().all(|step| step.state.is_done()),
            time: last("time"),
            caller: last("caller"),
            steps,
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.belongs {
            return writeln!(
                f,
                "FAILED: the receipt is of another bundle: none of its runs has this bundle's digest"
            );
        }
        let Self { time, caller, .. } = self;
        let open = self.steps.iter().filter(|step| !step.state.is_done());
        match open.count() {
            0 => writeln!(f, "OK: all {} steps are done", self.steps.len())?,
            open => writeln!(
                f,
                "FAILED: {open} of {} steps are not done",
                self.steps.len()
            )?,
        }
        writeln!(f, "last run: {time} by {caller}")?;
        for step in &self.steps {
            writeln!(f, "step {}: {}: {}", step.number, step.state, step.resource)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_may_break_off_anywhere() {
        let text = "\nreceipt: 2\nbundle: x\ncreating: a\ncreat\nreceipt: 2\r\ncreated: a\r\nresult: done\r\n";
        let runs = runs(text).unwrap_or_default();
        assert_eq!(runs.len(), 2);
        assert_eq!(field(&runs[0], "creating"), Some("a"));
        assert_eq!(field(&runs[1], "result"), Some("done"));
        assert_eq!(State::of("a", &[&runs[0]]), State::Unknown);
        assert_eq!(State::of("a", &[&runs[0], &runs[1]]), State::Created);
        assert_eq!(State::of("b", &[&runs[0], &runs[1]]), State::NotTried);
    }

    #[test]
    fn other_texts_are_no_receipts() {
        assert!(runs("created: a\n").is_err_and(|why| why.contains("no line `receipt: 2`")));
        assert!(runs("receipt: 3\n").is_err_and(|why| why.contains("format `3`")));
    }
}
