//! The pages for those who work on lexlogs name what is there, and the README's
//! picture is what its source draws.

use std::fs;

use crate::support::{output_of, root};

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// What stands between backquotes on one line, outside of blocks of code.
fn quoted(page: &str) -> Vec<&str> {
    let mut in_block = false;
    let mut found = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

#[test]
fn every_file_that_the_pages_name_is_there() {
    let mut seen = 0;
    for page in ["CONTRIBUTING.md", "SECURITY.md", "dist/README.md"] {
        let text = read(page);
        for name in quoted(&text) {
            let is_path = [
                "src/",
                "tests/",
                "templates/",
                "examples/",
                "benches/",
                "docs/",
                "dist/",
                ".ci/",
            ]
            .iter()
            .any(|folder| name.starts_with(folder));
            // An option may follow.
            let name = name.split(' ').next().unwrap();
            if is_path {
                seen += 1;
                assert!(root().join(name).exists(), "{page} names {name}");
            }
        }
    }
    assert!(seen > 25, "{seen} names");
}

#[test]
fn every_file_that_the_pages_link_to_is_there() {
    let mut seen = 0;
    for page in [
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
    ] {
        let text = read(page);
        for link in text.split("](").skip(1) {
            let link = link.split(')').next().unwrap();
            if link.starts_with("https://") {
                continue;
            }
            seen += 1;
            let exists = match link.strip_prefix('#') {
                Some(heading) => text.lines().any(|line| {
                    let title = line.trim_start_matches('#').trim();
                    title.to_lowercase().replace(' ', "-") == heading
                }),
                None => root().join(link).exists(),
            };
            assert!(exists, "{page} links to {link}");
        }
    }
    assert!(seen > 10, "{seen} links");
}

#[test]
fn the_changelog_tells_of_this_version() {
    let version = env!("CARGO_PKG_VERSION");
    let page = read("CHANGELOG.md");
    assert!(
        page.contains(&format!("## [{version}] - "))
            || page.contains(&format!("## [Unreleased]\n\nThis will be {version}")),
        "{version}"
    );
}

#[test]
#[ignore = "needs Graphviz: run tests/run"]
fn the_picture_is_what_its_source_draws() {
    let drawn = output_of("dot", &["-Tsvg", "docs/flow.dot"], root());
    // The first lines name the version of Graphviz.
    let body = |svg: &str| svg[svg.find("<svg").unwrap()..].to_owned();
    assert_eq!(
        body(&drawn),
        body(&read("docs/flow.svg")),
        "run dot -Tsvg docs/flow.dot -o docs/flow.svg"
    );
}
