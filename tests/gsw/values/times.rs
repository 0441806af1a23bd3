//! Moments, times of day, offsets and dates.

use super::*;

#[test]
fn moments_before_1970_are_wrong_and_far_ones_have_no_date() {
    assert_eq!(
        UnixTime(0).to_timestamp(),
        Some(jiff::Timestamp::UNIX_EPOCH)
    );
    assert_eq!(UnixTime(i64::MAX).to_timestamp(), None);
    assert_eq!(UnixTime(i64::MIN).to_timestamp(), None);
    // 32 bits are taken for unsigned; wider negative numbers are what they say.
    assert_eq!(
        read(keys::ABANDONED, Value::Int(-1)),
        Ok(UnixTime(4_294_967_295))
    );
    assert_eq!(
        read(keys::ABANDONED, Value::Int(i64::from(i32::MAX) + 1)),
        Ok(UnixTime(2_147_483_648))
    );
    assert_eq!(problem(keys::ABANDONED, -1), None);
    assert_eq!(problem(keys::ABANDONED, 0), None);
    assert_eq!(
        problem(keys::ABANDONED, -3_000_000_000),
        Some(Problem::OutOfRange {
            min: Some(0),
            max: None
        })
    );
    assert_eq!(
        written(keys::ABANDONED, UnixTime(4_294_967_295)),
        Some(ValueBuf::Int(4_294_967_295))
    );
    assert_eq!(
        read(keys::ABANDONED, "1".into()),
        Ok(UnixTime(1)),
        "some programs write numbers as text"
    );
    assert_eq!(
        read(keys::ABANDONED, "now".into()),
        Err("GSW_ABANDONED: Unix time expected, string found".into())
    );
}

#[test]
fn a_record_that_was_never_called_has_no_moment() {
    assert_eq!(CallTime::NEVER.to_timestamp(), None);
    assert_eq!(
        CallTime(1).to_timestamp(),
        Some(jiff::Timestamp::from_second(1).unwrap())
    );
    assert_eq!(CallTime(i64::MAX).to_timestamp(), None);
    assert_eq!(problem(keys::CALL_TIME, "0"), None);
    assert_eq!(
        problem(keys::CALL_TIME, "-1"),
        Some(Problem::OutOfRange {
            min: Some(0),
            max: None
        })
    );
}

#[test]
fn times_of_day_are_made_of_hours_minutes_and_seconds() {
    assert_eq!(
        SecondsFromMidnight::from(time(13, 2, 5, 999_999_999)),
        SecondsFromMidnight(13 * 3600 + 2 * 60 + 5)
    );
    assert_eq!(
        SecondsFromMidnight(86_399).to_time(),
        Some(time(23, 59, 59, 0))
    );
    assert_eq!(SecondsFromMidnight(0).to_time(), Some(time(0, 0, 0, 0)));
    for outside in [-1, 86_400, i64::MAX, i64::MIN] {
        assert_eq!(SecondsFromMidnight(outside).to_time(), None);
    }
    assert_eq!(
        SecondsFromMidnight(8 * 3600 + 300).to_clock().as_deref(),
        Some("08:05")
    );
    assert_eq!(SecondsFromMidnight(61).to_clock(), None);
    assert_eq!(SecondsFromMidnight::MAX.to_clock(), None);
    for (text, seconds) in [("8:05", 29_100), ("08.05", 29_100), ("23:59", 86_340)] {
        assert_eq!(
            SecondsFromMidnight::from_clock(text),
            Some(SecondsFromMidnight(seconds))
        );
    }
    for text in ["", "8", "8:5", "008:05", "24:00", "8:60", "+8:05", "8:05 "] {
        assert_eq!(SecondsFromMidnight::from_clock(text), None, "{text}");
    }
}

