//! AWS's partitions and Regions, and which of them have Amazon Lex.

#[rustfmt::skip]
mod table;

use std::fmt;

pub use table::SOURCE;
use table::{LEX_V1, LEX_V2, ROWS, Row};

use super::form::any_of;
use super::lex_version::LexVersion;

/// A partition: a part of AWS with accounts and ARNs of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partition(&'static Row);

/// No Region's code is longer; a longer text is refused before it is looked at.
pub(super) const LONGEST: usize = 32;

/// The form of Regions' codes, by which [`Partition::of_region`] goes, as an
/// expression.
pub(super) fn pattern() -> String {
    let prefixes = any_of(ROWS.iter().flat_map(|row| row.prefixes.iter().copied()));
    format!("{prefixes}-[a-z]+-[0-9]+")
}

impl Partition {
    /// The partition of the commercial Regions.
    pub const AWS: Self = Self(&ROWS[0]);

    /// The partition of that name, such as `aws-cn`.
    pub fn named(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.name == name).map(Self)
    }

    /// The names of all, as an expression.
    pub(super) fn pattern() -> String {
        any_of(ROWS.iter().map(|row| row.name))
    }

    /// The partition that a Region belongs to by the form of its code,
    /// `PREFIX-WORD-NUMBER`: Regions that are newer than this table are found
    /// too. None if the text is no Region's code.
    pub fn of_region(region: &str) -> Option<Self> {
        if region.len() > LONGEST {
            return None;
        }
        let (rest, number) = region.rsplit_once('-')?;
        let (prefix, word) = rest.rsplit_once('-')?;
        let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
        let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
        let row = ROWS.iter().find(|row| row.prefixes.contains(&prefix))?;
        (is_word && is_number).then_some(Self(row))
    }

    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The address of the IAM console, empty where it is not public.
    pub fn iam_console(self) -> &'static str {
        match self.name() {
            "aws" => "https://console.aws.amazon.com/iam/",
            "aws-cn" => "https://console.amazonaws.cn/iam/",
            "aws-us-gov" => "https://console.amazonaws-us-gov.com/iam/",
            _ => "",
        }
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

pub fn known() -> impl Iterator<Item = &'static str> {
    ROWS.iter().flat_map(|row| row.regions.iter().copied())
}

pub fn has_lex(region: &str, version: LexVersion) -> bool {
    match version {
        LexVersion::V1 => LEX_V1.contains(&region),
        LexVersion::V2 => LEX_V2.contains(&region),
    }
}

/// The known Region nearest to a misspelt one, if one is near: at most two
/// letters differ, not counting case, blanks and underscores. None is near to one
/// that may be newer than the table: that has a direction in it, spelt right.
pub fn nearest(region: &str) -> Option<&'static str> {
    let plain = region.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    let direction = |region: &str| region.rsplit('-').nth(1).map(str::to_owned);
    let may_be_new = Partition::of_region(&plain).is_some()
        && known().any(|known| direction(known) == direction(&plain));
    if may_be_new && !known().any(|known| known == plain) {
        return None;
    }
    known()
        // The distance takes time and memory for each letter, and is at least this.
        .filter(|known| plain.len() <= known.len() + 2)
        .map(|known| (strsim::damerau_levenshtein(&plain, known), known))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, _)| *distance <= 2)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_region_is_in_its_own_partition() {
        for row in ROWS {
            for region in row.regions {
                let partition = Partition::of_region(region).map(Partition::name);
                assert_eq!(partition, Some(row.name), "{region}");
            }
        }
    }

    #[test]
    fn a_new_region_is_known_by_its_form() {
        let partition = |region| Partition::of_region(region).map(Partition::name);
        assert_eq!(partition("eu-north-9"), Some("aws"));
        assert_eq!(partition("us-gov-north-1"), Some("aws-us-gov"));
        assert_eq!(partition("eusc-de-west-2"), Some("aws-eusc"));
        for wrong in [
            "",
            "us-east",
            "us-east-",
            "us--1",
            "US-EAST-1",
            "us-east-1a",
            "xx-east-1",
            "eusc-fr-west-1",
            "us-gov--1",
            "eusc-east-1",
            "us-ea st-1",
            "us-east-1\n",
            "-east-1",
            "us-é-1",
        ] {
            assert_eq!(partition(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn lex_is_where_aws_says_it_is() {
        assert!(
            has_lex("ca-central-1", LexVersion::V2) && !has_lex("ca-central-1", LexVersion::V1)
        );
        assert!(!has_lex("eu-north-1", LexVersion::V2));
        for region in LEX_V1.iter().chain(LEX_V2) {
            assert!(known().any(|known| known == *region), "{region}");
        }
    }

    #[test]
    fn a_misspelt_region_finds_the_one_that_was_meant() {
        assert_eq!(nearest("us-esat-1"), Some("us-east-1"));
        assert_eq!(nearest("EU_WEST_1"), Some("eu-west-1"));
        assert_eq!(nearest("frankfurt"), None);
        // These may be newer than the table.
        for new in ["sa-west-2", "us-east-3", "EU_NORTH_2", "us-gov-north-1"] {
            assert_eq!(nearest(new), None, "{new}");
        }
        assert!(known().any(|known| known == "sa-west-1"));
    }
}
