//! Parameter files, good and bad, each by a name.

use lexlogs::parameters::PARAMETERS;
use serde_json::{Map, Value, json};

/// A good file that has every parameter that can be had together.
fn whole() -> Value {
    json!({
        "$schema": "./lexlogs.schema.json",
        "lex-version": "v2",
        "account-id": "111122223333",
        "region": "us-east-1",
        "role-name": "Role",
        "role-path": "/service/lex/",
        "permissions-boundary": "arn:aws:iam::111122223333:policy/TeamBoundary",
        "tags": {"CostCenter": "4711"},
        "source-account": true,
        "log-group-name": "/lex/support-bot",
        "cloudwatch-policy-name": "Logs",
        "bucket-name": "support-bot-audio-logs",
        "s3-policy-name": "Audio",
        "audio-log-prefix": "support-bot/audio/",
        "kms-key-arn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "kms-policy-name": "Key",
        "kms-decrypt": true,
        "log-group-kms-key-arn": "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321",
        "create-log-group": true,
        "create-bucket": true,
        "log-group-retention-days": "30",
        "audio-log-expiration-days": "365",
        "replica-region": "us-west-2",
        "pass-role-policy": true,
        "associated-resource-arn": "arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST",
        "bot-id": "ABCDEFGHIJ",
        "bot-alias-id": "KLMNOPQRST",
        "text-log-prefix": "live/",
        "text-logs-selective": true,
        "audio-logs-selective": true,
        "contact": "iam@example.com",
        "cloudformation": true,
        "custom": {"ticket": "CHG0042", "days": 30, "urgent": false, "approvers": ["Ann", "Bo"]},
    })
}

/// The good file with one member changed, or without it.
fn with(name: &str, value: Option<Value>) -> Value {
    let mut file = whole();
    let members = file.as_object_mut().unwrap();
    match value {
        Some(value) => members.insert(name.to_owned(), value),
        None => members.remove(name),
    };
    file
}

