//! Colours, where a terminal shows them.

/// Whether messages have colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// None: for files, pipes and programs.
    Plain,
    /// For a terminal.
    Coloured,
}

impl Paint {
    /// What a message is formatted for: `{:#}` is for a terminal.
    pub(crate) fn of(f: &std::fmt::Formatter<'_>) -> Self {
        if f.alternate() {
            Self::Coloured
        } else {
            Self::Plain
        }
    }

    /// A place.
    pub(crate) fn place(self, text: &str) -> String {
        self.with("1", text)
    }

    /// What marks the fault.
    pub(crate) fn fault(self, text: &str) -> String {
        self.with("1;31", text)
    }

    /// What stands at the edge of an excerpt.
    pub(crate) fn edge(self, text: &str) -> String {
        self.with("1;34", text)
    }

    /// What would mend it.
    pub(crate) fn mend(self, text: &str) -> String {
        self.with("1;36", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Coloured => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}
