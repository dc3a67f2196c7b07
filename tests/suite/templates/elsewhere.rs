//! Custom templates in fleets and in documentation.

use std::fs;

use super::{change, exported, with_header_and_step};
use crate::support::{errors, lexlogs, names, text};

#[test]
fn a_fleet_takes_them_and_each_row_has_its_ticket() {
    let place = exported();
    with_header_and_step(place.path());
    let row = |account: &str, custom: &str| {
        format!(
            "{{\"lex-version\": \"v2\", \"account-id\": \"{account}\", \"region\": \"us-east-1\", \"log-group-name\": \"/lex/bot\"{custom}}}\n"
        )
    };
    let custom = |ticket: &str| {
        format!(", \"custom\": {{\"ticket\": \"{ticket}\", \"approvers\": [\"Ann\"]}}")
    };
    let good = row("111122223333", &custom("CHG1")) + &row("999999999999", &custom("CHG2"));
    fs::write(place.path().join("rows.jsonl"), &good).unwrap();
    let fleet = |out: &str, more: &[&str]| {
        let arguments = ["fleet", "rows.jsonl", "--templates", "own", "-q", "-o", out];
        lexlogs(place.path(), &[&arguments, more].concat())
    };
    let output = fleet("a", &["--jobs", "1"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(fleet("b", &["--jobs", "2"]).status.success());
    for account in ["111122223333", "999999999999"] {
        let name = &names(&place.path().join("a").join(account))[0];
        let read =
            |fleet: &str| fs::read(place.path().join(fleet).join(account).join(name)).unwrap();
        assert_eq!(read("a"), read("b"));
    }
    let verified = lexlogs(place.path(), &["verify", "a", "--templates", "own"]);
    assert!(verified.status.success(), "{}", text(&verified.stdout));
    let verified = lexlogs(place.path(), &["verify", "a"]);
    assert_eq!(verified.status.code(), Some(1));
    assert!(
        text(&verified.stdout).contains("FAILED: 2 of 2 bundles are not proven\n"),
        "{}",
        text(&verified.stdout)
    );

    // One row lacks what is read: nothing is written of any.
    fs::write(
        place.path().join("rows.jsonl"),
        good + &row("222222222222", ", \"custom\": {\"ticket\": \"CHG3\"}"),
    )
    .unwrap();
    let output = fleet("c", &[]);
    assert_eq!(output.status.code(), Some(2));
    let script = fs::read_to_string(place.path().join("own/bash/apply.sh")).unwrap();
    let reads = script
        .lines()
        .position(|line| line.contains("custom.approvers"));
    let line = reads.unwrap() + 1;
    let (errors, count) = errors(text(&output.stderr));
    assert_eq!(
        errors,
        [format!(
            "own/bash/apply.sh:{line}:70: Iteration not possible on type `undefined`; so it is for rows.jsonl:3; give it in `[custom]`, or as `--custom NAME=VALUE`"
        )]
    );
    assert_eq!(count, "1 error in 1 row; nothing was written");
    assert!(!place.path().join("c").exists());
}

#[test]
fn documentation_takes_them() {
    let place = exported();
    change(
        place.path(),
        "pages/how-to.txt",
        "## Before you begin\n",
        "> Every change needs a ticket in {{ custom.tracker }}.\n\n## Before you begin\n",
    );
    let page = |more: &[&str]| {
        let arguments = ["docs", "page", "--lex-version", "v2", "--templates", "own"];
        lexlogs(place.path(), &[&arguments, more].concat())
    };
    let output = page(&["--custom", "tracker=Tracker X"]);
    assert!(
        text(&output.stdout).contains("Every change needs a ticket in Tracker X."),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    let output = page(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        errors(text(&output.stderr)).0,
        [
            "own/pages/how-to.txt:9:44: Field `tracker` is not defined; give it in `[custom]`, or as `--custom NAME=VALUE`"
        ]
    );
    let region = "<!-- lexlogs:begin page lex-version=v2 -->\n<!-- lexlogs:end -->\n";
    fs::write(place.path().join("page.md"), region).unwrap();
    let write = ["docs", "write", "page.md", "--templates", "own"];
    assert_eq!(lexlogs(place.path(), &write).status.code(), Some(2));
    let given = [&write[..], &["--custom", "tracker=Tracker X"]].concat();
    assert!(lexlogs(place.path(), &given).status.success());
    let checked = lexlogs(
        place.path(),
        &[
            "docs",
            "write",
            "--check",
            "page.md",
            "--custom",
            "tracker=Tracker X",
        ],
    );
    assert_eq!(
        checked.status.code(),
        Some(1),
        "with the built-in ones it is another"
    );
    let checked = lexlogs(
        place.path(),
        &[&write[..], &["--check", "--custom", "tracker=Y"]].concat(),
    );
    assert!(
        text(&checked.stderr).contains("lexlogs docs write --templates own "),
        "{}",
        text(&checked.stderr)
    );
}
