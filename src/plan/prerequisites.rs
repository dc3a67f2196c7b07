//! What the logs are written to, and the KMS keys that encrypt it: created where
//! the spec asks for it, else only compared.

mod bucket;
mod log_group;

use serde::Serialize;

use super::command::Command;
use super::query;
use super::step::{Check, Property, Step, Subject, Target};
use super::words::on_key;
use crate::document::Document;
use crate::request::Spec;
use crate::values::arn::KmsKeyArn;

/// The calls by which a key's owner lets others use it. No script does it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyPolicy {
    /// The statements to add.
    pub document: Document,
    /// Prints the key's policy.
    pub read: Command,
    /// Puts `key-policy.json` in its place.
    pub write: Command,
    /// Has the log group that is there encrypted with the key, if it is a log group's.
    pub associate: Option<Command>,
}

/// The keys whose policies must have more statements: a log group's, and a
/// bucket's if another account owns it.
pub(super) fn key_policies(spec: &Spec) -> Vec<KeyPolicy> {
    let policy = |operation, key| on_key(operation, key, spec).option("--policy-name", "default");
    let associate = |key| Some(log_group::associate(spec, spec.text_logs.as_ref()?, key));
    let bucket_key = spec.bucket_key();
    [
        (Document::LogGroupKeyPolicy, spec.log_group_key()),
        (
            Document::BucketKeyPolicy,
            bucket_key.filter(|key| spec.other_owner(Some(key)).is_some()),
        ),
    ]
    .into_iter()
    .filter_map(|(document, key)| {
        let key = key?;
        Some(KeyPolicy {
            document,
            read: policy("get-key-policy", key).text("Policy"),
            write: policy("put-key-policy", key).option("--policy", "file://key-policy.json"),
            associate: associate(key).filter(|_| document == Document::LogGroupKeyPolicy),
        })
    })
    .collect()
}

/// The steps that create what the logs are written to.
pub(super) fn steps(spec: &Spec) -> Vec<Step> {
    let audio = spec.audio_logs.as_ref();
    let audio = audio.filter(|logs| logs.creates_bucket);
    let bucket = audio.map(|logs| bucket::steps(spec, logs));
    let bucket = bucket.into_iter().flatten();
    log_group::steps(spec).into_iter().chain(bucket).collect()
}

/// What the logs are written to and no step creates, and the keys.
pub(super) fn targets(spec: &Spec) -> Vec<Target> {
    log_group::targets(spec)
        .into_iter()
        .chain(bucket::target(spec))
        .chain(keys(spec))
        .collect()
}

/// The keys, each once.
fn keys(spec: &Spec) -> Vec<Target> {
    let of_text = spec.log_group_key();
    let of_audio = spec.bucket_key().filter(|key| Some(*key) != of_text);
    let keys = [
        (Subject::LogGroupKey, of_text),
        (Subject::BucketKey, of_audio),
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
