//! `lexlogs lint`: what is wrong with policy documents, whoever wrote them.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use super::error::Error;
use super::status::{Status, print};
use super::verify::ended;
use crate::cli::check::Lint;
use crate::diagnostic::escape_path;
use crate::lint::report::Report;
use crate::lint::{Settings, Source, lint, rules};
use crate::render::RenderError;

/// What names the standard input.
const STDIN: &str = "-";
/// No policy document has more bytes: IAM takes 131,072 characters of at most two
/// bytes each. Some more are read, so that lint can say that it is too large.
const MAX: u64 = 1 << 19;

/// Judges documents, or says what they are judged by.
///
/// # Errors
/// If one of them cannot be read.
pub(super) fn run(asked: &Lint, stdout: &mut dyn Write) -> Result<Status, Error> {
    let mut well = true;
    let printed = if let Some(id) = &asked.explain {
        // clap lets no other pass.
        match rules::find(id) {
            rule if asked.json => crate::json::to_text(&rule).map_err(RenderError::Json)?,
            rule => rule.map(ToString::to_string).unwrap_or_default(),
        }
    } else if asked.rules && asked.json {
        crate::json::to_text(&*rules::RULES).map_err(RenderError::Json)?
    } else if asked.rules {
        rules::list()
    } else {
        let sources = asked.files.iter().map(|file| read(file));
        let sources = sources.collect::<Result<Vec<Source>, Error>>()?;
        let settings = Settings {
            kind: asked.kind,
            lex_version: asked.lex_version,
            inline: asked.inline,
        };
        let report = Report::new(sources.len(), lint(&sources, settings));
        well = !report.has(asked.fail_on);
        match (asked.json, asked.sarif) {
            (true, _) => report.to_json().map_err(RenderError::Json)?,
            (false, true) => report.to_sarif().map_err(RenderError::Json)?,
            (false, false) => report.to_text(
                &sources,
                super::status::is_coloured(&console::Term::stdout()),
            ),
        }
    };
    print(&printed, stdout)?;
    Ok(ended(well))
}

fn read(path: &Path) -> Result<Source, Error> {
    let mut bytes = Vec::new();
    let read = if path == Path::new(STDIN) {
        io::stdin().lock().take(MAX + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(MAX + 1).read_to_end(&mut bytes))
    };
    read.map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    if bytes.len() as u64 > MAX {
        return Err(Error::NotOne {
            path: path.to_owned(),
            why: format!("is larger than {MAX} bytes, which no policy document is"),
        });
    }
    Ok(Source::new(escape_path(path), &bytes))
}
