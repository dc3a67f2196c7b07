//! A statement of a policy, read with patience: what is of another type than
//! IAM takes is left out here, and told by the rule of types.

use super::{Text, grammar};
use crate::json::placed::{Member, Node, Placed};

/// A statement.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    /// All of it.
    pub(super) whole: &'a Placed,
    /// Its elements, duplicates included.
    pub(super) elements: &'a [Member],
}

/// A key of a condition, such as `aws:SourceAccount`, with its values.
pub(super) struct Condition<'a> {
    /// How they are compared.
    pub(super) operator: &'a Member,
    /// Which value of the request is compared.
    pub(super) key: &'a Member,
    /// The strings among the values.
    pub(super) values: Vec<Text<'a>>,
}

/// A principal: its type, such as `Service`, and its name; `*` alone has no type.
pub(super) struct Principal<'a> {
    /// None for `*` alone.
    pub(super) kind: Option<&'a str>,
    /// Who.
    pub(super) name: Text<'a>,
}

impl<'a> Statement<'a> {
    /// A value as a statement, if it is one.
    pub(super) fn of(value: &'a Placed) -> Option<Self> {
        let elements = members(value)?;
        Some(Self {
            whole: value,
            elements,
        })
    }

    /// The element of that name.
    pub(super) fn element(&self, name: &str) -> Option<&'a Member> {
        self.elements.iter().find(|member| member.key == name)
    }

    /// Whether there is an element of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.element(name).is_some()
    }

    /// Whether it allows something.
    pub(super) fn allows(&self) -> bool {
        self.has_effect("Allow")
    }

    /// Whether that is its effect.
    pub(super) fn has_effect(&self, wanted: &str) -> bool {
        self.texts("Effect")
            .iter()
            .any(|effect| effect.text == wanted)
    }

    /// Whether an element is there under a wrong name, which is another rule's.
    pub(super) fn misspells(&self, names: &[&str]) -> bool {
        self.elements.iter().any(|member| {
            let meant = grammar::meant(&member.key, &grammar::OF_STATEMENT);
            meant.is_some_and(|meant| names.contains(&meant))
        })
    }

    /// The strings of an element that is one or a list of them.
    pub(super) fn texts(&self, name: &str) -> Vec<Text<'a>> {
        self.element(name)
            .map_or(Vec::new(), |member| texts(&member.value))
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
        let Some(member) = self.element(name) else {
            return Vec::new();
        };
        let anybody = texts(&member.value).into_iter();
        let anybody = anybody.map(|name| Principal { kind: None, name });
        let by_kind = members(&member.value).unwrap_or_default();
        let of_kind = |member: &'a Member| {
            let kind = Some(member.key.as_str());
            texts(&member.value)
                .into_iter()
                .map(move |name| Principal { kind, name })
        };
        anybody.chain(by_kind.iter().flat_map(of_kind)).collect()
    }

    /// The services among those that it names.
    pub(super) fn services(&self) -> impl Iterator<Item = Text<'a>> {
        let principals = self.principals("Principal").into_iter();
        let services = principals.filter(|principal| principal.kind == Some("Service"));
        services.map(|principal| principal.name)
    }

    /// The operators of its conditions.
    pub(super) fn operators(&self) -> &'a [Member] {
        let operators = self
            .element("Condition")
            .and_then(|member| members(&member.value));
        operators.unwrap_or_default()
    }

    /// Its conditions, a key each.
    pub(super) fn conditions(&self) -> Vec<Condition<'a>> {
        let of_operator = |operator: &'a Member| {
            let keys = members(&operator.value).unwrap_or_default().iter();
            keys.map(move |key| Condition {
                operator,
                key,
                values: texts(&key.value),
            })
        };
        self.operators().iter().flat_map(of_operator).collect()
    }

    /// Whether it may permit an action, by its `Action`; letters count in either
    /// case, and `*` and `?` stand for others.
    pub(super) fn permits(&self, action: &str) -> bool {
        self.texts("Action")
            .iter()
            .any(|pattern| overlap(pattern.text, action))
    }
}

/// Whether actions are those of ECR's repositories alone, whose policies name no
/// resource. (ECR guide: repository-policies.)
pub(super) fn is_of_repositories(actions: &[Text<'_>]) -> bool {
    let is_one = |action: &Text| action.text.starts_with("ecr:");
    !actions.is_empty() && actions.iter().all(is_one)
}

/// The members of an object.
pub(super) fn members(value: &Placed) -> Option<&[Member]> {
    match &value.node {
        Node::Object(members) => Some(members),
        _ => None,
    }
}

/// A string, or the strings of a list.
pub(super) fn texts(value: &Placed) -> Vec<Text<'_>> {
    match &value.node {
        Node::Text(text) => vec![Text {
            text,
            span: value.span.clone(),
        }],
        Node::List(values) => values
            .iter()
            .flat_map(|value| match &value.node {
                Node::Text(_) => texts(value),
                _ => Vec::new(),
            })
            .collect(),
        _ => Vec::new(),
    }
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
