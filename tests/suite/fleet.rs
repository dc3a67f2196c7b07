//! `lexlogs fleet`: many bundles from one table, each the same as `bundle`
//! makes, whatever the order, the threads and the accidents.

mod accidents;
mod again;
mod checks;
mod strangers;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{folder, lexlogs, output_of, text};
use crate::verify::run;

/// What all rows of the tests share.
const SHARED: &str = "lex-version = \"v2\"\nlog-group-name = \"/lex/all\"\n";

/// A table of so many rows, in no order, two Regions for each account, so with a policy for each.
fn table(rows: usize) -> String {
    let mut lines: Vec<String> = (0..rows)
        .map(|row| {
            let account = 100_000_000_000 + row / 2 * 7919;
            let region = ["us-east-1", "eu-west-1"][row % 2];
            let bucket = if row % 3 == 0 {
                format!("logs-{account}")
            } else {
                String::new()
            };
            format!("{account},{region},{bucket},Text-{region}\n")
        })
        .collect();
    fastrand::Rng::with_seed(7).shuffle(&mut lines);
    format!(
        "account-id,region,bucket-name,cloudwatch-policy-name\n{}",
        lines.concat()
    )
}

/// A folder with `shared.toml`, and `rows.csv` of so many rows.
fn place(rows: usize) -> tempfile::TempDir {
    let place = folder();
    fs::write(place.path().join("shared.toml"), SHARED).unwrap();
    fs::write(place.path().join("rows.csv"), table(rows)).unwrap();
    place
}

/// Runs `lexlogs fleet` on `rows` with what all rows share, and further
/// arguments.
fn fleet(place: &Path, rows: &str, output: &str, more: &[&str]) -> (i32, String, String) {
    let mut arguments = vec!["fleet", rows, "--config", "shared.toml", "-o", output];
    arguments.extend(more);
    run(place, &arguments)
}

/// The same, which must be done.
fn made(place: &Path, rows: &str, output: &str, more: &[&str]) -> String {
    let (code, said, complained) = fleet(place, rows, output, more);
    assert_eq!(code, 0, "{said}{complained}");
    complained
}

/// Every file of a folder and what it holds, by its path.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            let inner = tree(&entry.path());
            assert!(!inner.is_empty(), "{name} is empty");
            files.extend(
                inner
                    .into_iter()
                    .map(|(path, bytes)| (format!("{name}/{path}"), bytes)),
            );
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// The entries of an index.
fn entries(index: &Path) -> Vec<Value> {
    let json: Value = serde_json::from_slice(&fs::read(index).unwrap()).unwrap();
    json["bundles"].as_array().unwrap().clone()
}

#[test]
fn each_row_gives_the_bundle_that_bundle_makes() {
    let place = place(7);
    let said = made(place.path(), "rows.csv", "out", &[]);
    assert!(
        said.starts_with("7 bundles: 7 written, 0 unchanged"),
        "{said}"
    );
    let out = place.path().join("out");
    let entries = entries(&out.join("fleet.json"));
    assert_eq!(entries.len(), 7);
    for row in table(7).lines().skip(1) {
        let [account, region, bucket, policy] = row.split(',').collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        let mut arguments = vec!["bundle", "shared.toml", "-o", "one.zip", "--force"];
        arguments.extend(["--account-id", account, "--region", region]);
        arguments.extend(["--cloudwatch-policy-name", policy]);
        if !bucket.is_empty() {
            arguments.extend(["--bucket-name", bucket]);
        }
        let output = lexlogs(place.path(), &arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let zip = fs::read(place.path().join("one.zip")).unwrap();
        let path = format!(
            "{account}/lex-conversation-logs-{account}-{region}-LexConversationLogsRole.zip"
        );
        assert_eq!(fs::read(out.join(&path)).unwrap(), zip, "{path}");
        let entry = entries
            .iter()
            .find(|entry| entry["path"] == path.as_str())
            .unwrap();
        assert_eq!(entry["sha256"], lexlogs::digest::sha256(&zip));
        assert_eq!(entry["size"], zip.len());
        assert_eq!(entry["account-id"], account);
        assert_eq!(entry["region"], region);
        assert_eq!(entry["role-name"], "LexConversationLogsRole");
    }
    // With the system's own tool.
    output_of("sha256sum", &["--strict", "-c", "SHA256SUMS"], &out);
    assert_eq!(tree(&out).len(), 9);
}

#[test]
fn the_bytes_are_the_same_for_any_number_of_jobs_and_any_order() {
    let place = place(23);
    made(place.path(), "rows.csv", "one", &["--jobs", "1"]);
    let expected = tree(&place.path().join("one"));
    assert_eq!(expected.len(), 25);
    for jobs in ["2", "5", "64"] {
        made(place.path(), "rows.csv", jobs, &["-j", jobs]);
        assert!(tree(&place.path().join(jobs)) == expected, "{jobs} jobs");
    }
    let mut lines: Vec<String> = table(23).lines().map(str::to_owned).collect();
    lines[1..].reverse();
    fs::write(place.path().join("reversed.csv"), lines.join("\r\n")).unwrap();
    made(place.path(), "reversed.csv", "reversed", &[]);
    assert!(tree(&place.path().join("reversed")) == expected);
}

#[test]
fn tables_and_json_lines_give_the_same_bundles() {
    let place = place(5);
    made(place.path(), "rows.csv", "table", &[]);
    let expected = tree(&place.path().join("table"));
    let lines: String = table(5)
        .lines()
        .skip(1)
        .map(|row| {
            let [account, region, bucket, policy] = row.split(',').collect::<Vec<_>>()[..] else {
                panic!("{row}");
            };
            let mut json = serde_json::json!({"account-id": account, "region": region, "cloudwatch-policy-name": policy});
            if !bucket.is_empty() {
                json["bucket-name"] = bucket.into();
            }
            format!("{json}\n")
        })
        .collect();
    fs::write(place.path().join("rows.jsonl"), lines).unwrap();
    made(place.path(), "rows.jsonl", "lines", &[]);
    assert!(tree(&place.path().join("lines")) == expected);
    for rows in ["rows.csv", "rows.jsonl"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_lexlogs"))
            .args(["fleet", "-", "--config", "shared.toml", "-o", "by-stdin"])
            .current_dir(place.path())
            .stdin(fs::File::open(place.path().join(rows)).unwrap())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(tree(&place.path().join("by-stdin")) == expected, "{rows}");
        fs::remove_dir_all(place.path().join("by-stdin")).unwrap();
    }
}

#[test]
fn a_terminal_shows_how_far_it_is_and_a_log_does_not() {
    let place = place(30);
    let command = format!(
        "{} fleet rows.csv --config shared.toml -o out",
        env!("CARGO_BIN_EXE_lexlogs")
    );
    let shown = output_of("script", &["-qec", &command, "/dev/null"], place.path());
    assert!(shown.contains("/30 bundles, "), "{shown:?}");
    assert!(shown.contains(" left"), "{shown:?}");
    // The bar is gone at the end.
    let last = shown.rfind("/30 bundles, ").unwrap();
    assert!(
        shown[last..].contains("\u{1b}[2K") && shown[last..].contains("30 bundles: 30 written"),
        "{shown:?}"
    );
    let quiet = output_of(
        "script",
        &["-qec", &format!("{command} -q"), "/dev/null"],
        place.path(),
    );
    assert!(!quiet.contains("/30 bundles"), "{quiet:?}");
}
