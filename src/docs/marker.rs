//! The markers of regions: comments that stand on a line by themselves. What
//! looks like one and is none is a fault, since a region that is not seen goes
//! stale in silence.

use super::flavor::Comments;
use crate::diagnostic::{Lookalike, escape_value, plain};
use crate::parameters::nearest_of;

/// What every marker begins with, inside its comment.
const PREFIX: &[u8] = b"lexlogs:";
/// Its word, whatever follows it.
const WORD: &[u8] = b"lexlogs";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Begin(Begin),
    End,
}

/// What stands in the marker that begins a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begin {
    pub name: String,
    /// The keys and values, in their order.
    pub values: Vec<(String, String)>,
}

/// What begins the comments that people write markers in, in all kinds of pages.
const OPENINGS: &str = "<! {/* /* // .. %% [//] [comment] {{/* {{! {{< {# {% # ; -- <% <# (*";

/// Reads a line, without its end. None if it has nothing to do with regions. A
/// marker that is not read is an error: its region would never be filled.
pub(super) fn read(line: &[u8], comments: Comments) -> Option<Result<Marker, String>> {
    // Most lines of most pages end here.
    if !line.contains(&b'x') && !line.contains(&b'X') {
        return None;
    }
    let at = word(line)?;
    let read = read_plain(line, comments);
    let Ok(text) = std::str::from_utf8(line) else {
        return read;
    };
    if matches!(read, Some(Ok(_))) {
        return read;
    }
    if let Some(lookalike) = Lookalike::first(text)
        && (read.is_some() || read_plain(plain(text).as_bytes(), comments).is_some())
    {
        return Some(Err(format!("{}: {}", lookalike.what(), lookalike.help())));
    }
    // Of Handlebars and Hugo, whose comments have MDX's in them.
    let read = read.filter(|_| !text.trim_start().starts_with("{{"));
    read.or_else(|| stray(text, at, comments).map(Err))
}

pub(super) fn opens_comment(line: &[u8]) -> bool {
    [&b"<!--"[..], b"{/*", b"/*", b".."].contains(&line.trim_ascii())
}

/// Whether a line is a marker without a comment around it.
pub(super) fn is_bare(line: &[u8]) -> bool {
    line.trim_ascii().starts_with(PREFIX)
}

/// Whether a line is a marker of the end of a region, or was meant as one.
pub(super) fn is_end(line: &[u8]) -> bool {
    let rest = line[word(line).unwrap_or(0)..].get(WORD.len()..);
    let mut letters = rest
        .unwrap_or_default()
        .iter()
        .filter(|byte| byte.is_ascii_alphabetic());
    letters
        .next()
        .is_some_and(|byte| byte.eq_ignore_ascii_case(&b'e'))
}

fn word(line: &[u8]) -> Option<usize> {
    let is_word = |word: &[u8]| word.eq_ignore_ascii_case(WORD);
    line.windows(WORD.len()).position(is_word)
}

/// What is wrong with a marker in a comment that this kind of page does not
/// have; none if the line is no marker.
fn stray(line: &str, at: usize, comments: Comments) -> Option<String> {
    let (before, rest) = line.split_at_checked(at)?;
    let mut openings = OPENINGS.split(' ');
    let opening = openings.find(|opening| before.trim_start().starts_with(opening))?;
    // What else is there belongs to the comment, too.
    let is_comment = |c: char| !c.is_alphanumeric() && c != '`';
    let is_opened = before.replace("comment", "").chars().all(is_comment);
    let words = rest[WORD.len()..].trim_start_matches([':', ' ', '-', '_']);
    let is_kind = ["begin", "end", "start"].iter().any(|kind| {
        words
            .get(..kind.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(kind))
    });
    // A heading may be about markers.
    let is_heading = opening == "#" && marker(words.as_bytes()).is_err();
    let right = match comments {
        Comments::Markdown => "`<!-- lexlogs:begin NAME -->`",
        Comments::Rst => "`.. lexlogs:begin NAME`",
        Comments::AsciiDoc => "`// lexlogs:begin NAME`",
    };
    (is_opened && is_kind && !is_heading)
        .then(|| format!("is in a form that is not read in this kind of page: write {right}"))
}

