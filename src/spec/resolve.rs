//! How a `Spec` comes about: each parameter read and judged alone, then the
//! combinations.

#![expect(
    clippy::option_option,
    clippy::ref_option,
    reason = "the outer option tells of a fault, the inner one of absence"
)]

use super::arn::{KmsKeyArn, PermissionsBoundary};
use super::names::{AccountId, BucketName, Name, PolicyName, Region, RoleName};
use super::notes::notes;
use super::region::Partition;
use super::tags::Tags;
use super::{AudioLogs, Encryption, Request, Spec, TextLogs, Value};
use crate::fault::{Fault, Faults};
use crate::parameters::{DefaultValue, Key, Kind, PARAMETERS, RawParameters, RawValue};

/// See [`Request::new`].
pub(super) fn request(raw: &RawParameters, faults: Vec<Fault>) -> Result<Request, Faults> {
    let mut resolver = Resolver {
        raw,
        placeholders: Vec::new(),
        faults,
    };
    let spec = resolver.spec();
    resolver.at_least_one_log();
    let spec = resolver.finish(spec)?;
    Ok(Request {
        resolved: resolved(raw, &spec),
        notes: notes(raw, &spec),
        spec,
    })
}

/// See [`Spec::documentation`].
pub(super) fn documentation(raw: &RawParameters) -> Result<Spec, Faults> {
    let mut placeholders: Vec<Key> = PARAMETERS
        .iter()
        .filter(|parameter| {
            parameter.kind == Kind::Text && parameter.default != DefaultValue::Absent
        })
        .map(|parameter| parameter.key)
        .filter(|key| *key != Key::LexVersion)
        .collect();
    let logs = [Key::LogGroupName, Key::BucketName];
    if logs.iter().all(|key| raw.get(*key).is_none()) {
        placeholders.extend(logs);
    }
    let mut resolver = Resolver {
        raw,
        placeholders,
        faults: Vec::new(),
    };
    let spec = resolver.spec();
    resolver.finish(spec)
}

/// Reads the raw parameters one by one and keeps the faults. Its methods give
/// `None` for a value with a fault, which stands in `faults` then.
struct Resolver<'a> {
    raw: &'a RawParameters,
    /// The parameters that stand as their own names when they are not given.
    placeholders: Vec<Key>,
    faults: Vec<Fault>,
}

