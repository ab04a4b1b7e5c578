"""What is counted for each unit or person of a check."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch
from typing import NamedTuple

import attrs

from ..basics import Half, Month, Period, Quarter, Year, exact
from ..errors import AmountError, CoverageProblems, Problem, UnknownIdError
from ..facts import Fact
from ..model import Unit
from .bounds import Count
from .inherited import handed
from .rules import Amount, Bounds, Holders, Items, Measure, Size, Told, Traits, UnitCount, Values, Whom
from .spreading import NO_TREE, Sum, below_any, counted_below, from_above, from_below, outermost, summed_below
from .world import World


class Measured(NamedTuple):
    """What was counted (计数结果).

    ``counts`` by unit or person, 0 for whoever is not in it. ``untold`` are those of whom it is not known,
    which is not 0, and is told. ``idle`` are those to whom the question does not apply; they leave the base.
    ``missing`` names what is not there, ``same`` who has the same. ``bounds`` hold where none are declared.
    """

    counts: Mapping[str, Count]
    untold: frozenset[str] = frozenset()
    idle: frozenset[str] = frozenset()
    missing: Mapping[str, tuple[str, ...]] = {}
    same: Mapping[str, tuple[str, ...]] = {}
    bounds: Bounds = Bounds(at_least=Decimal(1))


class Asked(NamedTuple):
    """A check's base in the world (检查基数): whom, and for people the units where each holds the role."""

    world: World
    whom: Whom
    base: Sequence[str]

    @property
    def parents(self) -> Mapping[str, str]:
        """The tree of the check, or one in which nothing lies above anything."""
        return self.world.parents(self.whom.tree) if self.whom.tree else NO_TREE


@singledispatch
def measured(measure: Measure, asked: Asked) -> Measured:
    """Return what a measure counts for everybody in the base."""
    raise TypeError(f"{type(measure).__name__} is no measure of coverage")


@measured.register
def _holders(measure: Holders, asked: Asked) -> Measured:
    world = asked.world
    own = world.posts(measure.role, measure.affiliation)
    if measure.where:
        meant = set(world.has_all(sorted({one for people in own.values() for one in people}), measure.where))
        own = {unit: tuple(one for one in people if one in meant) for unit, people in own.items()}
    if measure.through == "above":
        own = from_above(own, asked.base, asked.parents)
    elif measure.through == "below":
        own = from_below(own, asked.parents)
    return Measured({unit: len(people) for unit, people in own.items()})


@measured.register
def _units(measure: UnitCount, asked: Asked) -> Measured:
    # Several quotas count the same households, for people of different classes.
    key = (asked.whom.tree, attrs.evolve(measure, role="", affiliation=None))
    own, below, untold, doubts = asked.world.kept(key, lambda: _counted(measure, asked))
    if not asked.whom.is_people:
        return Measured(below, untold=frozenset(doubts))
    posts = posts_of(asked, measure)
    return Measured(gathered(posts, own, below), untold=frozenset(gathered(posts, untold, doubts)))


def _counted(measure: UnitCount, asked: Asked) -> tuple[dict[str, Sum], ...]:
    """Return what stands at each unit and below it, and the same of units whose size nobody has told."""
    units = asked.world.units_of(measure.kinds, measure.where)
    if not measure.add_size:
        ids = [unit.id for unit in units]
        return dict.fromkeys(ids, 1), counted_below(ids, asked.parents), {}, {}
    own: dict[str, Sum] = {unit.id: size_of(unit) for unit in units if unit.size is not None}
    untold: dict[str, Sum] = {unit.id: 1 for unit in units if unit.size is None}
    return own, summed_below(own, asked.parents), untold, summed_below(untold, asked.parents)


def size_of(unit: Unit) -> Decimal:
    """Return a unit's size, which somebody may have written as anything.

    Raises:
        AmountError: For a binary float, or a number out of bounds.
    """
    return exact(unit.size, most_decimals=12, where=f"unit {unit.id}, size")


def posts_of(asked: Asked, measure: UnitCount) -> dict[str, list[str]]:
    """Return the units where people hold the role their units are counted by; none below another of them."""
    world, whom, parents = asked.world, asked.whom, asked.parents
    if measure.role:
        posts = world.posts(measure.role, measure.affiliation)
    else:
        affiliation = whom.affiliation if measure.affiliation is None else measure.affiliation
        posts = posts_at(world, attrs.evolve(whom, affiliation=affiliation))
    meant = frozenset(asked.base)
    found: dict[str, list[str]] = {}
    for unit, people in posts.items():
        for person in people:
            if person in meant:
                found.setdefault(person, []).append(unit)
    return {person: outermost(units, parents) if len(units) > 1 else units for person, units in found.items()}


