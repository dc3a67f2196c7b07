//! What permits more than anybody needs.

use super::arns::masked;
use super::statement::Statement;
use super::{Flaw, Kind, Subject, Text};
use crate::fault::printable;
use crate::json::placed::Member;
use crate::spec::arn::Arn;

/// The statements that allow something.
fn allowing<'a>(subject: &'a Subject<'_>) -> impl Iterator<Item = Statement<'a>> {
    let statements = subject.statements().into_iter();
    statements.filter(Statement::allows)
}

/// The `Action` of all that allow.
fn allowed<'a>(subject: &'a Subject<'_>) -> impl Iterator<Item = Text<'a>> {
    allowing(subject).flat_map(|statement| statement.texts("Action"))
}

/// Whether an action is `*`, or all of a service.
fn is_all(action: &str) -> bool {
    let name = action.split_once(':').map_or(action, |(_, name)| name);
    !name.is_empty() && name.chars().all(|c| c == '*')
}

pub(super) fn actions(subject: &Subject<'_>) -> Vec<Flaw> {
    let flaw = |action: Text| {
        let what = match action.text.split_once(':') {
            Some((service, _)) if !service.contains('*') => format!("of `{}`", printable(service)),
            _ => "of every service".into(),
        };
        Flaw::new(
            action.span,
            format!("`{}` allows every action {what}", printable(action.text)),
            "name the actions",
        )
    };
    allowed(subject)
        .filter(|action| is_all(action.text))
        .map(flaw)
        .collect()
}

pub(super) fn action_names(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_pattern = |action: &Text| !is_all(action.text) && action.text.contains(['*', '?']);
    let flaw = |action: Text| {
        Flaw::new(
            action.span,
            format!(
                "`{}` allows every action that it fits, also those to come",
                printable(action.text)
            ),
            "name the actions, if no page of AWS asks for the pattern",
        )
    };
    allowed(subject).filter(is_pattern).map(flaw).collect()
}

/// The resources of what allows in an identity policy.
fn resources_of<'a>(subject: &'a Subject<'_>) -> impl Iterator<Item = Text<'a>> {
    let is_identity = subject.kind == Kind::Identity;
    let statements = allowing(subject).filter(move |_| is_identity);
    statements.flat_map(|statement| statement.texts("Resource"))
}

/// Whether a name is no more than wildcards.
fn is_any(name: &str) -> bool {
    name.contains('*') && name.chars().all(|c| "*?:/".contains(c))
}

/// Whether a resource is all of a service, or of all of them.
fn is_everything(resource: &str) -> bool {
    let arn = masked(resource);
    is_any(resource)
        || Arn::parse(&arn).is_ok_and(|arn| is_any(arn.resource) || arn.service.contains('*'))
}

pub(super) fn resources(subject: &Subject<'_>) -> Vec<Flaw> {
    let flaw = |resource: Text| {
        Flaw::new(
            resource.span,
            format!("`{}` allows it on every resource", printable(resource.text)),
            "write the ARN of what is meant; for actions that are of no resource `*` is right",
        )
    };
    resources_of(subject)
        .filter(|resource| is_everything(resource.text))
        .map(flaw)
        .collect()
}

pub(super) fn resource_parts(subject: &Subject<'_>) -> Vec<Flaw> {
    let what = |resource: &str| {
        let arn = masked(resource);
        let arn = Arn::parse(&arn).ok()?;
        // A bucket's name is no type: `BUCKET/*` is all that is in it.
        let name = arn
            .resource
            .split_once([':', '/'])
            .filter(|_| arn.service != "s3");
        let is_wild = |part: &str| part.contains(['*', '?']);
        if is_everything(resource) {
            None
        } else if is_wild(arn.region) {
            Some("in every Region that fits")
        } else if is_wild(arn.account) {
            Some("in every account that fits")
        } else {
            name.filter(|(_, name)| is_any(name))
                .map(|_| "on every resource of that type")
        }
    };
    let flaw = |resource: Text| {
        let what = what(resource.text)?;
        let message = format!("`{}` allows it {what}", printable(resource.text));
        Some(Flaw::new(
            resource.span,
            message,
            "write the Region, the account and the name that are meant",
        ))
    };
    resources_of(subject).filter_map(flaw).collect()
}

/// Every element of that name in what allows.
fn elements(subject: &Subject<'_>, name: &str, message: &str, help: &str) -> Vec<Flaw> {
    let flaw = |element: &Member| Flaw::new(element.span.clone(), message, help);
    let elements = allowing(subject).filter_map(|statement| statement.element(name));
    elements.map(flaw).collect()
}

pub(super) fn not_action(subject: &Subject<'_>) -> Vec<Flaw> {
    elements(
        subject,
        "NotAction",
        "`NotAction` allows every action but those that are named",
        "name what is allowed by `Action`",
    )
}

pub(super) fn not_resource(subject: &Subject<'_>) -> Vec<Flaw> {
    elements(
        subject,
        "NotResource",
        "`NotResource` allows it on every resource but those that are named",
        "name the resources by `Resource`",
    )
}

pub(super) fn not_principal(subject: &Subject<'_>) -> Vec<Flaw> {
    elements(
        subject,
        "NotPrincipal",
        "`NotPrincipal` lets in everybody but those that are named",
        "name who is let in by `Principal`",
    )
}

pub(super) fn principal(subject: &Subject<'_>) -> Vec<Flaw> {
    let statements = allowing(subject).filter(|statement| statement.conditions().is_empty());
    let principals = statements.flat_map(|statement| statement.principals("Principal"));
    let anybody = principals.filter(|principal| {
        matches!(principal.kind, None | Some("AWS")) && principal.name.text == "*"
    });
    let flaw = |name: Text| {
        Flaw::new(
            name.span,
            "the principal `*` lets in everybody",
            "name who is let in, or add a condition such as `aws:PrincipalOrgID`",
        )
    };
    anybody.map(|principal| flaw(principal.name)).collect()
}
