//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "997151413fd95b75ee2aa4df574c5d92fd9012aed6d8aa6416d0041be7fbc06d",
    ),
    (
        "bot-alias",
        "38ee53797129d9bac3434b07614728401a9ddfa2c05f4dbdf47a8a9f2f080b9c",
    ),
    (
        "existing-role",
        "f15b3b4273b1d704f02004676c17926b861400c88ec15925f73b0f80a53ea825",
    ),
    (
        "log-group-key",
        "5a3b71c917c7338a0cd32a0a6ab4340565c6a16fa655b88b79a2ff55a6f02912",
    ),
    (
        "organisation",
        "9a5ed3a76d866939cec9821808574b1ffb224f34be932bde610352b218c3f799",
    ),
    (
        "pass-role",
        "3cba85a79ecf8b500a1de4b46766b67280460176e980bb6ce8c2f74eaf7238ff",
    ),
    (
        "prerequisites",
        "d658701c13dbc1d97fbbb75688a43f5a1eeacb602cc41c9a98b4f1a771b7520c",
    ),
    (
        "text-and-audio",
        "3185e421af527222f874cc0c2e1b8a06aaadf7df6ba6e4fc39df8d1e424c1668",
    ),
    (
        "text-only",
        "57071f7cc9d729796497517ee92dc3b624dc4e3d87bea02998ab010357bfa5ed",
    ),
    (
        "v1-audio-only",
        "add891b2e4dffe9cc175aed793296f3f8b334dcfafe0ae21a9e530ad314cd3f1",
    ),
    (
        "v1-bot-alias",
        "d6316529811c2a0f8e9fdfe2f49804511872774fbb7728255dd1e05c86208bf4",
    ),
    (
        "v1-text-and-audio",
        "e7dee174a9b2958b2bba03c63d5fcd01de6aa8c0f738cf1244a8c84dfe283aac",
    ),
    (
        "v1-text-only",
        "a66c85a6da6132e5e08ee5f6aba15345c8010c294bd44c986711be34a5c4f62c",
    ),
    (
        "v1-with-kms",
        "2c5cedc59ff65cfd19bafd1e732d98b68aad18ae7099d8c0d1bc50d544c444bb",
    ),
    (
        "with-kms",
        "c8fd055744068715fc2dc022a3c1a85c2d09f66257a9917f6350a8b1bc5a6229",
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
