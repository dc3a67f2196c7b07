//! The conditions of a statement: their operators, keys and values. (IAM guide:
//! `reference_policies_elements_condition_operators`.)

use super::finding::Flaw;
use super::placeholders::placeholder;
use super::statement::{Condition, Statement, Text};
use super::subject::Subject;
use super::words::nearest;
use crate::diagnostic::escape_value;
use crate::values::names::{AccountId, Name};

/// How conditions compare; all but `Null` with `IfExists` too, and all of them
/// for each of several values.
const OPERATORS: &str = "\
    StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike \
    StringNotLike NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals \
    NumericGreaterThan NumericGreaterThanEquals DateEquals DateNotEquals DateLessThan \
    DateLessThanEquals DateGreaterThan DateGreaterThanEquals Bool BinaryEquals IpAddress \
    NotIpAddress ArnEquals ArnLike ArnNotEquals ArnNotLike Null";

const ACCOUNTS: [&str; 5] = [
    SOURCES[0],
    "aws:PrincipalAccount",
    "aws:ResourceAccount",
    "kms:CallerAccount",
    "s3:ResourceAccount",
];

/// The keys that name the account for which a service acts. (IAM guide:
/// confused-deputy.)
pub(super) const SOURCES: [&str; 4] = [
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
];

/// An operator without what is before and after its name.
struct Operator<'a> {
    /// Such as `ForAnyValue:`.
    prefix: &'a str,
    name: &'a str,
    /// `IfExists`, or nothing.
    suffix: &'a str,
}

impl<'a> Operator<'a> {
    fn of(text: &'a str) -> Self {
        let lower = text.to_ascii_lowercase();
        let sets = ["forallvalues:", "foranyvalue:"];
        let set = sets.iter().find(|set| lower.starts_with(**set));
        let (prefix, rest) = text.split_at(set.map_or(0, |set| set.len()));
        let is_lenient = lower.ends_with("ifexists") && lower != "nullifexists";
        let end = if is_lenient {
            rest.len() - "ifexists".len()
        } else {
            rest.len()
        };
        let (name, suffix) = rest.split_at(end);
        Self {
            prefix,
            name,
            suffix,
        }
    }

    /// The operator as the guide spells it.
    fn known(&self) -> Option<&'static str> {
        let mut known = OPERATORS.split_whitespace();
        known.find(|known| known.eq_ignore_ascii_case(self.name))
    }
}

/// Whether a key is one of these, which are the same in either case.
pub(super) fn is_key(condition: &Condition<'_>, keys: &[&str]) -> bool {
    let key = condition.key.text;
    keys.iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// What is found in each condition of the document whose operator is known.
fn of_each(
    subject: &Subject<'_>,
    flaws: impl Fn(&Condition<'_>, &'static str) -> Vec<Flaw>,
) -> Vec<Flaw> {
    let of_one = |condition: Condition<'_>| {
        let known = Operator::of(condition.operator.text).known();
        known.map_or(Vec::new(), |known| flaws(&condition, known))
    };
    subject.conditions().flat_map(of_one).collect()
}

pub(super) fn operators(subject: &Subject<'_>) -> Vec<Flaw> {
    let flaw = |operator: Text<'_>| {
        let Operator { name, .. } = Operator::of(operator.text);
        let help = match nearest(name, OPERATORS.split_whitespace()) {
            Some(meant) => format!("write `{meant}`"),
            None => "write one such as `StringEquals`, `StringLike`, `ArnLike` or `Bool`".into(),
        };
        operator.flaw(format!("conditions have no operator `{operator}`"), help)
    };
    let operators = subject.statements.iter().flat_map(Statement::operators);
    let unknown = operators.map(Text::key);
    let unknown = unknown.filter(|operator| Operator::of(operator.text).known().is_none());
    unknown.map(flaw).collect()
}

pub(super) fn keys(subject: &Subject<'_>) -> Vec<Flaw> {
    let known = [
        "aws:PrincipalArn",
        "iam:PassedToService",
        "iam:AssociatedResourceArn",
        "kms:ViaService",
    ];
    of_each(subject, |Condition { key, .. }, _| {
        let is_likely = |known: &&str| {
            let name = known.split_once(':').map(|(_, name)| name);
            name.is_some_and(|name| name.eq_ignore_ascii_case(key.text))
        };
        let meant = SOURCES.into_iter().chain(known).find(is_likely);
        let help = format!("write it as `{}`", meant.unwrap_or("aws:SourceAccount"));
        let message = format!("the condition key `{key}` has no service prefix");
        Vec::from_iter((!key.text.contains(':')).then(|| key.flaw(message, help)))
    })
}

