//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "fb650ddbe856f2b6788b31efd969f9bb01ccaf04a6c5bc2c5f085ad0ae905c03",
    ),
    (
        "bot-alias",
        "8064089a4661bda85b948bb7a97eb81b473b6babddc1e4fac41613ce7536055a",
    ),
    (
        "existing-role",
        "e5c1c7e79e58389ff71acd8e76bd531e5c1fd9b819fb41db47a812436ebd8704",
    ),
    (
        "log-group-key",
        "144f5330c69be5d974440ea26a802ad39715fe75d6ef7c79c2218ed0350ce67d",
    ),
    (
        "organisation",
        "71cb1d1ee55bad0013d1a18478e0ae762f58008c81e4e8439a97057dac3e4632",
    ),
    (
        "pass-role",
        "424245bde655188d481d8af9b1c9805e07b3c9ec22b5ced7a483d2776a157956",
    ),
    (
        "prerequisites",
        "d30a92f15e48abe3747ac59b6b7ac31ea35f3802a2fd4080c3bcafac668ba5f2",
    ),
    (
        "text-and-audio",
        "bb93e9f47ba3657bd03f89fa0b65062c6e6023f25e60e25f8d5057d3ec0ce3c9",
    ),
    (
        "text-only",
        "77f7cf9650d4c59ef2207883d59925813a5e9d79ccfb4fe8d5d10d2e0e74dd14",
    ),
    (
        "v1-audio-only",
        "08caea3a335840e584673b6dc84c62e573cf853f468529249c4ef95e34f046ae",
    ),
    (
        "v1-bot-alias",
        "9e7590cc6936a41cdea0998ab2abf09a14a4eec82a3efe54d9c52c6675dec0be",
    ),
    (
        "v1-text-and-audio",
        "a83722a128ea8fc5df5c20191fbfb653ec6d066e8f997c221eb0ba953cf5fb7f",
    ),
    (
        "v1-text-only",
        "902866468c866f4b5782f5130587c753384b1215230401ae9fdb06f0c6741d62",
    ),
    (
        "v1-with-kms",
        "428252034a423ef8ebaaca509eb936c235f3360e54e93be61da415a4e535774f",
    ),
    (
        "with-kms",
        "b734b618ddfd7aa9f8eb2cee2aef4aaa3756b84d14456b852d35091a3e0eaa1e",
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
