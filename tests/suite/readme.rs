//! Every command of the README and of the pages in `docs` is run, in the order
//! of its page; their tables, listings and sessions are what the program prints.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use lexlogs::parameters::{DefaultValue, PARAMETERS};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::iam::{Cli, Iam};
use crate::runner::{Runner, bash};
use crate::support::{folder, lexlogs, names, output_of, path_with, root, text};

/// The pages for users.
pub(crate) const PAGES: [&str; 10] = [
    "README.md",
    "docs/index.md",
    "docs/requesters.md",
    "docs/administrators.md",
    "docs/approvers.md",
    "docs/authors.md",
    "docs/organisations.md",
    "docs/reference.md",
    "docs/comparison.md",
    "docs/troubleshooting.md",
];

/// The commands that need what a walk through a page has not: other tests here
/// run them.
const ELSEWHERE: [&str; 10] = [
    "tests/run",
    "cargo run --release -- ",
    "lexlogs bundle lexlogs.toml -o signed.zip --sign ",
    "ssh-keygen -Y verify ",
    "lexlogs verify signed.zip ",
    "lexlogs receipt ",
    "sh apply.sh",
    "sh check.sh",
    "apply.cmd",
    "check.cmd",
];

/// A fenced block of a page, such as ```` ```toml title="lexlogs.toml" ````.
struct Block {
    language: String,
    title: Option<String>,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let page = fs::read_to_string(root().join(page)).unwrap();
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for event in Parser::new(&page) {
        match (event, &mut open) {
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), _) => {
                let (language, title) = info.split_once(' ').unwrap_or((&info, ""));
                let title = title.strip_prefix("title=\"");
                open = Some(Block {
                    language: language.to_owned(),
                    title: title.map(|title| title.trim_end_matches('"').to_owned()),
                    text: String::new(),
                });
            }
            (Event::Text(text), Some(block)) => block.text.push_str(&text),
            (Event::End(TagEnd::CodeBlock), _) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

/// The blocks of all pages in one language, as text.
fn of_language(language: &str) -> Vec<String> {
    let blocks = PAGES.iter().flat_map(|page| blocks(page));
    let blocks = blocks.filter(|block| block.language == language);
    blocks.map(|block| block.text).collect()
}

/// The one command of the pages that begins so.
fn command(beginning: &str) -> String {
    let blocks = of_language("sh");
    let lines = blocks.iter().flat_map(|block| block.lines());
    let found: Vec<&str> = lines.filter(|line| line.starts_with(beginning)).collect();
    assert_eq!(found.len(), 1, "{beginning}: {found:?}");
    found[0].to_owned()
}

/// Runs a command as at a terminal, where both streams come in the order in which
/// they are written; returns its exit code and what it printed.
fn run(command: &str, place: &Path, programs: &Path) -> (Option<i32>, String) {
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(place)
        .env("PATH", path_with(programs))
        .output()
        .unwrap();
    (output.status.code(), text(&output.stdout).to_owned())
}

/// A folder with the README's parameter file, and `lexlogs` on the `PATH`.
fn with_the_parameter_file(work: impl FnOnce(&Path, &Path)) {
    let (place, programs) = (folder(), folder());
    let config = &blocks("README.md")
        .into_iter()
        .find(|block| block.title.as_deref() == Some("lexlogs.toml"));
    let config = &config.as_ref().unwrap().text;
    fs::write(place.path().join("lexlogs.toml"), config).unwrap();
    std::os::unix::fs::symlink(
        env!("CARGO_BIN_EXE_lexlogs"),
        programs.path().join("lexlogs"),
    )
    .unwrap();
    work(place.path(), programs.path());
}

/// Walks through a page: saves each block with a title under it, and runs each
/// command, which must succeed; returns what each printed.
fn walk(page: &str, place: &Path, programs: &Path) -> BTreeMap<String, String> {
    let mut printed = BTreeMap::new();
    for block in blocks(page) {
        if let Some(title) = &block.title {
            let path = place.join(title);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &block.text).unwrap();
        } else if block.language == "sh" {
            for line in block.text.lines() {
                if ELSEWHERE.iter().any(|command| line.starts_with(command)) {
                    continue;
                }
                let (code, output) = run(line, place, programs);
                // A difference is exit code 1.
                let expected = i32::from(line.starts_with("lexlogs diff "));
                assert_eq!(code, Some(expected), "{page}: {line}\n{output}");
                printed.insert(line.to_owned(), output);
            }
        }
    }
    printed
}

