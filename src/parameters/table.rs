//! The one table of parameters. Flags, configuration keys, template variables,
//! `request.json` and the table in `docs/reference.md` all come from it, so a parameter has
//! one name, one rule and one default everywhere.

use crate::values::arn::{AssociatedResourceArn, KmsKeyArn, PermissionsBoundary};
use crate::values::bot::{BotAliasId, BotId, TextLogPrefix};
use crate::values::contact::Contact;
use crate::values::custom::Custom;
use crate::values::form::Form;
use crate::values::names::{
    AccountId, AudioLogPrefix, BucketName, LexVersion, LogGroupName, Name, PolicyName, Region,
    RoleName, RolePath,
};
use crate::values::retention::{ExpirationDays, RetentionDays};
use crate::values::tags::Tags;

/// What a parameter holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Text,
    /// `true` or `false`.
    Switch,
    /// IAM tags: a table of keys and values.
    Tags,
    /// A table of custom values.
    Custom,
}

/// What holds when a parameter is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultValue {
    /// It must be given.
    Required,
    /// It stays empty, and what it turns on stays off.
    Absent,
    /// This text (`false` for a switch).
    Value(&'static str),
}

/// One row of the table.
#[derive(Debug)]
pub struct Parameter {
    /// The key used by the code.
    pub key: Key,
    /// The name that users see, as a flag without its dashes, a configuration
    /// key and AWS's placeholder word.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What holds without it.
    pub default: DefaultValue,
    /// The parameter without which it concerns nothing.
    pub needs: Option<Key>,
    /// What it is for, in one phrase.
    pub meaning: &'static str,
    /// Which values pass, in words.
    pub rule: &'static str,
    /// What the rule comes to as a regular expression, where the value is text.
    pub form: fn() -> Form,
    /// Whether a text passes by itself; if not, what is wrong with it.
    pub(crate) check: fn(&str) -> Result<(), String>,
    /// A value that passes.
    pub example: &'static str,
}

impl Parameter {
    /// The name as template variables are written: `role-name` is `role_name`.
    pub fn variable(&self) -> String {
        self.name.replace('-', "_")
    }

    /// What it is for, as a sentence begins.
    pub fn meaning_capitalized(&self) -> String {
        let mut letters = self.meaning.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect()
    }

    /// The rule without what it says of numbers, whose error says it itself.
    pub(crate) fn rule_of_text(&self) -> &'static str {
        let rule = self.rule.trim_end_matches("in quotes in a file");
        rule.trim_end_matches([',', ';', ' '])
    }

    /// The text that holds when the parameter is not given, if there is one.
    pub fn default_text(&self) -> Option<&'static str> {
        match self.default {
            DefaultValue::Value(text) => Some(text),
            DefaultValue::Required | DefaultValue::Absent => None,
        }
    }
}

macro_rules! parameters {
    ($($key:ident: $name:literal, $kind:ident, $default:expr, $needs:expr, $type:ident $(= $example:literal)?, $meaning:literal;)*) => {
        /// The parameters by name, in the table's order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Key {
            $(#[doc = concat!("`", $name, "`: ", $meaning, ".")] $key,)*
        }

        /// Every parameter, in the order in which help, documents and
        /// `request.json` list them.
        pub static PARAMETERS: &[Parameter] = &[
            $(Parameter {
                key: Key::$key,
                name: $name,
                kind: Kind::$kind,
                default: $default,
                needs: $needs,
                meaning: $meaning,
                rule: $type::RULE,
                form: $type::form,
                check: $type::check,
                example: [$($example,)? $type::EXAMPLE][0],
            },)*
        ];
    };
}

use DefaultValue::{Absent, Required, Value};

/// The type of a switch, where all is text.
struct Switch;

impl Switch {
    const RULE: &'static str = "`true` or `false`";
    const EXAMPLE: &'static str = "true";

    fn form() -> Form {
        Form::one_of(&["true", "false"])
    }

    fn check(text: &str) -> Result<(), String> {
        if ["true", "false"].contains(&text) {
            Ok(())
        } else {
            Err("is neither `true` nor `false`".into())
        }
    }
}

