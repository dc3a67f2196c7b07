use super::*;
use crate::diagnostic::Suggestion;

pub(crate) fn raw(values: &[(&str, &str)]) -> RawParameters {
    let mut raw = RawParameters::default();
    for (name, value) in values {
        let key = crate::parameters::find(name).expect("a parameter").key;
        raw.set(key, RawValue::Text((*value).into()), Origin::Flag);
    }
    raw
}

pub(crate) const GOOD: [(&str, &str); 5] = [
    ("lex-version", "v2"),
    ("account-id", "111122223333"),
    ("region", "us-east-1"),
    ("log-group-name", "/lex/bot"),
    ("bucket-name", "bot-audio"),
];

pub(crate) fn with(more: &[(&str, &str)]) -> Result<Request, Diagnostics> {
    request(&raw(&[&GOOD, more].concat()), Vec::new())
}

/// The faults' names, after a look that each says something about `what`.
pub(crate) fn faults(more: &[(&str, &str)], what: &str) -> Vec<String> {
    let Diagnostics(faults) = with(more).expect_err(what);
    assert!(
        faults.iter().any(|fault| {
            let help = fault.help.clone().unwrap_or_default();
            format!("{}; {help}", fault.what).contains(what)
        }),
        "{what}: {faults:?}"
    );
    faults.into_iter().filter_map(|fault| fault.name).collect()
}

#[test]
fn every_default_and_every_example_passes() {
    for parameter in PARAMETERS {
        let mut given = raw(&GOOD);
        given.set(
            parameter.key,
            RawValue::Text(parameter.example.into()),
            Origin::Flag,
        );
        // What it needs, if that is off, and what that needs.
        let mut needs = parameter.needs;
        while let Some(key) = needs.filter(|key| given.get(*key).is_none()) {
            let example = key.parameter().example;
            given.set(key, RawValue::Text(example.into()), Origin::Flag);
            needs = key.parameter().needs;
        }
        if let Err(faults) = request(&given, Vec::new()) {
            panic!("{}: {faults}", parameter.name);
        }
    }
    let request = with(&[]).expect("good parameters");
    let resolved = |key| {
        request
            .resolved
            .iter()
            .find(|(k, _)| *k == key)
            .map(|(_, v)| v.clone())
    };
    let off = [
        Key::KmsKeyArn,
        Key::BotId,
        Key::CreateLogGroup,
        Key::CreateBucket,
    ];
    let off = off.map(Some);
    for parameter in PARAMETERS {
        match parameter.default {
            DefaultValue::Value("false") => {
                let has_effect = !off.contains(&parameter.needs);
                assert_eq!(
                    resolved(parameter.key),
                    has_effect.then_some(Value::Switch(false))
                );
            }
            DefaultValue::Value(text) => {
                let has_effect = !off.contains(&parameter.needs);
                assert_eq!(
                    resolved(parameter.key),
                    has_effect.then(|| Value::Text(text.into()))
                );
                let given = with(&[(parameter.name, text)]).expect("a default that passes");
                assert_eq!(given.spec, request.spec);
            }
            DefaultValue::Absent | DefaultValue::Required => {}
        }
    }
}

/// Templates read the values by the names of their rows, so that no value may pass unchecked, whatever fields the spec has.
#[test]
fn every_value_is_checked_by_the_rule_of_its_row() {
    let texts = PARAMETERS.iter().filter(|row| row.kind == Kind::Text);
    for row in texts {
        let names = faults(&[(row.name, "a `b` $(id)\u{1b}")], "");
        assert!(
            names.contains(&row.name.to_owned()),
            "{}: {names:?}",
            row.name
        );
    }
}

#[test]
fn all_faults_are_told_together_in_the_tables_order() {
    let names = faults(
        &[
            ("kms-key-arn", "alias/x"),
            ("bucket-name", "Bad"),
            ("region", "nowhere"),
            ("role-name", "a b"),
            ("existing-role", "yes"),
        ],
        "alias",
    );
    assert_eq!(
        names,
        [
            "region",
            "role-name",
            "existing-role",
            "bucket-name",
            "kms-key-arn"
        ]
    );
}

