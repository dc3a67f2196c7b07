//! What the logs are written to, and the KMS keys that encrypt it: created where
//! the spec asks for it, else only compared.

mod bucket;

use super::command::Command;
use super::query;
use super::step::{Check, Property, Step, Subject, Target, Undo, Update};
use super::words::{created, regional};
use serde::Serialize;

use crate::document::Document;
use crate::request::{LogGroupCreation, Spec, TextLogs};
use crate::values::arn::KmsKeyArn;
use crate::values::retention::RetentionDays;

/// The calls by which CloudWatch Logs comes to encrypt a log group with a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogGroupKey {
    /// Prints the key's policy.
    pub read: Command,
    /// Puts `key-policy.json` in its place.
    pub write: Command,
    /// Has a log group that is there encrypted with the key.
    pub associate: Command,
}

/// The steps that create what the logs are written to.
pub(super) fn steps(spec: &Spec) -> Vec<Step> {
    let text = spec.text_logs.as_ref();
    let creation = text.and_then(|logs| Some((logs, logs.creation.as_ref()?)));
    let log_group = creation.map(|(logs, creation)| new_log_group(spec, logs, creation));
    let audio = spec.audio_logs.as_ref();
    let audio = audio.filter(|logs| logs.creates_bucket);
    let bucket = audio.map(|logs| bucket::steps(spec, logs));
    log_group.into_iter().chain(bucket).flatten().collect()
}

/// What the logs are written to and no step creates, and the keys.
pub(super) fn targets(spec: &Spec) -> Vec<Target> {
    log_group(spec)
        .into_iter()
        .chain(bucket::target(spec))
        .chain(keys(spec))
        .collect()
}

fn on_log_group(operation: &'static str, logs: &TextLogs) -> Command {
    Command::new("logs", operation).option("--log-group-name", logs.log_group_name.as_str())
}

/// The log groups whose names begin with this one's, which is the first of them.
fn find_log_group(spec: &Spec, logs: &TextLogs) -> Command {
    let find = Command::new("logs", "describe-log-groups")
        .option("--log-group-name-prefix", logs.log_group_name.as_str())
        .flag("--no-paginate");
    regional(find, spec)
}

/// The log group, with its key and its tags from the start, then what takes a
/// call of its own.
fn new_log_group(spec: &Spec, logs: &TextLogs, creation: &LogGroupCreation) -> Vec<Step> {
    let mut command = on_log_group("create-log-group", logs);
    let mut checks = vec![log_group_exists(spec, logs)];
    let mut updates = Vec::new();
    if let Some(key) = &logs.kms_key_arn {
        command = command.option("--kms-key-id", key.as_str());
        checks.push(log_group_key_check(spec, logs, key));
        updates.push(Update {
            property: Property::Key,
            command: associate(spec, logs, key),
        });
    }
    if !spec.tags.is_empty() {
        command = command.file("--tags", Document::LogGroupTags);
    }
    let streams = on_log_group("describe-log-streams", logs).option("--limit", "1");
    let thing = format!("log group {}", logs.log_group_name);
    let group = Step {
        checks,
        updates,
        undo: Some(Undo {
            title: format!("delete the {thing}"),
            contents: Some(regional(streams, spec).query(query::FIRST_STREAM)),
            users: Vec::new(),
            command: regional(on_log_group("delete-log-group", logs), spec),
        }),
        ..Step::new(
            Subject::LogGroup,
            created(thing),
            spec.log_group_arn(logs),
            regional(command, spec),
        )
    };
    let retention = creation.retention.as_ref();
    let retention = retention.map(|days| retention_of_log_group(spec, logs, days));
    std::iter::once(group).chain(retention).collect()
}

fn log_group_exists(spec: &Spec, logs: &TextLogs) -> Check {
    Check {
        property: Property::Existence,
        value: logs.log_group_name.as_str().to_owned(),
        command: find_log_group(spec, logs).query(&query::of_log_group(logs, "logGroupName")),
    }
}

