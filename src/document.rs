//! The JSON documents of a bundle: which there are, their file names, and which
//! of them a spec needs.

use serde::{Serialize, Serializer};

use crate::parameters::Key;
use crate::request::Spec;
use crate::values::names::PolicyName;

/// The name of the template of CloudFormation in a bundle.
pub const STACK: &str = "LexConversationLogsStack.json";

/// The Sid of the statement of [`Document::BucketPolicy`], by which the scripts find it in the bucket's policy.
pub(crate) const TLS_ONLY: &str = "DenyInsecureTransport";

/// A JSON document that the AWS CLI reads by `file://`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// Who may assume the role.
    TrustPolicy,
    /// What the role may write to CloudWatch Logs.
    CloudWatchLogsPolicy,
    /// What it may write to S3.
    S3Policy,
    /// Which KMS key it may use for that.
    KmsPolicy,
    /// The tags of the role and of the policies: a document of its own, since
    /// tags hold blanks and letters of all languages, which no cmd.exe passes
    /// on unharmed.
    Tags,
    /// The same tags for the log group, as CloudWatch Logs takes them.
    LogGroupTags,
    /// The same tags for the bucket, as S3 takes them.
    BucketTags,
    /// What the bucket denies everybody: requests without TLS.
    BucketPolicy,
    /// Who may pass the role to Amazon Lex: for whoever configures the bot, by
    /// hand. No step reads it, and it is never the role's.
    PassRolePolicy,
    /// Who may use the key of the log group: for the key's owner, who puts the
    /// statement into the key's policy by hand.
    LogGroupKeyPolicy,
    /// The same for the bucket's key, if another account owns it.
    BucketKeyPolicy,
    /// The log settings of the bot's alias, which the scripts set.
    LogSettings,
}

/// As the name of its file.
impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.file_name())
    }
}

impl Document {
    /// Every document there is.
    pub const ALL: [Self; 12] = [
        Self::TrustPolicy,
        Self::CloudWatchLogsPolicy,
        Self::S3Policy,
        Self::KmsPolicy,
        Self::Tags,
        Self::LogGroupTags,
        Self::BucketTags,
        Self::BucketPolicy,
        Self::PassRolePolicy,
        Self::LogGroupKeyPolicy,
        Self::BucketKeyPolicy,
        Self::LogSettings,
    ];

    /// The file's name, in the bundle and below `templates/policies/`. Those of
    /// the policies are the AWS page's.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::TrustPolicy => "LexConversationLogsAssumeRolePolicyDocument.json",
            Self::CloudWatchLogsPolicy => "LexConversationLogsCloudWatchLogsPolicy.json",
            Self::S3Policy => "LexConversationLogsS3Policy.json",
            Self::KmsPolicy => "LexConversationLogsKMSPolicy.json",
            Self::Tags => "LexConversationLogsTags.json",
            Self::LogGroupTags => "LexConversationLogsLogGroupTags.json",
            Self::BucketTags => "LexConversationLogsBucketTags.json",
            Self::BucketPolicy => "LexConversationLogsBucketPolicy.json",
            Self::PassRolePolicy => "LexConversationLogsPassRolePolicy.json",
            Self::LogGroupKeyPolicy => "LexConversationLogsLogGroupKeyPolicy.json",
            Self::BucketKeyPolicy => "LexConversationLogsBucketKeyPolicy.json",
            Self::LogSettings => "LexConversationLogsSettings.json",
        }
    }

    /// The word by which documentation knows it.
    pub fn id(self) -> &'static str {
        match self {
            Self::TrustPolicy => "trust-policy",
            Self::CloudWatchLogsPolicy => "cloudwatch-policy",
            Self::S3Policy => "s3-policy",
            Self::KmsPolicy => "kms-policy",
            Self::Tags => "tags",
            Self::LogGroupTags => "log-group-tags",
            Self::BucketTags => "bucket-tags",
            Self::BucketPolicy => "bucket-policy",
            Self::PassRolePolicy => "pass-role-policy",
            Self::LogGroupKeyPolicy => "log-group-key-policy",
            Self::BucketKeyPolicy => "bucket-key-policy",
            Self::LogSettings => "log-settings",
        }
    }

    /// Whether it is a policy, of statements.
    pub fn is_policy(self) -> bool {
        !self.is_tags() && self != Self::LogSettings
    }

    /// Whether it holds tags, and permits nothing.
    pub fn is_tags(self) -> bool {
        matches!(self, Self::Tags | Self::LogGroupTags | Self::BucketTags)
    }

    /// The parameter that asks for it; none for what every spec has.
    pub fn turned_on_by(self) -> Option<Key> {
        match self {
            Self::TrustPolicy => None,
            Self::CloudWatchLogsPolicy => Some(Key::LogGroupName),
            Self::S3Policy => Some(Key::BucketName),
            Self::KmsPolicy | Self::BucketKeyPolicy => Some(Key::KmsKeyArn),
            Self::Tags => Some(Key::Tags),
            Self::LogGroupTags => Some(Key::CreateLogGroup),
            Self::BucketTags => Some(Key::CreateBucket),
            Self::BucketPolicy => Some(Key::BucketPolicyTlsOnly),
            Self::PassRolePolicy => Some(Key::PassRolePolicy),
            Self::LogGroupKeyPolicy => Some(Key::LogGroupKmsKeyArn),
            Self::LogSettings => Some(Key::BotId),
        }
    }
}

