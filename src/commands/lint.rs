//! `lexlogs lint`: what is wrong with policy documents, whoever wrote them.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use super::verify::ended;
use super::{Ended, Error, print};
use crate::cli::lint::{Format, Lint};
use crate::fault::shown;
use crate::lint::report::Report;
use crate::lint::{Source, lint, rules};
use crate::render::RenderError;

/// What names the standard input.
const STDIN: &str = "-";
/// No policy document has more bytes: IAM takes 131,072 characters of at most two
/// bytes each. Some more are read, so that lint can say that it is too large.
const MOST: u64 = 1 << 19;

/// Judges documents, or says what they are judged by.
///
/// # Errors
/// If one of them cannot be read.
pub(super) fn run(asked: &Lint, stdout: &mut dyn Write) -> Result<Ended, Error> {
    let (printed, well) = match asked {
        Lint::Rules { json: false } => (rules::list(), true),
        Lint::Rules { json: true } => (
            crate::json::to_text(&rules::RULES).map_err(RenderError::Json)?,
            true,
        ),
        Lint::Explain { id, json } => {
            // clap lets no other pass.
            let rule = rules::find(id);
            let text = if *json {
                crate::json::to_text(&rule).map_err(RenderError::Json)?
            } else {
                rule.map(ToString::to_string).unwrap_or_default()
            };
            (text, true)
        }
        Lint::Documents {
            files,
            settings,
            fail_on,
            format,
        } => {
            let sources = files.iter().map(|file| read(file));
            let sources = sources.collect::<Result<Vec<Source>, Error>>()?;
            let report = Report::new(sources.len(), lint(&sources, *settings));
            let text = match format {
                Format::Text => report.to_text(&sources),
                Format::Json => report.to_json().map_err(RenderError::Json)?,
                Format::Sarif => report.to_sarif().map_err(RenderError::Json)?,
            };
            (text, !report.has(*fail_on))
        }
    };
    print(&printed, stdout)?;
    Ok(ended(well))
}

fn read(path: &Path) -> Result<Source, Error> {
    let mut bytes = Vec::new();
    let read = if path == Path::new(STDIN) {
        io::stdin().lock().take(MOST + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    if bytes.len() as u64 > MOST {
        return Err(Error::NotOne {
            path: path.to_owned(),
            why: format!("is larger than {MOST} bytes, which no policy document is"),
        });
    }
    Ok(Source::new(shown(path), &bytes))
}
