//! What a JSON document is that is no policy: an answer of the AWS CLI, a single
//! statement, a policy inside a string.

use super::finding::Flaw;
use super::statement::members;
use super::subject::Subject;
use super::words::{OF_DOCUMENT, meant};
use crate::diagnostic::escape_value;
use crate::json::placed::{self, Node, Placed};

/// What the AWS CLI answers with policies in it. (IAM, KMS and S3 API
/// references.)
const ANSWERS: &str = "\
    RoleName UserName GroupName Role Roles RoleDetailList Policy PolicyName PolicyVersion \
    PolicyDocument";

/// A policy in another document.
struct Held<'a> {
    part: &'a Placed,
    /// Its path, as the AWS CLI's `--query` has it.
    path: String,
    in_string: bool,
}

/// Why a document as a whole is no policy; none if it is one, or nearly.
pub(super) fn not_a_policy(subject: &Subject<'_>) -> Option<Flaw> {
    let read = subject.read.as_ref().ok()?;
    let keys: Vec<&str> = subject
        .members()
        .iter()
        .map(|one| one.key.as_str())
        .collect();
    let is_nearly =
        |key: &&str| *key == "Statement" || meant(key, &OF_DOCUMENT) == Some("Statement");
    if keys.iter().any(is_nearly) {
        return None;
    }
    let has = |wanted: &str| wanted.split_whitespace().any(|one| keys.contains(&one));
    if let Some(Held {
        part,
        path,
        in_string,
    }) = held(read, String::new(), 0)
    {
        let what = if has("AWSTemplateFormatVersion Resources") {
            "this is a template of CloudFormation"
        } else if has(ANSWERS) {
            "this is an answer of the AWS CLI"
        } else {
            "this is not a policy document"
        };
        let shown = if path.is_empty() {
            "this text".into()
        } else {
            format!("`{}`", escape_value(&path))
        };
        let string = if in_string { ", as a string" } else { "" };
        let message = format!("{what}: the policy is in {shown}{string}");
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._[]".contains(c);
        let help = match (in_string, path.is_empty()) {
            (true, true) => "give the policy itself, without the quotes around it".into(),
            _ if !path.chars().all(is_plain) || !has(ANSWERS) => {
                format!("lint the value of {shown} alone")
            }
            (true, false) => format!("lint that part alone: `--query {path} --output text`"),
            (false, _) => format!("lint that part alone: `--query {path}`"),
        };
        return Some(Flaw::new(part.span.clone(), message, help));
    }
    let (message, help) = if has("Effect Action Resource Principal") {
        (
            "this is a statement, not a policy document",
            "write `{\"Version\": \"2012-10-17\", \"Statement\": [` before it and `]}` after it",
        )
    } else {
        members(read)?;
        (
            "there is no `Statement`: this is no policy document",
            "give the policy document itself",
        )
    };
    Some(Flaw::new(subject.start(), message, help))
}

/// The first policy in a value.
fn held(value: &Placed, path: String, depth: usize) -> Option<Held<'_>> {
    // No answer of AWS is deeper.
    if depth > 8 {
        return None;
    }
    let is_policy = |value: &Placed| {
        let has = |members: &[placed::Member]| members.iter().any(|one| one.key == "Statement");
        members(value).is_some_and(has)
    };
    match &value.node {
        Node::Object(_) if is_policy(value) => Some(Held {
            part: value,
            path,
            in_string: false,
        }),
        Node::Object(members) => members.iter().find_map(|member| {
            let dot = if path.is_empty() { "" } else { "." };
            held(
                &member.value,
                format!("{path}{dot}{}", member.key),
                depth + 1,
            )
        }),
        Node::List(values) => values
            .iter()
            .enumerate()
            .find_map(|(index, value)| held(value, format!("{path}[{index}]"), depth + 1)),
        Node::Text(text) => {
            let text = text.trim_start();
            let is_encoded = text
                .get(..3)
                .is_some_and(|begin| begin.eq_ignore_ascii_case("%7b"))
                && text.contains("Statement");
            let is_one = || placed::read(text).is_ok_and(|read| is_policy(&read));
            let in_string = is_encoded || (text.starts_with('{') && is_one());
            in_string.then_some(Held {
                part: value,
                path,
                in_string,
            })
        }
        _ => None,
    }
}
