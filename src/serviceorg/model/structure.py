"""What a place declares about its own organisation: trees, kinds, roles, traits, categories, catalogues.

A structure holds no unit and no person. It says which words a snapshot may use, and what a whole one must
have. Where several words may stand, one text is one word.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from ..basics import FrozenMap, Label, frozen_map
from ..errors import Problem, StructureProblems, known_names

#: What a trait may exempt from, as ``Exemption`` has it.
EFFECTS = ("not_assessed", "not_graded")


def _words(values: str | Iterable[str]) -> tuple[str, ...]:
    """Return words; one text is one word, as in a file."""
    return (values,) if isinstance(values, str) else tuple(values)


def _values(values: Mapping[str, str | Iterable[str]]) -> FrozenMap[str, tuple[str, ...]]:
    return frozen_map({name: _words(found) for name, found in dict(values).items()})


def _effects(record: Any, _field: object, values: Mapping[str, str]) -> None:
    problems = [
        Problem(
            "unknown-value",
            f"trait {record.id!r}, {value!r}",
            f"found {effect!r}; {known_names(effect, EFFECTS)}",
        )
        for value, effect in values.items()
        if effect not in EFFECTS
    ]
    if problems:
        raise StructureProblems(problems)


@attrs.frozen(kw_only=True)
class Tree:
    """One of several trees over the same units (树): administrative, organisation, grid.

    ``levels`` are kinds of unit from the top down; a unit's kind must come later than that of the unit
    above it (levels may be passed over). Empty: any kind under any. ``each`` kinds must have a place in
    this tree.
    """

    id: str
    title: Label = Label()
    levels: tuple[str, ...] = attrs.field(default=(), converter=_words)
    each: tuple[str, ...] = attrs.field(default=(), converter=_words)


@attrs.frozen(kw_only=True)
class UnitKind:
    """A kind of unit (单位类别); a ``temporary`` one must say when it ends (row 26)."""

    id: str
    title: Label = Label()
    temporary: bool = False


@attrs.frozen(kw_only=True)
class Role:
    """A role people hold at units (角色、职务).

    ``at`` are the kinds of unit it is held at, empty for any. ``least`` and ``most`` bound how many hold it
    at each unit of these kinds on any day (None: no upper bound). ``one_each``: a person holds it once at a
    time.
    """

    id: str
    title: Label = Label()
    at: tuple[str, ...] = attrs.field(default=(), converter=_words)
    least: int = 0
    most: int | None = None
    one_each: bool = False


@attrs.frozen(kw_only=True)
class Affiliation:
    """A way of belonging (隶属方式): home, residence registration (双报到), secondment (下沉).

    ``one_each``: a person has at most one bond by it at a time, per role.
    """

    id: str
    title: Label = Label()
    one_each: bool = False


@attrs.frozen(kw_only=True)
class TraitKind:
    """A trait units or people have (属性). ``of`` are kinds of unit, or "person"; empty for any.

    ``one_of`` lists the values (empty: any text); ``many``: several hold at once (services, labels).
    ``exempts`` maps values to an effect of ``Exemption``: "not_assessed" or "not_graded".

    Raises:
        StructureProblems: For another effect.
    """

    id: str
    title: Label = Label()
    of: tuple[str, ...] = attrs.field(default=(), converter=_words)
    one_of: tuple[str, ...] = attrs.field(default=(), converter=_words)
    many: bool = False
    exempts: FrozenMap[str, str] = attrs.field(factory=FrozenMap, converter=frozen_map, validator=_effects)


@attrs.frozen(kw_only=True)
class CategoryRule:
    """When a person is in a member category (成员类别); the first rule of a structure that holds decides.

    ``from_age`` is reached on the birthday, ``below_age`` is not; ``traits`` and ``roles`` must all hold on
    the day (a trait one of the values given, a role anywhere).
    """

    id: str
    title: Label = Label()
    from_age: int | None = None
    below_age: int | None = None
    traits: FrozenMap[str, tuple[str, ...]] = attrs.field(factory=FrozenMap, converter=_values)
    roles: tuple[str, ...] = attrs.field(default=(), converter=_words)


@attrs.frozen(kw_only=True)
class Catalogue:
    """What can be offered (服务清单), by id, and which of it every offering unit must have (7+X).

    A unit offers an item by a trait named ``trait`` with the item's id as value.
    """

    id: str
    title: Label = Label()
    trait: str = ""
    of: tuple[str, ...] = attrs.field(default=(), converter=_words)
    items: FrozenMap[str, Label] = attrs.field(factory=FrozenMap, converter=frozen_map)
    mandatory: tuple[str, ...] = attrs.field(default=(), converter=_words)
    open: bool = False  # whether a unit may offer what is not listed (the X of 7+X)


#: The last day of each month in every year; a cutoff must be there each year.
LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@attrs.frozen(kw_only=True)
class Cutoff:
    """Who assesses somebody who moved within the year (年中调动): ``last_day`` as (month, day).

    Moved inside the unit of kind ``within`` that both lie under: the last unit, whenever. Moved beyond it:
    the new unit if the move was on or before ``last_day``, else the old one. A change of units (merged,
    split, renamed) moves nobody: what the old unit has become assesses.

    Raises:
        StructureProblems: For a day that is not there every year.
    """

    month: int
    day: int
    tree: str = ""
    within: str = ""

    def __attrs_post_init__(self) -> None:
        are_whole = type(self.month) is int and type(self.day) is int
        if not are_whole or not 1 <= self.month <= len(LAST_DAYS):
            message = f"found month {self.month!r} and day {self.day!r}; allowed are whole numbers, 1 to 12"
        elif not 1 <= self.day <= LAST_DAYS[self.month - 1]:
            last = LAST_DAYS[self.month - 1]
            message = f"there is no day {self.day} of month {self.month} in every year; the last is {last}"
        else:
            return
        raise StructureProblems([Problem("bad-date", "cutoff", message)])


def _by_id(values: Any) -> FrozenMap[str, Any]:
    rows = tuple(values.items() if isinstance(values, Mapping) else ((value.id, value) for value in values))
    found = frozen_map(rows)
    problems = [
        Problem("double-id", f"{type(value).__name__} {name!r}", message)
        for number, (name, value) in enumerate(rows)
        for message in (
            *(("this id is used twice; allowed is once",) if name in dict(rows[:number]) else ()),
            *((f"its own id is {value.id!r}; allowed is the same",) if value.id != name else ()),
        )
    ]
    if problems:
        raise StructureProblems(problems)
    return found


@attrs.frozen(kw_only=True)
class Structure:
    """The words of one place's organisation (组织架构定义), each by its id.

    Where a part is empty, anything is allowed there: an empty structure takes every snapshot.

    Raises:
        StructureProblems: For two trees, kinds, roles … of one id.
    """

    id: str = ""
    title: Label = Label()
    source: str = ""
    illustrative: bool = False
    rows: tuple[int, ...] = ()
    trees: FrozenMap[str, Tree] = attrs.field(factory=FrozenMap, converter=_by_id)
    kinds: FrozenMap[str, UnitKind] = attrs.field(factory=FrozenMap, converter=_by_id)
    roles: FrozenMap[str, Role] = attrs.field(factory=FrozenMap, converter=_by_id)
    affiliations: FrozenMap[str, Affiliation] = attrs.field(factory=FrozenMap, converter=_by_id)
    traits: FrozenMap[str, TraitKind] = attrs.field(factory=FrozenMap, converter=_by_id)
    categories: tuple[CategoryRule, ...] = ()
    catalogues: FrozenMap[str, Catalogue] = attrs.field(factory=FrozenMap, converter=_by_id)
    cutoff: Cutoff | None = None
    origin: str = ""
