//! What a text is that is no JSON, in the words of who wrote it.

use std::ops::Range;

use crate::diagnostic::Lookalike;

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Explained {
    pub(crate) span: Range<usize>,
    /// What is wrong, as a sentence fragment.
    pub(crate) what: String,
    /// What to do, if that is known.
    pub(crate) help: Option<String>,
}

impl Explained {
    /// What is wrong, behind a colon.
    pub(crate) fn clause(&self) -> String {
        let is_verb = ["is ", "has "]
            .iter()
            .any(|verb| self.what.starts_with(verb));
        let subject = if is_verb { "it " } else { "" };
        format!("{subject}{}", self.what)
    }
}

/// Explains what serde says of a text: its reason, and the byte.
pub(crate) fn explain(text: &str, at: usize, reason: &str) -> Explained {
    let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |end| from + end);
    let explained = |span: Range<usize>, what: &str, help: &str| Explained {
        span,
        what: what.to_owned(),
        help: Some(help.to_owned()),
    };
    let start = text.len() - text.trim_start().len();
    let letter = at..at + text[at..].chars().next().map_or(0, char::len_utf8);
    // JSON that is something else than what it is read as.
    if reason.starts_with("is ") {
        return Explained {
            span: letter,
            what: reason.to_owned(),
            help: None,
        };
    }
    if start == text.len() {
        return explained(0..0, "is empty", "write the document into it");
    }
    if let Some((what, help)) = whole(text.trim_start()) {
        let line = text[start..line_end(start)].trim_end();
        return explained(start..start + line.len(), what, help);
    }
    let rest = &text[at..];
    let is_text = reason.contains("control character") || reason == "EOF while parsing a string";
    // A text that began with a plain quotation mark may end with a curly one.
    let around = if is_text {
        let line = text[..at].trim_end().rfind('\n').map_or(0, |end| end + 1);
        line..line_end(at)
    } else {
        letter.clone()
    };
    let lookalike = Lookalike::within(text, around);
    if let Some(lookalike) = lookalike.filter(|one| !is_text || one.plain == Some('"')) {
        let help = match lookalike.plain {
            Some('\'') => "type `\"`: JSON has text in double quotes".into(),
            _ => lookalike.help(),
        };
        return explained(lookalike.at.clone(), &lookalike.what(), &help);
    }
    let line = || {
        let end = rest.find("*/").filter(|_| rest.starts_with("/*"));
        let end = end.map_or(line_end(at), |end| at + end + 2);
        at..at + text[at..end].trim_end().len()
    };
    if ["//", "/*", "#"]
        .iter()
        .any(|comment| rest.starts_with(comment))
    {
        return explained(
            line(),
            "has a comment",
            "take the comment out: JSON has no comments",
        );
    }
    if rest.starts_with('\'') {
        return explained(
            letter,
            "has single quotes",
            "write `\"`: JSON has text in double quotes",
        );
    }
    if rest.starts_with("\\\"") {
        let help = "take the backslashes out: this was the content of a string";
        return explained(at..at + 2, "has escaped quotation marks", help);
    }
    let from = if text[..at].ends_with('{') && rest.starts_with('{') {
        at - 1
    } else {
        at
    };
    if ["{{", "<", "${", "[[", "%", "...", "…"]
        .iter()
        .any(|open| text[from..].starts_with(open))
        && !is_text
    {
        let end = text[from..line_end(from)]
            .find([',', '"'])
            .unwrap_or(line_end(from) - from);
        let end = from + text[from..from + end].trim_end().len();
        let help = "write the value that it stands for, in double quotes";
        return explained(from..end, "has a placeholder that was not filled in", help);
    }
    let word = rest
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    let span = at..at + word.len();
    match (reason, word) {
        ("expected value", "True" | "False" | "None") => {
            let help = "JSON has `true`, `false` and `null`; Python prints it by `json.dumps`";
            explained(span, &format!("has Python's `{word}`"), help)
        }
        ("trailing comma", _) => {
            // The comma itself, which is before.
            let at = text[..at].rfind(',').unwrap_or(at);
            let help = "nothing follows the comma before it: take that comma out";
            explained(at..at + 1, reason, help)
        }
        ("key must be a string", _) if !word.is_empty() && word.len() < 64 => {
            let help = format!("write `\"{word}\"`: JSON has keys in double quotes");
            explained(span, reason, &help)
        }
        _ => Explained {
            span: letter,
            what: reason.to_owned(),
            help: of_reason(reason, rest).map(str::to_owned),
        },
    }
}

