//! How the logs of the bot's alias are switched on and off. An update of an alias
//! replaces it whole, so what is there is read first and sent back, and the AWS
//! CLI itself makes the request out of it.

mod expressions;

use super::query::string;
use super::{Check, Command, Property, Subject, Target, regional};
use crate::policy::settings::Log;
use crate::spec::names::LexVersion;
use crate::spec::{Bot, Spec};

/// The alias as it was before its logs were switched on.
const BEFORE: &str = "alias-before.json";
/// What its settings were, for each kind of logs.
const EARLIER_TEXT: &str = "earlier-text-logs.json";
/// See [`EARLIER_TEXT`].
const EARLIER_AUDIO: &str = "earlier-audio-logs.json";
/// With which role, in Amazon Lex V1.
const EARLIER_ROLE: &str = "earlier-role.json";
/// What is sent, as long as a script runs.
const REQUEST: &str = "alias-request.json";
/// The part of it that a script puts together.
const PUT_BACK: &str = "alias-log-settings.json";

/// The files that the scripts write beside themselves, besides the receipt.
pub const WRITTEN: [&str; 6] = [
    BEFORE,
    EARLIER_TEXT,
    EARLIER_AUDIO,
    EARLIER_ROLE,
    REQUEST,
    PUT_BACK,
];

/// The calls that switch the logs of an alias on and off.
///
/// ```
/// use lexlogs::{Key, Plan, RawParameters, Request};
///
/// let of_bot = [(Key::BotId, "ABCDEFGHIJ"), (Key::BotAliasId, "TSTALIASID")];
/// let raw = RawParameters::example().overridden_by(of_bot.into_iter().collect());
/// let request = Request::new(&raw, Vec::new())?;
/// let settings = Plan::new(request.spec()).log_settings.expect("a bot");
/// assert!(settings.resource.ends_with(":bot-alias/ABCDEFGHIJ/TSTALIASID"));
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// What the receipt calls it: the ARN of the alias.
    pub resource: String,
    /// The bot's role, with which Amazon Lex V2 writes.
    pub bot: Option<Target>,
    /// Prints the settings of the kinds that the spec turns on, as the document
    /// [`crate::Document::LogSettings`] has them.
    pub current: Command,
    /// Both kinds of logs, those that the spec turns on and those that it leaves.
    pub kinds: Vec<LogKind>,
    /// Prints when the alias was changed last.
    pub changed: Command,
    /// Prints the alias, to be kept.
    pub describe: Command,
    /// The file that it is kept in.
    pub before: &'static str,
    /// In V1: prints the role that the alias has for its logs, as JSON.
    pub role: Option<Command>,
    /// The file that this is kept in.
    pub earlier_role: &'static str,
    /// Prints the request that switches on.
    pub enabling: Command,
    /// Prints the request that switches all logs off.
    pub disabling: Command,
    /// The file that a request is written to.
    pub request: &'static str,
    /// Sends it.
    pub update: Command,
    /// Sends it with the settings of the file [`LogSettings::put_back`].
    pub update_with: Command,
    /// See [`LogSettings::update_with`].
    pub put_back: &'static str,
    /// How the bot comes to have the role, which nobody but its owner decides: in
    /// V2, where the role is the bundle's own.
    pub give_role: Option<GiveRole>,
    /// Says something to the bot, so that there is something to log.
    pub talk: Command,
    /// Print what has arrived of it: text, then audio, as far as there is any.
    pub arrived: Vec<Command>,
}

/// The calls that give a bot another role and leave everything else of it.
///
/// ```
/// use lexlogs::{Key, Plan, RawParameters, Request};
///
/// let of_bot = [(Key::BotId, "ABCDEFGHIJ"), (Key::BotAliasId, "TSTALIASID")];
/// let raw = RawParameters::example().overridden_by(of_bot.into_iter().collect());
/// let request = Request::new(&raw, Vec::new())?;
/// let settings = Plan::new(request.spec()).log_settings.expect("a bot");
/// let give_role = settings.give_role.expect("a role of the bundle's own");
/// assert_eq!(give_role.write.arguments()[..2], ["lexv2-models", "update-bot"]);
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiveRole {
    /// Prints the request.
    pub read: Command,
    /// Sends it from the file `bot.json`.
    pub write: Command,
}

