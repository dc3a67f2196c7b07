//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "aaaf702c19ed094edc17e26f1b455c51048f1caaba2c5ee8f19adf53946611ba",
    ),
    (
        "bot-alias",
        "371b5d67617ef2ae25e1c03f84e1e4450afd266bcc68125cfb4e27b9cb4f6067",
    ),
    (
        "existing-role",
        "095f042a93b7185f7903bf2af65bdec580b69c60fa0c4ca177acaec6a94dc1e7",
    ),
    (
        "log-group-key",
        "ae9f366c36ccd6dfcd0c38ef267601df99f330d775df7aeb449e1b1b62202236",
    ),
    (
        "organisation",
        "5814f1c5ffe9a88dc1f40075d13ef3e374e85fdce1b6f57be912de052226ae0b",
    ),
    (
        "pass-role",
        "80a964f6bcfac00afb5123c38cb1351f15faf449a83f0676cd726ef45b7f90f3",
    ),
    (
        "prerequisites",
        "b51deeea2b91d83843937f91f1966883edc83d87f3189813f4cc3392e634c7fb",
    ),
    (
        "text-and-audio",
        "388c67a9a2ba0386393a7a1ae415ca05807633f371d851d004049867fbedc096",
    ),
    (
        "text-only",
        "ef8c63bc39adad32983dbc0b7c6f41ae3dcb8964a2b3f6a5ec8145456b7fd554",
    ),
    (
        "v1-audio-only",
        "ebc359f4939c2a7fb366b0fd7f13aa89e4c15e35983ed4824d4931747c8b0cd8",
    ),
    (
        "v1-bot-alias",
        "a05876b61ff75c072fa3371904f13e35229e086aab32738c844d65fa22a191eb",
    ),
    (
        "v1-text-and-audio",
        "51387e26455727b5a7000e09871058ac86cef793bae6825c7564d749d9eab95b",
    ),
    (
        "v1-text-only",
        "98047e92051ebed3718fcbdec27539b68fd510db48cb87eb0f1e3308d17a2670",
    ),
    (
        "v1-with-kms",
        "a40552f931009dbf25afb5c073788de1e86bd4b96fa81c07bcd2ea0a42796fc0",
    ),
    (
        "with-kms",
        "1798f2299a07e3f49fd1d0178ac0884c4f0c30f2a64d4037f47ba169c30c9568",
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
