//! What already exists where a bundle is to go: how it differs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Bundle;
use crate::escape::escape_value;
use crate::render::REQUEST;

/// How older files, by their names in the bundle's folder, differ from this
/// bundle: its parameters, and its files.
#[must_use]
pub fn differences(old: &BTreeMap<String, Vec<u8>>, new: &Bundle) -> Vec<String> {
    let is_kept = |name: &str| new.files.iter().any(|file| file.name == name);
    let gone = old.keys().filter(|name| !is_kept(name));
    let gone = listed("only in the old one", gone.map(String::as_str));
    let added = new.files.iter().map(|file| file.name);
    let added = listed(
        "only in the new one",
        added.filter(|name| !old.contains_key(*name)),
    );
    let is_other = |file: &&crate::digest::File| {
        let before = old.get(file.name);
        before.is_some_and(|text| text != file.text.as_bytes())
    };
    let others: Vec<&crate::digest::File> = new.files.iter().filter(is_other).collect();
    let request = others.iter().find(|file| file.name == REQUEST);
    let parameters = request.map(|file| parameters(&old[REQUEST], file.text.as_bytes()));
    let mut lines = parameters.unwrap_or_default();
    lines.extend(match (lines.is_empty(), others.len()) {
        (_, 0) => None,
        (true, _) => listed("different", others.iter().map(|file| file.name)),
        (false, 1) => Some("1 file differs".into()),
        (false, count) => Some(format!("{count} files differ")),
    });
    lines.extend([gone, added].into_iter().flatten());
    lines
}

/// So many names and parameters are listed.
const LISTED: usize = 8;

fn listed<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<String> = names.map(escape_value).collect();
    let more = match names.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let first = names.iter().take(LISTED).cloned().collect::<Vec<_>>();
    (!names.is_empty()).then(|| format!("{what}: {}{more}", first.join(", ")))
}

/// The parameters that differ, with both values, as `diff` prints them.
fn parameters(old: &[u8], new: &[u8]) -> Vec<String> {
    let read = |text| serde_json::from_slice::<BTreeMap<String, Value>>(text).unwrap_or_default();
    let (old, new) = (read(old), read(new));
    let shown = |value: Option<&Value>| match value {
        None => "(not set)".to_owned(),
        Some(Value::String(text)) => escape_value(text),
        Some(value) => escape_value(&value.to_string()),
    };
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let changed = names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name));
    let line = |name: &String| {
        let (old, new) = (shown(old.get(name)), shown(new.get(name)));
        format!("{}: {old} -> {new}", escape_value(name))
    };
    changed.take(LISTED).map(line).collect()
}
