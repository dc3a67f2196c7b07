//! Documents that get one finding, which names what is wrong with them.

use super::{Found, allow, lint, one, policy, trust};

const LOGS: &str = "\"arn:aws:logs:us-east-1:111122223333:log-group:/lex/a:*\"";

#[test]
fn the_wrong_element_of_a_list_is_underlined_alone() {
    let good = format!(
        "{{\"Effect\": \"Allow\", \"Action\": \"logs:PutLogEvents\", \"Resource\": {LOGS}}}"
    );
    for (document, marked, message) in [
        (
            policy(&format!("{good}, [{good}]")),
            format!("[{good}]"),
            "element 2 of `Statement` is a list, and must be an object",
        ),
        (
            policy(&format!("{good}, null")),
            "null".into(),
            "element 2 of `Statement` is null, and must be an object",
        ),
        (
            policy(&format!("\"x\", {good}")),
            "\"x\"".into(),
            "element 1 of `Statement` is a text, and must be an object",
        ),
        (
            allow("[\"logs:PutLogEvents\", null]", LOGS),
            "null".into(),
            "element 2 of `Action` is null, and must be a text in quotes",
        ),
        (
            allow("[\"logs:PutLogEvents\", [\"logs:CreateLogStream\"]]", LOGS),
            "[\"logs:CreateLogStream\"]".into(),
            "element 2 of `Action` is a list, and must be a text in quotes",
        ),
        (
            allow("\"logs:PutLogEvents\"", &format!("[{LOGS}, 1, {LOGS}]")),
            "1".into(),
            "element 2 of `Resource` is a number, and must be a text in quotes",
        ),
        (
            trust(
                "\"Action\": \"sts:AssumeRole\", \"Condition\": {\"StringEquals\": {\"aws:SourceAccount\": [\"111122223333\", {}]}}",
            ),
            "{}".into(),
            "element 2 of `aws:SourceAccount` is an object, and must be a text",
        ),
    ] {
        assert_eq!(one(&document, "element-type", &marked).message, message);
    }
}

#[test]
fn a_misspelt_element_is_corrected_and_no_more_is_judged() {
    let lex = "{\"Service\": \"lexv2.amazonaws.com\"}";
    for (statement, marked, help) in [
        (
            format!(
                "{{\"Effect\": \"Allow\", \"Principle\": {lex}, \"Action\": \"sts:AssumeRole\"}}"
            ),
            "\"Principle\"",
            "write `Principal`",
        ),
        (
            format!(
                "{{\"Effect\": \"Allow\", \"principal\": {lex}, \"Action\": \"sts:AssumeRole\"}}"
            ),
            "\"principal\"",
            "write `Principal`",
        ),
        (
            format!(
                "{{\"Effect\": \"Allow\", \"Principals\": {lex}, \"Action\": \"sts:AssumeRole\"}}"
            ),
            "\"Principals\"",
            "write `Principal`",
        ),
        (
            format!(
                "{{\"Effect\": \"Allow\", \"Principle\": {lex}, \"Action\": \"s3:PutObject\", \"Resource\": \"arn:aws:s3:::b/*\"}}"
            ),
            "\"Principle\"",
            "write `Principal`",
        ),
        (
            format!(
                "{{\"Effect\": \"Allow\", \"Actions\": \"logs:PutLogEvents\", \"Resource\": {LOGS}}}"
            ),
            "\"Actions\"",
            "write `Action`",
        ),
        (
            format!(
                "{{\"Effect\": \"Allow\", \"Action\": \"logs:PutLogEvents\", \"Resources\": {LOGS}}}"
            ),
            "\"Resources\"",
            "write `Resource`",
        ),
        (
            format!(
                "{{\"effect\": \"Allow\", \"Action\": \"logs:PutLogEvents\", \"Resource\": {LOGS}}}"
            ),
            "\"effect\"",
            "write `Effect`",
        ),
    ] {
        assert_eq!(
            one(&policy(&statement), "element-unknown", marked).help,
            help
        );
    }
    let document = allow("\"logs:PutLogEvents\"", LOGS).replace("\"Statement\"", "\"Statements\"");
    one(&document, "element-unknown", "\"Statements\"");
    // What is in it has errors of its own.
    assert_eq!(lint(&document.replace("\"Allow\"", "\"allow\"")).len(), 2);
}

#[test]
fn an_answer_of_the_aws_cli_names_the_part_to_lint() {
    let document = allow("\"logs:PutLogEvents\"", LOGS);
    let quoted = serde_json::to_string(&document).unwrap();
    let encoded = "\"%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D\"";
    for (text, marked, message, help) in [
        (
            format!(
                "{{\"RoleName\": \"Lex\", \"PolicyName\": \"a\", \"PolicyDocument\": {document}}}"
            ),
            document.as_str(),
            "this is an answer of the AWS CLI: the policy is in `PolicyDocument`",
            "lint that part alone: `--query PolicyDocument`",
        ),
        (
            format!(
                "{{\"Role\": {{\"RoleName\": \"Lex\", \"AssumeRolePolicyDocument\": {document}}}}}"
            ),
            &document,
            "this is an answer of the AWS CLI: the policy is in `Role.AssumeRolePolicyDocument`",
            "lint that part alone: `--query Role.AssumeRolePolicyDocument`",
        ),
        (
            format!("{{\"PolicyVersion\": {{\"Document\": {document}, \"VersionId\": \"v1\"}}}}"),
            &document,
            "this is an answer of the AWS CLI: the policy is in `PolicyVersion.Document`",
            "lint that part alone: `--query PolicyVersion.Document`",
        ),
        (
            format!("{{\"Policy\": {quoted}}}"),
            &quoted,
            "this is an answer of the AWS CLI: the policy is in `Policy`, as a string",
            "lint that part alone: `--query Policy --output text`",
        ),
        (
            format!("{{\"RoleName\": \"Lex\", \"PolicyDocument\": {encoded}}}"),
            encoded,
            "this is an answer of the AWS CLI: the policy is in `PolicyDocument`, as a string",
            "lint that part alone: `--query PolicyDocument --output text`",
        ),
        (
            quoted.clone(),
            &quoted,
            "this is not a policy document: the policy is in this text, as a string",
            "give the policy itself, without the quotes around it",
        ),
        (
            format!("[{document}]"),
            &document,
            "this is not a policy document: the policy is in `[0]`",
            "lint the value of `[0]` alone",
        ),
    ] {
        let Found {
            message: found,
            help: found_help,
            ..
        } = one(&text, "statement-missing", marked);
        assert_eq!((found.as_str(), found_help.as_str()), (message, help));
    }
    let statement = format!(
        "{{\"Effect\": \"Allow\", \"Action\": \"logs:PutLogEvents\", \"Resource\": {LOGS}}}"
    );
    let found = one(&statement, "statement-missing", "{");
    assert_eq!(found.message, "this is a statement, not a policy document");
}

