//! The template for CloudFormation: its documents are the bundle's, and cfn-lint finds nothing in it.

mod stacks;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use lexlogs::request::Request;
use lexlogs::templates::Templates;
use serde_json::{Value, json};

use crate::apply::{ACCOUNT, example};
use crate::examples::EXAMPLES;
use crate::support::{self, bundle, folder, lexlogs, of_v2, real, request, text};

/// What a stack takes as a body, without a bucket to fetch it from. (CloudFormation API: `TemplateBody`.)
const MAX_BYTES: usize = 51_200;

fn template(request: &Request) -> String {
    lexlogs::cloudformation::template(request.spec(), Templates::built_in().unwrap()).unwrap()
}

/// Everything that a template can have.
fn everything() -> Request {
    of_v2(&[
        ("role-path", "/service/lex/"),
        (
            "permissions-boundary",
            "arn:aws:iam::aws:policy/PowerUserAccess",
        ),
        ("source-account", "true"),
        ("tags", "CostCenter=4711,Größe=½ Liter"),
        ("log-group-name", "/lex/bot"),
        ("create-log-group", "true"),
        ("log-group-retention-days", "30"),
        ("log-group-deletion-protection", "true"),
        (
            "log-group-kms-key-arn",
            "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321",
        ),
        ("bucket-name", "audio-111122223333-us-east-1-an"),
        ("create-bucket", "true"),
        ("audio-log-prefix", "it's (a) 'b'/"),
        ("audio-log-expiration-days", "365"),
        ("bucket-policy-tls-only", "true"),
        (
            "kms-key-arn",
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ),
        ("kms-decrypt", "true"),
    ])
}

/// A value as a stack in this Region has it, with the defaults of the parameters.
fn resolved(value: &Value, values: &BTreeMap<String, String>) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| resolved(item, values)).collect(),
        Value::Object(members) => {
            if let Some(name) = members.get("Ref") {
                return json!(values[name.as_str().unwrap()]);
            }
            if let Some(text) = members.get("Fn::Sub") {
                let mut pieces = text.as_str().unwrap().split("${");
                let first = pieces.next().unwrap().to_owned();
                let filled = pieces.map(|piece| {
                    let (name, rest) = piece.split_once('}').unwrap();
                    format!("{}{rest}", values[name])
                });
                return json!(first + &filled.collect::<String>());
            }
            let members = members.iter();
            let members = members.map(|(key, value)| (key.clone(), resolved(value, values)));
            Value::Object(members.collect())
        }
        _ => value.clone(),
    }
}

/// The resources of a stack of a request, by their names in the template.
fn resources(request: &Request) -> Value {
    let given: Value = serde_json::from_str(&file(request, "request.json")).unwrap();
    let text = |name: &str| given[name].as_str().unwrap();
    stack(&template(request), text("account-id"), text("region"), &[])
}

/// The resources of a stack in an account and a Region, with these parameters.
fn stack(template: &str, account: &str, region: &str, overrides: &[Value]) -> Value {
    let template: Value = serde_json::from_str(template).unwrap();
    let mut values = BTreeMap::new();
    for (name, parameter) in template["Parameters"].as_object().unwrap() {
        let default = parameter["Default"].as_str().unwrap();
        values.insert(name.clone(), default.to_owned());
    }
    for parameter in overrides {
        let text = |name: &str| parameter[name].as_str().unwrap().to_owned();
        let old = values.insert(text("ParameterKey"), text("ParameterValue"));
        assert!(old.is_some(), "{parameter}");
    }
    let is_gov = region.starts_with("us-gov");
    let partition = if is_gov { "aws-us-gov" } else { "aws" };
    for (name, value) in [
        ("AWS::Partition", partition),
        ("AWS::Region", region),
        ("AWS::AccountId", account),
        ("Role", &values["RoleName"].clone()),
        (
            "Bucket",
            &values.get("BucketName").cloned().unwrap_or_default(),
        ),
    ] {
        values.insert(name.to_owned(), value.to_owned());
    }
    resolved(&template["Resources"], &values)
}

