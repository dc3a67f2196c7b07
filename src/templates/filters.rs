//! How a value comes into each kind of output: what is done to it where a template says nothing, and the filters that
//! templates have beside those of Tera.

use std::io::{self, Write};

use tera::{Kwargs, State, Tera, Value};

use super::Kind;
use crate::dialect::{Dialect, Unquotable};

/// What stands before and behind the words in place of a value that cannot be printed: no template and no value has it.
pub(super) const REFUSED: char = '\u{1}';

/// Has the templates of a kind print values in its language; before they are parsed, for Tera looks filters up then.
pub(super) fn register(tera: &mut Tera, kind: Kind) {
    let suffix = kind.suffix();
    tera.autoescape_on(suffix);
    match kind {
        Kind::Sh => tera.set_escape_fn(|text, out| print(&Dialect::Bash.anywhere(text), text, out)),
        Kind::Cmd => tera.set_escape_fn(|text, out| print(&Dialect::Cmd.anywhere(text), text, out)),
        Kind::Json => tera.set_escape_fn(|text, out| write!(out, "{}", crate::json::escaped(text))),
        // Tera's own.
        Kind::Html | Kind::Text => {}
    }
    let own = match kind {
        Kind::Sh => Some(Dialect::Bash),
        Kind::Cmd => Some(Dialect::Cmd),
        _ => None,
    };
    for (name, dialect) in [("sh", Dialect::Bash), ("cmd", Dialect::Cmd)] {
        let is_safe = own == Some(dialect);
        add(tera, name, is_safe, move |text| dialect.word(text));
    }
    if let Some(dialect) = own {
        add(tera, "comment", true, move |text| dialect.comment(text));
    }
    add(tera, "markdown", false, |text| {
        Ok(crate::markdown::escaped(text))
    });
}

/// Prints a value, or why it cannot be.
fn print(printed: &Result<String, Unquotable>, value: &str, out: &mut dyn Write) -> io::Result<()> {
    match printed {
        Ok(text) => out.write_all(text.as_bytes()),
        Err(error) => write!(
            out,
            "{REFUSED}prints `{}`: {error}{REFUSED}",
            crate::escape::printable(value)
        ),
    }
}

/// Makes a filter of a text to a text known.
fn add(
    tera: &mut Tera,
    name: &'static str,
    is_safe: bool,
    apply: impl Fn(&str) -> Result<String, Unquotable> + Send + Sync + 'static,
) {
    let filter = move |value: &Value, _: Kwargs, _: &State| {
        let text = match value.as_str() {
            Some(text) => apply(text),
            None if value.is_number() || value.is_bool() => apply(&value.to_string()),
            None => {
                let what = format!("takes text, not {}", value.name());
                return Err(tera::Error::message(what));
            }
        };
        let text = text.map_err(tera::Error::message)?;
        Ok(if is_safe {
            Value::safe_string(&text)
        } else {
            Value::from(text)
        })
    };
    tera.register_filter(name, filter);
}
