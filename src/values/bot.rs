//! The bot whose logs are switched on, and its alias. Amazon Lex V2 knows both by
//! ids, V1 by names; which it is, the other parameters say.

use std::fmt;

use super::form::{Form, Letters, Plain};
use super::lex_version::LexVersion;
use super::name::{Name, name};

/// Whether a text is an id of Amazon Lex V2. (Lex V2 API: Id; `TSTALIASID` is one
/// too.)
fn is_id(text: &str) -> bool {
    text.len() == 10 && text.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Whether a text is a name of Amazon Lex V1: letters with single underscores
/// between them. (Lex V1 API: `BotName`, `AliasName`.)
fn is_name(text: &str, (least, most): (usize, usize)) -> bool {
    (least..=most).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
        && !text.starts_with('_')
        && !text.contains("__")
}

/// The least and the most characters of a bot's name in V1.
const BOT_NAME: (usize, usize) = (2, 50);
const ALIAS_NAME: (usize, usize) = (1, 100);

/// Ids and names as expressions; the names' lengths are left to the rule.
pub(crate) const ID: &str = "[0-9A-Za-z]{10}";
/// See [`ID`].
pub(crate) const NAME: &str = "[A-Za-z]+(_[A-Za-z]+)*_?";

fn form((least, most): (usize, usize)) -> Form {
    Form::new((least, most), format!("^({ID}|{NAME})$"))
}

fn check(text: &str, length: (usize, usize), what: &str) -> Result<(), String> {
    if text.starts_with("arn:") {
        Err("is an ARN; set the id alone, its last part".into())
    } else if is_id(text) || is_name(text, length) {
        Ok(())
    } else {
        Err(format!("is neither {what}'s id nor {what}'s name"))
    }
}

/// Whether Amazon Lex of that version knows something by this.
fn is_of(text: &str, length: (usize, usize), version: LexVersion) -> bool {
    match version {
        LexVersion::V1 => is_name(text, length),
        LexVersion::V2 => is_id(text),
    }
}

name! {
    /// The id of a bot, or its name in Amazon Lex V1.
    BotId, "10 letters and digits; for `v1` the bot's name: 2 to 50 letters with single `_` between them", "ABCDEFGHIJ", |text| check(text, BOT_NAME, "a bot"), || form(BOT_NAME)
}

name! {
    /// The id of an alias of a bot, or its name in Amazon Lex V1.
    BotAliasId, "10 letters and digits; for `v1` the alias's name: 1 to 100 letters with single `_` between them", "KLMNOPQRST", |text| check(text, ALIAS_NAME, "an alias"), || form(ALIAS_NAME)
}

impl BotId {
    pub(crate) fn is_of(&self, version: LexVersion) -> bool {
        is_of(&self.0, BOT_NAME, version)
    }
}

impl BotAliasId {
    pub(crate) fn is_of(&self, version: LexVersion) -> bool {
        is_of(&self.0, ALIAS_NAME, version)
    }
}

/// Whose alias the last part of an ARN names: `bot-alias/BOTID/ALIASID`, or in V1
/// `bot:NAME:ALIAS`.
pub(crate) fn version_of(resource: &str) -> Option<LexVersion> {
    if let Some(ids) = resource.strip_prefix("bot-alias/") {
        let (bot, alias) = ids.split_once('/')?;
        return (is_id(bot) && is_id(alias)).then_some(LexVersion::V2);
    }
    let (bot, alias) = resource.strip_prefix("bot:")?.split_once(':')?;
    (is_name(bot, BOT_NAME) && is_name(alias, ALIAS_NAME)).then_some(LexVersion::V1)
}

/// A stream's name has 512 characters at most, and Amazon Lex adds to this.
const STREAM: Plain = Plain::new(1, 256, Letters::alphanumeric_and("._-/#"));

name! {
    /// The beginning of the names of the log streams. (CloudWatch Logs API:
    /// `LogStreamName`.)
    TextLogPrefix, "1 to 256 letters, digits and `_-/.#`", "support-bot/", |text| {
        STREAM.check(text)
    }, || STREAM.form()
}

#[cfg(test)]
mod tests {
    use super::super::names::tests::{fails, passes};
    use super::*;

    #[test]
    fn a_bot_has_an_id_or_a_name() {
        passes::<BotId>(&["ABCDE12345", "Order_Flowers", "Ab", "a_", &"x".repeat(50)]);
        fails::<BotId>(&[
            ("", "neither"),
            ("A", "neither"),
            ("ABCDE1234", "neither"),
            ("ABCDE123456", "neither"),
            ("Order__Flowers", "neither"),
            ("_Flowers", "neither"),
            (&"x".repeat(51), "neither"),
            (
                "arn:aws:lex:us-east-1:111122223333:bot/ABCDE12345",
                "is an ARN",
            ),
        ]);
        passes::<BotAliasId>(&["TSTALIASID", "p", &"x".repeat(100)]);
        fails::<BotAliasId>(&[("$LATEST", "neither"), (&"x".repeat(101), "neither")]);
    }

    #[test]
    fn a_stream_prefix_has_the_letters_of_streams() {
        passes::<TextLogPrefix>(&["a", "lex/bot#1", &"x".repeat(256)]);
        fails::<TextLogPrefix>(&[
            ("", "empty"),
            ("a:b", "`:`"),
            ("a*", "`*`"),
            ("a b", "blank"),
            (&"x".repeat(257), "257"),
        ]);
    }
}
