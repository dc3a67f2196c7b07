//! `lexlogs inspect`: what a bundle does, for whoever is to approve it.

use std::io::Write;

use serde::Serialize;

use super::error::Error;
use super::status::{Status, print_coloured};
use super::verify::{digest, ended, no_bundle, open, own};
use crate::cli::check::Inspect;
use crate::digest::GENERATOR;
use crate::received::Finding;
use crate::received::inspect::Inspection;
use crate::received::verify::{self, Checked, Report};
use crate::render::{REQUEST, RenderError};

/// Describes a bundle, if it is whole.
///
/// # Errors
/// If it cannot be read, or is none.
pub(super) fn run(arguments: &Inspect, stdout: &mut dyn Write) -> Result<Status, Error> {
    let source = open(&arguments.bundle)?;
    let own = own(&arguments.made_with)?;
    let (report, inspection) = match source.received() {
        Ok(received) => {
            let Checked {
                mut report,
                request,
            } = verify::check_with(&received, own.as_deref());
            let request = request.filter(|_| report.whole);
            let inspection = match request {
                Some(request) => {
                    match Inspection::new(&received, &report, &request, digest(&source)) {
                        // The documents of another version were not compared with anything.
                        Err(RenderError::Document { name, fault, .. }) => {
                            report.add_finding(Finding::of(name, fault));
                            None
                        }
                        inspection => Some(inspection?),
                    }
                }
                None => None,
            };
            (report, inspection)
        }
        Err(refusal) => (refusal.into(), None),
    };
    if !report.is_bundle {
        return Err(no_bundle(&arguments.bundle, &report));
    }
    let printed = if arguments.json {
        as_json(&report, inspection.as_ref())?
    } else {
        match &inspection {
            Some(inspection) => inspection.to_text(arguments.files)?,
            None if report.whole => format!(
                "{GENERATOR} cannot read its {REQUEST}, so the bundle is not described.\n{report}"
            ),
            None => format!(
                "DO NOT USE IT: it is not what lexlogs generated, so it is not described.\n{report}"
            ),
        }
    };
    print_coloured(&printed, stdout)?;
    Ok(ended(report.proven))
}

fn as_json(report: &Report, inspection: Option<&Inspection>) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Json<'a> {
        verify: &'a Report,
        /// None of a bundle that is not whole.
        inspection: Option<&'a Inspection>,
    }
    let json = Json {
        verify: report,
        inspection,
    };
    Ok(crate::json::to_text(&json).map_err(RenderError::Json)?)
}
