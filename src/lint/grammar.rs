//! The grammar of policies: which elements there are, where, and of which type.
//! (IAM guide: `reference_policies_grammar`.)

use std::collections::HashSet;
use std::ops::Range;

use super::statement::{Statement, is_of_repositories};
use super::{Flaw, Kind, Subject, Text};
use crate::fault::printable;
use crate::json::placed::{Member, Node, Placed};

/// The version of the policy language in all of AWS's examples.
pub(crate) const LANGUAGE_VERSION: &str = "2012-10-17";
/// The elements of a document.
pub(super) const OF_DOCUMENT: [&str; 3] = ["Version", "Id", "Statement"];
/// Those of a statement.
pub(super) const OF_STATEMENT: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];
/// The version of the policy language before this one.
const OLD_VERSION: &str = "2008-10-17";

/// The word that was meant, if one is near.
pub(super) fn nearest<'a>(word: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // The distance takes time and memory for each letter.
    if word.len() > 64 {
        return None;
    }
    let lower = word.to_lowercase();
    words
        .map(|known| {
            (
                strsim::damerau_levenshtein(&lower, &known.to_lowercase()),
                known,
            )
        })
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, known)| *distance <= 3.min(known.len() / 3))
        .map(|(_, known)| known)
}

/// The element that was meant by a name that is none.
pub(super) fn meant<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let is_known = known.contains(&name);
    nearest(name, known.iter().copied()).filter(|_| !is_known)
}

pub(super) fn unknown_elements(subject: &Subject<'_>) -> Vec<Flaw> {
    let unknown = |member: &Member, known: &[&str], of: &str| {
        let key = member.key.as_str();
        let help = match nearest(key, known.iter().copied()) {
            Some(meant) => format!("write `{meant}`"),
            None => format!("take it out; {of} has {}", listed(known)),
        };
        let message = format!("{of} has no element `{}`", printable(key));
        (!known.contains(&key)).then(|| Flaw::new(member.span.clone(), message, help))
    };
    let of_document = subject.members().iter();
    let mut flaws: Vec<Flaw> = of_document
        .filter_map(|member| unknown(member, &OF_DOCUMENT, "a policy document"))
        .collect();
    if let (Some(Kind::Identity), Some(id)) = (subject.kind, subject.element("Id")) {
        flaws.push(Flaw::new(
            id.span.clone(),
            "an identity policy has no element `Id`",
            "take it out",
        ));
    }
    for statement in subject.statements() {
        let of_statement = statement.elements.iter();
        flaws.extend(
            of_statement.filter_map(|member| unknown(member, &OF_STATEMENT, "a statement")),
        );
    }
    flaws
}

fn listed(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

fn version_of<'a>(subject: &'a Subject<'_>) -> Option<(&'a Member, &'a str)> {
    let element = subject.element("Version")?;
    match &element.value.node {
        Node::Text(version) => Some((element, version)),
        _ => None,
    }
}

pub(super) fn version(subject: &Subject<'_>) -> Vec<Flaw> {
    let version = version_of(subject);
    let other = version.filter(|(_, version)| ![LANGUAGE_VERSION, OLD_VERSION].contains(version));
    let flaw = other.map(|(element, version)| {
        Flaw::new(
            element.value.span.clone(),
            format!(
                "the policy language has no version `{}`",
                printable(version)
            ),
            format!("write `{LANGUAGE_VERSION}`, the version of the language, not of your policy"),
        )
    });
    flaw.into_iter().collect()
}

pub(super) fn old_version(subject: &Subject<'_>) -> Vec<Flaw> {
    let help = format!("write `\"Version\": \"{LANGUAGE_VERSION}\"`");
    let flaw = match (version_of(subject), subject.element("Statement")) {
        (Some((element, OLD_VERSION)), _) => Some(Flaw::new(
            element.value.span.clone(),
            format!(
                "`{OLD_VERSION}` is the old version of the policy language, which has no policy variables"
            ),
            help,
        )),
        // Of what is no policy another rule tells.
        (None, Some(_)) if subject.element("Version").is_none() => Some(Flaw::new(
            start(subject),
            format!("there is no `Version`, which means the old one, `{OLD_VERSION}`"),
            help,
        )),
        _ => None,
    };
    flaw.into_iter().collect()
}

/// The place of what is missing in the document: its first letter.
pub(super) fn start(subject: &Subject<'_>) -> Range<usize> {
    subject.read.as_ref().map_or(0..0, beginning)
}

/// The first letter of a value, for what is missing in it.
fn beginning(value: &Placed) -> Range<usize> {
    value.span.start..value.span.start + 1
}

pub(super) fn no_statement(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_empty = |value: &Placed| matches!(&value.node, Node::List(values) if values.is_empty());
    let flaw = match subject.element("Statement") {
        None => super::origin::not_a_policy(subject),
        Some(element) if is_empty(&element.value) => Some(Flaw::new(
            element.value.span.clone(),
            "there is no statement in `Statement`",
            "write one",
        )),
        Some(_) => None,
    };
    flaw.into_iter().collect()
}

