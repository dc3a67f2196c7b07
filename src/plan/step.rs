//! What a plan is made of: steps and premises, each with the calls that look at
//! it, put it right and take it out.

use super::Command;
use crate::document::Document;

/// What a step puts in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The role.
    Role,
    /// A managed policy.
    Policy,
    /// A managed policy's attachment to the role.
    Attachment,
    /// The log group, which is looked at only.
    LogGroup,
    /// The bucket, which is looked at only.
    Bucket,
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
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Policy => "policy",
            Self::Attachment => "attachment",
            Self::LogGroup => "log-group",
            Self::Bucket => "bucket",
            Self::LogGroupKey => "log-group-key",
            Self::BucketKey => "bucket-key",
            Self::Bot => "bot",
            Self::TextSettings => "text-settings",
            Self::AudioSettings => "audio-settings",
        }
    }
}

/// What a look compares.
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
            Self::Target => "target",
            Self::BotRole => "bot-role",
            Self::Settings => "settings",
        }
    }
}

/// A call that changes nothing and prints what differs, a line for each
/// difference, unless its [`Aspect`] says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What it compares.
    pub aspect: Aspect,
    /// How.
    pub command: Command,
}

/// What puts an aspect right that differs.
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// Prints them, one a line.
    pub list: Command,
    /// Deletes one.
    pub delete: Command,
}

/// What takes a step's result out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it puts in place.
    pub subject: Subject,
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
    /// Takes it out.
    pub removal: Removal,
}

/// What must be there before, or beside, what the steps put in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Premise {
    /// What.
    pub subject: Subject,
    /// Show whether it is.
    pub looks: Vec<Look>,
}
