//! The page's blocks are the AWS page's, its snippets are all there are, and
//! every one of them can be printed.

use std::collections::BTreeSet;

use lexlogs::parameters::{Kind, PARAMETERS};

use super::{before_clean_up, blocks, of_language, printed, with_files};
use crate::aws_page::BLOCKS;
use crate::support::text;

/// The AWS page's blocks in its order.
fn golden() -> Vec<String> {
    BLOCKS.iter().map(|(_, text)| (*text).to_owned()).collect()
}

fn texts(arguments: &[&str]) -> Vec<String> {
    let page = printed(&[&["page"], arguments].concat());
    let blocks = blocks(before_clean_up(&page)).into_iter();
    blocks.map(|block| block.text).collect()
}

fn with_carets(text: &str) -> String {
    text.replace(" \\\n", " ^\n")
}

#[test]
fn without_parameters_the_pages_blocks_are_the_aws_pages() {
    assert_eq!(texts(&["--lex-version", "v1", "--shell", "bash"]), golden());
    let carets: Vec<String> = golden().iter().map(|text| with_carets(text)).collect();
    assert_eq!(texts(&["--lex-version", "v1", "--shell", "cmd"]), carets);
    let of_v2 = |text: &String| text.replace("\"lex.amazonaws.com\"", "\"lexv2.amazonaws.com\"");
    let v2: Vec<String> = golden().iter().map(of_v2).collect();
    assert_ne!(v2, golden());
    assert_eq!(texts(&["--lex-version", "v2", "--shell", "bash"]), v2);
}

#[test]
fn a_page_depends_on_nothing_but_what_is_given_for_it() {
    let here = with_files(&[(
        "lexlogs-docs.toml",
        "role-name = \"Elsewhere\"\nshell = \"cmd\"\n",
    )]);
    let arguments = ["docs", "page", "--lex-version", "v2", "--flavor", "rst"];
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_lexlogs"))
        .args(arguments)
        .current_dir(here.path())
        .env_clear()
        .envs([("LC_ALL", "tr_TR.ISO-8859-9"), ("TZ", "Asia/Tokyo")])
        .envs([("AWS_REGION", "eu-west-1"), ("COLUMNS", "20")])
        .output()
        .unwrap();
    assert_eq!(text(&output.stdout), printed(&arguments[1..]));
}

#[test]
fn with_both_shells_each_command_stands_there_in_both_forms() {
    for flavor in ["commonmark", "docusaurus"] {
        let page = printed(&["page", "--lex-version", "v1", "--flavor", flavor]);
        let blocks = blocks(before_clean_up(&page));
        let batch = if flavor == "docusaurus" {
            "batch"
        } else {
            "bat"
        };
        let bash = of_language(&blocks, "bash");
        let carets: Vec<String> = bash.iter().map(|text| with_carets(text)).collect();
        assert_eq!(of_language(&blocks, batch), carets, "{flavor}");
        let others = blocks.iter().filter(|block| block.language != batch);
        let others: Vec<String> = others.map(|block| block.text.clone()).collect();
        assert_eq!(others, golden(), "{flavor}");
        assert_eq!((blocks.len(), bash.len()), (13, 5), "{flavor}");
    }
}

#[test]
fn each_snippet_is_a_block_of_the_aws_page() {
    let names = [
        "trust-policy",
        "create-role",
        "cloudwatch-policy",
        "create-cloudwatch-policy",
        "attach-cloudwatch-policy",
        "s3-policy",
        "create-s3-policy",
        "attach-s3-policy",
    ];
    for (name, golden) in std::iter::zip(names, golden()) {
        let snippet =
            |more: &[&str]| printed(&[&["snippet", name, "--lex-version", "v1"], more].concat());
        assert_eq!(snippet(&[]), golden, "{name}");
        assert_eq!(snippet(&["--shell", "cmd"]), with_carets(&golden), "{name}");
        let block = &blocks(&snippet(&["--flavor", "mkdocs", "--shell", "bash"]))[0];
        assert_eq!(block.text, golden, "{name}");
    }
}

/// Flags that turn on all that can be turned on.
const EVERYTHING: &str = "--lex-version v2 --kms-key-arn kms-key-arn --tags Team=Voice --pass-role-policy \
    --create-log-group --create-bucket --log-group-retention-days 30 --audio-log-expiration-days 90 \
    --log-group-deletion-protection --bucket-policy-tls-only \
    --log-group-kms-key-arn log-group-kms-key-arn --replica-region replica-region --bot-id bot-id \
    --bot-alias-id bot-alias-id --account-id 111122223333";

