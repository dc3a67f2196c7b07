//! Beside parliament, another linter of policies, on the documents of the
//! corpus: what one of them finds and the other does not, and why. The record is
//! tests/lint/parliament.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

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

/// A table: what, in which documents, and why. The reasons are those of the record.
fn table(head: &str, found: &BTreeMap<String, BTreeSet<String>>) -> String {
    let record = fs::read_to_string(root().join("tests/lint/parliament.md")).unwrap();
    let mut table = format!("| {head} | in | why |\n|---|---|---|\n");
    for (what, documents) in found {
        let begin = format!("| `{what}` | ");
        let mut rows = record.lines().filter(|line| line.starts_with(&begin));
        let reason = rows.next().map(|row| row.split(" | ").last().unwrap());
        let reason = reason.unwrap_or_else(|| panic!("{what}: write a row with a reason"));
        let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
        table += &format!("{begin}{} | {reason}\n", documents.join(", "));
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
Measured by `tests/suite/lint/parliament.rs`, but for the reasons: parliament {version}, as it is without options, and\n\
lexlogs on the {} documents of `tests/lint/corpus.txt`, a row for each kind of finding. What stands in parentheses is an\n\
exception that ended parliament.\n\n\
## What lexlogs finds and parliament does not\n\n{}\n\
## What parliament finds and lexlogs does not\n\n{}\n\
## What both find\n\n{common}\n\
## Every document\n\n{all}",
        documents.len(),
        table("lexlogs", &ours),
        table("parliament", &theirs),
    );
    assert_recorded(&record, "tests/lint/parliament.md");
}
