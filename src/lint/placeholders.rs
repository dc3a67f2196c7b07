//! Placeholders of templates and of documentation that nobody filled in.

use super::finding::Flaw;
use super::statement::Text;
use super::subject::Subject;
use crate::diagnostic::escape_value;

/// What somebody was to replace in a text.
pub(super) struct Placeholder<'a> {
    pub(super) text: &'a str,
    /// Whether it has the marks of templates, which nothing else has.
    pub(super) is_marked: bool,
}

/// The first placeholder in a text, if there is one.
pub(super) fn placeholder(text: &str) -> Option<Placeholder<'_>> {
    let between = |open: &str, close: &str| {
        let from = text.find(open)?;
        let inside = &text[from + open.len()..];
        let inside = &inside[..inside.find(close)?];
        let is_word = |c: char| c.is_alphanumeric() || " _-.$|'\"[]()".contains(c);
        let is_named = open != "%" || inside.starts_with(|c: char| c.is_ascii_uppercase());
        let is_one = is_named && !inside.trim().is_empty() && inside.chars().all(is_word);
        // A policy variable has a colon; the other three stand for a character.
        is_one.then(|| &text[from..from + open.len() + inside.len() + close.len()])
    };
    let marks = [
        ("{{", "}}"),
        ("<", ">"),
        ("${", "}"),
        ("[", "]"),
        ("$(", ")"),
        ("#{", "}"),
        ("%", "%"),
        ("<%", "%>"),
        ("__", "__"),
    ];
    let marked = marks
        .into_iter()
        .find_map(|(open, close)| between(open, close));
    // A variable of a shell that stood in single quotes.
    let variable = || {
        let from = text.find('$')?;
        let name = &text[from + 1..];
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let name = &name[..end.unwrap_or(name.len())];
        let is_one = name.starts_with(|c: char| c.is_ascii_alphabetic());
        is_one.then(|| &text[from..=from + name.len()])
    };
    let marked = marked.or_else(variable);
    if let Some(text) = marked.filter(|text| !text.starts_with("${$")) {
        return Some(Placeholder {
            text,
            is_marked: true,
        });
    }
    let is_one = |part: &&str| {
        let lower = part.to_ascii_lowercase().replace('_', "-");
        let begins = [
            "your-",
            "replace-",
            "change-me",
            "changeme",
            "insert-",
            "enter-your",
        ];
        begins.iter().any(|begin| lower.starts_with(begin))
            || ["bucket-name", "log-group-name", "role-name", "key-id"].contains(&lower.as_str())
    };
    let text = text.split([':', '/']).find(is_one)?;
    Some(Placeholder {
        text,
        is_marked: false,
    })
}

pub(super) fn is_marked(text: &str) -> bool {
    placeholder(text).is_some_and(|found| found.is_marked)
}

pub(super) fn placeholders(subject: &Subject<'_>) -> Vec<Flaw> {
    let principals = subject.principals().map(|principal| principal.name);
    let values = subject.conditions().flat_map(|condition| condition.values);
    let flaw = |text: Text<'_>| {
        let found = escape_value(placeholder(text.text)?.text);
        let message = format!("`{found}` is a placeholder that was not filled in");
        Some(text.flaw(message, "write the value that it stands for"))
    };
    let texts = subject.resources().chain(principals).chain(values);
    texts.filter_map(flaw).collect()
}
