//! reStructuredText, as docutils and Sphinx read it. It has no tabs of its own:
//! one block after the other.

use super::{Code, Markup, indented, item, spans, step};

pub(in crate::docs) struct Rst;

impl Markup for Rst {
    fn marks(&self) -> [&'static str; 2] {
        [".. note:: ", "- "]
    }

    fn inline(&self, text: &str) -> String {
        spans(text, |code| format!("``{code}``"))
    }

    fn title(&self, text: &str, is_page: bool) -> String {
        let text = self.inline(text);
        // The line below it must be as long as it is.
        let line = if is_page { "=" } else { "-" }.repeat(text.chars().count());
        format!("{text}\n{line}\n")
    }

    fn code(&self, code: &Code) -> String {
        let label = code.label.as_ref().map(|label| format!("{label}:\n\n"));
        let (label, language) = (label.unwrap_or_default(), code.language.name());
        let text = indented(&code.text, "   ");
        format!("{label}.. code-block:: {language}\n\n{text}")
    }

    fn step(&self, number: usize, text: &str, codes: &[Code]) -> String {
        step(self, &format!("{number}. "), text, codes)
    }

    fn table(&self, rows: &[Vec<String>]) -> String {
        let cell = |(index, cell): (usize, &String)| {
            let mark = if index == 0 { "* - " } else { "  - " };
            item(mark, &format!("{}\n", self.inline(cell)))
        };
        let cells = rows.iter().flat_map(|cells| cells.iter().enumerate());
        let rows = indented(&cells.map(cell).collect::<String>(), "   ");
        format!(".. list-table::\n   :header-rows: 1\n\n{rows}")
    }
}
