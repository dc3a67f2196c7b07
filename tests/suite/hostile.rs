//! Zips that nobody honest makes, byte by byte: each is refused, with its own
//! words, in little memory and time.

mod bytes;
mod cases;
mod flips;
mod lists;
mod versions;

use std::process::Command;

use crate::support::{folder, text};
use bytes::Zip;

/// The address space of the program that reads such a zip, in KiB: its own
/// pages, a zip of the largest size, what it inflates to, and not much more.
const MEMORY: u32 = 96 * 1024;
/// The limit of processor time, which does not depend on what else the machine does.
const SECONDS: u32 = 5;

/// A good bundle's zip but for the version that is said to have made it.
pub(crate) fn of_another_version() -> Vec<u8> {
    let mut zip = Zip::good();
    lists::replace(&mut zip, "manifest.json", "\"lexlogs 0", "\"lexlogs 90");
    lists::update_lists(&mut zip);
    zip.build()
}

/// A good bundle's zip, and one with the same files in another folder.
pub(crate) fn two_with_the_same_files() -> [Vec<u8>; 2] {
    let mut zip = Zip::good();
    for entry in &mut zip.entries {
        let path = String::from_utf8(entry.central.path.clone()).unwrap();
        entry.rename(path.replace("111122223333", "999999999999"));
    }
    [bytes::good(), zip.build()]
}

/// Runs `lexlogs verify` on bytes, with little memory, and gives exit code,
/// result and what was said.
fn verified(zip: &[u8]) -> (i32, String, String) {
    let place = folder();
    std::fs::write(place.path().join("a.zip"), zip).unwrap();
    let script = format!(
        "ulimit -v {MEMORY}; ulimit -t {SECONDS}; exec {} verify a.zip",
        env!("CARGO_BIN_EXE_lexlogs")
    );
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(place.path())
        .output()
        .unwrap();
    (
        output.status.code().unwrap_or(-1),
        text(&output.stdout).to_owned(),
        text(&output.stderr).to_owned(),
    )
}

/// Stored, dated 1980, made by Unix, with nothing more: each field is in `bytes.rs`.
#[test]
fn the_tests_build_the_same_zip_as_lexlogs() {
    let zip = Zip::good();
    assert!(zip.build() == bytes::good());
    let paths = zip.entries.iter().map(|entry| &entry.central.path);
    assert!(paths.clone().is_sorted() && paths.into_iter().all(|path| path.is_ascii()));
    let (code, said, _) = verified(&bytes::good());
    assert!(said.starts_with("OK: lex-conversation-logs-"), "{said}");
    assert_eq!(code, 0);
}

#[test]
fn each_hostile_zip_is_refused_with_its_own_words() {
    let cases = cases::all();
    assert!(cases.len() >= 140, "{} cases", cases.len());
    let mut wrong = String::new();
    for case in &cases {
        let errors = match case.message.lines().count() {
            1 => "1 error".to_owned(),
            count => format!("{count} errors"),
        };
        let verdict = format!("FAILED: {errors}\n");
        // Its own directory has no bundle in it.
        let is_none = (
            2,
            String::new(),
            format!("error: a.zip: {}\n", case.message),
        );
        let said = verified(&case.zip);
        let is_refused = (said.0, said.2.as_str()) == (1, "")
            && said.1.starts_with(&verdict)
            && crate::verify::findings(&said.1).trim_end() == case.message;
        if !is_refused && said != is_none {
            wrong += &format!("{}: {}\n  {}  {}\n", case.name, said.0, said.1, said.2);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// That the limit bites: a program that takes what a bomb asks for is stopped.
#[test]
fn the_limit_of_memory_is_one() {
    let script = format!("ulimit -v {MEMORY}; head -c 200000000 /dev/zero | sort >/dev/null");
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    assert!(!output.status.success());
}

#[test]
fn what_was_never_a_bundle_is_bad_input() {
    for (bytes, why) in [
        (&b""[..], "it is not a zip"),
        (b"hello", "it is not a zip"),
        (&[0; 10_000], "it is not a zip"),
        (b"PK", "it is not a zip"),
        (
            &Zip::of(&[("a/b.txt", b"x")]).build(),
            "it is not a bundle: there is neither manifest.json nor request.json in it",
        ),
    ] {
        let (code, said, complained) = verified(bytes);
        assert_eq!(
            (code, said.as_str(), complained),
            (2, "", format!("error: a.zip: {why}\n"))
        );
    }
}

#[test]
fn a_zip_that_breaks_off_at_any_place_is_refused() {
    let zip = bytes::good();
    for length in (4..zip.len()).step_by(64).chain(zip.len() - 64..zip.len()) {
        let report = lexlogs::verify(&zip[..length]);
        assert!(!report.whole && report.is_bundle, "{length}");
        let said = report.findings[0].to_string();
        assert!(
            said.starts_with("it cannot be read as a zip: "),
            "{length}: {said}"
        );
    }
}