#[test]
fn the_example_of_every_fault_passes_with_what_was_given() {
    let key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    for more in [
        &[("region", "eu-central-1"), ("kms-key-arn", key)][..],
        &[("region", "cn-north-1"), ("kms-key-arn", key)],
        &[
            ("region", "eu-central-1"),
            ("log-group-kms-key-arn", key),
            ("kms-key-arn", key),
        ],
        &[("region", "x"), ("log-group-kms-key-arn", key)],
        &[("region", "us-gov-west-1"), ("permissions-boundary", "x")],
        &[
            ("account-id", "999999999999"),
            ("permissions-boundary", "arn:aws:iam::111122223333:policy/B"),
        ],
        &[
            ("s3-policy-name", "logs"),
            ("cloudwatch-policy-name", "LOGS"),
        ],
        &[("cloudwatch-policy-name", "LexConversationLogsS3Policy")],
        &[
            ("s3-policy-name", "a b"),
            ("kms-policy-name", "lexConversationLogsS3Policy"),
            ("cloudwatch-policy-name", "LexConversationLogsS3Policy2"),
        ],
        &[("region", "x"), ("kms-key-arn", key)],
        &[
            ("account-id", "1"),
            ("permissions-boundary", "arn:aws:iam::999999999999:policy/B"),
        ],
        &[("existing-role", "yes"), ("source-account", "true")],
        &[("existing-role", "true"), ("source-account", "yes")],
        &[
            ("existing-role", "yes"),
            ("permissions-boundary", "arn:aws:iam::aws:policy/B"),
        ],
        &[("bucket-name", "audio-an")],
        &[
            ("existing-role", "yes"),
            ("role-name", "a b"),
            ("tags", "a"),
        ],
        &[("account-id", "1"), ("region", "x"), ("lex-version", "V2")],
        &[
            ("lex-version", "v1"),
            ("pass-role-policy", "true"),
            ("associated-resource-arn", "x"),
        ],
        &[
            ("region", "us-gov-west-1"),
            ("pass-role-policy", "true"),
            (
                "associated-resource-arn",
                "arn:aws:lex:us-east-1:111122223333:bot:Flowers:prod",
            ),
        ],
    ] {
        let given = raw(&[&GOOD, more].concat());
        let Diagnostics(faults) = request(&given, Vec::new()).expect_err("a fault");
        let mut fixed = given;
        for fault in &faults {
            let Suggestion { key, example, .. } = fault.suggestion.clone().expect("an example");
            fixed.set(key, RawValue::Text(example), Origin::Flag);
        }
        if let Err(left) = request(&fixed, Vec::new()) {
            panic!("{more:?}: {left}");
        }
    }
}

#[test]
fn where_no_other_value_helps_no_example_is_given() {
    let boundary = Key::PermissionsBoundary.parameter().example;
    let existing = [
        ("existing-role", "true"),
        ("permissions-boundary", boundary),
    ];
    let Diagnostics(faults) = with(&existing).expect_err("a role keeps its boundary");
    assert_eq!(faults[0].suggestion, None);
    let existing = [("existing-role", "true"), ("permissions-boundary", "x")];
    let Diagnostics(faults) = with(&existing).expect_err("a role keeps its boundary");
    assert!(
        faults.iter().all(|fault| fault.suggestion.is_none()),
        "{faults:?}"
    );
    let existing = [("existing-role", "true"), ("source-account", "true")];
    let Diagnostics(faults) = with(&existing).expect_err("a role keeps its trust policy");
    assert_eq!((faults.len(), &faults[0].suggestion), (1, &None));
    let Diagnostics(faults) = request(
        &raw(&[&GOOD[..4], &[("audio-log-prefix", "a/")]].concat()),
        Vec::new(),
    )
    .expect_err("no bucket");
    assert_eq!(faults[0].suggestion, None);
}

#[test]
fn a_value_of_another_type_is_named_as_such() {
    for (key, value, what) in [
        (
            Key::AccountId,
            RawValue::Other("a number", "11122223333".into()),
            "has lost its leading zeros",
        ),
        (Key::RoleName, RawValue::Switch(true), "boolean"),
        (Key::RoleName, RawValue::Pairs(vec![]), "table"),
        (
            Key::RoleName,
            RawValue::List(Vec::new(), "[]".into()),
            "an array",
        ),
        (
            Key::ExistingRole,
            RawValue::Other("a number", "1".into()),
            "neither",
        ),
        (Key::Tags, RawValue::Switch(true), "boolean"),
    ] {
        let mut given = raw(&GOOD);
        given.set(key, value, Origin::Flag);
        let Diagnostics(faults) = request(&given, Vec::new()).expect_err(what);
        assert!(faults[0].what.contains(what), "{faults:?}");
    }
}

#[test]
fn documentation_stands_in_placeholder_words() {
    let spec = documentation(&raw(&[("lex-version", "v1")]), Vec::new()).expect("a page");
    assert_eq!(spec.role_arn(), "arn:aws:iam::account-id:role/role-name");
    assert_eq!(
        spec.text_logs
            .as_ref()
            .map(|logs| logs.log_group_name.as_str()),
        Some("log-group-name")
    );
    assert!(
        spec.audio_logs
            .as_ref()
            .is_some_and(|logs| logs.encryption.is_none())
    );
    let word = |key: Key| (key.name(), key.name());
    let given = raw(&[
        ("lex-version", "v2"),
        word(Key::KmsKeyArn),
        word(Key::PermissionsBoundary),
    ]);
    let words = documentation(&given, Vec::new()).expect("a page");
    assert_eq!(words.documents().len(), 4, "its own name asks for a word");
    let only = raw(&[("lex-version", "v2"), word(Key::BucketName)]);
    let only = documentation(&only, Vec::new()).expect("a page");
    assert!(only.text_logs.is_none() && only.audio_logs.is_some());
    let text = documentation(
        &raw(&[("lex-version", "v2"), ("log-group-name", "/a")]),
        Vec::new(),
    )
    .expect("a page");
    assert!(text.audio_logs.is_none());
    let [kms, boundary] =
        [Key::KmsKeyArn, Key::PermissionsBoundary].map(|key| (key.name(), key.parameter().example));
    let given = raw(&[("lex-version", "v2"), kms, boundary]);
    assert!(
        documentation(&given, Vec::new()).is_ok(),
        "a placeholder word fits every ARN"
    );
    assert!(
        documentation(&raw(&[]), Vec::new()).is_err()
            && documentation(&raw(&[word(Key::LexVersion)]), Vec::new()).is_err(),
        "the version has no placeholder"
    );
    assert!(
        documentation(
            &raw(&[("lex-version", "v2"), ("role-name", "a b")]),
            Vec::new()
        )
        .is_err()
    );
}
