//! What changed from one bundle to the next: parameters, policies statement by
//! statement, steps, files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::verify::{self, Checked, Report};
use super::{Refusal, UnverifiedBundle};
use crate::diagnostic::{escape_all, escape_message, escape_value};
use crate::document::Document;
use crate::parameters::Key;
use crate::plan::Plan;
use crate::policy::elements::{self, Change, Element};
use crate::render::RenderError;
use crate::request::{Request, Value};
use crate::shell::Shell;

/// One of the two bundles, and what verifying it gave; what is not intact is compared all the same.
#[derive(Debug)]
pub struct Side<'a> {
    received: UnverifiedBundle<'a>,
    /// What it was made of.
    pub request: Request,
    pub trust: Trust,
    pub has_own_templates: bool,
}

/// How far a bundle can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Trust {
    /// Whether nothing is wrong with it.
    pub whole: bool,
    pub proven: bool,
}

impl<'a> Side<'a> {
    /// A bundle that has a request, or what is wrong with it.
    pub fn of(received: Result<UnverifiedBundle<'a>, Refusal>) -> Result<Self, Box<Report>> {
        let received = received.map_err(|refusal| Box::new(refusal.into()))?;
        let Checked { report, request } = verify::check(&received);
        match request {
            Some(request) => Ok(Self {
                received,
                request,
                trust: Trust {
                    whole: report.whole,
                    proven: report.proven,
                },
                has_own_templates: report.templates.is_some(),
            }),
            None => Err(Box::new(report)),
        }
    }
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// Whether every file is the same.
    pub same: bool,
    /// How far to trust the old one.
    pub old: Trust,
    /// And the new one.
    pub new: Trust,
    /// The parameters that changed, in the table's order.
    pub parameters: Vec<ParameterChange>,
    /// The policies that changed, in the order in which they are used.
    pub policies: Vec<PolicyChange>,
    /// The steps of apply that changed, in their order.
    pub steps: Vec<StepChange>,
    /// The files that changed, by name.
    pub files: Vec<FileChange>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct ParameterChange {
    /// Its name; a tag is named by its key too.
    pub name: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Added,
    Removed,
    Changed,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct PolicyChange {
    pub file: &'static str,
    pub change: Kind,
    pub statements: Vec<Change>,
    /// Why they could not be compared, if they could not.
    pub incomparable: Option<String>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct StepChange {
    pub change: Kind,
    pub title: String,
    /// How, in a POSIX shell.
    pub command: String,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FileChange {
    pub name: String,
    pub change: Kind,
}

impl Diff {
    pub fn new(old: &Side<'_>, new: &Side<'_>) -> Result<Self, RenderError> {
        let files = files(&old.received, &new.received);
        Ok(Self {
            same: files.is_empty(),
            old: old.trust,
            new: new.trust,
            parameters: parameters(&old.request, &new.request),
            policies: policies(old, new),
            steps: step_changes(&old.request, &new.request)?,
            files,
        })
    }
}

fn parameters(old: &Request, new: &Request) -> Vec<ParameterChange> {
    let (old, new) = (values(old), values(new));
    let names: BTreeSet<&(Key, String)> = old.keys().chain(new.keys()).collect();
    names
        .into_iter()
        .filter(|name| old.get(name) != new.get(name))
        .map(|name| ParameterChange {
            name: name.1.clone(),
            old: old.get(name).cloned(),
            new: new.get(name).cloned(),
        })
        .collect()
}

/// The values of a request, in the table's order.
fn values(request: &Request) -> BTreeMap<(Key, String), String> {
    let mut values = BTreeMap::new();
    for (key, value) in &request.resolved {
        let name = key.name();
        match value {
            Value::Text(text) => drop(values.insert((*key, name.into()), text.clone())),
            Value::Switch(on) => drop(values.insert((*key, name.into()), on.to_string())),
            Value::Tags(tags) => values.extend(
                tags.iter()
                    .map(|(tag, value)| ((*key, format!("{name} {tag}")), value.to_owned())),
            ),
            Value::Custom(custom) => values.extend(
                custom
                    .iter()
                    .map(|(own, value)| ((*key, format!("{name}.{own}")), value.to_string())),
            ),
        }
    }
    values
}

fn policies(old: &Side<'_>, new: &Side<'_>) -> Vec<PolicyChange> {
    let mut changes = Vec::new();
    for document in Document::ALL {
        // The tags and the log settings are among the parameters.
        if !document.is_policy() {
            continue;
        }
        let file = document.file_name();
        let (before, after) = (old.received.bytes_of(file), new.received.bytes_of(file));
        if before == after {
            continue;
        }
        let change = kind(before, after);
        let read = |text: Option<&[u8]>| text.map_or(Ok(Vec::new()), elements::statements);
        let (statements, incomparable) = match (read(before), read(after)) {
            (Ok(before), Ok(after)) => (elements::changes(&before, &after), None),
            (Err(why), _) => (Vec::new(), Some(format!("the old one {why}"))),
            (_, Err(why)) => (Vec::new(), Some(format!("the new one {why}"))),
        };
        changes.push(PolicyChange {
            file,
            change,
            statements,
            incomparable,
        });
    }
    changes
}

fn kind<T>(old: Option<T>, new: Option<T>) -> Kind {
    match (old, new) {
        (None, _) => Kind::Added,
        (_, None) => Kind::Removed,
        _ => Kind::Changed,
    }
}

fn step_changes(old: &Request, new: &Request) -> Result<Vec<StepChange>, RenderError> {
    let (old, new) = (step_lines(old)?, step_lines(new)?);
    let mut changes = Vec::new();
    // By the commands, from which the titles follow; as bytes, as pages are compared: one copy of the algorithm.
    let commands = [&old, &new].map(|steps| {
        let commands = steps.iter().map(|(_, command)| command.as_bytes());
        commands.collect::<Vec<_>>()
    });
    for operation in capture_diff_slices(Algorithm::Myers, &commands[0], &commands[1]) {
        if matches!(operation, DiffOp::Equal { .. }) {
            continue;
        }
        let sides = [
            (Kind::Removed, &old[operation.old_range()]),
            (Kind::Added, &new[operation.new_range()]),
        ];
        for (change, steps) in sides {
            changes.extend(steps.iter().map(|(title, command)| StepChange {
                change,
                title: title.clone(),
                command: command.clone(),
            }));
        }
    }
    Ok(changes)
}

/// Each step in words, and as a command.
fn step_lines(request: &Request) -> Result<Vec<(String, String)>, RenderError> {
    let plan = Plan::new(request.spec());
    let line =
        |step: &crate::plan::Step| Ok((step.title.clone(), Shell::Bash.line(&step.command)?));
    plan.apply.iter().map(line).collect()
}

fn files(old: &UnverifiedBundle<'_>, new: &UnverifiedBundle<'_>) -> Vec<FileChange> {
    let names = |of: &UnverifiedBundle<'_>| -> BTreeSet<String> {
        of.entries
            .iter()
            .map(|entry| entry.name.to_string())
            .collect()
    };
    let names: BTreeSet<String> = names(old).union(&names(new)).cloned().collect();
    names
        .into_iter()
        .filter_map(|name| {
            let (before, after) = (old.bytes_of(&name), new.bytes_of(&name));
            (before != after).then(|| FileChange {
                name: escape_value(&name),
                change: kind(before, after),
            })
        })
        .collect()
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.same && self.old.whole && self.new.whole {
            return writeln!(f, "identical");
        }
        let heading = |f: &mut fmt::Formatter<'_>, title, is_empty| {
            if is_empty {
                Ok(())
            } else {
                writeln!(f, "{title}")
            }
        };
        heading(f, "parameters", self.parameters.is_empty())?;
        for change in &self.parameters {
            for (sign, value) in [('-', &change.old), ('+', &change.new)] {
                if let Some(value) = value {
                    writeln!(
                        f,
                        "{sign} {}: {}",
                        escape_value(&change.name),
                        escape_value(value)
                    )?;
                }
            }
        }
        heading(f, "policies", self.policies.is_empty())?;
        for policy in &self.policies {
            write!(f, "{policy}")?;
        }
        heading(f, "steps", self.steps.is_empty())?;
        for step in &self.steps {
            let sign = sign(step.change);
            writeln!(f, "{sign} {}\n{sign}     {}", step.title, step.command)?;
        }
        heading(f, "files", self.files.is_empty())?;
        for file in &self.files {
            writeln!(f, "{} {}", sign(file.change), file.name)?;
        }
        Ok(())
    }
}

impl fmt::Display for PolicyChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {}", sign(self.change), self.file)?;
        if let Some(why) = &self.incomparable {
            writeln!(
                f,
                "    cannot be compared statement by statement: {}",
                escape_message(why)
            )?;
        } else if self.statements.is_empty() {
            writeln!(f, "    the same statements in another layout")?;
        }
        for change in &self.statements {
            let number = change.new.or(change.old).unwrap_or_default();
            let what = match (change.old, change.new) {
                (None, _) => ", new",
                (_, None) => ", removed",
                _ => "",
            };
            writeln!(f, "    statement {number}{what}")?;
            for (sign, elements) in [('-', &change.removed), ('+', &change.added)] {
                for Element { element, value } in elements {
                    writeln!(
                        f,
                        "{sign}     {}: {}",
                        escape_all(element),
                        escape_all(value)
                    )?;
                }
            }
        }
        Ok(())
    }
}

fn sign(kind: Kind) -> char {
    match kind {
        Kind::Added => '+',
        Kind::Removed => '-',
        Kind::Changed => '~',
    }
}
