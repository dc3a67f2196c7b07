//! The rules by which documents are judged, listed and explained. What users
//! read of each is in `rules.json`, in the same order; a test holds it.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::finding::Flaw;
use super::subject::Subject;
use super::words;
use super::{arns, conditions, form, grammar, lex, placeholders, principals, types, writes};
use crate::diagnostic::Severity;

/// A rule. Its id stays the same in every version.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) severity: Severity,
    /// What it finds, as a line.
    pub(crate) title: String,
    /// What it finds, in full.
    pub(crate) what: String,
    pub(crate) why: String,
    pub(crate) fix: String,
    /// Whose word it is: a guide and the name of its page.
    pub(crate) source: String,
}

type Check = fn(&Subject<'_>) -> Vec<Flaw>;

/// Every rule: first those of the form, then those of what a policy permits.
pub(crate) static RULES: LazyLock<Vec<Rule>> =
    LazyLock::new(|| serde_json::from_str(include_str!("rules.json")).unwrap_or_default());

pub(super) const CHECKS: [(&str, Check); 35] = [
    ("json-syntax", form::syntax),
    ("leading-space", form::leading_space),
    ("json-duplicate-key", form::duplicate_keys),
    ("characters", form::characters),
    ("non-ascii", form::non_ascii),
    ("element-unknown", grammar::unknown_elements),
    ("element-type", types::wrong_types),
    ("version", grammar::version),
    ("version-old", grammar::old_version),
    ("statement-missing", grammar::no_statement),
    ("effect", grammar::effect),
    ("action-element", grammar::action_element),
    ("resource-element", grammar::resource_element),
    ("principal-element", grammar::principal_element),
    ("sid-letters", grammar::sid_letters),
    ("sid-duplicate", grammar::sid_duplicate),
    ("action-form", grammar::action_form),
    ("condition-operator", conditions::operators),
    ("condition-key", conditions::keys),
    ("condition-wildcard", conditions::wildcards),
    ("condition-account", conditions::accounts),
    ("size", form::size),
    ("placeholder", placeholders::placeholders),
    ("arn", arns::malformed),
    ("principal-form", principals::principals),
    ("partition-region", arns::partition_of_region),
    ("partition-mixed", arns::mixed_partitions),
    ("log-group-arn", writes::log_groups),
    ("s3-object-arn", writes::objects),
    ("kms-alias", writes::kms_aliases),
    ("lex-principal", lex::principals),
    ("trust-action", lex::trust_actions),
    ("principal-any", lex::anybody),
    ("confused-deputy", lex::confused_deputy),
    ("pass-role", lex::pass_role),
];

pub(crate) fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// The id nearest to one that is none.
pub(crate) fn nearest(id: &str) -> Option<&'static str> {
    words::nearest(id, RULES.iter().map(|rule| rule.id.as_str()))
}

/// Every rule, a line each.
pub(crate) fn list() -> String {
    let widest = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let line = |rule: &Rule| {
        let (severity, id, title) = (rule.severity.as_str(), &rule.id, &rule.title);
        format!("{severity:<7}  {id:<widest$}  {title}\n")
    };
    RULES.iter().map(line).collect()
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            id,
            title,
            what,
            why,
            fix,
            source,
            ..
        } = self;
        let severity = self.severity.as_str();
        write!(
            f,
            "{severity}[{id}]: {title}\n\n{what}\n\nWhy: {why}\n\nWhat to do: {fix}\n\nSource: {source}\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_has_its_rule() {
        let ids = RULES.iter().map(|rule| rule.id.as_str());
        assert!(CHECKS.iter().map(|(id, ..)| *id).eq(ids));
    }
}
