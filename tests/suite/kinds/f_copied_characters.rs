//! Copied characters and other formats, in parameter files, tables, documents,
//! and as flags: each is named, with what to type.

use super::{one, refused};

const REST: &str =
    "lex-version = \"v2\"\naccount-id = \"111122223333\"\nlog-group-name = \"/lex/a\"\n";

/// What is said of a TOML file with this line.
fn toml(line: &str) -> String {
    refused(
        &[("a.toml", &format!("{line}\n{REST}"))],
        &["bundle", "a.toml"],
    )
}

/// What is said of a JSON file with this member.
fn json(member: &str) -> String {
    let text = format!(
        "{{\"lex-version\": \"v2\", \"account-id\": \"111122223333\", \"log-group-name\": \"/lex/a\", {member}}}"
    );
    refused(&[("a.json", &text)], &["bundle", "a.json"])
}

/// What is said of a table.
fn csv(table: &str) -> String {
    let arguments = [
        "fleet",
        "a.csv",
        "-o",
        "out",
        "--lex-version",
        "v2",
        "--log-group-name",
        "/lex/a",
    ];
    refused(&[("a.csv", table)], &arguments)
}

/// That a message names the character and what to type, and suggests neither.
fn names(said: &str, what: &str, help: &str) {
    assert!(said.contains(what), "{what}: {said}");
    assert!(said.contains(help), "{help}: {said}");
    let suggested = said
        .split("did you mean `")
        .skip(1)
        .chain(said.split("for example, `").skip(1));
    for rest in suggested {
        let suggestion = rest.lines().next().unwrap();
        assert!(suggestion.is_ascii(), "{suggestion}");
    }
}

#[test]
fn in_toml() {
    for (line, what, help) in [
        (
            "region = “us-east-1”",
            "has U+201C, a curly quotation mark",
            "type `\"`",
        ),
        (
            "region = \"us-east-1”",
            "has U+201D, a curly quotation mark",
            "type `\"`",
        ),
        (
            "region = ‘us-east-1’",
            "has U+2018, a curly single quote",
            "type `'`",
        ),
        (
            "region\u{a0}= \"us-east-1\"",
            "has U+00A0, a non-breaking space",
            "type an ordinary space",
        ),
        (
            "region ＝ \"us-east-1\"",
            "has U+FF1D, a full-width character",
            "type `=`",
        ),
        (
            "\u{200b}region = \"us-east-1\"",
            "has U+200B, a zero-width character",
            "delete it",
        ),
        (
            "region = \"us\u{2011}east\u{2011}1\"",
            "has U+2011, a typographic dash",
            "did you mean `region = \"us-east-1\"`?",
        ),
        (
            "region = \"ｕｓ-east-1\"",
            "has U+FF55, a full-width character",
            "did you mean `region = \"us-east-1\"`?",
        ),
        (
            "region = \"us-east-1\u{200b}\"",
            "has U+200B, a zero-width character",
            "did you mean `region = \"us-east-1\"`?",
        ),
        (
            "\"region\u{200b}\" = \"us-east-1\"",
            "is not a parameter: it has U+200B",
            "did you mean `region`?",
        ),
    ] {
        names(&toml(line), what, help);
    }
}

#[test]
fn in_json() {
    for (member, what, help) in [
        (
            "“region”: \"us-east-1\"",
            "has U+201C, a curly quotation mark",
            "type `\"`",
        ),
        (
            "\"region\": “us-east-1”",
            "has U+201C, a curly quotation mark",
            "type `\"`",
        ),
        (
            "\"region\": \"us-east-1”",
            "has U+201D, a curly quotation mark",
            "type `\"`",
        ),
        (
            "\"region\": ‘us-east-1’",
            "has U+2018, a curly single quote",
            "type `\"`",
        ),
        (
            "\u{a0}\"region\": \"us-east-1\"",
            "has U+00A0, a non-breaking space",
            "type an ordinary space",
        ),
        (
            "\"region\"：\"us-east-1\"",
            "has U+FF1A, a full-width character",
            "type `:`",
        ),
        (
            "\"region\": \"us–east–1\"",
            "has U+2013, a typographic dash",
            "did you mean `\"region\": \"us-east-1\"`?",
        ),
    ] {
        names(&json(member), what, help);
    }
}

