//! `lexlogs init`: the file that somebody begins with.

use std::fs;
use std::path::Path;

use lexlogs::parameters::{DefaultValue, Kind, PARAMETERS};

use crate::support::{folder, lexlogs, names, output_of, real, root, text};
use crate::terminal::{Session, at_terminal};

/// What must be filled in, and with what it passes.
const FILLED_IN: [(&str, &str); 3] = [
    ("lex-version", "v2"),
    ("account-id", "111122223333"),
    ("region", "us-east-1"),
];

/// The log group's line in a starter, and in a file that uses it.
const LOG_GROUP: [&str; 2] = [
    "# log-group-name = \"/lex/support-bot\"",
    "log-group-name = \"/lex/support-bot\"",
];

/// Runs it where there is no terminal.
fn init(place: &Path, arguments: &[&str]) -> std::process::Output {
    lexlogs(place, &[&["init"], arguments].concat())
}

#[test]
fn the_starter_file_passes_once_it_is_filled_in() {
    for (name, written) in [
        ("lexlogs.toml", "NAME = \"VALUE\""),
        ("a.json", "\"NAME\": \"VALUE\""),
    ] {
        let place = folder();
        let output = init(
            place.path(),
            if name == "a.json" { &["a.json"] } else { &[] },
        );
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_eq!(text(&output.stdout), format!("{name}\n"));
        let said = text(&output.stderr);
        assert!(
            said.ends_with(&format!(
                "\nNext: fill in lex-version, account-id, region, and log-group-name or bucket-name, then run: lexlogs bundle {name}\n"
            )),
            "{said}"
        );
        assert_eq!(names(place.path()), sorted([name, "lexlogs.schema.json"]));
        let refused = lexlogs(place.path(), &["bundle", name]);
        assert_eq!(refused.status.code(), Some(2));
        let faults = text(&refused.stderr);
        assert!(
            faults.ends_with("\n\n4 errors; nothing was written\n"),
            "{faults}"
        );

        let path = place.path().join(name);
        let mut file = fs::read_to_string(&path).unwrap();
        for (name, value) in FILLED_IN {
            let line = |value: &str| written.replace("NAME", name).replace("VALUE", value);
            let empty = line("");
            assert_eq!(file.matches(&empty).count(), 1, "{empty}: {file}");
            file = file.replace(&empty, &line(value));
        }
        // Whichever log is not wanted leaves no empty value behind.
        file = match name {
            "a.json" => file.replace("\n}", ",\n  \"bucket-name\": \"support-bot\"\n}"),
            _ => file.replace(LOG_GROUP[0], LOG_GROUP[1]),
        };
        fs::write(&path, &file).unwrap();
        let made = lexlogs(place.path(), &["bundle", name]);
        assert!(made.status.success(), "{}", text(&made.stderr));
    }
}

fn sorted<const N: usize>(mut names: [&str; N]) -> [&str; N] {
    names.sort_unstable();
    names
}

#[test]
fn every_parameter_is_in_the_starter_file_as_a_comment() {
    let place = folder();
    assert!(init(place.path(), &[]).status.success());
    let path = place.path().join("lexlogs.toml");
    let mut file = fs::read_to_string(&path).unwrap();
    assert!(file.starts_with("#:schema ./lexlogs.schema.json\n"));
    let in_one_line = file.replace("\n# ", " ");
    for row in PARAMETERS {
        let words = format!("{}. Values: {}.", row.meaning_capitalized(), row.rule);
        assert!(in_one_line.contains(&words), "{words}: {file}");
        let line = format!("\n# {} = ", row.name);
        let is_off = row.default != DefaultValue::Required;
        assert_eq!(file.contains(&line), is_off, "{line}: {file}");
        let counts = line.replace("# ", "");
        file = file.replace(&line, &counts);
        // A switch that another one needs must be on, or that has no effect.
        if row.kind == Kind::Switch && PARAMETERS.iter().any(|other| other.needs == Some(row.key)) {
            file = file.replace(&format!("{counts}false"), &format!("{counts}true"));
        }
    }
    assert!(
        file.lines().all(|line| line.chars().count() <= 120),
        "{file}"
    );
    for (name, value) in FILLED_IN {
        file = file.replace(&format!("{name} = \"\""), &format!("{name} = \"{value}\""));
    }
    fs::write(&path, &file).unwrap();
    let made = lexlogs(place.path(), &["render", "lexlogs.toml", "-o", "out"]);
    assert!(made.status.success(), "{}{file}", text(&made.stderr));
    let request = fs::read_to_string(place.path().join("out/request.json")).unwrap();
    for row in PARAMETERS {
        assert!(
            request.contains(&format!("\"{}\": ", row.name)),
            "{request}"
        );
    }
}

/// Runs it at a terminal.
fn asked(place: &Path, arguments: &[&str], steps: &[(&str, &str)]) -> Session {
    let argv = [&[env!("CARGO_BIN_EXE_lexlogs"), "init"], arguments].concat();
    at_terminal(place, place, &argv, steps)
}

