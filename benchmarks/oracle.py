"""
The exact answer, worked out with rational numbers and written as unlike the scorers as possible.

Slow on purpose: nothing is scaled, nothing is shared with another scorer, and every step is the sentence of
the task it stands for.
"""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from math import floor

from .task import RawFact, Rules

_HALF = Fraction(1, 2)


def expected_totals(rules: Rules, members: Iterable[list[RawFact]]) -> list[int]:
    """Return the total of each member in hundredths."""
    return [int(exact_total(rules, facts) * 100) for facts in members]


def exact_total(rules: Rules, facts: list[RawFact]) -> Fraction:
    """Return the total of one member in points, after every cap and veto."""
    codes = rules.codes
    if any(codes[fact.number] in rules.vetoes for fact in facts):
        return Fraction(0)
    total = Fraction(rules.base, 100)
    for category, cap in enumerate(rules.category_caps):
        paid = sum(_item_points(rules, number, facts) for number in _numbers_of(rules, category, facts))
        total += min(Fraction(cap, 100), paid)
    return total


def _numbers_of(rules: Rules, category: int, facts: list[RawFact]) -> set[int]:
    return {fact.number for fact in facts if rules.items[fact.number].category == category}


def _item_points(rules: Rules, number: int, facts: list[RawFact]) -> Fraction:
    item = rules.items[number]
    months = defaultdict(Fraction)
    for fact in facts:
        if fact.number == number:
            months[fact.month] += half_up(Fraction(item.points, 100) * Fraction(fact.quantity, 100))
    year = sum(min(Fraction(item.month_cap, 100), points) for points in months.values())
    return min(Fraction(item.year_cap, 100), year)


def half_up(points: Fraction) -> Fraction:
    """Return a non-negative amount rounded to two decimals, ties upwards."""
    return Fraction(floor(points * 100 + _HALF), 100)
