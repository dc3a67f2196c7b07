//! What the logs are written to, and the KMS keys that encrypt it: created where
//! the spec asks for it, else only looked at.

use super::step::{Aspect, Look, Premise, Removal, Step, Subject, Update};
use super::{Command, LogGroupKey, query, regional};
use crate::document::Document;
use crate::spec::arn::KmsKeyArn;
use crate::spec::retention::RetentionDays;
use crate::spec::{AudioLogs, LogGroupCreation, Spec, TextLogs};

/// The steps that create what the logs are written to.
pub(super) fn steps(spec: &Spec) -> Vec<Step> {
    let text = spec.text_logs.as_ref();
    let creation = text.and_then(|logs| Some((logs, logs.creation.as_ref()?)));
    let log_group = creation.map(|(logs, creation)| new_log_group(spec, logs, creation));
    let audio = spec.audio_logs.as_ref();
    let audio = audio.filter(|logs| logs.creates_bucket);
    let bucket = audio.map(|logs| new_bucket(spec, logs));
    log_group.into_iter().chain(bucket).flatten().collect()
}

/// What the logs are written to and no step creates, and the keys.
pub(super) fn targets(spec: &Spec) -> Vec<Premise> {
    log_group(spec)
        .into_iter()
        .chain(bucket(spec))
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

/// The log group, with its key and its tags from the beginning, then what takes a
/// call of its own.
fn new_log_group(spec: &Spec, logs: &TextLogs, creation: &LogGroupCreation) -> Vec<Step> {
    let look = |aspect, query: &str| Look {
        aspect,
        command: find_log_group(spec, logs).text(query),
    };
    let mut command = on_log_group("create-log-group", logs);
    let mut looks = vec![look(Aspect::There, &query::log_group_arn(logs))];
    let mut updates = Vec::new();
    if let Some(key) = &logs.kms_key_arn {
        command = command.option("--kms-key-id", key.as_str());
        looks.push(look(Aspect::Key, &query::log_group_key(logs, key)));
        updates.push(Update {
            aspect: Aspect::Key,
            room: None,
            command: associate(spec, logs, key),
        });
    }
    if !spec.tags.is_empty() {
        command = command.file("--tags", Document::LogGroupTags);
    }
    let streams = on_log_group("describe-log-streams", logs).option("--limit", "1");
    let group = Step {
        subject: Subject::LogGroup,
        parent: None,
        policy: None,
        resource: spec.log_group_arn(logs),
        command: regional(command, spec),
        wait: None,
        looks,
        updates,
        removal: Some(Removal {
            contents: Some(regional(streams, spec).text(query::HAS_STREAMS)),
            users: Vec::new(),
            versions: None,
            command: regional(on_log_group("delete-log-group", logs), spec),
        }),
    };
    let retention = creation.retention.as_ref();
    let retention = retention.map(|days| retention_of_log_group(spec, logs, days));
    std::iter::once(group).chain(retention).collect()
}

fn retention_of_log_group(spec: &Spec, logs: &TextLogs, days: &RetentionDays) -> Step {
    let put =
        on_log_group("put-retention-policy", logs).option("--retention-in-days", days.as_str());
    let command = regional(put, spec);
    let look = Look {
        aspect: Aspect::Retention,
        command: find_log_group(spec, logs).text(&query::retention(logs, days)),
    };
    Step {
        subject: Subject::LogGroupRetention,
        parent: Some(Subject::LogGroup),
        policy: None,
        resource: format!("retention of {}", spec.log_group_arn(logs)),
        command: command.clone(),
        wait: None,
        looks: vec![look],
        updates: vec![Update {
            aspect: Aspect::Retention,
            room: None,
            command,
        }],
        removal: None,
    }
}

fn associate(spec: &Spec, logs: &TextLogs, key: &KmsKeyArn) -> Command {
    let associate = on_log_group("associate-kms-key", logs).option("--kms-key-id", key.as_str());
    regional(associate, spec)
}

fn log_group(spec: &Spec) -> Option<Premise> {
    let logs = spec.text_logs.as_ref()?;
    if logs.creation.is_some() {
        return None;
    }
    let command = find_log_group(spec, logs).text(&query::log_group(logs));
    Some(target(Subject::LogGroup, command))
}

fn on_bucket(operation: &'static str, logs: &AudioLogs) -> Command {
    Command::new("s3api", operation).option("--bucket", logs.bucket_name.as_str())
}

/// A call on a bucket of this account and no other.
fn on_own_bucket(operation: &'static str, spec: &Spec, logs: &AudioLogs) -> Command {
    on_bucket(operation, logs).option("--expected-bucket-owner", spec.account_id.as_str())
}

fn find_bucket(spec: &Spec, logs: &AudioLogs) -> Command {
    regional(on_own_bucket("get-bucket-location", spec, logs), spec)
        .text(&query::bucket_region(spec))
}

/// The bucket, then what takes a call of its own.
fn new_bucket(spec: &Spec, logs: &AudioLogs) -> Vec<Step> {
    let mut create = on_bucket("create-bucket", logs);
    if logs.bucket_name.is_account_regional() {
        create = create.option("--bucket-namespace", "account-regional");
    }
    // S3 takes no such name for the Region that it began in.
    if spec.region.as_str() != "us-east-1" {
        let place = format!("LocationConstraint={}", spec.region);
        create = create.option("--create-bucket-configuration", place);
    }
    let objects = on_own_bucket("list-object-versions", spec, logs)
        .option("--max-keys", "1")
        .flag("--no-paginate");
    let bucket = Step {
        subject: Subject::Bucket,
        parent: None,
        policy: None,
        resource: spec.bucket_arn(logs),
        command: regional(create, spec),
        wait: None,
        looks: vec![Look {
            aspect: Aspect::Location,
            command: find_bucket(spec, logs),
        }],
        updates: Vec::new(),
        removal: Some(Removal {
            contents: Some(regional(objects, spec).text(query::HAS_OBJECTS)),
            users: Vec::new(),
            versions: None,
            command: regional(on_own_bucket("delete-bucket", spec, logs), spec),
        }),
    };
    let tags = (!spec.tags.is_empty()).then(|| tags_of_bucket(spec, logs));
    [
        bucket,
        public_access_block(spec, logs),
        encryption_of_bucket(spec, logs),
    ]
    .into_iter()
    .chain(tags)
    .collect()
}

fn public_access_block(spec: &Spec, logs: &AudioLogs) -> Step {
    let all = query::PUBLIC_ACCESS_BLOCK.map(|part| format!("{part}=true"));
    let look = on_own_bucket("get-public-access-block", spec, logs);
    let look = regional(look, spec).text(&query::public_access());
    let put = on_own_bucket("put-public-access-block", spec, logs)
        .option("--public-access-block-configuration", all.join(","));
    of_bucket(
        Subject::BucketPublicAccessBlock,
        format!("public access block of {}", spec.bucket_arn(logs)),
        regional(put, spec),
        (Aspect::PublicAccessBlock, vec![look]),
    )
}

fn encryption_of_bucket(spec: &Spec, logs: &AudioLogs) -> Step {
    let encryption = logs.encryption.as_ref();
    let rule = match encryption {
        None => "{ApplyServerSideEncryptionByDefault={SSEAlgorithm=AES256}}".to_owned(),
        Some(encryption) => format!(
            "{{ApplyServerSideEncryptionByDefault={{SSEAlgorithm=aws:kms,KMSMasterKeyID={}}},BucketKeyEnabled=true}}",
            encryption.key_arn
        ),
    };
    let look = on_own_bucket("get-bucket-encryption", spec, logs);
    let look = regional(look, spec).text(&query::encryption(encryption));
    let put = on_own_bucket("put-bucket-encryption", spec, logs).option(
        "--server-side-encryption-configuration",
        format!("Rules=[{rule}]"),
    );
    of_bucket(
        Subject::BucketEncryption,
        format!("default encryption of {}", spec.bucket_arn(logs)),
        regional(put, spec),
        (Aspect::Encryption, vec![look]),
    )
}

fn tags_of_bucket(spec: &Spec, logs: &AudioLogs) -> Step {
    let look = |query: String| {
        regional(on_own_bucket("get-bucket-tagging", spec, logs), spec).text(&query)
    };
    let looks = query::tags("TagSet", spec).into_iter().map(look);
    let put =
        on_own_bucket("put-bucket-tagging", spec, logs).file("--tagging", Document::BucketTags);
    of_bucket(
        Subject::BucketTags,
        format!("tags of {}", spec.bucket_arn(logs)),
        regional(put, spec),
        (Aspect::CreationTags, looks.collect()),
    )
}

/// Something of a bucket, which goes with it.
fn of_bucket(
    subject: Subject,
    resource: String,
    command: Command,
    (aspect, looks): (Aspect, Vec<Command>),
) -> Step {
    let update = Update {
        aspect,
        room: None,
        command: command.clone(),
    };
    let looks = looks.into_iter();
    Step {
        subject,
        parent: Some(Subject::Bucket),
        policy: None,
        resource,
        command,
        wait: None,
        looks: looks.map(|command| Look { aspect, command }).collect(),
        // Tags are for what is created.
        updates: (aspect != Aspect::CreationTags)
            .then_some(update)
            .into_iter()
            .collect(),
        removal: None,
    }
}

fn bucket(spec: &Spec) -> Option<Premise> {
    let logs = spec.audio_logs.as_ref()?;
    let is_looked_at = !logs.creates_bucket;
    is_looked_at.then(|| target(Subject::Bucket, find_bucket(spec, logs)))
}

/// The keys, each once.
fn keys(spec: &Spec) -> Vec<Premise> {
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
    let look = |(subject, key): (Subject, Option<&KmsKeyArn>)| {
        Some(target(
            subject,
            on_key("describe-key", key?, spec).text(query::KEY),
        ))
    };
    keys.into_iter().filter_map(look).collect()
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

fn target(subject: Subject, command: Command) -> Premise {
    Premise {
        subject,
        looks: vec![Look {
            aspect: Aspect::Target,
            command,
        }],
    }
}
