//! What `check` reports about the bot, and that all shells print the same.

use serde_json::json;

use super::{BOTH, Bot, FEW, ROLE, full_alias, selective, text_settings};
use crate::iam::Cli;
use crate::runner::{Outcome, RUNNERS, Runner};
use crate::site::Site;
use crate::support::each;

/// A bundle of text and audio logs whose role and policies are in place.
fn applied(bot: &Bot, runner: Runner, more: &[(&str, &str)]) -> Site {
    let place = bot.site(runner, Cli::V1, &[&BOTH, more].concat());
    place.done("apply", &["--yes"]);
    place
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn check_compares_the_role_and_the_logs_of_the_bot() {
    const OTHER: &str = "arn:aws:iam::111122223333:role/Other";
    let (ours, asks) = (
        text_settings("/lex/bot", "live/"),
        [("text-logs-selective", "true")],
    );
    let mut bot = Bot::start();
    for runner in FEW {
        for (role, text, more) in [
            (OTHER, &json!(null), &[][..]),
            (ROLE, &ours, &asks),
            (ROLE, &selective(&ours), &[]),
        ] {
            let mut alias = full_alias();
            if !text.is_null() {
                alias["conversationLogSettings"] = json!({ "textLogSettings": text });
            }
            bot.create(role, &alias);
            let place = applied(&bot, runner, more);
            let checked = place.run("check", &[]);
            let code = i32::from(role == OTHER || !more.is_empty());
            assert_eq!(checked.code, code, "{runner:?}: {checked:?}");
            let role_of_bot = format!("role LexConversationLogsRole of bot {}\n", bot.id);
            let logs = format!("logs of alias {} of bot {}\n", bot.alias, bot.id);
            let missing = "Still missing: log group /lex/bot, bucket bot-audio (create it before you switch logs on).\n";
            let lines = if role == OTHER {
                format!(
                    "  differs   {role_of_bot}      in the account:  {OTHER}\n      in the bundle:   {ROLE}\n  \
                     missing   text {logs}  missing   audio {logs}\nNot in place.\n"
                )
            } else if more.is_empty() {
                format!(
                    "  in place  {role_of_bot}  in place  text {logs}  missing   audio {logs}\n\
                     The role and policies are in place.\n{missing}Not switched on yet: audio logs (enable switches them on).\n"
                )
            } else {
                let group = "arn:aws:logs:us-east-1:111122223333:log-group:";
                format!(
                    "  in place  {role_of_bot}  differs   text {logs}      in the account:  text logs: {group}/lex/bot\tlive/\n      \
                     in the bundle:   text logs: True {group}/lex/bot live/\n  missing   audio {logs}\nNot in place.\n"
                )
            };
            assert!(checked.stdout.ends_with(&lines), "{runner:?}: {checked:?}");
        }
    }
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn check_accepts_that_it_may_not_see_the_bot() {
    let mut bot = Bot::start();
    bot.create(ROLE, &full_alias());
    let mut place = applied(&bot, RUNNERS[0], &[]);
    bot.iam.take_calls(Cli::V1);
    place.done("check", &[]);
    let calls = bot.iam.take_calls(Cli::V1).len();
    let words = ["role LexConv", "text logs", "audio logs"];
    for case in each(&[FEW.len(), words.len()]) {
        place.runner = FEW[case[0]];
        let number = calls - [3, 1, 0][case[1]];
        for (error, code) in [("AccessDenied", 0), ("Throttling", 3)] {
            bot.iam.ask(&format!("fault {number} {error}"));
            let checked = place.run("check", &[]);
            assert_eq!(bot.iam.ask("unfault"), true);
            let line = format!("\n  unknown   {}", words[case[1]]);
            let is_unknown = checked.stdout.contains(&line);
            assert_eq!((checked.code, is_unknown), (code, code == 0), "{checked:?}");
            assert!(code == 0 || checked.stderr.contains("(Throttling)"));
        }
    }
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn every_shell_prints_the_same_about_a_hostile_alias() {
    let mut bot = Bot::start();
    let prefix = "%TEMP% !TEMP! & echo 1 >hacked | $(touch hacked) `touch hacked` ^ \" ' *";
    let mut alias = full_alias();
    alias["conversationLogSettings"] = json!({ "textLogSettings": text_settings("/x", prefix) });
    bot.create(ROLE, &alias);
    let before = bot.alias();
    for (script, arguments, code) in [
        ("check", &[][..], 1),
        ("enable", &["--help"], 0),
        ("enable", &["--yes"], 1),
        ("enable", &["--dry-run", "--update", "--verbose"], 0),
        ("disable", &["--help"], 0),
        ("disable", &["--yes"], 2),
        ("disable", &["--without-saved"], 1),
    ] {
        let outcomes: Vec<Outcome> = RUNNERS
            .into_iter()
            .map(|runner| {
                let place = bot.site(runner, Cli::V1, &BOTH);
                let outcome = place.run(script, arguments);
                assert!(!place.folder.join("hacked").exists(), "{runner:?}");
                assert_eq!((place.left(), place.receipt()), (vec![], String::new()));
                outcome.in_one_form()
            })
            .collect();
        assert_eq!(outcomes[0].code, code, "{:?}", outcomes[0]);
        let shows = script == "check" || code == 1 || arguments.contains(&"--update");
        assert_eq!(outcomes[0].stdout.contains(prefix), shows, "{outcomes:?}");
        for (runner, outcome) in RUNNERS.iter().zip(&outcomes) {
            assert_eq!(outcome, &outcomes[0], "{runner:?} {script} {arguments:?}");
        }
    }
    assert_eq!(bot.alias(), before);
}
