//! The variables that the templates read. All of them are always there, empty
//! where nothing was given: to Tera an undefined name in an `if` is false
//! without a word.

use std::path::Path;

use serde::Serialize;
use serde_json::json;

use super::OutputKind;
use crate::digest::{File, GENERATOR};
use crate::document::Document;
use crate::parameters::{Kind, PARAMETERS};
use crate::plan::Plan;
use crate::policy::grants;
use crate::request::{Request, Spec, Value};
use crate::templates::{Context, Templates};
/// The variables of the documents.
#[must_use]
pub fn of_spec(spec: &Spec) -> Context {
    #[derive(Serialize)]
    struct Tag<'a> {
        key: &'a str,
        value: &'a str,
    }

    let mut context = Context::new();
    for row in PARAMETERS {
        let value = spec.values.get(&row.key).map_or("", String::as_str);
        match row.kind {
            Kind::Switch => context.insert(row.variable(), &(value == "true")),
            _ => context.insert(row.variable(), value),
        }
    }
    let partition = spec.partition();
    context.insert("partition", partition.name());
    context.insert("iam_console", partition.iam_console());
    context.insert("service_principal", spec.lex_version.service_principal());
    context.insert("role_arn", &spec.role_arn());
    // The accounts of keys that are not the role's own.
    let owner = |key| spec.other_owner(key).unwrap_or_default();
    context.insert("log_group_key_owner", owner(spec.log_group_key()));
    context.insert("bucket_key_owner", owner(spec.bucket_key()));
    let audio = spec.audio_logs.as_ref();
    let regional = audio.is_some_and(|logs| logs.bucket_name.is_account_regional());
    context.insert("account_regional_bucket", &regional);
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
pub fn of_next(output: &str, made: OutputKind<'_>, spec: &Spec) -> Context {
    let signature = match made {
        OutputKind::Signed(path) => path,
        OutputKind::Folder | OutputKind::Zip => "",
    };
    let mut context = Context::new();
    context.insert("output", output);
    let readme = Path::new(output).join("README.html");
    context.insert("readme", &readme.display().to_string());
    context.insert("zipped", &(made != OutputKind::Folder));
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
        Document::PassRolePolicy
        | Document::BucketPolicy
        | Document::LogGroupKeyPolicy
        | Document::BucketKeyPolicy
        | Document::LogSettings => document.id(),
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
            grants.map(|grant| json!({"actions": grant.actions, "resources": grant.resources}));
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
    context.insert("key_policies", &plan.key_policies);
    context.insert("stack", &plan.stack);
    context.insert("needs", &plan.needs);
}

/// What is worth knowing, each a sentence.
fn notes(request: &Request, templates: &Templates) -> Vec<String> {
    let own = templates.note().map(|note| {
        format!(
            "This bundle was generated with custom templates that override these built-in ones: `{}`. `manifest.json` lists them.",
            note.replaced.join("`, `")
        )
    });
    request.notes().iter().cloned().chain(own).collect()
}
