//! What the log settings of the bot's alias must be: the one place where they
//! stand. The template lays them out, the check reads them back, the scripts
//! set them and look for them. (Lex V2 API: `ConversationLogSettings`; V1 API:
//! `ConversationLogsRequest`.)

use serde_json::{Value, json};

use crate::request::Spec;
use crate::values::bot::TextLogPrefix;
use crate::values::names::{AudioLogPrefix, LexVersion};

/// One of the two kinds of logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Log {
    /// Text, to CloudWatch Logs.
    Text,
    /// Audio, to S3.
    Audio,
}

impl Log {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Text, Self::Audio];

    /// The member of V2's settings.
    pub(crate) fn member(self) -> &'static str {
        match self {
            Self::Text => "textLogSettings",
            Self::Audio => "audioLogSettings",
        }
    }

    /// V1's word for it.
    pub(crate) fn log_type(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Audio => "AUDIO",
        }
    }
}

/// The settings of an alias, if the spec names one: the text of
/// `LexConversationLogsSettings.json`.
pub(crate) fn of(spec: &Spec) -> Option<Value> {
    let logs = Log::ALL.into_iter().filter_map(|log| {
        let value = of_log(log, spec)?;
        Some((log.member().to_owned(), value))
    });
    match spec.lex_version {
        LexVersion::V2 => spec.bot.as_ref().map(|_| Value::Object(logs.collect())),
        LexVersion::V1 => spec.bot.as_ref().map(|_| {
            let logs: Vec<Value> = logs.map(|(_, value)| value).collect();
            json!({"logSettings": logs, "iamRoleArn": spec.role_arn()})
        }),
    }
}

/// Those of one kind, if the spec turns it on: in V2 a list, as the API has it, in
/// V1 an element of one.
pub(crate) fn of_log(log: Log, spec: &Spec) -> Option<Value> {
    let mut value = match (log, spec.lex_version) {
        (Log::Text, LexVersion::V2) => {
            let logs = spec.text_logs.as_ref()?;
            json!([{"enabled": true, "destination": {"cloudWatch": {
                "cloudWatchLogGroupArn": spec.log_group_arn(logs, &spec.region),
                // It must be there, even if there is none.
                "logPrefix": logs.prefix.as_ref().map_or("", TextLogPrefix::as_str),
            }}}])
        }
        (Log::Audio, LexVersion::V2) => {
            let logs = spec.audio_logs.as_ref()?;
            json!([{"enabled": true, "destination": {"s3Bucket": {
                "s3BucketArn": spec.bucket_arn(logs),
                "logPrefix": logs.prefix.as_ref().map_or("", AudioLogPrefix::as_str),
            }}}])
        }
        (Log::Text, LexVersion::V1) => {
            let logs = spec.text_logs.as_ref()?;
            json!({"logType": log.log_type(), "destination": "CLOUDWATCH_LOGS",
                "resourceArn": spec.log_group_arn(logs, &spec.region)})
        }
        (Log::Audio, LexVersion::V1) => {
            let logs = spec.audio_logs.as_ref()?;
            json!({"logType": log.log_type(), "destination": "S3", "resourceArn": spec.bucket_arn(logs)})
        }
    };
    if let Some(key) = audio_key(log, spec) {
        let at = match spec.lex_version {
            LexVersion::V2 => &mut value[0]["destination"]["s3Bucket"]["kmsKeyArn"],
            LexVersion::V1 => &mut value["kmsKeyArn"],
        };
        *at = key.into();
    }
    if is_selective(log, spec) {
        value[0]["selectiveLoggingEnabled"] = true.into();
    }
    Some(value)
}

/// Whether the spec asks for selective logging, which V2 alone has.
pub(crate) fn is_selective(log: Log, spec: &Spec) -> bool {
    match log {
        Log::Text => spec.text_logs.as_ref().is_some_and(|logs| logs.selective),
        Log::Audio => spec.audio_logs.as_ref().is_some_and(|logs| logs.selective),
    }
}

/// The key that encrypts what is written into the bucket.
pub(crate) fn audio_key(log: Log, spec: &Spec) -> Option<&str> {
    let encryption = spec.audio_logs.as_ref()?.encryption.as_ref()?;
    (log == Log::Audio).then(|| encryption.key_arn.as_str())
}
