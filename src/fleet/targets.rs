//! The rows of a table (CSV and its kin, as spreadsheets export it) or of JSON
//! Lines, one at a time, with the line of each.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use csv::ByteRecord;

use crate::config::{Config, not_a_parameter};
use crate::fault::Fault;
use crate::parameters::{self, Kind, Parameter, Place, RawParameters, RawValue};

/// How rows are called that come by the standard input.
pub const STDIN: &str = "standard input";

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

struct Table<'a> {
    reader: csv::Reader<Box<dyn Read + 'a>>,
    /// The parameter of each column; none where the header is empty.
    columns: Vec<Option<&'static Parameter>>,
    /// How many lines were read before the reader's first.
    lines_before: usize,
    record: ByteRecord,
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
        let separator = told.map_or_else(|| separator_of(&header), |[separator]| separator);
        if header.trim_ascii_end().contains(&b'\r') {
            let what = "has the line ends of old Macs; save it as `CSV UTF-8`";
            return Err(refuse(line, what.into()));
        }
        // With a line end at its end every record has one: see `Table::line`.
        let input = Cursor::new(header).chain(input).chain(&b"\n"[..]);
        let input: Box<dyn Read + 'a> = Box::new(input);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .terminator(csv::Terminator::Any(b'\n'))
            .from_reader(input);
        let mut record = ByteRecord::new();
        reader.read_byte_record(&mut record).map_err(io_error)?;
        Ok(Self {
            form: Form::Table(Table {
                columns: columns(&record, &name, line)?,
                reader,
                lines_before: line - 1,
                record,
            }),
            path: name,
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

impl Table<'_> {
    fn next(&mut self, path: &str) -> io::Result<Option<Row>> {
        loop {
            let is_there = self.reader.read_byte_record(&mut self.record);
            if !is_there.map_err(io_error)? {
                return Ok(None);
            }
            // A spreadsheet's blank row is separators alone.
            if self.record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                return Ok(Some(self.row(path)));
            }
        }
    }

    /// The line in which the record begins. The reader tells where the search for
    /// it began, which may be some blank lines before; but the record has just
    /// ended, and its lines are known.
    fn line(&self) -> usize {
        let pieces = self.record.as_slice().split(|byte| *byte == b'\n');
        let own = pieces.count() - 1;
        let after = usize::try_from(self.reader.position().line()).unwrap_or(usize::MAX);
        after - 1 - own + self.lines_before
    }

    fn row(&self, path: &str) -> Row {
        let line = self.line();
        let place = || Place::Cell {
            path: path.to_owned(),
            line,
        };
        let mut row = Row {
            line,
            given: RawParameters::default(),
            faults: Vec::new(),
        };
        let mut refuse = |name: Option<&str>, what: String| {
            row.faults.push(Fault::of_form(name, place(), what));
        };
        let (cells, columns) = (self.record.len(), self.columns.len());
        if cells < columns {
            let what = format!(
                "the row has {cells} of {columns} cells; every row must have as many as the header"
            );
            refuse(None, what);
        }
        for (index, cell) in self.record.iter().enumerate() {
            // Of a line end of Windows.
            let cell = match cell.strip_suffix(b"\r") {
                Some(rest) if index + 1 == cells => rest,
                _ => cell,
            };
            // Nothing in it: as if there were no such column.
            if cell.trim_ascii().is_empty() {
                continue;
            }
            let Some(parameter) = self.columns.get(index).copied().flatten() else {
                let what = format!("the cell {} is in no column of the header", index + 1);
                refuse(None, what);
                continue;
            };
            match std::str::from_utf8(cell) {
                Ok(text) => row
                    .given
                    .set(parameter.key, value_of(parameter, text), place()),
                Err(_) => refuse(
                    Some(parameter.name),
                    "is not UTF-8 text; save the table as `CSV UTF-8`".into(),
                ),
            }
        }
        row
    }
}

/// A cell's value. Spreadsheets write booleans in capitals.
fn value_of(parameter: &Parameter, text: &str) -> RawValue {
    let lower = text.to_ascii_lowercase();
    let is_switch = parameter.kind == Kind::Switch && ["true", "false"].contains(&lower.as_str());
    RawValue::Text(if is_switch { lower } else { text.to_owned() })
}

impl Lines<'_> {
    fn next(&mut self, path: &str) -> io::Result<Option<Row>> {
        loop {
            self.text.clear();
            if self.input.read_until(b'\n', &mut self.text)? == 0 {
                return Ok(None);
            }
            self.line += 1;
            let line = self.line;
            let text = match std::str::from_utf8(&self.text) {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => text.trim_end(),
                Err(_) => {
                    let place = Place::File {
                        path: path.to_owned(),
                        line,
                    };
                    let what = "is not UTF-8 text".into();
                    return Ok(Some(Row {
                        line,
                        given: RawParameters::default(),
                        faults: vec![Fault::of_form(None, place, what)],
                    }));
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

/// The first line that is not blank, without a byte order mark, and its number.
fn first_line(input: &mut impl BufRead) -> io::Result<(Vec<u8>, usize)> {
    let mut text = Vec::new();
    for line in 1.. {
        text.clear();
        let count = input.read_until(b'\n', &mut text)?;
        if line == 1 && text.starts_with(BYTE_ORDER_MARK) {
            text.drain(..BYTE_ORDER_MARK.len());
        }
        if count == 0 || !text.trim_ascii().is_empty() {
            return Ok((text, line));
        }
    }
    unreachable!("a file has fewer lines than numbers")
}

/// What separates the cells of a header: no parameter's name has any of these.
fn separator_of(header: &[u8]) -> u8 {
    let count = |separator: &u8| header.split(|byte| byte == separator).count();
    // The last of those that are as frequent: the comma, if there is none.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(b',')
}

/// The parameter of each column.
fn columns(
    header: &ByteRecord,
    path: &str,
    line: usize,
) -> Result<Vec<Option<&'static Parameter>>, Unreadable> {
    let names: Vec<String> = header
        .iter()
        .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
        .collect();
    let refuse = |name: Option<&str>, what: String| {
        let place = Place::File {
            path: path.to_owned(),
            line,
        };
        Fault::of_form(name, place, what)
    };
    let mut columns = Vec::new();
    let mut faults = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let parameter = parameters::find(name);
        if names[..index].contains(name) && !name.is_empty() {
            faults.push(refuse(Some(name), "is the name of two columns".into()));
        } else if parameter.is_none() && !name.is_empty() {
            faults.push(refuse(Some(name), not_a_parameter(name, &[])));
        }
        columns.push(parameter);
    }
    if columns.iter().all(Option::is_none) {
        let known = parameters::PARAMETERS.iter().map(|row| row.name);
        let what = format!(
            "is no header: none of its cells is the name of a parameter, which are {}",
            known.collect::<Vec<_>>().join(", ")
        );
        faults = vec![refuse(None, what)];
    }
    if faults.is_empty() {
        Ok(columns)
    } else {
        Err(Unreadable::Faults(faults))
    }
}

/// The system's words; all else a table of bytes lets pass.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests;