parameters! {
    LexVersion: "lex-version", Text, Required, None, LexVersion,
        "the Amazon Lex API that writes the logs: `v2`, or `v1`, whose support ended on 2025-09-15";
    AccountId: "account-id", Text, Required, None, AccountId,
        "the AWS account that gets the role and the policies";
    Region: "region", Text, Required, None, Region,
        "the Region of the bot, its log group and its bucket; it gives the partition too";
    Contact: "contact", Text, Absent, None, Contact,
        "the contact for questions, such as an email address, a ticket or a chat room; shown in the runbook";
    RoleName: "role-name", Text, Value("LexConversationLogsRole"), None, RoleName,
        "the IAM role that Amazon Lex assumes to write the logs";
    ExistingRole: "existing-role", Switch, Value("false"), None, Switch,
        "attach the policies to an existing role, which is never created, changed or deleted";
    RolePath: "role-path", Text, Absent, None, RolePath,
        "the path under which the role is created";
    PermissionsBoundary: "permissions-boundary", Text, Absent, None, PermissionsBoundary,
        "the ARN of the managed policy that bounds the role's permissions";
    Tags: "tags", Tags, Absent, None, Tags,
        "tags for the role, for each policy, and for the log group and the bucket that are created";
    SourceAccount: "source-account", Switch, Value("false"), None, Switch,
        "add the `aws:SourceAccount` condition to the trust policy";
    LogGroupName: "log-group-name", Text, Absent, None, LogGroupName,
        "turns on text logs: the CloudWatch Logs log group they go to";
    CloudwatchPolicyName: "cloudwatch-policy-name", Text, Value("LexConversationLogsCloudWatchLogsPolicy"), Some(Key::LogGroupName), PolicyName,
        "the managed policy for the log group";
    LogGroupKmsKeyArn: "log-group-kms-key-arn", Text, Absent, Some(Key::LogGroupName), KmsKeyArn,
        "the KMS key that encrypts the log group";
    CreateLogGroup: "create-log-group", Switch, Value("false"), Some(Key::LogGroupName), Switch,
        "create the log group unless it exists";
    LogGroupRetentionDays: "log-group-retention-days", Text, Absent, Some(Key::CreateLogGroup), RetentionDays,
        "the number of days that the log group keeps logs; without it, logs never expire";
    LogGroupDeletionProtection: "log-group-deletion-protection", Switch, Value("false"), Some(Key::CreateLogGroup), Switch,
        "protect the log group from deletion; `undo` switches that off for a log group that it deletes";
    ReplicaRegion: "replica-region", Text, Absent, Some(Key::LogGroupName), Region = "us-west-2",
        "the Region of the bot's replica (Global Resiliency), where a log group of the same name is needed";
    BucketName: "bucket-name", Text, Absent, None, BucketName,
        "turns on audio logs: the S3 bucket they go to";
    S3PolicyName: "s3-policy-name", Text, Value("LexConversationLogsS3Policy"), Some(Key::BucketName), PolicyName,
        "the managed policy for the bucket";
    AudioLogPrefix: "audio-log-prefix", Text, Absent, Some(Key::BucketName), AudioLogPrefix,
        "limits the S3 permission to keys with this prefix; `enable` sets it in the bot's alias";
    KmsKeyArn: "kms-key-arn", Text, Absent, Some(Key::BucketName), KmsKeyArn,
        "the KMS key that encrypts the bucket's objects";
    KmsDecrypt: "kms-decrypt", Switch, Value("false"), Some(Key::KmsKeyArn), Switch,
        "also allow `kms:Decrypt` with the key, which multipart uploads need";
    KmsPolicyName: "kms-policy-name", Text, Value("LexConversationLogsKMSPolicy"), Some(Key::KmsKeyArn), PolicyName,
        "the managed policy for the KMS key";
    CreateBucket: "create-bucket", Switch, Value("false"), Some(Key::BucketName), Switch,
        "create the bucket unless it exists: without public access, encrypted";
    AudioLogExpirationDays: "audio-log-expiration-days", Text, Absent, Some(Key::CreateBucket), ExpirationDays,
        "the number of days after which the bucket deletes audio logs; without it, they never expire";
    BucketPolicyTlsOnly: "bucket-policy-tls-only", Switch, Value("false"), Some(Key::CreateBucket), Switch,
        "give the bucket that is created a policy that denies requests without TLS";
    PassRolePolicy: "pass-role-policy", Switch, Value("false"), None, Switch,
        "add a policy document that allows the person who configures the bot to pass the role; the scripts do not use it";
    AssociatedResourceArn: "associated-resource-arn", Text, Absent, Some(Key::PassRolePolicy), AssociatedResourceArn,
        "limits that policy to this alias of a bot";
    BotId: "bot-id", Text, Absent, Some(Key::BotAliasId), BotId,
        "add scripts that switch the logs of this bot's alias on and off";
    BotAliasId: "bot-alias-id", Text, Absent, Some(Key::BotId), BotAliasId,
        "the alias of the bot";
    TextLogPrefix: "text-log-prefix", Text, Absent, Some(Key::BotId), TextLogPrefix,
        "the prefix of the names of the log streams";
    TextLogsSelective: "text-logs-selective", Switch, Value("false"), Some(Key::BotId), Switch,
        "log only the text that a session attribute asks for; without it, `enable` keeps the alias's setting";
    AudioLogsSelective: "audio-logs-selective", Switch, Value("false"), Some(Key::BotId), Switch,
        "log only the audio that a session attribute asks for; without it, `enable` keeps the alias's setting";
    Cloudformation: "cloudformation", Switch, Absent, None, Switch,
        "add a CloudFormation template of the same resources; the scripts do not use it";
    Custom: "custom", Custom, Absent, None, Custom,
        "custom values for custom templates (`--templates`), which read them as `custom.NAME`";
}

