//! What must hold whatever the bytes are. The fuzz targets look for bytes for
//! which it does not; the tests replay those that were found on the way.

use std::path::Path;
use std::sync::LazyLock;

use lexlogs::bundle::Bundle;
use lexlogs::config::Config;
use lexlogs::diagnostic::{Diagnostic, Diagnostics};
use lexlogs::docs::flavor::Flavor;
use lexlogs::docs::regions;
use lexlogs::docs::rewrite::{Page, RewriteError, rewrite};
use lexlogs::docs::settings::Settings;
use lexlogs::fleet::index::Index;
use lexlogs::fleet::targets::Targets;
use lexlogs::lint::{self, report::Report};
use lexlogs::parameters::{Key, Origin, RawValue};
use lexlogs::receipt::Verdict;
use lexlogs::received::verify;
use lexlogs::request::Request;
use lexlogs::templates::Templates;
use lexlogs::values::names::LexVersion;

/// A parameter file, as TOML and as JSON: it makes a bundle whose own
/// `request.json` makes it again, or its faults can be printed.
pub(crate) fn config(bytes: &[u8]) {
    for path in ["a.toml", "a.json"] {
        let config = Config::parse(Path::new(path), bytes);
        match Request::new(&config.parameters, config.faults) {
            Err(faults) => printable(&faults.to_string()),
            Ok(request) => {
                let made = bundle(&request);
                let file = made.files.iter().find(|file| file.name == "request.json");
                let json = file.expect("a request").text.as_bytes();
                let config = Config::parse(Path::new("request.json"), json);
                let again = Request::new(&config.parameters, config.faults);
                let again = bundle(&again.expect("a good request"));
                assert!(
                    again
                        .files
                        .iter()
                        .map(|file| &file.text)
                        .eq(made.files.iter().map(|file| &file.text))
                );
            }
        }
    }
}

/// A policy document, twice in a row, what is known of it by the first byte: what
/// is found can be printed, has its place in it, and comes in the order of the
/// lines; what is no JSON is told, and nothing else is told to be none.
pub(crate) fn lint(bytes: &[u8]) {
    let Some((first, document)) = bytes.split_first() else {
        return;
    };
    let known = usize::from(*first);
    let settings = lint::Settings {
        kind: lint::Kind::ALL.get(known % 4).copied(),
        lex_version: LexVersion::ALL.get(known / 4 % 3).copied(),
        inline: known / 12 % 2 == 1,
    };
    let sources = ["a.json", "b.json"].map(|name| lint::Source::new(name.into(), document));
    let report = Report::new(sources.len(), lint::lint(&sources, settings));
    printable(&report.to_text(&sources, false));
    printable(&report.to_json().expect("JSON"));
    printable(&report.to_sarif().expect("SARIF"));
    let text = String::from_utf8_lossy(document);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut last = ("a.json", 1, 1);
    for finding in &report.findings {
        let place = (finding.file.as_str(), finding.line, finding.column);
        assert!(last <= place, "{last:?}, {place:?}");
        last = place;
        let end = (finding.end_line, finding.end_column);
        assert!((finding.line, finding.column) <= end, "{finding:?}");
        for (line, column) in [(finding.line, finding.column), end] {
            assert!(column <= lines[line - 1].chars().count() + 1, "{finding:?}");
        }
    }
    let is_told = report
        .findings
        .iter()
        .any(|finding| finding.rule == "json-syntax");
    let is_json = serde_json::from_slice::<serde_json::Value>(document).is_ok();
    let is_flat = document.iter().filter(|byte| b"[{".contains(byte)).count() < 64;
    assert!(!(is_json && is_flat && is_told), "{text}");
    let is_any = serde_json::from_slice::<serde::de::IgnoredAny>(document).is_ok();
    assert!(is_any || is_told, "{text}");
}

/// The rows of a fleet, as a table, as JSON Lines and by the standard input:
/// each is judged or has faults that can be printed, and they come in the order
/// of their lines.
pub(crate) fn targets(bytes: &[u8]) {
    for path in [Some("a.csv"), Some("a.jsonl"), None] {
        let rows = match Targets::new(path.map(Path::new), bytes) {
            Ok(rows) => rows,
            Err(faults) => {
                printable(&Diagnostics(faults).to_string());
                continue;
            }
        };
        let lines = bytes.split(|byte| *byte == b'\n').count();
        let mut last = 0;
        for row in rows {
            assert!(last < row.line && row.line <= lines, "{last}, {}", row.line);
            last = row.line;
            if let Err(faults) = Request::new(&row.given, row.faults) {
                printable(&faults.to_string());
            }
        }
    }
}

