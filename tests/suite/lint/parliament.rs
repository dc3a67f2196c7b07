//! Beside parliament, another linter of policies, on the documents of the
//! corpus: what one of them finds and the other does not, and why. The record is
//! tests/lint/parliament.md.

use std::collections::{BTreeMap, BTreeSet};

use super::{corpus, rules_in, write_corpus};
use crate::support::{assert_recorded, folder, output_of, real, root};

/// Which rule and which finding of parliament's are about the same.
const SAME: [(&str, &str); 22] = [
    ("json-syntax", "MALFORMED_JSON"),
    ("json-duplicate-key", "MALFORMED_JSON"),
    ("element-unknown", "MALFORMED"),
    ("statement-missing", "MALFORMED_JSON"),
    ("version", "INVALID_VERSION"),
    ("version-old", "OLD_VERSION"),
    ("version-old", "NO_VERSION"),
    ("statement-missing", "MALFORMED"),
    ("effect", "MALFORMED"),
    ("action-element", "MALFORMED"),
    ("resource-element", "MALFORMED"),
    ("sid-letters", "INVALID_SID"),
    ("sid-duplicate", "DUPLICATE_SID"),
    ("condition-operator", "UNKNOWN_OPERATOR"),
    ("arn", "INVALID_ARN"),
    ("arn", "UNKNOWN_PRINCIPAL"),
    ("principal-form", "UNKNOWN_PRINCIPAL"),
    ("log-group-arn", "RESOURCE_MISMATCH"),
    ("s3-object-arn", "RESOURCE_MISMATCH"),
    ("action-form", "EXCEPTION"),
    ("kms-alias", "RESOURCE_MISMATCH"),
    ("kms-alias", "INVALID_ARN"),
];

/// Why parliament does not find what a rule finds.
const WHY_NOT_PARLIAMENT: [(&str, &str); 20] = [
    ("characters", "it does not look at single characters"),
    (
        "condition-account",
        "it wants a `Resource` in every statement and ends at a trust policy, which has none",
    ),
    ("condition-key", "it ends at trust policies, as above"),
    (
        "condition-wildcard",
        "it does not compare values with their operators",
    ),
    (
        "confused-deputy",
        "it wants a `Resource` in every statement and ends at a trust policy, which has none",
    ),
    (
        "element-type",
        "it ends with an exception of Python's where it expects another type",
    ),
    (
        "json-syntax",
        "its reader of JSON takes commas at the end, which IAM does not; UTF-16 ends it with an exception",
    ),
    ("leading-space", "its reader of JSON takes it"),
    (
        "lex-principal",
        "it does not look at which service it is, and ends at trust policies, as above",
    ),
    ("non-ascii", "it does not look at single characters"),
    ("partition-mixed", "it looks at each ARN by itself"),
    (
        "partition-region",
        "it does not know which partition a Region is in",
    ),
    ("pass-role", "it has no such rule"),
    ("placeholder", "it has no such rule"),
    ("principal-any", "`*` is a good principal to it"),
    (
        "principal-element",
        "it does not know to what a policy is attached, so that a principal may be there or not",
    ),
    (
        "resource-element",
        "it does not know that a trust policy has no `Resource`",
    ),
    ("size", "it has no such rule"),
    ("statement-missing", "it takes an empty list"),
    ("trust-action", "it ends at trust policies, as above"),
];

/// Why no rule finds what parliament does.
const WHY_NOT_LEXLOGS: [(&str, &str); 15] = [
    (
        "(JSONConfigNodeTypeError)",
        "an exception, where `element-type` tells the place",
    ),
    (
        "(TypeError)",
        "an exception, where `element-type` tells the place",
    ),
    (
        "(UnicodeDecodeError)",
        "an exception, where `json-syntax` tells the place",
    ),
    (
        "BAD_PATTERN_FOR_MFA",
        "a rule about people who sign in, who have no part in logs",
    ),
    (
        "DUPLICATE_SID",
        "not so: an empty Sid is none; Terraform writes one into every statement",
    ),
    (
        "INVALID_ARN",
        "not so: IAM takes a policy variable for the account, and a wildcard in the Region",
    ),
    (
        "INVALID_SID",
        "not so: the policies of keys and buckets may have blanks in a Sid, and the console writes such",
    ),
    (
        "MALFORMED",
        "not so: trust policies and ECR's repository policies have no `Resource`",
    ),
    (
        "MISMATCHED_TYPE",
        "it has the types of all condition keys; no list of them is in lexlogs",
    ),
    (
        "RESOURCE_POLICY_PRIVILEGE_ESCALATION",
        "a rule about three actions of S3 that no writer of logs has",
    ),
    (
        "RESOURCE_STAR",
        "not so: in the policy of a key `*` is the key; in a trust policy the fault is that there is a `Resource`",
    ),
    (
        "UNKNOWN_ACTION",
        "it has a list of AWS's actions, as of its release; none is in lexlogs, which would be out of date as soon as AWS adds one",
    ),
    (
        "UNKNOWN_CONDITION_FOR_ACTION",
        "it has a list of which action knows which condition key; none is in lexlogs, as above",
    ),
    (
        "UNKNOWN_PREFIX",
        "it has a list of AWS's services; none is in lexlogs, as above",
    ),
    (
        "UNKNOWN_PRINCIPAL",
        "not so: AWS itself writes the id of a role there when the role is gone",
    ),
];

