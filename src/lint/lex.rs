//! What Amazon Lex needs to write its logs, and what keeps it from it.

use super::conditions::{SOURCES, is_key, weakness};
use super::finding::Flaw;
use super::statement::{Condition, Principal, Statement, Text, overlap};
use super::subject::{ASSUME_ROLE, Kind, Subject};
use super::words::nearest;
use crate::values::names::LexVersion;

/// Services of Amazon Lex that assume roles of their own, and write no logs. (Lex
/// V2 guide: using-service-linked-roles, built-in-intent-qinconnect; Lex V1
/// guide: using-service-linked-roles.)
const OTHERS: [&str; 4] = [
    "channels.lex.amazonaws.com",
    "channels.lexv2.amazonaws.com",
    "replication.lexv2.amazonaws.com",
    "lexv2.aws.internal",
];
const PASSED_TO: &str = "iam:PassedToService";
/// What a trust policy can allow or deny. (IAM's answer to
/// others: `AssumeRole policy may only specify STS AssumeRole actions`.)
const OF_TRUST: [&str; 6] = [
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:TagSession",
    "sts:SetSourceIdentity",
    "sts:SetContext",
];

fn version_of(service: &str) -> Option<LexVersion> {
    let mut versions = LexVersion::ALL.into_iter();
    versions.find(|version| version.service_principal() == service)
}

fn is_like_lex(service: &str) -> bool {
    let mut labels = service.split('.');
    labels.any(|label| label.to_ascii_lowercase().starts_with("lex"))
}

/// The services that may assume the role, or to which a role may be passed.
fn services<'a>(subject: &Subject<'a>) -> Vec<Text<'a>> {
    let of_statement = |statement: &Statement<'a>| {
        let conditions = statement.conditions().into_iter();
        let passed = conditions.filter(|condition| is_key(condition, &[PASSED_TO]));
        let passed = passed.flat_map(|condition| condition.values);
        statement.services().chain(passed).collect::<Vec<_>>()
    };
    subject.statements.iter().flat_map(of_statement).collect()
}

pub(super) fn principals(subject: &Subject<'_>) -> Vec<Flaw> {
    let services = services(subject);
    let wanted = subject.settings.lex_version;
    // Without a version that was asked for, the first one in the document is.
    let first = services.iter().find_map(|service| version_of(service.text));
    let told = |version: LexVersion| version.as_str().to_ascii_uppercase();
    let right = |version: LexVersion| format!("write `{}`", version.service_principal());
    let flaw = |service: &Text| {
        let (message, help) = match (version_of(service.text), wanted) {
            (Some(found), Some(wanted)) if found != wanted => (
                format!(
                    "`{service}` is Amazon Lex {}, and the bot is of {}",
                    told(found),
                    told(wanted)
                ),
                right(wanted),
            ),
            (Some(found), None) if Some(found) != first => (
                format!(
                    "`{service}` is Amazon Lex {}, and another service here is the other version",
                    told(found)
                ),
                "keep the one of your bot's version; `--lex-version` selects it".into(),
            ),
            (None, _) if is_like_lex(service.text) && !OTHERS.contains(&service.text) => {
                let [v1, v2] = LexVersion::ALL.map(LexVersion::service_principal);
                let both = || format!("write `{v2}` for Amazon Lex V2, `{v1}` for V1");
                let message = format!("`{service}` is no service of Amazon Lex");
                (message, wanted.map_or_else(both, right))
            }
            _ => return None,
        };
        Some(service.flaw(message, help))
    };
    let mut flaws: Vec<Flaw> = services.iter().filter_map(flaw).collect();
    if let (Some(wanted), Some(Kind::Trust), true) = (wanted, subject.kind, flaws.is_empty()) {
        let service = wanted.service_principal();
        if !services.iter().any(|named| named.text == service) && !subject.statements.is_empty() {
            flaws.push(Flaw::new(
                subject.start(),
                format!("no statement lets `{service}` assume the role"),
                format!("write `\"Principal\": {{\"Service\": \"{service}\"}}`"),
            ));
        }
    }
    flaws
}