/// One kind of logs of an alias.
///
/// ```
/// use lexlogs::{Key, Plan, RawParameters, Request};
///
/// let of_bot = [(Key::BotId, "ABCDEFGHIJ"), (Key::BotAliasId, "TSTALIASID")];
/// let raw = RawParameters::example().overridden_by(of_bot.into_iter().collect());
/// let request = Request::new(&raw, Vec::new())?;
/// let settings = Plan::new(request.spec()).log_settings.expect("a bot");
/// assert_eq!(settings.kinds.len(), 2);
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogKind {
    /// Whether the spec turns it on; else its settings are kept.
    pub is_on: bool,
    /// The file in which its settings are kept as they were.
    pub earlier: &'static str,
    /// Prints its settings as JSON, or `null`.
    pub current: Command,
    /// The member that they are in the file [`LogSettings::put_back`]; empty in V1,
    /// where they are an element of a list.
    pub member: &'static str,
}

impl LogSettings {
    pub(super) fn new(spec: &Spec) -> Option<Self> {
        let bot = spec.bot.as_ref()?;
        let describe = on_alias(bot, spec);
        let is_v1 = spec.lex_version == LexVersion::V1;
        Some(Self {
            resource: spec.bot_alias_arn(bot),
            bot: (!is_v1).then(|| bot_role(bot, spec)),
            current: describe.clone().json(&expressions::current(spec)),
            kinds: Log::ALL.map(|log| LogKind::new(log, bot, spec)).into(),
            changed: describe.clone().text(match spec.lex_version {
                LexVersion::V1 => "[lastUpdatedDate]",
                LexVersion::V2 => "[lastUpdatedDateTime]",
            }),
            describe: describe.clone().option("--output", "json"),
            before: BEFORE,
            role: is_v1.then(|| describe.clone().json("conversationLogs.iamRoleArn")),
            earlier_role: EARLIER_ROLE,
            enabling: describe.clone().json(&expressions::enabling(spec)),
            disabling: describe.json(&expressions::disabling(spec)),
            request: REQUEST,
            update: update(spec),
            update_with: match spec.lex_version {
                LexVersion::V1 => update(spec).named_file("--conversation-logs", PUT_BACK),
                LexVersion::V2 => update(spec).named_file("--conversation-log-settings", PUT_BACK),
            },
            put_back: PUT_BACK,
            give_role: (!is_v1 && !spec.existing_role).then(|| give_role(bot, spec)),
            talk: talk(bot, spec),
            arrived: arrived(spec),
        })
    }

    /// The files in which enabling saves what was before.
    pub(crate) fn saved(&self) -> impl Iterator<Item = &'static str> {
        let kinds = self.kinds.iter().filter(|kind| kind.is_on);
        let role = self.role.iter().map(|_| self.earlier_role);
        let earlier = kinds.map(|kind| kind.earlier);
        std::iter::once(self.before).chain(earlier).chain(role)
    }
}

impl LogKind {
    fn new(log: Log, bot: &Bot, spec: &Spec) -> Self {
        let current = match spec.lex_version {
            LexVersion::V1 => format!("{} | [0]", expressions::elements(&[log])),
            LexVersion::V2 => {
                let at = format!("conversationLogSettings.{}", log.member());
                format!("{at}[0] && {at}")
            }
        };
        Self {
            is_on: match log {
                Log::Text => spec.text_logs.is_some(),
                Log::Audio => spec.audio_logs.is_some(),
            },
            earlier: match log {
                Log::Text => EARLIER_TEXT,
                Log::Audio => EARLIER_AUDIO,
            },
            current: on_alias(bot, spec).json(&current),
            member: match spec.lex_version {
                LexVersion::V1 => "",
                LexVersion::V2 => log.member(),
            },
        }
    }
}