fn of_reason(reason: &str, rest: &str) -> Option<&'static str> {
    Some(match reason {
        "key must be a string" => "JSON has keys in double quotes, and no comments",
        "expected `,` or `}`" | "expected `:`" => {
            "JSON has `\"name\": \"value\"`, with a comma between two of them"
        }
        "expected `,` or `]`" => "a list has a comma between two of its elements",
        "expected value" | "expected ident" => "JSON has text in double quotes, and no comments",
        "unexpected end of hex escape" | "lone leading surrogate in hex escape" => {
            "write the character itself, or both halves of its `\\u` escape"
        }
        "EOF while parsing a string" => "a quotation mark has no partner",
        "trailing characters" if rest.starts_with('{') => {
            "a second document begins here: give each a file of its own"
        }
        "trailing characters" => "nothing may follow the last `}`",
        _ if reason.starts_with("EOF while parsing") => {
            "the file ends too early: a `}` or more is missing at its end"
        }
        _ if reason.contains("control character") => {
            "a value must be on one line, with such characters as `\\n`; a quotation mark may have no partner"
        }
        _ => return None,
    })
}

/// What a text is as a whole, if it is of a format that is often taken for JSON;
/// and what to do.
fn whole(text: &str) -> Option<(&'static str, &'static str)> {
    let begin = text.get(..3).unwrap_or(text).to_ascii_lowercase();
    if ["%7b", "%22", "%5b"].contains(&begin.as_str()) {
        let help = "decode it first: `%7B` stands for `{`, `%22` for `\"`";
        return Some(("is URL-encoded", help));
    }
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c) || c.is_whitespace();
    if text.len() > 20
        && (begin.starts_with("ey") || begin.starts_with("ew"))
        && text.chars().all(is_base64)
    {
        return Some(("is Base64", "decode it first, such as by `base64 -d`"));
    }
    let is_tag = |c: char| c.is_ascii_alphabetic() || "!?".contains(c);
    if text
        .strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(is_tag) && text.contains("</"))
    {
        return Some((
            "is HTML or XML",
            "save the JSON itself, not the page that shows it",
        ));
    }
    let mut lines = text.lines().map(str::trim);
    let line = lines.find(|line| !line.is_empty() && !line.starts_with('#'))?;
    let name = |c: char| c.is_ascii_alphanumeric() || "_-.' ".contains(c);
    let is_name = |key: &str| !key.trim().is_empty() && key.chars().all(name);
    let is_yaml = line == "---"
        || line.starts_with("- ")
        || line.split_once(':').is_some_and(|(key, rest)| {
            is_name(key) && (rest.is_empty() || rest.starts_with([' ', '\t']))
        });
    let begins = [
        "resource \"",
        "data \"",
        "locals {",
        "variable \"",
        "module \"",
    ];
    if begins.iter().any(|begin| line.starts_with(begin)) {
        Some((
            "is Terraform configuration",
            "give the JSON that it renders",
        ))
    } else if is_yaml {
        Some(("is YAML", "YAML is not supported: write JSON"))
    } else if line.split_once('=').is_some_and(|(key, _)| is_name(key)) {
        Some((
            "is not JSON but `name = value`",
            "write `{ \"name\": \"value\" }`, or name the file `.toml` if it is TOML",
        ))
    } else {
        None
    }
}
