//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 10] = [
    (
        "audio-only",
        "4ad81901948cab5ba821ef81fbbc175f2bbec4aa9651be85288689e199600203",
    ),
    (
        "existing-role",
        "1db82ab4d09cd9d2ea5984e6031b97b82a0d7e2b55293a9edf6874181f1344bd",
    ),
    (
        "organisation",
        "dcd50fc1b54fc564912fad30da7a20654b8d25c1d31178dc4dd28a51458a33b8",
    ),
    (
        "text-and-audio",
        "86b3fd133dc80f12cc4eb7559d9b4188cf09a99e12f134fc39703e017e1147be",
    ),
    (
        "text-only",
        "a9f9dfbba4f2862b8dc01756069998682560fb7bbf104d65d618704c63150bb7",
    ),
    (
        "v1-audio-only",
        "fa986ad1a075f47482ee1278e7d7bffbf91e1514943ebfc840291fba1c033b79",
    ),
    (
        "v1-text-and-audio",
        "fa07684dadd384e4cd0f16e0392683ee11feb2f32e04e8741125fbb95c1f59ac",
    ),
    (
        "v1-text-only",
        "a7417af10af8da49d15d1d24ad0c01e0e5a2e74fd258f6b44c7e4482b11b21ad",
    ),
    (
        "v1-with-kms",
        "fbe1ec93cb566282c550a4b4929fef1b5f150d5486b25af928ec9c9851abdc65",
    ),
    (
        "with-kms",
        "423178cc530af6d94c56600da3eadf25d7a86a63daf61e115582b23387653b76",
    ),
];

/// The examples by name.
pub(crate) const EXAMPLES: [&str; 10] = {
    let mut names = [""; 10];
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
