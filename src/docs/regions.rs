//! The regions of a page, found in its bytes. Whatever a page is written in,
//! only whole lines count, and only ASCII in them.
//!
//! Markers in a block of code of the page itself are no markers: so a page can
//! show how a region is written.

use std::ops::Range;

use super::flavor::Comments;
use super::marker::{self, Begin, Marker};
use crate::fault::printable;

/// A region: what is between two markers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The line of the marker that begins it, counted from 1.
    pub line: usize,
    /// What that marker says.
    pub begin: Begin,
    /// What stands in front of that marker in its line.
    pub indent: Vec<u8>,
    /// Whether that line ends with CRLF.
    pub crlf: bool,
    /// The bytes between the two lines.
    pub content: Range<usize>,
}

/// The byte order mark that some editors put before UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Finds all regions; or says what is wrong, with the lines.
///
/// # Errors
/// Regions that are not closed, nested or misspelt; a page that is not in an
/// encoding with ASCII in it.
pub fn find(page: &[u8], comments: Comments) -> Result<Vec<Region>, Vec<(usize, String)>> {
    if is_utf_16(page) {
        return Err(vec![(1, "is UTF-16 text; save the page as UTF-8".into())]);
    }
    let mut regions = Vec::new();
    let mut faults = Vec::new();
    let mut open: Option<Region> = None;
    let mut code = CodeBlocks::new(comments);
    let mut offset = if page.starts_with(BOM) { BOM.len() } else { 0 };
    for (index, whole) in page[offset..]
        .split_inclusive(|byte| *byte == b'\n')
        .enumerate()
    {
        let number = index + 1;
        let line = whole.strip_suffix(b"\n").unwrap_or(whole);
        let crlf = line.ends_with(b"\r");
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let (start, end) = (offset, offset + whole.len());
        offset = end;

        // What is in a region was written by this program, and will be again.
        if open.is_none() && code.holds(line, number) {
            if let Some(Ok(_)) = marker::read(line, comments) {
                code.marker = code.marker.or(Some(number));
            }
            continue;
        }
        match (marker::read(line, comments), &mut open) {
            (None, _) => {}
            (Some(Err(what)), _) => faults.push((number, format!("a marker {what}"))),
            (Some(Ok(Marker::Begin(begin))), None) => {
                let indent = line.len() - line.trim_ascii_start().len();
                open = Some(Region {
                    line: number,
                    begin,
                    indent: line[..indent].to_owned(),
                    crlf,
                    content: end..end,
                });
            }
            (Some(Ok(Marker::Begin(begin))), Some(region)) => faults.push((
                number,
                format!(
                    "the region `{}` begins in the region `{}` of line {}, which is not ended before",
                    printable(&begin.name),
                    printable(&region.begin.name),
                    region.line
                ),
            )),
            (Some(Ok(Marker::End)), None) => {
                faults.push((number, "ends a region where none has begun".into()));
            }
            (Some(Ok(Marker::End)), Some(region)) => {
                region.content.end = start;
                regions.extend(open.take());
            }
        }
    }
    if let Some(region) = open {
        let what = format!(
            "the region `{}` is not ended",
            printable(&region.begin.name)
        );
        faults.push((region.line, what));
    }
    faults.extend(code.unclosed());
    faults.sort_by_key(|(line, _)| *line);
    if faults.is_empty() {
        Ok(regions)
    } else {
        Err(faults)
    }
}

/// Whether the page is UTF-16 by its byte order mark.
fn is_utf_16(page: &[u8]) -> bool {
    page.starts_with(b"\xff\xfe") || page.starts_with(b"\xfe\xff")
}

/// Where the reading of a page stands: in which block of code, if in one.
struct CodeBlocks {
    comments: Comments,
    /// The line that opened the block, and what has to close it.
    open: Option<(usize, Closes)>,
    /// The first marker in the block.
    marker: Option<usize>,
    /// How many characters the line before has, if it can be a title.
    before: usize,
}

enum Closes {
    /// A fence of at least so many of these; or, in AsciiDoc, a line of
    /// exactly so many.
    Fence(u8, usize),
    /// A line that is indented by this much or less.
    Indent(usize),
}

impl CodeBlocks {
    fn new(comments: Comments) -> Self {
        Self {
            comments,
            open: None,
            marker: None,
            before: 0,
        }
    }

