//! IAM tags: their rules (IAM guide, `id_tags`; IAM API, tagKeyType and
//! tagValueType) and the ways of writing them.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::form::{Form, in_any_case};
use super::raw::{RawPair, RawValue};
use super::text::{all, charset, length};
use crate::escape::escape_value;
use crate::span::Span;

/// The most tags that one role or policy can have.
pub(crate) const MAX: usize = 50;

/// The least and the most characters of a key.
const KEY: (usize, usize) = (1, 128);
/// The least and the most characters of a value.
const VALUE: (usize, usize) = (0, 256);

/// What neither keys nor values begin with, in any case.
const RESERVED: &str = "aws:";

/// Tags, sorted by key; keys differ from each other in more than case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(Vec<(String, String)>);

impl Tags {
    pub(crate) const RULE: &'static str = "at most 50 tags; keys of 1 to 128 and values of 0 to 256 letters, digits, blanks and `_.:/=+-@`; \
none begins with `aws:`; keys differ in more than case. As a flag: KEY=VALUE, several separated by `,` or by repeating the flag";
    pub(crate) const EXAMPLE: &'static str = "CostCenter=4711";

    /// Whether tags that are written as text pass; if not, the first thing that is
    /// wrong with them.
    pub(crate) fn check(text: &str) -> Result<(), String> {
        first_fault(Self::read(&RawValue::Text(text.to_owned())))
    }

    /// The tags of a given value, or everything that is wrong with them, each
    /// with its place in the file that it stands in, if it stands in one.
    pub(crate) fn read(value: &RawValue) -> Result<Self, Vec<(String, Option<Span>)>> {
        let pairs = pairs(value, "a table of tags", from_text)?;
        let mut faults = Vec::new();
        let mut tags: Vec<(String, String, Option<Span>)> = Vec::new();
        for pair in pairs {
            let (shown, spot) = (escape_value(&pair.key), pair.spot);
            let of_value = || spot.clone().map(Span::at_value);
            if let Err(fault) = part(&pair.key, KEY) {
                faults.push((format!("the key `{shown}` {fault}"), spot.clone()));
            }
            let value = match pair.value.as_text() {
                Ok(value) => value,
                Err(fault) => {
                    let value = escape_value(&pair.value.to_string());
                    faults.push((
                        format!("the value `{value}` of `{shown}` {fault}"),
                        of_value(),
                    ));
                    continue;
                }
            };
            if let Err(fault) = part(value, VALUE) {
                faults.push((format!("the value of `{shown}` {fault}"), of_value()));
            }
            tags.push((pair.key, value.to_owned(), spot));
        }
        // By key ignoring case, as IAM tells the keys of a role apart.
        tags.sort_by_cached_key(|(key, ..)| (key.to_lowercase(), key.clone()));
        for two in tags.windows(2) {
            let [(one, ..), (other, _, spot)] = two else {
                continue;
            };
            let shown = (escape_value(one), escape_value(other));
            if one == other {
                faults.push((format!("the key `{}` is set twice", shown.0), spot.clone()));
            } else if one.to_lowercase() == other.to_lowercase() {
                let what = format!(
                    "the keys `{}` and `{}` differ in case alone, which IAM takes for the same key of a role",
                    shown.0, shown.1
                );
                faults.push((what, spot.clone()));
            }
        }
        if tags.len() > MAX {
            faults.push((
                format!("has {} tags, but IAM takes {MAX}", tags.len()),
                None,
            ));
        }
        if faults.is_empty() {
            Ok(Self(
                tags.into_iter()
                    .map(|(key, value, _)| (key, value))
                    .collect(),
            ))
        } else {
            Err(faults)
        }
    }

    /// The form of tags that are written as text, see [`from_text`].
    pub(crate) fn form() -> Form {
        let (key, value, reserved) = (class("="), class(""), in_any_case(RESERVED));
        let pairs = format!("{key}+={value}*(,{key}+={value}*)*");
        Form {
            pattern: Some(format!("^({pairs})?$")),
            ..Form::default()
        }
        .never(format!("(^|,)({key}+=)?{reserved}"))
        .never(format!("(^|,)( {key}*|{key}* )="))
    }

