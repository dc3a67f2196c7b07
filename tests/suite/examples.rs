//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 14] = [
    (
        "audio-only",
        "d754c1adb7394d9d2a9001623afbafe4a48e4792856259fac348b3c9ef6a2c4e",
    ),
    (
        "bot-alias",
        "6abc20df35c7a9f39f375b1d4366e6bd10d18a28a97faaa4aa72c15c81f5754c",
    ),
    (
        "existing-role",
        "90903fa187a0e3cc36515d80198768d2417e80fbf5956cf6d96f24a0985d87b6",
    ),
    (
        "log-group-key",
        "34879ed4675c92c610522f5f8541d5c481ed0ff31ce14bba2d4da4402da3c788",
    ),
    (
        "organisation",
        "3f5d36d39d8d67e89ad6f17cb2e7401db8ff5db511a8bfddc25b86bbd7c8b68c",
    ),
    (
        "pass-role",
        "c5adc912b4467076cd8cdc86190c66e740cd185a0d66f5f996dd7fa8b8544b3e",
    ),
    (
        "text-and-audio",
        "bf1244983d61ac2c0b1cad658f291ec86fdf0b208d92661ed588ec2c960f9f66",
    ),
    (
        "text-only",
        "7a33c6e17230fe08c301de3ac385e7474af248f66d53e254284eeb60b266bf6f",
    ),
    (
        "v1-audio-only",
        "62113fc676202ad72fdb1776f1b073cadf1c41b773887b9fecb121853efde89e",
    ),
    (
        "v1-bot-alias",
        "116e70dab70fda4e18b9a60f3291ebf2c1d8d0c995a472e3caa4e01601eba5cf",
    ),
    (
        "v1-text-and-audio",
        "f69f44ca414aaf318468492e528e6c4468c8406e1718dce29770009fa1095acb",
    ),
    (
        "v1-text-only",
        "48afce661431799c922c98c99e7fa5ca0fba542c5208ca0c439cb52627ecabcc",
    ),
    (
        "v1-with-kms",
        "55b766aaac6501bc4a34465bd21e765de21802d0c7a1b3a0a5c50fdef29fd37d",
    ),
    (
        "with-kms",
        "46096036e710d4677b566e86a943955c4a65bbe61927dd51451d78f12332b589",
    ),
];

/// The examples by name.
pub(crate) const EXAMPLES: [&str; 14] = {
    let mut names = [""; 14];
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
