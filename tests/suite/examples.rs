//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "a432f21d645d9b6f224832026170f6c34379cb8a7c12495619744313946d37d8",
    ),
    (
        "bot-alias",
        "a477c1df16c783cc60f2a4f7e51b3a8a0c2db11df7c75e1ca23eeb7e48f36562",
    ),
    (
        "existing-role",
        "68f97e00c2f7af3455395d384ef8ab9c2c6eb960d1adb428b640296ce673874d",
    ),
    (
        "log-group-key",
        "1efe85e773d1ccc8b0462d16fc825ecfcde557b0d22e76bdde25fdd0a36fb0b5",
    ),
    (
        "organisation",
        "60b9471d37faa87aaf12808f199b4fbe00b3881aa2fbc08a2535cc6cdd87ba24",
    ),
    (
        "pass-role",
        "98beaac1cdd1c5f3c49dbaa2f6440baf786401b13d348eb7d4bfb51fa787aec0",
    ),
    (
        "prerequisites",
        "839808e7e1a10ae8c8d4ee1ffa30059bdcc3d3348372fafcb0dab5cf453922e7",
    ),
    (
        "text-and-audio",
        "a3bb8177ae72a103a58ee1f5591df61a5960644689b2ff14d7ba4c8ed989c766",
    ),
    (
        "text-only",
        "5b00ab30c9a064e844f6368b06983de6f1ab440f12578bdc9058e671c042f690",
    ),
    (
        "v1-audio-only",
        "99457355f7294c9a27218b60188dc73cf00838be73bf487eb6b19e7edb7d570f",
    ),
    (
        "v1-bot-alias",
        "71ff2bafa7419296d6261ce62037c3dd42dfc0b2cbdaed1d7311acd0add2ee4d",
    ),
    (
        "v1-text-and-audio",
        "29d0739771c026efe121256ce7890c8f0d9c4816ca8e1ead6fa32f56cdfc3f6a",
    ),
    (
        "v1-text-only",
        "f4412c46a58d84f64385d4c9bdf003b62bc933acfe699ff22830ccb0e9def18c",
    ),
    (
        "v1-with-kms",
        "90cd116b3026b1bc5ccad7f0130276e4e88baa5d431eb8eec451ba4d2c9e19c2",
    ),
    (
        "with-kms",
        "78cd989ebe9551fd4ecf2d1fcf9c04b016114b2971696a90be2eba8f3b71a9a8",
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
