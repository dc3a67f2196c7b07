//! A document that a template spoils is refused when it is read back.

use super::*;

/// The built-in templates with one text replaced in one of them.
pub(super) fn spoiled(name: &str, from: &str, to: &str) -> Templates {
    let mut sources = sources();
    let (_, text) = sources
        .iter_mut()
        .find(|(source, _)| source.ends_with(name))
        .unwrap();
    assert!(text.contains(from), "{name} has no {from}");
    *text = text.replace(from, to);
    Templates::from_sources(
        sources
            .iter()
            .map(|(name, text)| (name.clone(), text.as_str())),
    )
    .unwrap()
}

/// Renders the documents by a template with one text replaced, which must be
/// refused for that reason.
fn assert_refused(name: &str, from: &str, to: &str, reason: &str) {
    assert_refused_of(&request(PARAMETERS), name, from, to, reason);
}

fn assert_refused_of(request: &Request, name: &str, from: &str, to: &str, reason: &str) {
    match render::documents(request.spec(), &spoiled(name, from, to)) {
        Ok(_) => panic!("{name}: {from} to {to} was not found"),
        Err(RenderError::Document {
            name: file, fault, ..
        }) => {
            assert!(file.ends_with(name));
            assert!(fault.contains(reason), "{name}, {reason}: {fault}");
        }
        Err(error) => panic!("{name}: {error}"),
    }
}

#[test]
fn a_template_that_spoils_the_trust_policy_is_refused() {
    for (from, to, reason) in [
        (
            "\"Service\": \"{{ service_principal }}\"",
            "",
            "other principals",
        ),
        ("\"{{ service_principal }}\"", "[]", "other principals"),
        (
            "\"Service\": ",
            "\"Service\": \"ec2.amazonaws.com\", \"Service\": ",
            "the key `Service` stands there twice",
        ),
        (
            "\"StringEquals\": {",
            "\"StringNotEquals\": {}, \"StringEquals\": {",
            "other conditions",
        ),
        (
            "\"StringEquals\": {",
            "\"StringEquals\": {}, \"StringEquals\": {",
            "twice",
        ),
        (
            "\"Version\": \"2012-10-17\",",
            "\"Version\": 2012,",
            "in line 2: invalid type: integer `2012`",
        ),
        ("\"Allow\"", "\"Allow\",", "key must be a string"),
        ("\"Allow\"", "\"Alow\"", "unknown variant `Alow`"),
        (
            "\"Effect\": \"Allow\",",
            "\"Effect\": \"Allow\", \"Effect\": \"Deny\",",
            "the key `Effect` stands there twice",
        ),
        ("Statement", "Statements", "unknown field `Statements`"),
        ("2012-10-17", "2008-10-17", "has the Version `2008-10-17`"),
        (
            "{{ service_principal }}",
            "lex.amazonaws.com",
            "has other principals than the service `lexv2.amazonaws.com` alone",
        ),
        (
            "\"Service\": \"{{ service_principal }}\"",
            "\"Service\": \"{{ service_principal }}\", \"AWS\": \"*\"",
            "other principals",
        ),
        (
            "\"{{ service_principal }}\"",
            "[\"{{ service_principal }}\", \"ec2.amazonaws.com\"]",
            "other principals",
        ),
        ("\"Allow\"", "\"Deny\"", "denies something"),
        ("aws:SourceAccount", "aws:SourceArn", "other conditions"),
        ("{{ account_id }}", "999999999999", "other conditions"),
        ("\"{{ account_id }}\"", "[]", "other conditions"),
        (
            "{%- if source_account %}",
            "{%- if not source_account %}",
            "other conditions",
        ),
        (
            "\"Principal\"",
            "\"Resource\": \"*\", \"Principal\"",
            "has a Resource, which a trust policy must not have",
        ),
        (
            "\"Effect\"",
            &format!("\"Sid\": \"{}\", \"Effect\"", "x".repeat(2048)),
            "IAM's quota is 2048",
        ),
        (
            "sts:AssumeRole",
            "AssumeRole",
            "does not allow `sts:AssumeRole`",
        ),
        (
            "sts:AssumeRole",
            "sts:TagSession",
            "does not allow `sts:AssumeRole`",
        ),
    ] {
        assert_refused("AssumeRolePolicyDocument.json", from, to, reason);
    }
}

