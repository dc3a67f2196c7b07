//! Every command of the README and of the pages in `docs` is run, in the order
//! of its page; their tables, listings and sessions are what the program prints.

mod administrators;
mod requesters;
mod tables;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::support::{folder, lexlogs, names, output_of, path_with, root, text};

/// The pages for users.
pub(crate) const PAGES: [&str; 11] = [
    "README.md",
    "docs/index.md",
    "docs/requesters.md",
    "docs/administrators.md",
    "docs/approvers.md",
    "docs/authors.md",
    "docs/organisations.md",
    "docs/cloudformation.md",
    "docs/reference.md",
    "docs/comparison.md",
    "docs/troubleshooting.md",
];

/// The commands that need what a walk through a page has not: other tests here
/// run them.
const ELSEWHERE: [&str; 11] = [
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
    "aws cloudformation ",
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

impl Block {
    /// The commands of a block, those on several lines as one line each.
    fn commands(&self) -> Vec<String> {
        let joined = self.text.replace(" \\\n   ", "");
        joined.lines().map(str::to_owned).collect()
    }
}

/// The blocks of all pages in one language, as text.
fn of_language(language: &str) -> Vec<String> {
    let blocks = PAGES.iter().flat_map(|page| blocks(page));
    let blocks = blocks.filter(|block| block.language == language);
    blocks.map(|block| block.text).collect()
}

/// The one command of the pages that begins so.
fn command(beginning: &str) -> String {
    let blocks = PAGES.iter().flat_map(|page| blocks(page));
    let blocks = blocks.filter(|block| block.language == "sh");
    let commands = blocks.flat_map(|block| block.commands());
    let found: Vec<String> = commands.filter(|it| it.starts_with(beginning)).collect();
    assert_eq!(found.len(), 1, "{beginning}: {found:?}");
    found.concat()
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
            for line in block.commands() {
                if ELSEWHERE.iter().any(|command| line.starts_with(command)) {
                    continue;
                }
                let (code, output) = run(&line, place, programs);
                // A difference is exit code 1.
                let expected = i32::from(line.starts_with("lexlogs diff "));
                assert_eq!(code, Some(expected), "{page}: {line}\n{output}");
                printed.insert(line, output);
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
        "run LEXLOGS_RECORD=1 cargo test --test suite readme::"
    );
}

#[test]
fn every_block_is_run_written_or_compared() {
    for page in PAGES {
        for block in blocks(page) {
            let is_tested = match block.language.as_str() {
                "sh" | "bat" | "console" => block.title.is_none(),
                "toml" | "csv" | "json" | "jinja" | "html" => block.title.is_some(),
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
    let mut pages = names(&root().join("docs"));
    pages.retain(|name| name.rsplit_once('.').unwrap().1 == "md");
    assert_eq!(pages.len(), PAGES.len() - 1, "{pages:?}");
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert!((100..=150).contains(&readme.lines().count()));
}

/// The pages whose commands no other test here walks through; most have none.
#[test]
fn the_commands_of_the_other_pages_run() {
    let walked = "README requesters approvers authors organisations reference";
    let is_walked = |page: &str| {
        walked
            .split(' ')
            .any(|name| page.ends_with(&format!("{name}.md")))
    };
    for page in PAGES.iter().filter(|page| !is_walked(page)) {
        with_the_parameter_file(|place, programs| {
            walk(page, place, programs);
        });
    }
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
fn the_references_commands_render_tags_and_print_schemas() {
    with_the_parameter_file(|place, programs| {
        let printed = walk("docs/reference.md", place, programs);
        assert!(printed["lexlogs schema manifest"].contains("sha256"));
        let tags = fs::read_to_string(place.join("tagged/LexConversationLogsTags.json")).unwrap();
        assert!(tags.contains("4711"), "{tags}");
    });
}

#[test]
fn cargo_knows_the_rust_and_license_of_the_readme() {
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
    let license = format!("Licence: {}", package["license"].as_str().unwrap());
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
