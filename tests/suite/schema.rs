//! The schemas, by a validator that is not ours: what a schema refuses lexlogs
//! refuses, and what lexlogs refuses a schema does, but for exceptions by name.

mod cases;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use lexlogs::config::Config;
use lexlogs::parameters::{Kind, PARAMETERS};
use lexlogs::request::Request;
use serde_json::{Map, Value, json};

use self::cases::cases;
use crate::examples::{EXAMPLES, rendered};
use crate::support::{folder, lexlogs, output_of, random_parameters, real, root, text, unpack};

/// What `lexlogs schema` prints.
fn schema_of(file: &str) -> String {
    let output = lexlogs(root(), &["schema", file]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout).to_owned()
}

/// What the validator finds wrong with each of these; nothing with what passes.
fn found(schema: &str, instances: &[Value]) -> Vec<Option<String>> {
    let place = folder();
    let lines: String = instances.iter().map(|value| format!("{value}\n")).collect();
    fs::write(place.path().join("cases.jsonl"), lines).unwrap();
    let found = validated(schema, place.path(), &["cases.jsonl"]);
    assert_eq!(found.len(), instances.len());
    found.into_iter().map(|(_, fault)| fault).collect()
}

/// What the validator says of files in a folder.
pub(crate) fn validated(
    schema: &str,
    place: &Path,
    files: &[&str],
) -> Vec<(String, Option<String>)> {
    let beside = folder();
    let path = beside.path().join("schema.json");
    fs::write(&path, schema).unwrap();
    let script = root().join("tests/real/validate.py");
    let arguments = [&[script.to_str().unwrap(), path.to_str().unwrap()], files].concat();
    let said = output_of(real("venv/bin/python"), &arguments, place);
    let lines = said.lines().map(|line| {
        let (name, fault) = line.split_once('\t').unwrap();
        (
            name.to_owned(),
            (!fault.is_empty()).then(|| fault.to_owned()),
        )
    });
    lines.collect()
}

/// What lexlogs finds wrong with it as a JSON file.
fn refused(instance: &Value) -> Option<String> {
    let config = Config::parse(Path::new("a.json"), instance.to_string().as_bytes());
    let request = Request::new(&config.parameters, config.faults);
    request.err().map(|faults| faults.to_string())
}

/// Whether it is an exception of the validator, not of the schema: `$` stands
/// before a line end at a text's end, too, in Python's expressions, unlike in
/// those of JavaScript, which JSON Schema means.
fn ends_with_a_line_end(name: &str) -> bool {
    name.ends_with("\\n\"")
}

#[test]
#[ignore = "needs a validator: run tests/run"]
fn schema_and_lexlogs_refuse_the_same_but_listed_exceptions() {
    let (cases, exceptions) = cases();
    let instances: Vec<Value> = cases.iter().map(|(_, file)| file.clone()).collect();
    let mut excepted = Vec::new();
    let mut counts = BTreeMap::new();
    for ((name, file), fault) in cases
        .iter()
        .zip(found(&schema_of("parameters"), &instances))
    {
        let refused = refused(file);
        *counts.entry(refused.is_some()).or_insert(0) += 1;
        match (&refused, &fault) {
            (None, Some(fault)) => panic!("{name}: only the schema refuses it: {fault}"),
            (Some(_), None) if ends_with_a_line_end(name) => {}
            (Some(_), None) => excepted.push(name.as_str()),
            _ => {}
        }
    }
    assert_eq!(excepted, exceptions);
    assert!(counts[&true] > 150 && counts[&false] > 50, "{counts:?}");
}

#[test]
#[ignore = "needs a validator: run tests/run"]
fn lexlogs_refuses_random_values_that_the_schema_refuses() {
    let new: Vec<char> = "aZ09/.,-_:=+@ *#%\\[^é日\u{7f}\u{1f600}".chars().collect();
    let mut random = fastrand::Rng::with_seed(8);
    let mut instances = Vec::new();
    for _ in 0..3000 {
        let mut file = Map::new();
        for (name, value) in random_parameters(&mut random) {
            let kind = lexlogs::parameters::find(name).unwrap().kind;
            file.insert(
                name.to_owned(),
                if kind == Kind::Switch {
                    json!(true)
                } else {
                    json!(value)
                },
            );
        }
        // One letter of one value is another one, or one more, or one less.
        let names: Vec<String> = file.keys().cloned().collect();
        let name = &names[random.usize(..names.len())];
        if let Value::String(value) = &file[name] {
            let mut letters: Vec<char> = value.chars().collect();
            let at = random.usize(..=letters.len());
            let end = (at + random.usize(..2)).min(letters.len());
            let new = random.bool().then(|| *random.choice(&new).unwrap());
            letters.splice(at..end, new);
            let value: String = letters.into_iter().collect();
            file.insert(name.clone(), json!(value));
        }
        instances.push(Value::Object(file));
    }
    let mut both = 0;
    let mut good = 0;
    for (file, fault) in instances
        .iter()
        .zip(found(&schema_of("parameters"), &instances))
    {
        match (refused(file), fault) {
            (None, Some(fault)) => panic!("{file}: only the schema refuses it: {fault}"),
            (Some(_), Some(_)) => both += 1,
            (None, None) => good += 1,
            (Some(_), None) => {}
        }
    }
    assert!(
        both > 300 && good > 300,
        "{both} refused by both, {good} good"
    );
}

