//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "e55a395ffa04c48a3c82d69c26e6200537ce1433aacf0042e506db0eeb24f212",
    ),
    (
        "bot-alias",
        "5bf3a5fedb6860b2e0b305d25e88297762be6cbbdbce03ad90d7d7cd2b17f19e",
    ),
    (
        "existing-role",
        "84318d01fbc943ce91400e0a25e251d7421fad21a40b09b6a759dc9d21eff643",
    ),
    (
        "log-group-key",
        "6e1e696c5d06e1815e108a0eaffd0852bad56eaf1a350db104c54d579d6210ad",
    ),
    (
        "organisation",
        "ca94654392726e6cd2973c41b9589160221d57590e735681fc3ba3e89e621559",
    ),
    (
        "pass-role",
        "8215908e9c19e48493410e9fa817a82ab16835e3fddb5cadb4eea990690ca884",
    ),
    (
        "prerequisites",
        "b169244aa548cf19a524fe63fc4c9799cff230678fba5abaa5ec54790d7111ce",
    ),
    (
        "text-and-audio",
        "904660cf5f2925f8aea32d6cf3d1e48d08c4c96911a20fcdd6c02a4d358be30d",
    ),
    (
        "text-only",
        "9d16e06dae727146882f17abb65609dadce5e1f905062613ba07a81a9624e3df",
    ),
    (
        "v1-audio-only",
        "18b59786d63ca40ec7fc27b62d9570bce79ebb6d8204f1df37841543111270b1",
    ),
    (
        "v1-bot-alias",
        "08424bf4cc0a6b1526433289e4f9321e08e8ff5ee8a1a484b1344584642715a6",
    ),
    (
        "v1-text-and-audio",
        "1d395dab4ba6af2a96e4f0337f13c194cc1dbf3a8ae710bb50502398bb3596e8",
    ),
    (
        "v1-text-only",
        "6256c47058400fccbeae824b4c4baeb392d7c0a87c3dba278c51a94279a0d5d1",
    ),
    (
        "v1-with-kms",
        "a7b9b128eab95e48ae63a1771b37b4f5bdae5f543f10beb360049b3bae614528",
    ),
    (
        "with-kms",
        "5179e9b3f9f750777c64c3627979f2a8c05df72bf352b0fef8a84ab2a1d9b68c",
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