fn on_alias(bot: &Bot, spec: &Spec) -> Command {
    let (id, alias) = (bot.id.as_str(), bot.alias_id.as_str());
    let command = match spec.lex_version {
        LexVersion::V1 => Command::new("lex-models", "get-bot-alias")
            .option("--bot-name", id)
            .option("--name", alias),
        LexVersion::V2 => Command::new("lexv2-models", "describe-bot-alias")
            .option("--bot-id", id)
            .option("--bot-alias-id", alias),
    };
    regional(command, spec)
}

fn update(spec: &Spec) -> Command {
    let command = match spec.lex_version {
        LexVersion::V1 => Command::new("lex-models", "put-bot-alias"),
        LexVersion::V2 => Command::new("lexv2-models", "update-bot-alias"),
    };
    regional(command.named_file("--cli-input-json", REQUEST), spec)
}

/// V2 writes logs with the role of the bot, and nobody but Amazon Lex changes one
/// that is linked to it. (Lex V2 guide: using-service-linked-roles.)
fn bot_role(bot: &Bot, spec: &Spec) -> Target {
    let is_path_known = !spec.existing_role || spec.role_path.is_some();
    let (value, query) = if is_path_known {
        (spec.role_arn(), "roleArn".to_owned())
    } else {
        let end = string(&format!("/{}", spec.role_name));
        ("True".to_owned(), format!("ends_with(roleArn,{end})"))
    };
    Target {
        subject: Subject::Bot,
        check: Check {
            property: Property::Existence,
            value,
            command: on_bot(bot, spec).query(&query),
        },
    }
}

/// An update of a bot replaces it whole, too.
fn give_role(bot: &Bot, spec: &Spec) -> GiveRole {
    GiveRole {
        read: on_bot(bot, spec).json(&expressions::bot_with_role(spec)),
        write: regional(
            Command::new("lexv2-models", "update-bot").named_file("--cli-input-json", "bot.json"),
            spec,
        ),
    }
}

fn on_bot(bot: &Bot, spec: &Spec) -> Command {
    let command = Command::new("lexv2-models", "describe-bot").option("--bot-id", bot.id.as_str());
    regional(command, spec)
}

fn talk(bot: &Bot, spec: &Spec) -> Command {
    let (id, alias) = (bot.id.as_str(), bot.alias_id.as_str());
    let command = match spec.lex_version {
        LexVersion::V1 => Command::new("lex-runtime", "post-text")
            .option("--bot-name", id)
            .option("--bot-alias", alias)
            .option("--user-id", "lexlogs-test")
            .option("--input-text", "Hello"),
        LexVersion::V2 => Command::new("lexv2-runtime", "recognize-text")
            .option("--bot-id", id)
            .option("--bot-alias-id", alias)
            .option("--locale-id", "LOCALE")
            .option("--session-id", "lexlogs-test")
            .option("--text", "Hello"),
    };
    regional(command, spec)
}

fn arrived(spec: &Spec) -> Vec<Command> {
    let text = spec.text_logs.as_ref().map(|logs| {
        let command = Command::new("logs", "describe-log-streams")
            .option("--log-group-name", logs.log_group_name.as_str())
            .option("--order-by", "LastEventTime")
            .flag("--descending")
            .option("--max-items", "5");
        regional(command, spec)
    });
    let audio = spec.audio_logs.as_ref().map(|logs| {
        let command =
            Command::new("s3api", "list-objects-v2").option("--bucket", logs.bucket_name.as_str());
        let command = match &logs.prefix {
            Some(prefix) => command.option("--prefix", prefix.as_str()),
            None => command,
        };
        regional(command.option("--max-items", "5"), spec)
    });
    text.into_iter().chain(audio).collect()
}
