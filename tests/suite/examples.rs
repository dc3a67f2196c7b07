//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "4b692885752a3cdabdadbfe5e7ebc50132af15ee4dd11445bdd185a07f28b947",
    ),
    (
        "bot-alias",
        "040c84c854f6a3e09629dc57f198c478f6ec4772f534949e15fe824199a63959",
    ),
    (
        "existing-role",
        "9a8e72841c189f7a72ae77e44bfae1c9483f281c8df531c89ec6baa98e192cef",
    ),
    (
        "log-group-key",
        "cbfddb41cbaf90f93168f0bb650406dcfe37c9d34bd8465a59b3edc28893bf6b",
    ),
    (
        "organisation",
        "9e21a1751f239a2816fcf348e2addbdbb03444ee1d3c7f1e8b9d1e567ab65fbe",
    ),
    (
        "pass-role",
        "d310d655413e7bde0c630e45fc85c68c9df826821b4d37e62ff85ea8f563980e",
    ),
    (
        "prerequisites",
        "0dad4c68fea91b82607e2c791909926c45aa02f22d249bce8c9c7c4122a4895d",
    ),
    (
        "text-and-audio",
        "8d72c9f3299976e8441bde65e9a45c8b31f4317f211c3c489df55cf9cb9be6bf",
    ),
    (
        "text-only",
        "9933b54592d380c122d73cdb6c1b2897f590c39353cc83370b6bc8243bd186a4",
    ),
    (
        "v1-audio-only",
        "1d6f65f9f58a54c460fdb6e5d4afabfe29f78918889259226f7d71d7caafaba6",
    ),
    (
        "v1-bot-alias",
        "048b37cd60284743a3383f944eabe04438b590be7a71ea487b6f4f236dfd7fca",
    ),
    (
        "v1-text-and-audio",
        "fc98fc101be88320dad5919e7355ebca7de8c887224d4eefe6dec2d85aedf056",
    ),
    (
        "v1-text-only",
        "e89061b828ba7f62c7550d395232dd158387d6cdb51d10c39cb17e43e83cb677",
    ),
    (
        "v1-with-kms",
        "587c367a96c0a72915a993e7c3b6ad31cbd8ec246082b26edf2b0dea0939d428",
    ),
    (
        "with-kms",
        "481b899c1a3e523ba227e42213d29f91b87e1cb93329dde8bf2d2683ed47a0a6",
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
