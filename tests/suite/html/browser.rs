//! README.html in Chromium: from a file, by keyboard, in both colour schemes,
//! on a narrow screen, on paper and without scripts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::{hostile, said_by_markdown};
use crate::examples::{EXAMPLES, render_into};
use crate::support::{bundle, count, file, folder, full, random_request, real, root, text, unpack};

/// A script of tests/real/pages, in a folder where it finds npm's packages.
fn node(script: &str, arguments: &[&str], place: &Path) -> Vec<Value> {
    let modules = place.join("node_modules");
    if !modules.exists() {
        std::os::unix::fs::symlink(real("node/node_modules"), &modules).unwrap();
    }
    let to = place.join(script);
    fs::copy(root().join("tests/real/pages").join(script), &to).unwrap();
    let output = Command::new("node").arg(to).args(arguments).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Bundles with hostile names, and examples: all in a full run, else one.
fn folders(place: &Path) -> Vec<PathBuf> {
    let mut random = fastrand::Rng::with_seed(55);
    let examples = place.join("examples");
    fs::create_dir(&examples).unwrap();
    render_into(&examples);
    let shown = if full() {
        EXAMPLES.as_slice()
    } else {
        &["with-kms"]
    };
    let mut folders: Vec<PathBuf> = shown.iter().map(|name| examples.join(name)).collect();
    let requests = (0..count(0, 3)).map(|_| random_request(&mut random));
    for (index, request) in requests.chain([hostile()]).enumerate() {
        // A double-click may find it anywhere.
        let folder = place.join(format!("it's #{index} & 100% ü"));
        fs::create_dir(&folder).unwrap();
        unpack(&bundle(&request), &folder);
        folders.push(folder);
    }
    folders
}

fn pages_in(folders: &[PathBuf]) -> Vec<String> {
    let page = |folder: &PathBuf| folder.join("README.html").to_str().unwrap().to_owned();
    folders.iter().map(page).collect()
}

/// Opens pages; with `--glance` only for a moment.
fn look(options: &[&str], pages: &[String], place: &Path) -> Vec<Value> {
    let pages = pages.iter().map(String::as_str);
    let arguments: Vec<&str> = options.iter().copied().chain(pages).collect();
    node("look_at_page.mjs", &arguments, place)
}

#[test]
#[ignore = "needs Chromium and axe-core: run tests/run"]
fn a_reader_gets_all_of_the_page_in_every_way_of_reading() {
    let place = folder();
    let folders = folders(place.path());
    let seen = look(&[], &pages_in(&folders), place.path());
    assert_eq!(seen.len(), folders.len());
    let mut count = 0;
    for (folder, seen) in std::iter::zip(&folders, &seen) {
        let what = folder.display();
        let markdown = fs::read_to_string(folder.join("README.md")).unwrap();
        let said = said_by_markdown(&markdown);
        assert_eq!(seen["errors"], json!([]), "{what}");
        assert_eq!(seen["said"], json!(said), "{what}");
        assert_eq!(seen["title"], json!(said[0].1), "{what}");
        assert_eq!(seen["hiddenWithoutScripts"], json!([]), "{what}");
        assert_eq!(
            seen["print"],
            json!({"buttons": 0, "cut": [], "hidden": []}),
            "{what}"
        );
        assert_picture(&seen["pictures"], &markdown);
        assert_views(&seen["views"]);

        let codes = said.iter().filter(|(kind, _)| kind == "pre");
        let copies: Vec<Value> = codes
            .map(|(_, code)| json!([code, code, "status: Copied"]))
            .collect();
        assert_eq!(seen["copied"], json!(copies), "{what}");
        count += copies.len();
        let first = said.iter().find(|(kind, _)| kind == "pre").unwrap();
        assert_eq!(
            seen["barred"],
            json!(["Selected: press Ctrl+C, on a Mac Command+C", first.1]),
            "{what}"
        );
    }
    println!("{} pages, {count} blocks copied", seen.len());
}

/// It names what the runbook names, and nothing else; long names are cut.
fn assert_picture(pictures: &Value, markdown: &str) {
    let pictures = pictures.as_array().unwrap();
    assert_eq!(pictures.len(), 1);
    let picture = &pictures[0];
    assert_eq!(picture["role"], "img");
    assert_eq!(picture["title"], "Who may write where");
    let names = picture["names"].as_array().unwrap();
    let words = picture["words"].as_str().unwrap();
    let mut expected = 2;
    for (parameter, named) in [
        ("\nlog-group-name = ", "log group"),
        ("\nbucket-name = ", "s3://"),
        ("\nlog-group-kms-key-arn = ", "KMS key"),
        ("\nkms-key-arn = ", "KMS key"),
    ] {
        let is_set = markdown.contains(parameter);
        expected += usize::from(is_set);
        assert!(words.contains(named) || !is_set, "{words}");
    }
    assert_eq!(names.len(), expected);
    for name in names {
        let name = name.as_str().unwrap().trim_end_matches('\u{2026}');
        assert!(markdown.contains(name), "{name}");
        assert!(words.contains(name), "{name}");
    }
}

/// Light and dark, wide and narrow.
fn assert_views(views: &Value) {
    let views = views.as_array().unwrap();
    assert_eq!(views.len(), 4);
    for (view, (width, light)) in std::iter::zip(
        views,
        [(1200, true), (1200, false), (320, true), (320, false)],
    ) {
        assert_eq!(view["axe"], json!([]), "{view}");
        assert!(view["rules"].as_u64().unwrap() > 30, "{view}");
        assert_eq!(view["width"], width, "{view}");
        assert_eq!(view["pictures"], 1, "{view}");
        assert_eq!(view["outside"], json!([]), "{view}");
        assert_eq!(view["cut"], json!([]), "{view}");
        assert!(view["letters"].as_f64().unwrap() > 10.0, "{view}");
        let shown = view["page"].as_str().unwrap();
        assert_eq!(shown.starts_with("rgb(25"), light, "{view}");
    }
}

#[test]
#[ignore = "needs Chromium: run tests/run"]
fn the_browser_keeps_out_what_the_policy_does_not_name() {
    let place = folder();
    let page =
        fs::read_to_string(root().join("examples/text-and-audio/bundle/README.html")).unwrap();
    let altered = [
        ("", "", true, true),
        ("'use strict';", "'use strict' ;", true, false),
        ("body { margin", "body {  margin", false, true),
        (
            "<h1>",
            "<img alt=\"\" src=\"https://lexlogs.invalid/a.png\"><h1>",
            true,
            true,
        ),
        (
            "<h1>",
            "<script>document.title = ''</script><h1>",
            true,
            true,
        ),
        ("<h1>", "<h1 style=\"color: red\">", true, true),
    ];
    let mut pages = Vec::new();
    for (index, (from, to, ..)) in altered.iter().enumerate() {
        assert_eq!(page.matches(from).count() == 1, index > 0);
        let path = place.path().join(format!("{index}.html"));
        let text = if from.is_empty() {
            page.clone()
        } else {
            page.replace(from, to)
        };
        fs::write(&path, text).unwrap();
        pages.push(path.to_str().unwrap().to_owned());
    }
    let seen = look(&["--glance"], &pages, place.path());
    for (index, (seen, (_, to, styled, scripted))) in std::iter::zip(seen, altered).enumerate() {
        assert_eq!(seen["styled"], styled, "{to}: {seen}");
        assert_eq!(seen["scripted"], scripted, "{to}: {seen}");
        let errors = seen["errors"].as_array().unwrap();
        let said = errors.iter().map(Value::to_string).collect::<String>();
        assert_eq!(
            said.contains("Content Security Policy"),
            index > 0,
            "{to}: {said}"
        );
        assert_eq!(errors.is_empty(), index == 0, "{to}: {said}");
    }
}

#[test]
#[ignore = "needs html-validate: run tests/run"]
fn the_pages_are_valid_html() {
    let place = folder();
    let pages = pages_in(&folders(place.path()));
    let arguments: Vec<&str> = pages.iter().map(String::as_str).collect();
    let found = node("validate_pages.mjs", &arguments, place.path());
    assert_eq!(found, Vec::<Value>::new());
    // It finds what is wrong.
    let bad = place.path().join("bad.html");
    let page = fs::read_to_string(&pages[0]).unwrap();
    fs::write(&bad, page.replace("</figure>", "")).unwrap();
    let bad = bad.to_str().unwrap();
    assert!(!node("validate_pages.mjs", &[bad], place.path()).is_empty());
}

#[test]
#[ignore = "needs Chromium: run tests/run"]
fn the_hostile_names_are_in_the_page_as_they_are() {
    let place = folder();
    let bundle = bundle(&hostile());
    unpack(&bundle, place.path());
    let page = place
        .path()
        .join("README.html")
        .to_str()
        .unwrap()
        .to_owned();
    let seen = look(&[], &[page], place.path());
    let said = seen[0]["said"].to_string();
    for name in [
        "Create the role `_a=b,c@d.e+f__g_`",
        "Create the policy `__init__`",
        "`Größe`",
        "`½ 日本`",
        "`a  b`",
        "`c  d`",
        "s3://bucket-b/a&lt;b'(c)!_d_/&amp/",
    ] {
        assert!(said.contains(name), "{name}: {said}");
    }
    assert!(file(&bundle, "README.html").is_ascii());
}