/// Compares a part of a page, or writes it down anew with `LEXLOGS_RECORD=1`.
fn compare(page: &str, recorded: &str, now: &str) {
    if recorded != now && std::env::var_os("LEXLOGS_RECORD").is_some() {
        let path = root().join(page);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(recorded).count(), 1, "{page}");
        fs::write(path, text.replace(recorded, now)).unwrap();
        return;
    }
    assert_eq!(
        recorded, now,
        "run LEXLOGS_RECORD=1 cargo test --test suite readme::the"
    );
}

/// What is between two comment lines of the reference.
fn listed(name: &str) -> String {
    let page = fs::read_to_string(root().join("docs/reference.md")).unwrap();
    let (_, rest) = page.split_once(&format!("<!-- {name} -->\n")).unwrap();
    let (list, _) = rest
        .split_once(&format!("<!-- end of {name} -->\n"))
        .unwrap();
    format!("<!-- {name} -->\n{list}")
}

#[test]
fn every_block_is_run_written_or_compared() {
    for page in PAGES {
        for block in blocks(page) {
            let is_tested = match block.language.as_str() {
                "sh" | "bat" | "console" => block.title.is_none(),
                "toml" | "csv" | "jinja" | "html" => block.title.is_some(),
                // The listing of a bundle's files.
                "text" => page == "docs/administrators.md",
                _ => false,
            };
            assert!(is_tested, "{page}: {}\n{}", block.language, block.text);
        }
    }
    let (commands, batch) = (of_language("sh").concat(), of_language("bat").concat());
    for command in ELSEWHERE {
        let mut lines = commands.lines().chain(batch.lines());
        assert!(lines.any(|line| line.starts_with(command)), "{command}");
    }
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert!((100..=150).contains(&readme.lines().count()));
}

/// The pages' sessions: each command is run again, and what it prints is what the
/// page has. `LEXLOGS_RECORD=1` writes it down anew.
#[test]
fn the_sessions_are_what_the_commands_print() {
    for page in PAGES {
        with_the_parameter_file(|place, programs| {
            for block in blocks(page) {
                let mut again = String::new();
                let commands = block
                    .text
                    .lines()
                    .filter_map(|line| line.strip_prefix("$ "));
                if block.language != "console" {
                    continue;
                }
                for command in commands {
                    let (code, output) = run(command, place, programs);
                    assert_eq!(code, Some(0), "{command}: {output}");
                    again.push_str(&format!("$ {command}\n{output}"));
                }
                compare(page, &block.text, &again);
            }
        });
    }
}

#[test]
fn the_readmes_commands_run_beginning_with_the_download() {
    with_the_parameter_file(|place, programs| {
        let archive = concat!(
            "lexlogs-",
            env!("CARGO_PKG_VERSION"),
            "-x86_64-unknown-linux-gnu.tar.gz"
        );
        // A stand-in for a release: the README's archive, and the other one missing.
        output_of("tar", &["-czf", archive, "lexlogs.toml"], place);
        let digest = output_of("sha256sum", &[archive], place);
        let sums = format!("{digest}{}  lexlogs.zip\n", "0".repeat(64));
        fs::write(place.join("SHA256SUMS"), &sums).unwrap();
        let printed = walk("README.md", place, programs);
        let verified = &printed[&command("sha256sum ")];
        assert_eq!(*verified, format!("{archive}: OK\n"));

        // An altered archive is found.
        fs::write(place.join(archive), "altered").unwrap();
        assert_eq!(run(&command("sha256sum "), place, programs).0, Some(1));
    });
}

