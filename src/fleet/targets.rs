//! The rows of a table (CSV and its kin, as spreadsheets export it) or of JSON
//! Lines, one at a time, with the line of each.

mod table;

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use table::Table;

use crate::config::{Config, NOT_YAML};
use crate::fault::{Fault, Source, Spot};
use crate::parameters::{Key, Place, RawParameters, RawValue};

/// More bytes than this has no row, some hundred times what one may need: it is
/// not read further, or the memory of the machine would be the bound.
const MOST_ROW: usize = 1 << 20;

/// What is said of a row that has more.
const TOO_LONG: (&str, &str) = (
    "is longer than 1048576 bytes, as no row is",
    "a line may lack its end, or the file is no list of rows",
);

/// What to do with a table that is no UTF-8.
const SAVE_TABLE: &str = "save the table as `CSV UTF-8`";

/// What is said of a file of a spreadsheet program.
const WORKBOOK: &str = "is a workbook of a spreadsheet program, not a table in text";

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
    /// Where it begins.
    pub(crate) place: Place,
    /// The cells that are there and empty.
    pub(crate) empty: Vec<(Key, Place)>,
}

impl Row {
    /// A row of which nothing was read as yet.
    fn new(line: usize, place: Place) -> Self {
        Self {
            line,
            given: RawParameters::default(),
            faults: Vec::new(),
            place,
            empty: Vec::new(),
        }
    }

    /// A row that could not be read at all.
    fn faulty(line: usize, place: Place, (what, help): (&str, &str)) -> Self {
        let fault = Fault::of_form(None, place.clone(), what.into());
        Self {
            faults: vec![fault.with_help(help.to_owned())],
            ..Self::new(line, place)
        }
    }

    /// Where it lacks a parameter.
    pub(crate) fn place_of(&self, name: Option<&str>) -> &Place {
        let empty = self.empty.iter().find(|(key, _)| Some(key.name()) == name);
        empty.map_or(&self.place, |(_, place)| place)
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
        let name = path.map_or(crate::fault::STDIN.to_owned(), |path| {
            path.display().to_string()
        });
        let refuse = |line, what: &str, help: &str| {
            let place = Place::File(Spot::line_of(&name, line));
            let fault = Fault::of_form(None, place, what.into());
            Unreadable::Faults(vec![fault.with_help(help.to_owned())])
        };
        let ending = path.map(|path| {
            let ending = path.extension().unwrap_or_default();
            ending.to_string_lossy().to_ascii_lowercase()
        });
        let mut input: Box<dyn BufRead + 'a> = Box::new(BufReader::new(input));
        let (first, mut line) = first_line(&mut input)?;
        if first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff") {
            return Err(refuse(line, "is UTF-16 text", SAVE_TABLE));
        }
        // Zips, as all of today's are, and the files of old Excel.
        if first.starts_with(b"PK\x03\x04") || first.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(refuse(1, WORKBOOK, SAVE_TABLE));
        }
        if first.len() > MOST_ROW {
            return Err(refuse(line, TOO_LONG.0, TOO_LONG.1));
        }
        if first.is_empty() {
            let help = "the first line of a table names its columns, such as account-id,region; of JSON Lines, each is an object";
            return Err(refuse(1, "is empty", help));
        }
        let is_table = match ending.as_deref() {
            Some("csv" | "tsv" | "txt") => true,
            Some("jsonl" | "ndjson") => false,
            None => !first.trim_ascii_start().starts_with(b"{"),
            Some(ending) => {
                let what = "is neither a table nor JSON Lines by its name";
                let help = "save a table as `.csv` or `.tsv`, JSON Lines as `.jsonl`";
                return Err(match ending {
                    "yaml" | "yml" => refuse(1, NOT_YAML, help),
                    "xlsx" | "xls" | "ods" | "numbers" => refuse(1, WORKBOOK, SAVE_TABLE),
                    _ => refuse(1, what, help),
                });
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
            return Err(refuse(line, "has the line ends of old Macs", SAVE_TABLE));
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
        let spot = Spot::line_of(&self.path, line);
        match self.form {
            Form::Table(_) => Place::Cell(spot),
            Form::Lines(_) => Place::File(spot),
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
            if self.text.len() > MOST_ROW {
                if !self.text.ends_with(b"\n") {
                    self.input.skip_until(b'\n')?;
                }
                let place = Place::File(Spot::line_of(path, line));
                return Ok(Some(Row::faulty(line, place, TOO_LONG)));
            }
            let text = match std::str::from_utf8(&self.text) {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => text.trim_end(),
                Err(error) => {
                    let spot = Spot::not_utf8(path, &self.text, error.valid_up_to(), line);
                    let place = Place::File(spot);
                    let what = ("is not UTF-8 text", "save the file as UTF-8");
                    return Ok(Some(Row::faulty(line, place, what)));
                }
            };
            let source = Source::new(path, text, line);
            let mut row = Row::new(line, Place::File(Spot::of(&source, 0..1)));
            let config = Config::of_line(source);
            (row.given, row.faults) = (config.parameters, config.faults);
            // Exports write what is not given as null.
            row.given
                .retain(|value| !matches!(value, RawValue::Other("null", _)));
            return Ok(Some(row));
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
