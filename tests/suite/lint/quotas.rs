//! IAM's quotas, to the character.

use serde_json::Value;

use super::piped;
use crate::support::{folder, lexlogs};

/// A policy with so many characters, white space not counted.
fn policy(size: usize, is_trust: bool) -> String {
    let statement = if is_trust {
        r#""Principal": {"Service": "lexv2.amazonaws.com"}, "Action": "sts:AssumeRole""#
    } else {
        r#""Action": "s3:PutObject", "Resource": "arn:aws:s3:::bot-audio/*""#
    };
    let with = |sid: &str| {
        format!(
            "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {{\"Sid\": \"{sid}\", \"Effect\": \"Allow\", {statement}}}\n}}\n"
        )
    };
    let white = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let text = with(&"x".repeat(size - white(&with(""))));
    assert_eq!(white(&text), size);
    text
}

/// What is said of the size of a document.
fn said(document: &str, arguments: &[&str]) -> Option<String> {
    let output = piped(document.as_bytes(), &[&["--json"], arguments].concat());
    of_size(&output.stdout).map(|(_, message)| message)
}

/// The file and the message of the one finding of size, if there is one.
fn of_size(report: &[u8]) -> Option<(String, String)> {
    let report: Value = serde_json::from_slice(report).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let mut of_size = findings.filter(|finding| finding["rule"] == "size");
    let finding = of_size.next()?;
    assert!(of_size.next().is_none());
    let word = |key: &str| finding[key].as_str().unwrap().to_owned();
    Some((word("file"), word("message")))
}

#[test]
fn a_managed_policy_and_a_trust_policy_have_a_quota_each() {
    assert_eq!(said(&policy(6144, false), &[]), None);
    assert_eq!(
        said(&policy(6145, false), &[]).unwrap(),
        "the policy has 6145 characters without white space; IAM takes 6144"
    );
    assert_eq!(said(&policy(2048, true), &[]), None);
    assert_eq!(
        said(&policy(2049, true), &[]).unwrap(),
        "the trust policy has 2049 characters without white space; IAM takes 2048"
    );
    // In a trust policy blanks do not count in strings either.
    let blank = |size| policy(size, true).replacen("xx", "x x", 1);
    assert_eq!(said(&blank(2048), &[]), None);
    assert_eq!(said(&blank(2049), &[]), said(&policy(2049, true), &[]));
    // Other services have quotas of their own.
    assert_eq!(said(&policy(6145, false), &["--kind", "resource"]), None);
    assert_eq!(said(&policy(6145, false), &["--inline"]), None);
}

#[test]
fn the_inline_policies_of_a_role_have_one_quota_together() {
    let place = folder();
    let sizes = [
        ("a.json", 6000, false),
        ("b.json", 4240, false),
        ("trust.json", 2000, true),
    ];
    for (name, size, is_trust) in sizes {
        std::fs::write(place.path().join(name), policy(size, is_trust)).unwrap();
    }
    std::fs::write(place.path().join("c.json"), policy(4241, false)).unwrap();
    let said = |files: &[&str]| {
        let output = lexlogs(
            place.path(),
            &[&["lint", "--json", "--inline"], files].concat(),
        );
        of_size(&output.stdout)
    };
    assert_eq!(said(&["a.json", "trust.json", "b.json"]), None);
    let message = "with those before it, the policy has 10241 characters without white space; IAM takes 10240";
    assert_eq!(
        said(&["a.json", "c.json"]).unwrap(),
        ("c.json".into(), message.into())
    );
}

#[test]
fn white_space_counts_in_what_is_sent() {
    let mut document = policy(200, false);
    document += &" ".repeat(131_072 - document.len());
    assert_eq!(said(&document, &[]), None);
    document.push(' ');
    assert_eq!(
        said(&document, &[]).unwrap(),
        "the file has 131073 characters; IAM takes 131072"
    );
}
