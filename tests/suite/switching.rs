//! Switching the logs of a bot's alias on and off, by the real AWS CLI against a
//! server of Amazon Lex V2: the alias is compared field by field.

mod delivered;
mod of_v1;
mod refused;
mod runbook;

use std::fs;
use std::path::{Path, PathBuf};

use lexlogs::spec::Request;
use serde_json::{Value, json};

use crate::apply::{ACCOUNT, unpacked};
use crate::iam::{CLIS, Cli, Iam};
use crate::runner::{Outcome, RUNNERS, Runner};
use crate::support::{cover, folder, names, request};

const ROLE: &str = "arn:aws:iam::111122223333:role/LexConversationLogsRole";

/// A bot with one alias, on a server of its own account.
struct Bot {
    iam: Iam,
    region: &'static str,
    id: String,
    alias: String,
}

impl Bot {
    fn start() -> Self {
        Self::start_in("us-east-1")
    }

    fn start_in(region: &'static str) -> Self {
        let mut iam = Iam::start(ACCOUNT);
        iam.ask(&format!("region {region}"));
        Self {
            iam,
            region,
            id: String::new(),
            alias: String::new(),
        }
    }

    /// Makes all anew: a bot with this role, and an alias with these members.
    fn begin(&mut self, role: &str, alias: &Value) {
        self.iam.ask("reset");
        let bot = json!({ "botName": "Support", "roleArn": role, "dataPrivacy": { "childDirected": false },
            "idleSessionTTLInSeconds": 300 });
        let bot = self.lex("create_bot", &bot);
        self.id = bot["botId"].as_str().unwrap().into();
        let mut alias = alias.clone();
        alias["botId"] = json!(self.id);
        alias["botAliasName"] = json!("live");
        let alias = self.lex("create_bot_alias", &alias);
        self.alias = alias["botAliasId"].as_str().unwrap().into();
    }

    fn lex(&mut self, method: &str, arguments: &Value) -> Value {
        self.iam
            .ask(&format!("call lexv2-models {method} {arguments}"))
    }

    /// The alias as it is, without what every change changes.
    fn alias(&mut self) -> Value {
        let ids = json!({ "botId": self.id, "botAliasId": self.alias });
        let mut alias = self.lex("describe_bot_alias", &ids);
        let members = alias.as_object_mut().unwrap();
        for member in ["ResponseMetadata", "lastUpdatedDateTime"] {
            members.remove(member).unwrap();
        }
        // moto has these where Amazon Lex has nothing.
        members.retain(|_, value| !value.is_null() && *value != json!({}) && *value != json!(""));
        alias
    }

    /// Changes a member of the alias, as somebody else would.
    fn change(&mut self, member: &str, value: Value) {
        let update = self.changed(member, value);
        self.lex("update_bot_alias", &update);
    }

    fn changed(&mut self, member: &str, value: Value) -> Value {
        let mut alias = self.alias();
        let members = alias.as_object_mut().unwrap();
        for member in [
            "botAliasStatus",
            "creationDateTime",
            "botAliasHistoryEvents",
            "parentBotNetworks",
        ] {
            members.remove(member);
        }
        members.insert(member.to_owned(), value);
        alias
    }

    /// A request for a bundle about this bot.
    fn request(&self, more: &[(&str, &str)]) -> Request {
        let parameters = [
            ("lex-version", "v2"),
            ("account-id", ACCOUNT),
            ("region", self.region),
            ("bot-id", &self.id),
            ("bot-alias-id", &self.alias),
        ];
        request(parameters.iter().chain(more).copied())
    }
}

/// A bundle in a folder, and what runs it.
struct Place {
    runner: Runner,
    folder: PathBuf,
    aws: PathBuf,
    settings: Vec<(String, String)>,
}

impl Place {
    fn new(bot: &Bot, runner: Runner, cli: Cli, request: &Request, place: &Path) -> Self {
        Self {
            runner,
            folder: unpacked(request, place),
            aws: bot.iam.aws(cli),
            settings: bot.iam.settings(),
        }
    }

    fn run(&self, script: &str, arguments: &[&str]) -> Outcome {
        self.runner
            .run(&self.folder, script, arguments, &self.aws, &self.settings)
    }

