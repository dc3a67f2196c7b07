//! Characters that come along with copied text and that people take for others:
//! curly quotes, non-breaking spaces, full-width letters, invisible ones.

use std::borrow::Cow;
use std::ops::Range;

/// A character that somebody did not mean to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lookalike {
    /// Its place, in bytes of the text.
    pub(crate) at: Range<usize>,
    /// The character that was meant; none if nothing was.
    pub(crate) plain: Option<char>,
    c: char,
    kind: &'static str,
}

/// Cyrillic and Greek letters that look like Latin ones.
const LETTERS: &str = "аaеeоoрpсcуyхxіiѕsјjԁdһhАAВBЕEКKМMНHОOРPСCТTХXΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΧXοo";

/// What a character is taken for, and what it is.
fn of(c: char) -> Option<(Option<char>, &'static str)> {
    Some(match c {
        '\u{201c}'..='\u{201f}' | '\u{301d}'..='\u{301f}' | '«' | '»' => {
            (Some('"'), "a curly quotation mark")
        }
        '\u{2018}'..='\u{201b}' | '\u{2039}' | '\u{203a}' | '\u{b4}' => {
            (Some('\''), "a curly single quote")
        }
        '\u{a0}' | '\u{202f}' | '\u{2007}' => (Some(' '), "a non-breaking space"),
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => {
            (Some(' '), "a wide space")
        }
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{180e}' => (None, "a zero-width character"),
        '\u{feff}' => (None, "a byte order mark"),
        '\u{ad}' => (None, "a soft hyphen"),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            (None, "an invisible mark for the direction of text")
        }
        '\u{2028}' | '\u{2029}' => (None, "an invisible line separator"),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => (Some('-'), "a typographic dash"),
        '\u{ff01}'..='\u{ff5e}' => (
            char::from_u32(u32::from(c) - 0xfee0),
            "a full-width character",
        ),
        '\u{3002}' => (Some('.'), "a full-width character"),
        '\u{2044}' | '\u{2215}' => (Some('/'), "a typographic slash"),
        '\u{2217}' | '\u{d7}' => (Some('*'), "a typographic asterisk"),
        _ => {
            let mut letters = LETTERS.chars().skip_while(|letter| *letter != c);
            letters.next().filter(|_| !c.is_ascii())?;
            (letters.next(), "a letter of another alphabet")
        }
    })
}

impl Lookalike {
    /// The first one in a text.
    pub(crate) fn first(text: &str) -> Option<Self> {
        if text.is_ascii() {
            return None;
        }
        let mut found = text.char_indices().filter_map(|(at, c)| {
            let (plain, kind) = of(c)?;
            let at = at..at + c.len_utf8();
            Some(Self { at, plain, c, kind })
        });
        found.next()
    }

    pub(crate) fn within(text: &str, piece: Range<usize>) -> Option<Self> {
        let mut found = Self::first(text.get(piece.clone())?)?;
        found.at = found.at.start + piece.start..found.at.end + piece.start;
        Some(found)
    }

    /// The character, as a sentence fragment.
    pub(crate) fn what(&self) -> String {
        format!("has U+{:04X}, {}", u32::from(self.c), self.kind)
    }

    /// Both, as a sentence.
    pub(crate) fn advice(&self) -> String {
        let (code, kind) = (u32::from(self.c), self.kind);
        format!("U+{code:04X} is {kind}: {}", self.help())
    }

    pub(crate) fn help(&self) -> String {
        match self.plain {
            Some(' ') => "type an ordinary space".into(),
            Some('`') => "type a backtick".into(),
            Some(plain) => format!("type `{plain}`"),
            None => "delete it: it is invisible".into(),
        }
    }
}

/// A text with what was meant in the place of such characters.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if Lookalike::first(text).is_none() {
        return Cow::Borrowed(text);
    }
    let letter = |c: char| of(c).map_or(Some(c), |(plain, _)| plain);
    Cow::Owned(text.chars().filter_map(letter).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lookalike_is_named_with_the_key_to_type() {
        for (text, what, help) in [
            ("“", "has U+201C, a curly quotation mark", "type `\"`"),
            (
                "a\u{a0}b",
                "has U+00A0, a non-breaking space",
                "type an ordinary space",
            ),
            ("１", "has U+FF11, a full-width character", "type `1`"),
            (
                "us\u{2011}east",
                "has U+2011, a typographic dash",
                "type `-`",
            ),
            (
                "\u{200b}",
                "has U+200B, a zero-width character",
                "delete it: it is invisible",
            ),
            (
                "lоgs",
                "has U+043E, a letter of another alphabet",
                "type `o`",
            ),
        ] {
            let found = Lookalike::first(text).expect("one");
            assert_eq!((found.what().as_str(), found.help().as_str()), (what, help));
            assert!(plain(text).is_ascii());
        }
        for text in ["größe", "日本", "a-b", "é"] {
            assert_eq!(Lookalike::first(text), None, "{text}");
        }
    }
}
