//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "a810fe666956e71114ed4979be743d1fa7bac1240e8c6cac27be260a8a9cf498",
    ),
    (
        "bot-alias",
        "856a584192b8fac920cd9cdc7b7bda9f5055036a65954d3b3376291f22a0ce2e",
    ),
    (
        "existing-role",
        "5a5da61523190b17f8e7fff8d7a203970bc1201b1ca6bfb60ca404765649ada2",
    ),
    (
        "log-group-key",
        "6f5cac36978b749b4867bd6ba1b676888d26087195f8c67dfc03bee1521cc762",
    ),
    (
        "organisation",
        "e483a4e75436303e0a4e52046b8da55a76e01fc303f83bf09d4effd8ad7b9f28",
    ),
    (
        "pass-role",
        "16e3796b850bd3ba2ea90eb0be92a3a4223af4c2c6e9a856c33fcac46d2eaec1",
    ),
    (
        "prerequisites",
        "fc1c08b9e79543d0dfecdf7b135d68c4ff81ec4816835b692f8e7a90551dcea4",
    ),
    (
        "text-and-audio",
        "05bb9ffa4c939ec8d18de72ac6e8163d58fcb5c38bb41237883e836622ddfc05",
    ),
    (
        "text-only",
        "69a2b4096868c19b9072fdacb49070a705ac3ab034b1d20d0815a997343dbbcf",
    ),
    (
        "v1-audio-only",
        "cb7ad7827b839921b15c70128029c42da2426a050893b0dacdbfa25e2c6f8ddf",
    ),
    (
        "v1-bot-alias",
        "a5c04f96bda87b3966e09e1bf6943a1a6ad6b1a8f6f26a9516546961220d5ae1",
    ),
    (
        "v1-text-and-audio",
        "4a5d1316a0cbde0a99cc83ada31b9cbeeeace44829df87e397fcbde66de70665",
    ),
    (
        "v1-text-only",
        "fd8157b1cdf75e1e1bd977fa2120eb1166383082d388ba84657c7d4252ac474f",
    ),
    (
        "v1-with-kms",
        "5df194edec756dc09d6ed862e770a61acd79c74cfba5294520336b6d80c8fd41",
    ),
    (
        "with-kms",
        "bb49eeab479278e6626c620c5427cf24923316614bad392d85cef1f3eabb3cee",
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
