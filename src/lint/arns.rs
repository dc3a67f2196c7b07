//! The ARNs of a document: their form, their partition, and the two kinds that
//! people get wrong.

use std::borrow::Cow;

use super::statement::{Statement, members};
use super::{Flaw, Subject, Text};
use crate::fault::printable;
use crate::json::placed::{Member, Node};
use crate::spec::arn::{Arn, is_alias, is_key_id};
use crate::spec::names::{AccountId, Name};
use crate::spec::region::{self, Partition};

/// What stands for an account in the ARNs of what AWS owns.
const OF_AWS: [&str; 2] = ["aws", "cloudfront"];
/// The types of principals. (IAM guide: `reference_policies_elements_principal`.)
const PRINCIPALS: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];
/// For these the ARN of a log group has no `:*`. (CloudWatch Logs guide:
/// iam-access-control-overview-cwl.)
const OF_TAGS: [&str; 3] = [
    "logs:TagResource",
    "logs:UntagResource",
    "logs:ListTagsForResource",
];
/// These are of an alias, too. (KMS guide: alias-access.)
const OF_ALIASES: [&str; 3] = ["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"];

/// An ARN without the colons of the policy variables in it, such as
/// `${aws:PrincipalAccount}`.
pub(super) fn masked(arn: &str) -> Cow<'_, str> {
    if !arn.contains("${") {
        return Cow::Borrowed(arn);
    }
    let mut in_variable = false;
    let mut last = ' ';
    let letter = |c: char| {
        in_variable = (in_variable || (last == '$' && c == '{')) && c != '}';
        last = c;
        if in_variable && c == ':' { '_' } else { c }
    };
    Cow::Owned(arn.chars().map(letter).collect())
}

/// Whether a part of an ARN stands for others.
fn is_open(part: &str) -> bool {
    part.contains(['*', '?']) || part.contains("${")
}

/// Every resource that is to be an ARN.
fn resources<'a>(subject: &'a Subject<'_>) -> impl Iterator<Item = Text<'a>> {
    let resources = subject
        .statements()
        .into_iter()
        .flat_map(|statement| statement.resources());
    resources.filter(|resource| resource.text != "*" && !is_key(resource.text))
}

/// Whether a resource is a key by its alias or its id alone: another rule's.
fn is_key(resource: &str) -> bool {
    resource.starts_with("alias/") || is_key_id(resource)
}

/// Every principal of the type `AWS` that is to be an ARN.
fn of_aws<'a>(subject: &'a Subject<'_>) -> impl Iterator<Item = Text<'a>> {
    let statements = subject.statements().into_iter();
    let principals = statements.flat_map(|statement| {
        ["Principal", "NotPrincipal"]
            .into_iter()
            .flat_map(move |name| statement.principals(name))
    });
    let of_aws = principals.filter(|principal| principal.kind == Some("AWS"));
    of_aws.map(|principal| principal.name)
}

/// Every text that is an ARN by its form: of resources, principals and
/// conditions.
fn all<'a>(subject: &'a Subject<'_>) -> Vec<(Text<'a>, Partition, &'a str)> {
    let conditions = subject
        .statements()
        .into_iter()
        .flat_map(|statement| statement.conditions());
    let values = conditions.flat_map(|condition| condition.values);
    let texts = resources(subject).chain(of_aws(subject)).chain(values);
    let parsed = texts.filter_map(|text| {
        let arn = Arn::parse(text.text).ok()?;
        Some((text, arn.partition, arn.region))
    });
    let mut parsed: Vec<_> = parsed.collect();
    parsed.sort_by_key(|(text, ..)| text.span.start);
    parsed
}

pub(super) fn malformed(subject: &Subject<'_>) -> Vec<Flaw> {
    let principals = of_aws(subject).filter(|principal| principal.text.contains(':'));
    let flaw = |text: Text| {
        let (what, help) = fault(text.text)?;
        let message = format!("`{}` {what}", printable(text.text));
        Some(Flaw::new(text.span, message, help))
    };
    resources(subject)
        .chain(principals)
        .filter_map(flaw)
        .collect()
}

