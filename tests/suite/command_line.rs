//! The program as a user drives it: what it takes and what it prints.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::{errors, folder, lexlogs, names, text};

/// Flags that make a bundle.
pub(crate) const GOOD: [&str; 8] = [
    "--lex-version",
    "v2",
    "--account-id",
    "111122223333",
    "--region",
    "us-east-1",
    "--log-group-name",
    "/lex/bot",
];

/// The name of its zip.
pub(crate) const ZIP: &str =
    "lex-conversation-logs-111122223333-us-east-1-LexConversationLogsRole.zip";

/// Runs a command with these flags and more.
pub(crate) fn run(folder: &Path, command: &str, more: &[&str]) -> Output {
    lexlogs(folder, &[&[command], &GOOD[..], more].concat())
}

#[test]
fn bundle_writes_into_dist_and_says_where_with_its_digest() {
    let folder = folder();
    let output = run(folder.path(), "bundle", &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let path = folder.path().join("dist").join(ZIP);
    let digest = lexlogs::digest::sha256(&fs::read(path).unwrap());
    assert_eq!(text(&output.stdout), format!("{digest}  dist/{ZIP}\n"));
    let said = text(&output.stderr);
    assert!(
        said.starts_with("written: 15 files, ") && said.contains("\nNext:\n  1. Send dist/lex-"),
        "{said}"
    );
    assert_eq!(names(&folder.path().join("dist")), [ZIP]);
}

#[test]
fn flags_win_over_the_file() {
    let folder = folder();
    fs::write(
        folder.path().join("a.toml"),
        "lex-version = \"v1\"\naccount-id = \"999999999999\"\nregion = \"eu-west-1\"\nbucket-name = \"from-file\"\nexisting-role = true\ntags = { a = \"1\" }\n",
    )
    .unwrap();
    let output = run(
        folder.path(),
        "render",
        &[
            "a.toml",
            "--existing-role=false",
            "--tags",
            "b=2",
            "--tags",
            "c=",
            "-o",
            "out",
        ],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    let request = fs::read_to_string(folder.path().join("out/request.json")).unwrap();
    for line in [
        "\"lex-version\": \"v2\"",
        "\"account-id\": \"111122223333\"",
        "\"region\": \"us-east-1\"",
        "\"log-group-name\": \"/lex/bot\"",
        "\"bucket-name\": \"from-file\"",
        "\"existing-role\": false",
        "\"b\": \"2\"",
        "\"c\": \"\"",
    ] {
        assert!(request.contains(line), "{line}: {request}");
    }
    assert!(
        !request.contains("\"a\""),
        "the flag's tags stand in place of the file's"
    );
}

#[test]
fn tags_named_like_parameters_survive_request_json() {
    let folder = folder();
    fs::write(
        folder.path().join("a.toml"),
        "[tags]\nrole-name = \"x\"\nrole-path = \"y\"\n",
    )
    .unwrap();
    for (more, noted) in [(&["--tags", "role-path=x"][..], false), (&["a.toml"], true)] {
        let first = run(
            folder.path(),
            "bundle",
            &[more, &["-o", "one.zip", "--force"]].concat(),
        );
        let said = text(&first.stderr);
        assert_eq!(
            said.contains("note: `role-path` stands among the tags"),
            noted,
            "{said}"
        );
        run(
            folder.path(),
            "render",
            &[more, &["-o", "out", "--force"]].concat(),
        );
        let again = lexlogs(
            folder.path(),
            &["bundle", "out/request.json", "-o", "two.zip", "--force"],
        );
        assert!(again.status.success());
        let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
        assert!(read("one.zip") == read("two.zip"), "{more:?}");
    }
}

#[test]
fn json_output_can_be_read_by_a_program() {
    let folder = folder();
    let output = run(
        folder.path(),
        "bundle",
        &["--json", "--kms-policy-name", "X", "-o", "a.zip"],
    );
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["path"], "a.zip");
    assert_eq!(json["files"], 15);
    assert_eq!(json["unchanged"], false);
    assert_eq!(
        json["sha256"],
        lexlogs::digest::sha256(&fs::read(folder.path().join("a.zip")).unwrap())
    );
    assert_eq!(
        json["notes"][0],
        "`kms-policy-name` has no effect without `kms-key-arn`."
    );
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn lexlogs_toml_is_read_where_nothing_is_set() {
    let folder = folder();
    let file = folder.path().join("lexlogs.toml");
    let text_of = "lex-version = \"v2\"\nregion = \"us-east-1\"\nlog-group-name = \"/lex/a\"\n";
    fs::write(&file, text_of).unwrap();
    let refused = |arguments: &[&str]| {
        let output = lexlogs(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        text(&output.stderr).to_owned()
    };
    let said = refused(&["bundle"]);
    let said = said.strip_prefix("using lexlogs.toml\n").unwrap();
    let missing = "lexlogs.toml: missing account-id; add `account-id = \"111122223333\"`";
    assert_eq!(errors(said).0, [missing]);
    // Flags alone do not mean it.
    let said = refused(&["bundle", "--region", "us-east-1"]);
    assert!(
        said.contains("lexlogs.toml is not read if flags are set"),
        "{said}"
    );
    fs::write(&file, format!("{text_of}account-id = \"111122223333\"\n")).unwrap();
    let output = lexlogs(folder.path(), &["bundle"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let stdin = fs::File::open(&file).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_lexlogs"))
        .args(["bundle", "-"])
        .current_dir(folder.path())
        .stdin(stdin)
        .output()
        .unwrap();
    assert!(
        text(&output.stderr).starts_with("unchanged: "),
        "{output:?}"
    );
    let other = [&["bundle", "-o", "a.tar.gz"], &GOOD[..]].concat();
    assert!(refused(&other).contains("is neither a folder nor a zip"));
}

#[test]
fn help_and_version_are_results() {
    let folder = folder();
    let output = lexlogs(folder.path(), &["bundle", "--help"]);
    assert!(output.status.success());
    for parameter in lexlogs::parameters::PARAMETERS {
        assert!(
            text(&output.stdout).contains(&format!("--{}", parameter.name)),
            "{}",
            parameter.name
        );
    }
    let output = lexlogs(folder.path(), &["--version"]);
    assert_eq!(
        text(&output.stdout),
        concat!("lexlogs ", env!("CARGO_PKG_VERSION"), "\n")
    );
}