    /// Whether a line belongs to a block of code; its opening and closing lines
    /// do.
    fn holds(&mut self, line: &[u8], number: usize) -> bool {
        let over = match &self.open {
            None => false,
            Some((_, Closes::Fence(of, least))) => {
                let closes = match self.comments {
                    Comments::AsciiDoc => delimiter(line) == Some((*of, *least)),
                    _ => closing_fence(line, *of, *least),
                };
                if closes {
                    self.open = None;
                    self.marker = None;
                }
                return true;
            }
            Some((_, Closes::Indent(indent))) => {
                !line.trim_ascii().is_empty() && indent_of(line) <= *indent
            }
        };
        if over {
            self.open = None;
            self.marker = None;
        }
        if self.open.is_some() {
            return true;
        }
        let opens = match self.comments {
            Comments::Markdown => {
                opening_fence(line).map(|(of, length)| (Closes::Fence(of, length), true))
            }
            Comments::AsciiDoc => {
                // A line as long as the one before, give or take one, makes that a title.
                let before = self.before;
                delimiter(line)
                    .filter(|(of, length)| !(b"-+".contains(of) && length.abs_diff(before) <= 1))
                    .map(|(of, length)| (Closes::Fence(of, length), true))
            }
            // The line that announces the block is none of its lines.
            Comments::Rst => announces_code(line).then(|| (Closes::Indent(indent_of(line)), false)),
        };
        self.before = title_length(line);
        let Some((closes, itself)) = opens else {
            return false;
        };
        self.open = Some((number, closes));
        itself
    }

    /// The fault of a fence that hides markers to the end of the page.
    fn unclosed(self) -> Option<(usize, String)> {
        let (Some((line, Closes::Fence(..))), Some(marker)) = (self.open, self.marker) else {
            return None;
        };
        let what = format!(
            "a marker stands in the block of code of line {line}, which is not ended before the end of the page"
        );
        Some((marker, what))
    }
}

fn indent_of(line: &[u8]) -> usize {
    line.len() - line.trim_ascii_start().len()
}

/// A line without what containers put before their content: blanks, `>` of
/// quotes, the marks of items.
fn content(line: &[u8]) -> &[u8] {
    let mut line = line.trim_ascii();
    loop {
        let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let rest = match line {
            [b'>' | b'-' | b'*' | b'+', rest @ ..] if is_mark(line[0], rest) => rest,
            _ if digits > 0 => match &line[digits..] {
                [b'.' | b')', rest @ ..] if rest.starts_with(b" ") => rest,
                _ => return line,
            },
            _ => return line,
        };
        line = rest.trim_ascii_start();
    }
}

/// Whether a character before `rest` is the mark of a container.
fn is_mark(mark: u8, rest: &[u8]) -> bool {
    mark == b'>' || rest.starts_with(b" ")
}

/// How many of which character a Markdown fence that opens here has.
fn opening_fence(line: &[u8]) -> Option<(u8, usize)> {
    let line = content(line);
    let of = *line.first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let length = line.iter().take_while(|byte| **byte == of).count();
    // A span of code may begin a line too.
    let info = &line[length..];
    (length >= 3 && !(of == b'`' && info.contains(&b'`'))).then_some((of, length))
}

fn closing_fence(line: &[u8], of: u8, least: usize) -> bool {
    let line = line.trim_ascii();
    let line = line.strip_prefix(b">").unwrap_or(line).trim_ascii();
    line.len() >= least && line.iter().all(|byte| *byte == of)
}

/// How many of which character an AsciiDoc delimiter of code, of a literal, of
/// a passthrough or of a comment has.
fn delimiter(line: &[u8]) -> Option<(u8, usize)> {
    let line = line.trim_ascii_end();
    let of = *line.first()?;
    if of == b'`' {
        // With the language behind it.
        return line.starts_with(b"```").then_some((b'`', 3));
    }
    let is = b"-.+/".contains(&of) && line.len() >= 4 && line.iter().all(|byte| *byte == of);
    is.then_some((of, line.len()))
}

/// How many characters a line has that can be an AsciiDoc title; none if it is
/// the title of a block, its attributes or a comment.
fn title_length(line: &[u8]) -> usize {
    let line = line.trim_ascii_end();
    if line.starts_with(b".") || line.starts_with(b"[") || line.starts_with(b"//") {
        return 0;
    }
    String::from_utf8_lossy(line).chars().count()
}

