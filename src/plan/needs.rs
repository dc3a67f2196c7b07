//! The IAM permissions that whoever runs the scripts needs.

use serde::Serialize;

use crate::request::Spec;
use crate::values::names::LexVersion;

/// IAM permissions that somebody needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Need {
    /// For what, in words.
    pub purpose: &'static str,
    pub permissions: Vec<&'static str>,
}

impl Need {
    fn new(purpose: &'static str) -> Self {
        let permissions = Vec::new();
        Self {
            purpose,
            permissions,
        }
    }

    /// Adds permissions, with blanks between, if they are needed.
    fn with(mut self, is_needed: bool, names: &'static str) -> Self {
        if is_needed {
            self.permissions.extend(names.split(' '));
        }
        self
    }
}

/// What a spec needs, in the order in which the scripts run.
pub(super) fn of(spec: &Spec) -> Vec<Need> {
    let (text, audio) = (spec.text_logs.as_ref(), spec.audio_logs.as_ref());
    let creation = text.and_then(|logs| logs.creation.as_ref());
    let group = creation.is_some();
    let bucket = audio.is_some_and(|logs| logs.creates_bucket);
    let expires = bucket && audio.is_some_and(|logs| logs.expiration.is_some());
    let tls_only = audio.is_some_and(|logs| logs.tls_only);
    let protected = creation.is_some_and(|creation| creation.protected);
    let retention = creation.is_some_and(|creation| creation.retention.is_some());
    let group_key = spec.log_group_key().is_some();
    let bucket_key = spec.bucket_key().is_some();
    let others_key = spec.other_owner(spec.bucket_key()).is_some();
    let (tags, role) = (!spec.tags.is_empty(), !spec.existing_role);
    let boundary = spec.permissions_boundary.is_some();
    let is_v2 = spec.lex_version == LexVersion::V2;
    let (of_v1, of_v2) = (spec.bot.is_some() && !is_v2, spec.bot.is_some() && is_v2);
    let bot = of_v1 || of_v2;
    let passed = spec.pass_role.is_some();
    let all = [
        Need::new("Dry run")
            .with(true, "iam:GetRole iam:GetPolicy iam:GetPolicyVersion")
            .with(true, "iam:ListAttachedRolePolicies")
            .with(tags && role, "iam:ListRoleTags")
            .with(tags, "iam:ListPolicyTags")
            .with(true, "sts:GetCallerIdentity")
            .with(group, "logs:DescribeLogGroups")
            .with(bucket, "s3:GetBucketLocation s3:GetBucketPublicAccessBlock")
            .with(bucket, "s3:GetEncryptionConfiguration")
            .with(expires, "s3:GetLifecycleConfiguration")
            .with(bucket && tags, "s3:GetBucketTagging")
            .with(tls_only, "s3:GetBucketPolicy"),
        Need::new("Apply, also")
            .with(group, "logs:CreateLogGroup")
            .with(group && tags, "logs:TagResource")
            .with(retention, "logs:PutRetentionPolicy")
            .with(protected, "logs:PutLogGroupDeletionProtection")
            .with(group && group_key, "kms:DescribeKey")
            .with(bucket, "s3:CreateBucket s3:PutBucketPublicAccessBlock")
            .with(bucket, "s3:PutEncryptionConfiguration")
            .with(expires, "s3:PutLifecycleConfiguration")
            .with(bucket && tags, "s3:PutBucketTagging")
            .with(tls_only, "s3:PutBucketPolicy")
            .with(role, "iam:CreateRole")
            .with(role && boundary, "iam:PutRolePermissionsBoundary")
            .with(role && tags, "iam:TagRole")
            .with(true, "iam:CreatePolicy")
            .with(tags, "iam:TagPolicy")
            .with(true, "iam:AttachRolePolicy"),
        Need::new("`--update`, also")
            .with(role, "iam:UpdateAssumeRolePolicy")
            .with(true, "iam:ListPolicyVersions iam:CreatePolicyVersion")
            .with(true, "iam:DeletePolicyVersion")
            .with(group && group_key, "logs:AssociateKmsKey"),
        Need::new("Check, also")
            .with(of_v2, "lex:DescribeBot lex:DescribeBotAlias")
            .with(of_v1, "lex:GetBotAlias")
            .with(text.is_some() && !group, "logs:DescribeLogGroups")
            .with(audio.is_some() && !bucket, "s3:GetBucketLocation")
            .with(bucket_key || group_key, "kms:DescribeKey"),
        Need::new("Undo, also")
            .with(true, "iam:ListEntitiesForPolicy iam:ListPolicyVersions")
            .with(true, "iam:DetachRolePolicy iam:DeletePolicyVersion")
            .with(true, "iam:DeletePolicy")
            .with(role, "iam:ListRolePolicies iam:ListInstanceProfilesForRole")
            .with(role, "iam:DeleteRole")
            .with(group, "logs:DescribeLogStreams logs:DeleteLogGroup")
            .with(protected, "logs:PutLogGroupDeletionProtection")
            .with(bucket, "s3:ListBucketVersions s3:DeleteBucket"),
        Need::new("Enable and disable")
            .with(of_v2, "lex:DescribeBot lex:DescribeBotAlias")
            .with(of_v2, "lex:UpdateBotAlias")
            .with(of_v1, "lex:GetBotAlias lex:PutBotAlias iam:PassRole"),
        Need::new("Giving the bot the role, by hand")
            .with(of_v2 && role, "lex:DescribeBot lex:UpdateBot iam:PassRole"),
        Need::new("Testing the logs, by hand")
            .with(of_v2, "lex:RecognizeText")
            .with(of_v1, "lex:PostText")
            .with(bot && text.is_some(), "logs:DescribeLogStreams")
            .with(bot && audio.is_some(), "s3:ListBucket"),
        Need::new("Key of the log group, by hand")
            .with(group_key, "kms:GetKeyPolicy kms:PutKeyPolicy")
            .with(group_key, "kms:DescribeKey logs:AssociateKmsKey"),
        Need::new("Key of the bucket, by hand")
            .with(others_key, "kms:GetKeyPolicy kms:PutKeyPolicy"),
        Need::new("Passing the role, by hand")
            .with(passed, "iam:CreatePolicy")
            .with(passed && tags, "iam:TagPolicy")
            .with(passed, "iam:AttachRolePolicy iam:AttachUserPolicy"),
    ];
    let mut needs: Vec<Need> = all.into();
    needs.retain(|need| !need.permissions.is_empty());
    needs
}