fn log_group_key_check(spec: &Spec, logs: &TextLogs, key: &KmsKeyArn) -> Check {
    Check {
        property: Property::Key,
        value: key.as_str().to_owned(),
        command: find_log_group(spec, logs).query(&query::of_log_group(logs, "kmsKeyId")),
    }
}

fn retention_of_log_group(spec: &Spec, logs: &TextLogs, days: &RetentionDays) -> Step {
    let put =
        on_log_group("put-retention-policy", logs).option("--retention-in-days", days.as_str());
    let name = &logs.log_group_name;
    let unit = if days.as_str() == "1" { "day" } else { "days" };
    Step::part(
        (Subject::LogGroupRetention, Subject::LogGroup),
        [
            format!(
                "set the retention of the log group {name} to {} {unit}",
                days.as_str()
            ),
            format!("retention of log group {name}"),
        ],
        format!("retention of {}", spec.log_group_arn(logs)),
        regional(put, spec),
        vec![Check {
            property: Property::Retention,
            value: days.as_str().to_owned(),
            command: find_log_group(spec, logs)
                .query(&query::of_log_group(logs, "retentionInDays")),
        }],
    )
}

fn associate(spec: &Spec, logs: &TextLogs, key: &KmsKeyArn) -> Command {
    let associate = on_log_group("associate-kms-key", logs).option("--kms-key-id", key.as_str());
    regional(associate, spec)
}

/// The log group, and its key, if no step creates it.
fn log_group(spec: &Spec) -> Vec<Target> {
    let logs = spec.text_logs.as_ref();
    let Some(logs) = logs.filter(|logs| logs.creation.is_none()) else {
        return Vec::new();
    };
    let group = Target {
        subject: Subject::LogGroup,
        thing: format!("log group {}", logs.log_group_name),
        check: log_group_exists(spec, logs),
    };
    let key = logs.kms_key_arn.as_ref().map(|key| Target {
        subject: Subject::LogGroupEncryption,
        thing: format!("key of log group {}", logs.log_group_name),
        check: log_group_key_check(spec, logs, key),
    });
    std::iter::once(group).chain(key).collect()
}

/// The keys, each once.
fn keys(spec: &Spec) -> Vec<Target> {
    let text = spec.text_logs.as_ref();
    let audio = spec.audio_logs.as_ref();
    let of_text = text.and_then(|logs| logs.kms_key_arn.as_ref());
    let of_audio = audio.and_then(|logs| Some(&logs.encryption.as_ref()?.key_arn));
    let keys = [
        (Subject::LogGroupKey, of_text),
        (
            Subject::BucketKey,
            of_audio.filter(|key| Some(*key) != of_text),
        ),
    ];
    let target = |(subject, key): (Subject, Option<&KmsKeyArn>)| {
        let check = Check {
            property: Property::Existence,
            value: "Enabled SYMMETRIC_DEFAULT".to_owned(),
            command: on_key("describe-key", key?, spec).query(query::KEY),
        };
        let thing = format!("KMS key {}", key?.as_str());
        Some(Target {
            subject,
            thing,
            check,
        })
    };
    keys.into_iter().filter_map(target).collect()
}

fn on_key(operation: &'static str, key: &KmsKeyArn, spec: &Spec) -> Command {
    let command = Command::new("kms", operation).option("--key-id", key.as_str());
    regional(command, spec)
}

pub(super) fn log_group_key(spec: &Spec) -> Option<LogGroupKey> {
    let logs = spec.text_logs.as_ref()?;
    let key = logs.kms_key_arn.as_ref()?;
    let policy = |operation| on_key(operation, key, spec).option("--policy-name", "default");
    Some(LogGroupKey {
        read: policy("get-key-policy").text("Policy"),
        write: policy("put-key-policy").option("--policy", "file://key-policy.json"),
        associate: associate(spec, logs, key),
    })
}