#[test]
fn in_tables() {
    for (table, what, help) in [
        (
            "account-id,region\n“111122223333”,us-east-1\n",
            "has U+201C",
            "did you mean `111122223333`?",
        ),
        (
            "account-id,region\n１１１１２２２２３３３３,us-east-1\n",
            "has U+FF11",
            "did you mean `111122223333`?",
        ),
        (
            "account-id,region\n111122223333\u{200b},us-east-1\n",
            "has U+200B",
            "did you mean `111122223333`?",
        ),
        (
            "account-id,region\n111122223333,us−east−1\n",
            "has U+2212",
            "did you mean `us-east-1`?",
        ),
        (
            "account\u{2010}id,region\n111122223333,us-east-1\n",
            "is not a parameter: it has U+2010",
            "did you mean `account-id`?",
        ),
    ] {
        names(&csv(table), what, help);
    }
}

#[test]
fn in_flags_and_documents() {
    let flags = [
        "bundle",
        "--lex-version",
        "v2",
        "--account-id",
        "1111\u{a0}2222\u{a0}3333",
        "--region",
        "us-east-1",
        "--bucket-name",
        "b-1",
    ];
    names(
        &refused(&[], &flags),
        "has U+00A0, a non-breaking space",
        "--account-id 111122223333",
    );
    for (document, marked, message) in [
        (
            "{“Version”: 1}",
            "“",
            "it has U+201C, a curly quotation mark",
        ),
        (
            "{\"Version\":\u{a0}\"2012-10-17\"}",
            "\u{a0}",
            "it has U+00A0, a non-breaking space",
        ),
        (
            "{\"Version\"： \"2012-10-17\"}",
            "：",
            "it has U+FF1A, a full-width character",
        ),
        (
            "{\u{200b}\"Version\": \"2012-10-17\"}",
            "\u{200b}",
            "it has U+200B, a zero-width character",
        ),
        (
            "{\"Version\": \"2012-10-17”}",
            "”",
            "it has U+201D, a curly quotation mark",
        ),
    ] {
        assert_eq!(
            one(document, "json-syntax", marked).message,
            format!("this is no JSON: {message}")
        );
    }
}

#[test]
fn in_pages() {
    for (marker, what) in [
        (
            "<!-- lexlogs:begin create-role lex-version=“v2” -->",
            "has U+201C, a curly quotation mark",
        ),
        (
            "<!–- lexlogs:begin create-role lex-version=v2 -–>",
            "has U+2013, a typographic dash",
        ),
        (
            "<！-- lexlogs:begin create-role lex-version=v2 -->",
            "has U+FF01, a full-width character",
        ),
        (
            "<!-- lexlogs:begin\u{a0}create-role lex-version=v2 -->",
            "has U+00A0, a non-breaking space",
        ),
        (
            "\u{200b}<!-- lexlogs:begin create-role lex-version=v2 -->",
            "has U+200B, a zero-width character",
        ),
    ] {
        let page = format!("{marker}\n<!-- lexlogs:end -->\n");
        let said = refused(&[("a.md", &page)], &["docs", "write", "a.md"]);
        assert!(said.contains(what), "{said}");
        assert!(
            said.ends_with("\n\n1 error; nothing was written\n"),
            "{said}"
        );
    }
}

#[test]
fn null_is_to_be_left_out() {
    for member in [
        "\"role-path\": null",
        "\"role-name\": null",
        "\"existing-role\": null",
        "\"tags\": null",
        "\"kms-key-arn\": null",
    ] {
        let said = json(&format!("\"region\": \"us-east-1\", {member}"));
        names(&said, "null", "help: leave the key out");
    }
    for line in ["role-path = null", "role-path = None", "role-path = nil"] {
        let said = toml(&format!("region = \"us-east-1\"\n{line}"));
        names(
            &said,
            "a.toml is not TOML",
            "TOML has no `null`: leave the key out",
        );
    }
}

#[test]
fn yaml_is_said_to_be_yaml() {
    for (name, text) in [
        ("a.yaml", "region: us-east-1\n"),
        ("a.yml", "region: us-east-1\n"),
        ("a.YAML", "---\nregion: us-east-1\n"),
        ("a.toml", "---\nregion: us-east-1\n"),
        ("a.json", "region: us-east-1\nlex-version: v2\n"),
        ("a.json", "---\n- region: us-east-1\n"),
    ] {
        let said = refused(&[(name, text)], &["bundle", name]);
        assert!(said.contains("YAML is not supported"), "{said}");
        assert!(said.contains("JSON"), "{said}");
    }
    let arguments = ["fleet", "a.yaml", "-o", "out"];
    let said = refused(&[("a.yaml", "- region: us-east-1\n")], &arguments);
    assert!(said.contains("YAML is not supported"), "{said}");
}
