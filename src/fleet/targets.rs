//! The rows of a table (CSV and its kin, as spreadsheets export it) or of JSON
//! Lines, with the line of each.

mod row;
mod table;

use std::path::Path;

pub use row::Row;

use crate::config::{Config, NOT_YAML};
use crate::diagnostic::{Diagnostic, Source, Span};
use crate::parameters::{Origin, RawValue};
use row::{MAX_ROW, SAVE_TABLE, TOO_LONG, fault, first_line};

/// More bytes than this have no rows that are read: a hundred thousand rows have
/// less.
pub const MAX_BYTES: usize = 64 << 20;

const WORKBOOK: (&str, &str) = (
    "is a workbook of a spreadsheet program, not a table in text",
    SAVE_TABLE,
);

/// What begins UTF-8 in files of Windows.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

pub struct Targets<'a> {
    name: String,
    is_table: bool,
    rows: Box<dyn Iterator<Item = Row> + 'a>,
}

impl<'a> Targets<'a> {
    /// Begins to read rows: a table if `path` ends in `.csv`, `.tsv` or `.txt`,
    /// JSON Lines if it ends in `.jsonl` or `.ndjson`; of the standard input,
    /// which is given without a path, what begins with `{` is JSON Lines.
    pub fn new(path: Option<&Path>, bytes: &'a [u8]) -> Result<Self, Vec<Diagnostic>> {
        let name = path.map_or(crate::diagnostic::STDIN.to_owned(), |path| {
            path.display().to_string()
        });
        let refuse = |what| {
            let place = Origin::File(Span::of_file(&name));
            Err(vec![fault(place, what)])
        };
        if bytes.len() > MAX_BYTES {
            let help = "divide the rows into several files, each with a folder of its own";
            return refuse(("is larger than 67108864 bytes", help));
        }
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let (mut bytes, mut line) = without_blank_lines(bytes, 1);
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return refuse(("is UTF-16 text", SAVE_TABLE));
        }
        // Zips, as all of today's are, and the files of old Excel.
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return refuse(WORKBOOK);
        }
        if bytes.is_empty() {
            let help = "the first line of a table names its columns, such as account-id,region; of JSON Lines, each is an object";
            return refuse(("is empty", help));
        }
        if first_line(bytes).len() > MAX_ROW {
            return refuse(TOO_LONG);
        }
        let ending = path.map(|path| {
            let ending = path.extension().unwrap_or_default();
            ending.to_string_lossy().to_ascii_lowercase()
        });
        let is_table = match ending.as_deref() {
            Some("csv" | "tsv" | "txt") => true,
            Some("jsonl" | "ndjson") => false,
            None => !bytes.trim_ascii_start().starts_with(b"{"),
            Some(ending) => {
                let help = "save a table as `.csv` or `.tsv`, JSON Lines as `.jsonl`";
                let what = match ending {
                    "yaml" | "yml" => (NOT_YAML, help),
                    "xlsx" | "xls" | "ods" | "numbers" => WORKBOOK,
                    _ => ("is neither a table nor JSON Lines by its name", help),
                };
                return refuse(what);
            }
        };
        let path = name.clone();
        let rows: Box<dyn Iterator<Item = Row> + 'a> = if is_table {
            // Excel's own word for the separator, in a line before the header.
            let told = first_line(bytes).trim_ascii_end().strip_prefix(b"sep=");
            let told = told.and_then(|separator| <[u8; 1]>::try_from(separator).ok());
            if told.is_some() {
                let after = &bytes[(first_line(bytes).len() + 1).min(bytes.len())..];
                (bytes, line) = without_blank_lines(after, line + 1);
            }
            if first_line(bytes).trim_ascii_end().contains(&b'\r') {
                return refuse(("has the line ends of old Macs", SAVE_TABLE));
            }
            let separator = told.map(|[separator]| separator);
            table::rows(bytes, separator, path, line - 1)?
        } else {
            let lines = bytes.split(|byte| *byte == b'\n').zip(line..);
            Box::new(lines.filter_map(move |(text, line)| of_json(text, &path, line)))
        };
        Ok(Self {
            name,
            is_table,
            rows,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn place(&self, line: usize) -> Origin {
        let spot = Span::line_of(&self.name, line);
        if self.is_table {
            Origin::Cell(spot)
        } else {
            Origin::File(spot)
        }
    }
}

impl Iterator for Targets<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.rows.next()
    }
}

/// The row of a line of JSON Lines; none if it is blank.
fn of_json(text: &[u8], path: &str, line: usize) -> Option<Row> {
    if text.len() > MAX_ROW {
        let place = Origin::File(Span::line_of(path, line));
        return Some(Row::faulty(line, place, TOO_LONG));
    }
    let text = match std::str::from_utf8(text) {
        Ok(text) if text.trim().is_empty() => return None,
        Ok(text) => text.trim_end(),
        Err(error) => {
            let place = Origin::File(Span::not_utf8(path, text, error.valid_up_to(), line));
            let what = ("is not UTF-8 text", "save the file as UTF-8");
            return Some(Row::faulty(line, place, what));
        }
    };
    let source = Source::new(path, text, line);
    let mut row = Row::new(line, Origin::File(Span::of(&source, 0..1)));
    let config = Config::of_line(source);
    (row.given, row.faults) = (config.parameters, config.faults);
    // Exports write what is not given as null.
    row.given
        .retain(|value| !matches!(value, RawValue::Other("null", _)));
    Some(row)
}

/// What is left from the first line on that is not blank, and its number.
fn without_blank_lines(mut bytes: &[u8], mut line: usize) -> (&[u8], usize) {
    while !bytes.is_empty() && first_line(bytes).trim_ascii().is_empty() {
        bytes = &bytes[(first_line(bytes).len() + 1).min(bytes.len())..];
        line += 1;
    }
    (bytes, line)
}

#[cfg(test)]
mod tests;
