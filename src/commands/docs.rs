//! `lexlogs docs`: pages and blocks on stdout, and the regions of pages that are
//! there already.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::error::Error;
use super::status::{Status, are, is_coloured, parsed, read, say};
use super::templates::{error_of, of_pages};
use crate::cli::docs::{Asked, Source, Write as WriteArguments};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics, Message};
use crate::docs::block::block;
use crate::docs::diff;
use crate::docs::files::{self, PageFile};
use crate::docs::flavor::{Flavor, Shells};
use crate::docs::names::{FILES, OTHERS, PAGE};
use crate::docs::page;
use crate::docs::rewrite::{Page, RewriteError, Rewritten, rewrite};
use crate::docs::settings::{OPTIONS, SHELL, Settings};
use crate::docs::snippets::{self, Setup};
use crate::escape::counted;
use crate::output::{self, NewPage};
use crate::parameters::{Kind, Origin, PARAMETERS, RawValue};
use crate::request::Spec;
use crate::shell::Shell;
use crate::templates::Templates;

/// Does what was asked.
pub(super) fn run(
    asked: &Asked,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Status, Error> {
    let templates = of_pages(match asked {
        Asked::Page(source) | Asked::Snippet { source, .. } => source.given.templates(),
        Asked::Write(arguments) => arguments.given.templates(),
        Asked::List { .. } => None,
    })?;
    let text = match asked {
        Asked::Page(source) => print_page(source, templates),
        Asked::Snippet { name, source } => print_snippet(name, source, templates),
        Asked::List { json } => print_list(*json, templates),
        Asked::Write(arguments) => {
            let written = write(arguments, templates, stdout, stderr);
            return written.map_err(|error| of_own(error, templates));
        }
    };
    let text = text.map_err(|error| of_own(error, templates))?;
    super::status::print(&text, stdout).map(|()| Status::Ok)
}

fn of_own(error: Error, templates: &Templates) -> Error {
    match error {
        Error::Render(error) => error_of(error, templates),
        error => error,
    }
}

/// What was given for a block in a file and by flags, judged.
fn given(source: &Source, name: &str) -> Result<(Spec, Option<Shells>, Option<Flavor>), Error> {
    let mut config = match &source.config {
        None => Config::default(),
        Some(path) => parsed(path, OPTIONS)?,
    };
    let faults = std::mem::take(&mut config.faults);
    let mut settings = Settings::from(config).overridden_by(source.given.settings());
    // A file holds what `bundle` makes of it: its names are those defaults, and no placeholders.
    let defaults = PARAMETERS.iter().filter(|row| row.kind == Kind::Text);
    for (row, default) in defaults.filter_map(|row| Some((row, row.default_text()?))) {
        if source.config.is_some() && settings.parameters.get(row.key).is_none() {
            let value = RawValue::Text(default.to_owned());
            settings.parameters.set(row.key, value, Origin::Flag);
        }
    }
    let judged = settings.for_block(name).judged(faults, Ok);
    judged.map_err(|faults| Diagnostics(faults).into())
}

fn print_page(source: &Source, templates: &Templates) -> Result<String, Error> {
    let (spec, shells, flavor) = given(source, PAGE)?;
    let setup = Setup::new(&spec);
    let shells = shells.unwrap_or(Shells::Both);
    let flavor = flavor.unwrap_or(Flavor::CommonMark);
    Ok(page::page(&setup, shells, flavor, true, templates)?)
}

fn print_snippet(name: &str, source: &Source, templates: &Templates) -> Result<String, Error> {
    let refused = |name: &str, what| Error::from(Diagnostic::of_form(Some(name), None, what));
    let (spec, shells, flavor) = given(source, name)?;
    let setup = Setup::new(&spec);
    if let Some(flavor) = flavor {
        let shells = shells.unwrap_or(Shells::Both);
        let block = block(name, &setup, shells, flavor, templates)?;
        return block.map_err(|what| refused(name, what));
    }
    if name == FILES {
        return Ok(snippets::files(&spec).text);
    }
    if OTHERS.contains(&name) {
        let what = "is written in the language of a page, so that it needs `--flavor`";
        return Err(refused(name, what.into()));
    }
    let snippet = setup.find(name).map_err(|what| refused(name, what))?;
    let shells = shells.unwrap_or(Shells::Bash);
    let code = snippet.code(&setup, shells, templates)?;
    if let [code] = code.as_slice() {
        return Ok(code.text.clone());
    }
    let what = "gives several blocks, so that it needs `--flavor`";
    Err(refused(&format!("--{SHELL}"), what.into()))
}

fn print_list(json: bool, templates: &Templates) -> Result<String, Error> {
    let entries = snippets::list(templates)?;
    Ok(if json {
        crate::json::to_text(&entries)?
    } else {
        templates.render("pages/list.txt", &snippets::of_list(&entries))?
    })
}

/// A page that was read, and what is to be done to it.
struct Read {
    file: PageFile,
    shown: String,
    bytes: Vec<u8>,
    rewritten: Rewritten,
}

fn write(
    arguments: &WriteArguments,
    templates: &Templates,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<Status, Error> {
    let pages = read_pages(arguments, templates)?;
    let stale: Vec<&Read> = pages
        .iter()
        .filter(|page| !page.rewritten.changes.is_empty())
        .collect();
    let changes: usize = stale.iter().map(|page| page.rewritten.changes.len()).sum();
    if !arguments.check {
        let new: Vec<Vec<u8>> = stale
            .iter()
            .map(|page| page.rewritten.apply(&page.bytes))
            .collect();
        let new_pages = std::iter::zip(&stale, &new).map(|(page, new)| NewPage {
            path: &page.file.path,
            old: &page.bytes,
            new,
        });
        output::pages(&new_pages.collect::<Vec<_>>())?;
    }

    let regions = pages.iter().map(|page| page.rewritten.regions).sum();
    let (mut result, mut said) = (Vec::new(), String::new());
    if arguments.json {
        // Whether the stale ones were written, and what of them.
        let report = json!({
            "pages": pages.len(),
            "regions": regions,
            "written": !arguments.check,
            "stale": stale.iter().map(|page| page.report()).collect::<Value>(),
        });
        result = crate::json::to_text(&report)?.into_bytes();
    } else {
        for page in &stale {
            if arguments.check {
                result.extend(page.diff());
            } else {
                result.extend(format!("{}\n", page.shown).into_bytes());
            }
        }
        for page in pages
            .iter()
            .filter(|page| page.file.named && page.rewritten.regions == 0)
        {
            said.push_str(&format!("note: {} has no regions\n", page.shown));
        }
        let of_pages = counted(pages.len(), "page");
        let of_regions = counted(regions, "region");
        said.push_str(&match (arguments.check, stale.len()) {
            (_, 0) => format!("up to date: {of_regions} in {of_pages}\n"),
            (true, _) => format!("looked at: {of_regions} in {of_pages}\n"),
            (false, count) => {
                format!("written: {changes} of {of_regions}, {count} of {of_pages}\n")
            }
        });
    }
    let is_stale = arguments.check && !stale.is_empty();
    if is_stale {
        let (of_pages, are) = (counted(stale.len(), "page"), are(stale.len()));
        let title = format!("{of_pages} {are} stale, in {}", counted(changes, "region"));
        let help = format!("run: {}", fixing_command(arguments));
        let is_coloured = is_coloured(&console::Term::stderr());
        said += &(Message::error(title, Some(help)).draw(is_coloured) + "\n");
    }
    let printed = stdout.write_all(&result);
    say(stderr, &said);
    match printed {
        Ok(()) if is_stale => Ok(Status::Different),
        Ok(()) => Ok(Status::Ok),
        Err(source) => {
            let wrote = !arguments.check && !stale.is_empty();
            let path = wrote.then(|| "every stale page".to_owned());
            Err(Error::Print { path, source })
        }
    }
}

impl Read {
    fn diff(&self) -> Vec<u8> {
        diff::unified(&self.shown, &self.bytes, &self.rewritten.apply(&self.bytes))
    }

    fn report(&self) -> Value {
        let changes = self.rewritten.changes.iter();
        let regions = changes.map(|change| json!({ "line": change.line, "name": change.name }));
        json!({
            "path": self.shown,
            "regions": regions.collect::<Value>(),
            "diff": String::from_utf8_lossy(&self.diff()),
        })
    }
}

/// Reads all pages and finds what to change in them: nothing is written before
/// every fault of every page is known.
fn read_pages(arguments: &WriteArguments, templates: &Templates) -> Result<Vec<Read>, Error> {
    let pages = files::pages(&arguments.pages);
    let (pages, mut faults) = pages.map_err(|(path, source)| Error::Read { path, source })?;
    let flags = arguments.given.settings();
    let mut beside = Beside::default();
    let mut done = Vec::new();
    for file in pages {
        let bytes = read(&file.path)?;
        let (settings, of_config) = beside.settings(&file.path)?;
        let settings = settings.clone().overridden_by(flags.clone());
        let shown = file.shown.display().to_string();
        let page = Page {
            shown: &shown,
            bytes: &bytes,
            flavor: file.flavor,
        };
        match rewrite(&page, &settings, of_config, templates) {
            Ok(rewritten) => done.push(Read {
                file,
                shown,
                bytes,
                rewritten,
            }),
            Err(RewriteError::Diagnostics(more)) => faults.extend(more),
            Err(RewriteError::Render(error)) => return Err(error.into()),
        }
    }
    if faults.is_empty() {
        return Ok(done);
    }
    // What is wrong in a file beside the pages is wrong for each of their regions.
    let mut seen = BTreeSet::new();
    faults.retain(|fault| seen.insert(fault.to_string()));
    Err(Diagnostics(faults).into())
}

/// The files of parameters beside the pages, each read once.
#[derive(Default)]
struct Beside {
    read: BTreeMap<Option<PathBuf>, (Settings, Vec<Diagnostic>)>,
}

impl Beside {
    fn settings(&mut self, page: &Path) -> Result<(&Settings, &[Diagnostic]), Error> {
        let path = files::config_of(page);
        if !self.read.contains_key(&path) {
            let mut config = match &path {
                None => Config::default(),
                Some(path) => Config::parse_with(&shown(path), &read(path)?, OPTIONS),
            };
            let faults = std::mem::take(&mut config.faults);
            self.read
                .insert(path.clone(), (Settings::from(config), faults));
        }
        let (settings, faults) = &self.read[&path];
        Ok((settings, faults))
    }
}

/// A path as a user in this folder would write it.
fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(std::fs::canonicalize);
    let below = here
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    below.unwrap_or_else(|| path.to_owned())
}

fn fixing_command(arguments: &WriteArguments) -> String {
    let flags = arguments.given.settings();
    let mut words: Vec<String> = ["lexlogs", "docs", "write"].map(str::to_owned).into();
    if let Some(folder) = arguments.given.templates() {
        words.extend(["--templates".to_owned(), folder.display().to_string()]);
    }
    for (option, (value, _)) in &flags.options {
        words.extend([format!("--{option}"), value.to_string()]);
    }
    for (row, value) in PARAMETERS
        .iter()
        .filter_map(|row| Some((row, flags.parameters.get(row.key)?.0.to_string())))
    {
        // What begins with a dash would be taken for a flag itself.
        if row.kind == Kind::Switch || value.starts_with('-') {
            words.push(format!("--{}={value}", row.name));
        } else {
            words.extend([format!("--{}", row.name), value]);
        }
    }
    words.extend(
        arguments
            .pages
            .iter()
            .map(|page| page.display().to_string()),
    );
    let quoted = words
        .iter()
        .map(|word| Shell::Bash.word(word).unwrap_or_else(|_| word.clone()));
    quoted.collect::<Vec<_>>().join(" ")
}
