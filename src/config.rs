//! A parameter file, TOML or JSON by its extension, to raw parameters. Unknown
//! keys, duplicates and syntax are faults, each with its place; values are
//! judged later, by the one set of rules that flags go through too.

mod json;
mod toml;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Lookalike, Source, Span, did_you_mean_one, plain};
use crate::parameters::{self, Origin, RawParameters, RawValue};

/// What is said of YAML.
pub(crate) const NOT_YAML: &str = "YAML is not supported";

/// What a parameter file holds, and what is wrong with its form.
#[derive(Debug, Default)]
pub struct Config {
    /// The parameters that could be read.
    pub parameters: RawParameters,
    /// The values of the keys that the file may hold beside the parameters.
    #[doc(hidden)]
    pub others: BTreeMap<&'static str, (RawValue, Origin)>,
    /// Everything that could not, in the order of the file.
    pub faults: Vec<Diagnostic>,
}

impl Config {
    /// Reads the text of a parameter file.
    ///
    /// `path` says which format it is, by its extension, and is repeated in the
    /// faults; nothing is read from it.
    #[must_use]
    pub fn parse(path: &Path, bytes: &[u8]) -> Self {
        Self::parse_with(path, bytes, &[])
    }

    /// The same of a file that may hold other keys beside the parameters.
    #[doc(hidden)]
    #[must_use]
    pub fn parse_with(path: &Path, bytes: &[u8], others: &'static [&'static str]) -> Self {
        let shown = path.display().to_string();
        // Windows editors begin UTF-8 with a byte order mark.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return Self::not_utf8(&shown, bytes, error.valid_up_to()),
        };
        let mut reader = Reader::new(Source::new(&shown, text, 1), others);
        let parameters = std::mem::take(&mut reader.config.parameters);
        reader.config.parameters = parameters.of_file(Some(Span::of_file(&shown)));
        match path.extension().and_then(|extension| extension.to_str()) {
            Some(extension) if extension.eq_ignore_ascii_case("toml") => reader.toml(),
            Some(extension) if extension.eq_ignore_ascii_case("json") => reader.json(),
            _ => {
                let place = Origin::File(Span::of_file(&shown));
                let is_yaml = path.extension().is_some_and(|extension| {
                    ["yaml", "yml"]
                        .iter()
                        .any(|yaml| extension.eq_ignore_ascii_case(yaml))
                });
                let (what, help) = if is_yaml {
                    (NOT_YAML, "write TOML or JSON")
                } else {
                    let help = "give the file a name that ends in the one or the other";
                    ("is neither `.toml` nor `.json` by its name", help)
                };
                let fault = Diagnostic::of_form(None, place, what.to_owned());
                reader.config.faults.push(fault.with_help(help.to_owned()));
            }
        }
        reader.config
    }

    /// Reads a JSON object that is one line of a file.
    pub(crate) fn of_line(source: Arc<Source>) -> Self {
        let mut reader = Reader::new(source, &[]);
        reader.json();
        reader.config
    }

    /// Of a file that is no text from a byte on.
    fn not_utf8(path: &str, bytes: &[u8], from: usize) -> Self {
        let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        let (what, spot) = if is_utf16 {
            ("is UTF-16 text", Span::of_file(path))
        } else {
            ("is not UTF-8 text", Span::not_utf8(path, bytes, from, 1))
        };
        let fault = Diagnostic::of_form(None, Origin::File(spot), what.into())
            .with_help("save the file as UTF-8".to_owned());
        Self {
            faults: vec![fault],
            ..Self::default()
        }
    }
}

struct Reader {
    source: Arc<Source>,
    others: &'static [&'static str],
    config: Config,
}

impl Reader {
    fn new(source: Arc<Source>, others: &'static [&'static str]) -> Self {
        Self {
            source,
            others,
            config: Config::default(),
        }
    }

    /// One key and its value, whatever the format, and where they stand.
    fn member(&mut self, name: &str, value: RawValue, spot: Span) {
        // JSON Schema's key, by which editors find the schema of a file.
        if name == "$schema" {
            return;
        }
        let place = Origin::File(spot);
        if let Some(parameter) = parameters::find(name) {
            self.config.parameters.set(parameter.key, value, place);
        } else if let Some(other) = self.others.iter().find(|other| **other == name) {
            self.config.others.insert(other, (value, place));
        } else {
            let fault = not_a_parameter(name, place, self.others);
            self.config.faults.push(fault);
        }
    }

    /// A fault of the form, of a piece of the text.
    fn refuse(
        &mut self,
        name: Option<&str>,
        span: Range<usize>,
        what: String,
        help: Option<String>,
    ) {
        let place = Origin::File(Span::of(&self.source, span));
        let fault = Diagnostic::of_form(name, place, what).with_help(help);
        self.config.faults.push(fault);
    }

    /// A key that stands there before.
    fn given_twice(&mut self, name: &str, span: Range<usize>, first: Option<usize>) {
        let line = first.map(|offset| self.source.line(offset));
        let line = line.map_or(String::new(), |line| {
            format!(", in line {line} for the first time")
        });
        self.refuse(
            Some(name),
            span,
            format!("is set twice{line}"),
            Some("leave one of the two out".into()),
        );
    }
}

/// The fault of a name that is neither a parameter's nor one of `others`.
pub(crate) fn not_a_parameter(name: &str, place: Origin, others: &[&'static str]) -> Diagnostic {
    let known = parameters::PARAMETERS.iter().map(|row| row.name);
    let known: Vec<&str> = known.chain(others.iter().copied()).collect();
    let near = parameters::nearest_of(&plain(name), known.iter().copied());
    let help = did_you_mean_one(name, near, known.iter().copied(), "lexlogs help bundle");
    let what = match Lookalike::first(name) {
        Some(lookalike) => format!("is not a parameter: it {}", lookalike.what()),
        None => "is not a parameter".into(),
    };
    Diagnostic::of_form(Some(name), place, what).with_help(help)
}

#[cfg(test)]
mod tests;