    /// Runs what must end well, without a word of complaint.
    fn good(&self, script: &str, arguments: &[&str]) -> Outcome {
        let outcome = self.run(script, arguments);
        let ended = (outcome.code, outcome.stderr.as_str());
        assert_eq!(ended, (0, ""), "{:?}, {script}: {outcome:?}", self.runner);
        outcome
    }

    fn saved(&self, name: &str) -> Value {
        serde_json::from_str(&fs::read_to_string(self.folder.join(name)).unwrap()).unwrap()
    }

    /// What the scripts have left beside themselves.
    fn left(&self) -> Vec<String> {
        let is_left = |name: &String| {
            ["alias-", "earlier-"]
                .iter()
                .any(|start| name.starts_with(start))
        };
        names(&self.folder).into_iter().filter(is_left).collect()
    }
}

fn text_settings(group: &str, prefix: &str) -> Value {
    json!([{ "enabled": true, "destination": { "cloudWatch": {
        "cloudWatchLogGroupArn": format!("arn:aws:logs:us-east-1:{ACCOUNT}:log-group:{group}"),
        "logPrefix": prefix,
    } } }])
}

fn audio_settings(bucket: &str, prefix: &str) -> Value {
    json!([{ "enabled": true, "destination": { "s3Bucket": {
        "s3BucketArn": format!("arn:aws:s3:::{bucket}"),
        "logPrefix": prefix,
    } } }])
}

/// What is written of the commercial partition, as it is in this Region.
fn in_region(value: &Value, region: &str) -> Value {
    let partition = if region.starts_with("us-gov-") {
        "arn:aws-us-gov:"
    } else {
        "arn:aws:"
    };
    let text = value.to_string().replace("arn:aws:", partition);
    serde_json::from_str(&text.replace("us-east-1", region)).unwrap()
}

/// An alias with everything that an alias can have.
fn full_alias() -> Value {
    json!({
        "description": "Für Anrufe 日本 \"live\" & 100% $HOME",
        "botVersion": "7",
        "botAliasLocaleSettings": { "en_US": { "enabled": true, "codeHookSpecification": { "lambdaCodeHook": {
            "lambdaARN": "arn:aws:lambda:us-east-1:111122223333:function:hook", "codeHookInterfaceVersion": "1.0",
        } } }, "de_DE": { "enabled": false } },
        "sentimentAnalysisSettings": { "detectSentiment": true },
    })
}

const BOTH: [(&str, &str); 4] = [
    ("log-group-name", "/lex/bot"),
    ("text-log-prefix", "live/"),
    ("bucket-name", "bot-audio"),
    ("audio-log-prefix", "it's (a) & b/"),
];

