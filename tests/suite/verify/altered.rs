//! What somebody altered, with lists that are true: another version explains
//! some of it and proves nothing, and nothing of it reaches the terminal raw.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{made, made_by, mend, replace, run, verify_folder};
use crate::support::folder;

/// What is said of the folder of `text-only` after a change, with true lists.
fn said_of(generator: &str, change: impl Fn(&Path)) -> String {
    let place = folder();
    made(place.path(), "text-only");
    let inside = place.path().join("folder");
    made_by(&inside, generator);
    change(&inside);
    mend(&inside);
    let (code, said, _) = verify_folder(place.path());
    assert_eq!(code, 1, "{said}");
    said
}

#[test]
fn of_another_version_only_its_own_lists_are_compared() {
    let write = |name: &'static str, text: &'static str| {
        move |inside: &Path| fs::write(inside.join(name), text).unwrap()
    };
    // It need not be this version's request.
    let said = said_of("lexlogs 9", write("request.json", "\0"));
    assert!(said.starts_with("FAILED: not proven: "), "{said}");
    let listed = |name: &'static str| {
        move |inside: &Path| {
            fs::write(inside.join(name), "x").unwrap();
            let manifest = inside.join("manifest.json");
            let text = fs::read_to_string(&manifest).unwrap();
            let (digest, end) = (lexlogs::digest::sha256(b"x"), "]}\n");
            let entry = format!(
                ",{{\"name\":\"{name}\",\"size\":1,\"mode\":\"0644\",\"sha256\":\"{digest}\"}}{end}"
            );
            fs::write(&manifest, text.replace(end, &entry)).unwrap();
        }
    };
    let said = said_of("lexlogs 9", listed("receipt.txt"));
    assert!(said.contains("\nreceipt.txt: is missing\n"), "{said}");
    // What the lists say is all that can be compared: no more is claimed.
    for name in ["aws.cmd", "APPLY.sh"] {
        let said = said_of("lexlogs 9", listed(name));
        assert!(said.starts_with("FAILED: not proven: "), "{said}");
    }
    let said = said_of("lexlogs 9", |inside| {
        let manifest = inside.join("manifest.json");
        let text = fs::read_to_string(&manifest).unwrap();
        let other = text.replace("111122223333-us", "999999999999-us");
        fs::write(&manifest, other).unwrap();
    });
    assert!(said.starts_with("FAILED: not proven: "), "{said}");
}

#[test]
fn nothing_of_a_bundle_writes_to_the_terminal() {
    for (from, to) in [
        ("{", "{\"a\\u001b[2K\\r\": 1,"),
        ("\"lexlogs ", "\"lexlogs \\u001b["),
        ("\"bundle\":\"", "\"bundle\":\"\\u202e"),
        ("\"apply.sh\"", "\"apply\\u0007.sh\""),
    ] {
        let place = folder();
        made(place.path(), "text-only");
        let manifest = place.path().join("folder/manifest.json");
        let text = fs::read_to_string(&manifest).unwrap();
        assert!(text.contains(from));
        fs::write(&manifest, text.replacen(from, to, 1)).unwrap();
        for command in ["verify", "inspect"] {
            let (code, said, complained) = run(place.path(), &[command, "folder"]);
            let all = said + &complained;
            let raw = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
            assert!(code == 1 && !all.contains(raw), "{command}: {all:?}");
        }
    }
    // Of a document too, by whatever message; and in the name of the file itself.
    let policy = "LexConversationLogsCloudWatchLogsPolicy.json";
    for (from, to) in [
        ("2012-10-17", "\\u001b[8m"),
        ("\"Allow\"", "\"\\u001b[8m\""),
        ("\"logs:PutLogEvents\"", "\"\\u001b[8m\""),
        ("\"Action\"", "\"\\u001b[8m\""),
        ("\"Resource\": \"arn", "\"Resource\": \"\\u001b[8marn"),
    ] {
        let place = folder();
        made(place.path(), "text-only");
        let inside = place.path().join("folder");
        made_by(&inside, "lexlogs 9");
        let text = fs::read_to_string(inside.join(policy)).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(inside.join(policy), text.replacen(from, to, 1)).unwrap();
        mend(&inside);
        for command in ["verify", "inspect"] {
            let (code, said, complained) = run(place.path(), &[command, "folder"]);
            let all = said + &complained;
            assert!(code == 1 && !all.contains('\u{1b}'), "{all:?}");
        }
    }
    let place = folder();
    let name = "a\u{1b}[2Kb.zip";
    fs::write(place.path().join(name), "x").unwrap();
    for arguments in [
        ["verify", name],
        ["inspect", name],
        ["verify", "\u{1b}absent"],
    ] {
        let (code, said, complained) = run(place.path(), &arguments);
        assert!(
            code > 1 && said.is_empty() && !complained.contains('\u{1b}'),
            "{complained:?}"
        );
    }
}

#[test]
fn a_bundle_of_another_version_is_whole_and_not_proven() {
    let place = folder();
    made(place.path(), "with-kms");
    let inside = place.path().join("folder");
    made_by(&inside, "lexlogs 9.8.7");
    let (code, said, complained) = verify_folder(place.path());
    assert!(
        said.starts_with("FAILED: not proven: ")
            && said.contains("\n  generator:  lexlogs 9.8.7\n  reproduced: not tried by lexlogs ")
            && said.contains("\nThe files match the bundle's own lists, ")
            && said.contains(" Verify it with lexlogs 9.8.7, by its signature "),
        "{said}"
    );
    // Whoever alters a bundle can alter this one word, too.
    assert_eq!((code, complained.as_str()), (1, ""));
    let (_, said, _) = run(place.path(), &["verify", "folder", "--json"]);
    let report: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(report["reproduced"], "not-tried");
    assert_eq!(
        (&report["whole"], &report["proven"]),
        (&true.into(), &false.into())
    );

    // A newer version may know more parameters.
    let newer = folder();
    made(newer.path(), "text-only");
    let inside = newer.path().join("folder");
    replace(&inside, lexlogs::digest::GENERATOR, "lexlogs 9.8.7");
    replace(
        &inside,
        "{\n  \"lex-version\"",
        "{\n  \"bot-colour\": \"ABC\",\n  \"lex-version\"",
    );
    mend(&inside);
    let (code, said, complained) = verify_folder(newer.path());
    assert!(said.starts_with("FAILED: not proven: "), "{said}");
    let generator = lexlogs::digest::GENERATOR;
    let told = format!(
        "warning: request.json cannot be read by {generator}: it is not a request: bot-colour is not a parameter"
    );
    assert!(complained.starts_with(&told), "{complained}");
    assert_eq!(code, 1);
    let (code, said, _) = run(newer.path(), &["inspect", "folder"]);
    assert!(
        said.starts_with(&format!(
            "{generator} cannot read its request.json, so the bundle is not described.\nFAILED: not proven: "
        )),
        "{said}"
    );
    assert_eq!(code, 1);
    let (code, _, complained) = run(newer.path(), &["diff", "folder", "folder"]);
    assert!(
        code == 2 && complained.contains("request.json cannot be read by "),
        "{complained}"
    );
}
