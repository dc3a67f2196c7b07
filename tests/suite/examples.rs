//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "ca1909731a62ca662f4a6262dcfd9c848f1b2a6a6648e53513cf821c2a03284d",
    ),
    (
        "bot-alias",
        "b4db37e37c30037cea49afd005cc5283d0f2c952eb3c03c8d41e0541248c4f5b",
    ),
    (
        "existing-role",
        "4c5e747572b0e95fa96ccb4595abd5cc77c867c643014391a2836208a0625e60",
    ),
    (
        "log-group-key",
        "a47a9fbbf8a173fc3356429b86a49ee2ee4deefc3c1da08f2d5bdc079856f435",
    ),
    (
        "organisation",
        "eb4b7a3837ebecb12fe92c0b9b20281608f8713f35035de65836c3736ecb351b",
    ),
    (
        "pass-role",
        "43539a6a6cf0d0af0afa46251cdd39d62e55f66b50a97a32af5460c652cbeb31",
    ),
    (
        "prerequisites",
        "46cf4d3cbfe8521a967cd11874990865266afc094dabee32863f5012d6562111",
    ),
    (
        "text-and-audio",
        "059a0479e7e40c9969e377ccff8171abc45ac83008b9e6782700ea904833b316",
    ),
    (
        "text-only",
        "f64669a4ac8055372219597b9849f44f1538cd433ce97c521fdcd72e4c00cf95",
    ),
    (
        "v1-audio-only",
        "dfe3e14e20d5966d9c5ccf7c4caeaadc65591b826fab5b114350c124e33f97f5",
    ),
    (
        "v1-bot-alias",
        "073318cfaf21676208570e285fbc2fdf56ce65820cd64cdc35595bda25ed1a95",
    ),
    (
        "v1-text-and-audio",
        "4abff842a949ec42b15183edfe28a0ae2b4cfd8f8aa26bb078e33b71f3723cbd",
    ),
    (
        "v1-text-only",
        "b136a0c0ae5a106936ca6c818340eec4416a9f6397c80dd62f5c538436baa0ba",
    ),
    (
        "v1-with-kms",
        "55332e6e55a8130954c50c92ab76636fd70988779398a426616637442d69e772",
    ),
    (
        "with-kms",
        "77ab5e2ae54e220d08091a9b7724ffb73709b6b54c7d56285f1b0a14d4c64568",
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
