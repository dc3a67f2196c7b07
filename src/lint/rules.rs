//! The rules: the one table by which documents are judged, listed and explained.

mod table;

use std::fmt;

use serde::Serialize;

use super::{Flaw, Severity, Subject};
pub use table::RULES;

/// A rule. Its id stays the same in every version.
#[derive(Debug, Serialize)]
pub struct Rule {
    /// By which it is named.
    pub id: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// What it finds, as a line.
    pub title: &'static str,
    /// What it finds, in full.
    pub what: &'static str,
    /// Why that is bad.
    pub why: &'static str,
    /// What to do.
    pub mend: &'static str,
    /// Whose word it is: a guide and the name of its page.
    pub source: &'static str,
    /// Whether it holds whatever the names in a document are, so that documents
    /// with placeholder words pass it.
    #[serde(skip)]
    pub(super) of_form: bool,
    #[serde(skip)]
    pub(super) check: Check,
}

/// What finds it.
pub(super) type Check = fn(&Subject<'_>) -> Vec<Flaw>;

/// The rule of that id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// The id nearest to one that is none.
#[must_use]
pub fn nearest(id: &str) -> Option<&'static str> {
    super::grammar::nearest(id, RULES.iter().map(|rule| rule.id))
}

/// Every rule, a line each.
#[must_use]
pub fn list() -> String {
    let widest = RULES
        .iter()
        .map(|rule| rule.id.len())
        .max()
        .unwrap_or_default();
    let line = |rule: &Rule| {
        format!(
            "{:<7}  {:<widest$}  {}\n",
            rule.severity.as_str(),
            rule.id,
            rule.title
        )
    };
    RULES.iter().map(line).collect()
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            id,
            severity,
            title,
            what,
            why,
            mend,
            source,
            ..
        } = self;
        write!(
            f,
            "{severity}[{id}]: {title}\n\n{what}\n\nWhy: {why}\n\nWhat to do: {mend}\n\nSource: {source}\n"
        )
    }
}
