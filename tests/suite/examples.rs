//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
const DIGESTS: [(&str, &str); 10] = [
    (
        "audio-only",
        "3c83c3a59b575dd009092af880d6f1303cee677cea6ebc0d7daed17904668761",
    ),
    (
        "existing-role",
        "396d1c13cf0088c10382cb361300ddc044d4f39a591a1fab4d00b6b0b812f20b",
    ),
    (
        "organisation",
        "f9e2e5195762bb10e0fbcc7089d50320f6fc6df484878d4e96013c15274df036",
    ),
    (
        "text-and-audio",
        "f3dddc54dae3671fb5af4aefb26b1fd043cd836932b58832a14a71db22fdc387",
    ),
    (
        "text-only",
        "1bee58b3e9076a2cc7f04df07ef830607f445e4896cbba6db3c3d5cf56126a3a",
    ),
    (
        "v1-audio-only",
        "548fa2fd572486a9e9be57a33c866ea14568281acc791fe99b1c4adab60c9af0",
    ),
    (
        "v1-text-and-audio",
        "0926e88b4ec6c9aa919ea16df0d2361d50011588787c7d089c28b6101b380cfd",
    ),
    (
        "v1-text-only",
        "175ef61712a4aa43d2d2a0e9a3924aefe7fc4e93e334f12d732cb377d2936ffc",
    ),
    (
        "v1-with-kms",
        "9a128c99f6dffa7f180714bfe9aeb5bdff57acb8e67063c5e7accddaa5853d9c",
    ),
    (
        "with-kms",
        "03f1c322ea887a037937ff1813156f70eba758969cf1030b6148e5dafd2395e3",
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