/// The index of a fleet: what is read is written to the same bytes, so that
/// nothing else is in it, and no place leads out of the folder.
pub(crate) fn index(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match Index::parse(text) {
        Err(fault) => printable(&fault),
        Ok(index) => {
            for entry in &index.bundles {
                let places = entry.path.split('/').collect::<Vec<_>>();
                assert!(
                    places.len() == 2 && !places.contains(&".."),
                    "{}",
                    entry.path
                );
            }
            assert_eq!(index.text().expect("JSON"), text);
        }
    }
}

fn bundle(request: &Request) -> Bundle {
    let templates = Templates::built_in().expect("the templates");
    Bundle::new(request, templates).expect("a bundle of every good request")
}

/// Nothing that was given can write to a terminal.
fn printable(text: &str) {
    assert!(
        text.chars().all(|c| c == '\n' || !c.is_control()),
        "{text:?}"
    );
}

/// A page, its flavor by the first byte: what is outside its regions stays, and
/// once they are filled they stay as they are.
pub(crate) fn regions(bytes: &[u8]) {
    let Some((first, page)) = bytes.split_first() else {
        return;
    };
    let flavor = Flavor::ALL[usize::from(*first) % Flavor::ALL.len()];
    let mut settings = Settings::default();
    let version = RawValue::Text("v2".into());
    settings
        .parameters
        .set(Key::LexVersion, version, Origin::Flag);
    let templates = Templates::of_pages().expect("the templates");
    let rewrite = |bytes: &[u8]| {
        let shown = "page";
        rewrite(
            &Page {
                shown,
                bytes,
                flavor,
            },
            &settings,
            &[],
            templates,
        )
    };
    let rewritten = match rewrite(page) {
        Ok(rewritten) => rewritten,
        Err(RewriteError::Diagnostics(faults)) => {
            assert!(!faults.is_empty());
            return faults
                .iter()
                .map(Diagnostic::to_string)
                .for_each(|fault| printable(&fault));
        }
        Err(RewriteError::Render(error)) => panic!("{error}"),
    };
    let new = rewritten.apply(page);
    let outside = |page: &[u8]| {
        let found = regions::find(page, flavor.comments()).0;
        let mut outside: Vec<Vec<u8>> = Vec::new();
        let mut from = 0;
        for region in found {
            outside.push(page[from..region.content.start].to_owned());
            from = region.content.end;
        }
        outside.push(page[from..].to_owned());
        outside
    };
    assert_eq!(outside(page), outside(&new));
    match rewrite(&new) {
        Ok(again) => assert_eq!(again.changes, []),
        Err(RewriteError::Diagnostics(faults)) => panic!("{faults:?}"),
        Err(RewriteError::Render(error)) => panic!("{error}"),
    }
}

/// The request that the receipts are of.
static REQUEST: LazyLock<Request> = LazyLock::new(|| {
    let toml = include_bytes!("../examples/text-and-audio/lexlogs.toml");
    let config = Config::parse(Path::new("lexlogs.toml"), toml);
    Request::new(&config.parameters, config.faults).expect("a good example")
});

/// A receipt: what it says can be printed; what is done is of this bundle, and
/// a run of another one after it changes nothing.
pub(crate) fn receipt(bytes: &[u8]) {
    // Its last line ended, or what follows would be part of it.
    let text = format!("{}\n", String::from_utf8_lossy(bytes));
    let Ok(verdict) = Verdict::new(&text, &REQUEST, "d") else {
        return;
    };
    printable(&verdict.to_string());
    assert!(verdict.belongs || !verdict.done);
    assert!(
        verdict
            .steps
            .iter()
            .map(|step| step.number)
            .eq(1..=verdict.steps.len())
    );
    let other = format!("{text}receipt: 2\nbundle-digest: other\ncreating: x\n");
    assert_eq!(Verdict::new(&other, &REQUEST, "d"), Ok(verdict));
}

/// The request's bundle.
static ZIP: LazyLock<Vec<u8>> = LazyLock::new(|| bundle(&REQUEST).to_zip().expect("a zip"));

/// A zip, or a good bundle's zip with changes, by the first byte; a change is
/// three bytes of place, one of length, and what stands there instead. No
/// altered bundle is whole.
pub(crate) fn verify(bytes: &[u8]) {
    let Some((first, mut rest)) = bytes.split_first() else {
        return;
    };
    if *first % 3 == 2 {
        return printable(&verify::verify(rest).to_string());
    }
    let mut zip = ZIP.clone();
    while let [high, middle, low, length, more @ ..] = rest {
        let place = u32::from_be_bytes([0, *high, *middle, *low]) as usize % zip.len();
        let (new, more) = more.split_at(more.len().min(usize::from(*length)));
        let end = zip.len().min(place + new.len());
        zip[place..end].copy_from_slice(&new[..end - place]);
        if new.is_empty() {
            zip.truncate(place);
            zip.push(0);
        }
        rest = more;
    }
    let report = verify::verify(&zip);
    printable(&report.to_string());
    assert_eq!(report.proven, zip == *ZIP, "{report}");
}
