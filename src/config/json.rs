//! Parameters in JSON.

use std::collections::HashMap;
use std::sync::Arc;

use super::Reader;
use crate::diagnostic::{Source, Span};
use crate::json::explain::explain;
use crate::json::placed::{self, Node, Placed, SyntaxError};
use crate::parameters::{RawPair, RawValue};

/// More items than this no list may have, and are not kept.
const MAX_ITEMS: usize = 100;

impl Reader {
    pub(super) fn json(&mut self) {
        let source = Arc::clone(&self.source);
        let text = source.text();
        let start = text.len() - text.trim_start().len();
        // The first line of a list alone, in JSON Lines, is no JSON at all.
        let is_list = text[start..].starts_with('[');
        let members = match placed::read(text) {
            Ok(Placed {
                node: Node::Object(members),
                ..
            }) => members,
            Err(SyntaxError { at, what }) if !is_list => return self.not_json(at, &what, None),
            other => {
                let noun = other.map_or("a list", |other| other.noun());
                let help = "all parameters must be in one object: `{ \"name\": \"value\", … }`";
                return self.not_json(start, &format!("is {noun}"), Some(help));
            }
        };
        let mut seen = HashMap::new();
        for member in members {
            if let Some(first) = seen.insert(member.key.clone(), member.span.start) {
                self.given_twice(&member.key, member.span, Some(first));
                continue;
            }
            let spot = Span::new(&source, member.span, member.value.span.clone());
            self.member(&member.key, json_value(&source, member.value), spot);
        }
    }

    fn not_json(&mut self, at: usize, what: &str, help: Option<&str>) {
        let explained = explain(self.source.text(), at, what);
        let what = format!("is not a JSON object: {}", explained.clause());
        let help = help.map(str::to_owned).or(explained.help);
        self.refuse(None, explained.span, what, help);
    }
}

fn json_value(source: &Arc<Source>, value: Placed) -> RawValue {
    let text = source.text()[value.span].to_owned();
    match value.node {
        Node::Text(text) => RawValue::Text(text),
        Node::Bool => RawValue::Switch(text == "true"),
        Node::Number => RawValue::Other("a number", text),
        Node::Null => RawValue::Other("null", text),
        Node::List(items) => {
            let items = items.into_iter().take(MAX_ITEMS);
            RawValue::List(items.map(|item| json_value(source, item)).collect(), text)
        }
        Node::Object(members) => {
            let pairs = members.into_iter().map(|member| RawPair {
                key: member.key,
                spot: Some(Span::new(source, member.span, member.value.span.clone())),
                value: json_value(source, member.value),
            });
            RawValue::Pairs(pairs.collect())
        }
    }
}
