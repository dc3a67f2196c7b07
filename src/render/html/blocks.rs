//! Markdown to the blocks that the page is laid out from. It reads the part of
//! Markdown that the runbook is written in and refuses all else, so that nothing
//! is lost without a word; tests hold it against a whole parser, which would
//! take a bundle more time than all its templates.

use super::inline;
use crate::templates::TemplateError;

/// A text in blocks. What is called `html` is inline markup, escaped, as list
/// items and the cells of rows are; all else is plain text.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    /// What stands before the first section.
    pub(super) opening: Vec<Block<'a>>,
    pub(super) sections: Vec<Section<'a>>,
}

#[derive(Debug)]
pub(super) struct Section<'a> {
    /// Lower-case letters, digits and `-`.
    pub(super) id: String,
    pub(super) title: &'a str,
    pub(super) blocks: Vec<Block<'a>>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block<'a> {
    Text {
        html: String,
    },
    Note {
        html: String,
    },
    List {
        ordered: bool,
        items: Vec<String>,
    },
    Table {
        heads: Vec<&'a str>,
        rows: Vec<Vec<String>>,
    },
    Code(Code<'a>),
    /// The same for each shell: what says so, as HTML, and what it takes.
    Shells(Vec<(String, Code<'a>)>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Code<'a> {
    /// Counted through the page, from 1.
    pub(super) number: usize,
    pub(super) language: &'a str,
    /// Without the last end of line: a command that is pasted waits for Enter.
    pub(super) text: &'a str,
}

/// The languages of two code blocks that stand for the same in both shells.
const SHELLS: [&str; 2] = ["sh", "bat"];

/// Reads a text that begins with its title.
///
/// # Errors
/// A line that no block is for.
pub(super) fn read(markdown: &str) -> Result<Page<'_>, TemplateError> {
    let mut reader = Reader {
        rest: markdown,
        codes: 0,
    };
    let mut page = Page::default();
    while let Some(line) = reader.line() {
        if line.is_empty() {
            continue;
        }
        if let Some(title) = line.strip_prefix("# ")
            && page.title.is_empty()
        {
            page.title = title;
        } else if let Some(title) = line.strip_prefix("## ") {
            page.sections.push(Section {
                id: id(title),
                title,
                blocks: Vec::new(),
            });
        } else {
            let blocks = match page.sections.last_mut() {
                Some(section) => &mut section.blocks,
                None => &mut page.opening,
            };
            blocks.push(reader.block(line)?);
            side_by_side(blocks);
        }
    }
    Ok(page)
}

/// Puts the last blocks into one if they say the same for each shell.
fn side_by_side(blocks: &mut Vec<Block<'_>>) {
    if let [.., before, first, between, second] = blocks.as_mut_slice()
        && let (Block::Text { html: before }, Block::Code(first)) = (before, first)
        && let (Block::Text { html: between }, Block::Code(second)) = (between, second)
        && [first.language, second.language] == SHELLS
    {
        let panels = vec![
            (std::mem::take(before), first.clone()),
            (std::mem::take(between), second.clone()),
        ];
        blocks.truncate(blocks.len() - 4);
        blocks.push(Block::Shells(panels));
    }
}

/// The words of a title, for a link to it.
fn id(title: &str) -> String {
    let title = title.to_ascii_lowercase();
    let words = title.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// What a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Text,
    Note,
    Item {
        ordered: bool,
    },
    Row,
    Fence,
    Title,
    /// Something that only goes on: an indented line.
    More,
}

/// What a line begins, and the line without the sign of it.
fn start(line: &str) -> (Start, &str) {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if number.len() < line.len()
        && let Some(rest) = number.strip_prefix(". ")
    {
        return (Start::Item { ordered: true }, rest);
    }
    for (sign, start) in [
        ("- ", Start::Item { ordered: false }),
        ("> ", Start::Note),
        ("|", Start::Row),
        ("```", Start::Fence),
        ("#", Start::Title),
        ("  ", Start::More),
    ] {
        if let Some(rest) = line.strip_prefix(sign) {
            return (start, rest);
        }
    }
    (Start::Text, line)
}

/// The lines of a text, taken block by block.
struct Reader<'a> {
    rest: &'a str,
    /// The code blocks so far.
    codes: usize,
}

impl<'a> Reader<'a> {
    /// The next line, without its end.
    fn line(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        Some(line)
    }

    /// The next line, if the block goes on with it.
    fn more(&mut self) -> Option<&'a str> {
        self.line().filter(|line| !line.is_empty())
    }

    /// The block that begins with a line.
    fn block(&mut self, line: &'a str) -> Result<Block<'a>, TemplateError> {
        let (begin, rest) = start(line);
        match begin {
            Start::Text => Ok(Block::Text {
                html: inline::html(&self.joined(Start::Text, rest)?)?,
            }),
            Start::Note => Ok(Block::Note {
                html: inline::html(&self.joined(Start::Note, rest)?)?,
            }),
            Start::Item { ordered } => self.list(ordered, rest),
            Start::Row => self.table(rest),
            Start::Fence => self.code(rest),
            Start::Title | Start::More => Err(unknown(line)),
        }
    }

    /// The lines up to the next empty one, all of which must begin alike.
    fn joined(&mut self, begin: Start, first: &str) -> Result<String, TemplateError> {
        let mut text = first.to_owned();
        while let Some(line) = self.more() {
            match start(line) {
                (start, rest) if start == begin => {
                    text.push('\n');
                    text.push_str(rest);
                }
                _ => return Err(unknown(line)),
            }
        }
        Ok(text)
    }

    fn list(&mut self, ordered: bool, first: &str) -> Result<Block<'a>, TemplateError> {
        let mut items = vec![first.to_owned()];
        while let Some(line) = self.more() {
            match (start(line), items.last_mut()) {
                ((begin, rest), _) if begin == Start::Item { ordered } => {
                    items.push(rest.to_owned());
                }
                ((Start::More, rest), Some(item)) => {
                    item.push('\n');
                    item.push_str(rest.trim_start());
                }
                _ => return Err(unknown(line)),
            }
        }
        let items: Result<_, _> = items.iter().map(|item| inline::html(item)).collect();
        Ok(Block::List {
            ordered,
            items: items?,
        })
    }

    fn table(&mut self, first: &'a str) -> Result<Block<'a>, TemplateError> {
        let heads: Vec<&str> = cells(first)?.collect();
        let mut rows = Vec::new();
        while let Some(line) = self.more() {
            let (Start::Row, rest) = start(line) else {
                return Err(unknown(line));
            };
            let row: Result<Vec<String>, _> = cells(rest)?.map(inline::html).collect();
            rows.push(row?);
        }
        // The first one is the line below the heads.
        let ruled = !rows.is_empty() && rows.remove(0).iter().all(|cell| cell == "---");
        if !ruled || rows.iter().any(|row| row.len() != heads.len()) {
            return Err(unknown(first));
        }
        Ok(Block::Table { heads, rows })
    }

    fn code(&mut self, language: &'a str) -> Result<Block<'a>, TemplateError> {
        let text = self.rest;
        let mut length = 0;
        loop {
            match self.line() {
                Some("```") => break,
                Some(line) => length += line.len() + 1,
                None => return Err(unknown(language)),
            }
        }
        self.codes += 1;
        Ok(Block::Code(Code {
            number: self.codes,
            language,
            text: &text[..length.saturating_sub(1)],
        }))
    }
}

/// The cells of a row, of which the first `|` is gone.
fn cells(row: &str) -> Result<impl Iterator<Item = &str>, TemplateError> {
    match row.strip_suffix('|') {
        Some(row) if !row.contains("\\|") => Ok(row.split('|').map(str::trim)),
        _ => Err(unknown(row)),
    }
}

pub(super) fn unknown(text: &str) -> TemplateError {
    TemplateError {
        message: format!("README.md has `{text}`, of which README.html can make nothing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_does_not_read_is_refused() {
        for text in [
            "# A\n# B",
            "### C",
            "text\n- item",
            "text\n```sh\na\n```",
            "- item\ntext",
            "- item\n1. item",
            "> note\ntext",
            "    code",
            "```sh\na",
            "| a |",
            "| a |\n| b |",
            "| a |\n|---|\n| b | c |",
            "| a |\n|---|\n| b",
            "| a |\n|---|\n| b \\| c |",
            "| a |\n|---|\ntext",
            "## A\n\n_em_",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_same_for_both_shells_is_one_block_and_nothing_else_is() {
        let kinds = |text: &str| {
            let blocks = read(text).expect("a page").opening;
            let kinds = blocks.iter().map(|block| match block {
                Block::Text { .. } => "text",
                Block::Code(_) => "code",
                Block::Shells(_) => "shells",
                _ => "other",
            });
            kinds.collect::<Vec<_>>().join(" ")
        };
        let (sh, bat) = ("```sh\na\n```\n", "```bat\nb\n```\n");
        assert_eq!(
            kinds(&format!("P\n\nL:\n\n{sh}\nW:\n\n{bat}\nQ")),
            "text shells text"
        );
        assert_eq!(
            kinds(&format!("L:\n\n{sh}\nM:\n\n{sh}")),
            "text code text code"
        );
        assert_eq!(kinds(&format!("L:\n\n{sh}\n{bat}")), "text code code");
    }
}
