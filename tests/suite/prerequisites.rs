//! What the logs are written to, created by choice: only if it is not there,
//! compared if it is, taken out only if apply made it and nothing is in it. Here the
//! log group.

mod bucket;

use lexlogs::spec::Request;
use serde_json::json;

use crate::apply::{ACCOUNT, unpacked};
use crate::bridge::{Bridge, Reply};
use crate::iam::{CLIS, Cli, Iam, expected_state};
use crate::runner::{Outcome, Runner};
use crate::support::{bundle, folder, request};
use crate::wine::{Aws, Cmd};

const SHELLS: [Runner; 4] = [
    Runner::Shell(0),
    Runner::Shell(4),
    Runner::CmdExe,
    Runner::CmdBatch,
];

const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321";

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

fn create_group(iam: &mut Iam, name: &str) {
    let arguments = json!({ "logGroupName": name });
    iam.ask(&format!("call logs create_log_group {arguments}"));
}

fn keep_for(iam: &mut Iam, days: u32) {
    let arguments = json!({ "logGroupName": "/lex/bot", "retentionInDays": days });
    iam.ask(&format!("call logs put_retention_policy {arguments}"));
}

/// A request unpacked, and what runs its scripts.
struct Run<'a> {
    runner: Runner,
    folder: &'a std::path::Path,
    cli: Cli,
}

impl Run<'_> {
    fn of(&self, iam: &Iam, script: &str, arguments: &[&str]) -> Outcome {
        let (aws, settings) = (iam.aws(self.cli), iam.settings());
        self.runner
            .run(self.folder, script, arguments, &aws, &settings)
    }

    /// Runs a script that must succeed without a word of complaint.
    fn well(&self, iam: &Iam, script: &str, arguments: &[&str]) -> Outcome {
        let outcome = self.of(iam, script, arguments);
        let runner = self.runner;
        assert_eq!(
            (outcome.code, outcome.stderr.as_str()),
            (0, ""),
            "{runner:?}, {script} {arguments:?}: {outcome:?}"
        );
        outcome
    }

    fn receipt(&self) -> String {
        std::fs::read_to_string(self.folder.join("receipt.txt")).unwrap()
    }
}

