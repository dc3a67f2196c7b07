//! The real parts around the scripts: moto's IAM server, the AWS CLI in both
//! versions, and a reader of the server's state that is neither.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use serde_json::{Value, json};

use lexlogs::bundle::Bundle;
use lexlogs::request::Request;

use crate::support::{copy_program, file, folder, full, real, root, without_aws};

/// A version of the AWS CLI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cli {
    /// Version 1, from PyPI.
    V1,
    /// Version 2, Debian's 2.9.19.
    V2,
}

pub(crate) const CLIS: [Cli; 2] = [Cli::V1, Cli::V2];

/// The version whose turn it is, where cases and shells are crossed; both in a full
/// run.
pub(crate) fn turn(number: usize) -> Vec<Cli> {
    if full() {
        CLIS.to_vec()
    } else {
        vec![CLIS[number % CLIS.len()]]
    }
}

/// A moto server of one account with a voice of its own, and an `aws` of each
/// version: see `tests/real/iam_server.py` and `tests/real/aws_server.py`.
///
/// The servers take seconds to start and milliseconds to reset, so a test returns them to a pool. A test never waits for
/// another test's server: it starts one if the pool is empty.
pub(crate) struct Iam {
    /// `None` only while it is dropped.
    server: Option<Server>,
}

/// What an [`Iam`] is made of.
struct Server {
    account: String,
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    endpoint: String,
    /// A folder with an `aws` for each CLI; the server of that CLI removes it.
    programs: [PathBuf; 2],
}

/// Servers that no test uses. They exit when this process does, because their standard input closes.
static IDLE: Mutex<Vec<Server>> = Mutex::new(Vec::new());

impl Server {
    fn start(account: &str) -> Self {
        let mut command = python(&real("venv/bin/python"), "iam_server.py");
        command
            .env("MOTO_ACCOUNT_ID", account)
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            // It logs every request.
            .stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let programs = CLIS.map(program);
        let (questions, mut answers) = (
            child.stdin.take().unwrap(),
            BufReader::new(child.stdout.take().unwrap()),
        );
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        let endpoint = serde_json::from_str(&line).expect("tests/real/iam_server.py did not start");
        Self {
            account: account.to_owned(),
            child,
            questions,
            answers,
            endpoint,
            programs,
        }
    }
}

/// Creates a folder with an `aws` that calls the server of that AWS CLI version; all folders share one server.
fn program(cli: Cli) -> PathBuf {
    type Running = Option<(Child, BufReader<ChildStdout>)>;
    static SERVERS: [Mutex<Running>; 2] = [Mutex::new(None), Mutex::new(None)];
    let place = folder().keep();
    copy_program(&real("stub/aws-client"), &place.join("aws"));
    let mut running = SERVERS[cli as usize].lock().unwrap();
    let (server, answers) = running.get_or_insert_with(|| {
        let program = match cli {
            Cli::V1 => real("venv/bin/python"),
            Cli::V2 => PathBuf::from("/usr/bin/python3"),
        };
        let mut server = python(&program, "aws_server.py").spawn().unwrap();
        let answers = BufReader::new(server.stdout.take().unwrap());
        (server, answers)
    });
    writeln!(server.stdin.as_mut().unwrap(), "{}", place.display()).unwrap();
    let mut line = String::new();
    answers.read_line(&mut line).unwrap();
    assert_eq!(line, "ready\n", "tests/real/aws_server.py did not start");
    place
}

impl Iam {
    /// An empty account.
    pub(crate) fn start(account: &str) -> Self {
        let idle = {
            let mut servers = IDLE.lock().unwrap();
            let found = servers.iter().position(|server| server.account == account);
            found.map(|at| servers.swap_remove(at))
        };
        let Some(server) = idle else {
            let server = Some(Server::start(account));
            return Self { server };
        };
        let mut iam = Self {
            server: Some(server),
        };
        iam.ask("anew");
        for cli in CLIS {
            iam.mishap(cli, None);
            iam.take_calls(cli);
        }
        iam
    }

    fn server(&self) -> &Server {
        self.server.as_ref().unwrap()
    }

    /// The folder with that CLI's `aws`.
    pub(crate) fn aws(&self, cli: Cli) -> PathBuf {
        self.server().programs[cli as usize].clone()
    }

