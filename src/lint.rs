//! `lexlogs lint`: what is wrong with an IAM policy document, whoever wrote it:
//! its form, and whether it does the job of this program. Least privilege and
//! other services' actions are left to Access Analyzer and parliament.
//! Every check is a rule of one table (`rules`); what it finds has a place in
//! the file.

mod arns;
mod conditions;
mod finding;
mod form;
mod grammar;
mod lex;
mod origin;
mod placeholders;
mod principals;
pub mod report;
pub(crate) mod rules;
mod sarif;
mod statement;
mod subject;
mod types;
mod words;
mod writes;

pub use finding::{Finding, Severity};
pub use subject::{Kind, Settings, Source};

use crate::json::placed;
use crate::policy::quotas;
use finding::Flaw;
use rules::{CHECKS, RULES, Rule};
use subject::Subject;

/// What is wrong with these documents, in their order and that of their lines.
pub fn lint(sources: &[Source], settings: Settings) -> Vec<Finding> {
    let mut inline = 0;
    let mut findings = Vec::new();
    for (document, source) in sources.iter().enumerate() {
        let read = placed::read(&source.text);
        let subject = Subject::new(source, &read, settings, inline);
        if subject.kind == Some(Kind::Identity) && settings.inline {
            inline += quotas::compact_size(&source.text);
        }
        let found = found(&subject).into_iter();
        findings.extend(found.map(|finding| Finding {
            document,
            ..finding
        }));
    }
    findings
}

fn found(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Of what is no policy at all everything else is a consequence.
    let only = match &subject.read {
        Err(_) => Some("json-syntax"),
        Ok(_) => origin::not_a_policy(subject).map(|_| "statement-missing"),
    };
    for (rule, (id, check)) in RULES.iter().zip(CHECKS) {
        if only.is_none_or(|only| id == only) {
            findings.extend(check(subject).into_iter().map(|flaw| (rule, flaw)));
        }
    }
    // What is as far up stays in the rules' order.
    findings.sort_by_key(|(_, flaw)| flaw.span.start);
    let lines = Lines::new(subject.text());
    let finding = |(rule, flaw): (&'static Rule, Flaw)| {
        let (line, column) = lines.place(flaw.span.start);
        let (end_line, end_column) = lines.place(flaw.span.end);
        Finding {
            file: subject.source.name.clone(),
            line,
            column,
            end_line,
            end_column,
            rule: &rule.id,
            severity: rule.severity,
            message: flaw.message,
            help: flaw.help,
            document: 0,
            span: flaw.span,
        }
    };
    findings.into_iter().map(finding).collect()
}

/// A text's lines, for places in it.
struct Lines<'a> {
    text: &'a str,
    /// Then a character is a byte, and none has to be counted.
    is_ascii: bool,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            is_ascii: text.is_ascii(),
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// Line and character of a byte, both from 1.
    fn place(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts[line - 1];
        if self.is_ascii {
            return (line, at - start + 1);
        }
        let before = self.text.get(start..at).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}
