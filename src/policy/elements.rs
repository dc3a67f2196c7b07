//! A policy document in its smallest pieces, and how two documents differ by
//! them, statement by statement.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Effect, LANGUAGE_VERSION, OneOrMany, Statement, read};

/// IAM's limits leave room for fewer elements than this: 6,144 characters.
const MAX_ELEMENTS: usize = 1000;

/// One piece of a statement: of what IAM calls its elements, one value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Element {
    /// Which, such as `Action` or `Condition StringEquals aws:SourceAccount`.
    pub element: String,
    /// Such as `s3:PutObject`.
    pub value: String,
}

impl Element {
    fn new(element: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            element: element.into(),
            value: value.into(),
        }
    }
}

/// The pieces of each statement of a policy document, in the order in which
/// people read them.
pub fn statements(document: &[u8]) -> Result<Vec<Vec<Element>>, String> {
    let text = std::str::from_utf8(document).map_err(|_| "is not text".to_owned())?;
    let policy = read(text).map_err(|error| format!("is not a policy document: {error}"))?;
    let mut statements: Vec<Vec<Element>> = policy.statement.iter().map(elements).collect();
    if statements.iter().map(Vec::len).sum::<usize>() > MAX_ELEMENTS {
        return Err(format!(
            "has more than {MAX_ELEMENTS} elements, as no policy of IAM has"
        ));
    }
    if policy.version != LANGUAGE_VERSION {
        // It says how each of them is read.
        let version = Element::new("Version", &policy.version);
        for statement in &mut statements {
            statement.push(version.clone());
        }
    }
    Ok(statements)
}

fn elements(statement: &Statement) -> Vec<Element> {
    fn add(elements: &mut Vec<Element>, name: &str, values: &OneOrMany) {
        if values.0.is_empty() {
            elements.push(Element::new(name, "(none)"));
        }
        let values = values.0.iter().map(|value| Element::new(name, value));
        elements.extend(values);
    }
    let mut elements = Vec::new();
    if let Some(sid) = &statement.sid {
        elements.push(Element::new("Sid", sid));
    }
    let effect = match statement.effect {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
    };
    elements.push(Element::new("Effect", effect));
    if statement.principal.as_ref().is_some_and(BTreeMap::is_empty) {
        elements.push(Element::new("Principal", "(none)"));
    }
    for (kind, values) in statement.principal.iter().flatten() {
        add(&mut elements, &format!("Principal {kind}"), values);
    }
    add(&mut elements, "Action", &statement.action);
    if let Some(resource) = &statement.resource {
        add(&mut elements, "Resource", resource);
    }
    if statement.condition.as_ref().is_some_and(BTreeMap::is_empty) {
        elements.push(Element::new("Condition", "(none)"));
    }
    for (operator, keys) in statement.condition.iter().flatten() {
        if keys.is_empty() {
            elements.push(Element::new(format!("Condition {operator}"), "(none)"));
        }
        for (key, values) in keys {
            add(
                &mut elements,
                &format!("Condition {operator} {key}"),
                values,
            );
        }
    }
    elements
}

/// How a statement differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its number in the old document, from 1; none if it is new.
    pub old: Option<usize>,
    /// Its number in the new one; none if it is gone.
    pub new: Option<usize>,
    /// What is gone of it.
    pub removed: Vec<Element>,
    /// What is new in it.
    pub added: Vec<Element>,
}

/// How two documents differ: the statements that changed, those that are gone,
/// and those that are new. Where a statement stands means nothing to IAM.
pub fn changes(old: &[Vec<Element>], new: &[Vec<Element>]) -> Vec<Change> {
    let mut changes: Vec<Change> = pairs(old, new)
        .into_iter()
        .map(|(old_at, new_at)| {
            let of = |side: &[Vec<Element>], at: Option<usize>| {
                at.map_or_else(Vec::new, |at| side[at].clone())
            };
            let (before, after) = (of(old, old_at), of(new, new_at));
            Change {
                old: old_at.map(|at| at + 1),
                new: new_at.map(|at| at + 1),
                removed: without(&before, &after),
                added: without(&after, &before),
            }
        })
        .filter(|change| !change.removed.is_empty() || !change.added.is_empty())
        .collect();
    changes.sort_by_key(|change| (change.new.or(change.old), change.new.is_none()));
    changes
}

