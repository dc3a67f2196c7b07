//! What is found in policy documents, whoever wrote them. The documents of
//! tests/lint/corpus.txt and all that is found in them, in tests/lint/findings.txt;
//! for each rule `ID.json`, in which it finds something, and `ID.good.json`, in
//! which nothing is found. tests/lint/cases.txt has more, each in a line, with what is found below it.

mod output;
mod parliament;
mod quotas;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use lexlogs::lint::{Finding, Kind, Settings, Severity, Source, lint};
use lexlogs::values::names::LexVersion;
use serde_json::Value;

use crate::examples::{EXAMPLES, rendered};
use crate::support::{
    assert_recorded, bundle, file, folder, lexlogs, names, random_request, root, text, unescaped,
};

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

/// The documents of the corpus, by their names.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let corpus = fs::read_to_string(root().join("tests/lint/corpus.txt")).unwrap();
    let documents = corpus.strip_prefix("== ").unwrap().split("\n== ");
    let document = |document: &str| {
        let (name, text) = document.split_once('\n').unwrap();
        (name.to_owned(), unescaped(&format!("{text}\n")))
    };
    documents.map(document).collect()
}

/// Writes them into a folder, and gives their names.
fn write_corpus(place: &Path) -> Vec<String> {
    let write = |(name, bytes): (String, Vec<u8>)| {
        fs::write(place.join(&name), bytes).unwrap();
        name
    };
    corpus().into_iter().map(write).collect()
}

/// What is found in a document of the corpus.
fn found(name: &str, bytes: &[u8]) -> Vec<Finding> {
    let mut settings = Settings::default();
    // These say themselves too little for the rule.
    match name {
        "lex-principal-none.json" | "lex-principal-other.json" | "lex-principal.good.json" => {
            settings.lex_version = Some(LexVersion::V2);
        }
        "principal-element-identity.json" => settings.kind = Some(Kind::Identity),
        _ => {}
    }
    lint(&[Source::new(name.to_owned(), bytes)], settings)
}

/// The rules that find something in a document of the corpus.
fn rules_in(name: &str, bytes: &[u8]) -> Vec<&'static str> {
    let mut rules: Vec<_> = found(name, bytes).iter().map(|found| found.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

#[test]
fn all_that_is_found_is_told_with_its_place_and_what_to_do() {
    let mut told = String::new();
    for (name, bytes) in corpus() {
        for found in found(&name, &bytes) {
            told += &format!(
                "{name}:{}:{}-{}:{}: {}[{}]: {}; {}\n",
                found.line,
                found.column,
                found.end_line,
                found.end_column,
                found.severity.as_str(),
                found.rule,
                found.message,
                found.help,
            );
        }
    }
    assert_recorded(&told, "tests/lint/findings.txt");
}

/// A line of `> ` has a document, one of `+ ` the statements of a policy.
#[test]
fn each_document_gets_its_findings_and_no_others() {
    let recorded = fs::read_to_string(root().join("tests/lint/cases.txt")).unwrap();
    let mut now = String::new();
    for line in recorded.lines() {
        let document = match line.split_at_checked(2) {
            Some(("> ", document)) => unescaped(document),
            Some(("+ ", statements)) => {
                format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{statements}]}}")
                    .into_bytes()
            }
            Some((begin, _)) if begin != "# " => continue,
            _ => {
                now += &format!("{line}\n");
                continue;
            }
        };
        now += &format!("{line}\n");
        let letters: Vec<char> = text(&document).chars().collect();
        let line_starts = |at: &usize| *at == 0 || letters[at - 1] == '\n';
        let starts: Vec<usize> = (0..=letters.len()).filter(line_starts).collect();
        for found in lint(
            &[Source::new("-".to_owned(), &document)],
            Settings::default(),
        ) {
            let from = starts[found.line - 1] + found.column - 1;
            let to = starts[found.end_line - 1] + found.end_column - 1;
            let marked = format!("{:?}", letters[from..to].iter().collect::<String>());
            now += &format!(
                "{}[{}] {}: {}; {}\n",
                found.severity.as_str(),
                found.rule,
                marked.replace("\\\"", "\""),
                found.message,
                found.help
            );
        }
    }
    assert_recorded(&now, "tests/lint/cases.txt");
}

#[test]
fn each_rule_finds_its_document_and_passes_the_good_one() {
    let corpus: BTreeMap<String, Vec<u8>> = corpus().into_iter().collect();
    let rules = rules();
    assert_eq!(rules.len(), 35);
    for rule in rules {
        let (bad, good) = (format!("{rule}.json"), format!("{rule}.good.json"));
        assert!(rules_in(&bad, &corpus[&bad]).contains(&&*rule), "{rule}");
        assert_eq!(found(&good, &corpus[&good]), [], "{good}");
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
    let mut random = fastrand::Rng::with_seed(88);
    for _ in 0..200 {
        let bundle = bundle(&random_request(&mut random));
        let is_of = |version: &LexVersion| {
            let member = format!("\"lex-version\": \"{}\"", version.as_str());
            file(&bundle, "request.json").contains(&member)
        };
        let settings = Settings {
            lex_version: LexVersion::ALL.into_iter().find(is_of),
            ..Settings::default()
        };
        let policies = bundle.files.iter();
        let policies = policies.filter(|file| file.name.contains("Policy"));
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
    for (name, document) in corpus() {
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
