"""
The benchmark task: the most ordinary rule set of a service organisation, made from a seed.

Every amount is an integer in hundredths (0.35 points is 35, a quarter of an hour is 25), so that the task
itself cannot be inexact:

    event      = half_up(points x quantity, 2 decimals)
    item-month = min(month cap, sum of events)
    item-year  = min(year cap, sum of item-months)
    category   = min(category cap, sum of item-years)
    total      = 60.00 + sum of categories, or 0.00 when any veto is on record
"""

from array import array
from calendar import monthrange
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

YEAR = 2024
CATEGORIES = "ABCDE"
ITEMS_PER_CATEGORY = 22
VETOES = ("V1", "V2", "V3")
FACTS_PER_MEMBER = 50
MEMBERS = 10_000

_RULES_SEED = 110
_FACTS_SEED = 2024
_BASE = 6000
_CATEGORY_CAPS = (2600, 2400, 2200, 2800, 2000)
_POINTS = (5, 10, 15, 25, 35, 50, 75, 100, 115, 150, 200, 235, 300, 500)
#: Quarter hours up to four hours, thirds of an hour as people write them, and the commonest lengths again.
_QUANTITIES = (*range(25, 425, 25), 33, 67, 50, 50, 150)
_DAYS = tuple(monthrange(YEAR, month)[1] for month in range(1, 13))
_FAVOURITES = 12
_VETO_SHARE = 0.0006
_FAVOURITE_SHARE = 0.8


class Item(NamedTuple):
    """One scoring item; amounts in hundredths."""

    code: str
    category: int
    points: int
    month_cap: int
    year_cap: int


class Rules(NamedTuple):
    """The rule set of the task; amounts in hundredths, categories by position in `CATEGORIES`."""

    items: tuple[Item, ...]
    category_caps: tuple[int, ...]
    vetoes: tuple[str, ...]
    base: int

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code a fact can have: the items in order, then the vetoes."""
        return (*(item.code for item in self.items), *self.vetoes)


class RawFact(NamedTuple):
    """One fact before a peer has given it a form of its own; `number` is a place in `Rules.codes`."""

    number: int
    month: int
    day: int
    quantity: int


class Columns(NamedTuple):
    """The same facts as columns of 64-bit integers, grouped by member."""

    member: array
    number: array
    month: array
    quantity: array


def rules() -> Rules:
    """Return the rule set: 110 items in 5 categories, every item capped by month and by year."""
    random = Random(_RULES_SEED)
    items = []
    for category, letter in enumerate(CATEGORIES):
        for position in range(1, ITEMS_PER_CATEGORY + 1):
            points = random.choice(_POINTS)
            month_cap = points * random.randint(200, 600) // 100
            year_cap = month_cap * random.randint(150, 300) // 100
            items.append(Item(f"{letter}{position:02d}", category, points, month_cap, year_cap))
    return Rules(tuple(items), _CATEGORY_CAPS, VETOES, _BASE)


def members(count: int) -> Iterator[list[RawFact]]:
    """
    Yield the 50 facts of each member, one member at a time.

    The first members are the same whatever the count. A member has a dozen favourite items that take four
    facts in five, so that the caps bite; about three members in a hundred have a veto.
    """
    random = Random(_FACTS_SEED).random
    for _ in range(count):
        favourites = [int(random() * 110) for _ in range(_FAVOURITES)]
        yield [_fact(random, favourites) for _ in range(FACTS_PER_MEMBER)]


def _fact(random, favourites: list[int]) -> RawFact:
    draw = random()
    if draw < _VETO_SHARE:
        number = 110 + int(random() * len(VETOES))
    elif draw < _FAVOURITE_SHARE:
        number = favourites[int(random() * _FAVOURITES)]
    else:
        number = int(random() * 110)
    month = int(random() * 12)
    day = int(random() * _DAYS[month]) + 1
    return RawFact(number, month + 1, day, _QUANTITIES[int(random() * len(_QUANTITIES))])


def columns(count: int) -> Columns:
    """Return the facts of the first members as columns, for the peers that work on whole tables."""
    made = Columns(*(array("q") for _ in Columns._fields))
    for member, facts in enumerate(members(count)):
        for fact in facts:
            made.member.append(member)
            made.number.append(fact.number)
            made.month.append(fact.month)
            made.quantity.append(fact.quantity)
    return made


def subject(member: int) -> str:
    """Return the subject id of a member, given by position."""
    return f"M-{member:07d}"


def decimal_text(hundredths: int) -> str:
    """Return an amount as it is written in a rule set: 35 is '0.35'."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def toml_text(wanted: Rules | None = None) -> str:
    """Return the task as a serviceorg rule set."""
    wanted = wanted or rules()
    parts = [_head(wanted), *map(_fact_kind, wanted.items), *map(_veto_kind, wanted.vetoes)]
    parts += map(_category, CATEGORIES, wanted.category_caps)
    parts += map(_item, wanted.items)
    parts += map(_veto, wanted.vetoes)
    return "\n".join(parts)


def _head(wanted: Rules) -> str:
    return f"""\
[rule_set]
id = "bench/members"
title = "Benchmark members"
subject = "member"
period = "year"
scale = 2
base = {decimal_text(wanted.base)}
effective = {YEAR}-01-01
basis = "benchmark"
source = "benchmarks/task.py"
"""


def _fact_kind(item: Item) -> str:
    return f'[fact.{item.code}]\namount = {{ unit = "h", most = 24 }}\n'


def _veto_kind(code: str) -> str:
    return f"[fact.{code}]\n"


def _category(letter: str, cap: int) -> str:
    return f'[[category]]\nid = "{letter}"\ntitle = "{letter}"\ncap = {decimal_text(cap)}\n'


def _item(item: Item) -> str:
    return f"""\
[[item]]
id = "{item.code}"
category = "{CATEGORIES[item.category]}"
title = "{item.code}"
on = "{item.code}"
points = {decimal_text(item.points)}
per = "amount"
cap = {{ month = {decimal_text(item.month_cap)}, year = {decimal_text(item.year_cap)} }}
"""


def _veto(code: str) -> str:
    return f'[[veto]]\nid = "{code}"\ntitle = "{code}"\non = "{code}"\neffect = "zero"\n'
