//! From when until when a key counts: `valid-after` and `valid-before` of the
//! allowed signers.
//!
//! OpenSSH reads a time without a `Z` at its end in the time zone of the
//! machine. The same file would count here and not there; so such a time counts
//! when it does in every time zone.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::fault::printable;

/// Local time is at most this much before UTC, in seconds: at Baker Island.
const BEHIND: i64 = 12 * 3600;
/// And this much after it: at Kiritimati.
const AHEAD: i64 = 14 * 3600;

/// A time, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    /// As if it were UTC.
    seconds: i64,
    /// Whether it is the local time of who knows where.
    local: bool,
}

impl Time {
    /// Reads `YYYYMMDD[HHMM[SS]][Z]`.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let fault = || {
            format!(
                "has `{}`, which is no time: YYYYMMDD[HHMM[SS]][Z]",
                printable(text)
            )
        };
        let digits = text.strip_suffix(['Z', 'z']).unwrap_or(text);
        let is_long = [8, 12, 14].contains(&digits.len());
        if !is_long || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(fault());
        }
        let number = |from: usize, to: usize| -> i64 {
            digits
                .get(from..to)
                .and_then(|text| text.parse().ok())
                .unwrap_or(0)
        };
        let (year, month, day) = (number(0, 4), number(4, 6), number(6, 8));
        let (hour, minute, second) = (number(8, 10), number(10, 12), number(12, 14));
        let is_one = (1970..).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_of(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        if !is_one {
            return Err(fault());
        }
        let years = (1970..year).map(|year| if is_leap(year) { 366 } else { 365 });
        let months = (1..month).map(|month| days_of(year, month));
        let days = years.sum::<i64>() + months.sum::<i64>() + day - 1;
        Ok(Self {
            seconds: ((days * 24 + hour) * 60 + minute) * 60 + second,
            local: digits.len() == text.len(),
        })
    }

    /// The earliest and the latest moment that it can be.
    fn bounds(self) -> (i64, i64) {
        if self.local {
            (self.seconds - AHEAD, self.seconds + BEHIND)
        } else {
            (self.seconds, self.seconds)
        }
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// From when until when a key counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Validity {
    pub(super) after: Option<Time>,
    pub(super) before: Option<Time>,
}

impl Validity {
    /// Refuses what is never.
    pub(super) fn check(self) -> Result<(), String> {
        match (self.after, self.before) {
            (Some(after), Some(before)) if after.seconds >= before.seconds => {
                Err("ends to be valid before it begins".into())
            }
            _ => Ok(()),
        }
    }

    /// Why the key does not count now, if it does not.
    pub(super) fn judge(self, now: SystemTime) -> Result<(), String> {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        let zone = "; whether it does now depends on the time zone: write the time in UTC, with a `Z` at its end";
        if let Some((earliest, latest)) = self.after.map(Time::bounds)
            && now < latest
        {
            let zone = if now < earliest { "" } else { zone };
            return Err(format!("has the key, which does not count yet{zone}"));
        }
        if let Some((earliest, latest)) = self.before.map(Time::bounds)
            && now > earliest
        {
            let zone = if now > latest { "" } else { zone };
            return Err(format!(
                "has the key, which does not count any longer{zone}"
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<i64> {
        Time::read(text).ok().map(|time| time.seconds)
    }

    #[test]
    fn times_are_those_of_the_calendar() {
        assert_eq!(seconds("19700101Z"), Some(0));
        assert_eq!(seconds("20000229Z"), Some(951_782_400));
        assert_eq!(seconds("20261125030405Z"), Some(1_795_575_845));
        assert_eq!(seconds("202611250304"), Some(1_795_575_840));
        for text in [
            "",
            "Z",
            "2026",
            "20260229",
            "21000229",
            "20261301",
            "20260100",
            "202601012400",
            "20260101T00",
            "2026-01-01",
            "+2026101",
            "20260101000",
            "19691231",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn a_local_time_counts_where_it_counts_everywhere() {
        let at = |seconds: u64| UNIX_EPOCH + Duration::from_secs(seconds);
        let judge = |after: &str, before: &str, now| {
            let validity = Validity {
                after: Time::read(after).ok(),
                before: Time::read(before).ok(),
            };
            validity.judge(at(now)).err().unwrap_or_default()
        };
        let day = 24 * 3600;
        // The second day of 1970, in UTC and in local time.
        assert_eq!(judge("19700102Z", "-", day), "");
        assert_eq!(
            judge("19700102Z", "-", day - 1),
            "has the key, which does not count yet"
        );
        assert_eq!(judge("-", "19700102Z", day), "");
        assert_eq!(
            judge("-", "19700102Z", day + 1),
            "has the key, which does not count any longer"
        );
        assert_eq!(judge("19700102", "-", day + 12 * 3600), "");
        assert!(judge("19700102", "-", day + 12 * 3600 - 1).contains("time zone"));
        assert!(judge("19700102", "-", day - 14 * 3600).contains("time zone"));
        assert_eq!(
            judge("19700102", "-", day - 14 * 3600 - 1),
            "has the key, which does not count yet"
        );
        assert_eq!(judge("-", "19700102", day - 14 * 3600), "");
        assert!(judge("-", "19700102", day - 14 * 3600 + 1).contains("time zone"));
        assert!(judge("-", "19700102", day + 12 * 3600).contains("time zone"));
        assert!(!judge("-", "19700102", day + 12 * 3600 + 1).contains("time zone"));
    }
}
