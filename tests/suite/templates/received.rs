//! What whoever receives a bundle is told of the templates that made it.

use std::fs;

use super::{PLAIN_TICKET, bundle, change, exported, parameters, with_header_and_step};
use crate::support::{lexlogs, text};

#[test]
fn who_receives_it_is_told_and_can_prove_it_with_the_templates() {
    let place = exported();
    with_header_and_step(place.path());
    parameters(place.path(), PLAIN_TICKET);
    let made = bundle(
        place.path(),
        &["lexlogs.toml", "--templates", "own", "-o", "a.zip"],
    );
    assert!(made.status.success(), "{}", text(&made.stderr));
    let said = |arguments: &[&str], code: i32| {
        let output = lexlogs(place.path(), arguments);
        let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        said
    };
    let whole = " with templates that are not its own (bash/apply.sh, cmd/apply.cmd)";
    let verified = said(&["verify", "a.zip"], 1);
    assert!(
        verified.contains(&format!(
            "{whole}; not proven by this version, lexlogs 0.1.0, without those templates\nNOT PROVEN: the files match "
        )),
        "{verified}"
    );
    let verified = said(&["verify", "a.zip", "--templates", "own"], 0);
    assert!(
        verified.ends_with(&format!(
            "{whole}; this lexlogs makes the same of its request.json\n"
        )),
        "{verified}"
    );
    let inspected = said(&["inspect", "a.zip"], 1);
    assert!(
        inspected.contains(&format!(
            "\nwhole; made by lexlogs 0.1.0{whole}. THIS LEXLOGS WAS NOT GIVEN THOSE TEMPLATES: "
        )),
        "{inspected}"
    );
    let inspected = said(&["inspect", "a.zip", "--templates", "own"], 0);
    assert!(
        inspected.contains(&format!("{whole}, and this lexlogs makes the same bytes")),
        "{inspected}"
    );
    let plain = bundle(place.path(), &["lexlogs.toml", "-o", "plain.zip"]);
    assert!(plain.status.success());
    let compared = said(&["diff", "plain.zip", "a.zip"], 1);
    assert!(
        compared.contains(
            "note: a.zip was made with templates that are not lexlogs' own and is not proven"
        ),
        "{compared}"
    );
    assert!(compared.contains("~ apply.sh\n"), "{compared}");

    // Other templates than those.
    change(place.path(), "bash/apply.sh", "Ticket:", "Change:");
    let verified = said(&["verify", "a.zip", "--templates", "own"], 1);
    assert!(
        verified.contains(
            "manifest.json: names other templates than those that were given: their SHA-256 is "
        ),
        "{verified}"
    );
    let verified = said(&["verify", "plain.zip", "--templates", "own"], 0);
    assert!(
        verified.contains("note: it was made with the built-in templates; those that were given had no part in it\n"),
        "{verified}"
    );
}

#[test]
fn nobody_can_alter_a_bundle_and_say_that_it_was_the_templates() {
    let place = exported();
    with_header_and_step(place.path());
    parameters(place.path(), PLAIN_TICKET);
    let out = lexlogs(
        place.path(),
        &["render", "lexlogs.toml", "--templates", "own", "-o", "in"],
    );
    assert!(out.status.success());
    let path = place.path().join("in/LexConversationLogsS3Policy.json");
    let policy = fs::read_to_string(&path).unwrap();
    fs::write(&path, policy.replace("s3:PutObject", "s3:*")).unwrap();
    let verified = lexlogs(place.path(), &["verify", "in"]);
    assert_eq!(verified.status.code(), Some(1));
    let said = text(&verified.stdout);
    assert!(
        said.contains("LexConversationLogsS3Policy.json: ") && said.contains("not whole"),
        "{said}"
    );
}
