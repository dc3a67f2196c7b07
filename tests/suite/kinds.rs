//! The kinds of errors that people report of tools like this one, each with
//! inputs as people write them.

mod a_refused_by_iam;
mod b_lost_logs;
mod c_confused_deputy;
mod d_false_alarms;
mod e_wrong_words;
mod f_copied_characters;
mod g_operating_systems;
mod h_pages;
mod i_spreadsheets;
mod j_shell_options;

use std::fs;

use serde_json::Value;

use crate::lint::piped;
use crate::support::{folder, lexlogs, text};

/// The messages of a call that must be refused, in a folder with these files.
fn refused(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let place = folder();
    for (name, text) in files {
        fs::write(place.path().join(name), text).unwrap();
    }
    let output = lexlogs(place.path(), arguments);
    let said = text(&output.stderr).to_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), files.len());
    said
}

/// A finding of lint.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    rule: String,
    severity: String,
    message: String,
    help: String,
    /// The underlined piece of the document.
    marked: String,
}

/// The findings in a document.
fn lint_with(document: &str, arguments: &[&str]) -> Vec<Found> {
    let output = piped(document.as_bytes(), &[&["--json"], arguments].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let place = |finding: &Value, line: &str, column: &str| {
        let [line, column] =
            [line, column].map(|key| usize::try_from(finding[key].as_u64().unwrap()).unwrap());
        let before: usize = document
            .split_inclusive('\n')
            .take(line - 1)
            .map(str::len)
            .sum();
        let letters = document[before..].chars().take(column - 1);
        before + letters.map(char::len_utf8).sum::<usize>()
    };
    let found = |finding: &Value| {
        let word = |key: &str| finding[key].as_str().unwrap().to_owned();
        let (from, to) = (
            place(finding, "line", "column"),
            place(finding, "end_line", "end_column"),
        );
        Found {
            rule: word("rule"),
            severity: word("severity"),
            message: word("message"),
            help: word("help"),
            marked: document[from..to].to_owned(),
        }
    };
    findings.map(found).collect()
}

/// The same without the notes.
fn lint(document: &str) -> Vec<Found> {
    let mut found = lint_with(document, &[]);
    found.retain(|found| found.severity != "note");
    found
}

/// The one finding in a document, which has the rule and marks the text.
fn one(document: &str, rule: &str, marked: &str) -> Found {
    let mut found = lint(document);
    assert_eq!(found.len(), 1, "{document}: {found:?}");
    let found = found.remove(0);
    assert_eq!(
        (found.rule.as_str(), found.marked.as_str()),
        (rule, marked),
        "{found:?}"
    );
    found
}

/// A policy with a statement.
fn policy(statement: &str) -> String {
    format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{statement}]}}")
}

/// A policy that allows an action, written as JSON, on a resource, written so too.
fn allow(action: &str, resource: &str) -> String {
    policy(&format!(
        "{{\"Effect\": \"Allow\", \"Action\": {action}, \"Resource\": {resource}}}"
    ))
}

/// The trust policy of a Lex role, with more elements in its statement.
fn trust(more: &str) -> String {
    policy(&format!(
        "{{\"Effect\": \"Allow\", \"Principal\": {{\"Service\": \"lexv2.amazonaws.com\"}}, {more}}}"
    ))
}
