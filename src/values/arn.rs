//! ARNs, `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE` (IAM guide:
//! reference-arns), and the parameters that are ARNs.

use std::fmt;

use super::form::Form;
use super::name::{Name, name};
use super::names::{ACCOUNT, AccountId, IAM_LETTERS, PolicyName, path_pattern};
use super::region::Partition;
use super::text::length;
use crate::escape::escape_value;

/// An ARN, taken apart. The parts borrow from the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    pub partition: Partition,
    /// The service, such as `iam`; never empty.
    pub service: &'a str,
    /// Empty for services that are not regional in their ARNs.
    pub region: &'a str,
    /// Empty for services whose ARNs name no account.
    pub account: &'a str,
    /// All that follows the fifth colon; never empty.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    pub fn parse(text: &'a str) -> Result<Self, String> {
        let mut parts = text.splitn(6, ':');
        if parts.next() != Some("arn") {
            return Err("is not an ARN: it does not begin with `arn:`".into());
        }
        let mut part = || {
            parts
                .next()
                .ok_or("is not an ARN: it has fewer than six parts")
        };
        let (partition, service, region, account) = (part()?, part()?, part()?, part()?);
        let resource = part()?;
        let Some(partition) = Partition::named(partition) else {
            return Err(format!(
                "names the partition `{}`, which AWS does not have",
                escape_value(partition)
            ));
        };
        if service.is_empty() || resource.is_empty() {
            return Err("is not an ARN: its service or its resource is empty".into());
        }
        Ok(Self {
            partition,
            service,
            region,
            account,
            resource,
        })
    }
}

/// The least and the most characters of IAM's and KMS's ARNs. (IAM API:
/// arnType.)
const LENGTH: (usize, usize) = (20, 2048);

name! {
    /// The ARN of the managed policy that bounds a role's permissions.
    PermissionsBoundary,
    "the ARN of a managed policy of the same partition, of this account or of AWS: `arn:PARTITION:iam::ACCOUNT:policy/NAME`",
    "arn:aws:iam::111122223333:policy/TeamBoundary", |text| {
        let arn = Arn::parse(text)?;
        length(text, LENGTH.0, LENGTH.1)?;
        if arn.service != "iam" || !arn.region.is_empty() {
            return Err("is not the ARN of an IAM policy".into());
        }
        if arn.account != "aws" {
            AccountId::check(arn.account).map_err(|_| "names no account: 12 digits or `aws`".to_owned())?;
        }
        let Some(policy) = arn.resource.strip_prefix("policy/") else {
            return Err("is not the ARN of a managed policy: `policy/NAME` must come last".into());
        };
        let (path, name) = match policy.rsplit_once('/') {
            Some((path, name)) => (format!("/{path}/"), name),
            None => ("/".to_owned(), policy),
        };
        super::names::path(&path).map_err(|fault| format!("has a path that {fault}"))?;
        PolicyName::check(name).map_err(|fault| format!("has a policy name that {fault}"))
    }, || {
        let (partition, path, letters) = (Partition::pattern(), path_pattern(), IAM_LETTERS.class());
        Form::new(LENGTH, format!("^arn:{partition}:iam::({ACCOUNT}|aws):policy/{path}{letters}+$"))
    }
}

impl PermissionsBoundary {
    pub(crate) fn arn(&self) -> Option<Arn<'_>> {
        Arn::parse(&self.0).ok()
    }
}

