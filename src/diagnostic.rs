//! One thing that is wrong with the input, written so that the person who gave it
//! can fix it: which parameter, which value, where, what is wrong, the rule in
//! words and what would pass. Diagnostics are collected and reported together.
//!
//! Formatted with `{}` a fault is plain text; with `{:#}` it has the colours of
//! a terminal.

mod lookalike;
mod message;

use std::fmt;

use crate::escape::counted;
use crate::parameters::{Key, Kind, Origin, three_nearest};

pub(crate) use lookalike::{Lookalike, plain};
pub(crate) use message::Message;

pub use crate::escape::{escape_all, escape_message, escape_path, escape_value};
pub(crate) use crate::span::Source;
pub use crate::span::Span;
pub use message::Severity;

/// One fault in the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The parameter's name, or the unknown key; none where a file as a whole
    /// is at fault.
    pub name: Option<String>,
    /// The value given, if there was one.
    pub value: Option<String>,
    /// Where it was given.
    pub place: Option<Origin>,
    /// What is wrong, as a sentence fragment.
    pub what: String,
    /// What to do, where `what` does not say it, as a sentence fragment.
    pub help: Option<String>,
    /// What would pass, if another value would.
    pub suggestion: Option<Suggestion>,
}

impl Diagnostic {
    /// A fault of the form in which something was given, which no other value
    /// would fix: of `name`, or of all that is there.
    #[must_use]
    pub fn of_form(name: Option<&str>, place: impl Into<Option<Origin>>, what: String) -> Self {
        Self {
            name: name.map(str::to_owned),
            value: None,
            place: place.into(),
            what,
            help: None,
            suggestion: None,
        }
    }

    /// The same, with what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into();
        self
    }
}

/// What is asked of who misspelt a name.
pub(crate) fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

/// The same, or where no name is near the three nearest and the command that lists all.
pub(crate) fn did_you_mean_one<'a>(
    name: &str,
    near: Option<&str>,
    known: impl IntoIterator<Item = &'a str>,
    all: &str,
) -> String {
    near.map_or_else(
        || {
            format!(
                "the nearest names are {}; `{all}` lists all",
                three_nearest(name, known)
            )
        },
        did_you_mean,
    )
}

/// What would pass in place of a value at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The parameter, whose rule is shown.
    pub key: Key,
    /// A value that passes, together with the others that were given.
    pub example: String,
    /// Whether it is what was given, without its fault, and so most likely what
    /// was meant.
    pub is_likely: bool,
}

/// All faults of one input, in the order of the table of parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostic {
    fn message(&self) -> Message<'_> {
        let mut notes = Vec::new();
        let mut helps: Vec<String> = self.help.clone().into_iter().collect();
        if let Some(suggestion) = &self.suggestion {
            let Suggestion { key, example, .. } = suggestion;
            let example = written(*key, example, self.place.as_ref());
            let is_missing = self.what.starts_with(MISSING);
            let mut rule = key.parameter().rule_of_text();
            if let (Some(Origin::File(_)), Some((of_files, _))) =
                (&self.place, rule.split_once(AS_A_FLAG))
            {
                rule = of_files;
            }
            if !is_missing && !suggestion.is_likely && !repeats(&self.what, rule) {
                notes.push(format!("expected {rule}"));
            }
            helps.push(match suggestion.is_likely {
                true => did_you_mean(&example),
                false if is_missing => format!("add `{example}`"),
                false => format!("for example, `{example}`"),
            });
        }
        Message {
            span: self.place.as_ref().and_then(Origin::spot),
            notes,
            helps,
            ..Message::error(self.title(), None)
        }
    }

    /// Where it is, and what is wrong, in one line.
    #[must_use]
    pub fn line(&self) -> String {
        let span = self.place.as_ref().and_then(Origin::spot);
        span.map_or_else(
            || self.title(),
            |span| message::of_place(&span.shown(), &self.title()),
        )
    }

    /// What is wrong, of what.
    fn title(&self) -> String {
        let dashes = match &self.place {
            Some(Origin::Flag) => "--",
            _ => "",
        };
        let name = match &self.name {
            Some(name) if !self.what.starts_with(MISSING) => escape_value(name),
            _ => return self.what.clone(),
        };
        let value = self.value.as_ref().filter(|value| !value.is_empty());
        let value = value.map_or(String::new(), |value| format!(" `{}`", escape_value(value)));
        // A sentence of its own.
        let colon = if self.what.starts_with("the ") {
            ":"
        } else {
            ""
        };
        format!("{dashes}{name}{value}{colon} {}", self.what)
    }
}

