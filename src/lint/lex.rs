//! What Amazon Lex needs to write its logs, and what keeps it from it.

use super::statement::{Principal, Statement};
use super::{Flaw, Kind, Subject, Text, grammar};
use crate::fault::printable;
use crate::spec::names::LexVersion;

/// Services of Amazon Lex that assume roles of their own, and write no logs. (Lex
/// V2 guide: using-service-linked-roles, built-in-intent-qinconnect; Lex V1
/// guide: using-service-linked-roles.)
const OTHERS: [&str; 4] = [
    "channels.lex.amazonaws.com",
    "channels.lexv2.amazonaws.com",
    "replication.lexv2.amazonaws.com",
    "lexv2.aws.internal",
];
/// By which a role is passed to one service alone.
const PASSED_TO: &str = "iam:PassedToService";
/// What says for whom a service acts. (IAM guide: confused-deputy.)
const SOURCES: [&str; 4] = [
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
];

/// The version whose logs a service writes.
fn version_of(service: &str) -> Option<LexVersion> {
    let versions = LexVersion::ALL.into_iter();
    versions
        .into_iter()
        .find(|version| version.service_principal() == service)
}

/// Whether a service may be Amazon Lex by its name.
fn is_like_lex(service: &str) -> bool {
    let labels = service.split('.').map(str::to_ascii_lowercase);
    labels.into_iter().any(|label| label.starts_with("lex"))
}

/// The services that may assume the role, or to which a role may be passed.
fn services<'a>(subject: &'a Subject<'_>) -> Vec<Text<'a>> {
    let of_statement = |statement: Statement<'a>| {
        let conditions = statement.conditions().into_iter();
        let passed =
            conditions.filter(|condition| condition.key.key.eq_ignore_ascii_case(PASSED_TO));
        let passed = passed.flat_map(|condition| condition.values);
        statement.services().chain(passed).collect::<Vec<_>>()
    };
    subject
        .statements()
        .into_iter()
        .flat_map(of_statement)
        .collect()
}

pub(super) fn principals(subject: &Subject<'_>) -> Vec<Flaw> {
    let services = services(subject);
    let wanted = subject.settings.lex_version;
    // Without a version that was asked for, the first one in the document is.
    let first = services.iter().find_map(|service| version_of(service.text));
    let flaw = |service: &Text| {
        let name = printable(service.text);
        let (message, help) = match (version_of(service.text), wanted) {
            (Some(found), Some(wanted)) if found != wanted => (
                format!(
                    "`{name}` is Amazon Lex {}, and the bot is of {}",
                    told(found),
                    told(wanted)
                ),
                format!("write `{}`", wanted.service_principal()),
            ),
            (Some(found), None) if Some(found) != first => (
                format!(
                    "`{name}` is Amazon Lex {}, and another service here is the other version",
                    told(found)
                ),
                "keep the one of your bot's version; `--lex-version` says which".into(),
            ),
            (None, _) if is_like_lex(service.text) && !OTHERS.contains(&service.text) => {
                let [v1, v2] = LexVersion::ALL.map(LexVersion::service_principal);
                let help = match wanted {
                    Some(wanted) => format!("write `{}`", wanted.service_principal()),
                    None => format!("write `{v2}` for Amazon Lex V2, `{v1}` for V1"),
                };
                (format!("`{name}` is no service of Amazon Lex"), help)
            }
            _ => return None,
        };
        Some(Flaw::new(service.span.clone(), message, help))
    };
    let mut flaws: Vec<Flaw> = services.iter().filter_map(flaw).collect();
    if let (Some(wanted), Kind::Trust, true) = (wanted, subject.kind, flaws.is_empty()) {
        let service = wanted.service_principal();
        if !services.iter().any(|named| named.text == service) && !subject.statements().is_empty() {
            flaws.push(Flaw::new(
                grammar::start(subject),
                format!("no statement lets `{service}` assume the role"),
                format!("write `\"Principal\": {{\"Service\": \"{service}\"}}`"),
            ));
        }
    }
    flaws
}

/// A version in a sentence.
fn told(version: LexVersion) -> &'static str {
    match version {
        LexVersion::V1 => "V1",
        LexVersion::V2 => "V2",
    }
}

