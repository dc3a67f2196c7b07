//! Every command of the README is run, and its table and listing are true.

use std::fs;
use std::path::{Path, PathBuf};

use lexlogs::parameters::{DefaultValue, PARAMETERS};

use crate::iam::{Cli, Iam};
use crate::runner::{Runner, bash};
use crate::support::{folder, lexlogs, names, output_of, path_with, root, text};

/// The README's blocks of one language, in order.
fn blocks(language: &str) -> Vec<String> {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut blocks = Vec::new();
    let mut rest = readme.as_str();
    while let Some((_, begin)) = rest.split_once("\n```") {
        let (block, end) = begin.split_once("\n```\n").unwrap();
        let (is, block) = block.split_once('\n').unwrap();
        if is == language {
            blocks.push(format!("{block}\n"));
        }
        rest = end;
    }
    blocks
}

/// The one block of shell commands that begins so.
fn commands(beginning: &str) -> String {
    let mut found = blocks("sh");
    found.retain(|block| block.starts_with(beginning));
    assert_eq!(found.len(), 1, "{beginning}");
    found.remove(0)
}

/// A folder with the README's parameter file, and `lexlogs` on the `PATH`.
fn with_the_parameter_file(work: impl FnOnce(&Path, &Path)) {
    let (place, programs) = (folder(), folder());
    fs::write(place.path().join("lexlogs.toml"), &blocks("toml")[0]).unwrap();
    std::os::unix::fs::symlink(
        env!("CARGO_BIN_EXE_lexlogs"),
        programs.path().join("lexlogs"),
    )
    .unwrap();
    work(place.path(), programs.path());
}

#[test]
fn the_blocks_are_those_that_are_tested_here() {
    assert_eq!(
        (
            blocks("sh").len(),
            blocks("bat").len(),
            blocks("toml").len(),
            blocks("text").len(),
            blocks("console").len()
        ),
        (13, 1, 5, 1, 1)
    );
}

/// The README's session: each command is run again, and what it prints is what
/// stands there. `LEXLOGS_RECORD=1` writes it down anew.
#[test]
fn the_session_is_what_the_commands_print() {
    let recorded = blocks("console").remove(0);
    let mut again = String::new();
    with_the_parameter_file(|place, programs| {
        for command in recorded.lines().filter_map(|line| line.strip_prefix("$ ")) {
            // As at a terminal, both streams come in the order in which they are written.
            let together = format!("exec 2>&1\n{command}");
            let said = std::process::Command::new("sh")
                .args(["-c", &together])
                .current_dir(place)
                .env("PATH", path_with(programs))
                .output()
                .unwrap();
            assert!(said.status.success(), "{command}: {said:?}");
            again.push_str(&format!("$ {command}\n{}", text(&said.stdout)));
        }
    });
    if std::env::var_os("LEXLOGS_RECORD").is_some() {
        let path = root().join("README.md");
        let readme = fs::read_to_string(&path).unwrap();
        fs::write(path, readme.replacen(&recorded, &again, 1)).unwrap();
        return;
    }
    assert_eq!(
        recorded, again,
        "run LEXLOGS_RECORD=1 cargo test --test suite readme::the_session"
    );
}

#[test]
fn the_fleet_is_made_and_proven() {
    with_the_parameter_file(|place, programs| {
        fs::write(place.join("accounts.csv"), &blocks("csv")[0]).unwrap();
        fs::write(place.join("shared.toml"), &blocks("toml")[1]).unwrap();
        let path = path_with(programs);
        let said = std::process::Command::new("sh")
            .args(["-ec", &commands("lexlogs fleet")])
            .current_dir(place)
            .env("PATH", path)
            .output()
            .unwrap();
        assert!(said.status.success(), "{}", text(&said.stderr));
        let said = text(&said.stdout);
        assert!(said.contains("\nwhole: 2 bundles, "), "{said}");
        assert_eq!(
            names(&place.join("fleet")),
            ["111122223333", "444455556666", "SHA256SUMS", "fleet.json"]
        );
    });
}

