//! What was found, for people and for programs.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::finding::{Finding, Severity};
use super::sarif;
use super::subject::Source;
use crate::diagnostic::escape_all;

/// Lines are shown up to this many characters; of longer ones the part that
/// matters is.
const WIDTH: usize = 140;

/// A line with more bytes is not shown: no policy in one line has as many.
const LONGEST: usize = 16_384;
/// People are shown so many findings; programs get all.
const SHOWN: usize = 100;

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
            let findings = findings.iter();
            findings
                .filter(|finding| finding.severity == severity)
                .count()
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
    pub(crate) fn has(&self, severity: Severity) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|finding| finding.severity >= severity)
    }

    /// For people, as compilers tell it: the fault, its place, what to do.
    #[must_use]
    pub fn to_text(&self, sources: &[Source]) -> String {
        let renderer = Renderer::plain().term_width(WIDTH);
        let mut text = String::new();
        for finding in self.findings.iter().take(SHOWN) {
            let source = sources.get(finding.document);
            let source = source.map_or("", |source| source.text.as_str());
            text += &renderer.render(&[group(finding, source)]);
            text += "\n\n";
        }
        if let Some(more) = self.findings.len().checked_sub(SHOWN + 1) {
            text += &format!("and {} more, which --json prints\n\n", more + 1);
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
        sarif::of(&self.findings)
    }
}

/// How a finding is shown: with the first line of what it is of, unless that is
/// too long for a person, and for a machine that looks at it once for each.
fn group<'a>(finding: &'a Finding, source: &'a str) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(finding.message.as_str())
        .id(finding.rule);
    let help = Level::HELP.message(finding.help.as_str());
    let Range { start, end } = finding.span;
    let (before, after) = source.split_at_checked(start).unwrap_or_default();
    let from = before.rfind('\n').map_or(0, |at| at + 1);
    let to = after.find('\n').map_or(source.len(), |at| start + at);
    let path = finding.file.as_str();
    if to - from > LONGEST {
        let origin = Origin::path(path)
            .line(finding.line)
            .char_column(finding.column);
        return title.element(origin).element(help);
    }
    let end = end.min(to);
    let (before, marked) = (shown(&source[from..start]), shown(&source[start..end]));
    let after = shown(source[end..to].trim_end_matches('\r'));
    let span = before.len()..before.len() + marked.len();
    let place = Snippet::source(before + &marked + &after)
        .line_start(finding.line)
        .path(path)
        .annotation(AnnotationKind::Primary.span(span));
    title.element(place).element(help)
}

/// A piece of a line without what a terminal might obey, letter for letter: what
/// draws it leaves some of that alone.
fn shown(piece: &str) -> String {
    let letter = |c: char| {
        let is_plain = escape_all(c.encode_utf8(&mut [0; 4])).chars().eq([c]);
        if is_plain || c == '\t' { c } else { '\u{fffd}' }
    };
    piece.chars().map(letter).collect()
}
