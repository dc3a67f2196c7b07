//! What Tera says of templates, as faults with their places.

use std::sync::Arc;

use include_dir::File;

use super::Own;
use crate::fault::{Fault, Source, did_you_mean};
use crate::parameters::nearest_of;
use crate::templates::scan::{self, Tag};
use crate::templates::{BUILT_IN, TemplateError, replaceable};

impl Own {
    /// Tera's words, taken apart into the places and what is wrong there.
    pub(super) fn faults(&self, error: &TemplateError) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Vec::new();
        let mut lines = error.message.lines().peekable();
        while let Some(line) = lines.next() {
            let place = lines
                .peek()
                .and_then(|next| next.trim_start().strip_prefix("--> "));
            if let (Some(what), Some(place)) = (line.strip_prefix("error: "), place) {
                let mut parts = place.rsplitn(3, ':');
                let mut number = || parts.next().and_then(|part| part.parse().ok());
                let (column, line): (Option<usize>, Option<usize>) = (number(), number());
                let name = parts.next().unwrap_or(place);
                let source = match self.texts.get(name) {
                    Some(source) => Arc::clone(source),
                    None => built_in(name),
                };
                let at = match line.zip(column) {
                    Some((line, column)) => scan::offset(source.text(), line, column),
                    None => 0,
                };
                let (at, what, help) = of_sections(&source, at, what).unwrap_or_else(|| {
                    let (what, help) = in_our_words(what);
                    (at, what, help)
                });
                faults.push(super::fault_at(&source, at, what).with_help(help));
            }
        }
        if faults.is_empty() {
            let what = error.message.lines().next().unwrap_or_default();
            let file = |name: &str| {
                name.rsplit('/')
                    .next()
                    .is_some_and(|file| what.contains(file))
            };
            let named = self.texts.iter().find(|(name, _)| what.contains(**name));
            let named = named.or_else(|| self.texts.iter().find(|(name, _)| file(name)));
            let quoted = what.split('`').nth(1).unwrap_or_default();
            let fault = named.and_then(|(_, source)| {
                let at = source.text().find(quoted).filter(|_| !quoted.is_empty())?;
                Some(super::fault_at(source, at, what.to_owned()))
            });
            let name = named.map_or("", |(name, _)| *name);
            faults.push(fault.unwrap_or_else(|| self.fault(name, what.to_owned())));
        }
        faults
    }
}

/// The text of a template that is not one's own.
fn built_in(name: &str) -> Arc<Source> {
    let name = name.strip_prefix("built-in/").unwrap_or(name);
    let text = BUILT_IN.get_file(name).and_then(File::contents_utf8);
    Source::new(&format!("the built-in {name}"), text.unwrap_or_default(), 1)
}

/// The tags that a template can have, and what ends those that go on to an end.
const TAGS: [(&str, &str); 10] = [
    ("if", "endif"),
    ("for", "endfor"),
    ("set", "endset"),
    ("filter", "endfilter"),
    ("block", "endblock"),
    ("raw", "endraw"),
    ("set_global", "endset"),
    ("elif", ""),
    ("else", ""),
    ("include", ""),
];

/// What is wrong with where sections begin and end, of which Tera says where it
/// noticed, not which one it is: where, what, and what to do.
fn of_sections(source: &Source, at: usize, what: &str) -> Option<(usize, String, Option<String>)> {
    let tags = scan::tags(source.text());
    let line = |at: usize| source.text()[..at].matches('\n').count() + 1;
    if what.starts_with("Unexpected end of input") {
        let (tag, end) = open(&tags, source.text().len())?;
        let what = format!("begins what nothing ends: `{{% {end} %}}` is missing");
        return Some((tag.at, what, None));
    }
    if !what.starts_with("Unknown tag") {
        return None;
    }
    let word = &source.text()[scan::extent(source.text(), at)];
    let is_end = |known: &str| TAGS.iter().any(|(_, end)| *end == known);
    if !is_end(word) && !["else", "elif"].contains(&word) {
        let names: Vec<&str> = TAGS.iter().map(|(tag, _)| *tag).collect();
        let near = nearest_of(word, names.iter().copied());
        let help = near.map_or_else(
            || format!("the tags are {}", names.join(", ")),
            did_you_mean,
        );
        return Some((at, format!("unknown tag `{word}`"), Some(help)));
    }
    let what = match open(&tags, at.saturating_sub(1)) {
        Some((tag, end)) => format!(
            "does not belong to the `{}` of line {}, which is still to be ended by `{{% {end} %}}`",
            tag.verb(),
            line(tag.at)
        ),
        None => "belongs to nothing: no tag before it is still to be ended".to_owned(),
    };
    Some((at, what, None))
}

/// The last tag before a byte that is still to be ended, and what ends it.
fn open<'a, 'b>(tags: &'b [Tag<'a>], before: usize) -> Option<(&'b Tag<'a>, &'static str)> {
    let mut open: Vec<(&Tag<'_>, &str)> = Vec::new();
    for tag in tags.iter().take_while(|tag| tag.at < before) {
        let verb = tag.verb();
        if tag.prints {
            continue;
        }
        if open.last().is_some_and(|(_, end)| *end == verb) {
            open.pop();
            continue;
        }
        let end = TAGS.iter().find(|(name, _)| *name == verb);
        let is_one = !verb.starts_with("set") || tag.is_section();
        if let Some((_, end)) = end.filter(|(_, end)| is_one && !end.is_empty()) {
            open.push((tag, *end));
        }
    }
    open.pop()
}

/// What Tera says is wrong, as a fragment, and what may be meant.
fn in_our_words(what: &str) -> (String, Option<String>) {
    let mut letters = what.trim_end_matches('.').chars();
    let first = letters.next().map(|c| c.to_ascii_lowercase());
    let what: String = first.into_iter().chain(letters).collect();
    let quoted = what.split('`').nth(1).unwrap_or_default().to_owned();
    let near = if what.starts_with("unknown filter") {
        nearest_of(&quoted, crate::templates::reference::filters())
    } else if what.starts_with("unknown template") {
        nearest_of(&quoted, replaceable())
    } else {
        None
    };
    let help = if let Some(near) = near {
        Some(did_you_mean(near))
    } else if what.starts_with("unknown filter") {
        let known: Vec<&str> = crate::templates::reference::filters().collect();
        Some(format!("the filters are {}", known.join(", ")))
    } else {
        None
    };
    (what, help)
}