/// A file of the bundle of a request.
fn file(request: &Request, name: &str) -> String {
    support::file(&bundle(request), name).to_owned()
}

#[test]
fn the_documents_of_a_template_are_those_of_the_bundle() {
    let requests = EXAMPLES.map(example).into_iter().chain([everything()]);
    let mut seen = 0;
    for request in requests {
        let template = template(&request);
        assert!(template.len() < MAX_BYTES && template.is_ascii());
        for (id, resource) in resources(&request).as_object().unwrap() {
            let properties = &resource["Properties"];
            let (property, name) = match id.as_str() {
                "Role" => (
                    "AssumeRolePolicyDocument",
                    "LexConversationLogsAssumeRolePolicyDocument.json",
                ),
                "CloudWatchLogsPolicy" => (
                    "PolicyDocument",
                    "LexConversationLogsCloudWatchLogsPolicy.json",
                ),
                "S3Policy" => ("PolicyDocument", "LexConversationLogsS3Policy.json"),
                "KmsPolicy" => ("PolicyDocument", "LexConversationLogsKMSPolicy.json"),
                "BucketPolicy" => ("PolicyDocument", "LexConversationLogsBucketPolicy.json"),
                _ => {
                    assert!(["LogGroup", "Bucket"].contains(&id.as_str()), "{id}");
                    assert_eq!(resource["DeletionPolicy"], "Retain");
                    assert_eq!(resource["UpdateReplacePolicy"], "Retain");
                    continue;
                }
            };
            let document: Value = serde_json::from_str(&file(&request, name)).unwrap();
            assert_eq!(properties[property], document, "{id}");
            seen += 1;
        }
    }
    assert_eq!(seen, 49);
}

#[test]
fn a_bundle_has_the_template_if_the_request_asks_for_it() {
    let given = [
        ("lex-version", "v2"),
        ("account-id", ACCOUNT),
        ("region", "us-east-1"),
        ("log-group-name", "/lex/bot"),
    ];
    let stack = "LexConversationLogsStack.json";
    let (plain, asked) = (
        request(given),
        request(given.into_iter().chain([("cloudformation", "true")])),
    );
    assert!(bundle(&plain).files.iter().all(|file| file.name != stack));
    assert!(!file(&plain, "README.md").contains("CloudFormation"));
    assert!(!file(&plain, "request.json").contains("cloudformation"));
    assert_eq!(file(&asked, stack), template(&plain));
    let readme = file(&asked, "README.md");
    assert!(
        readme.contains("\n## Use CloudFormation instead\n"),
        "{readme}"
    );
    assert!(file(&asked, "manifest.json").contains(stack));

    let zip = bundle(&asked).to_zip().unwrap();
    assert!(lexlogs::verify(&zip).whole);
    let mut altered = bundle(&asked);
    let found = altered.files.iter_mut().find(|file| file.name == stack);
    let text = &mut found.unwrap().text;
    *text = text.replace("PutLogEvents", "PutLogEventz");
    assert!(!lexlogs::verify(&altered.to_zip().unwrap()).whole);
}

