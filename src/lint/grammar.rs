//! The grammar of policies: which elements there are, where, and of which type.
//! (IAM guide: `reference_policies_grammar`.)

use std::collections::HashSet;

use super::finding::Flaw;
use super::statement::{Statement, Text, beginning};
use super::subject::{Kind, Subject};
use super::words::{OF_DOCUMENT, OF_STATEMENT, nearest};
use crate::json::placed::{Member, Node};
use crate::policy::LANGUAGE_VERSION;

/// The version of the policy language before this one.
const OLD_VERSION: &str = "2008-10-17";

pub(super) fn unknown_elements(subject: &Subject<'_>) -> Vec<Flaw> {
    let unknown = |member: &Member, known: &[&str], of: &str| {
        let key = Text::key(member);
        let help = match nearest(key.text, known.iter().copied()) {
            Some(meant) => format!("write `{meant}`"),
            None => format!("take it out; {of} has `{}`", known.join("`, `")),
        };
        let is_known = known.contains(&key.text);
        (!is_known).then(|| key.flaw(format!("{of} has no element `{key}`"), help))
    };
    let members = subject.members().iter();
    let of_document = members.filter_map(|one| unknown(one, &OF_DOCUMENT, "a policy document"));
    let mut flaws: Vec<Flaw> = of_document.collect();
    if let (Some(Kind::Identity), Some(id)) = (subject.kind, subject.element("Id")) {
        let message = "an identity policy has no element `Id`";
        flaws.push(Text::key(id).flaw(message, "take it out"));
    }
    let elements = subject.statements.iter().flat_map(|one| one.elements);
    flaws.extend(elements.filter_map(|one| unknown(one, &OF_STATEMENT, "a statement")));
    flaws
}

fn version_of<'a>(subject: &Subject<'a>) -> Option<Text<'a>> {
    Text::of(&subject.element("Version")?.value)
}

pub(super) fn version(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_other = |version: &Text<'_>| ![LANGUAGE_VERSION, OLD_VERSION].contains(&version.text);
    let help =
        format!("write `{LANGUAGE_VERSION}`, the version of the language, not of your policy");
    let flaw = version_of(subject).filter(is_other).map(|version| {
        let message = format!("the policy language has no version `{version}`");
        version.flaw(message, help)
    });
    Vec::from_iter(flaw)
}

pub(super) fn old_version(subject: &Subject<'_>) -> Vec<Flaw> {
    let help = format!("write `\"Version\": \"{LANGUAGE_VERSION}\"`");
    let flaw = match (version_of(subject), subject.element("Statement")) {
        (Some(version), _) if version.text == OLD_VERSION => {
            let message = format!(
                "`{OLD_VERSION}` is the old version of the policy language, which has no policy variables"
            );
            Some(version.flaw(message, help))
        }
        // Of what is no policy another rule tells.
        (None, Some(_)) if subject.element("Version").is_none() => {
            let message =
                format!("there is no `Version`, which means the old one, `{OLD_VERSION}`");
            Some(Flaw::new(subject.start(), message, help))
        }
        _ => None,
    };
    Vec::from_iter(flaw)
}

pub(super) fn no_statement(subject: &Subject<'_>) -> Vec<Flaw> {
    Vec::from_iter(match subject.element("Statement") {
        None => super::origin::not_a_policy(subject),
        Some(Member { value, .. }) => {
            let is_empty = matches!(&value.node, Node::List(values) if values.is_empty());
            let message = "there is no statement in `Statement`";
            is_empty.then(|| Flaw::new(value.span.clone(), message, "write one"))
        }
    })
}

pub(super) fn effect(subject: &Subject<'_>) -> Vec<Flaw> {
    let of_statement = |statement: &Statement| {
        let Some(element) = statement.element("Effect") else {
            let is_missing = !statement.misspells(&["Effect"]);
            let message = "the statement has no `Effect`";
            let help = "write `\"Effect\": \"Allow\"`";
            return is_missing.then(|| Flaw::new(beginning(statement.whole), message, help));
        };
        let effect = Text::of(&element.value)?;
        let is_other = !["Allow", "Deny"].contains(&effect.text);
        is_other.then(|| {
            effect.flaw(
                format!("`{effect}` is no effect"),
                "write `Allow` or `Deny`",
            )
        })
    };
    let statements = subject.statements.iter();
    statements.filter_map(of_statement).collect()
}

