//! A large page: 100,000 lines and 1,000 regions.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::{content, with_files};
use crate::support::text;

const LINES: usize = 100_000;
const REGIONS: usize = 1_000;

fn page(regions: usize) -> String {
    let snippets = [
        "create-role",
        "trust-policy",
        "attach-s3-policy",
        "s3-policy",
    ];
    let mut page = String::new();
    for region in 0..regions {
        let name = snippets[region % snippets.len()];
        page.push_str(&format!(
            "<!-- lexlogs:begin {name} role-name=Role{region} -->\n<!-- lexlogs:end -->\r\n"
        ));
        for line in 0..LINES / REGIONS - 2 {
            page.push_str(&format!("line {line} of region {region}\r\n"));
        }
    }
    page
}

/// Limit of processor time for each run, not optimized: time proportional to lines times regions would be minutes.
const SECONDS: u32 = 10;

/// `lexlogs docs write` with that limit.
fn write(place: &Path, arguments: &[&str]) -> Output {
    let script = format!(
        "ulimit -t {SECONDS}; exec {} docs write \"$@\"",
        env!("CARGO_BIN_EXE_lexlogs")
    );
    let mut command = Command::new("sh");
    command
        .args(["-c", &script, "sh"])
        .args(arguments)
        .current_dir(place)
        .output()
        .unwrap()
}

#[test]
fn a_large_page_is_written_checked_and_left_alone() {
    let before = page(REGIONS);
    assert_eq!(before.lines().count(), LINES);
    let place = with_files(&[
        ("a.md", &before),
        ("lexlogs-docs.toml", "lex-version = \"v2\"\n"),
    ]);
    let stale = write(place.path(), &["--check", "a.md"]);
    assert_eq!(stale.status.code(), Some(1));
    let hunks = text(&stale.stdout)
        .lines()
        .filter(|line| line.starts_with("@@ "));
    assert_eq!(hunks.count(), REGIONS);
    let first = write(place.path(), &["a.md"]);
    assert_eq!(
        text(&first.stderr),
        "written: 1000 of 1000 regions, 1 of 1 page\n"
    );
    let after = content(place.path(), "a.md");
    assert!(write(place.path(), &["--check", "a.md"]).status.success());
    let again = write(place.path(), &["a.md"]);
    assert!(again.status.success());
    assert_eq!(text(&again.stdout), "");
    // Without the regions' lines it is the page that it was.
    let mut left = String::new();
    let mut inside = false;
    for line in after.split_inclusive('\n') {
        inside &= !line.contains("lexlogs:end");
        if !inside {
            left.push_str(line);
        }
        inside |= line.contains("lexlogs:begin");
    }
    assert_eq!(left, before);
    assert_eq!(
        after.matches("--role-name Role").count(),
        REGIONS,
        "two shells, every second region"
    );
}

#[test]
fn more_pages_than_a_process_may_have_open_are_written() {
    let page = "<!-- lexlogs:begin delete-role lex-version=v2 -->\n<!-- lexlogs:end -->\n";
    let place = with_files(&[]);
    for number in 0..300 {
        fs::write(place.path().join(format!("{number}.md")), page).unwrap();
    }
    let script = format!(
        "ulimit -n 64 && exec {} docs write .",
        env!("CARGO_BIN_EXE_lexlogs")
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(place.path())
        .output();
    let output = output.unwrap();
    assert_eq!(
        text(&output.stderr),
        "written: 300 of 300 regions, 300 of 300 pages\n"
    );
}
