//! A type for each kind of name, with its rule and its error. The rules are
//! AWS's published ones (the IAM, CloudWatch Logs, S3, KMS and Lex API
//! references); where AWS is vague, the narrower reading holds here, and the
//! comment says so. A value that passed cannot hold a character that means
//! anything to a shell's quotes or to a policy document.

use std::fmt;

use super::form::{Form, Letters, Plain, any_of, in_any_case};
use super::name::name;
use super::region::Partition;
use super::text::{all, charset};

pub use super::lex_version::LexVersion;
pub(crate) use super::name::Name;

name! {
    /// The twelve digits of an AWS account. Text, since it may begin with 0.
    AccountId, "12 digits, in quotes in a file", "111122223333", |text| {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let others: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
        if digits == 12 && others.is_empty() {
            Ok(())
        } else if digits == 12 && !text.starts_with('\'') && others.iter().all(|c| "- .,'_".contains(*c)) {
            Err("is written with separators; write the 12 digits alone".into())
        } else if others.is_empty() && (1..12).contains(&digits) {
            Err(format!("has {digits} of 12 digits; it may have lost its leading zeros, as in a spreadsheet"))
        } else if text.is_empty() {
            Err("is empty".into())
        } else if others.is_empty() {
            Err(format!("has {digits} digits"))
        } else if text.contains(['e', 'E']) && text.replace(',', ".").parse::<f64>().is_ok_and(f64::is_finite) {
            Err("is a number as a spreadsheet rounds it, and its last digits are lost; format the column as Text".into())
        } else {
            charset(text, |c| c.is_ascii_digit())
        }
    }, || Form::new((12, 12), format!("^{ACCOUNT}$"))
}

/// The digits of an account, as an expression.
pub(super) const ACCOUNT: &str = "[0-9]{12}";

name! {
    /// The name of an AWS Region.
    Region, "the code of an AWS Region", "us-east-1", |text| {
        if Partition::of_region(text).is_some() {
            return Ok(());
        }
        Err("is not the code of an AWS Region".into())
    }, || Form {
        known: super::region::known().collect(),
        ..Form::new((1, super::region::LONGEST), format!("^{}$", super::region::pattern()))
    }
}

impl Region {
    /// The partition the Region belongs to; the placeholder word `region`
    /// stands for one of the `aws` partition, as on the AWS page.
    pub fn partition(&self) -> Partition {
        Partition::of_region(&self.0).unwrap_or(Partition::AWS)
    }
}

/// The letters of IAM's names: `[\w+=,.@-]`, ASCII.
pub(crate) const IAM_LETTERS: Letters = Letters::alphanumeric_and("_+=,.@-");
const ROLE_NAME: Plain = Plain::new(1, 64, IAM_LETTERS);
const POLICY_NAME: Plain = Plain::new(1, 128, IAM_LETTERS);

const IAM_NAME: &str = "1 to 64 letters, digits and `_+=,.@-`";

name! {
    /// The name of an IAM role. (IAM API: roleNameType.)
    RoleName, IAM_NAME, "LexConversationLogsRole", |text| {
        ROLE_NAME.check(text)
    }, || ROLE_NAME.form()
}

name! {
    /// The name of a customer managed policy. (IAM API: policyNameType.)
    PolicyName, "1 to 128 letters, digits and `_+=,.@-`", "LexConversationLogsPolicy", |text| {
        POLICY_NAME.check(text)
    }, || POLICY_NAME.form()
}

name! {
    /// The path of a role. IAM takes nearly any ASCII here, but asks for the
    /// letters of names in its documentation (reference-arns) and insists on
    /// them for policy paths; that narrower rule holds.
    RolePath, "1 to 512 characters: names of letters, digits and `_+=,.@-` between slashes; begins and ends with `/`",
    "/service/lex/", |text| {
        path(text)?;
        if text.to_ascii_lowercase().starts_with("/aws-service-role/") {
            return Err("is the path of service-linked roles, which only AWS creates".into());
        }
        Ok(())
    }, || Form::new(PATH.length, format!("^/{}$", path_pattern()))
        .never(format!("^{}", in_any_case("/aws-service-role/")))
}

