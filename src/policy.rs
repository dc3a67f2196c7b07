//! The policy document model: every document that was rendered is read back,
//! with nothing but its own text as a witness, and compared with what IAM takes
//! and with what the spec says. A template that spoils a document is found
//! here, not at the administrator's desk.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::document::Document;
use crate::spec::Spec;
use crate::spec::arn::Arn;
use crate::spec::names::AudioLogPrefix;

/// IAM's quota for a managed policy, in characters; white space between tokens
/// does not count. (IAM guide: `reference_iam-quotas`.)
const MANAGED_POLICY_SIZE: usize = 6144;
/// IAM's default quota for a trust policy, in characters of its compact form.
const TRUST_POLICY_SIZE: usize = 2048;
/// The version of the policy language in all of AWS's examples.
const LANGUAGE_VERSION: &str = "2012-10-17";

/// A policy document, as far as the documents of a bundle go.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct PolicyDocument {
    version: String,
    statement: Vec<Statement>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Statement {
    sid: Option<String>,
    effect: Effect,
    principal: Option<BTreeMap<String, OneOrMany>>,
    action: OneOrMany,
    resource: Option<OneOrMany>,
    condition: Option<BTreeMap<String, BTreeMap<String, OneOrMany>>>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
enum Effect {
    Allow,
    Deny,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn all(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Tag {
    key: String,
    value: String,
}

/// Reads a rendered document back and checks it: plain ASCII JSON, IAM's
/// grammar, ARNs of this spec's partition, Region and account, IAM's size
/// limits.
///
/// # Errors
/// The first thing that is wrong, as a sentence fragment.
pub fn check(document: Document, text: &str, spec: &Spec) -> Result<(), String> {
    if !text.is_ascii() {
        return Err("has characters outside ASCII, which the AWS CLI reads differently on different machines".into());
    }
    if document == Document::Tags {
        return check_tags(text, spec);
    }
    let policy: PolicyDocument =
        serde_json::from_str(text).map_err(|error| format!("is not a policy document: {error}"))?;
    if policy.version != LANGUAGE_VERSION {
        return Err(format!(
            "has the version `{}` instead of `{LANGUAGE_VERSION}`",
            policy.version
        ));
    }
    if policy.statement.is_empty() {
        return Err("has no statement".into());
    }
    let mut sids = Vec::new();
    for statement in &policy.statement {
        check_statement(statement)?;
        match document {
            Document::TrustPolicy => check_trust(statement, spec)?,
            _ => check_permission(statement, spec)?,
        }
        if let Some(sid) = &statement.sid {
            if sids.contains(&sid) {
                return Err(format!("has two statements with the Sid `{sid}`"));
            }
            sids.push(sid);
        }
    }
    let allows = |statement: &Statement| statement.effect == Effect::Allow;
    if !policy.statement.iter().any(allows) {
        return Err("allows nothing".into());
    }
    let most = if document == Document::TrustPolicy {
        TRUST_POLICY_SIZE
    } else {
        MANAGED_POLICY_SIZE
    };
    let size = compact_size(text)?;
    if size > most {
        return Err(format!(
            "has {size} characters without white space; IAM takes {most}"
        ));
    }
    Ok(())
}

/// The characters of a document without the white space between its tokens.
fn compact_size(text: &str) -> Result<usize, String> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Ok(value.to_string().chars().count())
}

/// What holds for the statements of all documents.
fn check_statement(statement: &Statement) -> Result<(), String> {
    if let Some(sid) = &statement.sid
        && !sid.chars().all(|c| c.is_ascii_alphanumeric())
    {
        return Err(format!("has the Sid `{sid}`; IAM takes letters and digits"));
    }
    let actions = statement.action.all();
    if actions.is_empty() {
        return Err("has a statement without an action".into());
    }
    for action in actions {
        let parts = action.split_once(':');
        let letters = |text: &str| {
            !text.is_empty()
                && text
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-*?".contains(c))
        };
        if !parts.is_some_and(|(service, name)| letters(service) && letters(name)) {
            return Err(format!("has `{action}`, which is not an action"));
        }
    }
    let conditions = statement
        .condition
        .iter()
        .flat_map(BTreeMap::values)
        .flat_map(BTreeMap::values);
    for values in conditions {
        if values.all().is_empty() {
            return Err("has a condition without a value".into());
        }
    }
    Ok(())
}

/// A statement of the trust policy: it must let this spec's Amazon Lex in.
fn check_trust(statement: &Statement, spec: &Spec) -> Result<(), String> {
    if statement.resource.is_some() {
        return Err("names a Resource, which a trust policy has not".into());
    }
    let Some(principal) = &statement.principal else {
        return Err("has a statement without a Principal, which a trust policy needs".into());
    };
    if statement.effect == Effect::Deny {
        return Ok(());
    }
    let lex = spec.lex_version.service_principal();
    for (kind, names) in principal {
        if let Some(name) = names
            .all()
            .iter()
            .find(|name| kind != "Service" || *name != lex)
        {
            return Err(format!(
                "lets `{name}` ({kind}) assume the role, which is for `{lex}` alone"
            ));
        }
    }
    let source = statement.condition.as_ref().and_then(|condition| {
        let accounts = condition.get("StringEquals")?.get("aws:SourceAccount")?;
        accounts.all().first()
    });
    if spec.source_account && source.map(String::as_str) != Some(spec.account_id.as_str()) {
        return Err("lacks the condition `aws:SourceAccount` that the parameters ask for".into());
    }
    Ok(())
}

/// A statement of a managed policy: every resource must be this spec's.
fn check_permission(statement: &Statement, spec: &Spec) -> Result<(), String> {
    if statement.principal.is_some() {
        return Err("names a Principal, which a managed policy has not".into());
    }
    let resources = statement
        .resource
        .as_ref()
        .map(OneOrMany::all)
        .unwrap_or_default();
    if resources.is_empty() {
        return Err("has a statement without a Resource".into());
    }
    resources.iter().try_for_each(|resource| {
        check_resource(resource, spec)
            .map_err(|fault| format!("has the Resource `{resource}`, which {fault}"))
    })
}

fn check_resource(resource: &str, spec: &Spec) -> Result<(), String> {
    let arn = Arn::parse(resource)?;
    if arn.partition != spec.partition() {
        return Err(format!("is not of the partition `{}`", spec.partition()));
    }
    let audio = spec.audio_logs.as_ref();
    match arn.service {
        // A key may belong to another account; the spec names it in full.
        "kms" => {
            let key = audio.and_then(|logs| logs.encryption.as_ref());
            let is_the_key = key.is_some_and(|key| key.key_arn.as_str() == resource);
            is_the_key
                .then_some(())
                .ok_or("is not the KMS key of the parameters".into())
        }
        // S3's ARNs name neither Region nor account.
        "s3" => {
            check_owner(arn, "", "")?;
            let objects = audio.map(|logs| {
                let prefix = logs.prefix.as_ref().map_or("", AudioLogPrefix::as_str);
                format!("{}/{prefix}*", logs.bucket_name)
            });
            let are_the_logs = objects.is_some_and(|objects| arn.resource == objects);
            are_the_logs.then_some(()).ok_or(
                "is not the bucket of the parameters with their prefix and `*` at its end".into(),
            )
        }
        "logs" => {
            check_owner(arn, spec.region.as_str(), spec.account_id.as_str())?;
            // Without `:*` the ARN names the group, to which nothing can be written.
            let streams = spec
                .text_logs
                .as_ref()
                .map(|logs| format!("log-group:{}:*", logs.log_group_name));
            let are_the_groups = streams.is_some_and(|streams| arn.resource == streams);
            are_the_groups
                .then_some(())
                .ok_or("is not the log group of the parameters with `:*` at its end".into())
        }
        _ => check_owner(arn, spec.region.as_str(), spec.account_id.as_str()),
    }
}

/// The Region and the account that an ARN must name.
fn check_owner(arn: Arn<'_>, region: &str, account: &str) -> Result<(), String> {
    if arn.region != region {
        return Err(format!("does not have `{region}` as its Region"));
    }
    if arn.account != account {
        return Err(format!("does not have `{account}` as its account"));
    }
    Ok(())
}

fn check_tags(text: &str, spec: &Spec) -> Result<(), String> {
    let tags: Vec<Tag> =
        serde_json::from_str(text).map_err(|error| format!("is not a list of tags: {error}"))?;
    let read = tags
        .iter()
        .map(|tag| (tag.key.as_str(), tag.value.as_str()));
    if read.eq(spec.tags.iter()) {
        Ok(())
    } else {
        Err("does not hold the tags of the parameters".into())
    }
}
