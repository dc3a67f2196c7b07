//! What several steps share.

use super::command::Command;
use crate::request::Spec;
use crate::values::arn::KmsKeyArn;
use crate::values::names::Region;

/// A call to the Region of the bot and its logs, wherever the others go.
pub(super) fn regional(command: Command, spec: &Spec) -> Command {
    in_region(command, &spec.region)
}

pub(super) fn in_region(command: Command, region: &Region) -> Command {
    command.option("--region", region.as_str())
}

/// What creates a thing in words, and the thing.
pub(super) fn created(thing: String) -> [String; 2] {
    [format!("create the {thing}"), thing]
}

pub(super) fn on_key(operation: &'static str, key: &KmsKeyArn, spec: &Spec) -> Command {
    let command = Command::new("kms", operation).option("--key-id", key.as_str());
    regional(command, spec)
}
