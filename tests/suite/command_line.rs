//! The program as a user drives it: what it takes and what it prints.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::{folder, lexlogs, names, text};

/// Flags that make a bundle.
pub(crate) const GOOD: [&str; 8] = [
    "--lex-version",
    "v2",
    "--account-id",
    "111122223333",
    "--region",
    "us-east-1",
    "--log-group-name",
    "/lex/bot",
];

/// The name of its zip.
pub(crate) const ZIP: &str =
    "lex-conversation-logs-111122223333-us-east-1-LexConversationLogsRole.zip";

/// Runs a command with these flags and more.
pub(crate) fn run(folder: &Path, command: &str, more: &[&str]) -> Output {
    lexlogs(folder, &[&[command], &GOOD[..], more].concat())
}

#[test]
fn bundle_writes_into_dist_and_says_where_with_its_digest() {
    let folder = folder();
    let output = run(folder.path(), "bundle", &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let path = folder.path().join("dist").join(ZIP);
    let digest = lexlogs::digest::sha256(&fs::read(path).unwrap());
    assert_eq!(text(&output.stdout), format!("{digest}  dist/{ZIP}\n"));
    let said = text(&output.stderr);
    assert!(
        said.starts_with("written: 15 files, ") && said.contains("\nNext:\n  1. Send dist/lex-"),
        "{said}"
    );
    assert_eq!(names(&folder.path().join("dist")), [ZIP]);
}

#[test]
fn json_output_can_be_read_by_a_program() {
    let folder = folder();
    let output = run(
        folder.path(),
        "bundle",
        &["--json", "--kms-policy-name", "X", "-o", "a.zip"],
    );
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["path"], "a.zip");
    assert_eq!(json["files"], 15);
    assert_eq!(json["unchanged"], false);
    assert_eq!(
        json["sha256"],
        lexlogs::digest::sha256(&fs::read(folder.path().join("a.zip")).unwrap())
    );
    assert_eq!(
        json["notes"][0],
        "`kms-policy-name` has no effect without `kms-key-arn`."
    );
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn help_and_version_are_results() {
    let folder = folder();
    let output = lexlogs(folder.path(), &["bundle", "--help"]);
    assert!(output.status.success());
    for parameter in lexlogs::parameters::PARAMETERS {
        assert!(
            text(&output.stdout).contains(&format!("--{}", parameter.name)),
            "{}",
            parameter.name
        );
    }
    let output = lexlogs(folder.path(), &["--version"]);
    assert_eq!(
        text(&output.stdout),
        concat!("lexlogs ", env!("CARGO_PKG_VERSION"), "\n")
    );
}
