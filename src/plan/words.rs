//! What several steps share.

use super::command::Command;
use crate::request::Spec;

/// A call to the Region of the bot and its logs, wherever the others go.
pub(super) fn regional(command: Command, spec: &Spec) -> Command {
    command.option("--region", spec.region.as_str())
}

/// What creates a thing in words, and the thing.
pub(super) fn created(thing: String) -> [String; 2] {
    [format!("create the {thing}"), thing]
}
