//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "416c2282025ec1ea38bf0767a0bdeb5b5354c9f342a22739d4beaef477b3818d",
    ),
    (
        "bot-alias",
        "5943f89dfc9a3e2210c84417628820c551fe677ffd822b5c273335d189812433",
    ),
    (
        "existing-role",
        "24a1a19105ddad3ae5815d30d06db7a4d5d93eb2cfcae9787c9dfad9773955a4",
    ),
    (
        "log-group-key",
        "f2fc866829397b3ce8482c9e3f1051a5523af6defb3ac530a1140855544dfe23",
    ),
    (
        "organisation",
        "27ee92aad57cd46b14dc115ee6266d091308a33026c5effc1fc20bbd6bc0802d",
    ),
    (
        "pass-role",
        "c5d2215b627a1577e8fec7bc3658f2e33fc7005c173ebcae2e1aa5e74626e0a2",
    ),
    (
        "prerequisites",
        "055c368fd068dbecd4484c85203ef9751aa8e512e9a8908c4f50c4728031830e",
    ),
    (
        "text-and-audio",
        "433ae5a62b703256c3669a657ca49f63a61941369aec46193f854d0cf92e79e1",
    ),
    (
        "text-only",
        "71fc6dd4243ddfdfb2db2d192f3d731e553e578119e7f5d47b7b46d21c56bc12",
    ),
    (
        "v1-audio-only",
        "1d10cec3fc704421e0cdd5b41520afc3dd8d9077cb80959c9cdadfa03bb05c69",
    ),
    (
        "v1-bot-alias",
        "a1a5ba4c5fab69f7cef3c50f0dedcd9e8ca4ebfd546d0e442f18cf98d29c0b65",
    ),
    (
        "v1-text-and-audio",
        "c9b2f7f9d74c24b9e8fa68be6d0a819d2f05d2f1011b6e68d20d0621e4a5d0cd",
    ),
    (
        "v1-text-only",
        "c03299c076768c1a5e901879f32d7ae4a2f309cb14d8c90e1d31ce0467e17cf4",
    ),
    (
        "v1-with-kms",
        "3d04da2b4844bec14b0fedfd86f3a6f398c4fea313067f6e5320ad76bc514c06",
    ),
    (
        "with-kms",
        "6b8642ffccc19713420534efefe130ca589c062d958c38fe057d0010cb8b4e1d",
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
