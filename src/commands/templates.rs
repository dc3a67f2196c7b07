//! `lexlogs templates`, and the templates that the other commands take.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::error::Error;
use super::status::{Status, print, say};
use crate::cli::templates::{Asked, Name};
use crate::cloudformation;
use crate::diagnostic::{Diagnostic, escape_path};
use crate::digest::File;
use crate::docs::flavor::Shells;
use crate::docs::snippets::Setup;
use crate::docs::{self, page};
use crate::output;
use crate::parameters::{Key, Kind, PARAMETERS, Parameter};
use crate::render::{self, OutputKind, RenderError, html, variables};
use crate::request::{Request, Spec};
use crate::shell::Shell;
use crate::templates::overrides::{self, Overrides, OverridesError};
use crate::templates::{Context, Templates, purpose, replaceable};

/// Does what was asked.
pub(super) fn run(
    asked: &Asked,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Status, Error> {
    let text = match asked {
        Asked::List { json } => list(*json)?,
        Asked::Show(Name { name }) => overrides::built_in(name)
            .ok_or_else(|| unknown(name))?
            .to_owned(),
        Asked::Variables(Name { name }) => {
            overrides::built_in(name).ok_or_else(|| unknown(name))?;
            Templates::to_json(&example(name)?)?
        }
        Asked::Export { folder } => return export(folder, stdout, stderr),
    };
    print(&text, stdout).map(|()| Status::Ok)
}

fn list(json: bool) -> Result<String, Error> {
    if json {
        let entries = replaceable().map(|name| json!({ "name": name, "makes": purpose(name) }));
        return Ok(crate::json::to_text(&entries.collect::<Value>())?);
    }
    let width = replaceable().map(str::len).max().unwrap_or_default();
    let lines = replaceable().map(|name| format!("{name:width$}  {}\n", purpose(name)));
    Ok(lines.collect())
}

fn unknown(name: &str) -> Error {
    let (what, help) = overrides::unknown(name);
    Diagnostic::of_form(Some(name), None, what)
        .with_help(help)
        .into()
}

fn export(folder: &Path, stdout: &mut dyn Write, stderr: &mut dyn Write) -> Result<Status, Error> {
    let files = overrides::export()?;
    output::templates(folder, &files)?;
    let shown = escape_path(folder);
    let printed = print(&format!("{shown}\n"), stdout);
    let said = format!(
        "written: {} templates; README.md there tells what they are given\n\n\
Next: change those that are to be different, then run: lexlogs bundle CONFIG --templates {shown}\n",
        replaceable().count()
    );
    say(stderr, &said);
    printed.map(|()| Status::Ok)
}

/// The templates of bundles; custom ones are kept until the program ends.
pub(super) fn of_bundle(folder: Option<&Path>) -> Result<&'static Templates, Error> {
    match folder {
        None => Ok(Templates::built_in()?),
        Some(folder) => overridden(Templates::of_bundle_with(read(folder)?)?),
    }
}

/// Those of documentation.
pub(super) fn of_pages(folder: Option<&Path>) -> Result<&'static Templates, Error> {
    match folder {
        None => Ok(Templates::of_pages()?),
        Some(folder) => overridden(Templates::of_pages_with(read(folder)?)?),
    }
}

/// Tera finds a name that is not given where it is printed, and takes it for false in an `if`: so all are looked up.
fn overridden(templates: Templates) -> Result<&'static Templates, Error> {
    let given = templates.overridden().map(|name| Ok((name, names(name)?)));
    templates.check_names(&given.collect::<Result<_, Error>>()?)?;
    Ok(Box::leak(Box::new(templates)))
}

/// What a template is given of an example, in which every parameter is set.
fn example(name: &str) -> Result<Context, Error> {
    let rows = PARAMETERS.iter().filter(|row| row.key != Key::ExistingRole);
    // The examples of the names of policies are one name.
    let value = |row: &Parameter| match row.kind {
        Kind::Text => row.default_text().unwrap_or(row.example),
        _ => row.example,
    };
    let raw = rows.map(|row| (row.key, value(row))).collect();
    let request = Request::new(&raw, Vec::new())?;
    let (spec, templates) = (request.spec(), Templates::built_in()?);
    let mut context = variables::of_spec(spec);
    match name {
        "docs/next.txt" => return Ok(variables::of_next("dist/x.zip", OutputKind::Zip, spec)),
        "pages/how-to.txt" => {
            return Ok(page::of_page(
                &Setup::new(spec),
                Shells::Both,
                Templates::of_pages()?,
            )?);
        }
        "pages/parameters.txt" => return Ok(page::of_parameters()),
        "pages/shells.txt" => return Ok(docs::snippets::of_label("bash")),
        "cloudformation/template.json" => return Ok(cloudformation::context(spec)),
        _ if name.starts_with("policies/") => return Ok(context),
        _ => {}
    }
    let documents = render::documents(spec, templates)?;
    let file = File::new(render::REQUEST, String::new());
    variables::add_bundle(&mut context, &request, &documents, &file, templates);
    if name.starts_with("html/") {
        html::add(&mut context, "# Title\n\n## Section\n\nText.\n")?;
    }
    if Shell::of_script(name).is_some() {
        // A script sets these for the parts that it includes.
        context.insert("script", "apply");
        let step = context
            .get("apply")
            .and_then(|steps| Some(steps.as_array()?.first()?.clone()));
        context.insert("step", &step);
    }
    Ok(context)
}

fn names(name: &str) -> Result<BTreeSet<String>, Error> {
    let given = Templates::to_json(&example(name)?)?;
    let given: Map<String, Value> = serde_json::from_str(&given)?;
    Ok(given.into_iter().map(|(name, _)| name).collect())
}

fn read(folder: &Path) -> Result<Overrides, Error> {
    Overrides::read(folder).map_err(|error| match error {
        OverridesError::Read { path, source } => Error::Read { path, source },
        OverridesError::Diagnostics(faults) => faults.into(),
    })
}

/// What is worth knowing of values that nothing reads.
pub(super) fn unread(templates: &Templates, spec: &Spec) -> Option<&'static str> {
    let is_unread = !templates.has_overrides() && spec.has_custom();
    is_unread
        .then_some("only custom templates read `custom`: pass their directory with --templates")
}

/// An error of rendering: with custom templates the input is at fault.
pub(super) fn error_of(error: RenderError, templates: &Templates) -> Error {
    let fault = match &error {
        RenderError::Template(error) => {
            let faults = templates.faults(error);
            return faults.map_or_else(|| error.clone().into(), Error::Input);
        }
        RenderError::Document { name, fault } => {
            let name = format!("policies/{name}");
            let help = format!("compare it with the built-in one: `lexlogs templates show {name}`");
            let fault = templates.fault_of(&name, format!("gives a document that {fault}"));
            fault.map(|fault| fault.with_help(help))
        }
        RenderError::File { template, fault } => {
            templates.fault_of(template, format!("gives a file that {fault}"))
        }
        RenderError::QuoteError(_) | RenderError::Json(_) => None,
    };
    fault.map_or(Error::Render(error), Error::from)
}
