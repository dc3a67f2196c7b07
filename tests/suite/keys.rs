//! KMS keys: what `check` says of them, the statement by which the role uses that
//! of the log group, and the runbook's way to that key's policy.

use lexlogs::spec::Request;
use serde_json::{Value, json};

use crate::apply::{ACCOUNT, unpacked};
use crate::iam::{CLIS, Cli, Iam};
use crate::recording::RecordingAws;
use crate::runner::{Outcome, Runner, bash};
use crate::support::{bundle, folder, request};

const SHELLS: [Runner; 4] = [
    Runner::Shell(0),
    Runner::Shell(1),
    Runner::CmdExe,
    Runner::CmdBatch,
];

const POLICY: &str = "arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy";

/// Makes a key, and gives its ARN.
fn create_key(iam: &mut Iam) -> String {
    let made = iam.ask("call kms create_key {}");
    made["KeyMetadata"]["Arn"].as_str().unwrap().to_owned()
}

fn with_keys(of_group: &str, of_bucket: &str) -> Request {
    request([
        ("lex-version", "v2"),
        ("account-id", ACCOUNT),
        ("region", "us-east-1"),
        ("log-group-name", "/lex/bot"),
        ("log-group-kms-key-arn", of_group),
        ("bucket-name", "audio-logs"),
        ("kms-key-arn", of_bucket),
        ("kms-decrypt", "true"),
    ])
}

