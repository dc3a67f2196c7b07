//! What a plan consists of: steps, each with the calls that create, compare,
//! update and remove its thing, and targets, which are only compared.

use serde::{Serialize, Serializer};

use super::command::Command;
use crate::document::Document;
use crate::parameters::Key;

/// What a step creates, or a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The role.
    Role,
    /// A managed policy.
    Policy,
    /// A managed policy's attachment to the role.
    Attachment,
    /// The log group: created if the spec asks for it, else only compared.
    LogGroup,
    /// For how long the log group keeps logs.
    LogGroupRetention,
    /// Its protection from deletion.
    LogGroupDeletionProtection,
    /// The log group in the Region of the bot's replica.
    ReplicaLogGroup,
    /// For how long that one keeps logs.
    ReplicaLogGroupRetention,
    /// Its protection.
    ReplicaLogGroupDeletionProtection,
    /// With which KMS key the log group is encrypted, if no step creates it.
    LogGroupEncryption,
    /// The bucket, likewise.
    Bucket,
    /// The bucket's block of public access.
    BucketPublicAccessBlock,
    /// How the bucket encrypts objects.
    BucketEncryption,
    /// After how many days the bucket deletes objects.
    BucketLifecycle,
    /// The tags of the bucket.
    BucketTags,
    /// Its policy.
    BucketPolicy,
    /// The KMS key of the log group.
    LogGroupKey,
    /// The KMS key of the bucket.
    BucketKey,
    /// The conversation logs of the bot's alias.
    LogSettings,
}

impl Subject {
    /// The word by which the templates know it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Policy => "policy",
            Self::Attachment => "attachment",
            Self::LogGroup => "log-group",
            Self::LogGroupRetention => "log-group-retention",
            Self::LogGroupDeletionProtection => "log-group-deletion-protection",
            Self::ReplicaLogGroup => "replica-log-group",
            Self::ReplicaLogGroupRetention => "replica-log-group-retention",
            Self::ReplicaLogGroupDeletionProtection => "replica-log-group-deletion-protection",
            Self::LogGroupEncryption => "log-group-encryption",
            Self::Bucket => "bucket",
            Self::BucketPublicAccessBlock => "bucket-public-access-block",
            Self::BucketEncryption => "bucket-encryption",
            Self::BucketLifecycle => "bucket-lifecycle",
            Self::BucketTags => "bucket-tagging",
            Self::BucketPolicy => "bucket-policy",
            Self::LogGroupKey => "log-group-key",
            Self::BucketKey => "bucket-key",
            Self::LogSettings => "log-settings",
        }
    }

    /// The parameter without which there is no step for it, if there is one.
    pub fn turned_on_by(self) -> Option<Key> {
        match self {
            Self::LogGroup => Some(Key::CreateLogGroup),
            Self::LogGroupRetention => Some(Key::LogGroupRetentionDays),
            Self::BucketLifecycle => Some(Key::AudioLogExpirationDays),
            Self::LogGroupDeletionProtection => Some(Key::LogGroupDeletionProtection),
            Self::BucketPolicy => Some(Key::BucketPolicyTlsOnly),
            Self::ReplicaLogGroup
            | Self::ReplicaLogGroupRetention
            | Self::ReplicaLogGroupDeletionProtection => Some(Key::ReplicaRegion),
            Self::Bucket
            | Self::BucketPublicAccessBlock
            | Self::BucketEncryption
            | Self::BucketTags => Some(Key::CreateBucket),
            _ => None,
        }
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

/// A part of a thing that one value describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Property {
    /// Whether it exists.
    Existence,
    /// In which Region, which cannot be changed.
    Region,
    /// The permissions boundary of a role.
    Boundary,
    /// Its tags: how many of the spec's it has.
    Tags,
    /// The KMS key of a log group.
    Key,
    /// For how many days a log group keeps logs.
    Retention,
    /// Whether a log group is protected from deletion.
    DeletionProtection,
    /// How many ways of public access to a bucket are blocked.
    PublicAccessBlock,
    /// How a bucket encrypts objects.
    Encryption,
    /// Whether a bucket's policy has the statement of the bundle. A script never replaces such a policy.
    Policy,
    /// Which objects a bucket deletes, and after how many days.
    Expiration,
}

