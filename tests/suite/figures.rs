//! The figures that keep a bundle readable: an administrator who reads it before
//! saying yes reads no more than this.

use std::fs;
use std::path::PathBuf;

use crate::recording::RecordingAws;
use crate::support::{bundle, file, folder, lexlogs, root, unpack};

/// What the scripts of the example are, without their folder.
fn script(name: &str) -> String {
    file(&bundle(&crate::apply::example("text-and-audio")), name).to_owned()
}

fn lines(names: &[&str]) -> usize {
    names.iter().map(|name| script(name).lines().count()).sum()
}

#[test]
fn what_is_read_before_a_yes_is_short() {
    for (names, most) in [
        (&["apply.sh", "functions.sh"][..], 230),
        (&["apply.cmd", "functions.cmd"], 300),
        (&["apply.sh", "functions.sh", "check.sh", "undo.sh"], 420),
        (
            &["apply.cmd", "functions.cmd", "check.cmd", "undo.cmd"],
            560,
        ),
    ] {
        let lines = lines(names);
        assert!(lines <= most, "{names:?}: {lines} lines, at most {most}");
    }
}

#[test]
fn apply_needs_one_shared_file() {
    let shared = |ending: &str| {
        let files = bundle(&crate::apply::example("text-and-audio")).files;
        let scripts = files.iter().filter(|file| file.name.ends_with(ending));
        scripts.map(|file| file.name).collect::<Vec<_>>()
    };
    assert_eq!(
        shared(".sh"),
        ["apply.sh", "check.sh", "functions.sh", "undo.sh"]
    );
    assert_eq!(
        shared(".cmd"),
        ["apply.cmd", "check.cmd", "functions.cmd", "undo.cmd"]
    );
}

#[test]
fn no_line_and_no_query_is_long() {
    let files = bundle(&crate::apply::example("text-and-audio")).files;
    for file in files
        .iter()
        .filter(|file| lexlogs::shell::Shell::of_script(file.name).is_some())
    {
        for line in file.text.lines() {
            assert!(
                line.len() <= 140,
                "{}: {} characters: {line}",
                file.name,
                line.len()
            );
            if let Some((_, query)) = line.split_once("--query ") {
                let quote = query.chars().next().unwrap_or(' ');
                let query = match quote {
                    '"' | '\'' => query[1..].split(quote).next().unwrap_or_default(),
                    _ => query.split(' ').next().unwrap_or_default(),
                };
                assert!(query.len() <= 100, "{}: {query}", file.name);
            }
        }
    }
}

#[test]
fn the_zip_is_small() {
    let place = folder();
    let config: PathBuf = root().join("examples/text-and-audio/lexlogs.toml");
    let output = lexlogs(
        place.path(),
        &["bundle", config.to_str().unwrap(), "-o", "x.zip"],
    );
    assert!(output.status.success(), "{output:?}");
    let size = fs::metadata(place.path().join("x.zip")).unwrap().len();
    assert!(size <= 86_300, "{size} bytes");
}

/// On an empty account a dry run prints the plan and the page's commands, and
/// nothing else; a first run reads little. (A stub says that nothing exists.)
#[test]
fn a_first_run_by_a_stub_prints_and_reads_little() {
    let request = crate::apply::example("text-and-audio");
    let (aws, place) = (RecordingAws::new(), folder());
    unpack(&bundle(&request), place.path());
    aws.answer(&request);

    let printed = aws.run(&["sh"], &["apply.sh", "--dry-run"], place.path());
    let apply = script("apply.sh");
    let (_, steps) = apply.split_once("\nsteps() {\n").unwrap();
    let (steps, _) = steps.split_once("\n}\n").unwrap();
    let commands: String = steps
        .split("\n\n")
        .map(|step| step.split_once("\ncreate ").unwrap().1.to_owned() + "\n\n")
        .collect();
    let (plan, rest) = printed.split_once("\n\naws ").unwrap();
    assert_eq!(plan.matches("\n  create    ").count(), 5, "{plan}");
    assert_eq!(
        format!("aws {rest}"),
        format!("{commands}Dry run: nothing was changed.\n")
    );
    assert!(printed.lines().count() <= 35, "{printed}");

    aws.take_calls();
    aws.run(&["sh"], &["apply.sh", "--yes"], place.path());
    let calls = aws.take_calls();
    let verb = |call: &Vec<String>| call[1].split('-').next().unwrap().to_owned();
    let count = |verbs: &[&str]| {
        let calls = calls.iter().map(verb);
        calls.filter(|verb| verbs.contains(&verb.as_str())).count()
    };
    assert!(count(&["get", "list"]) <= 8, "{calls:?}");
    assert!(count(&["wait"]) <= 3, "{calls:?}");
    assert_eq!(count(&["create", "attach"]), 5, "{calls:?}");
    assert_eq!(
        count(&["get", "list", "wait", "create", "attach"]),
        calls.len()
    );
}

/// In the part of apply that changes something there are the page's commands and
/// the lines that name what they create, nothing more.
#[test]
fn the_steps_of_apply_are_names_and_the_pages_commands() {
    let apply = script("apply.sh");
    let (_, steps) = apply.split_once("\nsteps() {\n").unwrap();
    let (steps, _) = steps.split_once("\n}\n").unwrap();
    for block in steps.split("\n\n") {
        let (name, command) = block.split_once('\n').unwrap();
        let word = name.split(' ').next().unwrap();
        assert!(["role", "policy", "attachment"].contains(&word), "{name}");
        assert!(command.starts_with("create aws iam "), "{command}");
        for line in command.lines().skip(1) {
            assert!(line.starts_with("    --"), "{line}");
        }
    }
    assert_eq!(steps.split("\n\n").count(), 5);
}
