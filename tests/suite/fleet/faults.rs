//! Rows with faults: all are told, and nothing is written.

use std::fs;

use super::{fleet, made, place, tree};
use crate::support::{errors, names};
use crate::verify::run;

#[test]
fn all_faults_of_all_rows_are_told_before_anything_is_written() {
    let place = place(1);
    let rows = "account-id,region,bucket-name,role-name\n\
111122223333,us-east-1,,\n\
11122223333,us-east-1,Logs,\n\
1.11E+11,us_east_1,,\n\
111122223333,us-east-1,,lexconversationlogsrole\n\
,eu-west-1,,\n\
444455556666,eu-west-1\n";
    fs::write(place.path().join("bad.csv"), rows).unwrap();
    let (code, said, complained) = fleet(place.path(), "bad.csv", "out", &[]);
    assert_eq!((code, said.as_str()), (2, ""));
    let expected = [
        "bad.csv:3:1: account-id `11122223333` has 11 of 12 digits; it may have lost its leading zeros, as in a spreadsheet; for example, `111122223333`",
        "bad.csv:3:23: bucket-name `Logs` has the capital letter `L`; did you mean `logs`?",
        "bad.csv:4:1: account-id `1.11E+11` is a number as a spreadsheet rounds it, and its last digits are lost; format the column as Text; for example, `111122223333`",
        "bad.csv:4:10: region `us_east_1` is not the code of an AWS Region; did you mean `us-east-1`?",
        "bad.csv:6:1: missing account-id; add `111122223333`",
        "bad.csv:7:1: the row has 2 of 4 cells; every row must have as many as the header; an empty one stands for nothing",
        "bad.csv:5: the row would write the same bundle as the one in line 2: account, Region and role are the same",
    ];
    assert_eq!(
        errors(&complained),
        (
            expected.map(str::to_owned).to_vec(),
            "7 errors in 6 rows; nothing was written"
        )
    );
    assert_eq!(names(place.path()), ["bad.csv", "rows.csv", "shared.toml"]);
}

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
fn a_fault_of_what_all_rows_share_is_told_once() {
    let place = place(50);
    let (code, _, complained) = fleet(place.path(), "rows.csv", "out", &["--role-name", "a b"]);
    assert_eq!(code, 2);
    assert!(
        complained.starts_with("error: --role-name `a b` has "),
        "{complained}"
    );
    assert!(
        complained.ends_with("\n\n1 error in 50 rows; nothing was written\n"),
        "{complained}"
    );
    // One that only some rows have is told with the first of them.
    let mut rows = String::from("account-id,region\n");
    for account in 0..300 {
        let region = ["eu-west-1", "us-west-2"][account % 2];
        rows.push_str(&format!("{account:012},{region}\n"));
    }
    fs::write(place.path().join("keys.csv"), rows).unwrap();
    let key = "arn:aws:kms:eu-west-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let more = ["--bucket-name", "abc", "--kms-key-arn", key];
    let (code, _, complained) = fleet(place.path(), "keys.csv", "out", &more);
    assert_eq!(code, 2);
    assert!(
        complained.contains("is in `region` us-west-2; so it is for keys.csv:3\n"),
        "{complained}"
    );
    assert!(
        complained.ends_with("\n\n1 error in 150 rows; nothing was written\n"),
        "{complained}"
    );
    fs::remove_file(place.path().join("keys.csv")).unwrap();
    fs::write(place.path().join("shared.toml"), "lexversion = \"v2\"\n").unwrap();
    let (code, _, complained) = fleet(place.path(), "rows.csv", "out", &[]);
    assert_eq!(code, 2);
    assert_eq!(
        complained,
        "error: lexversion is not a parameter\n --> shared.toml:1:1\n  |\n1 | lexversion = \"v2\"\n  | ^^^^^^^^^^\n  |\n  = help: did you mean `lex-version`?\n\n\
1 error; nothing was written\n"
    );
    assert_eq!(names(place.path()), ["rows.csv", "shared.toml"]);
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
fn no_rows_are_a_fault() {
    let place = place(1);
    for (name, text, told) in [
        ("a.csv", "account-id,region\n,\n", "a.csv has no rows"),
        ("a.jsonl", "\n", "a.jsonl is empty"),
        ("a.csv", "", "a.csv is empty"),
    ] {
        fs::write(place.path().join(name), text).unwrap();
        let (code, _, complained) = fleet(place.path(), name, "out", &[]);
        assert_eq!(code, 2);
        assert!(
            complained.starts_with(&format!("error: {told}\n")),
            "{complained}"
        );
    }
    let (code, _, complained) = fleet(place.path(), "absent.csv", "out", &[]);
    assert_eq!(code, 3);
    assert!(
        complained.starts_with("error: cannot read absent.csv: "),
        "{complained}"
    );
    assert!(!place.path().join("out").exists());
}

#[test]
fn two_definitions_of_one_role_or_policy_are_an_error() {
    let place = place(1);
    let written = |rows: &str| {
        let header = "account-id,region,role-name,source-account,cloudwatch-policy-name";
        fs::write(place.path().join("a.csv"), format!("{header}\n{rows}")).unwrap();
        fleet(place.path(), "a.csv", "out", &[])
    };
    // The account 1 of GovCloud is another account. The role of line 7 is that of line 6, as the policies of 8 and 9 are one.
    let (code, _, complained) = written(
        "111122223333,us-east-1,,,\n\
111122223333,us-west-2,,,lexconversationlogscloudwatchlogspolicy\n\
111122223333,us-gov-west-1,,,\n\
444455556666,us-east-1,Role,,A\n\
444455556666,us-east-1,Logs,,B\n\
444455556666,us-west-2,logs,true,C\n\
777788889999,us-east-1,A,,\n\
777788889999,us-east-1,B,,\n",
    );
    assert_eq!(code, 2);
    assert_eq!(
        complained,
        "error: a.csv:3: lines 2 and 3 give policy `LexConversationLogsCloudWatchLogsPolicy` of account 111122223333 two different documents; IAM has one policy of that name per account
 |
 = help: add a column `cloudwatch-policy-name`

error: a.csv:7: lines 6 and 7 give role `Logs` of account 444455556666 two different definitions (trust policy, path, boundary, tags); IAM has one role of that name per account
 |
 = help: add a column `role-name`

2 errors in 4 rows; nothing was written
"
    );
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
