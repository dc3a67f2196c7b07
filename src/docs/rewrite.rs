//! The regions of one page, filled anew. The page itself stays: what comes out
//! is a list of changes, each of the bytes between two markers.

use std::ops::Range;

use super::block::block;
use super::flavor::{Flavor, Shells};
use super::regions::{self, Region};
use super::settings::{FLAVOR, OPTIONS, Settings};
use super::snippets::Setup;
use crate::config::not_a_parameter;
use crate::diagnostic::{Diagnostic, Source, Span, escape_value};
use crate::parameters::{self, Origin, RawValue};
use crate::render::RenderError;
use crate::templates::Templates;

/// A page before anything is done to it.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Its path, as messages name it.
    pub shown: &'a str,
    pub bytes: &'a [u8],
    pub flavor: Flavor,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The line of the marker that begins it, counted from 1.
    pub line: usize,
    /// The name of what stands in it.
    pub name: String,
    /// The bytes of the page that go.
    pub old: Range<usize>,
    /// Those that come in their place.
    pub new: Vec<u8>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewritten {
    pub regions: usize,
    /// Those that change, in their order.
    pub changes: Vec<Change>,
}

impl Rewritten {
    pub fn apply(&self, page: &[u8]) -> Vec<u8> {
        let more: usize = self.changes.iter().map(|change| change.new.len()).sum();
        let mut bytes = Vec::with_capacity(page.len() + more);
        let mut from = 0;
        for change in &self.changes {
            bytes.extend(&page[from..change.old.start]);
            bytes.extend(&change.new);
            from = change.old.end;
        }
        bytes.extend(&page[from..]);
        bytes
    }
}

#[derive(Debug)]
pub enum RewriteError {
    Diagnostics(Vec<Diagnostic>),
    Render(RenderError),
}

/// Finds what to change in a page. `settings` hold wherever a region says
/// nothing else; `faults` are those that were found in reading them.
pub fn rewrite(
    page: &Page<'_>,
    settings: &Settings,
    faults: &[Diagnostic],
    templates: &Templates,
) -> Result<Rewritten, RewriteError> {
    let (regions, of_markers) = regions::find(page.bytes, page.flavor.comments());
    let of_marker = |(line, what)| {
        let mut lines = page.bytes.split(|byte| *byte == b'\n');
        let place = of_line(page, line, lines.nth(line - 1).unwrap_or_default());
        Diagnostic::of_form(None, Origin::Region(place), what)
    };
    let mut all: Vec<Diagnostic> = of_markers.into_iter().map(of_marker).collect();
    let mut rewritten = Rewritten {
        regions: regions.len(),
        changes: Vec::new(),
    };
    let mut lacking = None;
    for region in regions {
        match fill(page, &region, settings, faults, templates) {
            Ok(filled) => {
                // Looked for once: a page may have many regions.
                let lacking = *lacking.get_or_insert_with(|| lacks(page));
                if let Some(import) = lacking.filter(|_| filled.tabs) {
                    let what = format!(
                        "tabs need the line `{import}` near the top of the page, outside of regions"
                    );
                    all.push(Diagnostic::of_form(None, place(page, &region), what));
                } else if page.bytes[region.content.clone()] != filled.bytes {
                    rewritten.changes.push(Change {
                        line: region.line,
                        name: region.begin.name,
                        old: region.content,
                        new: filled.bytes,
                    });
                }
            }
            Err(RewriteError::Diagnostics(faults)) => all.extend(faults),
            Err(error) => return Err(error),
        }
    }
    all.sort_by_key(|fault| {
        fault
            .place
            .as_ref()
            .and_then(Origin::line)
            .map(|(_, line)| line)
    });
    if all.is_empty() {
        Ok(rewritten)
    } else {
        Err(RewriteError::Diagnostics(all))
    }
}

struct Filled {
    bytes: Vec<u8>,
    /// Whether it needs what [`lacks`] looks for.
    tabs: bool,
}

fn fill(
    page: &Page<'_>,
    region: &Region,
    settings: &Settings,
    faults: &[Diagnostic],
    templates: &Templates,
) -> Result<Filled, RewriteError> {
    let (own, found) = of_region(page, region);
    let settings = settings.clone().overridden_by(own);
    let settings = settings.for_block(&region.begin.name);
    let judged = settings.judged([faults, &found].concat(), |given| {
        fitting(page, &settings, given)
    });
    let (spec, shells, flavor) = judged.map_err(|mut faults| {
        for fault in &mut faults {
            fault.place.get_or_insert_with(|| place(page, region));
        }
        RewriteError::Diagnostics(faults)
    })?;
    let shells = shells.unwrap_or(Shells::Both);
    let setup = Setup::new(&spec);
    let text = block(&region.begin.name, &setup, shells, flavor, templates);
    let text = text.map_err(RewriteError::Render)?.map_err(|what| {
        let name = escape_value(&region.begin.name);
        let fault = Diagnostic::of_form(Some(&name), place(page, region), what);
        RewriteError::Diagnostics(vec![fault])
    })?;
    Ok(Filled {
        bytes: lines_of(&text, region),
        tabs: flavor == Flavor::Docusaurus && text.contains("<Tabs"),
    })
}