/// A call that only reads: it must print one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What the value describes.
    pub property: Property,
    /// The value that the spec asks for.
    pub value: String,
    /// Prints the value, or `None` if there is none.
    pub command: Command,
}

/// The call that changes a property that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Update {
    /// Which property.
    pub property: Property,
    /// How.
    pub command: Command,
}

/// What removes a step's result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Undo {
    /// What it does, in words.
    pub title: String,
    /// Prints something if the thing holds anything: then it stays, and so it does
    /// unless the receipt says that apply created it.
    pub contents: Option<Command>,
    /// Print who uses it, a line each.
    pub users: Vec<Command>,
    /// How.
    pub command: Command,
}

/// One step: what creates its thing, compares it, updates it and removes it. The
/// scripts themselves know how to compare a role, a policy and an attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its number, from 1.
    pub number: usize,
    /// What it creates.
    pub subject: Subject,
    /// What it does, in words.
    pub title: String,
    /// What it creates, in words.
    pub thing: String,
    /// The step that creates what it belongs to, if one does.
    pub parent: Option<Parent>,
    /// The policy that it concerns, if it concerns one.
    pub policy: Option<Document>,
    /// The name of that policy.
    pub policy_name: String,
    /// What the receipt calls it: an ARN, and where it is attached.
    pub resource: String,
    /// Creates it.
    pub command: Command,
    /// What is compared beside the documents.
    pub checks: Vec<Check>,
    /// Change what differs of that.
    pub updates: Vec<Update>,
    /// Removes it; none for what goes with its parent.
    pub undo: Option<Undo>,
    /// The resources that go with it.
    pub children: Vec<String>,
}

/// The step that creates what another one's thing belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Parent {
    /// What it creates.
    pub subject: Subject,
    /// Its number.
    pub number: usize,
    /// What the receipt calls that.
    pub resource: String,
}

impl Step {
    /// A step that creates something, with the words for that and for what it does.
    pub(super) fn new(
        subject: Subject,
        [title, thing]: [String; 2],
        resource: String,
        command: Command,
    ) -> Self {
        Self {
            number: 0,
            subject,
            title,
            thing,
            parent: None,
            policy: None,
            policy_name: String::new(),
            resource,
            command,
            checks: Vec::new(),
            updates: Vec::new(),
            undo: None,
            children: Vec::new(),
        }
    }

    /// The same, as a part of what another step creates.
    pub(super) fn of(mut self, parent: Subject) -> Self {
        self.parent = Some(Parent {
            subject: parent,
            number: 0,
            resource: String::new(),
        });
        self
    }

    /// Something of a log group or a bucket, which goes with it. The call that creates it updates it, too.
    pub(super) fn part(
        (subject, parent): (Subject, Subject),
        words: [String; 2],
        resource: String,
        command: Command,
        checks: Vec<Check>,
    ) -> Self {
        let step = Self {
            checks,
            ..Self::new(subject, words, resource, command)
        };
        step.of(parent)
    }

    /// Numbers steps, and finds what each belongs to and what goes with it.
    pub(super) fn link(steps: &mut [Self]) {
        let all = steps.to_vec();
        for (index, step) in steps.iter_mut().enumerate() {
            step.number = index + 1;
            if let Some(parent) = &mut step.parent {
                let found = (1..)
                    .zip(&all)
                    .find(|(_, known)| known.subject == parent.subject);
                if let Some((number, known)) = found {
                    parent.number = number;
                    parent.resource.clone_from(&known.resource);
                }
            }
            let is_child = |other: &&Self| {
                let parent = other.parent.as_ref().map(|parent| parent.subject);
                parent == Some(step.subject) && other.undo.is_none()
            };
            let children = all.iter().filter(is_child);
            step.children = children.map(|child| child.resource.clone()).collect();
        }
    }
}

/// What no step creates and the logs need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    /// What.
    pub subject: Subject,
    /// The same in words.
    pub thing: String,
    /// Shows whether it exists as the spec needs it.
    pub check: Check,
}
