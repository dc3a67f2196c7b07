//! lexlogs for Windows, built here and run by Wine: what it writes is the same
//! to the byte, and it can be used as Windows users use it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::examples::{EXAMPLES, rendered};
use crate::support::{folder, names, root, text};
use crate::wine::{Cmd, Output, windows_path};

/// What is built for Windows.
struct Built {
    /// `lexlogs.exe`.
    program: PathBuf,
    /// The tests of `tests/everywhere`, which drive it.
    tests: PathBuf,
}

/// Both programs for Windows, built by one run of cargo, once per run of the tests.
fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        // `tests/run` runs the same command before the tests, so that this only reports where the programs are.
        let output = Command::new(root().join("tests/real/build-for-windows"))
            .env("CARGO", env!("CARGO"))
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "lexlogs for Windows could not be built (tests/real/setup installs the target):\n{}",
            text(&output.stderr)
        );
        let messages: Vec<Value> = text(&output.stdout)
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        // Messages come in any order.
        let executable = |name: &str, is_test: bool| {
            let mut found = messages.iter().filter(|message| {
                message["reason"] == "compiler-artifact"
                    && message["target"]["name"] == name
                    && message["profile"]["test"] == is_test
                    && message["executable"].is_string()
            });
            let message = found
                .next()
                .unwrap_or_else(|| panic!("no {name} in {messages:?}"));
            assert!(found.next().is_none(), "{name} was built twice");
            PathBuf::from(message["executable"].as_str().unwrap())
        };
        Built {
            program: executable("lexlogs", false),
            tests: executable("everywhere", true),
        }
    })
}

/// Runs lines in a command prompt's script, in which `lexlogs` is the program.
/// Each one's exit code is printed behind what it printed.
fn run(folder: &Path, lines: &[&str]) -> Output {
    let lines: String = lines
        .iter()
        .map(|line| format!("{line}\r\n@echo [%errorlevel%]\r\n"))
        .collect();
    fs::write(folder.join("t.cmd"), format!("@echo off\r\n{lines}")).unwrap();
    let output = Cmd::new(folder, "t.cmd")
        .extra_path(built().program.parent().unwrap())
        .run();
    fs::remove_file(folder.join("t.cmd")).unwrap();
    output
}

