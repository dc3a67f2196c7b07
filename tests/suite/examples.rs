//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 11] = [
    (
        "audio-only",
        "7393788aa52b4fa43d6b954f31f6eb5eb42e459dc20fef56e01a9d0194e5160a",
    ),
    (
        "existing-role",
        "205bde78bbbbbedb415fdd115938cb02bbc7c35c14c486123e328bb4426013c4",
    ),
    (
        "organisation",
        "c11890eb9b3ba3c19590ea03c0a23c4051a05238dfebd27b97ed4140634c9f41",
    ),
    (
        "pass-role",
        "7dc7deef05ed4623b23ff9f0208fdb8e07e88d4cce7ba09a9207ef8775079ddf",
    ),
    (
        "text-and-audio",
        "400fa00f6f94bc541c1551151c506ce65f997eca49ae8055544ef8292aad5125",
    ),
    (
        "text-only",
        "a9b066032c3bf95839c53e1d5709b59993adf1dd2ab25b1dc13f7a4ea38d2ee9",
    ),
    (
        "v1-audio-only",
        "823ffa5ea97e6c314f376201b3e404eaaa23a8513b3b3c633914aa15777c9cdd",
    ),
    (
        "v1-text-and-audio",
        "85c10d500535cf95ec6a045c1c7c9b2973fa4112be72ba0a73b3b8eb64231aaa",
    ),
    (
        "v1-text-only",
        "30e2b29e8aebdd0cac74e94712006343dc4e127ba48c569910cde72cc79e1068",
    ),
    (
        "v1-with-kms",
        "b4c1c746b53d52791281a91bfd24144c204890c9dec413d8350ce92e016b94e6",
    ),
    (
        "with-kms",
        "89e980071d163b335448b2f1f3f0faa58c4c4a27feb4ba7a434bcb8d93e23e95",
    ),
];

/// The examples by name.
pub(crate) const EXAMPLES: [&str; 11] = {
    let mut names = [""; 11];
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
