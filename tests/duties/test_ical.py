"""Obligations as iCalendar: events for days, to-dos for periods, the same bytes every time."""

import sys
from datetime import UTC, datetime

import pytest

from serviceorg.basics import Label
from serviceorg.calendars import EveryDay
from serviceorg.duties import DutyBook
from serviceorg.errors import MomentError, UnknownIdError
from serviceorg.exchange import CalendarExtraMissing, obligations_to_ical
from tests.duties.worlds import on_days, quarterly, report_of, visit, world

STAMP = datetime(2024, 8, 1, 8, tzinfo=UTC)
BOOK = DutyBook(id="test/duties", title=Label(zh="责任", en="Duties"))
TO_DO = {
    "SUMMARY:走访",
    "DTSTART;VALUE=DATE:20240701",
    "DUE;VALUE=DATE:20240930",
    "DTSTAMP:20240801T080000Z",
    "UID:test/duties|visit|P|G|H|2024-Q3@serviceorg",
    "CATEGORIES:visit,open",
    "DESCRIPTION:P，H，2024-Q3，0/1",
    "STATUS:NEEDS-ACTION",
}
EVENT = {
    "SUMMARY:Day",
    "DTSTART;VALUE=DATE:20240801",
    "DTEND;VALUE=DATE:20240802",
    "DTSTAMP:20240801T080000Z",
    "UID:test/duties|day|G|G||2024-08-01@serviceorg",
    "CATEGORIES:day,open",
    "DESCRIPTION:G\\, 2024-08-01\\, 0/1",
    "TRANSP:TRANSPARENT",
}


def inside(text, name):
    """Return the lines of the only component of a name, without those that begin and end it."""
    lines = text.split("\r\n")
    return set(lines[lines.index(f"BEGIN:{name}") + 1 : lines.index(f"END:{name}")])


def written(obligations, **given):
    """Return the file as text."""
    pytest.importorskip("icalendar")
    return obligations_to_ical(obligations, book=BOOK, stamp=STAMP, **given).decode()


def test_what_is_owed_in_a_period_is_a_to_do():
    """A quarter's visit begins on its first day and is due on its last, whole days both."""
    report = report_of(quarterly(), world(), on="2024-08-01")

    assert inside(written(report.obligations, lang="zh"), "VTODO") == TO_DO


def test_what_is_owed_on_a_day_is_an_event():
    """A day's duty lasts that day; DTEND is the day after, as RFC 5545 has it."""
    report = report_of(on_days(EveryDay()), world(), on="2024-08-01", period="2024-08-01..2024-08-01")

    assert inside(written(report.obligations), "VEVENT") == EVENT


def test_what_is_done_is_completed():
    """A fulfilled to-do has the status COMPLETED."""
    report = report_of(quarterly(), world(), [visit(1, "2024-07-05")], on="2024-08-01")

    assert "STATUS:COMPLETED" in written(report.obligations)


def test_the_same_obligations_give_the_same_bytes():
    """Nothing of the clock or of chance is in the file."""
    report = report_of(quarterly(), world(), on="2024-08-01")

    assert written(report.obligations) == written(report.obligations)


def test_a_stamp_without_a_zone_and_another_language_are_refused():
    """The moment must be one, and the languages are two."""
    with pytest.raises(MomentError, match="stamp: 2024-08-01 08:00:00 has no zone"):
        obligations_to_ical((), book=BOOK, stamp=STAMP.replace(tzinfo=None))
    with pytest.raises(UnknownIdError, match="there is no language 'fr'"):
        obligations_to_ical((), book=BOOK, stamp=STAMP, lang="fr")


def test_without_the_extra_the_message_says_how_to_get_it(monkeypatch):
    """Where the package is not installed, the error names the extra."""
    monkeypatch.setitem(sys.modules, "icalendar", None)

    with pytest.raises(CalendarExtraMissing, match=r"pip install serviceorg\[ical\]"):
        obligations_to_ical((), book=BOOK, stamp=STAMP)
