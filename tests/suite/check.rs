//! What `check` reports after `apply`, and what both compare beside what apply creates: the log group, the bucket, a role
//! that must exist, a boundary that was not requested.

use serde_json::json;

use crate::apply::{ACCOUNT, example};
use crate::drift::ROLE;
use crate::iam::{CLIS, Cli, Iam};
use crate::runner::{Outcome, RUNNERS, Runner, shells, some_shells};
use crate::site::Site;
use crate::support::{each, full};

const IN_PLACE: &str = "\nThe role and policies are in place.\n";

fn create_group(iam: &mut Iam, name: &str) {
    let arguments = json!({ "logGroupName": name });
    iam.ask(&format!("call logs create_log_group {arguments}"));
}

fn create_bucket(iam: &mut Iam, region: Option<&str>) {
    let mut arguments = json!({ "Bucket": "support-bot-audio-logs" });
    if let Some(region) = region {
        arguments["CreateBucketConfiguration"] = json!({ "LocationConstraint": region });
    }
    iam.ask(&format!("call s3 create_bucket {arguments}"));
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn check_agrees_with_apply_and_names_what_is_missing() {
    let mut iam = Iam::start(ACCOUNT);
    for case in each(&[shells().len(), CLIS.len()]) {
        iam.ask("reset");
        let site = Site::new(
            &iam,
            &example("text-and-audio"),
            shells()[case[0]],
            CLIS[case[1]],
        );
        // A check that must end with this exit code and these words, and change nothing.
        let check = |iam: &mut Iam, code: i32, end: &str| -> Outcome {
            let before = iam.ask("state");
            let outcome = site.run("check", &[]);
            let ended = (outcome.code, outcome.stderr.as_str());
            assert_eq!(ended, (code, ""), "{site:?}: {outcome:?}");
            assert!(
                outcome.stdout.ends_with(end),
                "{site:?}: {end}: {outcome:?}"
            );
            assert_eq!(iam.ask("state"), before, "{site:?}");
            outcome
        };
        let count =
            |outcome: &Outcome, word: &str| outcome.stdout.matches(&format!("\n  {word}")).count();

        let empty = check(&mut iam, 1, "\nNot in place.\n");
        assert_eq!(count(&empty, "missing   "), 7, "{empty:?}");
        site.done("apply", &["--yes"]);
        let group = "log group /lex/support-bot";
        let still = |what: &str| {
            format!("{IN_PLACE}Still missing: {what} (create it before you switch logs on).\n")
        };
        let both = format!("{group}, bucket support-bot-audio-logs");
        let applied = check(&mut iam, 0, &still(&both));
        assert_eq!(count(&applied, "in place  "), 5, "{applied:?}");
        create_bucket(&mut iam, None);
        // Another log group's name starts with that name.
        create_group(&mut iam, "/lex/support-bot/too");
        check(&mut iam, 0, &still(group));
        create_group(&mut iam, "/lex/support-bot");
        let complete = check(&mut iam, 0, IN_PLACE);
        assert_eq!(count(&complete, "in place  "), 7, "{complete:?}");
        let name = json!({ "Bucket": "support-bot-audio-logs" });
        iam.ask(&format!("call s3 delete_bucket {name}"));
        create_bucket(&mut iam, Some("eu-west-1"));
        let elsewhere = check(&mut iam, 1, "\nNot in place.\n");
        let lines = "  differs   bucket support-bot-audio-logs\n      in the account:  eu-west-1\n      in the bundle:   us-east-1\n";
        assert!(elsewhere.stdout.contains(lines), "{site:?}: {elsewhere:?}");
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn check_stops_at_an_error_and_accepts_a_denied_look() {
    let mut iam = Iam::start(ACCOUNT);
    let mut site = Site::new(&iam, &example("text-and-audio"), RUNNERS[0], Cli::V1);
    create_group(&mut iam, "/lex/support-bot");
    create_bucket(&mut iam, None);
    site.done("apply", &["--yes"]);
    iam.take_calls(Cli::V1);
    site.done("check", &[]);
    let calls = iam.take_calls(Cli::V1).len();
    assert_eq!(calls, 11);
    let mut faulty = |runner: Runner, call: usize, error: &str, code: i32, words: &str| {
        iam.ask(&format!("fault {call} {error}"));
        site.runner = runner;
        let outcome = site.run("check", &[]);
        assert_eq!(iam.ask("unfault"), true);
        assert_eq!(outcome.code, code, "{runner:?}, {call}: {outcome:?}");
        let all = format!("{}{}", outcome.stdout, outcome.stderr);
        assert!(all.contains(words), "{runner:?}, {call}: {outcome:?}");
    };
    for case in each(&[shells().len(), calls]) {
        let (runner, call) = (shells()[case[0]], case[1] + 1);
        let code = if call == 1 { 2 } else { 3 };
        faulty(runner, call, "Throttling", code, "(Throttling)");
    }
    for case in each(&[shells().len(), 2]) {
        let (call, what) = [
            (calls - 1, "log group /lex/support-bot"),
            (calls, "bucket support-bot-audio-logs"),
        ][case[1]];
        faulty(
            shells()[case[0]],
            call,
            "AccessDenied",
            0,
            &format!("  unknown   {what}\n"),
        );
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn an_existing_role_must_trust_lex_and_is_never_changed() {
    let mut iam = Iam::start(ACCOUNT);
    let shells = some_shells(1);
    for case in each(&[shells.len(), CLIS.len()]) {
        iam.ask("reset");
        let site = Site::new(
            &iam,
            &example("existing-role"),
            shells[case[0]],
            CLIS[case[1]],
        );
        let refused = |iam: &mut Iam, code: i32, words: &str| {
            for (script, arguments) in [("apply", &["--update", "--yes"][..]), ("check", &[])] {
                let outcome = site.refused(iam, (script, arguments), code, words);
                let expected = format!("{script}: {words}\nNothing was changed.\n");
                assert_eq!(outcome.stderr, expected, "{site:?}");
            }
        };
        let absent = "the role SupportBotRole does not exist, and this bundle does not create it.";
        refused(&mut iam, 2, absent);
        iam.create_role("SupportBotRole");
        let distrustful = "no statement of its trust policy lets lexv2.amazonaws.com assume the role SupportBotRole.";
        refused(&mut iam, 1, distrustful);
        iam.call("delete_role", &json!({ "RoleName": "SupportBotRole" }));
        iam.create_bot_role("SupportBotRole");
        let before = iam.ask("state")["roles"]["SupportBotRole"]["trust"].clone();
        for (script, arguments) in [("apply", &["--update", "--yes"][..]), ("check", &[])] {
            let outcome = site.done(script, arguments);
            let in_place = "  in place  role SupportBotRole\n";
            assert!(outcome.stdout.contains(in_place), "{site:?}: {outcome:?}");
        }
        assert_eq!(iam.ask("state")["roles"]["SupportBotRole"]["trust"], before);
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_boundary_that_was_not_requested_is_noted_and_kept() {
    let mut iam = Iam::start(ACCOUNT);
    let mut site = Site::new(&iam, &example("text-only"), RUNNERS[0], Cli::V2);
    site.done("apply", &["--yes"]);
    let arn = "arn:aws:iam::111122223333:policy/Boundary";
    let note = format!("  in place  role {ROLE}\n      its permissions boundary is {arn}\n");
    let unnoted = site.done("check", &[]);
    assert!(!unnoted.stdout.contains("boundary"), "{unnoted:?}");
    let arguments = json!({ "RoleName": ROLE, "PermissionsBoundary": arn });
    iam.call("put_role_permissions_boundary", &arguments);
    let bounded = iam.ask("state");
    for (index, runner) in shells().iter().copied().enumerate() {
        let scripts = [("check", &[][..]), ("apply", &["--update", "--yes"])];
        for (number, (script, arguments)) in scripts.into_iter().enumerate() {
            if full() || number == index % 2 {
                site.runner = runner;
                let outcome = site.done(script, arguments);
                assert!(outcome.stdout.contains(&note), "{runner:?}: {outcome:?}");
                assert_eq!(iam.ask("state"), bounded);
            }
        }
    }
}