name! {
    KmsKeyArn,
    "the ARN of a symmetric KMS key of the same Region: `arn:PARTITION:kms:REGION:ACCOUNT:key/ID`, not an alias",
    "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", |text| {
        if is_key_id(text) {
            return Err("is the id of a key; IAM needs its ARN".into());
        }
        if is_alias(text) {
            return Err("is an alias, which IAM ignores in a policy; \
`aws kms describe-key --key-id ALIAS --query KeyMetadata.Arn` prints the key's ARN".into());
        }
        let arn = Arn::parse(text)?;
        length(text, LENGTH.0, LENGTH.1)?;
        if arn.service != "kms" {
            return Err("is not the ARN of a KMS key".into());
        }
        if Partition::of_region(arn.region).is_none() {
            return Err("has no AWS Region in it".into());
        }
        AccountId::check(arn.account).map_err(|_| "has no 12-digit account in it".to_owned())?;
        match arn.resource.strip_prefix("key/") {
            Some(id) if is_key_id(id) => Ok(()),
            Some(_) => Err("does not end with a key's id: a UUID, or `mrk-` and 32 hexadecimal digits".into()),
            None => Err("is not the ARN of a key: `key/ID` must come last".into()),
        }
    }, || {
        let (partition, region) = (Partition::pattern(), super::region::pattern());
        Form::new(LENGTH, format!("^arn:{partition}:kms:{region}:{ACCOUNT}:key/{KEY_ID}$"))
    }
}

impl KmsKeyArn {
    pub(crate) fn arn(&self) -> Option<Arn<'_>> {
        Arn::parse(&self.0).ok()
    }
}

/// The same as [`is_key_id`], as an expression.
const KEY_ID: &str = "([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})";

name! {
    AssociatedResourceArn,
    "the ARN of a bot's alias, of this account and Region: `arn:PARTITION:lex:REGION:ACCOUNT:bot-alias/BOTID/ALIASID`, or of Amazon Lex V1 `…:bot:NAME:ALIAS`",
    "arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/KLMNOPQRST", |text| {
        let arn = Arn::parse(text)?;
        if arn.service != "lex" {
            return Err("is not the ARN of an alias of a bot".into());
        }
        if Partition::of_region(arn.region).is_none() {
            return Err("has no AWS Region in it".into());
        }
        AccountId::check(arn.account).map_err(|_| "has no 12-digit account in it".to_owned())?;
        if super::bot::version_of(arn.resource).is_some() {
            return Ok(());
        }
        Err("does not end with an alias: `bot-alias/BOTID/ALIASID`, of 10 letters and digits each, \
or of Amazon Lex V1 `bot:NAME:ALIAS`".into())
    }, || {
        let (partition, region) = (Partition::pattern(), super::region::pattern());
        let (id, name) = (super::bot::ID, super::bot::NAME);
        let alias = format!("(bot-alias/{id}/{id}|bot:{name}:{name})");
        Form::new(LENGTH, format!("^arn:{partition}:lex:{region}:{ACCOUNT}:{alias}$"))
    }
}

impl AssociatedResourceArn {
    pub(crate) fn arn(&self) -> Option<Arn<'_>> {
        Arn::parse(&self.0).ok()
    }
}

/// Whether a text is the alias of a key, or its ARN, which IAM ignores as a
/// Resource. (KMS guide, cmks-in-iam-policies.)
pub(crate) fn is_alias(text: &str) -> bool {
    text.starts_with("alias/") || text.contains(":alias/")
}

/// A key's id: a UUID, or `mrk-` and 32 hexadecimal digits (multi-Region keys).
pub(crate) fn is_key_id(text: &str) -> bool {
    let hex = |part: &str| {
        part.chars()
            .all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
    };
    if let Some(digits) = text.strip_prefix("mrk-") {
        return digits.len() == 32 && hex(digits);
    }
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [8, 4, 4, 4, 12] && parts.into_iter().all(hex)
}

#[cfg(test)]
mod tests {
    use super::super::names::tests::{fails, passes};
    use super::*;

    #[test]
    fn an_arn_is_taken_apart_at_its_first_five_colons() {
        let arn = Arn::parse("arn:aws:logs:us-east-1:123456789012:log-group:a:*").expect("an ARN");
        assert_eq!(arn.service, "logs");
        assert_eq!(arn.resource, "log-group:a:*");
        assert_eq!(
            Arn::parse("arn:aws:s3:::b/*").map(|arn| arn.resource),
            Ok("b/*")
        );
    }

