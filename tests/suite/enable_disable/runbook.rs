//! The runbook's commands around the scripts: they give the bot the role and show the logs that arrived.

use serde_json::{Value, json};

use super::{BOTH, Bot};
use crate::iam::{CLIS, Cli};
use crate::runner::Runner;
use crate::support::each;

impl Bot {
    /// The bot without the members that every update changes.
    fn described(&mut self) -> Value {
        let id = json!({ "botId": self.id });
        let mut bot = self.lex("describe_bot", &id);
        let members = bot.as_object_mut().unwrap();
        for member in ["ResponseMetadata", "lastUpdatedDateTime"] {
            members.remove(member).unwrap();
        }
        bot
    }
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn the_runbook_gives_the_bot_the_role_and_shows_the_logs() {
    let mut bot = Bot::start();
    let runners = [
        Runner::Shell(0),
        Runner::Shell(1),
        Runner::CmdExe,
        Runner::CmdBatch,
    ];
    for case in each(&[runners.len(), CLIS.len()]) {
        let (runner, cli) = (runners[case[0]], CLIS[case[1]]);
        bot.create(
            "arn:aws:iam::111122223333:role/Another",
            &json!({ "botVersion": "1" }),
        );
        let id = bot.id.clone();
        let full = json!({ "botId": id, "botName": "Support", "description": "Für Anrufe & \"mehr\"",
                "roleArn": "arn:aws:iam::111122223333:role/Another", "dataPrivacy": { "childDirected": false },
                "idleSessionTTLInSeconds": 600, "botType": "Bot" });
        bot.lex("update_bot", &full);
        bot.iam
            .ask(r#"call logs create_log_group {"logGroupName": "/lex/bot"}"#);
        bot.iam.ask(r#"call logs create_log_stream {"logGroupName": "/lex/bot", "logStreamName": "live/1"}"#);
        bot.iam
            .ask(r#"call s3 create_bucket {"Bucket": "bot-audio"}"#);
        bot.iam
            .ask(r#"call s3 put_object {"Bucket": "bot-audio", "Key": "it's (a) & b/1.wav"}"#);
        let before = bot.described();
        let request = bot.request(&BOTH);
        let place = bot.site(runner, cli, &BOTH);
        let what = format!("{runner:?}, {cli:?}");

        assert_eq!(place.run("enable", &["--yes"]).code, 2, "{what}");
        let [give] = runner
            .blocks(&request, "Give the bot the role")
            .try_into()
            .unwrap();
        place.typed(&give);
        let mut expected = before;
        // That old version 2 does not know every member of a bot, as the runbook warns.
        if cli == Cli::V2 {
            expected.as_object_mut().unwrap().remove("botType");
        }
        expected["roleArn"] = json!("arn:aws:iam::111122223333:role/LexConversationLogsRole");
        assert_eq!(bot.described(), expected, "{what}");

        let blocks = runner.blocks(&request, "Switch the logs on");
        let [dry_run, run, _talk, arrived] = blocks.try_into().unwrap();
        assert!(
            dry_run.contains("enable") && dry_run.contains("--dry-run"),
            "{dry_run}"
        );
        assert!(run.contains("enable") && !run.contains("aws "), "{run}");
        place.done("enable", &["--yes"]);
        let shown = place.typed(&arrived);
        for arrived in ["live/1", "it's (a) & b/1.wav"] {
            assert!(shown.stdout.contains(arrived), "{what}: {shown:?}");
        }
    }
}
