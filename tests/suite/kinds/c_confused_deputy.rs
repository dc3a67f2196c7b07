//! What limits for which account Amazon Lex may assume a role, and what only
//! mentions its key.

use super::{lint_with, policy, trust};

/// Whether the trust policy with this condition gets the note, and where.
fn noted(condition: &str) -> Option<String> {
    let more = format!("\"Action\": \"sts:AssumeRole\", \"Condition\": {condition}");
    let found = lint_with(&trust(&more), &[]);
    let mut notes = found
        .into_iter()
        .filter(|found| found.rule == "confused-deputy");
    let note = notes.next()?;
    assert!(notes.next().is_none());
    Some(note.marked)
}

#[test]
fn a_condition_that_names_no_account_protects_nothing() {
    for condition in [
        "{\"StringEqualsIfExists\": {\"aws:SourceAccount\": \"111122223333\"}}",
        "{\"StringNotEquals\": {\"aws:SourceAccount\": \"111122223333\"}}",
        "{\"Null\": {\"aws:SourceAccount\": \"true\"}}",
        "{\"Null\": {\"aws:SourceAccount\": \"false\"}}",
        "{\"StringLike\": {\"aws:SourceAccount\": \"*\"}}",
        "{\"StringLike\": {\"aws:SourceAccount\": \"11112222????\"}}",
        "{\"StringEquals\": {\"aws:SourceAccount\": \"11112222333\"}}",
        "{\"StringEquals\": {\"aws:SourceAccount\": []}}",
        "{\"StringEquals\": {\"aws:SourceAccount\": [\"111122223333\", \"*\"]}}",
        "{\"ForAllValues:StringEquals\": {\"aws:SourceAccount\": \"111122223333\"}}",
        "{\"Bool\": {\"aws:SourceAccount\": \"true\"}}",
    ] {
        assert_eq!(
            noted(condition).as_deref(),
            Some("\"aws:SourceAccount\""),
            "{condition}"
        );
    }
    for condition in [
        "{\"ArnLike\": {\"aws:SourceArn\": \"arn:aws:lex:*:*:*\"}}",
        "{\"ArnLike\": {\"aws:SourceArn\": \"*\"}}",
        "{\"ArnNotLike\": {\"aws:SourceArn\": \"arn:aws:lex:*:111122223333:*\"}}",
        "{\"ArnLikeIfExists\": {\"aws:SourceArn\": \"arn:aws:lex:*:111122223333:*\"}}",
        "{\"ArnEquals\": {\"aws:SourceArn\": \"arn:aws:lex:us-east-1::bot-alias/A/B\"}}",
    ] {
        assert_eq!(
            noted(condition).as_deref(),
            Some("\"aws:SourceArn\""),
            "{condition}"
        );
    }
    // One on another key is not mentioned.
    let other = "{\"StringEquals\": {\"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\"}}";
    assert_eq!(noted(other).as_deref(), Some("\"lexv2.amazonaws.com\""));
}

#[test]
fn a_positive_operator_with_an_account_protects() {
    for condition in [
        "{\"StringEquals\": {\"aws:SourceAccount\": \"111122223333\"}}",
        "{\"StringLike\": {\"AWS:sourceaccount\": [\"111122223333\", \"444455556666\"]}}",
        "{\"ArnLike\": {\"aws:SourceArn\": \"arn:aws:lex:*:111122223333:bot-alias/*\"}}",
        "{\"StringEqualsIgnoreCase\": {\"aws:SourceAccount\": \"111122223333\"}}",
        "{\"StringEquals\": {\"aws:SourceOrgID\": \"o-a1b2c3d4e5\"}}",
        "{\"Null\": {\"aws:SourceArn\": \"false\"}, \"StringEquals\": {\"aws:SourceAccount\": \"111122223333\"}}",
    ] {
        assert_eq!(noted(condition), None, "{condition}");
    }
}

#[test]
fn a_denial_of_all_other_accounts_protects() {
    let allowed = "{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"lexv2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}";
    let with = |operator: &str| {
        let denied = format!(
            "{{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"sts:AssumeRole\", \"Condition\": {{\"{operator}\": {{\"aws:SourceAccount\": \"111122223333\"}}}}}}"
        );
        let found = lint_with(&policy(&format!("{allowed}, {denied}")), &[]);
        found.iter().any(|found| found.rule == "confused-deputy")
    };
    assert!(!with("StringNotEquals"));
    assert!(with("StringEquals"));
}