pub(super) fn trust_actions(subject: &Subject<'_>) -> Vec<Flaw> {
    let statements = subject.statements();
    if subject.kind != Kind::Trust || statements.is_empty() {
        return Vec::new();
    }
    let help = "write `\"Action\": \"sts:AssumeRole\"`";
    let is_other = |action: &Text| {
        let service = action.text.split_once(':').map(|(service, _)| service);
        service.is_some_and(|service| !service.eq_ignore_ascii_case("sts") && service != "*")
    };
    let actions = statements
        .iter()
        .flat_map(Statement::actions)
        .filter(is_other);
    let flaw = |action: Text| {
        let message = format!(
            "`{}` is no action of a trust policy",
            printable(action.text)
        );
        Flaw::new(action.span, message, help)
    };
    let mut flaws: Vec<Flaw> = actions.map(flaw).collect();
    let assumes = |statement: &Statement| {
        let ways = [
            "sts:AssumeRole",
            "sts:AssumeRoleWithSAML",
            "sts:AssumeRoleWithWebIdentity",
        ];
        // What it denies lets nobody in, and who writes `NotAction` is told so.
        statement.has("NotAction")
            || statement.allows() && ways.iter().any(|way| statement.permits(way))
    };
    if flaws.is_empty() && !statements.iter().any(assumes) {
        flaws.push(Flaw::new(
            grammar::start(subject),
            "no statement lets anybody assume the role",
            help,
        ));
    }
    flaws
}

/// Whether a statement has a condition with one of these keys.
fn has_condition(statement: &Statement<'_>, keys: &[&str]) -> bool {
    let is_one = |key: &str| keys.iter().any(|known| known.eq_ignore_ascii_case(key));
    statement
        .conditions()
        .iter()
        .any(|condition| is_one(&condition.key.key))
}

pub(super) fn confused_deputy(subject: &Subject<'_>) -> Vec<Flaw> {
    if subject.kind != Kind::Trust {
        return Vec::new();
    }
    let open = |statement: &Statement| statement.allows() && !has_condition(statement, &SOURCES);
    let statements = subject.statements().into_iter().filter(open);
    let services = statements.flat_map(|statement| statement.services().collect::<Vec<_>>());
    let flaw = |service: Text| {
        let message = format!(
            "nothing says for which account `{}` may assume the role",
            printable(service.text)
        );
        let help = "add a condition on `aws:SourceAccount`, and see that logs still arrive: without a test they may be lost without an error";
        Flaw::new(service.span, message, help)
    };
    services
        .filter(|service| version_of(service.text).is_some())
        .map(flaw)
        .collect()
}

pub(super) fn pass_role(subject: &Subject<'_>) -> Vec<Flaw> {
    let open =
        |statement: &Statement| statement.allows() && !has_condition(statement, &[PASSED_TO]);
    let statements = subject.statements().into_iter().filter(open);
    let actions = statements.flat_map(|statement| statement.texts("Action"));
    let flaw = |action: Text| {
        Flaw::new(
            action.span,
            "the role may be passed to any service that it trusts",
            "add a condition on `iam:PassedToService`",
        )
    };
    actions
        .filter(|action| action.text.eq_ignore_ascii_case("iam:PassRole"))
        .map(flaw)
        .collect()
}

pub(super) fn anybody(subject: &Subject<'_>) -> Vec<Flaw> {
    if subject.kind != Kind::Trust {
        return Vec::new();
    }
    let open = |statement: &Statement| statement.allows() && statement.conditions().is_empty();
    let statements = subject.statements().into_iter().filter(open);
    let principals = statements.flat_map(|statement| statement.principals("Principal"));
    let anybody = principals.filter(|principal| {
        matches!(principal.kind, None | Some("AWS")) && principal.name.text == "*"
    });
    let flaw = |principal: Principal| {
        Flaw::new(
            principal.name.span,
            "the principal `*` lets every AWS account assume the role",
            "name the service, such as `{\"Service\": \"lexv2.amazonaws.com\"}`",
        )
    };
    anybody.map(flaw).collect()
}
