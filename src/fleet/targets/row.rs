//! A row, and what is said of one that cannot be read.

use crate::diagnostic::Diagnostic;
use crate::parameters::{Key, Origin, RawParameters};

/// More bytes than this has no row, some hundred times what one may need.
pub(super) const MAX_ROW: usize = 1 << 20;

pub(super) const TOO_LONG: (&str, &str) = (
    "is longer than 1048576 bytes, as no row is",
    "a line may lack its end, or the file is no list of rows",
);

pub(super) const SAVE_TABLE: &str = "save the table as `CSV UTF-8`";

/// One row: what it gives, and what is wrong with its form.
#[derive(Debug)]
pub struct Row {
    /// The line that it begins in, counted from 1.
    pub line: usize,
    pub given: RawParameters,
    /// Everything that could not be read.
    pub faults: Vec<Diagnostic>,
    pub(crate) place: Origin,
    /// The cells that are there and empty.
    pub(crate) empty: Vec<(Key, Origin)>,
}

impl Row {
    /// A row of which nothing was read as yet.
    pub(super) fn new(line: usize, place: Origin) -> Self {
        Self {
            line,
            given: RawParameters::default(),
            faults: Vec::new(),
            place,
            empty: Vec::new(),
        }
    }

    pub(super) fn faulty(line: usize, place: Origin, what: (&str, &str)) -> Self {
        Self {
            faults: vec![fault(place.clone(), what)],
            ..Self::new(line, place)
        }
    }

    pub(crate) fn place_of(&self, name: Option<&str>) -> &Origin {
        let empty = self.empty.iter().find(|(key, _)| Some(key.name()) == name);
        empty.map_or(&self.place, |(_, place)| place)
    }
}

/// The first line, without its end.
pub(super) fn first_line(bytes: &[u8]) -> &[u8] {
    bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default()
}

/// A fault of the form, with what to do.
pub(super) fn fault(place: Origin, (what, help): (&str, &str)) -> Diagnostic {
    Diagnostic::of_form(None, place, what.into()).with_help(help.to_owned())
}
