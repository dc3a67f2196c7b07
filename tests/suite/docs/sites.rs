//! Pages as their sites make them: the tabs are opened in a browser, and the
//! other languages are read by their own parsers without a warning.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{Block, blocks, of_language, printed, printed_in, written};
use crate::examples::render;
use crate::support::{bundle, count, file, folder, full, random_request, real, root, text};

/// What a page is made of, each the name of an example or nothing but the
/// version: all in a full run, else the one that has most of what a page can have.
fn setups() -> &'static [&'static str] {
    if full() { &SETUPS } else { &SETUPS[2..3] }
}

const SETUPS: [&str; 8] = [
    "",
    "text-only",
    "with-kms",
    "v1-audio-only",
    "existing-role",
    "organisation",
    "pass-role",
    "log-group-key",
];

/// The page of a setup.
fn page(setup: &str, flavor: &str, shell: &str) -> String {
    let place = folder();
    let config = if setup.is_empty() {
        "--lex-version=v2".to_owned()
    } else {
        render(place.path(), setup);
        format!("{setup}/request.json")
    };
    let arguments = ["page", &config, "--flavor", flavor, "--shell", shell];
    printed_in(place.path(), &arguments)
}

/// Runs a program that must succeed; gives what it printed as JSON.
fn json_of(command: &mut Command) -> Vec<Value> {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}: {}",
        text(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A script of tests/real/pages, in a folder where it finds npm's packages.
fn node(script: &str, place: &Path) -> Command {
    let modules = place.join("node_modules");
    if !modules.exists() {
        std::os::unix::fs::symlink(real("node/node_modules"), &modules).unwrap();
    }
    let to = place.join(script);
    fs::copy(root().join("tests/real/pages").join(script), &to).unwrap();
    let mut command = Command::new("node");
    command.arg(to).env("NO_PROXY", "127.0.0.1");
    command
}

/// A page of somebody with regions in a list; the second item is indented as
/// Python-Markdown wants it, which fits all.
fn with_regions(flavor: &str, begin: &str, end: &str, head: &str) -> String {
    let region = |name: &str, indent: &str| {
        format!(
            "{indent}{begin} lexlogs:begin {name} lex-version=v2 flavor={flavor} {end}
{indent}{begin} lexlogs:end {end}
"
        )
    };
    format!(
        "{head}# Somebody's page\n\n{}\n1.  Save:\n\n{}\n2.  Create:\n\n{}\nDone.\n\n{}\n{}",
        region("delete-role", ""),
        region("trust-policy", "    "),
        region("create-role", "    "),
        region("parameters", ""),
        region("files", ""),
    )
}

/// What a reader must see in the tabs of a page: for each command both texts.
fn tabs_of(blocks: &[Block]) -> Vec<(String, String)> {
    std::iter::zip(of_language(blocks, "bash"), of_language(blocks, "bat")).collect()
}

fn others_of(blocks: &[Block]) -> Vec<String> {
    let others = blocks
        .iter()
        .filter(|block| !["bash", "bat"].contains(&block.language.as_str()));
    others.map(|block| block.text.clone()).collect()
}

/// Compares what the browser shows with the blocks of the same page in plain
/// Markdown. `linked`: tabs change together in the whole page.
fn assert_shows(seen: &Value, blocks: &[Block], linked: bool, what: &str) {
    assert_eq!(seen["errors"], serde_json::json!([]), "{what}");
    assert_eq!(
        seen["blocks"],
        serde_json::json!(others_of(blocks)),
        "{what}"
    );
    let tabs = tabs_of(blocks);
    let groups = seen["groups"].as_array().unwrap();
    assert_eq!(groups.len(), tabs.len(), "{what}");
    for (index, (group, (bash, cmd))) in std::iter::zip(groups, tabs).enumerate() {
        // After the first group's second tab was opened, linked ones show that too.
        let first = !linked || index == 0;
        let expected = serde_json::json!([
            {"label": "Linux and macOS", "text": bash, "before": first},
            {"label": "Windows", "text": cmd, "before": !first},
        ]);
        assert_eq!(group, &expected, "{what}, group {index}");
    }
}

/// Puts a page of the examples among those of a site.
fn copy_example(name: &str, docs: &Path) {
    fs::copy(root().join("examples/pages").join(name), docs.join(name)).unwrap();
}

/// The plain blocks of a snippet.
fn blocks_of(name: &str) -> Vec<Block> {
    let arguments = ["snippet", name, "--lex-version", "v2"];
    blocks(&printed(
        &[&arguments[..], &["--flavor", "commonmark"]].concat(),
    ))
}

/// The plain blocks of [`with_regions`].
fn blocks_of_regions() -> Vec<Block> {
    let names = ["delete-role", "trust-policy", "create-role", "files"];
    names.map(blocks_of).concat()
}

#[test]
#[ignore = "needs Material for MkDocs and Chromium: run tests/run"]
fn the_tabs_of_mkdocs_open_in_a_browser() {
    let place = folder();
    let docs = place.path().join("docs");
    fs::create_dir(&docs).unwrap();
    fs::copy(
        root().join("tests/real/pages/mkdocs.yml"),
        place.path().join("mkdocs.yml"),
    )
    .unwrap();
    let mut paths = Vec::new();
    for (index, setup) in setups().iter().enumerate() {
        fs::write(
            docs.join(format!("{index}.md")),
            page(setup, "mkdocs", "both"),
        )
        .unwrap();
        paths.push(format!("/{index}/"));
    }
    copy_example("mkdocs.md", &docs);
    paths.push("/mkdocs/".into());
    let regions = with_regions("mkdocs", "<!--", "-->", "");
    fs::write(docs.join("index.md"), regions.replace('\n', "\r\n")).unwrap();
    written(place.path(), &["docs/index.md"]);
    let output = Command::new(real("venv-pages/bin/mkdocs"))
        .args(["build", "--strict", "--quiet"])
        .env("NO_MKDOCS_2_WARNING", "1")
        .current_dir(place.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr).trim(), "", "no warning");

    let mut command = node("open_tabs.mjs", place.path());
    let seen = json_of(command.arg(place.path().join("site")).args(&paths).arg("/"));
    // The example is the page of no parameters.
    for (setup, seen) in std::iter::zip(setups().iter().chain(&[""]), &seen) {
        assert_shows(
            seen,
            &blocks(&page(setup, "commonmark", "both")),
            false,
            setup,
        );
    }
    assert_shows(
        &seen[setups().len() + 1],
        &blocks_of_regions(),
        false,
        "regions",
    );
    println!("{} pages of MkDocs", seen.len());
}

