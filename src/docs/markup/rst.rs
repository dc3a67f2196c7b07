//! reStructuredText, as docutils and Sphinx read it. It has no tabs of its own:
//! one block after the other.

use super::{Code, Markup, Part, indented, item, spans};

pub(in crate::docs) struct Rst;

fn inline(text: &str) -> String {
    spans(text, |code| format!("``{code}``"), str::to_owned)
}

fn code(code: &Code) -> String {
    let language = code.language.name();
    format!(
        ".. code-block:: {language}\n\n{}",
        indented(&code.text, "   ")
    )
}

/// A title; the line below it must be as long as it is.
fn underlined(text: &str, with: &str) -> String {
    let text = inline(text);
    format!("{text}\n{}\n", with.repeat(text.chars().count()))
}

impl Markup for Rst {
    fn block(&self, codes: &[Code]) -> String {
        let block = |one: &Code| match &one.label {
            Some(label) => format!("{label}:\n\n{}", code(one)),
            None => code(one),
        };
        codes.iter().map(block).collect::<Vec<_>>().join("\n")
    }

    fn part(&self, part: &Part) -> String {
        match part {
            Part::Title(text) => underlined(text, "="),
            Part::Heading(text) => underlined(text, "-"),
            Part::Text(text) => format!("{}\n", inline(text)),
            Part::Note(text) => format!(".. note:: {}\n", inline(text)),
            Part::Bullets(items) => {
                let items = items.iter().map(|text| format!("- {}\n", inline(text)));
                items.collect()
            }
            Part::Steps(steps) => {
                let step = |(index, (text, codes)): (usize, &(String, Vec<Code>))| {
                    let mut body = format!("{}\n", inline(text));
                    if !codes.is_empty() {
                        body = format!("{body}\n{}", self.block(codes));
                    }
                    item(&format!("{}. ", index + 1), &body)
                };
                let steps: Vec<String> = steps.iter().enumerate().map(step).collect();
                steps.join("\n")
            }
            Part::Code(codes) => self.block(codes),
            Part::Table(rows) => {
                let row = |cells: &Vec<String>| {
                    let cells = cells.iter().enumerate().map(|(index, cell)| {
                        let mark = if index == 0 { "* - " } else { "  - " };
                        item(mark, &format!("{}\n", inline(cell)))
                    });
                    cells.collect::<String>()
                };
                let rows: String = rows.iter().map(row).collect();
                format!(
                    ".. list-table::\n   :header-rows: 1\n\n{}",
                    indented(&rows, "   ")
                )
            }
        }
    }
}