    /// The tags, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Tags as a flag or a CSV cell writes them. No tag holds a comma; a key with `=` in it can only be given in a file.
fn from_text(text: &str) -> Result<Vec<RawPair>, String> {
    let tags = split(text, "KEY=VALUE")?;
    // Not the separator's blank: a key that begins with one would be hard to see.
    match tags.iter().find(|tag| tag.key.trim() != tag.key) {
        Some(tag) => Err(format!(
            "has a blank beside the key `{}`; write KEY=VALUE,KEY=VALUE without blanks around the keys",
            escape_value(tag.key.trim())
        )),
        None => Ok(tags),
    }
}

/// Pairs between commas, with `=` in each; `form` says so.
pub(super) fn split(text: &str, form: &str) -> Result<Vec<RawPair>, String> {
    let pairs = text.split(',').filter(|_| !text.is_empty());
    let pairs = pairs.map(|pair| match pair.split_once('=') {
        Some((key, value)) => Ok(RawPair {
            key: key.to_owned(),
            value: RawValue::Text(value.to_owned()),
            spot: None,
        }),
        None => Err(format!("has `{}`, which is not {form}", escape_value(pair))),
    });
    pairs.collect()
}

/// The pairs of a given value: those of a table, or of a text, which `from_text`
/// reads; `wanted` names what anything else is not.
pub(super) fn pairs(
    value: &RawValue,
    wanted: &str,
    from_text: fn(&str) -> Result<Vec<RawPair>, String>,
) -> Result<Vec<RawPair>, Vec<(String, Option<Span>)>> {
    let what = match value {
        RawValue::Pairs(pairs) => return Ok(pairs.clone()),
        RawValue::Text(text) => return from_text(text).map_err(|fault| vec![(fault, None)]),
        RawValue::Switch(_) => "a boolean",
        RawValue::List(..) => "an array",
        RawValue::Other(what, _) => what,
    };
    Err(vec![(format!("is {what}, not {wanted}"), None)])
}

/// The first thing that is wrong with values that were read, if anything is.
pub(super) fn first_fault<T>(read: Result<T, Vec<(String, Option<Span>)>>) -> Result<(), String> {
    let first = |faults: Vec<(String, Option<Span>)>| faults.into_iter().next();
    read.map(drop)
        .map_err(|faults| first(faults).unwrap_or_default().0)
}

/// The rule that keys and values share, apart from their lengths.
fn part(text: &str, (least, most): (usize, usize)) -> Result<(), String> {
    let reserved = if text.to_ascii_lowercase().starts_with(RESERVED) {
        Err(format!("begins with `{RESERVED}`, which AWS reserves"))
    } else {
        Ok(())
    };
    all([
        length(text, least, most),
        reserved,
        charset(text, is_allowed),
    ])
}

fn is_allowed(c: char) -> bool {
    "_.:/=+-@".contains(c)
        || matches!(
            c.general_category_group(),
            // `[\p{L}\p{Z}\p{N}]`
            GeneralCategoryGroup::Letter
                | GeneralCategoryGroup::Separator
                | GeneralCategoryGroup::Number
        )
}

/// The letters that are allowed, but for some, as an expression. Beyond ASCII it
/// takes all: few programs that check a schema know Unicode's categories.
fn class(besides: &str) -> String {
    let is_refused = |c: char| !is_allowed(c) || besides.contains(c);
    let refused: Vec<u8> = (0..=127).filter(|c| is_refused(char::from(*c))).collect();
    let ranges = refused.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [first, .., last] => format!("\\x{first:02x}-\\x{last:02x}"),
        _ => run.iter().map(|c| format!("\\x{c:02x}")).collect(),
    });
    format!("[^{}]", ranges.collect::<String>())
}

