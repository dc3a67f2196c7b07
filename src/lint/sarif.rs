//! The same as a log of SARIF 2.1.0 (OASIS, Static Analysis Results Interchange
//! Format), as code hosts and editors read it: the few parts of it that say
//! something here.

use serde::Serialize;

use super::report::Report;
use super::rules::{RULES, Rule};
use super::{Finding, Severity};

/// The schema, by its address at OASIS.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    /// Columns count characters.
    column_kind: &'static str,
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Message<'static>,
    full_description: Message<'static>,
    help: Message<'static>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: Severity,
}

#[derive(Serialize)]
struct Message<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: Severity,
    message: Message<'static>,
    locations: [Location; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// A report as SARIF.
pub(super) fn of(report: &Report) -> Result<String, serde_json::Error> {
    crate::json::to_text(&Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: env!("CARGO_PKG_NAME"),
                    version: env!("CARGO_PKG_VERSION"),
                    rules: RULES.iter().map(descriptor).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: report.findings.iter().map(outcome).collect(),
        }],
    })
}

fn message<'a>(text: impl Into<std::borrow::Cow<'a, str>>) -> Message<'a> {
    Message { text: text.into() }
}

fn descriptor(rule: &'static Rule) -> Descriptor {
    let Rule {
        id,
        severity,
        title,
        what,
        why,
        mend,
        source,
        ..
    } = rule;
    Descriptor {
        id,
        short_description: message(*title),
        full_description: message(*what),
        help: message(format!("{why}\n\n{mend}\n\nSource: {source}")),
        default_configuration: Configuration { level: *severity },
    }
}

fn outcome(finding: &Finding) -> Outcome {
    let index = RULES.iter().position(|rule| rule.id == finding.rule);
    Outcome {
        rule_id: finding.rule,
        rule_index: index.unwrap_or_default(),
        level: finding.severity,
        message: message(format!("{}: {}", finding.message, finding.help)),
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation {
                    uri: uri(&finding.file),
                },
                region: Region {
                    start_line: finding.line,
                    start_column: finding.column,
                    end_line: finding.end_line,
                    end_column: finding.end_column,
                },
            },
        }],
    }
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
