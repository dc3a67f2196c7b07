//! Documents in which nothing is wrong, and that got findings.

use super::{allow, lint, one, policy};

#[test]
fn a_list_with_the_log_group_and_its_streams_is_clean() {
    let group = "arn:aws:logs:us-east-1:111122223333:log-group:/lex/a";
    for (action, resources) in [
        (
            "[\"logs:CreateLogStream\", \"logs:PutLogEvents\"]",
            format!("[\"{group}\", \"{group}:*\"]"),
        ),
        (
            "\"logs:PutLogEvents\"",
            format!("[\"{group}:log-stream:*\", \"{group}\"]"),
        ),
        (
            "\"logs:PutLogEvents\"",
            format!("[\"{group}\", \"{group}*\"]"),
        ),
        (
            "\"logs:PutLogEvents\"",
            format!("[\"{group}\", \"arn:aws:logs:*:*:*\"]"),
        ),
        ("\"logs:DescribeLogStreams\"", format!("\"{group}\"")),
        (
            "[\"logs:DescribeLogGroups\", \"logs:GetLogEvents\"]",
            format!("\"{group}\""),
        ),
        ("\"logs:CreateLogGroup\"", format!("\"{group}\"")),
        ("\"logs:TagResource\"", format!("\"{group}\"")),
    ] {
        assert_eq!(
            lint(&allow(action, &resources)),
            [],
            "{action} on {resources}"
        );
    }
    // The streams of another group do not make up for it.
    let other = format!("[\"{group}\", \"{group}-b:*\"]");
    one(
        &allow("\"logs:PutLogEvents\"", &other),
        "log-group-arn",
        &format!("\"{group}\""),
    );
}

#[test]
fn a_statement_of_its_own_may_cover_the_streams() {
    let statement = |action: &str, end: &str| {
        format!(
            "{{\"Effect\": \"Allow\", \"Action\": {action}, \"Resource\": \"arn:aws:logs:us-east-1:111122223333:log-group:/lex/a{end}\"}}"
        )
    };
    let both = [
        statement(
            "[\"logs:CreateLogStream\", \"logs:DescribeLogStreams\"]",
            "",
        ),
        statement("[\"logs:PutLogEvents\", \"logs:CreateLogStream\"]", ":*"),
    ];
    assert_eq!(lint(&policy(&both.join(", "))), []);
}

#[test]
fn a_policy_that_denies_for_everybody_is_no_trust_policy() {
    for statement in [
        "{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": [\"s3:*\", \"sts:AssumeRole\"], \"Resource\": \"*\", \"Condition\": {\"StringNotEqualsIfExists\": {\"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\"}}}",
        "{\"Sid\": \"EnforceOrgIdentities\", \"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": [\"s3:*\", \"sqs:*\", \"kms:*\", \"secretsmanager:*\", \"sts:AssumeRole\"], \"Resource\": \"*\"}",
        "{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Resource\": \"*\", \"Condition\": {\"Null\": {\"aws:SourceAccount\": \"true\"}}}",
        "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:ResourceOrgID\": \"o-a1b2c3d4e5\"}}}",
        "{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::b/*\"}",
    ] {
        assert_eq!(lint(&policy(statement)), [], "{statement}");
    }
    // A trust policy that names a resource by mistake is one.
    let trust = "{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"lexv2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\"}";
    one(&policy(trust), "resource-element", "\"Resource\"");
    let role = "{\"AWS\": \"arn:aws:iam::111122223333:role/a\"}";
    let trust = trust.replace("{\"Service\": \"lexv2.amazonaws.com\"}", role);
    one(&policy(&trust), "resource-element", "\"Resource\"");
}

#[test]
fn what_a_service_or_an_organization_knows_is_not_judged() {
    for document in [
        policy(
            "{\"Effect\": \"Allow\", \"Action\": \"kms:GenerateDataKey\", \"Resource\": \"*\", \"Condition\": {\"ForAnyValue:StringEquals\": {\"kms:ResourceAliases\": \"alias/lex\"}}}",
        ),
        allow("\"ec2:*\"", "\"*\""),
        allow(
            "\"kms:GenerateDataKey*\"",
            "\"arn:aws:kms:us-east-1:111122223333:key/*\"",
        ),
        policy("{\"Effect\": \"Allow\", \"NotAction\": \"iam:*\", \"Resource\": \"*\"}"),
        policy(
            "{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"NotResource\": \"arn:aws:s3:::b/*\"}",
        ),
    ] {
        assert_eq!(lint(&document), []);
    }
}
