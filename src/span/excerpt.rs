//! The line that a fault is in, with a mark under exactly what is wrong.

use unicode_width::UnicodeWidthChar;

use super::paint::Paint;

/// A piece of one line, and what is around it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    /// The number of its line, which takes time to count in a long text.
    pub(crate) line: usize,
    pub(crate) before: &'a str,
    pub(crate) marked: &'a str,
    pub(crate) after: &'a str,
}

/// So many characters of a line are shown before what is marked, of it, and after
/// it: a line may have a megabyte. An ARN is marked whole.
const MAX: (usize, usize, usize) = (40, 100, 40);

/// What stands for what is left out.
const LEFT_OUT: &str = "…";

/// The line and the mark, each behind a line end.
pub(crate) fn excerpt(piece: &Piece<'_>, paint: Paint) -> String {
    let number = piece.line.to_string();
    let edge = " ".repeat(number.len());
    let before = match piece.before.char_indices().rev().nth(MAX.0) {
        Some((at, c)) => format!("{LEFT_OUT}{}", shown(&piece.before[at + c.len_utf8()..])),
        None => shown(piece.before),
    };
    let (marked, after) = (first(piece.marked, MAX.1), first(piece.after, MAX.2));
    let mark = format!(
        "{}{}",
        " ".repeat(width(&before)),
        paint.fault(&"^".repeat(width(&marked).max(1)))
    );
    let line = format!("{before}{marked}{after}");
    let [empty, with_number] =
        [format!("{edge} |"), format!("{number} |")].map(|text| paint.edge(&text));
    format!(
        "\n{empty}\n{with_number} {}\n{empty} {mark}",
        line.trim_end()
    )
}

/// As much of a piece as tells what is shown of it, and that more is left out.
pub(crate) fn shown_of<'a>(piece: &Piece<'a>) -> (&'a str, &'a str, &'a str) {
    let begin = |text: &'a str, most: usize| {
        let end = text.char_indices().nth(most + 1);
        end.map_or(text, |(end, _)| &text[..end])
    };
    let before = piece.before;
    let start = before.char_indices().rev().nth(MAX.0);
    (
        start.map_or(before, |(start, _)| &before[start..]),
        begin(piece.marked, MAX.1),
        begin(piece.after, MAX.2),
    )
}

/// The beginning of a text.
fn first(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => shown(&text[..end]) + LEFT_OUT,
        None => shown(text),
    }
}

/// A text as it can be shown in an excerpt: as [`crate::escape::escape_all`] does it, but
/// for tabs, which stand for blanks.
fn shown(text: &str) -> String {
    crate::escape::escape_all(&text.replace('\t', "    "))
}

/// How many columns of a terminal it takes. Whatever combines with the letter
/// before is an escape by now.
fn width(shown: &str) -> usize {
    shown
        .chars()
        .map(|c| UnicodeWidthChar::width(c).unwrap_or_default())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(before: &str, marked: &str, after: &str) -> Vec<String> {
        let piece = Piece {
            line: 12,
            before,
            marked,
            after,
        };
        let drawn = excerpt(&piece, Paint::Plain);
        let lines = drawn.lines().skip(2).map(str::to_owned);
        lines.collect()
    }

    #[test]
    fn the_mark_is_under_what_is_marked_whatever_stands_there() {
        assert_eq!(drawn("a = ", "b", " c"), ["12 | a = b c", "   |     ^"]);
        assert_eq!(drawn("a", "", ""), ["12 | a", "   |  ^"]);
        assert_eq!(
            drawn("\ta ", "\tb", ""),
            ["12 |     a     b", "   |       ^^^^^"]
        );
        assert_eq!(drawn("日本 ", "語", "!"), ["12 | 日本 語!", "   |      ^^"]);
        assert_eq!(
            drawn("e\u{301}", "\u{1b}[2J", "\u{202e}"),
            [
                "12 | e\\u{301}\\u{1b}[2J\\u{202e}",
                "   |         ^^^^^^^^^"
            ]
        );
    }

    #[test]
    fn of_a_long_line_its_middle_is_shown() {
        let long = "x".repeat(1 << 20);
        let [line, mark] = &drawn(&long, "here", &long)[..] else {
            panic!("two lines");
        };
        let x = "x".repeat(40);
        assert_eq!(line, &format!("12 | …{x}here{x}…"));
        assert_eq!(mark, &format!("   | {}^^^^", " ".repeat(41)));
        let [line, mark] = &drawn("", &long, "")[..] else {
            panic!("two lines");
        };
        assert_eq!(line.chars().count(), 5 + 101);
        assert_eq!(mark.chars().count(), 5 + 101);
    }
}
