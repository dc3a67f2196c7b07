//! The library as others use it: every public item has an example, which is a
//! test by itself, and whatever it is given it does not panic.
//!
//! Whether a rustdoc example is there is told by a lint of nightly alone
//! (`missing_doc_code_examples`), so the source is looked through here. It is
//! formatted by rustfmt, so that an item begins a line.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use lexlogs::{
    Bundle, Compression, Config, Fault, Key, PARAMETERS, Place, Plan, RawPair, RawParameters,
    RawValue, Request, Spec, Templates,
};

use crate::support::root;

/// The source files, each with its lines.
fn sources(folder: &Path, found: &mut Vec<(String, Vec<String>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().map(str::to_owned).collect();
            let path = path.strip_prefix(root()).unwrap();
            found.push((path.display().to_string(), lines));
        }
    }
}

/// The names that the library has, by its `pub use`, each with the beginning of
/// the paths where it may be.
fn public_names() -> BTreeMap<String, String> {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let mut found = BTreeMap::new();
    for one in library.split("\npub use ").skip(1) {
        let path = one.split(';').next().unwrap();
        let (module, names) = match path.split_once("::{") {
            Some((module, names)) => (module, names.trim_end_matches('}')),
            None => path.rsplit_once("::").unwrap(),
        };
        let names = names.split(',').map(str::trim);
        for name in names.filter(|name| !name.is_empty()) {
            // By the name that it has where it is.
            let name = name.split(" as ").next().unwrap();
            found.insert(
                name.to_owned(),
                format!("src/{}", module.replace("::", "/")),
            );
        }
    }
    found
}

/// What stands above an item: its documentation and its attributes.
fn above(lines: &[String], at: usize) -> String {
    let is_above = |line: &&String| {
        let line = line.trim_start();
        line.starts_with("///") || line.starts_with("#[") || line.starts_with("$(#[")
    };
    // An attribute of several lines ends with this one.
    let before: Vec<&String> = lines[..at].iter().rev().collect();
    let mut found = Vec::new();
    let mut inside = false;
    for line in before {
        if line.trim() == ")]" {
            inside = true;
        } else if inside {
            inside = !line.trim_start().starts_with("#[");
        } else if !is_above(&line) {
            break;
        }
        found.push(line.as_str());
    }
    found.reverse();
    found.join("\n")
}

/// The name of a public item that begins in a line, and whether it is one of a
/// type's own.
fn item(line: &str) -> Option<(&str, bool)> {
    let code = line.trim_start();
    let rest = code.strip_prefix("pub ")?;
    let rest = rest.strip_prefix("const fn ").or_else(|| {
        let kinds = [
            "fn ", "struct ", "enum ", "const ", "static ", "trait ", "type ",
        ];
        kinds.iter().find_map(|kind| rest.strip_prefix(kind))
    })?;
    let name = rest
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()?;
    Some((name, line.starts_with("    pub")))
}

#[test]
fn every_public_item_has_an_example() {
    let names = public_names();
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let (mut with, mut without) = (BTreeSet::new(), Vec::new());
    for (path, lines) in &files {
        let mut owner = String::new();
        for (at, line) in lines.iter().enumerate() {
            if let Some(rest) = line.strip_prefix("impl") {
                // Of a trait's methods the trait tells what they do.
                let rest = rest.trim_start_matches(|c| c != ' ').trim_start();
                let is_inherent = !line.contains(" for ");
                let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap();
                owner = if is_inherent {
                    name.to_owned()
                } else {
                    String::new()
                };
            } else if line == "}" {
                owner.clear();
            }
            let Some((name, is_own)) = item(line) else {
                continue;
            };
            // `Key` and its table come from a macro, which is indented.
            let is_method = is_own && !owner.is_empty();
            let full = if is_method {
                format!("{owner}::{name}")
            } else {
                name.to_owned()
            };
            let module = names.get(if is_method { owner.as_str() } else { name });
            let is_public = module.is_some_and(|module| {
                let rest = path.strip_prefix(module);
                rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
            });
            let above = above(lines, at);
            if !is_public || above.contains("doc(hidden)") {
                continue;
            }
            if above.contains("/// ```") {
                with.insert(full);
            } else {
                without.push(format!("{path}:{}: {full}", at + 1));
            }
        }
    }
    assert_eq!(without, [""; 0], "these have no example");
    for name in names.keys() {
        assert!(with.contains(name), "{name} was not found");
    }
    for method in [
        "Request::new",
        "Key::name",
        "Bundle::to_zip",
        "Command::arguments",
    ] {
        assert!(with.contains(method), "{method} was not found");
    }
    assert!(with.len() > 75, "{}: {with:?}", with.len());
}

#[test]
fn what_is_no_part_of_the_library_is_not_in_its_documentation() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let lines: Vec<&str> = library.lines().collect();
    for pair in lines.windows(2) {
        if pair[1].starts_with("pub mod ") {
            assert_eq!(pair[0], "#[doc(hidden)]", "{}", pair[1]);
        }
    }
    assert!(lines.contains(&"#![deny(missing_docs)]"));
}