/// Every snippet; `*` is each of the policies.
const SNIPPETS: &str = "trust-policy *-policy tags create-role delete-role create-*-policy pass-role-policy \
    create-pass-role-policy log-group-key-policy log-settings read-bot-alias update-bot-alias log-group-tags \
    create-log-group put-log-group-retention delete-log-group create-replica-log-group delete-replica-log-group \
    put-replica-log-group-retention bucket-tags create-bucket put-bucket-public-access-block put-bucket-encryption \
    put-log-group-deletion-protection put-replica-log-group-deletion-protection \
    disable-log-group-deletion-protection disable-replica-log-group-deletion-protection bucket-policy put-bucket-policy \
    put-bucket-lifecycle put-bucket-tagging delete-bucket attach-*-policy detach-*-policy delete-*-policy page \
    parameters files";

#[test]
fn the_list_names_every_snippet_and_each_can_be_printed() {
    let list: serde_json::Value = serde_json::from_str(&printed(&["list", "--json"])).unwrap();
    let list = list.as_array().unwrap();
    let names: Vec<&str> = list
        .iter()
        .map(|entry| entry["name"].as_str().unwrap())
        .collect();
    let each = |form: &'static str| {
        let policies: &[&str] = if form.contains('*') {
            &["cloudwatch", "s3", "kms"]
        } else {
            &[""]
        };
        policies.iter().map(move |policy| form.replace('*', policy))
    };
    let expected: BTreeSet<String> = SNIPPETS.split(' ').flat_map(each).collect();
    assert_eq!(
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<BTreeSet<_>>(),
        expected
    );

    let everything: Vec<&str> = EVERYTHING.split(' ').collect();
    let mut commands = 0;
    for entry in list {
        let name = entry["name"].as_str().unwrap();
        assert_ne!(entry["title"], "", "{name}");
        let snippet =
            |more: &[&str]| printed(&[&["snippet", name], &everything[..], more].concat());
        for flavor in ["commonmark", "docusaurus", "mkdocs", "rst", "asciidoc"] {
            assert!(
                snippet(&["--flavor", flavor]).len() > 20,
                "{name}, {flavor}"
            );
        }
        match entry["kind"].as_str().unwrap() {
            "document" => {
                serde_json::from_str::<serde_json::Value>(&snippet(&[])).unwrap();
            }
            "command" => {
                commands += 1;
                let bash = snippet(&[]);
                assert!(bash.starts_with("aws "), "{name}: {bash}");
                // What holds a backquote stands in single quotes in a POSIX shell.
                let bash = bash.replace(r"'\''", "'");
                let bash = bash
                    .replace("--query '", "--query \"")
                    .replace("})'\n", "})\"\n");
                assert_eq!(snippet(&["--shell", "cmd"]), with_carets(&bash), "{name}");
            }
            other => assert_eq!(other, "page", "{name}"),
        }
    }
    assert_eq!(commands, 34);
    // For people the same names, in the same order.
    let plain = printed(&["list"]);
    let firsts = plain.lines().map(|line| line.split(' ').next().unwrap());
    assert_eq!(firsts.collect::<Vec<_>>(), names);
}

#[test]
fn every_placeholder_word_of_a_page_is_explained_there() {
    let words: Vec<&str> = PARAMETERS
        .iter()
        .filter(|row| row.kind == Kind::Text && row.name != "lex-version")
        .map(|row| row.name)
        .collect();
    let mut flags = vec!["page", "--lex-version", "v2", "--shell", "bash"];
    let named: Vec<String> = words
        .iter()
        .map(|word| format!("--{word}={word}"))
        .collect();
    flags.extend(named.iter().map(String::as_str));
    // What concerns nothing without it.
    flags.push("--pass-role-policy");
    flags.push("--create-log-group");
    flags.push("--create-bucket");
    let page = printed(&flags);
    for word in words {
        let line = format!("- `{word}`: ");
        let line = page.lines().find(|text| text.starts_with(&line));
        let line = line.unwrap_or_else(|| panic!("`{word}` is not explained in\n{page}"));
        assert!(line.len() > word.len() + 10, "{line}");
    }
    // What is given is no placeholder.
    let given = printed(&[
        "page",
        "--lex-version",
        "v2",
        "--account-id",
        "111122223333",
    ]);
    assert!(!given.contains("account-id") && given.contains("111122223333"));
}

#[test]
fn a_page_has_what_the_parameters_ask_for_and_nothing_else() {
    let count = |more: &str| {
        let arguments = format!("--lex-version v2 --shell bash {more}");
        texts(&arguments.split(' ').collect::<Vec<_>>()).len()
    };
    for (more, blocks, why) in [
        ("--log-group-name log-group-name", 5, "text logs only"),
        ("--bucket-name bucket-name", 5, "audio logs only"),
        ("--kms-key-arn kms-key-arn", 11, "all three"),
        (
            "--log-group-kms-key-arn log-group-kms-key-arn",
            9,
            "the statement for the key too",
        ),
        ("--tags a=b", 9, "the tags' document too"),
        ("--existing-role", 7, "no role is created"),
        ("--pass-role-policy", 10, "its document and a call"),
    ] {
        assert_eq!(count(more), blocks, "{why}");
    }
}
