//! `docs write` on pages as people write them: what only looks like a marker is left, and what Prettier formats stays.

use super::{content, with_files};

/// The page after it was written.
fn written(name: &str, page: &str) -> String {
    let place = with_files(&[(name, page)]);
    super::written(place.path(), &[name]);
    content(place.path(), name)
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
