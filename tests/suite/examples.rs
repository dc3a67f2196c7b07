//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 10] = [
    (
        "audio-only",
        "c4bd26b86ac9e9d1c8ecd3cca9f3e34a2b73df42633e54a06c44561df2dae2e4",
    ),
    (
        "existing-role",
        "b1742f4f3cbf2eb805a76dc401400fb9ec1a88c0912b3341fbde3c30dec4f21b",
    ),
    (
        "organisation",
        "c05833c3a30d658e21c74e55385cdb4d4247e7d1117fce348ed094049d7f4e91",
    ),
    (
        "text-and-audio",
        "6e01b276a3806219a763c5a3116786264ac91017001d93ce397638886534931c",
    ),
    (
        "text-only",
        "d44150ef3d27cf689d54caf1771cf572c80427c92c7cf243d097bc48a7893ba9",
    ),
    (
        "v1-audio-only",
        "8345f03407953cfa93de4456c903612eb8c7e61d218065766df34a043f5be938",
    ),
    (
        "v1-text-and-audio",
        "6e7decdd6aec46d9f9edb202057745ebdb3ab4b5f2f38c15236704e218dc5a70",
    ),
    (
        "v1-text-only",
        "d0d4291b4e2f38d355e2cb3f8ca4671f5502c34484cde0d7ff0e21d38f3db23e",
    ),
    (
        "v1-with-kms",
        "e7185961c77c6ac9066fddec7f69d7bbe57e17f3e5d91735b3162beb13fb3b24",
    ),
    (
        "with-kms",
        "47c4421a94e58ab2a6de6c7404434457d61c58d9573562ed14eb0bd7766b3c4f",
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
