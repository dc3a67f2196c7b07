//! The tags in a template's source, with their places: Tera says which variables
//! a template reads, not where, and nothing of what they have.

mod tag;

use std::ops::Range;

/// A tag that is no comment.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// Whether it prints something.
    pub(super) prints: bool,
    /// Where it begins, in bytes.
    pub(super) at: usize,
    /// What stands in it.
    pub(super) tokens: Vec<Token<'a>>,
}

/// A piece of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Where it begins, in bytes.
    pub(super) at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Name,
    /// A text in quotes, without them.
    Text,
    /// Anything else: one sign, or one of `==` `!=` `<=` `>=` `?.`.
    Sign,
}

/// A variable that is read, with what is read of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Path<'a> {
    /// The names, with dots between them in the source.
    pub(super) names: Vec<&'a str>,
    /// Where it begins, in bytes.
    pub(super) at: usize,
    /// The tokens behind it: where in the tag they begin.
    pub(super) end: usize,
}

/// The tags of a template that Tera could read.
pub(super) fn tags(source: &str) -> Vec<Tag<'_>> {
    parts(source).0
}

/// Where all stands in a template that is not printed as it is.
pub(super) fn holes(source: &str) -> Vec<Range<usize>> {
    parts(source).1
}

/// The tags of a template, and where all stands that is not printed as it is: tags,
/// comments, and what begins and ends what is raw.
fn parts(source: &str) -> (Vec<Tag<'_>>, Vec<Range<usize>>) {
    let (mut tags, mut holes) = (Vec::new(), Vec::new());
    let mut from = 0;
    while let Some((begin, sign)) = next_begin(source, from) {
        if sign == "{#" {
            from = end_of(source, begin, "#}");
            holes.push(begin..from);
            continue;
        }
        let prints = sign == "{{";
        let (tokens, end) = tokens(source, begin + 2, if prints { "}}" } else { "%}" });
        from = end;
        holes.push(begin..end);
        let is_raw = !prints && verb(&tokens) == "raw";
        if is_raw {
            let last = end_of_raw(source, end);
            from = last.end;
            holes.push(last);
        } else {
            tags.push(Tag {
                prints,
                at: begin,
                tokens,
            });
        }
    }
    (tags, holes)
}

/// The text of a template around its tags, with a letter for each that prints, and
/// where in it each tag of [`tags`] stands.
pub(super) fn around(source: &str) -> (String, Vec<usize>) {
    let (tags, holes) = parts(source);
    let mut tags = tags.iter().peekable();
    let (mut text, mut places) = (String::new(), Vec::new());
    let mut from = 0;
    let mut trims = false;
    for hole in holes {
        let piece = source.get(from..hole.start).unwrap_or_default();
        text.push_str(if trims { piece.trim_start() } else { piece });
        let inner = source.get(hole.clone()).unwrap_or_default();
        if inner.get(2..).is_some_and(|inner| inner.starts_with('-')) {
            text.truncate(text.trim_end().len());
        }
        trims = inner
            .strip_suffix(['}'])
            .map(|inner| inner.trim_end_matches(['}', '%', '#']))
            .is_some_and(|inner| inner.ends_with('-'));
        if let Some(tag) = tags.next_if(|tag| tag.at == hole.start) {
            places.push(text.len());
            if tag.prints {
                text.push('x');
            }
        }
        from = hole.end;
    }
    let piece = source.get(from..).unwrap_or_default();
    text.push_str(if trims { piece.trim_start() } else { piece });
    (text, places)
}

fn next_begin(source: &str, from: usize) -> Option<(usize, &'static str)> {
    let rest = source.get(from..)?;
    let found = ["{{", "{%", "{#"].map(|sign| (rest.find(sign), sign));
    let found = found
        .into_iter()
        .filter_map(|(at, sign)| Some((at? + from, sign)));
    found.min()
}

fn end_of(source: &str, from: usize, sign: &str) -> usize {
    let found = source.get(from..).and_then(|rest| rest.find(sign));
    found.map_or(source.len(), |at| from + at + sign.len())
}

/// The tag that ends what is raw.
fn end_of_raw(source: &str, mut from: usize) -> Range<usize> {
    loop {
        let begin = end_of(source, from, "{%");
        let (tokens, end) = tokens(source, begin, "%}");
        if begin == source.len() {
            return begin..end;
        }
        if verb(&tokens) == "endraw" {
            return begin - 2..end;
        }
        from = begin;
    }
}

