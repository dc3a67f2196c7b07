//! The real parts around the scripts: moto's IAM server, the AWS CLI in both
//! versions, and a reader of the server's state that is neither.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use lexlogs::bundle::Bundle;
use lexlogs::spec::Request;

use crate::support::{folder, real, without_aws, write_program};

/// A version of the AWS CLI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cli {
    /// Version 1, from PyPI.
    V1,
    /// Version 2, Debian's 2.9.19.
    V2,
}

pub(crate) const CLIS: [Cli; 2] = [Cli::V1, Cli::V2];

/// A moto server of one account, and a reader of its state.
pub(crate) struct Iam {
    server: Child,
    reader: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    endpoint: String,
    /// Holds a folder for each CLI, with an `aws` in it.
    programs: tempfile::TempDir,
}

impl Iam {
    pub(crate) fn start(account: &str) -> Self {
        let mut server = Command::new(real("venv/bin/moto_server"));
        without_aws(&mut server);
        server
            .args(["-H", "127.0.0.1", "-p", "0"])
            .env("MOTO_ACCOUNT_ID", account);
        let mut server = server
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(server.stderr.take().unwrap());
        let mut line = String::new();
        let endpoint = loop {
            line.clear();
            assert_ne!(
                log.read_line(&mut line).unwrap(),
                0,
                "moto_server did not start"
            );
            if let Some((_, address)) = line.trim_end().split_once("Running on ") {
                break address.to_owned();
            }
        };
        // It logs every request; what is not read would stop it.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));

        let mut reader = Command::new(real("venv/bin/python"));
        without_aws(&mut reader);
        reader
            .arg(crate::support::root().join("tests/real/iam_state.py"))
            .arg(&endpoint);
        reader
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test");
        let mut reader = reader
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (questions, answers) = (
            reader.stdin.take().unwrap(),
            BufReader::new(reader.stdout.take().unwrap()),
        );

        let programs = folder();
        for (name, program) in [
            (
                "V1",
                format!("exec '{}' \"$@\"", real("venv/bin/aws").display()),
            ),
            // 2.9.19 does not know AWS_ENDPOINT_URL and would ask AWS itself.
            (
                "V2",
                "exec /usr/bin/aws --endpoint-url \"$AWS_ENDPOINT_URL\" \"$@\"".to_owned(),
            ),
        ] {
            std::fs::create_dir(programs.path().join(name)).unwrap();
            write_program(
                &programs.path().join(name).join("aws"),
                &format!("#!/bin/sh\n{program}\n"),
            );
        }
        Self {
            server,
            reader,
            questions,
            answers,
            endpoint,
            programs,
        }
    }

    /// The folder with that CLI's `aws`.
    pub(crate) fn aws(&self, cli: Cli) -> PathBuf {
        self.programs.path().join(format!("{cli:?}"))
    }

    /// What makes a CLI talk to this server.
    pub(crate) fn settings(&self) -> Vec<(String, String)> {
        let settings = [
            ("AWS_ENDPOINT_URL", self.endpoint.as_str()),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ];
        settings
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec()
    }

    /// Asks the reader; see `tests/real/iam_state.py`.
    pub(crate) fn ask(&mut self, question: &str) -> Value {
        writeln!(self.questions, "{question}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer)
            .unwrap_or_else(|error| panic!("{question}: {error}: {answer}"))
    }
}

impl Drop for Iam {
    fn drop(&mut self) {
        for child in [&mut self.server, &mut self.reader] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// What the server must hold after a bundle was applied to an empty account, or
/// to one with the role of an `existing-role` request.
pub(crate) fn expected_state(request: &Request, bundle: &Bundle, before: &Value) -> Value {
    let parameters: Value = file(bundle, "request.json");
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
                json!({ "document": file(bundle, document), "tags": tags }),
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
            "trust": file(bundle, "LexConversationLogsAssumeRolePolicyDocument.json"),
            "boundary": text("permissions-boundary"),
            "tags": tags,
            "attached": attached,
        });
    }
    assert!(request.bundle_name().ends_with(&role));
    state["policies"] = Value::Object(policies);
    state
}

/// A JSON file of a bundle.
fn file(bundle: &Bundle, name: &str) -> Value {
    let file = bundle.files.iter().find(|file| file.name == name);
    serde_json::from_str(&file.unwrap_or_else(|| panic!("no {name}")).text).unwrap()
}
