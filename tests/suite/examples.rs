//! Every example's zip has the digest that is written down, the same on every
//! machine; of four, what they render is kept beside them.

use std::fs;
use std::path::Path;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "21e06c41d61861e4fbdd9bb21c18f06aafc217c94abb51f2f2bbfc4a45145424",
    ),
    (
        "bot-alias",
        "8d66d4730a41e7df139b495016b5037531ceb8e6a05e022132bac8fa9a0c1967",
    ),
    (
        "existing-role",
        "4cdae885bce41cce7cddebcf2744c9876471b42feadfe051ef74485eddc422b1",
    ),
    (
        "log-group-key",
        "43b22c446768b143e8a4285de11a0516c800b26434c96aed095b4dca4e5cb154",
    ),
    (
        "organisation",
        "3bf542beddc887950ee45833523ebabcac856d96dda5094e6929998439cb0809",
    ),
    (
        "pass-role",
        "f6c1044b02a7ffbefba265100713e62be2d0f7cc08a41aeacad88e4ee4217a63",
    ),
    (
        "prerequisites",
        "3f40b6339b0e30a0aef88d5fc8cfde63255297b602f37566378e1308a1a00b43",
    ),
    (
        "text-and-audio",
        "6a31e62e0556ac2e5d3b1aaad468803d03adf4263a1b89db709e1d921b21d0d8",
    ),
    (
        "text-only",
        "270870121c19b4c3dfd89839c5874eda36ba0b22f76322bfa88c045a286b83d7",
    ),
    (
        "v1-audio-only",
        "f7e6c3370c9a8a1bbccf16c225e8a41e95779df412a99752dc13aa5000e1d6df",
    ),
    (
        "v1-bot-alias",
        "3fa02a56d1392be61e630ce641358a3fc47ba20f598674ae265abf59c14f4ba8",
    ),
    (
        "v1-text-and-audio",
        "64611bea8119f1d6e96e6adbb58c5123ecc2a7990c491f364802ef33a2feb5a6",
    ),
    (
        "v1-text-only",
        "1af7aa56650292c2b90b94597ac4a77907b4083b478a6f25b3a9bc7de7e65d0d",
    ),
    (
        "v1-with-kms",
        "6bb0c0dcb5d529ceee4d43f94a267b1a9b1475cb92b2131f6f08c92cb54d536d",
    ),
    (
        "with-kms",
        "de4ae75d4341a6c9967433158dc7ecb15963b70e050954a78d9600c3ec0294fe",
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

/// Renders every example into a folder of its name.
pub(crate) fn render_into(place: &Path) {
    for example in EXAMPLES {
        let config = root().join("examples").join(example).join("lexlogs.toml");
        let arguments = ["render", config.to_str().unwrap(), "-o", example];
        let output = lexlogs(place, &arguments);
        assert!(
            output.status.success(),
            "{example}: {}",
            text(&output.stderr)
        );
    }
}

#[test]
fn the_kept_examples_are_what_their_parameters_render() {
    let folder = folder();
    render_into(folder.path());
    let kept: Vec<&str> = EXAMPLES
        .into_iter()
        .filter(|example| {
            root()
                .join("examples")
                .join(example)
                .join("bundle")
                .exists()
        })
        .collect();
    let four = [
        "bot-alias",
        "organisation",
        "text-and-audio",
        "v1-text-and-audio",
    ];
    assert_eq!(kept, four);
    for example in kept {
        let bundle = root().join("examples").join(example).join("bundle");
        let rendered = folder.path().join(example);
        assert_eq!(
            names(&rendered),
            names(&bundle),
            "{example}: run examples/regenerate"
        );
        for name in names(&rendered) {
            let read =
                |file: std::path::PathBuf| String::from_utf8(fs::read(file).unwrap()).unwrap();
            assert_eq!(
                read(bundle.join(&name)),
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
