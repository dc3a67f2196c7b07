//! How a `Spec` comes about: each parameter read and judged alone, then the
//! combinations.

use std::collections::BTreeMap;

use super::given::{has_effect, is_given, is_non_default};
use super::notes::{notes, remarks};
use super::spec::{AudioLogs, Bot, Encryption, LogGroupCreation, PassRole, Spec, TextLogs, Value};
use crate::diagnostic::{Diagnostic, Diagnostics, Lookalike, MISSING, Span};
use crate::parameters::{
    DefaultValue, Key, Kind, LOGS, Origin, PARAMETERS, Parameter, RawParameters, RawValue,
};
use crate::values::custom::Custom;
use crate::values::names::{LexVersion, Name};
use crate::values::tags::Tags;

/// A request for a bundle: a spec whose every value was given or has a default.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is to be put in place.
    pub(crate) spec: Spec,
    /// Every parameter that holds, defaults included, in the table's order.
    pub(crate) resolved: Vec<(Key, Value)>,
    pub(super) notes: Vec<String>,
    pub(super) remarks: Vec<String>,
}

/// See [`Request::new`].
pub(super) fn request(
    raw: &RawParameters,
    faults: Vec<Diagnostic>,
) -> Result<Request, Diagnostics> {
    let mut resolver = Resolver {
        raw,
        placeholders: Vec::new(),
        whole: is_whole(&faults),
        faults,
    };
    let spec = resolver.spec();
    resolver.at_least_one_log();
    let spec = resolver.finish(spec)?;
    Ok(Request {
        resolved: resolved(raw, &spec),
        notes: notes(raw, &spec),
        remarks: remarks(raw),
        spec,
    })
}

/// Of a file that could not be read nobody knows what is in it: nothing counts
/// as missing then.
fn is_whole(faults: &[Diagnostic]) -> bool {
    faults.iter().all(|fault| fault.name.is_some())
}

/// See [`Spec::documentation`].
pub(super) fn documentation(
    raw: &RawParameters,
    faults: Vec<Diagnostic>,
) -> Result<Spec, Diagnostics> {
    let mut placeholders: Vec<Key> = PARAMETERS
        .iter()
        .filter(|parameter| {
            parameter.kind == Kind::Text && parameter.default != DefaultValue::Absent
        })
        .map(|parameter| parameter.key)
        .collect();
    let (given, words) = raw.without_placeholders();
    placeholders.extend(words);
    // The one word that cannot stand for what it is: there are two principals.
    placeholders.retain(|key| *key != Key::LexVersion);
    let is_there = |key: &Key| given.get(*key).is_some() || placeholders.contains(key);
    if !LOGS.iter().any(is_there) {
        placeholders.extend(LOGS);
    }
    let mut resolver = Resolver {
        raw: &given,
        placeholders,
        whole: is_whole(&faults),
        faults,
    };
    let spec = resolver.spec();
    resolver.finish(spec)
}

/// The errors of a table, each with its place.
type WhatAndSpot = Vec<(String, Option<Span>)>;

/// Reads the raw parameters one by one and keeps the faults. A value with a fault reads as if it were absent; its fault stands
/// in `faults` then, so that no spec comes of it.
pub(super) struct Resolver<'a> {
    pub(super) raw: &'a RawParameters,
    /// The parameters that stand as their own names when they are not given.
    pub(super) placeholders: Vec<Key>,
    /// Whether `raw` is all that was given, so that what is not in it is missing.
    pub(super) whole: bool,
    pub(super) faults: Vec<Diagnostic>,
}

