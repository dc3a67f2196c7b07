//! `lexlogs templates`, and the templates that the other commands take.

use std::io::Write;
use std::ops::Deref;
use std::path::Path;

use serde::Serialize;

use super::{Ended, Error, print};
use crate::cli::templates::Templates as Asked;
use crate::fault::{Fault, Faults, shown};
use crate::output;
use crate::render::RenderError;
use crate::request::Spec;
use crate::templates::own::{self, Own, OwnError};
use crate::templates::{Templates, purpose, reference, replaceable};

/// Does what was asked.
pub(super) fn run(
    asked: &Asked,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Ended, Error> {
    let text = match asked {
        Asked::List { json } => list(*json)?,
        Asked::Show(name) => own::built_in(name).ok_or_else(|| unknown(name))?.to_owned(),
        Asked::Variables(None) => reference::text(None),
        Asked::Variables(Some(name)) => {
            own::built_in(name).ok_or_else(|| unknown(name))?;
            reference::text(Some(name))
        }
        Asked::Export(folder) => return export(folder, stdout, stderr),
    };
    print(&text, stdout).map(|()| Ended::Well)
}

fn list(json: bool) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Entry {
        name: &'static str,
        makes: String,
    }
    let entries: Vec<Entry> = replaceable()
        .map(|name| Entry {
            name,
            makes: purpose(name),
        })
        .collect();
    if json {
        return Ok(crate::json::to_text(&entries).map_err(RenderError::Json)?);
    }
    let longest = entries.iter().map(|entry| entry.name.len()).max();
    let width = longest.unwrap_or_default();
    let lines = entries
        .iter()
        .map(|entry| format!("{:width$}  {}\n", entry.name, entry.makes));
    Ok(lines.collect())
}

fn unknown(name: &str) -> Error {
    let (what, help) = own::unknown(name);
    let fault = Fault::of_form(Some(name), None, what).with_help(help);
    Faults(vec![fault]).into()
}

fn export(folder: &Path, stdout: &mut dyn Write, stderr: &mut dyn Write) -> Result<Ended, Error> {
    let files = own::export().map_err(RenderError::Json)?;
    output::templates(folder, &files)?;
    let shown = shown(folder);
    let printed = print(&format!("{shown}\n"), stdout);
    let said = format!(
        "written: {} templates; README.md there tells what they are given\n\n\
Next: change those that are to be different, then run: lexlogs bundle CONFIG --templates {shown}\n",
        replaceable().count()
    );
    // What is said beside the result may go unheard.
    let _ = stderr.write_all(said.as_bytes());
    printed.map(|()| Ended::Well)
}

/// The templates that a command works with.
pub(super) enum Loaded {
    BuiltIn(&'static Templates),
    Own(Box<Templates>),
}

impl Deref for Loaded {
    type Target = Templates;

    fn deref(&self) -> &Templates {
        match self {
            Self::BuiltIn(templates) => templates,
            Self::Own(templates) => templates,
        }
    }
}

impl Loaded {
    /// Those of bundles.
    pub(super) fn of_bundle(folder: Option<&Path>) -> Result<Self, Error> {
        Ok(match folder {
            None => Self::BuiltIn(Templates::built_in()?),
            Some(folder) => Self::Own(Box::new(Templates::of_bundle_with(read(folder)?)?)),
        })
    }

    /// Those of documentation.
    pub(super) fn of_pages(folder: Option<&Path>) -> Result<Self, Error> {
        Ok(match folder {
            None => Self::BuiltIn(Templates::of_pages()?),
            Some(folder) => Self::Own(Box::new(Templates::of_pages_with(read(folder)?)?)),
        })
    }
}

fn read(folder: &Path) -> Result<Own, Error> {
    Own::read(folder).map_err(|error| match error {
        OwnError::Read { path, source } => Error::Read { path, source },
        OwnError::Faults(faults) => faults.into(),
    })
}

/// Whether a spec has what the templates read.
pub(super) fn fit(templates: &Templates, spec: &Spec) -> Result<(), Error> {
    let missing = templates.missing(spec);
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Faults(missing).into())
    }
}

/// What is worth knowing of values that nothing reads.
pub(super) fn unread(templates: &Templates, spec: &Spec) -> Option<&'static str> {
    let is_unread = !templates.are_own() && spec.has_custom();
    is_unread.then_some(
        "`custom` is read by templates of one's own alone: give their folder by --templates",
    )
}

/// An error of rendering: with templates of one's own the input is at fault.
pub(super) fn told(error: RenderError, templates: &Templates) -> Error {
    let faults = match &error {
        RenderError::Template(error) => templates.faults(error),
        RenderError::Document { name, fault, line } => {
            let what = format!("gives a document that {fault}");
            templates.fault_of_document(&format!("policies/{name}"), *line, what)
        }
        RenderError::File { template, fault } => {
            templates.fault_of_file(template, format!("gives a file that {fault}"))
        }
        RenderError::Unquotable(_) | RenderError::Json(_) => None,
    };
    faults.map_or(Error::Render(error), Error::Input)
}
