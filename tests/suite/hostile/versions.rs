//! Bundles that say they are of another version: their lists are all that there is, and must be true of their files. They
//! prove nothing, and nothing of them reaches the terminal raw.

use lexlogs::digest::{GENERATOR, sha256};
use serde_json::Value;

use super::bytes::{Entry, TOP, Zip};
use super::lists::{altered, replace, text, update_lists};
use super::verified;
use crate::support::folder;
use crate::verify::run;

/// Makes a bundle one of another version.
fn of_another(zip: &mut Zip) {
    replace(zip, "manifest.json", "\"lexlogs 0", "\"lexlogs 90");
    update_lists(zip);
}

const NOT_PROVEN: &str = "The files match the bundle's own lists, ";

#[test]
fn each_altered_list_of_another_version_is_named() {
    let of_another = |change: &dyn Fn(&mut Zip)| {
        altered(|zip| {
            of_another(zip);
            change(zip);
        })
    };
    assert!(of_another(&|_| {}).starts_with(NOT_PROVEN));
    let sums = "SHA256SUMS: does not list the digests of the files\n";
    let moved = "undo.bat: is missing\nundo.sh: is not in manifest.json: it was added\n";
    for (name, from, to, said_before) in [
        (
            "undo.sh",
            "\n",
            "\n\n",
            "undo.sh: is not what manifest.json lists\n",
        ),
        ("manifest.json", "\"undo.sh\"", "\"undo.bat\"", moved),
        (
            "manifest.json",
            "\"0755\"",
            "\"4755\"",
            "apply.sh: has the mode 0755 instead of 4755\n",
        ),
        ("SHA256SUMS", "  undo.sh\n", "  undo.bat\n", ""),
    ] {
        let said = of_another(&|zip| replace(zip, name, from, to));
        assert_eq!(said, format!("{said_before}{sums}"), "{name}");
    }
    let said = of_another(&|zip| {
        zip.entries
            .retain(|entry| !entry.central.path.ends_with(b"SUMS"));
    });
    assert_eq!(said, "SHA256SUMS: is missing\n");
    let said = of_another(&|zip| zip.suffix = b"\n".into());
    assert!(
        said.starts_with("the zip is not packed as lexlogs packs it"),
        "{said}"
    );
}

#[test]
fn of_another_version_only_its_own_lists_are_compared() {
    let listed = |zip: &mut Zip, name: &str| {
        let (digest, end) = (sha256(b"x"), "]}\n");
        let entry = format!(
            ",{{\"name\":\"{name}\",\"size\":1,\"mode\":\"0644\",\"sha256\":\"{digest}\"}}{end}"
        );
        replace(zip, "manifest.json", end, &entry);
        zip.entries
            .push(Entry::new(&format!("{TOP}/{name}"), b"x", 0o644));
    };
    let changes: [&dyn Fn(&mut Zip); 4] = [
        // It need not be this version's request.
        &|zip| zip.entry("request.json").hold(b"\0"),
        &|zip| listed(zip, "zz.cmd"),
        &|zip| listed(zip, "~apply.sh"),
        &|zip| replace(zip, "manifest.json", "111122223333-us", "999999999999-us"),
    ];
    let altered = |change: &dyn Fn(&mut Zip)| {
        let mut zip = Zip::good();
        of_another(&mut zip);
        change(&mut zip);
        update_lists(&mut zip);
        zip
    };
    for change in changes {
        let (code, said, _) = verified(&altered(change).build());
        assert!(
            code == 1 && said.starts_with("FAILED: not proven: "),
            "{said}"
        );
        assert!(said.contains(NOT_PROVEN), "{said}");
    }
    // In a folder, a receipt is the scripts'.
    let place = folder();
    for entry in altered(&|zip| listed(zip, "receipt.txt")).entries {
        let name = String::from_utf8(entry.central.path[TOP.len() + 1..].to_vec()).unwrap();
        std::fs::write(place.path().join(name), entry.data).unwrap();
    }
    let (code, said, _) = run(place.path(), &["verify", "."]);
    assert!(
        code == 1 && said.contains("\nreceipt.txt: is missing\n"),
        "{said}"
    );
}

