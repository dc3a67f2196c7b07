//! Rows with faults: all are told, and nothing is written.

use std::fs;

use super::{fleet, place, tree};
use crate::verify::run;

#[test]
fn two_definitions_of_one_role_or_policy_are_an_error() {
    let place = place(1);
    let written = |rows: &str| {
        let header = "account-id,region,role-name,source-account,cloudwatch-policy-name";
        fs::write(place.path().join("a.csv"), format!("{header}\n{rows}")).unwrap();
        fleet(place.path(), "a.csv", "out", &[])
    };
    let many: String = (0..30)
        .map(|row| format!("111122223333,us-east-{row},,,\n"))
        .collect();
    let (_, _, complained) = written(&many);
    assert!(
        complained.contains("lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 20 more give policy"),
        "{complained}"
    );
    assert!(
        complained.contains(" 30 different documents; "),
        "{complained}"
    );
    assert!(!place.path().join("out").exists());

    // Names of their own; then the row of one Region goes, and its name with it.
    let (one, other) = ("111122223333,us-east-1,,,A\n", "111122223333,us-west-2,,,");
    let (code, ..) = written(&format!("{one}{other}B\n"));
    assert_eq!(code, 0);
    let before = tree(&place.path().join("out"));
    let (code, _, complained) = written(&format!("{other}A\n"));
    let bundle = |region| {
        format!(
            "111122223333/lex-conversation-logs-111122223333-{region}-LexConversationLogsRole.zip"
        )
    };
    let (east, west) = (bundle("us-east-1"), bundle("us-west-2"));
    assert_eq!(code, 3);
    assert!(
        complained.contains(&format!(
            "{east} and {west} give policy `A` of account 111122223333 two different documents"
        )),
        "{complained}"
    );
    assert!(
        complained.contains("help: --prune removes "),
        "{complained}"
    );
    assert!(tree(&place.path().join("out")) == before);
    // To compare, it need not be the folder's own earlier state.
    fs::rename(place.path().join("out"), place.path().join("old")).unwrap();
    assert_eq!(written(&format!("{other}A\n")).0, 0);
    let (code, said, _) = run(place.path(), &["diff", "old", "out"]);
    assert_eq!(code, 1);
    assert!(
        said.contains(&format!("! {east} and {west} give policy `A` of ")),
        "{said}"
    );
}