/// What is wrong with the form of an ARN, and what to do.
fn fault(text: &str) -> Option<(String, String)> {
    let form = "write the whole ARN: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`";
    let arn = masked(text);
    let arn = match Arn::parse(&arn) {
        Ok(arn) => arn,
        Err(_) if text.contains("${AWS::") => {
            let what = "has a parameter of CloudFormation, which IAM does not fill in";
            return Some((
                what.into(),
                "lint the document that CloudFormation makes".into(),
            ));
        }
        Err(what) => return Some((what, form.into())),
    };
    if !arn.region.is_empty() && !is_open(arn.region) && Partition::of_region(arn.region).is_none()
    {
        let help = match region::nearest(arn.region) {
            Some(meant) => format!("write `{meant}`"),
            None => "write the code of a Region, such as `us-east-1`".into(),
        };
        return Some((
            format!("names `{}`, which is no Region", printable(arn.region)),
            help,
        ));
    }
    if arn.account.is_empty() || is_open(arn.account) || OF_AWS.contains(&arn.account) {
        return None;
    }
    let what = AccountId::check(arn.account).err()?;
    // What it says of spreadsheets has no place here.
    let what = what.split(';').next().unwrap_or_default();
    let account = printable(arn.account);
    Some((
        format!("names the account `{account}`, which {what}"),
        "write the 12 digits of the account".into(),
    ))
}

pub(super) fn principals(subject: &Subject<'_>) -> Vec<Flaw> {
    let statements = subject.statements();
    let elements = statements.iter().flat_map(|statement| {
        let names = ["Principal", "NotPrincipal"].into_iter();
        names.filter_map(|name| statement.element(name))
    });
    elements.flat_map(of_element).collect()
}

fn of_element(element: &Member) -> Vec<Flaw> {
    if let Node::Text(text) = &element.value.node {
        let flaw = (text != "*").then(|| {
            Flaw::new(
                element.value.span.clone(),
                format!("the principal `{}` has no type", printable(text)),
                "write `{\"Service\": …}` or `{\"AWS\": …}`",
            )
        });
        return flaw.into_iter().collect();
    }
    let mut flaws = Vec::new();
    for member in members(&element.value).unwrap_or_default() {
        let kind = member.key.as_str();
        if !PRINCIPALS.contains(&kind) {
            let help = match super::grammar::nearest(kind, PRINCIPALS.into_iter()) {
                Some(meant) => format!("write `{meant}`"),
                None => "write `AWS`, `Service`, `Federated` or `CanonicalUser`".into(),
            };
            let message = format!("there is no type of principals `{}`", printable(kind));
            flaws.push(Flaw::new(member.span.clone(), message, help));
        }
        for name in super::statement::texts(&member.value) {
            let fault = match kind {
                "Service" => service_fault(name.text),
                "AWS" => account_fault(name.text),
                _ => None,
            };
            flaws.extend(fault.map(|(what, help)| {
                let message = format!("the principal `{}` {what}", printable(name.text));
                Flaw::new(name.span, message, help)
            }));
        }
    }
    flaws
}

fn service_fault(service: &str) -> Option<(&'static str, &'static str)> {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    let is_one = service.contains('.') && service.split('.').all(is_label);
    let help = "write it as `lexv2.amazonaws.com`";
    (!is_one).then_some(("is no service by its form", help))
}

fn account_fault(name: &str) -> Option<(&'static str, &'static str)> {
    // What AWS writes there when a user or a role is gone. (IAM guide:
    // reference_identifiers.)
    let is_id = name.len() > 16
        && (name.starts_with("AIDA") || name.starts_with("AROA"))
        && name.chars().all(|c| c.is_ascii_alphanumeric());
    if name == "*" || is_id || AccountId::check(name).is_ok() {
        None
    } else if !name.contains(':') {
        Some((
            "is neither an account nor an ARN",
            "write 12 digits, or the ARN of a role or a user",
        ))
    } else if name.contains(['*', '?']) {
        let help = "name each, or compare `aws:PrincipalArn` in a condition";
        Some(("has a wildcard, which stands for nothing there", help))
    } else {
        None
    }
}

