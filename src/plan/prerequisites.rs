//! What the logs are written to, and the KMS keys that encrypt it: created where
//! the spec asks for it, else only compared.

mod bucket;
pub(super) mod log_group;

use super::query;
use super::step::{Check, Property, Step, Subject, Target};
use super::words::on_key;
use crate::request::Spec;
use crate::values::arn::KmsKeyArn;

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
