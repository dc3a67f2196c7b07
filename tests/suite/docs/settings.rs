//! Where the parameters of a region come from: its own words, flags, the file
//! beside the pages.

use std::fs;

use super::{content, with_files, write, written};

const REGION: &str = "<!-- lexlogs:begin create-role -->\n<!-- lexlogs:end -->\n";

#[test]
fn the_nearest_file_holds_up_to_the_top_of_the_project() {
    let named =
        |name: &str| format!("lex-version = \"v2\"\nshell = \"bash\"\nrole-name = \"{name}\"\n");
    let place = with_files(&[
        ("lexlogs-docs.toml", &named("FromOutside")),
        ("project/.git/HEAD", ""),
        ("project/lexlogs-docs.toml", &named("FromTheTop")),
        ("project/a.md", REGION),
        ("project/docs/b.md", REGION),
        ("project/docs/deep/lexlogs-docs.toml", &named("FromBelow")),
        ("project/docs/deep/er/c.md", REGION),
        ("d.md", REGION),
    ]);
    // From wherever it is run.
    written(
        &place.path().join("project/docs/deep"),
        &["../../..", "../../../d.md"],
    );
    for (page, name) in [
        ("project/a.md", "FromTheTop"),
        ("project/docs/b.md", "FromTheTop"),
        ("project/docs/deep/er/c.md", "FromBelow"),
        ("d.md", "FromOutside"),
    ] {
        let text = content(place.path(), page);
        assert!(
            text.contains(&format!("--role-name {name} ")),
            "{page}: {text}"
        );
        assert!(!text.contains("```bat"), "{page}: {text}");
    }
    // Nothing above the top of the project counts.
    fs::remove_file(place.path().join("project/lexlogs-docs.toml")).unwrap();
    let output = write(place.path(), &["project/a.md"]);
    assert_eq!(output.status.code(), Some(2), "the version is missing now");
}

#[test]
fn a_regions_own_words_win_over_flags_and_flags_over_the_file() {
    let page = "<!-- lexlogs:begin create-role role-name=OfTheRegion -->\n<!-- lexlogs:end -->\n\n<!-- lexlogs:begin create-role -->\n<!-- lexlogs:end -->\n";
    let place = with_files(&[
        (
            "lexlogs-docs.toml",
            "lex-version = \"v2\"\nrole-name = \"OfTheFile\"\nshell = \"cmd\"\n",
        ),
        ("a.md", page),
    ]);
    let roles = |arguments: &[&str]| {
        written(place.path(), &[arguments, &["a.md"]].concat());
        let text = content(place.path(), "a.md");
        let roles = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--role-name "));
        roles.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(roles(&[]), ["OfTheRegion ^", "OfTheFile ^"]);
    assert_eq!(
        roles(&["--role-name", "OfTheFlag", "--shell", "bash"]),
        ["OfTheRegion \\", "OfTheFlag \\"]
    );
}

#[test]
fn a_flavor_for_a_tree_holds_in_the_pages_that_can_have_it() {
    let place = with_files(&[
        (
            "lexlogs-docs.toml",
            "lex-version = \"v2\"\nflavor = \"mkdocs\"\n",
        ),
        ("a.md", REGION),
        ("b.rst", ".. lexlogs:begin create-role\n.. lexlogs:end\n"),
        ("c.adoc", "// lexlogs:begin create-role\n// lexlogs:end\n"),
    ]);
    written(place.path(), &["."]);
    assert!(content(place.path(), "a.md").contains("=== \"Windows\"\n"));
    assert!(content(place.path(), "b.rst").contains(".. code-block:: bat\n"));
    assert!(content(place.path(), "c.adoc").contains("[source,bat]\n"));
}

#[test]
fn a_region_can_hold_every_parameter() {
    let page = "<!-- lexlogs:begin tags lex-version=v2 tags=\"Team=Voice bots,b=\" -->\n<!-- lexlogs:end -->\n\
<!-- lexlogs:begin trust-policy lex-version=v2 account-id=111122223333 source-account=true -->\n<!-- lexlogs:end -->\n\
<!-- lexlogs:begin kms-policy lex-version=v2 kms-key-arn=kms-key-arn -->\n<!-- lexlogs:end -->\n\
<!-- lexlogs:begin create-role lex-version=v2 role-path=/a/ permissions-boundary=permissions-boundary shell=bash -->\n<!-- lexlogs:end -->\n";
    let place = with_files(&[("a.md", page)]);
    written(place.path(), &["a.md"]);
    let text = content(place.path(), "a.md");
    for line in [
        "    \"Value\": \"Voice bots\"\n",
        "          \"aws:SourceAccount\": \"111122223333\"\n",
        "          \"Resource\": \"kms-key-arn\"\n",
        "    --path /a/ \\\n    --permissions-boundary permissions-boundary\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn a_page_can_show_how_a_region_is_written() {
    let shown = format!("```html\n{REGION}```\n\nIt begins with `<!-- lexlogs:begin NAME -->`.\n");
    let place = with_files(&[("a.md", &shown)]);
    assert_eq!(written(place.path(), &["a.md"]), "");
    assert_eq!(content(place.path(), "a.md"), shown);
}
