//! A table as spreadsheets export it, row by row.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use csv::ByteRecord;

use super::row::{MAX_ROW, Row, SAVE_TABLE, TOO_LONG, fault, first_line};
use crate::config::not_a_parameter;
use crate::diagnostic::{Diagnostic, Source, Span, plain};
use crate::parameters::{self, Kind, Origin, Parameter, RawValue};

/// What is said of a row that is in quotation marks as a whole.
const WHOLE_ROW: (&str, &str) = (
    "is in quotation marks as a whole, so that it is one cell",
    "take the marks around the row out, or export the table again",
);

/// More faults of a header, and of a row, than this are not listed.
const MAX_FAULTS: usize = 100;

const NO_PARTNER: (&str, &str) = (TOO_LONG.0, "a quotation mark may have no partner");

/// A table, as far as it was read.
struct Table<'a> {
    path: String,
    bytes: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    separator: u8,
    /// The parameter of each column; none where the header is empty.
    columns: Vec<Option<&'static Parameter>>,
    lines_before: usize,
    record: ByteRecord,
}

/// The rows of a table that begins with its header, after so many lines.
pub(super) fn rows<'a>(
    bytes: &'a [u8],
    separator: Option<u8>,
    path: String,
    lines_before: usize,
) -> Result<Box<dyn Iterator<Item = Row> + 'a>, Vec<Diagnostic>> {
    let separator = separator.unwrap_or_else(|| separator_of(first_line(bytes)));
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(bytes);
    let mut table = Table {
        path,
        bytes,
        reader,
        separator,
        columns: Vec::new(),
        lines_before,
        record: ByteRecord::new(),
    };
    let Some((line, header)) = table.read() else {
        return Ok(Box::new(std::iter::empty()));
    };
    if header.len() > MAX_ROW {
        let place = Origin::File(Span::line_of(&table.path, line));
        return Err(vec![fault(place, NO_PARTNER)]);
    }
    let source = Source::new(&table.path, &String::from_utf8_lossy(header), line);
    table.columns = columns(&table.record, &source, separator)?;
    Ok(Box::new(std::iter::from_fn(move || table.next())))
}

impl<'a> Table<'a> {
    /// Reads the next record: its line, and its text without its end.
    fn read(&mut self) -> Option<(usize, &'a [u8])> {
        let begin = self.reader.position().clone();
        // Bytes can be read, and records may differ in length.
        if !self.reader.read_byte_record(&mut self.record).ok()? {
            return None;
        }
        let byte = |place: &csv::Position| usize::try_from(place.byte()).unwrap_or(usize::MAX);
        let text = &self.bytes[byte(&begin)..byte(self.reader.position())];
        // The search for it may have begun some blank lines before.
        let is_text = |byte: &u8| !b"\r\n".contains(byte);
        let start = text.iter().position(is_text).unwrap_or_default();
        let end = text
            .iter()
            .rposition(is_text)
            .map_or(start, |last| last + 1);
        let blank = text[..start].split(|byte| *byte == b'\n').count() - 1;
        let line = usize::try_from(begin.line()).unwrap_or(usize::MAX) + blank;
        Some((line + self.lines_before, &text[start..end]))
    }

    /// The next row that is not blank.
    fn next(&mut self) -> Option<Row> {
        loop {
            let (line, text) = self.read()?;
            if text.len() > MAX_ROW {
                let place = Origin::Cell(Span::line_of(&self.path, line));
                return Some(Row::faulty(line, place, NO_PARTNER));
            }
            // A spreadsheet's blank row is separators alone.
            if self.record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                return Some(self.row(line, text));
            }
        }
    }

    /// The row of the record, in that line and of that text.
    fn row(&self, line: usize, text: &[u8]) -> Row {
        // What is no UTF-8 is replaced, which leaves all separators where they are.
        let source = Source::new(&self.path, &String::from_utf8_lossy(text), line);
        let spans = cells(source.text(), self.separator);
        let place = |index: usize| {
            let span = spans.get(index).cloned().unwrap_or_default();
            Origin::Cell(Span::of(&source, span))
        };
        let whole = Origin::Cell(Span::of(&source, 0..source.text().len()));
        let mut row = Row::new(line, whole.clone());
        let mut faults = Vec::new();
        let mut refuse = |name: Option<&str>, place: Origin, what: String, help: &str| {
            if faults.len() < MAX_FAULTS {
                faults.push(Diagnostic::of_form(name, place, what).with_help(help.to_owned()));
            }
        };
        let (count, columns) = (self.record.len(), self.columns.len());
        let only = self.record.get(0).filter(|_| count == 1 && columns > 1);
        if only.is_some_and(|only| only.split(|byte| *byte == self.separator).count() == columns) {
            refuse(None, whole, WHOLE_ROW.0.into(), WHOLE_ROW.1);
            row.faults = faults;
            return row;
        }
        if count < columns {
            let what = format!("the row has {count} of {columns} cells");
            let help = "every row must have as many as the header; leave a cell empty for no value";
            refuse(None, whole, what, help);
        }
        for (index, cell) in self.record.iter().enumerate() {
            // Of a line end of Windows.
            let cell = match cell.strip_suffix(b"\r") {
                Some(rest) if index + 1 == count => rest,
                _ => cell,
            };
            let parameter = self.columns.get(index).copied().flatten();
            // Nothing in it: as if there were no such column.
            if cell.trim_ascii().is_empty() {
                let key = parameter.map(|parameter| parameter.key);
                row.empty.extend(key.map(|key| (key, place(index))));
                continue;
            }
            let Some(parameter) = parameter else {
                let what = format!("the cell {} is in no column of the header", index + 1);
                let help = "name its column in the header, or leave it out; a cell that contains the separator must be in double quotes";
                refuse(None, place(index), what, help);
                continue;
            };
            match std::str::from_utf8(cell) {
                Ok(text) => row
                    .given
                    .set(parameter.key, value_of(parameter, text), place(index)),
                Err(_) => refuse(
                    Some(parameter.name),
                    place(index),
                    "is not UTF-8 text".into(),
                    SAVE_TABLE,
                ),
            }
        }
        row.faults = faults;
        row
    }
}

