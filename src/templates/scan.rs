//! The tags in a template's source, with their places: Tera says which variables
//! a template reads, not where, and nothing of what they have.

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

const KEYWORDS: [&str; 30] = [
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "in",
    "set",
    "set_global",
    "endset",
    "include",
    "filter",
    "endfilter",
    "raw",
    "endraw",
    "block",
    "endblock",
    "extends",
    "and",
    "or",
    "not",
    "is",
    "true",
    "false",
    "True",
    "False",
    "none",
    "None",
    "break",
    "continue",
];

/// The tags of a template that Tera could read.
pub(super) fn tags(source: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut from = 0;
    while let Some((begin, sign)) = next_begin(source, from) {
        if sign == "{#" {
            from = end_of(source, begin, "#}");
            continue;
        }
        let prints = sign == "{{";
        let (tokens, end) = tokens(source, begin + 2, if prints { "}}" } else { "%}" });
        from = end;
        let is_raw = !prints && verb(&tokens) == "raw";
        if is_raw {
            from = end_of_raw(source, end);
        } else {
            tags.push(Tag {
                prints,
                at: begin,
                tokens,
            });
        }
    }
    tags
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

/// Behind the tag that ends what is raw.
fn end_of_raw(source: &str, mut from: usize) -> usize {
    loop {
        let begin = end_of(source, from, "{%");
        let (tokens, end) = tokens(source, begin, "%}");
        if begin == source.len() || verb(&tokens) == "endraw" {
            return end;
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

impl<'a> Tag<'a> {
    /// The sign or the word before the token of that number.
    fn before(&self, index: usize) -> &'a str {
        let before = index
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before));
        before.map_or("", |token| token.text)
    }

    fn is(&self, index: usize, text: &str) -> bool {
        let token = self.tokens.get(index);
        token.is_some_and(|token| token.kind != Kind::Text && token.text == text)
    }

    /// The first word: what the tag does, if it does not print.
    pub(super) fn verb(&self) -> &'a str {
        verb(&self.tokens)
    }

    /// The variables that are read, each time they are.
    pub(super) fn paths(&self) -> Vec<Path<'a>> {
        let mut paths = Vec::new();
        let mut index = 0;
        let bound = self.bound().1;
        while let Some(token) = self.tokens.get(index) {
            let is_variable = token.kind == Kind::Name
                && !KEYWORDS.contains(&token.text)
                && index >= bound
                && !["|", ".", "?."].contains(&self.before(index))
                && (self.prints || !["filter", "block", "endblock"].contains(&self.before(index)))
                // What a value is compared with by `is`.
                && self.before(index) != "is"
                && !(self.before(index) == "not" && self.is(index.saturating_sub(2), "is"))
                // Functions, and the names of arguments.
                && !self.is(index + 1, "(")
                && !self.is(index + 1, "=")
                && (self.prints || index != usize::from(self.is(0, "-")));
            index += 1;
            if !is_variable {
                continue;
            }
            let mut path = Path {
                names: vec![token.text],
                at: token.at,
                end: index,
            };
            while (self.is(index, ".") || self.is(index, "?."))
                && let Some(name) = self.tokens.get(index + 1)
            {
                path.names.push(name.text);
                index += 2;
            }
            path.end = index;
            paths.push(path);
        }
        paths
    }

    /// The filters that are called.
    pub(super) fn filters(&self) -> impl Iterator<Item = Token<'a>> {
        let behind = self.tokens.iter().skip(1).zip(&self.tokens);
        let is_section = !self.prints && self.verb() == "filter";
        let section = self
            .tokens
            .iter()
            .take(3)
            .skip_while(|token| token.text != "filter")
            .nth(1);
        behind
            .filter(|(token, before)| {
                before.text == "|" && before.kind == Kind::Sign && token.kind == Kind::Name
            })
            .map(|(token, _)| *token)
            .chain(section.filter(|_| is_section).copied())
    }

    /// The names that a `for` or a `set` makes, and the number of the token behind
    /// them.
    pub(super) fn bound(&self) -> (Vec<&'a str>, usize) {
        if self.prints {
            return (Vec::new(), 0);
        }
        let first = usize::from(self.is(0, "-")) + 1;
        let end = match self.verb() {
            "for" => self.tokens.iter().position(|token| token.text == "in"),
            "set" | "set_global" => Some(first + 1),
            _ => None,
        };
        let Some(end) = end else {
            return (Vec::new(), 0);
        };
        let names = self.tokens.iter().take(end).skip(first);
        let names = names.filter(|token| token.kind == Kind::Name);
        (names.map(|token| token.text).collect(), end)
    }

    /// Whether the value behind a path may be missing: the template asks, or has
    /// another one.
    pub(super) fn may_be_missing(&self, path: &Path<'_>) -> bool {
        let end = path.end;
        (self.is(end, "|") && self.is(end + 1, "default"))
            || (self.is(end, "is")
                && (self.is(end + 1, "defined")
                    || self.is(end + 1, "undefined")
                    || (self.is(end + 1, "not") && self.is(end + 2, "defined"))))
    }

    /// The filter through which all that is printed goes last.
    pub(super) fn last_filter(&self) -> Option<&'a str> {
        let mut depth = 0;
        let mut last = None;
        let end = self.tokens.len() - usize::from(self.is(self.tokens.len().wrapping_sub(1), "-"));
        let begin = usize::from(self.is(0, "-"));
        for (index, token) in self.tokens.iter().enumerate().take(end).skip(begin) {
            match (token.kind, token.text) {
                (Kind::Sign, "(" | "[") => depth += 1,
                (Kind::Sign, ")" | "]") => depth -= 1,
                _ if depth > 0 => {}
                (Kind::Name, name) if self.before(index) == "|" => last = Some(name),
                (Kind::Sign, "." | "?." | "|") | (Kind::Text, _) => {}
                (Kind::Name, name) if !KEYWORDS.contains(&name) => {}
                // An operator: a filter is of what stands beside it alone.
                _ => return None,
            }
        }
        last
    }
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

    fn paths(source: &str) -> Vec<String> {
        let tags = tags(source);
        let paths = tags.iter().flat_map(Tag::paths);
        paths.map(|path| path.names.join(".")).collect()
    }

    #[test]
    fn variables_are_found_where_they_are_read() {
        assert_eq!(
            paths(
                "{{ 'it\\'s }}' ~ z }}{{ a }}{# b #}{%- raw %}{{ c }}{%- endraw -%}{{- d.e | f(g=h.i) | j -}} }} {{ \"k\" ~ l[m] }}"
            ),
            ["z", "a", "d.e", "h.i", "l", "m"]
        );
        assert_eq!(
            paths(
                "{%- if not a.b and c is not defined or d == e -%}{% elif f is starting_with(pat=g) %}{% else %}{% endif %}"
            ),
            ["a.b", "c", "d", "e", "f", "g"]
        );
        assert_eq!(
            paths(
                "{% for a, b in c.d %}{% endfor %}{% set e = f %}{% set g %}{% endset %}{% include \"h\" %}{{ range(end=i) }}{{ '}}' ~ j?.k }}{% filter upper %}{% endfilter %}"
            ),
            ["c.d", "f", "i", "j.k"]
        );
    }

    #[test]
    fn what_a_tag_binds_and_filters_is_found() {
        let tags = tags("{%- for a in b %}{% set_global c = d %}{{ x | y | z }}{% filter upper %}");
        assert_eq!(tags[0].bound().0, ["a"]);
        assert_eq!(tags[1].bound().0, ["c"]);
        let filters = |tag: &Tag<'_>| -> Vec<String> {
            tag.filters().map(|token| token.text.to_owned()).collect()
        };
        assert_eq!(filters(&tags[2]), ["y", "z"]);
        assert_eq!(filters(&tags[3]), ["upper"]);
    }

    #[test]
    fn the_last_filter_is_the_one_of_all_that_is_printed() {
        for (source, last) in [
            ("{{ a.b | f }}", Some("f")),
            ("{{- a | default(value=b ~ c) | f -}}", Some("f")),
            ("{{ (a ~ b) | f }}", Some("f")),
            ("{{ a[b ~ c] | f }}", Some("f")),
            ("{{ \"x\" | f }}", Some("f")),
            ("{{ a ~ b | f }}", None),
            ("{{ a | f if b else c }}", None),
            ("{{ a | f ~ b }}", None),
            ("{{ a }}", None),
        ] {
            assert_eq!(tags(source)[0].last_filter(), last, "{source}");
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
