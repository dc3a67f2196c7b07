//! Who a statement is for: the form of its principals.

use super::finding::Flaw;
use super::placeholders::is_marked;
use super::statement::{Statement, Text, members, texts};
use super::subject::Subject;
use super::words::nearest;
use crate::json::placed::Member;
use crate::values::names::{AccountId, Name};

/// The types of principals. (IAM guide: `reference_policies_elements_principal`.)
const PRINCIPALS: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];

pub(super) fn principals(subject: &Subject<'_>) -> Vec<Flaw> {
    let of_statement = |statement: &Statement<'_>| {
        let names = ["Principal", "NotPrincipal"];
        let elements = names.into_iter().filter_map(|name| statement.element(name));
        elements.flat_map(of_element).collect::<Vec<_>>()
    };
    subject.statements.iter().flat_map(of_statement).collect()
}

fn of_element(element: &Member) -> Vec<Flaw> {
    if let Some(text) = Text::of(&element.value) {
        let message = format!("the principal `{text}` has no type");
        let help = "write `{\"Service\": …}` or `{\"AWS\": …}`";
        return Vec::from_iter((text.text != "*").then(|| text.flaw(message, help)));
    }
    let mut flaws = Vec::new();
    for member in members(&element.value).unwrap_or_default() {
        let kind = Text::key(member);
        if !PRINCIPALS.contains(&kind.text) {
            let help = match nearest(kind.text, PRINCIPALS.into_iter()) {
                Some(meant) => format!("write `{meant}`"),
                None => "write `AWS`, `Service`, `Federated` or `CanonicalUser`".into(),
            };
            flaws.push(kind.flaw(format!("there is no type of principals `{kind}`"), help));
        }
        // Placeholders are another rule's.
        for name in texts(&member.value)
            .iter()
            .filter(|name| !is_marked(name.text))
        {
            let fault = match kind.text {
                "Service" => service_fault(name.text),
                "AWS" => account_fault(name.text),
                _ => None,
            };
            let flaw = |(what, help)| name.flaw(format!("the principal `{name}` {what}"), help);
            flaws.extend(fault.map(flaw));
        }
    }
    flaws
}

fn service_fault(service: &str) -> Option<(&'static str, &'static str)> {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    let is_one = service.contains('.') && service.split('.').all(is_label);
    let help = "write it as `lexv2.amazonaws.com`";
    (!is_one).then_some(("is no service by its form", help))
}

fn account_fault(name: &str) -> Option<(&'static str, &'static str)> {
    // What AWS writes there when a user or a role is gone. (IAM guide:
    // reference_identifiers.)
    let is_id = name.len() > 16
        && (name.starts_with("AIDA") || name.starts_with("AROA"))
        && name.chars().all(|c| c.is_ascii_alphanumeric());
    if name == "*" || is_id || AccountId::check(name).is_ok() {
        None
    } else if !name.contains(':') {
        Some((
            "is neither an account nor an ARN",
            "write 12 digits, or the ARN of a role or a user",
        ))
    } else if name.contains(['*', '?']) {
        let help = "name each, or compare `aws:PrincipalArn` in a condition";
        Some(("has a wildcard, which has no meaning there", help))
    } else {
        None
    }
}
