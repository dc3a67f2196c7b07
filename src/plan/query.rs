//! The `JMESPath` expressions by which the AWS CLI picks one value out of what it
//! reads.
//!
//! They hold no `"`, `%` or `^`, which cmd.exe does not pass on, start with
//! nothing that a path starts with, since Git for Windows rewrites those, and
//! have a blank or `=` after each `!`, which interactive shells take for their
//! own before anything else.

use crate::request::{Encryption, Spec, TextLogs};

/// The longest expression for tags; with them a command stays readable.
const MAX_TAGS: usize = 400;

/// Who has a policy: roles, users and groups, a line each.
pub(super) const ENTITIES: &str =
    "[PolicyRoles[].RoleName,PolicyUsers[].UserName,PolicyGroups[].GroupName][].[@]";

/// The log stream that a log group has first.
pub(super) const FIRST_STREAM: &str = "logStreams[0].logStreamName";

/// A word if a bucket holds anything, versions that are deleted too.
pub(super) const FIRST_OBJECT: &str = "Versions[0].VersionId||DeleteMarkers[0].VersionId";

/// How many of the four ways of public access to a bucket are blocked.
pub(super) const BLOCKED: &str = "length(values(PublicAccessBlockConfiguration)[?@])";

/// The rules by which a bucket deletes objects: whether they are on, for which prefix, after how many days.
pub(super) const LIFECYCLE: &str =
    "Rules[].join(' ',[Status,Filter.Prefix||'-',to_string(Expiration.Days)])|join(';',@)";

/// The Sid of a statement if a bucket's policy has it. The policy is a text, of which no more can be compared.
pub(super) fn statement(sid: &str) -> String {
    format!("contains(Policy,'{sid}') && '{sid}'||'lacks it: add the statement'")
}

/// State and kind of a KMS key. (The services that encrypt logs take symmetric
/// keys alone.)
pub(super) const KEY: &str = "KeyMetadata.join(' ',[KeyState,KeySpec])";

/// A text as a raw string of `JMESPath`, or, with letters outside ASCII, as a
/// literal in which JSON escapes count.
pub(super) fn string(text: &str) -> String {
    if text.is_ascii() {
        format!("'{}'", text.replace('\'', r"\'"))
    } else {
        // Blanks in front would be lost.
        let blanks = text.len() - text.trim_start_matches(' ').len();
        let rest = crate::json::escaped(&text[blanks..]);
        format!("`{}{rest}`", r"\u0020".repeat(blanks))
    }
}

/// How many of the spec's tags are in a list, in as many expressions as it
/// takes, each with the number that it should print.
pub(super) fn tags(list: &str, spec: &Spec) -> Vec<(usize, String)> {
    let mut groups: Vec<(usize, String)> = Vec::new();
    for (key, value) in spec.tags.iter() {
        let tag = format!("(Key=={} && Value=={})", string(key), string(value));
        match groups.last_mut() {
            Some((count, tags)) if tags.len() + tag.len() < MAX_TAGS => {
                *count += 1;
                tags.push_str(&format!(" || {tag}"));
            }
            _ => groups.push((1, tag)),
        }
    }
    let query = |(count, tags)| (count, format!("length({list}[?{tags}])"));
    groups.into_iter().map(query).collect()
}

/// A field of the log group, among those whose names start like its own.
pub(super) fn of_log_group(logs: &TextLogs, field: &str) -> String {
    let name = string(logs.log_group_name.as_str());
    format!("logGroups[?logGroupName=={name}].{field}|[0]")
}

/// `True` if the log group is protected from deletion, and nothing if it is not.
pub(super) fn protected(logs: &TextLogs) -> String {
    let name = string(logs.log_group_name.as_str());
    format!("logGroups[?logGroupName=={name}].deletionProtectionEnabled|[?@]|[0]")
}

/// The Region of a bucket. S3 calls us-east-1 nothing, and eu-west-1 `EU` where
/// the bucket was created so.
pub(super) fn bucket_region(spec: &Spec) -> &'static str {
    match spec.region.as_str() {
        "eu-west-1" => "(LocationConstraint=='EU' && 'eu-west-1')||LocationConstraint||'us-east-1'",
        _ => "LocationConstraint||'us-east-1'",
    }
}

/// How a bucket encrypts by default: its key, or else its algorithm.
pub(super) fn encryption(encryption: Option<&Encryption>) -> &'static str {
    match encryption {
        None => "ServerSideEncryptionConfiguration.Rules[0].*.SSEAlgorithm|[0]",
        Some(_) => "ServerSideEncryptionConfiguration.Rules[0].*.KMSMasterKeyID|[0]",
    }
}
