//! What `check` and `apply` print about what exists and differs, one difference at a time, and what `apply --update` does.

use std::fs;

use lexlogs::request::Request;
use serde_json::{Value, json};

use crate::apply::{ACCOUNT, unpacked};
use crate::iam::{CLIS, Cli, Iam};
use crate::runner::{RUNNERS, Runner, shells};
use crate::support::{bundle, file, folder, full, of_v2};

pub(crate) const ROLE: &str = "LexConversationLogsRole";
const TEXT: &str = "arn:aws:iam::111122223333:policy/LexConversationLogsCloudWatchLogsPolicy";

/// What the scripts do about a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// Nothing: it is in place.
    InPlace,
    /// `apply` creates what is missing.
    Created,
    /// `apply` stops; `apply --update` corrects it.
    Updated,
    /// `apply` stops, with `--update` too.
    Refused,
}

/// A document of the bundle with a change; nothing else differs, not even the order.
fn changed(name: &str, from: &str, to: &str) -> String {
    let bundle = bundle(&bundle_of_everything());
    let text = file(&bundle, name);
    assert_eq!(text.matches(from).count(), 1, "{from}: {text}");
    text.replace(from, to)
}

fn change_trust(iam: &mut Iam, from: &str, to: &str) {
    let document = changed("LexConversationLogsAssumeRolePolicyDocument.json", from, to);
    let arguments = json!({ "RoleName": ROLE, "PolicyDocument": document });
    iam.call("update_assume_role_policy", &arguments);
}

fn change_policy(iam: &mut Iam, from: &str, to: &str) {
    set_policy(
        iam,
        &changed("LexConversationLogsCloudWatchLogsPolicy.json", from, to),
    );
}

fn set_policy(iam: &mut Iam, document: &str) {
    let arguments = json!({ "PolicyArn": TEXT, "PolicyDocument": document, "SetAsDefault": true });
    iam.call("create_policy_version", &arguments);
}

fn detach(iam: &mut Iam, policy: &str) {
    iam.call(
        "detach_role_policy",
        &json!({ "RoleName": ROLE, "PolicyArn": policy }),
    );
}

