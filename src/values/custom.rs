//! Values of one's own, which only templates of one's own read.

use std::collections::BTreeMap;

use serde::Serialize;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::form::{Form, Letters};
use super::raw::{RawPair, RawValue};
use super::tags::{first_fault, pairs, split};
use super::text::{all, charset, length};
use crate::escape::escape_value;
use crate::span::Span;

/// The most values, those in lists included. The time that reading a request
/// takes is bounded by it, too.
pub(crate) const MAX: usize = 50;

/// The least and the most characters of a name.
const NAME: (usize, usize) = (1, 64);
/// The least and the most characters of a text.
const TEXT: (usize, usize) = (0, 500);
/// The letters of a name: it stands in templates as it is.
const NAME_LETTERS: Letters = Letters::alphanumeric_and("_");

/// A value, of a type that both formats of files have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum CustomValue {
    Text(String),
    /// A whole number.
    Number(i64),
    /// `true` or `false`.
    Switch(bool),
    List(Vec<String>),
}

impl std::fmt::Display for CustomValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Switch(on) => write!(f, "{on}"),
            Self::List(texts) => f.write_str(&texts.join(", ")),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Custom(BTreeMap<String, CustomValue>);

impl Custom {
    pub(crate) const RULE: &'static str = "at most 50 values; names of 1 to 64 letters, digits and `_` that begin with a letter; \
texts of 0 to 500 characters without control or invisible ones; in a file also whole numbers, `true`, `false` and lists of texts. \
As a flag: NAME=VALUE, several separated by `,` or by repeating the flag";
    pub(crate) const EXAMPLE: &'static str = "ticket=CHG0042";

    /// Whether values that are written as text pass; if not, the first thing that is
    /// wrong with them.
    pub(crate) fn check(text: &str) -> Result<(), String> {
        first_fault(Self::read(&RawValue::Text(text.to_owned())))
    }

    /// The values of a given value, or everything that is wrong with them, each
    /// with its place in the file that it stands in, if it stands in one.
    pub(crate) fn read(value: &RawValue) -> Result<Self, Vec<(String, Option<Span>)>> {
        let pairs = pairs(value, "a table", from_text)?;
        let mut faults = Vec::new();
        let mut values = BTreeMap::new();
        let mut count = 0;
        for RawPair { key, value, spot } in pairs {
            let shown = escape_value(&key);
            if let Err(fault) = check_name(&key) {
                faults.push((format!("the name `{shown}` {fault}"), spot.clone()));
            }
            let value = match read_value(&value) {
                Ok(value) => value,
                Err(fault) => {
                    let what = format!("the value of `{shown}` {fault}");
                    faults.push((what, spot.map(Span::at_value)));
                    continue;
                }
            };
            count += match &value {
                CustomValue::List(texts) => texts.len().max(1),
                _ => 1,
            };
            if values.insert(key, value).is_some() {
                faults.push((format!("the name `{shown}` is set twice"), spot));
            }
        }
        if count > MAX {
            let what = format!("has more than {MAX} values, those in lists included");
            faults.push((what, None));
        }
        if faults.is_empty() {
            Ok(Self(values))
        } else {
            Err(faults)
        }
    }

    /// Two given values as one, in which those of `over` stand in place of those of
    /// the same names; none if one of them is not of a form that has names.
    pub(crate) fn together(under: &RawValue, over: &RawValue) -> Option<RawValue> {
        let pairs = |value: &RawValue| match value {
            RawValue::Pairs(pairs) => Some(pairs.clone()),
            RawValue::Text(text) => from_text(text).ok(),
            _ => None,
        };
        let (under, over) = (pairs(under)?, pairs(over)?);
        let is_free = |pair: &RawPair| over.iter().all(|other| other.key != pair.key);
        let under = under.into_iter().filter(is_free);
        Some(RawValue::Pairs(under.chain(over.clone()).collect()))
    }

    /// The form of values that are written as text, see [`from_text`].
    pub(crate) fn form() -> Form {
        let name = format!("[A-Za-z]{}*", NAME_LETTERS.class());
        let pair = format!("{name}=[^\\x00-\\x1f\\x7f,]*");
        Form {
            pattern: Some(format!("^({pair}(,{pair})*)?$")),
            ..Form::default()
        }
    }

    /// The values by name, sorted.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &CustomValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Values as a flag or a CSV cell writes them.
fn from_text(text: &str) -> Result<Vec<RawPair>, String> {
    let form = "NAME=VALUE; a text with `,` in it goes into a parameter file";
    split(text, form)
}

fn check_name(name: &str) -> Result<(), String> {
    let first = if name.starts_with(|c: char| c.is_ascii_digit() || c == '_') {
        Err("does not begin with a letter".into())
    } else {
        Ok(())
    };
    let letters = charset(name, |c| NAME_LETTERS.has(c));
    all([length(name, NAME.0, NAME.1), letters, first])
}

fn read_value(value: &RawValue) -> Result<CustomValue, String> {
    let not_whole = "is a number that is not a whole one of 64 bits; put it in quotes";
    Ok(match value {
        RawValue::Text(text) => {
            check_text(text)?;
            CustomValue::Text(text.clone())
        }
        RawValue::Switch(on) => CustomValue::Switch(*on),
        RawValue::Other("a number", source) => {
            let digits = source.replace('_', "");
            CustomValue::Number(digits.parse().map_err(|_| not_whole)?)
        }
        RawValue::List(items, _) => {
            let text = |item: &RawValue| {
                let text = item
                    .as_text()
                    .map_err(|fault| format!("is a list of which one {fault}"))?;
                check_text(text).map_err(|fault| format!("is a list of which one {fault}"))?;
                Ok::<_, String>(text.to_owned())
            };
            CustomValue::List(items.iter().map(text).collect::<Result<_, _>>()?)
        }
        RawValue::Pairs(_) => return Err("is a table, not a value".into()),
        RawValue::Other(what, _) => return Err(format!("is {what}, not a value")),
    })
}

/// One line, in which nothing hides and nothing moves a cursor.
fn check_text(text: &str) -> Result<(), String> {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator};
    let letters = charset(text, |c| {
        !matches!(
            c.general_category(),
            Control | Format | LineSeparator | ParagraphSeparator
        )
    });
    all([length(text, TEXT.0, TEXT.1), letters])
}

pub(crate) fn forms() -> [Form; 2] {
    let name = format!("^[A-Za-z]{}*$", NAME_LETTERS.class());
    [
        Form::new(NAME, name),
        Form::new(TEXT, "^[^\\x00-\\x1f\\x7f]*$"),
    ]
}

#[cfg(test)]
mod tests;