/// Of two elements a statement has exactly one.
fn exactly_one(statement: &Statement<'_>, names: [&str; 2], help: &str) -> Option<Flaw> {
    let [one, other] = names;
    if statement.misspells(&names) {
        return None;
    }
    match (statement.element(one), statement.element(other)) {
        (None, None) => {
            let message = format!("the statement has no `{one}`");
            Some(Flaw::new(beginning(statement.whole), message, help))
        }
        (Some(_), Some(second)) => {
            let message = format!("the statement has `{one}` and `{other}`");
            Some(Text::key(second).flaw(message, "keep one of them"))
        }
        _ => None,
    }
}

/// A statement has exactly one of two elements, but for policies of a kind that
/// have neither.
fn one_unless(
    subject: &Subject<'_>,
    names: [&str; 2],
    (kind, out): (Kind, &str),
    help: &str,
) -> Vec<Flaw> {
    let of_statement = |statement: &Statement<'_>| -> Vec<Flaw> {
        if subject.kind != Some(kind) {
            return Vec::from_iter(exactly_one(statement, names, help));
        }
        let elements = names.iter().filter_map(|name| statement.element(name));
        let flaw = |element| {
            let key = Text::key(element);
            let message = format!("a statement of {} has no `{key}`", kind.noun());
            key.flaw(message, out)
        };
        elements.map(flaw).collect()
    };
    // No policy of ECR's repositories names a resource. (ECR guide:
    // repository-policies.)
    let is_of_repositories = |statement: &Statement<'_>| {
        let actions = statement.actions();
        let is_one = |action: &Text<'_>| action.text.starts_with("ecr:");
        kind == Kind::Trust
            && subject.kind == Some(Kind::Resource)
            && !actions.is_empty()
            && actions.iter().all(is_one)
    };
    let statements = subject.statements.iter();
    let statements = statements.filter(|one| subject.kind.is_some() && !is_of_repositories(one));
    statements.flat_map(of_statement).collect()
}

pub(super) fn action_element(subject: &Subject<'_>) -> Vec<Flaw> {
    let names = ["Action", "NotAction"];
    let help = "say what the statement is about, such as `\"Action\": \"s3:PutObject\"`";
    let statements = subject.statements.iter();
    statements
        .filter_map(|statement| exactly_one(statement, names, help))
        .collect()
}

pub(super) fn resource_element(subject: &Subject<'_>) -> Vec<Flaw> {
    let out = "take it out: the resource is the role itself";
    let help = "write the ARN that the statement is about";
    one_unless(
        subject,
        ["Resource", "NotResource"],
        (Kind::Trust, out),
        help,
    )
}

pub(super) fn principal_element(subject: &Subject<'_>) -> Vec<Flaw> {
    let out = "take it out: the principal is whoever it is attached to; for a resource policy set `--kind resource`";
    let help = "say who, such as `\"Principal\": {\"Service\": \"lexv2.amazonaws.com\"}`";
    let names = ["Principal", "NotPrincipal"];
    one_unless(subject, names, (Kind::Identity, out), help)
}

pub(super) fn sid_letters(subject: &Subject<'_>) -> Vec<Flaw> {
    if matches!(subject.kind, None | Some(Kind::Resource)) {
        return Vec::new();
    }
    let is_bad = |sid: &Text| !sid.text.chars().all(|c| c.is_ascii_alphanumeric());
    let flaw = |sid: Text| {
        let message = format!("the Sid `{sid}` has more than letters and digits");
        sid.flaw(message, "take the other characters out")
    };
    subject.texts("Sid").filter(is_bad).map(flaw).collect()
}

pub(super) fn sid_duplicate(subject: &Subject<'_>) -> Vec<Flaw> {
    let mut seen = HashSet::new();
    // An empty one is none.
    let again = |sid: &Text<'_>| !sid.text.is_empty() && !seen.insert(sid.text.to_owned());
    let flaw = |sid: Text| {
        let message = format!("two statements have the Sid `{sid}`");
        sid.flaw(message, "give each its own, or none")
    };
    subject.texts("Sid").filter(again).map(flaw).collect()
}

pub(super) fn action_form(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_service = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let is_name = |c: char| c.is_ascii_alphanumeric() || "*?-_".contains(c);
    let is_one = |action: &str| match action.split_once(':') {
        None => action == "*",
        Some((service, name)) => {
            (service == "*" || service.chars().all(is_service))
                && !service.is_empty()
                && !name.is_empty()
                && name.chars().all(is_name)
        }
    };
    let help = "write the service, a colon and the action, as in `s3:PutObject`";
    let flaw = |action: Text| action.flaw(format!("`{action}` is no action by its form"), help);
    let actions = subject.statements.iter().flat_map(Statement::actions);
    let others = actions.filter(|action| !is_one(action.text));
    others.map(flaw).collect()
}
