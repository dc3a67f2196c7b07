//! The receipt that a bundle's scripts write: read back on the requester's side,
//! and compared with the bundle.
//!
//! It is lines of `key: value`. Each run of a script adds a part, which begins
//! with `receipt: 1`; a part may break off anywhere, in the middle of a line too.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::plan::{Plan, WRITTEN};
use crate::render::sha256;
use crate::spec::Request;

/// The name of the file, beside the scripts that write it.
pub const RECEIPT: &str = "receipt.txt";

/// Whether the scripts write a file of that name beside themselves: the receipt,
/// what the bot's alias was before, and the same of earlier runs, which have a
/// number behind them.
#[must_use]
pub fn is_written_by_scripts(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = name.rsplit_once('.').filter(|(_, number)| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    let name = numbered.map_or(name.as_str(), |(name, _)| name);
    name == RECEIPT || WRITTEN.contains(&name)
}

/// The version of the receipt's format.
const FORMAT: &str = "1";

/// What a receipt knows a bundle by: the SHA-256 of those lines of `SHA256SUMS`
/// that say what is put in place, which are those of the documents and of the
/// request. Takes names and digests, in any order.
#[must_use]
pub fn digest<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut files: Vec<(&str, &str)> = files.into_iter().collect();
    files.sort_unstable();
    let lines: String = files
        .iter()
        .map(|(name, sha256)| format!("{sha256}  {name}\n"))
        .collect();
    sha256(lines.as_bytes())
}

/// Why a text is no receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoReceipt {
    /// No run of a script is in it.
    Empty,
    /// It was written in a format that this program does not know.
    Format(String),
}

impl fmt::Display for NoReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(
                f,
                "it has no line `receipt: {FORMAT}`, with which one begins"
            ),
            Self::Format(format) => write!(
                f,
                "it is of the format `{format}`; this lexlogs reads {FORMAT}"
            ),
        }
    }
}

impl std::error::Error for NoReceipt {}

/// What one run of a script wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Run<'a> {
    fields: BTreeMap<&'a str, &'a str>,
    /// The steps' numbers, and what was written of them, in order.
    steps: Vec<(usize, &'a str)>,
}

/// Reads all runs.
fn runs(text: &str) -> Result<Vec<Run<'_>>, NoReceipt> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for line in text.lines() {
        let Some((key, value)) = line.split_once(": ") else {
            continue;
        };
        if key == "receipt" {
            if value != FORMAT {
                return Err(NoReceipt::Format(crate::fault::printable(value)));
            }
            runs.push(Run::default());
        }
        let Some(run) = runs.last_mut() else {
            continue;
        };
        match key.strip_prefix("step-").map(str::parse) {
            Some(Ok(step)) => run.steps.push((step, value)),
            _ => drop(run.fields.insert(key, value)),
        }
    }
    if runs.is_empty() {
        Err(NoReceipt::Empty)
    } else {
        Ok(runs)
    }
}

/// What a receipt says of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It was not reached.
    NotTried,
    /// It was begun, and how it ended was not written.
    Unknown,
    /// It failed.
    Failed,
    /// It differed, and putting it right failed.
    NotUpdated,
    /// Apply made it.
    Created,
    /// It was there, as the bundle makes it.
    AlreadyThere,
    /// It was there, differed, and was put right.
    Updated,
    /// Undo took it out.
    Removed,
}

impl State {
    /// The states as receipts write them, each before the thing that it is of.
    const WORDS: [(&'static str, Self); 8] = [
        ("creating", Self::Unknown),
        ("unknown", Self::Unknown),
        ("failed", Self::Failed),
        ("not updated", Self::NotUpdated),
        ("created", Self::Created),
        ("already there", Self::AlreadyThere),
        ("updated", Self::Updated),
        ("removed", Self::Removed),
    ];

    /// Whether it is in place then.
    fn is_done(self) -> bool {
        matches!(self, Self::Created | Self::AlreadyThere | Self::Updated)
    }

    /// Reads what is written of a step.
    fn read(value: &str, resource: &str) -> Option<Self> {
        let words = value.strip_suffix(resource)?.trim_end();
        let known = Self::WORDS.iter().find(|(word, _)| *word == words);
        known.map(|(_, state)| *state)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotTried => "not tried",
            Self::Unknown => "begun, with no word of how it ended",
            Self::Failed => "failed",
            Self::NotUpdated => "different, and not put right",
            Self::Created => "created",
            Self::AlreadyThere => "already there",
            Self::Updated => "updated",
            Self::Removed => "removed by undo",
        })
    }
}

