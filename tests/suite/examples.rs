//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "f6172c146f62bad15654ef9568bbf2b4f0b232b944cd28d4dcd02fca7267bb34",
    ),
    (
        "bot-alias",
        "668c11751e1a1f06d7e7440b26fa82aa7db4305a77f3b083bb6f495c487eea63",
    ),
    (
        "existing-role",
        "1d82703123587d012f81a1686229d878c2dd544c78255e6f10bc32a7cd55523e",
    ),
    (
        "log-group-key",
        "3732290d8954b2c090ee820cebcf0fd61823118d3ab81e4f4489a29ea3d4cd0f",
    ),
    (
        "organisation",
        "2c7ce9aac087ec8ffc38fc6c5c70326d3e45f6085e271398ec8eee1906f02c2a",
    ),
    (
        "pass-role",
        "7be103f2e8c895cfe42dc0fad10d12ca75b832f388c12a003a8b897e0194e1a8",
    ),
    (
        "prerequisites",
        "9f541c30a499484f46b59441626519fe50d5da272e78ffa8eb95578c73baf44f",
    ),
    (
        "text-and-audio",
        "cdd98d391bfc08008274c9f0c98aec61dedf31cddb4737f12b962fbe82df2d25",
    ),
    (
        "text-only",
        "256dd3b83f7c3844a79d2cf69d5390e55b8c5c974ad8ad2343db7f8dd6e764ab",
    ),
    (
        "v1-audio-only",
        "ffe0fafe851af282ce3d673c5142fa66710961bfbbdbbd6c8c843a554129ad6c",
    ),
    (
        "v1-bot-alias",
        "eaa2ae003112c592aef46c1657a290e5d9793669eada113ac62884bf337e1730",
    ),
    (
        "v1-text-and-audio",
        "57610be867ee401b2951fe27be57f8b75daa719842d8c7fac8ccbd54c104716b",
    ),
    (
        "v1-text-only",
        "507952d5cc7dd9395685c96dc3bad4e737b1dc811351aba5108e55214921509d",
    ),
    (
        "v1-with-kms",
        "11fbebb3b0f1a2bbcfbfb44becb7eb2afea179499789f08e71fee332198c47a2",
    ),
    (
        "with-kms",
        "320c341b011f1326996fbc82c880890b4beeb9caaf3d331b0b69c2b53dc238fa",
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
