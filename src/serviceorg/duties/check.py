"""What is owed in a period, and how each obligation stands on a day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ..basics import Period, Year
from ..calendars import WorkCalendar
from ..errors import PeriodError
from ..facts import Fact
from ..model import Snapshot
from .book import Duty, DutyBook
from .excuses import Excuses
from .explain import Basis
from .obligation import (
    DONE,
    DUE_SOON,
    EXCUSED,
    LATE,
    MISSED,
    OPEN,
    OVERDUE,
    PLANNED,
    UPCOMING,
    Obligation,
    Window,
    make_obligation,
)
from .owed import Row, Vacancy, rows
from .report import DutyReport
from .spans import Timing
from .tally import Key, Tally, by_day, distinct, known_facts
from .world import Former, World

#: The facts that already made up for an earlier window: they count once.
Used = dict[Key, set[str]]


def obligations(
    book: DutyBook,
    snapshot: Snapshot,
    *,
    period: Period,
    calendars: Mapping[str, WorkCalendar],
) -> Iterator[Obligation]:
    """Yield everything that is owed in a period, with the status "planned": no fact is looked at.

    A window belongs to the period in which it ends, an appointed day to that for which it was planned. In the
    order of duties, windows, targets and holders.

    Raises:
        UnknownIdError: If the book's calendar is needed and not given.
        CalendarNotPublished: If the calendar has to be asked about days nobody has published.
    """
    world, timing = World(snapshot), Timing(dict(calendars), book.calendar, book.duties)
    for duty in book.duties:
        for window in timing.windows(duty, period.start, period.end):
            for who, unit, towards, needed in rows(world, duty, window, only=None, vacant=[]):
                yield make_obligation(window, who, unit, towards, needed, 0, PLANNED, ())


def check_duties(
    book: DutyBook,
    snapshot: Snapshot,
    facts: Iterable[Fact],
    *,
    on: date,
    period: Period | None = None,
    calendars: Mapping[str, WorkCalendar],
    facts_from: date | None = None,
) -> DutyReport:
    """Return how everything owed in a period (default: the year of ``on``) stands as known on a day.

    Facts that happened or were recorded later do not count, nor do those taken back by then. Each fact
    counts once towards a duty: one that made up for a window in its time of grace does not count in the next.
    What is asked of roles, kinds and traits the organisation does not know, nobody owes: ``check_against``
    tells such names.
    Whether a window before the period needed one can only be known with its facts: ``facts_from`` is the
    first day of which all facts are in hand (default: that of the period, and nothing before it is judged).

    Raises:
        FactProblems: If two facts share an id, or reversals take back themselves or what is not there.
        PeriodError: If ``on`` is no day.
        UnknownIdError: If the book's calendar is needed and not given.
        CalendarNotPublished: If the calendar has to be asked about days nobody has published.
    """
    if type(on) is not date:
        raise PeriodError(f"on: found {on!r}; allowed is a day like date(2024, 7, 31)")
    when = period or Year(on.year)
    timing = Timing(dict(calendars), book.calendar, book.duties)
    kinds = dict.fromkeys(
        kind
        for duty in book.duties
        for kind in (*duty.fulfilled.facts, *([duty.excuse.fact] if duty.excuse and duty.excuse.fact else ()))
    )
    known = known_facts(facts, kinds, on)
    world = World(snapshot)
    found: list[Obligation] = []
    vacant: list[Vacancy] = []
    basis: dict[int, Basis] = {}
    judged_windows: set[tuple[str, str]] = set()
    used: dict[str, Used] = {}  # by duty: versions are one duty
    for duty in book.duties:
        windows = timing.windows(duty, when.start, when.end)
        if not windows:
            continue
        tally = Tally(duty, known, snapshot=snapshot, timing=timing)
        judged = _Judged(
            duty, Basis(world, tally, Excuses(world, duty, known)), on, used.setdefault(duty.id, {})
        )
        judged.go_back(timing, windows, facts_from)
        for window in windows:
            judged_windows.add((duty.id, window.label))
            found += judged.window(window, rows(world, duty, window, only=None, vacant=vacant))
        basis[id(duty)] = judged.basis
        tally.found = {}  # what counts stands in the obligations now
    return DutyReport(
        book=book,
        period=when,
        on=on,
        obligations=tuple(found),
        vacant=tuple(vacant),
        windows=frozenset(judged_windows),
        basis=basis,
    )


class _Judged:
    """The obligations of one duty, window after window."""

    def __init__(self, duty: Duty, basis: Basis, on: date, used: Used) -> None:
        self.duty, self.basis = duty, basis
        self.world, self.tally, self.excuses = basis.world, basis.tally, basis.excuses
        self.day = on.toordinal()
        self.used = used

    def go_back(self, timing: Timing, windows: list[Window], facts_from: date | None) -> None:
        """Judge the windows before, as far as their facts are known and were needed in times of grace.

        Otherwise such a fact would count twice, and a quarter alone come out other than within its year.
        """
        if self.duty.grace is None or facts_from is None:
            return
        earlier: list[tuple[Window, set[Key]]] = []
        for first in _first_of_each_line(windows):
            keys: set[Key] | None = None
            for window in timing.backwards(self.duty, first):
                if window.start < facts_from:
                    break
                keys = self._in_grace(window, keys)
                if not keys:
                    break
                earlier.append((window, keys))
        named = bool(self.duty.fulfilled.target) and self.duty.towards is not None and not self.tally.role
        for window, keys in sorted(earlier, key=lambda one: (one[0].end, bool(one[0].parts))):
            only = {key for key in keys if isinstance(key, str)} if named else None
            self.window(window, rows(self.world, self.duty, window, only=only, vacant=[]))

    def _in_grace(self, window: Window, keys: set[Key] | None) -> set[Key]:
        """Return the keys with a fact in a window's time of grace, of some keys or of all."""
        last, grace, found = window.last, window.grace, self.tally.found
        return {
            key
            for key, listed in found.items()
            if (keys is None or key in keys)
            and (
                any(last < fact.day <= grace for fact in listed)
                if type(listed) is list
                else last < listed.day <= grace  # type: ignore[union-attr]  # a fact: no list
            )
        }

    def window(self, window: Window, asked: Iterable[Row]) -> list[Obligation]:
        """Return the obligations of one window; what makes up for it late is used up for those after it."""
        found, used, unmet = self.tally.found, self.used, self._unmet(window)
        key_of, own, is_excused = self.tally.key_of, self.tally.own, self._is_excused
        made_up: list[tuple[Key, list[Fact]]] = []
        made = []
        former = self.world.former(window)
        for who, unit, towards, needed in asked:
            key = key_of(who, unit, towards)
            facts = found.get(key)
            if former and (who in former or unit in former or towards in former):
                facts = self._with_former(former, who, unit, towards)
            if facts is None:
                state = EXCUSED if is_excused(window, who, towards) else unmet
                made.append(make_obligation(window, who, unit, towards, needed, 0, state, ()))
                continue
            listed: list[Fact] = facts if type(facts) is list else [facts]  # type: ignore[list-item]
            if own:
                names = (who, *former.get(who, ()))
                listed = [fact for fact in listed if fact.subject in names]
            if used and key in used:
                listed = [fact for fact in listed if fact.id not in used[key]]
            counted, state = self._in_time(window, listed), DONE
            if len(counted) < needed:
                state = EXCUSED
                if not is_excused(window, who, towards):
                    late = self._late(window, listed, counted, needed)
                    counted += late
                    state = LATE if len(counted) >= needed else unmet
                    made_up.append((key, late))
            done = len(counted)
            made.append(make_obligation(window, who, unit, towards, needed, done, state, tuple(counted)))
        for key, late in made_up:
            # Also where they were not enough: else one more late fact could take them from the next window.
            used.setdefault(key, set()).update([fact.id for fact in late])
        return made

    def _with_former(self, former: Former, who: str, unit: str, towards: str) -> list[Fact] | None:
        """Return the facts of an obligation with those of units that have passed into those it is about."""
        gathered: dict[str, Fact] = {}
        for key in self.tally.keys_of(who, unit, towards, former):
            listed = self.tally.found.get(key, [])
            facts: list[Fact] = listed if type(listed) is list else [listed]  # type: ignore[list-item]
            used = self.used.get(key, ())
            gathered.update((fact.id, fact) for fact in facts if fact.id not in used)
        return sorted(gathered.values(), key=by_day) or None

    def _is_excused(self, window: Window, who: str, towards: str) -> bool:
        return self.duty.excuse is not None and self.excuses.cover(window, who, towards)

    def _in_time(self, window: Window, listed: list[Fact]) -> list[Fact]:
        first, last, by = window.first, window.last, self.duty.fulfilled.distinct
        counted = [fact for fact in listed if first <= fact.day <= last]
        if by:
            counted = distinct(counted, by)
        if window.parts:
            return _beyond(counted, window.parts)
        return counted[:1] if window.is_part else counted

    def _late(self, window: Window, listed: list[Fact], counted: list[Fact], needed: int) -> list[Fact]:
        """Return the facts of the time of grace that are still missing, none of them like one that counts."""
        last, grace = window.last, window.grace
        if grace <= last:
            return []
        late = [fact for fact in listed if last < fact.day <= grace]
        both = distinct(counted + late, self.duty.fulfilled.distinct)
        return both[len(counted) : needed]

    def _unmet(self, window: Window) -> int:
        """Return how an obligation stands on the day that is neither fulfilled nor excused."""
        today = self.day
        if today > window.settled:
            return MISSED
        if today > window.last:
            return OVERDUE
        if window.soon < window.last and today >= window.soon:
            return DUE_SOON
        return OPEN if today >= window.first else UPCOMING


def _first_of_each_line(windows: list[Window]) -> list[Window]:
    """Return the first window, and the first of those beyond the parts of a longer one."""
    found: dict[bool, Window] = {}
    for window in windows:
        found.setdefault(bool(window.parts), window)
    return list(found.values())


def _beyond(facts: list[Fact], parts: tuple[tuple[int, int], ...]) -> list[Fact]:
    """Return the facts that are not the first of a part: those count in the part's own window."""
    taken: set[tuple[int, int]] = set()
    kept = []
    for fact in facts:
        part = next((one for one in parts if one[0] <= fact.day <= one[1]), None)
        if part is None or part in taken:
            kept.append(fact)
        else:
            taken.add(part)
    return kept
