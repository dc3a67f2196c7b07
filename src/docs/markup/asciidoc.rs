//! AsciiDoc, as Asciidoctor reads it. It has no tabs of its own: one block after
//! the other, each under a title.

use super::{Code, Markup, spans};

pub(in crate::docs) struct AsciiDoc;

/// A span of code. Asciidoctor reads on in code, so that `_`, `--` and others
/// would mean something there; in a passthrough they do not.
fn span(code: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-/.".contains(c);
    if code.chars().all(plain) && !code.contains("--") && !code.contains("..") {
        format!("`{code}`")
    } else {
        format!("`pass:c[{code}]`")
    }
}

impl Markup for AsciiDoc {
    fn marks(&self) -> [&'static str; 2] {
        ["NOTE: ", "* "]
    }

    fn inline(&self, text: &str) -> String {
        spans(text, span)
    }

    fn title(&self, text: &str, is_page: bool) -> String {
        let mark = if is_page { "=" } else { "==" };
        format!("{mark} {}\n", self.inline(text))
    }

    fn code(&self, code: &Code) -> String {
        let (language, text) = (code.language.name(), &code.text);
        let title = code.label.as_ref().map(|label| format!(".{label}\n"));
        let title = title.unwrap_or_default();
        format!("{title}[source,{language}]\n----\n{text}----\n")
    }

    fn step(&self, _: usize, text: &str, codes: &[Code]) -> String {
        // Each block is tied to its step by a plus sign.
        let codes = codes.iter().map(|one| format!("+\n{}", self.code(one)));
        format!(". {}\n{}", self.inline(text), codes.collect::<String>())
    }

    fn table(&self, rows: &[Vec<String>]) -> String {
        let cell = |cell: &String| format!("|{}\n", self.inline(cell));
        let rows = rows.iter().map(|cells| cells.iter().map(cell).collect());
        let rows = rows.collect::<Vec<String>>().join("\n");
        format!("[%header%autowidth]\n|===\n{rows}|===\n")
    }
}
