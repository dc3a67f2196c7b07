//! `lexlogs cloudformation`: one template, printed or written.

use std::io::Write;

use super::error::Error;
use super::make::{notes, read_request};
use super::status::{Status, print, say};
use super::templates;
use crate::cli::make::CloudFormation;
use crate::cloudformation;
use crate::output::{self, Outcome};

/// Does what was asked.
pub(super) fn run(
    asked: &CloudFormation,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Status, Error> {
    let request = read_request(&asked.input)?;
    let templates = templates::of_bundle(asked.input.templates.templates.as_deref())?;
    let template = cloudformation::template(request.spec(), templates);
    let template = template.map_err(|error| templates::error_of(error, templates))?;
    let left_out = cloudformation::left_out(request.spec());
    let unread = templates::unread(templates, request.spec());
    let notes = notes(&request)
        .chain(left_out.iter().map(String::as_str))
        .chain(unread);
    let mut said: String = notes.map(|note| format!("note: {note}\n")).collect();
    let result = match &asked.output {
        None => template,
        Some(path) => {
            let outcome = output::file(path, &template, asked.force)?;
            let outcome = match outcome {
                Outcome::Written => "written",
                Outcome::Unchanged => "unchanged",
            };
            said.push_str(&format!("{outcome}: {} bytes\n", template.len()));
            format!("{}\n", path.display())
        }
    };
    let printed = print(&result, stdout);
    say(stderr, &said);
    printed.map(|()| Status::Ok)
}
