//! How the logs of the bot's alias are switched on and off. An update of an alias
//! replaces it whole, so what is there is read first and sent back, and the AWS
//! CLI itself makes the request out of it.

mod expressions;

use serde::Serialize;
use serde_json::Value;

use super::command::Command;
use super::words::regional;
use crate::policy::settings::{Log, is_selective, of_log};
use crate::request::{Bot, Spec};
use crate::values::names::LexVersion;

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogSettings {
    /// The logs of the alias, in words.
    pub thing: String,
    /// What the receipt calls it: the ARN of the alias.
    pub resource: String,
    /// Both kinds of logs, those that the spec turns on and those that it leaves.
    pub kinds: Vec<LogKind>,
    /// Reads the bot's role, in V2: its ARN, behind `True` or `False` where the ARN alone does not show whether it is the
    /// spec's.
    pub read_bot: Option<Command>,
    /// Reads whether the bot is directed at children, in V2: `True`, and Amazon Lex writes no logs for it then.
    pub read_privacy: Option<Command>,
    /// Reads the alias. The queries below are for it.
    pub read: Command,
    /// The file that the alias is saved in.
    pub before: &'static str,
    /// The files in which enabling saves what was before.
    pub saved: Vec<&'static str>,
    /// Selects when the alias was last changed.
    pub changed: &'static str,
    /// Selects the role that the alias has for its logs, in V1.
    pub role: Option<&'static str>,
    /// The file that this is saved in.
    pub earlier_role: &'static str,
    pub enabling: String,
    /// Selects the request that switches all logs off.
    pub disabling: String,
    pub request: &'static str,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GiveRole {
    pub read: Command,
    /// Sends it from the file `bot.json`.
    pub write: Command,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogKind {
    /// `text` or `audio`.
    pub name: &'static str,
    /// The file in which its settings are kept as they were.
    pub earlier: &'static str,
    /// Selects its settings as JSON, or `null`.
    pub current: String,
    /// Selects the words of its settings, or `None`.
    pub query: String,
    pub selective: bool,
    /// The words of the spec's settings; none if the spec leaves them.
    pub words: Option<String>,
    /// The same with the other form of the log group's ARN, which means the same to Amazon Lex.
    pub other_words: Option<String>,
}

impl LogSettings {
    pub(super) fn new(spec: &Spec) -> Option<Self> {
        let bot = spec.bot.as_ref()?;
        let is_v1 = spec.lex_version == LexVersion::V1;
        let kinds: Vec<LogKind> = Log::ALL.map(|log| LogKind::new(log, spec)).into();
        let ours = kinds.iter().filter(|kind| kind.words.is_some());
        let (names, mut saved): (Vec<&str>, Vec<&str>) =
            ours.map(|kind| (kind.name, kind.earlier)).unzip();
        saved.insert(0, BEFORE);
        saved.extend(is_v1.then_some(EARLIER_ROLE));
        Some(Self {
            thing: format!(
                "{} logs of alias {} of bot {}",
                names.join(" and "),
                bot.alias_id,
                bot.id
            ),
            resource: spec.bot_alias_arn(bot),
            kinds,
            saved,
            read_bot: (!is_v1).then(|| on_bot(bot, spec).text(&expressions::role_of_bot(spec))),
            read_privacy: (!is_v1).then(|| on_bot(bot, spec).text("dataPrivacy.childDirected")),
            read: on_alias(bot, spec),
            before: BEFORE,
            changed: match spec.lex_version {
                LexVersion::V1 => "lastUpdatedDate",
                LexVersion::V2 => "lastUpdatedDateTime",
            },
            role: is_v1.then_some("conversationLogs.iamRoleArn"),
            earlier_role: EARLIER_ROLE,
            enabling: expressions::enabling(spec),
            disabling: expressions::disabling(spec),
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

    pub fn enabling_request(&self) -> Command {
        self.read.clone().json(&self.enabling)
    }
}

impl LogKind {
    fn new(log: Log, spec: &Spec) -> Self {
        let current = match spec.lex_version {
            LexVersion::V1 => format!("{} | [0]", expressions::elements(&[log])),
            LexVersion::V2 => {
                let at = format!("conversationLogSettings.{}", log.member());
                format!("{at}[0] && {at}")
            }
        };
        Self {
            name: match log {
                Log::Text => "text",
                Log::Audio => "audio",
            },
            earlier: match log {
                Log::Text => EARLIER_TEXT,
                Log::Audio => EARLIER_AUDIO,
            },
            current,
            query: expressions::words(log, spec),
            selective: is_selective(log, spec),
            words: words(log, spec, ""),
            other_words: words(
                log,
                spec,
                match log {
                    Log::Text => ":*",
                    Log::Audio => "",
                },
            ),
        }
    }
}

/// What [`expressions::words`] selects if the settings are the spec's. The log group's ARN ends with `end`.
fn words(log: Log, spec: &Spec, end: &str) -> Option<String> {
    let settings = of_log(log, spec)?;
    let text = |at: &str| settings.pointer(at).and_then(Value::as_str);
    let words: Vec<String> = match spec.lex_version {
        LexVersion::V1 => {
            let arn = format!("{}{end}", text("/resourceArn")?);
            vec![
                spec.role_arn(),
                arn,
                text("/kmsKeyArn").unwrap_or("-").into(),
            ]
        }
        // In the order in which the API's model has the members.
        LexVersion::V2 => {
            let arn = text("/0/destination/cloudWatch/cloudWatchLogGroupArn");
            let group = arn.map(|arn| format!("{arn}{end}"));
            let of_bucket = ["kmsKeyArn", "s3BucketArn"];
            let of_bucket = of_bucket.map(|name| text(&format!("/0/destination/s3Bucket/{name}")));
            let prefix = ["cloudWatch", "s3Bucket"];
            let prefix = prefix.map(|name| text(&format!("/0/destination/{name}/logPrefix")));
            let enabled = std::iter::once("True".to_owned());
            let of_bucket = of_bucket.into_iter().flatten().map(str::to_owned);
            let prefix = prefix.into_iter().flatten().map(str::to_owned);
            enabled
                .chain(group)
                .chain(of_bucket)
                .chain(prefix)
                .collect()
        }
    };
    Some(words.join(" "))
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