impl Resolver<'_> {
    /// The spec, unless a part of it has a fault. Every part is looked at
    /// before any can end this: all faults count.
    fn spec(&mut self) -> Option<Spec> {
        let lex_version = self.text(Key::LexVersion);
        let account_id = self.text(Key::AccountId);
        let region = self.text(Key::Region);
        let role_name = self.text(Key::RoleName);
        let existing_role = self.switch(Key::ExistingRole);
        let role_path = self.optional_text(Key::RolePath);
        let permissions_boundary = self.optional_text(Key::PermissionsBoundary);
        let tags = self.tags();
        let source_account = self.switch(Key::SourceAccount);
        let log_group_name = self.optional_text(Key::LogGroupName);
        let cloudwatch_policy_name = self.text(Key::CloudwatchPolicyName);
        let bucket_name = self.optional_text(Key::BucketName);
        let s3_policy_name = self.text(Key::S3PolicyName);
        let prefix = self.optional_text(Key::AudioLogPrefix);
        let key_arn = self.optional_text(Key::KmsKeyArn);
        let kms_policy_name = self.text(Key::KmsPolicyName);

        self.role_can_be_attached_to(role_name.as_ref(), existing_role);
        self.boundary_fits(
            flat(&permissions_boundary),
            account_id.as_ref(),
            region.as_ref(),
        );
        self.bucket_fits(flat(&bucket_name), account_id.as_ref(), region.as_ref());
        self.key_fits(flat(&key_arn), region.as_ref());
        self.what_each_needs_is_given();
        self.policy_names_differ(&[
            (
                Key::CloudwatchPolicyName,
                flat(&log_group_name).and(cloudwatch_policy_name.as_ref()),
            ),
            (
                Key::S3PolicyName,
                flat(&bucket_name).and(s3_policy_name.as_ref()),
            ),
            (
                Key::KmsPolicyName,
                flat(&key_arn).and(kms_policy_name.as_ref()),
            ),
        ]);

        let encryption = encryption(key_arn?, kms_policy_name?);
        Some(Spec {
            lex_version: lex_version?,
            account_id: account_id?,
            region: region?,
            role_name: role_name?,
            existing_role: existing_role?,
            role_path: role_path?,
            permissions_boundary: permissions_boundary?,
            tags: tags?,
            source_account: source_account?,
            text_logs: match (log_group_name?, cloudwatch_policy_name?) {
                (Some(log_group_name), policy_name) => Some(TextLogs {
                    log_group_name,
                    policy_name,
                }),
                (None, _) => None,
            },
            audio_logs: match (bucket_name?, prefix?, s3_policy_name?) {
                (Some(bucket_name), prefix, policy_name) => Some(AudioLogs {
                    bucket_name,
                    prefix,
                    policy_name,
                    encryption,
                }),
                (None, ..) => None,
            },
        })
    }

    /// The spec, or all the faults in the order of the table of parameters.
    fn finish(mut self, spec: Option<Spec>) -> Result<Spec, Faults> {
        let row = |fault: &Fault| {
            let name = fault.name.as_deref();
            PARAMETERS
                .iter()
                .position(|parameter| Some(parameter.name) == name)
        };
        self.faults.sort_by_key(row);
        match spec {
            Some(spec) if self.faults.is_empty() => Ok(spec),
            _ => Err(Faults(self.faults)),
        }
    }

    /// A fault of the value that was given for a parameter.
    fn refuse(&mut self, key: Key, what: impl Into<String>) {
        let given = self.raw.get(key);
        self.faults.push(Fault {
            name: Some(key.name().to_owned()),
            value: given.map(|(value, _)| value.to_string()),
            place: given.map(|(_, place)| place.clone()),
            what: what.into(),
            rule_of: Some(key),
        });
    }

    /// A text parameter that holds in any case: given, or by its default.
    fn text<T: Name>(&mut self, key: Key) -> Option<T> {
        let value = self.optional_text(key)?;
        if value.is_none() {
            self.refuse(key, "is required and was not given");
        }
        value
    }

    /// A text parameter that may be absent.
    fn optional_text<T: Name>(&mut self, key: Key) -> Option<Option<T>> {
        let what = match self.raw.get(key) {
            None if self.placeholders.contains(&key) => {
                return Some(Some(T::unchecked(key.name())));
            }
            None => return Some(key.parameter().default_text().map(T::unchecked)),
            Some((RawValue::Text(text), _)) => match T::check(text) {
                Ok(()) => return Some(Some(T::unchecked(text))),
                Err(what) => what,
            },
            Some((RawValue::Switch(_), _)) => {
                "is a boolean; put it in quotes if it is meant as text".into()
            }
            Some((RawValue::Pairs(_), _)) => "is a table, not text".into(),
            Some((RawValue::Other("a number", _), _)) => "is a number; put it in quotes".into(),
            Some((RawValue::Other(what, _), _)) => format!("is {what}, not text"),
        };
        self.refuse(key, what);
        None
    }

    /// A switch; off unless it is given.
    fn switch(&mut self, key: Key) -> Option<bool> {
        match self.raw.get(key).map(|(value, _)| value) {
            None => return Some(false),
            Some(RawValue::Switch(on)) => return Some(*on),
            // As a flag and as a cell of a table everything is text.
            Some(RawValue::Text(text)) if text == "true" => return Some(true),
            Some(RawValue::Text(text)) if text == "false" => return Some(false),
            Some(_) => self.refuse(key, "is neither `true` nor `false`"),
        }
        None
    }

    fn tags(&mut self) -> Option<Tags> {
        let Some((value, _)) = self.raw.get(Key::Tags) else {
            return Some(Tags::default());
        };
        match Tags::read(value) {
            Ok(tags) => Some(tags),
            Err(faults) => {
                for what in faults {
                    self.refuse(Key::Tags, what);
                }
                None
            }
        }
    }

    fn at_least_one_log(&mut self) {
        if [Key::LogGroupName, Key::BucketName]
            .iter()
            .all(|key| self.raw.get(*key).is_none())
        {
            self.refuse(Key::LogGroupName, "and `bucket-name` are both absent: give the one for text logs, the other for audio logs, or both");
        }
    }

    /// A parameter without a default is only given for its effect; without what
    /// it needs it would have none. (One with a default may stand in a file
    /// that many requests share: a note is enough.)
    fn what_each_needs_is_given(&mut self) {
        for parameter in PARAMETERS
            .iter()
            .filter(|parameter| parameter.default == DefaultValue::Absent)
        {
            let Some(needs) = parameter.needs else {
                continue;
            };
            let is_there = self.raw.get(needs).is_some() || self.placeholders.contains(&needs);
            if self.raw.get(parameter.key).is_some() && !is_there {
                self.refuse(
                    parameter.key,
                    format!("has no effect without `{}`, which is absent", needs.name()),
                );
            }
        }
    }

    /// IAM attaches nothing to a service-linked role (UnmodifiableEntity), and
    /// a role that exists keeps its boundary.
    fn role_can_be_attached_to(&mut self, role: Option<&RoleName>, existing: Option<bool>) {
        if existing != Some(true) {
            return;
        }
        if role.is_some_and(|role| role.as_str().starts_with("AWSServiceRoleFor")) {
            self.refuse(
                Key::RoleName,
                "is a service-linked role, to which IAM attaches no policies; \
turn the logs on in the Amazon Lex console, or give the bot a role of its own",
            );
        }
        if self.raw.get(Key::PermissionsBoundary).is_some() {
            self.refuse(
                Key::PermissionsBoundary,
                "cannot go with `existing-role`: a role that exists keeps its own boundary",
            );
        }
    }

    fn boundary_fits(
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
    fn bucket_fits(
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

    /// The key must be in the bucket's Region, and the bucket in the bot's.
    fn key_fits(&mut self, key: Option<&KmsKeyArn>, region: Option<&Region>) {
        let (Some(arn), Some(region)) = (key.and_then(KmsKeyArn::arn), region) else {
            return;
        };
        if arn.partition != region.partition() {
            let what = other_partition(arn.partition, region);
            self.refuse(Key::KmsKeyArn, what);
        } else if arn.region != region.as_str() {
            let what = format!(
                "is a key of {}; the bucket is in `region` {region}, and its key must be too",
                arn.region
            );
            self.refuse(Key::KmsKeyArn, what);
        }
    }

    /// IAM tells policy names of an account apart ignoring case.
    fn policy_names_differ(&mut self, names: &[(Key, Option<&PolicyName>)]) {
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

fn encryption(key_arn: Option<KmsKeyArn>, policy_name: PolicyName) -> Option<Encryption> {
    key_arn.map(|key_arn| Encryption {
        key_arn,
        policy_name,
    })
}

/// A value that is there and has no fault.
fn flat<T>(value: &Option<Option<T>>) -> Option<&T> {
    value.as_ref().and_then(Option::as_ref)
}

fn other_partition(partition: Partition, region: &Region) -> String {
    format!(
        "is of the partition `{partition}`; `region` {region} is of `{}`",
        region.partition()
    )
}

/// Every parameter that holds, for `request.json`: what was given, in its one
/// form, and the defaults that have an effect, so that a later version with
/// other defaults makes the same of it.
fn resolved(raw: &RawParameters, spec: &Spec) -> Vec<(Key, Value)> {
    let value = |key: Key| match (key.parameter().kind, raw.get(key).map(|(value, _)| value)) {
        (Kind::Tags, _) if spec.tags.is_empty() => None,
        (Kind::Tags, _) => Some(Value::Tags(spec.tags.clone())),
        (Kind::Switch, given) => Some(Value::Switch(
            given.is_some_and(|value| value.to_string() == "true"),
        )),
        (Kind::Text, _) if !says_something(raw, key) && !has_effect(raw, key) => None,
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

/// Whether a parameter is given and is not just its default.
pub(super) fn says_something(raw: &RawParameters, key: Key) -> bool {
    let default = key.parameter().default_text();
    raw.get(key)
        .is_some_and(|(value, _)| default != Some(value.to_string().as_str()))
}

/// Whether what a parameter needs is given.
pub(super) fn has_effect(raw: &RawParameters, key: Key) -> bool {
    key.parameter()
        .needs
        .is_none_or(|needs| raw.get(needs).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Place;

    fn raw(values: &[(&str, &str)]) -> RawParameters {
        let mut raw = RawParameters::default();
        for (name, value) in values {
            let key = crate::parameters::find(name).expect("a parameter").key;
            raw.set(key, RawValue::Text((*value).into()), Place::Flag);
        }
        raw
    }

    const GOOD: [(&str, &str); 5] = [
        ("lex-version", "v2"),
        ("account-id", "111122223333"),
        ("region", "us-east-1"),
        ("log-group-name", "/lex/bot"),
        ("bucket-name", "bot-audio"),
    ];

    fn with(more: &[(&str, &str)]) -> Result<Request, Faults> {
        request(&raw(&[&GOOD, more].concat()), Vec::new())
    }

    /// The faults' names, after a look that each says something about `what`.
    fn faults(more: &[(&str, &str)], what: &str) -> Vec<String> {
        let Faults(faults) = with(more).expect_err(what);
        assert!(
            faults.iter().any(|fault| fault.what.contains(what)),
            "{what}: {faults:?}"
        );
        faults.into_iter().filter_map(|fault| fault.name).collect()
    }

    #[test]
    fn every_default_and_every_example_passes() {
        for parameter in PARAMETERS {
            let mut given = raw(&GOOD);
            given.set(
                parameter.key,
                RawValue::Text(parameter.example.into()),
                Place::Flag,
            );
            if let Err(faults) = request(&given, Vec::new()) {
                panic!("{}: {faults}", parameter.name);
            }
        }
        let request = with(&[]).expect("good parameters");
        let resolved = |key| {
            request
                .resolved
                .iter()
                .find(|(k, _)| *k == key)
                .map(|(_, v)| v.clone())
        };
        for parameter in PARAMETERS {
            match parameter.default {
                DefaultValue::Value("false") => {
                    assert_eq!(resolved(parameter.key), Some(Value::Switch(false)));
                }
                DefaultValue::Value(text) => {
                    let has_effect = parameter.needs != Some(Key::KmsKeyArn);
                    assert_eq!(
                        resolved(parameter.key),
                        has_effect.then(|| Value::Text(text.into()))
                    );
                    let given = with(&[(parameter.name, text)]).expect("a default that passes");
                    assert_eq!(given.spec, request.spec);
                }
                DefaultValue::Absent | DefaultValue::Required => {}
            }
        }
    }

    #[test]
    fn what_is_required_is_asked_for_all_at_once() {
        let Faults(faults) =
            request(&RawParameters::default(), Vec::new()).expect_err("nothing given");
        let names: Vec<_> = faults
            .iter()
            .filter_map(|fault| fault.name.as_deref())
            .collect();
        assert_eq!(
            names,
            ["lex-version", "account-id", "region", "log-group-name"]
        );
    }

    #[test]
    fn all_faults_are_told_together_in_the_tables_order() {
        let names = faults(
            &[
                ("kms-key-arn", "alias/x"),
                ("bucket-name", "Bad"),
                ("region", "nowhere"),
                ("role-name", "a b"),
                ("existing-role", "yes"),
            ],
            "alias",
        );
        assert_eq!(
            names,
            [
                "region",
                "role-name",
                "existing-role",
                "bucket-name",
                "kms-key-arn"
            ]
        );
    }

    #[test]
    fn values_that_do_not_fit_each_other_are_refused() {
        let boundary = "permissions-boundary";
        assert_eq!(
            faults(
                &[(boundary, "arn:aws:iam::999999999999:policy/B")],
                "of the account 999999999999"
            ),
            [boundary]
        );
        assert_eq!(
            faults(
                &[(boundary, "arn:aws-cn:iam::111122223333:policy/B")],
                "partition `aws-cn`"
            ),
            [boundary]
        );
        assert_eq!(
            faults(
                &[
                    (boundary, "arn:aws:iam::aws:policy/B"),
                    ("existing-role", "true")
                ],
                "keeps its own"
            ),
            [boundary]
        );
        assert_eq!(
            faults(
                &[
                    ("role-name", "AWSServiceRoleForLexV2Bots_X"),
                    ("existing-role", "true")
                ],
                "service-linked"
            ),
            ["role-name"]
        );
        let key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        assert_eq!(
            faults(&[("kms-key-arn", key)], "is a key of eu-west-1"),
            ["kms-key-arn"]
        );
        assert_eq!(
            faults(&[("bucket-name", "audio-an")], "-111122223333-us-east-1-an"),
            ["bucket-name"]
        );
        assert!(with(&[("bucket-name", "audio-111122223333-us-east-1-an")]).is_ok());
        assert_eq!(
            faults(
                &[
                    ("s3-policy-name", "logs"),
                    ("cloudwatch-policy-name", "LOGS")
                ],
                "by case"
            ),
            ["s3-policy-name"]
        );
    }

    #[test]
    fn what_concerns_audio_needs_a_bucket() {
        let text_only = [
            &GOOD[..4],
            &[
                ("audio-log-prefix", "a/"),
                ("kms-key-arn", Key::KmsKeyArn.parameter().example),
            ],
        ]
        .concat();
        let Faults(faults) = request(&raw(&text_only), Vec::new()).expect_err("no bucket");
        let names: Vec<_> = faults
            .iter()
            .filter_map(|fault| fault.name.as_deref())
            .collect();
        assert_eq!(names, ["audio-log-prefix", "kms-key-arn"]);
    }

    #[test]
    fn a_value_of_another_type_is_named_as_such() {
        for (key, value, what) in [
            (
                Key::AccountId,
                RawValue::Other("a number", "12".into()),
                "put it in quotes",
            ),
            (Key::RoleName, RawValue::Switch(true), "boolean"),
            (Key::RoleName, RawValue::Pairs(vec![]), "table"),
            (
                Key::RoleName,
                RawValue::Other("an array", "[]".into()),
                "an array",
            ),
            (
                Key::ExistingRole,
                RawValue::Other("a number", "1".into()),
                "neither",
            ),
            (Key::Tags, RawValue::Switch(true), "boolean"),
        ] {
            let mut given = raw(&GOOD);
            given.set(key, value, Place::Flag);
            let Faults(faults) = request(&given, Vec::new()).expect_err(what);
            assert!(faults[0].what.contains(what), "{faults:?}");
        }
    }

    #[test]
    fn notes_say_what_is_right_but_worth_knowing() {
        let notes = |more: &[(&str, &str)]| with(more).expect("good parameters").notes.join("\n");
        assert_eq!(notes(&[]), "");
        assert!(notes(&[("lex-version", "v1")]).contains("2025-09-15"));
        assert!(notes(&[("region", "us-esat-1")]).contains("Did you mean `us-east-1`?"));
        assert!(notes(&[("region", "eu-north-1")]).contains("no endpoint"));
        assert!(notes(&[("lex-version", "v1"), ("source-account", "true")]).contains("Test it"));
        assert!(
            notes(&[("existing-role", "true"), ("source-account", "true")])
                .contains("not put in place")
        );
        assert!(
            notes(&[("lex-version", "v1"), ("audio-log-prefix", "a/")]).contains("resourcePrefix")
        );
        assert!(notes(&[("audio-log-prefix", "/a/")]).contains("literally"));
        assert!(notes(&[("kms-policy-name", "X")]).contains("no effect without `kms-key-arn`"));
        let foreign = "arn:aws:kms:us-east-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        assert!(notes(&[("kms-key-arn", foreign)]).contains("999999999999"));
    }

    #[test]
    fn documentation_stands_in_placeholder_words() {
        let spec = documentation(&raw(&[("lex-version", "v1")])).expect("a page");
        assert_eq!(spec.role_arn(), "arn:aws:iam::account-id:role/role-name");
        assert_eq!(
            spec.text_logs
                .as_ref()
                .map(|logs| logs.log_group_name.as_str()),
            Some("log-group-name")
        );
        assert!(
            spec.audio_logs
                .as_ref()
                .is_some_and(|logs| logs.encryption.is_none())
        );
        let text = documentation(&raw(&[("lex-version", "v2"), ("log-group-name", "/a")]))
            .expect("a page");
        assert!(text.audio_logs.is_none());
        assert!(
            documentation(&raw(&[])).is_err(),
            "the version has no placeholder"
        );
        assert!(documentation(&raw(&[("lex-version", "v2"), ("role-name", "a b")])).is_err());
    }
}
