//! The receipt: that every shell writes the same, that a disk that is full loses
//! nothing, and what `lexlogs receipt` makes of it.

use serde_json::{Value, json};

use crate::apply::{ACCOUNT, example, unpacked};
use crate::iam::{CLIS, Cli, Iam};
use crate::runner::{Outcome, RUNNERS, Runner};
use crate::support::{each, folder, lexlogs, request, text, unpack};

const SHELLS: [Runner; 3] = [Runner::Shell(0), Runner::Shell(1), Runner::CmdExe];

const ROLE: &str = "LexConversationLogsRole";

/// A bundle in the folder `bundle` and as `bundle.zip`, and the digest by which
/// its scripts know it.
fn bundle(place: &std::path::Path) -> String {
    let flags = [
        "--lex-version=v2",
        "--account-id=111122223333",
        "--region=us-east-1",
        "--log-group-name=x",
    ];
    for more in [["bundle", "-o", "bundle.zip"], ["render", "-o", "bundle"]] {
        let output = lexlogs(place, &[&more[..], &flags].concat());
        assert!(output.status.success(), "{output:?}");
    }
    let script = std::fs::read_to_string(place.join("bundle/apply.sh")).unwrap();
    let (_, digest) = script.split_once("\ndigest=").unwrap();
    digest[..64].to_owned()
}

/// A receipt of such a bundle with these lines on its steps.
fn receipt(digest: &str, steps: &[&str]) -> String {
    let arns = [
        "arn:aws:iam::111122223333:role/LexConversationLogsRole",
        "arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy",
        "arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy on LexConversationLogsRole",
    ];
    let steps: String = (1..)
        .zip(steps)
        .map(|(number, state)| format!("step-{number}: {state} {}\n", arns[number - 1]))
        .collect();
    format!(
        "\nreceipt: 1\nbundle-digest: {digest}\ntime: 2026-11-24T00:00:00Z\naccount: 111122223333\ncaller: arn:x\ncli: aws-cli/2\n{steps}"
    )
}

#[test]
fn a_receipt_says_whether_it_is_of_the_bundle_and_whether_all_is_done() {
    let place = folder();
    let digest = bundle(place.path());
    let done = receipt(&digest, &["created", "already there", "updated"]);
    let other = receipt(
        &digest.replace(char::is_numeric, "a"),
        &["created", "created", "created"],
    );
    let of_another_account = done.replace("account: 1", "account: 2");
    for (text_of_it, code, said) in [
        (done.clone(), 0, "all 3 steps are done\n"),
        (done.replace('\n', "\r\n"), 0, "all 3 steps are done\n"),
        (
            format!("{other}{done}"),
            0,
            "last run: 2026-11-24T00:00:00Z by arn:x with aws-cli/2\n",
        ),
        (other, 1, "the receipt is not of this bundle"),
        (of_another_account, 1, "the receipt is not of this bundle"),
        (
            receipt(&digest, &["created", "failed"]),
            1,
            "step 2: failed: arn:aws:iam::111122223333:policy/",
        ),
        (
            receipt(&digest, &["created", "creating"]),
            1,
            "step 2: begun, with no word of how it ended: ",
        ),
        (receipt(&digest, &["created"]), 1, "step 3: not tried: "),
        (
            receipt(&digest, &["not updated"]),
            1,
            "3 of 3 steps are not done\n",
        ),
        (
            done.clone() + &receipt(&digest, &["removed", "removed", "removed"]),
            1,
            "step 1: removed by undo: ",
        ),
        (
            receipt(&digest, &["created", "creating"]) + &done,
            0,
            "all 3 steps are done\n",
        ),
        (
            done.replace("role/Lex", "role/lex"),
            1,
            "step 1: not tried: ",
        ),
    ] {
        std::fs::write(place.path().join("receipt.txt"), &text_of_it).unwrap();
        for bundle in ["bundle", "bundle.zip"] {
            let output = lexlogs(place.path(), &["receipt", bundle, "receipt.txt"]);
            assert_eq!(output.status.code(), Some(code), "{text_of_it}: {output:?}");
            assert!(text(&output.stdout).contains(said), "{said}: {output:?}");
            assert_eq!(text(&output.stderr), "");
        }
    }
}

#[test]
fn what_is_no_receipt_and_what_is_no_bundle_is_told() {
    let place = folder();
    bundle(place.path());
    let write = |name: &str, text: &str| std::fs::write(place.path().join(name), text).unwrap();
    write("empty.txt", "");
    write("newer.txt", "receipt: 2\n");
    write("other.zip", "PK");
    std::fs::create_dir(place.path().join("folder")).unwrap();
    for (arguments, code, said) in [
        (
            ["bundle", "empty.txt"],
            2,
            "empty.txt: it is not a receipt: it has no line `receipt: 1`",
        ),
        (
            ["bundle", "newer.txt"],
            2,
            "newer.txt: it is not a receipt: it is of the format `2`",
        ),
        (
            ["folder", "empty.txt"],
            2,
            "folder: it is not a bundle: there is neither manifest.json nor request.json in it",
        ),
        (["other.zip", "empty.txt"], 2, "other.zip: it is not a zip"),
        (["bundle", "absent.txt"], 3, "cannot read absent.txt"),
        (["absent.zip", "empty.txt"], 3, "cannot read absent.zip"),
    ] {
        let output = lexlogs(place.path(), &[&["receipt"], &arguments[..]].concat());
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        assert!(text(&output.stderr).contains(said), "{said}: {output:?}");
        assert_eq!(text(&output.stdout), "");
    }
}

