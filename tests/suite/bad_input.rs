//! What the program refuses, all at once and in plain words, with nothing
//! written.

use std::fs;
use std::path::Path;

use crate::command_line::GOOD;
use crate::support::{errors, folder, lexlogs, names, text};

/// Runs what must be refused: exit code 2, nothing written, nothing on stdout.
fn refused(arguments: &[&str]) -> String {
    let folder = folder();
    refused_in(folder.path(), arguments)
}

fn refused_in(folder: &Path, arguments: &[&str]) -> String {
    let before = names(folder);
    let output = lexlogs(folder, arguments);
    assert_eq!(
        output.status.code(),
        Some(2),
        "{arguments:?}: {}",
        text(&output.stderr)
    );
    assert_eq!(text(&output.stdout), "");
    assert_eq!(names(folder), before, "{arguments:?} wrote something");
    text(&output.stderr).to_owned()
}

#[test]
fn all_faults_of_flags_and_file_are_reported_together() {
    let folder = folder();
    fs::write(
        folder.path().join("a.toml"),
        "lex-version = \"v3\"\naccount-id = 123456789012\n\nrole_name = \"x\"\nbucket-name = \"My-Bucket\"\nkms-key-arn = \"alias/x\"\n[tags]\n\"aws:x\" = \"1\"\n",
    )
    .unwrap();
    let said = refused_in(
        folder.path(),
        &[
            "bundle",
            "a.toml",
            "--role-name",
            "a b",
            "--log-group-name",
            "aws/x",
        ],
    );
    let (errors, count) = errors(&said);
    let expected = [
        "a.toml:4:1: role_name is not a parameter; did you mean `role-name`?",
        "a.toml:1:15: lex-version `v3` is not a version of Amazon Lex; for example, `lex-version = \"v2\"`",
        "a.toml:2:14: account-id `123456789012` is a number; did you mean `account-id = \"123456789012\"`?",
        "a.toml: missing region; add `region = \"us-east-1\"`",
        "--role-name `a b` has the character blank at position 2; for example, `--role-name LexConversationLogsRole`",
        "a.toml:8:1: tags: the key `aws:x` begins with `aws:`, which AWS reserves; for example, `tags = { CostCenter = \"4711\" }`",
        "--log-group-name `aws/x` begins with `aws/`, which CloudWatch Logs reserves (`/aws/` is allowed); for example, `--log-group-name /lex/support-bot`",
        "a.toml:5:15: bucket-name `My-Bucket` has the capital letters `M`, `B`; did you mean `bucket-name = \"my-bucket\"`?",
    ];
    assert_eq!(errors[..8], expected);
    assert!(errors[8].starts_with(
        "a.toml:6:15: kms-key-arn `alias/x` is an alias, which IAM ignores in a policy; `aws kms"
    ));
    assert_eq!((errors.len(), count), (9, "9 errors; nothing was written"));
}

#[test]
fn bad_input_is_refused_and_changes_nothing() {
    for (arguments, what) in [
        (&[][..], "Usage"),
        (&["bundel"], "bundle"),
        (&["bundle", "--rol-name", "x"], "role-name"),
        (
            &["bundle", "--region", "us-east-1", "--region", "x"],
            "cannot be used multiple times",
        ),
        (&["bundle", "--region"], "a value is required"),
        (&["render", "--region", "us-east-1"], "--output"),
        (&["bundle"], "1 error; nothing was written"),
    ] {
        let said = refused(arguments);
        assert!(said.contains(what), "{arguments:?}: {said}");
    }
    for hostile in [
        "a;rm -rf ~",
        "$(id)",
        "`id`",
        "a\"b",
        "a'b",
        "a%PATH%b",
        "a^b",
        "a&b",
        "a|b",
        "a\nb",
        "a\r\nb",
        "é",
        "",
        "!x!",
        "\u{1b}[2J",
    ] {
        let role = format!("--role-name={hostile}");
        let said = refused(&[&["bundle"], &GOOD[..], &[&role]].concat());
        assert!(
            said.contains("--role-name ") && said.contains("1 error; nothing was written"),
            "{hostile:?}: {said}"
        );
        assert!(!said.contains('\u{1b}'), "{said:?}");
    }
    for tag in [
        "k=50%", "k=!x!\"", "k='x'", "k=$(id)", "k=a^b", "k=a&b", "k=a\nb", "aws:k=v", "k",
    ] {
        let said = refused(&[&["bundle"], &GOOD[..], &["--tags", tag]].concat());
        assert!(said.contains("--tags"), "{tag:?}: {said}");
    }
}

#[test]
fn lexlogs_toml_is_read_where_nothing_is_set() {
    let folder = folder();
    let file = folder.path().join("lexlogs.toml");
    let text_of = "lex-version = \"v2\"\nregion = \"us-east-1\"\nlog-group-name = \"/lex/a\"\n";
    fs::write(&file, text_of).unwrap();
    let said = refused_in(folder.path(), &["bundle"]);
    let said = said.strip_prefix("using lexlogs.toml\n").unwrap();
    let missing = "lexlogs.toml: missing account-id; add `account-id = \"111122223333\"`";
    assert_eq!(errors(said).0, [missing]);
    // Flags alone do not mean it.
    let said = refused_in(folder.path(), &["bundle", "--region", "us-east-1"]);
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
    assert!(refused_in(folder.path(), &other).contains("is neither a folder nor a zip"));
}

#[test]
fn a_damaged_parameter_file_is_refused_or_harmless() {
    let toml = "lex-version = \"v2\"\naccount-id = \"111122223333\"\nregion = \"us-east-1\"\nbucket-name = \"bot-audio\"\n[tags]\na = \"1\"\n";
    let json = "{\"lex-version\": \"v2\", \"account-id\": \"111122223333\",\n\"region\": \"us-east-1\", \"log-group-name\": \"/lex\", \"tags\": {\"a\": \"1\"}}";
    let pieces = [
        "region", "[tags]", "=", "\"", "[", "]", "{", "}", ":", ",", "\n", "'", "\\u", "1", "true",
        "null", "\0", "\u{1b}", "é", "#", "a", "-", "\u{feff}", "\r",
    ];
    let mut random = fastrand::Rng::with_seed(7);
    let (mut good, mut bad) = (0, 0);
    for round in 0..4000 {
        let (name, text) = [("a.toml", toml), ("a.json", json)][round % 2];
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..random.usize(1..3) {
            let at = random.usize(..bytes.len());
            match random.u8(..4) {
                0 => drop(bytes.drain(at..bytes.len().min(at + random.usize(1..20)))),
                1 => bytes[at] = random.u8(..),
                _ => drop(bytes.splice(at..at, random.choice(pieces).unwrap().bytes())),
            }
            if bytes.is_empty() {
                break;
            }
        }
        let config = lexlogs::config::Config::parse(Path::new(name), &bytes);
        match lexlogs::request::Request::new(&config.parameters, config.faults) {
            Ok(request) => {
                assert!(crate::support::bundle(&request).files.len() > 6);
                good += 1;
            }
            Err(faults) => {
                let said = faults.to_string();
                assert!(!faults.0.is_empty());
                assert!(
                    said.chars().all(|c| c == '\n' || !c.is_control()),
                    "round {round}: {said:?}"
                );
                bad += 1;
            }
        }
    }
    assert!(good > 50 && bad > 2000, "{good} good, {bad} bad");
}