#[test]
#[ignore = "needs Docusaurus and Chromium: run tests/run"]
fn the_tabs_of_docusaurus_open_in_a_browser() {
    let place = folder();
    let docs = place.path().join("docs");
    fs::create_dir(&docs).unwrap();
    let config = "docusaurus.config.mjs";
    fs::copy(
        root().join("tests/real/pages").join(config),
        place.path().join(config),
    )
    .unwrap();
    fs::write(place.path().join("package.json"), "{\"private\": true}\n").unwrap();
    let mut paths = Vec::new();
    for (index, setup) in setups().iter().enumerate() {
        fs::write(
            docs.join(format!("page{index}.mdx")),
            page(setup, "docusaurus", "both"),
        )
        .unwrap();
        paths.push(format!("/page{index}"));
    }
    let head = "import Tabs from '@theme/Tabs';\nimport TabItem from '@theme/TabItem';\n\n";
    // Comments of both forms: Docusaurus takes those of HTML in .md.
    for (name, begin, end) in [("index.mdx", "{/*", "*/}"), ("html.md", "<!--", "-->")] {
        fs::write(
            docs.join(name),
            with_regions("docusaurus", begin, end, head),
        )
        .unwrap();
    }
    written(place.path(), &["docs"]);
    // As it is, and not written here.
    copy_example("docusaurus.mdx", &docs);
    paths.extend(["/docusaurus".into(), "/".into(), "/html".into()]);
    // Makes the link to npm's packages, which the site is built with too.
    let mut command = node("open_tabs.mjs", place.path());
    let output = Command::new(place.path().join("node_modules/.bin/docusaurus"))
        // Minifying takes time and does not change what a reader sees.
        .args(["build", "--no-minify"])
        .envs([
            ("CI", "1"),
            ("NO_UPDATE_NOTIFIER", "1"),
            ("DO_NOT_TRACK", "1"),
            // It would be kept among the packages, which all sites share.
            ("DOCUSAURUS_NO_PERSISTENT_CACHE", "true"),
        ])
        .current_dir(place.path())
        .output()
        .unwrap();
    let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{said}");
    assert!(!said.to_lowercase().contains("warning"), "{said}");

    let seen = json_of(command.arg(place.path().join("build")).args(&paths));
    // The example is the page of no parameters.
    for (setup, seen) in std::iter::zip(setups().iter().chain(&[""]), &seen) {
        assert_shows(
            seen,
            &blocks(&page(setup, "commonmark", "both")),
            true,
            setup,
        );
    }
    for seen in &seen[setups().len() + 1..] {
        assert_shows(seen, &blocks_of_regions(), true, "regions");
    }
    println!("{} pages of Docusaurus", seen.len());
}

