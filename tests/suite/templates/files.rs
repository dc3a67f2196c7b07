//! The files of a folder of templates: which count, for which version, and how
//! such a folder begins.

use std::fs;

use super::{exported, render};
use crate::support::{lexlogs, text};

#[test]
fn unchanged_exports_of_older_versions_do_not_count() {
    let place = exported();
    let own = place.path().join("own");
    let record = own.join("lexlogs-templates.json");
    let now = fs::read_to_string(&record).unwrap();
    let digest = now.split("\"docs/README.md\": \"").nth(1).unwrap()[..64].to_owned();
    let old = "# An old runbook\n";
    let of_old = lexlogs::digest::sha256(old.as_bytes());
    fs::write(
        &record,
        now.replace(&digest, &of_old).replace("0.1.0", "0.0.9"),
    )
    .unwrap();
    fs::write(own.join("docs/README.md"), old).unwrap();
    let output = render(place.path(), &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let readme = fs::read_to_string(place.path().join("out/README.md")).unwrap();
    assert!(readme.starts_with("# Conversation logs of Amazon Lex V2"));
}

#[test]
fn templates_can_be_listed_and_shown() {
    let place = exported();
    let said = |arguments: &[&str]| {
        let output = lexlogs(place.path(), &[&["templates"], arguments].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).to_owned()
    };
    let list = said(&["list"]);
    let json: serde_json::Value = serde_json::from_str(&said(&["list", "--json"])).unwrap();
    assert_eq!(list.lines().count(), json.as_array().unwrap().len());
    for entry in json.as_array().unwrap() {
        let name = entry["name"].as_str().unwrap();
        let makes = entry["makes"].as_str().unwrap();
        let mut lines = list.lines();
        assert!(
            lines.any(|line| line.starts_with(name) && line.ends_with(makes)),
            "{name}"
        );
        let file = fs::read_to_string(place.path().join("own").join(name)).unwrap();
        assert_eq!(said(&["show", name]), file);
    }
}

#[test]
fn what_a_template_is_given_can_be_had_as_json() {
    let place = exported();
    let given = |name: &str| -> serde_json::Value {
        let output = lexlogs(place.path(), &["templates", "variables", name]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        serde_json::from_str(text(&output.stdout)).unwrap()
    };
    let script = given("bash/apply.sh");
    for parameter in lexlogs::parameters::PARAMETERS {
        let example = &script[parameter.variable()];
        assert!(!example.is_null() && *example != "", "{}", parameter.name);
    }
    assert_eq!(script["apply"][0]["subject"], "log-group");
    assert_eq!(given("docs/next.txt")["zipped"], true);
    assert!(given("docs/next.txt")["account_id"].is_null());
    // Every template reads what it is given, and nothing else; one includes the built-in one of another.
    for name in lexlogs::templates::replaceable() {
        assert!(given(name).is_object(), "{name}");
        let path = place.path().join("own").join(name);
        let built_in = fs::read_to_string(&path).unwrap();
        let built_in = built_in.replace("\"parts/", "\"built-in/parts/");
        fs::write(&path, format!("{built_in}{{# #}}")).unwrap();
    }
    let output = render(place.path(), &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let output = lexlogs(
        place.path(),
        &["docs", "page", "--lex-version", "v2", "--templates", "own"],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
}