impl Resolver<'_> {
    /// The spec, unless a part of it has an error; all errors are kept.
    fn spec(&mut self) -> Option<Spec> {
        self.check_values();
        let lex_version = self.text(Key::LexVersion);
        let account_id = self.text(Key::AccountId);
        let region = self.text(Key::Region);
        let role_name = self.text(Key::RoleName);
        let existing_role = self.switch(Key::ExistingRole);
        let permissions_boundary = self.optional_text(Key::PermissionsBoundary);
        let tags = self.table(Key::Tags, Tags::read);
        let log_group_name = self.optional_text(Key::LogGroupName);
        let cloudwatch_policy_name = self.text(Key::CloudwatchPolicyName);
        let log_group_key = self.optional_text(Key::LogGroupKmsKeyArn);
        let replica = self.optional_text(Key::ReplicaRegion);
        let bucket_name = self.optional_text(Key::BucketName);
        let s3_policy_name = self.text(Key::S3PolicyName);
        let key_arn = self.optional_text(Key::KmsKeyArn);
        let kms_policy_name = self.text(Key::KmsPolicyName);
        let pass_role_policy = self.switch(Key::PassRolePolicy);
        let associated_resource = self.optional_text(Key::AssociatedResourceArn);
        let bot = self.bot(lex_version.as_ref(), existing_role);
        let custom = self.table(Key::Custom, Custom::read);

        // A placeholder word fits everything.
        let given = |key| self.raw.get(key).is_some();
        let account = account_id.as_ref().filter(|_| given(Key::AccountId));
        let its_region = region.as_ref().filter(|_| given(Key::Region));
        self.role_can_be_attached_to(role_name.as_ref(), existing_role);
        self.boundary_fits(permissions_boundary.as_ref(), account, its_region);
        self.bucket_fits(bucket_name.as_ref(), account, its_region);
        for (key, arn) in [
            (Key::LogGroupKmsKeyArn, log_group_key.as_ref()),
            (Key::KmsKeyArn, key_arn.as_ref()),
        ] {
            self.key_fits(key, arn, its_region);
            self.owner_can_name_the_role(key, arn, account, existing_role);
        }
        self.replica_fits(replica.as_ref(), lex_version.as_ref(), its_region);
        self.role_can_be_passed(existing_role, pass_role_policy);
        self.bot_alias_fits(
            associated_resource.as_ref(),
            lex_version.as_ref(),
            account,
            its_region,
        );
        self.what_each_needs_is_given();
        self.policy_names_differ([
            log_group_name.as_ref().and(cloudwatch_policy_name.as_ref()),
            bucket_name.as_ref().and(s3_policy_name.as_ref()),
            key_arn.as_ref().and(kms_policy_name.as_ref()),
        ]);

        let policy_name = kms_policy_name?;
        let encryption = key_arn.map(|key_arn| Encryption {
            key_arn,
            decrypt: self.is_on(Key::KmsDecrypt),
            policy_name,
        });
        let policy_name = cloudwatch_policy_name?;
        let creation = self.is_on(Key::CreateLogGroup).then(|| LogGroupCreation {
            retention: self.optional_text(Key::LogGroupRetentionDays),
            protected: self.is_on(Key::LogGroupDeletionProtection),
        });
        let text_logs = log_group_name.map(|log_group_name| TextLogs {
            log_group_name,
            policy_name,
            kms_key_arn: log_group_key,
            prefix: self.optional_text(Key::TextLogPrefix),
            selective: self.is_on(Key::TextLogsSelective),
            replica,
            creation,
        });
        let policy_name = s3_policy_name?;
        let audio_logs = bucket_name.map(|bucket_name| AudioLogs {
            bucket_name,
            prefix: self.optional_text(Key::AudioLogPrefix),
            selective: self.is_on(Key::AudioLogsSelective),
            policy_name,
            encryption,
            creates_bucket: self.is_on(Key::CreateBucket),
            expiration: self.optional_text(Key::AudioLogExpirationDays),
            tls_only: self.is_on(Key::CreateBucket) && self.is_on(Key::BucketPolicyTlsOnly),
        });
        let pass_role = pass_role_policy?.then_some(PassRole {
            associated_resource,
        });
        Some(Spec {
            lex_version: lex_version?,
            account_id: account_id?,
            region: region?,
            contact: self.optional_text(Key::Contact),
            role_name: role_name?,
            existing_role: existing_role?,
            role_path: self.optional_text(Key::RolePath),
            permissions_boundary,
            tags: tags?,
            source_account: self.is_on(Key::SourceAccount),
            text_logs,
            audio_logs,
            pass_role,
            bot,
            cloudformation: self.is_on(Key::Cloudformation),
            custom: custom?,
            values: self.values(),
        })
    }

    /// The spec, or all the faults in the order of the table of parameters.
    fn finish(mut self, spec: Option<Spec>) -> Result<Spec, Diagnostics> {
        let row = |fault: &Diagnostic| {
            let name = fault.name.as_deref();
            PARAMETERS
                .iter()
                .position(|parameter| Some(parameter.name) == name)
        };
        self.faults.sort_by_key(row);
        match spec {
            Some(spec) if self.faults.is_empty() => Ok(spec),
            _ => Err(Diagnostics(self.faults)),
        }
    }

    /// A text parameter that holds in any case: given, or by its default.
    fn text<T: Name>(&mut self, key: Key) -> Option<T> {
        let value = self.optional_text(key);
        if value.is_none() && self.raw.get(key).is_none() && self.whole && !self.is_misspelt(key) {
            self.refuse_missing(key, format!("{MISSING}{}", key.name()));
        }
        value
    }

    /// Refuses each value that its row's rule does not pass, whether a field of the
    /// spec holds it or a template alone reads it.
    fn check_values(&mut self) {
        for row in PARAMETERS {
            let Some((value, _)) = self.raw.get(row.key) else {
                continue;
            };
            let checked = match (row.kind, value) {
                (Kind::Text, RawValue::Other("a number", text)) if is_short_account(row.key, text) => {
                    Err("is a number, which has lost its leading zeros; write all 12 digits in quotes".into())
                }
                (Kind::Text, value) => value.as_text().and_then(row.check),
                // As a flag and as a cell of a table everything is text.
                (Kind::Switch, RawValue::Text(text)) => (row.check)(text),
                // The values of a table have rules of their own.
                (Kind::Switch, RawValue::Switch(_)) | (Kind::Tags | Kind::Custom, _) => Ok(()),
                (Kind::Switch, _) => Err("is neither `true` nor `false`".into()),
            };
            if let Err(what) = checked {
                self.refuse(row.key, what);
            }
        }
    }

    /// A text parameter that may be absent.
    fn optional_text<T: Name>(&self, key: Key) -> Option<T> {
        let text = match self.raw.get(key) {
            None if self.placeholders.contains(&key) => Some(key.name()),
            None => key.parameter().default_text(),
            Some((value, _)) => value.as_text().ok().filter(|text| T::check(text).is_ok()),
        };
        text.map(T::unchecked)
    }

    /// A switch; off unless it is given, `None` if it was refused.
    fn switch(&self, key: Key) -> Option<bool> {
        let value = self.raw.get(key).map(|(value, _)| value.to_string());
        value.map_or(Some(false), |value| value.parse().ok())
    }

    /// The bot's alias, which takes both of its parameters.
    fn bot(&mut self, version: Option<&LexVersion>, existing_role: Option<bool>) -> Option<Bot> {
        let id = self.optional_text(Key::BotId);
        let alias_id = self.optional_text(Key::BotAliasId);
        self.bot_fits(id.as_ref(), alias_id.as_ref(), version, existing_role);
        let (id, alias_id) = id.zip(alias_id)?;
        Some(Bot { id, alias_id })
    }

    /// A parameter that is a table; empty unless it is given.
    fn table<T: Default>(
        &mut self,
        key: Key,
        read: fn(&RawValue) -> Result<T, WhatAndSpot>,
    ) -> Option<T> {
        let Some((value, _)) = self.raw.get(key) else {
            return Some(T::default());
        };
        match read(value) {
            Ok(table) => Some(table),
            Err(faults) => {
                for (index, (what, spot)) in faults.into_iter().enumerate() {
                    let is_null = what.contains(" is null,");
                    let lookalike = Lookalike::first(&what);
                    let mut fault = self.refusal(key, what);
                    fault.help = fault.help.or_else(|| Some(lookalike?.advice()));
                    // All of them have one rule.
                    fault.suggestion = fault.suggestion.filter(|_| index == 0);
                    if is_null {
                        (fault.help, fault.suggestion) = (Some("leave the key out".into()), None);
                    }
                    // The place of the member, not of the table that it is in.
                    if let Some(spot) = spot {
                        fault.place = Some(Origin::File(spot));
                        fault.value = None;
                    }
                    self.faults.push(fault);
                }
                None
            }
        }
    }

    /// What templates read of each parameter that is no table: what was given, the word that stands for it, or its default;
    /// nothing of one that has no effect.
    fn values(&self) -> BTreeMap<Key, String> {
        let is_there = |key| is_given(self.raw, key) || self.placeholders.contains(&key);
        let has_effect = |key: &Key| {
            let needs = std::iter::successors(key.parameter().needs, |key| key.parameter().needs);
            // No parameter needs more; two need each other.
            needs.take(3).all(is_there)
        };
        let value = |row: &Parameter| match self.raw.get(row.key) {
            Some((value, _)) => Some(value.to_string()),
            None if self.placeholders.contains(&row.key) => Some(row.name.to_owned()),
            None => row.default_text().map(str::to_owned),
        };
        let rows = PARAMETERS.iter();
        let rows = rows
            .filter(|row| matches!(row.kind, Kind::Text | Kind::Switch) && has_effect(&row.key));
        rows.filter_map(|row| Some((row.key, value(row)?)))
            .collect()
    }
}