fn read_plain(line: &[u8], comments: Comments) -> Option<Result<Marker, String>> {
    find(line, PREFIX)?;
    let line = line.trim_ascii();
    let inside = match comments {
        Comments::Markdown => {
            inside(line, b"<!--", b"-->").or_else(|| inside(line, b"{/*", b"*/}"))
        }
        Comments::Rst => line
            .strip_prefix(b"..")
            .filter(|rest| rest.starts_with(b" "))
            .map(Ok),
        Comments::AsciiDoc => line.strip_prefix(b"//").map(Ok),
    };
    match inside {
        Some(Ok(inside)) if inside.trim_ascii().starts_with(PREFIX) => {
            Some(marker(&inside.trim_ascii()[PREFIX.len()..]))
        }
        Some(Err(what)) => Some(Err(what)),
        // A comment in the middle of a line; in the other languages that is none.
        _ if comments == Comments::Markdown && is_in_a_comment(line) => {
            Some(Err("must be on a line of its own".into()))
        }
        _ => None,
    }
}

/// What is inside a comment of one line; a fault if the line begins with a
/// marker and has something else too.
fn inside<'a>(line: &'a [u8], open: &[u8], close: &[u8]) -> Option<Result<&'a [u8], String>> {
    let rest = line.strip_prefix(open)?;
    rest.trim_ascii_start().strip_prefix(PREFIX)?;
    let close_text = String::from_utf8_lossy(close);
    Some(match find(rest, close) {
        Some(at) if at + close.len() == rest.len() => Ok(&rest[..at]),
        Some(_) => Err(format!(
            "must be on a line of its own, with nothing after `{close_text}`"
        )),
        None => Err(format!("does not end with `{close_text}` on the same line")),
    })
}

/// Whether a comment begins right before a place that is no span of code: a
/// page may speak of markers.
fn is_in_a_comment(line: &[u8]) -> bool {
    [&b"<!--"[..], b"{/*"].iter().any(|open| {
        let mut from = 0;
        while let Some(at) = find(&line[from..], open) {
            let at = from + at;
            let rest = line[at + open.len()..].trim_ascii_start();
            // As many pieces as backticks, and one more.
            let pieces = line[..at].split(|byte| *byte == b'`').count();
            if rest.starts_with(PREFIX) && pieces % 2 == 1 {
                return true;
            }
            from = at + open.len();
        }
        false
    })
}

fn marker(words: &[u8]) -> Result<Marker, String> {
    let Ok(words) = std::str::from_utf8(words) else {
        return Err("is not UTF-8 text".into());
    };
    let words = split(words)?;
    let mut words = words.into_iter();
    let kind = words.next().unwrap_or_default();
    match kind.as_str() {
        "end" => match words.next() {
            None => Ok(Marker::End),
            Some(word) => Err(format!(
                "has `{}` after `lexlogs:end`, which takes nothing",
                escape_value(&word)
            )),
        },
        "begin" => begin(words).map(Marker::Begin),
        other => {
            let hint = match nearest_of(other, ["begin", "end"]) {
                Some(near) => format!("did you mean `lexlogs:{near}`?"),
                None => "there are `lexlogs:begin` and `lexlogs:end`".into(),
            };
            Err(format!("says `lexlogs:{}`; {hint}", escape_value(other)))
        }
    }
}

fn begin(mut words: impl Iterator<Item = String>) -> Result<Begin, String> {
    let name = match words.next() {
        Some(name) if !name.contains('=') => name,
        _ => {
            return Err(
                "names nothing after `lexlogs:begin`; `lexlogs docs list` prints what it can name"
                    .into(),
            );
        }
    };
    let mut values: Vec<(String, String)> = Vec::new();
    for word in words {
        let Some((key, value)) = word.split_once('=') else {
            return Err(format!(
                "has `{}`, which is not KEY=VALUE",
                escape_value(&word)
            ));
        };
        if values.iter().any(|(known, _)| known == key) {
            return Err(format!("gives `{}` twice", escape_value(key)));
        }
        values.push((key.to_owned(), value.to_owned()));
    }
    Ok(Begin { name, values })
}