#[test]
fn a_template_that_spoils_another_document_is_refused() {
    let (logs, s3, kms, tags, pass) = (
        "CloudWatchLogsPolicy.json",
        "S3Policy.json",
        "KMSPolicy.json",
        "LogsTags.json",
        "PassRolePolicy.json",
    );
    for (name, from, to, reason) in [
        (
            s3,
            "\"Statement\": [",
            "\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [], \"Resource\": \"arn:aws:s3:::bot-audio/calls/*\"},",
            "has a statement without an Action",
        ),
        (
            s3,
            "\"Statement\": [",
            "\"Statement\": [[null, \"Allow\", null, \"s3:*\", null, null],",
            "invalid type: sequence, expected a map",
        ),
        (
            tags,
            "  {\n    \"Key\": \"{{ tag.key }}\",\n    \"Value\": \"{{ tag.value }}\"\n  }",
            "[\"{{ tag.key }}\", \"{{ tag.value }}\"]",
            "does not hold tags as AWS takes them: invalid type: sequence, expected a map",
        ),
        (logs, "\"Effect\"", "\"Sid\": \"a-b\", \"Effect\"", "Sid"),
        (logs, ":*\"", "é:*\"", "ASCII"),
        (
            logs,
            "logs:PutLogEvents",
            "logs:PutLogEvent",
            "does not allow `logs:PutLogEvents`",
        ),
        (
            logs,
            "{{ region }}",
            "eu-west-1",
            "instead of `arn:aws:logs:us-east-1:111122223333:log-group:/lex/bot:*`",
        ),
        (
            logs,
            "{{ account_id }}",
            "account-id",
            "has the Resource `arn:aws:logs:us-east-1:account-id:log-group:/lex/bot:*`",
        ),
        (
            logs,
            "{{ replica_region }}",
            "*",
            "`arn:aws:logs:*:111122223333:log-group:/lex/bot:*`",
        ),
        (
            logs,
            "{{ partition }}",
            "aws-cn",
            "has the Resource `arn:aws-cn:",
        ),
        (logs, ":*\"", "\"", "has the Resource"),
        (logs, "\"Allow\"", "\"Deny\"", "denies something"),
        (
            logs,
            "\"Resource\"",
            "\"Condition\": {}, \"Resource\"",
            "has a condition",
        ),
        (
            logs,
            "\"Resource\"",
            "\"Principal\": {\"AWS\": \"*\"}, \"Resource\"",
            "has a Principal, which an identity policy must not have",
        ),
        (logs, "\"Resource\"", "\"NotResource\"", "unknown field"),
        (
            logs,
            "\"Action\": [",
            "\"Action\": [\"logs:*\",",
            "allows `logs:*`, which Amazon Lex does not need",
        ),
        (s3, "\"arn:", "\"urn:", "has the Resource"),
        (
            s3,
            "\"Resource\": ",
            "\"Resource\": [], \"Sid\": ",
            "has the Sid `arn:aws:s3:::bot-audio/calls/*`",
        ),
        (
            s3,
            "/{{ audio_log_prefix }}*",
            "/*",
            "has the Resource `arn:aws:s3:::bot-audio/*` instead of `arn:aws:s3:::bot-audio/calls/*`",
        ),
        (s3, "*\"", "\"", "has the Resource"),
        (
            s3,
            "\"s3:PutObject\"",
            &vec!["\"s3:PutObject\""; 600].join(","),
            "IAM's quota is 6144",
        ),
        (
            kms,
            "{{ kms_key_arn }}",
            "arn:aws:kms:us-east-1:111122223333:key/other",
            "has the Resource",
        ),
        (tags, "tag.value", "tag.key", "does not hold the tags"),
        (
            pass,
            "iam:PassRole",
            "iam:PassRole*",
            "does not allow `iam:PassRole`",
        ),
        (
            pass,
            "{{ role_arn }}",
            "*",
            "has the Resource `*` instead of `arn:aws:iam::111122223333:role/lex/LexConversationLogsRole`",
        ),
        (
            pass,
            "{{ service_principal }}",
            "ec2.amazonaws.com",
            "has other conditions",
        ),
        (pass, "StringEquals", "StringLike", "stands there twice"),
        (
            pass,
            "\"iam:AssociatedResourceARN\": \"{{ associated_resource_arn }}\"",
            "",
            "has other conditions",
        ),
        (
            pass,
            "{%- if associated_resource_arn %}",
            "{%- if not associated_resource_arn %}",
            "has other conditions",
        ),
        (
            pass,
            "\"Resource\"",
            "\"Principal\": {\"AWS\": \"*\"}, \"Resource\"",
            "has a Principal, which an identity policy must not have",
        ),
    ] {
        assert_refused(name, from, to, reason);
    }
}

