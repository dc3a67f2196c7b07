//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "2eab4ba73c6a244bab1572b0a49748d6ab070914b75f5821b76351dbf9747e1e",
    ),
    (
        "bot-alias",
        "4293f8c9c8a014466f0ecd8cbb8e5909dc9b14d7aebc0474cf1769b7cf9ab7e4",
    ),
    (
        "existing-role",
        "bd6ee7e51bbe8511911bf4c26d60b8b04ccfe20c9aacacd804eb6886d60364a7",
    ),
    (
        "log-group-key",
        "fca76bed07e81496dbae6f12df426a845e97e293e0b5dee50fd1b0d7d8bb8c70",
    ),
    (
        "organisation",
        "6fb3160a7f4b74959a8f482e06305c1eefdf2d642868d8f69bfb8ae72b2df15a",
    ),
    (
        "pass-role",
        "05c97f648426b18a36aa16fac6d9805cdf433272b5e60389fc8d19dd04bd0d99",
    ),
    (
        "prerequisites",
        "01300269981289a19e5fa35a8021deca3af22f945656331e072162c7962d1d8c",
    ),
    (
        "text-and-audio",
        "3c6cd214797ef9b1f62b8ddfe4f77619ee7b32c37876044d7c25979507c1b5ad",
    ),
    (
        "text-only",
        "58d99e2c89067e5f570d0d2895ca8989c0bacc2e2ae87d1d3dfb774c4a9cccc8",
    ),
    (
        "v1-audio-only",
        "8136f21d705a32399fc42750676a1d18d59f2453c6817c87afe425df96d5cc56",
    ),
    (
        "v1-bot-alias",
        "fd105c51b0262a46ca29f7c42691c981fe77e1af0c4ee5b009097fcf231038fc",
    ),
    (
        "v1-text-and-audio",
        "14ca3f9e1e71b6a0dc5050807b7c8d3844b6520a970899ce0274ef38a8761043",
    ),
    (
        "v1-text-only",
        "4096b3cbb07f1e774ac5fb639d57b12d071246a306bba9b37e77addcd965482e",
    ),
    (
        "v1-with-kms",
        "c25ad7d0f51cbde5854e13b9f01788b3ae867e8544fe4dd88a3cb1c4ac8360ed",
    ),
    (
        "with-kms",
        "53da2193ae088918fcfd54c885cc05ba42b1e3eb536568c0f6c5acc775a44410",
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
