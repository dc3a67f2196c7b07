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

/// The modules of the source, a file each, with their code: their tests and comments apart.
fn modules(folder: &Path, path: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_stem().unwrap().to_str().unwrap();
        let module = format!("{path}::{name}");
        if file.is_dir() {
            modules(&file, &module, found);
        } else if !["main", "lib", "tests"].contains(&name) {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("\n#[cfg(test)]").next().unwrap();
            let lines = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            found.insert(module, lines.map(|line| format!("{line}\n")).collect());
        }
    }
}

/// The paths that a tree of `use` stands for.
fn expanded(tree: &str, prefix: &str, found: &mut Vec<String>) {
    let tree = tree.trim();
    let Some((begin, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap();
        found.push(format!("{prefix}{path}"));
        return;
    };
    let (mut depth, mut from) = (0, 0);
    let inside = rest.trim_end().strip_suffix('}').unwrap();
    for (at, c) in inside.char_indices().chain([(inside.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !inside[from..at].trim().is_empty() {
                    expanded(&inside[from..at], &format!("{prefix}{begin}"), found);
                }
                from = at + 1;
            }
            _ => {}
        }
    }
}

/// The modules that the code of one names, by `use` or by a path from the root or from the module above.
fn imports(module: &str, code: &str, modules: &BTreeSet<String>) -> BTreeSet<String> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let before = code[..at].rsplit('\n').next().unwrap().trim();
        if before.is_empty() || before.starts_with("pub") {
            let tree = code[at + 4..].split(';').next().unwrap();
            expanded(tree, "", &mut paths);
        }
    }
    for from in ["crate::", "super::"] {
        let found = code.match_indices(from);
        let found = found.filter(|(at, _)| !code[..*at].ends_with("super::"));
        paths.extend(found.map(|(at, _)| code[at..].to_owned()));
    }
    let parent = |path: &str| path.rsplit_once("::").unwrap_or_default().0.to_owned();
    let absolute = |path: String| {
        let end = path.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
        let mut path = path[..end.unwrap_or(path.len())].to_owned();
        let mut base = module.to_owned();
        while let Some(rest) = path.strip_prefix("super::") {
            (base, path) = (parent(&base), rest.to_owned());
        }
        match path.strip_prefix("crate") {
            Some(rest) => rest.to_owned(),
            None => format!("{base}::{path}"),
        }
    };
    let nearest = |mut path: String| {
        while !path.is_empty() && !modules.contains(&path) {
            path = parent(&path);
        }
        path
    };
    let found = paths.into_iter().map(absolute).map(nearest);
    found
        .filter(|other| !other.is_empty() && other != module)
        .collect()
}

#[test]
fn no_module_imports_what_imports_it() {
    let mut code = BTreeMap::new();
    modules(&root().join("src"), "", &mut code);
    let modules: BTreeSet<String> = code.keys().cloned().collect();
    assert!(modules.len() > 100, "{} modules", modules.len());
    let imports = code
        .iter()
        .map(|(module, code)| (module.clone(), imports(module, code, &modules)));
    let mut above: BTreeMap<String, BTreeSet<String>> = imports.collect();
    assert!(above["::render"].contains("::templates"), "{above:#?}");
    // Modules without imports go first, then those that import only these.
    while let Some(module) = above.iter().find(|(_, of)| of.is_empty()) {
        let module = module.0.clone();
        above.remove(&module);
        for of in above.values_mut() {
            of.remove(&module);
        }
    }
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

/// The headings of a page as links name them.
fn headings(page: &str) -> Vec<String> {
    let titles = page.lines().filter(|line| line.starts_with('#'));
    let titles = titles.map(|line| line.trim_start_matches('#').trim().to_lowercase());
    titles.map(|title| title.replace(' ', "-")).collect()
}

#[test]
fn every_file_and_heading_that_the_pages_link_to_is_there() {
    let mut seen = 0;
    let others = ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];
    for page in crate::readme::PAGES.iter().chain(&others) {
        let text = read(page);
        for link in text.split("](").skip(1) {
            let link = link.split(')').next().unwrap();
            if link.starts_with("https://") {
                continue;
            }
            seen += 1;
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let file = match file {
                "" => root().join(page),
                _ => root().join(page).parent().unwrap().join(file),
            };
            assert!(file.exists(), "{page} links to {link}");
            if !heading.is_empty() {
                let linked = fs::read_to_string(file).unwrap();
                let exists = headings(&linked).iter().any(|one| one == heading);
                assert!(exists, "{page} links to {link}");
            }
        }
    }
    assert!(seen >= 30, "{seen} links");
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
    assert!(names > 100, "{names} names");
}
