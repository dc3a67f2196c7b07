//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "88f74a861f05a474d360b0af1024a330b25f588e31b11a96d8220fd479b809d2",
    ),
    (
        "bot-alias",
        "f124da51f31d7ab19c9e60e741f3e8b1f34ae210e24f74d77ea6f71282d4bd4d",
    ),
    (
        "existing-role",
        "ec9a3e323251f89d8ac9925ccebd69d5bfe9ae9b9e21844989ad59391402badb",
    ),
    (
        "log-group-key",
        "659cd32e4b1c2d366514d8f78b037e87f3088fd8b868e28db15723c2931cc560",
    ),
    (
        "organisation",
        "d1f8f6df16298335fec44c1a12ce6d5b65615720c2075d342052ee91ef00e870",
    ),
    (
        "pass-role",
        "66334bec90b47329a13f304be95e31db75b95cc33eadbd748bddbe7b3de9ae42",
    ),
    (
        "prerequisites",
        "40443fda00d1f3674bfe397945e2992ae5ec06059653b1c42483688cd9fa0b4a",
    ),
    (
        "text-and-audio",
        "66b373eb6ba3786da3e373e9c995e9314d75ab98b170c3b0068ca055fa9d2269",
    ),
    (
        "text-only",
        "dfa94e7b2a509ab907863a7bb4472226fdfd935deadfb9d2c4abb5fe27d00a73",
    ),
    (
        "v1-audio-only",
        "26d95d15f5fc957dd9d5475c03d691140b46f23656855feddc07fabb56a83576",
    ),
    (
        "v1-bot-alias",
        "f40610f083f3e829e1da6e3a2f4dcc1df6efd052052ee789a1e2629576e181b2",
    ),
    (
        "v1-text-and-audio",
        "ef913d3121bc5969c7ffe95b40c0858aeaf1eadde553af72ff392495482fdf95",
    ),
    (
        "v1-text-only",
        "58980d8dda4b537ef78e2c095b85dc04683301f63565601a48eff63e3cbd7b2e",
    ),
    (
        "v1-with-kms",
        "150063a35721db151abfb6c01471167af87a379ff41f0b52fd9193c4ba1797c7",
    ),
    (
        "with-kms",
        "7b5cba0fab56106f2efe9ca89bc30cafb204aceeed24807067a549f2fba46159",
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