#[test]
fn a_template_that_spoils_a_key_statement_is_refused() {
    let key = "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321";
    let keys = [("log-group-kms-key-arn", key), ("kms-decrypt", "true")];
    let request = request(PARAMETERS.into_iter().chain(keys));
    assert!(render::documents(request.spec(), Templates::built_in().unwrap()).is_ok());
    let (logs, of_key) = ("CloudWatchLogsPolicy.json", "LogGroupKeyPolicy.json");
    for (name, from, to, reason) in [
        (
            logs,
            "{{ log_group_kms_key_arn }}",
            "*",
            "has the Resource `*` instead of",
        ),
        (
            logs,
            "kms:ViaService",
            "kms:CallerAccount",
            "other conditions",
        ),
        (
            logs,
            "logs.{{ region }}",
            "s3.{{ region }}",
            "other conditions",
        ),
        (logs, "StringEquals", "StringLike", "other conditions"),
        (logs, "\"kms:Encrypt\",", "", "does not allow `kms:Encrypt`"),
        (
            logs,
            "\"kms:Encrypt\",",
            "\"kms:Encrypt\", \"logs:PutLogEvents\",",
            "on another resource than its own",
        ),
        (
            logs,
            "{%- if log_group_kms_key_arn %}",
            "{%- if not log_group_kms_key_arn %}",
            "does not allow `kms:Encrypt`",
        ),
        (
            "KMSPolicy.json",
            "kms:Decrypt",
            "kms:*",
            "does not allow `kms:Decrypt`",
        ),
        (of_key, "\"Principal\"", "\"NotPrincipal\"", "unknown field"),
        (of_key, "\"Service\"", "\"AWS\"", "other principals"),
        (
            of_key,
            "logs.{{ region }}",
            "logs.eu-west-1",
            "other principals than the service `logs.us-east-1.amazonaws.com` alone",
        ),
        (
            of_key,
            "\"Resource\": \"*\",",
            "",
            "has no Resource instead of `*`",
        ),
        (of_key, "ArnEquals", "ArnLike", "other conditions"),
        (of_key, "{{ log_group_name }}", "*", "other conditions"),
        (
            of_key,
            "kms:Describe*",
            "kms:*",
            "does not allow `kms:Describe*`",
        ),
    ] {
        assert_refused_of(&request, name, from, to, reason);
    }
}

/// The role has the same actions in the policy of another account's key as in its own, and CloudWatch Logs has them, too.
#[test]
fn a_template_that_spoils_another_accounts_key_is_refused() {
    let key = "arn:aws:kms:us-east-1:999999999999:key/0987dcba-09fe-87dc-65ba-ab0987654321";
    let keys = ["log-group-kms-key-arn", "kms-key-arn"].map(|name| (name, key));
    let others = [("kms-decrypt", "true"), ("role-path", "/lex/")];
    let request = request(PARAMETERS.into_iter().chain(keys).chain(others));
    let documents = render::documents(request.spec(), Templates::built_in().unwrap()).unwrap();
    let (of_group, of_bucket) = ("LogGroupKeyPolicy.json", "BucketKeyPolicy.json");
    for name in [of_group, of_bucket] {
        let document = documents
            .iter()
            .find(|file| file.name.ends_with(name))
            .unwrap();
        let policy: serde_json::Value = serde_json::from_str(&document.text).unwrap();
        let last = policy["Statement"].as_array().unwrap().last().unwrap();
        let role = last["Principal"]["AWS"].as_str().unwrap();
        assert!(
            role.starts_with("arn:aws:iam::111122223333:role/lex/"),
            "{name}: {role}"
        );
    }
    let principal = "other principals than the role `arn:aws:iam::111122223333:role/lex/";
    for (name, from, to, reason) in [
        (of_group, "{{ role_arn }}", "*", "other principals"),
        (
            of_group,
            "log_group_key_owner",
            "bucket_name == ''",
            "does not allow `kms:Encrypt`",
        ),
        (
            of_group,
            "kms:ViaService",
            "kms:CallerAccount",
            "other conditions",
        ),
        (
            of_bucket,
            "{{ role_arn }}",
            "arn:aws:iam::111122223333:root",
            principal,
        ),
        (of_bucket, "\"AWS\"", "\"Service\"", principal),
        (
            of_bucket,
            "kms:Decrypt",
            "kms:*",
            "does not allow `kms:Decrypt`",
        ),
        (
            of_bucket,
            "\"Resource\": \"*\"",
            "\"Resource\": \"{{ kms_key_arn }}\"",
            "instead of `*`",
        ),
    ] {
        assert_refused_of(&request, name, from, to, reason);
    }
}

#[test]
fn a_template_that_spoils_tags_is_refused() {
    let creation = [("create-log-group", "true"), ("create-bucket", "true")];
    let request = request(PARAMETERS.into_iter().chain(creation));
    for (from, to, reason) in [
        ("tag.value", "tag.key", "does not hold the tags"),
        ("TagSet", "Tags", "tags as AWS takes them: unknown field"),
        (
            "{%- for tag in tags %}",
            "{%- for tag in [] %}",
            "does not hold",
        ),
    ] {
        assert_refused_of(&request, "BucketTags.json", from, to, reason);
    }
    for (from, to, reason) in [
        ("tag.value", "tag.key", "does not hold the tags"),
        (
            "{%- for tag in tags %}",
            "{%- for tag in [] %}",
            "does not hold",
        ),
        ("\"{{ tag.key", "[], \"{{ tag.key", "tags as AWS takes them"),
    ] {
        assert_refused_of(&request, "LogGroupTags.json", from, to, reason);
    }
}
