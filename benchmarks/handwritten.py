"""
The baseline: what a careful engineer would write by hand for exactly this task.

Plain Python over integers. Nothing here is general. The rule set's shape (amount times quantity, month cap,
year cap, category cap, veto) is the shape of the code, which is what a general engine has to be measured
against. Facts are tuples (code, month, quantity in hundredths).
"""

from typing import NamedTuple

from .task import Rules

Fact = tuple[str, int, int]


class Tables(NamedTuple):
    """The rule set as the dictionaries the scorers look things up in; amounts in hundredths."""

    points: dict[str, int]
    caps: dict[str, tuple[int, int, int]]
    category_caps: tuple[int, ...]
    base: int


def tables(rules: Rules) -> Tables:
    """Return the rule set as dictionaries by code: points, and (month cap, year cap, category)."""
    return Tables(
        points={item.code: item.points for item in rules.items},
        caps={item.code: (item.month_cap, item.year_cap, item.category) for item in rules.items},
        category_caps=rules.category_caps,
        base=rules.base,
    )


def total_of(facts: list[Fact], rules: Tables) -> int:
    """
    Return the total of one member in hundredths.

    A code without points is a veto and ends the work at once. Events are gathered item by item, month by
    month: measured against one dictionary keyed by (item, month) and against `defaultdict`, this shape took a
    sixth and a third less time.
    """
    points_of, caps, category_caps, total = rules
    items = {}
    for code, month, quantity in facts:
        points = points_of.get(code)
        if points is None:
            return 0
        event = (points * quantity + 50) // 100
        if code not in items:
            items[code] = {month: event}
        elif month in (months := items[code]):
            months[month] += event
        else:
            months[month] = event
    categories = [0] * len(category_caps)
    for code, months in items.items():
        month_cap, year_cap, category = caps[code]
        year = 0
        for points in months.values():
            year += points if points < month_cap else month_cap
        categories[category] += year if year < year_cap else year_cap
    return total + sum(map(min, categories, category_caps))


class Trace(NamedTuple):
    """
    The whole way to a total, in nested tuples.

    `categories` holds (category, earned, cap, kept, items); an item is (code, earned, cap, kept, months); a
    month is (month, earned, cap, kept, events); an event is (position of the fact, points, quantity, event).
    A cap bit where `kept` is less than `earned`. `vetoes` holds (position of the fact, code).
    """

    total: int
    categories: list
    vetoes: list


def trace_of(facts: list[Fact], rules: Tables) -> Trace:
    """Return the total of one member with every step that led to it, also where a veto makes it zero."""
    points_of, caps, category_caps, total = rules
    items, vetoes = _events(facts, points_of)
    sums = [0] * len(category_caps)
    lines = [[] for _ in category_caps]
    for code, months in items.items():
        month_cap, year_cap, category = caps[code]
        year, rows = 0, []
        for month, (earned, events) in months.items():
            kept = earned if earned < month_cap else month_cap
            year += kept
            rows.append((month, earned, month_cap, kept, events))
        kept = year if year < year_cap else year_cap
        sums[category] += kept
        lines[category].append((code, year, year_cap, kept, rows))
    categories = []
    for category, cap in enumerate(category_caps):
        earned = sums[category]
        kept = earned if earned < cap else cap
        total += kept
        categories.append((category, earned, cap, kept, lines[category]))
    return Trace(0 if vetoes else total, categories, vetoes)


def _events(facts: list[Fact], points_of: dict[str, int]) -> tuple[dict, list]:
    """
    Return [sum, events] by item and month, and the vetoes.

    Adding up on the way took a third less time than adding up the events afterwards.
    """
    items, vetoes = {}, []
    for position, (code, month, quantity) in enumerate(facts):
        points = points_of.get(code)
        if points is None:
            vetoes.append((position, code))
            continue
        event = (points * quantity + 50) // 100
        if code not in items:
            items[code] = {month: [event, [(position, points, quantity, event)]]}
        elif month in (months := items[code]):
            cell = months[month]
            cell[0] += event
            cell[1].append((position, points, quantity, event))
        else:
            months[month] = [event, [(position, points, quantity, event)]]
    return items, vetoes
