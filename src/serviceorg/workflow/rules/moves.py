"""How a ticket begins and moves on: openings, moves, who may make them, what they set."""

import attrs

from ...basics import FrozenMap, Label, frozen_map
from ...calendars import Duration
from .needs import Need, Plain

#: Duties whose separation is built in: what the actor of such a move must not be.
DUTIES = ("approve", "handle", "review", "score")


@attrs.frozen(kw_only=True)
class Permit:
    """One way of being allowed to make a move (权限); everything not permitted is denied.

    Exactly one of: ``role``, held at a unit that stands to the unit of the slot ``at`` as ``scope`` says
    ("covers": the same or over it, "above": over it, "exactly": the same, "any": no matter); ``slot``: the
    actor is in that slot; ``anyone``; ``clock``: nobody but the engine's own clock.
    ``at`` "" means the slot the whole workflow names as its scope; if it names none, a role counts wherever
    it is held.
    """

    role: str = ""
    at: str = ""
    scope: str = "covers"
    slot: str = ""
    anyone: bool = False
    clock: bool = False


@attrs.frozen(kw_only=True)
class Value:
    """Where a value comes from; exactly one is set.

    ``constant``; a ``field``; a ``slot``; the ``actor``; the ``actor_unit`` (home unit); the unit above the
    one in the slot ``parent_of``; a ``clock``'s verdict (met, late …); the ``days_late`` of a clock (whole
    calendar days, 0 when met); how often a move was made (``count``, this move included); ``state``: the
    state reached; ``nobody`` empties a slot. ``table`` looks the found text up, "" is the rest.
    """

    constant: Plain | None = None
    field: str = ""
    slot: str = ""
    actor: bool = False
    actor_unit: bool = False
    parent_of: str = ""
    clock: str = ""
    days_late: str = ""
    count: str = ""
    state: bool = False
    nobody: bool = False
    table: FrozenMap[str, Plain] = attrs.field(factory=FrozenMap, converter=frozen_map)


@attrs.frozen(kw_only=True)
class Extension:
    """More time for a clock, counted from the old due day: a duration, or so many days of its own kind.

    With ``days_field`` the clock's own unit is used and ``most`` bounds it.
    """

    clock: str
    by: Duration | None = None
    days_field: str = ""
    most: int = 0


@attrs.frozen(kw_only=True)
class Route:
    """A target taken when all of ``when`` holds; the last of a list may have none (otherwise)."""

    to: str
    when: tuple[Need, ...] = ()
    sets: FrozenMap[str, Value] = attrs.field(factory=FrozenMap, converter=frozen_map)


@attrs.frozen(kw_only=True)
class Opening:
    """A way for a ticket to begin (受理渠道): the first is taken where none is named."""

    id: str
    title: Label = Label()
    routes: tuple[Route, ...]
    permits: tuple[Permit, ...]
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    sets: FrozenMap[str, Value] = attrs.field(factory=FrozenMap, converter=frozen_map)
    source: str = ""


@attrs.frozen(kw_only=True)
class Move:
    """A step from one state to another, or back to the same one (动作).

    ``routes`` are tried in order; ``to`` "" in a route means: stay. ``required`` and ``optional`` are the
    fields of its form. ``sets`` fills slots, after that of the route. ``opens`` and ``settles`` name matters.
    ``completes`` names a part: the piece is that of the form's ``piece`` field, or for a part of a slot the
    unit for which the actor holds the permitting role; the verdict is that of the form's ``verdict`` field.
    ``resets_parts`` makes parts incomplete again. ``clears`` empties fields before the form is filled in, so
    that what an earlier form said is not taken for said now. ``duty`` is one of ``DUTIES``, "" for none.
    """

    id: str
    title: Label = Label()
    sources: tuple[str, ...]
    routes: tuple[Route, ...]
    permits: tuple[Permit, ...]
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    sets: FrozenMap[str, Value] = attrs.field(factory=FrozenMap, converter=frozen_map)
    opens: str = ""
    settles: str = ""
    completes: str = ""
    resets_parts: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    extends: tuple[Extension, ...] = ()
    duty: str = ""
    source: str = ""