/// Parliament's version, and what it finds in each document.
fn of_parliament() -> (String, BTreeMap<String, BTreeSet<String>>) {
    let script = root().join("tests/real/parliament_findings.py");
    let place = folder();
    let documents = write_corpus(place.path());
    let arguments: Vec<&str> = std::iter::once(script.to_str().unwrap())
        .chain(documents.iter().map(String::as_str))
        .collect();
    let printed = output_of(real("venv/bin/python"), &arguments, place.path());
    let (version, lines) = printed.split_once('\n').unwrap();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in lines.lines() {
        let (name, issue) = line.split_once('\t').unwrap();
        found
            .entry(name.to_owned())
            .or_default()
            .insert(issue.to_owned());
    }
    (version.to_owned(), found)
}

/// A table: what, in which documents, and why.
fn table(head: &str, found: &BTreeMap<String, BTreeSet<String>>, why: &[(&str, &str)]) -> String {
    let explained: BTreeSet<&str> = why.iter().map(|(what, _)| *what).collect();
    let to_explain: BTreeSet<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(explained, to_explain, "reasons are missing, or too many");
    let mut table = format!("| {head} | in | why |\n|---|---|---|\n");
    for (what, reason) in why {
        let documents: Vec<&str> = found[*what].iter().map(String::as_str).collect();
        table += &format!("| `{what}` | {} | {reason} |\n", documents.join(", "));
    }
    table
}

#[test]
#[ignore = "needs parliament: run tests/run"]
fn differences_from_parliament_are_listed_with_reasons() {
    let documents = corpus();
    let (version, parliament) = of_parliament();
    let mut ours: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut theirs = ours.clone();
    let mut both: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
    let mut all = String::from("| document | lexlogs | parliament |\n|---|---|---|\n");
    for (document, bytes) in &documents {
        let name = document.strip_suffix(".json").unwrap().to_owned();
        let rules = rules_in(document, bytes);
        let issues = parliament.get(document).cloned().unwrap_or_default();
        let is_same = |rule: &str, issue: &str| SAME.contains(&(rule, issue));
        for rule in &rules {
            if !issues.iter().any(|issue| is_same(rule, issue)) {
                ours.entry((*rule).to_owned())
                    .or_default()
                    .insert(name.clone());
            }
        }
        for issue in &issues {
            if !rules.iter().any(|rule| is_same(rule, issue)) {
                theirs
                    .entry(issue.clone())
                    .or_default()
                    .insert(name.clone());
            }
        }
        for (rule, issue) in SAME {
            if rules.contains(&rule) && issues.contains(issue) {
                both.entry((rule, issue)).or_default().insert(name.clone());
            }
        }
        let issues: Vec<String> = issues.into_iter().collect();
        all += &format!(
            "| {name} | {} | {} |\n",
            rules.join(", "),
            issues.join(", ")
        );
    }
    assert_eq!(both.len(), SAME.len(), "{both:?}");
    let mut common = String::from("| lexlogs | parliament | in |\n|---|---|---|\n");
    for ((rule, issue), names) in both {
        let names: Vec<String> = names.into_iter().collect();
        common += &format!("| `{rule}` | `{issue}` | {} |\n", names.join(", "));
    }
    let record = format!(
        "# lexlogs lint beside parliament\n\n\
Measured by `tests/suite/lint/parliament.rs`, never edited by hand: parliament {version}, as it is without options, and\n\
lexlogs on the {} documents of `tests/lint/corpus.txt`, a row for each kind of finding. What stands in parentheses is an\n\
exception that ended parliament.\n\n\
## What lexlogs finds and parliament does not\n\n{}\n\
## What parliament finds and lexlogs does not\n\n{}\n\
## What both find\n\n{common}\n\
## Every document\n\n{all}",
        documents.len(),
        table("lexlogs", &ours, &WHY_NOT_PARLIAMENT),
        table("parliament", &theirs, &WHY_NOT_LEXLOGS),
    );
    assert_recorded(&record, "tests/lint/parliament.md");
}
