//! The runbook: enough to approve a bundle, and its commands work as they are.

use lexlogs::plan::Plan;
use lexlogs::shell::Shell;

use crate::apply::{ACCOUNT, CASES, example};
use crate::recording::RecordingAws;
use crate::support::{bundle, file, folder, lexlogs, request, text};

#[test]
#[ignore = "needs unzip: run tests/run"]
fn the_runbook_leads_from_the_zip_to_the_folder() {
    let aws = RecordingAws::new();
    aws.say_account(ACCOUNT);
    let place = folder();
    // A role's name that needs quotes, in the zip's name too.
    let parameters = [
        ("lex-version", "v2"),
        ("account-id", ACCOUNT),
        ("region", "us-east-1"),
        ("log-group-name", "/lex/bot"),
        ("role-name", "a=b,c@d"),
    ];
    let flags = parameters.map(|(name, value)| format!("--{name}={value}"));
    let mut arguments = vec!["bundle", "-o", "."];
    arguments.extend(flags.iter().map(String::as_str));
    let made = lexlogs(place.path(), &arguments);
    assert!(made.status.success(), "{made:?}");
    let (digest, _) = text(&made.stdout).split_once(' ').unwrap();

    let request = request(parameters);
    let bundle = bundle(&request);
    let readme = file(&bundle, "README.md");
    let block = |begin: &str| {
        let at = readme.find(&format!("```sh\n{begin} ")).unwrap();
        readme[at + 6..].split_once("```").unwrap().0
    };
    let printed = aws.run(&["bash"], &["-c", block("sha256sum")], place.path());
    assert!(printed.starts_with(digest), "{printed}");
    let unpacked = format!("set -e\n{}ls", block("unzip"));
    let printed = aws.run(&["bash"], &["-c", &unpacked], place.path());
    assert!(printed.contains("\napply.sh\n"), "{printed}");
}

#[test]
fn the_runbook_has_apply_and_the_documents_in_full() {
    for name in CASES {
        let request = example(name);
        let bundle = bundle(&request);
        let readme = file(&bundle, "README.md");
        let by_hand = readme.split_once("\n### By hand\n").unwrap().1;
        for (language, shell) in [("sh", Shell::Bash), ("bat", Shell::Cmd)] {
            let block = by_hand.split_once(&format!("```{language}\n")).unwrap().1;
            let block = block.split_once("```").unwrap().0;
            for step in &Plan::new(request.spec()).apply {
                let command = shell.command(&step.command).unwrap();
                assert!(block.contains(&format!("{command}\n")), "{name}: {block}");
            }
        }
        let documents = request.spec().documents();
        for document in documents.iter().map(|document| document.file_name()) {
            let text = file(&bundle, document).trim_end();
            let in_full = format!("\n```json\n{text}\n```\n");
            let (_, after) = readme.split_once(&format!("\n`{document}`: ")).unwrap();
            let (reason, _) = after.split_once('\n').unwrap();
            assert!(
                reason.len() > 20 && after[reason.len()..].starts_with(&format!("\n{in_full}")),
                "{name}: {document}"
            );
        }
    }
}

/// What an approver reads.
#[test]
fn the_runbook_of_the_example_is_no_longer_than_can_be_read() {
    let bundle = bundle(&example("text-and-audio"));
    for command in [
        "accessanalyzer validate-policy",
        "iam simulate-principal-policy",
    ] {
        assert!(
            bundle.files.iter().any(|file| file.text.contains(command)),
            "{command}"
        );
    }
    for (name, most) in [("README.md", 10_400), ("README.html", 30_000)] {
        let length = file(&bundle, name).len();
        assert!(length <= most, "{name}: {length}");
    }
}

/// The permission that a call of the AWS CLI needs.
fn permission(service: &str, operation: &str) -> String {
    let service = match service {
        "s3api" => "s3",
        _ if service.starts_with("lex") => "lex",
        _ => service,
    };
    let capitalized = |word: &str| word[..1].to_uppercase() + &word[1..];
    let name: String = operation.split('-').map(capitalized).collect();
    let name = match name.as_str() {
        "ListObjectsV2" => "ListBucket",
        "PutBucketLifecycleConfiguration" => "PutLifecycleConfiguration",
        "PutBucketEncryption" => "PutEncryptionConfiguration",
        "PutPublicAccessBlock" => "PutBucketPublicAccessBlock",
        _ => &name,
    };
    format!("{service}:{name}")
}

#[test]
fn the_runbook_lists_the_permissions_of_its_own_commands() {
    let mut operations = std::collections::BTreeSet::new();
    for name in CASES.into_iter().chain(["v1-bot-alias", "bot-alias"]) {
        let bundle = bundle(&example(name));
        let readme = file(&bundle, "README.md");
        let (commands, table) = readme.split_once("\n### Permissions\n").unwrap();
        for command in commands
            .lines()
            .filter_map(|line| line.strip_prefix("aws "))
        {
            let mut words = command.split(' ');
            let wanted = permission(words.next().unwrap(), words.next().unwrap());
            assert!(table.contains(&wanted), "{name}: {wanted} for `{command}`");
            operations.insert(wanted);
        }
    }
    for known in [
        "lex:RecognizeText",
        "lex:PostText",
        "logs:DescribeLogStreams",
        "s3:ListBucket",
    ] {
        assert!(operations.contains(known), "{operations:?}");
    }
}
