//! What is to be put in place: every parameter judged, none that can fail any more.

use std::collections::BTreeMap;

use crate::digest::sha256;
use crate::parameters::Key;
use crate::values::arn::{AssociatedResourceArn, KmsKeyArn, PermissionsBoundary};
use crate::values::bot::{BotAliasId, BotId, TextLogPrefix};
use crate::values::contact::Contact;
use crate::values::custom::Custom;
use crate::values::names::{
    AccountId, AudioLogPrefix, BucketName, LexVersion, LogGroupName, PolicyName, Region, RoleName,
    RolePath,
};
use crate::values::region::Partition;
use crate::values::retention::{ExpirationDays, RetentionDays};
use crate::values::tags::Tags;

/// What is to be put in place, in validated values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    pub(crate) lex_version: LexVersion,
    pub(crate) account_id: AccountId,
    pub(crate) region: Region,
    pub(crate) contact: Option<Contact>,
    pub(crate) role_name: RoleName,
    pub(crate) existing_role: bool,
    pub(crate) role_path: Option<RolePath>,
    pub(crate) permissions_boundary: Option<PermissionsBoundary>,
    pub(crate) tags: Tags,
    pub(crate) source_account: bool,
    pub(crate) text_logs: Option<TextLogs>,
    pub(crate) audio_logs: Option<AudioLogs>,
    pub(crate) pass_role: Option<PassRole>,
    pub(crate) bot: Option<Bot>,
    /// Whether the bundle has a template of CloudFormation.
    pub(crate) cloudformation: bool,
    pub(crate) custom: Custom,
    /// The parameters as templates read them, but for tables.
    pub(crate) values: BTreeMap<Key, String>,
}

/// Text logs, to CloudWatch Logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextLogs {
    pub(crate) log_group_name: LogGroupName,
    pub(crate) policy_name: PolicyName,
    /// The key that encrypts the log group.
    pub(crate) kms_key_arn: Option<KmsKeyArn>,
    /// The beginning of the names of the log streams.
    pub(crate) prefix: Option<TextLogPrefix>,
    /// Whether only what session attributes ask for is logged.
    pub(crate) selective: bool,
    /// The Region of the bot's replica, which has a log group of the same name.
    pub(crate) replica: Option<Region>,
    /// How the log group is created, if it is not there; none if that is left to
    /// others.
    pub(crate) creation: Option<LogGroupCreation>,
}

/// What is to be had of a log group that is created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LogGroupCreation {
    /// For how many days it keeps what is written into it; for ever if none is
    /// given.
    pub(crate) retention: Option<RetentionDays>,
    /// Whether it is protected from deletion.
    pub(crate) protected: bool,
}

/// Audio logs, to S3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AudioLogs {
    pub(crate) bucket_name: BucketName,
    pub(crate) prefix: Option<AudioLogPrefix>,
    /// See [`TextLogs::selective`].
    pub(crate) selective: bool,
    pub(crate) policy_name: PolicyName,
    pub(crate) encryption: Option<Encryption>,
    /// Whether the bucket is created, if it is not there.
    pub(crate) creates_bucket: bool,
    /// After how many days it deletes the logs.
    pub(crate) expiration: Option<ExpirationDays>,
    /// Whether its policy denies requests without TLS, if it is created.
    pub(crate) tls_only: bool,
}

/// The key that encrypts the audio logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Encryption {
    pub(crate) key_arn: KmsKeyArn,
    /// Whether to permit decrypting too.
    pub(crate) decrypt: bool,
    pub(crate) policy_name: PolicyName,
}

/// A policy for whoever gives the role to Amazon Lex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PassRole {
    pub(crate) associated_resource: Option<AssociatedResourceArn>,
}

/// The bot's alias whose logs are switched on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bot {
    pub(crate) id: BotId,
    pub(crate) alias_id: BotAliasId,
}

impl Spec {
    /// The partition of the Region, the second part of every ARN.
    pub(crate) fn partition(&self) -> Partition {
        self.region.partition()
    }

    /// The ARN of the role.
    pub(crate) fn role_arn(&self) -> String {
        let path = self.role_path.as_ref().map_or("/", RolePath::as_str);
        format!(
            "arn:{}:iam::{}:role{path}{}",
            self.partition(),
            self.account_id,
            self.role_name
        )
    }

