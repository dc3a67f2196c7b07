//! The file that somebody begins with: every parameter with what it is for and
//! what it takes, from the one table. TOML has the words as comments; JSON knows
//! none, so there they come by way of the schema.

use std::path::Path;

use crate::diagnostic::{Span, written};
use crate::parameters::{DefaultValue, Key, LOGS, Origin, PARAMETERS, Parameter, RawParameters};

/// The schema's name, beside the starter.
pub(crate) const SCHEMA: &str = "lexlogs.schema.json";

/// How long a line of comment is, at most.
const WIDTH: usize = 100;

/// What is asked for at a terminal, besides what must be given.
const ASKED: [Key; 2] = [Key::RoleName, Key::KmsKeyArn];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Toml,
    Json,
}

impl Format {
    /// The format that a file has by its name, if it has one.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        if extension.eq_ignore_ascii_case("toml") {
            Some(Self::Toml)
        } else if extension.eq_ignore_ascii_case("json") {
            Some(Self::Json)
        } else {
            None
        }
    }

    fn line(self, key: Key, value: &str) -> String {
        let path = match self {
            Self::Toml => ".toml",
            Self::Json => ".json",
        };
        let place = Origin::File(Span::line_of(path, 1));
        written(key, value, Some(&place))
    }

    /// The starter, with the values that are known already; without any, with
    /// empty ones where a value must be filled in.
    pub(crate) fn starter(self, path: &str, given: &RawParameters) -> String {
        match self {
            Self::Toml => toml(path, given),
            Self::Json => json(given),
        }
    }
}

/// What is to be asked for, in the table's order.
pub(crate) fn asked() -> impl Iterator<Item = &'static Parameter> {
    PARAMETERS.iter().filter(|row| {
        row.default == DefaultValue::Required || LOGS.contains(&row.key) || ASKED.contains(&row.key)
    })
}

/// The parameters that must be filled in where nothing is known. Beside them one of the logs must be set, but an empty value of
/// the other would be an error.
pub(crate) fn to_fill_in() -> impl Iterator<Item = &'static Parameter> {
    let rows = PARAMETERS.iter();
    rows.filter(|row| row.default == DefaultValue::Required)
}

/// The value that stands in the file, if one does.
fn value(row: &Parameter, given: &RawParameters) -> Option<String> {
    match given.get(row.key) {
        Some((value, _)) => Some(value.to_string()),
        None if given.is_empty() => {
            let is_to_fill_in = to_fill_in().any(|other| other.key == row.key);
            is_to_fill_in.then(String::new)
        }
        None => None,
    }
}

fn json(given: &RawParameters) -> String {
    let parameters = PARAMETERS.iter().filter_map(|row| {
        let value = value(row, given)?;
        Some(Format::Json.line(row.key, &value))
    });
    let lines: Vec<String> = std::iter::once(format!("\"$schema\": \"./{SCHEMA}\""))
        .chain(parameters)
        .collect();
    format!("{{\n  {}\n}}\n", lines.join(",\n  "))
}

fn toml(path: &str, given: &RawParameters) -> String {
    // By this line editors find the schema.
    let mut text = format!("#:schema ./{SCHEMA}\n");
    let to_do = if given.is_empty() {
        "Fill in the empty values. "
    } else {
        ""
    };
    text += &comment(&format!(
        "Parameters for `lexlogs bundle {path}`. {to_do}A line that begins with `# ` and a name shows a default or an example: remove the `# ` to \
set it."
    ));
    for row in PARAMETERS {
        text.push('\n');
        text += &comment(&format!(
            "{}. Values: {}.",
            row.meaning_capitalized(),
            row.rule
        ));
        if row.key == LOGS[0] {
            let [one, other] = LOGS.map(Key::name);
            text += &comment(&format!("Set `{one}`, `{other}` or both."));
        }
        if let Some(needs) = row.needs {
            text += &comment(&format!("It has no effect without `{}`.", needs.name()));
        }
        if let Some(value) = value(row, given) {
            text += &Format::Toml.line(row.key, &value);
        } else {
            let shown = row.default_text().unwrap_or(row.example);
            text += "# ";
            text += &Format::Toml.line(row.key, shown);
        }
        text.push('\n');
    }
    text
}

fn comment(words: &str) -> String {
    let mut lines = vec![String::from("#")];
    for word in words.split(' ') {
        let line = lines.last().map_or(0, |line| line.chars().count());
        // A `#` alone takes a word of any length.
        if line > 1 && line + 1 + word.chars().count() > WIDTH {
            lines.push("#".into());
        }
        if let Some(line) = lines.last_mut() {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}