#[test]
fn nothing_of_a_bundle_writes_to_the_terminal() {
    let policy = "LexConversationLogsCloudWatchLogsPolicy.json";
    let place = folder();
    for (file, from, to) in [
        ("manifest.json", "{", "{\"a\\u001b[2K\\r\": 1,"),
        ("manifest.json", "\"lexlogs ", "\"lexlogs \\u001b["),
        ("manifest.json", "\"bundle\":\"", "\"bundle\":\"\\u202e"),
        ("manifest.json", "\"apply.sh\"", "\"apply\\u0007.sh\""),
        (policy, "2012-10-17", "\\u001b[8m"),
        (policy, "\"Allow\"", "\"\\u001b[8m\""),
        (policy, "\"logs:PutLogEvents\"", "\"\\u001b[8m\""),
        (policy, "\"Action\"", "\"\\u001b[8m\""),
        (
            policy,
            "\"Resource\": \"arn",
            "\"Resource\": \"\\u001b[8marn",
        ),
    ] {
        let mut zip = Zip::good();
        if file == policy {
            of_another(&mut zip);
        }
        replace(&mut zip, file, from, to);
        if file == policy {
            update_lists(&mut zip);
        }
        std::fs::write(place.path().join("a.zip"), zip.build()).unwrap();
        for command in ["verify", "inspect"] {
            let (code, said, complained) = run(place.path(), &[command, "a.zip"]);
            let all = said + &complained;
            let raw = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
            assert!(
                code == 1 && !all.contains(raw),
                "{command}, {from}: {all:?}"
            );
        }
    }
    let name = "a\u{1b}[2Kb.zip";
    std::fs::write(place.path().join(name), "x").unwrap();
    for arguments in [
        ["verify", name],
        ["inspect", name],
        ["verify", "\u{1b}absent"],
    ] {
        let (code, said, complained) = run(place.path(), &arguments);
        assert!(code > 1 && said.is_empty(), "{said}");
        assert!(!complained.contains('\u{1b}'), "{complained:?}");
    }
}

#[test]
fn a_bundle_of_another_version_is_whole_and_not_proven() {
    let place = folder();
    let write = |zip: &Zip| std::fs::write(place.path().join("a.zip"), zip.build()).unwrap();
    let mut zip = Zip::good();
    of_another(&mut zip);
    write(&zip);
    let other = text(&mut zip, "manifest.json");
    let other = other
        .split("\"generator\":\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let (code, said, complained) = run(place.path(), &["verify", "a.zip"]);
    for words in [
        &format!("\n  generator:  {other}\n  reproduced: not tried by lexlogs "),
        &format!("\n{NOT_PROVEN}"),
        &format!(" Verify it with {other}, by its signature "),
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // Whoever alters a bundle can alter this one word, too.
    assert!(said.starts_with("FAILED: not proven: "), "{said}");
    assert_eq!((code, complained.as_str()), (1, ""));
    let (_, said, _) = run(place.path(), &["verify", "a.zip", "--json"]);
    let report: Value = serde_json::from_str(&said).unwrap();
    let verdict = ["reproduced", "whole", "proven"].map(|key| report[key].to_string());
    assert_eq!(verdict, ["\"not-tried\"", "true", "false"]);
    let (code, said, complained) = run(place.path(), &["inspect", "a.zip"]);
    assert_eq!((code, complained.as_str()), (1, ""), "{said}");
    let warning = format!("Intact; generated by {other}. THIS LEXLOGS IS ANOTHER VERSION: ");
    assert!(
        said.lines().any(|line| line.starts_with(&warning)),
        "{said}"
    );

    // A newer version may know more parameters.
    replace(
        &mut zip,
        "request.json",
        "{\n",
        "{\n  \"bot-colour\": \"ABC\",\n",
    );
    update_lists(&mut zip);
    write(&zip);
    let (code, said, complained) = run(place.path(), &["verify", "a.zip"]);
    assert!(
        code == 1 && said.starts_with("FAILED: not proven: "),
        "{said}"
    );
    let begin = format!(
        "warning: request.json cannot be read by {GENERATOR}: it is not a request: bot-colour is not a parameter"
    );
    assert!(complained.starts_with(&begin), "{complained}");
    let (code, said, _) = run(place.path(), &["inspect", "a.zip"]);
    let begin = format!(
        "{GENERATOR} cannot read its request.json, so the bundle is not described.\nFAILED: not proven: "
    );
    assert!(code == 1 && said.starts_with(&begin), "{said}");
    let (code, _, complained) = run(place.path(), &["diff", "a.zip", "a.zip"]);
    let words = "request.json cannot be read by ";
    assert!(code == 2 && complained.contains(words), "{complained}");
}