const LOG_GROUP: Plain = Plain::new(1, 512, Letters::alphanumeric_and("._-/#"));

name! {
    /// The name of a CloudWatch Logs log group.
    /// (CloudWatch Logs API: `CreateLogGroup`.)
    LogGroupName, "1 to 512 letters, digits and `_-/.#`; does not begin with `aws/`", "/lex/support-bot", |text| {
        if text.starts_with("arn:") {
            return Err("is an ARN; set the name of the log group alone".into());
        }
        let reserved = "begins with `aws/`, which CloudWatch Logs reserves (`/aws/` is allowed)";
        all([LOG_GROUP.check(text), unless(text.starts_with("aws/"), reserved)])
    }, || LOG_GROUP.form().never("^aws/")
}

/// What a bucket's name may not begin with. (S3 guide: bucketnamingrules.)
const BUCKET_PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
/// What it may not end with. (A name that ends with `-an` has a form of its own.)
const BUCKET_SUFFIXES: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

const BUCKET: Plain = Plain::new(3, 63, Letters::small_and(".-"));

name! {
    /// The name of a general purpose S3 bucket.
    BucketName, "3 to 63 lower-case letters, digits, `.` and `-`; begins and ends with a letter or digit; no `..`, no IP address, \
none of AWS's reserved beginnings and endings", "support-bot-audio-logs", |text| {
        if text.starts_with("arn:") || text.starts_with("s3://") {
            return Err("is an address; set the name of the bucket alone".into());
        }
        let mut capitals: Vec<String> = text.chars().filter(char::is_ascii_uppercase).map(|c| format!("`{c}`")).collect();
        capitals.dedup();
        let capital = match &capitals[..] {
            [] => Ok(()),
            [one] => Err(format!("has the capital letter {one}")),
            all => Err(format!("has the capital letters {}", all[..all.len().min(5)].join(", "))),
        };
        let is_ip = text.split('.').count() == 4 && text.split('.').all(|part| part.chars().all(|c| c.is_ascii_digit()));
        let prefix = BUCKET_PREFIXES.iter().find(|prefix| text.starts_with(**prefix));
        let suffix = BUCKET_SUFFIXES.iter().find(|suffix| text.ends_with(**suffix));
        all([
            BUCKET.check_length(text),
            capital,
            charset(text, |c| BUCKET.letters.has(c) || c.is_ascii_uppercase()),
            unless(text.starts_with(['.', '-']) || text.ends_with(['.', '-']), "does not begin and end with a letter or digit"),
            unless(text.contains(".."), "has two periods in a row"),
            unless(is_ip, "is written like an IP address"),
            prefix.map_or(Ok(()), |prefix| Err(format!("begins with `{prefix}`, which AWS reserves"))),
            suffix.map_or(Ok(()), |suffix| Err(format!("ends with `{suffix}`, which AWS reserves"))),
            unless(text.ends_with("-an") && !is_account_regional(text), "ends with `-an`, so it must end with `-ACCOUNT-REGION-an`"),
        ])
    }, || {
        let (edge, letters) = (Letters::small_and("").class(), BUCKET.letters.class());
        let region = super::region::pattern();
        let mut form = Form::new(BUCKET.length, format!("^{edge}{letters}*{edge}$"))
            .never("\\.\\.")
            .never("^[0-9]+(\\.[0-9]+){3}$")
            .never(format!("^{}", any_of(BUCKET_PREFIXES)))
            .never(format!("{}$", any_of(BUCKET_SUFFIXES)));
        form.when = Some(("-an$".into(), format!("^.+-{ACCOUNT}-{region}-an$")));
        form
    }
}

