//! Values of one's own, which only templates of one's own read.

use std::collections::BTreeMap;

use serde::Serialize;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::form::{Form, Letters};
use super::raw::{RawPair, RawValue};
use super::tags::{first_fault, pairs};
use super::text::{charset, length};
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
    /// One line.
    Text(String),
    /// A whole number.
    Number(i64),
    /// `true` or `false`.
    Switch(bool),
    /// Lines.
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

/// Values by name.
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
                faults.push((format!("the name `{shown}` is given twice"), spot));
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
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Values as a flag or a CSV cell writes them, `NAME=VALUE,NAME=VALUE`. A text
/// with a comma in it can only be given in a file.
fn from_text(text: &str) -> Result<Vec<RawPair>, String> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    text.split(',')
        .map(|pair| match pair.split_once('=') {
            Some((name, value)) => Ok(RawPair {
                key: name.to_owned(),
                value: RawValue::Text(value.to_owned()),
                spot: None,
            }),
            None => Err(format!(
                "has `{}`, which is not NAME=VALUE; a text with `,` in it goes into a parameter file",
                escape_value(pair)
            )),
        })
        .collect()
}

fn check_name(name: &str) -> Result<(), String> {
    length(name, NAME.0, NAME.1)?;
    charset(name, |c| NAME_LETTERS.has(c))?;
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        Ok(())
    } else {
        Err("does not begin with a letter".into())
    }
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
    length(text, TEXT.0, TEXT.1)?;
    charset(text, |c| {
        !matches!(
            c.general_category(),
            Control | Format | LineSeparator | ParagraphSeparator
        )
    })
}

/// The forms of names and of texts.
pub(crate) fn forms() -> [Form; 2] {
    let name = format!("^[A-Za-z]{}*$", NAME_LETTERS.class());
    [
        Form::new(NAME, name),
        Form::new(TEXT, "^[^\\x00-\\x1f\\x7f]*$"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> RawValue {
        RawValue::Text(text.into())
    }

    fn number(source: &str) -> RawValue {
        RawValue::Other("a number", source.into())
    }

    fn list(items: &[&str]) -> RawValue {
        RawValue::List(items.iter().map(|item| text(item)).collect(), "[…]".into())
    }

    fn read(pairs: &[(&str, RawValue)]) -> Result<Custom, Vec<(String, Option<usize>)>> {
        let pairs = std::iter::zip(1.., pairs).map(|(line, (key, value))| RawPair {
            key: (*key).to_owned(),
            value: value.clone(),
            spot: Some(Span::line_of("a.toml", line)),
        });
        Custom::read(&RawValue::Pairs(pairs.collect())).map_err(|faults| {
            let lines = faults.into_iter();
            let line = |spot: Span| spot.line();
            lines.map(|(what, spot)| (what, spot.map(line))).collect()
        })
    }

    #[test]
    fn values_of_all_types_are_sorted_and_kept() {
        let custom = read(&[
            ("ticket", text("CHG 0042 „ü“ $(id) \"%PATH%\"")),
            ("approvers", list(&["Ann", "Bo, Team"])),
            ("days", number("-1_000")),
            ("Urgent", RawValue::Switch(true)),
            ("none", text("")),
        ])
        .expect("good values");
        let json = serde_json::to_string(&custom).expect("JSON");
        assert_eq!(
            json,
            r#"{"Urgent":true,"approvers":["Ann","Bo, Team"],"days":-1000,"none":"","ticket":"CHG 0042 „ü“ $(id) \"%PATH%\""}"#
        );
    }

    #[test]
    fn values_can_be_written_as_text() {
        let custom = Custom::read(&text("a=1,b=x=y,c=")).expect("good values");
        let values: Vec<_> = custom
            .iter()
            .map(|(name, value)| (name, value.clone()))
            .collect();
        let texts =
            [("a", "1"), ("b", "x=y"), ("c", "")].map(|(n, v)| (n, CustomValue::Text(v.into())));
        assert_eq!(values, texts);
        assert!(Custom::read(&text("")).is_ok_and(|custom| custom.is_empty()));
        assert_eq!(
            Custom::read(&text("a=1, b")).expect_err("no pair"),
            [(
                "has ` b`, which is not NAME=VALUE; a text with `,` in it goes into a parameter file".to_owned(),
                None
            )]
        );
    }

    #[test]
    fn what_could_hide_or_break_a_line_is_refused_with_its_line() {
        for (name, value, what) in [
            (
                "a",
                text("x\ny"),
                "the value of `a` has the character `\\n` at position 2",
            ),
            (
                "a",
                text("x\r"),
                "the value of `a` has the character `\\r` at position 2",
            ),
            (
                "a",
                text("\u{1b}[2J"),
                "the value of `a` has the character `\\u{1b}` at position 1",
            ),
            (
                "a",
                text("\u{202e}"),
                "the value of `a` has the character `\\u{202e}` at position 1",
            ),
            (
                "a",
                text("\u{2028}"),
                "the value of `a` has the character `\\u{2028}` at position 1",
            ),
            (
                "a",
                text("\u{85}"),
                "the value of `a` has the character `\\u{85}` at position 1",
            ),
            (
                "a",
                text(&"x".repeat(501)),
                "the value of `a` has 501 characters; 0 to 500 are allowed",
            ),
            (
                "a",
                list(&["x", "\t"]),
                "the value of `a` is a list of which one has the character `\\t` at position 1",
            ),
            (
                "a",
                RawValue::List(vec![number("1")], "[1]".into()),
                "the value of `a` is a list of which one is a number; put it in quotes",
            ),
            (
                "a",
                number("1.5"),
                "the value of `a` is a number that is not a whole one of 64 bits; put it in quotes",
            ),
            (
                "a",
                number("9223372036854775808"),
                "the value of `a` is a number that is not a whole one of 64 bits; put it in quotes",
            ),
            (
                "a",
                RawValue::Pairs(Vec::new()),
                "the value of `a` is a table, not a value",
            ),
            (
                "a",
                RawValue::Other("null", "null".into()),
                "the value of `a` is null, not a value",
            ),
            (
                "change-no",
                text("x"),
                "the name `change-no` has the character `-` at position 7",
            ),
            (
                "1a",
                text("x"),
                "the name `1a` does not begin with a letter",
            ),
            (
                "_a",
                text("x"),
                "the name `_a` does not begin with a letter",
            ),
            ("", text("x"), "the name `` is empty"),
            (
                "größe",
                text("x"),
                "the name `größe` has the character `ö` at position 3",
            ),
        ] {
            assert_eq!(
                read(&[(name, value)]).expect_err(what),
                [(what.to_owned(), Some(1))]
            );
        }
        assert!(read(&[(&"x".repeat(64), text(&"ü".repeat(500)))]).is_ok());
        assert!(read(&[(&"x".repeat(65), text(""))]).is_err());
        let twice = read(&[("a", text("1")), ("a", text("2"))]).expect_err("twice");
        assert_eq!(twice, [("the name `a` is given twice".to_owned(), Some(2))]);
    }

    #[test]
    fn values_in_lists_count() {
        let of = |count: usize| read(&[("a", list(&vec!["x"; count])), ("b", text("y"))]);
        assert!(of(49).is_ok());
        assert_eq!(
            of(50).expect_err("too many"),
            [(
                "has more than 50 values, those in lists included".to_owned(),
                None
            )]
        );
    }
}