/// Whether a number is an account's but for its leading zeros, which no number keeps.
fn is_short_account(key: Key, text: &str) -> bool {
    key == Key::AccountId
        && (9..12).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Every parameter that holds, for `request.json`: what was given, in its one
/// form, and the defaults that have an effect, so that a later version with
/// other defaults makes the same of it.
fn resolved(raw: &RawParameters, spec: &Spec) -> Vec<(Key, Value)> {
    let value = |key: Key| match (key.parameter().kind, raw.get(key).map(|(value, _)| value)) {
        (Kind::Tags, _) if spec.tags.is_empty() => None,
        (Kind::Tags, _) => Some(Value::Tags(spec.tags.clone())),
        (Kind::Custom, _) if spec.custom.is_empty() => None,
        (Kind::Custom, _) => Some(Value::Custom(spec.custom.clone())),
        // What is not given, and would have no effect, says nothing.
        (_, _) if !is_non_default(raw, key) && !has_effect(raw, key) => None,
        // A switch without a default leaves the bundles that do not have it as they were.
        (Kind::Switch, None) if key.parameter().default_text().is_none() => None,
        (Kind::Switch, given) => Some(Value::Switch(
            given.is_some_and(|value| value.to_string() == "true"),
        )),
        (Kind::Text, Some(given)) => Some(Value::Text(given.to_string())),
        (Kind::Text, None) => key
            .parameter()
            .default_text()
            .map(|text| Value::Text(text.to_owned())),
    };
    PARAMETERS
        .iter()
        .filter_map(|row| Some((row.key, value(row.key)?)))
        .collect()
}

#[cfg(test)]
pub(super) mod tests;
