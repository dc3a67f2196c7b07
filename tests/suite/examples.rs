//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
const DIGESTS: [(&str, &str); 10] = [
    (
        "audio-only",
        "60ec701663450406ab9f6a561ab7c390a5c453cff8888e2081916c516c92eda5",
    ),
    (
        "existing-role",
        "ffcbec18c5fed3e82e07ac4a1060b2567f9c1eed92c847f5c3f3512360df9e0e",
    ),
    (
        "organisation",
        "9652a47f03ceca768aa17bb8768d2905ba8d3ceda1eb5b317a54864fff4b9938",
    ),
    (
        "text-and-audio",
        "049335f3bd8ae04999a08138283d985c37d6a218d74d9dd786f4801b838f21bd",
    ),
    (
        "text-only",
        "2b28a9e54661e0eddd15c51faab346a5eed590489454005d029f72776e29bcb5",
    ),
    (
        "v1-audio-only",
        "6f8487655a51bc74961ad7ca8fea81b8fc4cffe43c09ae7380b3fb9f081635d2",
    ),
    (
        "v1-text-and-audio",
        "2c88f263420914f8ea310ee9cdda38fc79c606d28b274a02204480e79a8a94be",
    ),
    (
        "v1-text-only",
        "6a44fa17a4ea01983087e4d584f5769e4f476203b5a9837f8148d72a37fd0bf4",
    ),
    (
        "v1-with-kms",
        "fd262486d456eae794e426991266d6723090524c9816a68d0be8f18def300c4a",
    ),
    (
        "with-kms",
        "2bacee8b180c089334eaec119b9b917923ca21586ea5fea9dec4152a1247a262",
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
