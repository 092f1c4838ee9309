//! Times in words. The moment and the place on earth are arguments, so that a test can fix them.

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How long ago something was: `just now`, `3 days ago`. Both in milliseconds since 1970.
#[must_use]
pub fn age(then: u64, now: u64) -> String {
    let passed = now.saturating_sub(then);
    let (count, unit) = match passed {
        _ if passed < MINUTE => return "just now".to_owned(),
        _ if passed < HOUR => (passed / MINUTE, "minute"),
        _ if passed < DAY => (passed / HOUR, "hour"),
        _ if passed < 14 * DAY => (passed / DAY, "day"),
        _ if passed < 60 * DAY => (passed / (7 * DAY), "week"),
        _ if passed < 730 * DAY => (passed / (30 * DAY), "month"),
        _ => (passed / (365 * DAY), "year"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}

/// A moment as people write it: `21 November 2026, 14:07`. `at` is in milliseconds since 1970 (UTC),
/// `ahead` the minutes by which the clocks of the place are ahead of UTC.
#[must_use]
pub fn date(at: u64, ahead: i32) -> String {
    let ((year, month, day), minutes) = civil(at, ahead);
    let month = usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at));
    let month = month.copied().unwrap_or_default();
    format!(
        "{day} {month} {year}, {:02}:{:02}",
        minutes / 60,
        minutes % 60
    )
}

/// The day of a moment, as a file name has it: `2026-11-21`.
#[must_use]
pub fn day(at: u64, ahead: i32) -> String {
    let ((year, month, day), _) = civil(at, ahead);
    format!("{year:04}-{month:02}-{day:02}")
}

/// A number with what is counted: `1 run of a lab`, `2 runs of a lab`. The first word takes the plural.
#[must_use]
pub fn counted(count: usize, what: &str) -> String {
    let (first, rest) = what.split_at(what.find(' ').unwrap_or(what.len()));
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {first}{plural}{rest}")
}

/// Year, month and day, and the minutes since midnight. The days are those of Howard Hinnant,
/// “chrono-Compatible Low-Level Date Algorithms”, `civil_from_days`.
fn civil(at: u64, ahead: i32) -> ((i64, i64, i64), i64) {
    let minutes = i64::try_from(at / MINUTE).unwrap_or(0) + i64::from(ahead);
    let days = minutes.div_euclid(24 * 60) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    ((year, month, day), minutes.rem_euclid(24 * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_said_in_the_largest_unit_that_has_passed() {
        let now = 1_795_000_000_000;
        for (passed, words) in [
            (0, "just now"),
            (59_999, "just now"),
            (MINUTE, "1 minute ago"),
            (5 * HOUR, "5 hours ago"),
            (3 * DAY + HOUR, "3 days ago"),
            (15 * DAY, "2 weeks ago"),
            (70 * DAY, "2 months ago"),
            (900 * DAY, "2 years ago"),
        ] {
            assert_eq!(age(now - passed, now), words);
        }
    }

    #[test]
    fn what_is_yet_to_come_was_just_now() {
        assert_eq!(age(2_000, 1_000), "just now");
    }

    #[test]
    fn a_date_is_that_of_the_place() {
        let at = 1_772_323_140_000;
        assert_eq!(date(at, 0), "28 February 2026, 23:59");
        assert_eq!(date(at, 1), "1 March 2026, 00:00");
        assert_eq!(date(0, -60), "31 December 1969, 23:00");
        assert_eq!(day(at, 60), "2026-03-01");
        assert_eq!(day(1_709_164_800_000, 0), "2024-02-29");
    }

    #[test]
    fn what_is_counted_takes_its_plural() {
        assert_eq!(counted(1, "run of a lab"), "1 run of a lab");
        assert_eq!(counted(2, "run of a lab"), "2 runs of a lab");
        assert_eq!(counted(0, "answer"), "0 answers");
    }
}
