//! The examples. The digests of their zips are tested everywhere; of four, what
//! they render is kept beside them.

#[path = "../everywhere/digests.rs"]
mod digests;

use std::fs;
use std::path::Path;

pub(crate) use digests::DIGESTS;

use crate::support::{folder, lexlogs, names, root, text};

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

/// A folder in which every example is rendered into a folder of its name.
pub(crate) fn rendered() -> tempfile::TempDir {
    let place = folder();
    render_into(place.path());
    place
}

pub(crate) fn render_into(place: &Path) {
    for example in EXAMPLES {
        render(place, example);
    }
}

/// Renders an example into a folder of its name.
pub(crate) fn render(place: &Path, example: &str) {
    let config = root().join("examples").join(example).join("lexlogs.toml");
    let arguments = ["render", config.to_str().unwrap(), "-o", example];
    let output = lexlogs(place, &arguments);
    assert!(
        output.status.success(),
        "{example}: {}",
        text(&output.stderr)
    );
}

#[test]
fn the_kept_examples_are_what_their_parameters_render() {
    let folder = rendered();
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
