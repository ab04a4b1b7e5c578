"""What must hold in the file of a calendar year; everything that does not is told at once."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any

import attrs

from ..basics import Label
from ..basics.periods import EARLIEST, LATEST
from ..errors import Problem, known_names
from .published import CalendarYear, Holiday

_TOP = ("year", "holiday")
_YEAR = ("calendar", "year", "source", "published_on")
_HOLIDAY = ("title", "off", "work", "source")
_NEEDED = {"year": _YEAR, "holiday": ("title", "off")}
_MOST_HOLIDAYS = 60
_MOST_DAYS = 40
_MOST_SIGNS = 1000
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@attrs.define
class Findings:
    """The problems of one file, in the order they were found."""

    file: str
    problems: list[Problem] = attrs.field(factory=list)

    def add(self, code: str, where: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, where, message, self.file))


def year_from_document(document: Mapping[str, Any], findings: Findings) -> CalendarYear | None:
    """Return the year of a parsed file, or None where something is wrong; the findings say what."""
    _known_keys(document, _TOP, "", findings)
    head = document.get("year")
    if not isinstance(head, dict):
        findings.add("missing-key", "year", f"found {_shown(head)}; needed is [year] with {_listed(_YEAR)}")
        head = {}
    else:
        _keys(head, "year", "year", findings)
    calendar = _text(head, "calendar", "year", findings)
    source = _text(head, "source", "year", findings)
    year = _whole(head, findings)
    published = _day(head["published_on"], "year.published_on", findings) if "published_on" in head else None
    holidays = tuple(_holidays(document.get("holiday", []), year, findings))
    _days_twice(holidays, findings)
    if findings.problems or not (calendar and source and year and published):
        return None
    return CalendarYear(
        calendar, year, tuple(one for _, one in holidays), source=source, published_on=published
    )


def _holidays(entries: Any, year: int | None, findings: Findings) -> Iterator[tuple[str, Holiday]]:
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        findings.add("wrong-type", "holiday", f"found {_shown(entries)}; allowed are tables [[holiday]]")
        return
    if len(entries) > _MOST_HOLIDAYS:
        findings.add("too-many", "holiday", f"{len(entries)} holidays; at most {_MOST_HOLIDAYS} are allowed")
        return
    for number, entry in enumerate(entries):
        where = f"holiday[{number}]"
        _keys(entry, "holiday", where, findings)
        title = _label(entry["title"], f"{where}.title", findings) if "title" in entry else None
        off = _run(entry["off"], f"{where}.off", findings) if "off" in entry else None
        work = _days(entry.get("work", []), f"{where}.work", findings)
        source = _text(entry, "source", where, findings)
        _in_year((*(off or ()), *work), year, where, findings)
        _make_up(work, where, findings)
        if title is not None and off is not None:
            yield where, Holiday(title, off, work, source)


def _in_year(days: tuple[date, ...], year: int | None, where: str, findings: Findings) -> None:
    if year is None:
        return
    # The holiday of New Year may begin in the December before (30 December 2018, 31 December 2022).
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    for day in days:
        if not first <= day <= last:
            message = f"{day} is not in {year}; allowed are days of that year, and of the December before it"
            findings.add("other-year", where, message)


def _make_up(work: tuple[date, ...], where: str, findings: Findings) -> None:
    for day in work:
        if day.weekday() < 5:
            message = (
                f"{day} is a {_WEEKDAYS[day.weekday()]} and worked anyway; allowed are Saturdays and Sundays "
                "that are worked in return for days off"
            )
            findings.add("worked-anyway", f"{where}.work", message)


def _days_twice(holidays: tuple[tuple[str, Holiday], ...], findings: Findings) -> None:
    seen: dict[date, tuple[str, str]] = {}
    for where, holiday in holidays:
        for what, days in (("off", holiday.days_off), ("work", holiday.work)):
            for day in days:
                before, place = seen.setdefault(day, (what, where))
                if (before, place) == (what, where) and days.count(day) == 1:
                    continue
                message = f"{day} is named in {place}.{before} already; name every day once"
                if Problem("double-day", f"{where}.{what}", message, findings.file) not in findings.problems:
                    findings.add("double-day", f"{where}.{what}", message)


def _keys(table: Mapping[str, Any], kind: str, where: str, findings: Findings) -> None:
    known = _YEAR if kind == "year" else _HOLIDAY
    _known_keys(table, known, where, findings)
    strangers = [name for name in table if name not in known][:20]
    for name in _NEEDED[kind]:
        # A misspelt key was told already, with this one as the guess.
        if name not in table and not get_close_matches(name, strangers, n=1):
            findings.add(
                "missing-key", where, f"the key {name!r} is missing; needed are {_listed(_NEEDED[kind])}"
            )


def _known_keys(table: Mapping[str, Any], known: tuple[str, ...], where: str, findings: Findings) -> None:
    for name in table:
        if name not in known:
            path = f"{where}.{name}" if where else name
            findings.add("unknown-key", path, f"unknown key {name!r}; {known_names(name, known)}")


def _text(table: Mapping[str, Any], name: str, where: str, findings: Findings) -> str:
    value = table.get(name)
    if name not in table:
        return ""
    if not isinstance(value, str) or not value.strip() or len(value) > _MOST_SIGNS:
        message = f"found {_shown(value)}; allowed is a text of 1 to {_MOST_SIGNS} signs"
        findings.add("wrong-type", f"{where}.{name}", message)
        return ""
    return value


def _whole(head: Mapping[str, Any], findings: Findings) -> int | None:
    value = head.get("year")
    if "year" not in head:
        return None
    if type(value) is not int or not EARLIEST < value <= LATEST:
        message = f"found {_shown(value)}; allowed is a year from {EARLIEST + 1} to {LATEST}"
        findings.add("wrong-type", "year.year", message)
        return None
    return value


def _label(value: Any, where: str, findings: Findings) -> Label | None:
    if isinstance(value, str) and value.strip() and len(value) <= _MOST_SIGNS:
        return Label(en=value) if value.isascii() else Label(zh=value)
    if (
        isinstance(value, dict)
        and value
        and set(value) <= {"zh", "en"}
        and all(
            isinstance(text, str) and text.strip() and len(text) <= _MOST_SIGNS for text in value.values()
        )
    ):
        return Label(**value)
    findings.add(
        "wrong-type", where, f'found {_shown(value)}; allowed is a text, or {{ zh = "…", en = "…" }}'
    )
    return None


def _day(value: Any, where: str, findings: Findings) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime) and EARLIEST <= value.year <= LATEST:
        return value
    findings.add(
        "wrong-type", where, f"found {_shown(value)}; allowed is a date like 2024-02-10, without quotes"
    )
    return None


def _days(value: Any, where: str, findings: Findings) -> tuple[date, ...]:
    if not isinstance(value, list) or len(value) > _MOST_DAYS:
        findings.add("wrong-type", where, f"found {_shown(value)}; allowed are at most {_MOST_DAYS} dates")
        return ()
    read = (_day(one, f"{where}[{number}]", findings) for number, one in enumerate(value))
    return tuple(day for day in read if day is not None)


def _run(value: Any, where: str, findings: Findings) -> tuple[date, date] | None:
    if not isinstance(value, list) or len(value) != 2:
        message = f"found {_shown(value)}; needed are the first and last day, like [2024-02-10, 2024-02-17]"
        findings.add("wrong-type", where, message)
        return None
    days = _days(value, where, findings)
    if len(days) != 2:
        return None
    first, last = days
    if last < first:
        findings.add("reversed", where, f"the last day off ({last}) is before the first ({first}); swap them")
        return None
    if last - first >= timedelta(_MOST_DAYS):
        findings.add(
            "too-long", where, f"{first} to {last} are more than {_MOST_DAYS} days; a holiday is shorter"
        )
        return None
    return first, last


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a table { … }"
    if isinstance(value, list):
        return f"a list of {len(value)} entries" if len(value) != 1 else "a list of one entry"
    shown = str(value) if isinstance(value, date) else repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(repr, names))
