//! `lexlogs inspect`: what it says is what the documents say, read without the
//! program's help; of a bundle that is not whole it says nothing but that.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::examples::EXAMPLES;
use crate::support::{folder, names};
use crate::verify::{made, run};

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// One or many, as IAM takes both.
fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values
            .iter()
            .map(|one| one.as_str().unwrap().to_owned())
            .collect(),
        one => vec![one.as_str().unwrap().to_owned()],
    }
}

/// A document's statements as the lines that must be told of each.
fn lines(document: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for statement in document["Statement"].as_array().unwrap() {
        lines.push(format!(
            "    Effect: {}",
            statement["Effect"].as_str().unwrap()
        ));
        if let Some(principals) = statement["Principal"].as_object() {
            for (kind, values) in principals {
                lines.push(format!("    Principal {kind}: {}", list(values).join(", ")));
            }
        } else if statement["Principal"] == "*" {
            // The same as `{"AWS": "*"}`.
            lines.push("    Principal AWS: *".to_owned());
        }
        lines.push(format!(
            "    Action: {}",
            list(&statement["Action"]).join(", ")
        ));
        if let Some(resource) = statement.get("Resource") {
            lines.push(format!("    Resource: {}", list(resource).join(", ")));
        }
        if let Some(conditions) = statement.get("Condition").and_then(Value::as_object) {
            for (operator, keys) in conditions {
                for (key, values) in keys.as_object().unwrap() {
                    lines.push(format!(
                        "    Condition {operator} {key}: {}",
                        list(values).join(", ")
                    ));
                }
            }
        }
    }
    lines
}

#[test]
fn what_is_told_of_each_example_is_what_its_documents_say() {
    for example in EXAMPLES {
        let place = folder();
        made(place.path(), example);
        let kept = place.path().join("folder");
        let request = json(&kept.join("request.json"));
        let of = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
        let (_, short, _) = run(place.path(), &["inspect", "a.zip"]);
        let (code, said, complained) = run(place.path(), &["inspect", "a.zip", "--files"]);
        assert_eq!((code, complained.as_str()), (0, ""), "{said}");
        let (before, _) = said.split_once("\nFiles\n").unwrap();
        assert_eq!(short, before);
        let has = |line: &str| {
            assert!(
                said.lines().any(|one| one == line),
                "{example}: no line `{line}` in:
{said}"
            );
        };
        let digest = lexlogs::digest::sha256(&fs::read(place.path().join("a.zip")).unwrap());
        has(&format!("SHA-256 {digest}"));
        assert!(said.contains(&format!(
            "\n  account   {}, partition aws",
            of("account-id")
        )));
        has(&format!("  region    {}", of("region")));
        if request.get("bot-id").is_some() {
            let (bot, alias) = (of("bot-id"), of("bot-alias-id"));
            has(&format!(
                "  logs of   the alias {alias} of the bot {bot}, which enable switches on and disable off"
            ));
        }

        // Every statement of every policy document, and no other.
        let mut expected = Vec::new();
        for name in names(&kept)
            .iter()
            .filter(|name| name.starts_with("Lex"))
            .filter(|name| !name.contains("Tags") && !name.contains("Settings"))
        {
            expected.extend(lines(&json(&kept.join(name))));
            assert!(said.contains(&format!(", {name}\n")), "{example}: {name}");
        }
        expected.sort();
        let elements = ["Effect", "Principal", "Action", "Resource", "Condition"];
        let is_element = |line: &&str| {
            let rest = line.strip_prefix("    ");
            rest.is_some_and(|rest| elements.iter().any(|element| rest.starts_with(element)))
        };
        let mut told: Vec<&str> = said.lines().filter(is_element).collect();
        told.sort_unstable();
        assert_eq!(told, expected, "{example}");

        // The steps that the script makes, in its order.
        let script = fs::read_to_string(kept.join("apply.sh")).unwrap();
        let titles: Vec<&str> = script
            .lines()
            .filter_map(|line| line.strip_prefix("#   "))
            .filter_map(|line| line.split_once(". "))
            .map(|(_, title)| title)
            .collect();
        for (number, title) in (1..).zip(&titles) {
            has(&format!("  {number}. {title}"));
        }
        assert!(!titles.is_empty() && !said.contains(&format!("\n  {}. ", titles.len() + 1)));

        // The rows of the runbook's table.
        let runbook = fs::read_to_string(kept.join("README.md")).unwrap();
        let (_, table) = runbook
            .split_once("| For | Permissions |\n|---|---|\n")
            .unwrap();
        let rows = table.lines().take_while(|line| line.starts_with('|'));
        let rows: Vec<String> = rows
            .map(|row| {
                let (purpose, permissions) = row[2..].split_once(" | ").unwrap();
                let permissions = permissions.trim_end_matches([' ', '|']).trim_matches('`');
                format!("  - {purpose}: {}", permissions.replace(' ', ", "))
            })
            .collect();
        assert_eq!(
            rows.len(),
            5 + usize::from(request["pass-role-policy"] == true)
                + usize::from(request.get("log-group-kms-key-arn").is_some())
                // To switch the logs on, to test them, and to give a bot of V2 the role.
                + 2 * usize::from(request.get("bot-id").is_some())
                + usize::from(
                    request.get("bot-id").is_some()
                        && request["lex-version"] == "v2"
                        && request["existing-role"] != true
                )
        );
        for row in &rows {
            has(row);
        }

        // Every file as `sha256sum` sees it.
        for line in fs::read_to_string(kept.join("SHA256SUMS")).unwrap().lines() {
            let (digest, name) = line.split_once("  ").unwrap();
            let size = fs::metadata(kept.join(name)).unwrap().len();
            let is_script = Path::new(name).extension() == Some("sh".as_ref());
            let mode = if is_script { "0755" } else { "0644" };
            has(&format!("  {digest}  {mode}  {name} ({size} bytes)"));
        }
        // As a folder it is the same bundle.
        let without_digest = |text: &str| text.replacen(&format!("SHA-256 {digest}\n"), "", 1);
        let (_, of_folder, _) = run(place.path(), &["inspect", "folder", "--files"]);
        assert_eq!(of_folder, without_digest(&said));
    }
}
