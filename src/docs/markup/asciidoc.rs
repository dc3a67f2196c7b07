//! AsciiDoc, as Asciidoctor reads it. It has no tabs of its own: one block after
//! the other, each under a title.

use super::{Code, Markup, Part, spans};

pub(in crate::docs) struct AsciiDoc;

fn inline(text: &str) -> String {
    spans(text, span, str::to_owned)
}

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

fn code(code: &Code) -> String {
    let language = code.language.name();
    let title = code.label.as_ref().map(|label| format!(".{label}\n"));
    format!(
        "{}[source,{language}]\n----\n{}----\n",
        title.unwrap_or_default(),
        code.text
    )
}

impl Markup for AsciiDoc {
    fn block(&self, codes: &[Code]) -> String {
        codes.iter().map(code).collect::<Vec<_>>().join("\n")
    }

    fn part(&self, part: &Part) -> String {
        match part {
            Part::Title(text) => format!("= {}\n", inline(text)),
            Part::Heading(text) => format!("== {}\n", inline(text)),
            Part::Text(text) => format!("{}\n", inline(text)),
            Part::Note(text) => format!("NOTE: {}\n", inline(text)),
            Part::Bullets(items) => {
                let items = items.iter().map(|text| format!("* {}\n", inline(text)));
                items.collect()
            }
            Part::Steps(steps) => {
                // Each block is tied to its step by a plus sign.
                let step = |(text, codes): &(String, Vec<Code>)| {
                    let codes = codes.iter().map(|one| format!("+\n{}", code(one)));
                    format!(". {}\n{}", inline(text), codes.collect::<String>())
                };
                let steps: Vec<String> = steps.iter().map(step).collect();
                steps.join("\n")
            }
            Part::Code(codes) => self.block(codes),
            Part::Table(rows) => {
                let row = |cells: &Vec<String>| {
                    let cells = cells.iter().map(|cell| format!("|{}\n", inline(cell)));
                    cells.collect::<String>()
                };
                let rows: Vec<String> = rows.iter().map(row).collect();
                format!("[%header%autowidth]\n|===\n{}|===\n", rows.join("\n"))
            }
        }
    }
}