#[test]
fn the_two_commands_to_begin_with_are_there() {
    let first = blocks("sh");
    let (bundle, tests) = (first[0].trim_end(), first[1].trim_end());
    // The tests are running: the second command has been given.
    assert_eq!(tests, "tests/run");
    assert!(root().join(tests).is_file());
    // The first one, but for building the program again.
    let arguments: Vec<&str> = bundle
        .strip_prefix("cargo run --release -- ")
        .unwrap()
        .split(' ')
        .collect();
    let place = folder();
    std::os::unix::fs::symlink(root().join("examples"), place.path().join("examples")).unwrap();
    let output = lexlogs(place.path(), &arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(names(&place.path().join("dist")).len(), 1);
}

#[test]
fn the_requesters_commands_make_bundles() {
    with_the_parameter_file(|place, programs| {
        let run = |commands: &str| bash(commands, place, programs, &[]);
        run(&commands("lexlogs bundle lexlogs.toml\n"));
        let made = names(&place.join("dist"));
        fs::remove_dir_all(place.join("dist")).unwrap();
        run(&commands("lexlogs bundle --lex-version "));
        assert_eq!(
            names(&place.join("dist")),
            made,
            "the same account, Region and role"
        );
        run(&commands("lexlogs render "));
        assert_eq!(names(&place.join("bundle")).len(), 16);
    });
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn the_requesters_bundle_is_signed() {
    with_the_parameter_file(|place, programs| {
        let keys = place.join(".ssh");
        fs::create_dir(&keys).unwrap();
        let make = ["-q", "-t", "ed25519", "-N", "", "-f", "id_ed25519"];
        output_of("ssh-keygen", &make, &keys);
        let public = fs::read_to_string(keys.join("id_ed25519.pub")).unwrap();
        let signers = format!("you@example.com {public}");
        fs::write(place.join("allowed_signers"), signers).unwrap();
        let home = [("HOME".to_owned(), place.to_str().unwrap().to_owned())];
        let outcome = bash(
            &commands("lexlogs bundle lexlogs.toml --sign "),
            place,
            programs,
            &home,
        );
        let last = outcome.stdout.lines().last().unwrap();
        let good = "Good \"lexlogs\" signature for you@example.com with ED25519 key SHA256:";
        assert!(last.starts_with(good), "{outcome:?}");
    });
}

#[test]
fn the_listing_is_what_is_in_the_bundle() {
    with_the_parameter_file(|place, _| {
        let output = lexlogs(place, &["bundle", "lexlogs.toml", "-o", "a.zip"]);
        assert!(output.status.success());
        let zip = zip::ZipArchive::new(fs::File::open(place.join("a.zip")).unwrap()).unwrap();
        let listed = blocks("text")[0].clone();
        let (top, files) = listed.split_once('\n').unwrap();
        let files: Vec<String> = files
            .lines()
            .map(|name| format!("{top}{}", name.trim()))
            .collect();
        let in_zip: Vec<String> = zip
            .file_names()
            .map(|name| name.unwrap().into_owned())
            .collect();
        assert_eq!(in_zip, files);
    });
}

/// An account with what the README's logs are written to.
fn account() -> Iam {
    let mut iam = Iam::start("111122223333");
    iam.ask(r#"call logs create_log_group {"logGroupName": "/lex/support-bot"}"#);
    iam.ask(r#"call s3 create_bucket {"Bucket": "support-bot-audio-logs"}"#);
    iam
}

/// The README's bundle, unpacked into a folder of its own in a place where its
/// zip is too.
fn unpacked(place: &Path) -> PathBuf {
    let config = root().join("examples/text-and-audio/lexlogs.toml");
    let config = config.to_str().unwrap();
    for arguments in [
        ["bundle", config, "-o", "."],
        ["render", config, "-o", "bundle"],
    ] {
        assert!(lexlogs(place, &arguments).status.success());
    }
    place.join("bundle")
}

#[test]
#[ignore = "needs the AWS CLI and IAM server: run tests/run"]
fn the_commands_of_administrators_and_the_receipt_work() {
    let iam = account();
    let place = folder();
    let bundle = unpacked(place.path());
    let (aws, settings) = (iam.aws(Cli::V1), iam.settings());
    // No terminal is here to ask at.
    let typed = commands("sh apply.sh ").replace("apply.sh\n", "apply.sh --yes\n");
    bash(&typed, &bundle, &aws, &settings);
    let programs = folder();
    let program = env!("CARGO_BIN_EXE_lexlogs");
    std::os::unix::fs::symlink(program, programs.path().join("lexlogs")).unwrap();
    fs::copy(bundle.join("receipt.txt"), place.path().join("receipt.txt")).unwrap();
    let printed = bash(
        &commands("lexlogs receipt "),
        place.path(),
        programs.path(),
        &[],
    );
    assert!(
        printed.stdout.ends_with("all 5 steps are done\n"),
        "{printed:?}"
    );
}

#[test]
#[ignore = "needs the AWS CLI, IAM server and Wine: run tests/run"]
fn the_administrators_commands_run_on_windows() {
    let iam = account();
    let place = folder();
    let bundle = unpacked(place.path());
    for line in blocks("bat")[0].lines() {
        let (script, arguments) = line.split_once(".cmd").unwrap();
        let mut arguments: Vec<&str> = arguments.split_whitespace().collect();
        // No terminal is here to ask at.
        if line == "apply.cmd" {
            arguments.push("--yes");
        }
        let (aws, settings) = (iam.aws(Cli::V2), iam.settings());
        let outcome = Runner::CmdExe.run(&bundle, script, &arguments, &aws, &settings);
        assert_eq!(
            (outcome.code, outcome.stderr.as_str()),
            (0, ""),
            "{line}: {outcome:?}"
        );
    }
}

#[test]
fn the_commands_of_approvers_work() {
    with_the_parameter_file(|place, programs| {
        let old = [
            "bundle",
            "lexlogs.toml",
            "--role-name",
            "OldRole",
            "-o",
            "approved-last-year.zip",
        ];
        assert!(lexlogs(place, &old).status.success());
        assert!(
            lexlogs(place, &["bundle", "lexlogs.toml", "-o", "."])
                .status
                .success()
        );
        let block = commands("lexlogs verify ");
        let lines: Vec<&str> = block.lines().collect();
        let (diff, others) = lines.split_last().unwrap();
        let said: Vec<String> = others
            .iter()
            .map(|command| bash(command, place, programs, &[]).stdout)
            .collect();
        assert!(said[0].starts_with("whole: "), "{said:?}");
        assert!(said[1].contains("\n  region    us-east-1\n"), "{said:?}");
        // A difference is exit code 1.
        let outcome = bash(&format!("{diff} || [ $? = 1 ]"), place, programs, &[]);
        assert!(
            outcome.stdout.starts_with(
                "parameters\n- role-name: OldRole\n+ role-name: LexConversationLogsRole\n"
            ),
            "{outcome:?}"
        );
    });
}

#[test]
fn the_commands_that_look_at_policies_find_nothing_in_a_bundle() {
    with_the_parameter_file(|place, programs| {
        let render = ["render", "lexlogs.toml", "-o", "bundle"];
        assert!(lexlogs(place, &render).status.success());
        let trust = "bundle/LexConversationLogsAssumeRolePolicyDocument.json";
        fs::copy(place.join(trust), place.join("trust-policy.json")).unwrap();
        let said = bash(&commands("lexlogs lint "), place, programs, &[]).stdout;
        let summary = "\n0 errors, 0 warnings, 1 note in 3 files; ";
        assert!(said.contains(summary), "{said}");
        assert!(said.contains("\nerror[log-group-arn]: "), "{said}");
        let sarif = fs::read_to_string(place.join("lint.sarif")).unwrap();
        assert!(sarif.contains("\"ruleId\": \"confused-deputy\""), "{sarif}");
    });
}

#[test]
fn the_table_of_parameters_is_the_programs() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut table = vec!["| parameter | default | meaning | values |".to_owned()];
    for parameter in PARAMETERS {
        let default = match parameter.default {
            DefaultValue::Required => "required".to_owned(),
            DefaultValue::Absent => "–".to_owned(),
            DefaultValue::Value(value) => format!("`{value}`"),
        };
        table.push(format!(
            "| `{}` | {default} | {} | {} |",
            parameter.name, parameter.meaning, parameter.rule
        ));
    }
    // Its cells are padded.
    let squeezed = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = readme.lines().filter(|line| !line.starts_with("| --"));
    let lines: Vec<String> = lines.map(squeezed).collect();
    let has_table = lines.windows(table.len()).any(|lines| lines == table);
    assert!(
        has_table,
        "the README's table must be:\n{}",
        table.join("\n")
    );
}

#[test]
fn the_authors_commands_keep_the_authors_pages() {
    with_the_parameter_file(|place, programs| {
        fs::create_dir(place.join("docs")).unwrap();
        fs::write(place.join("docs/how-to.md"), &blocks("html")[0]).unwrap();
        fs::write(place.join("docs/lexlogs-docs.toml"), &blocks("toml")[2]).unwrap();
        fs::copy(root().join("README.md"), place.join("README.md")).unwrap();
        // The last of them checks what the one before wrote.
        let outcome = bash(&commands("lexlogs docs "), place, programs, &[]);
        assert!(
            outcome
                .stderr
                .ends_with("up to date: 3 regions in 2 pages\n"),
            "{outcome:?}"
        );
        let read = |name: &str| fs::read_to_string(place.join(name)).unwrap();
        assert!(read("docs/how-to.md").contains("\n        --role-name SupportBotRole ^\n"));
        assert!(read("page.md").starts_with("# Let Amazon Lex V2 write conversation logs\n"));
        assert_eq!(
            read("README.md"),
            fs::read_to_string(root().join("README.md")).unwrap()
        );
    });
}

#[test]
fn the_readmes_own_regions_and_the_examples_are_up_to_date() {
    let output = lexlogs(
        root(),
        &["docs", "write", "--check", "README.md", "examples"],
    );
    assert!(
        output.status.success(),
        "run examples/regenerate:\n{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    let regions = text(&output.stderr).strip_prefix("up to date: ").unwrap();
    assert!(regions.starts_with("13 regions in "), "{regions}");
}

#[test]
fn the_organisations_templates_make_its_bundles() {
    with_the_parameter_file(|place, programs| {
        let outcome = bash(&commands("lexlogs templates "), place, programs, &[]);
        assert!(outcome.stdout.contains("\nwhole: "), "{outcome:?}");
        let toml = format!("{}\n{}", blocks("toml")[0], blocks("toml")[3]);
        fs::write(place.join("own.toml"), toml).unwrap();
        fs::write(place.join("own/docs/README.md"), &blocks("jinja")[0]).unwrap();
        let made = lexlogs(
            place,
            &["render", "own.toml", "--templates", "own", "-o", "out"],
        );
        assert!(made.status.success(), "{}", text(&made.stderr));
        let readme = fs::read_to_string(place.join("out/README.md")).unwrap();
        assert!(
            readme.ends_with("\n## Who approved it\n\nTicket CHG0042, team Voice platform.\n"),
            "{readme}"
        );
    });
}

#[test]
fn the_last_toml_block_is_a_table_of_tags() {
    with_the_parameter_file(|place, _| {
        let toml = format!("{}{}", blocks("toml")[0], blocks("toml")[4]);
        fs::write(place.join("tagged.toml"), toml).unwrap();
        assert!(
            lexlogs(place, &["render", "tagged.toml", "-o", "out"])
                .status
                .success()
        );
        assert!(
            fs::read_to_string(place.join("out/LexConversationLogsTags.json"))
                .unwrap()
                .contains("4711")
        );
    });
}

#[test]
fn cargo_knows_the_oldest_rust_that_the_readme_names() {
    let metadata = output_of(
        env!("CARGO"),
        &[
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ],
        root(),
    );
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    assert_eq!(metadata["packages"][0]["rust_version"], "1.89");
}
