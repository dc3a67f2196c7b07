//! What is right but worth knowing: the notes on a request.

use super::given::{has_effect, is_non_default};
use super::spec::Spec;
use crate::diagnostic::{Span, escape_value};
use crate::parameters::{Key, Origin, PARAMETERS, RawParameters, RawValue, find};
use crate::values::names::LexVersion;
use crate::values::region;

/// What is right but worth knowing, as sentences.
pub(super) fn notes(raw: &RawParameters, spec: &Spec) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |text: String| notes.push(text);
    let (region, version) = (spec.region.as_str(), spec.lex_version);

    if version == LexVersion::V1 {
        note("AWS ended support for Amazon Lex V1 on 2025-09-15; with `lex-version` `v2` the trust policy names the service that writes logs today.".into());
    }
    if !region::known().any(|known| known == region) {
        let meant = region::nearest(region)
            .map(|near| format!(" Did you mean `{near}`?"))
            .unwrap_or_default();
        note(format!(
            "`region` {region} is not among the Regions this version knows ({}); by its prefix it is taken to be of the partition `{}`.{meant}",
            region::SOURCE,
            spec.partition()
        ));
    } else if !region::has_lex(region, version) {
        note(format!(
            "Amazon Lex {} has no endpoint in `region` {region}, as far as this version knows.",
            version.as_str().to_ascii_uppercase()
        ));
    }
    if version == LexVersion::V2 && spec.partition().name() == "aws-us-gov" {
        note(format!(
            "AWS's model of Amazon Lex V2 accepts only roles of the partition `aws` for a bot, although V2 has an endpoint in us-gov-west-1: \
before you apply this, set a role of the account {} in one bot as a test.",
            spec.account_id
        ));
    }
    if spec.source_account && version == LexVersion::V1 {
        note("AWS documents `aws:SourceAccount` for Amazon Lex V2 alone; where the service does not send it, logs are lost without an error. Test it.".into());
    }
    for (of, key) in [
        ("log group", spec.log_group_key()),
        ("bucket", spec.bucket_key()),
    ] {
        if let Some(owner) = spec.other_owner(key) {
            note(format!(
                "The KMS key of the {of} belongs to the account {owner}, which must let this role use it: the runbook has the statement for the key's policy."
            ));
        }
    }
    let creation = spec
        .text_logs
        .as_ref()
        .and_then(|logs| logs.creation.as_ref());
    if creation.is_some_and(|creation| creation.retention.is_none()) {
        note(
            "Logs in the log group never expire; set `log-group-retention-days` to limit that."
                .into(),
        );
    }
    of_replica(spec, &mut note);
    if let Some(audio) = &spec.audio_logs {
        if audio.creates_bucket && audio.bucket_name.is_account_regional() {
            note("The bucket is of the account's own namespace: to create it takes an AWS CLI that knows `--bucket-namespace`.".into());
        }
        if let Some(prefix) = &audio.prefix {
            if version == LexVersion::V1 {
                note("Amazon Lex V1 chooses the prefix of audio logs itself; with another `audio-log-prefix` they are lost. GetBotAlias shows it as resourcePrefix.".into());
            }
            if prefix.as_str().starts_with('/') {
                note("`audio-log-prefix` begins with `/`, so every key has an unnamed folder in front; S3 takes it literally.".into());
            }
        }
    }
    let pass_role = spec.pass_role.as_ref();
    if version == LexVersion::V2
        && pass_role.is_some_and(|pass_role| pass_role.associated_resource.is_some())
    {
        note("Amazon Lex V2 gets the role with the bot, not with an alias, and AWS does not say that `iam:AssociatedResourceARN` holds an alias then: \
if passing the role is denied, leave out `associated-resource-arn`.".into());
    }
    for parameter in PARAMETERS {
        if let Some(needs) = parameter.needs
            && is_non_default(raw, parameter.key)
            && !has_effect(raw, parameter.key)
        {
            note(format!(
                "`{}` has no effect without `{}`.",
                parameter.name,
                needs.name()
            ));
        }
    }
    notes
}

fn of_replica(spec: &Spec, mut note: impl FnMut(String)) {
    let (Some(logs), region) = (&spec.text_logs, &spec.region) else {
        return;
    };
    if let Some(replica) = &logs.replica {
        if logs.kms_key_arn.is_some() {
            note(format!(
                "`log-group-kms-key-arn` is a key of {region}: the log group in {replica} must have no KMS key, and `apply` gives it none."
            ));
        }
        note(format!(
            "The bot's replica in {replica} writes its text logs there, and cannot be changed itself: {}switch logs on in {region} alone. \
AWS does not document where the replica writes audio.",
            if spec.bot.is_some() {
                "`enable` and `disable` "
            } else {
                ""
            }
        ));
    }
}

/// What may not be meant in how the parameters were given, as sentences. Unlike
/// the notes it is no part of the bundle, which only depends on what they are.
pub(super) fn remarks(raw: &RawParameters) -> Vec<String> {
    let mut remarks = among_tags(raw);
    remarks.extend(two_versions(raw));
    remarks
}

/// Flags win over a file, as they should; but which Amazon Lex writes the logs is
/// nothing to be given by the way, for a wrong one loses them without an error.
fn two_versions(raw: &RawParameters) -> Option<String> {
    let key = Key::LexVersion;
    let ((file, place), (flag, _)) = (raw.replaced(key)?, raw.get(key)?);
    let name = key.name();
    (file != flag).then(|| {
        format!(
            "`--{name} {flag}` holds, not `{name}` `{}` in {}; make them the same, or leave one of them out.",
            escape_value(&file.to_string()),
            place.spot().map(Span::shown).unwrap_or_default()
        )
    })
}

fn among_tags(raw: &RawParameters) -> Vec<String> {
    let Some((RawValue::Pairs(pairs), Origin::File(_))) = raw.get(Key::Tags) else {
        return Vec::new();
    };
    pairs
        .iter()
        .filter_map(|pair| find(&pair.key))
        .filter(|parameter| raw.get(parameter.key).is_none())
        .map(|parameter| {
            format!(
                "`{}` stands among the tags, so it is a tag and not the parameter of that name. In a TOML file all lines below `[tags]` \
are tags: move it above if the parameter is meant.",
                parameter.name
            )
        })
        .collect()
}

#[cfg(test)]
mod tests;
