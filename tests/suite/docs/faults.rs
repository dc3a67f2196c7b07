//! What is wrong in pages: told with file and line, all at once, with nothing
//! changed anywhere.

use std::fs;
use std::path::Path;

use super::{content, with_files, write};
use crate::support::{errors, folder, lexlogs, text};

/// A page that would be written.
const GOOD: &str = "<!-- lexlogs:begin delete-role lex-version=v2 -->\n<!-- lexlogs:end -->\n";

/// Runs what must be refused, with a good page beside; gives what was said.
fn refused(place: &Path, arguments: &[&str]) -> String {
    fs::write(place.join("good.md"), GOOD).unwrap();
    let output = write(place, arguments);
    let said = text(&output.stderr).to_owned();
    assert_eq!(
        (output.status.code(), text(&output.stdout)),
        (Some(2), ""),
        "{said}"
    );
    assert_eq!(content(place, "good.md"), GOOD);
    said
}

#[test]
fn every_fault_of_every_page_is_told_and_no_page_is_changed() {
    let one = "<!-- lexlogs:end -->\n\n<!-- lexlogs:begin a -->\n<!-- lexlogs:begin b -->\n<!-- lexlogs:end -->\nx <!-- lexlogs:begin c -->\n\
<!-- lexlogs:bgin d -->\n<!-- lexlogs:begin e -->\n";
    let two = ".. lexlogs:begin create-rol lex-version=v2\n.. lexlogs:end\n\n\
.. lexlogs:begin kms-policy lex-version=v2\n.. lexlogs:end\n\n\
.. lexlogs:begin create-role role_name=x lex-version=v3 role-name=\"a b\" shell=zsh flavor=mkdocs\n.. lexlogs:end\n\n\
.. lexlogs:begin create-role\n.. lexlogs:end\n";
    let three = "// lexlogs:begin create-role lex-version=v2 existing-role=true\n// lexlogs:end\n";
    let place = with_files(&[("one.md", one), ("two.rst", two), ("three.adoc", three)]);
    let said = refused(
        place.path(),
        &["one.md", "good.md", "two.rst", "three.adoc", "."],
    );
    let expected = [
        "one.md:1:1: the marker ends a region that does not begin",
        "one.md:3:1: missing lex-version; add `lex-version=v2`",
        "one.md:4:1: the region `b` begins in the region `a` of line 3, which is not ended before",
        "one.md:6:1: a marker must stand on a line by itself",
        "one.md:7:1: a marker says `lexlogs:bgin`; did you mean `lexlogs:begin`?",
        "one.md:8:1: the region `e` is not ended",
        "two.rst:1:1: create-rol is not the name of a snippet; did you mean `create-role`?",
        "two.rst:4:1: kms-policy is not there without `kms-key-arn`: give that parameter, or its own name for the placeholder word",
        "two.rst:7:30: role_name is not a parameter; did you mean `role-name`?",
        "two.rst:7:54: lex-version `v3` is not a version of Amazon Lex; for example, `lex-version=v2`",
        "two.rst:7:67: role-name `a b` has the character blank at position 2; for example, `role-name=LexConversationLogsRole`",
        "two.rst:7:79: shell `zsh` is none of `bash`, `cmd`, `powershell`, `both`, `all`",
        "two.rst:7:90: flavor `mkdocs` does not fit a page of that name, which takes `rst`",
        "two.rst:10:1: missing lex-version; add `lex-version=v2`",
        "three.adoc:1:1: create-role is not there with `existing-role`",
    ];
    assert_eq!(
        errors(&said),
        (
            expected.map(str::to_owned).to_vec(),
            "15 errors; nothing was written"
        )
    );
    for (name, page) in [("one.md", one), ("two.rst", two), ("three.adoc", three)] {
        assert_eq!(content(place.path(), name), page);
    }
}

#[test]
fn a_fault_in_the_file_beside_the_pages_is_told_once() {
    let region = "<!-- lexlogs:begin create-role -->\n<!-- lexlogs:end -->\n";
    let place = with_files(&[
        (
            "lexlogs-docs.toml",
            "lex-version = \"v2\"\nrole_name = \"x\"\nshel = \"cmd\"\nregion = \"nowhere\"\n",
        ),
        ("a.md", &region.repeat(3)),
        ("b/c.md", region),
    ]);
    let said = refused(place.path(), &["."]);
    let expected = [
        "lexlogs-docs.toml:2:1: role_name is not a parameter; did you mean `role-name`?",
        "lexlogs-docs.toml:3:1: shel is not a parameter; did you mean `shell`?",
        "lexlogs-docs.toml:4:10: region `nowhere` is not the code of an AWS Region; for example, `region = \"us-east-1\"`",
    ];
    assert_eq!(errors(&said).0, expected);
}