#[test]
fn the_digest_in_the_scripts_is_that_of_lines_of_sha256sums() {
    let place = folder();
    let request = request([
        ("lex-version", "v2"),
        ("account-id", ACCOUNT),
        ("region", "us-east-1"),
        ("log-group-name", "x"),
        ("tags", "a=b"),
    ]);
    unpack(&crate::support::bundle(&request), place.path());
    let sums = std::fs::read_to_string(place.path().join("SHA256SUMS")).unwrap();
    let lines: String = sums
        .lines()
        .filter(|line| line[66..].starts_with("Lex") || &line[66..] == "request.json")
        .map(|line| format!("{line}\n"))
        .collect();
    let digest = lexlogs::render::sha256(lines.as_bytes());
    for (name, line) in [
        ("apply.sh", format!("\ndigest={digest} ")),
        ("undo.cmd", format!("set \"DIGEST={digest}\"\r\n")),
    ] {
        let script = std::fs::read_to_string(place.path().join(name)).unwrap();
        assert!(script.contains(&line), "{name}: {line}");
    }
}

/// The lines of a receipt, the clock and the AWS CLI left out.
fn lines(receipt: &str) -> Vec<&str> {
    let lines = receipt
        .lines()
        .filter(|line| !line.starts_with("time: ") && !line.starts_with("cli: "));
    lines.collect()
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn every_shell_writes_the_same_receipt_and_the_requester_reads_it() {
    let mut iam = Iam::start(ACCOUNT);
    let request = example("text-and-audio");
    let mut receipts = Vec::new();
    let before = now();
    for case in each(&[RUNNERS.len(), CLIS.len()]) {
        let (runner, cli) = (RUNNERS[case[0]], CLIS[case[1]]);
        iam.ask("reset");
        let place = folder();
        let folder = unpacked(&request, place.path());
        let (aws, settings) = (iam.aws(cli), iam.settings());
        let run = |script: &str, arguments: &[&str]| -> Outcome {
            runner.run(&folder, script, arguments, &aws, &settings)
        };
        let verdict = |code| {
            let arguments = ["receipt", ".", "receipt.txt", "--json"];
            let output = lexlogs(&folder, &arguments);
            assert_eq!(output.status.code(), Some(code), "{runner:?}: {output:?}");
            serde_json::from_slice::<Value>(&output.stdout).unwrap()
        };
        assert_eq!(run("apply", &[]).code, 0);
        let json = verdict(0);
        assert_eq!(
            (&json["belongs"], &json["done"]),
            (&json!(true), &json!(true))
        );
        assert_eq!(json["steps"][4]["state"], "created");
        let version = if cli == Cli::V1 {
            "aws-cli/1.45.11"
        } else {
            "aws-cli/2.9.19"
        };
        assert_eq!(json["cli"], version, "{runner:?}");
        let time = json["time"].as_str().unwrap();
        assert!(
            time >= before.as_str() && time.ends_with('Z') && time.len() == 20,
            "{runner:?}: {time}"
        );

        iam.call("detach_role_policy", &json!({ "RoleName": ROLE, "PolicyArn": format!("arn:aws:iam::{ACCOUNT}:policy/LexConversationLogsS3Policy") }));
        iam.call("update_assume_role_policy", &json!({ "RoleName": ROLE, "PolicyDocument": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}" }));
        assert_eq!(run("apply", &["--update"]).code, 0);
        let json = verdict(0);
        assert_eq!(json["steps"][0]["state"], "updated");
        assert_eq!(json["steps"][1]["state"], "already-there");
        assert_eq!(run("undo", &["--yes"]).code, 0);
        assert_eq!(verdict(1)["done"], false);
        let receipt = std::fs::read_to_string(folder.join("receipt.txt")).unwrap();
        receipts.push((runner, receipt));
    }
    for (runner, receipt) in &receipts {
        assert_eq!(lines(receipt), lines(&receipts[0].1), "{runner:?}");
    }
}

/// The time in UTC, as a receipt writes it.
fn now() -> String {
    let output = std::process::Command::new("date")
        .args(["-u", "+%Y-%m-%dT%H:%M:%SZ"])
        .output();
    text(&output.unwrap().stdout).trim_end().to_owned()
}

#[test]
#[ignore = "needs the real shells and Wine: run tests/run"]
fn a_receipt_that_cannot_be_written_stops_the_script_and_nothing_is_lost() {
    let mut iam = Iam::start(ACCOUNT);
    let request = example("text-only");
    for runner in SHELLS {
        iam.ask("reset");
        let place = folder();
        let folder = unpacked(&request, place.path());
        let (aws, settings) = (iam.aws(Cli::V1), iam.settings());
        let run = |script: &str, arguments: &[&str]| -> Outcome {
            runner.run(&folder, script, arguments, &aws, &settings)
        };
        let empty = iam.ask("state");
        // A disk that is full from the start.
        let receipt = folder.join("receipt.txt");
        std::os::unix::fs::symlink("/dev/full", &receipt).unwrap();
        let outcome = run("apply", &[]);
        assert_eq!(outcome.code, 2, "{runner:?}: {outcome:?}");
        assert!(
            outcome
                .stderr
                .contains("receipt.txt cannot be written in this folder"),
            "{outcome:?}"
        );
        assert_eq!(iam.ask("state"), empty);
        std::fs::remove_file(&receipt).unwrap();
        std::fs::create_dir(&receipt).unwrap();
        let outcome = run("apply", &[]);
        assert_eq!(outcome.code, 2, "{runner:?}: {outcome:?}");
        assert_eq!(iam.ask("state"), empty);
        std::fs::remove_dir(&receipt).unwrap();
        assert_eq!(run("apply", &[]).code, 0);
        assert_eq!(run("undo", &["--yes"]).code, 0);
        assert_eq!(iam.ask("state"), empty);
    }
}
