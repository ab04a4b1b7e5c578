"""What is promised: commitments, their versions in time, milestones, parts, proof and confirmation."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

import attrs

from ..basics import Direction, FrozenMap, Label, exact, frozen_map
from ..errors import UnknownIdError
from ..facts import Fact, FactKind
from ..model.days import a_day
from ..model.records import Change
from ..model.snapshot import Snapshot

#: Allowed values of an attribute, by attribute.
Where = FrozenMap[str, tuple[object, ...]]


def _number(value: object) -> Decimal:
    return exact(value, where="target")


@attrs.frozen(kw_only=True)
class Selection:
    """Which facts count as progress, and what of them is measured.

    ``measure`` is "sum" or "last" (of ``field``), "count", "distinct" (values of the attribute ``field``), or
    "presence" (1 as soon as there is one).
    ``whose`` are the subjects whose facts count; empty: anyone's. Those in ``since`` took the promise over
    (承接): of them counts only what happened from that day on.
    """

    kinds: tuple[str, ...]
    where: Where = attrs.field(factory=FrozenMap, converter=frozen_map)
    measure: str = "count"
    field: str = "amount"
    whose: tuple[str, ...] = ()
    since: FrozenMap[str, date] = attrs.field(factory=FrozenMap, converter=frozen_map)


@attrs.frozen(kw_only=True)
class Goal:
    """What must be reached by when (目标): a number, or done at all (``is_done``; the target is then 1).

    ``direction`` is "at_least" or "at_most". The due day is the last one that is still in time.
    """

    target: Decimal = attrs.field(converter=_number)
    due: date
    is_done: bool = False
    direction: str = "at_least"
    selection: Selection


@attrs.frozen(kw_only=True)
class Part:
    """A part of a promise with a goal of its own (分项)."""

    id: str
    title: Label = Label()
    goal: Goal


@attrs.frozen(kw_only=True)
class Milestone:
    """What must be reached on the way (节点目标): at least ``target`` by the end of the day ``on``."""

    on: date
    target: Decimal = attrs.field(converter=_number)
    title: Label = Label()


@attrs.frozen(kw_only=True)
class Proof:
    """What a fact must show to count (佐证要求).

    ``evidence``: a reference that is not empty; ``fields``: attributes that are filled in; ``once``: the same
    reference counts a single time within a commitment.
    """

    evidence: bool = False
    fields: tuple[str, ...] = ()
    once: bool = False


@attrs.frozen(kw_only=True)
class Confirmation:
    """Who must confirm progress (确认人): ``field`` is the attribute with the name, ``among`` who may.

    Whatever is written here, nobody confirms what they promised, answer for, or recorded themselves.
    """

    field: str
    among: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Withdrawal:
    """From when on a promise no longer holds (撤回), and the decision it rests on."""

    on: date
    basis: str


@attrs.frozen(kw_only=True)
class Promise:
    """One version of a commitment (承诺的一个版本), in force from ``since`` to ``until`` (None: open).

    A promise has one ``goal``, or ``parts``; ``together`` says how parts make the whole: "sum" (amounts add
    up) or "reached" (parts that are reached are counted). ``pace`` is "even" where the share of the time gone
    by is what must be reached on the way, "" where only milestones say. ``dates`` says which day of a fact
    counts: "occurred", "recorded" or "decided".
    """

    since: date
    until: date | None = None
    basis: str = ""
    goal: Goal
    parts: tuple[Part, ...] = ()
    together: str = ""
    milestones: tuple[Milestone, ...] = ()
    pace: str = ""
    dates: str = "occurred"
    proof: Proof = Proof()
    confirmation: Confirmation | None = None
    responsible: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None


@attrs.frozen(kw_only=True)
class Commitment:
    """Something that was promised in public (承诺事项): by whom, measured how, in versions by time.

    ``promiser`` is "unit" or "person"; a person's name is shown masked. The first version is the baseline
    (基准) and stays visible whatever comes later.
    """

    id: str
    title: Label
    by: str
    promiser: str = "unit"
    unit: Label = Label()
    source: str = ""
    illustrative: bool = False
    rows: tuple[int, ...] = ()
    versions: tuple[Promise, ...]

    def on(self, day: date) -> Promise:
        """Return the version in force on a day; before the first one, the first."""
        found = self.versions[0]
        for version in self.versions:
            if version.since > day:
                break
            found = version
        return found


@attrs.frozen(kw_only=True)
class Case:
    """A golden case (算例): facts, and what the progress must be on a day."""

    title: str
    on: date
    facts: tuple[Fact, ...]
    expect: FrozenMap[str, FrozenMap[str, object]] = attrs.field(converter=frozen_map)


@attrs.frozen(kw_only=True)
class CommitmentBook:
    """The commitments of one file (承诺清单), with the rounding of percentages and golden cases.

    ``digest`` is the SHA-256 of all but the cases.
    """

    id: str
    title: Label
    source: str = ""
    illustrative: bool = False
    rows: tuple[int, ...] = ()
    step: Decimal = attrs.field(default=Decimal("0.01"), converter=_number)
    direction: Direction = "half-up"
    commitments: tuple[Commitment, ...] = ()
    kinds: FrozenMap[str, FactKind] = attrs.field(factory=FrozenMap, converter=frozen_map)
    cases: tuple[Case, ...] = ()
    origin: str = ""
    digest: str = ""

    def commitment(self, name: str) -> Commitment:
        """Return a commitment.

        Raises:
            UnknownIdError: If there is none of that id.
        """
        for one in self.commitments:
            if one.id == name:
                return one
        raise UnknownIdError("commitment", name, (one.id for one in self.commitments))


def assigned(book: CommitmentBook, commitment: str, promisers: tuple[str, ...]) -> CommitmentBook:
    """Return the book with one commitment made by each of several promisers, in the order given.

    For promises everybody of a kind makes ("every urban community"): the units come from the host's snapshot.
    Each copy is called ``id@promiser`` and counts the facts of its own promiser if the original did.

    Raises:
        UnknownIdError: If there is no such commitment.
    """
    model = book.commitment(commitment)
    copies = tuple(_made_by(model, promiser) for promiser in dict.fromkeys(promisers))
    made = (copies if one is model else (one,) for one in book.commitments)
    return attrs.evolve(book, commitments=tuple(one for several in made for one in several))


def taken_over(book: CommitmentBook, snapshot: Snapshot, *, on: date) -> CommitmentBook:
    """Return the book in which promises of units that have ended by a day are those of their heirs (承接).

    A unit that has ended is answered for by the one to which its open tickets passed. What counted of it
    counts of all its heirs too, also of those that have ended since: of each what happened from the day of
    the change on, not what it did before on its own. So give ``progress`` the original facts, not
    ``passed_on`` ones. Units nobody took over, and whoever is no unit, stay as they are; ids stay too. A book
    taken over may be taken over again on a later day.

    Raises:
        PeriodError: For what is no day.
    """
    ends = _ends(snapshot, a_day(on))

    def passed(goal: Goal) -> Goal:
        return attrs.evolve(goal, selection=_passed(goal.selection, snapshot, ends))

    made = tuple(
        attrs.evolve(
            one,
            by=(one.by in snapshot.units and snapshot.ticket_heir(one.by, on=on)) or one.by,
            versions=tuple(_with_goals(version, passed) for version in one.versions),
        )
        for one in book.commitments
    )
    return attrs.evolve(book, commitments=made)


def _ends(snapshot: Snapshot, on: date) -> dict[str, Change]:
    """Return the change with which each unit ended that is no more there on a day."""
    changes = sorted((one for one in snapshot.changes if one.on <= on), key=lambda one: (one.on, one.id))
    return {
        unit: change
        for change in changes
        for unit in change.before
        if unit not in change.after and not snapshot.is_there(unit, on)
    }


def _passed(selection: Selection, snapshot: Snapshot, ends: Mapping[str, Change]) -> Selection:
    """Return a selection with all to which its owners passed, each from the first day anything reached it."""
    since = {one: day for one, day in selection.since.items() if one in selection.whose}
    own = tuple(one for one in dict.fromkeys(selection.whose) if one not in since)
    todo, seen = [one for one in selection.whose if one in snapshot.units], set()
    while todo:
        unit = todo.pop()
        if unit in seen or unit not in ends:
            continue
        seen.add(unit)
        end = ends[unit]
        for heir in end.after:
            since[heir] = min(end.on, since.get(heir, end.on))
            todo.append(heir)
    since = {one: day for one, day in since.items() if one not in own}
    # By day: what a later change adds comes last, so that taking over in steps gives the same book.
    heirs = sorted(since, key=lambda one: (since[one], one))
    return attrs.evolve(selection, whose=(*own, *heirs), since=since)


def _with_goals(version: Promise, turn: Callable[[Goal], Goal]) -> Promise:
    parts = tuple(attrs.evolve(part, goal=turn(part.goal)) for part in version.parts)
    return attrs.evolve(version, goal=turn(version.goal), parts=parts)


def _made_by(model: Commitment, promiser: str) -> Commitment:
    def own(goal: Goal) -> Goal:
        if goal.selection.whose != (model.by,):
            return goal
        return attrs.evolve(goal, selection=attrs.evolve(goal.selection, whose=(promiser,)))

    versions = tuple(_with_goals(version, own) for version in model.versions)
    stem = model.id.partition("@")[0]
    return attrs.evolve(model, id=f"{stem}@{promiser}", by=promiser, versions=versions)
