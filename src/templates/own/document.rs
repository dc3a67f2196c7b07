//! What is wrong with what templates of one's own made, told of the template: of a
//! document that is no longer a policy with the line that gave it.

use std::ops::Range;

use super::place;
use crate::document::Document;
use crate::fault::{Fault, Faults};
use crate::policy::Flaw;
use crate::templates::{Templates, scan};

impl Templates {
    /// The line of a document's template, if it is one's own, that gave what is wrong
    /// with its text.
    pub(crate) fn line_of(&self, document: Document, text: &str, flaw: &Flaw) -> Option<usize> {
        let name = format!("policies/{}", document.file_name());
        let source = self.own.as_ref()?.texts.get(name.as_str())?;
        let line = flaw.line.or_else(|| line_with(text, &flaw.what))?;
        line_behind(source.text(), text, line)
    }

    /// That a file which is made of a template is not fit for its
    /// place.
    #[doc(hidden)]
    #[must_use]
    pub fn fault_of_file(&self, template: &str, what: String) -> Option<Faults> {
        let own = self.own.as_ref()?;
        Some(Faults(vec![own.fault(template, what)]))
    }

    /// That a document which one's own template makes is not fit for its place.
    #[doc(hidden)]
    #[must_use]
    pub fn fault_of_document(
        &self,
        template: &str,
        line: Option<usize>,
        what: String,
    ) -> Option<Faults> {
        let own = self.own.as_ref()?;
        let help = format!("compare it with the built-in one: `lexlogs templates show {template}`");
        let source = own.texts.get(template);
        let fault = match source.zip(line) {
            Some((source, line)) => {
                let (_, span) = lines(source.text()).nth(line.saturating_sub(1))?;
                Fault::of_form(None, place(source, span), what)
            }
            None => own.fault(template, what),
        };
        Some(Faults(vec![fault.with_help(Some(help))]))
    }
}

/// The line of a text that holds a thing which a sentence names between backquotes,
/// or else the element that it speaks of.
fn line_with(text: &str, what: &str) -> Option<usize> {
    const ELEMENTS: [(&str, &str); 4] = [
        ("denies", "Deny"),
        ("principal", "Principal"),
        ("condition", "Condition"),
        ("allow", "Action"),
    ];
    let names = what.split('`').skip(1).step_by(2);
    let spoken_of = ELEMENTS.iter().filter(|(word, _)| what.contains(word));
    let names = names.chain(spoken_of.map(|(_, element)| *element));
    let mut places = names.filter_map(|name| text.find(&format!("\"{name}\"")));
    let at = places.next()?;
    Some(text[..at].matches('\n').count() + 1)
}

/// The lines of a text, each with where it stands, without the blanks around it.
fn lines(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let begin = *at + (line.len() - line.trim_start().len());
        *at += line.len();
        let line = line.trim();
        Some((line, begin..begin + line.len()))
    })
}

/// The line of a template that gave a line of its text: the nearest of those that
/// can have.
fn line_behind(source: &str, text: &str, line: usize) -> Option<usize> {
    let given = text.lines().nth(line.checked_sub(1)?)?.trim();
    let holes = scan::holes(source);
    let can_give = |span: &Range<usize>| {
        let mut pieces = vec![String::new()];
        for (at, letter) in source[span.clone()].char_indices() {
            let at = span.start + at;
            match holes.iter().find(|hole| hole.contains(&at)) {
                Some(hole) if hole.start.max(span.start) == at => pieces.push(String::new()),
                Some(_) => {}
                None => pieces
                    .last_mut()
                    .into_iter()
                    .for_each(|piece| piece.push(letter)),
            }
        }
        is_made_of(given, &pieces)
    };
    let known = lines(source).map(|(_, span)| span);
    let known = std::iter::zip(1.., known).filter(|(_, span)| can_give(span));
    let numbers = known.map(|(number, _)| number);
    numbers.min_by_key(|number: &usize| number.abs_diff(line))
}

/// Whether a line has these pieces in their order, and at its ends the first and the
/// last.
fn is_made_of(line: &str, pieces: &[String]) -> bool {
    if pieces.iter().all(|piece| piece.trim().is_empty()) {
        return false;
    }
    let (Some((first, rest)), Some(last)) = (pieces.split_first(), pieces.last()) else {
        return false;
    };
    if rest.is_empty() {
        return line == first;
    }
    let Some(mut line) = line
        .strip_prefix(first.as_str())
        .filter(|line| line.ends_with(last.as_str()))
    else {
        return false;
    };
    rest.iter().all(|piece| match line.find(piece.as_str()) {
        Some(at) => {
            line = &line[at + piece.len()..];
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_document_comes_from_one_of_its_template() {
        let source = "{\n  {%- if a %}\n  \"b\": \"{{ c | json }}:{{ d }}\",\n  {%- endif %}\n  \"e\": 1,\n  \"e\": 1\n}\n";
        let text = "{\n  \"b\": \"x:y\",\n  \"e\": 1,\n  \"e\": 1\n}\n";
        for (line, of_template) in [(1, 1), (2, 3), (3, 5), (4, 6), (5, 7)] {
            assert_eq!(line_behind(source, text, line), Some(of_template), "{line}");
        }
        assert_eq!(line_behind(source, text, 6), None);
        assert_eq!(line_behind("{{ a }}\n", text, 1), None);
        assert_eq!(line_with(text, "has `z` and `x:y`"), Some(2));
        assert_eq!(line_with(text, "has `z`"), None);
        assert_eq!(line_with("\n\"Action\"", "does not allow `z`"), Some(2));
    }
}