    #[test]
    fn what_is_no_arn_is_refused() {
        for text in [
            "",
            "arn",
            "arn:aws:s3",
            "arn:*:s3:::b",
            "arn:aws::::b",
            "arn:aws:s3:::",
            "ARN:aws:s3:::b",
        ] {
            assert!(Arn::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_boundary_is_the_arn_of_a_managed_policy() {
        passes::<PermissionsBoundary>(&[
            "arn:aws:iam::aws:policy/PowerUserAccess",
            "arn:aws-us-gov:iam::123456789012:policy/team/a/Boundary",
            &format!("arn:aws:iam::aws:policy/{}/B", "x".repeat(510)),
            &format!("arn:aws:iam::aws:policy/{}", "x".repeat(128)),
        ]);
        fails::<PermissionsBoundary>(&[
            ("TeamBoundary", "does not begin with `arn:`"),
            (
                "policy/TeamBoundary-long-enough",
                "does not begin with `arn:`",
            ),
            ("arn:aws:iam::123456789012:role/TeamRole", "managed policy"),
            ("arn:aws:iam::12345:policy/TeamBoundary", "names no account"),
            ("arn:aws:iam:us-east-1:123456789012:policy/X", "IAM policy"),
            ("arn:aws:iam::123456789012:policy/a b", "blank"),
            ("arn:aws:iam::123456789012:policy//b", "two slashes"),
            ("arn:aws:iam::123456789012:policy/a/", "name that is empty"),
            (
                &format!("arn:aws:iam::123456789012:policy/{}/b", "x".repeat(511)),
                "a path that has 513 characters",
            ),
            (
                &format!("arn:aws:iam::123456789012:policy/{}", "x".repeat(129)),
                "a policy name that has 129 characters",
            ),
            ("arn:a\u{1b}:iam::123456789012:policy/b", "`a\\u{1b}`"),
        ]);
    }

    #[test]
    fn an_associated_resource_is_an_alias_of_either_version() {
        passes::<AssociatedResourceArn>(&[
            "arn:aws-us-gov:lex:us-gov-west-1:123456789012:bot-alias/ABCDE12345/TSTALIASID",
            "arn:aws:lex:us-east-1:123456789012:bot:Order_Flowers:p",
        ]);
        fails::<AssociatedResourceArn>(&[
            ("TSTALIASID", "does not begin with `arn:`"),
            (
                "arn:aws:lex:us-east-1:123456789012:bot/ABCDE12345",
                "does not end with an alias",
            ),
            (
                "arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDE12345/*",
                "does not end with an alias",
            ),
            (
                "arn:aws:lex:us-east-1:123456789012:bot:Order__Flowers:p",
                "does not end with an alias",
            ),
            (
                "arn:aws:lex:us-east-1:123456789012:bot:Flowers",
                "does not end with an alias",
            ),
            (
                "arn:aws:lex:us-east-1:1:bot:Flowers:p",
                "no 12-digit account",
            ),
            ("arn:aws:lex::123456789012:bot:Flowers:p", "no AWS Region"),
            (
                "arn:aws:iam::123456789012:role/Flowers",
                "an alias of a bot",
            ),
        ]);
    }

    #[test]
    fn a_kms_key_is_named_by_its_key_arn() {
        passes::<KmsKeyArn>(&[
            "arn:aws-cn:kms:cn-north-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab",
        ]);
        fails::<KmsKeyArn>(&[
            ("1234abcd-12ab-34cd-56ef-1234567890ab", "is the id of a key"),
            ("alias/lex", "is an alias"),
            (
                "arn:aws:kms:us-east-1:123456789012:alias/lex",
                "describe-key",
            ),
            ("arn:aws:kms:us-east-1:123456789012:key/nonsense", "UUID"),
            (
                "arn:aws:kms::123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "no AWS Region",
            ),
            ("arn:aws:s3:::some-bucket-name", "not the ARN of a KMS key"),
        ]);
    }
}
