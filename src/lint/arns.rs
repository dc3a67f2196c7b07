//! The ARNs of a document: their form, their partition, and the two kinds that
//! people get wrong.

use std::borrow::Cow;

use super::conditions::not_an_account;
use super::finding::Flaw;
use super::placeholders::is_marked;
use super::statement::Text;
use super::subject::Subject;
use crate::diagnostic::escape_value;
use crate::values::arn::{Arn, is_key_id};
use crate::values::region::{self, Partition};

/// What stands for an account in the ARNs of what AWS owns.
const OF_AWS: [&str; 2] = ["aws", "cloudfront"];
/// What is in S3 and has a Region and an account. (Service Authorization
/// Reference: `list_amazons3`.)
const OF_S3: &str =
    "accesspoint access-grants async-request job storage-lens storage-lens-group object";
/// What IAM answers that a resource of IAM must begin with.
const OF_IAM: &str = "\
    user federated-user role group instance-profile mfa server-certificate policy sms-mfa \
    saml-provider oidc-provider report access-report assumed-role root";

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

/// Every resource that is to be an ARN; a key by its alias or its id alone is
/// another rule's.
fn resources<'a>(subject: &Subject<'a>) -> impl Iterator<Item = Text<'a>> {
    let is_key = |text: &str| text.starts_with("alias/") || is_key_id(text);
    let resources = subject.resources();
    resources.filter(move |resource| resource.text != "*" && !is_key(resource.text))
}

/// Every principal of the type `AWS` that is to be an ARN.
fn of_aws<'a>(subject: &Subject<'a>) -> impl Iterator<Item = Text<'a>> {
    let principals = subject.principals();
    let of_aws = principals.filter(|principal| principal.kind == Some("AWS"));
    of_aws.map(|principal| principal.name)
}

/// Every text that is an ARN by its form, of resources, principals and
/// conditions, with its partition and Region.
fn all<'a>(subject: &Subject<'a>) -> Vec<(Text<'a>, Partition, &'a str)> {
    let values = subject.conditions().flat_map(|condition| condition.values);
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
        Some(text.flaw(format!("`{text}` {what}"), help))
    };
    let texts = resources(subject).chain(principals);
    // Placeholders are another rule's.
    let texts = texts.filter(|text| !is_marked(text.text));
    texts.filter_map(flaw).collect()
}

/// What is wrong with the form of an ARN, and what to do.
fn fault(text: &str) -> Option<(String, String)> {
    let form = "write the whole ARN: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`";
    let arn = masked(text);
    let arn = match Arn::parse(&arn) {
        Ok(arn) => arn,
        Err(_) if text.contains("${AWS::") => {
            let what = "has a parameter of CloudFormation, which IAM does not fill in";
            let help = "lint the document that CloudFormation makes";
            return Some((what.into(), help.into()));
        }
        Err(what) => return Some((what, form.into())),
    };
    let region = arn.region;
    if !region.is_empty() && !is_open(region) && Partition::of_region(region).is_none() {
        let help = match region::nearest(region) {
            Some(meant) => format!("write `{meant}`"),
            None => "write the code of a Region, such as `us-east-1`".into(),
        };
        let what = format!("names `{}`, which is no Region", escape_value(region));
        return Some((what, help));
    }
    if let Some(found) = needless(text, &arn) {
        return Some(found);
    }
    if arn.account.is_empty() || is_open(arn.account) || OF_AWS.contains(&arn.account) {
        return None;
    }
    let what = not_an_account(arn.account)?;
    let what = format!(
        "names the account `{}`, which {what}",
        escape_value(arn.account)
    );
    Some((what, "write the 12 digits of the account".into()))
}

/// What an ARN has that ARNs of its service do not have.
fn needless(text: &str, arn: &Arn<'_>) -> Option<(String, String)> {
    let head = arn.resource.split([':', '/']).next().unwrap_or_default();
    let is_known = |known: &str| is_open(head) || known.split_whitespace().any(|one| one == head);
    let is_regional = !arn.region.is_empty();
    let (what, help) = match arn.service {
        service if service.contains(['*', '?']) => (
            "has a wildcard in the name of its service, which IAM refuses".into(),
            "name the service".into(),
        ),
        "s3" if (is_regional || !arn.account.is_empty()) && !is_known(OF_S3) => {
            let what = "has a Region or an account, which ARNs of buckets and objects do not have";
            let right = format!("arn:{}:s3:::{}", arn.partition, arn.resource);
            let is_letter = |c: char| c.is_ascii_graphic() && c != '`';
            let is_plain = right.len() <= 256 && right.chars().all(is_letter);
            let right = if is_plain {
                &right
            } else {
                "arn:aws:s3:::BUCKET/*"
            };
            (what.into(), format!("write `{right}`"))
        }
        "iam" | "sts" if is_regional => (
            format!("has a Region, which ARNs of `{}` do not have", arn.service),
            "leave the Region empty, as in `arn:aws:iam::111122223333:role/NAME`".into(),
        ),
        "iam" if !is_known(OF_IAM) && !text.contains("${") => (
            format!(
                "names `{}`, which is no type of resource of IAM",
                escape_value(head)
            ),
            "write the type before the name, such as `role/NAME`".into(),
        ),
        _ => return None,
    };
    Some((what, help))
}

pub(super) fn partition_of_region(subject: &Subject<'_>) -> Vec<Flaw> {
    let flaw = |(text, partition, region): (Text, Partition, &str)| {
        let right = Partition::of_region(region).filter(|right| *right != partition)?;
        let message =
            format!("`{text}` is in the partition `{partition}`, which has no Region {region}");
        let help = format!("write `arn:{right}:`, the partition of {region}");
        Some(text.flaw(message, help))
    };
    all(subject).into_iter().filter_map(flaw).collect()
}

pub(super) fn mixed_partitions(subject: &Subject<'_>) -> Vec<Flaw> {
    let mut seen: Vec<Partition> = Vec::new();
    let mut flaws = Vec::new();
    for (text, partition, _) in all(subject) {
        if let Some(first) = seen.first().filter(|_| !seen.contains(&partition)) {
            let message = format!(
                "`{text}` is in the partition `{partition}`, and another ARN here in `{first}`"
            );
            flaws.push(text.flaw(message, "write one document for each partition"));
        }
        if !seen.contains(&partition) {
            seen.push(partition);
        }
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
