import pickle
from typing import Any

import pytest

from serviceorg.calendars import (
    CalendarDays,
    Months,
    NextWorkingDay,
    Pause,
    RealTime,
    WorkingDays,
    WorkingTime,
)
from serviceorg.errors import DurationError
from tests.calendars.given import at


def _any(value) -> Any:
    """Return a value the types forbid."""
    return value


@pytest.mark.parametrize(
    ("duration", "en", "zh"),
    [
        (RealTime(1440), "24 hours", "24小时"),
        (RealTime(90), "90 minutes", "90分钟"),
        (RealTime(60, bound="under"), "less than 1 hour", "不满1小时"),
        (WorkingTime(120), "2 working hours", "2小时工作时间"),
        (WorkingTime(1), "1 working minute", "1分钟工作时间"),
        (WorkingDays(5), "5 working days", "5个工作日"),
        (WorkingDays(1), "1 working day", "1个工作日"),
        (CalendarDays(7), "7 calendar days", "7日"),
        (Months(2), "2 months", "2个月"),
        (NextWorkingDay(), "the end of the next working day", "下一个工作日结束前"),
    ],
)
def test_a_duration_is_written_in_two_languages(duration, en, zh):
    """A duration says itself in English and Chinese, and survives pickling."""
    assert (duration.written, duration.in_("zh")) == (en, zh)
    assert pickle.loads(pickle.dumps(duration)) == duration


@pytest.mark.parametrize(
    ("duration", "least"),
    [
        (RealTime(1440), 0),  # 24 hours begun at 00:00 of a day of 25 hours end on that day
        (RealTime(4320), 2),
        (WorkingTime(2880), 1),
        (WorkingDays(5), 5),
        (CalendarDays(7), 7),
        (CalendarDays(7, roll="previous"), 0),
        (Months(1), 28),
        (Months(1, roll="previous"), 0),
        (NextWorkingDay(), 1),
    ],
)
def test_a_duration_says_the_least_it_can_be(duration, least):
    """No deadline falls earlier than that many days after its first day."""
    assert duration.at_least_days == least


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: WorkingDays(0), "WorkingDays.days: found 0; allowed are whole numbers from 1 to 3660"),
        (lambda: RealTime(True), "RealTime.minutes: found True; allowed are whole numbers from 1 to 5270400"),
        (lambda: Months(_any(1.5)), "Months.months: found 1.5; allowed are whole numbers from 1 to 120"),
        (
            lambda: CalendarDays(5, roll=_any("nxt")),
            "CalendarDays.roll: found 'nxt'; known are 'next', 'none', 'previous'. Did you mean 'next'?",
        ),
        (
            lambda: WorkingDays(5, ends=_any("noon")),
            "WorkingDays.ends: found 'noon'; known are 'midnight', 'office'",
        ),
        (
            lambda: RealTime(5, bound=_any("with")),
            "RealTime.bound: found 'with'; known are 'under', 'within'. Did you mean 'within'?",
        ),
        (
            lambda: WorkingDays(5, bound="under"),
            (
                "WorkingDays.bound: found 'under', but a day ends at 24:00, which is the next "
                "day already; allowed is "
                "'within', or 'under' with ends='office'. To leave out the last day, count one less"
            ),
        ),
        (
            lambda: Pause(at("2024-09-28 10:00"), at("2024-09-27 10:00")),
            "pause: it must not end (2024-09-27 02:00:00+00:00) before it begins (2024-09-28 02:00:00+00:00)",
        ),
    ],
)
def test_a_duration_that_says_nothing_is_refused(make, text):
    """Each slip in a duration has its own text."""
    with pytest.raises(DurationError) as refusal:
        make()

    assert str(refusal.value) == text