/// Makes the log group anew, with a key or without.
fn create_group(iam: &mut Iam, key: Option<&str>) {
    iam.ask(r#"call logs delete_log_group {"logGroupName": "/lex/bot"}"#);
    let mut arguments = json!({ "logGroupName": "/lex/bot" });
    if let Some(key) = key {
        arguments["kmsKeyId"] = json!(key);
    }
    iam.ask(&format!("call logs create_log_group {arguments}"));
}

/// Replaces the policy's document by one that a change has been made to.
fn change_policy(iam: &mut Iam, change: fn(&mut Value)) {
    let state = iam.ask("state");
    let mut document = state["policies"][POLICY]["document"].clone();
    change(&mut document["Statement"][1]);
    let arguments = json!({
        "PolicyArn": POLICY,
        "PolicyDocument": document.to_string(),
        "SetAsDefault": true,
    });
    iam.call("create_policy_version", &arguments);
}

/// `check` says what is wrong with a key, and `apply --update` puts the role's
/// statement right.
fn each_fault_of_a_key(runner: Runner, cli: Cli) {
    let mut iam = Iam::start(ACCOUNT);
    let (of_group, of_bucket) = (create_key(&mut iam), create_key(&mut iam));
    iam.ask(r#"call logs create_log_group {"logGroupName": "/lex/bot"}"#);
    create_group(&mut iam, Some(&of_group));
    iam.ask(r#"call s3 create_bucket {"Bucket": "audio-logs"}"#);
    let request = with_keys(&of_group, &of_bucket);
    let place = folder();
    let folder = unpacked(&request, place.path());
    let (aws, settings) = (iam.aws(cli), iam.settings());
    let run = |script: &str, arguments: &[&str]| -> Outcome {
        runner.run(&folder, script, arguments, &aws, &settings)
    };
    assert_eq!(run("apply", &[]).code, 0);
    let good = run("check", &[]);
    assert_eq!((good.code, good.stderr.as_str()), (0, ""), "{good:?}");
    let expected = iam.ask("state");
    iam.ask("save good");
    let says = |what: &str| {
        let checked = run("check", &[]);
        assert_eq!(checked.code, 1, "{runner:?}, {what}: {checked:?}");
        assert!(
            checked.stdout.contains(what),
            "{runner:?}, {what}: {checked:?}"
        );
    };

    for (change, what) in [
        (
            (|statement: &mut Value| {
                statement.as_object_mut().unwrap().remove("Condition");
            }) as fn(&mut Value),
            "  different: Statement {\"Action\":[\"kms:Encrypt\",",
        ),
        (
            |statement| statement["Resource"] = json!("arn:aws:kms:us-east-1:111122223333:key/x"),
            "  different: Statement {\"Action\":[\"kms:Encrypt\",",
        ),
        (
            |statement| statement["Action"] = json!(["kms:Encrypt", "kms:ReEncrypt*"]),
            "  different: Action kms:Decrypt is missing\n",
        ),
    ] {
        iam.ask("restore good");
        change_policy(&mut iam, change);
        says(what);
        assert_eq!(run("apply", &["--update"]).code, 0);
        let state = iam.ask("state");
        assert_eq!(
            state["policies"][POLICY]["document"],
            expected["policies"][POLICY]["document"]
        );
    }

    create_group(&mut iam, None);
    says("  different: KmsKeyId none\n");
    create_group(&mut iam, Some(&of_bucket));
    says(&format!("  different: KmsKeyId {of_bucket}\n"));
    create_group(&mut iam, Some(&of_group));
    // moto takes no ARN for these.
    let (_, id) = of_bucket.rsplit_once('/').unwrap();
    let id = json!({ "KeyId": id });
    iam.ask(&format!("call kms disable_key {id}"));
    says("  different: KeyState Disabled\n");
    says(&format!("  different: the KMS key {of_bucket}\n"));
    iam.ask(&format!("call kms enable_key {id}"));
    assert_eq!(run("check", &[]).code, 0);

    // Keys that are not there, and one that is not symmetric.
    let rsa =
        iam.ask(r#"call kms create_key {"KeySpec": "RSA_2048", "KeyUsage": "ENCRYPT_DECRYPT"}"#);
    let rsa = rsa["KeyMetadata"]["Arn"].as_str().unwrap();
    let nobodys = "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321";
    let place = crate::support::folder();
    let other = unpacked(&with_keys(nobodys, rsa), place.path());
    let checked = runner.run(&other, "check", &[], &aws, &settings);
    assert_eq!(checked.code, 1, "{checked:?}");
    for what in [
        format!("  absent: the KMS key {nobodys}\n"),
        "  different: KeySpec RSA_2048\n".to_owned(),
    ] {
        assert!(checked.stdout.contains(&what), "{what}: {checked:?}");
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn bash_tells_each_fault_of_a_key() {
    each_fault_of_a_key(SHELLS[0], Cli::V1);
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn dash_tells_each_fault_of_a_key() {
    each_fault_of_a_key(SHELLS[1], Cli::V2);
}

#[test]
#[ignore = "needs the real shells, AWS CLI, IAM server and Wine: run tests/run"]
fn cmd_tells_each_fault_of_a_key() {
    each_fault_of_a_key(SHELLS[2], Cli::V2);
}

/// The section of the runbook on the key, as its blocks for a shell.
fn blocks(request: &Request, language: &str) -> Vec<String> {
    let files = bundle(request).files;
    let runbook = &files
        .iter()
        .find(|file| file.name == "README.md")
        .unwrap()
        .text;
    let (_, section) = runbook
        .split_once("\n## Let CloudWatch Logs use the key\n")
        .unwrap();
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
        let request = with_keys(&key, &key);
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
        let blocks = blocks(&request, language);
        assert_eq!(blocks.len(), 3);
        typed(language, &blocks[0]);
        // What the runbook says is done in an editor.
        let json = |name: &str| -> Value {
            serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap()
        };
        let mut policy = json("key-policy.json");
        let before = policy["Statement"].as_array().unwrap().len();
        let ours = json("LexConversationLogsLogGroupKeyPolicy.json")["Statement"][0].clone();
        let statements = policy["Statement"].as_array_mut().unwrap();
        statements.push(ours.clone());
        std::fs::write(folder.join("key-policy.json"), policy.to_string()).unwrap();
        typed(language, &blocks[1]);
        let arguments = json!({ "KeyId": key, "PolicyName": "default" });
        let now = iam.ask(&format!("call kms get_key_policy {arguments}"));
        let now: Value = serde_json::from_str(now["Policy"].as_str().unwrap()).unwrap();
        assert_eq!(now["Statement"].as_array().unwrap().len(), before + 1);
        assert_eq!(now["Statement"][before], ours, "{runner:?}");
    }
}

/// moto does not know the call.
#[test]
#[ignore = "needs the real shells: run tests/run"]
fn a_recording_aws_is_asked_to_associate_the_key_with_the_log_group() {
    let key = "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321";
    let request = with_keys(key, key);
    let (aws, place) = (RecordingAws::new(), folder());
    bash(&blocks(&request, "sh")[2], place.path(), aws.path(), &[]);
    let call = "logs associate-kms-key --log-group-name /lex/bot --kms-key-id";
    let expected: Vec<&str> = call
        .split(' ')
        .chain([key, "--region", "us-east-1"])
        .collect();
    assert_eq!(aws.take_calls(), [expected]);
}
