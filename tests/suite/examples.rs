//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "728797cee708e4d370db44b2b183b92d271317a9eefbe451c7427b7716db9997",
    ),
    (
        "bot-alias",
        "361b975a69a697364a706b4a60fa74c7835923bbcdea8fdb31abff91fc7a9741",
    ),
    (
        "existing-role",
        "7fdbe13fedbaf3cf02dd9a1e551a68c2c8bee6a7f9ae1f6a6d5c1ebd572d0197",
    ),
    (
        "log-group-key",
        "36208e7ff8d74b9f567af0fa387fe9e1b49f5653a0f148e7db4ce19169285d8b",
    ),
    (
        "organisation",
        "15e8a3d0a1352c2f070c5c6579c4ea1344d706e1daa695305961ca6a343c7957",
    ),
    (
        "pass-role",
        "febec97bf5e1f7159a89554fe9265638d6a4e555bfebe3ce554f1bfaae8321eb",
    ),
    (
        "prerequisites",
        "0c1640027b99923ff85f8bdc5d778f5fea8e537fc4f6f7b65c338fed6182ebff",
    ),
    (
        "text-and-audio",
        "c758c86fe8868e1d1e9e34c1fe7fabacee9db1c441dfb2eb70156d64ff1c5fa5",
    ),
    (
        "text-only",
        "3666644014d95c372f44b2e30157cae7ddc958e102e8f094d6f4c42107c548da",
    ),
    (
        "v1-audio-only",
        "6cc7754c3ebda9fe81893dd92c7a9f7f0dfc7e65e0635b0cf18b39e1b0ccb9fd",
    ),
    (
        "v1-bot-alias",
        "bb7fc08a95e015058266c2f1fa2b4ed3f8889a00c8dc0c2e21ac3f6b84e43df1",
    ),
    (
        "v1-text-and-audio",
        "fa6ce9ccc77d87a647d2af8c33485fa35c6be1a81bc901e83a707cac81a67538",
    ),
    (
        "v1-text-only",
        "a2c080b2a43b59bf2937bc2955f316df600c2bf4da5374a518aa52838c6f9dda",
    ),
    (
        "v1-with-kms",
        "0289e817808900b02efa2ecc449d857d281cb3fdb03934e306729250471af2f8",
    ),
    (
        "with-kms",
        "659fd3e2b1226480a4733b9bad4544c8dbed44d990e2ddc32f46c2a2faaa7f0c",
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
