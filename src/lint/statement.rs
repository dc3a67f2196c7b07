//! A statement of a policy, read with patience: what is of another type than
//! IAM takes is left out here, and reported by the rule of types.

use std::fmt;
use std::ops::Range;

use super::finding::Flaw;
use super::words::{OF_STATEMENT, meant};
use crate::diagnostic::escape_value;
use crate::json::placed::{Member, Node, Placed};

/// A string of a document, and where it is. It is displayed as it can be shown.
#[derive(Clone, Debug)]
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    pub(super) span: Range<usize>,
}

impl<'a> Text<'a> {
    pub(super) fn of(value: &'a Placed) -> Option<Self> {
        let Node::Text(text) = &value.node else {
            return None;
        };
        let span = value.span.clone();
        Some(Self { text, span })
    }

    /// The key of a member, where all of the member is.
    pub(super) fn key(member: &'a Member) -> Self {
        Self {
            text: &member.key,
            span: member.span.clone(),
        }
    }

    pub(super) fn flaw(&self, message: impl Into<String>, help: impl Into<String>) -> Flaw {
        Flaw::new(self.span.clone(), message, help)
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escape_value(self.text))
    }
}

#[derive(Debug)]
pub(super) struct Statement<'a> {
    pub(super) whole: &'a Placed,
    /// Its elements, duplicates included.
    pub(super) elements: &'a [Member],
}

/// A key of a condition, such as `aws:SourceAccount`, with its values.
pub(super) struct Condition<'a> {
    pub(super) operator: Text<'a>,
    /// Which value of the request is compared.
    pub(super) key: Text<'a>,
    pub(super) values: Vec<Text<'a>>,
}

/// A principal: its type, such as `Service`, and its name; `*` alone has no type.
pub(super) struct Principal<'a> {
    pub(super) kind: Option<&'a str>,
    pub(super) name: Text<'a>,
}

impl<'a> Statement<'a> {
    /// A value as a statement, if it is one.
    pub(super) fn of(whole: &'a Placed) -> Option<Self> {
        let elements = members(whole)?;
        Some(Self { whole, elements })
    }

    pub(super) fn element(&self, name: &str) -> Option<&'a Member> {
        self.elements.iter().find(|member| member.key == name)
    }

    pub(super) fn allows(&self) -> bool {
        self.has_effect("Allow")
    }

    pub(super) fn has_effect(&self, wanted: &str) -> bool {
        let mut effects = self.texts("Effect").into_iter();
        effects.any(|effect| effect.text == wanted)
    }

    /// Whether an element is there under a wrong name, which is another rule's.
    pub(super) fn misspells(&self, names: &[&str]) -> bool {
        self.elements.iter().any(|member| {
            let meant = meant(&member.key, &OF_STATEMENT);
            meant.is_some_and(|meant| names.contains(&meant))
        })
    }

    pub(super) fn texts(&self, name: &str) -> Vec<Text<'a>> {
        let element = self.element(name);
        element.map_or(Vec::new(), |member| texts(&member.value))
    }

    /// Its actions, of `Action` and `NotAction` alike.
    pub(super) fn actions(&self) -> Vec<Text<'a>> {
        [self.texts("Action"), self.texts("NotAction")].concat()
    }

    /// Its resources, of `Resource` and `NotResource` alike.
    pub(super) fn resources(&self) -> Vec<Text<'a>> {
        [self.texts("Resource"), self.texts("NotResource")].concat()
    }

    /// Its principals, of the element `Principal` or `NotPrincipal`.
    pub(super) fn principals(&self, name: &str) -> Vec<Principal<'a>> {
        let Some(element) = self.element(name) else {
            return Vec::new();
        };
        let of_kind = |kind, value| {
            let names = texts(value).into_iter();
            names.map(move |name| Principal { kind, name })
        };
        let by_kind = members(&element.value).unwrap_or_default().iter();
        let by_kind = by_kind.flat_map(|one| of_kind(Some(one.key.as_str()), &one.value));
        of_kind(None, &element.value).chain(by_kind).collect()
    }

    pub(super) fn services(&self) -> impl Iterator<Item = Text<'a>> {
        let principals = self.principals("Principal").into_iter();
        let services = principals.filter(|principal| principal.kind == Some("Service"));
        services.map(|principal| principal.name)
    }

    pub(super) fn operators(&self) -> &'a [Member] {
        let condition = self.element("Condition");
        let operators = condition.and_then(|member| members(&member.value));
        operators.unwrap_or_default()
    }

    /// Its conditions, a key each.
    pub(super) fn conditions(&self) -> Vec<Condition<'a>> {
        let of_operator = |operator: &'a Member| {
            let keys = members(&operator.value).unwrap_or_default().iter();
            keys.map(|key| Condition {
                operator: Text::key(operator),
                key: Text::key(key),
                values: texts(&key.value),
            })
        };
        self.operators().iter().flat_map(of_operator).collect()
    }

    /// Whether it may permit an action, by its `Action`; letters count in either
    /// case, and `*` and `?` stand for others.
    pub(super) fn permits(&self, action: &str) -> bool {
        let mut patterns = self.texts("Action").into_iter();
        patterns.any(|pattern| overlap(pattern.text, action))
    }
}

/// The first letter of a value, for what is missing in it.
pub(super) fn beginning(value: &Placed) -> Range<usize> {
    value.span.start..value.span.start + 1
}

pub(super) fn members(value: &Placed) -> Option<&[Member]> {
    match &value.node {
        Node::Object(members) => Some(members),
        _ => None,
    }
}

/// The values of a list, or one alone.
pub(super) fn listed(value: &Placed) -> &[Placed] {
    match &value.node {
        Node::List(values) => values,
        _ => std::slice::from_ref(value),
    }
}

/// A string, or the strings of a list.
pub(super) fn texts(value: &Placed) -> Vec<Text<'_>> {
    listed(value).iter().filter_map(Text::of).collect()
}

/// Whether a text may fit two patterns with `*` and `?`, in either case.
pub(super) fn overlap(one: &str, other: &str) -> bool {
    // No ARN or action that IAM takes is longer.
    if one.len().max(other.len()) > 2048 {
        return true;
    }
    let (one, other) = (one.as_bytes(), other.as_bytes());
    // Which lengths of the other fit so much of the one.
    let mut row = vec![false; other.len() + 1];
    row[0] = true;
    for at in 0..=one.len() {
        let mut next = vec![false; row.len()];
        for to in 0..row.len() {
            let (a, b) = (one.get(at), other.get(to));
            if !row[to] {
            } else if a == Some(&b'*') || b == Some(&b'*') {
                next[to] = true;
                if b.is_some() {
                    row[to + 1] = true;
                }
            } else if let (Some(a), Some(b)) = (a, b)
                && (*a == b'?' || *b == b'?' || a.eq_ignore_ascii_case(b))
            {
                next[to + 1] = true;
            }
        }
        if at == one.len() {
            break;
        }
        row = next;
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_for_what_iam_takes_it_for() {
        for (pattern, is_one) in [
            ("*", true),
            ("sts:*", true),
            ("STS:assumerole", true),
            ("sts:*Role", true),
            ("*a*s*u*e", true),
            ("sts:AssumeRol?", true),
            ("sts:AssumeRole**", true),
            ("sts:AssumeRole?", false),
            ("sts:AssumeRoleWith*", false),
            ("", false),
        ] {
            assert_eq!(overlap(pattern, "sts:AssumeRole"), is_one, "{pattern}");
            assert_eq!(overlap("sts:AssumeRole", pattern), is_one, "{pattern}");
        }
    }
}
