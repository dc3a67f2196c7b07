//! Which built-in templates those of a folder were made from, so that one for
//! another version is not used by mistake.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::escape_value;
use crate::digest::{GENERATOR, sha256};
use crate::templates::{BUILT_IN, replaceable};

/// The name of the file that says which templates those of a folder were made
/// from.
pub const RECORD: &str = "lexlogs-templates.json";

/// What somebody may keep beside the templates.
pub(super) const README: &str = "README.md";

/// Which templates a folder's were made from.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Record {
    /// The program and its version.
    generator: String,
    /// The SHA-256 of each built-in template by its name.
    templates: BTreeMap<String, String>,
}

impl Record {
    /// The record of this version, for all templates.
    fn now() -> Self {
        let template = |name| Some((String::from(name), sha256(built_in(name)?.as_bytes())));
        Self {
            generator: GENERATOR.to_owned(),
            templates: replaceable().filter_map(template).collect(),
        }
    }

    /// Whether a file replaces the built-in one.
    pub(super) fn judge(&self, name: &str, text: &str) -> Result<bool, String> {
        let now = built_in(name).unwrap_or_default();
        if text == now {
            return Ok(false);
        }
        let now = sha256(now.as_bytes());
        match self.templates.get(name) {
            // As it was exported: nobody's own, so that of this version stands.
            Some(base) if *base == sha256(text.as_bytes()) => Ok(false),
            Some(base) if *base == now => Ok(true),
            None if self.generator == GENERATOR => Ok(true),
            _ => Err(format!(
                "was made from the template of {}, and that of this version ({GENERATOR}) is another: write the new ones by \
`lexlogs templates export NEW`, carry your changes over into NEW/{name}, and use NEW",
                escape_value(&self.generator)
            )),
        }
    }
}

/// The text of a built-in template.
#[must_use]
pub fn built_in(name: &str) -> Option<&'static str> {
    let name = replaceable().find(|known| *known == name)?;
    BUILT_IN.get_file(name)?.contents_utf8()
}

/// What is recorded of all templates.
const USE: &str = "- `lexlogs templates variables NAME` prints an example value of every variable of a template. A parameter that was not \
given is an empty text, a switch that is off is false.
- `custom.NAME` is a value of `[custom]`. One that nobody gives is an error where it is printed: ask `custom.NAME is defined`, or \
write `| default(value=\"…\")`.
- What a `.sh` or `.cmd` template prints is quoted for that shell, HTML and JSON likewise. A value that could do harm within quotes of \
the template is refused there: `| sh` and `| cmd` quote it as a word of its own, not within quotes. `| comment` is for a piece of a \
comment, `| safe` leaves a value as it is.
- In a text, `| markdown` takes from a value all that means something to Markdown.
- `{% include \"built-in/NAME\" %}` is the built-in template of that name: put something before it or behind it.
";

/// What an export has: every template that can be replaced, the record of which
/// they are, and the reference; by paths with `/`.
///
/// # Errors
/// None that can occur: serde's error type.
pub fn export() -> Result<Vec<(String, String)>, serde_json::Error> {
    let texts =
        replaceable().filter_map(|name| Some((name.to_owned(), built_in(name)?.to_owned())));
    let mut files: Vec<(String, String)> = texts.collect();
    files.push((RECORD.to_owned(), crate::json::to_text(&Record::now())?));
    let readme = format!(
        "# Templates of {GENERATOR}\n\nThose of this folder replace the built-in ones of their names, with `--templates`. Delete those that are not to be \
different, or leave them as they are: both are the same, and the next version of lexlogs then brings its own. They are in the language of \
[Tera 2](https://keats.github.io/tera/). Do not change {RECORD}: by it lexlogs knows what was changed, and whether a template is for another version.\n\n{USE}"
    );
    files.push((README.to_owned(), readme));
    Ok(files)
}