/// Any text, most of it unfit for anything.
fn any_text(random: &mut fastrand::Rng) -> String {
    let pieces = [
        "arn:",
        "aws",
        ":",
        "/",
        "kms",
        "key/",
        "us-east-1",
        "v2",
        "111122223333",
        "-an",
        "s3://",
        "alias/",
        "\u{0}",
        "\u{1b}[2J",
        "é",
        "日本",
        "\u{301}",
        "\u{202e}",
        " ",
        "\"",
        "\\",
        "'",
        "=",
        ",",
        ".",
        "*",
        "$",
        "`",
        "\n",
        "\r",
        "a",
        "A",
        "policy/",
        "bot-alias/ABCDEFGHIJ/KLMNOPQRST",
        "1234abcd-12ab-34cd-56ef-1234567890ab",
        "true",
        "yes",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    ];
    (0..random.usize(..6))
        .map(|_| *random.choice(&pieces).unwrap())
        .collect()
}

fn any_value(random: &mut fastrand::Rng, depth: usize) -> RawValue {
    match random.u8(..10) {
        0 => RawValue::Switch(random.bool()),
        1 => RawValue::Other("a number", any_text(random)),
        2 if depth < 4 => {
            let pairs = (0..random.usize(..4)).map(|_| RawPair {
                key: any_text(random),
                value: any_value(random, depth + 1),
                spot: None,
            });
            RawValue::Pairs(pairs.collect())
        }
        _ => RawValue::Text(any_text(random)),
    }
}

#[test]
fn nothing_that_a_program_gives_makes_it_panic() {
    let mut random = fastrand::Rng::with_seed(8);
    let templates = Templates::built_in().unwrap();
    let (mut good, mut bad) = (0, 0);
    for round in 0..2000 {
        // Some values of any kind among good ones.
        let mut given = RawParameters::example();
        for _ in 0..random.usize(..4) {
            let row = random.choice(PARAMETERS).unwrap();
            let place = random.choice([Place::Flag, Place::Answer]).unwrap();
            let value = if random.bool() {
                RawValue::Text(row.example.into())
            } else {
                any_value(&mut random, 0)
            };
            given.set(row.key, value, place);
        }
        let name = any_text(&mut random);
        let fault = Fault::of_form(Some(&name), None, any_text(&mut random));
        assert!(!format!("{fault:#}").is_empty());
        assert!(Request::new(&given, vec![fault]).is_err());
        drop(Spec::documentation(&given, Vec::new()));
        match Request::new(&given, Vec::new()) {
            Ok(request) => {
                good += 1;
                if good % 40 == 0 {
                    assert!(!Plan::new(request.spec()).apply.is_empty());
                    let bundle = Bundle::new(&request, templates).unwrap();
                    let zip = bundle.to_zip(Compression::Stored).unwrap();
                    assert!(lexlogs::verify(&zip).proven);
                }
            }
            Err(faults) => {
                bad += 1;
                let (plain, coloured) = (faults.to_string(), format!("{faults:#}"));
                assert!(
                    plain.chars().all(|c| c == '\n' || !c.is_control()),
                    "{round}: {plain:?}"
                );
                assert!(coloured.len() > plain.len());
            }
        }
    }
    assert!(good > 250 && bad > 250, "{good} good, {bad} bad");
}

#[test]
fn no_bytes_make_it_panic() {
    let mut random = fastrand::Rng::with_seed(9);
    for _ in 0..1000 {
        let mut bytes = any_text(&mut random).into_bytes();
        bytes.extend((0..random.usize(..20)).map(|_| random.u8(..)));
        bytes.extend(any_text(&mut random).bytes());
        for name in ["a.toml", "a.json", "a.txt", ""] {
            let config = Config::parse(Path::new(name), &bytes);
            let faults = Request::new(&config.parameters, config.faults).unwrap_err();
            assert!(!faults.0.is_empty() && !format!("{faults:#}").is_empty());
        }
        assert!(!lexlogs::verify(&bytes).whole);
    }
    // Text that is nearly something.
    let syntax = [
        "{",
        "}",
        "[",
        "]",
        "[tags]\n",
        "\"",
        "'",
        "\"\"\"",
        "=",
        ":",
        ",",
        "\n",
        "\r\n",
        "\t",
        "#",
        "//",
        "\\",
        "\\u",
        "region",
        "tags",
        "existing-role",
        "\"region\"",
        "us-east-1",
        "true",
        "True",
        "1",
        "null",
        "é",
        "日",
        "\u{1b}",
        "\u{feff}",
    ];
    for _ in 0..3000 {
        let pieces = (0..random.usize(1..12)).map(|_| *random.choice(&syntax).unwrap());
        let text: String = pieces.collect();
        for name in ["a.toml", "a.json"] {
            let config = Config::parse(Path::new(name), text.as_bytes());
            let faults = Request::new(&config.parameters, config.faults).unwrap_err();
            let plain = faults.to_string();
            assert!(
                plain.chars().all(|c| c == '\n' || !c.is_control()),
                "{plain:?}"
            );
        }
    }
    // Nested deeper than any stack, and of more than one line.
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{a=", "}"), ("[\n", "\n]")] {
        let deep = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        for (name, text) in [
            ("a.json", format!("{{\"tags\": {deep}}}")),
            ("a.json", deep.clone()),
            ("a.toml", format!("tags = {deep}")),
        ] {
            let config = Config::parse(Path::new(name), text.as_bytes());
            let faults = Request::new(&config.parameters, config.faults).unwrap_err();
            assert!(faults.to_string().len() < 10_000, "{name}");
        }
    }
    assert!(lexlogs::find("region").is_some_and(|row| row.key == Key::Region));
}
