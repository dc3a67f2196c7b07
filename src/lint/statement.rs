//! A statement of a policy, read with patience: what is of another type than
//! IAM takes is left out here, and told by the rule of types.

use super::Text;
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
        self.texts("Effect")
            .iter()
            .any(|effect| effect.text == "Allow")
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

    /// What each operator of its conditions compares.
    pub(super) fn operators(&self) -> impl Iterator<Item = &'a [Member]> {
        let operators = self
            .element("Condition")
            .and_then(|member| members(&member.value));
        let operators = operators.unwrap_or_default().iter();
        operators.filter_map(|operator| members(&operator.value))
    }

    /// Its conditions, a key each.
    pub(super) fn conditions(&self) -> Vec<Condition<'a>> {
        let condition = |key: &'a Member| Condition {
            key,
            values: texts(&key.value),
        };
        self.operators().flatten().map(condition).collect()
    }

    /// Whether it may permit an action, by its `Action`; letters count in either
    /// case, and `*` and `?` stand for others.
    pub(super) fn permits(&self, action: &str) -> bool {
        self.texts("Action")
            .iter()
            .any(|pattern| matches(pattern.text, action))
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

/// Whether a pattern with `*` and `?` stands for a text, in either case.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut in_text) = (0, 0);
    // Where the last `*` stood, and what it stands for so far.
    let mut star = None;
    while in_text < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, in_text));
                at += 1;
            }
            Some(byte) if *byte == b'?' || byte.eq_ignore_ascii_case(&text[in_text]) => {
                at += 1;
                in_text += 1;
            }
            _ => match &mut star {
                None => return false,
                Some((star, end)) => {
                    *end += 1;
                    (at, in_text) = (*star + 1, *end);
                }
            },
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
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
            assert_eq!(matches(pattern, "sts:AssumeRole"), is_one, "{pattern}");
        }
    }
}
