//! The parts of a page, and what each language of pages has to say how they are
//! written. A part's text is one paragraph in which only `` `code` `` and
//! `**bold**` mean anything, whatever the language.

pub(super) mod asciidoc;
pub(super) mod markdown;
pub(super) mod rst;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Json,
    /// A command for the shells of Linux and macOS.
    Bash,
    Cmd,
    /// A command for PowerShell.
    PowerShell,
    Text,
}

impl Language {
    /// The name by which most highlighters know it: Pygments, Rouge, GitHub's.
    fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Bash => "bash",
            Self::Cmd => "bat",
            Self::PowerShell => "powershell",
            Self::Text => "text",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) language: Language,
    /// What tells it from the other blocks that stand in its place; none where
    /// it is alone.
    pub(crate) label: Option<String>,
    /// Its lines, the last one ended too.
    pub(crate) text: String,
}

/// How a language of pages writes the parts. All but a paragraph's text are whole
/// lines, the last one ended too.
pub(crate) trait Markup: Sync {
    /// What a note begins with, and what an item of a list without an order does.
    fn marks(&self) -> [&'static str; 2];

    fn inline(&self, text: &str) -> String;

    /// The title of the page, or of a section.
    fn title(&self, text: &str, is_page: bool) -> String;

    fn code(&self, code: &Code) -> String;

    /// A step of a list, with the code that belongs to it.
    fn step(&self, number: usize, text: &str, codes: &[Code]) -> String;

    fn table(&self, rows: &[Vec<String>]) -> String;

    /// One block of code, or several that stand in each other's place.
    fn block(&self, codes: &[Code]) -> String {
        let codes: Vec<String> = codes.iter().map(|code| self.code(code)).collect();
        codes.join("\n")
    }

    /// The imports that tabs need, at the beginning of a page.
    fn imports(&self) -> &'static [&'static str] {
        &[]
    }
}

/// A step with its code below, both indented.
fn step(of: &dyn Markup, mark: &str, text: &str, codes: &[Code]) -> String {
    let mut body = format!("{}\n", of.inline(text));
    if !codes.is_empty() {
        body = format!("{body}\n{}", of.block(codes));
    }
    item(mark, &body)
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

/// A paragraph with its spans of code written by `code`.
fn spans(text: &str, code: impl Fn(&str) -> String) -> String {
    let piece = |(index, piece): (usize, &str)| match index % 2 {
        0 => piece.to_owned(),
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
        let shown = spans("a `b c` d`e`", |c| format!("<{c}>"));
        assert_eq!(shown, "a <b c> d<e>");
    }
}
