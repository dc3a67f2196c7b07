//! One thing that is wrong with the input, told so that the person who gave it
//! can mend it: which parameter, which value, where, what is wrong, the rule in
//! words and what would pass. Diagnostics are collected and reported together.
//!
//! Formatted with `{}` a fault is plain text; with `{:#}` it has the colours of
//! a terminal.

mod lookalike;

use std::fmt;

use crate::parameters::{Key, Kind, Origin};

pub(crate) use lookalike::{Lookalike, plain};

pub use crate::escape::{escape_all, escape_message, escape_path, escape_value};
pub use crate::span::Span;
pub(crate) use crate::span::{Paint, Source};

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
    /// would mend: of `name`, or of all that is there.
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

/// What would pass in place of a value at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The parameter, whose rule is told.
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

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paint = Paint::of(f);
        let place = self.place.as_ref();
        // Once: in a long text it takes time to find its line.
        let piece = place.and_then(Origin::spot).and_then(Span::piece);
        let shown = match (place, &piece) {
            (Some(place), Some(piece)) => place.shown_in(piece.line),
            (place, _) => place.and_then(Origin::shown),
        };
        if let Some(place) = shown {
            write!(f, "{} ", paint.place(&format!("{place}:")))?;
        }
        if let Some(name) = &self.name {
            let dashes = if place == Some(&Origin::Flag) {
                "--"
            } else {
                ""
            };
            f.write_str(&paint.place(&format!("{dashes}{}", escape_value(name))))?;
        }
        if let Some(value) = &self.value {
            write!(f, " `{}`", escape_value(value))?;
        }
        if self.name.is_some() {
            f.write_str(": ")?;
        }
        f.write_str(&self.what)?;
        if let Some(piece) = piece {
            f.write_str(&crate::span::excerpt(&piece, paint))?;
        }
        let mut line = |label: &str, text: &str| {
            // Blanks have no colour, so that all labels are as wide.
            let gap = " ".repeat("example:".len() - label.len());
            write!(f, "\n    {}{gap}{text}", paint.mend(&format!("{label}:")))
        };
        if let Some(help) = &self.help {
            line("help", help)?;
        }
        if let Some(mend) = &self.suggestion {
            let example = written(mend.key, &mend.example, place);
            line("rule", mend.key.parameter().rule)?;
            if mend.is_likely {
                line("help", &did_you_mean(&example))?;
            } else {
                line("example", &example)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { "\n\n" })?;
            fault.fmt(f)?;
        }
        let faults = if self.0.len() == 1 { "fault" } else { "faults" };
        write!(f, "\n\n{} {faults}; nothing was written", self.0.len())
    }
}

impl std::error::Error for Diagnostics {}

/// A value as the user would write it where the fault is.
pub(crate) fn written(key: Key, value: &str, place: Option<&Origin>) -> String {
    let parameter = key.parameter();
    let name = parameter.name;
    let file = match place {
        Some(Origin::File(spot)) => spot.path(),
        Some(Origin::Cell(_) | Origin::Template { .. } | Origin::Answer) => {
            return value.to_owned();
        }
        Some(Origin::Region { .. }) if value.contains(' ') => return format!("{name}=\"{value}\""),
        Some(Origin::Region { .. }) => return format!("{name}={value}"),
        Some(Origin::Flag) | None if parameter.kind == Kind::Switch => {
            return format!("--{name}={value}");
        }
        // In quotes that every shell takes away, since no value has what they leave its meaning.
        Some(Origin::Flag) | None if !value.chars().all(is_plain) => {
            return format!("--{name} \"{value}\"");
        }
        Some(Origin::Flag) | None => return format!("--{name} {value}"),
    };
    if is_json(file) {
        match (parameter.kind, value.split_once('=')) {
            (Kind::Switch, _) => format!("\"{name}\": {value}"),
            (Kind::Tags | Kind::Custom, Some((key, value))) => {
                format!("\"{name}\": {{ \"{key}\": \"{value}\" }}")
            }
            _ => format!("\"{name}\": \"{value}\""),
        }
    } else {
        match (parameter.kind, value.split_once('=')) {
            (Kind::Switch, _) => format!("{name} = {value}"),
            (Kind::Tags | Kind::Custom, Some((key, value))) => {
                format!("{name} = {{ {key} = \"{value}\" }}")
            }
            _ => format!("{name} = \"{value}\""),
        }
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