/// From an empty account with a bot to its logs and back again.
fn whole_chain(runner: Runner, clis: &[Cli], region: &'static str) {
    let mut bot = Bot::start_in(region);
    let role = in_region(&json!(ROLE), region);
    for &cli in clis {
        bot.begin(role.as_str().unwrap(), &in_region(&full_alias(), region));
        let before = bot.alias();
        bot.iam
            .ask(r#"call logs create_log_group {"logGroupName": "/lex/bot"}"#);
        let mut bucket = json!({ "Bucket": "bot-audio" });
        if region != "us-east-1" {
            bucket["CreateBucketConfiguration"] = json!({ "LocationConstraint": region });
        }
        bot.iam.ask(&format!("call s3 create_bucket {bucket}"));
        let place = folder();
        let request = bot.request(&BOTH);
        let place = Place::new(&bot, runner, cli, &request, place.path());
        place.good("apply", &[]);
        let checked = place.run("check", &[]);
        assert_eq!(checked.code, 1, "{checked:?}");
        let absent = format!(
            "\nNot in place:\n  absent: the text logs of the alias {0} of the bot {1}\n  absent: the audio logs of the alias {0} of the bot {1}\n",
            bot.alias, bot.id
        );
        assert!(checked.stdout.ends_with(&absent), "{checked:?}");

        bot.iam.take_calls(cli);
        let dry = place.good("enable", &["--dry-run"]);
        assert!(
            dry.stdout
                .ends_with("\nDry run: nothing was called and nothing was changed.\n"),
            "{dry:?}"
        );
        assert_eq!(bot.iam.take_calls(cli), [[""; 0]; 0]);
        assert_eq!((bot.alias(), place.left()), (before.clone(), vec![]));

        place.good("enable", &[]);
        let mut expected = before.clone();
        let settings = json!({
            "textLogSettings": text_settings("/lex/bot", "live/"),
            "audioLogSettings": audio_settings("bot-audio", "it's (a) & b/"),
        });
        expected["conversationLogSettings"] = in_region(&settings, region);
        assert_eq!(bot.alias(), expected, "{runner:?}, {cli:?}");
        assert_eq!(
            place.saved("LexConversationLogsSettings.json"),
            expected["conversationLogSettings"]
        );
        let left = [
            "alias-before.json",
            "earlier-audio-logs.json",
            "earlier-text-logs.json",
        ];
        assert_eq!(place.left(), left);
        assert_eq!(
            place.saved("alias-before.json")["description"],
            before["description"]
        );
        assert_eq!(place.saved("earlier-text-logs.json"), Value::Null);
        place.good("check", &[]);

        bot.iam.take_calls(cli);
        let again = place.good("enable", &[]);
        assert!(
            again
                .stdout
                .ends_with("\nDone: the logs are switched on already, as this bundle does it.\n"),
            "{again:?}"
        );
        let calls = bot.iam.take_calls(cli);
        assert!(
            calls.iter().all(|call| call[1] != "update-bot-alias"),
            "{calls:?}"
        );

        // What others change besides stays.
        bot.change("botVersion", json!("8"));
        let mut expected = before.clone();
        expected["botVersion"] = json!("8");
        let dry = place.good("disable", &["--dry-run"]);
        assert!(
            dry.stdout
                .ends_with("\nDry run: nothing was called and nothing was changed.\n"),
            "{dry:?}"
        );
        place.good("disable", &[]);
        assert_eq!(bot.alias(), expected, "{runner:?}, {cli:?}");
        let kept = left.map(|name| format!("{name}.1"));
        assert_eq!(place.left(), kept);
        place.good("enable", &[]);
        place.good("disable", &[]);
        assert_eq!(bot.alias(), expected, "{runner:?}, {cli:?}");
        assert_eq!(place.left().len(), 6);

        place.good("undo", &["--yes"]);
        // What the logs are written to was there before.
        let state = bot.iam.ask("state");
        assert_eq!(
            (&state["roles"], &state["policies"]),
            (&json!({}), &json!({}))
        );
        let receipt = fs::read_to_string(place.folder.join("receipt.txt")).unwrap();
        let of_alias: Vec<&str> = receipt
            .lines()
            .filter_map(|line| line.strip_prefix("step-6: ")?.split(' ').next())
            .collect();
        let once = ["creating", "created", "removed"];
        assert_eq!(of_alias, [once, once].concat());
    }
}

macro_rules! runners {
    ($($test:ident: $index:literal, $clis:expr, $region:literal;)*) => {
        $(
            #[test]
            #[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
            fn $test() {
                whole_chain(RUNNERS[$index], &$clis, $region);
            }
        )*
    };
}

runners! {
    bash_takes_an_account_to_its_logs_and_back: 0, CLIS, "us-east-1";
    dash_takes_an_account_to_its_logs_and_back: 1, [Cli::V1], "us-east-1";
    busybox_takes_an_account_to_its_logs_and_back: 2, [Cli::V2], "us-east-1";
    ksh_takes_an_account_to_its_logs_and_back: 3, [Cli::V1], "us-east-1";
    zsh_takes_an_account_to_its_logs_and_back: 4, [Cli::V2], "us-east-1";
    cmd_with_aws_exe_takes_an_account_to_its_logs_and_back: 5, [Cli::V1], "us-east-1";
    cmd_with_aws_cmd_takes_an_account_to_its_logs_and_back: 6, [Cli::V2], "us-east-1";
    bash_takes_an_account_of_govcloud_to_its_logs_and_back: 0, [Cli::V2], "us-gov-west-1";
    cmd_takes_an_account_of_govcloud_to_its_logs_and_back: 5, [Cli::V1], "us-gov-west-1";
}

type Parameters = &'static [(&'static str, &'static str)];

/// What an alias has before, what the bundle is about, and the settings it has
/// then. What is not asked for is kept.
fn cases() -> Vec<(Value, Parameters, Value)> {
    let text = text_settings("/somebody-elses", "theirs/");
    let audio = audio_settings("somebody-elses", "");
    let off = json!([{ "enabled": false, "destination": text[0]["destination"] }]);
    let mut encrypted = audio_settings("bot-audio", "");
    let key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    encrypted[0]["destination"]["s3Bucket"]["kmsKeyArn"] = json!(key);
    let ours = text_settings("/lex/bot", "");
    vec![
        (json!(null), &BOTH[..1], json!({ "textLogSettings": ours })),
        (
            json!({ "audioLogSettings": audio }),
            &BOTH[..1],
            json!({ "textLogSettings": ours, "audioLogSettings": audio }),
        ),
        (
            json!({ "textLogSettings": text }),
            &[
                ("bucket-name", "bot-audio"),
                (
                    "kms-key-arn",
                    "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                ),
            ],
            json!({ "textLogSettings": text, "audioLogSettings": encrypted }),
        ),
        (
            json!({ "textLogSettings": text, "audioLogSettings": audio }),
            &BOTH[2..3],
            json!({ "textLogSettings": text, "audioLogSettings": audio_settings("bot-audio", "") }),
        ),
        (
            json!({ "textLogSettings": off, "audioLogSettings": audio }),
            &BOTH[..3],
            json!({ "textLogSettings": text_settings("/lex/bot", "live/"), "audioLogSettings": audio_settings("bot-audio", "") }),
        ),
    ]
}

const FEW: [Runner; 3] = [Runner::Shell(0), Runner::Shell(1), Runner::CmdExe];

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn settings_that_are_not_asked_for_are_kept_and_those_before_come_back() {
    let mut bot = Bot::start();
    let cases = cases();
    for options in cover(&[FEW.len(), cases.len(), CLIS.len()]) {
        let (runner, cli) = (FEW[options[0]], CLIS[options[2]]);
        let (settings, parameters, expected) = cases[options[1]].clone();
        let mut alias = json!({ "botVersion": "1" });
        if !settings.is_null() {
            alias["conversationLogSettings"] = settings.clone();
        }
        bot.begin(ROLE, &alias);
        let before = bot.alias();
        let place = folder();
        let request = bot.request(parameters);
        let place = Place::new(&bot, runner, cli, &request, place.path());
        let what = format!("{runner:?}, {cli:?}, {settings}, {parameters:?}");
        // Others for the same kind are only replaced if somebody says so.
        let kinds = expected.as_object().unwrap();
        let replaces = kinds.iter().any(|(kind, new)| {
            let old = &settings[kind];
            !old.is_null() && old != new
        });
        if replaces {
            let refused = place.run("enable", &[]);
            assert_eq!(refused.code, 1, "{what}: {refused:?}");
            assert!(
                refused.stderr.contains(
                    "\nenable: the alias has other settings for these logs:\n  different: the "
                ),
                "{what}: {refused:?}"
            );
            assert!(refused.stderr.ends_with("Nothing was changed. To replace them, use --update; disable.sh puts them back.\n") || matches!(runner, Runner::CmdExe), "{refused:?}");
            assert_eq!(
                (bot.alias(), place.left()),
                (before.clone(), vec![]),
                "{what}"
            );
            place.good("enable", &["--update"]);
        } else {
            place.good("enable", &[]);
        }
        assert_eq!(bot.alias()["conversationLogSettings"], expected, "{what}");
        // The other form of the log group's ARN is the same to Amazon Lex.
        if let Some(text) = expected.get("textLogSettings")
            && text[0]["destination"]["cloudWatch"]["cloudWatchLogGroupArn"]
                .as_str()
                .unwrap()
                .ends_with("/lex/bot")
        {
            let mut other = expected.clone();
            let arn = &mut other["textLogSettings"][0]["destination"]["cloudWatch"]["cloudWatchLogGroupArn"];
            *arn = json!(format!("{}:*", arn.as_str().unwrap()));
            bot.change("conversationLogSettings", other);
            let again = place.good("enable", &[]);
            assert!(
                again.stdout.contains("switched on already"),
                "{what}: {again:?}"
            );
        }
        place.good("disable", &[]);
        assert_eq!(bot.alias(), before, "{what}");
    }
}
