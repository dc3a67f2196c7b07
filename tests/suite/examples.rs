//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
const DIGESTS: [(&str, &str); 10] = [
    (
        "audio-only",
        "468b80ed96152db0c167ea6bfc756f8c6e9ce9defcbf641a5df1cad82123a9d3",
    ),
    (
        "existing-role",
        "cb946a4f4395fabf7304e599d4eeb59b2019c578671b9ca1bcac5be9f25f839d",
    ),
    (
        "organisation",
        "ac91eca40daa0db56fbc513bc31f23555ff7b996881a7832ab4059df09684d64",
    ),
    (
        "text-and-audio",
        "659469b7dda9c1e36735393bd778cd48a3a5cacc4a64627224f936444147975f",
    ),
    (
        "text-only",
        "071eccb5ff487470e88c46a3224441687f07e547fe30d4286c5b83337e6e3aee",
    ),
    (
        "v1-audio-only",
        "308739ad7fad8c4771a6926aaa3b7449ae7c5eca792ffbe8b605779742e9c2ee",
    ),
    (
        "v1-text-and-audio",
        "240cffafebc1f4475c1ca41e6a055c433023986f96caa93deda1870c660f302e",
    ),
    (
        "v1-text-only",
        "081b3c35b17d226bd76c52f0632c5414ff52aacc0c0f75580ca626cbc122e64e",
    ),
    (
        "v1-with-kms",
        "13dc783b5109cdbe75bfd1bac76fec20c5c3de3cce33817f86448b1e50142c88",
    ),
    (
        "with-kms",
        "684ad9db2c7c03e0778f0e088b907ed55d6e5d348a1189f754f0af727f39aea9",
    ),
];

#[test]
fn every_example_is_listed() {
    let examples = root().join("examples");
    let folders: Vec<String> = names(&examples)
        .into_iter()
        .filter(|name| examples.join(name).is_dir())
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
