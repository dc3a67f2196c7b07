//! `lexlogs diff`: what changed from one bundle to the next.

use std::io::Write;
use std::path::Path;

use super::error::Error;
use super::status::{Status, print};
use super::verify::{ended, no_bundle, open};
use crate::cli;
use crate::diagnostic::escape_path;
use crate::fleet::{self, place::is_fleet};
use crate::received::diff::{Diff, Side, Trust};
use crate::received::verify::{self, Report};
use crate::received::{Source, UnverifiedBundle};
use crate::render::RenderError;
use crate::request::Request;

/// Compares two bundles.
///
/// # Errors
/// If one of them cannot be read, or is none.
pub(super) fn run(
    arguments: &cli::check::Diff,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Status, Error> {
    let cli::check::Diff { old, new, json } = arguments;
    if is_fleet(old) && is_fleet(new) {
        return fleets(arguments, stdout);
    }
    let (old_source, new_source) = (open(old)?, open(new)?);
    let (old_side, new_side) = (of(old, &old_source)?, of(new, &new_source)?);
    let diff = Diff::new(old_side.side(), new_side.side())?;
    for (path, side) in [(old, &old_side), (new, &new_side)] {
        let why = match side.trust {
            Trust { whole: false, .. } => "is not whole: what it says of itself may not be so",
            Trust { proven: false, .. } if side.has_own_templates => {
                "was made with templates that are not lexlogs' own and is not proven: what its scripts do may not be what is told here"
            }
            Trust { proven: false, .. } => {
                "is of another version and not proven: what its scripts do may not be what is told here"
            }
            _ => continue,
        };
        // What is said beside the result may go unheard; the exit code tells, too.
        let note = format!("note: {} {why}; see `lexlogs verify`\n", escape_path(path));
        let _ = stderr.write_all(note.as_bytes());
    }
    let printed = if *json {
        crate::json::to_text(&diff).map_err(RenderError::Json)?
    } else {
        diff.to_string()
    };
    print(&printed, stdout)?;
    Ok(ended(diff.same && diff.old.whole && diff.new.whole))
}

/// Compares two folders of fleets.
fn fleets(arguments: &cli::check::Diff, stdout: &mut dyn Write) -> Result<Status, Error> {
    let cli::check::Diff { old, new, json } = arguments;
    let diff = fleet::diff::diff(old, new);
    let diff = diff.map_err(Error::Fleets)?;
    let printed = if *json {
        crate::json::to_text(&diff).map_err(RenderError::Json)?
    } else {
        diff.to_string()
    };
    print(&printed, stdout)?;
    Ok(ended(diff.same))
}

/// A bundle that was read, with what became of verifying it.
struct Opened<'a> {
    received: UnverifiedBundle<'a>,
    request: Request,
    trust: Trust,
    has_own_templates: bool,
}

impl Opened<'_> {
    fn side(&self) -> Side<'_> {
        Side {
            received: &self.received,
            request: &self.request,
            trust: self.trust,
        }
    }
}

/// A bundle and its request; what is not whole is compared all the same.
fn of<'a>(path: &Path, source: &'a Source) -> Result<Opened<'a>, Error> {
    let received = source
        .received()
        .map_err(|refusal| no_bundle(path, &Report::from(refusal)))?;
    let checked = verify::check(&received);
    let trust = Trust::of(&checked.report);
    let has_own_templates = checked.report.templates.is_some();
    match checked.request {
        Some(request) => Ok(Opened {
            received,
            request,
            trust,
            has_own_templates,
        }),
        None => Err(no_bundle(path, &checked.report)),
    }
}
