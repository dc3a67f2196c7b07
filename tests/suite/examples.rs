//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 12] = [
    (
        "audio-only",
        "e3447d8d7077cf02cb4a8b1b081f38e89b91e6cba6ae5433728cd0c5f2d0b354",
    ),
    (
        "existing-role",
        "95e4358c6eb408390e0834c97d67ebe5a0c657a1fd522c7c2646550af61a8d66",
    ),
    (
        "log-group-key",
        "1043a3dda8f6c9ffff03d3d9c257a4ccb268b3ff70692858d501be5e54de20a3",
    ),
    (
        "organisation",
        "1e04b68ef5de448bf376cb20d65a205d3cd2c51cc0b970cc25897a3cbabdc8c8",
    ),
    (
        "pass-role",
        "b4feb3fc61077a4c4777c9457b6836a2e9c70fdaeb350bceab8c74b251b41916",
    ),
    (
        "text-and-audio",
        "b32725b83d03cdc8d42c29327fa8c6d66d9f2c4a514367ecaa9ff72c2c57d7ae",
    ),
    (
        "text-only",
        "7e3bdde37e157f8e0076354ae4fae0cdc16e7d55a141953e260eb0cee0298d62",
    ),
    (
        "v1-audio-only",
        "84e1768436d7ff010037830e893cc8b1ff7fa7d9335f550dc686152d5ce28b7a",
    ),
    (
        "v1-text-and-audio",
        "66e4d7b7c9ddf090d8e52db396bae111fc4b24b0da208f2f4e9089033aa28f74",
    ),
    (
        "v1-text-only",
        "039f009aea56c1acda81f8af4cf8cdc52be6a9d6383e3b1e7e9659c183c63564",
    ),
    (
        "v1-with-kms",
        "93a39262ce278cbd5fd8883902edc2784437faf4de0447feddd5c1d8ea5a13d4",
    ),
    (
        "with-kms",
        "2c7383b313e8727f1fcf2120d7575c8035cb048dd66c127b440adae8ddd1e921",
    ),
];

/// The examples by name.
pub(crate) const EXAMPLES: [&str; 12] = {
    let mut names = [""; 12];
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
