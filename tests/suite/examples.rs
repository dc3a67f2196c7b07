//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
const DIGESTS: [(&str, &str); 10] = [
    (
        "audio-only",
        "0dd0ac3cf7392dad0c148c04983c8f64f3e28a19f960aa66997dd43e8d5f5b21",
    ),
    (
        "existing-role",
        "f12874d02234cbb68e92d86bfd2777eddf0df637373f898a037b96c34fad7a19",
    ),
    (
        "organisation",
        "bc032b62c9bd324212063bf3912e4cf665383a2b8ba72e6c943cc6f0bd6bb289",
    ),
    (
        "text-and-audio",
        "4a5551a104236ef3bd0f099d23bce2947a8bef5be58214bcdbc24ba954d358eb",
    ),
    (
        "text-only",
        "74503fb760f9418bda273b914f71269b5be8afa03b1ac1979dbe71a06053158a",
    ),
    (
        "v1-audio-only",
        "713aeaafcc524eff0ccd3382d268f8630f4a42ccb46a949c4fce7d61848aa567",
    ),
    (
        "v1-text-and-audio",
        "3f1029289e90ee343b09724891e605575561e0ebb82cc6c96c54b552daa0ab00",
    ),
    (
        "v1-text-only",
        "6a9a1dce6c7f4bfa52d721a3bbd25bc18f1caed24025d2e02363a773fcbe21c4",
    ),
    (
        "v1-with-kms",
        "69ae8f19205d79c6bf83f03a121bd91e34de5552863750c88b31c073ec68162b",
    ),
    (
        "with-kms",
        "921f705e7027b5cc7c89ffe6e9e7a0978c9b96822a6a745f4430ea3043b69905",
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
