//! The `JMESPath` expressions by which the AWS CLI itself compares what is there
//! with the spec: the only comparison of JSON that every administrator's machine
//! can make. They print what differs, a line each, in IAM's own words, and
//! nothing where nothing does.
//!
//! They hold no `"`, `%` or `^`, which cmd.exe does not pass on, begin with
//! nothing that a path begins with, since Git for Windows rewrites those, and
//! have a blank or `=` after each `!`, which interactive shells take for their
//! own before anything else.

use std::collections::BTreeMap;

use crate::document::{Document, ManagedPolicy};
use crate::policy;
use crate::policy::grants::{self, Condition, Grant};
use crate::spec::arn::{KmsKeyArn, PermissionsBoundary};
use crate::spec::retention::RetentionDays;
use crate::spec::{Encryption, Spec, TextLogs};

/// All that blocks public access to a bucket. (S3 API:
/// `PublicAccessBlockConfiguration`.)
pub(super) const PUBLIC_ACCESS_BLOCK: [&str; 4] = [
    "BlockPublicAcls",
    "IgnorePublicAcls",
    "BlockPublicPolicy",
    "RestrictPublicBuckets",
];

/// The longest list of tags for one expression; a command line of cmd.exe ends
/// at 8,191 characters.
const LONGEST_TAGS: usize = 1500;

/// The oldest version that is not the default, if there are five, which is as
/// many as IAM keeps; else `None`.
pub(super) const OLDEST_OF_FIVE: &str =
    "[Versions[4] && sort_by(reverse(Versions[?! IsDefaultVersion]),&CreateDate)[0].VersionId]";

/// All versions but the default.
pub(super) const OTHER_VERSIONS: &str = "Versions[?! IsDefaultVersion].[VersionId]";

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

/// A list of texts.
fn strings<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.into_iter().map(string).collect();
    format!("[{}]", texts.join(","))
}

/// Prints each item that is not false; lists among them item by item.
pub(super) fn lines(items: &[String]) -> String {
    format!("[{}][] | [?@].[@]", items.join(", "))
}

/// The role's path, as part of its ARN.
pub(super) fn path(spec: &Spec) -> String {
    let arn = string(&spec.role_arn());
    lines(&[format!("Role.Arn!={arn} && join(' ',['Arn',Role.Arn])")])
}

/// The path of a role that was there before, if the spec names one.
pub(super) fn existing_path(spec: &Spec) -> String {
    if spec.role_path.is_some() {
        path(spec)
    } else {
        lines(&["! Role.Arn && 'Arn'".into()])
    }
}

/// The trust policy: the spec's Amazon Lex alone, on the spec's condition alone.
pub(super) fn trust(spec: &Spec) -> Vec<String> {
    let grants = grants::of(Document::TrustPolicy, spec);
    document("Role.AssumeRolePolicyDocument", &grants)
}

/// These conditions and no others, for a statement.
fn conditions(wanted: &[Condition]) -> String {
    if wanted.is_empty() {
        return "! Condition".to_owned();
    }
    let mut operators: BTreeMap<&str, Vec<&Condition>> = BTreeMap::new();
    for condition in wanted {
        operators
            .entry(condition.operator)
            .or_default()
            .push(condition);
    }
    let of_operator = |(operator, wanted): (&&str, &Vec<&Condition>)| {
        // One key for each operator is all that a spec asks for.
        let keys = strings(wanted.iter().map(|condition| condition.key));
        let values = strings(wanted.iter().map(|condition| condition.value.as_str()));
        format!(
            "keys(Condition.{operator})=={keys} && \
             values(Condition.{operator})[]=={values}"
        )
    };
    let each: Vec<String> = operators.iter().map(of_operator).collect();
    format!(
        "Condition && keys(Condition)=={} && {}",
        strings(operators.keys().copied()),
        each.join(" && ")
    )
}

/// The trust policy of a role that was there before: it lets the spec's Amazon
/// Lex in, whoever else and on whatever condition.
pub(super) fn existing_trust(spec: &Spec) -> String {
    let lex = spec.lex_version.service_principal();
    lines(&[format!(
        "! ([Role.AssumeRolePolicyDocument.Statement][] | [?Effect=='Allow' && \
         contains([Principal.Service][],{}) && contains([Action][],'sts:AssumeRole')]) && \
         'no statement lets {lex} assume the role'",
        string(lex)
    )])
}

/// The document of a managed policy's default version.
pub(super) fn permissions(of: Document, spec: &Spec) -> Vec<String> {
    document("PolicyVersion.Document", &grants::of(of, spec))
}

