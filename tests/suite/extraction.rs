//! What people extract a bundle with: each gives the files that `render` writes,
//! and their modes where it keeps any.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::{folder, names, output_of};
use crate::verify::{made, run};

/// A program that extracts zips.
struct Extractor {
    /// The names under which it is installed, the first of which is taken that
    /// is there.
    programs: &'static [&'static str],
    /// Its arguments, which extract `../NAME` into the current folder.
    arguments: &'static [&'static str],
    /// Whether it keeps the modes of files.
    keeps_modes: bool,
}

const EXTRACTORS: [Extractor; 6] = [
    Extractor {
        programs: &["unzip"],
        arguments: &["-q", "ZIP"],
        keeps_modes: true,
    },
    Extractor {
        programs: &["bsdtar"],
        arguments: &["-xf", "ZIP"],
        keeps_modes: true,
    },
    Extractor {
        programs: &["python3"],
        arguments: &["-m", "zipfile", "-e", "ZIP", "."],
        keeps_modes: false,
    },
    Extractor {
        programs: &["7zz", "7z"],
        arguments: &["x", "-bd", "ZIP"],
        keeps_modes: true,
    },
    Extractor {
        programs: &["jar"],
        arguments: &["-xf", "ZIP"],
        keeps_modes: false,
    },
    Extractor {
        programs: &["busybox"],
        arguments: &["unzip", "-q", "ZIP"],
        keeps_modes: true,
    },
];

/// The program of several that is installed.
fn installed(programs: &[&str]) -> String {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    let there = |name: &&&str| folders.iter().any(|folder| folder.join(name).is_file());
    let found = programs.iter().find(there);
    let found = found.unwrap_or_else(|| panic!("none of {programs:?} is installed: run tests/run"));
    (*found).to_owned()
}

/// The files in a folder, with what they hold and whether they can be run.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>, u32)> {
    let file = |name: String| {
        let path = folder.join(&name);
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        (name, fs::read(path).unwrap(), mode)
    };
    names(folder).into_iter().map(file).collect()
}

#[test]
#[ignore = "needs bsdtar, 7-Zip and a JDK: run tests/run"]
fn every_program_extracts_the_files_that_render_writes() {
    for example in ["organisation", "v1-text-only"] {
        let place = folder();
        made(place.path(), example);
        let rendered = contents(&place.path().join("folder"));
        for extractor in &EXTRACTORS {
            let program = installed(extractor.programs);
            let name = format!("{program}-extracted");
            let inside = place.path().join(&name);
            fs::create_dir(&inside).unwrap();
            let arguments = extractor.arguments.iter();
            let arguments: Vec<&str> = arguments
                .map(|word| if *word == "ZIP" { "../a.zip" } else { *word })
                .collect();
            // With the umask that most systems have, whatever this one has.
            let script = format!("umask 022; exec {program} \"$@\"");
            let arguments = [&["-c", &script, "sh"], &arguments[..]].concat();
            output_of("sh", &arguments, &inside);
            let tops = names(&inside);
            assert_eq!(tops.len(), 1, "{name}: {tops:?}");
            let mut extracted = contents(&inside.join(&tops[0]));
            let verified = run(&inside, &["verify", &tops[0]]);
            if extractor.keeps_modes {
                assert_eq!(
                    (verified.0, verified.2.as_str()),
                    (0, ""),
                    "{name}: {verified:?}"
                );
            } else {
                // `verify` notes that, and nothing else.
                let note = "warning: file modes differ from the bundle's";
                assert_eq!(verified.0, 0, "{name}: {verified:?}");
                assert!(verified.2.starts_with(note), "{name}: {verified:?}");
                assert_eq!(verified.2.lines().count(), 1, "{name}");
                for ((_, _, mode), (_, _, rendered)) in extracted.iter_mut().zip(&rendered) {
                    assert_eq!(*mode, 0o644, "{name}: it keeps modes after all");
                    *mode = *rendered;
                }
            }
            assert!(extracted == rendered, "{name}");
        }
    }
}

#[test]
#[ignore = "needs bsdtar, 7-Zip and a JDK: run tests/run"]
fn every_program_that_tests_zips_finds_nothing_wrong() {
    let place = folder();
    made(place.path(), "with-kms");
    let seven_zip = installed(&["7zz", "7z"]);
    let zip = "a.zip";
    for (program, arguments, said) in [
        (
            "unzip",
            &["-t", zip][..],
            "No errors detected in compressed data",
        ),
        ("zip", &["-T", zip], "OK"),
        ("python3", &["-m", "zipfile", "-t", zip], "Done testing"),
        (&seven_zip, &["t", zip], "Everything is Ok"),
        ("zipinfo", &[zip], "-rwxr-xr-x  "),
    ] {
        let output = output_of(program, arguments, place.path());
        assert!(output.contains(said), "{program} {zip}: {output}");
        assert!(
            !output.to_lowercase().contains("warning"),
            "{program} {zip}: {output}"
        );
    }
}
