//! The variables that the templates read. All of them are always there, empty
//! where nothing was given: to Tera an undefined name in an `if` is false
//! without a word.

use serde::Serialize;

use super::{File, GENERATOR, RenderError};
use crate::dialect::{Dialect, Unquotable};
use crate::document::{Document, ManagedPolicy};
use crate::parameters::Kind;
use crate::plan::{Command, Plan, Step};
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
    fn new(command: &Command) -> Result<Self, Unquotable> {
        Ok(Self {
            bash: Dialect::Bash.command(command)?,
            cmd: Dialect::Cmd.command(command)?,
        })
    }
}

/// A step as the templates see it.
#[derive(Serialize)]
struct StepView<'a> {
    number: usize,
    /// What it does, in words.
    title: &'a str,
    #[serde(flatten)]
    command: CommandView,
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

    let documents: Vec<DocumentView<'_>> = std::iter::zip(spec.documents(), documents)
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
    context.insert("documents", &documents);

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

    context.insert("identify", &CommandView::new(&plan.identify)?);
    for (name, steps) in [
        ("apply", &plan.apply),
        ("show", &plan.show),
        ("undo", &plan.undo),
    ] {
        let titles = templates.render("wording/steps.txt", &of_wording(spec, steps, &policies))?;
        if titles.lines().count() != steps.len() {
            let message = format!(
                "wording/steps.txt gives no line for each of {} steps",
                steps.len()
            );
            return Err(TemplateError { message }.into());
        }
        let views: Result<Vec<StepView<'_>>, Unquotable> = std::iter::zip(steps, titles.lines())
            .enumerate()
            .map(|(index, (step, title))| {
                Ok(StepView {
                    number: index + 1,
                    title,
                    command: CommandView::new(&step.command)?,
                })
            })
            .collect();
        context.insert(name, &views?);
    }
    Ok(())
}

/// The variables of the wording of steps, which gives a line for each.
#[must_use]
pub fn of_wording(spec: &Spec, steps: &[Step], policies: &[ManagedPolicy<'_>]) -> Context {
    #[derive(Serialize)]
    struct Wording<'a> {
        action: &'static str,
        policy_name: &'a str,
    }

    let steps: Vec<Wording<'_>> = steps
        .iter()
        .map(|step| {
            let policy = policies
                .iter()
                .find(|policy| Some(policy.document) == step.policy);
            Wording {
                action: step.action.id(),
                policy_name: policy.map_or("", |policy| policy.name.as_str()),
            }
        })
        .collect();
    let mut context = Context::new();
    context.insert("steps", &steps);
    context.insert("role_name", spec.role_name.as_str());
    context
}
