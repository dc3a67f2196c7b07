//! Rows with faults: all are told, and nothing is written.

use std::fs;

use super::{fleet, made, place, tree};
use crate::verify::run;

#[test]
fn more_faults_than_a_hundred_are_counted() {
    let place = place(1);
    let rows: String = (0..250).map(|row| format!("{row},us-east-1\n")).collect();
    fs::write(
        place.path().join("bad.csv"),
        format!("account-id,region\n{rows}"),
    )
    .unwrap();
    let (code, _, complained) = fleet(place.path(), "bad.csv", "out", &[]);
    assert_eq!(code, 2);
    assert_eq!(complained.matches("for example, ").count(), 100);
    assert!(
        complained.ends_with("\n\nand 150 more\n\n250 errors in 250 rows; nothing was written\n"),
        "{complained}"
    );
}

#[test]
fn good_rows_can_be_made_all_the_same() {
    let place = place(4);
    made(place.path(), "rows.csv", "good", &[]);
    let good = fs::read_to_string(place.path().join("rows.csv")).unwrap();
    let twins = "999999999999,us-east-1,,\n999999999999,us-east-1,abc,\n";
    fs::write(
        place.path().join("rows.csv"),
        format!("{good}x,us-east-1,,\n{twins}"),
    )
    .unwrap();
    let (code, said, complained) = fleet(place.path(), "rows.csv", "out", &["--keep-going"]);
    assert_eq!(code, 2);
    assert!(said.ends_with("  out/fleet.json\n"), "{said}");
    assert!(
        complained.ends_with("\n\n2 errors in 3 rows; the bundles of the other 4 rows are there\n"),
        "{complained}"
    );
    // Of two rows for one bundle neither is right.
    assert!(tree(&place.path().join("out")) == tree(&place.path().join("good")));
}

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
