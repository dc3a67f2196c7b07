//! What is wrong with a bundle.

use serde::Serialize;

use crate::diagnostic::{escape_all, escape_message, escape_value};

/// Something that is wrong with a bundle; nothing in it can write to the
/// terminal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file that it concerns; none if it concerns the whole.
    pub file: Option<String>,
    /// What is wrong, as a sentence fragment.
    pub what: String,
}

impl Finding {
    /// What is wrong with a file of a folder of bundles, whose place is told at
    /// its full length.
    pub(crate) fn at(place: &str, what: impl Into<String>) -> Self {
        Self {
            file: Some(escape_all(place)),
            what: escape_message(&what.into()),
        }
    }

    pub(crate) fn of(file: &str, what: impl Into<String>) -> Self {
        Self {
            file: Some(escape_value(file)),
            what: escape_message(&what.into()),
        }
    }

    /// What is wrong with the whole.
    pub(crate) fn of_all(what: impl Into<String>) -> Self {
        Self {
            file: None,
            what: escape_message(&what.into()),
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}: ")?;
        }
        f.write_str(&self.what)
    }
}
