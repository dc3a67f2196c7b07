//! The log group, in the bot's Region and in that of its replica, and its KMS key.

use crate::document::Document;
use crate::plan::command::Command;
use crate::plan::query;
use crate::plan::step::{Check, Property, Step, Subject, Target, Undo, Update};
use crate::plan::words::{created, in_region, regional};
use crate::request::{LogGroupCreation, Spec, TextLogs};
use crate::values::arn::KmsKeyArn;
use crate::values::names::Region;
use crate::values::retention::RetentionDays;

pub(super) fn steps(spec: &Spec) -> Vec<Step> {
    let Some(logs) = &spec.text_logs else {
        return Vec::new();
    };
    let steps = spec.regions(logs).filter_map(|region| {
        let creation = logs.creation.as_ref()?;
        Some(new_log_group(spec, Group { logs, region }, creation))
    });
    steps.flatten().collect()
}

#[derive(Clone, Copy)]
struct Group<'a> {
    logs: &'a TextLogs,
    region: &'a Region,
}

impl Group<'_> {
    fn is_replica(self) -> bool {
        self.logs.replica.as_ref() == Some(self.region)
    }

    fn thing(self) -> String {
        let name = &self.logs.log_group_name;
        if self.is_replica() {
            format!("replica log group {name}")
        } else {
            format!("log group {name}")
        }
    }

    fn subject(self) -> Subject {
        if self.is_replica() {
            Subject::ReplicaLogGroup
        } else {
            Subject::LogGroup
        }
    }
}

fn on_log_group(operation: &'static str, logs: &TextLogs) -> Command {
    Command::new("logs", operation).option("--log-group-name", logs.log_group_name.as_str())
}

/// The log groups whose names begin with this one's, which is the first of them.
fn find_log_group(group: Group<'_>) -> Command {
    let name = group.logs.log_group_name.as_str();
    let find = Command::new("logs", "describe-log-groups")
        .option("--log-group-name-prefix", name)
        .flag("--no-paginate");
    in_region(find, group.region)
}

/// The log group, with its key and its tags from the start, then what takes a
/// call of its own.
fn new_log_group(spec: &Spec, group: Group<'_>, creation: &LogGroupCreation) -> Vec<Step> {
    let Group { logs, region } = group;
    let mut command = on_log_group("create-log-group", logs);
    let mut checks = vec![log_group_exists(group)];
    let mut updates = Vec::new();
    // A key is of one Region.
    let key = logs.kms_key_arn.as_ref();
    if let Some(key) = key.filter(|_| !group.is_replica()) {
        command = command.option("--kms-key-id", key.as_str());
        checks.push(log_group_key_check(group, key));
        updates.push(Update {
            property: Property::Key,
            command: associate(spec, logs, key),
        });
    }
    if !spec.tags.is_empty() {
        command = command.file("--tags", Document::LogGroupTags);
    }
    let streams = on_log_group("describe-log-streams", logs).option("--limit", "1");
    let thing = group.thing();
    let undo = Undo {
        title: format!("delete the {thing}"),
        contents: Some(in_region(streams, region).query(query::FIRST_STREAM)),
        users: Vec::new(),
        command: in_region(on_log_group("delete-log-group", logs), region),
    };
    let protection = creation
        .protected
        .then(|| protection_of_log_group(spec, group, &undo));
    let step = Step {
        checks,
        updates,
        undo: Some(undo),
        ..Step::new(
            group.subject(),
            created(thing),
            spec.log_group_arn(logs, region),
            in_region(command, region),
        )
    };
    let retention = creation.retention.as_ref();
    let retention = retention.map(|days| retention_of_log_group(spec, group, days));
    std::iter::once(step)
        .chain(retention)
        .chain(protection)
        .collect()
}

fn log_group_exists(group: Group<'_>) -> Check {
    Check {
        property: Property::Existence,
        value: group.logs.log_group_name.as_str().to_owned(),
        command: find_log_group(group).query(&query::of_log_group(group.logs, "logGroupName")),
    }
}

