//! `lexlogs diff`: what changed from one bundle to the next.

use std::io::Write;
use std::path::Path;

use super::verify::{ended, no_bundle, print, read};
use super::{Ended, Error};
use crate::bundle::diff::{Diff, Side};
use crate::bundle::received::{Received, Source};
use crate::bundle::verify::{self, Report};
use crate::cli::check;
use crate::render::RenderError;
use crate::spec::Request;

/// Compares two bundles.
///
/// # Errors
/// If one of them cannot be read, or is none.
pub(super) fn run(
    arguments: &check::Diff,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Ended, Error> {
    let check::Diff { old, new, json } = arguments;
    let (old_source, new_source) = (read(old)?, read(new)?);
    let (old_received, old_request) = open(old, &old_source, stderr)?;
    let (new_received, new_request) = open(new, &new_source, stderr)?;
    let diff = Diff::new(
        Side {
            received: &old_received,
            request: &old_request,
        },
        Side {
            received: &new_received,
            request: &new_request,
        },
    )?;
    let printed = if *json {
        crate::json::to_text(&diff).map_err(RenderError::Json)?
    } else {
        diff.to_string()
    };
    print(&printed, stdout)?;
    Ok(ended(diff.same))
}

/// A bundle and its request; what is not whole is said, and compared all the
/// same.
fn open<'a>(
    path: &Path,
    source: &'a Source,
    stderr: &mut dyn Write,
) -> Result<(Received<'a>, Request), Error> {
    let received = source
        .received()
        .map_err(|refusal| no_bundle(path, &Report::from(refusal)))?;
    let checked = verify::check(&received);
    if !checked.report.whole {
        let note = format!(
            "note: {} is not whole, by `lexlogs verify`; what it says of itself may not be so\n",
            path.display()
        );
        // What is said beside the result may go unheard.
        let _ = stderr.write_all(note.as_bytes());
    }
    match checked.request {
        Some(request) => Ok((received, request)),
        None => Err(no_bundle(path, &checked.report)),
    }
}
