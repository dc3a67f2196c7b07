//! The regions of a page, found in its bytes. Whatever a page is written in,
//! only whole lines count, and only ASCII in them.
//!
//! Markers in a block of code of the page itself are no markers: so a page can
//! show how a region is written.

use std::ops::Range;

use super::code::CodeBlocks;
use super::flavor::Comments;
use super::marker::{self, Begin, Marker};
use crate::diagnostic::escape_value;

/// A region: what is between two markers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The line of the marker that begins it, counted from 1.
    pub line: usize,
    pub begin: Begin,
    /// What stands in front of that marker in its line.
    pub indent: Vec<u8>,
    pub crlf: bool,
    /// The bytes between the two lines.
    pub content: Range<usize>,
}

/// The byte order mark that some editors put before UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Finds all regions; and what is wrong, with the lines: regions that are not
/// closed, nested or misspelt; a page that is not in an encoding with ASCII in it.
pub fn find(page: &[u8], comments: Comments) -> (Vec<Region>, Vec<(usize, String)>) {
    if is_utf_16(page) {
        let what = "the page is UTF-16 text; save it as UTF-8".into();
        return (Vec::new(), vec![(1, what)]);
    }
    let mut regions = Vec::new();
    let mut faults = Vec::new();
    let mut open: Option<Region> = None;
    let mut before: Option<&[u8]> = None;
    // How many markers that begin a region have faults.
    let mut broken: usize = 0;
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
        let is_inside = before.is_some_and(marker::opens_comment);
        before = Some(line);
        let read = match marker::read(line, comments) {
            None if is_inside && marker::is_bare(line) => {
                Some(Err("must be a comment of one line".into()))
            }
            read => read,
        };
        match (read, &mut open) {
            (None, _) => {}
            (Some(Err(what)), _) => {
                faults.push((number, format!("a marker {what}")));
                // Its partner is no second error.
                if !marker::is_end(line) {
                    broken += 1;
                } else if open.take().is_none() {
                    broken = broken.saturating_sub(1);
                }
            }
            (Some(Ok(Marker::Begin(begin))), None) => {
                broken = 0;
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
                    escape_value(&begin.name),
                    escape_value(&region.begin.name),
                    region.line
                ),
            )),
            (Some(Ok(Marker::End)), _) if broken > 0 => broken -= 1,
            (Some(Ok(Marker::End)), None) => {
                faults.push((number, "the marker ends a region that does not begin".into()));
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
            escape_value(&region.begin.name)
        );
        faults.push((region.line, what));
    }
    faults.extend(code.unclosed());
    faults.sort_by_key(|(line, _)| *line);
    (regions, faults)
}

/// Whether the page is UTF-16 by its byte order mark.
fn is_utf_16(page: &[u8]) -> bool {
    page.starts_with(b"\xff\xfe") || page.starts_with(b"\xfe\xff")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(page: &str, comments: Comments) -> Result<Vec<usize>, Vec<usize>> {
        match find(page.as_bytes(), comments) {
            (regions, faults) if faults.is_empty() => {
                Ok(regions.iter().map(|region| region.line).collect())
            }
            (_, faults) => Err(faults.iter().map(|(line, _)| *line).collect()),
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
        assert_eq!(find(b"\xff\xfea\0", Comments::Markdown).1.len(), 1);
    }
}
