//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
const DIGESTS: [(&str, &str); 10] = [
    (
        "audio-only",
        "d0735156f19cef933324bded7108c5efb749683543b24dc9e45eacd263c62674",
    ),
    (
        "existing-role",
        "6577a8a56f9df9dff67e95eef97240d3193f51c98e08b447f5e87a64dd55dd1d",
    ),
    (
        "organisation",
        "b9d43a16caee0fd71b0fcff0495241540d3559226771b1e397899f6820e99725",
    ),
    (
        "text-and-audio",
        "79f236491a9f8efb0aace702b05f28885e07de7f67732216a83de6ba78edc3af",
    ),
    (
        "text-only",
        "2da45a1e5118de2521e576f18b392ffe8fbdd508eaae3d28bc07a840f23f1c33",
    ),
    (
        "v1-audio-only",
        "8f553ca12a15190dc12828239823b63f5b2269bf4668ed2b70f3ca12968353b9",
    ),
    (
        "v1-text-and-audio",
        "86ff0a04af50d96a05c40a2bc239e3efaf0602ff2ca79760eb7320d63036e34e",
    ),
    (
        "v1-text-only",
        "3c71c89be07840543a3d145870e323aef1efe9448741d507870ef9b6d502aeaf",
    ),
    (
        "v1-with-kms",
        "5bd9dce8b9c643d2e360bd17bc55c77d221410edeae523fbe21cedfc6cbb15cc",
    ),
    (
        "with-kms",
        "6060e32001eae0358ad29ac7fbdc4c9749ab1400f724a55b0b812472677f3784",
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