#[test]
#[ignore = "needs a terminal's Python: run tests/run"]
fn at_a_terminal_init_asks_and_checks_each_answer() {
    let place = folder();
    let session = asked(
        place.path(),
        &[],
        &[
            ("lex-version [v2]: ", "v3\r"),
            ("lex-version `v3` is not a version of Amazon Lex", ""),
            ("for example, `v2`", ""),
            ("lex-version [v2]: ", "\r"),
            ("account-id: ", "1234-5678-9012\r"),
            ("account-id `1234-5678-9012` is written with separators", ""),
            ("account-id [123456789012]: ", "111122223333\r"),
            ("region: ", "\r"),
            ("is not the code of an AWS Region", ""),
            ("region: ", "us-eest-1x\r"),
            ("region `us-eest-1x` is not the code of an AWS Region", ""),
            ("region [us-east-1]: ", "\r"),
            ("Does the bot already have a role?", ""),
            ("role-name [new]: ", "\r"),
            ("role-name [LexConversationLogsRole]: ", "\r"),
            ("log-group-name [none]: ", "\r"),
            ("bucket-name [none]: ", "\r"),
            (
                "missing log-group-name (text logs) or bucket-name (audio logs)",
                "",
            ),
            ("add `/lex/support-bot`", ""),
            ("log-group-name [none]: ", "\r"),
            ("bucket-name [none]: ", "Support-Bot\r"),
            ("has the capital letters `S`, `B`", ""),
            ("bucket-name [support-bot]: ", "\r"),
            ("kms-key-arn [none]: ", "alias/lex\r"),
            ("is an alias, which IAM ignores", ""),
            (
                "kms-key-arn [none]: ",
                "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\r",
            ),
            ("is a key of eu-west-1", ""),
            ("kms-key-arn [none]: ", "\r"),
        ],
    );
    assert_eq!(session.code, Some(0), "{session:?}");
    assert!(
        session
            .shown
            .ends_with("\nNext: run: lexlogs bundle lexlogs.toml\n"),
        "{}",
        session.shown
    );
    let file = fs::read_to_string(place.path().join("lexlogs.toml")).unwrap();
    for line in [
        "lex-version = \"v2\"",
        "account-id = \"111122223333\"",
        "region = \"us-east-1\"",
        "# role-name = \"LexConversationLogsRole\"",
        "# log-group-name = \"/lex/support-bot\"",
        "bucket-name = \"support-bot\"",
    ] {
        assert!(file.contains(&format!("\n{line}\n")), "{line}: {file}");
    }
    let made = lexlogs(place.path(), &["bundle", "lexlogs.toml"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
}

#[test]
#[ignore = "needs a terminal's Python: run tests/run"]
fn the_role_of_a_v2_bot_is_asked_for_first() {
    let place = folder();
    let steps = [
        ("lex-version [v2]: ", "\r"),
        ("account-id: ", "111122223333\r"),
        ("region: ", "eu-west-1\r"),
        ("role-name [new]: ", "Support Bot\r"),
        ("role-name", "SupportBotRole\r"),
        ("log-group-name [none]: ", "/lex/bot\r"),
        ("bucket-name [none]: ", "\r"),
    ];
    let session = asked(place.path(), &[], &steps);
    assert_eq!(session.code, Some(0), "{session:?}");
    let file = fs::read_to_string(place.path().join("lexlogs.toml")).unwrap();
    for line in ["role-name = \"SupportBotRole\"", "existing-role = true"] {
        assert!(file.contains(&format!("\n{line}\n")), "{line}: {file}");
    }
    let made = lexlogs(place.path(), &["bundle", "lexlogs.toml"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
}

#[test]
#[ignore = "needs a terminal's Python: run tests/run"]
fn a_json_file_can_be_asked_for_too() {
    let place = folder();
    let session = asked(
        place.path(),
        &["a.json"],
        &[
            ("lex-version [v2]: ", "v1\r"),
            ("account-id: ", "111122223333\r"),
            ("region: ", "eu-west-1\r"),
            ("role-name [LexConversationLogsRole]: ", "BotRole\r"),
            ("log-group-name [none]: ", "/lex/bot\r"),
            ("bucket-name [none]: ", "\r"),
        ],
    );
    assert_eq!(session.code, Some(0), "{session:?}");
    assert_eq!(
        fs::read_to_string(place.path().join("a.json")).unwrap(),
        "{\n  \"$schema\": \"./lexlogs.schema.json\",\n  \"lex-version\": \"v1\",\n  \"account-id\": \"111122223333\",\n  \"region\": \"eu-west-1\",\n  \"role-name\": \"BotRole\",\n  \"log-group-name\": \"/lex/bot\"\n}\n"
    );
    let validate = root().join("tests/real/validate.py");
    let arguments = [validate.to_str().unwrap(), "lexlogs.schema.json", "a.json"];
    let said = output_of(real("venv/bin/python"), &arguments, place.path());
    assert_eq!(said, "a.json\t\n");
}

#[test]
#[ignore = "needs a terminal's Python: run tests/run"]
fn who_does_not_answer_to_the_end_has_nothing_written() {
    for (name, end, code) in [("a.toml", "\u{4}", Some(2)), ("b.json", "\u{3}", None)] {
        let place = folder();
        let steps = [("lex-version [v2]: ", "v2\r"), ("account-id: ", end)];
        let session = asked(place.path(), &[name], &steps);
        match code {
            Some(code) => {
                assert_eq!(session.code, Some(code), "{session:?}");
                let end = "the answers ended before all was asked; nothing was written";
                assert!(session.shown.contains(end), "{session:?}");
            }
            // By the signal.
            None => assert_ne!(session.code, Some(0), "{session:?}"),
        }
        assert_eq!(names(place.path()), [""; 0]);
    }
    // Nobody is asked in vain.
    let place = folder();
    fs::write(place.path().join("lexlogs.toml"), "").unwrap();
    let session = asked(place.path(), &[], &[]);
    assert_eq!(session.code, Some(3));
    let said = "lexlogs.toml already exists; nothing was written";
    assert!(session.shown.contains(said), "{session:?}");
}
