"""A slow and plain second opinion on scores, written from the semantics and not from the engine.

Everything is a ``Fraction`` of points, days are dates, and cells of time are spelled out. Order: event
amount, rounded half-up at the scale → caps, each payment as far as every cap still has room, in order of
day and id → item → category → base plus categories → cap and floor → veto.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

import attrs

from serviceorg.facts import Fact
from tests.scoring.strategies import CHANGE, ClauseOutline, ItemOutline, Outline

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


@attrs.frozen
class Opinion:
    """What the reference makes of a subject's facts, in points."""

    total: Fraction
    categories: tuple[Fraction, ...]
    items: tuple[Fraction, ...]


def half_up(value: Fraction, step: Fraction) -> Fraction:
    """Return the nearest multiple of a step; a tie goes away from zero."""
    steps = value / step
    whole = math.floor(abs(steps) + Fraction(1, 2))
    return step * whole * (1 if value >= 0 else -1)


@cache
def cell(span: str, on: date) -> Hashable:
    """Return the cell of time a day lies in."""
    if span == "day":
        return on
    if span == "week":
        return on.isocalendar()[:2]
    if span == "period":
        return None
    return on.year, (on.month - 1) // {"month": 1, "quarter": 3, "half": 6, "year": 12}[span]


@cache
def last_day(span: str, on: date, until: date) -> date:
    """Return the last day of the cell of a day, or the last day that counts if that is sooner."""
    day = until if span == "period" else on
    while day < until and cell(span, day + timedelta(days=1)) == cell(span, on):
        day += timedelta(days=1)
    return day


def live(facts: Iterable[Fact], as_of: date) -> list[Fact]:
    """Return the facts of the year known and not taken back on a day, by day and id."""
    known = [fact for fact in facts if fact.recorded_on <= as_of]
    gone = {fact.reverses for fact in known if fact.reverses}
    kept = [f for f in known if FIRST <= f.on <= min(LAST, as_of) and not f.reverses and f.id not in gone]
    return sorted(kept, key=lambda fact: (fact.on, fact.id))


def capped(
    rows: Sequence[tuple[date, Fraction]], spans: Iterable[str], cap_on: Callable[[str, date], Fraction]
) -> list[tuple[date, Fraction]]:
    """Pay each row as far as all caps have room; what costs is paid whole and makes room."""
    used: dict[tuple[str, Hashable], Fraction] = {}
    kept = []
    for on, amount in rows:
        rooms = [cap_on(span, on) - used.get((span, cell(span, on)), Fraction(0)) for span in spans]
        paid = amount if amount < 0 else min([amount, *(max(room, Fraction(0)) for room in rooms)])
        for span in spans:
            key = span, cell(span, on)
            used[key] = used.get(key, Fraction(0)) + paid
        kept.append((on, paid))
    return kept


def opinion(outline: Outline, facts: Iterable[Fact], as_of: date = date.max) -> Opinion:
    """Return what a rule set makes of a subject's facts in 2024, as known on a day."""
    mine = live(facts, as_of)
    until = min(LAST, as_of)
    now = _at(outline, until)
    unit = Fraction(1, 10**outline.scale)
    items = tuple(_item(outline, no, mine, until) for no in range(len(outline.items)))
    categories = []
    for no, category in enumerate(now.categories):
        value = sum((items[item.no] for item in now.items if item.category == no), Fraction(0))
        if category.cap is not None:
            value = min(value, Fraction(category.cap))
        if category.floor is not None:
            value = max(value, Fraction(category.floor))
        categories.append(value if category.round is None else half_up(value, Fraction(category.round)))
    total = Fraction(now.base) + sum(categories, Fraction(0))
    if now.cap is not None:
        total = min(total, Fraction(now.cap))
    if now.floor is not None:
        total = max(total, Fraction(now.floor))
    if now.round is not None:
        total = half_up(total, Fraction(now.round))
    if any(fact.kind == "veto" for fact in mine):
        total = Fraction(0)
    assert total % unit == 0
    return Opinion(total, tuple(categories), items)


def _at(outline: Outline, day: date) -> Outline:
    return outline.later if outline.later is not None and day >= CHANGE else outline


def _clause_at(outline: Outline, no: int, day: date) -> ClauseOutline:
    return _at(outline, day).clauses[no]


def _item(outline: Outline, no: int, facts: list[Fact], until: date) -> Fraction:
    item = _at(outline, until).items[no]
    rows: list[tuple[date, Fraction]] = []
    for clause in item.clauses:
        paid = _clause(outline, item, clause.no, facts, until)
        rows += [(on, clause.sign * amount) for on, amount in paid]
    if item.cap and len(item.clauses) > 1:
        rows.sort()  # of one day, what costs comes before what earns
        costs = all(amount <= 0 for _, amount in rows)
        turned = [(on, -amount if costs else amount) for on, amount in rows]
        kept = capped(turned, list(item.cap), lambda span, on: Fraction(item.cap[span]))
        rows = [(on, -amount if costs else amount) for on, amount in kept]
    value = Fraction(item.full or 0) + sum((amount for _, amount in rows), Fraction(0))
    if item.floor is not None:
        value = max(value, Fraction(item.floor))
    return value if item.round is None else half_up(value, Fraction(item.round))


def _clause(
    outline: Outline, item: ItemOutline, no: int, facts: list[Fact], until: date
) -> list[tuple[date, Fraction]]:
    mine = _within_times(outline, no, [fact for fact in facts if fact.kind == f"k{no}"], until)
    rows = [(fact.on, _event(outline, no, fact)) for fact in mine]
    take = _clause_at(outline, no, until).take
    if take and rows:
        amounts = [amount for _, amount in rows]
        one = {
            "first": 0,
            "last": -1,
            "best": amounts.index(max(amounts)),
            "worst": amounts.index(min(amounts)),
        }
        rows = [rows[one[take]]]

    def cap_on(span: str, on: date) -> Fraction:
        caps = [Fraction(_clause_at(outline, no, last_day(span, on, until)).cap.get(span, 10**30))]
        if len(item.clauses) == 1:
            caps.append(Fraction(item.cap.get(span, 10**30)))
        return min(caps)

    spans = [
        s for s in ("day", "week", "month", "quarter", "half", "year", "period") if cap_on(s, until) < 10**30
    ]
    return capped(rows, spans, cap_on)


def _within_times(outline: Outline, no: int, facts: list[Fact], until: date) -> list[Fact]:
    times = _clause_at(outline, no, until).times
    used: dict[tuple[str, Hashable], int] = {}
    kept = []
    for fact in facts:
        keys = [(span, cell(span, fact.on)) for span in times]
        if all(used.get(key, 0) < times[key[0]] for key in keys):
            kept.append(fact)
            for key in keys:
                used[key] = used.get(key, 0) + 1
    return kept


def _event(outline: Outline, no: int, fact: Fact) -> Fraction:
    clause = _clause_at(outline, no, fact.on)
    value = Fraction(clause.points)
    if clause.unit is not None:
        quantity = Fraction(fact.amount or 0)
        if clause.step is not None:
            steps = quantity / Fraction(clause.step)
            whole = {
                "down": math.floor(steps),
                "up": math.ceil(steps),
                "nearest": math.floor(steps + Fraction(1, 2)),
            }
            quantity = whole[clause.round] * Fraction(clause.step)
        value *= quantity / Fraction(clause.unit)
    if clause.double is not None and fact.attributes.get("level") == "high":
        value *= Fraction(clause.double)
    value = half_up(value, Fraction(1, 10**outline.scale))
    return min(value, Fraction(clause.cap["event"])) if "event" in clause.cap else value
