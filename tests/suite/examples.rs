//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "957b5a06e7fb526a9c7fbfed557210cf8fbc8211b4090b5be060b1871fcc6ce7",
    ),
    (
        "bot-alias",
        "4ce23d98ab7f875d84a0a56fbe433f6f0b2a29a1736d213d74109f7e2091f788",
    ),
    (
        "existing-role",
        "46c77ed1219e45baa0108df413219b8d5f1a29728d3b676b30f6bd8129c813fd",
    ),
    (
        "log-group-key",
        "8c70a8812954db3cf5b155da1c782ce65334734a17d0e427a0e8e1863cb953d6",
    ),
    (
        "organisation",
        "787d5a660ab545e0f27cb2a2fe7d8b528bc4647b1b4946986b46db4073da9014",
    ),
    (
        "pass-role",
        "894a800911ad3c9e852672ff0a18aaf81080238fd973b79a39db5858da8bed7d",
    ),
    (
        "prerequisites",
        "2c6c4c8fe9f1fbe8b9cb960e952b45353aba998264b84c10d149ad05c5045f61",
    ),
    (
        "text-and-audio",
        "b23ca0a4c99e363fb98c4e66bc2e9cb922f12123edf1ef96f64934e9e38e2477",
    ),
    (
        "text-only",
        "a16b7874427b1312aff0670b49d1d31206f889e2a9cc14c920a2adc3afb47054",
    ),
    (
        "v1-audio-only",
        "022fb7ea6e1bc942727f722c62d7d1715fa0c88858b3b6c7360a94e1ddb19fb8",
    ),
    (
        "v1-bot-alias",
        "f9488e0cad351b967c75f74eac06d80d8cbfe90e414397d2ad49d5f11935913f",
    ),
    (
        "v1-text-and-audio",
        "91be75ad0e8a16171a4cfac2ea04d6df486049301a5a78aafd65a0951392e493",
    ),
    (
        "v1-text-only",
        "5afd701f2f06c35ea0966b4c1c5f23b8e21ad844b28ed813c43cf39fd7cace32",
    ),
    (
        "v1-with-kms",
        "bcca323b874bf5fe4603771b39874ac888056a37e70aa979afb76041e4009e19",
    ),
    (
        "with-kms",
        "e001f5727439a43f9d626a56ea5fd7004c64d3d571714b2240f690a72bd44a42",
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
