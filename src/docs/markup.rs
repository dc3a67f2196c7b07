//! The parts of a page, and what each language of pages has to say how they are
//! written. A part's text is one paragraph in which only `` `code` `` and
//! `**bold**` mean anything, whatever the language.

pub(super) mod asciidoc;
pub(super) mod markdown;
pub(super) mod rst;

/// What a block of code is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// A JSON document.
    Json,
    /// A command for the shells of Linux and macOS.
    Bash,
    /// A command for cmd.exe.
    Cmd,
    /// Anything else.
    Text,
}

impl Language {
    /// The name by which most highlighters know it: Pygments, Rouge, GitHub's.
    fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Bash => "bash",
            Self::Cmd => "bat",
            Self::Text => "text",
        }
    }
}

/// A block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// What it is written in.
    pub language: Language,
    /// What tells it from the other blocks that stand in its place; none where
    /// it is alone.
    pub label: Option<String>,
    /// Its lines, the last one ended too.
    pub text: String,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The title of the page.
    Title(String),
    /// The title of a section.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A paragraph that stands out.
    Note(String),
    /// A list without an order.
    Bullets(Vec<String>),
    /// A list in its order; each step with the code that belongs to it.
    Steps(Vec<(String, Vec<Code>)>),
    /// Code by itself: one block, or those for each shell.
    Code(Vec<Code>),
    /// A table; the first row has the titles of the columns.
    Table(Vec<Vec<String>>),
}

/// How a language of pages writes the parts. Each gives whole lines, the last
/// one ended too.
pub(crate) trait Markup: Sync {
    /// One block of code, or several that stand in each other's place.
    fn block(&self, codes: &[Code]) -> String;

    /// Any part.
    fn part(&self, part: &Part) -> String;

    /// What a page of its own begins with.
    fn head(&self) -> &'static str {
        ""
    }

    /// What the page around a region must hold for tabs to work there.
    fn needs(&self) -> &'static [&'static str] {
        &[]
    }
}

/// Lines with `by` in front, but for empty ones.
fn indented(text: &str, by: &str) -> String {
    let line = |line: &str| {
        if line.trim().is_empty() {
            line.to_owned()
        } else {
            format!("{by}{line}")
        }
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Lines with blanks in front, but for the first, which has `mark` there.
fn item(mark: &str, text: &str) -> String {
    let blanks = " ".repeat(mark.len());
    let text = indented(text, &blanks);
    format!("{mark}{}", text.strip_prefix(&blanks).unwrap_or(&text))
}

/// A paragraph with its spans of code written by `code` and the rest by
/// `plain`.
fn spans(text: &str, code: impl Fn(&str) -> String, plain: impl Fn(&str) -> String) -> String {
    let piece = |(index, piece): (usize, &str)| match index % 2 {
        0 => plain(piece),
        _ => code(piece),
    };
    text.split('`').enumerate().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_indented_below_its_mark() {
        assert_eq!(item("1. ", "a\n\nb\n"), "1. a\n\n   b\n");
    }

    #[test]
    fn code_and_the_rest_are_told_apart() {
        let shown = spans("a `b c` d`e`", |c| format!("<{c}>"), str::to_uppercase);
        assert_eq!(shown, "A <b c> D<e>");
    }
}
