//! The pages for those who work on lexlogs name what is there, and the README's
//! picture is what its source draws.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::{output_of, root, text};

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

/// What the code of a file imports of this crate, its tests and comments apart.
fn imports(file: &Path, of: &mut BTreeSet<String>) {
    let text = fs::read_to_string(file).unwrap();
    let code = text.split("\n#[cfg(test)]").next().unwrap();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    for path in lines.flat_map(|line| line.split("crate::").skip(1)) {
        let end = path.find(|c: char| !c.is_alphanumeric() && c != '_');
        of.insert(path[..end.unwrap_or(path.len())].to_owned());
    }
}

fn imports_below(folder: &Path, of: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            imports_below(&path, of);
        } else if path.file_name() != Some("tests.rs".as_ref()) {
            imports(&path, of);
        }
    }
}

#[test]
fn no_module_imports_what_imports_it() {
    let mut above: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let of = above.entry(module).or_default();
        if path.is_dir() {
            imports_below(&path, of);
        } else {
            imports(&path, of);
        }
    }
    let modules: BTreeSet<String> = above.keys().cloned().collect();
    for (module, of) in &mut above {
        of.retain(|import| import != module && modules.contains(import));
    }
    assert!(above.len() > 25, "{} modules", above.len());
    // Modules without imports go first, then those that import only these.
    while let Some(module) = above.iter().find(|(_, of)| of.is_empty()) {
        let module = module.0.clone();
        above.remove(&module);
        for of in above.values_mut() {
            of.remove(&module);
        }
    }
    above.retain(|module, _| module != "main" && module != "lib");
    assert!(above.is_empty(), "import each other: {above:#?}");
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

#[test]
fn the_names_of_tests_have_at_most_60_characters() {
    let mut names = 0;
    for folder in ["src", "tests"] {
        let output = std::process::Command::new("grep")
            .args([
                "-rhoE",
                "--include=*.rs",
                "^ *fn [a-z0-9_]+\\(\\) \\{",
                folder,
            ])
            .current_dir(root())
            .output()
            .unwrap();
        for line in text(&output.stdout).lines() {
            let name = line
                .trim()
                .trim_start_matches("fn ")
                .trim_end_matches("() {");
            names += 1;
            assert!(name.len() <= 60, "{name}");
        }
    }
    assert!(names > 500, "{names} names");
}