/// The part of a rule that is about text.
const AS_A_FLAG: &str = ". As a flag: ";

/// What an error begins with if something is not given at all; it names what is missing itself.
pub(crate) const MISSING: &str = "missing ";

/// Whether all words of a rule are in what is said already.
fn repeats(what: &str, rule: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.map(str::to_ascii_lowercase).collect()
    };
    let said = words(what);
    let is_said = |word: &String| word.len() < 3 || said.contains(word);
    words(rule).iter().all(is_said)
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().draw(f.alternate()))
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.0 {
            fault.fmt(f)?;
            f.write_str("\n\n")?;
        }
        let errors = counted(self.0.len(), "error");
        write!(f, "{errors}; nothing was written")
    }
}

impl std::error::Error for Diagnostics {}

/// A value as the user would write it where the fault is.
pub(crate) fn written(key: Key, value: &str, place: Option<&Origin>) -> String {
    let parameter = key.parameter();
    let name = parameter.name;
    let file = match place {
        Some(Origin::File(spot)) => spot.path(),
        Some(Origin::Cell(_) | Origin::Answer) => return value.to_owned(),
        Some(Origin::Region(_)) if value.contains(' ') => return format!("{name}=\"{value}\""),
        Some(Origin::Region(_)) => return format!("{name}={value}"),
        Some(Origin::Flag) | None if parameter.kind == Kind::Switch => {
            return format!("--{name}={value}");
        }
        // In quotes that every shell takes away, since no value has what they leave its meaning.
        Some(Origin::Flag) | None if !value.chars().all(is_plain) => {
            return format!("--{name} \"{value}\"");
        }
        Some(Origin::Flag) | None => return format!("--{name} {value}"),
    };
    let is_json = is_json(file);
    let member = |name: &str, value: &str| {
        if is_json {
            format!("\"{name}\": {value}")
        } else {
            format!("{name} = {value}")
        }
    };
    let text = |text: &str| format!("\"{text}\"");
    match (parameter.kind, value.split_once('=')) {
        (Kind::Switch, _) => member(name, value),
        (Kind::Tags | Kind::Custom, Some((key, value))) => {
            member(name, &format!("{{ {} }}", member(key, &text(value))))
        }
        _ => member(name, &text(value)),
    }
}

/// How rows are called that come by the standard input.
pub const STDIN: &str = "standard input";

/// Whether a character is itself in every shell.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_+=,.@-/:".contains(c)
}

/// Whether a file's values are written as JSON; what comes by the standard input
/// and is no table is, too.
fn is_json(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let endings = [".json", ".jsonl", ".ndjson", STDIN];
    endings.iter().any(|ending| path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_written_as_the_place_wants_it() {
        let json = Origin::File(Span::line_of("a.JSON", 1));
        let toml = Origin::File(Span::line_of("a.toml", 1));
        let cell = Origin::Cell(Span::line_of("a.csv", 2));
        let lines = Origin::File(Span::line_of("a.jsonl", 2));
        for (key, place, expected) in [
            (
                Key::RoleName,
                &Origin::Flag,
                "--role-name LexConversationLogsRole",
            ),
            (Key::ExistingRole, &Origin::Flag, "--existing-role=true"),
            (Key::ExistingRole, &cell, "true"),
            (Key::Tags, &cell, "CostCenter=4711"),
            (Key::ExistingRole, &lines, "\"existing-role\": true"),
            (Key::ExistingRole, &json, "\"existing-role\": true"),
            (Key::ExistingRole, &toml, "existing-role = true"),
            (Key::Tags, &toml, "tags = { CostCenter = \"4711\" }"),
            (Key::Tags, &json, "\"tags\": { \"CostCenter\": \"4711\" }"),
        ] {
            let value = key.parameter().example;
            assert_eq!(written(key, value, Some(place)), expected);
        }
    }
}
