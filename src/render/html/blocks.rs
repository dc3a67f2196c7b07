//! Markdown to the blocks that a template lays out. It reads the part of
//! Markdown that the runbook is written in and refuses all else, so that nothing
//! is lost without a word; tests hold it against a whole parser, which would
//! take a bundle more time than all its templates.

use serde::Serialize;

use super::inline;
use crate::templates::TemplateError;

/// A text in blocks. What is called `html` is inline markup, escaped, as list
/// items and the cells of rows are; all else is plain text.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) title: String,
    /// What stands before the first section.
    pub(super) opening: Vec<Block>,
    pub(super) sections: Vec<Section>,
}

#[derive(Debug, Serialize)]
pub(super) struct Section {
    /// Lower-case letters, digits and `-`.
    id: String,
    title: String,
    blocks: Vec<Block>,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Block {
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
        /// Whether any of the heads says something.
        headed: bool,
        heads: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    Code {
        /// Counted through the page, from 1.
        number: usize,
        language: String,
        /// Without the last end of line: a command that is pasted waits for
        /// Enter.
        text: String,
    },
    /// The same for each shell.
    Shells {
        panels: Vec<Panel>,
    },
}

/// What one shell takes, and what says so.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Panel {
    number: usize,
    language: String,
    html: String,
    text: String,
}

/// The languages of two code blocks that stand for the same in both shells.
const SHELLS: [&str; 2] = ["sh", "bat"];

/// Reads a text that begins with its title.
///
/// # Errors
/// A line that no block is for.
pub(super) fn read(markdown: &str) -> Result<Page, TemplateError> {
    let mut reader = Reader {
        lines: markdown.lines(),
        codes: 0,
    };
    let mut page = Page::default();
    while let Some(line) = reader.lines.next() {
        if line.is_empty() {
            continue;
        }
        if let Some(title) = line.strip_prefix("# ")
            && page.title.is_empty()
        {
            title.clone_into(&mut page.title);
        } else if let Some(title) = line.strip_prefix("## ") {
            page.sections.push(Section {
                id: id(title),
                title: title.to_owned(),
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
fn side_by_side(blocks: &mut Vec<Block>) {
    if let [.., before, first, between, second] = blocks.as_slice()
        && let (Some(first), Some(second)) = (panel(before, first), panel(between, second))
        && [first.language.as_str(), second.language.as_str()] == SHELLS
    {
        blocks.truncate(blocks.len() - 4);
        blocks.push(Block::Shells {
            panels: vec![first, second],
        });
    }
}

/// A text and the code after it as one shell's part.
fn panel(text: &Block, code: &Block) -> Option<Panel> {
    match (text, code) {
        (
            Block::Text { html },
            Block::Code {
                number,
                language,
                text,
            },
        ) => Some(Panel {
            number: *number,
            language: language.clone(),
            html: html.clone(),
            text: text.clone(),
        }),
        _ => None,
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
    lines: std::str::Lines<'a>,
    /// The code blocks so far.
    codes: usize,
}

impl<'a> Reader<'a> {
    /// The block that begins with a line.
    fn block(&mut self, line: &'a str) -> Result<Block, TemplateError> {
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
        for line in self.lines.by_ref().take_while(|line| !line.is_empty()) {
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

    fn list(&mut self, ordered: bool, first: &str) -> Result<Block, TemplateError> {
        let mut items = vec![first.to_owned()];
        for line in self.lines.by_ref().take_while(|line| !line.is_empty()) {
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

    fn table(&mut self, first: &str) -> Result<Block, TemplateError> {
        let heads: Vec<String> = cells(first)?.map(str::to_owned).collect();
        let mut rows = Vec::new();
        for line in self.lines.by_ref().take_while(|line| !line.is_empty()) {
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
        Ok(Block::Table {
            headed: heads.iter().any(|head| !head.is_empty()),
            heads,
            rows,
        })
    }

    fn code(&mut self, language: &str) -> Result<Block, TemplateError> {
        let mut lines = Vec::new();
        loop {
            match self.lines.next() {
                Some("```") => break,
                Some(line) => lines.push(line),
                None => return Err(unknown(language)),
            }
        }
        self.codes += 1;
        Ok(Block::Code {
            number: self.codes,
            language: language.to_owned(),
            text: lines.join("\n"),
        })
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
                Block::Code { .. } => "code",
                Block::Shells { .. } => "shells",
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
