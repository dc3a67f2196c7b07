//! The program as a user drives it: what it takes and what it prints.

use std::path::Path;
use std::process::Output;

use crate::support::{folder, lexlogs, text};

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
