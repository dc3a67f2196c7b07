//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "91154d785c925eb30f80c6f7cccb5466491baff8e527e5ae370e0701fef4c98a",
    ),
    (
        "bot-alias",
        "778498b008aa59266ecb8c05907e36873150d086fb036d54a0b9c00cdc5dd0a2",
    ),
    (
        "existing-role",
        "601e3ec4af03c4c5ff793d1715e91ec4cf9eac0216133302d44e063b1e3823b6",
    ),
    (
        "log-group-key",
        "d55395d05cef157f7cd580ca6b1baf2b539c5e9429b0aa284f5478ed8c0726e6",
    ),
    (
        "organisation",
        "ed6d8c4b62ce7f966ba2acd8ae4a4fa5de610e86a1c39ad82cec4c94b98499bd",
    ),
    (
        "pass-role",
        "92c67ffe48c19750aa0a7c0a50b81c4655158e269bf129819b615b6c107a9380",
    ),
    (
        "prerequisites",
        "00190ea6a692bf288d6a32ec464780f3b9b1e2ea7cf570c2b38f2e98bca6c5c2",
    ),
    (
        "text-and-audio",
        "61006998bf2a2fc7e72935746e5626055079de62376ea6118a3ca168d9760248",
    ),
    (
        "text-only",
        "88c93503186c3e726dd113526a38a295fb8cd6455611c5443131c19517260ba5",
    ),
    (
        "v1-audio-only",
        "b1b5f33055288878fe3cf0fdcd7cf7c110503c2e8c6a7527349df0834371ad20",
    ),
    (
        "v1-bot-alias",
        "2845d9295c17d243c4de73ea8fef378ec31a244ddb878f53ab9d406251d61a37",
    ),
    (
        "v1-text-and-audio",
        "4e82177229210bf6e6f3e921c875d539c31a8c5a68eca5c58c3276361a9977a0",
    ),
    (
        "v1-text-only",
        "7fb9e98a3fa36493f7eebebae3142d308b893a495fc2fdcd2409d656a870cd1f",
    ),
    (
        "v1-with-kms",
        "6ea0979df17681cee8d7f1f3d9100a0dbc2b5d8c03728c585f18c72800984cf5",
    ),
    (
        "with-kms",
        "928e4d14500f73a61acc5b26c6f8594eb933fd90994c3e862a5cb4ff4266d2d0",
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