/// The versions of the policy of text logs.
fn versions(iam: &mut Iam) -> Vec<String> {
    let answer = iam.call("list_policy_versions", &json!({ "PolicyArn": TEXT }));
    let versions = answer["Versions"].as_array().unwrap();
    let mut ids: Vec<String> = versions
        .iter()
        .map(|version| version["VersionId"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    ids
}

/// Its name, what makes it, a line that the scripts print about it (empty: none), and what follows.
type Difference = (&'static str, fn(&mut Iam), &'static str, Then);

const DIFFERENCES: &[Difference] = &[
    (
        "another principal in the trust policy",
        |iam| change_trust(iam, "lexv2.", "lex."),
        "in the account:  \"Service\": \"lex.amazonaws.com\"",
        Then::Updated,
    ),
    (
        "an extra statement in the trust policy",
        |iam| {
            let other =
                r#"{ "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "sts:AssumeRole" }"#;
            change_trust(
                iam,
                "\"Statement\": [",
                &format!("\"Statement\": [{other},"),
            );
        },
        "in the account:  \"AWS\": \"*\"",
        Then::Updated,
    ),
    (
        "a condition in the trust policy",
        |iam| {
            let condition = r#""Condition": { "StringEquals": { "aws:SourceAccount": "1" } },"#;
            change_trust(iam, "\"Action\"", &format!("{condition} \"Action\""));
        },
        "in the account:  \"aws:SourceAccount\": \"1\"",
        Then::Updated,
    ),
    (
        "another resource in a policy",
        |iam| change_policy(iam, "/lex/bot:*", "*"),
        "in the document: \"Resource\": \"arn:aws:logs:us-east-1:111122223333:log-group:/lex/bot:*\"",
        Then::Updated,
    ),
    (
        "an extra action in a policy",
        |iam| {
            change_policy(
                iam,
                "\"logs:Create",
                "\"logs:DeleteLogStream\", \"logs:Create",
            );
        },
        "in the account:  \"logs:DeleteLogStream\",",
        Then::Updated,
    ),
    (
        "a missing action in a policy",
        |iam| change_policy(iam, "\"logs:CreateLogStream\",", ""),
        "in the document: \"logs:CreateLogStream\",",
        Then::Updated,
    ),
    (
        "a denial in a policy",
        |iam| change_policy(iam, "Allow", "Deny"),
        "in the account:  \"Effect\": \"Deny\",",
        Then::Updated,
    ),
    (
        "the same actions in another order",
        |iam| {
            let files = bundle(&bundle_of_everything()).files;
            let file = files
                .iter()
                .find(|file| file.name.contains("CloudWatchLogs"))
                .unwrap();
            let (start, rest) = file.text.split_once("\"logs:CreateLogStream\",").unwrap();
            let end = rest.replace("\"logs:PutLogEvents\"", "\"logs:CreateLogStream\"");
            set_policy(iam, &format!("{start}\"logs:PutLogEvents\",{end}"));
        },
        "in the account:  \"logs:CreateLogStream\"",
        Then::Updated,
    ),
    (
        "five versions, of which the default is not the oldest",
        |iam| {
            for bucket in ["a", "b", "c", "d"] {
                iam.create_version(TEXT, bucket, bucket == "c");
            }
        },
        "in the account:  \"Resource\": \"arn:aws:s3:::somebody-elses-c/*\"",
        Then::Updated,
    ),
    (
        "five versions, of which the default is the oldest",
        |iam| {
            iam.create_version(TEXT, "a", true);
            let first = json!({ "PolicyArn": TEXT, "VersionId": "v1" });
            iam.call("delete_policy_version", &first);
            for bucket in ["b", "c", "d", "e"] {
                iam.create_version(TEXT, bucket, false);
            }
        },
        "in the account:  \"Resource\": \"arn:aws:s3:::somebody-elses-a/*\"",
        Then::Updated,
    ),
    (
        "another boundary",
        |iam| {
            let arn = "arn:aws:iam::111122223333:policy/Other";
            let arguments = json!({ "RoleName": ROLE, "PermissionsBoundary": arn });
            iam.call("put_role_permissions_boundary", &arguments);
        },
        "its permissions boundary is arn:aws:iam::111122223333:policy/Other",
        Then::Updated,
    ),
    (
        "no boundary",
        |iam| {
            let role = json!({ "RoleName": ROLE });
            iam.call("delete_role_permissions_boundary", &role);
        },
        "in the account:  boundary none",
        Then::Updated,
    ),
    (
        "another tag of the role",
        |iam| {
            let tags = json!([{ "Key": "Größe", "Value": "½" }]);
            iam.call("tag_role", &json!({ "RoleName": ROLE, "Tags": tags }));
        },
        "in the account:  tags 1",
        Then::Updated,
    ),
    (
        "a missing tag of a policy",
        |iam| {
            let arguments = json!({ "PolicyArn": TEXT, "TagKeys": ["CostCenter"] });
            iam.call("untag_policy", &arguments);
        },
        "in the account:  tags 1",
        Then::Updated,
    ),
    (
        "an extra tag",
        |iam| {
            let tags = json!([{ "Key": "OtherTeam", "Value": "" }]);
            iam.call("tag_role", &json!({ "RoleName": ROLE, "Tags": tags }));
        },
        "",
        Then::InPlace,
    ),
    (
        "a missing attachment",
        |iam| detach(iam, TEXT),
        "policy LexConversationLogsCloudWatchLogsPolicy on role LexConversationLogsRole",
        Then::Created,
    ),
    (
        "an attached policy of somebody else",
        |iam| {
            let arn = iam.create_policy("SomebodyElses", "/");
            let arguments = json!({ "RoleName": ROLE, "PolicyArn": arn });
            iam.call("attach_role_policy", &arguments);
        },
        "",
        Then::InPlace,
    ),
    (
        "the role under another path",
        |iam| {
            detach(iam, TEXT);
            detach(iam, &TEXT.replace("CloudWatchLogs", "S3"));
            iam.call("delete_role", &json!({ "RoleName": ROLE }));
            iam.create_role(ROLE);
        },
        "its ARN is arn:aws:iam::111122223333:role/LexConversationLogsRole",
        Then::Refused,
    ),
];

pub(crate) fn bundle_of_everything() -> Request {
    of_v2(&[
        ("role-path", "/team/"),
        (
            "permissions-boundary",
            "arn:aws:iam::111122223333:policy/Boundary",
        ),
        ("tags", "CostCenter=4711,Größe=½ Liter"),
        ("log-group-name", "/lex/bot"),
        ("bucket-name", "audio-logs"),
    ])
}

/// The state without what an update may leave behind: earlier versions, tags of others.
fn without_leftovers(mut state: Value) -> Value {
    for policy in state["policies"].as_object_mut().unwrap().values_mut() {
        policy.as_object_mut().unwrap().remove("versions");
    }
    for role in state["roles"].as_object_mut().unwrap().values_mut() {
        let tags = role["tags"].as_object_mut().unwrap();
        tags.retain(|key, _| !key.starts_with("Other"));
    }
    state
}

/// Runs check, a dry run, apply and apply --update on each difference. Each runs in the runners that are chosen by its index.
fn each_difference(runners: impl Fn(usize) -> Vec<Runner>) {
    let mut iam = Iam::start(ACCOUNT);
    let place = folder();
    let folder = unpacked(&bundle_of_everything(), place.path());
    let receipt = folder.join("receipt.txt");
    let settings = iam.settings();
    let first = RUNNERS[0].run(&folder, "apply", &["--yes"], &iam.aws(Cli::V2), &settings);
    assert_eq!(first.code, 0, "{first:?}");
    let good = iam.ask("state");
    iam.ask("save good");
    let applied = fs::read(&receipt).unwrap();

    for (index, (name, make, line, then)) in DIFFERENCES.iter().enumerate() {
        for runner in runners(index) {
            let aws = iam.aws(CLIS[index % 2]);
            let run = |script, arguments: &[&str]| {
                runner.run(&folder, script, arguments, &aws, &settings)
            };
            iam.ask("restore good");
            fs::write(&receipt, &applied).unwrap();
            make(&mut iam);
            let made = iam.ask("state");
            let stops = i32::from(matches!(then, Then::Updated | Then::Refused));
            let runs = [
                ("apply", &["--dry-run"][..], 0),
                ("check", &[], i32::from(*then != Then::InPlace)),
                ("apply", &["--yes"], stops),
            ];
            // What a dry run prints about a difference is the same text in every shell.
            let first = usize::from(!full() && runner != RUNNERS[0]);
            for (script, arguments, code) in runs.into_iter().skip(first) {
                let outcome = run(script, arguments);
                let case = format!("{name}, {runner:?}, {script} {arguments:?}: {outcome:?}");
                assert_eq!(outcome.code, code, "{case}");
                let is_printed = outcome.stdout.contains(&format!("{line}\n"));
                assert!(is_printed || line.is_empty(), "{case}");
                let differs = outcome.stdout.contains("  differs   ");
                assert_eq!(differs, stops == 1, "{case}");
                if script == "apply" && code == 1 {
                    assert!(outcome.stderr.ends_with("Nothing was changed.\n"), "{case}");
                }
                if (script, code) != ("apply", 0) || arguments == ["--dry-run"] {
                    assert_eq!(iam.ask("state"), made, "{case}");
                }
            }

            let before = versions(&mut iam);
            let outcome = run("apply", &["--yes", "--update"]);
            let case = format!("{name}, {runner:?}: {outcome:?}");
            assert_eq!(outcome.code, i32::from(*then == Then::Refused), "{case}");
            let state = iam.ask("state");
            if matches!(then, Then::InPlace | Then::Refused) {
                assert_eq!(state, made, "{case}");
            } else {
                assert_eq!(
                    without_leftovers(state),
                    without_leftovers(good.clone()),
                    "{case}"
                );
            }
            // Of five versions, the oldest that is not the default goes. Otherwise, all stay.
            let mut kept = before.clone();
            if before.len() == 5 {
                kept.remove(usize::from(before[0] != "v1"));
            }
            let after = versions(&mut iam);
            assert!(
                kept.iter().all(|id| after.contains(id)),
                "{case}: {before:?}, {after:?}"
            );
            let added = usize::from(
                made["policies"][TEXT]["document"] != good["policies"][TEXT]["document"],
            );
            assert_eq!(after.len(), kept.len() + added, "{case}");
            if *then != Then::Refused {
                let outcome = run("check", &[]);
                assert_eq!(outcome.code, 0, "{case}, then {outcome:?}");
            }
        }
    }
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn bash_shows_each_difference_and_updates_it() {
    each_difference(|_| vec![RUNNERS[0]]);
}

#[test]
#[ignore = "needs the real shells, AWS CLI, IAM server and Wine: run tests/run"]
fn every_other_shell_shows_differences_and_updates_them() {
    let others = &shells()[1..];
    each_difference(|index| {
        if full() {
            others.to_vec()
        } else {
            // Each of them two or three times: what differs is data, and bash has shown all of it.
            let chosen = others.get(index % 8);
            chosen.into_iter().copied().collect()
        }
    });
}
