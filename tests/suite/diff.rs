//! `lexlogs diff`: what changed between two bundles, told in the order in which
//! it is asked.

use std::fs;

use serde_json::{Value, json};

use crate::examples::EXAMPLES;
use crate::support::folder;
use crate::verify::{made, run};

#[test]
fn the_same_bundle_is_the_same_however_it_is_packed() {
    for example in EXAMPLES {
        let place = folder();
        made(place.path(), example);
        let kinds = ["a.zip", "folder"];
        for old in kinds {
            for new in kinds {
                let same = (0, "identical\n".to_owned(), String::new());
                assert_eq!(run(place.path(), &["diff", old, new]), same);
            }
        }
        let (code, said, _) = run(place.path(), &["diff", "a.zip", "folder", "--json"]);
        let none: [u8; 0] = [];
        assert_eq!(
            serde_json::from_str::<Value>(&said).unwrap(),
            json!({"same": true, "old": {"whole": true, "proven": true}, "new": {"whole": true, "proven": true}, "parameters": none, "policies": none, "steps": none, "files": none})
        );
        assert_eq!(code, 0);
    }
}

#[test]
fn a_bundle_that_is_not_intact_is_compared_with_a_note() {
    let place = folder();
    // The same files, of which the lists are not true.
    let [good, copy] = crate::hostile::two_with_the_same_files();
    fs::write(place.path().join("good.zip"), good).unwrap();
    fs::write(place.path().join("copy.zip"), copy).unwrap();
    let (code, said, complained) = run(place.path(), &["diff", "good.zip", "copy.zip"]);
    assert_eq!((code, said.as_str()), (1, ""), "{complained}");
    assert!(
        complained.starts_with("note: copy.zip is not intact: "),
        "{complained}"
    );
}
