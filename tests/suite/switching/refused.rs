//! Where switching on or off stops, and that nothing is changed then, or what a
//! run after it makes of it.

use std::fs;

use serde_json::{Value, json};

use super::{BOTH, Bot, FEW, Place, ROLE, full_alias, text_settings};
use crate::iam::{CLIS, Cli};
use crate::runner::Runner;
use crate::support::{cover, folder};

const CMD: Runner = Runner::CmdExe;
const BASH: Runner = Runner::Shell(0);

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn a_bot_with_another_role_is_told_of_and_left() {
    const LINKED: &str = "arn:aws:iam::111122223333:role/aws-service-role/lexv2.amazonaws.com/AWSServiceRoleForLexV2Bots_ABCDE";
    const OTHER: &str = "enable: the bot has another role than the one of this bundle. Give it that role, or ask for a bundle with existing-role and the role that it has; README.md says how.\nNothing was changed.\n";
    let existing = &[("existing-role", "true"), ("role-name", "SupportBotRole")][..];
    let with_path = [existing, &[("role-path", "/bots/")]].concat();
    let mut bot = Bot::start();
    for runner in [BASH, CMD] {
        for (role, more, refused) in [
            (
                LINKED,
                &[][..],
                Some(
                    "enable: the role of the bot belongs to Amazon Lex, and nobody else can give it permissions. Either switch the logs on in the console, where Amazon Lex changes the role by itself, or give the bot a role of its own; README.md says how.\nNothing was changed.\n",
                ),
            ),
            (
                "arn:aws:iam::111122223333:role/SupportBotRole",
                &[],
                Some(OTHER),
            ),
            (
                "arn:aws:iam::111122223333:role/bots/LexConversationLogsRole",
                &[],
                Some(OTHER),
            ),
            // Without a path the name tells the role.
            (
                "arn:aws:iam::111122223333:role/bots/SupportBotRole",
                existing,
                None,
            ),
            (
                "arn:aws:iam::111122223333:role/SupportBotRole",
                existing,
                None,
            ),
            (
                "arn:aws:iam::111122223333:role/OtherSupportBotRole",
                existing,
                Some(OTHER),
            ),
            (
                "arn:aws:iam::444455556666:role/SupportBotRole",
                existing,
                Some(OTHER),
            ),
            (
                "arn:aws:iam::111122223333:role/bots/SupportBotRole",
                &with_path,
                None,
            ),
            (
                "arn:aws:iam::111122223333:role/SupportBotRole",
                &with_path,
                Some(OTHER),
            ),
        ] {
            bot.begin(role, &full_alias());
            let before = bot.alias();
            let place = folder();
            let request = bot.request(&[&BOTH[..1], more].concat());
            let place = Place::new(&bot, runner, Cli::V1, &request, place.path());
            let what = format!("{runner:?}, {role}, {more:?}");
            let enabled = place.run("enable", &[]);
            let Some(refused) = refused else {
                assert_eq!(enabled.code, 0, "{what}: {enabled:?}");
                assert_ne!(bot.alias(), before, "{what}");
                continue;
            };
            assert_eq!(
                (enabled.code, enabled.stderr.as_str()),
                (2, refused),
                "{what}"
            );
            assert_eq!((bot.alias(), place.left()), (before, vec![]), "{what}");
            assert!(!place.folder.join("receipt.txt").exists(), "{what}");
            let checked = place.run("check", &[]);
            let word = if role == LINKED {
                "service-linked"
            } else {
                "roleArn"
            };
            let says = format!("  different: {word} {role}\n");
            assert!(enabled.stdout.contains(&says), "{what}: {enabled:?}");
            assert!(checked.stdout.contains(&says), "{what}: {checked:?}");
            let verdict = format!("  different: the role of the bot {}\n", bot.id);
            assert!(checked.stdout.contains(&verdict), "{what}: {checked:?}");
        }
    }
}

/// How many calls a script makes on an alias as [`full_alias`] makes it.
fn calls_of(bot: &mut Bot, script: &str) -> usize {
    bot.begin(ROLE, &full_alias());
    let place = folder();
    let request = bot.request(&BOTH);
    let place = Place::new(bot, BASH, Cli::V1, &request, place.path());
    if script == "disable" {
        place.good("enable", &[]);
    }
    bot.iam.take_calls(Cli::V1);
    place.good(script, &[]);
    bot.iam.take_calls(Cli::V1).len()
}

