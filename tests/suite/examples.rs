//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 10] = [
    (
        "audio-only",
        "61b0afdab5fbaa9d26516388ec3e084d4702451201a184d80c4b8eee94cb6741",
    ),
    (
        "existing-role",
        "9005afa560e40787496bb4dd46073f4f9da59405736561ccf62c24dd5920f6d3",
    ),
    (
        "organisation",
        "392e396b5c61548744fd9328aab6dff4081d8ed626bf9322a41142ce9190de94",
    ),
    (
        "text-and-audio",
        "81494287222345077b55ac24ed84c0b9a334553bebf4ac955ae1311de6ee56a9",
    ),
    (
        "text-only",
        "c4804a558390720eb246d2a9fbe041690484d2158cafbcb67f2785594497b5ed",
    ),
    (
        "v1-audio-only",
        "ccdbe708e8f66136f5583444458d1ec0e743892da71c1d5e5131189fb724f360",
    ),
    (
        "v1-text-and-audio",
        "2a785d8a3bc83a11ef5984ac05c0ad98e21c256dffc5339b16706a70a121c00d",
    ),
    (
        "v1-text-only",
        "e70bdfa90178bca32ac3d2e43230abe166e020a4715782532e68c629ca390fa7",
    ),
    (
        "v1-with-kms",
        "3538a72a0c358e42790d0fb47228850a7cd3e8630ee61db2d5498ed9ae2765de",
    ),
    (
        "with-kms",
        "87f186adcb264a39eae53469d258d6a11a9abbc809eaa3181070a585111e58c0",
    ),
];

/// The examples by name.
pub(crate) const EXAMPLES: [&str; 10] = {
    let mut names = [""; 10];
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
