//! Parameters as they were given, and where; no rule has looked at them.

use std::collections::BTreeMap;

use super::{Key, Kind};
use crate::fault::Spot;

/// A value as it was given, before any rule has looked at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawValue {
    /// Text, from a flag or a quoted value of a file.
    Text(String),
    /// A boolean of a file.
    Switch(bool),
    /// Keys and values, in the order given; nothing says that they are unique.
    Pairs(Vec<RawPair>),
    /// A value of a type that no parameter has, with the words for it (`a
    /// number`) and the text as it stands in the file.
    Other(&'static str, String),
}

impl RawValue {
    /// The text, if the value is one.
    ///
    /// # Errors
    /// What it is instead, as a sentence fragment, and how to mend that.
    pub fn as_text(&self) -> Result<&str, String> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Switch(_) => Err("is a boolean; put it in quotes if it is meant as text".into()),
            Self::Pairs(_) => Err("is a table, not text".into()),
            Self::Other("a number", _) => Err("is a number; put it in quotes".into()),
            Self::Other(what, _) => Err(format!("is {what}, not text")),
        }
    }
}

impl std::fmt::Display for RawValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) | Self::Other(_, text) => f.write_str(text),
            Self::Switch(on) => write!(f, "{on}"),
            Self::Pairs(pairs) => {
                let pairs = pairs
                    .iter()
                    .map(|pair| format!("{}={}", pair.key, pair.value));
                f.write_str(&pairs.collect::<Vec<_>>().join(","))
            }
        }
    }
}

/// A key and its value, such as a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawPair {
    /// The key.
    pub key: String,
    /// The value, of whatever type it was given.
    pub value: RawValue,
    /// Where in a parameter file it stands.
    pub spot: Option<Spot>,
}

/// Where a value was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A flag on the command line.
    Flag,
    /// What was typed when it was asked for.
    Answer,
    /// In a parameter file, or in a page.
    File(Spot),
    /// A cell of a table, in the column of the parameter's name.
    Cell(Spot),
    /// The marker of a region in a documentation page, which holds
    /// `key=value`.
    Region {
        /// The page, as the user named it.
        path: String,
        /// The line, counted from 1.
        line: usize,
    },
}

impl Place {
    /// The file and the line, as far as it has them.
    pub(crate) fn line(&self) -> Option<(&str, usize)> {
        match self {
            Self::Flag | Self::Answer => None,
            Self::File(spot) | Self::Cell(spot) => Some((spot.path(), spot.line())),
            Self::Region { path, line } => Some((path, *line)),
        }
    }

    /// The spot, of what has one.
    pub(crate) fn spot(&self) -> Option<&Spot> {
        match self {
            Self::File(spot) | Self::Cell(spot) => Some(spot),
            Self::Flag | Self::Answer | Self::Region { .. } => None,
        }
    }

    /// The same, where it is the value that is at fault.
    pub(crate) fn at_value(self) -> Self {
        match self {
            Self::File(spot) => Self::File(spot.at_value()),
            Self::Cell(spot) => Self::Cell(spot.at_value()),
            other => other,
        }
    }

    /// The same with no more of the text than is shown.
    pub(crate) fn shortened(self) -> Self {
        match self {
            Self::File(spot) => Self::File(spot.shortened()),
            Self::Cell(spot) => Self::Cell(spot.shortened()),
            other => other,
        }
    }

    /// `path:line:column`, as compilers write it and editors read it.
    pub(crate) fn shown(&self) -> Option<String> {
        let (path, line) = self.line()?;
        let path = crate::fault::visible(path);
        let column = self.spot().and_then(Spot::column);
        Some(column.map_or_else(
            || format!("{path}:{line}"),
            |column| format!("{path}:{line}:{column}"),
        ))
    }
}

/// The parameters as they were given; what is not given is not in it.
#[derive(Clone, Debug, Default)]
pub struct RawParameters {
    given: BTreeMap<Key, (RawValue, Place)>,
    /// Values that flags took the place of.
    replaced: BTreeMap<Key, (RawValue, Place)>,
}

impl RawParameters {
    /// Sets one parameter; a value that was there is replaced.
    pub fn set(&mut self, key: Key, value: RawValue, place: Place) {
        self.given.insert(key, (value, place));
    }

    /// The value of a parameter and where it was given.
    #[must_use]
    pub fn get(&self, key: Key) -> Option<(&RawValue, &Place)> {
        self.given.get(&key).map(|(value, place)| (value, place))
    }

    /// Takes one parameter out.
    pub fn remove(&mut self, key: Key) {
        self.given.remove(&key);
    }

    /// Whether nothing is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// Keeps the parameters whose value passes; the others are as if they had not
    /// been given.
    pub fn retain(&mut self, passes: impl Fn(&RawValue) -> bool) {
        self.given.retain(|_, (value, _)| passes(value));
    }

    /// These parameters, with those of `over` in place of the same ones here:
    /// how flags win over a file.
    #[must_use]
    pub fn overridden_by(mut self, over: Self) -> Self {
        for (key, (value, place)) in over.given {
            let is_flag = place == Place::Flag;
            if let Some(old) = self.given.insert(key, (value, place))
                && is_flag
            {
                self.replaced.insert(key, old);
            }
        }
        self.replaced.extend(over.replaced);
        self
    }

    /// The value of a parameter in whose place a flag came.
    pub(crate) fn replaced(&self, key: Key) -> Option<(&RawValue, &Place)> {
        self.replaced.get(&key).map(|(value, place)| (value, place))
    }

    /// These parameters without those that are given as their own names, and
    /// the keys of those: how documentation asks for a placeholder word that
    /// would not stand there by itself, such as `kms-key-arn`.
    pub(crate) fn without_placeholders(&self) -> (Self, Vec<Key>) {
        let (words, given) = self
            .given
            .clone()
            .into_iter()
            .partition(|(key, (value, _))| {
                key.parameter().kind == Kind::Text
                    && matches!(value, RawValue::Text(text) if text == key.name())
            });
        let words: BTreeMap<Key, _> = words;
        let replaced = self.replaced.clone();
        (Self { given, replaced }, words.into_keys().collect())
    }
}
