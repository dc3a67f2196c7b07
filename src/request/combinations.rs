//! How the parameters of a spec fit each other: what each value alone does not
//! tell.

use super::given::is_given;
use super::resolve::Resolver;
use crate::diagnostic::MISSING;
use crate::parameters::{DefaultValue, Key, Kind, LOGS, PARAMETERS};
use crate::values::arn::{AssociatedResourceArn, KmsKeyArn, PermissionsBoundary};
use crate::values::bot::{self, BotAliasId, BotId};
use crate::values::names::{AccountId, BucketName, LexVersion, PolicyName, Region, RoleName};
use crate::values::region::Partition;

impl Resolver<'_> {
    /// One of the logs is set.
    pub(super) fn at_least_one_log(&mut self) {
        let is_there = |key: &Key| self.raw.get(*key).is_some() || self.is_misspelt(*key);
        if self.whole && !LOGS.iter().any(is_there) {
            self.refuse_missing(
                Key::LogGroupName,
                format!("{MISSING}log-group-name (text logs) or bucket-name (audio logs): set one or both"),
            );
        }
    }

    /// The Region of the bot's replica: Amazon Lex V2 replicates between two Regions. (Lex V2 guide: global-resiliency.)
    pub(super) fn replica_fits(
        &mut self,
        replica: Option<&Region>,
        version: Option<&LexVersion>,
        region: Option<&Region>,
    ) {
        let key = Key::ReplicaRegion;
        let is_given = self.raw.get(key).is_some();
        if is_given && version == Some(&LexVersion::V1) {
            self.refuse_any(key, "is for Amazon Lex V2: leave this out");
        } else if let Some((replica, region)) = replica.filter(|_| is_given).zip(region) {
            let (one, other) = (replica.as_str(), region.as_str());
            if !REPLICATED.contains(&[one, other]) && !REPLICATED.contains(&[other, one]) {
                let pairs = REPLICATED.map(|[one, other]| format!("{one} and {other}"));
                let what = format!(
                    "is no Region to which Amazon Lex replicates bots of `region` {region}: the pairs are {}",
                    pairs.join(", ")
                );
                self.refuse_any(key, what);
            }
        }
    }

    /// A parameter without a default is only given for its effect; without what
    /// it needs it would have none. (One with a default may stand in a file
    /// that many requests share: a note is enough.)
    pub(super) fn what_each_needs_is_given(&mut self) {
        for parameter in PARAMETERS
            .iter()
            .filter(|parameter| parameter.default == DefaultValue::Absent)
        {
            let Some(needs) = parameter.needs else {
                continue;
            };
            let is_there = is_given(self.raw, needs) || self.placeholders.contains(&needs);
            if self.raw.get(parameter.key).is_some() && !is_there {
                let what = match needs.parameter().kind {
                    Kind::Switch => "; turn that on, or leave this out",
                    Kind::Text | Kind::Tags | Kind::Custom => "; set that too, or leave this out",
                };
                let what = format!("has no effect without `{}`{what}", needs.name());
                self.refuse_any(parameter.key, what);
            }
        }
    }

    /// IAM attaches nothing to a service-linked role (UnmodifiableEntity), and
    /// a role that exists keeps its boundary and its trust policy.
    pub(super) fn role_can_be_attached_to(
        &mut self,
        role: Option<&RoleName>,
        existing: Option<bool>,
    ) {
        if existing != Some(true) {
            return;
        }
        if role.is_some_and(|role| role.as_str().starts_with("AWSServiceRoleFor")) {
            self.refuse(
                Key::RoleName,
                "is a service-linked role, to which IAM attaches no policies; \
switch the logs on in the Amazon Lex console, or give the bot another role",
            );
        }
        if self.is_on(Key::SourceAccount) {
            self.refuse_any(
                Key::SourceAccount,
                "cannot go with `existing-role`: a role that exists keeps its own trust policy; leave one of them out",
            );
        }
        if self.raw.get(Key::PermissionsBoundary).is_some() {
            self.refuse_any(
                Key::PermissionsBoundary,
                "cannot go with `existing-role`: a role that exists keeps its own boundary; leave one of them out",
            );
        }
    }

    pub(super) fn boundary_fits(
        &mut self,
        boundary: Option<&PermissionsBoundary>,
        account: Option<&AccountId>,
        region: Option<&Region>,
    ) {
        let Some(arn) = boundary.and_then(PermissionsBoundary::arn) else {
            return;
        };
        if let Some(region) = region
            && arn.partition != region.partition()
        {
            let what = other_partition(arn.partition, region);
            self.refuse(Key::PermissionsBoundary, what);
        }
        if let Some(account) = account
            && ![account.as_str(), "aws"].contains(&arn.account)
        {
            let what = format!(
                "is a policy of the account {}, not of `account-id` {account}",
                arn.account
            );
            self.refuse(Key::PermissionsBoundary, what);
        }
    }

    /// A name that ends with `-an` is `PREFIX-ACCOUNT-REGION-an`, of the
    /// account's own namespace. (S3 guide: bucketnamingrules.)
    pub(super) fn bucket_fits(
        &mut self,
        bucket: Option<&BucketName>,
        account: Option<&AccountId>,
        region: Option<&Region>,
    ) {
        let (Some(bucket), Some(account), Some(region)) = (bucket, account, region) else {
            return;
        };
        let ending = format!("-{account}-{region}-an");
        let own = bucket
            .as_str()
            .strip_suffix(&ending)
            .is_some_and(|prefix| !prefix.is_empty());
        if bucket.as_str().ends_with("-an") && !own {
            self.refuse(
                Key::BucketName,
                format!("ends with `-an`, so it must end with `{ending}`"),
            );
        }
    }

    /// A key must be in the Region of what it encrypts, which is the bot's.
    pub(super) fn key_fits(&mut self, key: Key, arn: Option<&KmsKeyArn>, region: Option<&Region>) {
        let (Some(arn), Some(region)) = (arn.and_then(KmsKeyArn::arn), region) else {
            return;
        };
        if arn.partition != region.partition() {
            let what = other_partition(arn.partition, region);
            self.refuse(key, what);
        } else if arn.region != region.as_str() {
            let encrypted = match key {
                Key::KmsKeyArn => "bucket",
                _ => "log group",
            };
            let what = format!(
                "is a key of {}, but the {encrypted} is in `region` {region}; set a key of that Region",
                arn.region
            );
            self.refuse(key, what);
        }
    }

    /// The policy of another account's key names the role by its whole ARN.
    pub(super) fn owner_can_name_the_role(
        &mut self,
        key: Key,
        arn: Option<&KmsKeyArn>,
        account: Option<&AccountId>,
        existing: Option<bool>,
    ) {
        let (Some(arn), Some(account)) = (arn.and_then(KmsKeyArn::arn), account) else {
            return;
        };
        if arn.account != account.as_str()
            && existing == Some(true)
            && self.raw.get(Key::RolePath).is_none()
        {
            let what = format!(
                "is a key of the account {}, whose policy must name {WHOLE_ROLE_ARN}",
                arn.account
            );
            self.refuse(key, what);
        }
    }

    /// A role is passed by its whole ARN, which has its path in it; that of a role
    /// that already exists is not known unless it is given. (Documentation has
    /// words for what is not known.)
    pub(super) fn role_can_be_passed(&mut self, existing: Option<bool>, pass: Option<bool>) {
        if self.placeholders.is_empty()
            && existing == Some(true)
            && pass == Some(true)
            && self.raw.get(Key::RolePath).is_none()
        {
            self.refuse_any(Key::PassRolePolicy, format!("names {WHOLE_ROLE_ARN}"));
        }
    }

    /// The alias is one of this version's Amazon Lex, of the role's account, and
    /// in the Region.
    pub(super) fn bot_alias_fits(
        &mut self,
        alias: Option<&AssociatedResourceArn>,
        version: Option<&LexVersion>,
        account: Option<&AccountId>,
        region: Option<&Region>,
    ) {
        let key = Key::AssociatedResourceArn;
        let Some(arn) = alias.and_then(AssociatedResourceArn::arn) else {
            return;
        };
        let of_version = bot::version_of(arn.resource);
        if let (Some(version), Some(other)) = (version, of_version)
            && *version != other
        {
            let what = format!(
                "is an alias of Amazon Lex {}, but `lex-version` is {}",
                other.as_str().to_ascii_uppercase(),
                version.as_str()
            );
            self.refuse(key, what);
        } else if let Some(region) = region
            && arn.partition != region.partition()
        {
            let what = other_partition(arn.partition, region);
            self.refuse(key, what);
        } else if let Some(region) = region
            && arn.region != region.as_str()
        {
            let what = format!("is an alias in {}, not in `region` {region}", arn.region);
            self.refuse(key, what);
        } else if let Some(account) = account
            && arn.account != account.as_str()
        {
            let what = format!(
                "is an alias of the account {}, not of `account-id` {account}",
                arn.account
            );
            self.refuse(key, what);
        }
    }

    /// The bot and its alias are of this version's Amazon Lex; a V1 alias is told
    /// the role by its whole ARN, and chooses the prefixes itself.
    pub(super) fn bot_fits(
        &mut self,
        bot: Option<&BotId>,
        alias: Option<&BotAliasId>,
        version: Option<&LexVersion>,
        existing: Option<bool>,
    ) {
        let Some(version) = version else { return };
        let wrong = match version {
            LexVersion::V1 => "is no name of Amazon Lex V1, which knows bots and aliases by name",
            LexVersion::V2 => {
                "is no id of Amazon Lex V2: 10 letters and digits; the console shows it beside the name"
            }
        };
        // A placeholder word is of both.
        let given = |key| self.raw.get(key).is_some();
        let (bot, alias) = (
            bot.filter(|_| given(Key::BotId)),
            alias.filter(|_| given(Key::BotAliasId)),
        );
        if bot.is_some_and(|bot| !bot.is_of(*version)) {
            self.refuse_any(Key::BotId, wrong);
        }
        if alias.is_some_and(|alias| !alias.is_of(*version)) {
            self.refuse_any(Key::BotAliasId, wrong);
        }
        for (key, log) in OF_V2 {
            if !is_given(self.raw, key) {
                continue;
            }
            if *version == LexVersion::V1 {
                self.refuse_any(key, "is for Amazon Lex V2: leave it out for V1");
            }
            if !is_given(self.raw, log) && !self.placeholders.contains(&log) {
                let what = format!(
                    "has no effect without `{}`, which is absent: give that too, or leave this out",
                    log.name()
                );
                self.refuse_any(key, what);
            }
        }
        let lacks_path = existing == Some(true) && self.raw.get(Key::RolePath).is_none();
        if *version == LexVersion::V1 && bot.is_some() && lacks_path && self.placeholders.is_empty()
        {
            self.refuse_any(Key::BotId, format!("sets {WHOLE_ROLE_ARN} in the alias"));
        }
    }

    /// IAM tells policy names of an account apart ignoring case.
    pub(super) fn policy_names_differ(&mut self, names: [Option<&PolicyName>; 3]) {
        let keys = [
            Key::CloudwatchPolicyName,
            Key::S3PolicyName,
            Key::KmsPolicyName,
        ];
        let names: Vec<_> = std::iter::zip(keys, names).collect();
        for (index, (key, name)) in names.iter().enumerate() {
            let same = names[..index].iter().find(|(_, other)| {
                name.zip(*other)
                    .is_some_and(|(a, b)| a.as_str().eq_ignore_ascii_case(b.as_str()))
            });
            if let Some((other, _)) = same {
                let what = format!(
                    "is the name of `{}` too; IAM does not tell them apart by case",
                    other.name()
                );
                self.refuse(*key, what);
            }
        }
    }
}

/// What only an alias of V2 has, and the logs that it is of.
const OF_V2: [(Key, Key); 3] = [
    (Key::TextLogPrefix, Key::LogGroupName),
    (Key::TextLogsSelective, Key::LogGroupName),
    (Key::AudioLogsSelective, Key::BucketName),
];
/// The pairs of Regions between which Amazon Lex V2 replicates bots.
pub(super) const REPLICATED: [[&str; 2]; 2] =
    [["us-east-1", "us-west-2"], ["eu-west-2", "eu-central-1"]];

/// What takes the role's path, and where that is found.
const WHOLE_ROLE_ARN: &str = "the role by its ARN, which includes its path; set `role-path` too, or `/` if it has none: \
`aws iam get-role --role-name NAME --query Role.Path` prints it";

fn other_partition(partition: Partition, region: &Region) -> String {
    format!(
        "is of the partition `{partition}`, but `region` {region} is of `{}`",
        region.partition()
    )
}

#[cfg(test)]
mod tests;
