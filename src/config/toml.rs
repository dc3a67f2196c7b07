//! Parameters in TOML.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::Reader;
use crate::diagnostic::{Lookalike, Source, Span, escape_value};
use crate::parameters::{self, Kind, RawPair, RawValue};
use crate::values::raw::switch;

const FORM: &str = "a line is `name = \"value\"`, or the beginning of a table, `[tags]`";

impl Reader {
    pub(super) fn toml(&mut self) {
        let source = std::sync::Arc::clone(&self.source);
        let (table, mut errors) = DeTable::parse_recoverable(source.text());
        errors.sort_by_key(|error| error.span().map(|span| span.start));
        // What follows in the same line is mostly of the same cause.
        let line = |error: &Error| source.line(error.span().unwrap_or_default().start);
        errors.dedup_by_key(|error| line(error));
        let mut is_whole = true;
        for error in &errors {
            let span = error.span().unwrap_or_default();
            let name = source.text().get(span.clone()).unwrap_or_default();
            let first = table.get_ref().get_key_value(name);
            if error.message() == "duplicate key" {
                // Below a table's header it is a key of that table.
                let before = source.text().get(..span.start).unwrap_or_default();
                let mut before = before.lines();
                let is_top = !before.any(|line| line.trim_start().starts_with('['));
                let first = first.filter(|_| is_top).map(|(key, _)| key.span().start);
                self.given_twice(name, span, first);
            } else {
                self.syntax(error, span);
                is_whole = false;
            }
        }
        // After a syntax error the table holds guesses; their faults would mislead.
        if !is_whole {
            return;
        }
        let mut members: Vec<_> = table.get_ref().iter().collect();
        members.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in members {
            let raw = toml_value(&source, value);
            let spot = Span::new(&source, key.span(), value.span());
            self.member(key.get_ref(), raw, spot);
        }
    }

    /// What is no TOML, and how it would be.
    fn syntax(&mut self, error: &Error, span: Range<usize>) {
        let line = self
            .source
            .line_at(span.start.min(self.source.text().len()));
        if let Some(lookalike) = lookalike_of(self.source.text(), line, span.start) {
            let what = format!("is not TOML: it {}", lookalike.what());
            return self.refuse(None, lookalike.at.clone(), what, Some(lookalike.help()));
        }
        if self.source.text().trim_start().starts_with("---") {
            let help = "write TOML, such as `region = \"us-east-1\"`, or JSON";
            return self.refuse(None, span, super::NOT_YAML.into(), Some(help.into()));
        }
        let what = format!("is not TOML: {}", error.message().trim_end());
        let help = Line::at(&self.source, span.start).and_then(|line| line.help());
        let help = help.unwrap_or_else(|| FORM.to_owned());
        self.refuse(None, span, what, Some(help));
    }
}

/// The character in a line at fault that is not what it looks like: the one at
/// the fault, or the first one that is not in a comment.
fn lookalike_of(text: &str, line: Range<usize>, at: usize) -> Option<Lookalike> {
    let here = Lookalike::within(text, at..line.end).filter(|found| found.at.start == at);
    here.or_else(|| {
        let comment = text.get(line.clone())?.find(" #");
        let end = comment.map_or(line.end, |comment| line.start + comment);
        Lookalike::within(text, line.start..end)
    })
}

fn toml_value(source: &std::sync::Arc<Source>, value: &Spanned<DeValue<'_>>) -> RawValue {
    let text = source
        .text()
        .get(value.span())
        .unwrap_or_default()
        .to_owned();
    match value.get_ref() {
        DeValue::String(text) => RawValue::Text(text.to_string()),
        DeValue::Boolean(on) => RawValue::Switch(*on),
        DeValue::Table(table) => {
            let mut members: Vec<_> = table.iter().collect();
            members.sort_by_key(|(key, _)| key.span().start);
            let pairs = members.into_iter().map(|(key, value)| RawPair {
                key: key.get_ref().to_string(),
                value: toml_value(source, value),
                spot: Some(Span::new(source, key.span(), value.span())),
            });
            RawValue::Pairs(pairs.collect())
        }
        DeValue::Integer(_) | DeValue::Float(_) => RawValue::Other("a number", text),
        DeValue::Datetime(_) => RawValue::Other("a date", text),
        DeValue::Array(items) => {
            let items = items.iter().map(|item| toml_value(source, item));
            RawValue::List(items.collect(), text)
        }
    }
}

/// A line that gives a parameter, however it is written.
struct Line<'a> {
    parameter: &'static parameters::Parameter,
    separator: char,
    /// The rest, without a comment and without quotes.
    value: &'a str,
}

impl<'a> Line<'a> {
    /// The line that a byte is in, if it begins with the name of a parameter.
    fn at(source: &'a Source, offset: usize) -> Option<Self> {
        source.text().get(offset..)?;
        let line = source.text().get(source.line_at(offset))?;
        let at = line.find(['=', ':'])?;
        let separator = line[at..].chars().next()?;
        let parameter = parameters::find(line[..at].trim().trim_matches('"'))?;
        let value = line[at + 1..].split('#').next().unwrap_or_default();
        let value = value.trim().trim_end_matches(',');
        Some(Self {
            parameter,
            separator,
            value: value.trim_matches(['"', '\'']),
        })
    }

    /// How it would be written, where that is known: with its value in quotes,
    /// which hold no character that means anything to them.
    fn help(&self) -> Option<String> {
        let Self {
            parameter,
            separator,
            value,
        } = self;
        if ["null", "nil", "None", "~", "undefined"].contains(value) {
            return Some("TOML has no `null`: leave the key out".into());
        }
        if value.is_empty() || matches!(parameter.kind, Kind::Tags | Kind::Custom) {
            return None;
        }
        let name = parameter.name;
        // Nothing is proposed that would be refused in its turn.
        if parameter.kind == Kind::Text && (parameter.check)(value).is_err() {
            let example = parameter.example;
            return Some(format!(
                "expected {} in quotes, for example `{name} = \"{example}\"`",
                parameter.rule_of_text()
            ));
        }
        let written = match parameter.kind {
            Kind::Switch => format!("{name} = {}", switch(value)?),
            Kind::Text | Kind::Tags | Kind::Custom => format!("{name} = \"{value}\""),
        };
        let why = match (separator, parameter.kind) {
            (':', _) => "TOML has `=` between a name and its value",
            (_, Kind::Switch) => "a switch is `true` or `false`",
            (_, Kind::Text | Kind::Tags | Kind::Custom) => {
                "TOML has text in quotes, one at each end"
            }
        };
        Some(format!("{why}: did you mean `{}`?", escape_value(&written)))
    }
}
