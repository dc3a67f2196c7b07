//! The one form of every error, warning and note: as rustc writes them, with colours where a terminal shows them.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::{Deserialize, Serialize};

use crate::escape::escape_all;
use crate::span::Span;

/// Lines are shown up to this many columns; of longer ones the part that matters is.
const WIDTH: usize = 140;

/// How bad it is. The words are those of SARIF, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth a check; it may well be meant.
    Note,
    /// It does something else than it says.
    Warning,
    /// It is refused, or does not do its job.
    Error,
}

impl Severity {
    /// All, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

#[derive(Debug)]
pub(crate) struct Message<'a> {
    pub(crate) severity: Severity,
    pub(crate) id: Option<&'static str>,
    pub(crate) title: String,
    pub(crate) span: Option<&'a Span>,
    pub(crate) notes: Vec<String>,
    pub(crate) helps: Vec<String>,
}

/// Whether a title is said of the file that it is about.
fn is_fragment(title: &str) -> bool {
    title.starts_with("is ") || title.starts_with("has ")
}

pub(super) fn of_place(place: &str, title: &str) -> String {
    let colon = if is_fragment(title) { "" } else { ":" };
    format!("{place}{colon} {title}")
}

impl Message<'_> {
    pub(crate) fn error(title: String, help: Option<String>) -> Self {
        Self {
            severity: Severity::Error,
            id: None,
            title,
            span: None,
            notes: Vec::new(),
            helps: help.into_iter().collect(),
        }
    }

    /// The message with the line that it is of, if that is at hand; with the place alone otherwise.
    pub(crate) fn draw(self, is_coloured: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let excerpt = self.span.and_then(Span::excerpt);
        let title = match self.span {
            Some(span) if excerpt.is_none() => of_place(&span.shown(), &self.title),
            Some(span) if is_fragment(&self.title) => {
                of_place(&escape_all(span.path()), &self.title)
            }
            _ => self.title,
        };
        let mut title = level.primary_title(title);
        if let Some(id) = self.id {
            title = title.id(id);
        }
        let mut group = Group::with_title(title);
        if let (Some(span), Some((line, at))) = (self.span, excerpt) {
            let snippet = Snippet::source(line)
                .line_start(span.line())
                .path(escape_all(span.path()));
            group = group.element(snippet.annotation(AnnotationKind::Primary.span(at)));
        }
        let notes = self.notes.into_iter().map(|text| Level::NOTE.message(text));
        let helps = self.helps.into_iter().map(|text| Level::HELP.message(text));
        let group = group.elements(notes.chain(helps));
        let renderer = if is_coloured {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.term_width(WIDTH).render(&[group])
    }
}
