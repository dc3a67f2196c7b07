//! Who a statement is for: the form of its principals.

use super::placeholders::placeholder;
use super::statement::{members, texts};
use super::{Flaw, Subject};
use crate::fault::printable;
use crate::json::placed::{Member, Node};
use crate::values::names::{AccountId, Name};

/// The types of principals. (IAM guide: `reference_policies_elements_principal`.)
const PRINCIPALS: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];

pub(super) fn principals(subject: &Subject<'_>) -> Vec<Flaw> {
    let statements = subject.statements();
    let elements = statements.iter().flat_map(|statement| {
        let names = ["Principal", "NotPrincipal"].into_iter();
        names.filter_map(|name| statement.element(name))
    });
    elements.flat_map(of_element).collect()
}

fn of_element(element: &Member) -> Vec<Flaw> {
    if let Node::Text(text) = &element.value.node {
        let flaw = (text != "*").then(|| {
            Flaw::new(
                element.value.span.clone(),
                format!("the principal `{}` has no type", printable(text)),
                "write `{\"Service\": …}` or `{\"AWS\": …}`",
            )
        });
        return flaw.into_iter().collect();
    }
    let mut flaws = Vec::new();
    for member in members(&element.value).unwrap_or_default() {
        let kind = member.key.as_str();
        if !PRINCIPALS.contains(&kind) {
            let help = match super::grammar::nearest(kind, PRINCIPALS.into_iter()) {
                Some(meant) => format!("write `{meant}`"),
                None => "write `AWS`, `Service`, `Federated` or `CanonicalUser`".into(),
            };
            let message = format!("there is no type of principals `{}`", printable(kind));
            flaws.push(Flaw::new(member.span.clone(), message, help));
        }
        let names = texts(&member.value).into_iter();
        // Those are another rule's.
        for name in names.filter(|name| placeholder(name.text).is_none_or(|found| !found.is_marked))
        {
            let fault = match kind {
                "Service" => service_fault(name.text),
                "AWS" => account_fault(name.text),
                _ => None,
            };
            flaws.extend(fault.map(|(what, help)| {
                let message = format!("the principal `{}` {what}", printable(name.text));
                Flaw::new(name.span, message, help)
            }));
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
        Some(("has a wildcard, which stands for nothing there", help))
    } else {
        None
    }
}
