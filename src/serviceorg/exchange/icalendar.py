"""Obligations as a calendar other programs can show: iCalendar (RFC 5545).

Needs the extra ``ical``: ``pip install serviceorg[ical]``.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from ..calendars.zones import in_utc
from ..duties import DutyBook, Obligation
from ..errors import DutyProblems, Problem, UnknownIdError

_LANGUAGES = ("en", "zh")
#: How a to-do of ours stands in the words of RFC 5545.
_STATES = {"done": "COMPLETED", "late": "COMPLETED", "excused": "CANCELLED"}


class CalendarExtraMissing(ImportError):
    """The ``icalendar`` package is not installed; the text says how to get it."""


def obligations_to_ical(
    obligations: Iterable[Obligation], *, book: DutyBook, lang: str = "en", stamp: datetime
) -> bytes:
    """Return obligations as an iCalendar file, the same bytes for the same obligations and ``stamp``.

    What is owed on a certain day is an event of that day, what is owed within a period a to-do that is due on
    its last day. Both last whole days; ``stamp`` is the moment the file tells as its own. Ids are written as
    they are, names never.

    Raises:
        CalendarExtraMissing: If the ``icalendar`` package is not installed.
        DutyProblems: For no obligation at all: a calendar holds at least one (RFC 5545, 3.6).
        MomentError: If ``stamp`` has no zone.
        UnknownIdError: For another language than "en" or "zh".
    """
    if lang not in _LANGUAGES:
        raise UnknownIdError("language", lang, _LANGUAGES)
    written = in_utc(stamp, where="stamp")
    library = _library()
    listed = tuple(obligations)
    if not listed:
        text = "found no obligation; a calendar file holds at least one (RFC 5545, 3.6)"
        raise DutyProblems([Problem("empty-calendar", "obligations", text)])
    calendar = library.Calendar()
    calendar.add("prodid", "-//serviceorg//duties//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", book.title.in_(lang) or book.id)
    for one in listed:
        calendar.add_component(_component(library, book, one, lang, written))
    content: bytes = calendar.to_ical()
    return content


def _library() -> Any:
    try:
        return import_module("icalendar")
    except ImportError:
        text = "iCalendar files need the package 'icalendar'; install it with: pip install serviceorg[ical]"
        raise CalendarExtraMissing(text) from None


def _component(library: Any, book: DutyBook, one: Obligation, lang: str, stamp: datetime) -> Any:
    is_event = one.window.planned is not None
    found = library.Event() if is_event else library.Todo()
    found.add("uid", f"{book.id}|{one.id}@serviceorg")
    found.add("dtstamp", stamp)
    found.add("summary", one.duty.title.in_(lang))
    found.add("description", _described(one, lang))
    found.add("categories", [one.duty.id, one.status])
    if is_event:
        found.add("dtstart", one.window.end)
        found.add("dtend", one.window.end + timedelta(1))
        found.add("transp", "TRANSPARENT")
    else:
        found.add("dtstart", one.window.start)
        # Unlike DTEND, this is the day itself: programs show it as the last one.
        found.add("due", one.window.end)
        found.add("status", _STATES.get(one.status, "NEEDS-ACTION"))
    return found


def _described(one: Obligation, lang: str) -> str:
    parts = [one.who, one.towards, one.period]
    counted = f"{one.done}/{one.needed}"
    return ("，" if lang == "zh" else ", ").join([part for part in parts if part] + [counted])
