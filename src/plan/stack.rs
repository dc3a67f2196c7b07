//! The calls by which CloudFormation creates the same from the template in the bundle.

use serde::Serialize;

use super::command::Command;
use super::words::regional;
use crate::document::STACK;
use crate::request::Spec;

/// The calls of one stack, each list in its order. No script makes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stack {
    /// Show what would be created.
    pub review: Vec<Command>,
    pub create: Vec<Command>,
    /// Compare the account with the template.
    pub drift: Vec<Command>,
    /// Deletes it, but for what holds logs.
    pub delete: Command,
}

impl Stack {
    pub(super) fn new(spec: &Spec) -> Self {
        let of_stack =
            |call: Command| regional(call.option("--stack-name", "lex-conversation-logs"), spec);
        let call = |operation| of_stack(Command::new("cloudformation", operation));
        let wait = |condition| of_stack(Command::new("cloudformation", "wait").word(condition));
        let of_change_set = |call: Command| call.option("--change-set-name", "review");
        let new = of_change_set(call("create-change-set"))
            .option("--change-set-type", "CREATE")
            .named_file("--template-body", STACK)
            .option("--capabilities", "CAPABILITY_NAMED_IAM");
        Self {
            review: vec![
                new,
                of_change_set(wait("change-set-create-complete")),
                of_change_set(call("describe-change-set")),
            ],
            create: vec![
                of_change_set(call("execute-change-set")),
                wait("stack-create-complete"),
            ],
            drift: vec![
                call("detect-stack-drift"),
                call("describe-stack-resource-drifts"),
            ],
            delete: call("delete-stack"),
        }
    }
}
