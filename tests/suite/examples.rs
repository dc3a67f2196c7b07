//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
const DIGESTS: [(&str, &str); 10] = [
    (
        "audio-only",
        "f31fa4d55244c6c2463d63021d442d5f767567ab5ac10ae39e5dcc7a9f78d8b7",
    ),
    (
        "existing-role",
        "79d36fe73385f71aa536e122af1dec45a046226cda6f837a06f778f7e99e2e7d",
    ),
    (
        "organisation",
        "607399566a4f7711c716dfd5db8377d05fe8887ba0a45752b0cbbe2599e1453d",
    ),
    (
        "text-and-audio",
        "911da9ceec3b92195082fa17eff9abbbb46c82f4ff45973d4e4687f4400f5d1d",
    ),
    (
        "text-only",
        "667c551d6a15db49d6949d413abf56566a3c74dd82c10388f7af07c0b788fe49",
    ),
    (
        "v1-audio-only",
        "1e4b8296b88908719086dd65225eb5a7b0820e3461bb95f13dba90e396c0eb18",
    ),
    (
        "v1-text-and-audio",
        "f8c6a530e7e2258b6c1a6f0f03ca15144b5de2dbfe72b2a138bfaed379a2d2a5",
    ),
    (
        "v1-text-only",
        "c8c7df82bcaf430c63b2c4ecc6e42f5809203a036c7d25a8dbab76547e304776",
    ),
    (
        "v1-with-kms",
        "ed093aebb2198ec987ee932a095a5e1fe0ab506f81ba92314a050d25f67aa296",
    ),
    (
        "with-kms",
        "e6727061d73e486f00e3d25b99d1ac0c1a2bee630e0ac7dcf6c14645465d1b66",
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