/// What stands in a tag that goes on at `from`, and where it ends.
fn tokens<'a>(source: &'a str, from: usize, end: &str) -> (Vec<Token<'a>>, usize) {
    let mut tokens = Vec::new();
    let mut at = from;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(end) {
            return (tokens, at + end.len());
        }
        let mut letters = rest.chars();
        let first = letters.next().unwrap_or_default();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let length = match first {
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            '"' | '\'' | '`' => {
                let inner = &rest[1..];
                let length = end_of_text(inner, first);
                tokens.push(Token {
                    kind: Kind::Text,
                    text: &inner[..length],
                    at,
                });
                at += (length + 2).min(rest.len());
                continue;
            }
            // A number is no name, but no sign that matters either.
            _ if is_name(first) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
            _ if ["==", "!=", "<=", ">=", "?."]
                .iter()
                .any(|sign| rest.starts_with(sign)) =>
            {
                2
            }
            _ => first.len_utf8(),
        };
        let kind = if is_name(first) && !first.is_ascii_digit() {
            Kind::Name
        } else {
            Kind::Sign
        };
        tokens.push(Token {
            kind,
            text: &rest[..length],
            at,
        });
        at += length;
    }
    (tokens, source.len())
}

/// Where a text ends that such quotes are around.
fn end_of_text(inner: &str, quote: char) -> usize {
    let mut escaped = false;
    let end = inner.find(|c| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.unwrap_or(inner.len())
}

/// The first word of a tag.
fn verb<'a>(tokens: &[Token<'a>]) -> &'a str {
    let mut words = tokens.iter().map(|token| token.text);
    words.find(|word| *word != "-").unwrap_or_default()
}

/// What a fault marks that is told of a byte: the path that begins there, the
/// tag, or the one character.
pub(super) fn extent(source: &str, at: usize) -> Range<usize> {
    let rest = source.get(at..).unwrap_or_default();
    let length = match rest.get(..2) {
        Some("{{") => rest.find("}}").map(|end| end + 2),
        Some("{%") => rest.find("%}").map(|end| end + 2),
        _ => rest.find(|c: char| !(c.is_alphanumeric() || "_.".contains(c))),
    };
    let first = rest.chars().next().map_or(0, char::len_utf8);
    at..at + length.unwrap_or(rest.len()).max(first)
}

/// The byte of a line and a column, counted from 1; columns in characters.
pub(super) fn offset(source: &str, line: usize, column: usize) -> usize {
    let lines = source.split_inclusive('\n').take(line.saturating_sub(1));
    let begin: usize = lines.map(str::len).sum();
    let mut letters = source[begin..].char_indices();
    let letter = letters.nth(column.saturating_sub(1));
    letter.map_or(source.len(), |(at, _)| begin + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_the_tags_is_as_it_is_printed() {
        for (source, text, at) in [
            (
                "a {{ b }} {% if c %}d{# it's #}{% endif %}",
                "a x d",
                vec![2, 4, 5],
            ),
            (
                "a\n {%- set b = \"it's }}\" -%}\n # {{- c -}} d",
                "a#xd",
                vec![1, 2],
            ),
            ("{% raw -%} {{ a {%- endraw %}b{{ c", "{{ abx", vec![5]),
            ("é{#- a -#} b", "éb", vec![]),
            ("{{ '}}' }}{% raw %}a", "xa", vec![0]),
        ] {
            assert_eq!(around(source), (text.to_owned(), at), "{source}");
        }
    }

    #[test]
    fn places_are_counted_from_one_in_characters() {
        let source = "ä{{ a }}\r\n  {{ b }}";
        let at: Vec<_> = tags(source).iter().map(|tag| tag.at).collect();
        assert_eq!(at, [offset(source, 1, 2), offset(source, 2, 3)]);
        assert_eq!(offset(source, 3, 1), source.len());
    }

    #[test]
    fn what_is_marked_is_the_path_the_tag_or_the_character() {
        let source = "é{{ a.b | c }} {% if d %}{{ f";
        for (at, marked) in [
            (0, "é"),
            (2, "{{ a.b | c }}"),
            (5, "a.b"),
            (9, "|"),
            (11, "c"),
            (16, "{% if d %}"),
            (26, "{{ f"),
            (source.len(), ""),
        ] {
            assert_eq!(&source[extent(source, at)], marked, "{at}");
        }
    }
}
