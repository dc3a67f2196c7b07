//! The variables that the templates read. All of them are always there, empty
//! where nothing was given: to Tera an undefined name in an `if` is false
//! without a word.

mod settings;
pub mod steps;

use std::path::Path;

use serde::Serialize;

use super::{Made, RenderError};
use crate::digest::{File, GENERATOR};
use crate::document::Document;
use crate::parameters::Kind;
use crate::plan::Plan;
use crate::policy::grants;
use crate::request::{Request, Spec, Value};
use crate::templates::{Context, TemplateError, Templates};
use crate::values::arn::{AssociatedResourceArn, KmsKeyArn, PermissionsBoundary};
use crate::values::bot::TextLogPrefix;
use crate::values::contact::Contact;
use crate::values::names::{AudioLogPrefix, RolePath};
use crate::values::retention::RetentionDays;

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
    let creation = text.and_then(|logs| logs.creation.as_ref());
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
    set("contact", spec.contact.as_ref().map(Contact::as_str));
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
    set(
        "log_group_kms_key_arn",
        text.and_then(|logs| logs.kms_key_arn.as_ref())
            .map(KmsKeyArn::as_str),
    );
    set(
        "log_group_retention_days",
        creation
            .and_then(|creation| creation.retention.as_ref())
            .map(RetentionDays::as_str),
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
    let bot = spec.bot.as_ref();
    set("bot_id", bot.map(|bot| bot.id.as_str()));
    set("bot_alias_id", bot.map(|bot| bot.alias_id.as_str()));
    let prefix = text.and_then(|logs| logs.prefix.as_ref());
    set("text_log_prefix", prefix.map(TextLogPrefix::as_str));
    set(
        "associated_resource_arn",
        spec.pass_role
            .as_ref()
            .and_then(|pass_role| pass_role.associated_resource.as_ref())
            .map(AssociatedResourceArn::as_str),
    );
    context.insert("existing_role", &spec.existing_role);
    context.insert("source_account", &spec.source_account);
    let creates_bucket = audio.is_some_and(|logs| logs.creates_bucket);
    context.insert("create_bucket", &creates_bucket);
    let regional = audio.is_some_and(|logs| logs.bucket_name.is_account_regional());
    context.insert("account_regional_bucket", &regional);
    context.insert("create_log_group", &creation.is_some());
    let decrypt = encryption.is_some_and(|encryption| encryption.decrypt);
    context.insert("kms_decrypt", &decrypt);
    context.insert("pass_role_policy", &spec.pass_role.is_some());
    let tags: Vec<Tag<'_>> = spec
        .tags
        .iter()
        .map(|(key, value)| Tag { key, value })
        .collect();
    context.insert("tags", &tags);
    context.insert("custom", &spec.custom);
    context
}

/// The variables of what the program says at its end.
#[must_use]
pub fn of_next(output: &str, made: Made<'_>, spec: &Spec) -> Context {
    let signature = match made {
        Made::Signed(path) => path,
        Made::Folder | Made::Zip => "",
    };
    let mut context = Context::new();
    context.insert("output", output);
    let readme = Path::new(output).join("README.html");
    context.insert("readme", &readme.display().to_string());
    context.insert("zipped", &(made != Made::Folder));
    context.insert("signature", signature);
    context.insert("custom", &spec.custom);
    context
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
        text: &'a str,
        kind: &'static str,
        /// Whether a step reads it; with an existing role the trust policy is
        /// there to be compared only.
        used: bool,
    }

    #[derive(Serialize)]
    struct PolicyView<'a> {
        id: &'static str,
        name: &'a str,
        document: &'a str,
        grants: Vec<GrantView>,
    }

    #[derive(Serialize)]
    struct GrantView {
        actions: &'static [&'static str],
        resource: Option<String>,
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
    context.insert("folder_name", &spec.folder_name());
    context.insert("notes", &notes(request, templates));

    let views: Vec<DocumentView<'_>> = std::iter::zip(spec.documents(), documents)
        .map(|(document, file)| DocumentView {
            name: file.name,
            sha256: &file.sha256,
            text: &file.text,
            kind: match document {
                Document::TrustPolicy => "trust-policy",
                Document::Tags | Document::LogGroupTags | Document::BucketTags => "tags",
                Document::PassRolePolicy | Document::LogGroupKeyPolicy | Document::LogSettings => {
                    document.id()
                }
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
            id: policy.document.id(),
            name: policy.name.as_str(),
            document: policy.document.file_name(),
            grants: grants::of(policy.document, spec)
                .into_iter()
                .map(|grant| GrantView {
                    actions: grant.actions,
                    resource: grant.resource,
                })
                .collect(),
        })
        .collect();
    context.insert("policies", &views);

    let parameters: Vec<ParameterView> = request
        .resolved
        .iter()
        // Tables are not values of one line; the runbook tells of the tags where they matter.
        .filter(|(key, _)| !matches!(key.parameter().kind, Kind::Tags | Kind::Custom))
        .map(|(key, value)| ParameterView {
            name: key.name(),
            value: match value {
                Value::Text(text) => text.clone(),
                Value::Switch(on) => on.to_string(),
                Value::Tags(_) | Value::Custom(_) => String::new(),
            },
        })
        .collect();
    context.insert("parameters", &parameters);

    let files = documents.iter().chain([request_file]);
    let digest = crate::digest::of_bundle(files.map(|file| (file.name, file.sha256.as_str())));
    context.insert("digest", &digest);
    context.insert("needs", &needs(context, templates)?);
    steps::add(context, &plan, &policies, templates)?;
    Ok(())
}

/// What is worth knowing, each a sentence.
fn notes(request: &Request, templates: &Templates) -> Vec<String> {
    let own = templates.note().map(|note| {
        format!(
            "This bundle was made with templates of the requester's own in place of these of lexlogs: `{}`. `manifest.json` names them.",
            note.replaced.join("`, `")
        )
    });
    request.notes().iter().cloned().chain(own).collect()
}

/// IAM permissions that somebody needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Need {
    /// For what, in words.
    pub purpose: String,
    /// Which.
    pub permissions: Vec<String>,
}

/// What whoever runs the scripts needs. The context must have the spec's
/// variables.
///
/// # Errors
/// If the template cannot be rendered.
pub(crate) fn needs(context: &Context, templates: &Templates) -> Result<Vec<Need>, TemplateError> {
    let text = templates.render("wording/permissions.txt", context)?;
    let need = |line: &str| {
        let (purpose, permissions) = line.split_once(": ").unwrap_or((line, ""));
        Need {
            purpose: purpose.to_owned(),
            permissions: permissions.split_whitespace().map(str::to_owned).collect(),
        }
    };
    Ok(text.lines().map(need).collect())
}