/// Its zip is compared by the tests of `tests/everywhere`, below.
#[test]
#[ignore = "needs Wine and Rust's Windows target: run tests/run"]
fn the_folder_of_every_example_is_the_same_on_windows() {
    let folder = folder();
    let mut lines = Vec::new();
    for example in EXAMPLES {
        let config = windows_path(&root().join("examples").join(example).join("lexlogs.toml"));
        lines.push(format!("lexlogs render {config} -o {example} >nul 2>nul"));
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let output = run(folder.path(), &lines);
    let expected = "[0]\r\n".repeat(EXAMPLES.len());
    assert_eq!((output.stdout, output.stderr), (expected, String::new()));
    let expected = rendered();
    for example in EXAMPLES {
        let (here, there) = (expected.path().join(example), folder.path().join(example));
        assert_eq!(names(&there), names(&here), "{example}");
        for name in names(&here) {
            assert!(
                fs::read(there.join(&name)).unwrap() == fs::read(here.join(&name)).unwrap(),
                "{example}/{name}"
            );
        }
    }
}

#[test]
#[ignore = "needs Wine and Rust's Windows target: run tests/run"]
fn the_tests_that_windows_runs_pass_under_wine() {
    let folder = folder();
    let line = format!("@{} --test-threads 1\r\n", windows_path(&built().tests));
    fs::write(folder.path().join("t.cmd"), line).unwrap();
    let output = Cmd::new(folder.path(), "t.cmd").run();
    assert!(
        output.code == 0
            && output
                .stdout
                .contains("test result: ok. 5 passed; 0 failed;"),
        "{output:?}"
    );
}

/// A parameter file as Windows editors write it.
fn with_parameters() -> tempfile::TempDir {
    let folder = folder();
    let toml = "\u{feff}lex-version = \"v2\"\r\naccount-id = \"111122223333\"\r\nregion = \"us-east-1\"\r\nlog-group-name = \"/lex/bot\"\r\n";
    fs::write(folder.path().join("config.toml"), toml).unwrap();
    folder
}

#[test]
#[ignore = "needs Wine and Rust's Windows target: run tests/run"]
fn a_windows_user_makes_bundles_by_paths_with_backslashes() {
    let folder = with_parameters();
    let output = run(
        folder.path(),
        &[
            r"lexlogs bundle .\config.toml -o dist\x.zip >first",
            r"lexlogs bundle config.toml -o dist\x.zip >again",
            r"lexlogs bundle config.toml -o dist\x.zip --role-name Other",
            r"lexlogs bundle config.toml -o dist\x.zip --role-name Other --force >other",
            r"lexlogs bundle config.toml >default",
            r"lexlogs render config.toml -o sub\out",
            r"lexlogs render config.toml -o sub\out --role-name Other",
            r"lexlogs render config.toml -o sub\out\ --role-name Other --force",
        ],
    );
    assert_eq!(
        output.stdout,
        "[0]\r\n[0]\r\n[3]\r\n[0]\r\n[0]\r\nsub\\out\n[0]\r\n[3]\r\nsub\\out\\\n[0]\r\n"
    );
    let said = output.stderr;
    for expected in [
        "\n  1. Send dist\\x.zip to the administrator of the account,",
        "unchanged: 15 files",
        "error: dist\\x.zip already exists and differs; nothing was written\n |\n = note: role-name: ",
        "error: sub\\out already exists and differs; nothing was written\n |\n = note: role-name: ",
        "\n  1. Read sub\\out\\README.html, or the same text in README.md.\n",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("first"), read("again"));
    let name = "lex-conversation-logs-111122223333-us-east-1-LexConversationLogsRole.zip";
    assert_eq!(
        read("default"),
        read("first").replace("x.zip", name),
        "the same zip, under its own name"
    );
    assert_eq!(names(&folder.path().join("dist")), [name, "x.zip"]);
    assert_eq!(names(&folder.path().join("sub")), ["out"]);
    assert!(read("sub/out/request.json").contains("\"role-name\": \"Other\""));
    let zip = fs::read(folder.path().join("dist/x.zip")).unwrap();
    assert_eq!(
        read("other"),
        format!("{}  dist\\x.zip\n", lexlogs::digest::sha256(&zip))
    );
}

#[test]
#[ignore = "needs Wine and Rust's Windows target: run tests/run"]
fn a_windows_user_is_told_what_is_wrong_and_where() {
    let folder = with_parameters();
    fs::create_dir(folder.path().join("sub")).unwrap();
    fs::write(
        folder.path().join("sub/bad.toml"),
        "\r\nregion = \"mars\"\r\n",
    )
    .unwrap();
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/mine"), "precious").unwrap();
    let output = run(
        folder.path(),
        &[
            r"lexlogs bundle no\such.toml",
            r"lexlogs bundle sub\bad.toml",
            r"lexlogs bundle config.toml -o sub\bad.toml\x.zip",
            r"lexlogs render config.toml -o full --force",
            r"lexlogs render config.toml -o . --force",
            r"lexlogs bundle config.toml --sign config.toml",
            r"lexlogs receipt config.toml config.toml",
        ],
    );
    assert_eq!(
        output.stdout,
        "[3]\r\n[2]\r\n[3]\r\n[3]\r\n[3]\r\n[3]\r\n[2]\r\n"
    );
    let said = output.stderr;
    for expected in [
        "error: cannot read no\\such.toml: ",
        "error: region `mars` is not the code of an AWS Region\n --> sub\\bad.toml:2:10\n",
        "error: cannot create the folder sub\\bad.toml: ",
        "error: full holds `mine`, which is no file of a bundle; nothing was written\n |\n = help: name a folder of its own\n",
        "error: . holds `",
        "error: signatures need ssh-keygen, which is not on the PATH: install the OpenSSH client (Windows: Settings, System, Optional features)\n",
        "error: config.toml: it is not a zip\n",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert_eq!(names(folder.path()), ["config.toml", "full", "sub"]);
    assert_eq!(names(&folder.path().join("full")), ["mine"]);
}

#[test]
#[ignore = "needs Wine and Rust's Windows target: run tests/run"]
fn pages_with_windows_line_ends_are_filled_on_windows() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("docs/team")).unwrap();
    let page = "# Page\r\n\r\n<!-- lexlogs:begin create-role lex-version=v2 shell=cmd -->\r\n<!-- lexlogs:end -->\r\n";
    let place = folder.path().join("docs/team/page.md");
    fs::write(&place, page).unwrap();
    let output = run(
        folder.path(),
        &[
            r"lexlogs docs write --check docs",
            r"lexlogs docs write docs",
            r"lexlogs docs write --check docs",
        ],
    );
    let codes: Vec<&str> = output
        .stdout
        .lines()
        .filter(|line| line.starts_with('['))
        .collect();
    assert_eq!(codes, ["[1]", "[0]", "[0]"], "{output:?}");
    assert!(output.stdout.contains("docs\\team\\page.md"), "{output:?}");
    let filled = fs::read_to_string(&place).unwrap();
    assert_eq!(filled.matches('\n').count(), filled.matches("\r\n").count());
    assert!(filled.contains("--role-name role-name ^\r\n"), "{filled}");
}
