//! Where `enable` and `disable` stop: nothing has changed then, or the next run continues.

use std::fs;

use serde_json::json;

use super::{BOTH, Bot, FEW, ROLE, full_alias, text_settings};
use crate::apply::ACCOUNT;
use crate::iam::{CLIS, Cli};
use crate::runner::Runner;
use crate::support::cover;

const CMD: Runner = Runner::CmdExe;
const BASH: Runner = Runner::Shell(0);

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn enable_stops_if_the_bot_has_another_role() {
    const LINKED: &str = "arn:aws:iam::111122223333:role/aws-service-role/lexv2.amazonaws.com/AWSServiceRoleForLexV2Bots_ABCDE";
    const IS_LINKED: &str =
        "only Amazon Lex can change this role: use the console, or give the bot a custom role.";
    const OTHER: &str = "give the bot the role of this bundle, or generate a bundle with existing-role for the role of the bot.";
    let existing = &[("existing-role", "true"), ("role-name", "SupportBotRole")][..];
    let with_path = [existing, &[("role-path", "/bots/")]].concat();
    let mut bot = Bot::start();
    for runner in [BASH, CMD] {
        for (account, role, more, refused) in [
            (ACCOUNT, LINKED, &[][..], Some(IS_LINKED)),
            (ACCOUNT, "SupportBotRole", &[], Some(OTHER)),
            (ACCOUNT, "bots/LexConversationLogsRole", &[], Some(OTHER)),
            // Without a path the name identifies the role.
            (ACCOUNT, "bots/SupportBotRole", existing, None),
            (ACCOUNT, "SupportBotRole", existing, None),
            (ACCOUNT, "OtherSupportBotRole", existing, Some(OTHER)),
            ("444455556666", "SupportBotRole", existing, Some(OTHER)),
            (ACCOUNT, "bots/SupportBotRole", &with_path, None),
            (ACCOUNT, "SupportBotRole", &with_path, Some(OTHER)),
        ] {
            let role = if role == LINKED {
                role.to_owned()
            } else {
                format!("arn:aws:iam::{account}:role/{role}")
            };
            bot.create(&role, &full_alias());
            let before = bot.alias();
            let place = bot.site(runner, Cli::V1, &[&BOTH[..1], more].concat());
            let what = format!("{runner:?}, {role}, {more:?}");
            let enabled = place.run("enable", &["--yes"]);
            let Some(refused) = refused else {
                assert_eq!(enabled.code, 0, "{what}: {enabled:?}");
                assert_ne!(bot.alias(), before, "{what}");
                continue;
            };
            let words = format!("enable: {refused}\nNothing was changed.\n");
            assert_eq!((enabled.code, enabled.stderr), (2, words), "{what}");
            let shows = format!("\n      in the account:  {role}\n");
            assert!(enabled.stdout.contains(&shows), "{what}");
            assert_eq!(bot.alias(), before, "{what}");
            assert_eq!((place.left(), place.receipt()), (vec![], String::new()));
        }
    }
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn a_bot_for_children_gets_no_logs() {
    const CHILDREN: &str =
        "the bot is directed at children (COPPA): Amazon Lex writes no conversation logs for it";
    let mut bot = Bot::start();
    for (runner, cli) in [(BASH, Cli::V1), (CMD, Cli::V2)] {
        bot.create(ROLE, &full_alias());
        let children = json!({ "botId": bot.id, "botName": "Support", "roleArn": ROLE,
            "dataPrivacy": { "childDirected": true }, "idleSessionTTLInSeconds": 300 });
        bot.lex("update_bot", &children);
        let before = bot.alias();
        let place = bot.site(runner, cli, &BOTH[..1]);
        let enabled = place.run("enable", &["--yes"]);
        let words = format!("enable: {CHILDREN}.\nNothing was changed.\n");
        assert_eq!((enabled.code, enabled.stderr), (2, words), "{runner:?}");
        assert_eq!(bot.alias(), before, "{runner:?}");
        let checked = place.run("check", &[]);
        let line = format!(
            "\n  differs   privacy of bot {}\n      {CHILDREN}\n",
            bot.id
        );
        assert!(
            checked.code == 1 && checked.stdout.contains(&line),
            "{checked:?}"
        );
    }
}

/// The number of calls that a script makes on an alias like [`full_alias`].
fn calls_of(bot: &mut Bot, script: &str) -> usize {
    bot.create(ROLE, &full_alias());
    let place = bot.site(BASH, Cli::V1, &BOTH);
    if script == "disable" {
        place.done("enable", &["--yes"]);
    }
    bot.iam.take_calls(Cli::V1);
    place.done(script, &["--yes"]);
    bot.iam.take_calls(Cli::V1).len()
}

/// AWS refuses one call: nothing is lost, and the next run continues.
fn each_refused_call(runner: Runner, cli: Cli, script: &str, every: usize) {
    let mut bot = Bot::start();
    let calls = calls_of(&mut bot, script);
    for (number, code) in (1..=calls)
        .zip(["AccessDenied", "Throttling"].into_iter().cycle())
        .step_by(every)
    {
        bot.create(ROLE, &full_alias());
        let off = bot.alias();
        let place = bot.site(runner, cli, &BOTH);
        let mut on = off.clone();
        on["conversationLogSettings"] = place.json("LexConversationLogsSettings.json");
        let (from, to) = if script == "enable" {
            (&off, &on)
        } else {
            place.done("enable", &["--yes"]);
            (&on, &off)
        };
        let what = format!("{runner:?}, {cli:?}, {script}, call {number} of {calls}: {code}");
        bot.iam.take_calls(cli);
        bot.iam.ask(&format!("fault {number} {code}"));
        let stopped = place.run(script, &["--yes"]);
        assert_eq!(bot.iam.ask("unfault"), json!(true), "{what}");
        let expected = if number == 1 { 2 } else { 3 };
        assert_eq!(stopped.code, expected, "{what}: {stopped:?}");
        assert!(stopped.stderr.contains(code), "{what}: {stopped:?}");
        let sent = bot
            .iam
            .take_calls(cli)
            .iter()
            .any(|call| call[1] == "update-bot-alias");
        assert!(!stopped.stdout.contains("\nDone"), "{what}: {stopped:?}");
        let after = bot.alias();
        assert!(after == *from || (sent && after == *to), "{what}: {after}");
        // The earlier settings are not lost.
        place.done(script, &["--yes"]);
        assert_eq!(bot.alias(), *to, "{what}");
        if script == "enable" {
            place.done("disable", &["--yes"]);
            assert_eq!(bot.alias(), off, "{what}");
        }
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and Lex server: run tests/run"]
fn enable_continues_after_any_refused_call() {
    each_refused_call(BASH, Cli::V2, "enable", 1);
}

#[test]
#[ignore = "needs the real shells, AWS CLI and Lex server: run tests/run"]
fn disable_continues_after_any_refused_call() {
    each_refused_call(BASH, Cli::V1, "disable", 1);
}

#[test]
#[ignore = "needs Wine, the AWS CLI and Lex server: run tests/run"]
fn enable_in_cmd_continues_after_refused_calls() {
    each_refused_call(CMD, Cli::V1, "enable", 3);
}

#[test]
#[ignore = "needs Wine, the AWS CLI and Lex server: run tests/run"]
fn disable_in_cmd_continues_after_refused_calls() {
    each_refused_call(CMD, Cli::V2, "disable", 3);
}

/// The number of the last request that reads the alias before it is sent, counted from 1.
fn last_look(bot: &mut Bot, script: &str) -> usize {
    bot.create(ROLE, &full_alias());
    let place = bot.site(BASH, Cli::V1, &BOTH[..1]);
    if script == "disable" {
        place.done("enable", &["--yes"]);
    }
    bot.iam.take_calls(Cli::V1);
    place.done(script, &["--yes"]);
    let calls = bot.iam.take_calls(Cli::V1);
    calls
        .iter()
        .position(|call| call[1] == "update-bot-alias")
        .unwrap()
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn a_change_made_meanwhile_is_not_overwritten() {
    let mut bot = Bot::start();
    let scripts = ["enable", "disable"].map(|script| (script, last_look(&mut bot, script)));
    for options in cover(&[scripts.len(), FEW.len(), CLIS.len()]) {
        let ((script, number), runner, cli) =
            (scripts[options[0]], FEW[options[1]], CLIS[options[2]]);
        let what = format!("{runner:?}, {cli:?}, {script}");
        bot.create(ROLE, &full_alias());
        let place = bot.site(runner, cli, &BOTH[..1]);
        if script == "disable" {
            place.done("enable", &["--yes"]);
        }
        let theirs = bot.changed("botVersion", json!("9"));
        bot.iam.ask(&format!(
            "meddle {number} lexv2-models update_bot_alias {theirs}"
        ));
        let stopped = place.run(script, &["--yes"]);
        assert_eq!(stopped.code, 3, "{what}: {stopped:?}");
        assert!(
            stopped.stderr.starts_with(&format!(
                "{script}: somebody else changed the alias just now, so nothing was sent.\n"
            )),
            "{what}: {stopped:?}"
        );
        let mut wanted = bot.alias();
        assert_eq!(wanted["botVersion"], "9", "{what}");
        assert_eq!(
            wanted.get("conversationLogSettings"),
            theirs.get("conversationLogSettings"),
            "{what}"
        );
        place.done(script, &["--yes"]);
        let members = wanted.as_object_mut().unwrap();
        members.remove("conversationLogSettings");
        if script == "enable" {
            members.insert(
                "conversationLogSettings".into(),
                json!({ "textLogSettings": text_settings("/lex/bot", "") }),
            );
        }
        assert_eq!(bot.alias(), wanted, "{what}");
    }
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn the_next_run_continues_after_a_killed_update() {
    let mut bot = Bot::start();
    let number = last_look(&mut bot, "enable") + 1;
    for runner in FEW {
        for mishap in ["before", "after"] {
            bot.create(ROLE, &full_alias());
            let off = bot.alias();
            let place = bot.site(runner, Cli::V1, &BOTH[..1]);
            bot.iam.take_calls(Cli::V1);
            bot.iam.mishap(Cli::V1, Some(&format!("{number} {mishap}")));
            let stopped = place.run("enable", &["--yes"]);
            bot.iam.mishap(Cli::V1, None);
            let what = format!("{runner:?}, {mishap}");
            assert_eq!(stopped.code, 3, "{what}: {stopped:?}");
            assert_eq!(bot.alias() == off, mishap == "before", "{what}");
            let receipt = place.receipt();
            let last = receipt.lines().last().unwrap_or_default();
            let unanswered = "creating: arn:aws:lex:us-east-1:111122223333:bot-alias/";
            assert!(last.starts_with(unanswered), "{what}: {receipt}");
            place.done("enable", &["--yes"]);
            assert_ne!(bot.alias(), off, "{what}");
            place.done("disable", &["--yes"]);
            assert_eq!(bot.alias(), off, "{what}");
        }
    }
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn disable_refuses_without_saved_or_with_other_settings() {
    let mut bot = Bot::start();
    for runner in FEW {
        // Nothing was saved.
        let ours = text_settings("/lex/bot", "");
        let mut alias = full_alias();
        alias["conversationLogSettings"] = json!({ "textLogSettings": ours });
        bot.create(ROLE, &alias);
        let on = bot.alias();
        let place = bot.site(runner, Cli::V1, &BOTH[..1]);
        let refused = place.run("disable", &["--yes"]);
        assert_eq!(refused.code, 2, "{refused:?}");
        assert_eq!(
            refused.stderr,
            "disable: there is no alias-before.json beside this script, where enable saves what was before. --without-saved does without it.\nNothing was changed.\n"
        );
        assert_eq!(bot.alias(), on);
        place.done("disable", &["--without-saved", "--yes"]);
        let off = bot.alias();
        assert_eq!(off.get("conversationLogSettings"), None);
        let again = place.done("disable", &["--without-saved", "--yes"]);
        assert!(
            again
                .stdout
                .ends_with("\nDone: these logs are switched off already.\n"),
            "{again:?}"
        );

        // Others have changed it since.
        place.done("enable", &["--yes"]);
        let theirs = json!({ "textLogSettings": text_settings("/theirs", "") });
        bot.change("conversationLogSettings", theirs);
        let theirs = bot.alias();
        for arguments in [&["--yes"][..], &["--without-saved", "--yes"]] {
            let refused = place.run("disable", arguments);
            assert_eq!(refused.code, 1, "{refused:?}");
            let words = "disable: others changed the settings since. What was before is in alias-before.json.\nNothing was changed.\n";
            assert_eq!(refused.stderr, words);
            assert_eq!(bot.alias(), theirs);
        }

        // The saved files belong to another alias, or are incomplete.
        bot.change(
            "conversationLogSettings",
            json!({ "textLogSettings": ours }),
        );
        let saved = place.folder.join("alias-before.json");
        let kept = fs::read_to_string(&saved).unwrap();
        fs::write(&saved, kept.replace(&bot.alias, "TSTALIASID")).unwrap();
        let refused = place.run("disable", &["--yes"]);
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(
            refused
                .stderr
                .starts_with("disable: alias-before.json is of another "),
            "{refused:?}"
        );
        fs::write(&saved, kept).unwrap();
        fs::remove_file(place.folder.join("earlier-text-logs.json")).unwrap();
        let refused = place.run("disable", &["--yes"]);
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(
            refused
                .stderr
                .contains("there is no earlier-text-logs.json beside"),
            "{refused:?}"
        );
        assert_eq!(bot.alias(), on);
    }
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn enable_refuses_an_altered_document() {
    let mut bot = Bot::start();
    bot.create(ROLE, &full_alias());
    let before = bot.alias();
    for runner in FEW {
        let place = bot.site(runner, Cli::V1, &BOTH);
        let document = place.folder.join("LexConversationLogsSettings.json");
        let text = fs::read_to_string(&document).unwrap();
        fs::write(&document, text.replace("/lex/bot", "/lex/other")).unwrap();
        let refused = place.run("enable", &["--yes"]);
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(
            refused
                .stderr
                .contains("a document was altered or is missing"),
            "{refused:?}"
        );
        assert_eq!(bot.alias(), before);
    }
}
