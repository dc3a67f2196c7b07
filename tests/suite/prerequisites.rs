//! `create-log-group` and `create-bucket`: each is created only if it does not exist, compared if it does, and removed only if
//! apply created it and it holds nothing. What both have in common, and the log group.

mod bucket;

use lexlogs::request::Request;
use serde_json::{Value, json};

use crate::apply::ACCOUNT;
use crate::faults::changes;
use crate::iam::{CLIS, Cli, Iam, expected_state};
use crate::runner::{Runner, some_shells};
use crate::site::Site;
use crate::support::{bundle, each, full, request};
use crate::undo::line;

const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321";

/// One POSIX shell and cmd.exe, for what does not depend on the shell's own ways.
const TWO: [Runner; 2] = [Runner::Shell(1), Runner::CmdExe];

fn log_group(more: &[(&'static str, &'static str)]) -> Request {
    let parameters = [
        ("lex-version", "v2"),
        ("account-id", ACCOUNT),
        ("region", "us-east-1"),
        ("log-group-name", "/lex/bot"),
        ("create-log-group", "true"),
        ("log-group-retention-days", "30"),
        ("tags", "CostCenter=4711,Größe=½ Liter"),
    ];
    request(parameters.into_iter().chain(more.iter().copied()))
}

/// A log group and a bucket, with all that belongs to them.
fn both() -> Request {
    log_group(&[("bucket-name", "audio-logs"), ("create-bucket", "true")])
}

fn create_group(iam: &mut Iam, name: &str) {
    iam.ask(&format!(
        "call logs create_log_group {}",
        json!({ "logGroupName": name })
    ));
}

/// The log groups in the Region of the bot's replica.
fn replicas(iam: &mut Iam, back_to: &str) -> Value {
    iam.ask("region us-west-2");
    let groups = iam.ask("state")["groups"].clone();
    iam.ask(&format!("region {back_to}"));
    groups
}

fn keep_for(iam: &mut Iam, days: u32) {
    let arguments = json!({ "logGroupName": "/lex/bot", "retentionInDays": days });
    iam.ask(&format!("call logs put_retention_policy {arguments}"));
}

/// A log stream in the log group.
const STREAM: &str = r#"{"logGroupName": "/lex/bot", "logStreamName": "a"}"#;

/// What apply creates, and what makes it keep its contents.
struct Kind {
    what: &'static str,
    request: Request,
    region: &'static str,
    /// Calls of the server that fill it and empty it; undo must keep it after each of the first.
    fill: &'static [&'static str],
    empty: fn(&mut Iam),
}

