//! The same as a log of SARIF 2.1.0 (OASIS, Static Analysis Results Interchange
//! Format), as code hosts and editors read it: the few parts of it that say
//! something here.

use serde_json::{Value, json};

use super::finding::Finding;
use super::rules::{RULES, Rule};

/// The schema, by its address at OASIS.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn of(findings: &[Finding]) -> Result<String, serde_json::Error> {
    let driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "rules": RULES.iter().map(descriptor).collect::<Value>(),
    });
    let run = json!({
        "tool": { "driver": driver },
        "columnKind": "unicodeCodePoints",
        "results": findings.iter().map(outcome).collect::<Value>(),
    });
    crate::json::to_text(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }))
}

fn descriptor(rule: &Rule) -> Value {
    let help = format!("{}\n\n{}\n\nSource: {}", rule.why, rule.fix, rule.source);
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.what },
        "help": { "text": help },
        "defaultConfiguration": { "level": rule.severity },
    })
}

fn outcome(finding: &Finding) -> Value {
    let location = json!({
        "artifactLocation": { "uri": uri(&finding.file) },
        "region": {
            "startLine": finding.line,
            "startColumn": finding.column,
            "endLine": finding.end_line,
            "endColumn": finding.end_column,
        },
    });
    json!({
        "ruleId": finding.rule,
        "ruleIndex": RULES.iter().position(|rule| rule.id == finding.rule),
        "level": finding.severity,
        "message": { "text": format!("{}: {}", finding.message, finding.help) },
        "locations": [{ "physicalLocation": location }],
    })
}

/// A path as a relative reference, or as an address if it is absolute. (RFC
/// 3986, sections 2 and 4.2; RFC 8089.)
fn uri(path: &str) -> String {
    let path = if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    let mut uri = String::new();
    let is_drive = cfg!(windows) && path.get(1..3) == Some(":/");
    if path.starts_with('/') || is_drive {
        uri.push_str(if is_drive { "file:///" } else { "file://" });
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_reference() {
        for (path, expected) in [
            ("policies/a.json", "policies/a.json"),
            ("/tmp/a b.json", "file:///tmp/a%20b.json"),
            ("a:b/ö.json", "a%3Ab/%C3%B6.json"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
