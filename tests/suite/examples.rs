//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
const DIGESTS: [(&str, &str); 10] = [
    (
        "audio-only",
        "6b81da67bb05573738dff75e547e208025122815feedf4bc2796ac9af64850e8",
    ),
    (
        "existing-role",
        "fa2fd60b6c771f2a89194bf6caa10e9f016e4a1676e2f0cf66c44285b1e18646",
    ),
    (
        "organisation",
        "a065036ba7248d2e9f61b16c5712227d72fee7ec6815afb6a1924c1f489357ac",
    ),
    (
        "text-and-audio",
        "d9bee32030da83cbde54d028bbb6e9c161ae1fdc297135ab6e76d66f467fe6c1",
    ),
    (
        "text-only",
        "103de23d9642ff664713f01ffdc0ed2e1aaa7cdd1e6c794c1728b6c9d991ef2c",
    ),
    (
        "v1-audio-only",
        "bfbc36078ba49161883f6e23df71c581ea1090f6fe1ab9b51b32cb5388358569",
    ),
    (
        "v1-text-and-audio",
        "0ad8980b5aa9efef9a9daa12aaa3a021289d10c0158583809eada996643ece2c",
    ),
    (
        "v1-text-only",
        "4c6c1f57a89b2abca7ebe526e9b3195151fccf831b4f1baa5f966fb1824bc81f",
    ),
    (
        "v1-with-kms",
        "b67802598c6060f672cdf127f4f599c5ae37ac0b2d234e5ba758d8ab0d77b35d",
    ),
    (
        "with-kms",
        "b222f90b77246a6aeb2e547a22e4c6170ad5861cfdb09287c9c01882533c547b",
    ),
];

#[test]
fn every_example_is_listed() {
    let examples = root().join("examples");
    let folders: Vec<String> = names(&examples)
        .into_iter()
        .filter(|name| examples.join(name).is_dir())
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
