//! What `undo` takes out, what it leaves, and what it refuses; two
//! administrators at once.

use std::io::Write;
use std::process::Stdio;

use serde_json::json;

use crate::apply::{ACCOUNT, example, region, unpacked};
use crate::iam::{CLIS, Cli, Iam};
use crate::runner::{Outcome, RUNNERS, Runner};
use crate::support::{folder, full, path_with, shell, text};

const SHELLS: [Runner; 3] = [Runner::Shell(0), Runner::Shell(1), Runner::CmdExe];

const ROLE: &str = "LexConversationLogsRole";

/// The order that IAM insists on, which moto does not: a policy is detached
/// before it is deleted, its other versions go before it, the role goes last.
fn assert_order(calls: &[Vec<String>]) {
    let place = |operation: &str, words: &[&str]| {
        let at = calls.iter().rposition(|call| {
            call[1] == operation
                && words
                    .iter()
                    .all(|word| call.iter().any(|have| have == word))
        });
        at.unwrap_or_else(|| panic!("no {operation} {words:?} in {calls:?}"))
    };
    let deleted: Vec<&str> = calls
        .iter()
        .filter(|call| call[1] == "delete-policy")
        .map(|call| call[3].as_str())
        .collect();
    assert_eq!(deleted.len(), 2);
    for policy in deleted {
        let gone = place("delete-policy", &[policy]);
        assert!(place("detach-role-policy", &[policy]) < gone);
        assert!(place("list-policy-versions", &[policy]) < gone);
        if calls
            .iter()
            .any(|call| call[1] == "delete-policy-version" && call[3] == policy)
        {
            assert!(place("delete-policy-version", &[policy]) < gone);
        }
    }
    assert_eq!(place("delete-role", &[]), calls.len() - 1);
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn undo_takes_out_what_apply_made_in_the_order_of_iam() {
    let mut iam = Iam::start(ACCOUNT);
    for (number, runner) in RUNNERS.into_iter().enumerate() {
        let cli = if matches!(runner, Runner::Shell(_)) {
            Cli::V1
        } else {
            Cli::V2
        };
        // The last two differ little, and alternate.
        for (of_case, case) in ["text-and-audio", "existing-role", "organisation"]
            .into_iter()
            .enumerate()
        {
            if !full() && of_case == 1 + number % 2 {
                continue;
            }
            iam.ask("reset");
            iam.ask(&format!("region {}", region(case)));
            iam.create_bot_role("SupportBotRole");
            let before = iam.ask("state");
            let place = folder();
            let folder = unpacked(&example(case), place.path());
            let (aws, settings) = (iam.aws(cli), iam.settings());
            let run = |script: &str, arguments: &[&str]| -> Outcome {
                runner.run(&folder, script, arguments, &aws, &settings)
            };
            assert_eq!(run("apply", &[]).code, 0);
            assert_eq!(run("apply", &[]).code, 0);
            if case == "text-and-audio" {
                let arn = format!("arn:aws:iam::{ACCOUNT}:policy/LexConversationLogsS3Policy");
                iam.create_version(&arn, "b", false);
                iam.create_version(&arn, "c", true);
            }
            iam.take_calls(cli);
            let undone = run("undo", &["--yes"]);
            let calls = iam.take_calls(cli);
            assert_eq!(
                (undone.code, undone.stderr.as_str()),
                (0, ""),
                "{runner:?}, {case}: {undone:?}"
            );
            assert_eq!(iam.ask("state"), before, "{runner:?}, {case}: {undone:?}");
            if case == "text-and-audio" {
                assert_order(&calls);
            }
            let again = run("undo", &["--yes"]);
            assert_eq!(again.code, 0, "{again:?}");
            assert!(
                again
                    .stdout
                    .ends_with("Done: there is nothing to take out.\n"),
                "{again:?}"
            );
            // What others made since, under the same names, is theirs.
            if case == "text-and-audio" {
                iam.create_role(ROLE);
                iam.create_policy("LexConversationLogsS3Policy", "/");
                let theirs = iam.ask("state");
                let kept = run("undo", &["--yes"]);
                assert_eq!(kept.code, 0, "{kept:?}");
                assert!(
                    kept.stdout.contains(
                        "  stays: the IAM role LexConversationLogsRole: apply did not make it\n"
                    ),
                    "{kept:?}"
                );
                assert_eq!(iam.ask("state"), theirs, "{runner:?}");
            }
        }
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn undo_tolerates_what_is_gone_and_leaves_what_was_there() {
    let mut iam = Iam::start(ACCOUNT);
    for runner in SHELLS {
        iam.ask("reset");
        let place = folder();
        let folder = unpacked(&example("text-and-audio"), place.path());
        let (aws, settings) = (iam.aws(Cli::V2), iam.settings());
        let run = |script: &str, arguments: &[&str]| -> Outcome {
            runner.run(&folder, script, arguments, &aws, &settings)
        };
        // The role was there, as the bundle makes it; the rest is apply's.
        let trust = std::fs::read_to_string(
            folder.join("LexConversationLogsAssumeRolePolicyDocument.json"),
        );
        iam.call(
            "create_role",
            &json!({ "RoleName": ROLE, "AssumeRolePolicyDocument": trust.unwrap() }),
        );
        let before = iam.ask("state");
        assert_eq!(run("apply", &[]).code, 0);
        let arn = format!("arn:aws:iam::{ACCOUNT}:policy/LexConversationLogsS3Policy");
        iam.call(
            "detach_role_policy",
            &json!({ "RoleName": ROLE, "PolicyArn": arn }),
        );
        iam.call("delete_policy", &json!({ "PolicyArn": arn }));
        let undone = run("undo", &["--yes"]);
        assert_eq!(undone.code, 0, "{undone:?}");
        assert_eq!(iam.ask("state"), before, "{runner:?}: {undone:?}");
        // What is gone is noted as gone.
        let receipt = std::fs::read_to_string(folder.join("receipt.txt")).unwrap();
        for step in 2..=5 {
            assert!(
                receipt.contains(&format!("step-{step}: removed ")),
                "{receipt}"
            );
        }
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn undo_refuses_without_a_receipt_an_answer_or_while_others_use_it() {
    let mut iam = Iam::start(ACCOUNT);
    for runner in SHELLS {
        iam.ask("reset");
        let place = folder();
        let folder = unpacked(&example("text-and-audio"), place.path());
        let (aws, settings) = (iam.aws(Cli::V1), iam.settings());
        let run = |script: &str, arguments: &[&str]| -> Outcome {
            runner.run(&folder, script, arguments, &aws, &settings)
        };
        let refused = |outcome: &Outcome, what: &str| {
            assert_eq!(outcome.code, 2, "{runner:?}, {what}: {outcome:?}");
            assert!(
                outcome.stderr.contains(what),
                "{runner:?}, {what}: {outcome:?}"
            );
            assert!(
                outcome.stderr.ends_with("Nothing was changed.\n"),
                "{outcome:?}"
            );
        };
        assert_eq!(run("apply", &[]).code, 0);
        let applied = iam.ask("state");
        let receipt = folder.join("receipt.txt");
        let written = std::fs::read_to_string(&receipt).unwrap();

        refused(
            &run("undo", &[]),
            "there is no terminal to ask at; use --yes.",
        );
        refused(&run("undo", &["--no"]), "there is no option \"--no\".");
        std::fs::remove_file(&receipt).unwrap();
        refused(
            &run("undo", &["--yes"]),
            "there is no receipt.txt beside this script",
        );
        let line = written
            .lines()
            .find(|line| line.starts_with("bundle-digest: "))
            .unwrap();
        std::fs::write(&receipt, written.replace(line, "bundle-digest: 0")).unwrap();
        refused(&run("undo", &["--yes"]), "receipt.txt is of another bundle");
        std::fs::write(&receipt, &written).unwrap();

        let arn = format!("arn:aws:iam::{ACCOUNT}:policy/LexConversationLogsS3Policy");
        let other = iam.create_policy("SomebodyElses", "/");
        iam.create_role("SomebodyElses");
        for (make, what) in [
            (
                (
                    "attach_role_policy",
                    json!({ "RoleName": ROLE, "PolicyArn": other }),
                ),
                other.as_str(),
            ),
            (
                (
                    "attach_role_policy",
                    json!({ "RoleName": "SomebodyElses", "PolicyArn": arn }),
                ),
                "SomebodyElses",
            ),
            (
                (
                    "put_role_policy",
                    json!({ "RoleName": ROLE, "PolicyName": "Inline", "PolicyDocument": "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}" }),
                ),
                "Inline",
            ),
        ] {
            iam.ask("save before");
            iam.call(make.0, &make.1);
            let made = iam.ask("state");
            let outcome = run("undo", &["--yes"]);
            refused(&outcome, "somebody else uses what is to go");
            assert!(
                outcome.stdout.contains(&format!("  in use: {what}\n")),
                "{outcome:?}"
            );
            assert_eq!(iam.ask("state"), made);
            iam.ask("restore before");
        }

        // Without a receipt, only what is exactly this bundle's goes.
        std::fs::remove_file(&receipt).unwrap();
        iam.create_version(&arn, "b", true);
        let undone = run("undo", &["--yes", "--without-receipt"]);
        assert_eq!(undone.code, 0, "{runner:?}: {undone:?}");
        let state = iam.ask("state");
        assert!(state["roles"].get(ROLE).is_none(), "{state}");
        assert!(state["policies"].get(&arn).is_some(), "{state}");
        assert_eq!(state["policies"].as_object().unwrap().len(), 2, "{state}");
        assert!(applied["roles"].get(ROLE).is_some());
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn undo_leaves_what_somebody_else_made_under_the_same_names() {
    let mut iam = Iam::start(ACCOUNT);
    let request = example("text-only");
    let cli = Cli::V1;
    // The call of apply that makes the role, where nothing is there.
    let create_role = 5;
    for runner in SHELLS {
        let (aws, settings) = (iam.aws(cli), iam.settings());
        let run = |folder: &std::path::Path, script: &str, arguments: &[&str]| -> Outcome {
            runner.run(folder, script, arguments, &aws, &settings)
        };
        let unanswered = |iam: &mut Iam, folder: &std::path::Path| {
            iam.ask("reset");
            iam.take_calls(cli);
            iam.mishap(cli, Some(&format!("{create_role} refused")));
            let outcome = run(folder, "apply", &[]);
            iam.mishap(cli, None);
            assert_eq!(outcome.code, 3, "{outcome:?}");
            let receipt = std::fs::read_to_string(folder.join("receipt.txt")).unwrap();
            assert!(receipt.contains("step-1: unknown arn"), "{receipt}");
        };
        let stays = |iam: &mut Iam, folder: &std::path::Path| {
            let before = iam.ask("state")["roles"][ROLE].clone();
            let outcome = run(folder, "undo", &["--yes"]);
            assert_eq!(outcome.code, 0, "{runner:?}: {outcome:?}");
            let said = "  stays: the IAM role LexConversationLogsRole: ";
            assert!(outcome.stdout.contains(said), "{runner:?}: {outcome:?}");
            let mut after = iam.ask("state")["roles"][ROLE].clone();
            after["attached"] = before["attached"].clone();
            assert_eq!(after, before, "{runner:?}");
        };

        // Apply's role was deleted, and another made under another path.
        iam.ask("reset");
        let place = folder();
        let folder = unpacked(&request, place.path());
        assert_eq!(run(&folder, "apply", &[]).code, 0);
        let arn = format!("arn:aws:iam::{ACCOUNT}:policy/LexConversationLogsCloudWatchLogsPolicy");
        iam.call(
            "detach_role_policy",
            &json!({ "RoleName": ROLE, "PolicyArn": arn }),
        );
        iam.call("delete_role", &json!({ "RoleName": ROLE }));
        let arguments =
            json!({ "RoleName": ROLE, "Path": "/other/", "AssumeRolePolicyDocument": "{}" });
        iam.call("create_role", &arguments);
        stays(&mut iam, &folder);

        // Nobody answered apply; somebody else made another role, which
        // `--update` put right.
        let place = crate::support::folder();
        let folder = unpacked(&request, place.path());
        unanswered(&mut iam, &folder);
        iam.create_role(ROLE);
        assert_eq!(run(&folder, "apply", &["--update"]).code, 0);
        stays(&mut iam, &folder);

        // Nobody answered apply, and undo found nothing; then somebody else
        // applied the same bundle.
        let (place, other) = (crate::support::folder(), crate::support::folder());
        let folder = unpacked(&request, place.path());
        unanswered(&mut iam, &folder);
        assert_eq!(run(&folder, "undo", &["--yes"]).code, 0);
        let other = unpacked(&request, other.path());
        assert_eq!(run(&other, "apply", &[]).code, 0);
        assert_eq!(run(&folder, "apply", &[]).code, 0);
        stays(&mut iam, &folder);
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn undo_asks_at_a_terminal() {
    let mut iam = Iam::start(ACCOUNT);
    let place = folder();
    let folder = unpacked(&example("text-only"), place.path());
    let (aws, settings) = (iam.aws(Cli::V1), iam.settings());
    let run = |runner: Runner, script: &str| runner.run(&folder, script, &[], &aws, &settings);
    for (answer, code) in [("no", 2), ("", 2), ("yes", 0)] {
        assert_eq!(run(Runner::Shell(0), "apply").code, 0);
        // `script` gives the shell a terminal, which types the answer.
        let mut command = shell(&["script"]);
        command
            .args(["-qec", "sh undo.sh", "/dev/null"])
            .current_dir(&folder)
            .envs(settings.iter().cloned())
            .env("PATH", path_with(&aws))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut terminal = child.stdin.take().unwrap();
        writeln!(terminal, "{answer}").unwrap();
        let output = child.wait_with_output().unwrap();
        let said = text(&output.stdout);
        assert_eq!(output.status.code(), Some(code), "{answer}: {said}");
        assert!(said.contains("Type yes to take it out: "), "{said}");
        let is_there = iam.ask("state")["roles"].get(ROLE).is_some();
        assert_eq!(is_there, code == 2, "{answer}: {said}");
    }
}

#[test]
#[ignore = "needs Wine: run tests/run"]
fn undo_asks_at_a_terminal_of_cmd() {
    use crate::bridge::{Bridge, run_program};
    use crate::wine::{Aws, Cmd};
    let mut iam = Iam::start(ACCOUNT);
    let place = folder();
    let folder = unpacked(&example("text-only"), place.path());
    // Wine has no timeout.exe, by which the script tells a terminal: input is
    // taken as typed there.
    for (answer, code) in [("no", 2), ("y\"es", 0), ("yes", 0)] {
        let (program, settings) = (iam.aws(Cli::V1).join("aws"), iam.settings());
        let settings = [crate::support::without_aws_settings(), settings].concat();
        let bridge = Bridge::start(move |call| run_program(&program, &settings, call).with_crlf());
        let run = |script: &str, input: &str| {
            let command = Cmd::new(&folder, script).aws(Aws::Exe, Some(&bridge));
            command.stdin(format!("{input}\r\n").as_bytes()).run()
        };
        assert_eq!(run("apply.cmd", "").code, 0);
        let output = run("undo.cmd", answer);
        assert_eq!(output.code, code, "{answer}: {output:?}");
        let is_there = iam.ask("state")["roles"].get(ROLE).is_some();
        assert_eq!(is_there, code == 2, "{answer}: {output:?}");
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn two_administrators_at_once_end_in_the_right_state_or_are_told() {
    let mut iam = Iam::start(ACCOUNT);
    let request = example("text-and-audio");
    let (mut both, mut told) = (0, 0);
    for round in 0..6 {
        iam.ask("reset");
        let places = [folder(), folder()];
        let folders = [0, 1].map(|n| unpacked(&request, places[n].path()));
        let settings = iam.settings();
        let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
            let runs = [0, 1].map(|n| {
                let (folder, settings) = (&folders[n], &settings);
                let aws = iam.aws(CLIS[(n + round) % 2]);
                let runner = SHELLS[(n + round) % 3];
                scope.spawn(move || runner.run(folder, "apply", &[], &aws, settings))
            });
            runs.map(|run| run.join().unwrap()).into()
        });
        for outcome in &outcomes {
            match outcome.code {
                0 => both += 1,
                3 => {
                    told += 1;
                    let words = ["(EntityAlreadyExists)", "Running this again is safe"];
                    assert!(
                        words.iter().all(|word| outcome.stderr.contains(word)),
                        "{outcome:?}"
                    );
                }
                _ => panic!("{outcome:?}"),
            }
        }
        for folder in &folders {
            let again = SHELLS[0].run(folder, "apply", &[], &iam.aws(Cli::V1), &settings);
            assert_eq!(again.code, 0, "{again:?}");
        }
        let state = iam.ask("state");
        assert_eq!(
            state["roles"][ROLE]["attached"].as_array().map(Vec::len),
            Some(2),
            "{state}"
        );
        // What each takes out is what it made, and together that is all.
        for folder in folders.iter().rev().chain(&folders) {
            let undone = SHELLS[0].run(folder, "undo", &["--yes"], &iam.aws(Cli::V1), &settings);
            assert!([0, 2].contains(&undone.code), "{undone:?}");
        }
        assert_eq!(
            iam.ask("state"),
            json!({ "roles": {}, "policies": {}, "groups": {}, "buckets": {} }),
            "round {round}"
        );
    }
    println!("two at once: {both} ended well, {told} were told");
}
