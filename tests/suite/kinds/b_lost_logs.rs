//! Documents that IAM takes and that lose logs, and that were called clean.

use super::{allow, lint, one, policy, trust};

#[test]
fn actions_on_objects_are_on_objects() {
    for (action, arn, help) in [
        (
            "\"s3:PutObject\"",
            "arn:aws:s3:::b:*",
            "write it as `arn:aws:s3:::BUCKET/*`",
        ),
        ("\"s3:PutObject\"", "arn:aws:s3:::b", "end it with `/*`"),
        (
            "[\"s3:PutObject\", \"s3:GetBucketLocation\"]",
            "arn:aws:s3:::b",
            "end it with `/*`",
        ),
        (
            "[\"s3:GetObject\", \"s3:AbortMultipartUpload\"]",
            "arn:aws:s3:::b",
            "end it with `/*`",
        ),
        ("\"s3:Put*\"", "arn:aws-cn:s3:::b", "end it with `/*`"),
        (
            "\"s3:putobject\"",
            "arn:aws:s3:::b/",
            "write it as `arn:aws:s3:::BUCKET/*`",
        ),
        (
            "\"s3:PutObject\"",
            "arn:aws:s3:us-east-1:111122223333:accesspoint/a",
            "end it with `/*`",
        ),
        (
            "\"s3:PutObject\"",
            "arn:aws:logs:us-east-1:111122223333:log-group:a:*",
            "write it as `arn:aws:s3:::BUCKET/*`",
        ),
    ] {
        let document = allow(action, &format!("\"{arn}\""));
        let found = one(&document, "s3-object-arn", &format!("\"{arn}\""));
        assert_eq!(
            (found.help.as_str(), found.severity.as_str()),
            (help, "error")
        );
    }
    for (action, resources) in [
        (
            "[\"s3:PutObject\", \"s3:ListBucket\"]",
            "[\"arn:aws:s3:::b\", \"arn:aws:s3:::b/*\"]",
        ),
        (
            "\"s3:PutObject\"",
            "[\"arn:aws:s3:::b\", \"arn:aws:s3:::b/*\"]",
        ),
        ("\"s3:*\"", "[\"arn:aws:s3:::b\", \"arn:aws:s3:::c/*\"]"),
        ("\"s3:PutObject\"", "\"arn:aws:s3:::b*\""),
        ("\"s3:PutObject\"", "\"arn:aws:s3:::*\""),
        (
            "\"s3:PutObject\"",
            "\"arn:aws:s3:::${aws:PrincipalTag/bucket}\"",
        ),
        ("\"s3:ListBucket\"", "\"arn:aws:s3:::b\""),
        (
            "\"s3:PutBucketObjectLockConfiguration\"",
            "\"arn:aws:s3:::b\"",
        ),
    ] {
        assert_eq!(
            lint(&allow(action, resources)),
            [],
            "{action} on {resources}"
        );
    }
    let one = "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::b\"}";
    let two = "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::b/*\"}";
    assert_eq!(lint(&policy(&format!("{one}, {two}"))), []);
}

#[test]
fn actions_on_log_streams_are_on_log_streams() {
    for (name, help) in [
        ("log-group:/lex/a", "end it with `:*`"),
        (
            "log-group:/lex/a:",
            "write it as `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*`",
        ),
        (
            "log-group/lex/a:*",
            "write it as `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*`",
        ),
        (
            "log-group:/lex/a:log-stream",
            "write it as `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*`",
        ),
        (
            "/lex/a:*",
            "write it as `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*`",
        ),
    ] {
        let arn = format!("\"arn:aws:logs:us-east-1:111122223333:{name}\"");
        for action in [
            "\"logs:PutLogEvents\"",
            "[\"logs:CreateLogStream\", \"logs:PutLogEvents\"]",
            "\"logs:*\"",
        ] {
            assert_eq!(one(&allow(action, &arn), "log-group-arn", &arn).help, help);
        }
    }
}

#[test]
fn a_wildcard_is_told_where_the_operator_takes_none() {
    for (operator, key, value, help) in [
        (
            "StringEquals",
            "kms:ViaService",
            "s3.*.amazonaws.com",
            "StringLike",
        ),
        (
            "StringEquals",
            "aws:SourceArn",
            "arn:aws:lex:us-east-1:111122223333:bot-alias/*",
            "ArnLike",
        ),
        (
            "ForAnyValue:StringEqualsIfExists",
            "kms:ViaService",
            "s3.*",
            "ForAnyValue:StringLikeIfExists",
        ),
        (
            "StringNotEquals",
            "aws:PrincipalArn",
            "arn:aws:iam::111122223333:role/?",
            "ArnNotLike",
        ),
        (
            "stringequalsignorecase",
            "aws:PrincipalTag/team",
            "voice*",
            "StringLike",
        ),
    ] {
        let condition = format!("{{\"{operator}\": {{\"{key}\": [\"{value}\"]}}}}");
        let statement = format!(
            "{{\"Effect\": \"Allow\", \"Action\": \"kms:GenerateDataKey\", \"Resource\": \"*\", \"Condition\": {condition}}}"
        );
        let found = one(
            &policy(&statement),
            "condition-wildcard",
            &format!("\"{value}\""),
        );
        assert_eq!(found.help, format!("write `{help}`, or the value itself"));
        let like = statement.replace(&format!("\"{operator}\""), &format!("\"{help}\""));
        assert_eq!(lint(&policy(&like)), []);
    }
    let address = "{\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\", \"Condition\": {\"IpAddress\": {\"aws:SourceIp\": \"10.*\"}}}";
    let found = one(&policy(address), "condition-wildcard", "\"10.*\"");
    assert!(found.help.contains("203.0.113.0/24"), "{found:?}");
    let literal = address
        .replace("IpAddress", "StringEquals")
        .replace("10.*", "10.${*}");
    assert_eq!(lint(&policy(&literal)), []);
}

#[test]
fn a_condition_on_an_account_has_twelve_digits() {
    for (operator, key, value) in [
        ("StringEquals", "aws:SourceAccount", "11112222333"),
        ("StringEquals", "aws:SourceAccount", "1111-2222-3333"),
        ("StringLike", "aws:sourceaccount", "1111222233334"),
        (
            "ArnLike",
            "aws:SourceArn",
            "arn:aws:lex:us-east-1:11112222333:bot-alias/*",
        ),
        ("StringEquals", "aws:PrincipalAccount", "my-account"),
    ] {
        let more = format!(
            "\"Action\": \"sts:AssumeRole\", \"Condition\": {{\"{operator}\": {{\"{key}\": \"{value}\"}}}}"
        );
        let found = one(&trust(&more), "condition-account", &format!("\"{value}\""));
        assert_eq!(found.severity, "error");
    }
}
