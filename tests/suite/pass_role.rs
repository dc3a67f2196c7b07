//! The policy that lets somebody pass the role: the runbook's commands give it to
//! a role or a user, by the real AWS CLI, and the scripts leave it alone.

use serde_json::{Value, json};

use crate::apply::{ACCOUNT, example};
use crate::iam::{CLIS, Iam};
use crate::runner::{RUNNERS, Runner};
use crate::site::Site;
use crate::support::{bundle, each, file};

const POLICY: &str = "arn:aws:iam::111122223333:policy/LexConversationLogsPassRolePolicy";

fn attached(iam: &mut Iam, method: &str, arguments: &Value) -> Value {
    iam.call(method, arguments)["AttachedPolicies"].clone()
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn the_runbook_gives_it_and_the_scripts_leave_it() {
    let mut iam = Iam::start(ACCOUNT);
    let request = example("pass-role");
    let document = "LexConversationLogsPassRolePolicy.json";
    let document: Value = serde_json::from_str(file(&bundle(&request), document)).unwrap();
    let ours = json!([{ "PolicyName": "LexConversationLogsPassRolePolicy", "PolicyArn": POLICY }]);
    let runners = [RUNNERS[0], RUNNERS[1], Runner::CmdExe, Runner::CmdBatch];
    for case in each(&[runners.len(), CLIS.len()]) {
        let (runner, cli) = (runners[case[0]], CLIS[case[1]]);
        let case = format!("{runner:?}, {cli:?}");
        iam.ask("reset");
        iam.create_role("Operator");
        iam.call("create_user", &json!({ "UserName": "Operator" }));
        let site = Site::new(&iam, &request, runner, cli);
        site.done("apply", &["--yes"]);
        let applied = iam.ask("state");
        assert_eq!(applied["policies"].get(POLICY), None, "{case}");

        // Creating and attaching to a role, then attaching to a user.
        let mut settings = iam.settings();
        settings.push(("AWS_DEFAULT_REGION".to_owned(), "us-east-1".to_owned()));
        for block in &runner.blocks(&request, "Allow passing the role")[..2] {
            let typed = block.replace("OPERATOR", "Operator");
            let outcome = runner.typed(&site.folder, &typed, &iam.aws(cli), &settings);
            assert!(outcome.is_done(), "{case}: {outcome:?}");
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

        site.done("undo", &["--yes"]);
        let undone = iam.ask("state");
        assert_eq!(undone["roles"].get("SupportBotLogs"), None, "{case}");
        let policies = undone["policies"].as_object().unwrap();
        assert_eq!(policies.keys().collect::<Vec<_>>(), [POLICY], "{case}");
    }
}
