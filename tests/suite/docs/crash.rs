//! A run that is stopped in the middle leaves every page whole: as it was, or as
//! it was to be.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{content, with_files, written};
use crate::support::{count, folder, names, text};

const PAGES: usize = 30;

fn page(role: &str) -> String {
    let region = format!(
        "<!-- lexlogs:begin page lex-version=v2 role-name={role} -->\n<!-- lexlogs:end -->\ntext\n"
    );
    region.repeat(5)
}

fn name(number: usize) -> String {
    format!("{number:02}.md")
}

#[test]
fn a_run_that_is_killed_leaves_every_page_whole() {
    let place = folder();
    let old = page("OldRole");
    let reset = || {
        for number in 0..PAGES {
            fs::write(place.path().join(name(number)), &old).unwrap();
        }
    };
    reset();
    let begin = std::time::Instant::now();
    written(place.path(), &["."]);
    let whole = begin.elapsed();
    let new = content(place.path(), &name(0));
    assert_ne!(new, old);

    let mut random = fastrand::Rng::with_seed(9);
    let (mut untouched, mut between, mut finished) = (0, 0, 0);
    let rounds = count(10, 30);
    // When a kill takes effect depends on the system; repeat until both kinds occurred.
    for round in 0..10 * rounds {
        if round >= rounds && untouched > 0 && between > 0 {
            break;
        }
        reset();
        let inode = || fs::metadata(place.path().join(name(0))).unwrap().ino();
        let before = inode();
        let mut child = Command::new(env!("CARGO_BIN_EXE_lexlogs"))
            .args(["docs", "write", "."])
            .current_dir(place.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        if round % 2 == 0 {
            std::thread::sleep(whole.mul_f64(random.f64()));
        } else {
            // Most of the time goes before the first page is moved to its place; so wait for that.
            while inode() == before && child.try_wait().unwrap().is_none() {}
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let pages: Vec<String> = (0..PAGES)
            .map(|number| content(place.path(), &name(number)))
            .collect();
        let written = pages.iter().filter(|page| **page == new).count();
        let kept = pages.iter().filter(|page| **page == old).count();
        assert_eq!(
            written + kept,
            PAGES,
            "round {round}: a page is neither old nor new"
        );
        match written {
            0 => untouched += 1,
            PAGES => finished += 1,
            _ => between += 1,
        }
        // What lies beside is no page, and the next run does not mind it.
        for left in names(place.path()) {
            if left.starts_with(".lexlogs-") {
                fs::remove_file(place.path().join(left)).unwrap();
            }
        }
    }
    println!("kills: {untouched} before, {between} between, {finished} after");
    assert!(untouched > 0 && between > 0, "no kill came in time");
}

/// Runs with a limit to the size of files, which stands for a full disk.
fn limited(place: &Path, before: &str) -> std::process::Output {
    let script = format!(
        "{before} ulimit -f 16; exec {} docs write .",
        env!("CARGO_BIN_EXE_lexlogs")
    );
    let mut command = Command::new("sh");
    command
        .args(["-c", &script])
        .current_dir(place)
        .output()
        .unwrap()
}

#[test]
fn where_a_page_cannot_be_written_none_is_changed() {
    let small = "<!-- lexlogs:begin delete-role lex-version=v2 -->\n<!-- lexlogs:end -->\n";
    let large = format!("{small}{}", "x".repeat(20_000));
    for (before, code) in [
        // The system refuses: told, with nothing left behind.
        ("trap '' XFSZ;", Some(3)),
        // The system kills.
        ("", None),
    ] {
        let place = with_files(&[("a.md", small), ("m.md", &large), ("z.md", small)]);
        let output = limited(place.path(), before);
        assert_eq!(output.status.code(), code, "{}", text(&output.stderr));
        for (name, page) in [("a.md", small), ("m.md", &large), ("z.md", small)] {
            assert_eq!(content(place.path(), name), page, "{name}");
        }
        if code.is_some() {
            assert!(
                text(&output.stderr).starts_with("error: cannot write "),
                "{}",
                text(&output.stderr)
            );
            assert_eq!(names(place.path()), ["a.md", "m.md", "z.md"]);
        }
    }
}