#[test]
#[ignore = "needs a validator: run tests/run"]
fn every_example_is_valid_by_its_schema() {
    let place = rendered();
    let mut parameters = Vec::new();
    let mut manifests = Vec::new();
    for name in EXAMPLES {
        let config = root().join("examples").join(name).join("lexlogs.toml");
        fs::copy(config, place.path().join(name).join("lexlogs.toml")).unwrap();
        parameters.push(format!("{name}/lexlogs.toml"));
        parameters.push(format!("{name}/request.json"));
        manifests.push(format!("{name}/manifest.json"));
    }
    for (file, paths) in [("parameters", parameters), ("manifest", manifests)] {
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        for (name, fault) in validated(&schema_of(file), place.path(), &paths) {
            assert_eq!(fault, None, "{name}");
        }
    }
}

#[test]
#[ignore = "needs a validator: run tests/run"]
fn what_is_no_manifest_to_lexlogs_is_none_to_the_schema() {
    let bundle = crate::support::bundle(&crate::support::of_v2(&[("log-group-name", "/lex/bot")]));
    let place = folder();
    unpack(&bundle, place.path());
    let path = place.path().join("manifest.json");
    let good: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let mut bad = Vec::new();
    let mut change = |change: &dyn Fn(&mut Value)| {
        let mut manifest = good.clone();
        change(&mut manifest);
        bad.push(manifest);
    };
    for name in ["format", "generator", "bundle", "files"] {
        change(&|manifest| drop(manifest.as_object_mut().unwrap().remove(name)));
        change(&|manifest| manifest[name] = json!(null));
        change(&|manifest| manifest[name] = json!(2));
    }
    for name in ["name", "size", "mode", "sha256"] {
        change(&|manifest| drop(manifest["files"][0].as_object_mut().unwrap().remove(name)));
        change(&|manifest| manifest["files"][0][name] = json!(-1));
        change(&|manifest| manifest["files"][0][name] = json!("x y"));
    }
    change(&|manifest| manifest["more"] = json!(1));
    change(&|manifest| manifest["files"][0]["more"] = json!(1));
    change(&|manifest| manifest["files"][0]["size"] = json!(1 << 30));
    change(&|manifest| manifest["files"][0]["mode"] = json!("0777"));
    change(&|manifest| manifest["files"][0]["sha256"] = json!("A".repeat(64)));
    change(&|manifest| manifest["files"] = json!(vec![good["files"][0].clone(); 101]));
    let schema = schema_of("manifest");
    assert_eq!(found(&schema, std::slice::from_ref(&good)), [None]);
    for (manifest, fault) in bad.iter().zip(found(&schema, &bad)) {
        assert!(fault.is_some(), "{manifest}");
        fs::write(&path, manifest.to_string()).unwrap();
        let output = lexlogs(place.path(), &["verify", "."]);
        assert!(
            !output.status.success(),
            "{manifest}: {}",
            text(&output.stdout)
        );
    }
}

#[test]
fn the_default_schema_is_that_of_parameters() {
    let said = |arguments: &[&str]| {
        let output = lexlogs(root(), arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).to_owned()
    };
    assert_eq!(said(&["schema"]), schema_of("parameters"));
    assert_ne!(said(&["schema", "manifest"]), schema_of("parameters"));
    let schema: Value = serde_json::from_str(&said(&["schema"])).unwrap();
    for row in PARAMETERS {
        let property = &schema["properties"][row.name];
        let description = property["description"].as_str().unwrap();
        assert!(
            description.ends_with(&format!(" Values: {}.", row.rule)),
            "{description}"
        );
        assert_eq!(
            property.get("default").is_some(),
            row.default_text().is_some(),
            "{}",
            row.name
        );
    }
    assert_eq!(
        lexlogs(root(), &["schema", "receipt"]).status.code(),
        Some(2)
    );
}
