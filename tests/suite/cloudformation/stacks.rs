//! A stack and a stack set in moto leave what `apply` does.

use std::fs;

use lexlogs::request::Request;
use serde_json::{Value, json};

use super::template;
use crate::apply::{ACCOUNT, CASES, example, prepare, region};
use crate::iam::{CLIS, Iam, expected_state};
use crate::runner::{Runner, bash};
use crate::support::{bundle, folder, lexlogs, request, root};

/// What a stack leaves that moto creates: as apply does, but for the tags of the policies, which CloudFormation cannot set,
/// and what moto does not take from a template: a log group's key, a bucket's public access block, bucket key,
/// lifecycle and policy.
fn expected(request: &Request, before: &Value) -> Value {
    let mut state = expected_state(request, &bundle(request), before);
    for policy in state["policies"].as_object_mut().unwrap().values_mut() {
        policy["tags"] = json!({});
    }
    for group in state["groups"].as_object_mut().unwrap().values_mut() {
        group["key"] = Value::Null;
    }
    for bucket in state["buckets"].as_object_mut().unwrap().values_mut() {
        bucket["block"] = Value::Null;
        bucket["lifecycle"] = Value::Null;
        bucket["policy"] = Value::Null;
        bucket["encryption"][0]["BucketKeyEnabled"] = json!(false);
    }
    state
}

fn call(iam: &mut Iam, method: &str, arguments: &Value) -> Value {
    iam.ask(&format!("call cloudformation {method} {arguments}"))
}

/// moto does not check what a template is allowed to do, and no pattern of a parameter; its `AWS::Partition` is always `aws`.
#[test]
#[ignore = "needs the IAM server: run tests/run"]
fn stacks_leave_what_apply_does_capabilities_unchecked() {
    let mut iam = Iam::start(ACCOUNT);
    let name = json!({ "StackName": "lex-conversation-logs" });
    for (case, is_set) in CASES
        .into_iter()
        .flat_map(|case| [(case, false), (case, true)])
    {
        let request = example(case);
        let before = prepare(&mut iam, case);
        let is_gov = region(case) == "us-gov-west-1";
        let partition = if is_gov { "aws-us-gov" } else { "aws" };
        let mut arguments = json!({
            "TemplateBody": template(&request).replace("${AWS::Partition}", partition),
            "Capabilities": ["CAPABILITY_NAMED_IAM"],
        });
        if is_set {
            let set = &name["StackName"];
            arguments["StackSetName"] = set.clone();
            call(&mut iam, "create_stack_set", &arguments);
            let instances =
                json!({ "StackSetName": set, "Accounts": [ACCOUNT], "Regions": [region(case)] });
            call(&mut iam, "create_stack_instances", &instances);
        } else {
            arguments["StackName"] = name["StackName"].clone();
            call(&mut iam, "create_stack", &arguments);
            let stack = &call(&mut iam, "describe_stacks", &name)["Stacks"][0];
            assert_eq!(stack["StackStatus"], "CREATE_COMPLETE", "{case}");
            for output in stack["Outputs"].as_array().unwrap() {
                let arn = output["OutputValue"].as_str().unwrap();
                assert!(
                    arn.starts_with(&format!("arn:{partition}:")),
                    "{case}: {arn}"
                );
            }
        }
        let state = iam.ask("state");
        assert_eq!(state, expected(&request, &before), "{case}, {is_set}");
    }
}

/// moto ignores the operation preferences and the accounts that a filter leaves out.
#[test]
#[ignore = "needs the IAM server: run tests/run"]
fn a_stack_set_does_too_with_overrides_preferences_unchecked() {
    let mut iam = Iam::start(ACCOUNT);
    iam.ask("region eu-west-1");
    let before = iam.ask("state");
    let set = json!({
        "StackSetName": "lex-conversation-logs",
        "TemplateBody": template(&example("organisation")),
        "Capabilities": ["CAPABILITY_NAMED_IAM"],
    });
    call(&mut iam, "create_stack_set", &set);
    let parameters = [
        ("RoleName", "OtherRole"),
        ("BucketName", "other-archive"),
        ("LogGroupName", "/lex/other"),
    ];
    let overrides =
        parameters.map(|(name, value)| json!({ "ParameterKey": name, "ParameterValue": value }));
    let instances = json!({
        "StackSetName": "lex-conversation-logs",
        "Accounts": [ACCOUNT],
        "Regions": ["eu-west-1"],
        "ParameterOverrides": overrides,
    });
    call(&mut iam, "create_stack_instances", &instances);
    // What apply leaves of such a request.
    let arguments = [
        "--region=eu-west-1",
        "--permissions-boundary=arn:aws:iam::111122223333:policy/boundaries/ServiceBoundary",
        "--role-name=OtherRole",
        "--bucket-name=other-archive",
        "--log-group-name=/lex/other",
    ];
    let place = folder();
    let config = root().join("examples/organisation/lexlogs.toml");
    let config = config.to_str().unwrap();
    let render = [&["render", config, "-o", "out"], &arguments[..]].concat();
    assert!(lexlogs(place.path(), &render).status.success());
    let path = place.path().join("out/request.json");
    let config = lexlogs::config::Config::parse(&path, &fs::read(&path).unwrap());
    let request = Request::new(&config.parameters, config.faults).unwrap();
    assert_eq!(iam.ask("state"), expected(&request, &before));
}

/// moto knows no drift; a change set is executed whatever it needs.
#[test]
#[ignore = "needs the AWS CLI and IAM server: run tests/run"]
fn the_runbooks_commands_create_a_stack_drift_unchecked() {
    let place = folder();
    let path = place.path().join("LexConversationLogsStack.json");
    for cli in CLIS {
        let mut iam = Iam::start(ACCOUNT);
        let before = iam.ask("state");
        let raw = [
            ("lex-version", "v2"),
            ("account-id", ACCOUNT),
            ("region", "us-east-1"),
            ("log-group-name", "/lex/bot"),
            ("bucket-name", "bot-audio"),
            ("cloudformation", "true"),
        ];
        let request = request(raw);
        fs::write(&path, template(&request)).unwrap();
        let blocks = Runner::Shell(0).blocks(&request, "Use CloudFormation instead");
        let settings = iam.settings();
        for block in &blocks[..2] {
            bash(
                &format!("set -e\n{block}"),
                place.path(),
                &iam.aws(cli),
                &settings,
            );
        }
        assert_eq!(iam.ask("state"), expected(&request, &before), "{cli:?}");
        assert!(
            blocks[3].starts_with("aws cloudformation delete-stack "),
            "{blocks:?}"
        );
    }
}