/// Values of one parameter, of which lexlogs refuses some.
#[expect(clippy::too_many_lines, reason = "a table")]
fn values() -> Vec<(&'static str, Vec<Value>)> {
    let x = |count| "x".repeat(count);
    let arn = |policy: String| json!(format!("arn:aws:iam::111122223333:policy/{policy}"));
    let key = "arn:aws:kms:us-east-1:111122223333:key/";
    let alias = "arn:aws:lex:us-east-1:111122223333:bot-alias/";
    let tags = |count| {
        (0..count)
            .map(|n| (format!("k{n}"), json!("")))
            .collect::<Map<_, _>>()
    };
    vec![
        (
            "lex-version",
            vec![json!("v1"), json!("v3"), json!("V2"), json!(2)],
        ),
        (
            "account-id",
            vec![
                json!("000000000001"),
                json!("11112222333"),
                json!("1111222233334"),
                json!("1111-2222-3333"),
                json!("11112222333x"),
                json!("١٢٣٤٥٦٧٨٩٠١٢"),
                json!(111_122_223_333_u64),
            ],
        ),
        (
            "region",
            vec![
                json!("us-east-9"),
                json!("us-esat-1"),
                json!("US-EAST-1"),
                json!("us-east"),
                json!("us-east-1a"),
                json!("mars-east-1"),
                json!(format!("us-{}-1", x(40))),
                json!("us-gov--1"),
            ],
        ),
        (
            "role-name",
            vec![
                json!(x(64)),
                json!(x(65)),
                json!("A_+=,.@-9"),
                json!("a b"),
                json!("a/b"),
                json!("rôle"),
                json!("--region"),
                json!("a]b"),
                json!("a^b"),
                json!("a\\b"),
            ],
        ),
        (
            "existing-role",
            vec![
                json!(false),
                json!("false"),
                json!("yes"),
                json!(0),
                json!(""),
            ],
        ),
        (
            "role-path",
            vec![
                json!("/"),
                json!("/a/b.c/"),
                json!("a/"),
                json!("/a"),
                json!("//"),
                json!("/a//b/"),
                json!("/AWS-Service-Role/x/"),
                json!("/aws-service-roles/"),
                json!(format!("/{}/", x(510))),
                json!(format!("/{}/", x(511))),
                json!("/a b/"),
            ],
        ),
        (
            "permissions-boundary",
            vec![
                json!("arn:aws:iam::aws:policy/PowerUserAccess"),
                json!("TeamBoundary"),
                arn("a/b/c".into()),
                arn("a//b".into()),
                arn("a/".into()),
                arn(x(128)),
                json!("arn:aws:iam::111122223333:role/TeamRole"),
                json!("arn:xws:iam::aws:policy/Power"),
                json!("arn:aws:iam:us-east-1:aws:policy/Power"),
                json!("arn:aws:iam::12345:policy/TeamBoundary"),
                arn("a*".into()),
                arn(format!("{}/b", x(2048))),
            ],
        ),
        (
            "tags",
            vec![
                json!({}),
                json!(tags(50)),
                json!(tags(51)),
                json!({"größe": "日本 ½"}),
                json!({"": "x"}),
                json!({"aWs:a": ""}),
                json!({"a": "AWS:b"}),
                json!({"a,b": ""}),
                json!({"a": "b%"}),
                json!({"a": 1}),
                json!({"a": {}}),
                json!({(x(128)): x(256)}),
                json!({(x(129)): ""}),
                json!({"a": x(257)}),
                json!({"a[": ""}),
                json!({"a": "\u{7f}"}),
                json!({"a=b": "="}),
                json!(""),
                json!("a=1,b=x=y,c="),
                json!("a"),
                json!("a=1,"),
                json!("a=1, b=2"),
                json!("a =1"),
                json!(" a=1"),
                json!("=1"),
                json!("aws:a=1"),
                json!("a=aws:"),
                json!("a=1,b=AWS:c"),
                json!("a=xaws:"),
                json!("a=;"),
                json!([]),
                json!(true),
                json!(1),
            ],
        ),
        (
            "source-account",
            vec![json!("true"), json!("on"), json!(null)],
        ),
        (
            "log-group-name",
            vec![
                json!("/aws/lex"),
                json!("aws/lex"),
                json!("a:b"),
                json!("arn:aws:logs:us-east-1:111122223333:log-group:a"),
                json!(x(512)),
                json!(x(513)),
                json!("a_b-c/d.e#f"),
                json!("a b"),
                json!("é"),
            ],
        ),
        (
            "cloudwatch-policy-name",
            vec![json!(x(128)), json!(x(129)), json!("a/b")],
        ),
        (
            "bucket-name",
            vec![
                json!("abc"),
                json!("ab"),
                json!(x(63)),
                json!(x(64)),
                json!("Support-Bot"),
                json!("-abc"),
                json!("abc."),
                json!("a..b"),
                json!("192.168.5.4"),
                json!("192.168.5.4.1"),
                json!("1.2.3.4a"),
                json!("xn--abc"),
                json!("abc-s3alias"),
                json!("abc.mrap"),
                json!("abcmrap"),
                json!("a_b"),
                json!("abc-an"),
                json!("abc-111122223333-us-east-1-an"),
                json!("111122223333-us-east-1-an"),
                json!("s3://abc"),
                json!("abc--x-s3"),
            ],
        ),
        ("s3-policy-name", vec![json!("a\u{1b}b"), json!(x(129))]),
        (
            "audio-log-prefix",
            vec![
                json!("a b/c'(d)&@=;:+,!_-."),
                json!("a*"),
                json!("${aws:username}"),
                json!("a/../b"),
                json!("./a"),
                json!("a/..b"),
                json!("s3://a/"),
                json!(".."),
                json!("a\"b"),
                json!(x(1024)),
                json!(x(1025)),
                json!("é"),
            ],
        ),
        (
            "kms-key-arn",
            vec![
                json!(format!("{key}mrk-1234abcd12ab34cd56ef1234567890ab")),
                json!(format!("{key}mrk-1234")),
                json!(format!("{key}nonsense")),
                json!("1234abcd-12ab-34cd-56ef-1234567890ab"),
                json!("alias/lex"),
                json!("arn:aws:kms:us-east-1:111122223333:alias/lex"),
                json!("arn:aws:kms::111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
                json!(format!("{key}1234ABCD-12ab-34cd-56ef-1234567890ab")),
            ],
        ),
        ("kms-policy-name", vec![json!(""), json!("x")]),
        ("kms-decrypt", vec![json!("true"), json!("yes")]),
        (
            "log-group-kms-key-arn",
            vec![
                json!(format!("{key}nonsense")),
                json!("arn:aws:kms:us-east-1:111122223333:alias/lex"),
            ],
        ),
        ("create-log-group", vec![json!("true"), json!("yes")]),
        ("create-bucket", vec![json!("true"), json!("yes")]),
        (
            "log-group-retention-days",
            vec![
                json!("1"),
                json!("3653"),
                json!("31"),
                json!("030"),
                json!("30 "),
                json!(30),
            ],
        ),
        (
            "audio-log-expiration-days",
            vec![
                json!("1"),
                json!("99999"),
                json!("0"),
                json!("100000"),
                json!(30),
            ],
        ),
        (
            "replica-region",
            vec![json!("us-west"), json!("US-WEST-2"), json!("mars-east-1")],
        ),
        ("pass-role-policy", vec![json!("true"), json!("yes")]),
        ("cloudformation", vec![json!("false"), json!("on")]),
        (
            "associated-resource-arn",
            vec![
                json!(format!("{alias}abcdefghij/0123456789")),
                json!(format!("{alias}ABCDEFGHIJ")),
                json!(format!("{alias}ABCDEFGHIJ/KLMNOPQRS")),
                json!(format!("{alias}ABCDEFGHIJ/*")),
                json!("arn:aws:lex:us-east-1:111122223333:bot/ABCDEFGHIJ"),
                json!("arn:aws:lex::111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST"),
                json!("arn:aws:lex:us-east-1::bot-alias/ABCDEFGHIJ/KLMNOPQRST"),
                json!("arn:aws:lex:us-east-1:111122223333:bot:a__b:live"),
                json!("arn:aws:lex:us-east-1:111122223333:bot:_ab:live"),
                json!("KLMNOPQRST"),
            ],
        ),
        (
            "bot-id",
            vec![
                json!("abcdef1234"),
                json!("ABCDE12345678"),
                json!("Order__Flowers"),
                json!("_Flowers"),
                json!("ABCDE-GHIJ"),
                json!("arn:aws:lex:us-east-1:111122223333:bot/ABCDEFGHIJ"),
            ],
        ),
        (
            "bot-alias-id",
            vec![
                json!("TSTALIASID"),
                json!("$LATEST"),
                json!(format!("{alias}ABCDEFGHIJ/KLMNOPQRST")),
            ],
        ),
        (
            "contact",
            vec![
                json!("acme/iam#12"),
                json!(x(100)),
                json!(x(101)),
                json!("a b"),
            ],
        ),
        (
            "text-log-prefix",
            vec![
                json!(x(256)),
                json!(x(257)),
                json!("a:b"),
                json!("a*"),
                json!("a b"),
            ],
        ),
        ("text-logs-selective", vec![json!("true"), json!("yes")]),
        ("audio-logs-selective", vec![json!(false), json!("yes")]),
        (
            "custom",
            vec![
                json!({}),
                json!({"a": "größe \"$(id)\" %PATH%, 日本"}),
                json!({"a": "b\nc"}),
                json!({"a": "\u{1b}"}),
                json!({"a": "\u{7f}"}),
                json!({"a": x(500)}),
                json!({"a": x(501)}),
                json!({(x(64)): ""}),
                json!({(x(65)): ""}),
                json!({"change-no": ""}),
                json!({"1a": ""}),
                json!({"": ""}),
                json!({"größe": ""}),
                json!({"a": -7}),
                json!({"a": 1.5}),
                json!({"a": null}),
                json!({"a": {}}),
                json!({"a": []}),
                json!({"a": [""]}),
                json!({"a": [1]}),
                json!({"a": ["b\tc"]}),
                json!({"a": vec![""; 50]}),
                json!({"a": vec![""; 51]}),
                json!(tags(50)),
                json!(tags(51)),
                json!("a=1,b=x=y,c="),
                json!("a"),
                json!("a-b=1"),
                json!("a=1,"),
                json!("=1"),
                json!([]),
                json!(true),
            ],
        ),
    ]
}

/// Files as JSON with what they are of: each parameter alone, with values of its
/// own and with those that no parameter has, and the ways in which they fit.
#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn cases() -> Vec<(String, Value)> {
    let mut cases = vec![("whole".to_owned(), whole())];
    for (name, values) in values() {
        for value in values {
            let shown: String = value.to_string().chars().take(60).collect();
            let mut file = with(name, Some(value));
            if ["account-id", "region"].contains(&name) {
                // These must be of the same account and Region, which is no matter of one value.
                for arn in [
                    "permissions-boundary",
                    "kms-key-arn",
                    "log-group-kms-key-arn",
                    "associated-resource-arn",
                    "replica-region",
                ] {
                    file.as_object_mut().unwrap().remove(arn);
                }
            }
            if name == "lex-version" {
                // A bot and its alias are of one version of Amazon Lex.
                for name in [
                    "associated-resource-arn",
                    "bot-id",
                    "bot-alias-id",
                    "text-log-prefix",
                    "text-logs-selective",
                    "audio-logs-selective",
                    "replica-region",
                ] {
                    file.as_object_mut().unwrap().remove(name);
                }
            }
            cases.push((format!("{name} {shown}"), file));
        }
    }
    for row in PARAMETERS {
        cases.push((format!("without {}", row.name), with(row.name, None)));
        let others = [
            json!(""),
            json!(4711),
            json!(null),
            json!([]),
            json!({"a": []}),
            json!("\u{1b}"),
            json!("a\n"),
        ];
        for value in others {
            let case = (format!("{} {value}", row.name), with(row.name, Some(value)));
            if !cases.contains(&case) {
                cases.push(case);
            }
        }
    }
    let mut add = |name: &str, file: Value| cases.push((name.to_owned(), file));
    add("an unknown key", with("role_name", Some(json!("x"))));
    add("any $schema", with("$schema", Some(json!(1))));
    add("nothing", json!({}));
    add("a list", json!([]));
    add("a text", json!("region"));
    let mut neither = with("log-group-name", None);
    for name in ["bucket-name", "audio-log-prefix", "kms-key-arn"] {
        neither.as_object_mut().unwrap().remove(name);
    }
    add("neither of the logs", neither);
    // What two values say together.
    add(
        "tags that differ in case alone",
        with("tags", Some(json!({"Team": "a", "team": "b"}))),
    );
    add(
        "tags given twice in a text",
        with("tags", Some(json!("a=1,a=2"))),
    );
    add(
        "a combining mark in a tag",
        with("tags", Some(json!({"k": "a\u{345}"}))),
    );
    add(
        "a long key in a text of tags",
        with("tags", Some(json!(format!("{}=1", "x".repeat(129))))),
    );
    add(
        "a path of 513 letters in a boundary",
        with(
            "permissions-boundary",
            Some(json!(format!(
                "arn:aws:iam::aws:policy/{}/b",
                "x".repeat(511)
            ))),
        ),
    );
    add(
        "a name of 129 letters in a boundary",
        with(
            "permissions-boundary",
            Some(json!(format!(
                "arn:aws:iam::aws:policy/{}",
                "x".repeat(129)
            ))),
        ),
    );
    add(
        "a boundary of another account",
        with(
            "permissions-boundary",
            Some(json!("arn:aws:iam::999999999999:policy/TeamBoundary")),
        ),
    );
    add(
        "a boundary of another partition",
        with(
            "permissions-boundary",
            Some(json!("arn:aws-cn:iam::aws:policy/PowerUserAccess")),
        ),
    );
    add(
        "a bucket of another account's namespace",
        with("bucket-name", Some(json!("abc-999999999999-us-east-1-an"))),
    );
    add(
        "a key of another Region",
        with(
            "kms-key-arn",
            Some(json!(
                "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
            )),
        ),
    );
    add(
        "the same name of two policies",
        with("s3-policy-name", Some(json!("LOGS"))),
    );
    add(
        "an existing role with a boundary",
        with("existing-role", Some(json!(true))),
    );
    let mut linked = with("existing-role", Some(json!(true)));
    linked["role-name"] = json!("AWSServiceRoleForLexBots");
    for name in ["permissions-boundary", "source-account"] {
        linked.as_object_mut().unwrap().remove(name);
    }
    add("a service-linked role", linked);
    add(
        "a bot of the other version",
        with("bot-id", Some(json!("OrderFlowers"))),
    );
    for (name, custom) in [
        (
            "an invisible letter in a value of one's own",
            json!({"a": "\u{202e}"}),
        ),
        (
            "a number of 65 bits in a value of one's own",
            json!({"a": u64::MAX}),
        ),
        (
            "more values of one's own in a list than there may be",
            json!({"a": vec![""; 50], "b": ""}),
        ),
    ] {
        add(name, with("custom", Some(custom)));
    }
    cases
}

/// What lexlogs refuses and the schema does not: it would take a look at two
/// values at once, at Unicode's categories, or more than a regular expression.
pub(super) const EXCEPTIONS: [&str; 17] = [
    "tags that differ in case alone",
    "tags given twice in a text",
    "a combining mark in a tag",
    "a long key in a text of tags",
    "a path of 513 letters in a boundary",
    "a name of 129 letters in a boundary",
    "a boundary of another account",
    "a boundary of another partition",
    "a bucket of another account's namespace",
    "a key of another Region",
    "the same name of two policies",
    "an existing role with a boundary",
    "a service-linked role",
    "a bot of the other version",
    "an invisible letter in a value of one's own",
    "a number of 65 bits in a value of one's own",
    "more values of one's own in a list than there may be",
];
