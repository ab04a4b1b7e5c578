"""The visits of a quarter as one would write them down: these two duties and this quarter alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

ON = date(2024, 10, 31)
NAMES = ("visit-ordinary", "visit-poor")
_START, _END = date(2024, 7, 1), date(2024, 9, 30)
#: First day, last day, and the last day of grace: three working days, with a week of holidays in October.
_MONTHS = (
    (_START, date(2024, 7, 31), date(2024, 8, 5)),
    (date(2024, 8, 1), date(2024, 8, 31), date(2024, 9, 4)),
    (date(2024, 9, 1), _END, date(2024, 10, 10)),
)
_QUARTER = ((_START, _END, date(2024, 10, 10)),)
_ASKED = ("family", "difficulties", "hopes", "disputes", "opinions")
_ENTRY = 3  # working days
#: Values with first and last day.
Spans = list[tuple[date, date, str]]
#: Duty, household, last day in time, status.
Row = tuple[str, str, date, str]


class Latest(dict[date, date]):
    """The last day on which a visit of a day may still be entered; kept by day."""

    def __init__(self, working: set[date]) -> None:
        self.working = working

    def __missing__(self, day: date) -> date:
        last, left = day, _ENTRY
        while left:
            last += timedelta(1)
            left -= last in self.working
        self[day] = last
        return last


class Register:
    """Households with their classes and linkers, taken in once."""

    def __init__(self, city: Any, working: set[date]) -> None:
        self.placed = {one.unit: one.parent for one in city.placements if one.tree == "links"}
        self.ends = {one.id: one.until for one in city.units if one.kind == "household" and one.until}
        self.latest = Latest(working)
        self.care: dict[str, Spans] = {}
        self.linkers: dict[str, Spans] = {}
        self.leave = {one.of for one in city.traits if one.name == "absence"}
        for one in city.traits:
            if one.name == "care":
                self.care.setdefault(one.of, []).append((one.since, one.until or date.max, one.value))
        for one in city.memberships:
            if one.role == "linker":
                self.linkers.setdefault(one.unit, []).append((one.since, one.until or date.max, one.person))

    def standing(self, facts: Sequence[Any]) -> list[Row]:
        """Return how every obligation stands."""
        visits, found = self._visits(facts), []
        for name, windows in zip(NAMES, (_QUARTER, _MONTHS), strict=True):
            for household, spans in self.care.items():
                known = visits.get(household)
                if known and len(known) > 1:
                    known.sort(key=_by_day)
                found += self._household(name, windows, (household, spans), known or ())
        return found

    def _visits(self, facts: Iterable[Any]) -> Mapping[str, list[Any]]:
        """Return the visits that count, by household."""
        latest = self.latest
        taken_back = {fact.reverses for fact in facts if fact.reverses and fact.recorded_on <= ON}
        visits: dict[str, list[Any]] = {}
        for fact in facts:
            said = fact.attributes
            if fact.kind != "household-visit" or fact.reverses or fact.id in taken_back:
                continue
            if fact.recorded_on > ON or fact.recorded_on > latest[fact.on]:
                continue
            if all(said.get(name, "").strip() for name in _ASKED):
                visits.setdefault(said["household"], []).append(fact)
        return visits

    def _household(
        self,
        name: str,
        windows: Sequence[tuple[date, date, date]],
        whose: tuple[str, Spans],
        known: Sequence[Any],
    ) -> Iterator[Row]:
        household, spans = whose
        until = self.ends.get(household, date.max)
        used = ""
        for start, end, grace in windows:
            if until < end or (_in_force(spans, end) == "poor") != (name == "visit-poor"):
                continue
            late = ""
            status = "missed"
            for one in known:
                if start <= one.on <= end and one.id != used:
                    status = "done"
                    break
                if end < one.on <= grace:
                    late = late or one.id
            if status == "missed":
                if _in_force(self.linkers[self.placed[household]], end) in self.leave:
                    status = "excused"
                elif late:
                    status, used = "late", late
            yield name, household, end, status


def _in_force(rows: Spans, day: date) -> str:
    for since, until, value in rows:
        if since <= day <= until:
            return value
    return ""


def _by_day(fact: Any) -> date:
    return fact.on
