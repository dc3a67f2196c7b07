//! What was found, for people and for programs.

use std::sync::Arc;

use serde::Serialize;

use super::finding::Finding;
use super::sarif;
use super::subject::Source;
use crate::diagnostic::{self, Message, Severity, Span};
use crate::escape::counted;

/// People are shown so many findings; programs get all.
const SHOWN: usize = 100;

#[derive(Debug, Serialize)]
pub struct Report {
    pub files: usize,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// In the order of the documents, and of their lines.
    pub findings: Vec<Finding>,
}

impl Report {
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

    /// For people, as compilers tell it: the error, its place, what to do.
    pub fn to_text(&self, sources: &[Source], is_coloured: bool) -> String {
        let of_one = |one: &Source| diagnostic::Source::new(&one.name, &one.text, 1);
        let sources: Vec<Arc<diagnostic::Source>> = sources.iter().map(of_one).collect();
        let mut text = String::new();
        for finding in self.findings.iter().take(SHOWN) {
            let source = sources.get(finding.document);
            let span = source.map(|source| Span::of(source, finding.span.clone()));
            let message = Message {
                severity: finding.severity,
                id: Some(finding.rule),
                span: span.as_ref(),
                ..Message::error(finding.message.clone(), Some(finding.help.clone()))
            };
            text += &message.draw(is_coloured);
            text += "\n\n";
        }
        if let Some(more) = self.findings.len().checked_sub(SHOWN + 1) {
            text += &format!("and {} more, which --json prints\n\n", more + 1);
        }
        text + &self.summary()
    }

    fn summary(&self) -> String {
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
            "{} in {files}; `lexlogs lint --explain ID` explains a finding\n",
            found.join(", ")
        )
    }

    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        crate::json::to_text(self)
    }

    /// For what shows findings of many tools: SARIF 2.1.0.
    pub fn to_sarif(&self) -> Result<String, serde_json::Error> {
        sarif::of(&self.findings)
    }
}
