//! A spec to a plan: the ordered AWS calls, each an argument vector. This is
//! the only place where arguments of the AWS CLI exist; scripts, runbook and
//! documentation all take them from here.

use crate::document::{Document, ManagedPolicy};
use crate::spec::Spec;

/// One call of the AWS CLI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    service: &'static str,
    operation: &'static str,
    options: Vec<(&'static str, String)>,
}

impl Command {
    fn new(service: &'static str, operation: &'static str) -> Self {
        Self {
            service,
            operation,
            options: Vec::new(),
        }
    }

    fn option(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.options.push((name, value.into()));
        self
    }

    fn file(self, name: &'static str, document: Document) -> Self {
        // Relative: Git for Windows rewrites absolute paths (aws-cli/issues/3829).
        self.option(name, format!("file://{}", document.file_name()))
    }

    /// The words of the call as AWS's documentation lays them out: the
    /// operation on the first line, then an option a line.
    #[must_use]
    pub fn lines(&self) -> Vec<Vec<String>> {
        let first = vec![
            "aws".to_owned(),
            self.service.to_owned(),
            self.operation.to_owned(),
        ];
        let options = self.options.iter().map(|(name, value)| {
            // The CLI takes a word that begins with a dash for an option.
            if value.starts_with('-') {
                vec![format!("{name}={value}")]
            } else {
                vec![(*name).to_owned(), value.clone()]
            }
        });
        std::iter::once(first).chain(options).collect()
    }

    /// Whether the call reads a document.
    #[must_use]
    pub fn reads(&self, document: Document) -> bool {
        let name = Some(document.file_name());
        self.options
            .iter()
            .any(|(_, value)| value.strip_prefix("file://") == name)
    }

    /// The argument vector, without the program's name.
    #[must_use]
    pub fn arguments(&self) -> Vec<String> {
        self.lines().concat().split_off(1)
    }
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Create the role.
    CreateRole,
    /// Create a managed policy.
    CreatePolicy,
    /// Attach a managed policy to the role.
    AttachPolicy,
    /// Show the role and its trust policy.
    ShowRole,
    /// Show a managed policy's document.
    ShowPolicy,
    /// Show what is attached to the role.
    ShowAttachments,
    /// Detach a managed policy from the role.
    DetachPolicy,
    /// Delete a managed policy.
    DeletePolicy,
    /// Delete the role.
    DeleteRole,
}

impl Action {
    /// The word by which the templates know it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::CreateRole => "create-role",
            Self::CreatePolicy => "create-policy",
            Self::AttachPolicy => "attach-policy",
            Self::ShowRole => "show-role",
            Self::ShowPolicy => "show-policy",
            Self::ShowAttachments => "show-attachments",
            Self::DetachPolicy => "detach-policy",
            Self::DeletePolicy => "delete-policy",
            Self::DeleteRole => "delete-role",
        }
    }
}

/// One step: an action and the call that does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it does.
    pub action: Action,
    /// The policy that it concerns, if it concerns one.
    pub policy: Option<Document>,
    /// How.
    pub command: Command,
}

/// The calls that put a spec in place, show that it is, and take it out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Prints the caller's account, before anything is done.
    pub identify: Command,
    /// Puts the role, the policies and the attachments in place, in the AWS
    /// page's order.
    pub apply: Vec<Step>,
    /// Shows them. Changes nothing.
    pub show: Vec<Step>,
    /// Takes them out, in the only order that IAM accepts: detached before
    /// deleted, the role last.
    pub undo: Vec<Step>,
}

impl Plan {
    /// The plan of a spec.
    #[must_use]
    pub fn new(spec: &Spec) -> Self {
        let policies = spec.policies();
        let on_role = |action, command: Command| Step {
            action,
            policy: None,
            command,
        };
        let on_policy = |action, policy: &ManagedPolicy<'_>, command: Command| Step {
            action,
            policy: Some(policy.document),
            command,
        };
        let role = spec.role_name.as_str();
        let iam = |operation| Command::new("iam", operation);

        let mut apply = Vec::new();
        if !spec.existing_role {
            apply.push(on_role(Action::CreateRole, create_role(spec)));
        }
        for policy in &policies {
            let create = iam("create-policy")
                .option("--policy-name", policy.name.as_str())
                .file("--policy-document", policy.document);
            apply.push(on_policy(
                Action::CreatePolicy,
                policy,
                with_tags(create, spec),
            ));
            let attach = iam("attach-role-policy")
                .option("--policy-arn", policy.arn.as_str())
                .option("--role-name", role);
            apply.push(on_policy(Action::AttachPolicy, policy, attach));
        }

        let mut show = vec![on_role(
            Action::ShowRole,
            iam("get-role").option("--role-name", role),
        )];
        for policy in &policies {
            let document = iam("get-policy-version")
                .option("--policy-arn", policy.arn.as_str())
                .option("--version-id", "v1");
            show.push(on_policy(Action::ShowPolicy, policy, document));
        }
        let attached = iam("list-attached-role-policies").option("--role-name", role);
        show.push(on_role(Action::ShowAttachments, attached));

        let mut undo = Vec::new();
        for policy in policies.iter().rev() {
            let detach = iam("detach-role-policy")
                .option("--policy-arn", policy.arn.as_str())
                .option("--role-name", role);
            undo.push(on_policy(Action::DetachPolicy, policy, detach));
            let delete = iam("delete-policy").option("--policy-arn", policy.arn.as_str());
            undo.push(on_policy(Action::DeletePolicy, policy, delete));
        }
        if !spec.existing_role {
            let delete = iam("delete-role").option("--role-name", role);
            undo.push(on_role(Action::DeleteRole, delete));
        }

        let identify = Command::new("sts", "get-caller-identity")
            .option("--query", "Account")
            .option("--output", "text");
        Self {
            identify,
            apply,
            show,
            undo,
        }
    }
}

/// The page's call, and an option for each thing that the spec asks for.
fn create_role(spec: &Spec) -> Command {
    let mut command = Command::new("iam", "create-role")
        .option("--role-name", spec.role_name.as_str())
        .file("--assume-role-policy-document", Document::TrustPolicy);
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
