//! What each document of a spec must permit: the one place where principals,
//! actions, resources and conditions stand. The templates lay them out, the
//! check reads them back, the scripts look for them in the account.

use crate::document::Document;
use crate::request::{Spec, TextLogs};
use crate::values::names::AudioLogPrefix;

/// What one statement permits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    /// The kind of principal and its name; none where the policy is
    /// attached to who may.
    pub(crate) principal: Option<(&'static str, String)>,
    /// Which actions.
    pub(crate) actions: &'static [&'static str],
    /// On which resources: ARNs; none in a trust policy.
    pub(crate) resources: Vec<String>,
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

impl Condition {
    fn new(operator: &'static str, key: &'static str, value: impl Into<String>) -> Self {
        Self {
            operator,
            key,
            value: value.into(),
        }
    }
}

/// A statement of a policy that is attached to who may.
fn grant(actions: &'static [&'static str], resource: String) -> Grant {
    Grant {
        principal: None,
        actions,
        resources: vec![resource],
        conditions: Vec::new(),
    }
}

/// What a document must permit, or the bucket's policy deny, a statement each; nothing for what is no policy,
/// and for what the spec does not turn on. (Lex guide: IAM policies for
/// conversation logs, encrypting conversation logs.)
pub(crate) fn of(document: Document, spec: &Spec) -> Vec<Grant> {
    let audio = spec.audio_logs.as_ref();
    let text = spec.text_logs.as_ref();
    let only = |grant: Option<Grant>| grant.into_iter().collect();
    match document {
        Document::TrustPolicy => vec![trust(spec)],
        Document::CloudWatchLogsPolicy => {
            let grants = text.map(|logs| [Some(text_logs(spec, logs)), key_of_role(spec, logs)]);
            grants.into_iter().flatten().flatten().collect()
        }
        // S3's ARNs name neither Region nor account.
        Document::S3Policy => only(audio.map(|logs| {
            let prefix = logs.prefix.as_ref().map_or("", AudioLogPrefix::as_str);
            let resource = format!("{}/{prefix}*", spec.bucket_arn(logs));
            grant(&["s3:PutObject"], resource)
        })),
        // A key may belong to another account; the spec names it in full. (S3
        // guide, UsingKMSEncryption: an upload in several parts is decrypted.)
        Document::KmsPolicy => {
            let encryption = audio.and_then(|logs| logs.encryption.as_ref());
            only(encryption.map(|encryption| {
                let actions: &[&str] = if encryption.decrypt {
                    &["kms:GenerateDataKey", "kms:Decrypt"]
                } else {
                    &["kms:GenerateDataKey"]
                };
                grant(actions, encryption.key_arn.to_string())
            }))
        }
        Document::BucketPolicy => only(audio.filter(|logs| logs.tls_only).map(|logs| {
            let bucket = spec.bucket_arn(logs);
            Grant {
                principal: Some(("AWS", "*".to_owned())),
                resources: vec![bucket.clone(), format!("{bucket}/*")],
                conditions: vec![Condition::new("Bool", "aws:SecureTransport", "false")],
                ..grant(&["s3:*"], String::new())
            }
        })),
        Document::PassRolePolicy => only(pass_role(spec)),
        Document::LogGroupKeyPolicy => {
            let grants = text.map(|logs| {
                let owner = spec.other_owner(logs.kms_key_arn.as_ref());
                let role = owner.and_then(|_| key_of_role(spec, logs));
                [
                    key_of_logs(spec, logs),
                    role.map(|grant| on_own_key(spec, grant)),
                ]
            });
            grants.into_iter().flatten().flatten().collect()
        }
        Document::BucketKeyPolicy => {
            let owner = spec.other_owner(spec.bucket_key());
            let grants = owner.map(|_| of(Document::KmsPolicy, spec));
            let grants = grants.into_iter().flatten();
            grants.map(|grant| on_own_key(spec, grant)).collect()
        }
        Document::Tags | Document::LogGroupTags | Document::BucketTags | Document::LogSettings => {
            Vec::new()
        }
    }
}

fn trust(spec: &Spec) -> Grant {
    let account = || {
        Condition::new(
            "StringEquals",
            "aws:SourceAccount",
            spec.account_id.as_str(),
        )
    };
    Grant {
        principal: Some(("Service", spec.lex_version.service_principal().to_owned())),
        actions: &["sts:AssumeRole"],
        resources: Vec::new(),
        conditions: spec.source_account.then(account).into_iter().collect(),
    }
}

fn text_logs(spec: &Spec, logs: &TextLogs) -> Grant {
    // Without `:*` the ARN names the group, to which nothing can be written.
    let resource = |region| format!("{}:*", spec.log_group_arn(logs, region));
    Grant {
        principal: None,
        actions: &["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: spec.regions(logs).map(resource).collect(),
        conditions: Vec::new(),
    }
}

/// Who writes into a log group with a key must be permitted to use that key, by
/// way of CloudWatch Logs. (CloudWatch Logs guide: encrypt-log-data-kms.)
fn key_of_role(spec: &Spec, logs: &TextLogs) -> Option<Grant> {
    let key = logs.kms_key_arn.as_ref()?;
    let actions = &[
        "kms:Encrypt",
        "kms:ReEncrypt*",
        "kms:Decrypt",
        "kms:GenerateDataKey*",
        "kms:Describe*",
    ];
    let service = spec.logs_service();
    Some(Grant {
        conditions: vec![Condition::new("StringEquals", "kms:ViaService", service)],
        ..grant(actions, key.to_string())
    })
}

/// The same for the role, in the key's own policy.
fn on_own_key(spec: &Spec, grant: Grant) -> Grant {
    Grant {
        principal: Some(("AWS", spec.role_arn())),
        resources: vec!["*".to_owned()],
        ..grant
    }
}

/// And CloudWatch Logs itself must be, for this log group. In a key's policy `*`
/// is the key. (The same page.)
fn key_of_logs(spec: &Spec, logs: &TextLogs) -> Option<Grant> {
    logs.kms_key_arn.as_ref()?;
    let actions = &[
        "kms:Encrypt",
        "kms:Decrypt",
        "kms:ReEncrypt*",
        "kms:GenerateDataKey*",
        "kms:Describe*",
    ];
    let context = "kms:EncryptionContext:aws:logs:arn";
    Some(Grant {
        principal: Some(("Service", spec.logs_service())),
        conditions: vec![Condition::new(
            "ArnEquals",
            context,
            spec.log_group_arn(logs, &spec.region),
        )],
        ..grant(actions, "*".to_owned())
    })
}

/// It is the caller who needs it, whatever one page says (traps.md 12).
fn pass_role(spec: &Spec) -> Option<Grant> {
    let pass_role = spec.pass_role.as_ref()?;
    let service = spec.lex_version.service_principal();
    let resource = pass_role.associated_resource.as_ref();
    let resource =
        resource.map(|arn| Condition::new("StringLike", "iam:AssociatedResourceARN", arn.as_str()));
    let service = Condition::new("StringEquals", "iam:PassedToService", service);
    Some(Grant {
        conditions: std::iter::once(service).chain(resource).collect(),
        ..grant(&["iam:PassRole"], spec.role_arn())
    })
}
