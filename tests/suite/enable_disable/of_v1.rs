//! `enable` and `disable` for Amazon Lex V1, by the real AWS CLI. AWS ended the service, so a fake of its API answers
//! (`tests/real/lex_v1.py`).

use serde_json::{Value, json};

use super::ROLE;
use crate::apply::ACCOUNT;
use crate::iam::{Cli, Iam};
use crate::runner::Runner;
use crate::site::Site;
use crate::support::request;

fn alias(iam: &mut Iam) -> Value {
    let names = json!({ "botName": "OrderFlowers", "name": "live" });
    let mut alias = iam.ask(&format!("call lex-models get_bot_alias {names}"));
    let members = alias.as_object_mut().unwrap();
    for member in ["ResponseMetadata", "lastUpdatedDate", "checksum"] {
        members.remove(member).unwrap();
    }
    alias
}

/// Settings as the API returns them, with a prefix that requests lack.
fn settings(role: &str, settings: &[(&str, &str, &str)]) -> Value {
    let setting = |(log, destination, resource): &(&str, &str, &str)| {
        json!({ "logType": log, "destination": destination, "resourceArn": resource,
            "resourcePrefix": "aws/lex/OrderFlowers" })
    };
    let settings: Vec<Value> = settings.iter().map(setting).collect();
    json!({ "iamRoleArn": role, "logSettings": settings })
}

/// The alias's logs before, the bundle's parameters, the logs afterwards, and whether that needs `--update`.
struct Case {
    before: Value,
    parameters: Vec<(&'static str, &'static str)>,
    expected: Value,
    replaces: bool,
}

fn cases() -> Vec<Case> {
    const THEIRS: &str = "arn:aws:iam::111122223333:role/Theirs";
    const TEXT: (&str, &str, &str) = (
        "TEXT",
        "CLOUDWATCH_LOGS",
        "arn:aws:logs:us-east-1:111122223333:log-group:/lex/bot",
    );
    const AUDIO: (&str, &str, &str) = ("AUDIO", "S3", "arn:aws:s3:::bot-audio");
    const OTHER_AUDIO: (&str, &str, &str) = ("AUDIO", "S3", "arn:aws:s3:::somebody-elses");
    let group = ("log-group-name", "/lex/bot");
    let bucket = ("bucket-name", "bot-audio");
    let case = |before, parameters, expected, replaces| Case {
        before,
        parameters,
        expected: settings(ROLE, expected),
        replaces,
    };
    let theirs = |of: &[(&str, &str, &str)]| settings(THEIRS, of);
    vec![
        case(Value::Null, vec![group, bucket], &[TEXT, AUDIO], false),
        case(
            settings(ROLE, &[OTHER_AUDIO]),
            vec![group],
            &[OTHER_AUDIO, TEXT],
            false,
        ),
        // One role writes both kinds.
        case(
            theirs(&[OTHER_AUDIO]),
            vec![group],
            &[OTHER_AUDIO, TEXT],
            true,
        ),
        case(
            theirs(&[TEXT, OTHER_AUDIO]),
            vec![group, bucket],
            &[TEXT, AUDIO],
            true,
        ),
    ]
}

/// Resets the server and creates the alias.
fn create(iam: &mut Iam, logs: &Value) {
    iam.ask("reset");
    let mut arguments = json!({ "botName": "OrderFlowers", "name": "live", "botVersion": "3",
        "description": "Blumen für alle" });
    if !logs.is_null() {
        let mut logs = logs.clone();
        for setting in logs["logSettings"].as_array_mut().unwrap() {
            setting.as_object_mut().unwrap().remove("resourcePrefix");
        }
        arguments["conversationLogs"] = logs;
    }
    iam.ask(&format!("call lex-models put_bot_alias {arguments}"));
}

fn switches_on_and_off(iam: &mut Iam, runner: Runner, cli: Cli, case: &Case) {
    let what = format!(
        "{runner:?}, {cli:?}, {}, {:?}",
        case.before, case.parameters
    );
    create(iam, &case.before);
    let start = alias(iam);
    let parameters = [
        ("lex-version", "v1"),
        ("account-id", ACCOUNT),
        ("region", "us-east-1"),
        ("bot-id", "OrderFlowers"),
        ("bot-alias-id", "live"),
    ];
    let request = request(parameters.iter().chain(&case.parameters).copied());
    let place = Site::new(iam, &request, runner, cli);
    place.done("enable", &["--dry-run"]);
    assert_eq!(place.run("disable", &["--dry-run"]).code, 2, "{what}");
    assert_eq!(alias(iam), start, "{what}");
    if case.replaces {
        let refused = place.run("enable", &["--yes"]);
        assert_eq!(refused.code, 1, "{what}: {refused:?}");
        let shows = "\n      in the account:  text logs: arn:aws:iam::111122223333:role/Theirs";
        assert!(refused.stdout.contains(shows), "{what}: {refused:?}");
        assert_eq!(alias(iam), start, "{what}");
    }
    place.done("enable", &["--update", "--yes"]);
    let mut wanted = start.clone();
    wanted["conversationLogs"] = case.expected.clone();
    assert_eq!(alias(iam), wanted, "{what}");
    let again = place.done("enable", &[]);
    assert!(
        again.stdout.contains("switched on already"),
        "{what}: {again:?}"
    );
    place.done("disable", &["--yes"]);
    let mut back = alias(iam);
    // Their order has no meaning.
    if let Some(settings) = back.pointer_mut("/conversationLogs/logSettings") {
        let settings = settings.as_array_mut().unwrap();
        settings.sort_by_key(|setting| setting["logType"] == "AUDIO");
    }
    assert_eq!(back, start, "{what}");
}

#[test]
#[ignore = "needs the real shells, Wine and AWS CLI: run tests/run"]
fn logs_of_lex_v1_are_switched_on_and_off() {
    let mut iam = Iam::start(ACCOUNT);
    for (runner, cli) in [
        (Runner::Shell(0), Cli::V1),
        (Runner::Shell(1), Cli::V2),
        (Runner::CmdExe, Cli::V1),
    ] {
        for case in cases() {
            switches_on_and_off(&mut iam, runner, cli, &case);
        }
    }
}