/// What is in one list and not in the other.
fn without(all: &[Element], others: &[Element]) -> Vec<Element> {
    let kept = all.iter().filter(|element| !others.contains(element));
    kept.cloned().collect()
}

/// Which statement became which: first those that share most. Those that share
/// neither a Sid nor an action, principal or resource are strangers.
fn pairs(old: &[Vec<Element>], new: &[Vec<Element>]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut likenesses: Vec<(usize, usize, usize)> = Vec::new();
    for (old_at, before) in old.iter().enumerate() {
        for (new_at, after) in new.iter().enumerate() {
            let shared = before.iter().filter(|element| after.contains(element));
            let weight = |element: &Element| match element.element.as_str() {
                "Sid" => 1000,
                "Effect" | "Version" => 0,
                _ => 2,
            };
            let mut share: usize = shared.map(weight).sum();
            if share > 0 {
                // Of equals, the very same.
                share += usize::from(before == after);
                likenesses.push((share, old_at, new_at));
            }
        }
    }
    likenesses.sort_by_key(|(share, old, new)| (std::cmp::Reverse(*share), *old, *new));
    let (mut of_old, mut of_new) = (BTreeMap::new(), BTreeMap::new());
    for (_, old, new) in likenesses {
        if !of_old.contains_key(&old) && !of_new.contains_key(&new) {
            of_old.insert(old, new);
            of_new.insert(new, old);
        }
    }
    let kept = (0..old.len()).map(|at| (Some(at), of_old.get(&at).copied()));
    let more = (0..new.len()).filter(|at| !of_new.contains_key(at));
    kept.chain(more.map(|at| (None, Some(at)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(statements: &str) -> Vec<Vec<Element>> {
        let text = format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{statements}]}}");
        super::statements(text.as_bytes()).expect("a policy")
    }

    fn shown(old: &str, new: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for change in changes(&policy(old), &policy(new)) {
            lines.push(format!("{:?} {:?}", change.old, change.new));
            for (sign, elements) in [("-", change.removed), ("+", change.added)] {
                lines.extend(
                    elements
                        .iter()
                        .map(|of| format!("{sign}{}={}", of.element, of.value)),
                );
            }
        }
        lines
    }

    const LOGS: &str = r#"{"Effect": "Allow", "Action": ["logs:A", "logs:B"], "Resource": "x"}"#;
    const S3: &str = r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": ["y"]}"#;

    #[test]
    fn statements_in_another_order_or_other_brackets_are_the_same() {
        let turned = r#"{"Action": ["s3:PutObject"], "Resource": "y", "Effect": "Allow"}"#;
        assert_eq!(
            shown(&format!("{LOGS},{S3}"), &format!("{turned},{LOGS}")),
            [""; 0]
        );
    }

    #[test]
    fn each_value_that_changed_is_told_by_itself() {
        let other = r#"{"Effect": "Allow", "Action": ["logs:B", "logs:C"], "Resource": "x",
            "Condition": {"StringEquals": {"aws:A": ["1", "2"]}}}"#;
        assert_eq!(
            shown(&format!("{LOGS},{S3}"), &format!("{S3},{other}")),
            [
                "Some(1) Some(2)",
                "-Action=logs:A",
                "+Action=logs:C",
                "+Condition StringEquals aws:A=1",
                "+Condition StringEquals aws:A=2"
            ]
        );
        let denied = S3.replace("Allow", "Deny");
        assert_eq!(
            shown(S3, &denied),
            ["Some(1) Some(1)", "-Effect=Allow", "+Effect=Deny"]
        );
    }

    #[test]
    fn statements_are_paired_by_sid_or_by_what_they_share() {
        assert_eq!(
            shown(LOGS, S3),
            [
                "None Some(1)",
                "+Effect=Allow",
                "+Action=s3:PutObject",
                "+Resource=y",
                "Some(1) None",
                "-Effect=Allow",
                "-Action=logs:A",
                "-Action=logs:B",
                "-Resource=x"
            ]
        );
        let named = |text: &str| text.replace("{\"Effect\"", "{\"Sid\": \"One\", \"Effect\"");
        assert_eq!(
            shown(&named(LOGS), &named(S3)),
            [
                "Some(1) Some(1)",
                "-Action=logs:A",
                "-Action=logs:B",
                "-Resource=x",
                "+Action=s3:PutObject",
                "+Resource=y"
            ]
        );
    }
}
