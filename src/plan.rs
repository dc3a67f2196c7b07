//! A spec to a plan: the ordered AWS calls, each an argument vector. This is
//! the only place where arguments of the AWS CLI exist; scripts, runbook and
//! documentation all take them from here.

mod command;
mod needs;
mod prerequisites;
mod query;
mod settings;
mod stack;
mod step;
mod words;

pub use command::Command;
pub use needs::Need;
pub use prerequisites::KeyPolicy;
pub use settings::{GiveRole, LogKind, LogSettings, WRITTEN};
pub use stack::Stack;
pub use step::{Check, Parent, Property, Step, Subject, Target, Undo, Update};

use serde::Serialize;
use words::created;

use crate::document::{Document, ManagedPolicy};
use crate::request::Spec;

/// The calls that put a spec in place, show that it is, and take it out again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// What the logs are written to, if it is to be created; then the role, the
    /// policies and the attachments, in the AWS page's order. They are taken out
    /// in the opposite order, the only one that IAM accepts.
    pub apply: Vec<Step>,
    /// Where the logs go, which no step creates, and the keys.
    pub targets: Vec<Target>,
    /// How somebody is permitted to pass the role, if the spec has a policy for
    /// that. No script does it, for none knows who it is.
    pub pass_role: Option<PassRole>,
    /// How the owners of KMS keys let them be used.
    pub key_policies: Vec<KeyPolicy>,
    /// How the logs of the bot's alias are switched on and off, if the spec names
    /// one: after all steps.
    pub log_settings: Option<LogSettings>,
    /// How CloudFormation creates the same instead, if the bundle has its template.
    pub stack: Option<Stack>,
    /// The IAM permissions that whoever runs the scripts needs.
    pub needs: Vec<Need>,
}

/// The calls that permit somebody to pass the role, whom the word `OPERATOR`
/// stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassRole {
    /// Creates the policy.
    pub create: Command,
    /// Attaches it to a role that people assume.
    pub attach_to_role: Command,
    /// Attaches it to a user.
    pub attach_to_user: Command,
}

impl Plan {
    /// The plan of a spec.
    pub fn new(spec: &Spec) -> Self {
        let mut apply = prerequisites::steps(spec);
        if !spec.existing_role {
            apply.push(role(spec));
        }
        for policy in spec.policies() {
            apply.push(managed_policy(spec, &policy));
            apply.push(attachment(spec, &policy));
        }
        Step::link(&mut apply);
        Self {
            apply,
            targets: prerequisites::targets(spec),
            key_policies: prerequisites::key_policies(spec),
            pass_role: spec.pass_role.as_ref().map(|_| pass_role(spec)),
            log_settings: LogSettings::new(spec),
            stack: spec.cloudformation.then(|| Stack::new(spec)),
            needs: needs::of(spec),
        }
    }
}

fn iam(operation: &'static str) -> Command {
    Command::new("iam", operation)
}

fn on_role(operation: &'static str, spec: &Spec) -> Command {
    iam(operation).option("--role-name", spec.role_name.as_str())
}

fn on_policy(operation: &'static str, policy: &ManagedPolicy<'_>) -> Command {
    iam(operation).option("--policy-arn", policy.arn.as_str())
}

fn attaching(operation: &'static str, spec: &Spec, policy: &ManagedPolicy<'_>) -> Command {
    on_policy(operation, policy).option("--role-name", spec.role_name.as_str())
}

/// The page's call, and an option for each thing that the spec asks for.
fn create_role(spec: &Spec) -> Command {
    let mut command =
        on_role("create-role", spec).file("--assume-role-policy-document", Document::TrustPolicy);
    if let Some(path) = &spec.role_path {
        command = command.option("--path", path.as_str());
    }
    if let Some(boundary) = &spec.permissions_boundary {
        command = command.option("--permissions-boundary", boundary.as_str());
    }
    with_tags(command, spec)
}

fn with_tags(command: Command, spec: &Spec) -> Command {
    if spec.tags.is_empty() {
        command
    } else {
        command.file("--tags", Document::Tags)
    }
}