def gathered(
    posts: Mapping[str, list[str]], own: Mapping[str, Sum], below: Mapping[str, Sum]
) -> dict[str, Sum]:
    """Return for each person the sum at and below the units of the posts, without nought."""
    found: dict[str, Sum] = {}
    for person, units in posts.items():
        total: Sum = 0
        for unit in units:
            total += own.get(unit, 0) + below.get(unit, 0)
        if total:
            found[person] = total
    return found


@measured.register
def _items(measure: Items, asked: Asked) -> Measured:
    trait, wanted = measure.trait, measure.all
    if measure.catalogue:
        catalogues = asked.world.snapshot.structure.catalogues
        if measure.catalogue not in catalogues:
            raise UnknownIdError("catalogue", measure.catalogue, catalogues)
        trait, wanted = catalogues[measure.catalogue].trait, catalogues[measure.catalogue].mandatory
    values = asked.world.values(trait)
    counts: dict[str, Count] = {}
    missing = {}
    for one in asked.base:
        held = values.get(one, ())
        lacking = tuple(item for item in wanted if item not in held)
        counts[one] = len(wanted) - len(lacking)
        if lacking:
            missing[one] = lacking
    return Measured(counts, missing=missing, bounds=Bounds(at_least=Decimal(len(wanted))))


@measured.register
def _values(measure: Values, asked: Asked) -> Measured:
    values = asked.world.values(measure.trait)
    allowed = frozenset(measure.one_of)
    held = {
        one: sorted({*values.get(one, ())} & allowed if allowed else {*values.get(one, ())})
        for one in asked.base
    }
    return Measured(
        {one: len(found) for one, found in held.items()}, same=_alike(held) if measure.unlike else {}
    )


