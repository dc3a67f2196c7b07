//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "ff4d161725d6a61505261d0a3d4e3ad5d8511e4ca6cb0b9aca5e0bdc52d1813c",
    ),
    (
        "bot-alias",
        "622f6021b161a95bca3bca94dd5fd6b832095f15ccce8a3d8c0449483498ebfb",
    ),
    (
        "existing-role",
        "93556d1a233da948c10e38653209bc283c490104abeb108a55ce730e43daabe6",
    ),
    (
        "log-group-key",
        "15a32d4250431a68f96f6f0dc5ca756e1d26d665264e6d3f7b441bd7adee5c1a",
    ),
    (
        "organisation",
        "e945c4a1d45a85a8ccc969e46cf2ea4e96e228b90326821534d10bdadb8fc880",
    ),
    (
        "pass-role",
        "d21c8f30329ed9f66d6d91b254a00383553f5a70117e6668c745cbcd3a2b49e1",
    ),
    (
        "prerequisites",
        "7dd6dc0554c957ef802760ae3a2e7598ca5e9e10be8153f4b0486d07dc9ca39a",
    ),
    (
        "text-and-audio",
        "e83ed3f8638d3b4e4468cff5a2a78e863d2f2a2b08fe7c46c7683894a6012852",
    ),
    (
        "text-only",
        "c356506fb255b098b554512e322eca820b63322bcd844c342d71d4c15bc2ced5",
    ),
    (
        "v1-audio-only",
        "2e00b4521b8802b7cfdbed155ab8fcada600ff0bb5273685b883f94c3470d5c5",
    ),
    (
        "v1-bot-alias",
        "40b99c9a90f523cd0d21fe95032758b23d9d4ac96acaa7e58681c8ca4d510926",
    ),
    (
        "v1-text-and-audio",
        "14fed150fec45214a894bc0917438cb604ac71ecc8192fc2ab2513054d38d8a2",
    ),
    (
        "v1-text-only",
        "9a21a0d4d83c6a1b21a788e797bd71f61b42acd430abb2d68896d1865dcad5e7",
    ),
    (
        "v1-with-kms",
        "7c1d6c9d762f13b8a5b7b1a6211d7c907fe4a9a9ee0a4483a202ebf54c31dee7",
    ),
    (
        "with-kms",
        "5de1328eebd9e6ee65fb8e41b745d0a449decaab978bd337ba2e9755e68fae22",
    ),
];

/// The examples by name.
pub(crate) const EXAMPLES: [&str; 15] = {
    let mut names = [""; 15];
    let mut at = 0;
    while at < names.len() {
        names[at] = DIGESTS[at].0;
        at += 1;
    }
    names
};

#[test]
fn every_example_is_listed() {
    let examples = root().join("examples");
    let folders: Vec<String> = names(&examples)
        .into_iter()
        // The pages are kept by `lexlogs docs write`.
        .filter(|name| examples.join(name).is_dir() && name != "pages")
        .collect();
    assert_eq!(folders, DIGESTS.map(|(name, _)| name));
}

#[test]
fn every_example_is_what_its_parameters_render() {
    let folder = folder();
    for (example, _) in DIGESTS {
        let place = root().join("examples").join(example);
        let config = place.join("lexlogs.toml");
        let output = lexlogs(
            folder.path(),
            &["render", config.to_str().unwrap(), "-o", example],
        );
        assert!(
            output.status.success(),
            "{example}: {}",
            text(&output.stderr)
        );
        let rendered = folder.path().join(example);
        assert_eq!(
            names(&rendered),
            names(&place.join("bundle")),
            "{example}: run examples/regenerate"
        );
        for name in names(&rendered) {
            let read =
                |file: std::path::PathBuf| String::from_utf8(fs::read(file).unwrap()).unwrap();
            assert_eq!(
                read(place.join("bundle").join(&name)),
                read(rendered.join(&name)),
                "{example}/{name}: run examples/regenerate"
            );
        }
    }
}

#[test]
fn every_example_has_its_digest() {
    let folder = folder();
    let digest = |example: &str| {
        let config = root().join("examples").join(example).join("lexlogs.toml");
        let output = lexlogs(
            folder.path(),
            &[
                "bundle",
                config.to_str().unwrap(),
                "-o",
                &format!("{example}.zip"),
            ],
        );
        text(&output.stdout).split_once(' ').unwrap().0.to_owned()
    };
    let digests = DIGESTS.map(|(name, _)| (name, digest(name)));
    let known = DIGESTS.map(|(name, digest)| (name, digest.to_owned()));
    assert_eq!(digests, known, "left: now, right: known");
}
