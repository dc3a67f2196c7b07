//! What a bundle does, for whoever is to approve it: from the documents that are
//! in it, and the plan of its request. Only what [`verify`](super::verify) found
//! whole is described.

use serde::Serialize;

use super::UnverifiedBundle;
use super::verify::{Report, Reproduced};
use crate::bundle::manifest::octal;
use crate::diagnostic::{escape_all, escape_value};
use crate::digest::sha256;
use crate::document::Document;
use crate::plan::{Need, Plan};
use crate::policy::elements::{self, Element};
use crate::render::RenderError;
use crate::render::variables;
use crate::request::{Request, Spec};
use crate::shell::Shell;
use crate::templates::overrides::Note;
use crate::templates::{Context, TemplateError, Templates};
use crate::values::arn::PermissionsBoundary;
use crate::values::names::AudioLogPrefix;

#[derive(Debug, Serialize)]
pub struct Inspection {
    pub bundle: String,
    pub sha256: Option<String>,
    generator: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    templates: Option<Note>,
    reproduced: Reproduced,
    account_id: String,
    region: String,
    partition: &'static str,
    lex_version: &'static str,
    service_principal: &'static str,
    role: Role,
    text_logs: Option<String>,
    replica_region: Option<String>,
    log_group_kms_key: Option<String>,
    audio_logs: Option<String>,
    kms_key: Option<String>,
    bot: Option<BotView>,
    tags: Vec<Tag>,
    notes: Vec<String>,
    grants: Vec<Grant>,
    /// What must be there already, in words.
    there: Vec<String>,
    needs: Vec<Need>,
    steps: Vec<Step>,
    files: Vec<FileView>,
}

#[derive(Debug, Serialize)]
struct Role {
    name: String,
    arn: String,
    existing: bool,
    boundary: Option<String>,
}

/// The alias whose logs are switched on, by a script of its own.
#[derive(Debug, Serialize)]
struct BotView {
    id: String,
    alias_id: String,
}

#[derive(Debug, Serialize)]
struct Tag {
    key: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct Grant {
    file: &'static str,
    /// The policy's name; none for what apply creates no policy of.
    policy: Option<String>,
    kind: &'static str,
    why: String,
    statements: Vec<Vec<Line>>,
}

/// One element of a statement, with its values.
#[derive(Debug, Serialize)]
struct Line {
    element: String,
    values: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Step {
    title: String,
    /// As it is typed into a POSIX shell.
    command: String,
}

#[derive(Debug, Serialize)]
struct FileView {
    name: String,
    size: usize,
    mode: Option<String>,
    sha256: String,
}

impl Inspection {
    /// Describes a bundle that was found whole, and its request; `sha256` is the
    /// zip's.
    pub fn new(
        received: &UnverifiedBundle<'_>,
        report: &Report,
        request: &Request,
        sha256: Option<String>,
    ) -> Result<Self, RenderError> {
        let spec = request.spec();
        let plan = Plan::new(spec);
        let templates = Templates::of_inspect()?;
        let context = variables::of_spec(spec);
        let audio = spec.audio_logs.as_ref();
        let encryption = audio.and_then(|logs| logs.encryption.as_ref());
        Ok(Self {
            bundle: request.bundle_name(),
            sha256,
            generator: report.generator.clone().unwrap_or_default(),
            templates: report.templates.clone(),
            reproduced: report.reproduced,
            account_id: request.account_id().to_owned(),
            region: spec.region.to_string(),
            partition: spec.partition().name(),
            lex_version: spec.lex_version.as_str(),
            service_principal: spec.lex_version.service_principal(),
            role: Role {
                name: spec.role_name.to_string(),
                arn: spec.role_arn(),
                existing: spec.existing_role,
                boundary: spec
                    .permissions_boundary
                    .as_ref()
                    .map(|boundary| PermissionsBoundary::as_str(boundary).to_owned()),
            },
            text_logs: spec
                .text_logs
                .as_ref()
                .map(|logs| logs.log_group_name.to_string()),
            replica_region: spec
                .text_logs
                .as_ref()
                .and_then(|logs| Some(logs.replica.as_ref()?.to_string())),
            log_group_kms_key: spec
                .text_logs
                .as_ref()
                .and_then(|logs| Some(logs.kms_key_arn.as_ref()?.to_string())),
            audio_logs: audio.map(|logs| {
                let prefix = logs.prefix.as_ref().map_or("", AudioLogPrefix::as_str);
                format!("s3://{}/{prefix}", logs.bucket_name)
            }),
            kms_key: encryption.map(|encryption| encryption.key_arn.to_string()),
            bot: spec.bot.as_ref().map(|bot| BotView {
                id: bot.id.to_string(),
                alias_id: bot.alias_id.to_string(),
            }),
            tags: tags(spec),
            notes: request.notes().to_vec(),
            grants: grants(received, spec, &context, templates)?,
            there: there(&plan, spec),
            steps: steps_of(&plan)?,
            needs: plan.needs,
            files: files(received),
        })
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
        context.insert("templates", &self.templates);
        Ok(context)
    }
}

fn tags(spec: &Spec) -> Vec<Tag> {
    let tag = |(key, value): (&str, &str)| Tag {
        key: key.to_owned(),
        value: value.to_owned(),
    };
    spec.tags.iter().map(tag).collect()
}

/// What the documents in the bundle permit, each with its reason.
fn grants(
    received: &UnverifiedBundle<'_>,
    spec: &Spec,
    context: &Context,
    templates: &Templates,
) -> Result<Vec<Grant>, RenderError> {
    let mut documents = spec.documents();
    documents.retain(|document| document.is_policy());
    let mut context = context.clone();
    let policies = spec.policies();
    let grant = |document: Document| {
        context.insert("kind", document.id());
        let file = document.file_name();
        let text = received.bytes_of(file).unwrap_or_default();
        // Of another version it may be anything.
        let statements = elements::statements(text)
            .map_err(|fault| RenderError::Document { name: file, fault })?;
        let policy = policies.iter().find(|policy| policy.document == document);
        Ok(Grant {
            file,
            policy: policy.map(|policy| policy.name.to_string()),
            kind: document.id(),
            why: templates.render("inspect/why.txt", &context)?,
            statements: statements.into_iter().map(gathered).collect(),
        })
    };
    documents.into_iter().map(grant).collect()
}

fn gathered(elements: Vec<Element>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for Element { element, value } in elements {
        // The document may be anybody's.
        let (element, value) = (escape_all(&element), escape_all(&value));
        match lines.last_mut() {
            Some(line) if line.element == element => line.values.push(value),
            _ => lines.push(Line {
                element,
                values: vec![value],
            }),
        }
    }
    lines
}

/// What must be there before anything is applied.
fn there(plan: &Plan, spec: &Spec) -> Vec<String> {
    let role = spec
        .existing_role
        .then(|| format!("role {}", spec.role_name));
    let targets = plan.targets.iter().map(|target| target.thing.clone());
    role.into_iter().chain(targets).collect()
}

fn steps_of(plan: &Plan) -> Result<Vec<Step>, RenderError> {
    let step = |step: &crate::plan::Step| {
        Ok(Step {
            title: step.title.clone(),
            command: Shell::Bash.line(&step.command)?,
        })
    };
    plan.apply.iter().map(step).collect()
}

fn files(received: &UnverifiedBundle<'_>) -> Vec<FileView> {
    let view = |entry: &super::Entry<'_>| FileView {
        name: escape_value(&entry.name),
        size: entry.bytes.len(),
        mode: entry.mode.map(octal),
        sha256: sha256(&entry.bytes),
    };
    received.entries.iter().map(view).collect()
}