impl BucketName {
    /// Whether it is in the account's own namespace. (S3 guide:
    /// bucketnamingrules.)
    pub fn is_account_regional(&self) -> bool {
        is_account_regional(&self.0)
    }
}

/// Whether a bucket's name has the form of those in an account's own
/// namespace, `PREFIX-ACCOUNT-REGION-an`; which account and Region, the other
/// parameters say.
fn is_account_regional(name: &str) -> bool {
    let Some(name) = name.strip_suffix("-an") else {
        return false;
    };
    name.match_indices('-').any(|(at, _)| {
        let account_and_region = name[at + 1..].split_once('-');
        at > 0
            && account_and_region.is_some_and(|(account, region)| {
                AccountId::check(account).is_ok() && Partition::of_region(region).is_some()
            })
    })
}

const PREFIX: Plain = Plain::new(1, 1024, Letters::alphanumeric_and("/!-_.'()&@=;:+, "));

name! {
    /// The beginning of the keys of the audio files in the bucket. `*` and `?`
    /// are wildcards in a policy and `$` begins its variables, so none can
    /// stand for itself; the others refused here are those that the S3 guide
    /// (object-keys) says to avoid.
    AudioLogPrefix,
    "1 to 1,024 characters: letters, digits, blanks and `/!-_.'()&@=;:+,`; no part that is `.` or `..`",
    "support-bot/audio/", |text| {
        if text.starts_with("s3://") {
            return Err("is an address; set the part behind the bucket alone".into());
        }
        let special = text.chars().find(|c| "*?$".contains(*c));
        all([
            PREFIX.check_length(text),
            special.map_or(Ok(()), |c| Err(format!("has a `{c}`, which a policy reads as a wildcard or a variable"))),
            charset(text, |c| PREFIX.letters.has(c) || "*?$".contains(c)),
            unless(text.split('/').any(|part| part == "." || part == ".."), "has a part that is `.` or `..`"),
        ])
    }, || PREFIX.form().never("^s3://").never("(^|/)\\.\\.?(/|$)")
}

/// How long a path of IAM is, and which letters it has besides the slashes.
const PATH: Plain = Plain::new(1, 512, IAM_LETTERS);

/// A path of IAM, of a role or of a policy. (IAM API: policyPathType.)
pub(super) fn path(text: &str) -> Result<(), String> {
    let is_open = !text.is_empty() && (!text.starts_with('/') || !text.ends_with('/'));
    all([
        PATH.check_length(text),
        charset(text, |c| c == '/' || PATH.letters.has(c)),
        unless(is_open, "does not begin and end with `/`"),
        unless(text.contains("//"), "has two slashes in a row"),
    ])
}

fn unless(is_wrong: bool, what: &str) -> Result<(), String> {
    if is_wrong { Err(what.into()) } else { Ok(()) }
}