pub(super) fn trust_actions(subject: &Subject<'_>) -> Vec<Flaw> {
    let statements = &subject.statements;
    if subject.kind != Some(Kind::Trust) || statements.is_empty() {
        return Vec::new();
    }
    let help = "write `\"Action\": \"sts:AssumeRole\"`";
    // What is no action by its form is another rule's.
    let is_other = |action: &Text| {
        action.text.contains(':') && !OF_TRUST.iter().any(|known| overlap(action.text, known))
    };
    let flaw = |action: Text| {
        let meant = nearest(action.text, OF_TRUST.into_iter());
        let help = meant.map_or(help.to_owned(), |meant| format!("write `{meant}`"));
        action.flaw(format!("`{action}` is no action of a trust policy"), help)
    };
    let actions = subject.texts("Action").filter(is_other);
    let mut flaws: Vec<Flaw> = actions.map(flaw).collect();
    let assumes = |statement: &Statement| {
        let ways = &OF_TRUST[..3];
        // What it denies lets nobody in, and whoever writes `NotAction` reads so.
        statement.element("NotAction").is_some()
            || statement.allows() && ways.iter().any(|way| statement.permits(way))
    };
    if flaws.is_empty() && !statements.iter().any(assumes) {
        let message = "no statement lets anybody assume the role";
        flaws.push(Flaw::new(subject.start(), message, help));
    }
    flaws
}

/// The conditions of a statement on whom a service acts for.
fn sources<'a>(statement: &Statement<'a>) -> Vec<Condition<'a>> {
    let conditions = statement.conditions().into_iter();
    let sources = conditions.filter(|condition| is_key(condition, &SOURCES));
    sources.collect()
}

pub(super) fn confused_deputy(subject: &Subject<'_>) -> Vec<Flaw> {
    if subject.kind != Some(Kind::Trust) {
        return Vec::new();
    }
    let is_strong =
        |sources: &[Condition], denies| sources.iter().any(|one| weakness(one, denies).is_none());
    let denies_others = |statement: &Statement| {
        let mut principals = statement.principals("Principal").into_iter();
        let is_of_service = |principal: Principal| {
            principal.name.text == "*" || version_of(principal.name.text).is_some()
        };
        statement.has_effect("Deny")
            && statement.permits(ASSUME_ROLE)
            && principals.any(is_of_service)
            && is_strong(&sources(statement), true)
    };
    if subject.statements.iter().any(denies_others) {
        return Vec::new();
    }
    let mut flaws = Vec::new();
    for statement in subject.statements.iter().filter(|one| one.allows()) {
        let sources = sources(statement);
        if is_strong(&sources, false) {
            continue;
        }
        let services = statement.services();
        for service in services.filter(|one| version_of(one.text).is_some()) {
            flaws.push(match sources.first() {
                None => service.flaw(
                    format!("no condition limits for which account `{service}` may assume the role"),
                    "add a condition on `aws:SourceAccount`, and see that logs still arrive: without a test they may be lost without an error",
                ),
                Some(source) => source.key.flaw(
                    format!(
                        "the condition on `{}` does not limit for which account `{service}` may assume the role: {}",
                        source.key,
                        weakness(source, false).unwrap_or_default()
                    ),
                    "compare `aws:SourceAccount` by `StringEquals` with the 12 digits of your account, and see that logs still arrive",
                ),
            });
        }
    }
    flaws
}

pub(super) fn pass_role(subject: &Subject<'_>) -> Vec<Flaw> {
    let open = |statement: &&Statement| {
        let mut conditions = statement.conditions().into_iter();
        statement.allows() && !conditions.any(|condition| is_key(&condition, &[PASSED_TO]))
    };
    let statements = subject.statements.iter().filter(open);
    let actions = statements.flat_map(|statement| statement.texts("Action"));
    let passes = actions.filter(|action| action.text.eq_ignore_ascii_case("iam:PassRole"));
    let message = "the role may be passed to any service that it trusts";
    let help = "add a condition on `iam:PassedToService`";
    passes.map(|action| action.flaw(message, help)).collect()
}

pub(super) fn anybody(subject: &Subject<'_>) -> Vec<Flaw> {
    if subject.kind != Some(Kind::Trust) {
        return Vec::new();
    }
    let open = |statement: &&Statement| statement.allows() && statement.conditions().is_empty();
    let statements = subject.statements.iter().filter(open);
    let principals = statements.flat_map(|statement| statement.principals("Principal"));
    let anybody = principals.filter(|principal| {
        matches!(principal.kind, None | Some("AWS")) && principal.name.text == "*"
    });
    let message = "the principal `*` lets every AWS account assume the role";
    let help = "name the service, such as `{\"Service\": \"lexv2.amazonaws.com\"}`";
    anybody.map(|one| one.name.flaw(message, help)).collect()
}
