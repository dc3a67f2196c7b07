//! What `undo` removes by the receipt: its last line on a resource counts.

use super::*;

/// What remains of a role, a policy and its attachment.
fn remains(state: &Value) -> [bool; 3] {
    let role = state["roles"].get(ROLE);
    let attached = role.is_some_and(|role| role["attached"] != json!([]));
    [
        role.is_some(),
        state["policies"].get(policy("CloudWatchLogs")).is_some(),
        attached,
    ]
}

#[test]
#[ignore = "needs the real shells, AWS CLI and IAM server: run tests/run"]
fn undo_removes_what_the_last_line_on_it_says_was_created() {
    type Change = fn(&str) -> String;
    // A receipt, and what it leaves of role, policy and attachment.
    let receipts: [(&str, Change, [bool; 3]); 12] = [
        ("CRLF", |text| text.replace('\n', "\r\n"), [false; 3]),
        (
            "a broken line",
            |text| format!("{text}\ncreati"),
            [false; 3],
        ),
        (
            "a broken last word",
            |text| format!("{text}\nreceipt: 2\nremoved: arn:aws:iam"),
            [false; 3],
        ),
        (
            "no end of line",
            |text| text.trim_end().to_owned(),
            [false; 3],
        ),
        (
            "no answer",
            |text| text.replace("\ncreated: ", "\n"),
            [false; 3],
        ),
        (
            "no policy",
            |text| {
                let lines = text.split_inclusive('\n');
                lines
                    .filter(|line| {
                        !line.ends_with("policy/LexConversationLogsCloudWatchLogsPolicy\n")
                    })
                    .collect()
            },
            [false, true, false],
        ),
        (
            "another account",
            |text| text.replace(ACCOUNT, "999999999999"),
            [true; 3],
        ),
        (
            "in place",
            |text| {
                text.replace("created: ", "in place: ")
                    .replace("creating: ", "in place: ")
            },
            [true; 3],
        ),
        (
            "refused",
            |text| text.replace("\ncreated: ", "\nnot created: "),
            [true; 3],
        ),
        (
            "removed",
            |text| format!("{text}{}", text.replace("\ncreated: ", "\nremoved: ")),
            [true; 3],
        ),
        (
            "created again",
            |text| format!("{}{text}", text.replace("\ncreated: ", "\nremoved: ")),
            [false; 3],
        ),
        ("empty", |_| String::new(), [true; 3]),
    ];
    let mut iam = Iam::start(ACCOUNT);
    // cmd.exe reads in its own way; the others use the same tools.
    for runner in 0..count(2, shells().len()) {
        let runner = if full() {
            RUNNERS[runner]
        } else {
            [RUNNERS[0], RUNNERS[5]][runner]
        };
        iam.ask("reset");
        let mut site = Site::new(&iam, &example("text-only"), runner, Cli::V1);
        site.done("apply", &["--yes"]);
        let receipt = site.receipt().replace('\r', "");
        iam.ask("save applied");
        for (number, (name, change, expected)) in receipts.into_iter().enumerate() {
            iam.ask("restore applied");
            site.cli = CLIS[number % 2];
            site.write_receipt(&change(&receipt));
            let undone = site.done("undo", &["--yes"]);
            assert_eq!(
                remains(&iam.ask("state")),
                expected,
                "{name}, {site:?}: {undone:?}"
            );
        }
        // What was begun goes only if it is exactly the bundle's.
        iam.ask("restore applied");
        iam.create_version(&policy("CloudWatchLogs"), "b", true);
        site.write_receipt(&receipt.replace("\ncreated: ", "\n"));
        let undone = site.done("undo", &["--yes"]);
        assert_eq!(
            remains(&iam.ask("state")),
            [false, true, false],
            "{site:?}: {undone:?}"
        );
    }
}
