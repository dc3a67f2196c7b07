//! What is looked at before a document is read as a policy: its characters, its
//! JSON, its size.

use std::collections::HashSet;

use super::finding::Flaw;
use super::statement::{Statement, Text, members};
use super::subject::{Kind, Subject};
use crate::diagnostic::escape_all;
use crate::json::explain::explain;
use crate::json::placed::{Member, Node, Placed};
use crate::policy::quotas;

/// What to do about its characters.
const SAVE: &str = "save the file as UTF-8 without a byte order mark";

pub(super) fn syntax(subject: &Subject<'_>) -> Vec<Flaw> {
    let text = subject.text();
    let here = |at: usize| at..text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    if let Some(at) = subject.source.undecodable {
        return vec![Flaw::new(here(at), "this is not UTF-8 text", SAVE)];
    }
    if text.starts_with('\u{feff}') {
        let message = "the file begins with a byte order mark, which IAM takes for a syntax error";
        return vec![Flaw::new(here(0), message, SAVE)];
    }
    let Err(error) = subject.read else {
        return Vec::new();
    };
    let explained = explain(text, error.at, &error.what);
    let message = format!("this is no JSON: {}", escape_all(&explained.clause()));
    let help = explained
        .help
        .unwrap_or_else(|| "fix it here or just before".into());
    let help = help.replace("YAML is not supported: write JSON", "IAM takes JSON alone");
    vec![Flaw::new(explained.span, message, help)]
}

/// What IAM and S3 answer with "must not have leading spaces".
pub(super) fn leading_space(subject: &Subject<'_>) -> Vec<Flaw> {
    let text = subject.text();
    let is_white = |c: char| c.is_ascii_whitespace();
    let rest = text.trim_start_matches(is_white);
    // Of other services' policies nobody has said so.
    let mut actions = subject.statements.iter().flat_map(Statement::actions);
    let is_taken = subject.kind == Some(Kind::Resource)
        && !actions.any(|action| action.text.starts_with("s3:"));
    if rest.len() == text.len() || !rest.starts_with('{') || is_taken {
        return Vec::new();
    }
    let message = "there is white space before the first `{`, which IAM refuses: a policy must not have leading spaces";
    let end = text.find('\n').unwrap_or(text.len()).max(1);
    let end = end.min(text.len() - rest.len());
    vec![Flaw::new(0..end, message, "start the file with `{`")]
}

/// Every second member of a key.
pub(super) fn duplicate_keys(subject: &Subject<'_>) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    if let Ok(read) = subject.read {
        walk(read, &mut |members| {
            flaws.extend(twice(members, str::to_owned));
        });
    }
    // The keys of conditions are the same in either case. (IAM guide:
    // reference_policies_elements_condition.)
    for operator in subject.statements.iter().flat_map(Statement::operators) {
        let keys = members(&operator.value).unwrap_or_default();
        let told: HashSet<usize> = twice(keys, str::to_owned)
            .map(|flaw| flaw.span.start)
            .collect();
        let in_either_case = twice(keys, str::to_lowercase);
        flaws.extend(in_either_case.filter(|flaw| !told.contains(&flaw.span.start)));
    }
    flaws
}

/// The members whose key, in that form, one before them has.
fn twice(members: &[Member], form: fn(&str) -> String) -> impl Iterator<Item = Flaw> {
    let mut seen = HashSet::new();
    let again = members
        .iter()
        .filter(move |member| !seen.insert(form(&member.key)));
    again
        .map(Text::key)
        .map(|key| key.flaw(format!("the key `{key}` occurs twice"), "keep one of them"))
}

/// Every object, from the outside in.
fn walk<'a>(value: &'a Placed, look: &mut impl FnMut(&'a [Member])) {
    if let Some(members) = members(value) {
        look(members);
        for member in members {
            walk(&member.value, look);
        }
    } else if let Node::List(values) = &value.node {
        for value in values {
            walk(value, look);
        }
    }
}

/// The first character that no policy may have: one is enough to be refused.
pub(super) fn characters(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_bad = |c: char| !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}');
    first(subject, is_bad, |shown| {
        format!("the character {shown} is not one that IAM accepts in a policy")
    })
}

/// The first character outside ASCII, if IAM takes it.
pub(super) fn non_ascii(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_bad = |c: char| matches!(c, '\u{80}'..='\u{ff}');
    first(subject, is_bad, |shown| {
        format!(
            "the character {shown} is outside ASCII, and the AWS CLI reads it differently on different machines"
        )
    })
}

fn first(
    subject: &Subject<'_>,
    is_bad: impl Fn(char) -> bool,
    message: impl Fn(&str) -> String,
) -> Vec<Flaw> {
    // Of what is not UTF-8 there are no characters.
    if subject.source.undecodable.is_some() {
        return Vec::new();
    }
    let mut characters = subject.text().char_indices().filter(|(_, c)| is_bad(*c));
    // That there is a mark at the beginning is reported already.
    let found = characters.find(|(at, c)| (*at, *c) != (0, '\u{feff}'));
    let flaw = found.map(|(at, c)| {
        let escape = crate::json::escaped(&c.to_string());
        Flaw::new(
            at..at + c.len_utf8(),
            message(&format!("U+{:04X}", u32::from(c))),
            format!("write it as `{escape}`, within a string"),
        )
    });
    Vec::from_iter(flaw)
}

pub(super) fn size(subject: &Subject<'_>) -> Vec<Flaw> {
    let whole = subject.text().chars().count();
    let size = quotas::compact_size(subject.text());
    let (count, what, most) = match subject.kind {
        _ if whole > quotas::SENT => (whole, "the file", quotas::SENT),
        Some(Kind::Identity) if subject.settings.inline => (
            size + subject.inline_before,
            "with those before it, the policy",
            quotas::INLINE,
        ),
        Some(Kind::Identity) => (size, "the policy", quotas::MANAGED),
        Some(Kind::Trust) => {
            let size = quotas::size_without_blanks(subject.text());
            (size, "the trust policy", quotas::TRUST)
        }
        // Each service has its own.
        Some(Kind::Resource) | None => return Vec::new(),
    };
    if count <= most {
        return Vec::new();
    }
    let without = if most == quotas::SENT {
        ""
    } else {
        " without white space"
    };
    let help = match subject.kind {
        Some(Kind::Trust) if count <= quotas::TRUST_RAISED => {
            "shorten it, or have AWS raise the quota of your account"
        }
        Some(Kind::Identity) if !subject.settings.inline => {
            "make several policies of it, with what belongs together in one statement"
        }
        _ => "shorten it, with what belongs together in one statement",
    };
    vec![Flaw::new(
        0..subject.text().chars().next().map_or(0, char::len_utf8),
        format!("{what} has {count} characters{without}; IAM takes {most}"),
        help,
    )]
}
