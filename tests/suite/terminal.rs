//! Programs at a terminal, where somebody types.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::support::{path_with, root, text};

/// What a terminal showed, and how the program ended.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) shown: String,
    pub(crate) code: Option<i32>,
}

/// Runs a program in a folder, with another one first on the `PATH`; each text is
/// typed when what is awaited has been shown.
pub(crate) fn at_terminal(
    folder: &Path,
    programs: &Path,
    argv: &[&str],
    steps: &[(&str, &str)],
) -> Session {
    let mut python = Command::new("/usr/bin/python3")
        .arg(root().join("tests/real/terminal.py"))
        .current_dir(folder)
        .env("PATH", path_with(programs))
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder.join(".config"))
        .env("XDG_DATA_HOME", folder.join(".local"))
        .env("TERM", "xterm")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let asked = json!({"argv": argv, "steps": steps}).to_string();
    let mut stdin = python.stdin.take().unwrap();
    stdin.write_all(asked.as_bytes()).unwrap();
    drop(stdin);
    let output = python.wait_with_output().unwrap();
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_ne!(
        output.status.code(),
        Some(99),
        "{argv:?}: {}{shown}",
        text(&output.stderr)
    );
    Session {
        shown: shown.replace("\r\n", "\n"),
        code: output.status.code(),
    }
}