pub(super) fn partition_of_region(subject: &Subject<'_>) -> Vec<Flaw> {
    let flaw = |(text, partition, region): (Text, Partition, &str)| {
        let right = Partition::of_region(region).filter(|right| *right != partition)?;
        Some(Flaw::new(
            text.span,
            format!(
                "`{}` is in the partition `{partition}`, which has no Region {region}",
                printable(text.text)
            ),
            format!("write `arn:{right}:`, the partition of {region}"),
        ))
    };
    all(subject).into_iter().filter_map(flaw).collect()
}

pub(super) fn mixed_partitions(subject: &Subject<'_>) -> Vec<Flaw> {
    let all = all(subject);
    let Some((_, first, _)) = all.first() else {
        return Vec::new();
    };
    let mut seen = vec![*first];
    let mut flaws = Vec::new();
    for (text, partition, _) in &all {
        if seen.contains(partition) {
            continue;
        }
        seen.push(*partition);
        flaws.push(Flaw::new(
            text.span.clone(),
            format!(
                "`{}` is in the partition `{partition}`, and another ARN here in `{first}`",
                printable(text.text)
            ),
            "write one document for each partition",
        ));
    }
    flaws
}

pub(super) fn log_groups(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_of_tags = |statement: &Statement| {
        let actions = statement.texts("Action");
        let is_one = |action: &Text| {
            OF_TAGS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(action.text))
        };
        !actions.is_empty() && actions.iter().all(is_one)
    };
    let is_bare = |resource: &str| {
        let arn = masked(resource);
        let group = Arn::parse(&arn).ok().filter(|arn| arn.service == "logs");
        let name = group.and_then(|arn| arn.resource.strip_prefix("log-group:").map(str::to_owned));
        name.is_some_and(|name| !name.contains(':') && !name.ends_with('*'))
    };
    let statements = subject
        .statements()
        .into_iter()
        .filter(|statement| !is_of_tags(statement));
    let resources = statements.flat_map(|statement| statement.resources());
    let flaw = |resource: Text| {
        let shown = printable(resource.text);
        Flaw::new(
            resource.span,
            format!(
                "`{shown}` is the log group without its streams, so that nothing can be written"
            ),
            "end it with `:*`",
        )
    };
    resources
        .filter(|resource| is_bare(resource.text))
        .map(flaw)
        .collect()
}

pub(super) fn kms_aliases(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_of_aliases = |statement: &Statement| {
        let actions = statement.actions();
        OF_ALIASES.iter().any(|known| {
            actions
                .iter()
                .any(|action| known.eq_ignore_ascii_case(action.text))
        })
    };
    let is_of_kms = |text: &str| Arn::parse(text).map_or(true, |arn| arn.service == "kms");
    let statements = subject
        .statements()
        .into_iter()
        .filter(|statement| !is_of_aliases(statement));
    let resources = statements.flat_map(|statement| statement.resources());
    let flaw = |resource: Text| {
        let what = match resource.text {
            text if is_key_id(text) => "a key's id, which IAM takes for no resource",
            text if is_alias(text) && is_of_kms(text) => {
                "an alias, which IAM ignores as a resource"
            }
            _ => return None,
        };
        Some(Flaw::new(
            resource.span,
            format!("`{}` is {what}", printable(resource.text)),
            "write the key's ARN, which `aws kms describe-key --key-id KEY --query KeyMetadata.Arn` prints",
        ))
    };
    resources.filter_map(flaw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colons_of_variables_are_no_parts_of_an_arn() {
        for (arn, without) in [
            ("arn:aws:iam::1:role/x", "arn:aws:iam::1:role/x"),
            (
                "arn:aws:iam::${aws:PrincipalAccount}:role/${aws:a:b}",
                "arn:aws:iam::${aws_PrincipalAccount}:role/${aws_a_b}",
            ),
            ("$a:{b:${c", "$a:{b:${c"),
            ("${a:b", "${a_b"),
        ] {
            assert_eq!(masked(arn), without);
        }
    }
}