    /// What makes a CLI talk to this server.
    pub(crate) fn settings(&self) -> Vec<(String, String)> {
        let settings = [
            ("AWS_ENDPOINT_URL", self.server().endpoint.as_str()),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ];
        settings
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec()
    }

    /// Asks the server; see `tests/real/iam_server.py`.
    pub(crate) fn ask(&mut self, question: &str) -> Value {
        let server = self.server.as_mut().unwrap();
        writeln!(server.questions, "{question}").unwrap();
        let mut answer = String::new();
        server.answers.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer)
            .unwrap_or_else(|error| panic!("{question}: {error}: {answer}"))
    }

    /// Calls IAM as somebody else would, by boto3.
    pub(crate) fn call(&mut self, method: &str, arguments: &Value) -> Value {
        self.ask(&format!("call iam {method} {arguments}"))
    }

    /// Makes a role that trusts nobody's bots.
    pub(crate) fn create_role(&mut self, name: &str) {
        let trust = json!({ "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow",
            "Principal": { "Service": "lambda.amazonaws.com" },
            "Action": "sts:AssumeRole",
        }] });
        let trust = trust.to_string();
        let arguments = json!({ "RoleName": name, "AssumeRolePolicyDocument": trust });
        self.call("create_role", &arguments);
    }

    /// Makes the role that an `existing-role` request asks for.
    pub(crate) fn create_bot_role(&mut self, name: &str) {
        let trust = json!({ "Version": "2012-10-17", "Statement": {
            "Sid": "Bot",
            "Effect": "Allow",
            "Principal": { "Service": ["lambda.amazonaws.com", "lexv2.amazonaws.com"] },
            "Action": ["sts:AssumeRole"],
        } });
        let trust = trust.to_string();
        let arguments = json!({ "RoleName": name, "AssumeRolePolicyDocument": trust });
        self.call("create_role", &arguments);
    }

    /// Makes a policy that permits nothing of ours, and gives its ARN.
    pub(crate) fn create_policy(&mut self, name: &str, path: &str) -> String {
        let document = json!({ "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::somebody-elses/*",
        }] });
        let document = document.to_string();
        let arguments = json!({ "PolicyName": name, "Path": path, "PolicyDocument": document });
        let policy = self.call("create_policy", &arguments);
        policy["Policy"]["Arn"].as_str().unwrap().to_owned()
    }

    /// Makes another version of a policy, which permits nothing of ours.
    pub(crate) fn create_version(&mut self, arn: &str, bucket: &str, default: bool) {
        let document = json!({ "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": format!("arn:aws:s3:::somebody-elses-{bucket}/*"),
        }] });
        let document = document.to_string();
        let arguments =
            json!({ "PolicyArn": arn, "PolicyDocument": document, "SetAsDefault": default });
        self.call("create_policy_version", &arguments);
    }

    /// The calls that a CLI was asked for since it was asked last, those that
    /// went nowhere left out.
    pub(crate) fn take_calls(&self, cli: Cli) -> Vec<Vec<String>> {
        let path = self.aws(cli).join("calls");
        let calls = std::fs::read_to_string(&path).unwrap_or_default();
        std::fs::write(&path, "").unwrap();
        let calls = calls
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        calls
            .filter(|call: &Vec<String>| !goes_nowhere(call))
            .collect()
    }

    /// What is to happen to one call; `None` takes it back.
    pub(crate) fn mishap(&self, cli: Cli, mishap: Option<&str>) {
        let path = self.aws(cli).join("mishap");
        match mishap {
            Some(mishap) => std::fs::write(path, mishap).unwrap(),
            None => drop(std::fs::remove_file(path)),
        }
    }
}

/// Whether a call asks the AWS CLI about itself alone.
pub(crate) fn goes_nowhere(call: &[String]) -> bool {
    ["configure", "--version"].contains(&call[0].as_str())
        || call.iter().any(|word| word == "--generate-cli-skeleton")
}

fn python(program: &Path, script: &str) -> Command {
    let mut command = Command::new(program);
    without_aws(&mut command);
    command
        .arg(root().join("tests/real").join(script))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    command
}

impl Drop for Iam {
    fn drop(&mut self) {
        let mut server = self.server.take().unwrap();
        if std::thread::panicking() {
            // A failed test may leave it in any state.
            let _ = server.child.kill();
            let _ = server.child.wait();
        } else {
            IDLE.lock().unwrap().push(server);
        }
    }
}

