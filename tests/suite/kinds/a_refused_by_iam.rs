//! Documents that IAM refuses, and that were called clean.

use super::{allow, lint, one, policy, trust};

#[test]
fn white_space_before_the_first_brace_is_an_error() {
    let good = allow("\"s3:PutObject\"", "\"arn:aws:s3:::b/*\"");
    for (white, marked) in [
        (" ", " "),
        ("\n", "\n"),
        ("\t\t", "\t\t"),
        ("\r\n  ", "\r"),
        ("  \n", "  "),
    ] {
        let found = one(&format!("{white}{good}"), "leading-space", marked);
        assert!(found.message.contains("leading spaces"), "{found:?}");
    }
    assert_eq!(lint(&format!("{good}\n\n")), []);
    // S3 refuses it; nobody has said so of KMS.
    let bucket = "{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:PutObject\", \"Resource\": \"arn:aws:s3:::b/*\"}";
    one(&format!("\n{}", policy(bucket)), "leading-space", "\n");
    let key =
        "{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"kms:*\", \"Resource\": \"*\"}";
    assert_eq!(lint(&format!("\n{}", policy(key))), []);
}

#[test]
fn an_arn_has_no_fields_that_its_service_does_not_have() {
    for (action, arn, help) in [
        (
            "s3:PutObject",
            "arn:aws:s3:us-east-1:111122223333:bucket/*",
            "write `arn:aws:s3:::bucket/*`",
        ),
        (
            "s3:PutObject",
            "arn:aws:s3:us-east-1::bucket/*",
            "write `arn:aws:s3:::bucket/*`",
        ),
        (
            "s3:PutObject",
            "arn:aws-us-gov:s3::111122223333:bucket/a/*",
            "write `arn:aws-us-gov:s3:::bucket/a/*`",
        ),
        (
            "s3:PutObject",
            "arn:aws:s3:*:*:bucket/*",
            "write `arn:aws:s3:::bucket/*`",
        ),
        (
            "s3:ListBucket",
            "arn:aws:s3:eu-west-1:111122223333:bucket",
            "write `arn:aws:s3:::bucket`",
        ),
        (
            "iam:GetRole",
            "arn:aws:iam:us-east-1:111122223333:role/Lex",
            "leave the Region empty, as in `arn:aws:iam::111122223333:role/NAME`",
        ),
        (
            "iam:GetRole",
            "arn:aws:iam::111122223333:LexRole",
            "write the type before the name, such as `role/NAME`",
        ),
        (
            "logs:PutLogEvents",
            "arn:aws:*:us-east-1:111122223333:x",
            "name the service",
        ),
    ] {
        let document = allow(&format!("\"{action}\""), &format!("\"{arn}\""));
        assert_eq!(one(&document, "arn", &format!("\"{arn}\"")).help, help);
    }
    // What is not proven to be refused.
    for (action, arn) in [
        (
            "s3:PutObject",
            "arn:aws:s3:us-east-1:111122223333:accesspoint/a/object/*",
        ),
        (
            "s3:PutObject",
            "arn:aws:s3::111122223333:accesspoint/a.mrap/object/*",
        ),
        ("s3:DescribeJob", "arn:aws:s3:us-east-1:111122223333:job/*"),
        ("s3:ListBucket", "arn:aws:s3:::bucket"),
        ("iam:GetRole", "arn:aws:iam::111122223333:role/a/b"),
        ("iam:GetRole", "arn:aws:iam::111122223333:*"),
        ("iam:GetUser", "arn:aws:iam::*:user/${aws:username}"),
        (
            "logs:PutLogEvents",
            "arn:aws:logs:us-east-1:111122223333:log-group:*",
        ),
    ] {
        let document = allow(&format!("\"{action}\""), &format!("\"{arn}\""));
        assert_eq!(lint(&document), [], "{arn}");
    }
}

#[test]
fn a_trust_policy_has_no_actions_but_those_of_sts_for_it() {
    for (action, help) in [
        ("sts:TagSessions", "write `sts:TagSession`"),
        ("sts:AssumeRoles", "write `sts:AssumeRole`"),
        (
            "sts:GetCallerIdentity",
            "write `\"Action\": \"sts:AssumeRole\"`",
        ),
        ("sts:Get*", "write `\"Action\": \"sts:AssumeRole\"`"),
        ("sts:SetSourceIdentities", "write `sts:SetSourceIdentity`"),
        ("iam:PassRole", "write `\"Action\": \"sts:AssumeRole\"`"),
    ] {
        let document = trust(&format!("\"Action\": [\"sts:AssumeRole\", \"{action}\"]"));
        assert_eq!(
            one(&document, "trust-action", &format!("\"{action}\"")).help,
            help
        );
    }
    for actions in [
        "[\"sts:AssumeRole\", \"sts:TagSession\", \"sts:SetSourceIdentity\", \"sts:SetContext\"]",
        "[\"STS:assumerole\", \"sts:AssumeRoleWithSAML\", \"sts:AssumeRoleWithWebIdentity\"]",
        "\"sts:*\"",
        "\"sts:AssumeRole*\"",
    ] {
        assert_eq!(
            lint(&trust(&format!("\"Action\": {actions}"))),
            [],
            "{actions}"
        );
    }
}

#[test]
fn a_condition_key_has_the_prefix_of_its_service() {
    for (key, help) in [
        ("SourceAccount", "write it as `aws:SourceAccount`"),
        ("sourcearn", "write it as `aws:SourceArn`"),
        ("PassedToService", "write it as `iam:PassedToService`"),
        ("ViaService", "write it as `kms:ViaService`"),
        ("PrincipalArn", "write it as `aws:PrincipalArn`"),
    ] {
        let more = format!(
            "\"Action\": \"sts:AssumeRole\", \"Condition\": {{\"StringEquals\": {{\"{key}\": \"111122223333\"}}}}"
        );
        assert_eq!(
            one(&trust(&more), "condition-key", &format!("\"{key}\"")).help,
            help
        );
    }
}
