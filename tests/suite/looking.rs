//! What `check` and `apply` look at beside what apply makes: where the logs go,
//! a role that must be there, a boundary that nobody asked for.

use serde_json::json;

use crate::apply::{ACCOUNT, example, unpacked};
use crate::drift::{ROLE, SHELLS, bundle_of_everything, create_targets};
use crate::iam::{Cli, Iam};
use crate::support::{folder, full};

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn check_looks_at_what_logs_are_written_to() {
    let mut iam = Iam::start(ACCOUNT);
    for (shell, runner) in SHELLS.into_iter().enumerate() {
        iam.ask("reset");
        create_targets(&mut iam);
        let place = folder();
        let folder = unpacked(&bundle_of_everything(), place.path());
        let (aws, settings) = (iam.aws(Cli::V1), iam.settings());
        let run = |script: &str| runner.run(&folder, script, &[], &aws, &settings);
        assert_eq!(run("apply").code, 0);
        let calls = iam.take_calls(Cli::V1);
        assert!(!calls.is_empty());
        assert_eq!(run("check").code, 0);
        let looks = iam.take_calls(Cli::V1).len();

        // It is in another Region, and there is none with the whole name.
        iam.ask(r#"call s3 delete_bucket {"Bucket": "audio-logs"}"#);
        iam.ask(r#"call s3 create_bucket {"Bucket": "audio-logs", "CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}}"#);
        iam.ask(r#"call logs delete_log_group {"logGroupName": "/lex/bot"}"#);
        let outcome = run("check");
        assert_eq!(outcome.code, 1, "{outcome:?}");
        let list = "\nNot in place:\n  absent: the log group /lex/bot\n  different: the bucket audio-logs\n";
        assert!(outcome.stdout.ends_with(list), "{outcome:?}");
        assert!(
            outcome.stdout.contains("  different: Region eu-west-1\n"),
            "{outcome:?}"
        );

        iam.ask(r#"call s3 delete_bucket {"Bucket": "audio-logs"}"#);
        let outcome = run("check");
        let list =
            "\nNot in place:\n  absent: the log group /lex/bot\n  absent: the bucket audio-logs\n";
        assert!(outcome.stdout.ends_with(list), "{outcome:?}");

        // Who may not look is told so, and nothing is made of it.
        create_targets_anew(&mut iam);
        for call in [looks - 1, looks] {
            iam.ask(&format!("fault {call} AccessDenied"));
            let outcome = run("check");
            assert_eq!(iam.ask("unfault"), true);
            assert_eq!(outcome.code, 0, "{outcome:?}");
            assert!(
                outcome.stdout.contains("  could not be looked at: "),
                "{outcome:?}"
            );
            assert!(outcome.stderr.contains("check: warning: "), "{outcome:?}");
        }
        // Anything else is no answer.
        for call in 1..=looks {
            // Each call fails in one of the shells.
            if !full() && call % SHELLS.len() != shell {
                continue;
            }
            iam.ask(&format!("fault {call} Throttling"));
            let outcome = run("check");
            assert_eq!(iam.ask("unfault"), true);
            let code = if call == 1 { 2 } else { 3 };
            assert_eq!(outcome.code, code, "{call}: {outcome:?}");
        }
    }
}

fn create_targets_anew(iam: &mut Iam) {
    iam.ask(r#"call logs create_log_group {"logGroupName": "/lex/bot"}"#);
    iam.ask(r#"call s3 create_bucket {"Bucket": "audio-logs"}"#);
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_role_that_must_be_there_is_looked_at_and_never_changed() {
    let mut iam = Iam::start(ACCOUNT);
    let request = example("existing-role");
    for runner in SHELLS {
        iam.ask("reset");
        let place = folder();
        let folder = unpacked(&request, place.path());
        let (aws, settings) = (iam.aws(Cli::V1), iam.settings());
        let run = |script: &str, arguments: &[&str]| {
            runner.run(&folder, script, arguments, &aws, &settings)
        };
        let empty = iam.ask("state");
        let outcome = run("apply", &["--update"]);
        assert_eq!(outcome.code, 2, "{outcome:?}");
        assert!(
            outcome
                .stderr
                .contains("the role SupportBotRole is not there"),
            "{outcome:?}"
        );
        assert_eq!(iam.ask("state"), empty);

        iam.create_role("SupportBotRole");
        let other = iam.ask("state");
        let outcome = run("apply", &["--update"]);
        assert_eq!(outcome.code, 1, "{outcome:?}");
        let said = "  different: no statement lets lexv2.amazonaws.com assume the role\n";
        assert!(outcome.stdout.contains(said), "{outcome:?}");
        assert_eq!(iam.ask("state"), other);
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_boundary_that_nobody_asked_for_is_told_and_left() {
    let mut iam = Iam::start(ACCOUNT);
    iam.ask(r#"call logs create_log_group {"logGroupName": "/lex/support-bot"}"#);
    iam.create_role("SomebodyElses");
    iam.ask("save empty");
    for runner in SHELLS {
        iam.ask("restore empty");
        let place = folder();
        let folder = unpacked(&example("text-only"), place.path());
        let (aws, settings) = (iam.aws(Cli::V2), iam.settings());
        let run = |script: &str, arguments: &[&str]| {
            runner.run(&folder, script, arguments, &aws, &settings)
        };
        let note = "  note: PermissionsBoundary arn:aws:iam::111122223333:policy/Boundary\n";
        let applied = run("apply", &[]);
        assert!(
            applied.code == 0 && !applied.stdout.contains("note:"),
            "{applied:?}"
        );
        let checked = run("check", &[]);
        assert!(
            checked.code == 0 && !checked.stdout.contains("note:"),
            "{checked:?}"
        );
        let arn = "arn:aws:iam::111122223333:policy/Boundary";
        let arguments = json!({ "RoleName": ROLE, "PermissionsBoundary": arn });
        iam.call("put_role_permissions_boundary", &arguments);
        let bounded = iam.ask("state");
        for (script, arguments) in [("check", &[][..]), ("apply", &["--update"])] {
            let outcome = run(script, arguments);
            assert_eq!(outcome.code, 0, "{runner:?}: {outcome:?}");
            assert!(outcome.stdout.contains(note), "{runner:?}: {outcome:?}");
            assert_eq!(iam.ask("state"), bounded);
        }
    }
}