#[test]
fn the_commands_for_a_checkout_are_true() {
    // The tests are running: this command has been entered.
    assert!(root().join(command("tests/run")).is_file());
    // The other one, but for building the program again.
    let bundle = command("cargo run --release -- ");
    let arguments: Vec<&str> = bundle.split(' ').skip(4).collect();
    let place = folder();
    std::os::unix::fs::symlink(root().join("examples"), place.path().join("examples")).unwrap();
    let output = lexlogs(place.path(), &arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(names(&place.path().join("dist")).len(), 1);
}

#[test]
fn the_requesters_commands_generate_bundles() {
    with_the_parameter_file(|place, programs| {
        let printed = walk("docs/requesters.md", place, programs);
        assert_eq!(
            names(&place.join("dist")).len(),
            4,
            "one for each role and Region"
        );
        let verified = &printed["lexlogs verify fleet"];
        assert!(verified.contains("2 bundles"), "{verified}");
        assert_eq!(
            names(&place.join("fleet")),
            ["111122223333", "444455556666", "SHA256SUMS", "fleet.json"]
        );
        // What two Regions of an account have are other roles and policies.
        let mut roles_and_policies = Vec::new();
        for zip in names(&place.join("regions/111122223333")) {
            let zip = format!("regions/111122223333/{zip}");
            let output = lexlogs(place, &["inspect", &zip, "--json"]);
            let json: Value = serde_json::from_slice(&output.stdout).unwrap();
            let inspection = &json["inspection"];
            roles_and_policies.push(inspection["role"]["name"].to_string());
            let grants = inspection["grants"].as_array().unwrap().iter();
            let policies = grants.filter_map(|grant| grant["policy"].as_str());
            roles_and_policies.extend(policies.map(str::to_owned));
        }
        let count = roles_and_policies.len();
        roles_and_policies.sort();
        roles_and_policies.dedup();
        assert_eq!((count, roles_and_policies.len()), (4, 4));
    });
}

#[test]
#[ignore = "needs ssh-keygen: run tests/run"]
fn the_requesters_bundle_is_signed_and_the_approver_verifies_it() {
    with_the_parameter_file(|place, programs| {
        let keys = place.join(".ssh");
        fs::create_dir(&keys).unwrap();
        let make = ["-q", "-t", "ed25519", "-N", "", "-f", "id_ed25519"];
        output_of("ssh-keygen", &make, &keys);
        let public = fs::read_to_string(keys.join("id_ed25519.pub")).unwrap();
        let signers = format!("you@example.com {public}");
        fs::write(place.join("allowed_signers"), signers).unwrap();
        let home = [("HOME".to_owned(), place.to_str().unwrap().to_owned())];
        let typed = |beginning: &str| bash(&command(beginning), place, programs, &home).stdout;
        typed("lexlogs bundle lexlogs.toml -o signed.zip --sign ");
        let verified = typed("ssh-keygen -Y verify ");
        let good = "Good \"lexlogs\" signature for you@example.com with ED25519 key SHA256:";
        assert!(verified.starts_with(good), "{verified}");
        typed("lexlogs verify signed.zip ");
    });
}

#[test]
fn the_listing_is_what_is_in_the_bundle() {
    with_the_parameter_file(|place, _| {
        let output = lexlogs(place, &["bundle", "lexlogs.toml", "-o", "a.zip"]);
        assert!(output.status.success());
        let zip = zip::ZipArchive::new(fs::File::open(place.join("a.zip")).unwrap()).unwrap();
        let listed = of_language("text").remove(0);
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

/// An account with what the logs of the README's bundle are written to.
fn account() -> Iam {
    let mut iam = Iam::start("111122223333");
    iam.ask(r#"call logs create_log_group {"logGroupName": "/lex/support-bot"}"#);
    iam.ask(r#"call s3 create_bucket {"Bucket": "support-bot-audio-logs"}"#);
    iam
}

/// The README's bundle, unpacked into a folder beside its zip.
fn unpacked(place: &Path) -> PathBuf {
    let config = root().join("examples/text-and-audio/lexlogs.toml");
    let config = config.to_str().unwrap();
    for arguments in [
        ["bundle", config, "-o", "request.zip"],
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
    let block = of_language("sh");
    let block = block.iter().find(|block| block.starts_with("sh apply.sh "));
    // No terminal is here to ask at.
    let typed = block.unwrap().replace("apply.sh\n", "apply.sh --yes\n");
    bash(&typed, &bundle, &aws, &settings);
    let programs = folder();
    let program = env!("CARGO_BIN_EXE_lexlogs");
    std::os::unix::fs::symlink(program, programs.path().join("lexlogs")).unwrap();
    fs::copy(bundle.join("receipt.txt"), place.path().join("receipt.txt")).unwrap();
    let (code, printed) = run(&command("lexlogs receipt "), place.path(), programs.path());
    assert_eq!(code, Some(0), "{printed}");
}

#[test]
#[ignore = "needs the AWS CLI, IAM server and Wine: run tests/run"]
fn the_administrators_commands_run_on_windows() {
    let iam = account();
    let place = folder();
    let bundle = unpacked(place.path());
    for line in of_language("bat").concat().lines() {
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
fn the_approvers_commands_describe_compare_and_lint() {
    with_the_parameter_file(|place, programs| {
        let bundle = ["bundle", "lexlogs.toml", "-o", "request.zip"];
        let old = [
            "bundle",
            "lexlogs.toml",
            "--role-name=OldRole",
            "-o",
            "approved-last-year.zip",
        ];
        let render = ["render", "lexlogs.toml", "-o", "bundle"];
        for arguments in [&bundle[..], &old, &render] {
            assert!(lexlogs(place, arguments).status.success());
        }
        let trust = "bundle/LexConversationLogsAssumeRolePolicyDocument.json";
        fs::copy(place.join(trust), place.join("trust-policy.json")).unwrap();
        let printed = walk("docs/approvers.md", place, programs);
        for (beginning, expected) in [
            (
                "lexlogs verify request.zip",
                "lex-conversation-logs-111122223333-us-east-1-",
            ),
            (
                "lexlogs inspect ",
                "arn:aws:iam::111122223333:role/LexConversationLogsRole",
            ),
            (
                "lexlogs diff ",
                "- role-name: OldRole\n+ role-name: LexConversationLogsRole\n",
            ),
            (
                "lexlogs lint bundle/",
                "0 errors, 0 warnings, 1 note in 3 files",
            ),
            ("lexlogs lint --rules", "confused-deputy"),
            ("lexlogs lint --explain ", "log-group-arn"),
        ] {
            let output = &printed[&command(beginning)];
            assert!(output.contains(expected), "{beginning}: {output}");
        }
        let sarif = fs::read_to_string(place.join("lint.sarif")).unwrap();
        assert!(sarif.contains("\"ruleId\": \"confused-deputy\""), "{sarif}");
    });
}

#[test]
fn the_table_of_parameters_is_the_programs() {
    let page = fs::read_to_string(root().join("docs/reference.md")).unwrap();
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
    let lines = page.lines().filter(|line| !line.starts_with("| --"));
    let lines: Vec<String> = lines.map(squeezed).collect();
    let has_table = lines.windows(table.len()).any(|lines| lines == table);
    assert!(
        has_table,
        "the reference's table must be:\n{}",
        table.join("\n")
    );
}

/// A command as its help describes it: its usage, and what it does.
fn described(command: &[&str]) -> (String, String) {
    let output = lexlogs(root(), &[command, &["--help"]].concat());
    let help = text(&output.stdout).to_owned();
    // Long ones may be broken.
    let joined = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    let (purpose, rest) = help.split_once("\n\n").unwrap();
    let (_, usage) = rest.split_once("Usage: ").unwrap();
    let usage = usage.split("\n\n").next().unwrap();
    (joined(usage), joined(purpose))
}

#[test]
fn the_table_of_commands_is_the_helps() {
    let mut table = "<!-- commands -->\n\n| Command | Purpose |\n|---|---|\n".to_owned();
    let commands = &crate::manual::COMMANDS[1..];
    for name in commands {
        // What has commands of its own does nothing by itself.
        if commands
            .iter()
            .any(|of| of.starts_with(&format!("{name}-")))
        {
            continue;
        }
        let (usage, purpose) = described(&name.split('-').collect::<Vec<_>>());
        table.push_str(&format!(
            "| `{}` | {purpose} |\n",
            usage.replace('|', "\\|")
        ));
    }
    compare(
        "docs/reference.md",
        &listed("commands"),
        &format!("{table}\n"),
    );
}

/// The names of a JSON value's members, those of an object or list in it too.
fn members(value: &Value, before: &str, names: &mut Vec<String>) {
    let value = value.get(0).unwrap_or(value);
    for (name, value) in value.as_object().into_iter().flatten() {
        let name = format!("{before}{name}");
        let more = names.len();
        if before.is_empty() {
            members(value, &format!("{name}."), names);
        }
        if names.len() == more {
            names.push(name);
        }
    }
}

#[test]
fn the_table_of_json_is_what_the_commands_print() {
    with_the_parameter_file(|place, _| {
        let old = [
            "bundle",
            "lexlogs.toml",
            "--role-name=OldRole",
            "-o",
            "old.zip",
        ];
        let render = ["render", "lexlogs.toml", "-o", "bundle"];
        for arguments in [&old[..], &render] {
            assert!(lexlogs(place, arguments).status.success());
        }
        fs::write(place.join("accounts.csv"), "role-name\nA\n").unwrap();
        fs::write(place.join("page.md"), "A page without a region.\n").unwrap();
        fs::write(place.join("bundle/check.sh"), "").unwrap();
        let digest = "0".repeat(64);
        let receipt = format!(
            "receipt: 2\nbundle-digest: {digest}\nscript: apply\ntime: 2026-11-24T00:00:00Z\ncaller: arn:x\n"
        );
        fs::write(place.join("receipt.txt"), receipt).unwrap();
        let mut table = "<!-- json -->\n\n| Command | Members |\n|---|---|\n".to_owned();
        for (name, arguments) in [
            ("bundle", "bundle lexlogs.toml -o new.zip"),
            ("render", "render lexlogs.toml -o rendered"),
            ("fleet", "fleet accounts.csv --config lexlogs.toml -o fleet"),
            ("verify", "verify bundle"),
            ("inspect", "inspect new.zip"),
            ("diff", "diff old.zip new.zip"),
            ("receipt", "receipt new.zip receipt.txt"),
            (
                "lint",
                "lint rendered/LexConversationLogsAssumeRolePolicyDocument.json",
            ),
            ("docs list", "docs list"),
            ("docs write", "docs write --check page.md"),
            ("templates list", "templates list"),
        ] {
            let arguments: Vec<&str> = arguments.split(' ').chain(["--json"]).collect();
            let output = lexlogs(place, &arguments);
            let json = serde_json::from_slice(&output.stdout);
            let json: Value = json.unwrap_or_else(|_| panic!("{name}: {output:?}"));
            let mut names = Vec::new();
            members(&json, "", &mut names);
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            table.push_str(&format!("| `{name}` | {} |\n", names.join(", ")));
        }
        compare("docs/reference.md", &listed("json"), &format!("{table}\n"));
    });
}

#[test]
fn the_authors_commands_keep_the_authors_pages() {
    with_the_parameter_file(|place, programs| {
        let printed = walk("docs/authors.md", place, programs);
        let checked = &printed["lexlogs docs write --check docs"];
        assert!(
            checked.ends_with("up to date: 1 region in 1 page\n"),
            "{checked}"
        );
        let snippet = &printed[&command("lexlogs docs snippet ")];
        assert!(
            snippet.contains("    --role-name SupportBotRole ^\n"),
            "{snippet}"
        );
        let read = |name: &str| fs::read_to_string(place.join(name)).unwrap();
        assert!(read("docs/how-to.md").contains("\n        --role-name SupportBotRole ^\n"));
        assert!(read("page.md").starts_with("# Let Amazon Lex V2 write conversation logs\n"));
    });
}

#[test]
fn the_regions_of_the_pages_and_the_examples_are_up_to_date() {
    let output = lexlogs(root(), &["docs", "write", "--check", "docs", "examples"]);
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
fn the_organisations_templates_change_its_bundles() {
    with_the_parameter_file(|place, programs| {
        walk("docs/organisations.md", place, programs);
        let render = "render own.toml --templates own --custom ticket=CHG0042 -o out";
        let output = lexlogs(place, &render.split(' ').collect::<Vec<_>>());
        assert!(output.status.success(), "{}", text(&output.stderr));
        let readme = fs::read_to_string(place.join("out/README.md")).unwrap();
        assert!(
            readme.ends_with("\n## Who approved it\n\nTicket CHG0042, team Voice platform.\n"),
            "{readme}"
        );
    });
}

#[test]
fn the_references_commands_render_tags_and_print_schemas() {
    with_the_parameter_file(|place, programs| {
        let printed = walk("docs/reference.md", place, programs);
        assert!(printed["lexlogs schema manifest"].contains("sha256"));
        let tags = fs::read_to_string(place.join("tagged/LexConversationLogsTags.json")).unwrap();
        assert!(tags.contains("4711"), "{tags}");
    });
}

#[test]
fn cargo_knows_the_oldest_rust_and_the_license_that_the_readme_names() {
    let arguments = [
        "metadata",
        "--no-deps",
        "--offline",
        "--format-version",
        "1",
    ];
    let metadata = output_of(env!("CARGO"), &arguments, root());
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let package = &metadata["packages"][0];
    let rust = format!(
        "Rust: {} or newer",
        package["rust_version"].as_str().unwrap()
    );
    let license = format!("License: {}", package["license"].as_str().unwrap());
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for (badge, words) in [("rust", rust), ("license", license)] {
        let badge = format!("docs/badge-{badge}.svg");
        assert!(readme.contains(&format!("![{words}]({badge})")), "{words}");
        let badge = fs::read_to_string(root().join(badge)).unwrap();
        assert!(
            badge.contains(&format!("<title>{words}</title>")),
            "{words}"
        );
    }
}