#[test]
fn tabs_of_docusaurus_need_their_imports_in_the_page() {
    let region = "{/* lexlogs:begin create-role lex-version=v2 */}\n{/* lexlogs:end */}\n";
    let half = format!("import TabItem from '@theme/TabItem';\n{region}");
    for (page, line, module) in [(region, 1, "Tabs"), (&half, 2, "Tabs")] {
        let place = with_files(&[("a.mdx", page)]);
        let said = refused(place.path(), &["a.mdx"]);
        let expected = format!(
            "error: tabs need the line `import {module} from '@theme/{module}';` near the top of the page, outside of regions\n --> a.mdx:{line}:1\n"
        );
        assert!(said.starts_with(&expected), "{said}");
    }
    // One shell needs no tabs, and a document neither.
    for page in [
        region.replace("lex-version=v2", "lex-version=v2 shell=cmd"),
        region.replace("create-role", "trust-policy"),
    ] {
        let place = with_files(&[("a.mdx", &page)]);
        assert!(write(place.path(), &["a.mdx"]).status.success(), "{page}");
    }
}

#[test]
fn what_is_no_page_or_cannot_be_read_is_refused() {
    let place = with_files(&[("a.txt", GOOD)]);
    let said = refused(place.path(), &["a.txt", "good.md"]);
    assert!(
        said.starts_with("error: a.txt is no page by its name; the names of pages end in .md, .markdown, .mdx, .rst, .adoc"),
        "{said}"
    );
    let output = write(place.path(), &["good.md", "missing.md"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).starts_with("error: cannot read missing.md: "));
    assert_eq!(content(place.path(), "good.md"), GOOD);
    fs::write(place.path().join("wide.md"), b"\xff\xfe<\0").unwrap();
    assert!(
        refused(place.path(), &["."])
            .contains("error: the page is UTF-16 text; save it as UTF-8\n --> ./wide.md:1:1\n")
    );
    fs::remove_file(place.path().join("wide.md")).unwrap();
    fs::write(
        place.path().join("bin.md"),
        b"<!-- lexlogs:begin \xff -->\n",
    )
    .unwrap();
    assert!(
        refused(place.path(), &["."])
            .contains("error: a marker is not UTF-8 text\n --> ./bin.md:1:1\n")
    );
}

#[test]
fn page_and_snippet_refuse_what_they_cannot_show() {
    let place = folder();
    for (arguments, code, said) in [
        (&["page"][..], 2, "error: missing lex-version\n"),
        (
            &["snippet", "create-rol", "--lex-version", "v2"],
            2,
            "error: create-rol is not the name of a snippet; did you mean `create-role`?",
        ),
        (
            &["snippet", "page", "--lex-version", "v2"],
            2,
            "error: page is written in the language of a page, so that it needs `--flavor`",
        ),
        (
            &[
                "snippet",
                "create-role",
                "--lex-version",
                "v2",
                "--shell",
                "both",
            ],
            2,
            "error: --shell gives several blocks, so that it needs `--flavor`",
        ),
        (
            &["page", "--lex-version", "v2", "--flavor", "html"],
            2,
            "error: invalid value 'html'",
        ),
        (
            &["page", "missing.toml"],
            3,
            "error: cannot read missing.toml: ",
        ),
        (
            &["page", "--lex-version", "v2", "--kms-key-arn", "alias/x"],
            2,
            "error: --kms-key-arn `alias/x` is an alias",
        ),
        (
            &["page", "--lex-version", "lex-version"],
            2,
            "error: missing lex-version\n",
        ),
    ] {
        let output = lexlogs(place.path(), &[&["docs"], arguments].concat());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(
            text(&output.stderr).starts_with(said),
            "{arguments:?}: {}",
            text(&output.stderr)
        );
        assert_eq!(text(&output.stdout), "");
    }
}

#[test]
fn where_nobody_listens_the_exit_code_still_tells() {
    let place = with_files(&[("a.md", GOOD)]);
    let program = env!("CARGO_BIN_EXE_lexlogs");
    for (arguments, code) in [
        ("docs page --lex-version v2 >/dev/full", 3),
        ("docs write --check a.md >/dev/full", 3),
        ("docs write --check a.md 2>/dev/full >/dev/null", 1),
        ("docs write a.md >/dev/full 2>said", 3),
    ] {
        let script = format!("{program} {arguments}");
        let status = std::process::Command::new("sh")
            .args(["-c", &script])
            .current_dir(place.path())
            .status();
        assert_eq!(status.unwrap().code(), Some(code), "{arguments}");
    }
    let said = content(place.path(), "said");
    assert!(
        said.contains("every stale page was written, but the result cannot be printed"),
        "{said}"
    );
}