/// Words between blanks; in double quotes blanks belong to the word.
fn split(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let (mut word, mut quoted, mut any) = (String::new(), false, false);
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                any = true;
            }
            ' ' | '\t' if !quoted => {
                if any || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                any = false;
            }
            _ => word.push(c),
        }
    }
    if quoted {
        return Err("has a double quote without its partner".into());
    }
    if any || !word.is_empty() {
        words.push(word);
    }
    Ok(words)
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len())
        .position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(line: &str, comments: Comments) -> Option<Result<Marker, String>> {
        read(line.as_bytes(), comments)
    }

    fn begin_of(line: &str, comments: Comments) -> Begin {
        match read_as(line, comments) {
            Some(Ok(Marker::Begin(begin))) => begin,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn each_language_has_its_own_comments() {
        for (line, comments) in [
            ("<!-- lexlogs:begin a k=v -->", Comments::Markdown),
            ("\t <!--lexlogs:begin a k=v-->  ", Comments::Markdown),
            ("{/* lexlogs:begin a k=v */}", Comments::Markdown),
            (".. lexlogs:begin a k=v", Comments::Rst),
            ("   ..  lexlogs:begin  a  k=v ", Comments::Rst),
            ("// lexlogs:begin a k=v", Comments::AsciiDoc),
            ("//lexlogs:begin a k=v", Comments::AsciiDoc),
        ] {
            let begin = begin_of(line, comments);
            assert_eq!(begin.name, "a", "{line}");
            assert_eq!(begin.values, [("k".to_owned(), "v".to_owned())], "{line}");
            let end = line
                .replace("begin a k=v", "end")
                .replace("begin  a  k=v", "end");
            assert_eq!(read_as(&end, comments), Some(Ok(Marker::End)), "{end}");
        }
        for (line, comments) in [
            ("x .. lexlogs:begin a", Comments::Rst),
            (
                "so `<!-- lexlogs:begin a -->` begins one",
                Comments::Markdown,
            ),
            ("lexlogs:begin a", Comments::Markdown),
            ("<!-- other:begin a -->", Comments::Markdown),
        ] {
            assert_eq!(read_as(line, comments), None, "{line}");
        }
    }

    #[test]
    fn values_with_blanks_stand_in_quotes() {
        let line = "<!-- lexlogs:begin a tags=\"Team=Voice bots\" role-path= \"x=y z\" -->";
        let values = begin_of(line, Comments::Markdown).values;
        let pairs: Vec<(&str, &str)> = values
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [("tags", "Team=Voice bots"), ("role-path", ""), ("x", "y z")]
        );
    }

    #[test]
    fn what_looks_like_a_marker_is_one_or_a_fault() {
        for (line, what) in [
            (
                "<!-- lexlogs:begin a",
                "does not end with `-->` on the same line",
            ),
            ("<!-- lexlogs:begin a --> x", "with nothing after `-->`"),
            ("- <!-- lexlogs:begin a -->", "must be on a line of its own"),
            ("`x` {/* lexlogs:end */}", "must be on a line of its own"),
            ("<!-- lexlogs:begin -->", "names nothing after"),
            ("<!-- lexlogs:begin k=v -->", "names nothing after"),
            (
                "<!-- lexlogs:begin a k -->",
                "has `k`, which is not KEY=VALUE",
            ),
            ("<!-- lexlogs:begin a k=1 k=2 -->", "gives `k` twice"),
            (
                "<!-- lexlogs:begin a k=\"1 -->",
                "double quote without its partner",
            ),
            ("<!-- lexlogs:end a -->", "which takes nothing"),
            // Found by fuzzing: no page can write to the terminal.
            ("<!-- lexlogs:end \u{1b}[2J -->", "has `\\u{1b}[2J` after"),
            ("<!-- lexlogs:e\0nd -->", "says `lexlogs:e\\0nd`; did"),
            ("<!-- lexlogs:begin a \u{1b} -->", "has `\\u{1b}`, which"),
            ("<!-- lexlogs:begin a \0=1 \0=1 -->", "gives `\\0` twice"),
            ("<!-- lexlogs:beginn a -->", "did you mean `lexlogs:begin`?"),
            (
                "<!-- lexlogs:start a -->",
                "there are `lexlogs:begin` and `lexlogs:end`",
            ),
        ] {
            match read_as(line, Comments::Markdown) {
                Some(Err(fault)) => assert!(fault.contains(what), "{line}: {fault}"),
                other => panic!("{line}: {other:?}"),
            }
        }
    }
}