/// The pages of all setups in a flavor, in files, with the plain blocks that
/// each must have; and pages with hostile names.
fn pages(place: &Path, flavor: &str, ending: &str, example: &str) -> Vec<(String, Vec<Block>)> {
    let example = root().join("examples/pages").join(example);
    let example = example.to_str().unwrap().to_owned();
    // The example is the page of no parameters.
    let mut pages = vec![(example, blocks(&page("", "commonmark", "both")))];
    let mut add = |text: String, blocks: Vec<Block>| {
        let path = place.join(format!("{}.{ending}", pages.len()));
        fs::write(&path, text).unwrap();
        pages.push((path.to_str().unwrap().to_owned(), blocks));
    };
    for setup in setups() {
        for shell in ["bash", "cmd", "both"] {
            add(
                page(setup, flavor, shell),
                blocks(&page(setup, "commonmark", shell)),
            );
        }
    }
    let mut random = fastrand::Rng::with_seed(44);
    let config = place.join("request.json");
    for _ in 0..count(5, 40) {
        let bundle = bundle(&random_request(&mut random));
        fs::write(&config, file(&bundle, "request.json")).unwrap();
        let page = |flavor| printed_in(place, &["page", "request.json", "--flavor", flavor]);
        add(page(flavor), blocks(&page("commonmark")));
    }
    for name in ["parameters", "files"] {
        let snippet = |flavor| {
            printed_in(
                place,
                &["snippet", name, "--lex-version", "v2", "--flavor", flavor],
            )
        };
        add(snippet(flavor), blocks(&snippet("commonmark")));
    }
    pages
}

/// The text of HTML.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    for (entity, c) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#64;", "@"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, c);
    }
    text
}

/// A page of somebody, whose regions are those of the role, of the trust policy
/// and of the whole page for cmd.exe.
fn own_page(place: &Path, name: &str, page_before: &str) -> (String, Vec<Block>) {
    let path = place.join(name);
    fs::write(&path, page_before).unwrap();
    written(place, &[name]);
    let whole = blocks(&page("", "commonmark", "cmd"));
    let blocks = [blocks_of("create-role"), blocks_of("trust-policy"), whole].concat();
    (path.to_str().unwrap().to_owned(), blocks)
}

