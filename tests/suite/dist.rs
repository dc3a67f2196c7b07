//! What `dist/build` hands out: it is whole, needs nothing but its system, and
//! makes the same bundle on both.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::examples::DIGESTS;
use crate::support::{folder, names, output_of, root, text};
use crate::wine::{Cmd, windows_path};

const LINUX: &str = "x86_64-unknown-linux-gnu";
const WINDOWS: &str = "x86_64-pc-windows-gnu";

/// The folder that `dist/build` fills, built once a run of the tests. It checks
/// the sizes, and that both programs are static and name no path of the machine.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dist");
        let _ = fs::remove_dir_all(&place);
        let output = Command::new(root().join("dist/build"))
            .arg(&place)
            // Beside the other builds, so that only what changed is built again.
            .env("CARGO_TARGET_DIR", place.with_file_name("release"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        let sums = fs::read_to_string(place.join("SHA256SUMS")).unwrap();
        assert_eq!(
            text(&output.stdout),
            sums,
            "what it prints are the checksums"
        );
        place
    })
}

/// The name of the folder in an archive.
fn name(target: &str) -> String {
    format!("lexlogs-{}-{target}", env!("CARGO_PKG_VERSION"))
}

/// Both archives, extracted.
fn extracted() -> tempfile::TempDir {
    let place = folder();
    let archive = |target, ending| {
        let path = built().join(format!("{}.{ending}", name(target)));
        path.to_str().unwrap().to_owned()
    };
    output_of("tar", &["-xzf", &archive(LINUX, "tar.gz")], place.path());
    output_of("unzip", &["-q", &archive(WINDOWS, "zip")], place.path());
    place
}

#[test]
#[ignore = "builds releases for two systems: run .ci/run or tests/run --full"]
fn the_archives_are_complete_and_match_their_checksums() {
    let archives = [
        format!("{}.zip", name(WINDOWS)),
        format!("{}.tar.gz", name(LINUX)),
    ];
    assert_eq!(
        names(built()),
        [
            "SHA256SUMS".to_owned(),
            archives[0].clone(),
            archives[1].clone()
        ]
    );
    let said = output_of("sha256sum", &["-c", "SHA256SUMS"], built());
    assert_eq!(said, format!("{}: OK\n{}: OK\n", archives[1], archives[0]));

    let place = extracted();
    for (target, program) in [(LINUX, "lexlogs"), (WINDOWS, "lexlogs.exe")] {
        let folder = place.path().join(name(target));
        let mut expected = vec![
            "CHANGELOG.md",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "README.md",
            "completions",
            "docs",
            "man",
        ];
        expected.insert(4, "SECURITY.md");
        expected.push(program);
        expected.sort_unstable();
        assert_eq!(names(&folder), expected);
        assert_eq!(names(&folder.join("completions")).len(), 5);
        // Those of the program and of each command that its help lists.
        let help = output_of(
            place
                .path()
                .join(name(LINUX))
                .join("lexlogs")
                .to_str()
                .unwrap(),
            &["--help"],
            place.path(),
        );
        // In groups, each below its title.
        let (commands, _) = help.split_once("\nOptions:\n").unwrap();
        let commands = commands.lines().filter(|line| line.starts_with("  "));
        let mut pages: Vec<String> = commands
            .map(|line| format!("lexlogs-{}.1", line.split_whitespace().next().unwrap()))
            .filter(|page| page != "lexlogs-help.1")
            .collect();
        pages.push("lexlogs.1".to_owned());
        pages.sort();
        assert_eq!(names(&folder.join("man")), pages);
    }
}

#[test]
#[ignore = "builds releases for two systems, needs Wine: run .ci/run or tests/run --full"]
fn both_programs_make_the_bundles_that_this_one_makes() {
    let place = extracted();
    for (example, digest) in DIGESTS {
        let config = root().join("examples").join(example).join("lexlogs.toml");
        let output = Command::new(place.path().join(name(LINUX)).join("lexlogs"))
            .args([
                "bundle",
                config.to_str().unwrap(),
                "-o",
                "linux.zip",
                "--force",
            ])
            .current_dir(place.path())
            .env_clear()
            .output()
            .unwrap();
        assert_eq!(text(&output.stdout), format!("{digest}  linux.zip\n"));
    }
    let (example, digest) = DIGESTS[0];
    let config = windows_path(&root().join("examples").join(example).join("lexlogs.toml"));
    fs::write(
        place.path().join("t.cmd"),
        format!("@lexlogs bundle {config} -o windows.zip 2>nul\r\n"),
    )
    .unwrap();
    let output = Cmd::new(place.path(), "t.cmd")
        .extra_path(&place.path().join(name(WINDOWS)))
        .run();
    assert_eq!(
        (output.code, output.stdout),
        (0, format!("{digest}  windows.zip\n"))
    );
}
