//! The file of allowed signers, as ssh-keygen(1) describes it: who may sign
//! with which key, for what and when.
//!
//! A line is `PRINCIPALS [OPTIONS] KEYTYPE KEY [COMMENT]`. Lines of others than
//! the one who is looked for are not even read to their ends; a line of his
//! that is wrong counts for nothing, and is told.

use std::fmt;
use std::time::SystemTime;

use ssh_key::PublicKey;
use ssh_key::public::KeyData;

use super::NAMESPACE;
use super::validity::{Time, Validity};
use crate::fault::printable;

/// What is to be said of a line that did not help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The line, counted from 1.
    pub line: usize,
    /// What it is, as a sentence fragment.
    pub what: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// What came of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Search {
    /// A line lets the identity sign with the key.
    Found,
    /// None does.
    Not { known: bool, remarks: Vec<Remark> },
}

/// Looks for a line that lets an identity sign bundles with a key, now.
pub(super) fn search(text: &str, identity: &str, key: &KeyData, now: SystemTime) -> Search {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut known = false;
    let mut remarks = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_matches([' ', '\t', '\r']);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut remark = |what: String| {
            let line = index + 1;
            remarks.push(Remark { line, what });
        };
        let Some((principals, rest)) = first_word(line) else {
            remark("has a quote that goes wrong".into());
            continue;
        };
        if !is_in(identity, principals) {
            continue;
        }
        known = true;
        match judge(rest, key, now) {
            Ok(true) => return Search::Found,
            Ok(false) => {}
            Err(what) => remark(what),
        }
    }
    Search::Not { known, remarks }
}

/// Whether a line, from behind its principals on, is of this key; or why it
/// does not count.
fn judge(rest: &str, key: &KeyData, now: SystemTime) -> Result<bool, String> {
    let (options, rest) = match read_key(rest) {
        Some(_) => ("", rest),
        None => split_options(rest),
    };
    let public = read_key(rest).ok_or("has no public key that can be read")?;
    let options = Options::read(options)?;
    if options.authority {
        return Err(
            "is a `cert-authority`, which lexlogs does not follow; use ssh-keygen -Y verify".into(),
        );
    }
    if public.key_data() != key {
        return Ok(false);
    }
    if let Some(namespaces) = &options.namespaces
        && !is_in(NAMESPACE, namespaces)
    {
        return Err(format!(
            "has the key, but for the namespaces `{}`; a bundle is signed for `{NAMESPACE}`",
            printable(namespaces)
        ));
    }
    options.validity.judge(now)?;
    Ok(true)
}

/// A line's first word, which may stand in quotes, and the rest. None if a
/// quote is not closed, or stands within the word.
fn first_word(line: &str) -> Option<(&str, &str)> {
    let blanks = [' ', '\t'];
    let (word, rest) = match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?,
        None => line.split_once(blanks).unwrap_or((line, "")),
    };
    if word.contains('"') {
        return None;
    }
    Some((word, rest.trim_start_matches(blanks)))
}

/// A public key at the beginning of a text.
fn read_key(text: &str) -> Option<PublicKey> {
    let mut words = text.split([' ', '\t']).filter(|word| !word.is_empty());
    let (kind, key) = (words.next()?, words.next()?);
    PublicKey::from_openssh(&format!("{kind} {key}")).ok()
}

/// Splits at the first blank that is not in quotes.
fn split_options(text: &str) -> (&str, &str) {
    let (mut quoted, mut before) = (false, ' ');
    for (at, c) in text.char_indices() {
        match c {
            // A backslash does not escape another one.
            '"' if before != '\\' => quoted = !quoted,
            ' ' | '\t' if !quoted => return (&text[..at], text[at..].trim_start()),
            _ => {}
        }
        before = c;
    }
    (text, "")
}

/// The options of a line.
#[derive(Debug, Default)]
struct Options {
    authority: bool,
    namespaces: Option<String>,
    validity: Validity,
}

impl Options {
    fn read(text: &str) -> Result<Self, String> {
        let mut options = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(['=', ',']).unwrap_or(rest.len());
            let name = rest[..end].to_ascii_lowercase();
            rest = &rest[end..];
            let mut value = None;
            if let Some(behind) = rest.strip_prefix('=') {
                let (text, behind) = unquote(behind)
                    .ok_or_else(|| format!("has no value in quotes for `{}`", printable(&name)))?;
                (value, rest) = (Some(text), behind);
            }
            let once = |is_new: bool| is_new.then_some(()).ok_or(format!("has `{name}` twice"));
            match (name.as_str(), value) {
                ("cert-authority", None) => options.authority = true,
                ("namespaces", Some(value)) => {
                    once(options.namespaces.is_none())?;
                    options.namespaces = Some(value);
                }
                ("valid-after", Some(value)) => {
                    once(options.validity.after.is_none())?;
                    options.validity.after = Some(Time::read(&value)?);
                }
                ("valid-before", Some(value)) => {
                    once(options.validity.before.is_none())?;
                    options.validity.before = Some(Time::read(&value)?);
                }
                _ => return Err(format!("has an unknown option `{}`", printable(&name))),
            }
            rest = match rest.strip_prefix(',') {
                Some("") => return Err("has options that end with a comma".into()),
                Some(rest) => rest,
                None if rest.is_empty() => rest,
                None => {
                    return Err(format!(
                        "has options that go wrong at `{}`",
                        printable(rest)
                    ));
                }
            };
        }
        options.validity.check()?;
        Ok(options)
    }
}