fn role(spec: &Spec) -> Step {
    let mut checks = Vec::new();
    let mut updates = Vec::new();
    if let Some(boundary) = &spec.permissions_boundary {
        checks.push(Check {
            property: Property::Boundary,
            value: boundary.as_str().to_owned(),
            command: on_role("get-role", spec)
                .query("Role.PermissionsBoundary.PermissionsBoundaryArn"),
        });
        updates.push(Update {
            property: Property::Boundary,
            command: on_role("put-role-permissions-boundary", spec)
                .option("--permissions-boundary", boundary.as_str()),
        });
    }
    let list = || on_role("list-role-tags", spec);
    add_tags(
        spec,
        list,
        || on_role("tag-role", spec),
        &mut checks,
        &mut updates,
    );
    let users = vec![
        on_role("list-attached-role-policies", spec).query("AttachedPolicies[].[PolicyArn]"),
        on_role("list-role-policies", spec).query("PolicyNames[].[@]"),
        on_role("list-instance-profiles-for-role", spec)
            .query("InstanceProfiles[].[InstanceProfileName]"),
    ];
    let thing = format!("role {}", spec.role_name);
    Step {
        checks,
        updates,
        undo: Some(Undo {
            title: format!("delete the {thing}"),
            contents: None,
            users,
            command: on_role("delete-role", spec),
        }),
        ..Step::new(
            Subject::Role,
            created(thing),
            spec.role_arn(),
            create_role(spec),
        )
    }
}

/// The checks and the update of the tags, if the spec has any. Other tags than
/// the spec's may be there too.
fn add_tags(
    spec: &Spec,
    list: impl Fn() -> Command,
    tag: impl Fn() -> Command,
    checks: &mut Vec<Check>,
    updates: &mut Vec<Update>,
) {
    checks.extend(
        query::tags("Tags", spec)
            .into_iter()
            .map(|(count, query)| Check {
                property: Property::Tags,
                value: count.to_string(),
                command: list().query(&query),
            }),
    );
    if !spec.tags.is_empty() {
        updates.push(Update {
            property: Property::Tags,
            command: with_tags(tag(), spec),
        });
    }
}

fn managed_policy(spec: &Spec, policy: &ManagedPolicy<'_>) -> Step {
    let create = iam("create-policy")
        .option("--policy-name", policy.name.as_str())
        .file("--policy-document", policy.document);
    let mut checks = Vec::new();
    let mut updates = Vec::new();
    let list = || on_policy("list-policy-tags", policy);
    add_tags(
        spec,
        list,
        || on_policy("tag-policy", policy),
        &mut checks,
        &mut updates,
    );
    let thing = format!("policy {}", policy.name);
    Step {
        policy: Some(policy.document),
        policy_name: policy.name.to_string(),
        checks,
        updates,
        undo: Some(Undo {
            title: format!("delete the {thing}"),
            contents: None,
            users: vec![on_policy("list-entities-for-policy", policy).query(query::ENTITIES)],
            command: on_policy("delete-policy", policy),
        }),
        ..Step::new(
            Subject::Policy,
            created(thing),
            policy.arn.clone(),
            with_tags(create, spec),
        )
    }
}

fn attachment(spec: &Spec, policy: &ManagedPolicy<'_>) -> Step {
    let (name, role) = (policy.name, &spec.role_name);
    let step = Step {
        policy: Some(policy.document),
        policy_name: name.to_string(),
        undo: Some(Undo {
            title: format!("detach the policy {name} from the role {role}"),
            contents: None,
            users: Vec::new(),
            command: attaching("detach-role-policy", spec, policy),
        }),
        ..Step::new(
            Subject::Attachment,
            [
                format!("attach the policy {name} to the role {role}"),
                format!("policy {name} on role {role}"),
            ],
            format!("{} on {role}", policy.arn),
            attaching("attach-role-policy", spec, policy),
        )
    };
    if spec.existing_role {
        step
    } else {
        step.of(Subject::Role)
    }
}

fn pass_role(spec: &Spec) -> PassRole {
    let document = Document::PassRolePolicy;
    let name = document.file_name().trim_end_matches(".json");
    let arn = spec.policy_arn(name);
    // The scripts set the Region for themselves; here it leads to the partition.
    let by_hand = |command: Command| match spec.partition().name() {
        "aws" => command,
        _ => command.option("--region", spec.region.as_str()),
    };
    let create = iam("create-policy")
        .option("--policy-name", name)
        .file("--policy-document", document);
    let attach = |operation| iam(operation).option("--policy-arn", arn.as_str());
    PassRole {
        create: by_hand(with_tags(create, spec)),
        attach_to_role: by_hand(attach("attach-role-policy").option("--role-name", "OPERATOR")),
        attach_to_user: by_hand(attach("attach-user-policy").option("--user-name", "OPERATOR")),
    }
}
