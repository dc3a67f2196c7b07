//! The rows of a table (CSV and its kin, as spreadsheets export it) or of JSON
//! Lines, one at a time, with the line of each.

mod table;

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use table::Table;

use crate::config::Config;
use crate::fault::Fault;
use crate::parameters::{Place, RawParameters, RawValue};

/// How rows are called that come by the standard input.
pub const STDIN: &str = "standard input";

/// More bytes than this has no row, some hundred times what one may need: it is
/// not read further, or the memory of the machine would be the bound.
const MOST_ROW: usize = 1 << 20;

/// What is said of a row that has more.
const TOO_LONG: &str = "is longer than 1048576 bytes, as no row is";

/// What begins UTF-8 in files of Windows.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// One row: what it gives, and what is wrong with its form.
#[derive(Debug)]
pub struct Row {
    /// The line that it begins in, counted from 1.
    pub line: usize,
    /// The parameters that it gives.
    pub given: RawParameters,
    /// Everything that could not be read.
    pub faults: Vec<Fault>,
}

impl Row {
    /// A row that could not be read at all.
    fn faulty(line: usize, place: Place, what: String) -> Self {
        Self {
            line,
            given: RawParameters::default(),
            faults: vec![Fault::of_form(None, place, what)],
        }
    }
}

/// Why no rows can be read.
#[derive(Debug)]
pub enum Unreadable {
    /// What is wrong with them as a whole.
    Faults(Vec<Fault>),
    /// The system's words.
    Io(io::Error),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Rows as they are read.
pub struct Targets<'a> {
    path: String,
    form: Form<'a>,
}

enum Form<'a> {
    Table(Table<'a>),
    Lines(Lines<'a>),
}

struct Lines<'a> {
    input: Box<dyn BufRead + 'a>,
    line: usize,
    text: Vec<u8>,
}

impl<'a> Targets<'a> {
    /// Begins to read rows: a table if `path` ends in `.csv`, `.tsv` or `.txt`,
    /// JSON Lines if it ends in `.jsonl` or `.ndjson`; of the standard input,
    /// which is given without a path, what begins with `{` is JSON Lines.
    ///
    /// # Errors
    /// If the header has faults, or the system refuses.
    pub fn new(path: Option<&Path>, input: impl Read + 'a) -> Result<Self, Unreadable> {
        let name = path.map_or(STDIN.to_owned(), |path| path.display().to_string());
        let refuse = |line, what: String| {
            let place = Place::File {
                path: name.clone(),
                line,
            };
            Unreadable::Faults(vec![Fault::of_form(None, place, what)])
        };
        let ending = path.map(|path| {
            let ending = path.extension().unwrap_or_default();
            ending.to_string_lossy().to_ascii_lowercase()
        });
        let mut input: Box<dyn BufRead + 'a> = Box::new(BufReader::new(input));
        let (first, mut line) = first_line(&mut input)?;
        if first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff") {
            return Err(refuse(
                line,
                "is UTF-16 text; save it as `CSV UTF-8`".into(),
            ));
        }
        if first.len() > MOST_ROW {
            return Err(refuse(line, TOO_LONG.into()));
        }
        if first.is_empty() {
            return Err(refuse(1, "is empty".into()));
        }
        let is_table = match ending.as_deref() {
            Some("csv" | "tsv" | "txt") => true,
            Some("jsonl" | "ndjson") => false,
            None => !first.trim_ascii_start().starts_with(b"{"),
            Some(_) => {
                let what =
                    "is neither a table (`.csv`, `.tsv`) nor JSON Lines (`.jsonl`) by its name";
                return Err(refuse(1, what.into()));
            }
        };
        if !is_table {
            let lines = Lines {
                input: Box::new(Cursor::new(first).chain(input)),
                line: line - 1,
                text: Vec::new(),
            };
            return Ok(Self {
                path: name,
                form: Form::Lines(lines),
            });
        }
        // Excel's own word for the separator, in a line before the header.
        let mut header = first;
        let told = header
            .trim_ascii_end()
            .strip_prefix(b"sep=")
            .and_then(|separator| <[u8; 1]>::try_from(separator).ok());
        if told.is_some() {
            let lines;
            (header, lines) = first_line(&mut input)?;
            line += lines;
        }
        let separator = told.map(|[separator]| separator);
        if header.trim_ascii_end().contains(&b'\r') {
            let what = "has the line ends of old Macs; save it as `CSV UTF-8`";
            return Err(refuse(line, what.into()));
        }
        let table = Table::new(header, input, separator, &name, line)?;
        Ok(Self {
            path: name,
            form: Form::Table(table),
        })
    }

    /// What the rows are called in messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.path
    }

    /// Where a row of that line is.
    #[must_use]
    pub fn place(&self, line: usize) -> Place {
        let path = self.path.clone();
        match self.form {
            Form::Table(_) => Place::Cell { path, line },
            Form::Lines(_) => Place::File { path, line },
        }
    }
}

impl Iterator for Targets<'_> {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.form {
            Form::Table(table) => table.next(&self.path),
            Form::Lines(lines) => lines.next(&self.path),
        }
        .transpose()
    }
}

impl Lines<'_> {
    fn next(&mut self, path: &str) -> io::Result<Option<Row>> {
        loop {
            self.text.clear();
            let mut input = self.input.by_ref().take(MOST_ROW as u64 + 1);
            if input.read_until(b'\n', &mut self.text)? == 0 {
                return Ok(None);
            }
            self.line += 1;
            let line = self.line;
            let place = || Place::File {
                path: path.to_owned(),
                line,
            };
            if self.text.len() > MOST_ROW {
                if !self.text.ends_with(b"\n") {
                    self.input.skip_until(b'\n')?;
                }
                return Ok(Some(Row::faulty(line, place(), TOO_LONG.into())));
            }
            let text = match std::str::from_utf8(&self.text) {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => text.trim_end(),
                Err(_) => {
                    return Ok(Some(Row::faulty(line, place(), "is not UTF-8 text".into())));
                }
            };
            let Config {
                parameters: mut given,
                faults,
                ..
            } = Config::parse_line(path, line, text);
            // Exports write what is not given as null.
            given.retain(|value| !matches!(value, RawValue::Other("null", _)));
            return Ok(Some(Row {
                line,
                given,
                faults,
            }));
        }
    }
}

/// The first line that is not blank, without a byte order mark, and its number;
/// of one that is too long, its beginning.
fn first_line(input: &mut impl BufRead) -> io::Result<(Vec<u8>, usize)> {
    let mut text = Vec::new();
    for line in 1.. {
        text.clear();
        let mut rest = input.by_ref().take(MOST_ROW as u64 + 1);
        let count = rest.read_until(b'\n', &mut text)?;
        if text.len() > MOST_ROW {
            return Ok((text, line));
        }
        if line == 1 && text.starts_with(BYTE_ORDER_MARK) {
            text.drain(..BYTE_ORDER_MARK.len());
        }
        if count == 0 || !text.trim_ascii().is_empty() {
            return Ok((text, line));
        }
    }
    unreachable!("a file has fewer lines than numbers")
}

#[cfg(test)]
mod tests;
