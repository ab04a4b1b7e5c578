"""How an event log is read as a workflow: which attribute is the id, which event is which move."""

from collections.abc import Iterable

import attrs

from ..basics import FrozenMap, frozen_map
from ..errors import LogProblems, Problem, known_names
from ..workflow.rules import Move, Opening, Workflow
from .log import Value

#: The lifecycle transitions that are read where an event has one.
COMPLETE = ("complete",)


@attrs.frozen(kw_only=True)
class Filling:
    """Where a field of a form comes from.

    An attribute of the event or (``of_trace``) of its case, or a constant.
    """

    attribute: str = ""
    of_trace: bool = False
    constant: Value | None = None


@attrs.frozen(kw_only=True)
class EventRule:
    """What events of some names mean: the opening or move ``do``, or nothing (``ignore``)."""

    names: tuple[str, ...]
    do: str = ""
    form: FrozenMap[str, Filling] = attrs.field(factory=FrozenMap, converter=frozen_map)
    ignore: bool = False


@attrs.frozen(kw_only=True)
class MomentRule:
    """A moment that stands at the case and is no event, like its end: it is replayed as the move ``do``."""

    attribute: str
    do: str
    form: FrozenMap[str, Filling] = attrs.field(factory=FrozenMap, converter=frozen_map)


@attrs.frozen(kw_only=True)
class OpeningRule:
    """How cases begin: with the opening ``do`` at the moment in the attribute ``at`` (or the first event).

    Without ``do``, the first event that stands for an opening begins the case. ``form`` is read from the
    attributes of the case either way.
    """

    do: str = ""
    at: str = ""
    form: FrozenMap[str, Filling] = attrs.field(factory=FrozenMap, converter=frozen_map)


@attrs.frozen(kw_only=True)
class ActorRule:
    """Who acts: attributes of the event with the id and the unit, and what everybody may do.

    Logs hold no permissions, so ``roles`` ("clerk", "clerk@street-1") are granted to everybody. ``unknown``
    is who acts where the event does not say.
    """

    id: str = "org:resource"
    unit: str = "org:group"
    roles: tuple[str, ...] = ()
    unknown: str = "unknown"


@attrs.frozen(kw_only=True)
class LogMapping:
    """How the cases of a log are read as tickets.

    ``id`` is the attribute of a case with its id; ``name`` and ``time`` are those of an event. Of events with
    a lifecycle, only those of ``transitions`` are read. Names that stand in no rule are problems, or
    ignored with ``rest`` "ignore". A case counts as ended in one of the states ``ends``, by default in
    every final one.
    """

    id: str = "concept:name"
    name: str = "concept:name"
    time: str = "time:timestamp"
    transitions: tuple[str, ...] = COMPLETE
    rest: str = "refuse"
    opening: OpeningRule = OpeningRule()
    actor: ActorRule = ActorRule()
    events: tuple[EventRule, ...] = ()
    moments: tuple[MomentRule, ...] = ()
    ends: tuple[str, ...] = ()
    file: str = ""

    def rules(self) -> FrozenMap[str, EventRule]:
        """Return the rule of each name of an event."""
        return FrozenMap((name, rule) for rule in self.events for name in rule.names)


def check_mapping(mapping: LogMapping, workflow: Workflow) -> None:
    """Check every name of a mapping against the workflow it is for.

    Raises:
        LogProblems: With every opening, move, field, role and state the workflow does not have.
    """
    known = _Known(workflow)
    problems = known.steps("opening", mapping.opening.do, mapping.opening.form, known.openings)
    for number, rule in enumerate(mapping.events, 1):
        if not rule.ignore:
            problems += known.steps(f"event[{number}]", rule.do, rule.form, known.openings | known.moves)
    for number, moment in enumerate(mapping.moments, 1):
        problems += known.steps(f"moment[{number}]", moment.do, moment.form, known.moves)
    problems += known.names("end.states", "state", mapping.ends, known.states)
    roles = (role.partition("@")[0] for role in mapping.actor.roles)
    problems += known.names("actor.roles", "role", roles, known.roles)
    if problems:
        raise LogProblems([attrs.evolve(problem, file=mapping.file) for problem in problems])


class _Known:
    """The names of a workflow, of all its versions."""

    def __init__(self, workflow: Workflow) -> None:
        versions = workflow.versions
        self.openings = {one.id for version in versions for one in version.openings}
        self.moves = {one.id for version in versions for one in version.moves}
        self.states = {one.id for version in versions for one in version.states}
        self.roles = {one.id for version in versions for one in version.roles}
        self.forms: dict[str, set[str]] = {}
        for version in versions:
            steps: tuple[Opening | Move, ...] = (*version.openings, *version.moves)
            for one in steps:
                self.forms.setdefault(one.id, set()).update(one.required, one.optional)
        self.asked = {field for fields in self.forms.values() for field in fields}

    def steps(self, where: str, do: str, form: FrozenMap[str, Filling], allowed: set[str]) -> list[Problem]:
        """Return what is wrong with the opening or move of a rule and the fields of its form."""
        problems = self.names(f"{where}.do", "opening or move", (do,) if do else (), allowed)
        # An opening that an event stands for is not known here, and may ask for any field.
        fields = self.forms.get(do, self.asked)
        return problems + self.names(f"{where}.form", "field of this form", form, fields)

    def names(self, where: str, what: str, found: Iterable[str], known: set[str]) -> list[Problem]:
        """Return a problem for each name that is not known."""
        return [
            Problem("unknown-name", where, f"unknown {what} {name!r}; {known_names(name, known)}")
            for name in found
            if name not in known
        ]
