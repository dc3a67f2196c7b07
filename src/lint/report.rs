//! What was found, for people and for programs.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use super::{Finding, Severity, Source};

/// Lines are shown up to this many characters; of longer ones the part that
/// matters is.
const WIDTH: usize = 140;

/// What was found in some documents.
#[derive(Debug, Serialize)]
pub struct Report {
    /// How many documents were looked at.
    pub files: usize,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are notes.
    pub notes: usize,
    /// In the order of the documents, and of their lines.
    pub findings: Vec<Finding>,
}

impl Report {
    /// What was found in so many documents.
    #[must_use]
    pub fn new(files: usize, findings: Vec<Finding>) -> Self {
        let count = |severity| {
            let of_it = findings
                .iter()
                .filter(|finding| finding.severity == severity);
            of_it.count()
        };
        Self {
            files,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            findings,
        }
    }

    /// Whether something is as bad as this, or worse.
    #[must_use]
    pub fn has(&self, severity: Severity) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity >= severity)
    }

    /// For people, as compilers tell it: the fault, its place, what to do.
    #[must_use]
    pub fn to_text(&self, sources: &[Source]) -> String {
        let renderer = Renderer::plain().term_width(WIDTH);
        let mut text = String::new();
        for finding in &self.findings {
            let source = sources.get(finding.document);
            let source = source.map_or("", |source| source.text.as_str());
            text += &renderer.render(&[snippet(finding, source)]);
            text += "\n\n";
        }
        text + &self.summary()
    }

    fn summary(&self) -> String {
        let counted = |count: usize, noun: &str| {
            let plural = if count == 1 { "" } else { "s" };
            format!("{count} {noun}{plural}")
        };
        let files = counted(self.files, "file");
        if self.findings.is_empty() {
            return format!("clean: {files}\n");
        }
        let found = [
            counted(self.errors, "error"),
            counted(self.warnings, "warning"),
            counted(self.notes, "note"),
        ];
        format!(
            "{} in {files}; `lexlogs lint --explain ID` says why\n",
            found.join(", ")
        )
    }

    /// For programs.
    ///
    /// # Errors
    /// None that can occur: serde's.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        crate::json::to_text(self)
    }

    /// For what shows findings of many tools: SARIF 2.1.0.
    ///
    /// # Errors
    /// None that can occur: serde's.
    pub fn to_sarif(&self) -> Result<String, serde_json::Error> {
        super::sarif::of(self)
    }
}

fn snippet<'a>(finding: &'a Finding, source: &'a str) -> annotate_snippets::Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    // Of a value over many lines the first one is enough.
    let span = finding.span.clone();
    let shown = source.get(span.clone()).unwrap_or_default();
    let first = shown.lines().next().unwrap_or_default();
    let place = Snippet::source(source)
        .path(finding.file.as_str())
        .annotation(AnnotationKind::Primary.span(span.start..span.start + first.len()));
    level
        .primary_title(finding.message.as_str())
        .id(finding.rule)
        .element(place)
        .element(Level::HELP.message(finding.help.as_str()))
}
