//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "f21ce4d0b1fc344bfd8e0b8e35c84d13a04d1da48407d5513892b39194a8c875",
    ),
    (
        "bot-alias",
        "6bcd206b9f0319c1362d92070f3af1f528935890360f71503b2dd27f5c6d8664",
    ),
    (
        "existing-role",
        "ae513761a6ac164b59a16bd97c79844733e42f5ddb132d33458500926892b3f0",
    ),
    (
        "log-group-key",
        "d5dce612798513d0786fd5bd8a6eb5532a0dac8189d87e93787dd69d42df8e22",
    ),
    (
        "organisation",
        "f14660197dddb16d724ef0b3ef668dcc929cb21f752a202030f43634c73fc61e",
    ),
    (
        "pass-role",
        "3a6a6cf608bf10411e2fa856a0580f6d887710915dea9b9e7ed7560bfd86c269",
    ),
    (
        "prerequisites",
        "fa94af80473e588730eac7cb7b7bc31c0579800e5a917fd7c783be84727497a6",
    ),
    (
        "text-and-audio",
        "a9912a895f19fd928b8cab37088b39034f78023abf56c16bf24f8e1021dba55a",
    ),
    (
        "text-only",
        "39f44a965ead9c3a0453305b8f5f002b07c64137eec59ae180a6657ada1ab3d9",
    ),
    (
        "v1-audio-only",
        "157ef9201b1be138d5d7e0762ed108279483e56954d2b6cb6f1c40754041d9d1",
    ),
    (
        "v1-bot-alias",
        "f0e47dcea51b536e6ffe09c5b40e3d3dbe321dd433dcd9e5f644106b138bf6b5",
    ),
    (
        "v1-text-and-audio",
        "84dbdb2b9f90b9171b59d4fc6fbd45e43b5df645c03beeeb1c7268707ab963bf",
    ),
    (
        "v1-text-only",
        "07dfe3c54bed28404826deb2280acaef83a472e4bfa212e0266f7f4200b73a6e",
    ),
    (
        "v1-with-kms",
        "e271992b97478952c94faace7aa77c74591059d8882f95b193e1b42ea5fab09e",
    ),
    (
        "with-kms",
        "f55cc73582e0c1ac9451753ffebf9e7f5dc79eebcbbf915bc0c9e0fceebc0138",
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
