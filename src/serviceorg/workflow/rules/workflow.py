"""A workflow: its versions in time, each a complete and frozen definition."""

from datetime import date, datetime

import attrs

from ...basics import FrozenMap, Label, frozen_map
from ...facts import FactKind
from ...model import Actor
from .clocks import Clock
from .moves import Move, Opening
from .outputs import Emission, Metric, Notice, Promise
from .places import Field, Part, Role, Slot, State


@attrs.frozen(kw_only=True)
class InFlight:
    """What a new version means for tickets of the one before (在途工单).

    ``tickets`` "finish": they keep the version they began with; "move": they may be moved over, and
    ``states`` says where those of a state that is gone go. ``clocks`` "keep": running clocks keep their
    start and pauses and take the new limit; "restart": they begin anew when moved.
    """

    tickets: str = "finish"
    states: FrozenMap[str, str] = attrs.field(factory=FrozenMap, converter=frozen_map)
    clocks: str = "keep"


@attrs.frozen(kw_only=True)
class Version:
    """The workflow as it stood from ``effective`` on.

    ``digest`` is the SHA-256 of all that can change the life of a ticket: titles, sources and promises may
    be mended.
    """

    effective: date
    basis: str
    digest: str
    calendar: str = ""
    scope: str = ""  # the slot whose unit permissions are about, "" for none
    identity: tuple[str, ...] = ()  # fields that tell whether two tickets are about the same record
    roles: tuple[Role, ...] = ()
    slots: tuple[Slot, ...] = ()
    fields: tuple[Field, ...] = ()
    states: tuple[State, ...]
    openings: tuple[Opening, ...]
    moves: tuple[Move, ...] = ()
    parts: tuple[Part, ...] = ()
    clocks: tuple[Clock, ...] = ()
    notices: tuple[Notice, ...] = ()
    emissions: tuple[Emission, ...] = ()
    metrics: tuple[Metric, ...] = ()
    promises: tuple[Promise, ...] = ()
    in_flight: InFlight = InFlight()


@attrs.frozen(kw_only=True)
class CaseStep:
    """One step of a story: an opening, a move or (``tick``) the passing of time.

    ``refused`` lists the codes of refusal it must meet.
    """

    do: str  # id of an opening or move, or "tick"
    by: str = ""  # name of an actor of the case
    at: datetime
    form: FrozenMap[str, object] = attrs.field(factory=FrozenMap, converter=frozen_map)
    children: FrozenMap[str, str] = attrs.field(factory=FrozenMap, converter=frozen_map)
    refused: tuple[str, ...] = ()
    expect: FrozenMap[str, object] = attrs.field(factory=FrozenMap, converter=frozen_map)


@attrs.frozen(kw_only=True)
class Case:
    """A golden case: a story and what must be so after each step, exactly."""

    title: str
    actors: FrozenMap[str, Actor] = attrs.field(converter=frozen_map)
    units: FrozenMap[str, str] = attrs.field(factory=FrozenMap, converter=frozen_map)
    steps: tuple[CaseStep, ...] = ()


@attrs.frozen(kw_only=True)
class Workflow:
    """An ordered process as data (流程): ``versions`` in order of their first day."""

    id: str
    title: Label
    source: str
    illustrative: bool = False
    rows: tuple[int, ...] = ()
    kinds: FrozenMap[str, FactKind] = attrs.field(factory=FrozenMap, converter=frozen_map)
    versions: tuple[Version, ...]
    cases: tuple[Case, ...] = ()
    origin: str = ""
