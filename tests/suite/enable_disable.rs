//! `enable`, `disable` and the bot's part of `check`, by the real AWS CLI against moto's server of Amazon Lex V2: the alias
//! is compared field by field.

mod checked;
mod earlier;
mod of_v1;
mod refused;
mod runbook;

use lexlogs::request::Request;
use serde_json::{Value, json};

use crate::apply::ACCOUNT;
use crate::iam::{CLIS, Cli, Iam};
use crate::runner::{Outcome, RUNNERS, Runner};
use crate::site::Site;
use crate::support::{full, request};

const ROLE: &str = "arn:aws:iam::111122223333:role/LexConversationLogsRole";

/// A bot with one alias, on a server of its own.
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

    /// Resets the server and creates a bot with this role and an alias with these members.
    fn create(&mut self, role: &str, alias: &Value) {
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

    /// The alias without the members that every update changes.
    fn alias(&mut self) -> Value {
        let ids = json!({ "botId": self.id, "botAliasId": self.alias });
        let mut alias = self.lex("describe_bot_alias", &ids);
        let members = alias.as_object_mut().unwrap();
        for member in ["ResponseMetadata", "lastUpdatedDateTime"] {
            members.remove(member).unwrap();
        }
        // moto returns these where Amazon Lex returns no member.
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

    /// A request for a bundle with this bot.
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

    /// A bundle with this bot, unpacked.
    fn site(&self, runner: Runner, cli: Cli, more: &[(&str, &str)]) -> Site {
        Site::new(&self.iam, &self.request(more), runner, cli)
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

/// The same with selective logging.
fn selective(settings: &Value) -> Value {
    let mut settings = settings.clone();
    settings[0]["selectiveLoggingEnabled"] = json!(true);
    settings
}

/// A value of us-east-1, as it is in that Region and its partition.
fn in_region(value: &Value, region: &str) -> Value {
    let partition = if region.starts_with("us-gov-") {
        "arn:aws-us-gov:"
    } else {
        "arn:aws:"
    };
    let text = value.to_string().replace("arn:aws:", partition);
    serde_json::from_str(&text.replace("us-east-1", region)).unwrap()
}

/// An alias with every member that an alias can have, except logs.
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

/// The shells of what is beside the chain.
const FEW: [Runner; 3] = [Runner::Shell(0), Runner::Shell(1), Runner::CmdExe];

/// The words of a step before and after it is done.
const CREATED: [&str; 2] = ["creating", "created"];
const REMOVED: [&str; 2] = ["removing", "removed"];

/// From an account that holds only a bot to its logs and back.
fn whole_chain(runner: Runner, clis: &[Cli], region: &'static str) {
    let mut bot = Bot::start_in(region);
    let role = in_region(&json!(ROLE), region);
    for &cli in clis {
        bot.create(role.as_str().unwrap(), &in_region(&full_alias(), region));
        let before = bot.alias();
        bot.iam
            .ask(r#"call logs create_log_group {"logGroupName": "/lex/bot"}"#);
        let mut bucket = json!({ "Bucket": "bot-audio" });
        if region != "us-east-1" {
            bucket["CreateBucketConfiguration"] = json!({ "LocationConstraint": region });
        }
        bot.iam.ask(&format!("call s3 create_bucket {bucket}"));
        let place = bot.site(runner, cli, &BOTH);
        place.done("apply", &["--yes"]);
        let ends = |outcome: &Outcome, end: &str| {
            assert!(outcome.stdout.ends_with(end), "{runner:?}: {outcome:?}");
        };
        let off = "\nThe role and policies are in place.\nNot switched on yet: text logs, audio logs (enable switches them on).\n";
        ends(&place.done("check", &[]), off);

        // A dry run only reads; without a terminal, the change needs `--yes`.
        let receipt = place.receipt();
        bot.iam.take_calls(cli);
        let dry = place.done("enable", &["--dry-run"]);
        ends(&dry, "\nDry run: nothing was changed.\n");
        let unconfirmed = place.run("enable", &[]);
        assert_eq!(unconfirmed.code, 2, "{unconfirmed:?}");
        let calls = bot.iam.take_calls(cli);
        assert!(calls.iter().all(|call| call[1] != "update-bot-alias"));
        assert_eq!((bot.alias(), place.left()), (before.clone(), vec![]));
        assert_eq!(place.receipt(), receipt);

        place.done("enable", &["--yes"]);
        let mut expected = before.clone();
        let settings = json!({
            "textLogSettings": text_settings("/lex/bot", "live/"),
            "audioLogSettings": audio_settings("bot-audio", "it's (a) & b/"),
        });
        expected["conversationLogSettings"] = in_region(&settings, region);
        assert_eq!(bot.alias(), expected, "{runner:?}, {cli:?}");
        assert_eq!(
            place.json("LexConversationLogsSettings.json"),
            expected["conversationLogSettings"]
        );
        let left = [
            "alias-before.json",
            "earlier-audio-logs.json",
            "earlier-text-logs.json",
        ];
        assert_eq!(place.left(), left);
        assert_eq!(
            place.json("alias-before.json")["description"],
            before["description"]
        );
        assert_eq!(place.json("earlier-text-logs.json"), Value::Null);
        let on = "\nThe role and policies are in place.\n";
        ends(&place.done("check", &[]), on);
        let again = place.done("enable", &[]);
        ends(&again, "\nDone: these logs are switched on already.\n");

        // Changes of others to the rest of the alias stay.
        bot.change("botVersion", json!("8"));
        let on = bot.alias();
        let mut expected = before.clone();
        expected["botVersion"] = json!("8");
        let dry = place.done("disable", &["--dry-run"]);
        ends(&dry, "\nDry run: nothing was changed.\n");
        assert_eq!(place.run("disable", &[]).code, 2);
        assert_eq!(bot.alias(), on);
        place.done("disable", &["--yes", "--verbose"]);
        assert_eq!(bot.alias(), expected, "{runner:?}, {cli:?}");
        assert_eq!(place.left(), left.map(|name| format!("{name}.1")));
        place.done("enable", &["--yes"]);
        place.done("disable", &["--yes"]);
        assert_eq!(bot.alias(), expected, "{runner:?}, {cli:?}");
        assert_eq!(place.left().len(), 6);

        place.done("undo", &["--yes"]);
        let state = bot.iam.ask("state");
        assert_eq!(
            (&state["roles"], &state["policies"]),
            (&json!({}), &json!({}))
        );
        let receipt = place.receipt();
        let of_alias: Vec<&str> = receipt
            .lines()
            .filter_map(|line| line.split_once(": "))
            .filter(|(_, resource)| resource.contains(":bot-alias/"))
            .map(|(word, _)| word)
            .collect();
        let words = [&CREATED[..], &["in place"], &REMOVED, &CREATED, &REMOVED];
        assert_eq!(of_alias, words.concat());
    }
}

macro_rules! runners {
    ($($test:ident: $index:literal, $clis:expr;)*) => {
        $(
            #[test]
            #[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
            fn $test() {
                whole_chain(RUNNERS[$index], &$clis, "us-east-1");
            }
        )*
    };
}

runners! {
    bash_switches_logs_on_and_off: 0, CLIS;
    dash_switches_logs_on_and_off: 1, [Cli::V1];
    busybox_switches_logs_on_and_off: 2, [Cli::V2];
    ksh_switches_logs_on_and_off: 3, [Cli::V1];
    zsh_switches_logs_on_and_off: 4, [Cli::V2];
    cmd_with_aws_exe_switches_logs_on_and_off: 5, [Cli::V1];
    cmd_with_aws_cmd_switches_logs_on_and_off: 6, [Cli::V2];
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn logs_are_switched_on_and_off_in_govcloud() {
    for runner in if full() { vec![0, 5] } else { vec![0] } {
        whole_chain(RUNNERS[runner], &[Cli::V2], "us-gov-west-1");
    }
}