def _alike(held: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    having: dict[str, list[str]] = {}
    for one, values in held.items():
        for value in values:
            having.setdefault(value, []).append(one)
    found = {}
    for one, values in held.items():
        others = sorted({other for value in values for other in having[value]} - {one})
        if others:
            found[one] = tuple(others)
    return found


@measured.register
def _told(measure: Told, asked: Asked) -> Measured:
    if not measure.add and not measure.distinct:  # the plain case, of which there are most
        return Measured(Counter(one for one, _ in _told_of(measure, asked.world)))
    about: dict[str, list[Fact]] = {}
    for one, fact in _told_of(measure, asked.world):
        about.setdefault(one, []).append(fact)
    if measure.distinct:
        name = measure.distinct
        # A fact that does not say it names none: it is no value of its own.
        return Measured(
            {
                one: len({fact.attributes[name] for fact in facts if name in fact.attributes})
                for one, facts in about.items()
            }
        )
    sums = {one: _summed(facts, measure.add) for one, facts in about.items()}
    if not measure.per:
        return Measured(sums)
    return _quotients(asked, sums, {one: _summed(facts, measure.per) for one, facts in about.items()})


def _told_of(measure: Told, world: World) -> Iterator[tuple[str, Fact]]:
    """Yield whom each fact is about, and the fact: for one about a unit that is no more, its heir."""
    touched, name = world.routes.touched, measure.about
    # Only what is nothing but added up can be divided: another attribute would count in each part.
    divided = measure.add == "amount" and measure.per in ("", "amount")
    for fact in _standing(measure, world):
        one = fact.attributes.get(name) if name else fact.subject
        if one in touched:
            yield from handed(world.routes, str(one), fact, divided=divided)
        elif isinstance(one, str):
            yield one, fact


def _standing(measure: Told, world: World) -> Iterator[Fact]:
    first = first_day(measure, world.on)
    # True is not 1 here: a flag never matches a number.
    where = [(name, {(type(one) is bool, one) for one in values}) for name, values in measure.where.items()]
    for kind in dict.fromkeys(measure.kinds):
        for fact in world.told.get(kind, ()):
            if fact.on < first:
                continue
            attributes = fact.attributes
            if not where or all(_key(attributes.get(name)) in values for name, values in where):
                yield fact


def _key(value: object) -> tuple[bool, object]:
    return type(value) is bool, value


def _summed(facts: Iterable[Fact], name: str) -> Sum:
    total: Sum = 0
    for fact in facts:
        total += _carried(fact, name)
    return total


def _quotients(asked: Asked, sums: Mapping[str, Count], per: Mapping[str, Count]) -> Measured:
    """Return each sum divided by what stands beside it; who has nothing to divide by leaves the base."""
    below = next((one for one in asked.base if per.get(one, 0) < 0), None)
    if below is not None:
        raise AmountError(f"{below}: what an amount is divided by is {per[below]}; allowed is 0 and more")
    return Measured(
        {one: Fraction(sums[one]) / Fraction(per[one]) for one in asked.base if one in sums and per.get(one)},
        untold=frozenset(one for one in asked.base if one not in per or (per[one] and one not in sums)),
        idle=frozenset(one for one in asked.base if one in per and not per[one]),
    )


def _carried(fact: Fact, name: str) -> Sum:
    found = fact.amount if name == "amount" else fact.attributes.get(name)
    if found is None or isinstance(found, bool) or not isinstance(found, (int, Decimal)):
        text = f"the fact has no number {name!r}, which the check adds up"
        raise CoverageProblems([Problem("no-amount", f"fact {fact.id!r}", text)])
    return found


_SPANS: Mapping[str, Callable[[date], Period]] = {
    "month": lambda day: Month(day.year, day.month),
    "quarter": lambda day: Quarter(day.year, (day.month + 2) // 3),
    "half": lambda day: Half(day.year, 1 if day.month <= 6 else 2),
    "year": lambda day: Year(day.year),
}


def first_day(measure: Told, on: date) -> date:
    """Return the first day whose facts count; the last is the day of the check."""
    if measure.days:
        return on - timedelta(days=measure.days - 1)
    if measure.within == "ever":
        return date.min
    return on if measure.within == "day" else _SPANS[measure.within](on).start


@measured.register
def _amounts(measure: Amount, asked: Asked) -> Measured:
    given = asked.world.amounts(measure.of)
    if not measure.per:
        return Measured(given, untold=frozenset(one for one in asked.base if one not in given))
    return _quotients(asked, given, asked.world.amounts(measure.per))


@measured.register
def _size(measure: Size, asked: Asked) -> Measured:
    units = [asked.world.snapshot.units[one] for one in asked.base]
    return Measured(
        {unit.id: size_of(unit) for unit in units if unit.size is not None},
        untold=frozenset(unit.id for unit in units if unit.size is None),
    )


def posts_at(world: World, whom: Whom) -> Mapping[str, tuple[str, ...]]:
    """Return who holds the role of a check, by unit, at units of the kinds it is about."""
    posts = world.posts(whom.role, whom.affiliation)
    if not whom.at:
        return posts
    units = world.snapshot.units
    return {unit: people for unit, people in posts.items() if units[unit].kind in whom.at}


def people_under(world: World, whom: Whom, parents: Mapping[str, str]) -> list[str]:
    """Return who holds the role of a check at units that are meant, by id; without a role everybody."""
    if not whom.role:
        return world.people
    posts = posts_at(world, whom)
    units: Iterable[str] = posts
    if whom.under:
        from_here = from_above({whom.under: (whom.under,)}, posts, parents)
        units = [unit for unit in posts if from_here[unit]]
    return sorted({person for unit in units for person in posts[unit]})


def base_of(world: World, whom: Whom) -> tuple[list[str], int]:
    """Return who is in the base of a check, by id, and how many are exempt."""
    parents = world.parents(whom.tree) if whom.tree else NO_TREE
    if whom.is_people:
        found = world.has_all(people_under(world, whom, parents), whom.where)
    else:
        found = sorted(unit.id for unit in world.units_of(whom.each, whom.where))
        if whom.under:
            covered = from_above({whom.under: (whom.under,)}, found, parents)
            found = [unit for unit in found if covered[unit]]
    exempt = world.has_any(whom.exempt) if whom.exempt else frozenset()
    kept = [one for one in found if one not in exempt] if exempt else found
    return kept, len(found) - len(kept)


def left_over(asked: Asked, measure: UnitCount, priority: Traits) -> tuple[dict[str, Sum], int]:
    """Return how many units of no priority each person has, and how many of priority none of them has."""
    world, parents = asked.world, asked.parents
    units = [unit.id for unit in world.units_of(measure.kinds, measure.where)]
    first = world.has_any(priority)
    posts = posts_of(asked, measure)
    others: dict[str, Sum] = {unit: 1 for unit in units if unit not in first}
    mine = gathered(posts, others, summed_below(others, parents))
    urgent = [unit for unit in units if unit in first]
    posted = {unit for found in posts.values() for unit in found}
    return mine, len(urgent) - len(below_any(urgent, posted, parents))
