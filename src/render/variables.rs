//! The variables that the templates read. All of them are always there, empty
//! where nothing was given: to Tera an undefined name in an `if` is false
//! without a word.

use serde::Serialize;

use super::{File, GENERATOR, RenderError};
use crate::dialect::{Dialect, Unquotable};
use crate::document::{Document, ManagedPolicy};
use crate::parameters::Kind;
use crate::plan::{Command, Look, Plan, Premise, Step, Subject, Update, Versions};
use crate::receipt;
use crate::spec::arn::PermissionsBoundary;
use crate::spec::names::{AudioLogPrefix, RolePath};
use crate::spec::{Request, Spec, Value};
use crate::templates::{Context, TemplateError, Templates};

/// The variables of the documents.
#[must_use]
pub fn of_spec(spec: &Spec) -> Context {
    #[derive(Serialize)]
    struct Tag<'a> {
        key: &'a str,
        value: &'a str,
    }

    let mut context = Context::new();
    let text = spec.text_logs.as_ref();
    let audio = spec.audio_logs.as_ref();
    let encryption = audio.and_then(|audio| audio.encryption.as_ref());
    let mut set =
        |name: &'static str, value: Option<&str>| context.insert(name, value.unwrap_or_default());

    set("lex_version", Some(spec.lex_version.as_str()));
    set(
        "service_principal",
        Some(spec.lex_version.service_principal()),
    );
    set("account_id", Some(spec.account_id.as_str()));
    set("region", Some(spec.region.as_str()));
    set("partition", Some(spec.partition().name()));
    set("iam_console", Some(spec.partition().iam_console()));
    set("role_name", Some(spec.role_name.as_str()));
    set("role_arn", Some(&spec.role_arn()));
    set("role_path", spec.role_path.as_ref().map(RolePath::as_str));
    set(
        "permissions_boundary",
        spec.permissions_boundary
            .as_ref()
            .map(PermissionsBoundary::as_str),
    );
    set(
        "log_group_name",
        text.map(|logs| logs.log_group_name.as_str()),
    );
    set(
        "cloudwatch_policy_name",
        text.map(|logs| logs.policy_name.as_str()),
    );
    set("bucket_name", audio.map(|logs| logs.bucket_name.as_str()));
    set(
        "s3_policy_name",
        audio.map(|logs| logs.policy_name.as_str()),
    );
    set(
        "audio_log_prefix",
        audio
            .and_then(|logs| logs.prefix.as_ref())
            .map(AudioLogPrefix::as_str),
    );
    set(
        "kms_key_arn",
        encryption.map(|encryption| encryption.key_arn.as_str()),
    );
    set(
        "kms_policy_name",
        encryption.map(|encryption| encryption.policy_name.as_str()),
    );
    context.insert("existing_role", &spec.existing_role);
    context.insert("source_account", &spec.source_account);
    let tags: Vec<Tag<'_>> = spec
        .tags
        .iter()
        .map(|(key, value)| Tag { key, value })
        .collect();
    context.insert("tags", &tags);
    context
}

/// The variables of what the program says at its end.
#[must_use]
pub fn of_next(output: &str, zipped: bool) -> Context {
    let mut context = Context::new();
    context.insert("output", output);
    context.insert("zipped", &zipped);
    context
}

/// A call as the templates see it: its text for each shell.
#[derive(Serialize)]
struct CommandView {
    bash: String,
    cmd: String,
}

impl CommandView {
    /// A call of AWS's page, laid out as there.
    fn new(command: &Command) -> Result<Self, Unquotable> {
        Ok(Self {
            bash: Dialect::Bash.command(command)?,
            cmd: Dialect::Cmd.command(command)?,
        })
    }

    /// Any other call.
    fn compact(command: &Command) -> Result<Self, Unquotable> {
        Ok(Self {
            bash: Dialect::Bash.compact(command)?,
            cmd: Dialect::Cmd.compact(command)?,
        })
    }
}

/// A look or an update as the templates see it.
#[derive(Serialize)]
struct AspectView {
    aspect: &'static str,
    room: Option<VersionsView>,
    #[serde(flatten)]
    command: CommandView,
}

impl AspectView {
    fn of_look(look: &Look) -> Result<Self, Unquotable> {
        Ok(Self {
            aspect: look.aspect.id(),
            room: None,
            command: CommandView::compact(&look.command)?,
        })
    }

