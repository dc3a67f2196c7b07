//! What `undo` removes, what it keeps, and what it refuses; two administrators at once.

mod question;
mod receipt;

use serde_json::{Value, json};

use crate::apply::{ACCOUNT, example, region};
use crate::faults::changes;
use crate::iam::{CLIS, Cli, Iam};
use crate::runner::{RUNNERS, Runner, shells, some_shells};
use crate::site::Site;
use crate::support::{count, each, full};
use crate::terminal::at_terminal;
use crate::wine::{Aws, Cmd};

pub(crate) const ROLE: &str = "LexConversationLogsRole";

/// The ARN of a policy of the examples: `S3` or `CloudWatchLogs`.
pub(crate) fn policy(of: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT}:policy/LexConversationLogs{of}Policy")
}

/// The line of a plan.
pub(crate) fn line(word: &str, what: &str) -> String {
    format!("\n  {word:8}  {what}\n")
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn undo_removes_what_apply_created_in_the_order_of_iam() {
    let mut iam = Iam::start(ACCOUNT);
    for (number, runner) in shells().iter().copied().enumerate() {
        for (of_case, case) in ["text-and-audio", "existing-role", "organisation"]
            .into_iter()
            .enumerate()
        {
            // Of the last two, one in bash and the other in cmd.exe.
            let turn = [(0, 1), (5, 2)].contains(&(number, of_case));
            if !full() && of_case > 0 && !turn {
                continue;
            }
            iam.ask("reset");
            iam.ask(&format!("region {}", region(case)));
            iam.create_bot_role("SupportBotRole");
            let before = iam.ask("state");
            let site = Site::new(&iam, &example(case), runner, CLIS[(number + of_case) % 2]);
            site.done("apply", &["--yes"]);
            site.done("apply", &["--yes"]);
            let is_first = case == "text-and-audio";
            if is_first {
                iam.create_version(&policy("S3"), "b", false);
                iam.create_version(&policy("S3"), "c", true);
            }
            let dry = site.done("undo", &["--dry-run"]);
            assert!(
                dry.stdout.ends_with("\nDry run: nothing was changed.\n"),
                "{dry:?}"
            );
            iam.take_calls(site.cli);
            let undone = site.done("undo", &["--yes"]);
            let calls = iam.take_calls(site.cli);
            assert_eq!(iam.ask("state"), before, "{site:?}: {undone:?}");
            if !is_first {
                continue;
            }
            // The server does not insist on this order, as IAM does.
            let removals = calls.iter().filter(|call| changes(call));
            let operations: Vec<&str> = removals.map(|call| call[1].as_str()).collect();
            let expected = "detach-role-policy delete-policy-version delete-policy-version delete-policy \
                            detach-role-policy delete-policy delete-role";
            assert_eq!(operations.join(" "), expected, "{runner:?}");
            let again = site.done("undo", &["--yes"]);
            assert_eq!(again.stdout.matches("  absent    ").count(), 5, "{again:?}");
            // What others created since, under the same names, is theirs.
            iam.create_role(ROLE);
            iam.create_policy("LexConversationLogsS3Policy", "/");
            let theirs = iam.ask("state");
            let kept = site.done("undo", &["--yes"]);
            assert!(
                kept.stdout.contains(&line("keep", &format!("role {ROLE}"))),
                "{kept:?}"
            );
            assert_eq!(iam.ask("state"), theirs, "{runner:?}");
        }
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn undo_keeps_what_existed_and_accepts_what_is_gone() {
    let mut iam = Iam::start(ACCOUNT);
    for case in each(&[shells().len(), CLIS.len()]) {
        iam.ask("reset");
        let site = Site::new(
            &iam,
            &example("text-and-audio"),
            shells()[case[0]],
            CLIS[case[1]],
        );
        // The role exists, as the bundle creates it; apply creates the rest.
        let trust = site
            .folder
            .join("LexConversationLogsAssumeRolePolicyDocument.json");
        let trust = std::fs::read_to_string(trust).unwrap();
        iam.call(
            "create_role",
            &json!({ "RoleName": ROLE, "AssumeRolePolicyDocument": trust }),
        );
        let before = iam.ask("state");
        site.done("apply", &["--yes"]);
        let arn = policy("S3");
        iam.call(
            "detach_role_policy",
            &json!({ "RoleName": ROLE, "PolicyArn": arn }),
        );
        iam.call("delete_policy", &json!({ "PolicyArn": arn }));
        let undone = site.done("undo", &["--yes"]);
        assert!(
            undone
                .stdout
                .contains(&line("absent", "policy LexConversationLogsS3Policy")),
            "{undone:?}"
        );
        assert_eq!(iam.ask("state"), before, "{site:?}: {undone:?}");
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn undo_refuses_without_a_receipt_or_while_others_use_it() {
    let mut iam = Iam::start(ACCOUNT);
    let inline = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } });
    let shells = some_shells(3);
    for case in each(&[shells.len(), CLIS.len()]) {
        iam.ask("reset");
        let site = Site::new(
            &iam,
            &example("text-and-audio"),
            shells[case[0]],
            CLIS[case[1]],
        );
        site.done("apply", &["--yes"]);
        site.refused(&mut iam, ("undo", &[]), 2, "there is no terminal to ask at");
        site.refused(
            &mut iam,
            ("undo", &["--no"]),
            2,
            "the option \"--no\" is unknown",
        );
        let receipt = site.receipt();
        std::fs::remove_file(site.folder.join("receipt.txt")).unwrap();
        site.refused(
            &mut iam,
            ("undo", &["--yes"]),
            2,
            "there is no receipt.txt beside this script",
        );
        site.write_receipt(&receipt);

        let other = iam.create_policy("SomebodyElses", "/");
        iam.create_role("SomebodyElses");
        iam.ask("save before");
        for (method, arguments, user) in [
            (
                "attach_role_policy",
                json!({ "RoleName": ROLE, "PolicyArn": other }),
                other.as_str(),
            ),
            (
                "attach_role_policy",
                json!({ "RoleName": "SomebodyElses", "PolicyArn": policy("S3") }),
                "SomebodyElses",
            ),
            (
                "put_role_policy",
                json!({ "RoleName": ROLE, "PolicyName": "Inline", "PolicyDocument": inline.to_string() }),
                "Inline",
            ),
        ] {
            iam.call(method, &arguments);
            let words = "something else uses what would be removed";
            let outcome = site.refused(&mut iam, ("undo", &["--yes"]), 2, words);
            let used = outcome.stdout.lines().any(|line| {
                line.trim_start()
                    .strip_prefix("used by:")
                    .is_some_and(|name| name.trim() == user)
            });
            assert!(used, "{user}: {outcome:?}");
            iam.ask("restore before");
        }

        // Without a receipt, only what is exactly this bundle's goes.
        std::fs::remove_file(site.folder.join("receipt.txt")).unwrap();
        iam.create_version(&policy("S3"), "b", true);
        site.done("undo", &["--yes", "--without-receipt"]);
        let state = iam.ask("state");
        assert!(state["roles"].get(ROLE).is_none(), "{state}");
        assert!(state["policies"].get(policy("S3")).is_some(), "{state}");
        assert_eq!(state["policies"].as_object().unwrap().len(), 2, "{state}");
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn undo_keeps_what_others_created_under_the_same_names() {
    let mut iam = Iam::start(ACCOUNT);
    let (request, shells) = (example("text-only"), some_shells(0));
    for case in each(&[shells.len(), CLIS.len()]) {
        let (runner, cli) = (shells[case[0]], CLIS[case[1]]);
        // A site whose apply got no answer when it created the role.
        let unanswered = |iam: &mut Iam| {
            iam.ask("reset");
            iam.take_calls(cli);
            let site = Site::new(iam, &request, runner, cli);
            // Who calls, and three comparisons come before.
            iam.mishap(cli, Some("5 refused"));
            assert_eq!(site.run("apply", &["--yes"]).code, 3);
            iam.mishap(cli, None);
            let last = format!("\ncreating: arn:aws:iam::{ACCOUNT}:role/{ROLE}");
            assert!(
                site.receipt().trim_end().ends_with(&last),
                "{}",
                site.receipt()
            );
            site
        };
        let keeps = |iam: &mut Iam, site: &Site| {
            let before = iam.ask("state")["roles"][ROLE].clone();
            let outcome = site.done("undo", &["--yes"]);
            assert!(
                outcome.stdout.contains("  keep      role "),
                "{site:?}: {outcome:?}"
            );
            let mut after = iam.ask("state")["roles"][ROLE].clone();
            after["attached"] = before["attached"].clone();
            assert_eq!(after, before, "{site:?}");
        };

        // Apply's role was deleted, and another created under another path.
        iam.ask("reset");
        let site = Site::new(&iam, &request, runner, cli);
        site.done("apply", &["--yes"]);
        iam.call(
            "detach_role_policy",
            &json!({ "RoleName": ROLE, "PolicyArn": policy("CloudWatchLogs") }),
        );
        iam.call("delete_role", &json!({ "RoleName": ROLE }));
        let arguments =
            json!({ "RoleName": ROLE, "Path": "/other/", "AssumeRolePolicyDocument": "{}" });
        iam.call("create_role", &arguments);
        keeps(&mut iam, &site);

        // Somebody else created another role, which `--update` changed.
        let site = unanswered(&mut iam);
        iam.create_role(ROLE);
        site.done("apply", &["--yes", "--update"]);
        keeps(&mut iam, &site);

        // Undo found nothing; then somebody else applied the same bundle.
        let site = unanswered(&mut iam);
        site.done("undo", &["--yes"]);
        Site::new(&iam, &request, RUNNERS[0], cli).done("apply", &["--yes"]);
        site.done("apply", &["--yes"]);
        keeps(&mut iam, &site);
    }
}

/// Answers to the question, and the exit code of each.
const ANSWERS: [(&str, i32); 6] = [
    ("no", 2),
    ("", 2),
    ("yess", 2),
    ("y", 0),
    ("YES", 0),
    ("yes", 0),
];

const QUESTION: &str = "\nRemove these 3 from account 111122223333? [y/N] ";

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn two_administrators_at_once_are_told_or_end_well() {
    const SHELLS: [Runner; 3] = [Runner::Shell(0), Runner::Shell(1), Runner::CmdExe];
    let mut iam = Iam::start(ACCOUNT);
    let request = example("text-and-audio");
    for round in 0..count(3, 6) {
        iam.ask("reset");
        let empty = iam.ask("state");
        let mut sites = [0, 1].map(|n| {
            Site::new(
                &iam,
                &request,
                SHELLS[(n + round) % 3],
                CLIS[(n + round) % 2],
            )
        });
        let outcomes = std::thread::scope(|scope| {
            let runs =
                [&sites[0], &sites[1]].map(|site| scope.spawn(|| site.run("apply", &["--yes"])));
            runs.map(|run| run.join().unwrap())
        });
        for outcome in outcomes.iter().filter(|outcome| outcome.code != 0) {
            assert_eq!(outcome.code, 3, "{outcome:?}");
            for words in ["(EntityAlreadyExists)", "Running this again is safe"] {
                assert!(outcome.stderr.contains(words), "{outcome:?}");
            }
        }
        for site in &mut sites {
            site.runner = SHELLS[0];
            site.done("apply", &["--yes"]);
        }
        let state = iam.ask("state");
        assert_eq!(
            state["roles"][ROLE]["attached"].as_array().map(Vec::len),
            Some(2),
            "{state}"
        );
        // Each removes what it created, and together that is all.
        for site in [&sites[1], &sites[0], &sites[1]] {
            let undone = site.run("undo", &["--yes"]);
            assert!([0, 2].contains(&undone.code), "{undone:?}");
        }
        assert_eq!(iam.ask("state"), empty, "round {round}");
    }
}
