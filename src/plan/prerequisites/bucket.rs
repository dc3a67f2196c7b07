//! The bucket of the audio logs and what is set on it.

use crate::document::{Document, TLS_ONLY};
use crate::plan::command::Command;
use crate::plan::query;
use crate::plan::step::{Check, Property, Step, Subject, Target, Undo};
use crate::plan::words::{created, regional};
use crate::request::{AudioLogs, Encryption, Spec};
use crate::values::names::AudioLogPrefix;
use crate::values::retention::ExpirationDays;

fn on_bucket(operation: &'static str, logs: &AudioLogs) -> Command {
    Command::new("s3api", operation).option("--bucket", logs.bucket_name.as_str())
}

/// A call on a bucket of this account and no other.
fn on_own_bucket(operation: &'static str, spec: &Spec, logs: &AudioLogs) -> Command {
    on_bucket(operation, logs).option("--expected-bucket-owner", spec.account_id.as_str())
}

fn bucket_exists(spec: &Spec, logs: &AudioLogs) -> Check {
    let find = on_own_bucket("get-bucket-location", spec, logs);
    Check {
        property: Property::Region,
        value: spec.region.as_str().to_owned(),
        command: regional(find, spec).query(query::bucket_region(spec)),
    }
}

/// The bucket, then what takes a call of its own.
pub(super) fn steps(spec: &Spec, logs: &AudioLogs) -> Vec<Step> {
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
    let thing = format!("bucket {}", logs.bucket_name);
    let bucket = Step {
        checks: vec![bucket_exists(spec, logs)],
        undo: Some(Undo {
            title: format!("delete the {thing}"),
            contents: Some(regional(objects, spec).query(query::FIRST_OBJECT)),
            users: Vec::new(),
            command: regional(on_own_bucket("delete-bucket", spec, logs), spec),
        }),
        ..Step::new(
            Subject::Bucket,
            created(thing),
            spec.bucket_arn(logs),
            regional(create, spec),
        )
    };
    let expiration = logs.expiration.as_ref();
    let expiration = expiration.map(|days| expiration_of_bucket(spec, logs, days));
    let tags = (!spec.tags.is_empty()).then(|| tags_of_bucket(spec, logs));
    let policy = logs.tls_only.then(|| policy_of_bucket(spec, logs));
    [
        bucket,
        public_access_block(spec, logs),
        encryption_of_bucket(spec, logs),
    ]
    .into_iter()
    .chain(expiration)
    .chain(tags)
    .chain(policy)
    .collect()
}

/// All that blocks public access to a bucket. (S3 API:
/// `PublicAccessBlockConfiguration`.)
const PUBLIC_ACCESS_BLOCK: &str =
    "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true";

fn public_access_block(spec: &Spec, logs: &AudioLogs) -> Step {
    let get = on_own_bucket("get-public-access-block", spec, logs);
    let put = on_own_bucket("put-public-access-block", spec, logs)
        .option("--public-access-block-configuration", PUBLIC_ACCESS_BLOCK);
    part_of_bucket(
        (spec, logs),
        Subject::BucketPublicAccessBlock,
        ["block public access to the bucket", "public access block"],
        put,
        vec![Check {
            property: Property::PublicAccessBlock,
            value: "4".to_owned(),
            command: regional(get, spec).query(query::BLOCKED),
        }],
    )
}

fn encryption_of_bucket(spec: &Spec, logs: &AudioLogs) -> Step {
    let encryption = logs.encryption.as_ref();
    let (value, rule) = match encryption {
        None => (
            "AES256".to_owned(),
            "{ApplyServerSideEncryptionByDefault={SSEAlgorithm=AES256}}".to_owned(),
        ),
        Some(Encryption { key_arn, .. }) => (
            key_arn.as_str().to_owned(),
            format!(
                "{{ApplyServerSideEncryptionByDefault={{SSEAlgorithm=aws:kms,KMSMasterKeyID={key_arn}}},BucketKeyEnabled=true}}"
            ),
        ),
    };
    let get = on_own_bucket("get-bucket-encryption", spec, logs);
    let put = on_own_bucket("put-bucket-encryption", spec, logs).option(
        "--server-side-encryption-configuration",
        format!("Rules=[{rule}]"),
    );
    part_of_bucket(
        (spec, logs),
        Subject::BucketEncryption,
        [
            "set the default encryption of the bucket",
            "default encryption",
        ],
        put,
        vec![Check {
            property: Property::Encryption,
            value,
            command: regional(get, spec).query(query::encryption(encryption)),
        }],
    )
}

