//! For how many days a log group and a bucket keep what is written into them.

use std::fmt;

use super::form::Form;
use super::name::{Name, name};

/// The days that CloudWatch Logs knows. (CloudWatch Logs API: `PutRetentionPolicy`.)
const DAYS: [&str; 22] = [
    "1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", "400", "545", "731",
    "1096", "1827", "2192", "2557", "2922", "3288", "3653",
];

name! {
    /// A number of days that CloudWatch Logs knows; as text, for it is passed on.
    RetentionDays, "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653; \
in quotes in a file", "30", |text| {
        if DAYS.contains(&text) {
            return Ok(());
        }
        let Ok(days) = text.parse::<u32>() else {
            return Err("is not a number of days".into());
        };
        let longer = DAYS.iter().find(|known| known.parse().is_ok_and(|known: u32| known > days));
        Err(match longer {
            Some(longer) => format!("is not a number of days that CloudWatch Logs knows; the next longer one is `{longer}`"),
            None => "is longer than CloudWatch Logs allows; leave it out to keep logs without an end".into(),
        })
    }, || Form::one_of(&DAYS)
}

name! {
    /// After how many days S3 deletes objects; as text, likewise. (S3 API: `LifecycleExpiration`.)
    ExpirationDays, "1 to 99999; in quotes in a file", "365", |text| {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
        if is_number && (1..=5).contains(&text.len()) {
            Ok(())
        } else {
            Err("is not a number of days from 1 to 99999".into())
        }
    }, || Form::new((1, 5), "^[1-9][0-9]*$")
}

#[cfg(test)]
mod tests {
    use super::super::names::tests::{fails, passes};
    use super::*;

    #[test]
    fn a_retention_is_one_that_cloudwatch_logs_knows() {
        passes::<RetentionDays>(&DAYS);
        let words = RetentionDays::RULE.replace(" or ", ", ");
        let (days, _) = words.split_once(';').expect("the days");
        assert_eq!(days.split(", ").collect::<Vec<_>>(), DAYS);
        fails::<RetentionDays>(&[
            ("", "is not a number of days"),
            ("30 days", "is not a number of days"),
            ("-1", "is not a number of days"),
            ("0", "the next longer one is `1`"),
            ("31", "the next longer one is `60`"),
            ("030", "the next longer one is `60`"),
            ("+30", "the next longer one is `60`"),
            ("3654", "leave it out"),
        ]);
        passes::<ExpirationDays>(&["1", "365", "99999"]);
        for wrong in ["", "0", "030", "+1", "1.5", "100000"] {
            fails::<ExpirationDays>(&[(wrong, "from 1 to 99999")]);
        }
    }
}
