//! The text that a value was read from, and its place in it.

use std::ops::Range;
use std::sync::Arc;

use crate::escape::escape_all;

/// A line with more bytes is not shown, nor kept: hardly a parameter file or a policy in one line has as many.
const LONGEST: usize = 16_384;

/// A text that values were read from: a file, or a piece of one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// The file, as the user named it.
    pub(crate) path: String,
    /// The text, empty where it is not at hand; its errors show no excerpt then.
    text: String,
    /// The number of its first line in the file, counted from 1; 0 where the file as a whole is meant.
    first_line: usize,
    /// The column of an error whose text was dropped.
    column: Option<usize>,
}

impl Source {
    /// A whole file, or a piece that begins in that line.
    pub(crate) fn new(path: &str, text: &str, first_line: usize) -> Arc<Self> {
        Arc::new(Self {
            path: path.to_owned(),
            text: text.to_owned(),
            first_line,
            column: None,
        })
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The line of a byte of the text, counted from 1 in the file.
    #[expect(
        clippy::naive_bytecount,
        reason = "fast enough for parameter files, without another crate"
    )]
    pub(crate) fn line(&self, offset: usize) -> usize {
        let before = &self.text.as_bytes()[..offset.min(self.text.len())];
        self.first_line + before.iter().filter(|byte| **byte == b'\n').count()
    }

    /// The bytes of the line that a byte is in, without its end.
    pub(crate) fn line_at(&self, offset: usize) -> Range<usize> {
        let start = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[offset..]
            .find('\n')
            .map_or(self.text.len(), |at| offset + at);
        // One that ends after the carriage return would move the cursor.
        let line = self.text[start..end].trim_end_matches('\r');
        start..start + line.len()
    }
}

/// Where something stands in a text: its name, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    source: Arc<Source>,
    /// In bytes of the text.
    name: Range<usize>,
    value: Range<usize>,
    at_value: bool,
}

impl Span {
    /// A file as a whole.
    pub(crate) fn of_file(path: &str) -> Self {
        Self::line_of(path, 0)
    }

    /// Somewhere in a line of a file whose text is not at hand; the line is
    /// counted from 1.
    pub fn line_of(path: &str, line: usize) -> Self {
        Self::new(&Source::new(path, "", line), 0..0, 0..0)
    }

    /// A name and its value, in bytes of the text.
    pub(crate) fn new(source: &Arc<Source>, name: Range<usize>, value: Range<usize>) -> Self {
        // What is no place of the text shows its beginning; so no span can be a fault of this program.
        let within = |span: Range<usize>| {
            let is_there = source.text.get(span.clone()).is_some();
            if is_there { span } else { 0..0 }
        };
        Self {
            name: within(name),
            value: within(value),
            source: Arc::clone(source),
            at_value: false,
        }
    }

    /// The byte from which on a text is no UTF-8, in bytes that begin in that line.
    pub(crate) fn not_utf8(path: &str, bytes: &[u8], from: usize, first_line: usize) -> Self {
        let source = Source::new(path, &String::from_utf8_lossy(bytes), first_line);
        Self::of(&source, from..from + char::REPLACEMENT_CHARACTER.len_utf8())
    }

    pub(crate) fn of(source: &Arc<Source>, span: Range<usize>) -> Self {
        Self::new(source, span.clone(), span)
    }

    /// A name with what separates it from its value, and the value, within it.
    pub(crate) fn narrowed(&self, name: &str, value: &str) -> Self {
        let text = self.source.text();
        let at = text.match_indices(name).find(|(at, _)| {
            text[at + name.len()..]
                .trim_start_matches('"')
                .starts_with(value)
        });
        at.map_or(self.clone(), |(at, _)| {
            let from = at + name.len();
            let quotes = if text[from..].starts_with('"') { 2 } else { 0 };
            Self::new(
                &self.source,
                at..from - 1,
                from..from + value.len() + quotes,
            )
        })
    }

    /// The same, where it is the value that is at fault.
    pub(crate) fn at_value(mut self) -> Self {
        self.at_value = true;
        self
    }

