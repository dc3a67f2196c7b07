//! One thing that is wrong with the input, told so that the person who gave it
//! can mend it: which parameter, which value, what is wrong, the rule in words
//! and an example that passes. Faults are collected and reported together.

use std::fmt;
use std::path::Path;

use crate::parameters::{Key, Kind, Place};

/// One fault in the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The parameter's name, or the unknown key; none where a file as a whole
    /// is at fault.
    pub name: Option<String>,
    /// The value given, if there was one.
    pub value: Option<String>,
    /// Where it was given.
    pub place: Option<Place>,
    /// What is wrong, as a sentence fragment.
    pub what: String,
    /// What would pass, if another value would.
    pub mend: Option<Mend>,
}

impl Fault {
    /// A fault of the form in which something was given, which no other value
    /// would mend: of `name`, or of all that is there.
    #[must_use]
    pub fn of_form(name: Option<&str>, place: Place, what: String) -> Self {
        Self {
            name: name.map(str::to_owned),
            value: None,
            place: Some(place),
            what,
            mend: None,
        }
    }
}

/// What would pass in place of a value at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The parameter, whose rule is told.
    pub key: Key,
    /// A value that passes, together with the others that were given.
    pub example: String,
}

/// All faults of one input, in the order of the table of parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dashes = match &self.place {
            Some(
                Place::File { path, line }
                | Place::Cell { path, line }
                | Place::Region { path, line },
            ) => {
                write!(f, "{path}:{line}: ")?;
                ""
            }
            Some(Place::Flag) => "--",
            Some(Place::Answer) | None => "",
        };
        if let Some(name) = &self.name {
            write!(f, "{dashes}{}", printable(name))?;
        }
        if let Some(value) = &self.value {
            write!(f, " `{}`", printable(value))?;
        }
        if self.name.is_some() {
            f.write_str(": ")?;
        }
        f.write_str(&self.what)?;
        if let Some(Mend { key, example }) = &self.mend {
            let example = written(*key, example, self.place.as_ref());
            write!(f, "\n    rule:    {}", key.parameter().rule)?;
            write!(f, "\n    example: {example}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n\n" };
            write!(f, "{gap}{fault}")?;
        }
        let faults = if self.0.len() == 1 { "fault" } else { "faults" };
        write!(f, "\n\n{} {faults}; nothing was written", self.0.len())
    }
}

impl std::error::Error for Faults {}

/// A value as the user would write it where the fault is.
pub(crate) fn written(key: Key, value: &str, place: Option<&Place>) -> String {
    let parameter = key.parameter();
    let name = parameter.name;
    let file = match place {
        Some(Place::File { path, .. }) => path.as_str(),
        Some(Place::Cell { .. } | Place::Answer) => return value.to_owned(),
        Some(Place::Region { .. }) if value.contains(' ') => return format!("{name}=\"{value}\""),
        Some(Place::Region { .. }) => return format!("{name}={value}"),
        Some(Place::Flag) | None if parameter.kind == Kind::Switch => {
            return format!("--{name}={value}");
        }
        Some(Place::Flag) | None => return format!("--{name} {value}"),
    };
    if is_json(file) {
        match (parameter.kind, value.split_once('=')) {
            (Kind::Switch, _) => format!("\"{name}\": {value}"),
            (Kind::Tags, Some((key, value))) => format!("\"{name}\": {{ \"{key}\": \"{value}\" }}"),
            _ => format!("\"{name}\": \"{value}\""),
        }
    } else {
        match (parameter.kind, value.split_once('=')) {
            (Kind::Switch, _) => format!("{name} = {value}"),
            (Kind::Tags, Some((key, value))) => format!("{name} = {{ {key} = \"{value}\" }}"),
            _ => format!("{name} = \"{value}\""),
        }
    }
}

/// Whether a file's values are written as JSON; what comes by the standard input
/// and is no table is, too.
fn is_json(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let endings = [".json", ".jsonl", ".ndjson", crate::fleet::targets::STDIN];
    endings.iter().any(|ending| path.ends_with(ending))
}

/// The longest piece of a value that a message repeats, in characters.
const SHOWN: usize = 80;
/// The longest message about what somebody sent, in characters.
const TOLD: usize = 1000;

/// A value as it can be shown on a terminal: control and invisible characters
/// as escapes, so that no value can move the cursor or hide, and not endless.
#[must_use]
pub fn printable(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => visible(&text[..end]) + "…",
        None => visible(text),
    }
}

/// The same of a message that repeats what was given, perhaps at length.
#[must_use]
pub fn told(message: &str) -> String {
    match message.char_indices().nth(TOLD) {
        Some((end, _)) => visible(&message[..end]) + "…",
        None => visible(message),
    }
}

/// The same at its full length.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        match c {
            '\\' | '\'' | '"' => shown.push(c),
            _ => shown.extend(c.escape_debug()),
        }
    }
    shown
}

/// A path as it can be shown: the name of a file may be a stranger's choice.
#[must_use]
pub fn shown(path: &Path) -> String {
    visible(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_write_to_the_terminal() {
        assert_eq!(
            printable("a\u{1b}[2Jb\r\n\"\u{202e}"),
            "a\\u{1b}[2Jb\\r\\n\"\\u{202e}"
        );
        assert_eq!(printable(&"x".repeat(500)).chars().count(), SHOWN + 1);
    }

    #[test]
    fn the_example_is_written_as_the_place_wants_it() {
        let json = Place::File {
            path: "a.JSON".into(),
            line: 1,
        };
        let toml = Place::File {
            path: "a.toml".into(),
            line: 1,
        };
        let cell = Place::Cell {
            path: "a.csv".into(),
            line: 2,
        };
        let lines = Place::File {
            path: "a.jsonl".into(),
            line: 2,
        };
        for (key, place, expected) in [
            (
                Key::RoleName,
                &Place::Flag,
                "--role-name LexConversationLogsRole",
            ),
            (Key::ExistingRole, &Place::Flag, "--existing-role=true"),
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
