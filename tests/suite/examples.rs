//! Every example is what its parameter file renders, and its zip has the digest
//! that is written down: the same on every machine.

use std::fs;

use crate::support::{folder, lexlogs, names, root, text};

/// The SHA-256 of each example's zip. A change of one is a change of what every
/// user gets: `tests/suite/examples.rs` is mended by hand, knowingly.
pub(crate) const DIGESTS: [(&str, &str); 15] = [
    (
        "audio-only",
        "0b14db54b9712b15174c3bd9ebeabf898836a1ac5e28a2b27221dadfb68cb5d9",
    ),
    (
        "bot-alias",
        "64c23dc0074e59d832c83910fdf4edaeadcf5e7eddefd22edf769d62361faff1",
    ),
    (
        "existing-role",
        "0fbceda0f44dcdbe23788748b788d12dbf06213be025c06f0dd568adb44432a8",
    ),
    (
        "log-group-key",
        "6e16b2eef260b387e46b0a5aac2cbf7e662c9efb257d630872b91811bbbae504",
    ),
    (
        "organisation",
        "c15c525195295212d9eb8a599d3d026adc06dd3f745d1231a4c5035411bb65fb",
    ),
    (
        "pass-role",
        "49aa34255a7d6759f52b9e77ca3b284b3f35c113a4d0878cd5e0ba2b9b0886fc",
    ),
    (
        "prerequisites",
        "190e6fd5e019fc3837d41911ec64411e191e74b14ef0adeae7aabcd6ec5b1683",
    ),
    (
        "text-and-audio",
        "f87ed8e00308f365531b8983e7ef6f564f735fbdf740db5f86c21077ac2a9342",
    ),
    (
        "text-only",
        "ba599b5413084c2982a0b0e279f4e3456c717238a04bf254eb0b9c74fe11b694",
    ),
    (
        "v1-audio-only",
        "d2bbdb02a61878d062b059c80018a880e1596d54744b2e314f51c13e9511d2fe",
    ),
    (
        "v1-bot-alias",
        "acae0cc8585a3bcc36289a83b3c625afd9828fb1fcf695e713377dbfb01e2b3d",
    ),
    (
        "v1-text-and-audio",
        "cb71c0d43f233507e4d5591345b5f434e7c6b1f127a2427bd90025acf734fccb",
    ),
    (
        "v1-text-only",
        "08a217068af590149a7adb78f64ee2f153b1d974200bedd279953202301b7161",
    ),
    (
        "v1-with-kms",
        "8238f9faf1c49f7383ac61ed03912a9be7405a1a112733490ad8e8fa71c15f3f",
    ),
    (
        "with-kms",
        "cb483b8ea93229ece0d813c4c1ff082ec8b452ff1891be8e79fa8148c8acdcf2",
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
