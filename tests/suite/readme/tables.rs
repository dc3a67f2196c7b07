//! The listing of a bundle's files, and the tables of the reference.

use std::fs;

use lexlogs::parameters::{DefaultValue, PARAMETERS};
use serde_json::Value;

use super::{compare, of_language, with_the_parameter_file};
use crate::support::{lexlogs, root, text};

/// What is between two comment lines of the reference.
fn listed(name: &str) -> String {
    let page = fs::read_to_string(root().join("docs/reference.md")).unwrap();
    let (_, rest) = page.split_once(&format!("<!-- {name} -->\n")).unwrap();
    let (list, _) = rest
        .split_once(&format!("<!-- end of {name} -->\n"))
        .unwrap();
    format!("<!-- {name} -->\n{list}")
}

#[test]
fn the_listing_is_what_is_in_the_bundle() {
    with_the_parameter_file(|place, _| {
        let output = lexlogs(place, &["bundle", "lexlogs.toml", "-o", "a.zip"]);
        assert!(output.status.success());
        let zip = zip::ZipArchive::new(fs::File::open(place.join("a.zip")).unwrap()).unwrap();
        let listed = of_language("text").remove(0);
        let (top, files) = listed.split_once('\n').unwrap();
        let files: Vec<String> = files
            .lines()
            .map(|name| format!("{top}{}", name.trim()))
            .collect();
        let in_zip: Vec<String> = zip
            .file_names()
            .map(|name| name.unwrap().into_owned())
            .collect();
        assert_eq!(in_zip, files);
    });
}

#[test]
fn the_table_of_parameters_is_the_programs() {
    let page = fs::read_to_string(root().join("docs/reference.md")).unwrap();
    let mut table = vec!["| parameter | default | meaning | values |".to_owned()];
    for parameter in PARAMETERS {
        let default = match parameter.default {
            DefaultValue::Required => "required".to_owned(),
            DefaultValue::Absent => "–".to_owned(),
            DefaultValue::Value(value) => format!("`{value}`"),
        };
        table.push(format!(
            "| `{}` | {default} | {} | {} |",
            parameter.name, parameter.meaning, parameter.rule
        ));
    }
    // Its cells are padded.
    let squeezed = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = page.lines().filter(|line| !line.starts_with("| --"));
    let lines: Vec<String> = lines.map(squeezed).collect();
    let has_table = lines.windows(table.len()).any(|lines| lines == table);
    assert!(
        has_table,
        "the reference's table must be:\n{}",
        table.join("\n")
    );
}

/// A command as its help describes it.
struct Described {
    usage: String,
    purpose: String,
    example: String,
    exit_codes: Vec<(String, String)>,
}

fn described(command: &[&str]) -> Described {
    let output = lexlogs(root(), &[command, &["--help"]].concat());
    let help = text(&output.stdout).to_owned();
    // Long ones may be broken.
    let joined = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    let (purpose, rest) = help.split_once("\n\n").unwrap();
    let (_, usage) = rest.split_once("Usage: ").unwrap();
    let (rest, codes) = rest.split_once("\n\nExit codes:\n").unwrap();
    let (_, examples) = rest.split_once("\nExamples:\n").unwrap();
    let is_purpose = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    let example = examples
        .lines()
        .skip(1)
        .take_while(|line| !is_purpose(line));
    let codes = codes.lines().take_while(|line| line.starts_with("  "));
    let codes = codes.map(|line| line.trim().split_once(' ').unwrap());
    Described {
        usage: joined(usage.split("\n\n").next().unwrap()),
        purpose: joined(purpose),
        example: joined(&example.collect::<Vec<_>>().join(" ")),
        exit_codes: codes
            .map(|(code, meaning)| (code.to_owned(), joined(meaning)))
            .collect(),
    }
}

