//! The filters that templates have beside those of Tera.

use tera::{Kwargs, State, Tera, Value};

use crate::dialect::Dialect;

/// A filter: a text to a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filter {
    /// Its name.
    pub(super) name: &'static str,
    /// What it is for, in one phrase.
    pub(super) meaning: &'static str,
    apply: fn(&str) -> Result<String, String>,
}

/// All of them.
pub(super) const FILTERS: &[Filter] = &[
    Filter {
        name: "bash_word",
        meaning: "one word of a POSIX shell, quoted if it needs quotes",
        apply: |text| Dialect::Bash.word(text).map_err(|error| error.to_string()),
    },
    Filter {
        name: "cmd_word",
        meaning: "one word of cmd.exe, quoted if it needs quotes; refuses what no quotes keep: `\"`, `%`, `^`, `/?`, anything but ASCII",
        apply: |text| Dialect::Cmd.word(text).map_err(|error| error.to_string()),
    },
    Filter {
        name: "bash_comment",
        meaning: "a piece of a line of comment of a POSIX shell",
        apply: |text| {
            Dialect::Bash
                .comment(text)
                .map_err(|error| error.to_string())
        },
    },
    Filter {
        name: "cmd_comment",
        meaning: "a piece of a `rem` line of cmd.exe; refuses what means something even there: `\"%^&|<>`, anything but ASCII",
        apply: |text| {
            Dialect::Cmd
                .comment(text)
                .map_err(|error| error.to_string())
        },
    },
    Filter {
        name: "json",
        meaning: "a text between the quotes of a JSON string, in ASCII",
        apply: |text| Ok(crate::json::escaped(text)),
    },
    Filter {
        name: "markdown",
        meaning: "a text in Markdown, with nothing in it that means anything there",
        apply: |text| Ok(crate::markdown::escaped(text)),
    },
];

/// Makes them known; before the templates are, for Tera looks filters up while it
/// reads them.
pub(super) fn register(tera: &mut Tera) {
    for Filter { name, apply, .. } in FILTERS {
        tera.register_filter(*name, |value: &Value, _: Kwargs, _: &State| {
            let filtered = match value.as_str() {
                Some(text) => apply(text),
                None if value.is_number() || value.is_bool() => apply(&value.to_string()),
                None => Err(format!("takes text, not {}", value.name())),
            };
            filtered.map_err(tera::Error::message)
        });
    }
}
