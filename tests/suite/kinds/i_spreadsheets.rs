//! Tables as spreadsheets and people save them.

use std::fs;

use super::refused;
use crate::support::{folder, lexlogs, text};

const REST: [&str; 7] = [
    "fleet",
    "a.csv",
    "-o",
    "out",
    "--lex-version",
    "v2",
    "--log-group-name=/lex/a",
];

/// What is said of a table.
fn said(table: &str) -> String {
    refused(&[("a.csv", table)], &REST)
}

#[test]
fn an_account_of_a_spreadsheet_gets_the_right_suggestion() {
    for cell in [
        "'111122223333",
        "=\"111122223333\"",
        "\"=\"\"111122223333\"\"\"",
        "\"111,122,223,333\"",
        "1111-2222-3333",
        "1111 2222 3333",
        "111.122.223.333",
        "111'122'223'333",
        "111122223333.0",
        "111122223333.00",
        "\u{a0}1111\u{a0}2222\u{a0}3333",
    ] {
        let said = said(&format!("account-id,region\n{cell},us-east-1\n"));
        assert!(
            said.contains(" = help: did you mean `111122223333`?\n"),
            "{said}"
        );
        assert!(said.contains("\n\n1 error"), "{said}");
    }
    let region = said("account-id,region\n111122223333,\"=\"\"us-east-1\"\"\"\n");
    assert!(region.contains("did you mean `us-east-1`?"), "{region}");
    let flag = refused(
        &[],
        &[
            "bundle",
            "--lex-version=v2",
            "--account-id=111,122,223,333",
            "--region=us-east-1",
            "--bucket-name=b-1",
        ],
    );
    assert!(
        flag.contains("did you mean `--account-id 111122223333`?"),
        "{flag}"
    );
    // Digits that are lost cannot be guessed.
    for cell in ["1.11122E+11", "11122223333"] {
        let said = said(&format!("account-id,region\n{cell},us-east-1\n"));
        assert!(!said.contains("did you mean"), "{said}");
    }
}

#[test]
fn nearly_right_names_in_a_header_are_corrected() {
    for (header, names) in [
        (
            "Account ID,Region,Bucket Name",
            &["account-id", "region", "bucket-name"][..],
        ),
        (
            "Account ID;Region;Role Name",
            &["account-id", "region", "role-name"],
        ),
        (
            "AccountId\tRegion\tBucketName",
            &["account-id", "region", "bucket-name"],
        ),
        (
            "ACCOUNT_ID,REGION,LOG_GROUP",
            &["account-id", "region", "log-group-name"],
        ),
        (
            "AWS Account ID,region,Bucket",
            &["account-id", "bucket-name"],
        ),
    ] {
        let said = said(&format!("{header}\n111122223333,us-east-1,b-1\n"));
        for name in names {
            assert!(
                said.contains(&format!("help: did you mean `{name}`?")),
                "{name}: {said}"
            );
        }
        let faults = format!("\n{} errors; nothing was written\n", names.len());
        assert!(said.ends_with(&faults), "{said}");
    }
}

#[test]
fn another_separator_is_named() {
    for (table, what) in [
        (
            "account-id|region\n111122223333|us-east-1\n",
            "has `|` between its cells",
        ),
        (
            "| account-id | region |\n|---|---|\n| 111122223333 | us-east-1 |\n",
            "has `|` between its cells",
        ),
        (
            "account-id:region\n111122223333:us-east-1\n",
            "has `:` between its cells",
        ),
        (
            "account-id  region\n111122223333  us-east-1\n",
            "has blanks between its cells",
        ),
        (
            "Account ID|Region\n111122223333|us-east-1\n",
            "has `|` between its cells",
        ),
        (
            "account-id^region\n111122223333^us-east-1\n",
            "has `^` between its cells",
        ),
    ] {
        let said = said(table);
        assert!(said.contains(what), "{said}");
        assert!(
            said.contains("save the table with `,`, `;` or tabs"),
            "{said}"
        );
        assert!(said.contains("\n\n1 error"), "{said}");
    }
}

#[test]
fn whole_rows_in_quotes_are_said_to_be_one_cell() {
    for (table, line) in [
        ("\"account-id,region\"\n\"111122223333,us-east-1\"\n", 1),
        ("\"account-id;region\"\n\"111122223333;us-east-1\"\n", 1),
        ("\"account-id\tregion\"\n", 1),
        ("account-id,region\n\"111122223333,us-east-1\"\n", 2),
        (
            "account-id;region;role-name\n\"111122223333;us-east-1;A\"\n",
            2,
        ),
    ] {
        let said = said(table);
        assert!(said.contains(&format!("--> a.csv:{line}:")), "{said}");
        assert!(
            said.contains("is in quotation marks as a whole, so that it is one cell"),
            "{said}"
        );
        assert!(said.contains("\n\n1 error"), "{said}");
    }
    // A cell with a separator in it is a cell.
    let tags = "account-id,region,tags\n111122223333,us-east-1,\"a=1,b=2\"\n";
    let place = folder();
    fs::write(place.path().join("a.csv"), tags).unwrap();
    let output = lexlogs(place.path(), &REST);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn a_workbook_is_said_to_be_one() {
    let xlsx = b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0\xa4\xd5\n[Content_Types].xml";
    let xls = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\n\0";
    for (name, bytes) in [
        ("a.csv", &xlsx[..]),
        ("a.tsv", xlsx),
        ("a.jsonl", xlsx),
        ("a.csv", xls),
        ("a.xlsx", xlsx),
        ("a.xls", xls),
        ("a.ods", xlsx),
    ] {
        let place = folder();
        fs::write(place.path().join(name), bytes).unwrap();
        let output = lexlogs(place.path(), &["fleet", name, "-o", "out"]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            said.contains(" is a workbook of a spreadsheet program"),
            "{said}"
        );
        assert!(said.contains("save the table as `CSV UTF-8`"), "{said}");
    }
}
