//! A table as spreadsheets export it, row by row.

use std::cell::Cell;
use std::collections::HashSet;
use std::io::{self, Cursor, Read};
use std::rc::Rc;

use csv::ByteRecord;

use super::{MOST_ROW, Row, TOO_LONG, Unreadable};
use crate::config::not_a_parameter;
use crate::fault::Fault;
use crate::parameters::{self, Kind, Parameter, Place, RawParameters, RawValue};

/// More faults of a header, and of a row, than this are not told.
const MOST_FAULTS: usize = 100;

/// A table whose header was read.
pub(super) struct Table<'a> {
    reader: csv::Reader<Box<dyn Read + 'a>>,
    /// The parameter of each column; none where the header is empty.
    columns: Vec<Option<&'static Parameter>>,
    /// How many lines were read before the reader's first.
    lines_before: usize,
    record: ByteRecord,
    /// How many bytes may be read until the next row.
    left: Rc<Cell<usize>>,
    /// Whether what follows cannot be told apart into rows.
    is_lost: bool,
}

impl<'a> Table<'a> {
    /// Begins with the header, a line that was read already, and that line's
    /// number.
    ///
    /// # Errors
    /// If the header has faults, or the system refuses.
    pub(super) fn new(
        header: Vec<u8>,
        input: impl Read + 'a,
        separator: Option<u8>,
        path: &str,
        line: usize,
    ) -> Result<Self, Unreadable> {
        let separator = separator.unwrap_or_else(|| separator_of(&header));
        // With a line end at its end every record has one: see `Table::line`. One
        // that is in quotation marks to the end is ended by another mark, which
        // is a blank row by itself.
        let input = Cursor::new(header).chain(input).chain(&b"\n\"\n"[..]);
        let left = Rc::new(Cell::new(MOST_ROW));
        let input: Box<dyn Read + 'a> = Box::new(Bounded {
            input,
            left: Rc::clone(&left),
        });
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .terminator(csv::Terminator::Any(b'\n'))
            .from_reader(input);
        let mut record = ByteRecord::new();
        match reader.read_byte_record(&mut record) {
            Err(_) if left.get() == 0 => {
                let path = path.to_owned();
                let fault = Fault::of_form(None, Place::File { path, line }, too_long());
                return Err(Unreadable::Faults(vec![fault]));
            }
            read => read.map_err(io_error)?,
        };
        Ok(Self {
            columns: columns(&record, path, line)?,
            reader,
            lines_before: line - 1,
            record,
            left,
            is_lost: false,
        })
    }

    /// The next row that is not blank.
    pub(super) fn next(&mut self, path: &str) -> io::Result<Option<Row>> {
        loop {
            if self.is_lost {
                return Ok(None);
            }
            let begin = self.reader.position().line();
            self.left.set(MOST_ROW);
            let is_there = self.reader.read_byte_record(&mut self.record);
            if is_there.is_err() && self.left.get() == 0 {
                self.is_lost = true;
                let line = usize::try_from(begin).unwrap_or(usize::MAX) + self.lines_before;
                let path = path.to_owned();
                return Ok(Some(Row::faulty(
                    line,
                    Place::Cell { path, line },
                    too_long(),
                )));
            }
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
            if row.faults.len() < MOST_FAULTS {
                row.faults.push(Fault::of_form(name, place(), what));
            }
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

/// What is read of a table, in pieces of so many bytes: see [`MOST_ROW`].
struct Bounded<R> {
    input: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(self.left.get());
        if most == 0 && !buffer.is_empty() {
            return Err(io::Error::other(TOO_LONG));
        }
        let count = self.input.read(&mut buffer[..most])?;
        self.left.set(self.left.get() - count);
        Ok(count)
    }
}

/// What is said of a table's row that is too long.
fn too_long() -> String {
    format!("{TOO_LONG}; a quotation mark may have no partner")
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
    let mut seen = HashSet::new();
    for name in &names {
        let parameter = parameters::find(name);
        if faults.len() == MOST_FAULTS {
            let what = "and more: the faults of further columns are not told";
            faults.push(refuse(None, what.into()));
            break;
        }
        if !name.is_empty() && !seen.insert(name.as_str()) {
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
