//! JSON as this project reads and writes it: read with places and without
//! silently dropped keys, written in ASCII alone. The AWS CLI decodes a
//! document in the machine's own encoding, so ASCII is the one form that every
//! machine reads alike (aws-cli/issues/3216).

pub(crate) mod explain;
pub(crate) mod placed;

use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// The members of a JSON object in their order, duplicates included, each key and
/// value as the piece of the text that it is.
pub(crate) struct Members<'a>(pub(crate) Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

/// A JSON value none of whose objects has a key twice: of two, IAM and serde
/// might take another one each.
pub(crate) struct Unambiguous(pub(crate) Value);

impl<'de> Deserialize<'de> for Unambiguous {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Value;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a JSON value without numbers")
            }

            fn visit_str<E>(self, text: &str) -> Result<Value, E> {
                Ok(text.into())
            }

            fn visit_bool<E>(self, on: bool) -> Result<Value, E> {
                Ok(on.into())
            }

            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Null)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
                let mut values = Vec::new();
                while let Some(Unambiguous(value)) = seq.next_element()? {
                    values.push(value);
                }
                Ok(values.into())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
                let mut object = serde_json::Map::new();
                while let Some((key, Unambiguous(value))) = map.next_entry::<String, _>()? {
                    if object.contains_key(&key) {
                        return Err(A::Error::custom(format!("the key `{key}` occurs twice")));
                    }
                    object.insert(key, value);
                }
                Ok(object.into())
            }
        }
        deserializer.deserialize_any(Read).map(Self)
    }
}

/// What serde says of a text that is no JSON, without the place, of which it
/// counts the bytes alone.
pub(crate) fn reason(error: &serde_json::Error) -> String {
    let told = error.to_string();
    let what = told.rsplit_once(" at line ");
    what.map_or(told.clone(), |(what, _)| what.to_owned())
}

/// A value as indented JSON in ASCII, with a line end at its end.
pub(crate) fn to_text(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut text = ascii(serde_json::to_string_pretty(value)?);
    text.push('\n');
    Ok(text)
}

/// A value as JSON for programs: ASCII in one line, with a line end.
pub(crate) fn to_line(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut text = ascii(serde_json::to_string(value)?);
    text.push('\n');
    Ok(text)
}

/// A text as it stands between the quotes of a JSON string, in ASCII.
pub(crate) fn escaped(text: &str) -> String {
    let quoted = ascii(Value::from(text).to_string());
    quoted[1..quoted.len() - 1].to_owned()
}

/// Every character above ASCII as a `\u` escape. In JSON such characters stand
/// within strings alone, so the document means the same.
fn ascii(json: String) -> String {
    use std::fmt::Write;
    if json.is_ascii() {
        return json;
    }
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            text.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String does not fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_written_in_ascii_and_reads_back_the_same() {
        for text in [
            "",
            "a\"b\\c",
            "größe 日本",
            "😀\u{2028}\u{7f}",
            "tab\tline\n",
        ] {
            let json = format!("\"{}\"", escaped(text));
            assert!(json.is_ascii(), "{json}");
            assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
        }
    }

    #[test]
    fn members_keep_their_order_and_duplicates() {
        let Members(members) =
            serde_json::from_str(r#"{"b": 1, "a": [2], "b": "x"}"#).expect("an object");
        let members: Vec<_> = members.iter().map(|(k, v)| (k.get(), v.get())).collect();
        assert_eq!(
            members,
            [(r#""b""#, "1"), (r#""a""#, "[2]"), (r#""b""#, r#""x""#)]
        );
    }
}
