//! The languages of pages, by the sites that read them, and the shells whose
//! commands a page shows.

use std::path::Path;

use super::markup::{Markup, asciidoc, markdown, rst};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavor {
    /// Plain Markdown, as GitHub and every CommonMark reader takes it.
    CommonMark,
    /// The Markdown of Docusaurus, with tabs.
    Docusaurus,
    /// The Markdown of Material for MkDocs, with tabs.
    MkDocs,
    Rst,
    AsciiDoc,
}

/// The comments that a page can hold regions in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comments {
    /// `<!-- … -->`, and `{/* … */}` for MDX.
    Markdown,
    /// `.. …`
    Rst,
    /// `// …`
    AsciiDoc,
}

/// The endings of the names of pages, with the flavor that they have by
/// themselves.
const ENDINGS: [(&str, Flavor); 7] = [
    ("md", Flavor::CommonMark),
    ("markdown", Flavor::CommonMark),
    ("mdx", Flavor::Docusaurus),
    ("rst", Flavor::Rst),
    ("adoc", Flavor::AsciiDoc),
    ("asciidoc", Flavor::AsciiDoc),
    ("asc", Flavor::AsciiDoc),
];

impl Flavor {
    pub const ALL: [Self; 5] = [
        Self::CommonMark,
        Self::Docusaurus,
        Self::MkDocs,
        Self::Rst,
        Self::AsciiDoc,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::CommonMark => "commonmark",
            Self::Docusaurus => "docusaurus",
            Self::MkDocs => "mkdocs",
            Self::Rst => "rst",
            Self::AsciiDoc => "asciidoc",
        }
    }

    /// The flavor of a page that nobody gave another one; none if the file is no
    /// page by its name.
    pub(crate) fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        ENDINGS
            .iter()
            .find(|(known, _)| ending.eq_ignore_ascii_case(known))
            .map(|(_, flavor)| *flavor)
    }

    /// The endings of pages, for messages.
    pub(crate) fn endings() -> String {
        ENDINGS.map(|(ending, _)| format!(".{ending}")).join(", ")
    }

    /// The comments of pages of this flavor; flavors with the same comments can
    /// stand in files of the same ending.
    pub fn comments(self) -> Comments {
        match self {
            Self::CommonMark | Self::Docusaurus | Self::MkDocs => Comments::Markdown,
            Self::Rst => Comments::Rst,
            Self::AsciiDoc => Comments::AsciiDoc,
        }
    }

    pub(crate) fn markup(self) -> &'static dyn Markup {
        match self {
            Self::CommonMark => &markdown::Markdown::CommonMark,
            Self::Docusaurus => &markdown::Markdown::Docusaurus,
            Self::MkDocs => &markdown::Markdown::MkDocs,
            Self::Rst => &rst::Rst,
            Self::AsciiDoc => &asciidoc::AsciiDoc,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shells {
    /// Those of Linux and macOS.
    Bash,
    /// cmd.exe of Windows.
    Cmd,
    /// PowerShell of Windows.
    PowerShell,
    /// The first two, in tabs where the flavor has any, else one after the other.
    Both,
    /// All three, likewise.
    All,
}

impl Shells {
    pub const ALL: [Self; 5] = [
        Self::Bash,
        Self::Cmd,
        Self::PowerShell,
        Self::Both,
        Self::All,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Cmd => "cmd",
            Self::PowerShell => "powershell",
            Self::Both => "both",
            Self::All => "all",
        }
    }

    pub(crate) fn each(self) -> &'static [Self] {
        match self {
            Self::Bash => &[Self::Bash],
            Self::Cmd => &[Self::Cmd],
            Self::PowerShell => &[Self::PowerShell],
            Self::Both => &[Self::Bash, Self::Cmd],
            Self::All => &[Self::Bash, Self::Cmd, Self::PowerShell],
        }
    }
}
