//! The AWS page's eight code blocks, byte for byte, from its placeholder words.

use lexlogs::plan::Plan;
use lexlogs::render;
use lexlogs::request::Spec;
use lexlogs::shell::Shell;
use lexlogs::templates::Templates;

use crate::support::raw;

/// The page's blocks, each with its name among the golden files.
pub(crate) const BLOCKS: [(&str, &str); 8] = [
    (
        "document",
        include_str!("../golden/aws-page/1-trust-policy.json"),
    ),
    (
        "command",
        include_str!("../golden/aws-page/2-create-role.txt"),
    ),
    (
        "document",
        include_str!("../golden/aws-page/3-cloudwatch-policy.json"),
    ),
    (
        "command",
        include_str!("../golden/aws-page/4-create-cloudwatch-policy.txt"),
    ),
    (
        "command",
        include_str!("../golden/aws-page/5-attach-cloudwatch-policy.txt"),
    ),
    (
        "document",
        include_str!("../golden/aws-page/6-s3-policy.json"),
    ),
    (
        "command",
        include_str!("../golden/aws-page/7-create-s3-policy.txt"),
    ),
    (
        "command",
        include_str!("../golden/aws-page/8-attach-s3-policy.txt"),
    ),
];

fn golden(kind: &str) -> Vec<&'static str> {
    BLOCKS
        .iter()
        .filter(|(block, _)| *block == kind)
        .map(|(_, text)| *text)
        .collect()
}

fn spec(version: &str) -> Spec {
    Spec::documentation(&raw([("lex-version", version)]), Vec::new()).unwrap()
}

fn commands(version: &str, shell: Shell) -> Vec<String> {
    let plan = Plan::new(&spec(version));
    plan.apply
        .iter()
        .map(|step| shell.command(&step.command).unwrap() + "\n")
        .collect()
}

fn documents(version: &str) -> Vec<String> {
    let files = render::documents(&spec(version), Templates::built_in().unwrap()).unwrap();
    files.into_iter().map(|file| file.text).collect()
}

#[test]
fn placeholder_words_give_the_pages_documents_byte_for_byte() {
    assert_eq!(documents("v1"), golden("document"));
}

#[test]
fn placeholder_words_give_the_pages_commands_byte_for_byte() {
    assert_eq!(commands("v1", Shell::Bash), golden("command"));
    assert_eq!(commands("v2", Shell::Bash), golden("command"));
}

#[test]
fn commands_of_cmd_differ_in_the_continuation_alone() {
    let carets: Vec<String> = golden("command")
        .iter()
        .map(|text| text.replace(" \\\n", " ^\n"))
        .collect();
    assert_eq!(commands("v2", Shell::Cmd), carets);
}

#[test]
fn version_two_differs_in_the_principal_alone() {
    let v1: Vec<String> = golden("document")
        .iter()
        .map(|text| text.replace("lex.amazonaws.com", "lexv2.amazonaws.com"))
        .collect();
    assert_eq!(documents("v2"), v1);
}
