//! `lexlogs lint`: what is wrong with policy documents, whoever wrote them.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use super::error::Error;
use super::status::{Status, is_coloured, print};
use crate::cli::check::Lint;
use crate::diagnostic::escape_path;
use crate::limits::read_within;
use crate::lint::report::Report;
use crate::lint::{Settings, Source, lint, rules};

/// What names the standard input.
const STDIN: &str = "-";
/// No policy document has more bytes: IAM takes 131,072 characters of at most two
/// bytes each. Some more are read, so that lint can say that it is too large.
const MAX: usize = 1 << 19;

/// Judges documents, or says what they are judged by.
pub(super) fn run(asked: &Lint, stdout: &mut dyn Write) -> Result<Status, Error> {
    let mut well = true;
    let printed = if let Some(id) = &asked.explain {
        // clap lets no other pass.
        match rules::find(id) {
            rule if asked.json => crate::json::to_text(&rule)?,
            rule => rule.map(ToString::to_string).unwrap_or_default(),
        }
    } else if asked.rules && asked.json {
        crate::json::to_text(&*rules::RULES)?
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
            (true, _) => report.to_json()?,
            (false, true) => report.to_sarif()?,
            (false, false) => report.to_text(&sources, is_coloured(&console::Term::stdout())),
        }
    };
    print(&printed, stdout)?;
    Ok(Status::of_check(well))
}

fn read(path: &Path) -> Result<Source, Error> {
    let read = if path == Path::new(STDIN) {
        read_within(io::stdin().lock(), MAX)
    } else {
        File::open(path).and_then(|file| read_within(file, MAX))
    };
    let bytes = read.map_err(Error::reading(path))?.ok_or_else(|| {
        let why = format!("is larger than {MAX} bytes, which no policy document is");
        Error::not_one(path, why)
    })?;
    Ok(Source::new(escape_path(path), &bytes))
}
