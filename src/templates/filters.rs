//! How a value comes into each kind of output: what is done to it where a template says nothing, and the filters that
//! templates have beside those of Tera.

use std::io::{self, Write};
use std::path::Path;

use tera::{Kwargs, State, Tera, Value};

use crate::shell::{MAX_LINE, QuoteError, Shell};

/// What stands before and behind the words in place of a value that cannot be printed: no template and no value has it.
pub(super) const REFUSED: char = '\u{1}';

/// A kind of output, each with a way of its own to print a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Sh,
    Cmd,
    Json,
    Html,
    /// Values go into it as they are.
    Text,
}

impl Kind {
    pub(super) const ALL: [Self; 5] = [Self::Sh, Self::Cmd, Self::Json, Self::Html, Self::Text];

    /// The kind of a template, by its name.
    pub(super) fn of(name: &str) -> Self {
        match Path::new(name).extension().and_then(|of| of.to_str()) {
            Some("sh") => Self::Sh,
            Some("cmd") => Self::Cmd,
            Some("json") => Self::Json,
            Some("html") => Self::Html,
            _ => Self::Text,
        }
    }

    /// How the names of templates end in which values are escaped.
    fn suffix(self) -> Option<&'static str> {
        match self {
            Self::Sh => Some(".sh"),
            Self::Cmd => Some(".cmd"),
            Self::Json => Some(".json"),
            Self::Html => Some(".html"),
            Self::Text => None,
        }
    }

    /// What has the filters of this kind, and no templates yet.
    pub(super) fn tera(self) -> Tera {
        let mut tera = Tera::new();
        register(&mut tera, self);
        tera
    }
}

/// Has the templates of a kind print values in its language; before they are parsed, for Tera looks filters up then.
fn register(tera: &mut Tera, kind: Kind) {
    let suffix = kind.suffix();
    tera.autoescape_on(suffix);
    match kind {
        Kind::Sh => tera.set_escape_fn(|text, out| print(&Shell::Bash.anywhere(text), text, out)),
        Kind::Cmd => tera.set_escape_fn(|text, out| print(&Shell::Cmd.anywhere(text), text, out)),
        Kind::Json => tera.set_escape_fn(|text, out| write!(out, "{}", crate::json::escaped(text))),
        // Tera's own.
        Kind::Html | Kind::Text => {}
    }
    let own = match kind {
        Kind::Sh => Some(Shell::Bash),
        Kind::Cmd => Some(Shell::Cmd),
        _ => None,
    };
    for (name, shell) in [("sh", Shell::Bash), ("cmd", Shell::Cmd)] {
        let is_safe = own == Some(shell);
        let filter = move |value: &Value, arguments: Kwargs, _: &State| {
            let text = match value.as_array() {
                None => shell.word(&text_of(value)?),
                Some(words) => command(shell, words, &arguments)?,
            };
            finished(text, is_safe)
        };
        tera.register_filter(name, filter);
    }
    if let Some(shell) = own {
        add(tera, "comment", true, move |text| shell.comment(text));
    }
    add(tera, "markdown", false, |text| {
        Ok(crate::markdown::escaped(text))
    });
}

/// Prints a value, or why it cannot be.
fn print(printed: &Result<String, QuoteError>, value: &str, out: &mut dyn Write) -> io::Result<()> {
    match printed {
        Ok(text) => out.write_all(text.as_bytes()),
        Err(error) => write!(
            out,
            "{REFUSED}prints `{}`: {error}{REFUSED}",
            crate::escape::escape_value(value)
        ),
    }
}

/// Makes a filter of a text to a text known.
fn add(
    tera: &mut Tera,
    name: &'static str,
    is_safe: bool,
    apply: impl Fn(&str) -> Result<String, QuoteError> + Send + Sync + 'static,
) {
    let filter =
        move |value: &Value, _: Kwargs, _: &State| finished(apply(&text_of(value)?), is_safe);
    tera.register_filter(name, filter);
}

/// The value that a filter is given, as text.
fn text_of(value: &Value) -> tera::TeraResult<String> {
    match value.as_str() {
        Some(text) => Ok(text.to_owned()),
        None if value.is_number() || value.is_bool() => Ok(value.to_string()),
        None => Err(tera::Error::message(format!(
            "takes text, not {}",
            value.name()
        ))),
    }
}

/// What a filter gives, which no template escapes again if it is safe.
fn finished(text: Result<String, QuoteError>, is_safe: bool) -> tera::TeraResult<Value> {
    let text = text.map_err(tera::Error::message)?;
    Ok(if is_safe {
        Value::safe_string(&text)
    } else {
        Value::from(text)
    })
}

/// A call of a plan: an option a line, or with `compact=true` in as few lines as are easy to read; all but the first with
/// `indent` more blanks in front.
fn command(
    shell: Shell,
    words: &[Value],
    arguments: &Kwargs,
) -> tera::TeraResult<Result<String, QuoteError>> {
    let texts = |words: &Value| -> Option<Vec<String>> {
        let words = words.as_array()?.iter();
        words.map(|word| word.as_str().map(str::to_owned)).collect()
    };
    let words: Option<Vec<Vec<String>>> = words.iter().map(texts).collect();
    let words = words.ok_or_else(|| tera::Error::message("takes text or a command, not a list"))?;
    let is_compact = arguments.get("compact")?.unwrap_or(false);
    let max_line = if is_compact { MAX_LINE } else { 0 };
    let indent = arguments.get("indent")?.unwrap_or(0);
    Ok(shell.call(&words, max_line, indent))
}