/// Deletes what Amazon Lex writes, and nothing outside its prefix.
fn expiration_of_bucket(spec: &Spec, logs: &AudioLogs, days: &ExpirationDays) -> Step {
    let prefix = logs.prefix.as_ref().map_or("", AudioLogPrefix::as_str);
    let rule = format!(
        "Rules=[{{ID=audio-logs,Filter={{Prefix={}}},Status=Enabled,Expiration={{Days={days}}}}}]",
        query::string(prefix)
    );
    let get = on_own_bucket("get-bucket-lifecycle-configuration", spec, logs);
    let put = on_own_bucket("put-bucket-lifecycle-configuration", spec, logs)
        .option("--lifecycle-configuration", rule);
    let prefix = if prefix.is_empty() { "-" } else { prefix };
    part_of_bucket(
        (spec, logs),
        Subject::BucketLifecycle,
        [
            "set the expiration of the audio logs in the bucket",
            "expiration of audio logs",
        ],
        put,
        vec![Check {
            property: Property::Expiration,
            value: format!("Enabled {prefix} {days}"),
            command: regional(get, spec).query(query::LIFECYCLE),
        }],
    )
}

/// What belongs to a bucket: what the step does, up to the bucket's name, and to what of it.
fn part_of_bucket(
    (spec, logs): (&Spec, &AudioLogs),
    subject: Subject,
    [title, what]: [&str; 2],
    put: Command,
    checks: Vec<Check>,
) -> Step {
    let name = &logs.bucket_name;
    Step::part(
        (subject, Subject::Bucket),
        [
            format!("{title} {name}"),
            format!("{what} of bucket {name}"),
        ],
        format!("{what} of {}", spec.bucket_arn(logs)),
        regional(put, spec),
        checks,
    )
}

/// Set on a bucket that apply creates, and never changed: to set them replaces
/// all others.
fn tags_of_bucket(spec: &Spec, logs: &AudioLogs) -> Step {
    let check = |(count, query): (usize, String)| Check {
        property: Property::Tags,
        value: count.to_string(),
        command: regional(on_own_bucket("get-bucket-tagging", spec, logs), spec).query(&query),
    };
    let put =
        on_own_bucket("put-bucket-tagging", spec, logs).file("--tagging", Document::BucketTags);
    let checks = query::tags("TagSet", spec).into_iter().map(check).collect();
    let words = ["set the tags of the bucket", "tags"];
    part_of_bucket((spec, logs), Subject::BucketTags, words, put, checks)
}

/// Set on a bucket that apply creates, and on no other: to set it replaces all statements.
fn policy_of_bucket(spec: &Spec, logs: &AudioLogs) -> Step {
    let get = on_own_bucket("get-bucket-policy", spec, logs);
    let put =
        on_own_bucket("put-bucket-policy", spec, logs).file("--policy", Document::BucketPolicy);
    let check = Check {
        property: Property::Policy,
        value: TLS_ONLY.to_owned(),
        command: regional(get, spec).query(&query::statement(TLS_ONLY)),
    };
    let words = ["deny requests without TLS to the bucket", "policy"];
    let subject = Subject::BucketPolicy;
    part_of_bucket((spec, logs), subject, words, put, vec![check])
}

/// The bucket, if no step creates it.
pub(super) fn target(spec: &Spec) -> Option<Target> {
    let logs = spec.audio_logs.as_ref()?;
    let is_target = !logs.creates_bucket;
    is_target.then(|| Target {
        subject: Subject::Bucket,
        thing: format!("bucket {}", logs.bucket_name),
        check: bucket_exists(spec, logs),
    })
}