/// What follows the first slash of such a path, as an expression.
pub(super) fn path_pattern() -> String {
    format!("({}+/)*", PATH.letters.class())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn passes<T: Name>(values: &[&str]) {
        for value in values.iter().chain([&T::EXAMPLE]) {
            assert_eq!(T::check(value), Ok(()), "{value}");
        }
    }

    pub(crate) fn fails<T: Name>(cases: &[(&str, &str)]) {
        for (value, what) in cases {
            let fault = T::check(value).expect_err(value);
            assert!(fault.contains(what), "{value}: {fault}");
        }
    }

    #[test]
    fn an_account_id_is_twelve_digits() {
        passes::<AccountId>(&["000000000001", "123456789012"]);
        fails::<AccountId>(&[
            ("", "is empty"),
            ("12345678901", "11 of 12 digits; it may have lost"),
            ("1234567890123", "13 digits"),
            ("1234-5678-9012", "separators"),
            ("12345678901x", "`x` at position 12"),
            ("١٢٣٤٥٦٧٨٩٠١٢", "at position 1"),
            ("123456789012\n", "`\\n` at position 13"),
        ]);
    }

    #[test]
    fn iam_names_have_their_lengths_and_letters() {
        passes::<RoleName>(&["a", "A_+=,.@-9", &"x".repeat(64), "-", "--region"]);
        fails::<RoleName>(&[
            ("", "is empty"),
            (&"x".repeat(65), "65 characters (1 to 64"),
            ("a b", "blank at position 2"),
            ("a/b", "`/`"),
            ("rôle", "`ô`"),
            ("$(id)", "`$`"),
            ("a\"b", "`\"`"),
            ("a%b", "`%`"),
        ]);
        passes::<PolicyName>(&[&"x".repeat(128)]);
        fails::<PolicyName>(&[(&"x".repeat(129), "129 characters (1 to 128")]);
    }

    #[test]
    fn a_role_path_begins_and_ends_with_a_slash() {
        passes::<RolePath>(&["/", "/a/", "/a/b.c/d@e/"]);
        fails::<RolePath>(&[
            ("", "empty"),
            ("a/", "begin and end"),
            ("/a", "begin and end"),
            ("//", "two slashes"),
            ("/a b/", "blank"),
            ("/a*/", "`*`"),
            ("/aws-service-role/lexv2.amazonaws.com/", "service-linked"),
            (&format!("/{}/", "x".repeat(511)), "513 characters"),
        ]);
    }

    #[test]
    fn a_log_group_has_a_name_of_its_own() {
        passes::<LogGroupName>(&["/aws/lex/bot", "a#b", "aws", &"x".repeat(512)]);
        fails::<LogGroupName>(&[
            ("aws/lex", "reserves"),
            ("a:b", "`:`"),
            ("a*", "`*`"),
            (
                "arn:aws:logs:us-east-1:123456789012:log-group:a",
                "is an ARN",
            ),
            (&"x".repeat(513), "513"),
        ]);
    }

    #[test]
    fn a_bucket_name_keeps_all_rules_of_s3() {
        passes::<BucketName>(&[
            "abc",
            "a.b-c",
            "1.2.3",
            "1.2.3.4.5",
            "my-xn--bucket",
            "audio-111122223333-us-gov-west-1-an",
            &"x".repeat(63),
        ]);
        fails::<BucketName>(&[
            ("ab", "2 characters (3 to 63"),
            (&"x".repeat(64), "64"),
            ("My-bucket", "capital letter `M`"),
            ("my_bucket", "`_`"),
            ("-abc", "begin and end"),
            ("abc.", "begin and end"),
            ("a..b", "two periods"),
            ("192.168.5.4", "IP address"),
            ("xn--abc", "`xn--`"),
            ("sthree-abc", "`sthree-`"),
            ("amzn-s3-demo-bucket", "`amzn-s3-demo-`"),
            ("abc-s3alias", "`-s3alias`"),
            ("abc--ol-s3", "`--ol-s3`"),
            ("abc.mrap", "`.mrap`"),
            ("abc--x-s3", "`--x-s3`"),
            ("abc--table-s3", "`--table-s3`"),
            ("audio-an", "-ACCOUNT-REGION-an"),
            ("111122223333-us-east-1-an", "-ACCOUNT-REGION-an"),
            ("audio-1111-us-east-1-an", "-ACCOUNT-REGION-an"),
            ("arn:aws:s3:::abc", "address"),
            ("s3://abc", "address"),
        ]);
    }

    #[test]
    fn a_prefix_holds_no_wildcard() {
        passes::<AudioLogPrefix>(&["a", "a/b c/(d)&e!", "year=2026/"]);
        fails::<AudioLogPrefix>(&[
            ("a*", "wildcard"),
            ("${aws:username}", "`$`"),
            ("a/../b", "`..`"),
            ("a\"b", "`\"`"),
            ("a%b", "`%`"),
            ("é", "`é`"),
            ("", "empty"),
            ("s3://bucket/a", "address"),
        ]);
    }
}