    fn of_update(update: &Update) -> Result<Self, Unquotable> {
        Ok(Self {
            aspect: update.aspect.id(),
            room: update.room.as_ref().map(VersionsView::new).transpose()?,
            command: CommandView::compact(&update.command)?,
        })
    }
}

/// Versions to be deleted as the templates see them.
#[derive(Serialize)]
struct VersionsView {
    list: CommandView,
    delete: CommandView,
}

impl VersionsView {
    fn new(versions: &Versions) -> Result<Self, Unquotable> {
        Ok(Self {
            list: CommandView::compact(&versions.list)?,
            delete: CommandView::compact(&versions.delete)?,
        })
    }
}

/// What must be there as the templates see it.
#[derive(Serialize)]
struct PremiseView<'a> {
    subject: &'static str,
    title: &'a str,
    looks: Vec<AspectView>,
}

impl<'a> PremiseView<'a> {
    fn new(premise: &Premise, title: &'a str) -> Result<Self, Unquotable> {
        let looks: Result<_, _> = premise.looks.iter().map(AspectView::of_look).collect();
        Ok(Self {
            subject: premise.subject.id(),
            title,
            looks: looks?,
        })
    }
}

/// A step as the templates see it.
#[derive(Serialize)]
struct StepView<'a> {
    number: usize,
    subject: &'static str,
    /// What it does, in words.
    title: &'a str,
    /// What it puts in place, in words.
    look_title: &'a str,
    /// What undoes it, in words.
    undo_title: &'a str,
    resource: &'a str,
    #[serde(flatten)]
    command: CommandView,
    wait: Option<CommandView>,
    looks: Vec<AspectView>,
    updates: Vec<AspectView>,
    users: Vec<CommandView>,
    versions: Option<VersionsView>,
    removal: CommandView,
}

impl<'a> StepView<'a> {
    fn new(index: usize, step: &'a Step, titles: [&'a str; 3]) -> Result<Self, Unquotable> {
        let [title, look_title, undo_title] = titles;
        let removal = &step.removal;
        let looks: Result<_, _> = step.looks.iter().map(AspectView::of_look).collect();
        let updates: Result<_, _> = step.updates.iter().map(AspectView::of_update).collect();
        let users: Result<_, _> = removal.users.iter().map(CommandView::compact).collect();
        Ok(Self {
            number: index + 1,
            subject: step.subject.id(),
            title,
            look_title,
            undo_title,
            resource: &step.resource,
            command: CommandView::new(&step.command)?,
            wait: step.wait.as_ref().map(CommandView::compact).transpose()?,
            looks: looks?,
            updates: updates?,
            users: users?,
            versions: removal
                .versions
                .as_ref()
                .map(VersionsView::new)
                .transpose()?,
            removal: CommandView::compact(&removal.command)?,
        })
    }
}

/// Adds what scripts and runbook read beside the variables of the documents:
/// the plan, the files and the request around them.
///
/// # Errors
/// If a command cannot be written for one of the shells, or a step not be
/// worded.
pub fn add_bundle(
    context: &mut Context,
    request: &Request,
    documents: &[File],
    request_file: &File,
    templates: &Templates,
) -> Result<(), RenderError> {
    #[derive(Serialize)]
    struct DocumentView<'a> {
        name: &'a str,
        sha256: &'a str,
        kind: &'static str,
        /// Whether a step reads it; with an existing role the trust policy is
        /// there to be compared only.
        used: bool,
    }

    #[derive(Serialize)]
    struct PolicyView<'a> {
        name: &'a str,
        document: &'a str,
    }

    #[derive(Serialize)]
    struct ParameterView {
        name: &'static str,
        value: String,
    }

    let spec = request.spec();
    let plan = Plan::new(spec);
    context.insert("generator", GENERATOR);
    context.insert("bundle_name", &request.bundle_name());
    context.insert("notes", request.notes());

    let views: Vec<DocumentView<'_>> = std::iter::zip(spec.documents(), documents)
        .map(|(document, file)| DocumentView {
            name: file.name,
            sha256: &file.sha256,
            kind: match document {
                Document::TrustPolicy => "trust-policy",
                Document::Tags => "tags",
                _ => "policy",
            },
            used: plan.apply.iter().any(|step| step.command.reads(document)),
        })
        .collect();
    context.insert("documents", &views);

    let policies = spec.policies();
    let views: Vec<PolicyView<'_>> = policies
        .iter()
        .map(|policy| PolicyView {
            name: policy.name.as_str(),
            document: policy.document.file_name(),
        })
        .collect();
    context.insert("policies", &views);

    let parameters: Vec<ParameterView> = request
        .resolved
        .iter()
        .filter(|(key, _)| key.parameter().kind != Kind::Tags)
        .map(|(key, value)| ParameterView {
            name: key.name(),
            value: match value {
                Value::Text(text) => text.clone(),
                Value::Switch(on) => on.to_string(),
                Value::Tags(_) => String::new(),
            },
        })
        .collect();
    context.insert("parameters", &parameters);

    let files = documents.iter().chain([request_file]);
    let digest = receipt::digest(files.map(|file| (file.name, file.sha256.as_str())));
    context.insert("digest", &digest);
    context.insert("unix_paths", &unix_paths(spec));
    context.insert("identify", &CommandView::compact(&plan.identify)?);
    add_steps(context, &plan, spec, &policies, templates)
}