impl Key {
    /// This key's row of the table.
    pub fn parameter(self) -> &'static Parameter {
        &PARAMETERS[self as usize]
    }

    /// The name that users see.
    pub fn name(self) -> &'static str {
        self.parameter().name
    }
}

/// The parameters that turn on logs, of which at least one must be given.
pub const LOGS: [Key; 2] = [Key::LogGroupName, Key::BucketName];

/// The parameter of that name.
pub fn find(name: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|parameter| parameter.name == name)
}

/// Of some names, the one that is nearest to a misspelt one, if one is near
/// enough to be meant: at most a third of its letters differ, or it is the
/// beginning of one, as `bucket` is of `bucket-name`. `role_name` and `RoleName`
/// count as spellings of `role-name`.
pub fn nearest_of<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let wanted = plain(name);
    known
        .into_iter()
        // More than a third differs, however long the name is; the distance takes time and memory for each letter.
        .filter(|known| wanted.len() <= 2 * known.len())
        .map(|known| {
            let distance = strsim::damerau_levenshtein(&wanted, &plain(known));
            (distance, known)
        })
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, known)| {
            let is_beginning = || {
                let words = known.match_indices('-');
                words
                    .into_iter()
                    .any(|(end, _)| plain(&known[..end]) == wanted)
            };
            distance * 3 <= known.len() || is_beginning()
        })
        .map(|(_, known)| known)
}

/// The three names that are nearest to a misspelt one, however far they are.
pub(crate) fn three_nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let wanted: String = name.chars().take(40).collect();
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_by_cached_key(|known| strsim::damerau_levenshtein(&wanted, known));
    let nearest: Vec<String> = known.iter().take(3).map(|one| format!("`{one}`")).collect();
    nearest.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_finds_its_own_row() {
        for (index, parameter) in PARAMETERS.iter().enumerate() {
            assert_eq!(parameter.key as usize, index);
            assert_eq!(parameter.key.parameter().name, parameter.name);
            assert_eq!(find(parameter.name).map(|p| p.key), Some(parameter.key));
        }
    }

    #[test]
    fn a_misspelt_name_finds_the_one_that_was_meant() {
        let near = |name| nearest_of(name, PARAMETERS.iter().map(|row| row.name));
        assert_eq!(near("role_name"), Some("role-name"));
        assert_eq!(near("RoleName"), Some("role-name"));
        assert_eq!(near("acount-id"), Some("account-id"));
        assert_eq!(near("cloudwatch-policy"), Some("cloudwatch-policy-name"));
        assert_eq!(near("bucket"), Some("bucket-name"));
        assert_eq!(near("log_group"), Some("log-group-name"));
        assert_eq!(near("b"), None);
        assert_eq!(near("colour"), None);
    }
}