#[test]
fn what_is_no_json_is_called_what_it_is() {
    let document = allow("\"logs:PutLogEvents\"", LOGS);
    for (text, marked, message) in [
        (
            format!("// for the bot\n{document}"),
            "// for the bot",
            "it has a comment",
        ),
        (
            document.replace("\"Statement\"", "/* all */ \"Statement\""),
            "/* all */",
            "it has a comment",
        ),
        (
            format!("# for the bot\n{document}"),
            "# for the bot",
            "it has a comment",
        ),
        (document.replace('"', "'"), "'", "it has single quotes"),
        (
            "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n".into(),
            "Version: '2012-10-17'",
            "it is YAML",
        ),
        ("---\nStatement: []\n".into(), "---", "it is YAML"),
        (
            "%7B%22Version%22%3A%222012-10-17%22%7D".into(),
            "%7B%22Version%22%3A%222012-10-17%22%7D",
            "it is URL-encoded",
        ),
        (
            "data \"aws_iam_policy_document\" \"a\" {\n}\n".into(),
            "data \"aws_iam_policy_document\" \"a\" {",
            "it is Terraform configuration",
        ),
        (
            "<!DOCTYPE html>\n<p></p>".into(),
            "<!DOCTYPE html>",
            "it is HTML or XML",
        ),
        (
            "eyJWZXJzaW9uIjogIjIwMTItMTAtMTcifQ==".into(),
            "eyJWZXJzaW9uIjogIjIwMTItMTAtMTcifQ==",
            "it is Base64",
        ),
        (
            "{\\\"Version\\\": 1}".into(),
            "\\\"",
            "it has escaped quotation marks",
        ),
        (String::new(), "", "it is empty"),
        (
            "{\"Statement\": [...]}".into(),
            "...]}",
            "it has a placeholder that was not filled in",
        ),
        ("{\"a\": True}".into(), "True", "it has Python's `True`"),
        (
            "{Version: \"2012-10-17\"}".into(),
            "Version",
            "key must be a string",
        ),
        ("{\"Statement\": [],}".into(), ",", "trailing comma"),
        (
            "{\"Statement\": {{arn}} }".into(),
            "{{arn}} }",
            "it has a placeholder that was not filled in",
        ),
    ] {
        let found = one(&text, "json-syntax", marked);
        assert_eq!(found.message, format!("this is no JSON: {message}"));
        assert!(!found.help.contains("just before"), "{found:?}");
    }
}

#[test]
fn a_placeholder_that_was_not_filled_in_is_a_warning() {
    for arn in [
        "arn:aws:s3:::{{b}}/*",
        "arn:aws:s3:::<bucket>/*",
        "arn:aws:s3:::${b}/*",
        "arn:aws:s3:::your-bucket/*",
        "arn:aws:s3:::bucket-name/*",
        "arn:{{partition}}:s3:::b/*",
        "<role>",
        "arn:aws:s3:::__BUCKET__/*",
        "arn:aws:s3:::$BUCKET/*",
        "arn:aws:s3:::$(BUCKET)/*",
        "arn:aws:s3:::%BUCKET%/*",
        "arn:aws:s3:::[bucket]/*",
        "arn:aws:s3:::#{bucket}/*",
    ] {
        let found = one(
            &allow("\"s3:PutObject\"", &format!("\"{arn}\"")),
            "placeholder",
            &format!("\"{arn}\""),
        );
        assert_eq!(found.severity, "warning");
    }
    let account = "arn:aws:logs:<region>:<account>:log-group:/lex/a:*";
    one(
        &allow("\"logs:PutLogEvents\"", &format!("\"{account}\"")),
        "placeholder",
        &format!("\"{account}\""),
    );
    let condition = "\"Action\": \"sts:AssumeRole\", \"Condition\": {\"StringEquals\": {\"aws:SourceAccount\": \"{{account}}\"}}";
    one(&trust(condition), "placeholder", "\"{{account}}\"");
    let principal =
        trust("\"Action\": \"sts:AssumeRole\"").replace("lexv2.amazonaws.com", "<service>");
    one(&principal, "placeholder", "\"<service>\"");
    for arn in [
        "arn:aws:s3:::b/${aws:username}/*",
        "arn:aws:s3:::b/${*}",
        "arn:aws:s3:::b/a_b__c/*",
        "arn:aws:s3:::for-your-eyes/*",
    ] {
        assert_eq!(
            lint(&allow("\"s3:PutObject\"", &format!("\"{arn}\""))),
            [],
            "{arn}"
        );
    }
}
