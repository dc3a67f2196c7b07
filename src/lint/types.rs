//! The JSON types of a policy's elements. (IAM guide:
//! `reference_policies_grammar`.)

use super::finding::Flaw;
use super::statement::{Text, listed, members};
use super::subject::Subject;
use crate::json::placed::{Member, Node, Placed};

pub(super) fn wrong_types(subject: &Subject<'_>) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    if let Ok(read) = subject.read
        && members(read).is_none()
    {
        let message = format!(
            "a policy document is an object, and this is {}",
            read.noun()
        );
        let help = "give the policy document itself";
        flaws.push(Flaw::new(read.span.clone(), message, help));
    }
    for name in ["Version", "Id"] {
        flaws.extend(subject.element(name).and_then(text));
    }
    if let Some(statement) = subject.element("Statement") {
        let is_list = matches!(statement.value.node, Node::List(_));
        // That the list is empty is another rule's.
        for (index, value) in listed(&statement.value).iter().enumerate() {
            let name = if is_list {
                element_of(index, statement)
            } else {
                "`Statement`".into()
            };
            flaws.extend(
                members(value)
                    .is_none()
                    .then(|| wrong(&name, value, "an object")),
            );
        }
    }
    for element in subject.statements.iter().flat_map(|one| one.elements) {
        match element.key.as_str() {
            "Sid" | "Effect" => flaws.extend(text(element)),
            "Action" | "NotAction" | "Resource" | "NotResource" => {
                flaws.extend(text_or_list(element));
            }
            "Principal" | "NotPrincipal" if !matches!(element.value.node, Node::Text(_)) => {
                flaws.extend(map(element, text_or_list));
            }
            "Condition" => flaws.extend(map(element, |operator| map(operator, compared))),
            _ => {}
        }
    }
    flaws
}

fn quoted(element: &Member) -> String {
    format!("`{}`", Text::key(element))
}

fn element_of(index: usize, list: &Member) -> String {
    format!("element {} of {}", index + 1, quoted(list))
}

fn wrong(name: &str, value: &Placed, wanted: &str) -> Flaw {
    let help = match &value.node {
        Node::Null => "take it out".into(),
        Node::List(values) if name.starts_with("element") && !values.is_empty() => {
            "take the inner brackets out".into()
        }
        _ => format!("write {wanted}"),
    };
    let message = format!("{name} is {}, and must be {wanted}", value.noun());
    Flaw::new(value.span.clone(), message, help)
}

fn text(element: &Member) -> Option<Flaw> {
    let is_text = matches!(element.value.node, Node::Text(_));
    (!is_text).then(|| wrong(&quoted(element), &element.value, "a text in quotes"))
}

fn text_or_list(element: &Member) -> Vec<Flaw> {
    let is_one = |node: &Node| matches!(node, Node::Text(_));
    list_of(element, "a text in quotes", is_one)
}

/// The values of a condition may go without quotes.
fn compared(element: &Member) -> Vec<Flaw> {
    let is_one = |node: &Node| matches!(node, Node::Text(_) | Node::Bool | Node::Number);
    // An empty list is compared with nothing, which IAM takes.
    if matches!(&element.value.node, Node::List(values) if values.is_empty()) {
        return Vec::new();
    }
    list_of(element, "a text", is_one)
}

fn list_of(element: &Member, wanted: &str, is_one: impl Fn(&Node) -> bool) -> Vec<Flaw> {
    match &element.value.node {
        Node::List(values) if !values.is_empty() => {
            let values = values.iter().enumerate();
            let others = values.filter(|(_, value)| !is_one(&value.node));
            others
                .map(|(index, value)| wrong(&element_of(index, element), value, wanted))
                .collect()
        }
        node if is_one(node) => Vec::new(),
        _ => {
            let wanted = format!("{wanted}, or a list of texts");
            vec![wrong(&quoted(element), &element.value, &wanted)]
        }
    }
}

/// An object, and what is wrong with its members.
fn map<Flaws: IntoIterator<Item = Flaw>>(
    element: &Member,
    of_member: impl Fn(&Member) -> Flaws,
) -> Vec<Flaw> {
    if let Some(members) = members(&element.value) {
        return members.iter().flat_map(of_member).collect();
    }
    vec![wrong(&quoted(element), &element.value, "an object")]
}
