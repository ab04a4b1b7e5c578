"""A quarter of visits in the invented Zhucheng: most in time and whole, some late, missed or with gaps."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from ....basics import FrozenMap, frozen_map
from ....facts import Fact, Value
from .land import POOR_CARE
from .links import SmallGrid
from .records import World
from .sizes import QUARTER, WORKDAYS

KIND, WORKDAY_VISIT = "household-visit", "workday-visit"
#: What each visit asks for (row 103), and some answers.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "family": ("两人", "三口之家", "老人独居", "五口人", "子女外出"),
    "difficulties": ("无", "看病费用高", "缺劳力", "住房漏雨"),
    "hopes": ("种大棚", "就近务工", "养殖", "学技术"),
    "disputes": ("无", "无", "地界", "邻里排水"),
    "opinions": ("无", "修路", "路灯", "垃圾清运"),
}
_ANSWERS = tuple(QUESTIONS.items())
# Of a thousand visits that were due: none made, made after the end, an answer missing, entered wrongly first.
_MISSED, _LATE, _INCOMPLETE, _WRONG, _ABSENT = 10, 6, 10, 2, 40
#: Days between a visit and its entry, of two hundred; beyond three working days is too late to count.
_LAGS = (*[0] * 120, *[1] * 50, *[2] * 20, *[3] * 8, 6, 14)
_DAYS = tuple(QUARTER.start + timedelta(number) for number in range(150))
_MONTHS = tuple((part.start, part.end) for part in QUARTER.parts("month"))
_WHOLE = ((QUARTER.start, QUARTER.end),)
Windows = tuple[tuple[date, date], ...]


def visits(chance: random.Random, world: World) -> Iterator[Fact]:
    """Yield the facts, linker by linker, each with an id of its own; then the days at the grass roots."""
    care = {household: one for community in world.land for household, one in community.care.items()}
    number = 0
    for grid in world.grids:
        if grid.linker in world.turns.on_leave:
            continue
        for household in grid.households:
            for start, end in _windows(world, household, care[household]):
                for fact in _visit(chance, world, grid, (household, start, end, number)):
                    number += 1
                    yield fact
    for linker in sorted(world.turns.ranked - world.turns.on_leave):
        for day in WORKDAYS:
            if chance.randrange(1000) >= _ABSENT:
                number += 1
                yield Fact(id=_id(number - 1), subject=linker, kind=WORKDAY_VISIT, on=day)


def _windows(world: World, household: str, care: str) -> Windows:
    """Return the spans in each of which a visit is due: months while poor, else the quarter."""
    since, other = world.turns.reclassed.get(household, (date.max, care))
    if since == date.max:
        return _MONTHS if care == POOR_CARE else _WHOLE
    if other == POOR_CARE:
        return tuple(month for month in _MONTHS if month[1] >= since)
    return (*(month for month in _MONTHS if month[1] < since), (since, QUARTER.end))


def _visit(
    chance: random.Random, world: World, grid: SmallGrid, due: tuple[str, date, date, int]
) -> Iterator[Fact]:
    """Yield what was entered about one visit that was due: mostly one fact, sometimes none or three."""
    household, start, end, number = due
    drawn, luck = chance.randrange(1000), chance.random
    last = world.turns.away.get(household, end)
    if drawn < _MISSED or last < start:
        return
    first = (start - QUARTER.start).days
    length = (min(end, last) - start).days + 1
    day = first + int(luck() * length)
    if drawn < _MISSED + _LATE and last >= end:
        day = first + length + int(luck() * 12)
    answers = {name: texts[int(luck() * len(texts))] for name, texts in _ANSWERS}
    if _MISSED + _LATE <= drawn < _MISSED + _LATE + _INCOMPLETE:
        del answers[_ANSWERS[int(luck() * len(_ANSWERS))][0]]
    linker, on = world.turns.linker_on(grid, _DAYS[day]), _DAYS[day]
    recorded_on = _DAYS[day + _LAGS[int(luck() * 200)]]
    answers["household"] = household
    attributes: FrozenMap[str, Value] = frozen_map(answers)
    yield _entry(number, linker, on, recorded_on, attributes)
    if drawn >= 1000 - _WRONG:
        yield Fact(
            id=_id(number + 1),
            subject=linker,
            kind=KIND,
            on=on,
            recorded_on=recorded_on,
            reverses=_id(number),
            evidence="录入有误，冲销",
        )
        yield _entry(number + 2, linker, on, recorded_on, attributes)


def _entry(number: int, linker: str, on: date, recorded_on: date, attributes: FrozenMap[str, Value]) -> Fact:
    return Fact(
        id=_id(number), subject=linker, kind=KIND, on=on, recorded_on=recorded_on, attributes=attributes
    )


def _id(number: int) -> str:
    return f"W-{number + 1:06d}"
