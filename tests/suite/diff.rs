//! `lexlogs diff`: what changed between two bundles, told in the order in which
//! it is asked.

use std::fs;

use serde_json::{Value, json};

use crate::examples::{EXAMPLES, rendered};
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
fn a_program_reads_the_same() {
    let arguments = ["diff", "text-only", "with-kms", "--json"];
    let (code, said, _) = run(rendered().path(), &arguments);
    let read: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &read["same"]), (1, &Value::Bool(false)));
    let policies = read["policies"].as_array().unwrap();
    assert_eq!(policies.len(), 2);
    assert_eq!(policies[1]["file"], "LexConversationLogsKMSPolicy.json");
    assert_eq!(policies[1]["change"], "added");
    let statement = &policies[1]["statements"][0];
    assert_eq!(
        (&statement["old"], &statement["new"]),
        (&Value::Null, &json!(1))
    );
    assert_eq!(
        statement["added"][1],
        json!({"element": "Action", "value": "kms:GenerateDataKey"})
    );
    assert_eq!(read["steps"].as_array().unwrap().len(), 4);
    let names = read["parameters"].as_array().unwrap();
    let names: Vec<&str> = names
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "bucket-name",
            "s3-policy-name",
            "kms-key-arn",
            "kms-decrypt",
            "kms-policy-name",
            "create-bucket"
        ]
    );
}

#[test]
fn a_bundle_that_is_not_intact_is_compared_with_a_note() {
    let place = folder();
    made(place.path(), "text-only");
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
    // A zip with something else in it.
    let zip = place.path().join("a.zip");
    fs::write(&zip, [fs::read(&zip).unwrap(), b"x".into()].concat()).unwrap();
    let (code, said, complained) = run(place.path(), &["diff", "a.zip", "folder"]);
    assert_eq!((code, said.as_str()), (1, ""), "{complained}");
    assert!(
        complained.starts_with("note: a.zip is not intact: "),
        "{complained}"
    );
    fs::write(&zip, &fs::read(&zip).unwrap()[..5000]).unwrap();
    assert_eq!(
        run(place.path(), &["diff", "a.zip", "folder"]),
        (
            2,
            String::new(),
            "error: a.zip: it cannot be read as a zip: it is damaged or incomplete; ask for it again\n".to_owned()
        )
    );
}
