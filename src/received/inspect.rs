//! What a bundle does, for whoever is to approve it: from the documents that are
//! in it, and the plan of its request. Only what [`verify`](super::verify) found
//! whole is described.

use serde::Serialize;
use serde_json::{Value, json};

use super::verify::Report;
use super::{Entry, UnverifiedBundle};
use crate::bundle::manifest::octal;
use crate::diagnostic::{escape_all, escape_value};
use crate::digest::sha256;
use crate::plan::Plan;
use crate::policy::elements::{self, Element};
use crate::render::RenderError;
use crate::render::variables;
use crate::request::{Request, Spec};
use crate::shell::Shell;
use crate::templates::{Context, TemplateError, Templates};
use crate::values::arn::PermissionsBoundary;
use crate::values::names::AudioLogPrefix;

/// What a bundle does: the variables of the words for it.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Inspection(Value);

impl Inspection {
    /// Describes a bundle that was found whole, and its request; `sha256` is the
    /// zip's.
    pub fn new(
        received: &UnverifiedBundle<'_>,
        report: &Report,
        request: &Request,
        sha256: Option<&str>,
    ) -> Result<Self, RenderError> {
        let spec = request.spec();
        let plan = Plan::new(spec);
        let text = spec.text_logs.as_ref();
        let audio = spec.audio_logs.as_ref();
        let encryption = audio.and_then(|logs| logs.encryption.as_ref());
        let boundary = spec.permissions_boundary.as_ref();
        let tags = spec.tags.iter();
        let mut inspection = json!({
            "bundle": request.bundle_name(),
            "sha256": sha256,
            "generator": report.generator.clone().unwrap_or_default(),
            "reproduced": report.reproduced,
            "account_id": request.account_id(),
            "region": spec.region.as_str(),
            "partition": spec.partition().name(),
            "lex_version": spec.lex_version.as_str(),
            "service_principal": spec.lex_version.service_principal(),
            "role": {
                "name": spec.role_name.as_str(),
                "arn": spec.role_arn(),
                "existing": spec.existing_role,
                "boundary": boundary.map(PermissionsBoundary::as_str),
            },
            "text_logs": text.map(|logs| logs.log_group_name.as_str()),
            "replica_region": text.and_then(|logs| Some(logs.replica.as_ref()?.as_str())),
            "log_group_kms_key": text.and_then(|logs| Some(logs.kms_key_arn.as_ref()?.as_str())),
            "audio_logs": audio.map(|logs| {
                let prefix = logs.prefix.as_ref().map_or("", AudioLogPrefix::as_str);
                format!("s3://{}/{prefix}", logs.bucket_name)
            }),
            "kms_key": encryption.map(|encryption| encryption.key_arn.as_str()),
            "bot": spec.bot.as_ref().map(|bot| {
                json!({ "id": bot.id.as_str(), "alias_id": bot.alias_id.as_str() })
            }),
            "tags": tags.map(|(key, value)| json!({ "key": key, "value": value })).collect::<Value>(),
            "notes": request.notes(),
            "grants": grants(received, spec)?,
            "there": there(&plan, spec),
            "steps": steps_of(&plan)?,
            "needs": plan.needs,
            "files": received.entries.iter().map(file).collect::<Value>(),
        });
        if let Some(templates) = &report.templates {
            inspection["templates"] = json!(templates);
        }
        Ok(Self(inspection))
    }

    /// In words, with a list of the files if it is asked for.
    pub fn to_text(&self, with_files: bool) -> Result<String, TemplateError> {
        let mut context = self.context()?;
        if !with_files {
            context.insert("files", &[(); 0]);
        }
        Templates::of_inspect()?.render("inspect/inspect.txt", &context)
    }

    pub fn context(&self) -> Result<Context, TemplateError> {
        let mut context = Context::from_serialize(self)?;
        // In JSON it is left out if it is none.
        context.insert("templates", &self.0.get("templates"));
        Ok(context)
    }
}

/// What the documents in the bundle permit, each with its reason.
fn grants(received: &UnverifiedBundle<'_>, spec: &Spec) -> Result<Vec<Value>, RenderError> {
    let templates = Templates::of_inspect()?;
    let mut context = variables::of_spec(spec);
    let policies = spec.policies();
    let mut grants = Vec::new();
    for document in spec.documents() {
        if !document.is_policy() {
            continue;
        }
        context.insert("kind", document.id());
        let file = document.file_name();
        let text = received.bytes_of(file).unwrap_or_default();
        // Of another version it may be anything.
        let statements = elements::statements(text)
            .map_err(|fault| RenderError::Document { name: file, fault })?;
        // None for what apply creates no policy of.
        let policy = policies.iter().find(|policy| policy.document == document);
        grants.push(json!({
            "file": file,
            "policy": policy.map(|policy| policy.name.as_str()),
            "kind": document.id(),
            "why": templates.render("inspect/why.txt", &context)?,
            "statements": statements.iter().map(|elements| gathered(elements)).collect::<Value>(),
        }));
    }
    Ok(grants)
}

/// The values of each element of a statement together. The document may be anybody's.
fn gathered(elements: &[Element]) -> Value {
    let lines = elements.chunk_by(|one, other| one.element == other.element);
    let line = |line: &[Element]| {
        let values = line.iter().map(|one| escape_all(&one.value));
        json!({ "element": escape_all(&line[0].element), "values": values.collect::<Vec<_>>() })
    };
    lines.map(line).collect()
}

/// What must be there before anything is applied.
fn there(plan: &Plan, spec: &Spec) -> Vec<String> {
    let role = spec
        .existing_role
        .then(|| format!("role {}", spec.role_name));
    let targets = plan.targets.iter().map(|target| target.thing.clone());
    role.into_iter().chain(targets).collect()
}

fn steps_of(plan: &Plan) -> Result<Vec<Value>, RenderError> {
    let step = |step: &crate::plan::Step| {
        // As it is typed into a POSIX shell.
        let command = Shell::Bash.line(&step.command)?;
        Ok(json!({ "title": step.title, "command": command }))
    };
    plan.apply.iter().map(step).collect()
}

fn file(entry: &Entry<'_>) -> Value {
    json!({
        "name": escape_value(&entry.name),
        "size": entry.bytes.len(),
        "mode": entry.mode.map(octal),
        "sha256": sha256(&entry.bytes),
    })
}