fn assert_reads(read: &[Value], pages: &[(String, Vec<Block>)]) {
    assert_eq!(read.len(), pages.len());
    for (read, (path, blocks)) in std::iter::zip(read, pages) {
        let page = fs::read_to_string(path).unwrap();
        assert_eq!(read["warnings"], serde_json::json!([]), "{page}");
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(read["blocks"], serde_json::json!(texts), "{page}");
        let shown = text_of(read["html"].as_str().unwrap());
        for span in blocks.iter().flat_map(|block| &block.spans) {
            assert!(
                shown.contains(span.as_str()),
                "{span} is not in {shown}\n{page}"
            );
        }
    }
    let blocks: usize = pages.iter().map(|(_, blocks)| blocks.len()).sum();
    println!("{} pages, {blocks} blocks", pages.len());
}

#[test]
#[ignore = "needs docutils: run tests/run"]
fn docutils_reads_the_pages_without_a_warning() {
    let place = folder();
    let mut pages = pages(place.path(), "rst", "rst", "sphinx.rst");
    let own = "Title\n=====\n\n1. Item\n\n   .. lexlogs:begin create-role lex-version=v2\n   .. lexlogs:end\n\n2. Item\n\n\
   .. lexlogs:begin trust-policy lex-version=v2\n\n   .. lexlogs:end\n\n.. lexlogs:begin page lex-version=v2 shell=cmd\n.. lexlogs:end\n\nEnd.\n";
    let own = own.replace("\n.. lexlogs:begin trust", "\n   .. lexlogs:begin trust");
    pages.push(own_page(place.path(), "own.rst", &own));
    let mut command = Command::new(real("venv-pages/bin/python"));
    command.arg(root().join("tests/real/pages/rst_blocks.py"));
    let read = json_of(command.args(pages.iter().map(|(path, _)| path)));
    assert_reads(&read, &pages);
}

#[test]
#[ignore = "needs Asciidoctor: run tests/run"]
fn asciidoctor_reads_the_pages_without_a_warning() {
    let place = folder();
    let mut pages = pages(place.path(), "asciidoc", "adoc", "asciidoctor.adoc");
    let own = "= Title\n\n. Item\n+\n--\n// lexlogs:begin create-role lex-version=v2\n// lexlogs:end\n--\n\n. Item\n+\n--\n\
// lexlogs:begin trust-policy lex-version=v2\n// lexlogs:end\n--\n+\nMore of the item.\n\n// lexlogs:begin page lex-version=v2 shell=cmd\n// lexlogs:end\n\nEnd.\n";
    pages.push(own_page(place.path(), "own.adoc", own));
    let mut command = node("asciidoc_blocks.mjs", place.path());
    let read = json_of(command.args(pages.iter().map(|(path, _)| path)));
    assert_reads(&read, &pages);
    // Both shells belong to the item, under their titles.
    let html = read.last().unwrap()["html"].as_str().unwrap();
    assert_eq!(
        html.matches("<ol").count(),
        7,
        "one list, not broken by its blocks, and six of the page"
    );
    let titles = read.last().unwrap()["titles"].as_array().unwrap();
    assert_eq!(titles[..2], ["Linux and macOS", "Windows"]);
}

#[test]
#[ignore = "needs Asciidoctor: run tests/run"]
fn the_asciidoctor_command_finds_nothing_to_say() {
    let place = folder();
    fs::write(
        place.path().join("a.adoc"),
        page("with-kms", "asciidoc", "both"),
    )
    .unwrap();
    node("asciidoc_blocks.mjs", place.path());
    // It exits with 1 for whatever it logs at this level or above.
    let convert = |page: &str| {
        Command::new(place.path().join("node_modules/.bin/asciidoctor"))
            .args(["--failure-level", "INFO", "-o", "a.html", page])
            .current_dir(place.path())
            .output()
            .unwrap()
    };
    let output = convert("a.adoc");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    fs::write(place.path().join("b.adoc"), "= A\n\n=== Too deep\n").unwrap();
    assert_eq!(convert("b.adoc").status.code(), Some(1), "it does tell");
}
