//! KMS keys: what `check` reports about them, the statement with which the role uses the key of the log group, and the
//! runbook's commands for that key's policy.

use std::path::Path;

use lexlogs::request::Request;
use serde_json::{Value, json};

use crate::apply::{ACCOUNT, unpacked};
use crate::iam::{CLIS, Cli, Iam};
use crate::recording::RecordingAws;
use crate::runner::{Runner, bash};
use crate::support::{bundle, each, folder, full, request};

const SHELLS: [Runner; 4] = [
    Runner::Shell(0),
    Runner::Shell(1),
    Runner::CmdExe,
    Runner::CmdBatch,
];

/// The runbook's headings.
const OF_LOGS: &str = "Let CloudWatch Logs use the key";
const OF_ROLE: &str = "Let the role use the key of the bucket";

const POLICY: &str = "arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy";

/// Creates a key; the result is its ARN.
fn create_key(iam: &mut Iam) -> String {
    let created = iam.ask("call kms create_key {}");
    created["KeyMetadata"]["Arn"].as_str().unwrap().to_owned()
}

/// The parameters of a bundle with keys, for a role of this account.
fn with_keys_for(account: &str, of_group: &str, of_bucket: &str) -> Request {
    request([
        ("lex-version", "v2"),
        ("account-id", account),
        ("region", "us-east-1"),
        ("log-group-name", "/lex/bot"),
        ("log-group-kms-key-arn", of_group),
        ("bucket-name", "audio-logs"),
        ("kms-key-arn", of_bucket),
        ("kms-decrypt", "true"),
    ])
}

fn with_keys(of_group: &str, of_bucket: &str) -> Request {
    with_keys_for(ACCOUNT, of_group, of_bucket)
}

