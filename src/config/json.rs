//! Parameters in JSON.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use serde_json::value::RawValue as RawJson;

use super::Reader;
use crate::diagnostic::{Source, Span};
use crate::json::Members;
use crate::json::explain::explain;
use crate::parameters::{RawPair, RawValue};

/// More items than this no list may have, and are not kept.
const MAX_ITEMS: usize = 100;

impl Reader {
    pub(super) fn json(&mut self) {
        let source = Arc::clone(&self.source);
        let Members::<String>(members) = match serde_json::from_str(source.text()) {
            Ok(members) => members,
            Err(error) => return self.not_json(&error),
        };
        let mut seen = HashMap::new();
        for (key, json) in &members {
            let (name, value) = spans(&source, json);
            if let Some(first) = seen.insert(key.as_str(), name.start) {
                self.given_twice(key, name, Some(first));
                continue;
            }
            let spot = Span::new(&source, name, value);
            self.member(key, json_value(&source, json), spot);
        }
    }

    fn not_json(&mut self, error: &serde_json::Error) {
        let source = Arc::clone(&self.source);
        let text = source.text();
        let at = offset_of(text, error);
        let mut explained = explain(text, at, &crate::json::reason(error));
        if error.is_data() {
            let help = "all parameters stand in one object: `{ \"name\": \"value\", … }`";
            explained.help = Some(help.into());
        }
        let what = format!("is not a JSON object: {}", explained.clause());
        self.refuse(None, explained.span, what, explained.help);
    }
}

/// The byte that serde's line and column are of; its columns are counted in
/// bytes, and of the last one that was read.
fn offset_of(text: &str, error: &serde_json::Error) -> usize {
    let lines = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let before: usize = lines.map(str::len).sum();
    let mut at = (before + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where a value and its key stand, which is before it.
fn spans(source: &Source, json: &RawJson) -> (Range<usize>, Range<usize>) {
    // The value borrows from the text, so its place is its offset.
    let text = source.text();
    let offset = json.get().as_ptr() as usize - text.as_ptr() as usize;
    let before = text.get(..offset).unwrap_or_default().trim_end();
    let key = before.strip_suffix(':').unwrap_or(before).trim_end();
    let inside = key.strip_suffix('"').unwrap_or(key);
    // A quotation mark within a key has a backslash before it, and what stands before a key has none.
    let mut quotes = inside.rmatch_indices('"').map(|(at, _)| at);
    let begin = quotes.find(|at| !inside[..*at].ends_with('\\'));
    (
        begin.unwrap_or(offset)..key.len(),
        offset..offset + json.get().len(),
    )
}

fn json_value(source: &Arc<Source>, json: &RawJson) -> RawValue {
    use serde_json::Value;

    let text = json.get().to_owned();
    match serde_json::from_str(json.get()) {
        Ok(Value::String(text)) => RawValue::Text(text),
        Ok(Value::Bool(on)) => RawValue::Switch(on),
        Ok(Value::Number(_)) => RawValue::Other("a number", text),
        Ok(Value::Array(_)) => {
            let items: Vec<&RawJson> = serde_json::from_str(json.get()).unwrap_or_default();
            // A stranger's may be long, and deep.
            let items = items.into_iter().take(MAX_ITEMS);
            let items = items.map(|item| match item.get().as_bytes().first() {
                Some(b'[') => RawValue::Other("an array", "[…]".into()),
                Some(b'{') => RawValue::Other("a table", "{…}".into()),
                _ => json_value(source, item),
            });
            RawValue::List(items.collect(), text)
        }
        Ok(Value::Null) => RawValue::Other("null", text),
        Ok(Value::Object(_)) => {
            // Once more, for duplicate keys and for places.
            let members = serde_json::from_str(json.get());
            let Members(members) = members.unwrap_or_default();
            let pairs = members.into_iter().map(|(key, value)| {
                let (name, span) = spans(source, value);
                RawPair {
                    key,
                    value: json_value(source, value),
                    spot: Some(Span::new(source, name, span)),
                }
            });
            RawValue::Pairs(pairs.collect())
        }
        // Valid as JSON, but no program holds it: half a surrogate pair, a number beyond all numbers.
        Err(_) => RawValue::Other("a value that cannot be read", text),
    }
}
