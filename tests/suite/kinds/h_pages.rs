//! `docs write` on pages as people write them: what is not filled is told, once,
//! and what Prettier formats stays as it is.

use std::fs;

use super::refused;
use crate::support::{errors, folder, lexlogs, text};

/// The faults of a page with this text.
fn faults(name: &str, page: &str) -> Vec<String> {
    let said = refused(&[(name, page)], &["docs", "write", name]);
    errors(&said).0
}

/// The page after it was written.
fn written(name: &str, page: &str) -> String {
    let place = folder();
    fs::write(place.path().join(name), page).unwrap();
    let output = lexlogs(place.path(), &["docs", "write", name]);
    assert!(output.status.success(), "{page}: {}", text(&output.stderr));
    fs::read_to_string(place.path().join(name)).unwrap()
}

#[test]
fn a_marker_in_a_comment_of_another_markup_is_an_error() {
    let markdown = "write `<!-- lexlogs:begin NAME -->`";
    let (rst, adoc) = (
        "write `.. lexlogs:begin NAME`",
        "write `// lexlogs:begin NAME`",
    );
    for (name, marker, help) in [
        (
            "a.md",
            "%% lexlogs:begin create-role lex-version=v2 %%",
            markdown,
        ),
        (
            "a.md",
            ".. lexlogs:begin create-role lex-version=v2",
            markdown,
        ),
        (
            "a.md",
            "// lexlogs:begin create-role lex-version=v2",
            markdown,
        ),
        (
            "a.md",
            "[//]: # (lexlogs:begin create-role lex-version=v2)",
            markdown,
        ),
        (
            "a.md",
            "[comment]: <> (lexlogs:begin create-role)",
            markdown,
        ),
        (
            "a.md",
            "<!- lexlogs:begin create-role lex-version=v2 ->",
            markdown,
        ),
        (
            "a.md",
            "# lexlogs:begin create-role lex-version=v2",
            markdown,
        ),
        ("a.md", "{{/* lexlogs:begin create-role */}}", markdown),
        ("a.md", "<!-- LexLogs:begin create-role -->", markdown),
        ("a.md", "<!-- lexlogs-begin create-role -->", markdown),
        (
            "a.rst",
            "<!-- lexlogs:begin create-role lex-version=v2 -->",
            rst,
        ),
        ("a.rst", "..lexlogs:begin create-role lex-version=v2", rst),
        ("a.rst", "// lexlogs:begin create-role lex-version=v2", rst),
        (
            "a.adoc",
            "<!-- lexlogs:begin create-role lex-version=v2 -->",
            adoc,
        ),
        (
            "a.adoc",
            ".. lexlogs:begin create-role lex-version=v2",
            adoc,
        ),
    ] {
        let faults = faults(name, &format!("A page.\n\n{marker}\n"));
        assert_eq!(faults.len(), 1, "{faults:?}");
        let begin = format!("{name}:3:1: a marker is in a form that is not read");
        assert!(
            faults[0].starts_with(&begin) && faults[0].contains(help),
            "{faults:?}"
        );
    }
}

#[test]
fn a_marker_in_a_comment_of_several_lines_is_an_error() {
    for (name, page) in [
        (
            "a.md",
            "<!--\nlexlogs:begin create-role lex-version=v2\n-->\n",
        ),
        ("a.md", "<!--\n  lexlogs:begin create-role\n-->\n"),
        ("a.mdx", "{/*\nlexlogs:end\n*/}\n"),
        ("a.rst", "..\n   lexlogs:begin create-role\n"),
    ] {
        let line = page.lines().nth(1).unwrap();
        let column = line.len() - line.trim_start().len() + 1;
        let faults = faults(name, page);
        assert_eq!(
            faults,
            [format!(
                "{name}:2:{column}: a marker must be a comment of one line"
            )]
        );
    }
}