/// Creates the log group again, with a key or without.
fn create_group(iam: &mut Iam, key: Option<&str>) {
    iam.ask(r#"call logs delete_log_group {"logGroupName": "/lex/bot"}"#);
    let mut arguments = json!({ "logGroupName": "/lex/bot" });
    if let Some(key) = key {
        arguments["kmsKeyId"] = json!(key);
    }
    iam.ask(&format!("call logs create_log_group {arguments}"));
}

/// Changes to the statement of the key: what is replaced by what, and a line that check prints about it.
const CHANGES: [[&str; 3]; 3] = [
    [
        "kms:ViaService",
        "kms:CallerAccount",
        "      in the account:  \"kms:CallerAccount\": \"logs.us-east-1.amazonaws.com\"\n",
    ],
    [
        "\"Resource\": \"arn:aws:kms:us-east-1:111122223333:key/",
        "\"Resource\": \"arn:aws:kms:us-east-1:111122223333:key/x",
        "      in the account:  \"Resource\": \"arn:aws:kms:us-east-1:111122223333:key/x",
    ],
    [
        "\"kms:Decrypt\",",
        "",
        "      in the document: \"kms:Decrypt\",\n",
    ],
];

#[test]
#[ignore = "needs the real shells, AWS CLI, IAM server and Wine: run tests/run"]
fn the_statement_of_the_key_is_compared_and_updated() {
    let mut iam = Iam::start(ACCOUNT);
    let key = create_key(&mut iam);
    let place = folder();
    let folder = unpacked(&with_keys(&key, &key), place.path());
    let settings = iam.settings();
    let first = SHELLS[0].run(&folder, "apply", &["--yes"], &iam.aws(Cli::V1), &settings);
    assert_eq!(first.code, 0, "{first:?}");
    let document = |iam: &mut Iam| iam.ask("state")["policies"][POLICY]["document"].clone();
    let expected = document(&mut iam);
    let text = std::fs::read_to_string(folder.join("LexConversationLogsCloudWatchLogsPolicy.json"));
    let text = text.unwrap();
    iam.ask("save good");
    for case in each(&[SHELLS.len(), CHANGES.len(), CLIS.len()]) {
        let [from, to, line] = CHANGES[case[1]];
        let aws = iam.aws(CLIS[case[2]]);
        iam.ask("restore good");
        let arguments = json!({ "PolicyArn": POLICY, "PolicyDocument": text.replace(from, to), "SetAsDefault": true });
        iam.call("create_policy_version", &arguments);
        for (script, arguments, code) in
            [("check", &[][..], 1), ("apply", &["--yes", "--update"], 0)]
        {
            let outcome = SHELLS[case[0]].run(&folder, script, arguments, &aws, &settings);
            assert_eq!(outcome.code, code, "{case:?}: {outcome:?}");
            assert!(outcome.stdout.contains(line), "{case:?}: {outcome:?}");
        }
        assert_eq!(document(&mut iam), expected, "{case:?}");
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI, IAM server and Wine: run tests/run"]
fn check_reports_what_is_wrong_with_a_key() {
    let mut iam = Iam::start(ACCOUNT);
    let [of_group, of_bucket] = [0, 1].map(|_| create_key(&mut iam));
    let rsa =
        iam.ask(r#"call kms create_key {"KeySpec": "RSA_2048", "KeyUsage": "ENCRYPT_DECRYPT"}"#);
    let rsa = rsa["KeyMetadata"]["Arn"].as_str().unwrap().to_owned();
    let absent = "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321";
    iam.ask(r#"call logs create_log_group {"logGroupName": "/lex/bot"}"#);
    iam.ask(r#"call s3 create_bucket {"Bucket": "audio-logs"}"#);
    let places = [folder(), folder()];
    let folder = unpacked(&with_keys(&of_group, &of_bucket), places[0].path());
    let other = unpacked(&with_keys(absent, &rsa), places[1].path());
    let settings = iam.settings();
    for folder in [&other, &folder] {
        let arguments = ["--yes", "--update"];
        let outcome = SHELLS[0].run(folder, "apply", &arguments, &iam.aws(Cli::V1), &settings);
        assert_eq!(outcome.code, 0, "{outcome:?}");
    }
    // moto takes no ARN for these.
    let id = json!({ "KeyId": of_bucket.rsplit_once('/').unwrap().1 });
    // `aws.cmd` is called like `aws.exe`.
    let shells = if full() { &SHELLS[..] } else { &SHELLS[..3] };
    for case in each(&[shells.len(), CLIS.len()]) {
        let (runner, aws) = (shells[case[0]], iam.aws(CLIS[case[1]]));
        let check = |folder: &Path, code: i32, lines: &[String]| {
            let outcome = runner.run(folder, "check", &[], &aws, &settings);
            assert_eq!(
                (outcome.code, outcome.stderr.as_str()),
                (code, ""),
                "{case:?}: {outcome:?}"
            );
            for line in lines {
                assert!(
                    outcome.stdout.contains(line),
                    "{case:?}: {line}: {outcome:?}"
                );
            }
        };
        let group = |word: &str| format!("  {word}  key of log group /lex/bot\n");
        create_group(&mut iam, Some(&of_group));
        let state = format!("  in place  KMS key {of_bucket}\n");
        check(&folder, 0, &[group("in place"), state]);
        create_group(&mut iam, None);
        let end =
            "Still missing: key of log group /lex/bot (create it before you switch logs on).\n";
        check(&folder, 0, &[group("missing "), end.to_owned()]);
        create_group(&mut iam, Some(&of_bucket));
        let actual =
            format!("      in the account:  {of_bucket}\n      in the bundle:   {of_group}\n");
        check(&folder, 1, &[group("differs ") + &actual]);
        create_group(&mut iam, Some(&of_group));
        iam.ask(&format!("call kms disable_key {id}"));
        let state = |key: &str, state: &str| {
            format!("  differs   KMS key {key}\n      in the account:  {state}\n")
        };
        check(
            &folder,
            1,
            &[state(&of_bucket, "Disabled SYMMETRIC_DEFAULT")],
        );
        iam.ask(&format!("call kms enable_key {id}"));
        let absent = format!("  missing   KMS key {absent}\n");
        check(&other, 1, &[absent, state(&rsa, "Enabled RSA_2048")]);
    }
}

/// The section of the runbook on a key, as its blocks for a shell.
fn blocks(request: &Request, heading: &str, language: &str) -> Vec<String> {
    let files = bundle(request).files;
    let runbook = &files
        .iter()
        .find(|file| file.name == "README.md")
        .unwrap()
        .text;
    let (_, section) = runbook.split_once(&format!("\n## {heading}\n")).unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let fence = format!("```{language}\n");
    let blocks = section.split(&fence).skip(1);
    blocks
        .map(|block| block.split_once("```").unwrap().0.to_owned())
        .collect()
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn the_runbooks_commands_lead_to_the_policy_of_the_key() {
    let mut iam = Iam::start(ACCOUNT);
    for (runner, cli) in std::iter::zip(SHELLS, [CLIS, CLIS].concat()) {
        let key = create_key(&mut iam);
        // Whoever types the commands is the owner of the key, which is another account than the role's.
        let request = with_keys_for("444455556666", &key, &key);
        let place = folder();
        let folder = unpacked(&request, place.path());
        let typed = |language: &str, block: &str| {
            // To a batch file, `aws.cmd` is another one.
            let batch = || format!("@echo off\ncall {block}").replace('\n', "\r\n");
            let (name, text) = if language == "sh" {
                ("typed.sh", format!("set -e\n{block}"))
            } else {
                ("typed.cmd", batch())
            };
            std::fs::write(folder.join(name), text).unwrap();
            let outcome = runner.run(&folder, "typed", &[], &iam.aws(cli), &iam.settings());
            assert_eq!(
                (outcome.code, outcome.stderr.as_str()),
                (0, ""),
                "{runner:?}: {outcome:?}"
            );
        };
        let language = match runner {
            Runner::Shell(_) => "sh",
            Runner::CmdExe | Runner::CmdBatch => "bat",
        };
        let json = |name: &str| -> Value {
            serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap()
        };
        let mut added = Vec::new();
        for (heading, document) in [
            (OF_LOGS, "LexConversationLogsLogGroupKeyPolicy.json"),
            (OF_ROLE, "LexConversationLogsBucketKeyPolicy.json"),
        ] {
            let blocks = blocks(&request, heading, language);
            typed(language, &blocks[0]);
            // What the runbook says is done in an editor.
            let mut policy = json("key-policy.json");
            let statements = policy["Statement"].as_array_mut().unwrap();
            let ours = json(document)["Statement"].as_array().unwrap().clone();
            statements.extend(ours.clone());
            added.extend(ours);
            std::fs::write(folder.join("key-policy.json"), policy.to_string()).unwrap();
            typed(language, &blocks[1]);
        }
        let arguments = json!({ "KeyId": key, "PolicyName": "default" });
        let now = iam.ask(&format!("call kms get_key_policy {arguments}"));
        let now: Value = serde_json::from_str(now["Policy"].as_str().unwrap()).unwrap();
        let statements = now["Statement"].as_array().unwrap();
        assert_eq!(added.len(), 3);
        // Before them is what moto gives every key: IAM policies of its own account permit its use.
        assert_eq!(statements[1..], added, "{runner:?}");
    }
}

/// moto does not know the call.
#[test]
#[ignore = "needs the real shells: run tests/run"]
fn the_runbook_associates_the_key_with_the_log_group() {
    let key = "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321";
    let request = with_keys(key, key);
    let (aws, place) = (RecordingAws::new(), folder());
    bash(
        &blocks(&request, OF_LOGS, "sh")[2],
        place.path(),
        aws.path(),
        &[],
    );
    let call = "logs associate-kms-key --log-group-name /lex/bot --kms-key-id";
    let expected: Vec<&str> = call
        .split(' ')
        .chain([key, "--region", "us-east-1"])
        .collect();
    assert_eq!(aws.take_calls(), [expected]);
}