#[test]
fn rows_of_a_fleet_become_a_stack_set() {
    let place = folder();
    let write = |name: &str, text: &str| fs::write(place.path().join(name), text).unwrap();
    write(
        "shared.toml",
        "lex-version = \"v2\"\nlog-group-name = \"/lex/bot\"\n",
    );
    let run = |rows: &str| {
        write("rows.csv", rows);
        let shared = ["fleet", "rows.csv", "--config", "shared.toml"];
        let set = ["--stack-set", "r-abcd", "-o", "out"];
        lexlogs(place.path(), &[&shared[..], &set].concat())
    };
    let header = "account-id,region,role-name,cloudwatch-policy-name,existing-role\n";
    let rows = [
        ("111122223333", "us-east-1", "A"),
        ("222233334444", "us-east-1", "A"),
        ("333344445555", "us-east-1", "B"),
        ("444455556666", "eu-west-1", "A"),
    ];
    let lines = rows.map(|(account, region, role)| format!("{account},{region},{role},P,\n"));
    let output = run(&format!("{header}{}", lines.concat()));
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stderr).ends_with("4 accounts in 3 groups\n"));
    let read = |name: &str| fs::read_to_string(place.path().join("out").join(name)).unwrap();
    let template = read("LexConversationLogsStack.json");
    let mut seen = Vec::new();
    for number in 1..=3 {
        let instances: Value =
            serde_json::from_str(&read(&format!("instances-{number}.json"))).unwrap();
        let region = instances["Regions"][0].as_str().unwrap();
        let overrides = instances["ParameterOverrides"].as_array().unwrap();
        for account in instances["DeploymentTargets"]["Accounts"]
            .as_array()
            .unwrap()
        {
            let account = account.as_str().unwrap();
            let row = rows.iter().find(|(of, ..)| *of == account).unwrap();
            let request = request([
                ("lex-version", "v2"),
                ("log-group-name", "/lex/bot"),
                ("cloudwatch-policy-name", "P"),
                ("account-id", account),
                ("region", row.1),
                ("role-name", row.2),
            ]);
            let stack = stack(&template, account, region, overrides);
            assert_eq!(stack, resources(&request), "{account}");
            seen.push(account.to_owned());
        }
    }
    seen.sort();
    assert_eq!(seen, rows.map(|(account, ..)| account));
}

/// What cfn-lint, which comes with moto, finds in files of a folder: the rules of each.
fn linted(place: &Path) -> BTreeMap<String, Vec<String>> {
    let files = support::names(place);
    let output = std::process::Command::new(real("venv/bin/cfn-lint"))
        .args(["--include-checks", "I", "--format", "json"])
        .args(["--regions", "us-east-1", "us-gov-west-1", "--"])
        .args(files)
        .current_dir(place)
        .output()
        .unwrap();
    let findings: Vec<Value> = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("cfn-lint failed: {}", text(&output.stderr)));
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in findings {
        let name = finding["Filename"].as_str().unwrap().to_owned();
        let rule = format!("{} {}", finding["Rule"]["Id"], finding["Message"]);
        found.entry(name).or_default().push(rule);
    }
    found
}

#[test]
#[ignore = "needs cfn-lint: run tests/run"]
fn cfn_lint_finds_planted_errors_and_nothing_else() {
    let place = folder();
    let requests = EXAMPLES.map(|name| (name, example(name)));
    for (name, request) in requests.into_iter().chain([("everything", everything())]) {
        fs::write(
            place.path().join(format!("{name}.json")),
            template(&request),
        )
        .unwrap();
    }
    let planted = [
        ("\"Ref\": \"RoleName\"", "\"Ref\": \"Role-Name\"", "E1020"),
        (
            "\"Default\": \"LexConversationLogsRole\"",
            "\"Default\": \"Lex Role\"",
            "E2015",
        ),
        ("\"ManagedPolicyName\"", "\"PolicyName\"", "E3002"),
        (
            "\"RetentionInDays\": 30",
            "\"RetentionInDays\": 31",
            "E3030",
        ),
        ("${BucketName}", "${Bucket.Name}", "E1019"),
    ];
    for (number, (from, to, _)) in planted.iter().enumerate() {
        let template = template(&everything());
        assert!(template.contains(from), "{from}");
        let path = place.path().join(format!("planted-{number}.json"));
        fs::write(path, template.replace(from, to)).unwrap();
    }
    let found = linted(place.path());
    let names = (0..planted.len()).map(|number| format!("planted-{number}.json"));
    assert_eq!(
        found.keys().cloned().collect::<Vec<_>>(),
        names.collect::<Vec<_>>(),
        "{found:#?}"
    );
    for (rules, (.., rule)) in found.values().zip(planted) {
        assert!(
            rules.iter().any(|found| found.contains(rule)),
            "{rule}: {rules:?}"
        );
    }
}
