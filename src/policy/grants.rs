//! What each document of a spec must permit: the one place where actions,
//! resources and conditions stand. The templates lay them out, the check reads
//! them back, the scripts look for them in the account.

use crate::document::Document;
use crate::spec::Spec;
use crate::spec::names::AudioLogPrefix;

/// What one statement permits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    /// Which actions.
    pub(crate) actions: &'static [&'static str],
    /// On which resource: an ARN.
    pub(crate) resource: String,
    /// On which conditions, all of which must hold.
    pub(crate) conditions: Vec<Condition>,
}

/// One condition, with one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    /// How the value is compared, such as `StringEquals`.
    pub(crate) operator: &'static str,
    /// Which value of the request, such as `aws:SourceAccount`.
    pub(crate) key: &'static str,
    /// With what.
    pub(crate) value: String,
}

/// What the trust policy permits. (Lex guide: IAM policies for conversation
/// logs.)
pub(crate) const TRUST: &[&str] = &["sts:AssumeRole"];

/// The conditions of the trust policy.
pub(crate) fn trust_conditions(spec: &Spec) -> Vec<Condition> {
    let account = || Condition {
        operator: "StringEquals",
        key: "aws:SourceAccount",
        value: spec.account_id.to_string(),
    };
    spec.source_account.then(account).into_iter().collect()
}

/// What a policy must permit, a statement each; nothing for other documents, and
/// for what the spec does not turn on. (Lex guide: IAM policies for
/// conversation logs, encrypting conversation logs.)
pub(crate) fn of(document: Document, spec: &Spec) -> Vec<Grant> {
    let partition = spec.partition();
    let audio = spec.audio_logs.as_ref();
    let grant = |actions, resource| Grant {
        actions,
        resource,
        conditions: Vec::new(),
    };
    let grant = match document {
        // Without `:*` the ARN names the group, to which nothing can be written.
        Document::CloudWatchLogsPolicy => spec.text_logs.as_ref().map(|logs| {
            let resource = format!(
                "arn:{partition}:logs:{}:{}:log-group:{}:*",
                spec.region, spec.account_id, logs.log_group_name
            );
            grant(&["logs:CreateLogStream", "logs:PutLogEvents"], resource)
        }),
        // S3's ARNs name neither Region nor account.
        Document::S3Policy => audio.map(|logs| {
            let prefix = logs.prefix.as_ref().map_or("", AudioLogPrefix::as_str);
            let resource = format!("arn:{partition}:s3:::{}/{prefix}*", logs.bucket_name);
            grant(&["s3:PutObject"], resource)
        }),
        // A key may belong to another account; the spec names it in full.
        Document::KmsPolicy => audio
            .and_then(|logs| logs.encryption.as_ref())
            .map(|encryption| grant(&["kms:GenerateDataKey"], encryption.key_arn.to_string())),
        // It is the caller who needs it, whatever one page says (traps.md 12).
        Document::PassRolePolicy => spec.pass_role.as_ref().map(|pass_role| {
            let service = Condition {
                operator: "StringEquals",
                key: "iam:PassedToService",
                value: spec.lex_version.service_principal().to_owned(),
            };
            let resource = pass_role.associated_resource.as_ref();
            let resource = resource.map(|arn| Condition {
                operator: "StringLike",
                key: "iam:AssociatedResourceARN",
                value: arn.to_string(),
            });
            Grant {
                actions: &["iam:PassRole"],
                resource: spec.role_arn(),
                conditions: std::iter::once(service).chain(resource).collect(),
            }
        }),
        Document::TrustPolicy | Document::Tags => None,
    };
    grant.into_iter().collect()
}
