//! What the program prints, compared with files that are read before they are committed: `recorded/*.txt`.
//! `LEXLOGS_RECORD=1 cargo test --test suite recorded::` writes what it prints now.
//!
//! `== NAME` begins a case in a folder of its own; `(fixed by its help)` behind the name says that whoever does what the
//! messages say has a bundle. `-- FILE` begins a file, `$ COMMAND` runs in `sh`, what both streams print follows, and
//! `? CODE` ends it. `‹1b›` is a byte that text does not show, `‹›` nothing at all, as behind the last line of a file
//! without a line end.

mod fixing;

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{assert_recorded, folder, lexlogs, names, path_with, root, text, unescaped};
use crate::terminal::at_terminal;

/// A case: its name, its files and its commands.
#[derive(Default)]
struct Case {
    name: String,
    files: Vec<(String, Vec<u8>)>,
    /// What is run, and what it printed when it was recorded.
    commands: Vec<(String, String)>,
}

impl Case {
    /// A folder with its files.
    fn place(&self) -> tempfile::TempDir {
        let place = folder();
        for (name, bytes) in &self.files {
            let path = place.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        place
    }
}

/// Runs a command with `lexlogs` on the `PATH`; what is refused prints no result and writes nothing. Returns what it printed
/// and its exit code.
fn run(command: &str, place: &Path, programs: &Path) -> String {
    let before = names(place);
    let output = Command::new("sh")
        .arg("-c")
        .arg(text(&unescaped(command)))
        .current_dir(place)
        .env("PATH", path_with(programs))
        .env("ROOT", root())
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let code = output.status.code().unwrap();
    let said = text(&output.stdout).to_owned() + text(&output.stderr);
    assert!(
        !said.contains(|c: char| c != '\n' && c.is_control()),
        "{command}: {said:?}"
    );
    if code == 2 {
        assert_eq!(
            (text(&output.stdout), names(place)),
            ("", before),
            "{command}"
        );
    }
    // A version that is new changes nothing here.
    let said = said.replace(lexlogs::digest::GENERATOR, "lexlogs VERSION");
    let end = if said.ends_with('\n') || said.is_empty() {
        ""
    } else {
        "‹›\n"
    };
    format!("{said}{end}? {code}")
}

/// The cases of a file.
fn cases(recorded: &str) -> Vec<Case> {
    let mut cases = Vec::<Case>::new();
    let mut lines = recorded.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("== ") {
            let name = name.trim_end().to_owned();
            cases.push(Case {
                name,
                ..Case::default()
            });
        } else if let Some(name) = line.strip_prefix("-- ") {
            let is_more = |line: &&str| !["-- ", "$ "].iter().any(|mark| line.starts_with(mark));
            let content: String = std::iter::from_fn(|| lines.next_if(is_more)).collect();
            let file = (name.trim_end().to_owned(), unescaped(&content));
            cases.last_mut().unwrap().files.push(file);
        } else if let Some(command) = line.strip_prefix("$ ") {
            let is_said = |line: &&str| !line.starts_with("? ");
            let said = std::iter::from_fn(|| lines.next_if(is_said)).collect();
            let command = command.trim_end().to_owned();
            cases.last_mut().unwrap().commands.push((command, said));
        }
    }
    cases
}

/// A file with what its commands print now.
fn replayed(recorded: &str) -> String {
    let programs = folder();
    let program = env!("CARGO_BIN_EXE_lexlogs");
    std::os::unix::fs::symlink(program, programs.path().join("lexlogs")).unwrap();
    let mut pieces = recorded.split("\n$ ");
    let mut now = pieces.next().unwrap().to_owned();
    for case in cases(recorded) {
        let place = case.place();
        for (command, _) in &case.commands {
            let (_, after) = pieces.next().unwrap().split_once("\n? ").unwrap();
            let said = run(command, place.path(), programs.path());
            let rest = &after[after.find('\n').unwrap_or(after.len())..];
            now += &format!("\n$ {command}\n{said}{rest}");
        }
    }
    now
}

#[test]
fn the_program_prints_what_was_read_and_committed() {
    let mut files = names(&root().join("tests/suite/recorded"));
    files.retain(|name| name != "fixing.rs");
    // All at once: each that differs is reported.
    std::thread::scope(|scope| {
        for name in &files {
            scope.spawn(move || {
                let file = format!("tests/suite/recorded/{name}");
                let recorded = fs::read_to_string(root().join(&file)).unwrap();
                assert_recorded(&replayed(&recorded), &file);
            });
        }
    });
}

/// The cases of errors in parameters.
fn of_parameters() -> Vec<Case> {
    cases(&fs::read_to_string(root().join("tests/suite/recorded/parameters.txt")).unwrap())
}

#[test]
fn every_message_says_where_and_what_to_do() {
    for Case { name, commands, .. } in of_parameters() {
        let said = &commands[0].1;
        let Some((errors, last)) = said.trim_end().rsplit_once("\n\n") else {
            panic!("{name}: {said}");
        };
        // The words of clap have their own form.
        if !last.ends_with("; nothing was written") {
            assert!(said.contains("\n  tip: "), "{name}: {said}");
            continue;
        }
        for error in errors.split("\n\n") {
            // The rule for tags is printed once.
            let is_of_tags = error.starts_with("error: tags: ") && errors.contains(" = help: ");
            let has_help = error.contains(" = help: ") || is_of_tags;
            let subjects = ["--", "a.", "missing ", "no parameters: "];
            let mut subjects = subjects
                .map(|subject| format!("error: {subject}"))
                .into_iter();
            let is_placed =
                error.contains("--> a.") || subjects.any(|begin| error.starts_with(&begin));
            assert!(has_help && is_placed, "{name}: {error}");
        }
    }
}

#[test]
fn whoever_does_what_the_messages_say_has_a_bundle() {
    let mut fixed = 0;
    for case in of_parameters() {
        if case.name.ends_with(" (fixed by its help)") {
            fixing::fix(&case);
            fixed += 1;
        }
    }
    assert!(fixed > 30, "{fixed}");
}

#[test]
#[ignore = "needs a terminal's Python: run tests/run"]
fn colours_are_for_terminals_alone_and_for_those_who_want_them() {
    let folder = folder();
    fs::write(folder.path().join("a.toml"), "region = \"x\"\n").unwrap();
    let program = env!("CARGO_BIN_EXE_lexlogs");
    let shown = |setting: &str| {
        let argv = ["env", setting, program, "bundle", "a.toml"];
        at_terminal(folder.path(), folder.path(), &argv, &[]).shown
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
