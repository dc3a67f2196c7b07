//! The text that a value was read from, and its place in it.

mod excerpt;
mod paint;

use std::ops::Range;
use std::sync::Arc;

use excerpt::Piece;
pub(crate) use excerpt::excerpt;
pub(crate) use paint::Paint;

/// A text that values were read from: a file, or a piece of one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// The file, as the user named it.
    pub(crate) path: String,
    /// The text, empty where it is not at hand; its faults show no excerpt then.
    text: String,
    /// The number of its first line in the file, counted from 1.
    first_line: usize,
    /// How many characters its line has before, in the file, of a text that is a
    /// part of one line.
    cut: usize,
}

impl Source {
    /// A whole file, or a piece that begins in that line.
    pub(crate) fn new(path: &str, text: &str, first_line: usize) -> Arc<Self> {
        Arc::new(Self {
            path: path.to_owned(),
            text: text.to_owned(),
            first_line,
            cut: 0,
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
    /// Whether a fault points at the value.
    at_value: bool,
}

impl Span {
    /// Somewhere in a line of a file whose text is not at hand; the line is
    /// counted from 1.
    #[must_use]
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

    /// A piece of the text.
    pub(crate) fn of(source: &Arc<Source>, span: Range<usize>) -> Self {
        Self::new(source, span.clone(), span)
    }

    /// The same, where it is the value that is at fault.
    pub(crate) fn at_value(mut self) -> Self {
        self.at_value = true;
        self
    }

    /// The file, as the user named it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.source.path
    }

    /// The line, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.source.line(self.span().start)
    }

    /// The column of its name, or of its value if that is at fault, in characters
    /// of the line counted from 1; none where the text is not at hand.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        let (before, ..) = self.parts()?;
        Some(self.source.cut + before.chars().count() + 1)
    }

    fn span(&self) -> &Range<usize> {
        if self.at_value {
            &self.value
        } else {
            &self.name
        }
    }

    /// The same with no more of the text than is shown: a row may have a megabyte.
    pub(crate) fn shortened(&self) -> Self {
        let (Some(piece), Some(column)) = (self.piece(), self.column()) else {
            return Self::line_of(self.path(), self.line());
        };
        let (before, marked, after) = excerpt::shown_of(&piece);
        let source = Source {
            path: self.source.path.clone(),
            text: [before, marked, after].concat(),
            first_line: piece.line,
            cut: column - 1 - before.chars().count(),
        };
        Self::of(&Arc::new(source), before.len()..before.len() + marked.len())
    }

    /// What there is to show; of what has several lines, the first.
    pub(super) fn piece(&self) -> Option<Piece<'_>> {
        let (before, marked, after) = self.parts()?;
        Some(Piece {
            line: self.line(),
            before,
            marked,
            after,
        })
    }

    /// What is before it in its line, itself, and what is after.
    fn parts(&self) -> Option<(&str, &str, &str)> {
        let (source, span) = (&self.source, self.span());
        if source.text.is_empty() {
            return None;
        }
        let line = source.line_at(span.start);
        let start = span.start.min(line.end);
        let end = span.end.clamp(start, line.end);
        let text = source.text();
        Some((
            &text[line.start..start],
            &text[start..end],
            &text[end..line.end],
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shortened_is_shown_alike() {
        let x = "x".repeat(5000);
        for text in [
            "a = b, c",
            &format!("a\n{x}b{x}"),
            &format!("{x}\n{x}b"),
            "a\nb",
            &x,
        ] {
            let source = Source::new("a", text, 3);
            let at = text.find('b').unwrap_or(0);
            for end in [at, at + 1, text.len()] {
                let spot = Span::of(&source, at..end);
                let short = spot.shortened();
                assert!(short.source.text.len() < 200, "{end}");
                let shown = |spot: &Span| {
                    let piece = spot.piece().expect("a piece");
                    let drawn = crate::span::excerpt::excerpt(&piece, crate::span::Paint::Plain);
                    (drawn, spot.line(), spot.column())
                };
                assert_eq!(shown(&short), shown(&spot));
            }
        }
    }

    #[test]
    fn a_piece_is_of_one_line() {
        let source = Source::new("a", "one\r\ntwö three\r\nfour", 5);
        let of = |span: Range<usize>| {
            let spot = Span::of(&source, span);
            let column = spot.column();
            let piece = spot.piece().map(|piece| {
                let Piece {
                    line,
                    before,
                    marked,
                    after,
                } = piece;
                format!("{line}:{before}[{marked}]{after}")
            });
            (piece.expect("a piece"), column.expect("a column"))
        };
        assert_eq!(of(0..3), ("5:[one]".into(), 1));
        assert_eq!(of(10..15), ("6:twö [three]".into(), 5));
        assert_eq!(of(10..20), ("6:twö [three]".into(), 5));
        assert_eq!(of(4..4), ("5:one[]".into(), 4));
        assert_eq!(of(21..21), ("7:four[]".into(), 5));
        // The middle of a letter, and what is beyond the end.
        assert_eq!(of(8..9), ("5:[]one".into(), 1));
        assert_eq!(of(90..91), ("5:[]one".into(), 1));
    }
}