    /// The key that encrypts the log group.
    pub(crate) fn log_group_key(&self) -> Option<&KmsKeyArn> {
        self.text_logs.as_ref()?.kms_key_arn.as_ref()
    }

    /// The key that encrypts the bucket's objects.
    pub(crate) fn bucket_key(&self) -> Option<&KmsKeyArn> {
        Some(&self.audio_logs.as_ref()?.encryption.as_ref()?.key_arn)
    }

    /// The account that owns a key, if it is not the role's: then the key's own
    /// policy must name the role. (KMS guide: key-policy-modifying-external-accounts.)
    pub(crate) fn other_owner<'a>(&self, key: Option<&'a KmsKeyArn>) -> Option<&'a str> {
        let owner = key?.arn()?.account;
        (owner != self.account_id.as_str()).then_some(owner)
    }

    /// The ARN of the log group in a Region, as others than IAM's policies write it.
    pub(crate) fn log_group_arn(&self, logs: &TextLogs, region: &Region) -> String {
        format!(
            "arn:{}:logs:{region}:{}:log-group:{}",
            self.partition(),
            self.account_id,
            logs.log_group_name
        )
    }

    /// The Regions that have the log group: the bot's, and that of its replica.
    pub(crate) fn regions<'a>(&'a self, logs: &'a TextLogs) -> impl Iterator<Item = &'a Region> {
        std::iter::once(&self.region).chain(&logs.replica)
    }

    /// The ARN of the bucket.
    pub(crate) fn bucket_arn(&self, logs: &AudioLogs) -> String {
        format!("arn:{}:s3:::{}", self.partition(), logs.bucket_name)
    }

    /// The ARN of the bot's alias.
    pub(crate) fn bot_alias_arn(&self, bot: &Bot) -> String {
        let alias = match self.lex_version {
            LexVersion::V1 => format!("bot:{}:{}", bot.id, bot.alias_id),
            LexVersion::V2 => format!("bot-alias/{}/{}", bot.id, bot.alias_id),
        };
        let (partition, region) = (self.partition(), &self.region);
        format!("arn:{partition}:lex:{region}:{}:{alias}", self.account_id)
    }

    /// CloudWatch Logs of the Region, as a principal and as the service by which
    /// a key is used. The same in every partition that has Amazon Lex.
    pub(crate) fn logs_service(&self) -> String {
        format!("logs.{}.amazonaws.com", self.region)
    }

    /// The ARN of one of the bundle's managed policies.
    pub(crate) fn policy_arn(&self, name: &str) -> String {
        format!(
            "arn:{}:iam::{}:policy/{name}",
            self.partition(),
            self.account_id
        )
    }

    /// Whether there are values of one's own in it.
    #[doc(hidden)]
    pub fn has_custom(&self) -> bool {
        !self.custom.is_empty()
    }

    /// The name of its bundle: the zip's name without `.zip`.
    pub fn bundle_name(&self) -> String {
        let Self {
            account_id,
            region,
            role_name,
            ..
        } = self;
        format!("lex-conversation-logs-{account_id}-{region}-{role_name}")
    }

    /// The name of the folder in its zip. Windows unpacks it below a folder of the
    /// zip's name, and the longest path must stay below 260 characters: so it is
    /// short, and names the role only if that is not the default one. Of a longer
    /// name, or one whose last `.` Windows would drop, it has the beginning and a
    /// digest.
    pub fn folder_name(&self) -> String {
        const MAX: usize = 20;
        const DIGITS: usize = 6;
        let short = format!("lex-logs-{}-{}", self.account_id, self.region);
        let role = self.role_name.as_str();
        if Some(role) == Key::RoleName.parameter().default_text() {
            short
        } else if role.len() <= MAX && !role.ends_with('.') {
            format!("{short}-{role}")
        } else {
            let begin: String = role.chars().take(MAX - 1 - DIGITS).collect();
            let digest = &sha256(role.as_bytes())[..DIGITS];
            format!("{short}-{begin}-{digest}")
        }
    }
}

/// The value of a parameter that holds, as `request.json` and the templates
/// take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    Switch(bool),
    Tags(Tags),
    Custom(Custom),
}
