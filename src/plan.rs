//! A spec to a plan: the ordered AWS calls, each an argument vector. This is
//! the only place where arguments of the AWS CLI exist; scripts, runbook and
//! documentation all take them from here.

mod command;
mod prerequisites;
mod query;
mod settings;
mod step;

pub use command::{Command, Variable, Word};
pub use settings::{GiveRole, LogKind, LogSettings, WRITTEN};
pub use step::{Aspect, Look, Premise, Removal, Step, Subject, Update, Versions};

use crate::document::{Document, ManagedPolicy};
use crate::spec::Spec;

/// The calls that put a spec in place, show that it is, and take it out again.
///
/// ```
/// use lexlogs::{Plan, RawParameters, Request, Subject};
///
/// let request = Request::new(&RawParameters::example(), Vec::new())?;
/// let plan = Plan::new(request.spec());
/// let subjects: Vec<Subject> = plan.apply.iter().map(|step| step.subject).collect();
/// assert_eq!(subjects, [Subject::Role, Subject::Policy, Subject::Attachment]);
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Prints the caller's account and ARN, before anything is done.
    pub identify: Command,
    /// The role that must be there before, if the spec has none of its own.
    pub existing_role: Option<Premise>,
    /// What the logs are written to, if it is to be created; then the role, the
    /// policies and the attachments, in the AWS page's order. They are taken out
    /// in the opposite order, the only one that IAM accepts.
    pub apply: Vec<Step>,
    /// Where the logs go, which no step puts in place.
    pub targets: Vec<Premise>,
    /// How somebody is permitted to pass the role, if the spec has a policy for
    /// that. No script does it, for none knows who it is.
    pub pass_role: Option<PassRole>,
    /// How the key of the log group comes to be used, if the spec names one. No
    /// script does it, for it is the key's owner who may.
    pub log_group_key: Option<LogGroupKey>,
    /// How the logs of the bot's alias are switched on and off, if the spec names
    /// one: after all steps.
    pub log_settings: Option<LogSettings>,
}

/// The calls by which CloudWatch Logs comes to encrypt a log group with a key.
///
/// ```
/// use lexlogs::{Key, Plan, RawParameters, Request};
///
/// let key: RawParameters = [(Key::LogGroupKmsKeyArn, Key::LogGroupKmsKeyArn.parameter().example)]
///     .into_iter()
///     .collect();
/// let request = Request::new(&RawParameters::example().overridden_by(key), Vec::new())?;
/// let key = Plan::new(request.spec()).log_group_key.expect("a key is given");
/// assert_eq!(key.associate.arguments("")[..2], ["logs", "associate-kms-key"]);
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogGroupKey {
    /// Prints the key's policy.
    pub read: Command,
    /// Puts `key-policy.json` in its place.
    pub write: Command,
    /// Has a log group that is there encrypted with the key.
    pub associate: Command,
}

/// The calls that permit somebody to pass the role, whom the word `OPERATOR`
/// stands for.
///
/// ```
/// use lexlogs::{Key, Plan, RawParameters, Request};
///
/// let on: RawParameters = [(Key::PassRolePolicy, "true")].into_iter().collect();
/// let request = Request::new(&RawParameters::example().overridden_by(on), Vec::new())?;
/// let pass_role = Plan::new(request.spec()).pass_role.expect("it is on");
/// assert_eq!(pass_role.attach_to_user.arguments("")[..2], ["iam", "attach-user-policy"]);
/// # Ok::<(), lexlogs::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
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
    ///
    /// ```
    /// use lexlogs::{Plan, RawParameters, Request};
    ///
    /// let request = Request::new(&RawParameters::example(), Vec::new())?;
    /// let plan = Plan::new(request.spec());
    /// assert_eq!(plan.identify.arguments("")[..2], ["sts", "get-caller-identity"]);
    /// # Ok::<(), lexlogs::Faults>(())
    /// ```
    #[must_use]
    pub fn new(spec: &Spec) -> Self {
        let mut apply = prerequisites::steps(spec);
        if !spec.existing_role {
            apply.push(role(spec));
        }
        for policy in spec.policies() {
            apply.push(managed_policy(spec, &policy));
            apply.push(attachment(spec, &policy));
        }
        Self {
            identify: Command::new("sts", "get-caller-identity").text("[Account,Arn]"),
            existing_role: spec.existing_role.then(|| existing_role(spec)),
            apply,
            targets: prerequisites::targets(spec),
            log_group_key: prerequisites::log_group_key(spec),
            pass_role: spec.pass_role.as_ref().map(|_| pass_role(spec)),
            log_settings: LogSettings::new(spec),
        }
    }

    /// What is looked at beside the steps, in the order in which it is.
    ///
    /// ```
    /// use lexlogs::{Plan, RawParameters, Request, Subject};
    ///
    /// let request = Request::new(&RawParameters::example(), Vec::new())?;
    /// let plan = Plan::new(request.spec());
    /// assert!(plan.premises().all(|premise| premise.subject != Subject::Bot));
    /// # Ok::<(), lexlogs::Faults>(())
    /// ```
    pub fn premises(&self) -> impl Iterator<Item = &Premise> {
        let of_bot = self.log_settings.iter().flat_map(LogSettings::premises);
        let beside = self.existing_role.iter().chain(&self.targets);
        beside.chain(of_bot)
    }
}

