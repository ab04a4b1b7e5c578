"""The way to a deadline, noted step by step when somebody asks for it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import attrs

from ..basics import Label
from ..reasons import Reason
from .amounts import amount_of
from .calendar import WorkCalendar
from .durations import Duration
from .stops import Pause

_DAY = timedelta(1)
_ASSUMED = {
    "weekends": Label(zh="仅周末休息", en="weekends only", code="weekends"),
    "statutory": Label(
        zh="周末和日期固定的法定节假日休息", en="weekends and holidays with a fixed date", code="statutory"
    ),
}


@attrs.define
class Steps:
    """What was done so far, in order."""

    calendar: WorkCalendar
    reasons: list[Reason] = attrs.field(factory=list)

    def add(
        self, code: str, *arguments: "str | int | date | Label", children: tuple[Reason, ...] = ()
    ) -> None:
        """Note a step."""
        self.reasons.append(Reason(code, arguments, children))

    def started(self, duration: Duration, moment: datetime) -> None:
        """Note where the count begins and what is counted."""
        self.add("started", self.clock(moment), _words(duration))

    def days(self, amount: int, unit: str, start: date, end: date) -> None:
        """Note the days after ``start``, up to and with ``end``, and what was special about them."""
        if end > start:
            children = tuple(self._special(start + _DAY, end)) if unit == "working days" else ()
            self.add("counted", amount_of(amount, unit), start + _DAY, end, children=children)

    def time(self, time: timedelta, unit: str, start: datetime, end: datetime) -> None:
        """Note a stretch of time."""
        if end > start:
            words = amount_of(time // timedelta(seconds=1), unit)
            self.add("counted", words, self.clock(start), self.clock(end))

    def paused(self, pause: Pause) -> None:
        """Note that the clock stood still."""
        if pause.until is None:
            self.add("paused-open", self.clock(pause.since))
        else:
            self.add("paused", self.clock(pause.since), self.clock(pause.until))

    def remaining(self, amount: int, unit: str) -> None:
        """Note what is left."""
        self.add("remaining", amount_of(amount, unit))

    def extended(self, duration: Duration, end: "date | datetime") -> None:
        """Note that the time was extended from its old end."""
        self.add("extended", _words(duration), self.clock(end) if isinstance(end, datetime) else end)

    def provisional(self) -> None:
        """Note that days were assumed."""
        assumed = _ASSUMED[self.calendar.provisional]
        self.add("provisional", self.calendar.published_through, assumed)

    def clock(self, moment: datetime) -> str:
        """Return a moment as the wall clock shows it."""
        local = moment.astimezone(self.calendar.tz)
        return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"

    def _special(self, first: date, last: date) -> Iterator[Reason]:
        """Yield the holidays and the make-up working days among some days."""
        day = first
        while day <= last:
            kind, found = self.calendar.kind_of(day), self.calendar.why(day)
            end = day
            if found is not None and kind == "make-up":
                yield Reason("make-up", (day, found.title), source=found.source)
            elif found is not None and kind == "holiday":
                while end < last and self.calendar.why(end + _DAY) == found:
                    end += _DAY
                yield Reason("skipped", (day, end, found.title), source=found.source)
            day = end + _DAY


def _words(duration: Duration) -> Label:
    return Label(zh=duration.in_("zh"), en=duration.in_("en"), code=duration.written)