pub(super) fn wildcards(subject: &Subject<'_>) -> Vec<Flaw> {
    of_each(subject, |condition, known| {
        if known.contains("Like") || known.starts_with("Arn") || known == "Null" {
            return Vec::new();
        }
        let Operator { prefix, suffix, .. } = Operator::of(condition.operator.text);
        let flaw = |value: &Text<'_>| {
            let text = value.text.replace("${*}", "").replace("${?}", "");
            let is_arn = text.starts_with("arn:");
            let is_wild = text.contains('*') || (is_arn && text.contains('?'));
            let not = if known.contains("Not") { "Not" } else { "" };
            let kind = if is_arn { "Arn" } else { "String" };
            let help = match known {
                _ if known.starts_with("String") => {
                    format!("write `{prefix}{kind}{not}Like{suffix}`, or the value itself")
                }
                "IpAddress" | "NotIpAddress" => "write a range such as `203.0.113.0/24`".into(),
                _ => "write the value itself".into(),
            };
            let message =
                format!("`{known}` compares `{value}` literally: its wildcard matches nothing");
            is_wild.then(|| value.flaw(message, help))
        };
        condition.values.iter().filter_map(flaw).collect()
    })
}

pub(super) fn accounts(subject: &Subject<'_>) -> Vec<Flaw> {
    of_each(subject, |condition, known| {
        let flaw = |value: &Text<'_>| {
            let account = if is_key(condition, &ACCOUNTS) {
                value.text
            } else if is_key(condition, &SOURCES[1..2]) {
                let account = value.text.split(':').nth(4);
                account.filter(|account| !account.is_empty())?
            } else {
                return None;
            };
            let is_open = account.contains(['*', '?', '$']) || placeholder(value.text).is_some();
            let what = not_an_account(account).filter(|_| !is_open && known != "Null")?;
            let account = escape_value(account);
            let message =
                format!("the account `{account}` {what}, so that the condition never matches it");
            Some(value.flaw(message, "write the 12 digits of the account"))
        };
        condition.values.iter().filter_map(flaw).collect()
    })
}

pub(super) fn not_an_account(text: &str) -> Option<String> {
    let what = AccountId::check(text).err()?;
    // The rest is about spreadsheets.
    Some(what.split(';').next().unwrap_or_default().to_owned())
}

/// Why a condition on one of [`SOURCES`] does not limit for which accounts a
/// service acts, in a statement that allows, or denies all others; none if it
/// does.
pub(super) fn weakness(condition: &Condition<'_>, denies: bool) -> Option<String> {
    let parts = Operator::of(condition.operator.text);
    let (known, operator) = (parts.known(), &condition.operator);
    let Some(known) = known.filter(|known| known.starts_with("String") || known.starts_with("Arn"))
    else {
        return Some(format!("`{operator}` compares it with no account"));
    };
    if known.contains("Not") != denies {
        return Some(format!("`{operator}` also holds for every other account"));
    }
    let is_lenient = !parts.suffix.is_empty() || parts.prefix.eq_ignore_ascii_case("ForAllValues:");
    if is_lenient && !denies {
        return Some(format!(
            "`{operator}` also holds if the request does not have the key"
        ));
    }
    let is_org = |text: &str| {
        let id = text.strip_prefix("o-").unwrap_or_default();
        (10..=32).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let is_account = |text: &str| AccountId::check(text).is_ok();
    let names_one = |text: &str| {
        if is_key(condition, &SOURCES[..1]) {
            is_account(text)
        } else if is_key(condition, &SOURCES[1..2]) {
            text.split(':').nth(4).is_some_and(is_account)
        } else {
            is_org(text.split('/').next().unwrap_or_default())
        }
    };
    if condition.values.is_empty() {
        return Some("it has no value".into());
    }
    let other = condition
        .values
        .iter()
        .find(|value| !names_one(value.text))?;
    Some(format!("`{other}` does not name one account"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_is_taken_apart() {
        for (text, parts, known) in [
            ("StringEquals", ("", "StringEquals", ""), true),
            (
                "ForAnyValue:stringlike",
                ("ForAnyValue:", "stringlike", ""),
                true,
            ),
            (
                "forallvalues:ArnLikeIfExists",
                ("forallvalues:", "ArnLike", "IfExists"),
                true,
            ),
            ("Null", ("", "Null", ""), true),
            ("NullIfExists", ("", "NullIfExists", ""), false),
            ("IfExists", ("", "", "IfExists"), false),
            ("For:StringEquals", ("", "For:StringEquals", ""), false),
        ] {
            let operator = Operator::of(text);
            assert_eq!((operator.prefix, operator.name, operator.suffix), parts);
            assert_eq!(operator.known().is_some(), known, "{text}");
        }
    }
}