/// Adds the plan's steps, and what is looked at beside them.
fn add_steps(
    context: &mut Context,
    plan: &Plan,
    spec: &Spec,
    policies: &[ManagedPolicy<'_>],
    templates: &Templates,
) -> Result<(), RenderError> {
    let steps: Vec<_> = plan
        .apply
        .iter()
        .map(|step| (step.subject, step.policy))
        .collect();
    let premises: Vec<_> = plan
        .existing_role
        .iter()
        .chain(&plan.targets)
        .map(|premise| (premise.subject, None))
        .collect();
    let words = |phase, items: &[(Subject, Option<Document>)]| {
        let text = templates.render(
            "wording/steps.txt",
            &of_wording(spec, phase, items, policies),
        )?;
        if text.lines().count() == items.len() {
            Ok(text)
        } else {
            let message = format!(
                "wording/steps.txt gives no line for each of {} items",
                items.len()
            );
            Err(TemplateError { message })
        }
    };
    let (apply, look, undo) = (
        words("apply", &steps)?,
        words("look", &steps)?,
        words("undo", &steps)?,
    );
    let titles = std::iter::zip(apply.lines(), std::iter::zip(look.lines(), undo.lines()));
    let views: Result<Vec<StepView<'_>>, Unquotable> = std::iter::zip(&plan.apply, titles)
        .enumerate()
        .map(|(index, (step, (title, (look, undo))))| {
            StepView::new(index, step, [title, look, undo])
        })
        .collect();
    let mut views = views?;
    context.insert("apply", &views);
    views.reverse();
    context.insert("undo", &views);

    let premise_words = words("look", &premises)?;
    let mut titles = premise_words.lines();
    let mut view = |premise: &Premise| PremiseView::new(premise, titles.next().unwrap_or_default());
    let existing_role = plan.existing_role.as_ref().map(&mut view).transpose()?;
    context.insert("existing_role_look", &existing_role);
    let targets: Result<Vec<_>, _> = plan.targets.iter().map(view).collect();
    context.insert("targets", &targets?);
    Ok(())
}

/// What begins like a path of Unix, of which Git for Windows makes one of
/// Windows unless it is told not to.
fn unix_paths(spec: &Spec) -> String {
    let path = spec.role_path.as_ref().map(RolePath::as_str);
    let group = spec
        .text_logs
        .as_ref()
        .map(|logs| logs.log_group_name.as_str());
    let paths: Vec<&str> = [path, group]
        .into_iter()
        .flatten()
        .filter(|text| text.starts_with('/'))
        .collect();
    paths.join(";")
}

/// The variables of the wording of steps, which gives a line for each item.
#[must_use]
pub fn of_wording(
    spec: &Spec,
    phase: &str,
    items: &[(Subject, Option<Document>)],
    policies: &[ManagedPolicy<'_>],
) -> Context {
    #[derive(Serialize)]
    struct Wording<'a> {
        subject: &'static str,
        policy_name: &'a str,
    }

    let items: Vec<Wording<'_>> = items
        .iter()
        .map(|(subject, document)| {
            let policy = policies
                .iter()
                .find(|policy| Some(policy.document) == *document);
            Wording {
                subject: subject.id(),
                policy_name: policy.map_or("", |policy| policy.name.as_str()),
            }
        })
        .collect();
    let mut context = of_spec(spec);
    context.insert("phase", phase);
    context.insert("items", &items);
    context
}
