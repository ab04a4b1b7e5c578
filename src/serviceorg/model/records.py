"""What a snapshot is made of: units, people, and what holds between them from one day to another.

Every record but ``Change`` holds from ``since`` to ``until``, both days included; None is open. Nothing is
ever overwritten: what changes is ended, and a new record begins on the day after. A record is made by the
million, so it has no slot for weak references (see ``basics/quick.py``).
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import attrs

from ..basics import exact
from ..basics.masking import masked
from ..errors import AmountError, Problem, SnapshotProblems
from .days import a_day_or_none, a_day_with_an_eve
from .places import Place

_SHARE_DECIMALS = 12


def _size(value: object) -> Decimal | None:
    if value is None:
        return None
    size = exact(value, where="size")
    if size < 0:
        raise AmountError(f"size: {value!r} is negative; allowed are sizes of 0 or more")
    return size


def _ids(values: Iterable[str]) -> tuple[str, ...]:
    found = tuple(values) if isinstance(values, Iterable) and not isinstance(values, str) else None
    if found is None or not all(isinstance(one, str) for one in found):
        message = f"found {values!r}; allowed is a list of ids of units, like ('east', 'west')"
        raise SnapshotProblems([Problem("ids", "change, units before or after", message)])
    return found


def _exact_shares(values: Iterable[object]) -> tuple[Decimal, ...]:
    return tuple(exact(value, most_decimals=_SHARE_DECIMALS, where="share") for value in values)


@attrs.frozen(kw_only=True, weakref_slot=False)
class Unit:
    """Something that has a place in a tree (单位): a street, cell, branch, household, window, service point.

    ``kind`` is one of the structure's unit kinds; ``name`` is for display alone.

    Raises:
        AmountError: For a size that is not exact, is negative, or has more than 4 decimals.
    """

    id: str
    kind: str = ""
    name: str = ""
    since: date | None = attrs.field(default=None, validator=a_day_or_none)
    until: date | None = attrs.field(default=None, validator=a_day_or_none)
    place: Place | None = None
    size: Decimal | None = attrs.field(
        default=None, converter=_size
    )  # people, rooms or square metres: whatever its kind says is counted


@attrs.frozen(kw_only=True, weakref_slot=False)
class Person:
    """Somebody (人员): an opaque id, a name that is shown masked, and the day of birth where age matters."""

    id: str
    name: str = attrs.field(default="", repr=masked)
    born: date | None = attrs.field(default=None, validator=a_day_or_none)
    since: date | None = attrs.field(default=None, validator=a_day_or_none)
    until: date | None = attrs.field(default=None, validator=a_day_or_none)


@attrs.frozen(kw_only=True, weakref_slot=False)
class Placement:
    """A unit's place in one tree (隶属关系): the unit above, "" for none."""

    tree: str
    unit: str
    parent: str = ""
    since: date | None = attrs.field(default=None, validator=a_day_or_none)
    until: date | None = attrs.field(default=None, validator=a_day_or_none)


@attrs.frozen(kw_only=True, weakref_slot=False)
class Membership:
    """A person's bond to a unit (成员关系): in which role, and by which affiliation.

    ``affiliation`` tells apart bonds of one role: "home" (组织关系所在), "residence" (居住地报到),
    "secondment" (下沉), or whatever the structure declares; "" is a plain post.
    """

    person: str
    unit: str
    role: str
    affiliation: str = ""
    since: date | None = attrs.field(default=None, validator=a_day_or_none)
    until: date | None = attrs.field(default=None, validator=a_day_or_none)


@attrs.frozen(kw_only=True, weakref_slot=False)
class Trait:
    """What is true of a unit or person for a time (属性): care class, health, absence, label, service."""

    of: str
    name: str
    value: str
    since: date | None = attrs.field(default=None, validator=a_day_or_none)
    until: date | None = attrs.field(default=None, validator=a_day_or_none)


@attrs.frozen(kw_only=True)
class Change:
    """Units that became others on a day (单位变更), and what of theirs passes on.

    ``on`` is the first day of the new state: the units ``before`` end on the day before, and those ``after``
    begin on it unless they were there already. ``kind`` is "merge", "split", "rename" or "dissolve".

    ``tickets`` is the unit that open tickets pass to, "" for the first of ``after``; a unit that lives on
    keeps its own. ``points`` says what
    becomes of points that ran on the units themselves: "sum" (they pass on, to the heir of ``shares`` if
    there are several) or "stay" (they end with the old unit). ``shares`` tells how a split divides what can
    be divided, in the order of ``after``; empty is in equal parts. ``basis`` is the decision it rests on.

    Raises:
        SnapshotProblems: For units that are no list of ids.
        AmountError: For shares that are not exact, or have more than 12 decimals.
        PeriodError: For what is no day, and for the first of all days, which no day is before.
    """

    id: str
    kind: str
    on: date = attrs.field(validator=a_day_with_an_eve)
    before: tuple[str, ...] = attrs.field(converter=_ids)
    after: tuple[str, ...] = attrs.field(default=(), converter=_ids)
    tickets: str = ""
    points: str = "sum"
    shares: tuple[Decimal, ...] = attrs.field(default=(), converter=_exact_shares)
    basis: str = ""


#: What a snapshot holds.
Record = Unit | Person | Placement | Membership | Trait | Change
