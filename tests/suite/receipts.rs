//! The receipt: that every shell writes the same, that nothing is lost when a
//! script is killed or the disk is full, and what `lexlogs receipt` reports.

use std::os::unix::fs::symlink;

use serde_json::{Value, json};

use crate::apply::{ACCOUNT, example};
use crate::iam::{CLIS, Cli, Iam};
use crate::runner::{RUNNERS, Runner, shells};
use crate::site::Site;
use crate::support::{SHELLS, each, folder, lexlogs, names, of_v2, text, unpack};
use crate::terminal::at_terminal;
use crate::undo::{ROLE, policy};
use crate::wine::windows_path;

#[test]
fn the_digest_in_the_scripts_is_that_of_lines_of_sha256sums() {
    let place = folder();
    let request = of_v2(&[("log-group-name", "x"), ("tags", "a=b")]);
    unpack(&crate::support::bundle(&request), place.path());
    let sums = std::fs::read_to_string(place.path().join("SHA256SUMS")).unwrap();
    let of_documents = |line: &&str| line[66..].starts_with("Lex") || &line[66..] == "request.json";
    let lines = sums.lines().filter(of_documents);
    let lines: String = lines.map(|line| format!("{line}\n")).collect();
    let digest = lexlogs::digest::sha256(lines.as_bytes());
    for name in ["apply.sh", "apply.cmd", "undo.sh", "undo.cmd"] {
        let script = std::fs::read_to_string(place.path().join(name)).unwrap();
        assert_eq!(script.matches(&digest).count(), 1, "{name}");
    }
}

