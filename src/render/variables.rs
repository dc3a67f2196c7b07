//! The variables that the templates read. All of them are always there, empty
//! where nothing was given: to Tera an undefined name in an `if` is false
//! without a word.

use std::path::Path;

use serde::Serialize;
use serde_json::json;

use super::Made;
use crate::digest::{File, GENERATOR};
use crate::document::Document;
use crate::plan::Plan;
use crate::policy::grants;
use crate::request::{Request, Spec, Value};
use crate::templates::{Context, Templates};
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
pub fn add_bundle(
    context: &mut Context,
    request: &Request,
    documents: &[File],
    request_file: &File,
    templates: &Templates,
) {
    let spec = request.spec();
    let plan = Plan::new(spec);
    context.insert("generator", GENERATOR);
    context.insert("bundle_name", &request.bundle_name());
    context.insert("folder_name", &spec.folder_name());
    context.insert("notes", &notes(request, templates));

    let kind = |document: Document| match document {
        Document::TrustPolicy => "trust-policy",
        Document::Tags | Document::LogGroupTags | Document::BucketTags => "tags",
        Document::PassRolePolicy | Document::LogGroupKeyPolicy | Document::LogSettings => {
            document.id()
        }
        _ => "policy",
    };
    let all = std::iter::zip(spec.documents(), documents).map(|(document, file)| {
        json!({
            "name": file.name,
            "sha256": file.sha256,
            "text": file.text,
            "kind": kind(document),
            // With an existing role the trust policy is there to be compared only.
            "used": plan.apply.iter().any(|step| step.command.reads(document)),
        })
    });
    context.insert("documents", &all.collect::<Vec<_>>());

    let policies = spec.policies().into_iter().map(|policy| {
        let grants = grants::of(policy.document, spec).into_iter();
        let grants =
            grants.map(|grant| json!({"actions": grant.actions, "resource": grant.resource}));
        json!({
            "id": policy.document.id(),
            "name": policy.name.as_str(),
            "document": policy.document,
            "grants": grants.collect::<Vec<_>>(),
        })
    });
    context.insert("policies", &policies.collect::<Vec<_>>());

    // Tables are not values of one line; the runbook tells of the tags where they matter.
    let resolved = request.resolved.iter();
    let parameters = resolved.filter_map(|(key, value)| {
        let value = match value {
            Value::Text(text) => text.clone(),
            Value::Switch(on) => on.to_string(),
            Value::Tags(_) | Value::Custom(_) => return None,
        };
        Some(json!({"name": key.name(), "value": value}))
    });
    context.insert("parameters", &parameters.collect::<Vec<_>>());

    let files = documents.iter().chain([request_file]);
    let digest = crate::digest::of_bundle(files.map(|file| (file.name, file.sha256.as_str())));
    context.insert("digest", &digest);

    let undo = plan.apply.iter().rev().filter(|step| step.undo.is_some());
    context.insert("undo", &undo.collect::<Vec<_>>());
    context.insert("apply", &plan.apply);
    context.insert("targets", &plan.targets);
    context.insert("log_settings", &plan.log_settings);
    context.insert("pass_role", &plan.pass_role);
    context.insert("log_group_key", &plan.log_group_key);
    context.insert("needs", &plan.needs);
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
