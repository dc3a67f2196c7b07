//! What a stranger may have put into a fleet's folder: links, pipes, lists of
//! his own. Nothing that is not this program's is removed, replaced or trusted.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use lexlogs::digest::sha256;

use super::{made, place, table, tree};
use crate::support::output_of;
use crate::verify::run;

/// The places of the bundles in a folder.
fn zips(out: &Path) -> Vec<String> {
    let paths = tree(out).into_keys();
    paths.filter(|path| path.contains('/')).collect()
}

/// Writes an index, and its digest into the list beside it.
fn write_index(out: &Path, index: &str) {
    let old = sha256(&fs::read(out.join("fleet.json")).unwrap());
    let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    let new = sha256(index.as_bytes());
    fs::write(out.join("SHA256SUMS"), sums.replace(&old, &new)).unwrap();
    fs::write(out.join("fleet.json"), index).unwrap();
}

#[test]
fn what_is_no_plain_file_is_told_and_not_waited_for() {
    let place = place(4);
    let out = place.path().join("out");
    made(place.path(), "rows.csv", "out", &[]);
    let digest = sha256(&fs::read(out.join("fleet.json")).unwrap());
    let zip = zips(&out)[1].clone();
    for name in [zip.as_str(), "fleet.json", "SHA256SUMS"] {
        let (path, away) = (out.join(name), place.path().join("away"));
        fs::rename(&path, &away).unwrap();
        let told = |what: &str, more: &[&str]| {
            let mut arguments = vec!["5", env!("CARGO_BIN_EXE_lexlogs"), "verify", "out"];
            arguments.extend(more);
            let output = std::process::Command::new("timeout")
                .args(&arguments)
                .current_dir(place.path())
                .output()
                .unwrap();
            let said = String::from_utf8(output.stdout).unwrap();
            assert_eq!(output.status.code(), Some(1), "{name} {what}: {said}");
            assert!(said.contains(&format!("{name}: {what}\n")), "{said}");
        };
        // The very same bytes, but they can be altered where nobody looks.
        symlink(&away, &path).unwrap();
        told("is a symbolic link", &[]);
        told("is a symbolic link", &["--sha256", &digest]);
        fs::remove_file(&path).unwrap();
        output_of("mkfifo", &[name], &out);
        told("is not a file", &[]);
        let output = std::process::Command::new("timeout")
            .args(["5", env!("CARGO_BIN_EXE_lexlogs"), "diff", "out", "out"])
            .current_dir(place.path())
            .output()
            .unwrap();
        let compared = if name == "SHA256SUMS" { 0 } else { 3 };
        assert_eq!(output.status.code(), Some(compared), "{name}");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        told("is not a file", &[]);
        fs::remove_dir(&path).unwrap();
        fs::rename(&away, &path).unwrap();
    }
    assert_eq!(run(place.path(), &["verify", "out"]).0, 0);
}

#[test]
fn what_took_the_place_of_a_bundle_is_not_pruned() {
    let place = place(4);
    let out = place.path().join("out");
    made(place.path(), "rows.csv", "out", &[]);
    let before = zips(&out);
    fs::write(place.path().join("rows.csv"), table(2)).unwrap();
    let (link, huge) = (out.join(&before[2]), out.join(&before[3]));
    let own = place.path().join("own.zip");
    fs::rename(&link, &own).unwrap();
    symlink(&own, &link).unwrap();
    // More than there is memory.
    fs::File::options()
        .write(true)
        .open(&huge)
        .unwrap()
        .set_len(1 << 42)
        .unwrap();
    let said = made(place.path(), "rows.csv", "out", &["--prune"]);
    for path in &before[2..] {
        let told = format!("note: {path} is not what the index of the previous run lists");
        assert!(said.contains(&told), "{said}");
    }
    assert!(link.is_symlink() && own.exists() && huge.exists());
}

#[test]
fn an_index_that_is_written_otherwise_is_told() {
    let place = place(4);
    let out = place.path().join("out");
    made(place.path(), "rows.csv", "out", &[]);
    let good = fs::read_to_string(out.join("fleet.json")).unwrap();
    for (bad, told) in [
        // No JSON; another program reads something else, or nothing.
        (good.replace("},\n", "}\n"), "expected `,` or `]`"),
        (good.replace("}\n  ]", "},\n  ]"), "expected value"),
        (good.replace("\"path\"", "\"\\u0070ath\""), "otherwise"),
        (good.replace("    {", "\t{"), "otherwise"),
        (good.replacen(" 1,", "  1,", 1), "otherwise"),
        (good.replacen("lexlogs ", "sendmail ", 1), "as what made it"),
        // Nobody's terminal is written to.
        (good.replace("\"size\"", "\"\\u001b[2J\""), "`\\u{1b}[2J`"),
    ] {
        assert_ne!(bad, good, "{told}");
        write_index(&out, &bad);
        let (code, said, _) = run(place.path(), &["verify", "out"]);
        assert_eq!(code, 1, "{told}: {said}");
        assert!(
            said.contains("fleet.json: ") && said.contains(told),
            "{told}: {said}"
        );
        for arguments in [
            &["diff", "out", "out"][..],
            &["fleet", "rows.csv", "--config", "shared.toml", "-o", "out"],
        ] {
            let (_, said, complained) = run(place.path(), arguments);
            assert!(!said.contains('\u{1b}') && !complained.contains('\u{1b}'));
        }
        write_index(&out, &good);
        assert_eq!(run(place.path(), &["verify", "out"]).0, 0);
    }
}
