//! KMS keys: what `check` reports about them, the statement with which the role uses the key of the log group, and the
//! runbook's commands for that key's policy.

use lexlogs::request::Request;
use serde_json::{Value, json};

use crate::apply::ACCOUNT;
use crate::iam::{CLIS, Cli, Iam};
use crate::recording::RecordingAws;
use crate::runner::{Runner, bash};
use crate::site::Site;
use crate::support::{each, folder, full, of_v2};

const SHELLS: [Runner; 4] = [
    Runner::Shell(0),
    Runner::Shell(1),
    Runner::CmdExe,
    Runner::CmdBatch,
];

const POLICY: &str = "arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy";

/// Creates a key; the result is its ARN.
fn create_key(iam: &mut Iam) -> String {
    let created = iam.ask("call kms create_key {}");
    created["KeyMetadata"]["Arn"].as_str().unwrap().to_owned()
}

/// The parameters of a bundle with keys, for a role of that account.
fn with_keys_for(account: &str, of_group: &str, of_bucket: &str) -> Request {
    of_v2(&[
        ("account-id", account),
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
    let mut site = Site::new(&iam, &with_keys(&key, &key), SHELLS[0], Cli::V1);
    site.done("apply", &["--yes"]);
    let document = |iam: &mut Iam| iam.ask("state")["policies"][POLICY]["document"].clone();
    let expected = document(&mut iam);
    let text = site
        .folder
        .join("LexConversationLogsCloudWatchLogsPolicy.json");
    let text = std::fs::read_to_string(text).unwrap();
    iam.ask("save good");
    for case in each(&[SHELLS.len(), CHANGES.len(), CLIS.len()]) {
        let [from, to, line] = CHANGES[case[1]];
        (site.runner, site.cli) = (SHELLS[case[0]], CLIS[case[2]]);
        iam.ask("restore good");
        let arguments = json!({ "PolicyArn": POLICY, "PolicyDocument": text.replace(from, to), "SetAsDefault": true });
        iam.call("create_policy_version", &arguments);
        for (script, arguments, code) in
            [("check", &[][..], 1), ("apply", &["--yes", "--update"], 0)]
        {
            let outcome = site.run(script, arguments);
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
    let requests = [with_keys(&of_group, &of_bucket), with_keys(absent, &rsa)];
    let [mut site, mut other] = requests.map(|of| Site::new(&iam, &of, SHELLS[0], Cli::V1));
    for site in [&other, &site] {
        site.done("apply", &["--yes", "--update"]);
    }
    // moto takes no ARN for these.
    let id = json!({ "KeyId": of_bucket.rsplit_once('/').unwrap().1 });
    // `aws.cmd` is called like `aws.exe`.
    let shells = if full() { &SHELLS[..] } else { &SHELLS[..3] };
    for case in each(&[shells.len(), CLIS.len()]) {
        for site in [&mut site, &mut other] {
            (site.runner, site.cli) = (shells[case[0]], CLIS[case[1]]);
        }
        let check = |site: &Site, code: i32, lines: &[String]| {
            let outcome = site.run("check", &[]);
            let ended = (outcome.code, outcome.stderr.as_str());
            assert_eq!(ended, (code, ""), "{site:?}: {outcome:?}");
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
        check(&site, 0, &[group("in place"), state]);
        create_group(&mut iam, None);
        let end =
            "Still missing: key of log group /lex/bot (create it before you switch logs on).\n";
        check(&site, 0, &[group("missing "), end.to_owned()]);
        create_group(&mut iam, Some(&of_bucket));
        let actual =
            format!("      in the account:  {of_bucket}\n      in the bundle:   {of_group}\n");
        check(&site, 1, &[group("differs ") + &actual]);
        create_group(&mut iam, Some(&of_group));
        iam.ask(&format!("call kms disable_key {id}"));
        let state = |key: &str, state: &str| {
            format!("  differs   KMS key {key}\n      in the account:  {state}\n")
        };
        check(&site, 1, &[state(&of_bucket, "Disabled SYMMETRIC_DEFAULT")]);
        iam.ask(&format!("call kms enable_key {id}"));
        let absent = format!("  missing   KMS key {absent}\n");
        check(&other, 1, &[absent, state(&rsa, "Enabled RSA_2048")]);
    }
}

/// The runbook's sections on keys.
const OF_LOGS: &str = "Let CloudWatch Logs use the key";
const OF_ROLE: &str = "Let the role use the key of the bucket";

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn the_runbooks_commands_lead_to_the_policy_of_the_key() {
    let mut iam = Iam::start(ACCOUNT);
    for (runner, cli) in std::iter::zip(SHELLS, [CLIS, CLIS].concat()) {
        let key = create_key(&mut iam);
        // Whoever types the commands is the owner of the key, which is another account than the role's.
        let request = with_keys_for("444455556666", &key, &key);
        let site = Site::new(&iam, &request, runner, cli);
        let mut added = Vec::new();
        for (section, document) in [
            (OF_LOGS, "LexConversationLogsLogGroupKeyPolicy.json"),
            (OF_ROLE, "LexConversationLogsBucketKeyPolicy.json"),
        ] {
            let blocks = runner.blocks(&request, section);
            site.typed(&blocks[0]);
            // What the runbook says is done in an editor.
            let mut policy = site.json("key-policy.json");
            let ours = site.json(document)["Statement"].as_array().unwrap().clone();
            policy["Statement"]
                .as_array_mut()
                .unwrap()
                .extend(ours.clone());
            added.extend(ours);
            std::fs::write(site.folder.join("key-policy.json"), policy.to_string()).unwrap();
            site.typed(&blocks[1]);
        }
        let arguments = json!({ "KeyId": key, "PolicyName": "default" });
        let now = iam.ask(&format!("call kms get_key_policy {arguments}"));
        let now: Value = serde_json::from_str(now["Policy"].as_str().unwrap()).unwrap();
        assert_eq!(added.len(), 3);
        // The first is what moto gives every key: IAM policies of its own account permit its use.
        let statements = now["Statement"].as_array().unwrap();
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
    let block = &SHELLS[0].blocks(&request, OF_LOGS)[2];
    bash(block, place.path(), aws.path(), &[]);
    let call = "logs associate-kms-key --log-group-name /lex/bot --kms-key-id";
    let expected: Vec<&str> = call
        .split(' ')
        .chain([key, "--region", "us-east-1"])
        .collect();
    assert_eq!(aws.take_calls(), [expected]);
}
