//! A JSON value that knows where each of its pieces stands in the text.

use std::ops::Range;

use serde_json::value::RawValue;

use super::Members;

#[derive(Debug)]
pub(crate) struct Placed {
    /// From its first byte up to behind its last.
    pub(crate) span: Range<usize>,
    pub(crate) node: Node,
}

#[derive(Debug)]
pub(crate) enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    Number,
    /// A string, with its escapes resolved.
    Text(String),
    List(Vec<Placed>),
    /// An object: its members in their order, duplicates included.
    Object(Vec<Member>),
}

#[derive(Debug)]
pub(crate) struct Member {
    /// Its key, with its escapes resolved.
    pub(crate) key: String,
    /// Where the key stands, quotes included.
    pub(crate) span: Range<usize>,
    pub(crate) value: Placed,
}

#[derive(Debug)]
pub(crate) struct SyntaxError {
    pub(crate) at: usize,
    /// What is wrong, as a sentence fragment.
    pub(crate) what: String,
}

/// No value may be deeper than this: each level of it is one of the stack's.
const DEEPEST: usize = 64;

impl Placed {
    /// What it is, in a sentence.
    pub(crate) fn noun(&self) -> &'static str {
        match &self.node {
            Node::Null => "null",
            Node::Bool => "true or false",
            Node::Number => "a number",
            Node::Text(_) => "a text",
            Node::List(values) if values.is_empty() => "an empty list",
            Node::List(_) => "a list",
            Node::Object(_) => "an object",
        }
    }
}

/// Reads a text that is one JSON value of at most [`DEEPEST`] levels.
pub(crate) fn read(text: &str) -> Result<Placed, SyntaxError> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| {
        // Who reads values as well says more of what is wrong, such as commas; else the place is the one behind it.
        let told = serde_json::from_str::<serde_json::Value>(text).err();
        let told = told.filter(|told| super::reason(told) != super::reason(&error));
        SyntaxError::new(text, 0, told.as_ref().unwrap_or(&error))
    })?;
    Reader(text).value(raw, 0)
}

struct Reader<'a>(&'a str);

impl<'a> Reader<'a> {
    fn value(&self, raw: &'a RawValue, depth: usize) -> Result<Placed, SyntaxError> {
        let span = self.span(raw);
        if depth > DEEPEST {
            return Err(SyntaxError {
                at: span.start,
                what: format!("is nested deeper than {DEEPEST} levels"),
            });
        }
        // It was looked through once, so its first letter says what it is.
        let node = match raw.get().as_bytes().first() {
            Some(b'"') => Node::Text(self.piece(raw)?),
            Some(b'[') => {
                let values: Vec<&RawValue> = self.piece(raw)?;
                let values = values.into_iter().map(|value| self.value(value, depth + 1));
                Node::List(values.collect::<Result<_, _>>()?)
            }
            Some(b'{') => {
                let Members(members) = self.piece(raw)?;
                let members = members.into_iter().map(|(key, value)| {
                    Ok(Member {
                        key: self.piece(key)?,
                        span: self.span(key),
                        value: self.value(value, depth + 1)?,
                    })
                });
                Node::Object(members.collect::<Result<_, _>>()?)
            }
            Some(b't' | b'f') => Node::Bool,
            Some(b'n') => Node::Null,
            _ => Node::Number,
        };
        Ok(Placed { span, node })
    }

    /// Where a piece stands: it is borrowed from the text.
    fn span(&self, raw: &RawValue) -> Range<usize> {
        let start = raw.get().as_ptr().addr() - self.0.as_ptr().addr();
        start..start + raw.get().len()
    }

    fn piece<T: serde::Deserialize<'a>>(&self, raw: &'a RawValue) -> Result<T, SyntaxError> {
        serde_json::from_str(raw.get())
            .map_err(|error| SyntaxError::new(self.0, self.span(raw).start, &error))
    }
}

impl SyntaxError {
    /// What serde says of the part of a text that begins at `from`.
    fn new(text: &str, from: usize, error: &serde_json::Error) -> Self {
        let rest = &text[from..];
        let lines = rest
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1));
        let line: usize = lines.map(str::len).sum();
        // It counts bytes, up to and with the last that was read.
        let at = from + line + error.column().saturating_sub(1);
        let at = (0..=at.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at));
        Self {
            at: at.unwrap_or_default(),
            what: super::reason(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_knows_its_place() {
        let text = " {\"é\\n\": [1, \"x\"],\n \"a\": true}";
        let read = read(text).expect("JSON");
        let Node::Object(members) = &read.node else {
            panic!("{read:?}");
        };
        assert_eq!(&text[read.span.clone()], text.trim());
        assert_eq!(members[0].key, "é\n");
        assert_eq!(&text[members[0].span.clone()], "\"é\\n\"");
        let Node::List(values) = &members[0].value.node else {
            panic!("{members:?}");
        };
        assert_eq!(&text[values[1].span.clone()], "\"x\"");
        assert_eq!(&text[members[1].value.span.clone()], "true");
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        let deep = "[".repeat(100) + &"]".repeat(100);
        for (text, at, what) in [
            ("", 0, "EOF while parsing a value"),
            ("[\n 1,\n]", 6, "trailing comma"),
            ("{\"a\": 1} x", 9, "trailing characters"),
            ("[\"é\", \"\\ud800\"]", 14, "unexpected end of hex escape"),
            (&deep, 65, "is nested deeper than 64 levels"),
        ] {
            let error = read(text).expect_err("no JSON");
            assert_eq!((error.at, error.what.as_str()), (at, what), "{text}");
        }
    }
}
