import pickle
from datetime import date

import pytest

from serviceorg.errors import (
    CalendarNotPublished,
    CalendarProblems,
    DurationError,
    MomentError,
    Problem,
    ServiceOrgError,
)

ERRORS = [
    (CalendarNotPublished("cn", date(2027, 1, 1), date(2019, 1, 1), date(2026, 12, 31)), LookupError),
    (CalendarProblems([Problem("gap", "2029", "no")]), ValueError),
    (DurationError("no"), ValueError),
    (MomentError("no"), ValueError),
]
CODES = ["calendar-not-published", "calendar", "duration", "moment"]


@pytest.mark.parametrize(
    ("error", "builtin", "code"),
    [(error, builtin, code) for (error, builtin), code in zip(ERRORS, CODES, strict=True)],
    ids=CODES,
)
def test_an_error_of_time_is_a_value_with_a_code(error, builtin, code):
    """Every error of the calendars has a code, a builtin parent, and survives pickling with its text."""
    again = pickle.loads(pickle.dumps(error))

    assert isinstance(error, ServiceOrgError)
    assert isinstance(error, builtin)
    assert error.code == code
    assert (type(again), str(again)) == (type(error), str(error))


def test_an_unpublished_day_keeps_its_parts():
    """The error holds the calendar's id, the day, and what the calendar knows."""
    error = CalendarNotPublished("cn", date(2027, 1, 1), date(2019, 1, 1), date(2026, 12, 31))

    assert (error.calendar, error.day) == ("cn", date(2027, 1, 1))
    assert (error.first, error.through) == (date(2019, 1, 1), date(2026, 12, 31))