#[test]
fn a_page_may_speak_of_markers() {
    for page in [
        "So `<!-- lexlogs:begin a -->` begins a region.\n",
        "## lexlogs:begin and lexlogs:end\n",
        "- lexlogs:begin begins a region\n",
        "**lexlogs:begin** begins a region, lexlogs:end ends it.\n",
        "`%% lexlogs:begin a %%` is not read.\n",
        "The comment of lexlogs:begin.\n",
        "```\n%% lexlogs:begin a %%\n```\n",
    ] {
        assert_eq!(written("a.md", page), page);
    }
}

#[test]
fn a_broken_marker_is_one_error() {
    let (good, end) = (
        "<!-- lexlogs:begin create-role lex-version=v2 -->\n",
        "<!-- lexlogs:end -->\n",
    );
    for (page, lines) in [
        (format!("<!-- lexlogs:begn create-role -->\n{end}"), vec![1]),
        (format!("<!-- lexlogs:begin create-role\n{end}"), vec![1]),
        (format!("%% lexlogs:begin create-role %%\n{end}"), vec![1]),
        (format!("<!-- lexlogs:begin -->\n{end}{good}{end}"), vec![1]),
        (format!("{good}<!-- lexlogs:ends -->\n"), vec![2]),
        (
            format!("{good}<!-- lexlogs:end create-role -->\n{good}{end}"),
            vec![2],
        ),
        (
            "%% lexlogs:begin a %%\n%% lexlogs:end %%\n".into(),
            vec![1, 2],
        ),
        (format!("{end}{good}{end}"), vec![1]),
    ] {
        let faults = faults("a.md", &page);
        let at: Vec<usize> = faults
            .iter()
            .map(|fault| fault.split(':').nth(1).unwrap().parse().unwrap())
            .collect();
        assert_eq!(at, lines, "{page}: {faults:?}");
    }
}

#[test]
fn a_marker_in_code_is_not_filled() {
    let region = |indent: &str| {
        format!(
            "{indent}<!-- lexlogs:begin create-role lex-version=v2 -->\n{indent}<!-- lexlogs:end -->\n"
        )
    };
    for page in [
        format!("So:\n\n{}", region("    ")),
        region("    "),
        format!("So:\n\n{}", region("\t")),
        format!("- An item\n\n{}", region("      ")),
        format!("1. A step\n\n\tand\n\nText.\n\n{}", region("    ")),
        format!("```html\n{}```\n", region("")),
        format!("So:\n\n    <p>\n\n{}", region("    ")),
    ] {
        assert_eq!(written("a.md", &page), page);
    }
    for before in [
        "- An item\n\n",
        "1. A step\n\n",
        "!!! note\n\n",
        "=== \"Linux\"\n\n",
        "- A\n    - B\n\n",
        "Text of a paragraph\n",
    ] {
        let indent = if before.contains("- B") {
            "        "
        } else {
            "    "
        };
        let page = format!("{before}{}", region(indent));
        assert!(
            written("a.md", &page).contains("aws iam create-role"),
            "{before}"
        );
    }
    let adoc = "So:\n\n  // lexlogs:begin create-role lex-version=v2\n  // lexlogs:end\n";
    assert_eq!(written("a.adoc", adoc), adoc);
}

#[test]
fn a_table_is_padded_as_prettier_pads_it() {
    let page = written(
        "a.md",
        "<!-- lexlogs:begin parameters -->\n<!-- lexlogs:end -->\n",
    );
    let table: Vec<&str> = page.lines().filter(|line| line.starts_with('|')).collect();
    assert!(table.len() > 20, "{page}");
    let ends = |line: &str| -> Vec<usize> {
        let pipes = line.char_indices().filter(|(_, c)| *c == '|');
        let is_cell = |at: &usize| *at == 0 || !line[..*at].ends_with('\\');
        let places = pipes.map(|(at, _)| at).filter(is_cell);
        places.map(|at| line[..at].chars().count()).collect()
    };
    for line in &table {
        assert_eq!(ends(line), ends(table[0]), "{line}");
    }
    let is_rule = |c: char| "|- ".contains(c);
    assert!(
        table[1].chars().all(is_rule) && table[1].starts_with("| ---"),
        "{}",
        table[1]
    );
    assert!(
        table
            .iter()
            .all(|line| line.starts_with("| ") && line.ends_with(" |"))
    );
}