/// The lines of a receipt, except the times.
fn lines(receipt: &str) -> Vec<&str> {
    let lines = receipt.lines();
    lines.filter(|line| !line.starts_with("time: ")).collect()
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn every_shell_writes_the_same_receipt_and_lexlogs_reads_it() {
    let mut iam = Iam::start(ACCOUNT);
    let request = example("text-and-audio");
    let mut receipts = Vec::new();
    let before = now();
    for case in each(&[shells().len(), CLIS.len()]) {
        iam.ask("reset");
        let site = Site::new(&iam, &request, shells()[case[0]], CLIS[case[1]]);
        let verdict = |code| {
            let output = lexlogs(&site.folder, &["receipt", ".", "receipt.txt", "--json"]);
            assert_eq!(output.status.code(), Some(code), "{site:?}: {output:?}");
            serde_json::from_slice::<Value>(&output.stdout).unwrap()
        };
        site.done("apply", &["--yes"]);
        let json = verdict(0);
        assert_eq!([&json["belongs"], &json["done"]], [true, true]);
        assert_eq!(json["steps"][4]["state"], "created");
        assert_eq!(json["caller"], "arn:aws:sts::111122223333:user/moto");
        let time = json["time"].as_str().unwrap();
        if matches!(site.runner, Runner::Shell(_)) {
            assert!(
                time >= before.as_str() && time.ends_with('Z') && time.len() == 20,
                "{site:?}: {time}"
            );
        } else {
            // As Windows writes it.
            assert!(
                time.len() > 15 && time.contains(&before[..4]),
                "{site:?}: {time}"
            );
        }

        let statement = json!([{ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }]);
        let trust = json!({ "Version": "2012-10-17", "Statement": statement }).to_string();
        iam.call(
            "detach_role_policy",
            &json!({ "RoleName": ROLE, "PolicyArn": policy("S3") }),
        );
        iam.call(
            "update_assume_role_policy",
            &json!({ "RoleName": ROLE, "PolicyDocument": trust }),
        );
        site.done("apply", &["--update", "--yes"]);
        let json = verdict(0);
        assert_eq!(json["steps"][0]["state"], "updated");
        assert_eq!(json["steps"][1]["state"], "in-place");
        site.done("undo", &["--yes"]);
        assert_eq!(verdict(1)["done"], false);
        receipts.push((site.runner, site.receipt()));
    }
    for (runner, receipt) in &receipts {
        assert_eq!(lines(receipt), lines(&receipts[0].1), "{runner:?}");
    }
    // Each call is announced before it is made.
    let first = lines(&receipts[0].1);
    for pair in first
        .windows(2)
        .filter(|pair| pair[1].starts_with("created: "))
    {
        assert_eq!(
            pair[0].replace("creating: ", "created: "),
            pair[1],
            "{first:?}"
        );
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
fn a_receipt_that_cannot_be_written_stops_the_script() {
    let mut iam = Iam::start(ACCOUNT);
    for case in each(&[shells().len(), CLIS.len()]) {
        let site = Site::new(
            &iam,
            &example("text-only"),
            shells()[case[0]],
            CLIS[case[1]],
        );
        let receipt = site.folder.join("receipt.txt");
        let refused = |iam: &mut Iam| {
            site.refused(
                iam,
                ("apply", &["--yes"]),
                2,
                "receipt.txt cannot be written in this folder",
            );
        };
        // A full disk; a folder where nothing can be created (root could write into any); a folder of that name.
        for target in ["/dev/full", "absent/receipt.txt"] {
            symlink(target, &receipt).unwrap();
            refused(&mut iam);
            std::fs::remove_file(&receipt).unwrap();
        }
        std::fs::create_dir(&receipt).unwrap();
        refused(&mut iam);
    }
}

/// Text that a shell would run or replace if it ever took it for a command.
const HOSTILE: [&str; 16] = [
    "a&echo x>pwned&",
    "a\"&echo x>pwned&\"",
    "\"&echo x>pwned&",
    "\" & echo x>pwned & \"b\"",
    "a|echo x>pwned|",
    ">pwned",
    "<pwned",
    ")&echo x>pwned&(",
    "%TEMP%&echo x>pwned",
    "!TEMP!&echo x>pwned",
    "^&echo x^>pwned",
    "`touch pwned`",
    "$(touch pwned)",
    "';touch pwned;'",
    "*?",
    "\"",
];

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn nothing_in_a_receipt_is_ever_run() {
    let mut iam = Iam::start(ACCOUNT);
    let request = crate::faults::everything(1);
    let hostile = HOSTILE.iter().flat_map(|text| {
        let role = format!("created: arn:aws:iam::{ACCOUNT}:role/team/{ROLE}");
        [
            format!("{text}\n"),
            format!("created: {text}\n"),
            format!("creating: {text}: {text}\n"),
            format!("{role}{text}\n"),
            format!("{text}{role}\n"),
        ]
    });
    let hostile: String = hostile.collect();
    for case in each(&[shells().len(), CLIS.len()]) {
        iam.ask("reset");
        let empty = iam.ask("state");
        let site = Site::new(&iam, &request, shells()[case[0]], CLIS[case[1]]);
        site.write_receipt(&hostile);
        let files = names(&site.folder);
        // What others created stays: no line above names it exactly.
        iam.create_role(ROLE);
        let theirs = iam.ask("state");
        site.done("undo", &["--yes"]);
        assert_eq!(iam.ask("state"), theirs, "{site:?}");
        iam.ask("reset");
        site.done("apply", &["--yes"]);
        site.write_receipt(&format!("{}{hostile}", site.receipt()));
        site.done("apply", &["--yes"]);
        site.done("undo", &["--yes"]);
        assert_eq!(iam.ask("state"), empty, "{site:?}");
        assert_eq!(names(&site.folder), files, "{site:?}");
        assert_eq!(site.receipt().matches(&hostile).count(), 2, "{site:?}");
        let output = lexlogs(&site.folder, &["receipt", ".", "receipt.txt"]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
    }
}

/// Writes an `aws` that kills the script that calls it for an operation, before or after the real one made that call.
fn write_killer(site: &Site, (operation, is_after): (&str, bool)) -> tempfile::TempDir {
    if let Runner::Shell(_) = site.runner {
        let before = if is_after { "CALL" } else { ":" };
        return site.wrapped(&format!(
            "case $2 in {operation}) {before}; kill -9 $PPID; exit ;; esac\nCALL"
        ));
    }
    // `exit` in a batch file ends the cmd.exe that called it, with all that it was running.
    let programs = folder();
    let aws = windows_path(&crate::support::real("stub/exe/aws.exe"));
    let call = format!("@\"{aws}\" %*\r\n");
    let before = if is_after { call.as_str() } else { "" };
    let kill = format!(
        "@if \"%2\"==\"{operation}\" goto kill\r\n{call}@exit /b %errorlevel%\r\n:kill\r\n{before}@exit 9\r\n"
    );
    std::fs::write(programs.path().join("aws.cmd"), kill).unwrap();
    programs
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn a_killed_script_loses_nothing_that_it_created() {
    let mut iam = Iam::start(ACCOUNT);
    let operations = ["create-role", "create-policy", "attach-role-policy"];
    for case in each(&[shells().len(), operations.len() * 2]) {
        iam.ask("reset");
        let empty = iam.ask("state");
        let (operation, is_after) = (operations[case[1] / 2], case[1] % 2 == 1);
        let site = Site::new(
            &iam,
            &example("text-only"),
            shells()[case[0]],
            CLIS[case[1] % 2],
        );
        let killer = write_killer(&site, (operation, is_after));
        let outcome = site.run_with("apply", &["--yes"], killer.path());
        let case = format!("{operation}, {is_after}, {site:?}: {outcome:?}");
        assert!([-1, 9].contains(&outcome.code), "{case}");
        let receipt = site.receipt();
        let last = receipt.lines().last().unwrap();
        assert!(last.starts_with("creating: "), "{case}: {receipt}");
        iam.ask("save killed");
        // Undo removes what exists; or apply continues, and then undo removes all.
        site.done("undo", &["--yes"]);
        assert_eq!(iam.ask("state"), empty, "{case}");
        iam.ask("restore killed");
        site.write_receipt(&receipt);
        site.done("apply", &["--yes"]);
        site.done("undo", &["--yes"]);
        assert_eq!(iam.ask("state"), empty, "{case}");
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn ctrl_c_stops_apply_with_the_step_and_a_receipt() {
    let mut iam = Iam::start(ACCOUNT);
    let slow =
        "CALL; code=$?\ncase $2 in create-policy) echo now >/dev/tty; sleep 60 ;; esac\nexit $code";
    for shell in SHELLS {
        iam.ask("reset");
        let empty = iam.ask("state");
        let site = Site::new(&iam, &example("text-only"), RUNNERS[0], Cli::V2);
        let programs = site.wrapped(slow);
        let argv = [shell, &["apply.sh", "--yes"][..]].concat();
        let session = at_terminal(&site.folder, programs.path(), &argv, &[("now\r\n", "\x03")]);
        assert_eq!(session.code, Some(130), "{shell:?}: {session:?}");
        let end = format!(
            "apply: interrupted.\nStep 2 failed: policy LexConversationLogsCloudWatchLogsPolicy. Done before it:\n  \
             created: role {ROLE}\nRunning this again is safe: it continues where it stopped.\n"
        );
        assert!(session.shown.ends_with(&end), "{shell:?}: {session:?}");
        let last = format!("creating: {}\n", policy("CloudWatchLogs"));
        assert!(
            site.receipt().ends_with(&last),
            "{shell:?}: {}",
            site.receipt()
        );
        site.done("apply", &["--yes"]);
        site.done("undo", &["--yes"]);
        assert_eq!(iam.ask("state"), empty, "{shell:?}");
    }
}
