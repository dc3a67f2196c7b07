//! What is wrong with custom templates, each with its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source, Span, did_you_mean, did_you_mean_one};
use crate::parameters::{Origin, nearest_of};
use crate::templates::{BUILT_IN, TemplateError, replaceable};

/// What to do where a template prints a custom value that nobody gives.
const GIVE_CUSTOM: &str = "give it in `[custom]`, or as `--custom NAME=VALUE`";

/// A piece of a template.
pub(super) fn place(source: &Arc<Source>, span: Range<usize>) -> Origin {
    Origin::File(Span::of(source, span))
}

/// What is said of a file, or of a name, of no template, and what to do.
pub(crate) fn unknown(name: &str) -> (String, Option<String>) {
    if BUILT_IN.get_file(name).is_some() {
        let what = "cannot be replaced: it is the same in every bundle of a version, or what lexlogs itself says";
        return (what.into(), None);
    }
    let known: Vec<&str> = replaceable().collect();
    let file = |name: &'static str| name.rsplit('/').next().unwrap_or_default();
    let own = name.rsplit('/').next().unwrap_or_default();
    let of_file = |own: &str| known.iter().find(|known| file(known) == own).copied();
    // It may be in another folder.
    let near = of_file(own)
        .or_else(|| nearest_of(name, known.iter().copied()))
        .or_else(|| of_file(nearest_of(own, known.iter().map(|known| file(known)))?));
    let help = did_you_mean_one(name, near, known.iter().copied(), "lexlogs templates list");
    ("is not the name of a template".into(), Some(help))
}

/// Tera's words, taken apart into the places and what is wrong there.
pub(super) fn of_tera(
    error: &TemplateError,
    texts: &BTreeMap<&'static str, Arc<Source>>,
    fault: impl Fn(&str, String) -> Diagnostic,
) -> Vec<Diagnostic> {
    let lines: Vec<&str> = error.message.lines().collect();
    let reports = lines.windows(2).filter_map(|pair| {
        let what = pair[0].strip_prefix("error: ")?;
        let mut place = pair[1].trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
        let mut number = || place.next()?.parse::<usize>().ok();
        let (column, line) = (number()?, number()?);
        Some(report(texts, what, place.next()?, line, column))
    });
    let mut faults: Vec<Diagnostic> = reports.collect();
    if faults.is_empty() {
        let (name, what) = error.message.split_once(' ').unwrap_or_default();
        faults.push(if texts.contains_key(name) {
            fault(name, what.to_owned())
        } else {
            fault("", error.message.clone())
        });
    }
    faults
}

/// What is wrong at a line and a column of a template, counted from 1.
fn report(
    texts: &BTreeMap<&'static str, Arc<Source>>,
    what: &str,
    name: &str,
    line: usize,
    column: usize,
) -> Diagnostic {
    let source = texts.get(name).cloned().unwrap_or_else(|| {
        let name = name.strip_prefix("built-in/").unwrap_or(name);
        let text = BUILT_IN
            .get_file(name)
            .and_then(|file| file.contents_utf8());
        Source::new(&format!("the built-in {name}"), text.unwrap_or_default(), 1)
    });
    let text = source.text();
    let begin: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let rest = &text[begin..];
    let letter = rest.char_indices().nth(column - 1);
    let at = begin + letter.map_or(rest.len(), |(at, _)| at);
    let rest = &text[at..];
    let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
    let length = length
        .filter(|length| *length > 0)
        .unwrap_or(rest.len().min(1));
    // Of a name that is not there Tera lists all that are.
    let (what, known) = what.split_once(" Available ").unwrap_or((what, ""));
    let unknown = what.split('`').nth(1).unwrap_or_default();
    let known = known.split_once(": ").map(|(_, known)| known.split(", "));
    let near = known.and_then(|known| nearest_of(unknown, known));
    let near = near.map(did_you_mean);
    let is_custom = text[..at].ends_with("custom.") || rest.starts_with("custom.");
    let help = near.or_else(|| is_custom.then(|| GIVE_CUSTOM.to_owned()));
    let what = what.trim_end_matches('.').to_owned();
    Diagnostic::of_form(None, place(&source, at..at + length), what).with_help(help)
}