/// A customer managed policy of a spec, with its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedPolicy<'a> {
    /// What it permits.
    pub document: Document,
    /// Its name in the account.
    pub name: &'a PolicyName,
    /// The parameter that sets the name.
    pub parameter: Key,
    /// Its ARN there.
    pub arn: String,
}

impl Spec {
    /// The managed policies, in the AWS page's order.
    #[doc(hidden)]
    pub fn policies(&self) -> Vec<ManagedPolicy<'_>> {
        let audio = self.audio_logs.as_ref();
        let encryption = audio.and_then(|logs| logs.encryption.as_ref());
        let text = self.text_logs.as_ref();
        [
            (
                Document::CloudWatchLogsPolicy,
                Key::CloudwatchPolicyName,
                text.map(|logs| &logs.policy_name),
            ),
            (
                Document::S3Policy,
                Key::S3PolicyName,
                audio.map(|logs| &logs.policy_name),
            ),
            (
                Document::KmsPolicy,
                Key::KmsPolicyName,
                encryption.map(|encryption| &encryption.policy_name),
            ),
        ]
        .into_iter()
        .filter_map(|(document, parameter, name)| {
            let name = name?;
            Some(ManagedPolicy {
                document,
                name,
                parameter,
                arn: self.policy_arn(name.as_str()),
            })
        })
        .collect()
    }

    /// The documents that this spec needs, in the order in which they are used.
    pub fn documents(&self) -> Vec<Document> {
        let policies = self.policies().into_iter().map(|policy| policy.document);
        let tags = (!self.tags.is_empty()).then_some(Document::Tags);
        let text = self.text_logs.as_ref();
        let creation = text.and_then(|logs| logs.creation.as_ref());
        let log_group_tags = tags.and(creation).map(|_| Document::LogGroupTags);
        let audio = self.audio_logs.as_ref();
        let creates_bucket = audio.is_some_and(|logs| logs.creates_bucket);
        let bucket_tags = tags
            .filter(|_| creates_bucket)
            .map(|_| Document::BucketTags);
        let bucket_policy = audio.filter(|logs| logs.tls_only);
        let bucket_policy = bucket_policy.map(|_| Document::BucketPolicy);
        let key = self.log_group_key();
        let log_group_key = key.map(|_| Document::LogGroupKeyPolicy);
        let owner = self.other_owner(self.bucket_key());
        let bucket_key = owner.map(|_| Document::BucketKeyPolicy);
        let pass_role = self.pass_role.as_ref().map(|_| Document::PassRolePolicy);
        std::iter::once(Document::TrustPolicy)
            .chain(policies)
            .chain(tags)
            .chain(log_group_tags)
            .chain(bucket_tags)
            .chain(bucket_policy)
            .chain(log_group_key)
            .chain(bucket_key)
            .chain(pass_role)
            .chain(self.bot.as_ref().map(|_| Document::LogSettings))
            .collect()
    }
}
