//! What a plan is made of: steps and premises, each with the calls that look at
//! it, put it right and take it out.

use super::Command;
use crate::document::Document;
use crate::parameters::Key;

/// What a step puts in place.
///
/// ```
/// use lexlogs::{Plan, RawParameters, Request, Subject};
///
/// let request = Request::new(&RawParameters::example(), Vec::new())?;
/// let plan = Plan::new(request.spec());
/// assert_eq!(plan.apply[0].subject, Subject::Role);
/// assert_eq!(plan.targets[0].subject, Subject::LogGroup);
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The role.
    Role,
    /// A managed policy.
    Policy,
    /// A managed policy's attachment to the role.
    Attachment,
    /// The log group: created if the spec asks for it, else looked at only.
    LogGroup,
    /// For how long the log group keeps what is written into it.
    LogGroupRetention,
    /// The bucket, likewise.
    Bucket,
    /// That the bucket lets nobody in who is not of the account.
    BucketPublicAccessBlock,
    /// How the bucket encrypts what is put into it.
    BucketEncryption,
    /// The tags of the bucket.
    BucketTags,
    /// The KMS key of the log group, which is looked at only.
    LogGroupKey,
    /// That of the bucket, likewise.
    BucketKey,
    /// The bot, which is looked at only.
    Bot,
    /// The text logs of the bot's alias.
    TextSettings,
    /// The audio logs of the bot's alias.
    AudioSettings,
}

impl Subject {
    /// The word by which the templates know it.
    ///
    /// ```
    /// use lexlogs::Subject;
    ///
    /// assert_eq!(Subject::LogGroup.id(), "log-group");
    /// ```
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Policy => "policy",
            Self::Attachment => "attachment",
            Self::LogGroup => "log-group",
            Self::LogGroupRetention => "log-group-retention",
            Self::Bucket => "bucket",
            Self::BucketPublicAccessBlock => "bucket-public-access-block",
            Self::BucketEncryption => "bucket-encryption",
            Self::BucketTags => "bucket-tagging",
            Self::LogGroupKey => "log-group-key",
            Self::BucketKey => "bucket-key",
            Self::Bot => "bot",
            Self::TextSettings => "text-settings",
            Self::AudioSettings => "audio-settings",
        }
    }
}

impl Subject {
    /// The parameter without which there is no step for it, if there is one.
    ///
    /// ```
    /// use lexlogs::{Key, Subject};
    ///
    /// assert_eq!(Subject::Bucket.turned_on_by(), Some(Key::CreateBucket));
    /// ```
    #[must_use]
    pub fn turned_on_by(self) -> Option<Key> {
        match self {
            Self::LogGroup => Some(Key::CreateLogGroup),
            Self::LogGroupRetention => Some(Key::LogGroupRetentionDays),
            Self::Bucket
            | Self::BucketPublicAccessBlock
            | Self::BucketEncryption
            | Self::BucketTags => Some(Key::CreateBucket),
            _ => None,
        }
    }
}

/// What a look compares.
///
/// ```
/// use lexlogs::{Plan, RawParameters, Request, Aspect};
///
/// let request = Request::new(&RawParameters::example(), Vec::new())?;
/// let plan = Plan::new(request.spec());
/// assert_eq!(plan.apply[0].looks[0].aspect, Aspect::Path);
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// Whether a role is there, and its path, which cannot be changed.
    Path,
    /// Whether a policy is there; prints its default version.
    Version,
    /// For a policy that is not there: whether another path has its name, which
    /// IAM lets no two policies share.
    Name,
    /// A role's trust policy.
    Trust,
    /// The same of a role that was there before, which is never changed.
    ExistingTrust,
    /// A role's permissions boundary.
    Boundary,
    /// That of a role which the spec gives none: it is told, and left.
    Bounded,
    /// The tags of a role or a policy.
    Tags,
    /// The document of a policy's default version.
    Document,
    /// Whether a policy is attached to the role; prints its ARN if it is.
    Attached,
    /// Whether a log group is there; prints its ARN if it is.
    There,
    /// The KMS key of a log group.
    Key,
    /// The retention of a log group.
    Retention,
    /// Whether a bucket is there, and its Region, which cannot be changed.
    Location,
    /// Whether a bucket lets the public in.
    PublicAccessBlock,
    /// How a bucket encrypts what is put into it.
    Encryption,
    /// The tags of a bucket: told, and left if it was there before, for to set them
    /// would replace all others.
    CreationTags,
    /// Whether a log group or a bucket is there, in the Region and the account.
    Target,
    /// Which role the bot has.
    BotRole,
    /// The log settings of the bot's alias: prints them if they are others, and
    /// `absent` if there are none.
    Settings,
}

