//! The `JMESPath` expressions by which the AWS CLI compares the log settings of an
//! alias with the spec's, and makes a request out of the alias that is there.

use serde_json::Value;

use crate::plan::query::string;
use crate::policy::settings::{Log, is_selective, of_log};
use crate::request::Spec;
use crate::values::names::LexVersion;

/// The ARN of the bot's role. Of a role without a path it is not known whether it has none: its name decides.
pub(super) fn role_of_bot(spec: &Spec) -> String {
    if spec.existing_role && spec.role_path.is_none() {
        let end = string(&format!("/{}", spec.role_name));
        format!("[ends_with(roleArn,{end}),roleArn]")
    } else {
        "roleArn".to_owned()
    }
}

/// The settings of one kind in words: whether they are on, selectively where the spec asks for that, and where they go to. In V1
/// the role and where they go to.
pub(super) fn words(log: Log, spec: &Spec) -> String {
    let selective = is_selective(log, spec).then_some("&&selectiveLoggingEnabled");
    match spec.lex_version {
        LexVersion::V1 => format!(
            "conversationLogs.[[iamRoleArn],logSettings[?logType=='{}'].[resourceArn,kmsKeyArn||'-'][]][]",
            log.log_type()
        ),
        LexVersion::V2 => format!(
            "conversationLogSettings.{}[0].[enabled{},destination.*.*[]][]",
            log.member(),
            selective.unwrap_or_default()
        ),
    }
}

/// The request that gives a bot the spec's role and leaves it as it is otherwise.
pub(super) fn bot_with_role(spec: &Spec) -> String {
    let required = [
        "botId: botId".to_owned(),
        "botName: botName".to_owned(),
        format!("roleArn: {}", string(&spec.role_arn())),
        "dataPrivacy: dataPrivacy".to_owned(),
        "idleSessionTTLInSeconds: idleSessionTTLInSeconds".to_owned(),
    ];
    let optionals = ["description", "botType", "botMembers", "errorLogSettings"];
    merged(&required, optionals.map(optional))
}

/// The request that switches an alias's logs on.
pub(super) fn enabling(spec: &Spec) -> String {
    request(spec, Some(enabled(spec)))
}

pub(super) fn disabling(spec: &Spec) -> String {
    request(spec, None)
}

/// The settings that an alias is given.
fn enabled(spec: &Spec) -> String {
    let of = |log| Some((log, of_log(log, spec)?));
    let wanted: Vec<(Log, Value)> = Log::ALL.into_iter().filter_map(of).collect();
    match spec.lex_version {
        // Those of V2 are members, and the others stay. So does what the spec leaves of ours: without selective logging,
        // everything would be logged.
        LexVersion::V2 => {
            let member = |(log, value): &(Log, Value)| {
                let (name, value) = (log.member(), literal(&value[0]));
                let kept = format!("conversationLogSettings.{name}[0] || `{{}}`");
                format!("{name}: [merge({kept}, {value})]")
            };
            let members: Vec<String> = wanted.iter().map(member).collect();
            format!(
                "{{conversationLogSettings: merge(conversationLogSettings || `{{}}`, {{{}}})}}",
                members.join(", ")
            )
        }
        LexVersion::V1 => {
            let values: Vec<String> = wanted.iter().map(|(_, value)| literal(value)).collect();
            let others: Vec<Log> = Log::ALL
                .into_iter()
                .filter(|log| !wanted.iter().any(|(other, _)| other == log))
                .collect();
            let role = string(&spec.role_arn());
            let ours = format!("[{}]", values.join(", "));
            let all = if others.is_empty() {
                ours
            } else {
                format!("[{} || `[]`, {ours}][]", elements(&others))
            };
            format!("{{conversationLogs: {{iamRoleArn: {role}, logSettings: {all}}}}}")
        }
    }
}

/// V1's settings of some kinds as a request takes them: without the prefix, which
/// only answers have.
pub(super) fn elements(logs: &[Log]) -> String {
    let types: Vec<String> = logs.iter().map(|log| string(log.log_type())).collect();
    format!(
        "conversationLogs.logSettings[?contains([{}],logType)].merge({{logType: logType, destination: destination, resourceArn: resourceArn}}, {})",
        types.join(","),
        optional("kmsKeyArn")
    )
}

/// A member, if it is there: a request with `null` in it is refused.
fn optional(member: &str) -> String {
    format!("({member} && {{{member}: {member}}}) || `{{}}`")
}

/// The request that leaves an alias as it is, but for its logs.
fn request(spec: &Spec, logs: Option<String>) -> String {
    let (required, optionals): (&[&str], &[&str]) = match spec.lex_version {
        LexVersion::V1 => (
            // Who changes it in between makes another of the checksum.
            &["name", "botName", "botVersion", "checksum"],
            &["description"],
        ),
        LexVersion::V2 => (
            &["botId", "botAliasId", "botAliasName"],
            &[
                "description",
                "botVersion",
                "botAliasLocaleSettings",
                "sentimentAnalysisSettings",
            ],
        ),
    };
    let required: Vec<String> = required
        .iter()
        .map(|member| format!("{member}: {member}"))
        .collect();
    let optionals = optionals.iter().map(|member| optional(member));
    merged(&required, optionals.chain(logs))
}

/// These members, and those of the other objects.
fn merged(required: &[String], more: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = std::iter::once(format!("{{{}}}", required.join(", ")))
        .chain(more)
        .collect();
    format!("merge({})", parts.join(", "))
}

/// A JSON value as an expression that gives it, without a quote of JSON's.
fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => string(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(literal).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, value)| format!("{name}: {}", literal(value)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
    }
}
