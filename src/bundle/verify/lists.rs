//! The files that list the others against what is there.

use std::collections::{BTreeMap, BTreeSet};

use crate::bundle::manifest::{CHECKSUMS, Entry, MANIFEST, Manifest, checksum_line, octal};
use crate::bundle::name;
use crate::bundle::received::{Finding, Part, Received, bytes};
use crate::digest::sha256;
use crate::fault::printable;
use crate::limits::MAX_FILES;

/// Compares both lists with the files, whose digests are `digests` in their
/// order.
pub(super) fn check(
    received: &Received<'_>,
    manifest: &Manifest<'_>,
    digests: &[String],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if manifest.files.len() > MAX_FILES {
        let what = format!(
            "lists {} files; no bundle has more than {MAX_FILES}",
            manifest.files.len()
        );
        findings.push(Finding::of(MANIFEST, what));
        return findings;
    }
    let canonical = crate::json::to_line(manifest).unwrap_or_default();
    let is_canonical = |bytes: &[u8]| bytes == canonical.as_bytes();
    let read = received.part(MANIFEST).unwrap_or_default();
    let lines_differ = only_line_ends(read, is_canonical);
    if let Some(what) = lines_differ.clone() {
        findings.push(Finding::of(MANIFEST, what));
    } else if !is_canonical(read) {
        let what = "is not written as lexlogs writes it: white space, order or escapes differ";
        findings.push(Finding::of(MANIFEST, what));
    }
    // Its digest in the other list is that of what lexlogs wrote.
    let canonical = lines_differ.map(|_| sha256(canonical.as_bytes()));
    let there: BTreeMap<&str, (&Part<'_>, &String)> = std::iter::zip(&received.parts, digests)
        .map(|(part, digest)| (part.name.as_ref(), (part, digest)))
        .collect();
    check_names(manifest, &there, &mut findings);
    check_manifest(manifest, &there, &mut findings);
    match received.part(CHECKSUMS) {
        None => findings.push(Finding::of(CHECKSUMS, "is missing")),
        Some(text) => check_checksums(text, manifest, canonical.as_ref(), &there, &mut findings),
    }
    for name in [MANIFEST, CHECKSUMS] {
        let mode = there.get(name).and_then(|(part, _)| part.mode).map(octal);
        if let Some(mode) = mode.filter(|mode| mode != "0644") {
            let what = format!("has the mode {mode}; lexlogs writes 0644");
            findings.push(Finding::of(name, what));
        }
    }
    findings
}

/// What is said of a file that is right but for its line ends; none if it is
/// right, or if more is wrong.
fn only_line_ends(bytes: &[u8], is_right: impl Fn(&[u8]) -> bool) -> Option<String> {
    let mut unix = bytes.to_vec();
    unix.retain(|byte| *byte != b'\r');
    let mut windows = Vec::with_capacity(bytes.len() + bytes.len() / 20);
    for byte in &unix {
        windows.extend((*byte == b'\n').then_some(b'\r'));
        windows.push(*byte);
    }
    let (from, to) = match (is_right(bytes), is_right(&unix), is_right(&windows)) {
        (true, ..) => return None,
        (_, true, _) => ("CRLF", "LF"),
        (_, _, true) => ("LF", "CRLF"),
        _ => return None,
    };
    Some(format!(
        "has {from} as line ends instead of {to}, as git and editors change them; its text is intact: unpack the zip again"
    ))
}

/// Names that every system keeps, of which no two are one to any. Of a zip they
/// were found right before; what is not listed is a fault anyway.
fn check_names(
    manifest: &Manifest<'_>,
    there: &BTreeMap<&str, (&Part<'_>, &String)>,
    findings: &mut Vec<Finding>,
) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for Entry { name, .. } in &manifest.files {
        if !there.contains_key(name.as_ref()) {
            continue;
        }
        if let Some(known) = seen.insert(name.to_ascii_lowercase(), name)
            && known != name
        {
            let what = format!(
                "differs from `{known}` in capital letters alone: Windows and macOS keep only one of them"
            );
            findings.push(Finding::of(name, what));
        }
    }
}

/// Every file that the manifest lists, and none that it does not.
fn check_manifest(
    manifest: &Manifest<'_>,
    there: &BTreeMap<&str, (&Part<'_>, &String)>,
    findings: &mut Vec<Finding>,
) {
    let mut listed = BTreeSet::from([MANIFEST, CHECKSUMS]);
    for entry in &manifest.files {
        if !listed.insert(&entry.name) {
            let what = format!(
                "lists `{}` twice, or though it lists that itself",
                printable(&entry.name)
            );
            findings.push(Finding::of(MANIFEST, what));
            continue;
        }
        let mut find = |what: String| findings.push(Finding::of(&entry.name, what));
        if let Err(what) = name::check_file(&entry.name) {
            find(what);
            continue;
        }
        let Some((part, digest)) = there.get(entry.name.as_ref()) else {
            find("is missing".into());
            continue;
        };
        let is_right = |bytes: &[u8]| bytes.len() == entry.size && sha256(bytes) == entry.sha256;
        let is_the_same = part.bytes.len() == entry.size && **digest == entry.sha256;
        let ends = (!is_the_same).then(|| only_line_ends(&part.bytes, is_right));
        if let Some(what) = ends.flatten() {
            find(what);
        } else if part.bytes.len() != entry.size {
            find(format!(
                "has {}; the manifest says {}",
                bytes(part.bytes.len()),
                entry.size
            ));
        } else if **digest != entry.sha256 {
            find(format!(
                "has the SHA-256 {digest}; the manifest says {}",
                printable(&entry.sha256)
            ));
        }
        if !["0644", "0755"].contains(&entry.mode.as_ref()) {
            find(format!(
                "has the mode {} by the manifest; a bundle's files have 0644 or 0755",
                printable(&entry.mode)
            ));
        } else if let Some(mode) = part.mode.map(octal)
            && mode != entry.mode
        {
            find(format!(
                "has the mode {mode}; the manifest says {}",
                entry.mode
            ));
        }
    }
    for name in there.keys().filter(|name| !listed.contains(*name)) {
        findings.push(Finding::of(name, "is not in the manifest: it was added"));
    }
}

/// The list of digests says what the manifest says, and of the manifest what is
/// so.
fn check_checksums(
    text: &[u8],
    manifest: &Manifest<'_>,
    canonical: Option<&String>,
    there: &BTreeMap<&str, (&Part<'_>, &String)>,
    findings: &mut Vec<Finding>,
) {
    let mut wanted: BTreeMap<&str, &str> = manifest
        .files
        .iter()
        .map(|entry| (entry.name.as_ref(), entry.sha256.as_ref()))
        .collect();
    if let Some((_, digest)) = there.get(MANIFEST) {
        wanted.insert(MANIFEST, canonical.unwrap_or(digest));
    }
    let lines: String = wanted
        .iter()
        .map(|(name, digest)| checksum_line(name, digest))
        .collect();
    if text == lines.as_bytes() {
        return;
    }
    if let Some(what) = only_line_ends(text, |text| text == lines.as_bytes()) {
        findings.push(Finding::of(CHECKSUMS, what));
        return;
    }
    let before = findings.len();
    let text = String::from_utf8_lossy(text);
    let mut listed: BTreeMap<&str, &str> = BTreeMap::new();
    let mut find = |what: String| findings.push(Finding::of(CHECKSUMS, what));
    // Beyond so many lines it is none of a bundle's, and one message is enough.
    for line in text.lines().take(2 * MAX_FILES) {
        match line.split_once("  ") {
            Some((digest, name)) if wanted.contains_key(name) => {
                if listed.insert(name, digest).is_some() {
                    find(format!("has two lines for {name}"));
                }
            }
            Some((_, name)) => find(format!(
                "has a line for `{}`, which the manifest does not list",
                printable(name)
            )),
            None => find(format!(
                "has the line `{}`, which is no digest with a name",
                printable(line)
            )),
        }
    }
    for (name, digest) in &wanted {
        match listed.get(name) {
            None => find(format!("has no line for {}", printable(name))),
            Some(said) if said != digest => {
                let than = if *name == MANIFEST {
                    "it has"
                } else {
                    "the manifest says"
                };
                find(format!(
                    "gives {} another SHA-256 than {than}",
                    printable(name)
                ));
            }
            Some(_) => {}
        }
    }
    if findings.len() == before {
        let what = "is not written as lexlogs writes it: the order or white space differs";
        findings.push(Finding::of(CHECKSUMS, what));
    }
}
