//! What is found in policy documents, whoever wrote them. The documents of
//! tests/lint/corpus and all that is found in them, in tests/lint/findings.txt;
//! for each rule `ID.json`, in which it finds something, and `ID.good.json`, in
//! which nothing is found.

mod output;
mod parliament;
mod quotas;

use std::fs;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::examples::{EXAMPLES, rendered};
use crate::support::{folder, lexlogs, names, random_request, root, text};

/// The documents that say themselves too little for the rule.
const ARGUMENTS: [(&str, &[&str]); 4] = [
    ("lex-principal-none.json", &["--lex-version", "v2"]),
    ("lex-principal-other.json", &["--lex-version", "v2"]),
    ("lex-principal.good.json", &["--lex-version", "v2"]),
    ("principal-element-identity.json", &["--kind", "identity"]),
];

/// The ids of all rules, as the program lists them.
fn rules() -> Vec<String> {
    let output = lexlogs(root(), &["lint", "--rules", "--json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let rules: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules = rules.as_array().unwrap().iter();
    rules
        .map(|rule| rule["id"].as_str().unwrap().to_owned())
        .collect()
}

/// What is found in a document of the corpus.
fn found(name: &str) -> Vec<Value> {
    let arguments = ARGUMENTS.iter().find(|(known, _)| *known == name);
    let arguments = arguments.map_or(&[][..], |(_, arguments)| arguments);
    let arguments = [&["lint", "--json", name], arguments].concat();
    let output = lexlogs(&root().join("tests/lint/corpus"), &arguments);
    assert_eq!(text(&output.stderr), "", "{name}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().clone();
    let is_bad = findings.iter().any(|finding| finding["severity"] != "note");
    assert_eq!(output.status.code(), Some(i32::from(is_bad)), "{name}");
    findings
}

/// The rules that find something in a document of the corpus.
fn rules_in(name: &str) -> Vec<String> {
    let mut rules: Vec<String> = found(name)
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap().to_owned())
        .collect();
    rules.sort();
    rules.dedup();
    rules
}

/// The documents of the corpus.
fn corpus() -> Vec<String> {
    names(&root().join("tests/lint/corpus"))
}

/// Compares with a file below tests/lint, which is the project's record.
fn is_the_record(actual: &str, name: &str) {
    let path = root().join("tests/lint").join(name);
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if actual != expected {
        let beside = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&beside, actual).unwrap();
        panic!(
            "tests/lint/{name} is another; if the new one is right: cp {} tests/lint/{name}",
            beside.display()
        );
    }
}

#[test]
fn all_that_is_found_is_told_with_its_place_and_what_to_do() {
    let mut told = String::new();
    for name in corpus() {
        for finding in found(&name) {
            let word = |key: &str| finding[key].as_str().unwrap().to_owned();
            told += &format!(
                "{}:{}:{}-{}:{}: {}[{}]: {}; {}\n",
                word("file"),
                finding["line"],
                finding["column"],
                finding["end_line"],
                finding["end_column"],
                word("severity"),
                word("rule"),
                word("message"),
                word("help"),
            );
        }
    }
    is_the_record(&told, "findings.txt");
}

#[test]
fn each_rule_finds_its_document_and_passes_the_good_one() {
    let corpus = corpus();
    let rules = rules();
    assert_eq!(rules.len(), 35);
    for rule in rules {
        assert!(rules_in(&format!("{rule}.json")).contains(&rule), "{rule}");
        let good = format!("{rule}.good.json");
        assert!(corpus.contains(&good), "{good}");
        assert_eq!(found(&good), [] as [Value; 0], "{good}");
    }
}

#[test]
fn what_lexlogs_makes_has_no_warnings() {
    let mut documents = 0;
    let mut notes = std::collections::BTreeSet::new();
    let examples = rendered();
    for example in EXAMPLES {
        let bundle = examples.path().join(example);
        let version = if example.starts_with("v1-") {
            "v1"
        } else {
            "v2"
        };
        let policies = names(&bundle)
            .into_iter()
            .filter(|name| name.contains("Policy"));
        for name in policies {
            let output = lexlogs(
                &bundle,
                &["lint", &name, "--json", "--lex-version", version],
            );
            let report: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert!(output.status.success(), "{example}/{name}: {report}");
            let findings = report["findings"].as_array().unwrap();
            notes.extend(
                findings
                    .iter()
                    .map(|finding| finding["rule"].as_str().unwrap().to_owned()),
            );
            documents += 1;
        }
    }
    assert!(documents > 30, "{documents}");
    // AWS's pages have no condition.
    assert_eq!(notes.into_iter().collect::<Vec<_>>(), ["confused-deputy"]);
}

#[test]
fn no_document_of_a_random_bundle_has_a_warning() {
    use lexlogs::lint::{Settings, Severity, Source, lint};
    use lexlogs::values::names::LexVersion;

    let mut random = fastrand::Rng::with_seed(88);
    for _ in 0..200 {
        let files = crate::support::bundle(&random_request(&mut random)).files;
        let request = files
            .iter()
            .find(|file| file.name == "request.json")
            .unwrap();
        let is_of = |version: &LexVersion| {
            let member = format!("\"lex-version\": \"{}\"", version.as_str());
            request.text.contains(&member)
        };
        let settings = Settings {
            lex_version: LexVersion::ALL.into_iter().find(is_of),
            ..Settings::default()
        };
        let policies = files.iter().filter(|file| file.name.contains("Policy"));
        let policies: Vec<Source> = policies
            .map(|file| Source::new(file.name.to_owned(), file.text.as_bytes()))
            .collect();
        assert!(policies.len() > 1 && settings.lex_version.is_some());
        let mut bad = lint(&policies, settings);
        // Random letters may look like a placeholder, as `__A9__` does.
        bad.retain(|finding| finding.severity > Severity::Note && finding.rule != "placeholder");
        assert_eq!(bad, []);
    }
}

#[test]
fn whatever_the_bytes_are_what_is_found_is_in_them() {
    const PIECES: [&[u8]; 12] = [
        b"\"",
        b"\\",
        b"{",
        b"]",
        b",",
        b"\n",
        b"\xff",
        b"\xc3",
        "é".as_bytes(),
        "日".as_bytes(),
        b"\\ud800",
        b"${a:",
    ];
    let mut random = fastrand::Rng::with_seed(15);
    for name in corpus() {
        let document = fs::read(root().join("tests/lint/corpus").join(&name)).unwrap();
        for _ in 0..5 {
            let mut bytes = document.clone();
            for _ in 0..random.usize(1..4) {
                let at = random.usize(..=bytes.len());
                let end = (at + random.usize(..4)).min(bytes.len());
                let piece = PIECES[random.usize(..PIECES.len())];
                bytes.splice(at..end, piece.iter().copied());
            }
            bytes.insert(0, random.u8(..));
            let held = std::panic::catch_unwind(|| crate::fuzzed::checks::lint(&bytes));
            assert!(
                held.is_ok(),
                "{name}: {:?}",
                String::from_utf8_lossy(&bytes)
            );
        }
    }
}

/// The program with a document by its standard input.
pub(crate) fn piped(document: &[u8], arguments: &[&str]) -> Output {
    use std::io::Write;
    let place = folder();
    let mut child = Command::new(env!("CARGO_BIN_EXE_lexlogs"))
        .args([&["lint", "-"], arguments].concat())
        .current_dir(place.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may end before it has read all.
    let _ = child.stdin.take().unwrap().write_all(document);
    child.wait_with_output().unwrap()
}
