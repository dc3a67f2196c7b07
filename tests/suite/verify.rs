//! `lexlogs verify`: what is whole passes, as a zip and as a folder;
//! what is not is named.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::examples::EXAMPLES;
use crate::support::{folder, lexlogs, root, text};

/// Makes an example's bundle: as `a.zip` and `folder`.
pub(crate) fn made(place: &Path, example: &str) {
    let config = root().join("examples").join(example).join("lexlogs.toml");
    let config = config.to_str().unwrap();
    for arguments in [
        &["bundle", config, "-o", "a.zip"][..],
        &["render", config, "-o", "folder"],
    ] {
        let output = lexlogs(place, arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
}

/// Exit code, result and what was said.
pub(crate) fn run(place: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = lexlogs(place, arguments);
    (
        output.status.code().unwrap_or(-1),
        text(&output.stdout).to_owned(),
        text(&output.stderr).to_owned(),
    )
}

/// What `verify` printed below its verdict and facts.
pub(crate) fn findings(said: &str) -> String {
    let lines = said.split_inclusive('\n').skip(1);
    lines.filter(|line| !line.starts_with("  ")).collect()
}

#[test]
fn every_example_is_whole_however_it_is_packed() {
    for example in EXAMPLES {
        let place = folder();
        made(place.path(), example);
        for bundle in ["a.zip", "folder"] {
            let (code, said, complained) = run(place.path(), &["verify", bundle]);
            assert!(said.starts_with("OK: lex-conversation-logs-"), "{said}");
            assert!(
                said.ends_with("  reproduced: yes, byte for byte\n"),
                "{said}"
            );
            assert_eq!((code, complained.as_str()), (0, ""), "{said}");
            let (code, said, _) = run(place.path(), &["verify", bundle, "--json"]);
            let report: Value = serde_json::from_str(&said).unwrap();
            let files = fs::read_dir(place.path().join("folder")).unwrap();
            let sizes: Vec<u64> = files
                .map(|file| file.unwrap().metadata().unwrap().len())
                .collect();
            assert_eq!(report["whole"], true);
            assert_eq!(report["reproduced"], "same");
            assert_eq!(report["files"], sizes.len());
            assert_eq!(report["bytes"], sizes.iter().sum::<u64>());
            assert_eq!(report["generator"], lexlogs::digest::GENERATOR);
            let digest = fs::read(place.path().join(bundle)).ok();
            let digest = digest.map(|zip| lexlogs::digest::sha256(&zip));
            assert_eq!(
                report.get("sha256").and_then(Value::as_str),
                digest.as_deref()
            );
            for list in ["findings", "notes"] {
                assert_eq!(report[list], Value::Array(Vec::new()), "{list}");
            }
            assert_eq!(code, 0);
        }
    }
}