    /// The file, as the user named it.
    pub fn path(&self) -> &str {
        &self.source.path
    }

    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.source.line(self.span().start)
    }

    /// The column of its name, or of its value if that is at fault, in characters
    /// of the line counted from 1; none where the text is not at hand.
    pub fn column(&self) -> Option<usize> {
        self.source.column.or_else(|| {
            let (line, at) = self.parts()?;
            Some(self.source.text[line.start..at.start].chars().count() + 1)
        })
    }

    fn span(&self) -> &Range<usize> {
        if self.at_value {
            &self.value
        } else {
            &self.name
        }
    }

    /// The same with no more of the text than is shown: a row may have a megabyte.
    pub(crate) fn shortened(self) -> Self {
        if self.source.text.len() <= LONGEST {
            return self;
        }
        let line = self.parts().map(|(line, _)| line).unwrap_or_default();
        let is_short = line.len() <= LONGEST;
        let source = Source {
            path: self.source.path.clone(),
            text: self.source.text[line.clone()].to_owned(),
            first_line: self.line(),
            column: self.column().filter(|_| !is_short),
        };
        if is_short {
            let Range { start, end } = *self.span();
            let end = end.min(line.end) - line.start;
            Self::of(&Arc::new(source), start - line.start..end)
        } else {
            let text = String::new();
            Self::of(&Arc::new(Source { text, ..source }), 0..0)
        }
    }

    /// `path:line:column`, as compilers write it and editors read it; of what is
    /// meant as a whole, the path.
    pub(crate) fn shown(&self) -> String {
        let mut shown = escape_all(self.path());
        let line = Some(self.line()).filter(|line| *line > 0);
        for number in [line, self.column()].into_iter().flatten() {
            shown.push_str(&format!(":{number}"));
        }
        shown
    }

    /// The line as it can be shown, letter for letter so that columns hold, and the bytes of it that are meant; none
    /// where it is not at hand or too long.
    pub(crate) fn excerpt(&self) -> Option<(String, Range<usize>)> {
        let (line, at) = self.parts().filter(|(line, _)| line.len() <= LONGEST)?;
        let text = &self.source.text;
        let mut shown = printable(&text[line.start..at.start]);
        let start = shown.len();
        shown += &printable(&text[at.clone()]);
        let end = shown.len();
        Some((shown + &printable(&text[at.end..line.end]), start..end))
    }

    /// The line, and what is meant in it; of what has several lines, the first.
    fn parts(&self) -> Option<(Range<usize>, Range<usize>)> {
        let (source, span) = (&self.source, self.span());
        if source.text.is_empty() {
            return None;
        }
        let line = source.line_at(span.start);
        let start = span.start.min(line.end);
        Some((line.clone(), start..span.end.clamp(start, line.end)))
    }
}

/// A text without what a terminal might obey, letter for letter.
fn printable(text: &str) -> String {
    let letter = |c: char| {
        let is_plain = escape_all(c.encode_utf8(&mut [0; 4])).chars().eq([c]);
        if is_plain || c == '\t' { c } else { '\u{fffd}' }
    };
    text.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_line_which_alone_is_kept() {
        let long = format!("{}\nab\tc\u{1b}", "x".repeat(LONGEST));
        let too_long = format!("{}ab", "x".repeat(LONGEST));
        let [three, long, too_long] =
            ["one\r\ntwö three\r\nfour", &long, &too_long].map(|text| Source::new("a", text, 5));
        for (source, span, shown, excerpt) in [
            (&three, 0..3, "a:5:1", Some("[one]")),
            (&three, 10..15, "a:6:5", Some("twö [three]")),
            (&three, 10..20, "a:6:5", Some("twö [three]")),
            (&three, 4..4, "a:5:4", Some("one[]")),
            (&three, 21..21, "a:7:5", Some("four[]")),
            // The middle of a letter, and what is beyond the end.
            (&three, 8..9, "a:5:1", Some("[]one")),
            (&three, 90..91, "a:5:1", Some("[]one")),
            (
                &long,
                LONGEST + 2..LONGEST + 6,
                "a:6:2",
                Some("a[b\tc\u{fffd}]"),
            ),
            (&too_long, LONGEST..LONGEST + 1, "a:5:16385", None),
        ] {
            let spot = Span::of(source, span);
            for spot in [spot.clone(), spot.shortened()] {
                let drawn = spot.excerpt().map(|(mut line, at)| {
                    line.insert(at.end, ']');
                    line.insert(at.start, '[');
                    line
                });
                assert_eq!((spot.shown().as_str(), drawn.as_deref()), (shown, excerpt));
            }
        }
        assert_eq!(Span::of_file("a\u{1b}").shown(), "a\\u{1b}");
    }
}
