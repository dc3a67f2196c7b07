//! What shells complete: the script is loaded by the real shell at a terminal,
//! somebody types a part and presses the tabulator, and what is run then is what
//! was completed. There is no PowerShell among the packages of Debian, so its
//! script is not run here.

use std::fs;
use std::path::Path;

use crate::support::{folder, lexlogs, root, text, write_program};
use crate::terminal::at_terminal;

/// What is typed before the tabulator is pressed, and what runs then.
const TYPED: [(&str, &[&str]); 7] = [
    ("ver", &["verify"]),
    ("bundle --exis", &["bundle", "--existing-role"]),
    (
        "bundle --region ca-c",
        &["bundle", "--region", "ca-central-1"],
    ),
    (
        "docs write --shell ba",
        &["docs", "write", "--shell", "bash"],
    ),
    ("bundle par", &["bundle", "parameters.toml"]),
    ("render sub/r", &["render", "sub/request.json"]),
    ("fleet ta", &["fleet", "targets.csv"]),
];

/// Files to choose from, some of which are not offered.
fn files(place: &Path) {
    fs::create_dir(place.join("sub")).unwrap();
    for name in [
        "parameters.toml",
        "parameters.txt",
        "sub/request.json",
        "sub/receipt.txt",
        "targets.csv",
        "targets.toml.orig",
    ] {
        fs::write(place.join(name), "").unwrap();
    }
}

/// A `lexlogs` that answers shells as the real one does, and keeps what else it
/// is run with.
fn program(place: &Path) {
    let real = env!("CARGO_BIN_EXE_lexlogs");
    let script = format!(
        "#!/bin/sh\nif [ -n \"$LEXLOGS_COMPLETE\" ] || [ \"$1\" = completions ]; then exec {real} \"$@\"; fi\nprintf '%s\\n' \"$@\" >\"$HOME/ran\"\n"
    );
    write_program(&place.join("lexlogs"), &script);
}

/// Completes everything in a shell, which is started and loads the script so.
fn completes(argv: &[&str], load: &str) {
    let programs = folder();
    program(programs.path());
    for (typed, ran) in TYPED {
        let place = folder();
        files(place.path());
        let typed = format!("lexlogs {typed}\t");
        let session = at_terminal(
            place.path(),
            programs.path(),
            argv,
            &[
                ("", load),
                ("", "\r"),
                ("", "echo loa''ded\r"),
                ("loaded", &typed),
                // What was completed is shown, or some of it between escapes.
                ("", " "),
                ("", "\r"),
                ("", "exit\r"),
            ],
        );
        assert_eq!(session.code, Some(0), "{argv:?}: {}", session.shown);
        let path = place.path().join("ran");
        let lines = fs::read_to_string(&path)
            .unwrap_or_else(|_| panic!("{argv:?}, {typed:?}: nothing ran: {}", session.shown));
        let lines: Vec<&str> = lines.lines().collect();
        assert_eq!(lines, ran, "{argv:?}, {typed:?}: {}", session.shown);
    }
}

#[test]
#[ignore = "needs a terminal's Python: run tests/run"]
fn bash_completes_commands_flags_values_and_files() {
    completes(
        &["bash", "--norc", "--noprofile", "-i"],
        "source <(lexlogs completions bash)",
    );
}

#[test]
#[ignore = "needs zsh: run tests/run"]
fn zsh_completes_commands_flags_values_and_files() {
    completes(
        &["zsh", "-f", "-i"],
        "autoload -U compinit; compinit -D -u; source <(lexlogs completions zsh)",
    );
}

#[test]
#[ignore = "needs fish: run tests/run"]
fn fish_completes_commands_flags_values_and_files() {
    completes(
        &["fish", "--private", "-i"],
        "lexlogs completions fish | source",
    );
}

#[test]
#[ignore = "needs elvish: run tests/run"]
fn elvish_completes_commands_flags_values_and_files() {
    completes(
        &["elvish", "-norc"],
        "eval (lexlogs completions elvish | slurp)",
    );
}

#[test]
fn there_is_a_script_for_each_shell_that_asks_the_program() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = lexlogs(root(), &["completions", shell]);
        assert!(output.status.success());
        let script = text(&output.stdout);
        assert!(script.contains("LEXLOGS_COMPLETE"), "{script}");
        assert!(!script.contains("/lexlogs"), "it names no folder: {script}");
    }
    assert_eq!(
        lexlogs(root(), &["completions", "cmd"]).status.code(),
        Some(2)
    );
}