/// A value in quotes, in which `\"` stands for one, and what is behind it.
fn unquote(text: &str) -> Option<(String, &str)> {
    let text = text.strip_prefix('"')?;
    let mut value = String::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return Some((value, &text[at + 1..])),
            '\\' if characters.next_if(|(_, next)| *next == '"').is_some() => value.push('"'),
            _ => value.push(c),
        }
    }
    None
}

/// Whether a text is in a list of patterns, separated by commas: one must
/// match, and none that begins with `!` may.
fn is_in(text: &str, patterns: &str) -> bool {
    let mut found = false;
    for pattern in patterns.split(',') {
        match pattern.strip_prefix('!') {
            Some(pattern) if matches(text.as_bytes(), pattern.as_bytes()) => return false,
            Some(_) => {}
            None => found |= matches(text.as_bytes(), pattern.as_bytes()),
        }
    }
    found
}

/// Whether a text matches a pattern, in which `*` stands for any number of
/// bytes and `?` for one.
fn matches(text: &[u8], pattern: &[u8]) -> bool {
    let (mut at, mut of) = (0, 0);
    // Behind the last star, and how much of the text it has taken so far.
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(of) {
            Some(b'*') => {
                star = Some((of + 1, at));
                of += 1;
            }
            Some(byte) if *byte == b'?' || *byte == text[at] => {
                at += 1;
                of += 1;
            }
            _ => match star {
                Some((behind, taken)) => {
                    star = Some((behind, taken + 1));
                    (at, of) = (taken + 1, behind);
                }
                None => return false,
            },
        }
    }
    pattern[of..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_those_of_openssh() {
        for (pattern, texts, others) in [
            ("a@b", &["a@b"][..], &["a@bc", "xa@b", "A@b", ""][..]),
            ("*@b", &["@b", "a@b", "a@b@b"], &["a@c", "b"]),
            ("a?c", &["abc", "a?c"], &["ac", "abbc"]),
            ("*a*b*", &["ab", "xaxbx", "aab"], &["ba", "a"]),
            ("*,!b", &["a", "bb", ""], &["b"]),
            ("!b,*", &["a"], &["b"]),
            ("!b", &[], &["a", "b"]),
            ("", &[""], &["a"]),
        ] {
            for text in texts {
                assert!(is_in(text, pattern), "{text} {pattern}");
            }
            for text in others {
                assert!(!is_in(text, pattern), "{text} {pattern}");
            }
        }
        // No pattern takes longer than the text times the pattern.
        assert!(!is_in(
            &"a".repeat(10_000),
            &"*a"
                .repeat(1000)
                .replace("aa", "a")
                .replace("*a*a", "*a*ab")
        ));
    }

    #[test]
    fn words_options_and_values_may_stand_in_quotes() {
        assert_eq!(first_word("\"a b,c\" d e"), Some(("a b,c", "d e")));
        assert_eq!(first_word("a\t b"), Some(("a", "b")));
        assert_eq!(first_word("\"a b"), None);
        assert_eq!(first_word("*,!a\" b"), None);
        assert_eq!(split_options(r#"x="a \" b",y z"#), (r#"x="a \" b",y"#, "z"));
        assert_eq!(split_options(r#"x="a\\" b",y z"#), (r#"x="a\\" b",y"#, "z"));
        assert_eq!(unquote(r#""a\"b\c",d"#), Some((r#"a"b\c"#.into(), ",d")));
        assert_eq!(unquote("\"a"), None);
    }

    #[test]
    fn options_are_read_or_refused() {
        let fault = |text| Options::read(text).err();
        let good = Options::read(
            "NAMESPACES=\"a,lexlogs\",valid-after=\"20200101Z\",valid-before=\"20300101120000Z\"",
        );
        assert_eq!(
            good.ok().and_then(|good| good.namespaces).as_deref(),
            Some("a,lexlogs")
        );
        assert!(Options::read("cert-authority").is_ok_and(|options| options.authority));
        for (text, expected) in [
            ("namespaces=a", "has no value in quotes for `namespaces`"),
            (
                "namespaces=\"a\",namespaces=\"b\"",
                "has `namespaces` twice",
            ),
            ("no-pty", "has an unknown option `no-pty`"),
            ("namespaces", "has an unknown option `namespaces`"),
            ("cert-authority,", "has options that end with a comma"),
            ("namespaces=\"a\"b", "has options that go wrong at `b`"),
            (
                "valid-after=\"20200230\"",
                "has `20200230`, which is no time: YYYYMMDD[HHMM[SS]][Z]",
            ),
            (
                "valid-after=\"20300101\",valid-before=\"20200101\"",
                "ends to be valid before it begins",
            ),
        ] {
            assert_eq!(fault(text).as_deref(), Some(expected), "{text}");
        }
    }
}
