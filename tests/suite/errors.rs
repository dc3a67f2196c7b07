//! What the program says of every mistake, compared whole with files that are
//! read before they are committed: `errors/said/NAME.txt`, which
//! `LEXLOGS_UPDATE=1 cargo test --test suite errors` writes anew. And whoever does
//! what the messages say has a bundle.

mod cases;
mod mending;

use std::fs;
use std::path::{Path, PathBuf};

use cases::{CASES, Case};

use crate::support::{folder, lexlogs, root, text};

/// Where what is said stands.
fn said_folder() -> PathBuf {
    root().join("tests/suite/errors/said")
}

/// Writes a case's files into a folder.
fn write(case: &Case, folder: &Path) {
    for (name, bytes) in case.files {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

/// Runs what must be refused, and gives what was said.
fn refused(case: &Case) -> String {
    let folder = folder();
    write(case, folder.path());
    let output = lexlogs(folder.path(), case.arguments);
    let said = text(&output.stderr).to_owned();
    assert_eq!(output.status.code(), Some(2), "{}: {said}", case.name);
    assert_eq!(text(&output.stdout), "", "{}", case.name);
    let there = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(there, case.files.len(), "{}: {said}", case.name);
    said
}

#[test]
fn what_is_said_of_every_mistake_is_what_was_read_and_committed() {
    let is_update = std::env::var_os("LEXLOGS_UPDATE").is_some();
    let mut differing = Vec::new();
    for case in CASES {
        let said = refused(case);
        assert!(
            said.chars().all(|c| c == '\n' || !c.is_control()),
            "{}: {said:?}",
            case.name
        );
        let arguments: Vec<String> = case
            .arguments
            .iter()
            .map(|word| format!(" {word:?}"))
            .collect();
        let told = format!("lexlogs{}\n\n{said}", arguments.concat());
        let path = said_folder().join(format!("{}.txt", case.name));
        if is_update {
            fs::write(&path, &told).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != told {
            differing.push(format!("{}:\n{told}", path.display()));
        }
    }
    assert!(
        differing.is_empty(),
        "{}\nIf that is meant, LEXLOGS_UPDATE=1 writes it.",
        differing.join("\n")
    );
    // None is left over of a case that is gone.
    let mut there = crate::support::names(&said_folder());
    there.retain(|name| {
        !CASES
            .iter()
            .any(|case| format!("{}.txt", case.name) == *name)
    });
    assert_eq!(there, [""; 0]);
}

#[test]
fn every_message_says_where_and_what_to_do() {
    for case in CASES {
        let said = refused(case);
        // The words of clap have their own form.
        let Some((errors, last)) = said.trim_end().rsplit_once("\n\n") else {
            panic!("{}: {said}", case.name);
        };
        if !last.ends_with("; nothing was written") {
            assert!(said.contains("\n  tip: "), "{}: {said}", case.name);
            continue;
        }
        for error in errors.split("\n\n") {
            // The rule for tags is printed once.
            let is_of_tags = error.starts_with("error: tags: ") && errors.contains(" = help: ");
            let has_help = error.contains(" = help: ") || is_of_tags;
            let is_placed = error.contains("--> a.")
                || ["--", "a.", "missing ", "no parameters: "]
                    .iter()
                    .any(|subject| error.starts_with(&format!("error: {subject}")));
            assert!(has_help && is_placed, "{}: {error}", case.name);
        }
    }
}

#[test]
fn whoever_does_what_the_messages_say_has_a_bundle() {
    let mut mended = 0;
    for case in CASES.iter().filter(|case| case.is_told_whole) {
        let folder = folder();
        write(case, folder.path());
        mending::mend(case, folder.path());
        mended += 1;
    }
    assert!(mended > 30, "{mended}");
}

#[test]
fn a_flag_and_a_file_with_two_versions_make_a_bundle_and_a_note() {
    let folder = folder();
    let file = cases::GOOD_TOML.replace("\"v2\"", "\"v1\"");
    fs::write(folder.path().join("a.toml"), file).unwrap();
    let run = |version| {
        lexlogs(
            folder.path(),
            &["render", "a.toml", "-o", version, "--lex-version", version],
        )
    };
    let output = run("v2");
    assert!(output.status.success());
    assert!(
        text(&output.stderr).starts_with(
            "note: `--lex-version v2` holds, not `lex-version` `v1` in a.toml:1:1; make them the same, or leave one of them out.\n"
        ),
        "{}",
        text(&output.stderr)
    );
    assert!(!text(&run("v1").stderr).contains("holds, not"));
}

#[test]
#[ignore = "needs a terminal's Python: run tests/run"]
fn colours_are_for_terminals_alone_and_for_those_who_want_them() {
    let folder = folder();
    fs::write(folder.path().join("a.toml"), "region = \"x\"\n").unwrap();
    let program = env!("CARGO_BIN_EXE_lexlogs");
    let shown = |setting: &str| {
        let argv = ["env", setting, program, "bundle", "a.toml"];
        crate::terminal::at_terminal(folder.path(), folder.path(), &argv, &[]).shown
    };
    let coloured = shown("A=1");
    let plain = text(&lexlogs(folder.path(), &["bundle", "a.toml"]).stderr).to_owned();
    assert!(!plain.contains('\u{1b}'));
    assert!(
        coloured.contains("\u{1b}[1m\u{1b}[91merror\u{1b}[0m\u{1b}[1m: region `x` is not")
            && coloured.contains("\u{1b}[1m\u{1b}[91m^^^\u{1b}[0m"),
        "{coloured:?}"
    );
    // Apart from the colours it says the same.
    let mut rest = coloured.as_str();
    let mut without = String::new();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        without += before;
        rest = after.split_once('m').unwrap().1;
    }
    assert_eq!(without + rest, plain);
    for setting in ["NO_COLOR=1", "TERM=dumb"] {
        assert_eq!(shown(setting), plain, "{setting}");
    }
}
