//! Parameters as they were given, and where; no rule has looked at them.

use std::collections::BTreeMap;

use super::table::{DefaultValue, Key, Kind, LOGS, PARAMETERS};
use crate::span::Span;
use crate::values::custom::Custom;
use crate::values::raw::RawValue;

/// Where a value was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag on the command line.
    Flag,
    /// What was typed when it was asked for, or what a program gave.
    Answer,
    /// In a parameter file, or in a page.
    File(Span),
    /// A cell of a table, in the column of the parameter's name.
    Cell(Span),
    /// The marker of a region in a documentation page, which holds
    /// `key=value`.
    Region(Span),
}

impl Origin {
    /// The file, of what has one.
    pub(crate) fn path(&self) -> Option<&str> {
        self.spot().map(Span::path)
    }

    /// The file and the line, as far as it has them.
    pub(crate) fn line(&self) -> Option<(&str, usize)> {
        self.path().zip(self.spot().map(Span::line))
    }

    /// The spot, of what has one.
    pub(crate) fn spot(&self) -> Option<&Span> {
        match self {
            Self::File(spot) | Self::Cell(spot) | Self::Region(spot) => Some(spot),
            Self::Flag | Self::Answer => None,
        }
    }

    /// The same, where it is the value that is at fault.
    pub(crate) fn at_value(self) -> Self {
        self.with(Span::at_value)
    }

    /// The same with no more of the text than is shown.
    pub(crate) fn shortened(self) -> Self {
        self.with(Span::shortened)
    }

    fn with(self, change: fn(Span) -> Span) -> Self {
        match self {
            Self::File(spot) => Self::File(change(spot)),
            Self::Cell(spot) => Self::Cell(change(spot)),
            Self::Region(spot) => Self::Region(change(spot)),
            Self::Flag | Self::Answer => self,
        }
    }
}

/// The parameters as they were given; what is not given is not in it.
#[derive(Clone, Debug, Default)]
pub struct RawParameters {
    given: BTreeMap<Key, (RawValue, Origin)>,
    /// Values that flags took the place of.
    replaced: BTreeMap<Key, (RawValue, Origin)>,
    /// The parameter file, where what is missing must be added.
    file: Option<Span>,
    /// A parameter file that exists and was not read.
    unread: Option<&'static str>,
}

impl<'a> FromIterator<(Key, &'a str)> for RawParameters {
    /// Parameters that a program gives, as text, with no place in a file; of two
    /// values of one, the last holds.
    fn from_iter<T: IntoIterator<Item = (Key, &'a str)>>(given: T) -> Self {
        let mut parameters = Self::default();
        for (key, value) in given {
            parameters.set(key, RawValue::Text(value.to_owned()), Origin::Answer);
        }
        parameters
    }
}

impl RawParameters {
    /// Parameters that pass, to try things out: what must be given, and text logs,
    /// each with the example of the table.
    pub fn example() -> Self {
        let rows = PARAMETERS.iter();
        rows.filter(|row| row.default == DefaultValue::Required || row.key == LOGS[0])
            .map(|row| (row.key, row.example))
            .collect()
    }

    /// Sets one parameter; a value that was there is replaced.
    pub fn set(&mut self, key: Key, value: RawValue, place: Origin) {
        self.given.insert(key, (value, place));
    }

    /// The value of a parameter and where it was given.
    pub fn get(&self, key: Key) -> Option<(&RawValue, &Origin)> {
        self.given.get(&key).map(|(value, place)| (value, place))
    }

    /// Takes one parameter out.
    pub fn remove(&mut self, key: Key) {
        self.given.remove(&key);
    }

    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// Keeps the parameters whose value passes; the others are as if they had not
    /// been given.
    pub fn retain(&mut self, passes: impl Fn(&RawValue) -> bool) {
        self.given.retain(|_, (value, _)| passes(value));
    }

    /// These parameters, with those of `over` in place of the same ones here:
    /// how flags win over a file. Of values of one's own each is one of these: a
    /// flag with a ticket number leaves the others of the file.
    #[must_use]
    pub fn overridden_by(mut self, mut over: Self) -> Self {
        if let (Some((under, _)), Some((value, _))) =
            (self.get(Key::Custom), over.given.get_mut(&Key::Custom))
            && let Some(both) = Custom::together(under, value)
        {
            *value = both;
        }
        for (key, (value, place)) in over.given {
            let is_flag = place == Origin::Flag;
            if let Some(old) = self.given.insert(key, (value, place))
                && is_flag
            {
                self.replaced.insert(key, old);
            }
        }
        self.replaced.extend(over.replaced);
        self.file = over.file.or(self.file);
        self
    }

    /// These parameters, read from that file or from none.
    #[must_use]
    pub(crate) fn of_file(mut self, file: Option<Span>) -> Self {
        self.file = file;
        self
    }

    /// These parameters, where that file exists and was not read.
    #[must_use]
    pub(crate) fn beside(mut self, file: &'static str) -> Self {
        self.unread = Some(file);
        self
    }

    /// A parameter file that exists and was not read.
    pub(crate) fn unread(&self) -> Option<&'static str> {
        self.unread
    }

    /// The place of what is missing.
    pub(crate) fn place_of_missing(&self) -> Option<Origin> {
        self.file.clone().map(Origin::File)
    }

    /// The value of a parameter in whose place a flag came.
    pub(crate) fn replaced(&self, key: Key) -> Option<(&RawValue, &Origin)> {
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
        let rest = Self {
            given,
            ..self.clone()
        };
        (rest, words.into_keys().collect())
    }
}