fn log_group_key_check(group: Group<'_>, key: &KmsKeyArn) -> Check {
    Check {
        property: Property::Key,
        value: key.as_str().to_owned(),
        command: find_log_group(group).query(&query::of_log_group(group.logs, "kmsKeyId")),
    }
}

fn retention_of_log_group(spec: &Spec, group: Group<'_>, days: &RetentionDays) -> Step {
    let put = on_log_group("put-retention-policy", group.logs)
        .option("--retention-in-days", days.as_str());
    let unit = if days.as_str() == "1" { "day" } else { "days" };
    let title = format!(
        "set the retention of the {} to {days} {unit}",
        group.thing()
    );
    let check = Check {
        property: Property::Retention,
        value: days.as_str().to_owned(),
        command: find_log_group(group).query(&query::of_log_group(group.logs, "retentionInDays")),
    };
    let subjects = [
        Subject::LogGroupRetention,
        Subject::ReplicaLogGroupRetention,
    ];
    part_of_log_group(
        spec,
        group,
        subjects,
        [title, "retention".into()],
        put,
        check,
    )
}

/// Undo switches it off by itself, before it deletes the log group.
fn protection_of_log_group(spec: &Spec, group: Group<'_>, undo: &Undo) -> Step {
    let put = |flag| {
        let name = group.logs.log_group_name.as_str();
        let put = Command::new("logs", "put-log-group-deletion-protection");
        put.option("--log-group-identifier", name).flag(flag)
    };
    let thing = group.thing();
    let check = Check {
        property: Property::DeletionProtection,
        value: "True".to_owned(),
        command: find_log_group(group).query(&query::protected(group.logs)),
    };
    let subjects = [
        Subject::LogGroupDeletionProtection,
        Subject::ReplicaLogGroupDeletionProtection,
    ];
    let words = [
        format!("protect the {thing} from deletion"),
        "deletion protection".to_owned(),
    ];
    let on = put("--deletion-protection-enabled");
    Step {
        undo: Some(Undo {
            title: format!("switch off the deletion protection of the {thing}"),
            command: in_region(put("--no-deletion-protection-enabled"), group.region),
            ..undo.clone()
        }),
        ..part_of_log_group(spec, group, subjects, words, on, check)
    }
}

/// What belongs to a log group: the subjects here and in the replica's Region, what the step does, and to what of it.
fn part_of_log_group(
    spec: &Spec,
    group: Group<'_>,
    subjects: [Subject; 2],
    [title, what]: [String; 2],
    put: Command,
    check: Check,
) -> Step {
    let subject = subjects[usize::from(group.is_replica())];
    Step::part(
        (subject, group.subject()),
        [title, format!("{what} of {}", group.thing())],
        format!("{what} of {}", spec.log_group_arn(group.logs, group.region)),
        in_region(put, group.region),
        vec![check],
    )
}

/// Has a log group that is there encrypted with the key.
pub(super) fn associate(spec: &Spec, logs: &TextLogs, key: &KmsKeyArn) -> Command {
    let associate = on_log_group("associate-kms-key", logs).option("--kms-key-id", key.as_str());
    regional(associate, spec)
}

/// The log group in each of its Regions, and its key, if no step creates it.
pub(super) fn targets(spec: &Spec) -> Vec<Target> {
    let logs = spec.text_logs.as_ref();
    let Some(logs) = logs.filter(|logs| logs.creation.is_none()) else {
        return Vec::new();
    };
    let target = |region| {
        let group = Group { logs, region };
        Target {
            subject: group.subject(),
            thing: group.thing(),
            check: log_group_exists(group),
        }
    };
    let key = logs.kms_key_arn.as_ref().map(|key| {
        let region = &spec.region;
        Target {
            subject: Subject::LogGroupEncryption,
            thing: format!("key of log group {}", logs.log_group_name),
            check: log_group_key_check(Group { logs, region }, key),
        }
    });
    spec.regions(logs).map(target).chain(key).collect()
}
