//! Markdown: one language but for the tabs, which each site has of its own.

use unicode_width::UnicodeWidthStr;

use super::{Code, Language, Markup, indented, step};

pub(in crate::docs) enum Markdown {
    /// Everybody's: no tabs.
    CommonMark,
    /// Docusaurus', which is MDX: tabs are components.
    Docusaurus,
    /// Material for MkDocs', which is Python-Markdown with pymdownx.
    MkDocs,
}

impl Markdown {
    /// The name of a language by which the site's highlighter knows it.
    fn info(&self, language: Language) -> &'static str {
        match (language, self) {
            // Prism's name.
            (Language::Cmd, Self::Docusaurus) => "batch",
            _ => language.name(),
        }
    }

    fn tabs(&self, codes: &[Code]) -> String {
        let tab = |code: &Code| {
            let (fence, label) = (self.code(code), code.label.as_deref().unwrap_or_default());
            match self {
                Self::CommonMark => format!("{label}:\n\n{fence}"),
                // Without blanks in front: MDX takes them for the block's own where it stands in a list.
                Self::Docusaurus => format!(
                    "<TabItem value=\"{}\" label=\"{label}\">\n\n{fence}\n</TabItem>",
                    self.info(code.language)
                ),
                Self::MkDocs => format!("=== \"{label}\"\n\n{}", indented(&fence, "    ")),
            }
        };
        let tabs: Vec<String> = codes.iter().map(tab).collect();
        match self {
            Self::CommonMark | Self::MkDocs => tabs.join("\n"),
            // All tabs of a site that have this group change together.
            Self::Docusaurus => format!("<Tabs groupId=\"shell\">\n{}\n</Tabs>\n", tabs.join("\n")),
        }
    }
}

impl Markup for Markdown {
    fn marks(&self) -> [&'static str; 2] {
        ["> ", "- "]
    }

    fn inline(&self, text: &str) -> String {
        text.to_owned()
    }

    fn title(&self, text: &str, is_page: bool) -> String {
        let mark = if is_page { "#" } else { "##" };
        format!("{mark} {text}\n")
    }

    fn code(&self, code: &Code) -> String {
        format!("```{}\n{}```\n", self.info(code.language), code.text)
    }

    fn block(&self, codes: &[Code]) -> String {
        match codes {
            [code] => self.code(code),
            codes => self.tabs(codes),
        }
    }

    fn step(&self, number: usize, text: &str, codes: &[Code]) -> String {
        // Four columns: Python-Markdown takes nothing else, CommonMark takes them too.
        step(self, &format!("{:<4}", format!("{number}.")), text, codes)
    }

    fn table(&self, rows: &[Vec<String>]) -> String {
        // Padded as Prettier pads it.
        let columns = rows.first().map_or(0, Vec::len);
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0).max(3)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let row = |cells: &Vec<String>| {
            let cells = std::iter::zip(cells, &widths);
            let cells =
                cells.map(|(cell, width)| format!(" {cell}{} |", " ".repeat(width - cell.width())));
            format!("|{}\n", cells.collect::<String>())
        };
        let mut lines: Vec<String> = rows.iter().map(row).collect();
        let rule = widths.iter().map(|width| "-".repeat(*width)).collect();
        lines.insert(1.min(lines.len()), row(&rule));
        lines.concat()
    }

    fn imports(&self) -> &'static [&'static str] {
        match self {
            // MDX takes each import once, so that a region cannot bring its own.
            Self::Docusaurus => &[
                "import Tabs from '@theme/Tabs';",
                "import TabItem from '@theme/TabItem';",
            ],
            Self::CommonMark | Self::MkDocs => &[],
        }
    }
}
