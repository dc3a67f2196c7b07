//! `lexlogs diff`: what changed between two bundles, told in the order in which
//! it is asked.

use std::fs;

use serde_json::{Value, json};

use crate::examples::{EXAMPLES, rendered};
use crate::support::folder;
use crate::verify::{made, run};

/// What differs between two examples, by the program.
fn difference(old: &str, new: &str) -> (i32, String) {
    let (code, said, complained) = run(rendered().path(), &["diff", old, new]);
    assert_eq!(complained, "");
    (code, said)
}

/// The lines of one part.
fn part<'a>(said: &'a str, name: &str) -> Vec<&'a str> {
    let mut lines = said.lines().skip_while(|line| *line != name).skip(1);
    let heads = ["parameters", "policies", "steps", "files"];
    let lines = lines.by_ref().take_while(|line| !heads.contains(line));
    lines.collect()
}

#[test]
fn the_same_bundle_is_the_same_however_it_is_packed() {
    for example in EXAMPLES {
        let place = folder();
        made(place.path(), example);
        let kinds = ["a.zip", "folder"];
        for old in kinds {
            for new in kinds {
                let same = (0, "identical\n".to_owned(), String::new());
                assert_eq!(run(place.path(), &["diff", old, new]), same);
            }
        }
        let (code, said, _) = run(place.path(), &["diff", "a.zip", "folder", "--json"]);
        let none: [u8; 0] = [];
        assert_eq!(
            serde_json::from_str::<Value>(&said).unwrap(),
            json!({"same": true, "old": {"whole": true, "proven": true}, "new": {"whole": true, "proven": true}, "parameters": none, "policies": none, "steps": none, "files": none})
        );
        assert_eq!(code, 0);
    }
}

#[test]
fn another_lex_version_is_another_principal() {
    let (code, said) = difference("v1-text-only", "text-only");
    assert_eq!(
        part(&said, "parameters"),
        ["- lex-version: v1", "+ lex-version: v2"]
    );
    assert_eq!(
        part(&said, "policies"),
        [
            "~ LexConversationLogsAssumeRolePolicyDocument.json",
            "    statement 1",
            "-     Principal Service: lex.amazonaws.com",
            "+     Principal Service: lexv2.amazonaws.com"
        ]
    );
    assert_eq!(part(&said, "steps"), [""; 0]);
    assert_eq!(code, 1);
}

#[test]
fn audio_logs_bring_a_policy_with_its_statement_and_its_steps() {
    let (_, said) = difference("text-only", "text-and-audio");
    let statement = [
        "LexConversationLogsS3Policy.json",
        "    statement 1, ",
        "    Effect: Allow",
        "    Action: s3:PutObject",
        "    Resource: arn:aws:s3:::support-bot-audio-logs/*",
    ];
    let told = |sign: &str, word: &str| -> Vec<String> {
        let line = |(index, line): (usize, &&str)| match index {
            1 => format!("{line}{word}"),
            _ => format!("{sign} {line}"),
        };
        statement.iter().enumerate().map(line).collect()
    };
    assert_eq!(part(&said, "policies"), told("+", "new"));
    let steps = part(&said, "steps");
    // Each step, and its command below it.
    assert_eq!(
        (steps[0], steps[2], steps.len()),
        (
            "+ create the policy LexConversationLogsS3Policy",
            "+ attach the policy LexConversationLogsS3Policy to the role LexConversationLogsRole",
            4
        )
    );
    let files = part(&said, "files");
    assert!(files.contains(&"+ LexConversationLogsS3Policy.json") && files.contains(&"~ apply.sh"));
    assert!(!files.contains(&"~ functions.sh"));

    // And the other way round they go.
    let (_, said) = difference("text-and-audio", "text-only");
    assert_eq!(part(&said, "policies"), told("-", "removed"));
    assert!(
        part(&said, "steps")
            .iter()
            .all(|line| line.starts_with("- "))
    );
    assert!(part(&said, "files").contains(&"- LexConversationLogsS3Policy.json"));
}

#[test]
fn a_condition_resources_and_options_are_told_each_by_itself() {
    let (_, said) = difference("text-and-audio", "organisation");
    let policies = part(&said, "policies");
    assert_eq!(
        policies[..6],
        [
            "~ LexConversationLogsAssumeRolePolicyDocument.json",
            "    statement 1",
            "+     Condition StringEquals aws:SourceAccount: 111122223333",
            "~ LexConversationLogsCloudWatchLogsPolicy.json",
            "    statement 1",
            "-     Resource: arn:aws:logs:us-east-1:111122223333:log-group:/lex/support-bot:*",
        ]
    );
    // In full: two that differ in their ends must not look the same.
    assert_eq!(
        policies[6],
        "+     Resource: arn:aws-us-gov:logs:us-gov-west-1:111122223333:log-group:/org/voice/lex/support-bot:*"
    );
    let parameters = part(&said, "parameters");
    assert_eq!(
        parameters[..2],
        ["- region: us-east-1", "+ region: us-gov-west-1"]
    );
    assert!(parameters.contains(&"+ tags Größe: ½"), "{parameters:?}");
}

