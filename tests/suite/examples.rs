//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "3b9e308fb98a42826c3f2bba9c10a22314383a5e4b32e4a0da147ee6afa4cce1",
    ),
    (
        "bot-alias",
        "978476591aa5c1dfd02a91210e8d73ca309fe479454e3ae06dbf66245f9c4f13",
    ),
    (
        "existing-role",
        "f22d961a191c9ed89cc7e2b4641c017baf568d114dcd169d57ec0adc7b7466f0",
    ),
    (
        "log-group-key",
        "09a03e8a3d41cd9d9fe5c049c41138d1dcf2dff38ba9176ab6605c2122a02beb",
    ),
    (
        "organisation",
        "60dc0a1a708e7db2f428865f0b4a7dec38c1b3632966bea24051307c73090592",
    ),
    (
        "pass-role",
        "7a7b0d4ea763a99be79b23f15fc0d86c9317b3d068c93c4afdd401af126bf89a",
    ),
    (
        "prerequisites",
        "5b141fc776d5de64847ffbcf910b5457e6ea3511513f1ad4633109ae7d88c5e0",
    ),
    (
        "text-and-audio",
        "b4bcb6bbcd03135ed36bde1981d23796b17ecf3f8fbf32c7051e32f7b3229771",
    ),
    (
        "text-only",
        "7d8238815c9e64481cbc90451249c1ca573742e639d4986a3ba3d3aa7010e236",
    ),
    (
        "v1-audio-only",
        "069cefdd07f2db7278beba0c739aa5713a0785acd6da120646969791c998764f",
    ),
    (
        "v1-bot-alias",
        "cf8e06407bcb517afb6ec44b87d4457e274f9c1a60e272939841df2670139255",
    ),
    (
        "v1-text-and-audio",
        "0a0c9fb45c8a68b4c27cf04ef02c06ed44e84a5b77e9af76eacbb6e34277d363",
    ),
    (
        "v1-text-only",
        "837ed82ede9e65dab998f29e913308d0d5a9030a5d9422d91980f7a399b3db77",
    ),
    (
        "v1-with-kms",
        "ac635fd6d17b023cd2a14e3c02f6f1e7a2736479c14664d7a82b38491b558a96",
    ),
    (
        "with-kms",
        "5cad94c1cb60eb0e08ddabedc1ccb737ffd0c0221f3752893c5be597413c19ad",
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
