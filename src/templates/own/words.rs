//! What Tera says of templates, as faults with their places.

use std::sync::Arc;

use include_dir::File;

use super::Own;
use crate::fault::{Fault, Source, did_you_mean};
use crate::parameters::nearest_of;
use crate::templates::{BUILT_IN, TemplateError, replaceable, scan};

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
                let (what, help) = in_our_words(what);
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
