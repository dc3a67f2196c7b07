//! The ARNs of a document: their form, their partition, and the two kinds that
//! people get wrong.

use std::borrow::Cow;

use super::placeholders::placeholder;
use super::{Flaw, Subject, Text};
use crate::fault::printable;
use crate::values::arn::{Arn, is_key_id};
use crate::values::names::{AccountId, Name};
use crate::values::region::{self, Partition};

/// What stands for an account in the ARNs of what AWS owns.
const OF_AWS: [&str; 2] = ["aws", "cloudfront"];
/// What is in S3 and has a Region and an account. (Service Authorization
/// Reference: `list_amazons3`.)
const OF_S3: [&str; 7] = [
    "accesspoint",
    "access-grants",
    "async-request",
    "job",
    "storage-lens",
    "storage-lens-group",
    "object",
];
/// What IAM answers that a resource of IAM must begin with.
const OF_IAM: [&str; 15] = [
    "user",
    "federated-user",
    "role",
    "group",
    "instance-profile",
    "mfa",
    "server-certificate",
    "policy",
    "sms-mfa",
    "saml-provider",
    "oidc-provider",
    "report",
    "access-report",
    "assumed-role",
    "root",
];

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
        // Another rule's.
        if placeholder(text.text).is_some_and(|found| found.is_marked) {
            return None;
        }
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
    if let Some(found) = needless(text, &arn) {
        return Some(found);
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

/// What an ARN has that ARNs of its service do not have.
fn needless(text: &str, arn: &Arn<'_>) -> Option<(String, String)> {
    let (head, _) = arn
        .resource
        .split_once([':', '/'])
        .unwrap_or((arn.resource, ""));
    let is_known = |known: &[&str]| is_open(head) || known.contains(&head);
    let is_regional = !arn.region.is_empty();
    if arn.service.contains(['*', '?']) {
        let what = "has a wildcard in the name of its service, which IAM refuses";
        return Some((what.into(), "name the service".into()));
    }
    match arn.service {
        "s3" if (is_regional || !arn.account.is_empty()) && !is_known(&OF_S3) => {
            let what = "has a Region or an account, which ARNs of buckets and objects do not have";
            let right = format!("arn:{}:s3:::{}", arn.partition, arn.resource);
            let is_plain =
                right.len() <= 256 && right.chars().all(|c| c.is_ascii_graphic() && c != '`');
            let right = if is_plain {
                right.as_str()
            } else {
                "arn:aws:s3:::BUCKET/*"
            };
            Some((what.into(), format!("write `{right}`")))
        }
        "iam" | "sts" if is_regional => {
            let what = format!("has a Region, which ARNs of `{}` do not have", arn.service);
            Some((
                what,
                "leave the Region empty, as in `arn:aws:iam::111122223333:role/NAME`".into(),
            ))
        }
        "iam" if !is_known(&OF_IAM) && !text.contains("${") => {
            let what = format!(
                "names `{}`, which is no type of resource of IAM",
                printable(head)
            );
            Some((
                what,
                "write the type before the name, such as `role/NAME`".into(),
            ))
        }
        _ => None,
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