fn kinds() -> [Kind; 3] {
    let group = |iam: &mut Iam| drop(iam.ask(&format!("call logs delete_log_stream {STREAM}")));
    let bucket = |what: &'static str, request, region| Kind {
        what,
        request,
        region,
        // An object, and then nothing but the marker that it was deleted.
        fill: &[
            r#"s3 put_bucket_versioning {"Bucket": "audio-logs", "VersioningConfiguration": {"Status": "Enabled"}}"#,
            r#"s3 put_object {"Bucket": "audio-logs", "Key": "a b%"}"#,
            r#"s3 delete_object {"Bucket": "audio-logs", "Key": "a b%"}"#,
        ],
        empty: bucket::empty,
    };
    [
        Kind {
            what: "log group /lex/bot",
            // And one of the same name for the bot's replica, which that key does not encrypt.
            request: log_group(&[
                ("log-group-kms-key-arn", KEY),
                ("replica-region", "us-west-2"),
            ]),
            region: "us-east-1",
            fill: &[r#"logs create_log_stream {"logGroupName": "/lex/bot", "logStreamName": "a"}"#],
            empty: group,
        },
        bucket(
            "bucket audio-logs",
            bucket::request_with(&[
                ("kms-key-arn", bucket::KEY),
                ("audio-log-prefix", "it's (a) & b/"),
                ("audio-log-expiration-days", "90"),
            ]),
            "eu-west-1",
        ),
        bucket("bucket audio-logs", bucket::in_first_region(), "us-east-1"),
    ]
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn what_apply_created_is_removed_only_while_it_holds_nothing() {
    let mut iam = Iam::start(ACCOUNT);
    let shells = some_shells(0);
    for case in each(&[shells.len(), CLIS.len()]) {
        let (all, runner) = (kinds(), shells[case[0]]);
        // All three in bash. The bucket of the first Region, which is no location constraint, in another shell; that with the
        // prefix that needs quoting in cmd.exe.
        let chosen = match runner {
            _ if full() => &all[..],
            Runner::Shell(0) => &all[..],
            Runner::Shell(_) => &all[2..],
            _ => &all[1..2],
        };
        for kind in chosen {
            iam.ask("reset");
            iam.ask(&format!("region {}", kind.region));
            // Its name starts like the other's.
            create_group(&mut iam, "/lex/bot/too");
            let before = iam.ask("state");
            let site = Site::new(&iam, &kind.request, runner, CLIS[case[1]]);
            let first = site.done("apply", &["--yes"]);
            let created = first.stdout.matches("\n  create    ").count();
            let applied = iam.ask("state");
            let expected = expected_state(&kind.request, &bundle(&kind.request), &before);
            assert_eq!(applied, expected, "{site:?}");
            let mut replica = json!({});
            if let Some(group) = applied["groups"].get("/lex/bot") {
                replica = json!({ "/lex/bot": group });
                replica["/lex/bot"]["key"] = Value::Null;
            }
            assert_eq!(replicas(&mut iam, kind.region), replica, "{site:?}");
            let checked = site.done("check", &[]);
            assert!(!checked.stdout.contains("differs"), "{site:?}: {checked:?}");

            iam.take_calls(site.cli);
            let again = site.done("apply", &["--yes"]);
            assert_eq!(
                again.stdout.matches("\n  in place  ").count(),
                created,
                "{site:?}: {again:?}"
            );
            let calls = iam.take_calls(site.cli);
            assert!(!calls.iter().any(|call| changes(call)), "{calls:?}");

            for (number, call) in kind.fill.iter().enumerate() {
                iam.ask(&format!("call {call}"));
                if number == 0 && kind.fill.len() > 1 {
                    continue;
                }
                let full = iam.ask("state");
                let arguments: &[&str] =
                    [&["--yes"][..], &["--yes", "--without-receipt"]][number % 2];
                let kept = site.done("undo", arguments);
                let keeps = line("keep", kind.what) + "      it is not empty\n";
                assert!(kept.stdout.contains(&keeps), "{site:?}: {kept:?}");
                let state = iam.ask("state");
                assert_eq!(
                    [&state["groups"], &state["buckets"]],
                    [&full["groups"], &full["buckets"]]
                );
                assert_eq!(
                    [&state["roles"], &state["policies"]],
                    [&before["roles"], &before["policies"]]
                );
            }
            (kind.empty)(&mut iam);
            site.done("undo", &["--yes"]);
            assert_eq!(iam.ask("state"), before, "{site:?}");
            assert_eq!(replicas(&mut iam, kind.region), json!({}), "{site:?}");
            let receipt = site.receipt();
            assert_eq!(
                receipt.matches("\nremoved: ").count(),
                created,
                "{site:?}: {receipt}"
            );
            // And once more, with the same receipt.
            site.done("apply", &["--yes"]);
            assert_eq!(iam.ask("state"), applied, "{site:?}");
        }
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn logs_that_arrive_while_undo_runs_are_kept() {
    let mut iam = Iam::start(ACCOUNT);
    for runner in TWO {
        iam.ask("reset");
        let site = Site::new(&iam, &both(), runner, Cli::V1);
        site.done("apply", &["--yes"]);
        iam.ask("save applied");
        let receipt = site.receipt();
        iam.take_calls(Cli::V1);
        site.done("undo", &["--yes"]);
        let calls = iam.take_calls(Cli::V1);
        for (deletion, arrival, what) in [
            (
                "delete-log-group",
                format!("logs create_log_stream {STREAM}"),
                "log group /lex/bot",
            ),
            (
                "delete-bucket",
                r#"s3 put_object {"Bucket": "audio-logs", "Key": "a"}"#.to_owned(),
                "bucket audio-logs",
            ),
        ] {
            iam.ask("restore applied");
            site.write_receipt(&receipt);
            // Just before the last look, which precedes the deletion.
            let deleted = calls.iter().position(|call| call[1] == deletion).unwrap();
            iam.ask(&format!("meddle {deleted} {arrival}"));
            let undone = site.done("undo", &["--yes"]);
            let kept = format!("\nkept: {what}: it is not empty\n");
            assert!(undone.stdout.contains(&kept), "{site:?}: {undone:?}");
            let state = iam.ask("state");
            let left = [
                state["groups"].get("/lex/bot"),
                state["buckets"].get("audio-logs"),
            ];
            let exists = [deletion == "delete-log-group", deletion == "delete-bucket"];
            assert_eq!(left.map(|thing| thing.is_some()), exists, "{site:?}");
        }
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_part_that_apply_did_not_reach_needs_no_update() {
    let mut iam = Iam::start(ACCOUNT);
    for runner in TWO {
        iam.ask("reset");
        let empty = iam.ask("state");
        let site = Site::new(&iam, &both(), runner, Cli::V2);
        iam.take_calls(Cli::V2);
        site.done("apply", &["--yes"]);
        let applied = iam.ask("state");
        let calls = iam.take_calls(Cli::V2);
        let of = |what: &str| format!("{what} of bucket audio-logs");
        let parts = [
            (
                "put-retention-policy",
                "retention of log group /lex/bot".to_owned(),
            ),
            ("put-public-access-block", of("public access block")),
            ("put-bucket-encryption", of("default encryption")),
            ("put-bucket-tagging", of("tags")),
        ];
        // The last in cmd.exe.
        let few = !full() && runner == Runner::CmdExe;
        for (operation, what) in parts.into_iter().skip(if few { 3 } else { 0 }) {
            iam.ask("reset");
            std::fs::remove_file(site.folder.join("receipt.txt")).unwrap();
            let number = calls.iter().position(|call| call[1] == operation).unwrap() + 1;
            iam.ask(&format!("fault {number} AccessDenied"));
            let stopped = site.run("apply", &["--yes"]);
            assert_eq!(iam.ask("unfault"), true, "{site:?}: {stopped:?}");
            assert_eq!(stopped.code, 3, "{site:?}: {stopped:?}");
            let words = format!(" failed: {what}. Done before it:\n");
            assert!(stopped.stderr.contains(&words), "{site:?}: {stopped:?}");
            let checked = site.run("check", &[]);
            assert_eq!(checked.code, 1, "{site:?}: {checked:?}");
            let again = site.done("apply", &["--yes"]);
            assert!(
                again.stdout.contains(&line("create", &what)),
                "{site:?}: {again:?}"
            );
            assert_eq!(iam.ask("state"), applied, "{site:?}");
        }
        // A change by others does need it.
        keep_for(&mut iam, 7);
        site.refused(&mut iam, ("apply", &["--yes"]), 1, "something differs");
        site.done("apply", &["--yes", "--update"]);
        assert_eq!(iam.ask("state"), applied, "{site:?}");
        site.done("undo", &["--yes"]);
        assert_eq!(iam.ask("state"), empty, "{site:?}");
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn an_existing_log_group_is_compared_and_never_deleted() {
    let mut iam = Iam::start(ACCOUNT);
    let shells = some_shells(1);
    for case in each(&[shells.len(), CLIS.len(), 3]) {
        iam.ask("reset");
        let site = Site::new(&iam, &log_group(&[]), shells[case[0]], CLIS[case[1]]);
        create_group(&mut iam, "/lex/bot");
        let days = [None, Some(7), Some(30)][case[2]];
        if let Some(days) = days {
            keep_for(&mut iam, days);
        }
        if days == Some(30) {
            site.done("apply", &["--yes"]);
        } else {
            let days = days.map_or_else(|| "none".to_owned(), |days| days.to_string());
            let words = line("differs", "retention of log group /lex/bot")
                + &format!(
                    "      in the account:  retention {days}\n      in the bundle:   retention 30\n"
                );
            site.refused(&mut iam, ("apply", &["--yes"]), 1, &words);
            site.done("apply", &["--yes", "--update"]);
        }
        let applied = iam.ask("state");
        assert_eq!(applied["groups"]["/lex/bot"]["retention"], 30);
        // Tags are for what apply creates.
        assert_eq!(applied["groups"]["/lex/bot"]["tags"], json!({}));
        site.done("check", &[]);
        let words = line("keep", "log group /lex/bot")
            + "      the receipt does not say that apply created it as it is\n";
        for arguments in [&["--yes"][..], &["--yes", "--without-receipt"]] {
            let undone = site.done("undo", arguments);
            assert!(undone.stdout.contains(&words), "{site:?}: {undone:?}");
            let state = iam.ask("state");
            assert_eq!(state["groups"], applied["groups"], "{site:?}");
            assert_eq!(state["roles"], json!({}), "{site:?}: {undone:?}");
            // Not even one that is as this bundle creates it, without a receipt.
            site.done("apply", &["--yes"]);
            std::fs::remove_file(site.folder.join("receipt.txt")).unwrap();
        }
    }
}

/// The server knows no deletion protection, so this answers for it. Everything else goes to the AWS CLI and the server.
const PROTECTING: &str = r#"protected=${0%/*}/protected
case $* in
*--generate-cli-skeleton*) CALL ;;
*put-log-group-deletion-protection*--no-deletion*) rm "$protected" ;;
*put-log-group-deletion-protection*) >"$protected" ;;
*deletionProtectionEnabled*) if [ -e "$protected" ]; then echo True; else CALL; fi ;;
*delete-log-group*) if [ -e "$protected" ]; then echo 'An error occurred (ValidationException)' >&2; exit 254; fi; CALL ;;
*) CALL ;;
esac"#;

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn deletion_protection_of_a_stand_in_is_set_and_undone() {
    let mut iam = Iam::start(ACCOUNT);
    let request = log_group(&[("log-group-deletion-protection", "true")]);
    let what = "deletion protection of log group /lex/bot";
    for runner in TWO {
        iam.ask("reset");
        let empty = iam.ask("state");
        let site = Site::new(&iam, &request, runner, Cli::V1);
        let aws = site.wrapped(PROTECTING);
        let protected = aws.path().join("protected");
        let run = |script: &str, arguments: &[&str]| {
            runner.run(&site.folder, script, arguments, aws.path(), &[])
        };
        let done = |script: &str, arguments: &[&str], words: &str| {
            let outcome = run(script, arguments);
            assert!(outcome.is_done(), "{site:?}, {script}: {outcome:?}");
            assert!(outcome.stdout.contains(words), "{site:?}: {outcome:?}");
        };
        done("apply", &["--yes"], &line("create", what));
        assert!(protected.exists(), "{site:?}");
        done("check", &[], &line("in place", what));
        done("apply", &["--yes"], &line("in place", what));
        // What holds logs stays, and stays protected.
        iam.ask(&format!("call logs create_log_stream {STREAM}"));
        let kept = line("keep", what) + "      it is not empty\n";
        done("undo", &["--yes"], &kept);
        assert!(protected.exists(), "{site:?}");
        iam.ask(&format!("call logs delete_log_stream {STREAM}"));
        done("undo", &["--yes"], &line("remove", what));
        assert_eq!(iam.ask("state"), empty, "{site:?}");
        assert!(!protected.exists(), "{site:?}");

        // One that existed before is protected with --update, and stays so.
        create_group(&mut iam, "/lex/bot");
        keep_for(&mut iam, 30);
        let words = line("differs", what)
            + "      in the account:  deletion-protection none\n      in the bundle:   deletion-protection True\n";
        let refused = run("apply", &["--yes"]);
        assert_eq!(refused.code, 1, "{site:?}: {refused:?}");
        assert!(refused.stdout.contains(&words), "{site:?}: {refused:?}");
        assert!(!protected.exists(), "{site:?}");
        done("apply", &["--yes", "--update"], &line("update", what));
        done("undo", &["--yes"], &line("keep", what));
        assert!(protected.exists(), "{site:?}");
    }
}

/// Debian's version 2 is of 2022.
#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn an_aws_cli_that_does_not_know_deletion_protection_is_refused() {
    let mut iam = Iam::start(ACCOUNT);
    let request = log_group(&[("log-group-deletion-protection", "true")]);
    let words = "this AWS CLI does not know the deletion protection of log groups: use version 1.43.3, 2.32.4 or a newer one.";
    for runner in TWO {
        let site = Site::new(&iam, &request, runner, Cli::V2);
        for (script, arguments) in [
            ("apply", &["--yes"][..]),
            ("check", &[]),
            ("undo", &["--yes", "--without-receipt"]),
        ] {
            site.refused(&mut iam, (script, arguments), 2, words);
        }
    }
}

/// The server does not know `associate-kms-key`, so the call fails; what was asked for counts.
#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn update_associates_the_key_with_an_existing_log_group() {
    let mut iam = Iam::start(ACCOUNT);
    create_group(&mut iam, "/lex/bot");
    keep_for(&mut iam, 30);
    for runner in TWO {
        let site = Site::new(
            &iam,
            &log_group(&[("log-group-kms-key-arn", KEY)]),
            runner,
            Cli::V1,
        );
        let words = format!("      in the account:  key none\n      in the bundle:   key {KEY}\n");
        site.refused(&mut iam, ("apply", &["--yes"]), 1, &words);
        iam.take_calls(Cli::V1);
        assert_eq!(site.run("apply", &["--yes", "--update"]).code, 3);
        let calls = iam.take_calls(Cli::V1);
        let call =
            "logs associate-kms-key --log-group-name /lex/bot --kms-key-id KEY --region us-east-1";
        assert_eq!(
            calls.last().unwrap().join(" "),
            call.replace("KEY", KEY),
            "{site:?}"
        );
    }
}