pub(super) fn effect(subject: &Subject<'_>) -> Vec<Flaw> {
    let help = "write `Allow` or `Deny`";
    let of_statement = |statement: &Statement| match statement.element("Effect") {
        None if statement.misspells(&["Effect"]) => None,
        None => Some(Flaw::new(
            beginning(statement.whole),
            "the statement has no `Effect`",
            "write `\"Effect\": \"Allow\"`",
        )),
        Some(Member { value, .. }) => match &value.node {
            Node::Text(effect) if effect != "Allow" && effect != "Deny" => Some(Flaw::new(
                value.span.clone(),
                format!("`{}` is no effect", printable(effect)),
                help,
            )),
            _ => None,
        },
    };
    subject
        .statements()
        .iter()
        .filter_map(of_statement)
        .collect()
}

/// Of two elements a statement has exactly one.
fn exactly_one(statement: &Statement<'_>, names: [&str; 2], help: &str) -> Option<Flaw> {
    let [one, other] = names;
    if statement.misspells(&names) {
        return None;
    }
    match (statement.element(one), statement.element(other)) {
        (None, None) => Some(Flaw::new(
            beginning(statement.whole),
            format!("the statement has no `{one}`"),
            help,
        )),
        (Some(_), Some(second)) => Some(Flaw::new(
            second.span.clone(),
            format!("the statement has `{one}` and `{other}`"),
            "keep one of them",
        )),
        _ => None,
    }
}

/// A statement of this kind of policy has neither.
fn neither(statement: &Statement<'_>, names: [&str; 2], kind: Kind, help: &str) -> Vec<Flaw> {
    let elements = names.iter().filter_map(|name| statement.element(name));
    let flaw = |element: &Member| {
        let (key, noun) = (&element.key, kind.noun());
        Flaw::new(
            element.span.clone(),
            format!("a statement of {noun} has no `{key}`"),
            help,
        )
    };
    elements.map(flaw).collect()
}

pub(super) fn action_element(subject: &Subject<'_>) -> Vec<Flaw> {
    let help = "say what the statement is about, such as `\"Action\": \"s3:PutObject\"`";
    let statements = subject.statements();
    let flaws = statements.iter();
    flaws
        .filter_map(|statement| exactly_one(statement, ["Action", "NotAction"], help))
        .collect()
}

pub(super) fn resource_element(subject: &Subject<'_>) -> Vec<Flaw> {
    let names = ["Resource", "NotResource"];
    if subject.kind.is_none() {
        return Vec::new();
    }
    let of_statement = |statement: &Statement| {
        if subject.kind == Some(Kind::Trust) {
            return neither(
                statement,
                names,
                Kind::Trust,
                "take it out: the resource is the role itself",
            );
        }
        if subject.kind == Some(Kind::Resource) && is_of_repositories(&statement.actions()) {
            return Vec::new();
        }
        let help = "write the ARN that the statement is about";
        exactly_one(statement, names, help).into_iter().collect()
    };
    subject.statements().iter().flat_map(of_statement).collect()
}

pub(super) fn principal_element(subject: &Subject<'_>) -> Vec<Flaw> {
    let names = ["Principal", "NotPrincipal"];
    if subject.kind.is_none() {
        return Vec::new();
    }
    let of_statement = |statement: &Statement| {
        if subject.kind == Some(Kind::Identity) {
            return neither(
                statement,
                names,
                Kind::Identity,
                "take it out: the principal is whoever it is attached to; a resource's policy is told by `--kind resource`",
            );
        }
        let help = "say who, such as `\"Principal\": {\"Service\": \"lexv2.amazonaws.com\"}`";
        exactly_one(statement, names, help).into_iter().collect()
    };
    subject.statements().iter().flat_map(of_statement).collect()
}

pub(super) fn sid_letters(subject: &Subject<'_>) -> Vec<Flaw> {
    if matches!(subject.kind, None | Some(Kind::Resource)) {
        return Vec::new();
    }
    let is_bad = |sid: &Text| !sid.text.chars().all(|c| c.is_ascii_alphanumeric());
    let flaw = |sid: Text| {
        Flaw::new(
            sid.span,
            format!(
                "the Sid `{}` has more than letters and digits",
                printable(sid.text)
            ),
            "take the other characters out",
        )
    };
    let statements = subject.statements();
    let sids = statements
        .iter()
        .flat_map(|statement| statement.texts("Sid"));
    sids.filter(is_bad).map(flaw).collect()
}

pub(super) fn sid_duplicate(subject: &Subject<'_>) -> Vec<Flaw> {
    let mut seen = HashSet::new();
    let statements = subject.statements();
    let sids = statements
        .iter()
        .flat_map(|statement| statement.texts("Sid"));
    // An empty one is none.
    let again = sids.filter(|sid| !sid.text.is_empty() && !seen.insert(sid.text));
    let flaw = |sid: Text| {
        Flaw::new(
            sid.span,
            format!("two statements have the Sid `{}`", printable(sid.text)),
            "give each its own, or none",
        )
    };
    again.map(flaw).collect()
}

pub(super) fn action_form(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_one = |action: &str| {
        let Some((service, name)) = action.split_once(':') else {
            return action == "*";
        };
        let is_service = service == "*"
            || service
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-');
        let is_name = |c: char| c.is_ascii_alphanumeric() || "*?-_".contains(c);
        is_service && !service.is_empty() && !name.is_empty() && name.chars().all(is_name)
    };
    let flaw = |action: Text| {
        Flaw::new(
            action.span,
            format!("`{}` is no action by its form", printable(action.text)),
            "write the service, a colon and the action, as in `s3:PutObject`",
        )
    };
    let statements = subject.statements();
    let actions = statements.iter().flat_map(Statement::actions);
    actions
        .filter(|action| !is_one(action.text))
        .map(flaw)
        .collect()
}