/// A step of the bundle, and what the receipt says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its number.
    pub number: usize,
    /// What it puts in place.
    pub resource: String,
    /// What the receipt says.
    pub state: State,
}

/// What a receipt says of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether a run in it is of this very bundle.
    pub belongs: bool,
    /// Whether every step of the bundle is in place by what it says.
    pub done: bool,
    /// When the last run of this bundle began, in UTC; empty if none did.
    pub time: String,
    /// Who ran it: an ARN.
    pub caller: String,
    /// With which AWS CLI.
    pub cli: String,
    /// The steps.
    pub steps: Vec<Step>,
}

impl Verdict {
    /// Compares a receipt with the bundle of a request, whose [`digest`] is
    /// `digest`.
    ///
    /// # Errors
    /// If the text is no receipt.
    pub fn new(receipt: &str, request: &Request, digest: &str) -> Result<Self, NoReceipt> {
        let account = request.account_id();
        let runs = runs(receipt)?;
        let ours: Vec<&Run<'_>> = runs
            .iter()
            .filter(|run| run.fields.get("bundle-digest") == Some(&digest))
            .filter(|run| run.fields.get("account") == Some(&account))
            .collect();
        let plan = Plan::new(request.spec());
        // The logs of the bot's alias are switched on after all steps.
        let of_alias = plan.log_settings.iter().map(|settings| &settings.resource);
        let resources = plan.apply.iter().map(|step| &step.resource).chain(of_alias);
        let steps: Vec<Step> = (1..)
            .zip(resources)
            .map(|(number, resource)| {
                let words = ours.iter().flat_map(|run| &run.steps);
                let mut states = words
                    .filter(|(of, _)| *of == number)
                    .filter_map(|(_, value)| State::read(value, resource));
                Step {
                    number,
                    resource: resource.clone(),
                    state: states.next_back().unwrap_or(State::NotTried),
                }
            })
            .collect();
        let field = |key| {
            let last = ours.last().and_then(|run| run.fields.get(key));
            last.map_or_else(String::new, |value| crate::fault::printable(value))
        };
        Ok(Self {
            belongs: !ours.is_empty(),
            done: steps.iter().all(|step| step.state.is_done()),
            time: field("time"),
            caller: field("caller"),
            cli: field("cli"),
            steps,
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.belongs {
            return writeln!(
                f,
                "the receipt is not of this bundle: no run in it has its digest"
            );
        }
        let Self {
            time, caller, cli, ..
        } = self;
        writeln!(f, "last run: {time} by {caller} with {cli}")?;
        for step in &self.steps {
            writeln!(f, "step {}: {}: {}", step.number, step.state, step.resource)?;
        }
        let open = self.steps.iter().filter(|step| !step.state.is_done());
        match open.count() {
            0 => writeln!(f, "all {} steps are done", self.steps.len()),
            open => writeln!(f, "{open} of {} steps are not done", self.steps.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_may_break_off_anywhere_and_goes_on_with_the_next_run() {
        let text = "\nreceipt: 1\nbundle: x\nstep-1: creating a\nstep-1: cre\nreceipt: 1\r\nstep-1: created a\r\nresult: done\r\n";
        let runs = runs(text).unwrap_or_default();
        assert_eq!(runs.len(), 2);
        assert_eq!(runs[0].steps, [(1, "creating a"), (1, "cre")]);
        assert_eq!(runs[1].steps, [(1, "created a")]);
        assert_eq!(runs[1].fields["result"], "done");
    }

    #[test]
    fn other_texts_are_no_receipts() {
        assert_eq!(runs("step-1: created a\n"), Err(NoReceipt::Empty));
        assert_eq!(runs("receipt: 2\n"), Err(NoReceipt::Format("2".into())));
    }

    #[test]
    fn a_state_is_of_the_resource_that_the_step_has() {
        assert_eq!(
            State::read("created a on b", "a on b"),
            Some(State::Created)
        );
        assert_eq!(State::read("created a", "b"), None);
        assert_eq!(
            State::read("already there a", "a"),
            Some(State::AlreadyThere)
        );
        assert_eq!(State::read("crea", "a"), None);
    }
}