impl Aspect {
    /// The word by which the templates and the scripts know it.
    ///
    /// ```
    /// use lexlogs::Aspect;
    ///
    /// assert_eq!(Aspect::ExistingTrust.id(), "existing-trust");
    /// ```
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Version => "version",
            Self::Name => "name",
            Self::Trust => "trust",
            Self::ExistingTrust => "existing-trust",
            Self::Boundary => "boundary",
            Self::Bounded => "bounded",
            Self::Tags => "tags",
            Self::Document => "document",
            Self::Attached => "attached",
            Self::There => "there",
            Self::Key => "key",
            Self::Retention => "retention",
            Self::Location => "location",
            Self::PublicAccessBlock => "public-access-block",
            Self::Encryption => "encryption",
            Self::CreationTags => "creation-tags",
            Self::Target => "target",
            Self::BotRole => "bot-role",
            Self::Settings => "settings",
        }
    }
}

/// A call that changes nothing and prints what differs, a line for each
/// difference, unless its [`Aspect`] says otherwise.
///
/// ```
/// use lexlogs::{Plan, RawParameters, Request};
///
/// let request = Request::new(&RawParameters::example(), Vec::new())?;
/// let plan = Plan::new(request.spec());
/// let look = &plan.apply[0].looks[0];
/// assert_eq!(look.command.arguments("")[..2], ["iam", "get-role"]);
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What it compares.
    pub aspect: Aspect,
    /// How.
    pub command: Command,
}

/// What puts an aspect right that differs.
///
/// ```
/// use lexlogs::{Plan, RawParameters, Request};
///
/// let request = Request::new(&RawParameters::example(), Vec::new())?;
/// let plan = Plan::new(request.spec());
/// let policy = &plan.apply[1];
/// let update = &policy.updates[0];
/// assert_eq!(update.command.arguments("")[..2], ["iam", "create-policy-version"]);
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// Which.
    pub aspect: Aspect,
    /// For a policy with as many versions as IAM keeps: which goes first.
    pub room: Option<Versions>,
    /// How.
    pub command: Command,
}

/// Versions of a policy to be deleted.
///
/// ```
/// use lexlogs::{Plan, RawParameters, Request};
///
/// let request = Request::new(&RawParameters::example(), Vec::new())?;
/// let plan = Plan::new(request.spec());
/// let removal = plan.apply[1].removal.as_ref().expect("a policy goes by itself");
/// let versions = removal.versions.as_ref().expect("a policy has versions");
/// let delete = versions.delete.arguments("v2");
/// assert_eq!(delete[..2], ["iam", "delete-policy-version"]);
/// assert!(delete.contains(&"v2".to_owned()));
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// Prints them, one a line.
    pub list: Command,
    /// Deletes one.
    pub delete: Command,
}

/// What takes a step's result out again.
///
/// ```
/// use lexlogs::{Plan, RawParameters, Request};
///
/// let request = Request::new(&RawParameters::example(), Vec::new())?;
/// let plan = Plan::new(request.spec());
/// let removal = plan.apply[0].removal.as_ref().expect("a role goes by itself");
/// assert_eq!(removal.command.arguments("")[..2], ["iam", "delete-role"]);
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// Prints what it holds, a line each: while it holds anything it stays, and so
    /// it does unless the receipt says that apply made it.
    pub contents: Option<Command>,
    /// Print what is somebody else's and would keep IAM from it, or lose its
    /// permissions by it: a line each.
    pub users: Vec<Command>,
    /// The versions that go first.
    pub versions: Option<Versions>,
    /// How.
    pub command: Command,
}

/// One step: what puts it in place, shows whether it is, puts it right and
/// takes it out.
///
/// ```
/// use lexlogs::{Plan, RawParameters, Request};
///
/// let request = Request::new(&RawParameters::example(), Vec::new())?;
/// let plan = Plan::new(request.spec());
/// let role = &plan.apply[0];
/// assert_eq!(role.resource, "arn:aws:iam::111122223333:role/LexConversationLogsRole");
/// assert_eq!(role.command.arguments("")[..2], ["iam", "create-role"]);
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it puts in place.
    pub subject: Subject,
    /// What it belongs to, if another step puts that in place: without that it
    /// cannot be there.
    pub parent: Option<Subject>,
    /// The policy that it concerns, if it concerns one.
    pub policy: Option<Document>,
    /// What the receipt calls it: an ARN, and where it is attached.
    pub resource: String,
    /// Puts it in place.
    pub command: Command,
    /// Waits until IAM knows it everywhere.
    pub wait: Option<Command>,
    /// Show whether it is in place; the first whether it is there at all.
    pub looks: Vec<Look>,
    /// Put right what they find.
    pub updates: Vec<Update>,
    /// Takes it out; none for what goes with what it belongs to.
    pub removal: Option<Removal>,
}

/// What must be there before, or beside, what the steps put in place.
///
/// ```
/// use lexlogs::{Plan, RawParameters, Request};
///
/// let request = Request::new(&RawParameters::example(), Vec::new())?;
/// let plan = Plan::new(request.spec());
/// let log_group = &plan.targets[0];
/// assert_eq!(log_group.looks[0].command.arguments("")[..2], ["logs", "describe-log-groups"]);
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Premise {
    /// What.
    pub subject: Subject,
    /// Show whether it is.
    pub looks: Vec<Look>,
}