/// What the server must hold after a bundle was applied to an empty account, or
/// to one with the role of an `existing-role` request.
pub(crate) fn expected_state(request: &Request, bundle: &Bundle, before: &Value) -> Value {
    let parameters: Value = json_of(bundle, "request.json");
    let text = |name: &str| parameters[name].as_str().unwrap_or_default().to_owned();
    let (account, region) = (text("account-id"), text("region"));
    let partition = if region.starts_with("us-gov") {
        "aws-us-gov"
    } else {
        "aws"
    };
    let tags = parameters.get("tags").cloned().unwrap_or(json!({}));

    let mut policies = serde_json::Map::new();
    for (turned_on_by, name, document) in [
        (
            "log-group-name",
            "cloudwatch-policy-name",
            "LexConversationLogsCloudWatchLogsPolicy.json",
        ),
        (
            "bucket-name",
            "s3-policy-name",
            "LexConversationLogsS3Policy.json",
        ),
        (
            "kms-key-arn",
            "kms-policy-name",
            "LexConversationLogsKMSPolicy.json",
        ),
    ] {
        if !text(turned_on_by).is_empty() {
            let arn = format!("arn:{partition}:iam::{account}:policy/{}", text(name));
            policies.insert(
                arn,
                json!({ "document": json_of(bundle, document), "versions": 1, "tags": tags }),
            );
        }
    }
    let attached: Vec<&String> = policies.keys().collect();
    let role = text("role-name");
    let mut state = before.clone();
    if parameters["existing-role"] == true {
        state["roles"][&role]["attached"] = json!(attached);
    } else {
        let path = text("role-path");
        state["roles"][&role] = json!({
            "path": if path.is_empty() { "/" } else { &path },
            "trust": json_of(bundle, "LexConversationLogsAssumeRolePolicyDocument.json"),
            "boundary": text("permissions-boundary"),
            "tags": tags,
            "attached": attached,
        });
    }
    if parameters["create-log-group"] == true {
        let days: Option<u32> = text("log-group-retention-days").parse().ok();
        state["groups"][text("log-group-name")] = json!({
            "retention": days,
            "key": parameters["log-group-kms-key-arn"],
            "tags": tags,
        });
    }
    if parameters["create-bucket"] == true {
        let mut bucket = bucket(&region, &text("kms-key-arn"), &tags);
        if let Ok(days) = text("audio-log-expiration-days").parse::<u32>() {
            bucket["lifecycle"] = expiration(&text("audio-log-prefix"), days);
        }
        if parameters["bucket-policy-tls-only"] == true {
            bucket["policy"] = json_of(bundle, "LexConversationLogsBucketPolicy.json");
        }
        state["buckets"][text("bucket-name")] = bucket;
    }
    assert!(request.bundle_name().ends_with(&role));
    state["policies"] = Value::Object(policies);
    state
}

/// A JSON file of a bundle.
fn json_of(bundle: &Bundle, name: &str) -> Value {
    serde_json::from_str(file(bundle, name)).unwrap()
}

/// The lifecycle of a bucket that deletes audio logs.
pub(crate) fn expiration(prefix: &str, days: u32) -> Value {
    json!([{ "ID": "audio-logs", "Status": "Enabled", "Filter": { "Prefix": prefix }, "Expiration": { "Days": days } }])
}

/// A bucket as apply makes it; `key` is empty if no key encrypts it.
pub(crate) fn bucket(region: &str, key: &str, tags: &Value) -> Value {
    let rule = if key.is_empty() {
        json!({
            "ApplyServerSideEncryptionByDefault": { "SSEAlgorithm": "AES256" },
            "BucketKeyEnabled": false,
        })
    } else {
        json!({
            "ApplyServerSideEncryptionByDefault": { "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key },
            "BucketKeyEnabled": true,
        })
    };
    json!({
        "region": region,
        "block": {
            "BlockPublicAcls": true,
            "IgnorePublicAcls": true,
            "BlockPublicPolicy": true,
            "RestrictPublicBuckets": true,
        },
        "encryption": [rule],
        "lifecycle": null,
        "policy": null,
        "tags": (*tags != json!({})).then_some(tags),
    })
}
