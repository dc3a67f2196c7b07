//! Spec and plan to files in memory. Pure: nothing is read and nothing written.

mod fit;
pub mod html;
pub mod variables;

use std::sync::OnceLock;

use serde::Serialize;

use crate::digest::File;
use crate::document::Document;
use crate::policy;
use crate::request::{Request, Spec, Value};
use crate::shell::{QuoteError, Shell};
use crate::templates::{self, Context, TemplateError, Templates};

/// The scripts of every bundle, each with its template.
const SCRIPTS: [(&str, &str); 6] = [
    ("apply.cmd", "cmd/apply.cmd"),
    ("apply.sh", "bash/apply.sh"),
    ("check.cmd", "cmd/check.cmd"),
    ("check.sh", "bash/check.sh"),
    ("undo.cmd", "cmd/undo.cmd"),
    ("undo.sh", "bash/undo.sh"),
];

/// Those of a bundle that names a bot's alias.
const SCRIPTS_OF_BOT: [(&str, &str); 4] = [
    ("disable.cmd", "cmd/disable.cmd"),
    ("disable.sh", "bash/disable.sh"),
    ("enable.cmd", "cmd/enable.cmd"),
    ("enable.sh", "bash/enable.sh"),
];

/// What the scripts share: the same in every bundle of a version, so no
/// templates.
const SHARED: [(&str, &str, Shell); 2] = [
    ("functions.cmd", "cmd/functions.cmd", Shell::Cmd),
    ("functions.sh", "bash/functions.sh", Shell::Bash),
];

/// The name of the parameters' file in the bundle.
pub const REQUEST: &str = "request.json";
/// The runbook's name in the bundle.
const RUNBOOK: &str = "README.md";
/// The name of the same for a browser.
const PAGE: &str = "README.html";

/// The names of the files that [`files`] gives beside the documents, for a spec
/// that names a bot's alias and for one that does not.
pub fn file_names(of_bot: bool) -> impl Iterator<Item = &'static str> {
    let more = SCRIPTS_OF_BOT.iter().filter(move |_| of_bot);
    let scripts = SCRIPTS.iter().chain(more).map(|(name, _)| *name);
    let shared = SHARED.iter().map(|(name, ..)| *name);
    scripts.chain(shared).chain([REQUEST, RUNBOOK, PAGE])
}

/// Whether [`files`] gives a file of that name beside the documents.
#[must_use]
pub fn is_file_name(name: &str) -> bool {
    file_names(true).any(|known| known == name)
}

/// Why files could not be rendered: always a fault of the templates or of this
/// program, since the spec is right.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template could not be rendered.
    #[error("a template cannot be rendered: {0}")]
    Template(#[from] TemplateError),
    /// A value cannot stand in a shell's command.
    #[error("a command cannot be written: {0}")]
    QuoteError(#[from] QuoteError),
    /// A rendered document is not what IAM takes, or not this spec's.
    #[error("the template of {name} gives a document that {fault}; nothing was written")]
    Document {
        /// The document's file name.
        name: &'static str,
        /// What is wrong with it.
        fault: String,
    },
    /// A file is not fit for its place.
    #[error("{template} gives a file that {fault}; nothing was written")]
    File {
        /// Its template.
        template: String,
        /// What is wrong with it.
        fault: String,
    },
    /// A structure could not be written as JSON.
    #[error("a file cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// The documents of a spec, each read back and checked.
///
/// # Errors
/// If a template spoiled a document.
pub fn documents(spec: &Spec, templates: &Templates) -> Result<Vec<File>, RenderError> {
    documents_of(spec, &variables::of_spec(spec), templates)
}

fn documents_of(
    spec: &Spec,
    context: &Context,
    templates: &Templates,
) -> Result<Vec<File>, RenderError> {
    spec.documents()
        .into_iter()
        .map(|document| document_of(document, spec, context, templates))
        .collect()
}

/// One document of a spec, read back and checked; `context` holds the variables
/// of the spec.
///
/// # Errors
/// If its template spoiled it.
pub(crate) fn document_of(
    document: Document,
    spec: &Spec,
    context: &Context,
    templates: &Templates,
) -> Result<File, RenderError> {
    let name = document.file_name();
    let text = templates.render(&format!("policies/{name}"), context)?;
    policy::check(document, &text, spec).map_err(|flaw| RenderError::Document {
        name,
        fault: flaw.to_string(),
    })?;
    Ok(File::new(name, text))
}

/// The files that a request asks for, but for those that list the others
/// (`manifest.json` and `SHA256SUMS`, which [`crate::bundle`] adds).
///
/// # Errors
/// If a template cannot be rendered or spoiled a document.
pub fn files(request: &Request, templates: &Templates) -> Result<Vec<File>, RenderError> {
    let mut context = variables::of_spec(request.spec());
    let mut files = documents_of(request.spec(), &context, templates)?;
    let parameters = File::new(REQUEST, crate::json::to_text(&RequestJson(request))?);
    variables::add_bundle(&mut context, request, &files, &parameters, templates);
    files.push(parameters);
    let more = request.spec().bot.iter().flat_map(|_| SCRIPTS_OF_BOT);
    for (name, template) in SCRIPTS.into_iter().chain(more) {
        let text = templates.render(template, &context)?;
        let text = match Shell::of_script(name) {
            Some(shell) => shell.file(text),
            None => text,
        };
        files.push(File::new(name, text));
    }
    files.extend_from_slice(shared()?);
    let runbook = templates.render("docs/README.md", &context)?;
    html::add(&mut context, &runbook)?;
    let page = html::ascii(templates.render("html/README.html", &context)?);
    files.extend([File::new(RUNBOOK, runbook), File::new(PAGE, page)]);
    if templates.has_overrides() {
        fit::check(&files)?;
    }
    Ok(files)
}

/// A request as its bundle holds it, in one line.
///
/// # Errors
/// None that can occur: serde's.
pub(crate) fn request_line(request: &Request) -> Result<String, RenderError> {
    Ok(serde_json::to_string(&RequestJson(request))?)
}

/// The files that the scripts share, made once for the life of the process.
fn shared() -> Result<&'static [File], TemplateError> {
    static MADE: OnceLock<Result<Vec<File>, TemplateError>> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let file = |(name, source, shell): (_, _, Shell)| {
            let text = templates::plain(source)?;
            Ok(File::new(name, shell.file(text.to_owned())))
        };
        SHARED.into_iter().map(file).collect()
    });
    made.as_deref().map_err(Clone::clone)
}

/// What the program says after it wrote a bundle, from its template.
///
/// # Errors
/// If the template cannot be rendered.
pub fn next_steps(
    output: &str,
    made: OutputKind<'_>,
    request: &Request,
    templates: &Templates,
) -> Result<String, RenderError> {
    let context = variables::of_next(output, made, request.spec());
    Ok(templates.render("docs/next.txt", &context)?)
}

/// What the program wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputKind<'a> {
    /// A bundle's files, in a folder.
    Folder,
    /// A bundle's zip.
    Zip,
    /// A bundle's zip, with a signature, which is there.
    Signed(&'a str),
}

/// The resolved parameters in the table's order: a parameter file of itself.
struct RequestJson<'a>(&'a Request);

impl Serialize for RequestJson<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.0
                .resolved
                .iter()
                .map(|(key, value)| (key.name(), value)),
        )
    }
}

impl Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Switch(on) => serializer.serialize_bool(*on),
            Self::Tags(tags) => serializer.collect_map(tags.iter()),
            Self::Custom(custom) => custom.serialize(serializer),
        }
    }
}