/// Where the cells of a row stand in its text, with their quotation marks.
fn cells(row: &str, separator: u8) -> Vec<Range<usize>> {
    let bytes = row.as_bytes();
    let mut cells = Vec::new();
    let mut start = 0;
    loop {
        let mut end = start;
        let mut is_quoted = bytes.get(start) == Some(&b'"');
        while let Some(byte) = bytes.get(end) {
            match byte {
                // A mark that stands for itself is two, which end it and begin it.
                b'"' if end > start && bytes[start] == b'"' => is_quoted = !is_quoted,
                byte if *byte == separator && !is_quoted => break,
                _ => {}
            }
            end += 1;
        }
        cells.push(start..end);
        if end == bytes.len() {
            return cells;
        }
        start = end + 1;
    }
}

/// A cell's value. Spreadsheets write booleans in capitals.
fn value_of(parameter: &Parameter, text: &str) -> RawValue {
    let lower = text.to_ascii_lowercase();
    let is_switch = parameter.kind == Kind::Switch && ["true", "false"].contains(&lower.as_str());
    RawValue::Text(if is_switch { lower } else { text.to_owned() })
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

fn columns(
    header: &ByteRecord,
    source: &Arc<Source>,
    separator: u8,
) -> Result<Vec<Option<&'static Parameter>>, Vec<Diagnostic>> {
    let names: Vec<String> = header
        .iter()
        .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
        .collect();
    let spans = cells(source.text(), separator);
    let place = |index: usize| {
        let span: Range<usize> = spans.get(index).cloned().unwrap_or_default();
        let text = &source.text()[span.clone()];
        // Blanks around a name are no part of it.
        let start = span.start + text.len() - text.trim_start().len();
        let span = start..start + text.trim().len();
        Origin::File(Span::of(source, span))
    };
    let mut columns = Vec::new();
    let mut faults = Vec::new();
    let mut seen = HashMap::new();
    for (index, name) in names.iter().enumerate() {
        let parameter = parameters::find(name);
        if faults.len() == MAX_FAULTS {
            let what = "and more: the errors of further columns are not listed";
            faults.push(Diagnostic::of_form(None, place(index), what.into()));
            break;
        }
        if name.is_empty() {
        } else if let Some(first) = seen.insert(name.as_str(), index + 1) {
            let what = format!(
                "is the name of two columns, the {first}. and the {}.",
                index + 1
            );
            let help = "leave one of the two out".to_owned();
            faults.push(Diagnostic::of_form(Some(name), place(index), what).with_help(help));
        } else if parameter.is_none() {
            faults.push(not_a_parameter(name, place(index), &[]));
        }
        columns.push(parameter);
    }
    let known = || parameters::PARAMETERS.iter().map(|row| row.name);
    let is_near = |name: &String| parameters::nearest_of(&plain(name), known()).is_some();
    let is_header = columns.iter().any(Option::is_some) || names.iter().any(is_near);
    if let Some((what, help)) = other_form(header, separator) {
        let place = Origin::File(Span::of(source, 0..source.text().len()));
        faults = vec![Diagnostic::of_form(None, place, what).with_help(help)];
    } else if !is_header {
        let what = "the first line is not a header: none of its cells is the name of a parameter";
        let help =
            "name the columns in it, such as account-id,region; `lexlogs help fleet` lists all"
                .to_owned();
        let place = Origin::File(Span::of(source, 0..source.text().len()));
        faults = vec![Diagnostic::of_form(None, place, what.into()).with_help(help)];
    }
    if faults.is_empty() {
        Ok(columns)
    } else {
        Err(faults)
    }
}

/// What is wrong with a header whose cells are not separated; and what to do.
fn other_form(header: &ByteRecord, separator: u8) -> Option<(String, String)> {
    let header: Vec<String> = header
        .iter()
        .map(|cell| plain(&String::from_utf8_lossy(cell)).into_owned())
        .collect();
    let text = header.join(&char::from(separator).to_string());
    let is_split = |by: char| {
        let mut names = text
            .split(by)
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let known = || parameters::PARAMETERS.iter().map(|row| row.name);
        let mut count = 0;
        let all = names.all(|name| {
            count += 1;
            parameters::nearest_of(name, known()).is_some()
        });
        all && count > 1
    };
    let [only] = header.as_slice() else {
        return None;
    };
    if [',', ';', '\t'].into_iter().any(&is_split) && parameters::find(only).is_none() {
        return Some((WHOLE_ROW.0.into(), WHOLE_ROW.1.into()));
    }
    let by = ['|', ':', '^', '~', ' ']
        .into_iter()
        .find(|by| is_split(*by))?;
    let shown = if by == ' ' {
        "blanks".into()
    } else {
        format!("`{by}`")
    };
    let help = "save the table with `,`, `;` or tabs between its cells";
    Some((
        format!("has {shown} between its cells, which is not read"),
        help.into(),
    ))
}