pub(crate) fn forms() -> [Form; 2] {
    [KEY, VALUE].map(|length| {
        Form::new(length, format!("^{}*$", class(""))).never(format!("^{}", in_any_case(RESERVED)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Tags, Vec<String>> {
        let values: Vec<(&str, RawValue)> = pairs
            .iter()
            .map(|(key, value)| (*key, RawValue::Text((*value).to_owned())))
            .collect();
        read_values(&values).map_err(|faults| faults.into_iter().map(|(what, _)| what).collect())
    }

    /// Tags of values of any type, the first one in line 1.
    fn read_values(pairs: &[(&str, RawValue)]) -> Result<Tags, Vec<(String, Option<Span>)>> {
        let pairs = std::iter::zip(1.., pairs).map(|(line, (key, value))| RawPair {
            key: (*key).to_owned(),
            value: value.clone(),
            spot: Some(Span::line_of("a.toml", line)),
        });
        Tags::read(&RawValue::Pairs(pairs.collect()))
    }

    #[test]
    fn tags_are_sorted_and_kept() {
        let tags =
            read(&[("b", "2 ü"), ("A", ""), ("kostenstelle:größe", "日本 ½")]).expect("good tags");
        let keys: Vec<&str> = tags.iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["A", "b", "kostenstelle:größe"]);
    }

    #[test]
    fn tags_can_be_written_as_text() {
        let tags = Tags::read(&RawValue::Text("a=1,b=x=y,c=".into())).expect("good tags");
        assert_eq!(
            tags.iter().collect::<Vec<_>>(),
            [("a", "1"), ("b", "x=y"), ("c", "")]
        );
        assert!(Tags::read(&RawValue::Text(String::new())).is_ok_and(|tags| tags.is_empty()));
        assert!(Tags::read(&RawValue::Text("a".into())).is_err());
        assert!(Tags::read(&RawValue::Text("a=1, b=2".into())).is_err());
    }

    #[test]
    fn what_iam_refuses_is_refused() {
        let long = "x".repeat(257);
        for (key, value, what) in [
            ("", "v", "is empty"),
            ("aws:x", "v", "reserves"),
            ("AWS:x", "v", "reserves"),
            ("k", "aws:v", "reserves"),
            ("k", "a,b", "`,`"),
            ("k", "50%", "`%`"),
            ("k", "a\"b", "`\"`"),
            ("k", "a\nb", "`\\n`"),
            ("k", "$(id)", "`$`"),
            ("k", "a^b&c", "`^`"),
            // A combining mark is no letter to AWS, though Rust calls it alphabetic.
            ("k", "a\u{345}", "position 2"),
            ("k", long.as_str(), "257 characters"),
        ] {
            let faults = read(&[(key, value)]).expect_err(what);
            assert!(faults[0].contains(what), "{faults:?}");
        }
        assert!(read(&[("k", &"x".repeat(256))]).is_ok());
    }

    #[test]
    fn keys_differ_in_more_than_case() {
        assert!(read(&[("Team", "a"), ("team", "b")]).expect_err("case")[0].contains("case alone"));
        assert!(read(&[("team", "a"), ("team", "b")]).expect_err("twice")[0].contains("twice"));
        let hidden = read(&[("A\u{1b}", "a"), ("a\u{1b}", "b")]).expect_err("an escape");
        assert!(
            hidden.iter().all(|fault| !fault.contains('\u{1b}')),
            "{hidden:?}"
        );
    }

    #[test]
    fn every_value_that_is_no_text_is_named_with_its_line() {
        let number = |text: &str| RawValue::Other("a number", text.into());
        let faults = read_values(&[
            ("a", number("4711")),
            ("b", RawValue::Text("x".into())),
            ("c", RawValue::Switch(true)),
            ("d", RawValue::Pairs(Vec::new())),
        ])
        .expect_err("three faults");
        let faults: Vec<_> = faults
            .into_iter()
            .map(|(what, spot)| (what, spot.map(|spot| spot.line())))
            .collect();
        assert_eq!(
            faults,
            [
                (
                    "the value `4711` of `a` is a number; put it in quotes".into(),
                    Some(1)
                ),
                (
                    "the value `true` of `c` is a boolean; put it in quotes if it is meant as text"
                        .into(),
                    Some(3)
                ),
                ("the value `` of `d` is a table, not text".into(), Some(4)),
            ]
        );
    }

    #[test]
    fn there_are_at_most_fifty() {
        let keys: Vec<String> = (0..51).map(|n| format!("k{n}")).collect();
        let many: Vec<(&str, &str)> = keys.iter().map(|key| (key.as_str(), "")).collect();
        assert!(read(&many[..50]).is_ok());
        assert!(read(&many).expect_err("51 tags")[0].contains("IAM takes 50"));
    }
}