#[test]
fn a_time_of_day_ends_with_the_day() {
    let outside = Some(Problem::OutOfRange {
        min: Some(0),
        max: Some(86_400),
    });
    for (seconds, found) in [(0, None), (86_400, None), (86_401, outside), (-1, outside)] {
        assert_eq!(problem(keys::FROM, seconds), found, "{seconds}");
    }
    assert_eq!(
        read(keys::FROM, " 60 ".into()),
        Ok(SecondsFromMidnight(60)),
        "digits do as well"
    );
    assert_eq!(
        read(keys::FROM, Value::Binary(b"60")),
        Err("GSW_FROM: seconds from midnight expected, binary found".into())
    );
}

#[test]
fn offsets_are_those_of_date_time_arithmetic() {
    let offset = jiff::tz::Offset::from_seconds(-12_600).unwrap();
    assert_eq!(TzOffset::from(offset), TzOffset(-12_600));
    assert_eq!(TzOffset(-12_600).to_offset(), Some(offset));
    assert_eq!(TzOffset(100_000).to_offset(), None);
    assert_eq!(TzOffset(i64::MAX).to_offset(), None);
    for (seconds, allowed) in [
        (43_200, true),
        (-43_200, true),
        (43_201, false),
        (-43_201, false),
    ] {
        assert_eq!(
            problem(keys::TZ_OFFSET, seconds).is_none(),
            allowed,
            "{seconds}"
        );
    }
}

#[test]
fn what_is_not_scheduled_is_read_in_three_forms_and_not_written() {
    for unset in [Value::Int(0), "".into(), "0".into()] {
        assert_eq!(read(keys::DATE_TIME, unset), Ok(DateTime::Unset));
        assert_eq!(problem(keys::DATE_TIME, unset), None);
    }
    assert_eq!(written(keys::DATE_TIME, DateTime::Unset), None);
    assert_eq!(
        read(keys::DATE_TIME, Value::Int(7)),
        Err("GSW_DATE_TIME: date and time expected, integer found".into())
    );
    let at = MinuteTime::try_from(date(2021, 5, 27).at(10, 55, 0, 0)).unwrap();
    assert_eq!(
        written(keys::DATE_TIME, DateTime::At(at)),
        Some("05/27/2021 10:55".into())
    );
    assert_eq!(
        written(keys::DATE_TIME, "soon".into()),
        Some("soon".into()),
        "what cannot be read stays as it is"
    );
    assert_eq!(
        problem(keys::DATE_TIME, "soon"),
        Some(Problem::NotADateTime)
    );
}

#[test]
fn dates_have_whole_minutes_and_years_of_four_digits_at_most() {
    for text in [
        "13/01/2021 10:55",
        "01/32/2021 10:55",
        "01/01/021 10:55",
        "01/01/20211 10:55",
        "01/01/2021/1 10:55",
        "01/01 10:55",
        "001/01/2021 10:55",
        "01/001/2021 10:55",
        "/01/2021 10:55",
        "01/01/2021 24:00",
        "01/01/2021 10:60",
        "01/01/2021 10:5",
        "01/01/2021 10:055",
        "01/01/2021 010:05",
        "01/01/2021 10.55",
        "01/01/2021T10:55",
        "+1/01/2021 10:55",
        "01/01/2021",
    ] {
        assert_eq!(
            DateTime::from(text),
            DateTime::Unreadable(text.into()),
            "{text}"
        );
    }
    let read = |text| match DateTime::from(text) {
        DateTime::At(time) => time.to_civil(),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(read(" 1/2/99 3:04 "), date(2099, 1, 2).at(3, 4, 0, 0));
    assert_eq!(read("1/2/0099 3:04"), date(99, 1, 2).at(3, 4, 0, 0));
    for refused in [
        date(2021, 1, 1).at(0, 0, 1, 0),
        date(2021, 1, 1).at(0, 0, 0, 1),
        date(-1, 1, 1).at(0, 0, 0, 0),
    ] {
        assert_eq!(
            MinuteTime::try_from(refused).unwrap_err().to_string(),
            "MM/DD/YYYY HH:MM carries whole minutes of the years 0 to 9999 only"
        );
    }
    let first = MinuteTime::try_from(date(0, 1, 1).at(0, 0, 0, 0)).unwrap();
    assert_eq!(first.to_string(), "01/01/0000 00:00");
}
