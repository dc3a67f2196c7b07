//! Parameter files, good and bad, each by a name, from `cases.json`: `<65>` in its texts is a word of so many letters, and
//! `KEY`, `ALIAS` and `POLICY` begin ARNs.

use lexlogs::parameters::PARAMETERS;
use serde_json::{Map, Value, json};

fn read() -> Value {
    let mut text = include_str!("cases.json").to_owned();
    for (word, begin) in [
        ("KEY/", "arn:aws:kms:us-east-1:111122223333:key/"),
        ("ALIAS/", "arn:aws:lex:us-east-1:111122223333:bot-alias/"),
        ("POLICY/", "arn:aws:iam::111122223333:policy/"),
    ] {
        text = text.replace(&format!("\"{word}"), &format!("\"{begin}"));
    }
    let mut pieces = text.split('<');
    let first = pieces.next().unwrap().to_owned();
    let filled = pieces.map(|piece| {
        let (count, rest) = piece.split_once('>').unwrap();
        format!("{}{rest}", "x".repeat(count.parse().unwrap()))
    });
    serde_json::from_str(&(first + &filled.collect::<String>())).unwrap()
}

/// The cases; what lexlogs refuses and the schema does not is among them under `exceptions`, by names: it would take a look
/// at two values at once, at Unicode's categories, or more than a regular expression.
#[expect(clippy::too_many_lines, reason = "a list of cases")]
pub(super) fn cases() -> (Vec<(String, Value)>, Vec<String>) {
    let read = read();
    // A file with every parameter that can be had together, and one with some values changed, or without them.
    let whole = &read["whole"];
    let with = |changes: &[(&str, Value)]| {
        let mut file = whole.clone();
        let members = file.as_object_mut().unwrap();
        for (name, value) in changes {
            members.insert((*name).to_owned(), value.clone());
        }
        file
    };
    let without = |mut file: Value, names: &[&str]| {
        let members = file.as_object_mut().unwrap();
        members.retain(|name, _| !names.contains(&name.as_str()));
        file
    };
    let mut cases = vec![("whole".to_owned(), whole.clone())];
    for row in PARAMETERS {
        let many = |count: usize| -> Value {
            let names = (0..count).map(|n| (format!("k{n}"), json!("")));
            names.collect::<Map<_, _>>().into()
        };
        let lists = match row.name {
            "tags" => vec![many(50), many(51)],
            "custom" => vec![
                many(50),
                many(51),
                json!({"a": vec![""; 50]}),
                json!({"a": vec![""; 51]}),
            ],
            _ => Vec::new(),
        };
        for value in read["values"][row.name]
            .as_array()
            .unwrap()
            .iter()
            .chain(&lists)
        {
            let shown: String = value.to_string().chars().take(60).collect();
            let file = with(&[(row.name, value.clone())]);
            let file = match row.name {
                // These must be of the same account and Region, which is no matter of one value.
                "account-id" | "region" => without(
                    file,
                    &[
                        "permissions-boundary",
                        "kms-key-arn",
                        "log-group-kms-key-arn",
                        "associated-resource-arn",
                        "replica-region",
                    ],
                ),
                // A bot and its alias are of one version of Amazon Lex.
                "lex-version" => without(
                    file,
                    &[
                        "associated-resource-arn",
                        "bot-id",
                        "bot-alias-id",
                        "text-log-prefix",
                        "text-logs-selective",
                        "audio-logs-selective",
                        "replica-region",
                    ],
                ),
                _ => file,
            };
            cases.push((format!("{} {shown}", row.name), file));
        }
        let absent = without(whole.clone(), &[row.name]);
        cases.push((format!("without {}", row.name), absent));
        for value in [
            json!(""),
            json!(4711),
            json!(null),
            json!([]),
            json!({"a": []}),
            json!("\u{1b}"),
            json!("a\n"),
        ] {
            let file = with(&[(row.name, value.clone())]);
            cases.push((format!("{} {value}", row.name), file));
        }
    }
    let mut add = |name: &str, file: Value| cases.push((name.to_owned(), file));
    add("an unknown key", with(&[("role_name", json!("x"))]));
    add("any $schema", with(&[("$schema", json!(1))]));
    add("nothing", json!({}));
    add("a list", json!([]));
    add("a text", json!("region"));
    let of_logs = [
        "log-group-name",
        "bucket-name",
        "audio-log-prefix",
        "kms-key-arn",
    ];
    add("neither of the logs", without(whole.clone(), &of_logs));
    let mut exceptions = Vec::new();
    for (name, changes) in read["exceptions"].as_object().unwrap() {
        let changes: Vec<_> = changes
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        let (gone, changes): (Vec<_>, Vec<_>) =
            changes.into_iter().partition(|(_, value)| value.is_null());
        let gone: Vec<&str> = gone.into_iter().map(|(name, _)| name).collect();
        add(name, without(with(&changes), &gone));
        exceptions.push(name.clone());
    }
    let many = "more custom values in a list than there may be";
    add(
        many,
        with(&[("custom", json!({"a": vec![""; 50], "b": ""}))]),
    );
    exceptions.push(many.to_owned());
    (cases, exceptions)
}