/// Whether a block of code follows a line of reStructuredText, indented.
fn announces_code(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let Some(directive) = line.strip_prefix(b".. ") else {
        return line.ends_with(b"::");
    };
    let directive = directive.trim_ascii_start();
    [
        &b"code::"[..],
        b"code-block::",
        b"sourcecode::",
        b"parsed-literal::",
        b"raw::",
    ]
    .iter()
    .any(|known| directive.starts_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(page: &str, comments: Comments) -> Result<Vec<usize>, Vec<usize>> {
        match find(page.as_bytes(), comments) {
            Ok(regions) => Ok(regions.iter().map(|region| region.line).collect()),
            Err(faults) => Err(faults.iter().map(|(line, _)| *line).collect()),
        }
    }

    const MD: &str = "<!-- lexlogs:begin a -->\n<!-- lexlogs:end -->\n";

    #[test]
    fn a_block_of_code_of_a_page_hides_its_markers() {
        for (open, close) in [
            ("```html", "```"),
            ("````", "`````"),
            ("~~~", "~~~ "),
            ("- ```", "  ```"),
            ("1. ~~~~", "   ~~~~"),
            ("> ```", "> ```"),
        ] {
            let page = format!("{open}\n{MD}{close}\n{MD}");
            assert_eq!(lines(&page, Comments::Markdown), Ok(vec![5]), "{page}");
        }
        // No fences: a shorter one, one with a mark behind it, a span of code.
        let page = format!("````\n```\n```` x\n{MD}````\n``` a ``` b\n{MD}");
        assert_eq!(lines(&page, Comments::Markdown), Ok(vec![8]));

        let adoc = "// lexlogs:begin a\n// lexlogs:end\n";
        for delimiter in ["----", "....", "++++", "////", "------", "```"] {
            let page = format!("{delimiter}\n{adoc}{delimiter}\n{adoc}");
            assert_eq!(lines(&page, Comments::AsciiDoc), Ok(vec![5]), "{page}");
        }

        let page = format!("Größe\n-----\n\n{adoc}\nA title\n++++++\n\n{adoc}");
        assert_eq!(lines(&page, Comments::AsciiDoc), Ok(vec![4, 10]), "titles");
        let page = format!(".abc\n----\n{adoc}----\n[x]\n----\n{adoc}----\n");
        assert_eq!(lines(&page, Comments::AsciiDoc), Ok(vec![]), "no titles");

        let rst = ".. lexlogs:begin a\n.. lexlogs:end\n";
        let indented = "   .. lexlogs:begin a\n\n   .. lexlogs:end\n";
        for opening in ["So::", ".. code-block:: rst", "::", ".. code::"] {
            let page = format!("{opening}\n\n{indented}\n{rst}");
            assert_eq!(lines(&page, Comments::Rst), Ok(vec![7]), "{page}");
        }
        let page = format!(".. note::\n\n{indented}\n{rst}");
        assert_eq!(
            lines(&page, Comments::Rst),
            Ok(vec![3, 7]),
            "a note is no code"
        );
    }

    #[test]
    fn a_block_of_code_that_is_not_ended_hides_nothing_in_silence() {
        assert_eq!(
            lines(&format!("```\n{MD}"), Comments::Markdown),
            Err(vec![2])
        );
        assert_eq!(lines("```\nlexlogs\n", Comments::Markdown), Ok(vec![]));
    }

    #[test]
    fn what_is_in_a_region_opens_no_block_of_code() {
        let page = "<!-- lexlogs:begin a -->\n```\n<!-- lexlogs:end -->\n";
        assert_eq!(
            lines(&format!("{page}{page}"), Comments::Markdown),
            Ok(vec![1, 4])
        );
    }

    #[test]
    fn faults_have_their_lines_and_come_together() {
        let page = "<!-- lexlogs:end -->\n<!-- lexlogs:begin a -->\n<!-- lexlogs:begin b -->\n<!-- lexlogs:end -->\n\
<!-- lexlogs:strt -->\n\n<!-- lexlogs:begin c -->\n";
        assert_eq!(lines(page, Comments::Markdown), Err(vec![1, 3, 5, 7]));
        assert_eq!(
            lines("\u{feff}<!-- lexlogs:begin c -->", Comments::Markdown),
            Err(vec![1])
        );
        assert!(find(b"\xff\xfea\0", Comments::Markdown).is_err());
    }
}