#[test]
fn a_role_that_is_there_already_takes_a_step_away() {
    let (_, said) = difference("text-and-audio", "existing-role");
    let steps = part(&said, "steps");
    assert_eq!(steps[0], "- create the role LexConversationLogsRole");
    assert!(
        !steps
            .iter()
            .any(|line| line.starts_with("+ create the role"))
    );
}

#[test]
fn a_program_reads_the_same() {
    let arguments = ["diff", "text-only", "with-kms", "--json"];
    let (code, said, _) = run(rendered().path(), &arguments);
    let read: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &read["same"]), (1, &Value::Bool(false)));
    let policies = read["policies"].as_array().unwrap();
    assert_eq!(policies.len(), 2);
    assert_eq!(policies[1]["file"], "LexConversationLogsKMSPolicy.json");
    assert_eq!(policies[1]["change"], "added");
    let statement = &policies[1]["statements"][0];
    assert_eq!(
        (&statement["old"], &statement["new"]),
        (&Value::Null, &json!(1))
    );
    assert_eq!(
        statement["added"][1],
        json!({"element": "Action", "value": "kms:GenerateDataKey"})
    );
    assert_eq!(read["steps"].as_array().unwrap().len(), 4);
    let names = read["parameters"].as_array().unwrap();
    let names: Vec<&str> = names
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "bucket-name",
            "s3-policy-name",
            "kms-key-arn",
            "kms-decrypt",
            "kms-policy-name",
            "create-bucket"
        ]
    );
}

#[test]
fn an_altered_bundle_is_compared_with_a_note() {
    let place = folder();
    made(place.path(), "text-only");
    let policy = place
        .path()
        .join("folder/LexConversationLogsCloudWatchLogsPolicy.json");
    let text = fs::read_to_string(&policy).unwrap();
    let note =
        "note: folder is not intact: this comparison may not be true of it; see `lexlogs verify`\n";
    for (from, to, told) in [
        (
            "\"logs:PutLogEvents\"",
            "\"logs:*\"",
            "    statement 1\n-     Action: logs:PutLogEvents\n+     Action: logs:*\n",
        ),
        (
            "\"Allow\"",
            "\"Deny\"",
            "    statement 1\n-     Effect: Allow\n+     Effect: Deny\n",
        ),
        ("  ", " ", "    the same statements in another layout\n"),
        (
            "2012-10-17",
            "2008-10-17",
            "    statement 1\n+     Version: 2008-10-17\n",
        ),
        (
            "\"Effect\"",
            "\"Condition\": {}, \"Effect\"",
            "    statement 1\n+     Condition: (none)\n",
        ),
        (
            "\"Action\"",
            "\"NotAction\"",
            "    cannot be compared statement by statement: the new one is not a policy document: unknown field `NotAction`, expected one of `Sid`, `Effect`, `Principal`, `Action`, `Resource`, `Condition`\n",
        ),
    ] {
        assert!(text.contains(from));
        fs::write(&policy, text.replace(from, to)).unwrap();
        let expected = format!(
            "policies\n~ LexConversationLogsCloudWatchLogsPolicy.json\n{told}files\n~ LexConversationLogsCloudWatchLogsPolicy.json\n"
        );
        assert_eq!(
            run(place.path(), &["diff", "a.zip", "folder"]),
            (1, expected, note.to_owned())
        );
    }
    // No more than IAM would take is compared: it would take hours.
    let many = "\"logs:PutLogEvents\",".repeat(1000);
    fs::write(
        &policy,
        text.replace("\"logs:PutLogEvents\"", &(many + "\"a\"")),
    )
    .unwrap();
    let (_, said, _) = run(place.path(), &["diff", "a.zip", "folder"]);
    assert!(said.contains("statement by statement: the new one has more than 1000 elements, as no policy of IAM has\n"), "{said}");
    // The same files, of which the lists are not true.
    fs::write(&policy, &text).unwrap();
    let [good, copy] = crate::hostile::two_with_the_same_files();
    fs::write(place.path().join("good.zip"), good).unwrap();
    fs::write(place.path().join("copy.zip"), copy).unwrap();
    let (code, said, complained) = run(place.path(), &["diff", "good.zip", "copy.zip"]);
    assert_eq!((code, said.as_str()), (1, ""), "{complained}");
    assert!(
        complained.starts_with("note: copy.zip is not intact: "),
        "{complained}"
    );
    // A zip with something else in it.
    let zip = place.path().join("a.zip");
    fs::write(&zip, [fs::read(&zip).unwrap(), b"x".into()].concat()).unwrap();
    let (code, said, complained) = run(place.path(), &["diff", "a.zip", "folder"]);
    assert_eq!((code, said.as_str()), (1, ""), "{complained}");
    assert!(
        complained.starts_with("note: a.zip is not intact: "),
        "{complained}"
    );
    fs::write(&zip, &fs::read(&zip).unwrap()[..5000]).unwrap();
    assert_eq!(
        run(place.path(), &["diff", "a.zip", "folder"]),
        (
            2,
            String::new(),
            "error: a.zip: it cannot be read as a zip: it is damaged or incomplete; ask for it again\n".to_owned()
        )
    );
}
