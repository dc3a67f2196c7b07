//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "799730e12befeb0442c67b0242fac509c49a8c4671cf899065948adcb8c1da4b",
    ),
    (
        "bot-alias",
        "24e4fc8a820f75e9a686addb32d1e3684790227fd9d1904378454959f55bd695",
    ),
    (
        "existing-role",
        "107d5c25d4c68a2d32cabc7df7bd748149f769dcfc1eb7daaac9cbbb433cc354",
    ),
    (
        "log-group-key",
        "2c09303f180504974ee52bcb58b2d2bc1be6e24cf360478a18cd92f304ccd61a",
    ),
    (
        "organisation",
        "7f30b9f6bafa4f9f8c21e0d17f2e7b10f225bb0eac9276ffc5c6a074fccb01f1",
    ),
    (
        "pass-role",
        "8d9c3fdecce028235bd79927d2f6caf83c0800f1c26612695345852bffefae56",
    ),
    (
        "prerequisites",
        "3a748def78cd5631443f03b9023adeaa061a28b28061a8572bf46da8bdd3d0a5",
    ),
    (
        "text-and-audio",
        "b5610a18f3e638f1ed2e051d182378355aa863c4950e7a9370972ca045fffd38",
    ),
    (
        "text-only",
        "068f3c663da9671a6f86e126d44c655e9d4399ec14791af96ff73b16ab94ab78",
    ),
    (
        "v1-audio-only",
        "3407a2f063a66cc0e9532d5eb4d9338b226cee383e3ad6e18191ea6a52b22026",
    ),
    (
        "v1-bot-alias",
        "47b72ea081f43ace1f14e6bbe966d00b968321c3751201bf75e3eac8d9ae1e00",
    ),
    (
        "v1-text-and-audio",
        "27211d94f1cb4f70ddbfa08051106cf636b6002c2d2555ad0676f775c44ac8af",
    ),
    (
        "v1-text-only",
        "47b81f1a2a40bd88b36323142242ff06fd630c83ba81e7c7936d52a6c74b4e06",
    ),
    (
        "v1-with-kms",
        "54ba6d3310d8e98518f94f6b7f1af94ed0b6a0c8f2055024cd0bd0aaee71b836",
    ),
    (
        "with-kms",
        "04483977edefc7a824270716eac95d2e2c2605a2b59ca01ce43248575767e202",
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
