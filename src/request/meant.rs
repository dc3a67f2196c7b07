//! What was most likely meant by a value at fault: the same value without the
//! fault, if that passes.

use super::resolve::Resolver;
use crate::diagnostic::{self, Lookalike};
use crate::parameters::{Key, Kind, RawValue};
use crate::values::arn::Arn;
use crate::values::names::{AccountId, Region};
use crate::values::raw::switch;

impl Resolver<'_> {
    /// What passes and is most likely what was meant by the value that was given
    /// for a parameter; none where nobody can tell.
    pub(super) fn meant(&self, key: Key) -> Option<String> {
        let (value, _) = self.raw.get(key)?;
        if let (Kind::Text, RawValue::Pairs(_) | RawValue::List(..)) = (key.parameter().kind, value)
        {
            return None;
        }
        let text = value.to_string();
        // As it stands it may pass where it is text, and does not where it is none.
        let is_text = matches!(value, RawValue::Text(_));
        let text = diagnostic::plain(&text);
        // Spreadsheets keep text by `="…"`, or by a quote before it.
        let plain = text
            .trim()
            .trim_start_matches('=')
            .trim_matches(['"', '\'']);
        let candidates = std::iter::once(plain.to_owned()).chain(self.candidates(key, plain));
        candidates
            .filter(|candidate| !is_text || *candidate != value.to_string())
            .filter(|candidate| Lookalike::first(candidate).is_none())
            .find(|candidate| passes(key, candidate) && self.fits(key, candidate))
    }

    fn candidates(&self, key: Key, text: &str) -> Vec<String> {
        let lower = text.to_ascii_lowercase();
        match key {
            Key::LexVersion => {
                let letters = lower.chars().filter(char::is_ascii_alphanumeric);
                let plain: String = letters.collect();
                let plain = plain.trim_start_matches("amazon");
                let number = plain.trim_start_matches("lex").trim_start_matches('v');
                vec![format!("v{number}")]
            }
            Key::AccountId => {
                let of_arn = Arn::parse(text).map(|arn| arn.account.to_owned());
                // Numbers of spreadsheets have separators, and zeros behind a period.
                let number = text.strip_suffix(".0").or(text.strip_suffix(".00"));
                let digits = number
                    .unwrap_or(text)
                    .replace(['-', ' ', ',', '.', '\'', '_'], "");
                vec![digits, of_arn.unwrap_or_default()]
            }
            Key::Region => {
                let near = crate::values::region::nearest(text);
                near.into_iter().map(str::to_owned).collect()
            }
            Key::BucketName => {
                let name = lower
                    .trim_start_matches("s3://")
                    .rsplit(':')
                    .next()
                    .and_then(|name| name.split('/').next());
                let name = name.unwrap_or_default();
                vec![name.to_owned(), name.replace('_', "-")]
            }
            Key::LogGroupName => {
                let name = text.split_once(":log-group:").map(|(_, name)| name);
                let name = name.map(|name| name.split(':').next().unwrap_or(name));
                vec![name.unwrap_or_default().to_owned()]
            }
            Key::AudioLogPrefix => {
                let key = text
                    .strip_prefix("s3://")
                    .and_then(|rest| rest.split_once('/'));
                vec![key.map_or("", |(_, key)| key).to_owned()]
            }
            Key::RolePath => vec![format!("/{}/", text.trim_matches('/'))],
            Key::RoleName | Key::CloudwatchPolicyName | Key::S3PolicyName | Key::KmsPolicyName => {
                // The name is what comes last in an ARN.
                let name = text.starts_with("arn:").then(|| text.rsplit('/').next());
                vec![name.flatten().unwrap_or_default().to_owned()]
            }
            Key::KmsKeyArn | Key::LogGroupKmsKeyArn => {
                let id = lower.trim_start_matches("key/");
                self.own_arn("kms", &format!("key/{id}"))
                    .into_iter()
                    .collect()
            }
            Key::PermissionsBoundary => {
                let name = text.trim_start_matches("policy/");
                let arn = self.own_arn("iam", &format!("policy/{name}"));
                arn.into_iter().collect()
            }
            Key::BotId => {
                let parts = text.split_once(":bot/").or(text.split_once(":bot-alias/"));
                let bot = parts.and_then(|(_, ids)| ids.split('/').next());
                vec![bot.unwrap_or_default().to_owned()]
            }
            Key::BotAliasId => {
                let alias = text.split_once(":bot-alias/");
                let alias = alias.and_then(|(_, ids)| ids.split('/').nth(1));
                vec![alias.unwrap_or_default().to_owned()]
            }
            _ if key.parameter().kind == Kind::Switch => {
                switch(text).into_iter().map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether it goes with what was given for the others, as far as that passes.
    fn fits(&self, key: Key, candidate: &str) -> bool {
        match key {
            Key::KmsKeyArn | Key::LogGroupKmsKeyArn => {
                let region = self.good::<Region>(Key::Region);
                region.is_none_or(|region| {
                    Arn::parse(candidate).is_ok_and(|arn| arn.region == region)
                })
            }
            Key::PermissionsBoundary => {
                let account = self.good::<AccountId>(Key::AccountId);
                let arn = Arn::parse(candidate);
                account.is_none_or(|account| {
                    arn.is_ok_and(|arn| ["aws", account].contains(&arn.account))
                })
            }
            Key::CloudwatchPolicyName | Key::S3PolicyName | Key::KmsPolicyName => {
                !self.is_taken(key, candidate)
            }
            // One that can only be off with the others.
            Key::ExistingRole | Key::SourceAccount => {
                candidate == "false" || self.example(key).as_deref() != Some("false")
            }
            _ => true,
        }
    }
}

/// Whether a text passes by itself.
fn passes(key: Key, text: &str) -> bool {
    match key {
        // One that only looks like a Region's code is no better than the one that was given.
        Key::Region => crate::values::region::known().any(|known| known == text),
        // What is meant by tags or values of one's own at fault, nobody can tell.
        Key::Tags | Key::Custom => false,
        _ => (key.parameter().check)(text).is_ok(),
    }
}
