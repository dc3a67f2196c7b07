//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 10] = [
    (
        "audio-only",
        "d1273a9fd14072f060b8baded27adda87dfb3b3fa78a769f7c61e3dd7e8fb3a3",
    ),
    (
        "existing-role",
        "b39ee55103e06c33874ef7abc2037dd39dd53c11d910bd1b6e19f1428d3f3762",
    ),
    (
        "organisation",
        "792fbf5cb0930bc43979bff3935b04fef10f510621f3617bdbffa8e9541baf62",
    ),
    (
        "text-and-audio",
        "9cce302dd7789c2182646b766d174792b604721647fcaf5c8e3a9a41f0b09a08",
    ),
    (
        "text-only",
        "8574820409651ce2368a1e8092e284d6a6b9917309ed9b79c2d4753d9f3a2a6e",
    ),
    (
        "v1-audio-only",
        "ae6c5c98c9f67ceedbcebbc5110b851eca4bb8d699f70ba5a27b2a3749dff7e2",
    ),
    (
        "v1-text-and-audio",
        "20be684121c5732e123d37b6633d38ff94bd4362061ab875bfefdf26ccc93b04",
    ),
    (
        "v1-text-only",
        "241ae50678eccc59a863e9ecf640c66446ce2ac767419f90824ed69527526e29",
    ),
    (
        "v1-with-kms",
        "a2eaa849bbe97c0df27e493a1aa1a8c5a9d317b29039b67f890491e0c37c2adf",
    ),
    (
        "with-kms",
        "30ca4260e11d20fb09f95fe6fe7566c806347a68d17f21d2649a4a7ea27f4e16",
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
