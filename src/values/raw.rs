//! Values as they were given, before any rule has looked at them.

use crate::span::Span;

/// A value as it was given, before any rule has looked at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawValue {
    /// Text, from a flag or a quoted value of a file.
    Text(String),
    Switch(bool),
    /// Keys and values, in the order given; nothing says that they are unique.
    Pairs(Vec<RawPair>),
    /// The items of a list, and the text as it stands in the file.
    List(Vec<RawValue>, String),
    /// A value of a type that no parameter has, with the words for it (`a
    /// number`) and the text as it stands in the file.
    Other(&'static str, String),
}

impl RawValue {
    /// The text, if the value is one.
    pub fn as_text(&self) -> Result<&str, String> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Switch(_) => Err("is a boolean; put it in quotes if it is meant as text".into()),
            Self::Pairs(_) => Err("is a table, not text".into()),
            Self::List(..) => Err("is an array, not text".into()),
            Self::Other("a number", _) => Err("is a number; put it in quotes".into()),
            Self::Other(what, _) => Err(format!("is {what}, not text")),
        }
    }
}

impl std::fmt::Display for RawValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) | Self::List(_, text) | Self::Other(_, text) => f.write_str(text),
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
    pub key: String,
    /// The value, of whatever type it was given.
    pub value: RawValue,
    /// Where in a parameter file it stands.
    pub spot: Option<Span>,
}

pub(crate) fn switch(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "1" | "yes" | "y" | "on" | "true" | "t" => Some("true"),
        "0" | "no" | "n" | "off" | "false" | "f" => Some("false"),
        _ => None,
    }
}