/// A call to the Region of the bot and its logs, wherever the others go.
fn regional(command: Command, spec: &Spec) -> Command {
    command.option("--region", spec.region.as_str())
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
    let look = |aspect, query: &str| Look {
        aspect,
        command: on_role("get-role", spec).text(query),
    };
    let mut looks = vec![look(Aspect::Path, &query::path(spec))];
    for query in query::trust(spec) {
        looks.push(look(Aspect::Trust, &query));
    }
    let document =
        on_role("update-assume-role-policy", spec).file("--policy-document", Document::TrustPolicy);
    let mut updates = vec![update(Aspect::Trust, document)];
    if let Some(boundary) = &spec.permissions_boundary {
        looks.push(look(Aspect::Boundary, &query::boundary(boundary)));
        let put = on_role("put-role-permissions-boundary", spec)
            .option("--permissions-boundary", boundary.as_str());
        updates.push(update(Aspect::Boundary, put));
    } else {
        looks.push(look(Aspect::Bounded, query::BOUNDED));
    }
    for query in query::tags("Role.Tags", spec) {
        looks.push(look(Aspect::Tags, &query));
    }
    if !spec.tags.is_empty() {
        let tag = with_tags(on_role("tag-role", spec), spec);
        updates.push(update(Aspect::Tags, tag));
    }
    let users = vec![
        on_role("list-attached-role-policies", spec).text(&query::other_attachments(spec)),
        on_role("list-role-policies", spec).text("PolicyNames[].[@]"),
        on_role("list-instance-profiles-for-role", spec)
            .text("InstanceProfiles[].[InstanceProfileName]"),
    ];
    Step {
        subject: Subject::Role,
        parent: None,
        policy: None,
        resource: spec.role_arn(),
        command: create_role(spec),
        wait: Some(
            Command::waiting("iam", "role-exists").option("--role-name", spec.role_name.as_str()),
        ),
        looks,
        updates,
        removal: Some(Removal {
            contents: None,
            users,
            versions: None,
            command: on_role("delete-role", spec),
        }),
    }
}

fn update(aspect: Aspect, command: Command) -> Update {
    Update {
        aspect,
        room: None,
        command,
    }
}

fn managed_policy(spec: &Spec, policy: &ManagedPolicy<'_>) -> Step {
    let create = iam("create-policy")
        .option("--policy-name", policy.name.as_str())
        .file("--policy-document", policy.document);
    let version = |operation| on_policy(operation, policy).version();
    let get = || on_policy("get-policy", policy);
    let mut looks = vec![Look {
        aspect: Aspect::Version,
        command: get().text("Policy.DefaultVersionId"),
    }];
    for query in query::permissions(policy.document, spec) {
        looks.push(Look {
            aspect: Aspect::Document,
            command: version("get-policy-version").text(&query),
        });
    }
    let document = Update {
        aspect: Aspect::Document,
        room: Some(Versions {
            list: on_policy("list-policy-versions", policy).text(query::OLDEST_OF_FIVE),
            delete: version("delete-policy-version"),
        }),
        command: on_policy("create-policy-version", policy)
            .file("--policy-document", policy.document)
            .flag("--set-as-default"),
    };
    let mut updates = vec![document];
    for query in query::tags("Policy.Tags", spec) {
        looks.push(Look {
            aspect: Aspect::Tags,
            command: get().text(&query),
        });
    }
    if !spec.tags.is_empty() {
        let tag = with_tags(on_policy("tag-policy", policy), spec);
        updates.push(update(Aspect::Tags, tag));
    }
    looks.push(Look {
        aspect: Aspect::Name,
        command: iam("list-policies")
            .option("--scope", "Local")
            .text(&query::elsewhere(policy)),
    });
    Step {
        subject: Subject::Policy,
        parent: None,
        policy: Some(policy.document),
        resource: policy.arn.clone(),
        command: with_tags(create, spec),
        wait: Some(
            Command::waiting("iam", "policy-exists").option("--policy-arn", policy.arn.as_str()),
        ),
        looks,
        updates,
        removal: Some(Removal {
            contents: None,
            users: vec![
                on_policy("list-entities-for-policy", policy).text(&query::other_users(spec)),
            ],
            versions: Some(Versions {
                list: on_policy("list-policy-versions", policy).text(query::OTHER_VERSIONS),
                delete: version("delete-policy-version"),
            }),
            command: on_policy("delete-policy", policy),
        }),
    }
}

fn attachment(spec: &Spec, policy: &ManagedPolicy<'_>) -> Step {
    let list = on_role("list-attached-role-policies", spec);
    Step {
        subject: Subject::Attachment,
        parent: (!spec.existing_role).then_some(Subject::Role),
        policy: Some(policy.document),
        resource: format!("{} on {}", policy.arn, spec.role_name),
        command: attaching("attach-role-policy", spec, policy),
        wait: None,
        looks: vec![Look {
            aspect: Aspect::Attached,
            command: list.text(&query::attached(policy)),
        }],
        updates: Vec::new(),
        removal: Some(Removal {
            contents: None,
            users: Vec::new(),
            versions: None,
            command: attaching("detach-role-policy", spec, policy),
        }),
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

/// A role that is there already is looked at, for its name alone does not say
/// that Amazon Lex may assume it.
fn existing_role(spec: &Spec) -> Premise {
    let look = |aspect, query: &str| Look {
        aspect,
        command: on_role("get-role", spec).text(query),
    };
    Premise {
        subject: Subject::Role,
        looks: vec![
            look(Aspect::Path, &query::existing_path(spec)),
            look(Aspect::ExistingTrust, &query::existing_trust(spec)),
        ],
    }
}