/// What a document permits, in as many expressions as it takes.
fn document(at: &str, grants: &[Grant]) -> Vec<String> {
    let wanted: Vec<String> = grants.iter().map(statement).collect();
    let missing: Vec<String> = grants
        .iter()
        .flat_map(|grant| missing(at, grant.actions))
        .collect();
    let wrong = vec![language(at), statements(at, &wanted)];
    // Two grants are too long for one command of cmd.exe.
    if grants.len() > 1 {
        vec![lines(&wrong), lines(&missing)]
    } else {
        vec![lines(&[wrong, missing].concat())]
    }
}

/// A statement that is this grant, or a part of it. IAM's grammar lets a
/// statement with an Action have no `NotAction`, and likewise with the other
/// elements.
fn statement(grant: &Grant) -> String {
    let principal = grant.principal.iter().map(|service| {
        let service = string(service);
        format!("[Principal.Service][]==[{service}] && keys(Principal)==['Service']")
    });
    let resource = grant.resource.iter().map(|resource| {
        let resource = string(resource);
        format!("[Resource][]==[{resource}]")
    });
    let actions = strings(grant.actions.iter().copied());
    let actions = format!("[Action][] && ! ([Action][] | [?! contains({actions},@)])");
    let parts: Vec<String> = std::iter::once("Effect=='Allow'".to_owned())
        .chain(principal)
        .chain([conditions(&grant.conditions)])
        .chain(resource)
        .chain([actions])
        .collect();
    parts.join(" && ")
}

/// The version of a document's language, if it is another.
fn language(at: &str) -> String {
    format!(
        "{at}.Version!='{}' && join(' ',['Version',{at}.Version||'none'])",
        policy::LANGUAGE_VERSION
    )
}

/// Each statement that is none of those wanted.
fn statements(at: &str, wanted: &[String]) -> String {
    let wanted = match wanted {
        [only] => only.clone(),
        several => format!("({})", several.join(") || (")),
    };
    format!("[{at}.Statement][] | [?! ({wanted})].join(' ',['Statement',to_string(@)])")
}

/// Each action that no statement allows.
fn missing(at: &str, actions: &[&str]) -> Vec<String> {
    let missing = |action| {
        format!(
            "! contains([{at}.Statement][].[Action][][],'{action}') && 'Action {action} is missing'"
        )
    };
    actions.iter().map(missing).collect()
}

/// The permissions boundary of a role.
pub(super) fn boundary(boundary: &PermissionsBoundary) -> String {
    let arn = "Role.PermissionsBoundary.PermissionsBoundaryArn";
    lines(&[format!(
        "{arn}!={} && join(' ',['PermissionsBoundary',{arn}||'none'])",
        string(boundary.as_str())
    )])
}

/// Any permissions boundary of a role.
pub(super) const BOUNDED: &str = "[Role.PermissionsBoundary && join(' ',['PermissionsBoundary',Role.PermissionsBoundary.PermissionsBoundaryArn])][] | [?@].[@]";

/// The tags in a list, in as many expressions as it takes. Other tags than the
/// spec's may be there too.
pub(super) fn tags(of: &str, spec: &Spec) -> Vec<String> {
    let mut queries = Vec::new();
    let mut some: Vec<String> = Vec::new();
    let mut flush = |some: &mut Vec<String>| {
        if !some.is_empty() {
            queries.push(lines(&[format!(
                "! ({}) && join(' ',['Tags',to_string({of})])",
                some.join(" && ")
            )]));
            some.clear();
        }
    };
    for (key, value) in spec.tags.iter() {
        let tag = format!("{of}[?Key=={} && Value=={}]", string(key), string(value));
        if some.iter().map(String::len).sum::<usize>() + tag.len() > LONGEST_TAGS {
            flush(&mut some);
        }
        some.push(tag);
    }
    flush(&mut some);
    queries
}

/// A policy of the same name under another path.
pub(super) fn elsewhere(policy: &ManagedPolicy<'_>) -> String {
    format!(
        "Policies[?PolicyName=={} && Arn!={}].[join(' ',['Arn',Arn])]",
        string(policy.name.as_str()),
        string(&policy.arn)
    )
}

/// A policy's ARN, if it is attached.
pub(super) fn attached(policy: &ManagedPolicy<'_>) -> String {
    format!(
        "AttachedPolicies[?PolicyArn=={}].[PolicyArn]",
        string(&policy.arn)
    )
}

/// What else is attached to the role.
pub(super) fn other_attachments(spec: &Spec) -> String {
    let policies = spec.policies();
    let ours = strings(policies.iter().map(|policy| policy.arn.as_str()));
    format!("AttachedPolicies[?! contains({ours},PolicyArn)].[PolicyArn]")
}