/// The settings that a region's marker gives, and what is wrong with them.
fn of_region(page: &Page<'_>, region: &Region) -> (Settings, Vec<Diagnostic>) {
    let mut settings = Settings::default();
    let mut faults = Vec::new();
    for (key, value) in &region.begin.values {
        let raw = RawValue::Text(value.clone());
        let place = place(page, region);
        let place = place.spot().map_or(place.clone(), |marker| {
            Origin::Region(marker.narrowed(&format!("{key}="), value))
        });
        if let Some(parameter) = parameters::find(key) {
            settings.parameters.set(parameter.key, raw, place);
        } else if let Some(option) = OPTIONS.iter().find(|option| **option == key) {
            settings.options.insert(option, (raw, place));
        } else {
            faults.push(not_a_parameter(key, place, OPTIONS));
        }
    }
    (settings, faults)
}

fn place(page: &Page<'_>, region: &Region) -> Origin {
    let before = &page.bytes[..region.content.start];
    let before = before.strip_suffix(b"\n").unwrap_or(before);
    let start = before.iter().rposition(|byte| *byte == b'\n');
    let marker = &before[start.map_or(0, |at| at + 1)..];
    Origin::Region(of_line(page, region.line, marker))
}

/// A line of a page, without the blanks around it.
fn of_line(page: &Page<'_>, number: usize, line: &[u8]) -> Span {
    let text = String::from_utf8_lossy(line);
    let start = text.len() - text.trim_start().len();
    let source = Source::new(page.shown, &text, number);
    Span::of(&source, start..text.trim_end().len())
}

/// The flavor of a region: what is given for a whole tree holds in those of its
/// pages that can have it, what a region says must fit.
fn fitting(
    page: &Page<'_>,
    settings: &Settings,
    given: Option<Flavor>,
) -> Result<Flavor, Box<Diagnostic>> {
    match given {
        Some(flavor) if flavor.comments() == page.flavor.comments() => Ok(flavor),
        Some(_) if matches!(settings.options.get(FLAVOR), Some((_, Origin::Region(_)))) => {
            let fits = Flavor::ALL.into_iter();
            let fits = fits.filter(|flavor| flavor.comments() == page.flavor.comments());
            let fits: Vec<String> = fits.map(|flavor| format!("`{}`", flavor.name())).collect();
            let what = format!(
                "does not fit a page of that name, which takes {}",
                fits.join(", ")
            );
            Err(settings.refused(FLAVOR, what))
        }
        _ => Ok(page.flavor),
    }
}

/// The text as it stands between the markers: apart from them by an empty line,
/// which Python-Markdown, MDX and reStructuredText need; with their indentation
/// and their line ends.
fn lines_of(text: &str, region: &Region) -> Vec<u8> {
    let end: &[u8] = if region.crlf { b"\r\n" } else { b"\n" };
    let lines = text.lines().count();
    let mut bytes = Vec::with_capacity(text.len() + (lines + 2) * (region.indent.len() + 1));
    bytes.extend(end);
    for line in text.lines() {
        if !line.is_empty() {
            bytes.extend(&region.indent);
            bytes.extend(line.as_bytes());
        }
        bytes.extend(end);
    }
    bytes.extend(end);
    bytes
}

/// An import that tabs need and that the page does not have.
fn lacks(page: &Page<'_>) -> Option<&'static str> {
    let has = |import: &str| {
        // Whatever quotes the page has around the module's name.
        let module = import.split('\'').nth(1).unwrap_or(import);
        let modules = [b'\'', b'"'].map(|quote| [module.as_bytes(), &[quote]].concat());
        page.bytes.split(|byte| *byte == b'\n').any(|line| {
            let line = line.trim_ascii();
            let mut found = line.windows(module.len() + 1);
            line.starts_with(b"import ") && found.any(|found| modules.contains(&found.to_vec()))
        })
    };
    let mut needed = Flavor::Docusaurus.markup().imports().iter().copied();
    needed.find(|import| !has(import))
}