/// One call is refused; nothing is lost, and the next run does it.
fn each_refused_call(runner: Runner, cli: Cli, script: &str, every: usize) {
    let mut bot = Bot::start();
    let calls = calls_of(&mut bot, script);
    for (number, code) in (1..=calls)
        .zip(["AccessDenied", "Throttling"].into_iter().cycle())
        .step_by(every)
    {
        bot.begin(ROLE, &full_alias());
        let off = bot.alias();
        let place = folder();
        let request = bot.request(&BOTH);
        let place = Place::new(&bot, runner, cli, &request, place.path());
        let mut on = off.clone();
        on["conversationLogSettings"] = place.saved("LexConversationLogsSettings.json");
        let (from, to) = if script == "enable" {
            (&off, &on)
        } else {
            place.good("enable", &[]);
            (&on, &off)
        };
        let what = format!("{runner:?}, {cli:?}, {script}, call {number} of {calls}: {code}");
        bot.iam.take_calls(cli);
        bot.iam.ask(&format!("fault {number} {code}"));
        let stopped = place.run(script, &[]);
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
        // The next run does what is left, and what was before is not lost.
        place.good(script, &[]);
        assert_eq!(bot.alias(), *to, "{what}");
        if script == "enable" {
            place.good("disable", &[]);
            assert_eq!(bot.alias(), off, "{what}");
        }
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and Lex server: run tests/run"]
fn any_call_of_enable_may_be_refused() {
    each_refused_call(BASH, Cli::V2, "enable", 1);
}

#[test]
#[ignore = "needs the real shells, AWS CLI and Lex server: run tests/run"]
fn any_call_of_disable_may_be_refused() {
    each_refused_call(BASH, Cli::V1, "disable", 1);
}

#[test]
#[ignore = "needs Wine, the AWS CLI and Lex server: run tests/run"]
fn any_other_call_of_enable_in_cmd_may_be_refused() {
    each_refused_call(CMD, Cli::V1, "enable", 3);
}

#[test]
#[ignore = "needs Wine, the AWS CLI and Lex server: run tests/run"]
fn any_other_call_of_disable_in_cmd_may_be_refused() {
    each_refused_call(CMD, Cli::V2, "disable", 3);
}

/// The number of the request, counted from 1, that reads the alias for the last
/// time before it is sent.
fn last_look(bot: &mut Bot, script: &str) -> usize {
    bot.begin(ROLE, &full_alias());
    let place = folder();
    let request = bot.request(&BOTH[..1]);
    let place = Place::new(bot, BASH, Cli::V1, &request, place.path());
    if script == "disable" {
        place.good("enable", &[]);
    }
    bot.iam.take_calls(Cli::V1);
    place.good(script, &[]);
    let calls = bot.iam.take_calls(Cli::V1);
    calls
        .iter()
        .position(|call| call[1] == "update-bot-alias")
        .unwrap()
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn an_alias_that_changes_between_reading_and_writing_is_not_overwritten() {
    let mut bot = Bot::start();
    let scripts = ["enable", "disable"].map(|script| (script, last_look(&mut bot, script)));
    for options in cover(&[scripts.len(), FEW.len(), CLIS.len()]) {
        let ((script, number), runner, cli) =
            (scripts[options[0]], FEW[options[1]], CLIS[options[2]]);
        let what = format!("{runner:?}, {cli:?}, {script}");
        bot.begin(ROLE, &full_alias());
        let place = folder();
        let request = bot.request(&BOTH[..1]);
        let place = Place::new(&bot, runner, cli, &request, place.path());
        if script == "disable" {
            place.good("enable", &[]);
        }
        let theirs = bot.changed("botVersion", json!("9"));
        bot.iam.ask(&format!(
            "meddle {number} lexv2-models update_bot_alias {theirs}"
        ));
        let stopped = place.run(script, &[]);
        assert_eq!(stopped.code, 3, "{what}: {stopped:?}");
        assert!(
            stopped
                .stderr
                .contains("(somebody else changed the alias just now, so nothing was sent).\n"),
            "{what}: {stopped:?}"
        );
        let mut wanted = bot.alias();
        assert_eq!(wanted["botVersion"], "9", "{what}");
        assert_eq!(
            wanted.get("conversationLogSettings"),
            theirs.get("conversationLogSettings"),
            "{what}"
        );
        place.good(script, &[]);
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
fn a_killed_update_is_found_out_by_the_next_run() {
    let mut bot = Bot::start();
    let number = last_look(&mut bot, "enable") + 1;
    for runner in FEW {
        for mishap in ["before", "after"] {
            bot.begin(ROLE, &full_alias());
            let off = bot.alias();
            let place = folder();
            let request = bot.request(&BOTH[..1]);
            let place = Place::new(&bot, runner, Cli::V1, &request, place.path());
            bot.iam.take_calls(Cli::V1);
            bot.iam.mishap(Cli::V1, Some(&format!("{number} {mishap}")));
            let stopped = place.run("enable", &[]);
            bot.iam.mishap(Cli::V1, None);
            let what = format!("{runner:?}, {mishap}");
            assert_eq!(stopped.code, 3, "{what}: {stopped:?}");
            assert_eq!(bot.alias() == off, mishap == "before", "{what}");
            let receipt = fs::read_to_string(place.folder.join("receipt.txt")).unwrap();
            let last = receipt.lines().last().unwrap_or_default();
            assert!(
                last.starts_with("step-4: unknown arn:aws:lex:us-east-1:111122223333:bot-alias/"),
                "{what}: {receipt}"
            );
            place.good("enable", &[]);
            assert_ne!(bot.alias(), off, "{what}");
            place.good("disable", &[]);
            assert_eq!(bot.alias(), off, "{what}");
        }
    }
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn disable_puts_back_what_it_knows_and_nothing_else() {
    let mut bot = Bot::start();
    for runner in FEW {
        let begin = |bot: &mut Bot, text: Option<Value>| {
            let mut alias = full_alias();
            if let Some(text) = text {
                alias["conversationLogSettings"] = json!({ "textLogSettings": text });
            }
            bot.begin(ROLE, &alias);
        };
        // Nothing was saved.
        let ours = text_settings("/lex/bot", "");
        begin(&mut bot, Some(ours.clone()));
        let on = bot.alias();
        let place = folder();
        let request = bot.request(&BOTH[..1]);
        let place = Place::new(&bot, runner, Cli::V1, &request, place.path());
        let refused = place.run("disable", &[]);
        assert_eq!(refused.code, 2, "{refused:?}");
        assert_eq!(
            refused.stderr,
            "disable: there is no alias-before.json beside this script, in which enable saves what was before. To switch off what is exactly as this bundle sets it, use --without-saved.\nNothing was changed.\n"
        );
        assert_eq!(bot.alias(), on);
        place.good("disable", &["--without-saved"]);
        let off = bot.alias();
        assert_eq!(off.get("conversationLogSettings"), None);
        let again = place.good("disable", &["--without-saved"]);
        assert!(
            again
                .stdout
                .ends_with("\nDone: these logs are switched off already.\n"),
            "{again:?}"
        );

        // Others have changed it since.
        place.good("enable", &[]);
        let theirs = json!({ "textLogSettings": text_settings("/theirs", "") });
        bot.change("conversationLogSettings", theirs);
        let theirs = bot.alias();
        for arguments in [&[][..], &["--without-saved"]] {
            let refused = place.run("disable", arguments);
            assert_eq!(refused.code, 1, "{refused:?}");
            let says = format!(
                "\ndisable: others changed the settings since:\n  different: the text logs of the alias {} of the bot {}\nNothing was changed. What was before is in alias-before.json.\n",
                bot.alias, bot.id
            );
            assert_eq!(refused.stderr, says);
            assert_eq!(bot.alias(), theirs);
        }

        // What was saved is of another alias, or is not whole.
        bot.change(
            "conversationLogSettings",
            json!({ "textLogSettings": ours }),
        );
        let saved = place.folder.join("alias-before.json");
        let kept = fs::read_to_string(&saved).unwrap();
        fs::write(&saved, kept.replace(&bot.alias, "TSTALIASID")).unwrap();
        let refused = place.run("disable", &[]);
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(
            refused
                .stderr
                .starts_with("disable: alias-before.json is of another "),
            "{refused:?}"
        );
        fs::write(&saved, kept).unwrap();
        fs::remove_file(place.folder.join("earlier-text-logs.json")).unwrap();
        let refused = place.run("disable", &[]);
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
fn an_altered_document_is_not_set() {
    let mut bot = Bot::start();
    bot.begin(ROLE, &full_alias());
    let before = bot.alias();
    for runner in FEW {
        let place = folder();
        let request = bot.request(&BOTH);
        let place = Place::new(&bot, runner, Cli::V1, &request, place.path());
        let document = place.folder.join("LexConversationLogsSettings.json");
        let text = fs::read_to_string(&document).unwrap();
        fs::write(&document, text.replace("/lex/bot", "/lex/other")).unwrap();
        let refused = place.run("enable", &[]);
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(
            refused
                .stderr
                .contains("LexConversationLogsSettings.json was altered: "),
            "{refused:?}"
        );
        assert_eq!(bot.alias(), before);
    }
}
