//! What a script prints into a shell: nothing that may hold any character goes
//! there unless a filter quotes it, nor into quotes that would undo that.

use super::check::Source;
use super::shell::{self, Around};
use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::templates::scan::{self, Kind, Tag};

/// What is wrong with a script, or with a part of one.
pub(super) fn check(source: &Source<'_>, faults: &mut Vec<Fault>) {
    let Some(dialect) = Dialect::of_script(source.name) else {
        return;
    };
    let mut sections: Vec<&str> = Vec::new();
    for (tag, around) in std::iter::zip(&source.tags, around(dialect, source.text)) {
        let section = sections.last().copied();
        let what = if tag.prints {
            printed(source, tag, dialect, around, section)
        } else if let Some(name) = included(tag) {
            of_include(name, dialect, around, section)
        } else {
            match tag.verb() {
                "filter" => sections.push("{% filter %}"),
                "set" | "set_global" if tag.is_section() => sections.push("{% set %}"),
                "endfilter" | "endset" => drop(sections.pop()),
                _ => {}
            }
            None
        };
        faults.extend(what.map(|what| source.fault(tag.at, what)));
    }
}

/// What is wrong with a tag that prints.
fn printed(
    source: &Source<'_>,
    tag: &Tag<'_>,
    dialect: Dialect,
    around: Around,
    section: Option<&str>,
) -> Option<String> {
    if !source.prints_unsafe(tag) {
        return None;
    }
    let (word, comment) = match dialect {
        Dialect::Bash => ("bash_word", "bash_comment"),
        Dialect::Cmd => ("cmd_word", "cmd_comment"),
    };
    if let Some(section) = section {
        return Some(format!(
            "stands in `{section}`, whose text may be changed so that nothing is quoted any more: print it outside"
        ));
    }
    if source.is_command(tag) {
        return match around {
            Around::Nothing => None,
            Around::Comment => Some(format!(
                "prints a command of several lines, of which the others are no comment: end it in `| {comment}`"
            )),
            Around::Quotes | Around::HereDocument => Some(format!(
                "prints a command, whose own quotes would end where it stands: end it in `| {word}` as a word of its own, or put it where a command stands"
            )),
        };
    }
    let last = tag.last_filter();
    if last == Some(comment) {
        return (around != Around::Comment)
            .then(|| format!("prints by `{comment}` what stands in no comment of its own line"));
    }
    if last != Some(word) {
        return Some(format!(
            "prints what may hold any character and goes through no filter of the shell: end it in `| {word}`, or in a comment in `| {comment}`"
        ));
    }
    match around {
        Around::Nothing | Around::Comment => None,
        Around::Quotes => Some(format!(
            "stands within quotes, which would end where those of `{word}` begin: write it as a word of its own"
        )),
        Around::HereDocument => Some(
            "stands in a here-document, where quotes quote nothing: print it with printf".into(),
        ),
    }
}

/// The name of what a tag includes.
fn included<'a>(tag: &Tag<'a>) -> Option<&'a str> {
    let is_include = ["include", "extends"].contains(&tag.verb());
    let mut texts = tag.tokens.iter().filter(|token| token.kind == Kind::Text);
    texts.next().filter(|_| is_include).map(|token| token.text)
}

/// What is wrong with what a script includes.
fn of_include(
    name: &str,
    dialect: Dialect,
    around: Around,
    section: Option<&str>,
) -> Option<String> {
    if Dialect::of_script(name) != Some(dialect) {
        return Some(format!(
            "includes `{name}`, in which nothing is quoted for this shell: a script includes scripts of its own shell alone"
        ));
    }
    if section.is_some() || around != Around::Nothing {
        return Some(format!(
            "includes `{name}` within something else, which may undo its quotes: put it on a line of its own"
        ));
    }
    None
}

/// What stands around each tag of a script.
fn around(dialect: Dialect, text: &str) -> Vec<Around> {
    let (text, places) = scan::around(text);
    match dialect {
        Dialect::Bash => shell::around(&text, &places),
        Dialect::Cmd => {
            let of_line = |at: usize| {
                let begin = text[..at].rfind('\n').map_or(0, |end| end + 1);
                around_in_cmd(&text[begin..at])
            };
            places.into_iter().map(of_line).collect()
        }
    }
}

/// What stands around the end of a line of a batch file, in which nothing goes on
/// from one line to the next.
fn around_in_cmd(line: &str) -> Around {
    let begin = line.trim_start().get(..4);
    if begin.is_some_and(|begin| begin.eq_ignore_ascii_case("rem ")) {
        Around::Comment
    } else if line.matches('"').count() % 2 == 1 {
        Around::Quotes
    } else {
        Around::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_of_cmd_are_open_or_closed() {
        for (line, is) in [
            ("echo ", Around::Nothing),
            ("echo \"Ticket ", Around::Quotes),
            ("echo \"a\" ", Around::Nothing),
            ("echo 'it is ", Around::Nothing),
            ("set \"A=", Around::Quotes),
            ("  Rem \"a ", Around::Comment),
            ("rem", Around::Nothing),
        ] {
            assert_eq!(around_in_cmd(line), is, "{line}");
        }
    }
}
