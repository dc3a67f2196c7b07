//! What custom templates make.

use std::fs;
use std::path::Path;

use super::{
    PLAIN_TICKET, bundle, change, config, exported, parameters, with_header_and_step, write,
};
use crate::apply::ACCOUNT;
use crate::examples::DIGESTS;
use crate::iam::{Cli, Iam};
use crate::recording::RecordingAws;
use crate::runner::{Outcome, Runner, shells};
use crate::support::{lexlogs, text};

/// A ticket that would do harm wherever it stood without quotes.
const TICKET: &str = "CHG 0042 $(id >&2)'`id`\\";

#[test]
fn what_was_exported_and_not_changed_makes_the_same_bytes() {
    let place = exported();
    let known = DIGESTS
        .iter()
        .find(|(name, _)| *name == "text-and-audio")
        .unwrap()
        .1;
    let config = config();
    let arguments = [&config, "--templates", "own", "-o", "a.zip"];
    let output = bundle(place.path(), &arguments);
    assert_eq!(text(&output.stdout), format!("{known}  a.zip\n"));
    // As Git has them on Windows, some of them gone, others beside them.
    for name in ["bash/apply.sh", "cmd/apply.cmd", "docs/README.md"] {
        let path = place.path().join("own").join(name);
        let crlf = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
        fs::write(&path, format!("\u{feff}{crlf}")).unwrap();
    }
    fs::remove_file(place.path().join("own/cmd/undo.cmd")).unwrap();
    fs::remove_dir_all(place.path().join("own/pages")).unwrap();
    fs::create_dir(place.path().join("own/.git")).unwrap();
    fs::write(place.path().join("own/.git/config"), "x").unwrap();
    let output = bundle(place.path(), &[&arguments[..4], &["b.zip"]].concat());
    assert_eq!(
        text(&output.stdout),
        format!("{known}  b.zip\n"),
        "{}",
        text(&output.stderr)
    );
    // What is said at the end is no part of it.
    write(
        place.path(),
        "docs/next.txt",
        "Send it to the desk, with ticket {{ custom.ticket }}.\n",
    );
    let more = [&arguments[..4], &["c.zip", "--custom", "ticket=CHG1"]].concat();
    let output = bundle(place.path(), &more);
    assert!(
        text(&output.stderr).ends_with("\n\nSend it to the desk, with ticket CHG1.\n"),
        "{}",
        text(&output.stderr)
    );
    let listed = fs::read(place.path().join("c.zip")).unwrap();
    let needle = b"\"templates\"";
    assert!(!listed.windows(needle.len()).any(|part| part == needle));
}

#[test]
fn the_steps_in_the_script_print_the_ticket_as_it_is() {
    let place = exported();
    with_header_and_step(place.path());
    change(
        place.path(),
        "cmd/apply.cmd",
        "echo ticket=[{{ custom.ticket | cmd }}]\n",
        "",
    );
    parameters(place.path(), TICKET);
    let out = lexlogs(
        place.path(),
        &["render", "lexlogs.toml", "--templates", "own", "-o", "in"],
    );
    assert!(out.status.success(), "{}", text(&out.stderr));
    let script = fs::read_to_string(place.path().join("in/apply.sh")).unwrap();
    assert!(
        script.starts_with(&format!(
            "#!/bin/sh\n# Ticket: {TICKET}\n# Lets Amazon Lex V2 "
        )),
        "{script}"
    );
    let aws = RecordingAws::new();
    aws.say_account(ACCOUNT);
    let bundle = place.path().join("in");
    let outcome = Runner::Shell(0).run(&bundle, "apply", &["--dry-run"], aws.path(), &[]);
    assert!(outcome.is_done(), "{outcome:?}");
    assert!(
        outcome
            .stdout
            .contains(&format!("\nticket=[{TICKET}] by Ann $HOME\n")),
        "{outcome:?}"
    );
}

/// What a script did that has one more step.
fn applied(runner: Runner, iam: &Iam, bundle: &Path) -> Outcome {
    let outcome = runner.run(
        bundle,
        "apply",
        &["--yes"],
        &iam.aws(Cli::V1),
        &iam.settings(),
    );
    assert!(outcome.is_done(), "{runner:?}: {outcome:?}");
    outcome
}

#[test]
#[ignore = "needs the AWS CLI, IAM server, all shells and Wine: run tests/run"]
fn the_scripts_with_one_more_step_do_what_the_others_do() {
    let place = exported();
    with_header_and_step(place.path());
    parameters(place.path(), PLAIN_TICKET);
    let mut iam = Iam::start(ACCOUNT);
    for (index, runner) in shells().iter().copied().enumerate() {
        iam.ask("reset");
        let out = format!("in{index}");
        let made = lexlogs(
            place.path(),
            &["render", "lexlogs.toml", "--templates", "own", "-o", &out],
        );
        assert!(made.status.success(), "{}", text(&made.stderr));
        let outcome = applied(runner, &iam, &place.path().join(&out));
        let printed = match runner {
            Runner::Shell(_) => format!("\nticket=[{PLAIN_TICKET}] by Ann $HOME\n"),
            // echo prints the quotes, too.
            Runner::CmdExe | Runner::CmdBatch => format!("\nticket=[\"{PLAIN_TICKET}\"]\n"),
        };
        assert!(outcome.stdout.contains(&printed), "{runner:?}: {outcome:?}");
        assert!(
            outcome.stdout.contains("\nDone. receipt.txt lists "),
            "{outcome:?}"
        );
        assert!(
            iam.ask("state")
                .to_string()
                .contains("LexConversationLogsS3Policy"),
            "{runner:?}"
        );
    }
}
