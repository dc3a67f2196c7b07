//! The examples that faults show: values that pass together with what was given
//! for the other parameters.

use super::resolve::Resolver;
use crate::parameters::Key;
use crate::values::arn::{Arn, KmsKeyArn, PermissionsBoundary};
use crate::values::names::{AccountId, LexVersion, Name, Region};
use crate::values::region::Partition;

/// The parameters whose values must differ from each other.
const POLICY_NAMES: [Key; 3] = [
    Key::CloudwatchPolicyName,
    Key::S3PolicyName,
    Key::KmsPolicyName,
];

impl Resolver<'_> {
    /// A value of a parameter that passes together with what was given for the
    /// others, so far as that is right; none where none can.
    pub(super) fn example(&self, key: Key) -> Option<String> {
        let example = key.parameter().example;
        match key {
            Key::PermissionsBoundary if self.is_on(Key::ExistingRole) => None,
            Key::PermissionsBoundary | Key::KmsKeyArn | Key::LogGroupKmsKeyArn => {
                Some(self.fitting_arn(example))
            }
            Key::AssociatedResourceArn => {
                let of_v1 = self.good::<LexVersion>(Key::LexVersion) == Some("v1");
                Some(self.fitting_arn(if of_v1 {
                    "arn:aws:lex:us-east-1:111122223333:bot:SupportBot:prod"
                } else {
                    example
                }))
            }
            Key::ExistingRole
                if self.is_on(Key::SourceAccount)
                    || self.raw.get(Key::PermissionsBoundary).is_some() =>
            {
                Some("false".into())
            }
            Key::SourceAccount if self.is_on(Key::ExistingRole) => Some("false".into()),
            Key::Region => {
                let of_key = [Key::KmsKeyArn, Key::LogGroupKmsKeyArn]
                    .into_iter()
                    .find_map(|key| self.good::<KmsKeyArn>(key))
                    .and_then(|text| Arn::parse(text).ok());
                Some(of_key.map_or(example, |arn| arn.region).to_owned())
            }
            Key::AccountId => {
                let of_boundary = self
                    .good::<PermissionsBoundary>(Key::PermissionsBoundary)
                    .and_then(|text| Arn::parse(text).ok())
                    .map(|arn| arn.account)
                    .filter(|account| AccountId::check(account).is_ok());
                Some(of_boundary.unwrap_or(example).to_owned())
            }
            _ if POLICY_NAMES.contains(&key) => Some(self.free_policy_name(key)),
            _ => Some(example.to_owned()),
        }
    }

    /// Whether a switch was given and is on.
    pub(super) fn is_on(&self, key: Key) -> bool {
        self.raw
            .get(key)
            .is_some_and(|(value, _)| value.to_string() == "true")
    }

    /// The text that was given for a parameter, if it passes by itself.
    pub(super) fn good<T: Name>(&self, key: Key) -> Option<&str> {
        let text = self.raw.get(key)?.0.as_text().ok()?;
        T::check(text).is_ok().then_some(text)
    }

    /// An ARN with the partition, the Region and the account that were given.
    fn fitting_arn(&self, example: &str) -> String {
        let Ok(arn) = Arn::parse(example) else {
            return example.to_owned();
        };
        let region = self.good::<Region>(Key::Region);
        let partition = region
            .and_then(Partition::of_region)
            .unwrap_or(arn.partition);
        let region = region
            .filter(|_| !arn.region.is_empty())
            .unwrap_or(arn.region);
        let account = self
            .good::<AccountId>(Key::AccountId)
            .unwrap_or(arn.account);
        format!(
            "arn:{partition}:{}:{region}:{account}:{}",
            arn.service, arn.resource
        )
    }

    /// The default name of a policy, with a number behind it if another policy
    /// has that name.
    fn free_policy_name(&self, key: Key) -> String {
        let default = key.parameter().default_text().unwrap_or_default();
        let is_free = |name: &String| !self.is_taken(key, name);
        let numbered = (2..=4).map(|number| format!("{default}{number}"));
        std::iter::once(default.to_owned())
            .chain(numbered)
            .find(is_free)
            .unwrap_or_default()
    }

    /// Whether another policy has that name, or the same in another case.
    pub(super) fn is_taken(&self, key: Key, name: &str) -> bool {
        let others = POLICY_NAMES.iter().filter(|other| **other != key);
        let mut taken = others.filter_map(|other| match self.raw.get(*other) {
            Some((value, _)) => value.as_text().ok(),
            None => other.parameter().default_text(),
        });
        taken.any(|other| other.eq_ignore_ascii_case(name))
    }

    /// The ARN of something of this account, if the account is known and, where
    /// the service has it in its ARNs, the Region.
    pub(super) fn own_arn(&self, service: &str, resource: &str) -> Option<String> {
        let region = self.good::<Region>(Key::Region)?;
        let account = self.good::<AccountId>(Key::AccountId)?;
        let partition = Partition::of_region(region)?;
        let region = if service == "iam" { "" } else { region };
        Some(format!(
            "arn:{partition}:{service}:{region}:{account}:{resource}"
        ))
    }
}
