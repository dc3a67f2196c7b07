//! The policy that lets somebody pass the role: the runbook's commands give it to
//! a role or a user, by the real AWS CLI, and the scripts leave it alone.

use serde_json::{Value, json};

use crate::apply::{ACCOUNT, example, unpacked};
use crate::iam::{CLIS, Iam};
use crate::runner::{Outcome, RUNNERS, Runner};
use crate::support::{bundle, each, folder};

const POLICY: &str = "arn:aws:iam::111122223333:policy/LexConversationLogsPassRolePolicy";

/// The runbook's commands for a shell, in order: creating and attaching to a
/// role, then attaching to a user.
fn commands(runbook: &str, language: &str) -> [String; 2] {
    let (_, section) = runbook.split_once("\n## Allow passing the role\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let fence = format!("```{language}\n");
    let mut blocks = section.split(&fence).skip(1);
    let mut block = || {
        let (block, _) = blocks.next().unwrap().split_once("```").unwrap();
        block.replace("OPERATOR", "Operator")
    };
    [block(), block()]
}

fn attached(iam: &mut Iam, method: &str, arguments: &Value) -> Value {
    iam.call(method, arguments)["AttachedPolicies"].clone()
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn the_runbook_gives_it_and_the_scripts_leave_it() {
    let mut iam = Iam::start(ACCOUNT);
    let request = example("pass-role");
    let files = bundle(&request).files;
    let file = |name: &str| &files.iter().find(|file| file.name == name).unwrap().text;
    let document: Value =
        serde_json::from_str(file("LexConversationLogsPassRolePolicy.json")).unwrap();
    let ours = json!([{ "PolicyName": "LexConversationLogsPassRolePolicy", "PolicyArn": POLICY }]);
    let runners = [RUNNERS[0], RUNNERS[1], Runner::CmdExe, Runner::CmdBatch];
    for case in each(&[runners.len(), CLIS.len()]) {
        let (runner, cli) = (runners[case[0]], CLIS[case[1]]);
        let case = format!("{runner:?}, {cli:?}");
        iam.ask("reset");
        iam.create_role("Operator");
        iam.call("create_user", &json!({ "UserName": "Operator" }));
        let place = folder();
        let folder = unpacked(&request, place.path());
        let (aws, mut settings) = (iam.aws(cli), iam.settings());
        settings.push(("AWS_DEFAULT_REGION".to_owned(), "us-east-1".to_owned()));
        let run = |script: &str, arguments: &[&str]| -> Outcome {
            let outcome = runner.run(&folder, script, arguments, &aws, &settings);
            assert_eq!(
                (outcome.code, outcome.stderr.as_str()),
                (0, ""),
                "{case}, {script}: {outcome:?}"
            );
            outcome
        };
        run("apply", &["--yes"]);
        let applied = iam.ask("state");
        assert_eq!(applied["policies"].get(POLICY), None, "{case}");

        // As they are typed; to a batch file, `aws.cmd` is another one.
        let (language, name) = match runner {
            Runner::Shell(_) => ("sh", "typed.sh"),
            Runner::CmdExe | Runner::CmdBatch => ("bat", "typed.cmd"),
        };
        for text in commands(file("README.md"), language) {
            let text = match language {
                "sh" => format!("set -e\n{text}"),
                _ => format!("@echo off\n{text}")
                    .replace("\naws ", "\ncall aws ")
                    .replace('\n', "\r\n"),
            };
            std::fs::write(folder.join(name), text).unwrap();
            run("typed", &[]);
        }
        let given = iam.ask("state");
        assert_eq!(given["policies"][POLICY]["document"], document, "{case}");
        let role = json!({ "RoleName": "Operator" });
        let user = json!({ "UserName": "Operator" });
        let of_role = attached(&mut iam, "list_attached_role_policies", &role);
        let of_user = attached(&mut iam, "list_attached_user_policies", &user);
        assert_eq!((of_role, of_user), (ours.clone(), ours.clone()), "{case}");
        assert_eq!(
            given["roles"]["SupportBotLogs"], applied["roles"]["SupportBotLogs"],
            "{case}: it is not the role's"
        );

        run("undo", &["--yes"]);
        let undone = iam.ask("state");
        assert_eq!(undone["roles"].get("SupportBotLogs"), None, "{case}");
        let policies = undone["policies"].as_object().unwrap();
        assert_eq!(policies.keys().collect::<Vec<_>>(), [POLICY], "{case}");
    }
}