/// Whether a call of the AWS CLI changes anything.
fn changes(call: &[String]) -> bool {
    let reads = ["get-", "list-", "describe-", "wait"];
    !reads.iter().any(|read| call[1].starts_with(read))
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_log_group_is_created_once_and_taken_out_while_it_is_empty() {
    let mut iam = Iam::start(ACCOUNT);
    for (runner, cli) in std::iter::zip(SHELLS, [CLIS, CLIS].concat()) {
        iam.ask("reset");
        // Its name begins like the other's, which is no reason to take it for that.
        create_group(&mut iam, "/lex/bot/too");
        let request = log_group(&[("log-group-kms-key-arn", KEY)]);
        let place = folder();
        let folder = unpacked(&request, place.path());
        let run = Run {
            runner,
            folder: &folder,
            cli,
        };
        let before = iam.ask("state");
        run.well(&iam, "apply", &[]);
        let applied = iam.ask("state");
        let expected = expected_state(&request, &bundle(&request), &before);
        assert_eq!(applied, expected, "{runner:?}");
        let group = &applied["groups"]["/lex/bot"];
        assert_eq!(group["retention"], 30);
        assert_eq!(group["tags"]["Größe"], "½ Liter");
        // moto has no such key, so all but that is in place.
        let checked = run.of(&iam, "check", &[]);
        let list = format!("\nNot in place:\n  absent: the KMS key {KEY}\n");
        assert!(checked.stdout.ends_with(&list), "{runner:?}: {checked:?}");

        iam.take_calls(cli);
        let again = run.well(&iam, "apply", &[]);
        assert_eq!(again.stdout.matches("  already there\n").count(), 5);
        let calls = iam.take_calls(cli);
        assert!(!calls.iter().any(|call| changes(call)), "{calls:?}");
        assert_eq!(iam.ask("state"), applied, "{runner:?}");

        let undone = run.well(&iam, "undo", &["--yes"]);
        assert!(
            undone.stdout.contains("  goes: the log group /lex/bot\n")
                && undone
                    .stdout
                    .ends_with("what apply made is taken out. receipt.txt says what was done.\n"),
            "{runner:?}: {undone:?}"
        );
        assert_eq!(iam.ask("state"), before, "{runner:?}");
        let receipt = run.receipt();
        for step in 1..=5 {
            let removed = format!("\nstep-{step}: removed ");
            assert!(receipt.contains(&removed), "{runner:?}: {receipt}");
        }
        // And all over again, by the same receipt.
        run.well(&iam, "apply", &[]);
        assert_eq!(iam.ask("state"), applied, "{runner:?}");
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_log_group_that_holds_logs_stays() {
    let mut iam = Iam::start(ACCOUNT);
    for (runner, cli) in std::iter::zip(SHELLS, [CLIS, CLIS].concat()) {
        iam.ask("reset");
        let request = log_group(&[]);
        let place = folder();
        let folder = unpacked(&request, place.path());
        let run = Run {
            runner,
            folder: &folder,
            cli,
        };
        let before = iam.ask("state");
        run.well(&iam, "apply", &[]);
        let stream = json!({ "logGroupName": "/lex/bot", "logStreamName": "a" });
        iam.ask(&format!("call logs create_log_stream {stream}"));
        let group = iam.ask("state")["groups"].clone();
        for arguments in [&["--yes"][..], &["--yes", "--without-receipt"]] {
            let undone = run.well(&iam, "undo", arguments);
            assert!(
                undone.stdout.contains(
                    "  stays: the log group /lex/bot: it is not empty, and what is in it is not for undo to delete\n"
                ),
                "{runner:?}: {undone:?}"
            );
            let state = iam.ask("state");
            assert_eq!(state["groups"], group, "{runner:?}");
            assert_eq!(state["roles"], before["roles"], "{runner:?}");
            assert_eq!(state["policies"], before["policies"], "{runner:?}");
        }
        let receipt = run.receipt();
        assert!(receipt.contains("\nstep-3: removed "), "{receipt}");
        assert!(!receipt.contains("\nstep-1: removed "), "{receipt}");
        assert!(!receipt.contains("\nstep-2: removed "), "{receipt}");
        // What is in it goes, and then it goes too.
        iam.ask(&format!("call logs delete_log_stream {stream}"));
        run.well(&iam, "undo", &["--yes"]);
        assert_eq!(iam.ask("state"), before, "{runner:?}");
    }
}

/// Logs that come while undo is at work are not lost either: it looks again
/// right before it deletes.
#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_log_group_is_looked_into_again_before_it_is_deleted() {
    let iam = Iam::start(ACCOUNT);
    let request = log_group(&[]);
    let place = folder();
    let folder = unpacked(&request, place.path());
    for runner in [SHELLS[0], SHELLS[2]] {
        let run = Run {
            runner,
            folder: &folder,
            cli: Cli::V1,
        };
        run.well(&iam, "apply", &[]);
        iam.take_calls(Cli::V1);
        run.well(&iam, "undo", &["--yes"]);
        let calls = iam.take_calls(Cli::V1);
        let operations: Vec<&str> = calls.iter().map(|call| call[1].as_str()).collect();
        let last = operations.len() - 3;
        let expected = ["delete-role", "describe-log-streams", "delete-log-group"];
        assert_eq!(operations[last..], expected, "{runner:?}");
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_log_group_that_was_there_is_compared_and_never_deleted() {
    let mut iam = Iam::start(ACCOUNT);
    let request = log_group(&[]);
    for (runner, cli) in std::iter::zip(SHELLS, [CLIS, CLIS].concat()) {
        for (days, said) in [
            (None, "  different: RetentionInDays none\n"),
            (Some(7), "  different: RetentionInDays 7\n"),
            (Some(30), ""),
        ] {
            iam.ask("reset");
            let place = folder();
            let folder = unpacked(&request, place.path());
            let run = Run {
                runner,
                folder: &folder,
                cli,
            };
            create_group(&mut iam, "/lex/bot");
            if let Some(days) = days {
                keep_for(&mut iam, days);
            }
            let before = iam.ask("state");
            if said.is_empty() {
                run.well(&iam, "apply", &[]);
            } else {
                let stopped = run.of(&iam, "apply", &[]);
                assert_eq!(stopped.code, 1, "{runner:?}: {stopped:?}");
                assert!(stopped.stdout.contains(said), "{runner:?}: {stopped:?}");
                assert!(
                    stopped
                        .stderr
                        .contains("  different: the retention of the log group /lex/bot\n")
                        && stopped.stderr.ends_with(
                            "Nothing was changed. To put right what differs, use --update.\n"
                        ),
                    "{runner:?}: {stopped:?}"
                );
                assert_eq!(iam.ask("state"), before, "{runner:?}");
                run.well(&iam, "apply", &["--update"]);
            }
            let applied = iam.ask("state");
            assert_eq!(applied["groups"]["/lex/bot"]["retention"], 30);
            // Tags are for what is created.
            assert_eq!(applied["groups"]["/lex/bot"]["tags"], json!({}));
            run.well(&iam, "check", &[]);
            let undone = run.well(&iam, "undo", &["--yes"]);
            assert!(
                undone.stdout.contains(
                    "  stays: the log group /lex/bot: the receipt does not say that apply made it\n"
                ),
                "{runner:?}: {undone:?}"
            );
            let state = iam.ask("state");
            assert_eq!(state["groups"], applied["groups"], "{runner:?}");
            assert_eq!(state["roles"], json!({}), "{runner:?}");
            // Not even one that is as this bundle makes it, without a receipt.
            run.well(&iam, "apply", &[]);
            std::fs::remove_file(folder.join("receipt.txt")).unwrap();
            run.well(&iam, "undo", &["--yes", "--without-receipt"]);
            let state = iam.ask("state");
            assert_eq!(state["groups"], applied["groups"], "{runner:?}");
            assert_eq!(state["roles"], json!({}), "{runner:?}");
        }
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn what_apply_was_stopped_before_needs_no_update_and_what_others_changed_does() {
    let mut iam = Iam::start(ACCOUNT);
    let request = log_group(&[]);
    for (runner, cli) in std::iter::zip(SHELLS, [CLIS, CLIS].concat()) {
        iam.ask("reset");
        let place = folder();
        let folder = unpacked(&request, place.path());
        let run = Run {
            runner,
            folder: &folder,
            cli,
        };
        let before = iam.ask("state");
        // Who it is, four looks, the group; then its retention.
        iam.ask("fault 7 AccessDenied");
        let stopped = run.of(&iam, "apply", &[]);
        assert_eq!(iam.ask("unfault"), true, "{runner:?}: {stopped:?}");
        assert_eq!(stopped.code, 3, "{runner:?}: {stopped:?}");
        let said = "Step 2 of 5 failed: have the log group /lex/bot keep logs for 30 days (";
        assert!(stopped.stderr.contains(said), "{runner:?}: {stopped:?}");
        let checked = run.of(&iam, "check", &[]);
        assert_eq!(checked.code, 1, "{runner:?}: {checked:?}");
        let said = "  different: the retention of the log group /lex/bot\n";
        assert!(checked.stdout.contains(said), "{runner:?}: {checked:?}");
        let again = run.well(&iam, "apply", &[]);
        let said = "  different: RetentionInDays none\n  not done yet: an earlier run was stopped before it\n";
        assert!(again.stdout.contains(said), "{runner:?}: {again:?}");
        let applied = iam.ask("state");
        assert_eq!(applied["groups"]["/lex/bot"]["retention"], 30);

        keep_for(&mut iam, 7);
        let stopped = run.of(&iam, "apply", &[]);
        assert_eq!(stopped.code, 1, "{runner:?}: {stopped:?}");
        run.well(&iam, "apply", &["--update"]);
        assert_eq!(iam.ask("state"), applied, "{runner:?}");
        run.well(&iam, "undo", &["--yes"]);
        assert_eq!(iam.ask("state"), before, "{runner:?}");
    }
}

/// A look at a log group that has another key, by an `aws` that moto is not
/// behind, for moto does not know `associate-kms-key`.
fn answers(call: &[String]) -> (String, i32) {
    let query = call.last().map_or("", String::as_str);
    match call[1].as_str() {
        "get-caller-identity" => (format!("{ACCOUNT}\tarn:aws:iam::{ACCOUNT}:user/x\n"), 0),
        "get-role" | "get-policy" => ("An error occurred (NoSuchEntity)".to_owned(), 254),
        "describe-log-groups" if query.contains("kmsKeyId") => ("KmsKeyId none\n".to_owned(), 0),
        "describe-log-groups" if query.contains("[arn]") => ("arn\n".to_owned(), 0),
        _ => (String::new(), 0),
    }
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn a_recording_aws_is_asked_by_update_to_associate_the_key_with_a_log_group_that_was_there() {
    let place = folder();
    let folder = unpacked(&log_group(&[("log-group-kms-key-arn", KEY)]), place.path());
    let calls = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = std::sync::Arc::clone(&calls);
    let bridge = Bridge::start(move |call| {
        seen.lock().unwrap().push(call.argv.clone());
        let (text, code) = answers(&call.argv);
        let (stdout, stderr) = match code {
            0 => (text.into_bytes(), Vec::new()),
            _ => (Vec::new(), text.into_bytes()),
        };
        Reply {
            stdout,
            stderr,
            code,
        }
        .with_crlf()
    });
    let run = |arguments: &[&str]| {
        let command = Cmd::new(&folder, "apply.cmd").aws(Aws::Exe, Some(&bridge));
        command.args(arguments).run()
    };
    let stopped = run(&[]);
    assert_eq!(stopped.code, 1, "{stopped:?}");
    let said = "  different: KmsKeyId none\r\n";
    assert!(stopped.stdout.contains(said), "{stopped:?}");
    let updated = run(&["--update"]);
    assert_eq!((updated.code, updated.stderr.as_str()), (0, ""));
    let call = "logs associate-kms-key --log-group-name /lex/bot --kms-key-id";
    let expected: Vec<&str> = call
        .split(' ')
        .chain([KEY, "--region", "us-east-1"])
        .collect();
    let calls = calls.lock().unwrap();
    let made: Vec<&Vec<String>> = calls.iter().filter(|call| call[0] == "logs").collect();
    let made = made.iter().filter(|call| changes(call));
    assert_eq!(made.collect::<Vec<_>>(), [&&expected]);
}
