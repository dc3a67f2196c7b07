//! The administrators' commands, in an account.

use std::fs;
use std::path::{Path, PathBuf};

use super::{command, of_language, run};
use crate::iam::{Cli, Iam};
use crate::runner::{Runner, bash};
use crate::support::{folder, lexlogs, root};

/// An account with what the logs of the README's bundle are written to.
fn account() -> Iam {
    let mut iam = Iam::start("111122223333");
    iam.ask(r#"call logs create_log_group {"logGroupName": "/lex/support-bot"}"#);
    iam.ask(r#"call s3 create_bucket {"Bucket": "support-bot-audio-logs"}"#);
    iam
}

/// The README's bundle, unpacked into a folder beside its zip.
fn unpacked(place: &Path) -> PathBuf {
    let config = root().join("examples/text-and-audio/lexlogs.toml");
    let config = config.to_str().unwrap();
    for arguments in [
        ["bundle", config, "-o", "request.zip"],
        ["render", config, "-o", "bundle"],
    ] {
        assert!(lexlogs(place, &arguments).status.success());
    }
    place.join("bundle")
}

#[test]
#[ignore = "needs the AWS CLI and IAM server: run tests/run"]
fn the_commands_of_administrators_and_the_receipt_work() {
    let iam = account();
    let place = folder();
    let bundle = unpacked(place.path());
    let (aws, settings) = (iam.aws(Cli::V1), iam.settings());
    let block = of_language("sh");
    let block = block.iter().find(|block| block.starts_with("sh apply.sh "));
    // No terminal is here to ask at.
    let typed = block.unwrap().replace("apply.sh\n", "apply.sh --yes\n");
    bash(&typed, &bundle, &aws, &settings);
    let programs = folder();
    let program = env!("CARGO_BIN_EXE_lexlogs");
    std::os::unix::fs::symlink(program, programs.path().join("lexlogs")).unwrap();
    fs::copy(bundle.join("receipt.txt"), place.path().join("receipt.txt")).unwrap();
    let (code, printed) = run(&command("lexlogs receipt "), place.path(), programs.path());
    assert_eq!(code, Some(0), "{printed}");
}

#[test]
#[ignore = "needs the AWS CLI, IAM server and Wine: run tests/run"]
fn the_administrators_commands_run_on_windows() {
    let iam = account();
    let place = folder();
    let bundle = unpacked(place.path());
    for line in of_language("bat").concat().lines() {
        let (script, arguments) = line.split_once(".cmd").unwrap();
        let mut arguments: Vec<&str> = arguments.split_whitespace().collect();
        // No terminal is here to ask at.
        if line == "apply.cmd" {
            arguments.push("--yes");
        }
        let (aws, settings) = (iam.aws(Cli::V2), iam.settings());
        let outcome = Runner::CmdExe.run(&bundle, script, &arguments, &aws, &settings);
        assert!(outcome.is_done(), "{line}: {outcome:?}");
    }
}
