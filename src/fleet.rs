//! Many rows to many bundles, in two passes over the rows and in the memory of
//! a few of them:
//!
//! 1. [`targets`] reads the rows, each is judged as any request is, and
//!    [`sorted`] keeps what holds, by the place of its bundle;
//! 2. [`making`] goes through them in that order, on several threads
//!    (`in_order`), beside the [`index`] of the run before.
//!
//! Nothing is written before all rows have been judged. What is there is
//! compared, whatever its name says, so a run that was cut off is finished by
//! running it again. [`verify`] and [`diff`] read such a folder back.

pub mod diff;
mod in_order;
pub mod index;
mod listing;
pub mod making;
pub mod output;
pub mod sorted;
pub mod targets;
pub mod verify;

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::request::Request;

pub use listing::is_fleet;

/// The part of the rows that one of several runs takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part, counted from 1.
    pub number: u32,
    /// How many parts there are.
    pub count: u32,
}

impl Shard {
    /// Whether a bundle's place is in this part: by the place alone, whatever
    /// else is in the table.
    #[must_use]
    pub fn has(self, place: &str) -> bool {
        // Spread evenly whatever the places are, and the same on every machine.
        let digest = crate::digest::sha256(place.as_bytes());
        let number = u64::from_str_radix(&digest[..15], 16).unwrap_or_default();
        number % u64::from(self.count) == u64::from(self.number - 1)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(number, count)| {
            let [number, count] = [number, count].map(|digits| digits.parse().ok());
            Some(Self {
                number: number?,
                count: count?,
            })
        });
        numbers
            .filter(|shard| (1..=shard.count).contains(&shard.number))
            .ok_or_else(|| "is not I/N with I from 1 to N, such as 1/4".into())
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.count)
    }
}

/// Where a request's bundle goes in a fleet's folder: into the folder of its
/// account, whatever the number of rows, so that a bundle never moves.
#[must_use]
pub fn place_of(request: &Request) -> String {
    format!("{}/{}.zip", request.account_id(), request.bundle_name())
}

/// By what places are ordered, and told apart: IAM and many file systems take
/// names that differ in case alone for the same.
#[must_use]
pub fn key_of(place: &str) -> String {
    place.to_ascii_lowercase()
}

/// Whether a text is the place of a bundle: the folder of an account and the
/// name of a zip, in plain letters, so that none leads out of the folder.
fn is_place(text: &str) -> bool {
    let Some((account, name)) = text.split_once('/') else {
        return false;
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    is_account(account)
        && name.starts_with("lex-conversation-logs-")
        && Path::new(name).extension() == Some("zip".as_ref())
        && name.chars().all(is_plain)
}

/// Whether a text is an account's number, and so the name of its folder.
fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_is_in_one_shard_and_the_shards_are_even() {
        let mut sizes = [0_u32; 7];
        for account in 0..7000 {
            let place = format!("{account:012}/lex-conversation-logs-{account:012}-x.zip");
            let mine = |number: &u32| {
                let shard = Shard {
                    number: *number,
                    count: 7,
                };
                shard.has(&place)
            };
            let numbers: Vec<u32> = (1..=7).filter(mine).collect();
            let [number] = numbers[..] else {
                panic!("{place} is in {numbers:?}");
            };
            sizes[number as usize - 1] += 1;
        }
        assert!(
            sizes.iter().all(|size| (850..1150).contains(size)),
            "{sizes:?}"
        );
    }

    #[test]
    fn a_shard_is_i_of_n() {
        let parsed = |text: &str| text.parse::<Shard>().map(|shard| shard.to_string());
        assert_eq!(parsed("1/1"), Ok("1/1".into()));
        assert_eq!(parsed("04/4"), Ok("4/4".into()));
        for text in ["", "1", "0/4", "5/4", "1/0", "-1/4", "1/4/4", "a/b"] {
            assert!(parsed(text).is_err(), "{text}");
        }
    }

    #[test]
    fn no_place_leads_out_of_the_folder() {
        let good = "111122223333/lex-conversation-logs-111122223333-us-east-1-Role.zip";
        assert!(is_place(good));
        for bad in [
            "fleet.json",
            "../lex-conversation-logs-x.zip",
            "111122223333/../lex-conversation-logs-x.zip",
            "111122223333/lex-conversation-logs-x",
            "111122223333/lex-conversation-logs-x/y.zip",
            "111122223333/lex-conversation-logs-x\\y.zip",
            "11112222333/lex-conversation-logs-x.zip",
            "/etc/passwd",
            "",
        ] {
            assert!(!is_place(bad), "{bad}");
        }
    }
}
