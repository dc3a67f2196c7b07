//! How findings are reported to people and to programs, and how the program ends.

use std::fs;

use serde_json::{Value, json};

use super::{rules, write_corpus};
use crate::schema::validated;
use crate::support::{folder, lexlogs, real, root, text};

/// One of each severity.
const DOCUMENT: &str = r#"{
  "Version": "2008-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": ["iam:PassRole", "logs:PutLogEvents"],
    "Resource": "arn:aws:logs:us-east-1:111122223333:log-group:/lex/bot"
  }
}
"#;

#[test]
fn sarif_has_every_rule_and_every_finding() {
    let place = folder();
    fs::write(place.path().join("a b.json"), DOCUMENT).unwrap();
    let output = lexlogs(place.path(), &["lint", "a b.json", "--sarif"]);
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let listed = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: Vec<&str> = listed
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, rules());
    let found = &run["results"][2];
    let index = usize::try_from(found["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(ids[index], "log-group-arn");
    assert_eq!(listed[index]["defaultConfiguration"]["level"], "error");
    assert_eq!(
        (&found["ruleId"], &found["level"]),
        (&json!("log-group-arn"), &json!("error"))
    );
    assert_eq!(
        found["locations"],
        json!([{
            "physicalLocation": {
                "artifactLocation": {"uri": "a%20b.json"},
                "region": {"startLine": 6, "startColumn": 17, "endLine": 6, "endColumn": 73},
            }
        }])
    );
    let message = found["message"]["text"].as_str().unwrap();
    assert!(
        message.ends_with("so that nothing can be written: end it with `:*`"),
        "{message}"
    );
}

#[test]
#[ignore = "needs a validator and the schema of SARIF: run tests/run"]
fn sarif_is_what_its_schema_asks_for() {
    let schema =
        real("node").join("node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
    let schema = fs::read_to_string(schema).unwrap();
    let place = folder();
    let documents = folder();
    let corpus = write_corpus(documents.path());
    let all: Vec<&str> = corpus.iter().map(String::as_str).collect();
    for (name, files) in [
        ("all.json", &all[..]),
        ("none.json", &["version.good.json"]),
    ] {
        let output = lexlogs(documents.path(), &[&["lint", "--sarif"], files].concat());
        fs::write(place.path().join(name), &output.stdout).unwrap();
    }
    // And it is not that it takes anything.
    let all = fs::read_to_string(place.path().join("all.json")).unwrap();
    for (name, from, to) in [
        ("level.json", "\"level\": \"error\"", "\"level\": \"bad\""),
        ("line.json", "\"startLine\": 1\n", "\"startLine\": 0\n"),
        ("key.json", "\"ruleIndex\"", "\"ruleindex\""),
    ] {
        assert!(all.contains(from));
        fs::write(place.path().join(name), all.replace(from, to)).unwrap();
    }
    let names = [
        "all.json",
        "none.json",
        "level.json",
        "line.json",
        "key.json",
    ];
    let faults = validated(&schema, place.path(), &names);
    let good: Vec<bool> = faults.iter().map(|(_, fault)| fault.is_none()).collect();
    assert_eq!(good, [true, true, false, false, false], "{faults:?}");
}

#[test]
fn each_rule_is_listed_and_explained() {
    let list = lexlogs(root(), &["lint", "--rules"]);
    let list = text(&list.stdout);
    assert!(
        list.starts_with("error    json-syntax         the file is no JSON\n"),
        "{list}"
    );
    assert_eq!(list.lines().count(), rules().len());
    for rule in rules() {
        let output = lexlogs(root(), &["lint", "--explain", &rule]);
        let told = text(&output.stdout);
        let first = told.lines().next().unwrap();
        let (severity, title) = first.split_once(&format!("[{rule}]: ")).unwrap();
        let line = format!("{severity:<7}  {rule:<18}  {title}\n");
        assert!(list.contains(&line), "{line}");
        for part in ["\n\nWhy: ", "\n\nWhat to do: ", "\n\nSource: "] {
            assert_eq!(told.matches(part).count(), 1, "{told}");
        }
        let output = lexlogs(root(), &["lint", "--explain", &rule, "--json"]);
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json["title"], title);
    }
}
