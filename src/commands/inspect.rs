//! `lexlogs inspect`: what a bundle does, for whoever is to approve it.

use std::io::Write;

use serde_json::json;

use super::error::Error;
use super::status::{Status, print, print_coloured};
use super::verify::{digest, no_bundle, open, own};
use crate::cli::check::Inspect;
use crate::digest::GENERATOR;
use crate::received::Finding;
use crate::received::inspect::Inspection;
use crate::received::verify::{self, Checked};
use crate::render::{REQUEST, RenderError};

/// Describes a bundle, if it is whole.
pub(super) fn run(arguments: &Inspect, stdout: &mut dyn Write) -> Result<Status, Error> {
    let source = open(&arguments.bundle)?;
    let own = own(&arguments.made_with)?;
    let (report, inspection) = match source.received() {
        Ok(received) => {
            let Checked {
                mut report,
                request,
            } = verify::check_with(&received, own);
            let request = request.filter(|_| report.whole);
            let inspection = match request {
                Some(request) => {
                    match Inspection::new(&received, &report, &request, digest(&source).as_deref())
                    {
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
    if arguments.json {
        let json = json!({ "verify": report, "inspection": inspection });
        print(&crate::json::to_text(&json)?, stdout)?;
    } else {
        let text = match &inspection {
            Some(inspection) => inspection.to_text(arguments.files)?,
            None if report.whole => format!(
                "{GENERATOR} cannot read its {REQUEST}, so the bundle is not described.\n{report}"
            ),
            None => format!(
                "DO NOT USE IT: it is not what lexlogs generated, so it is not described.\n{report}"
            ),
        };
        print_coloured(&text, stdout)?;
    }
    Ok(Status::of_check(report.proven))
}