/// Who else has a policy.
pub(super) fn other_users(spec: &Spec) -> String {
    format!(
        "[PolicyRoles[?RoleName!={}].RoleName, PolicyUsers[].UserName, PolicyGroups[].GroupName][].[@]",
        string(spec.role_name.as_str())
    )
}

/// The log group among those whose names begin like its own.
fn named(logs: &TextLogs) -> String {
    let name = string(logs.log_group_name.as_str());
    format!("logGroups[?logGroupName=={name}]")
}

/// `absent`, if the log group is; else its key, if it is to have another.
pub(super) fn log_group(logs: &TextLogs) -> String {
    let mut items = vec![format!("! ({}) && 'absent'", named(logs))];
    items.extend(logs.kms_key_arn.as_ref().map(|key| other_key(logs, key)));
    lines(&items)
}

/// The ARN of the log group, if it is there.
pub(super) fn log_group_arn(logs: &TextLogs) -> String {
    format!("{}.[arn]", named(logs))
}

/// The key of a log group that is there, if it is to have another.
pub(super) fn log_group_key(logs: &TextLogs, key: &KmsKeyArn) -> String {
    lines(&[other_key(logs, key)])
}

fn other_key(logs: &TextLogs, key: &KmsKeyArn) -> String {
    let key = string(key.as_str());
    let named = named(logs);
    format!("{named}.[kmsKeyId!={key} && join(' ',['KmsKeyId',kmsKeyId||'none'])][]")
}

/// A word, if a log group has a log stream: its name may hold what means
/// something to a shell.
pub(super) const HAS_STREAMS: &str = "[logStreams[0] && 'logStreams'][] | [?@].[@]";

/// The retention of a log group that is there, if it is to have another.
pub(super) fn retention(logs: &TextLogs, days: &RetentionDays) -> String {
    let named = named(logs);
    lines(&[format!(
        "{named}.[retentionInDays!=`{days}` && join(' ',['RetentionInDays',to_string(retentionInDays||'none')])][]"
    )])
}

/// What keeps a KMS key from being used for logs. (The services that encrypt
/// them take symmetric keys alone.)
pub(super) const KEY: &str = "[KeyMetadata.KeyState!='Enabled' && join(' ',['KeyState',KeyMetadata.KeyState]), \
KeyMetadata.KeySpec!='SYMMETRIC_DEFAULT' && join(' ',['KeySpec',KeyMetadata.KeySpec])][] | [?@].[@]";

/// The Region of a bucket. S3 calls us-east-1 nothing, and eu-west-1 `EU` where
/// the bucket was made so.
pub(super) fn bucket_region(spec: &Spec) -> String {
    let at = "LocationConstraint";
    let other = match spec.region.as_str() {
        "us-east-1" => at.to_owned(),
        "eu-west-1" => format!("! contains(['eu-west-1','EU'],{at})"),
        region => format!("{at}!='{region}'"),
    };
    lines(&[format!("{other} && join(' ',['Region',{at}||'us-east-1'])")])
}

/// What of a bucket's block of public access is off. (`!` binds more tightly than
/// the point between names.)
pub(super) fn public_access() -> String {
    let parts = PUBLIC_ACCESS_BLOCK
        .map(|part| format!("! (PublicAccessBlockConfiguration.{part}) && '{part} false'"));
    lines(&parts)
}

/// How a bucket encrypts by default, if it is to be otherwise.
pub(super) fn encryption(encryption: Option<&Encryption>) -> String {
    let rule = "ServerSideEncryptionConfiguration.Rules[0]";
    let is_not = |name: &str, value: &str| {
        let (at, value) = (
            format!("{rule}.ApplyServerSideEncryptionByDefault.{name}"),
            string(value),
        );
        format!("{at}!={value} && join(' ',['{name}',{at}||'none'])")
    };
    match encryption {
        None => lines(&[is_not("SSEAlgorithm", "AES256")]),
        Some(encryption) => lines(&[
            is_not("SSEAlgorithm", "aws:kms"),
            is_not("KMSMasterKeyID", encryption.key_arn.as_str()),
            format!("! ({rule}.BucketKeyEnabled) && 'BucketKeyEnabled false'"),
        ]),
    }
}

/// A word for each kind of thing that a bucket holds, versions that are deleted
/// too: their names may hold what means something to a shell.
pub(super) const HAS_OBJECTS: &str =
    "[Versions[0] && 'Versions', DeleteMarkers[0] && 'DeleteMarkers'][] | [?@].[@]";