#[test]
fn the_tables_of_commands_and_exit_codes_are_the_helps() {
    let mut table =
        "<!-- commands -->\n\n| Command | Purpose | Example |\n|---|---|---|\n".to_owned();
    let mut codes =
        "<!-- exit codes -->\n\n| Command | 0 | 1 | 2 | 3 |\n|---|---|---|---|---|\n".to_owned();
    let commands = &crate::man::COMMANDS[1..];
    for name in commands {
        // What has commands of its own does nothing by itself.
        if commands
            .iter()
            .any(|of| of.starts_with(&format!("{name}-")))
        {
            continue;
        }
        let name: Vec<&str> = name.split('-').collect();
        let described = described(&name);
        table.push_str(&format!(
            "| `{}` | {} | `{}` |\n",
            described.usage.replace('|', "\\|"),
            described.purpose,
            described.example.replace('|', "\\|")
        ));
        codes.push_str(&format!("| `{}` |", name.join(" ")));
        for column in ["0", "1", "2", "3"] {
            let mut found = described.exit_codes.iter();
            let found = found.find(|(code, _)| code == column);
            let meaning = found.map_or("–", |(_, meaning)| meaning);
            codes.push_str(&format!(" {meaning} |"));
        }
        codes.push('\n');
    }
    for (name, table) in [("commands", table), ("exit codes", codes)] {
        let now = format!("{table}\n");
        compare("docs/reference.md", &listed(name), &now);
    }
}

/// The names of a JSON value's members, those of an object or list in it too.
fn members(value: &Value, before: &str, names: &mut Vec<String>) {
    let value = value.get(0).unwrap_or(value);
    for (name, value) in value.as_object().into_iter().flatten() {
        let name = format!("{before}{name}");
        let more = names.len();
        if before.is_empty() {
            members(value, &format!("{name}."), names);
        }
        if names.len() == more {
            names.push(name);
        }
    }
}

#[test]
fn the_table_of_json_is_what_the_commands_print() {
    with_the_parameter_file(|place, _| {
        let old = [
            "bundle",
            "lexlogs.toml",
            "--role-name=OldRole",
            "-o",
            "old.zip",
        ];
        let render = ["render", "lexlogs.toml", "-o", "bundle"];
        for arguments in [&old[..], &render] {
            assert!(lexlogs(place, arguments).status.success());
        }
        fs::write(place.join("accounts.csv"), "role-name\nA\n").unwrap();
        fs::write(place.join("page.md"), "A page without a region.\n").unwrap();
        fs::write(place.join("bundle/check.sh"), "").unwrap();
        let digest = "0".repeat(64);
        let receipt = format!(
            "receipt: 2\nbundle-digest: {digest}\nscript: apply\ntime: 2026-11-24T00:00:00Z\ncaller: arn:x\n"
        );
        fs::write(place.join("receipt.txt"), receipt).unwrap();
        let mut table = "<!-- json -->\n\n| Command | Members |\n|---|---|\n".to_owned();
        for (name, arguments) in [
            ("bundle", "bundle lexlogs.toml -o new.zip"),
            ("render", "render lexlogs.toml -o rendered"),
            ("fleet", "fleet accounts.csv --config lexlogs.toml -o fleet"),
            ("verify", "verify bundle"),
            ("inspect", "inspect new.zip"),
            ("diff", "diff old.zip new.zip"),
            ("receipt", "receipt new.zip receipt.txt"),
            (
                "lint",
                "lint rendered/LexConversationLogsAssumeRolePolicyDocument.json",
            ),
            ("docs list", "docs list"),
            ("docs write", "docs write --check page.md"),
            ("templates list", "templates list"),
        ] {
            let arguments: Vec<&str> = arguments.split(' ').chain(["--json"]).collect();
            let output = lexlogs(place, &arguments);
            let json = serde_json::from_slice(&output.stdout);
            let json: Value = json.unwrap_or_else(|_| panic!("{name}: {output:?}"));
            let mut names = Vec::new();
            members(&json, "", &mut names);
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            table.push_str(&format!("| `{name}` | {} |\n", names.join(", ")));
        }
        compare("docs/reference.md", &listed("json"), &format!("{table}\n"));
    });
}
