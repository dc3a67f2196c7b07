//! The program as a user drives it: what it prints, where it writes, and what
//! it refuses.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::{folder, lexlogs, names, text};

const GOOD: [&str; 8] = [
    "--lex-version",
    "v2",
    "--account-id",
    "111122223333",
    "--region",
    "us-east-1",
    "--log-group-name",
    "/lex/bot",
];
const ZIP: &str = "lex-conversation-logs-111122223333-us-east-1-LexConversationLogsRole.zip";

fn run(folder: &Path, command: &str, more: &[&str]) -> Output {
    lexlogs(folder, &[&[command], &GOOD[..], more].concat())
}

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
fn bundle_writes_into_dist_and_says_where_with_its_digest() {
    let folder = folder();
    let output = run(folder.path(), "bundle", &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let path = folder.path().join("dist").join(ZIP);
    let digest = lexlogs::render::sha256(&fs::read(path).unwrap());
    assert_eq!(text(&output.stdout), format!("{digest}  dist/{ZIP}\n"));
    let said = text(&output.stderr);
    assert!(
        said.starts_with("written: 8 files, ") && said.contains("\nNext:\n  1. Hand dist/lex-"),
        "{said}"
    );
    assert_eq!(names(&folder.path().join("dist")), [ZIP]);
}

#[test]
fn the_same_bundle_again_is_left_alone() {
    let folder = folder();
    run(folder.path(), "bundle", &[]);
    let path = folder.path().join("dist").join(ZIP);
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    let output = run(folder.path(), "bundle", &[]);
    assert!(output.status.success());
    assert!(text(&output.stderr).starts_with("was there already, the same to the byte"));
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
}

#[test]
fn another_bundle_in_its_place_is_not_replaced_without_force() {
    let folder = folder();
    run(folder.path(), "bundle", &["-o", "a.zip"]);
    let before = fs::read(folder.path().join("a.zip")).unwrap();
    let output = run(
        folder.path(),
        "bundle",
        &["--bucket-name", "bot-audio", "-o", "a.zip"],
    );
    assert_eq!(output.status.code(), Some(3));
    let said = text(&output.stderr);
    assert!(
        said.contains("a.zip is there already and differs; nothing was written"),
        "{said}"
    );
    assert!(
        said.contains("    LexConversationLogsS3Policy.json is new\n"),
        "{said}"
    );
    assert!(
        said.contains("    apply.sh differs\n") && said.contains("--force"),
        "{said}"
    );
    assert!(
        !said.contains("AssumeRole"),
        "the trust policy is the same: {said}"
    );
    assert_eq!(fs::read(folder.path().join("a.zip")).unwrap(), before);

    let output = run(
        folder.path(),
        "bundle",
        &["--bucket-name", "bot-audio", "-o", "a.zip", "--force"],
    );
    assert!(output.status.success());
    assert_ne!(fs::read(folder.path().join("a.zip")).unwrap(), before);
    assert_eq!(names(folder.path()), ["a.zip"], "no temporary file stays");
}

#[test]
fn what_is_not_a_bundle_is_not_replaced_without_force() {
    let folder = folder();
    fs::write(folder.path().join("a.zip"), "my thesis").unwrap();
    let output = run(folder.path(), "bundle", &["-o", "a.zip"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("it is not a lexlogs bundle"));
    assert_eq!(fs::read(folder.path().join("a.zip")).unwrap(), b"my thesis");
}

#[test]
fn a_name_that_ends_in_zip_is_the_file_and_any_other_its_folder() {
    let folder = folder();
    assert!(
        run(folder.path(), "bundle", &["-o", "new/deep/x.zip"])
            .status
            .success()
    );
    assert!(
        run(folder.path(), "bundle", &["-o", "out"])
            .status
            .success()
    );
    fs::create_dir(folder.path().join("odd.zip")).unwrap();
    assert!(
        run(folder.path(), "bundle", &["-o", "new.zip/"])
            .status
            .success()
    );
    assert!(
        run(folder.path(), "bundle", &["-o", "odd.zip"])
            .status
            .success()
    );
    for path in [
        "new/deep/x.zip",
        &format!("out/{ZIP}"),
        &format!("odd.zip/{ZIP}"),
        &format!("new.zip/{ZIP}"),
    ] {
        assert!(folder.path().join(path).is_file(), "{path}");
    }
}

#[test]
fn what_the_system_refuses_is_said_with_exit_code_3() {
    let folder = folder();
    fs::write(folder.path().join("file"), "").unwrap();
    let output = run(folder.path(), "bundle", &["-o", "file/x.zip"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        text(&output.stderr).contains("file"),
        "{}",
        text(&output.stderr)
    );
    let output = lexlogs(folder.path(), &["bundle", "missing.toml"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).starts_with("lexlogs: cannot read missing.toml: "));
    assert_eq!(names(folder.path()), ["file"]);
}

#[test]
fn render_writes_the_same_files_as_are_in_the_zip() {
    let folder = folder();
    let output = run(folder.path(), "render", &["-o", "out"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "out\n");
    run(folder.path(), "bundle", &["-o", "a.zip"]);
    let zip = fs::File::open(folder.path().join("a.zip")).unwrap();
    let mut zip = zip::ZipArchive::new(zip).unwrap();
    let mut in_zip = Vec::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let name = entry.name().unwrap().split_once('/').unwrap().1.to_owned();
        let mut bytes = Vec::new();
        std::io::copy(&mut entry, &mut bytes).unwrap();
        assert_eq!(
            fs::read(folder.path().join("out").join(&name)).unwrap(),
            bytes,
            "{name}"
        );
        in_zip.push(name);
    }
    assert_eq!(names(&folder.path().join("out")), in_zip);
}

#[test]
fn render_makes_scripts_that_can_be_run_and_files_that_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let script = format!(
        "umask 022; {} render {} -o out",
        env!("CARGO_BIN_EXE_lexlogs"),
        GOOD.join(" ")
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success());
    let mode = |name: &str| {
        fs::metadata(folder.path().join("out").join(name))
            .unwrap()
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(
        (
            mode(""),
            mode("apply.sh"),
            mode("apply.cmd"),
            mode("README.md")
        ),
        (0o755, 0o755, 0o644, 0o644)
    );
}

#[test]
fn render_replaces_a_bundle_only_with_force_and_never_anything_else() {
    let folder = folder();
    let out = folder.path().join("out");
    let other = ["--bucket-name", "bot-audio", "-o", "out"];
    run(folder.path(), "render", &["-o", "out"]);
    let output = run(folder.path(), "render", &["-o", "out"]);
    assert!(text(&output.stderr).starts_with("was there already"));

    let output = run(folder.path(), "render", &other);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("LexConversationLogsS3Policy.json is new"));
    assert_eq!(names(&out).len(), 8);

    fs::write(out.join("receipt.txt"), "mine").unwrap();
    let output = run(
        folder.path(),
        "render",
        &[&other[..], &["--force"]].concat(),
    );
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("holds `receipt.txt`, which is no file of a bundle"));
    assert_eq!(fs::read(out.join("receipt.txt")).unwrap(), b"mine");

    fs::remove_file(out.join("receipt.txt")).unwrap();
    let output = run(
        folder.path(),
        "render",
        &[&other[..], &["--force"]].concat(),
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(names(&out).len(), 9);
    assert_eq!(
        names(folder.path()),
        ["out"],
        "nothing of the old one stays beside it"
    );

    fs::create_dir(folder.path().join("empty")).unwrap();
    assert!(
        run(folder.path(), "render", &["-o", "empty"])
            .status
            .success()
    );
    fs::write(folder.path().join("file"), "").unwrap();
    assert_eq!(
        run(folder.path(), "render", &["-o", "file", "--force"])
            .status
            .code(),
        Some(3)
    );
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
fn request_json_gives_the_same_bundle_again() {
    let folder = folder();
    let more = [
        "--bucket-name",
        "bot-audio",
        "--s3-policy-name",
        "S3",
        "--kms-policy-name",
        "Unused",
        "--tags",
        "a=ü,B=x y",
        "--role-path",
        "/x/",
        "--source-account",
        "--lex-version",
        "v1",
    ];
    let first = [&["render"], &GOOD[2..], &more].concat();
    assert!(
        lexlogs(folder.path(), &[&first[..], &["-o", "one"]].concat())
            .status
            .success()
    );
    assert!(
        lexlogs(folder.path(), &["render", "one/request.json", "-o", "two"])
            .status
            .success()
    );
    for name in names(&folder.path().join("one")) {
        let read = |place: &str| fs::read_to_string(folder.path().join(place).join(&name)).unwrap();
        assert_eq!(read("one"), read("two"), "{name}");
    }
}

#[test]
fn tags_named_like_parameters_come_back_the_same_from_request_json() {
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
    assert_eq!(json["files"], 8);
    assert_eq!(json["unchanged"], false);
    assert_eq!(
        json["sha256"],
        lexlogs::render::sha256(&fs::read(folder.path().join("a.zip")).unwrap())
    );
    assert_eq!(
        json["notes"][0],
        "`kms-policy-name` has no effect without `kms-key-arn`."
    );
    assert_eq!(text(&output.stderr), "");
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
    let expected = "\
lexlogs: a.toml:4: role_name: is not a parameter; did you mean `role-name`?

a.toml:1: lex-version `v3`: is not a version of Amazon Lex
    rule:    `v1` or `v2`
    example: lex-version = \"v2\"

a.toml:2: account-id `123456789012`: is a number; put it in quotes
    rule:    12 digits, in quotes in a file
    example: account-id = \"111122223333\"

region: is required and was not given
    rule:    the code of an AWS Region
    example: --region us-east-1

--role-name `a b`: has the character blank at position 2
    rule:    1 to 64 letters, digits and `_+=,.@-`
    example: --role-name LexConversationLogsRole

a.toml:8: tags: the key `aws:x` begins with `aws:`, which AWS reserves
";
    assert!(said.starts_with(expected), "{said}");
    for line in [
        "--log-group-name `aws/x`: begins with `aws/`, which CloudWatch Logs reserves",
        "a.toml:5: bucket-name `My-Bucket`: has the capital letter `M`\n",
        "a.toml:6: kms-key-arn `alias/x`: is an alias, which IAM ignores in a policy",
        "\n9 faults; nothing was written\n",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
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
        (&["bundle"], "4 faults; nothing was written"),
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
            said.contains("--role-name ") && said.contains("1 fault; nothing was written"),
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
fn a_damaged_parameter_file_is_refused_in_plain_words_or_gives_a_whole_bundle() {
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
        match lexlogs::spec::Request::new(&config.parameters, config.faults) {
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

#[test]
fn where_nobody_listens_the_exit_code_still_tells() {
    let folder = folder();
    for (script, code) in [
        ("bundle --region x 2>/dev/full", 2),
        ("bundle missing.toml 2>/dev/full", 3),
        (
            &format!("bundle {} -o a.zip 2>/dev/full", GOOD.join(" ")),
            0,
        ),
        (&format!("bundle {} -o b.zip >/dev/full", GOOD.join(" ")), 3),
    ] {
        let script = format!("{} {script}", env!("CARGO_BIN_EXE_lexlogs"));
        let output = std::process::Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(code), "{script}");
        if script.contains("b.zip") {
            assert!(
                text(&output.stderr)
                    .contains("b.zip was written, but the result cannot be printed"),
                "{}",
                text(&output.stderr)
            );
        }
    }
    assert_eq!(names(folder.path()), ["a.zip", "b.zip"]);
}

/// Runs the same command in many processes at once, each with a role name of
/// its own or all with the same; gives their exit codes and words.
fn at_once(
    folder: &Path,
    arguments: &[&str],
    output: &str,
    same: bool,
) -> Vec<(Option<i32>, String)> {
    let children: Vec<_> = (0..16)
        .map(|n| {
            let role = format!("Role{}", if same { 0 } else { n });
            std::process::Command::new(env!("CARGO_BIN_EXE_lexlogs"))
                .args(arguments)
                .args(GOOD)
                .args(["--role-name", &role, "-o", output])
                .current_dir(folder)
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    children
        .into_iter()
        .map(|child| {
            let output = child.wait_with_output().unwrap();
            (output.status.code(), text(&output.stderr).to_owned())
        })
        .collect()
}

#[test]
fn of_many_at_once_one_writes_and_the_others_say_how_they_differ() {
    for round in 0..20 {
        let folder = folder();
        for (command, output) in [("bundle", "a.zip"), ("render", "out")] {
            if command == "render" && round % 2 == 0 {
                fs::create_dir(folder.path().join(output)).unwrap();
            }
            for (code, said) in at_once(folder.path(), &[command], &format!("same-{output}"), true)
            {
                assert_eq!(code, Some(0), "{command}: {said}");
            }
            let mut written = 0;
            for (code, said) in at_once(folder.path(), &[command], output, false) {
                if code == Some(0) {
                    written += 1;
                } else {
                    assert_eq!(code, Some(3), "{command}: {said}");
                    assert!(
                        said.contains("is there already and differs")
                            && said.contains("request.json differs"),
                        "{command}: {said}"
                    );
                }
            }
            assert_eq!(written, 1, "{command}");
            for (code, said) in at_once(folder.path(), &[command, "--force"], output, false) {
                assert_eq!(code, Some(0), "{command} --force: {said}");
            }
        }
        assert_eq!(
            names(folder.path()),
            ["a.zip", "out", "same-a.zip", "same-out"]
        );
        crate::support::output_of(
            "sha256sum",
            &["--quiet", "-c", "SHA256SUMS"],
            &folder.path().join("out"),
        );
    }
}

#[test]
fn a_folder_that_cannot_be_replaced_is_named_with_what_to_do() {
    let folder = folder();
    fs::create_dir(folder.path().join("here")).unwrap();
    std::os::unix::fs::symlink("here", folder.path().join("link")).unwrap();
    for (place, output, what) in [
        (
            "here",
            ".",
            "is the current folder, which cannot be replaced; name a folder in it",
        ),
        (
            "",
            "link",
            "is a symbolic link; name the folder that it leads to",
        ),
        (
            "",
            "link/",
            "is a symbolic link; name the folder that it leads to",
        ),
    ] {
        let output = run(&folder.path().join(place), "render", &["-o", output]);
        assert_eq!(output.status.code(), Some(3));
        assert!(
            text(&output.stderr).contains(what),
            "{}",
            text(&output.stderr)
        );
        assert_eq!(names(folder.path()), ["here", "link"]);
        assert_eq!(names(&folder.path().join("here")).len(), 0);
    }
}

#[test]
fn render_notices_a_script_that_lost_its_mode_and_keeps_the_folders_own() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = folder();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    // Root alone can give it to any group; for others it keeps their own.
    let _ = std::os::unix::fs::chown(&out, None, Some(100));
    fs::set_permissions(&out, fs::Permissions::from_mode(0o2750)).unwrap();
    let group = fs::metadata(&out).unwrap().gid();
    assert!(
        run(folder.path(), "render", &["-o", "out"])
            .status
            .success()
    );
    fs::set_permissions(out.join("apply.sh"), fs::Permissions::from_mode(0o600)).unwrap();
    let output = run(folder.path(), "render", &["-o", "out"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        text(&output.stderr).contains("    apply.sh is not executable\n"),
        "{}",
        text(&output.stderr)
    );
    assert!(
        run(folder.path(), "render", &["-o", "out", "--force"])
            .status
            .success()
    );
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!(
        (mode(&out), mode(&out.join("apply.sh")) & 0o700),
        (0o2750, 0o700)
    );
    assert_eq!(fs::metadata(&out).unwrap().gid(), group);
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
