//! What is found.

use std::ops::Range;

use serde::Serialize;

pub use crate::diagnostic::Severity;

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    pub rule: &'static str,
    pub severity: Severity,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do, as a sentence.
    pub help: String,
    /// Which of the documents it is of.
    #[serde(skip)]
    pub(super) document: usize,
    /// The bytes of it that it is of.
    #[serde(skip)]
    pub(super) span: Range<usize>,
}

#[derive(Debug)]
pub(super) struct Flaw {
    /// The bytes that it is of.
    pub(super) span: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

impl Flaw {
    pub(super) fn new(
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            span,
            message: message.into(),
            help: help.into(),
        }
    }
}
