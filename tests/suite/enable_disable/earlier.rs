//! Settings that the alias already has: kept, replaced only with `--update`, and put back.

use serde_json::{Value, json};

use super::{BOTH, Bot, FEW, ROLE, audio_settings, selective, text_settings};
use crate::iam::{CLIS, Cli};
use crate::runner::Outcome;
use crate::support::each;

type Parameters = &'static [(&'static str, &'static str)];

/// The alias's settings before, the bundle's parameters, and the settings afterwards.
fn cases() -> Vec<(Value, Parameters, Value)> {
    let text = selective(&text_settings("/somebody-elses", "theirs/"));
    let audio = audio_settings("somebody-elses", "");
    let off = json!([{ "enabled": false, "destination": text[0]["destination"], "selectiveLoggingEnabled": true }]);
    let mut encrypted = audio_settings("bot-audio", "");
    let key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    encrypted[0]["destination"]["s3Bucket"]["kmsKeyArn"] = json!(key);
    let ours = text_settings("/lex/bot", "");
    vec![
        (json!({}), &BOTH[..1], json!({ "textLogSettings": ours })),
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
            json!({ "textLogSettings": selective(&text_settings("/lex/bot", "live/")), "audioLogSettings": audio_settings("bot-audio", "") }),
        ),
        (
            json!({ "audioLogSettings": audio_settings("bot-audio", "") }),
            &[
                ("bucket-name", "bot-audio"),
                ("audio-logs-selective", "true"),
            ],
            json!({ "audioLogSettings": selective(&audio_settings("bot-audio", "")) }),
        ),
    ]
}

#[test]
#[ignore = "needs the real shells, Wine, AWS CLI and Lex server: run tests/run"]
fn other_settings_are_kept_and_earlier_ones_come_back() {
    let mut bot = Bot::start();
    let cases = cases();
    for options in each(&[FEW.len(), cases.len(), CLIS.len()]) {
        let (runner, cli) = (FEW[options[0]], CLIS[options[2]]);
        let (settings, parameters, expected) = cases[options[1]].clone();
        let mut alias = json!({ "botVersion": "1" });
        if settings != json!({}) {
            alias["conversationLogSettings"] = settings.clone();
        }
        bot.create(ROLE, &alias);
        let before = bot.alias();
        let mut place = bot.site(runner, cli, parameters);
        let what = format!("{runner:?}, {cli:?}, {settings}, {parameters:?}");
        // That old version 2 neither shows nor sends selective logging.
        if cli == Cli::V2 && settings != json!({}) {
            assert_selective_logging_is_unknown(&place.run("enable", &["--update", "--yes"]));
            assert_eq!(bot.alias(), before, "{what}");
            place.cli = Cli::V1;
        }
        // Other settings of the same kind are only replaced with `--update`.
        let kinds = expected.as_object().unwrap();
        let replaces = kinds
            .iter()
            .any(|(kind, new)| settings.get(kind).is_some_and(|old| old != new));
        if replaces {
            let refused = place.run("enable", &["--yes"]);
            let words = "enable: the alias has other settings for these logs. --update replaces them; disable puts them back.\nNothing was changed.\n";
            assert_eq!((refused.code, &*refused.stderr), (1, words), "{what}");
            assert!(refused.stdout.contains("\n  differs   "), "{refused:?}");
            assert_eq!(bot.alias(), before, "{what}");
            assert_eq!((place.left(), place.receipt()), (vec![], String::new()));
        }
        place.done("enable", &["--update", "--yes"]);
        assert_eq!(bot.alias()["conversationLogSettings"], expected, "{what}");
        let word = if replaces {
            "\nupdated: "
        } else {
            "\ncreated: "
        };
        assert!(place.receipt().contains(word), "{what}");
        // Amazon Lex takes the ARN of a log group with `:*` as well. Selective logging is no difference.
        let other = expected.to_string().replace("/lex/bot\"", "/lex/bot:*\"");
        let mut other: Value = serde_json::from_str(&other).unwrap();
        for settings in other.as_object_mut().unwrap().values_mut() {
            *settings = selective(settings);
        }
        bot.change("conversationLogSettings", other);
        place.done("enable", &[]);
        let kept = bot.alias();
        if cli == Cli::V2 && settings != json!({}) {
            place.cli = cli;
            assert_selective_logging_is_unknown(&place.run("disable", &["--yes"]));
            assert_eq!(bot.alias(), kept, "{what}");
            place.cli = Cli::V1;
        }
        let disabled = place.done("disable", &["--yes"]);
        // Only of what this bundle had switched on; the other kind stays as it is now.
        let mut restored = before;
        for (kind, log) in [
            ("textLogSettings", "log-group-name"),
            ("audioLogSettings", "bucket-name"),
        ] {
            let earlier = settings[kind][0].clone();
            let is_ours = parameters.iter().any(|(name, _)| *name == log);
            let turned_off = is_ours
                && earlier["enabled"] == true
                && earlier["selectiveLoggingEnabled"].is_null();
            let words = format!(
                "\n      selective logging of {} logs is turned off\n",
                &kind[..kind.len() - 11]
            );
            assert_eq!(
                disabled.stdout.contains(&words),
                turned_off,
                "{what}: {disabled:?}"
            );
            if !is_ours && !earlier.is_null() {
                restored["conversationLogSettings"][kind] = selective(&settings[kind]);
            }
        }
        assert_eq!(bot.alias(), restored, "{what}");
    }
}

/// What no old AWS CLI can keep, `enable` and `disable` leave alone.
fn assert_selective_logging_is_unknown(refused: &Outcome) {
    let words = ": this AWS CLI does not know selective logging and could switch it off: use a newer one.\nNothing was changed.\n";
    assert!(
        refused.code == 2 && refused.stderr.ends_with(words),
        "{refused:?}"
    );
}
