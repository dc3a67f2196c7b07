//! What a tag reads, makes and prints.

use super::{Kind, Path, Tag, Token, verb};

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

impl<'a> Tag<'a> {
    /// The sign or the word before the token of that number.
    fn before(&self, index: usize) -> &'a str {
        let before = index
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before));
        before.map_or("", |token| token.text)
    }

    /// Whether that is the token of that number.
    pub(in crate::templates) fn is(&self, index: usize, text: &str) -> bool {
        let token = self.tokens.get(index);
        token.is_some_and(|token| token.kind != Kind::Text && token.text == text)
    }

    /// The first word: what the tag does, if it does not print.
    pub(in crate::templates) fn verb(&self) -> &'a str {
        verb(&self.tokens)
    }

    /// Whether nothing stands behind the tokens before that number.
    pub(in crate::templates) fn ends_at(&self, index: usize) -> bool {
        let rest = self.tokens.len().saturating_sub(index);
        rest == 0 || (rest == 1 && self.is(index, "-"))
    }

    /// Whether what stands behind the tokens before that number puts blanks before
    /// lines, and does nothing else.
    pub(in crate::templates) fn only_indents(&self, index: usize) -> bool {
        const WANTED: [&str; 9] = ["|", "replace", "(", "from", "=", "\\n", ",", "to", "="];
        let rest = self.tokens.get(index..).unwrap_or_default();
        let blanks = rest.get(9).and_then(|token| token.text.strip_prefix("\\n"));
        let is_wanted = |(token, wanted): (&Token<'_>, &&str)| token.text == *wanted;
        rest.iter().zip(&WANTED).all(is_wanted)
            && blanks.is_some_and(|blanks| blanks.chars().all(|c| c == ' '))
            && self.is(index + 10, ")")
            && self.ends_at(index + 11)
    }

    /// Whether a `set` is of what stands between it and its end.
    pub(in crate::templates) fn is_section(&self) -> bool {
        let end = self.bound().1;
        end > 0 && !self.is(end, "=")
    }

    /// The variables that are read, each time they are.
    pub(in crate::templates) fn paths(&self) -> Vec<Path<'a>> {
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
    pub(in crate::templates) fn filters(&self) -> impl Iterator<Item = Token<'a>> {
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
    pub(in crate::templates) fn bound(&self) -> (Vec<&'a str>, usize) {
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
    pub(in crate::templates) fn may_be_missing(&self, path: &Path<'_>) -> bool {
        let end = path.end;
        (self.is(end, "|") && self.is(end + 1, "default"))
            || (self.is(end, "is")
                && (self.is(end + 1, "defined")
                    || self.is(end + 1, "undefined")
                    || (self.is(end + 1, "not") && self.is(end + 2, "defined"))))
    }

    /// The filter through which all that is printed goes last.
    pub(in crate::templates) fn last_filter(&self) -> Option<&'a str> {
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

#[cfg(test)]
mod tests {
    use super::super::tags;
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
    fn a_filter_that_only_indents_is_known() {
        for (source, is) in [
            ("{{ a | replace(from=\"\\n\", to=\"\\n  \") -}}", true),
            ("{{ a | replace(from=\"'\", to=\"\\n  \") }}", false),
            ("{{ a | replace(from=\"\\n\", to=\"  \") }}", false),
            ("{{ a | replace(from=\"\\n\", to=\"\\n;\") }}", false),
            (
                "{{ a | replace(from=\"\\n\", to=\"\\n \") | upper }}",
                false,
            ),
            ("{{ a | upper }}", false),
            ("{{ a }}", false),
        ] {
            assert_eq!(tags(source)[0].only_indents(1), is, "{source}");
        }
    }
}
