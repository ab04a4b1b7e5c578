"""What is scored: the facts of a file, and subjects of a file or an organisation, or whoever has facts."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import wraps
from typing import Any, NamedTuple

import attrs
import click

from ..basics import Period, Span
from ..errors import Problem, SnapshotProblems, UnknownIdError, known_names
from ..facts import Fact
from ..model import Snapshot, Subject
from ..model.passing import PASSED_FROM, passing, successors
from ..plugins import Registry
from ..scoring.rules import RuleSet
from .asked import facts_of, period_of, say, subjects_of, warn
from .books import a_day, snapshot_of
from .passed_over import reads_members
from .words import counted

#: What a person is scored as, if rules name no other kind.
PERSON = "member"
#: Facts that ended with their unit, told one by one.
MOST_ENDED = 3


@attrs.frozen(kw_only=True)
class Data:
    """The files that a command scores, and how an organisation is asked for subjects."""

    facts_file: str
    subjects_file: str | None
    folder: str | None
    structure: str | None
    role: str | None
    affiliation: str | None
    tree: str | None
    whole: tuple[str, ...]
    period_text: str
    as_of: date | None


class Scored(NamedTuple):
    """What was read: the period, facts as they stand at its end, subjects (None: whoever has facts)."""

    period: Period
    facts: list[Fact]
    subjects: tuple[Subject, ...] | None


_OPTIONS = (
    click.option("--facts", "facts_file", required=True, help="Facts: .jsonl, .ndjson or .csv."),
    click.option("--subjects", "subjects_file", help="Subjects: .jsonl, .ndjson or .csv."),
    click.option(
        "--snapshot",
        "folder",
        help="The subjects are those of this folder of units, people and bonds, instead of --subjects.",
    ),
    click.option("--structure", help="With --snapshot: a registered structure or a file."),
    click.option("--role", help="With --snapshot: people with this role; default: member."),
    click.option("--affiliation", help="With --snapshot: bound in this way ('': in none); default: home."),
    click.option(
        "--tree", help="With --snapshot: where the unit above a unit is found; default: the only tree."
    ),
    click.option(
        "--whole",
        multiple=True,
        metavar="KIND",
        help="With --snapshot: facts of this kind stay whole where a unit was split; can be given again.",
    ),
    click.option("--period", "period_text", required=True, help="2024, 2024-H1, 2024-Q3 or 2024-07."),
    click.option("--as-of", callback=a_day, metavar="DATE", help="Count only what was recorded by this day."),
)


def data_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every command that scores; the command gets them as one ``data``."""

    @wraps(command)
    def packed(**given: Any) -> None:
        own = {one.name: given.pop(one.name) for one in attrs.fields(Data)}
        command(data=Data(**own), **given)

    for option in reversed(_OPTIONS):
        packed = option(packed)
    return packed


def read_scored(known: Registry, rules: Sequence[RuleSet], data: Data) -> Scored:
    """Return what rule sets score, the first of which says when a year begins; what is left out is told.

    Raises:
        click.UsageError: For subjects given twice, and for questions to a snapshot that is not given.
        Problems: For everything that is wrong in a file.
    """
    _refuse_both(data)
    period = period_of(rules[0], data.period_text)
    kinds = {name: kind for one in rules for name, kind in one.kinds.items()}
    _refuse_kinds(data.whole, kinds)
    if data.folder is None:
        subjects = subjects_of(data.subjects_file)
        facts = facts_of(data.facts_file, kinds)
    else:
        seen = _seen(period, data.as_of)
        snapshot = snapshot_of(known, data.folder, data.structure, on=seen.end)
        subjects = subjects_in(snapshot, rules, seen, data)
        facts = facts_of(data.facts_file, kinds)
        if _unit_kinds(snapshot, rules):
            facts = _handed_on(snapshot, facts, seen.end, data)
    warn(known, rules, facts, subjects, period, files=(data.facts_file, data.subjects_file or data.folder))
    return Scored(period, facts, subjects)


def _seen(period: Period, as_of: date | None) -> Period:
    """Return the part of a period up to the day a list is made as of: what came later was not there yet."""
    if as_of is None or as_of >= period.end or as_of < period.start:
        return period
    return Span(period.start, as_of)


def _refuse_both(data: Data) -> None:
    if data.folder is not None and data.subjects_file is not None:
        raise click.UsageError("--snapshot and --subjects both say who is scored; leave out one of them")
    asked = ("structure", "role", "affiliation", "tree", "whole")
    for name in asked if data.folder is None else ():
        if getattr(data, name) not in (None, ()):
            raise click.UsageError(f"--{name} is asked of a snapshot; name its folder with --snapshot")


def _refuse_kinds(asked: Sequence[str], kinds: dict[str, Any]) -> None:
    for name in asked:
        if name not in kinds:
            raise UnknownIdError("kind of fact", name, kinds)


def subjects_in(
    snapshot: Snapshot, rules: Sequence[RuleSet], period: Period, data: Data
) -> tuple[Subject, ...]:
    """Return those of an organisation whom rule sets score: people by their bonds, units by their kind.

    People also where rules read what the members of a unit do. A unit that came out of others is as old as
    the oldest of them; one that ended in the period is not scored for it.

    Raises:
        click.UsageError: If no kind that is scored is one of people or of units.
        SnapshotProblems: If a unit and a person who are both scored share an id.
        UnknownIdError: For a role, affiliation or tree that the structure does not declare.
    """
    own = _unit_kinds(snapshot, rules)
    others = [kind for kind in _kinds(rules) if kind not in own]
    found: list[Subject] = []
    for kind in own:
        units = snapshot.unit_subjects(period, kind=kind, tree=_tree(snapshot, data))
        found += successors(snapshot, units, on=period.end)
    if others or data.role is not None or any(map(reads_members, rules)):
        people = tuple(_people(snapshot, period, data, _called(snapshot, rules, others, data)))
        _refuse_doubles({one.id for one in found}, people)
        found += people
    return tuple(found)


def _refuse_doubles(units: set[str], people: Sequence[Subject]) -> None:
    """Refuse ids of a unit and a person: one would get the points of the other."""
    double = sorted(one.id for one in people if one.id in units)
    if double:
        text = "a unit and a person have this id, and both are scored; give one of them another"
        raise SnapshotProblems([Problem("double-id", f"subject {name!r}", text) for name in double])


def _kinds(rules: Sequence[RuleSet]) -> list[str]:
    return list(dict.fromkeys(kind for one in rules for kind in one.subject_kinds))


def _unit_kinds(snapshot: Snapshot, rules: Sequence[RuleSet]) -> list[str]:
    """Return the kinds of unit that rule sets score, in their order."""
    there = {*snapshot.structure.kinds, *(unit.kind for unit in snapshot.units.values())}
    return [kind for kind in _kinds(rules) if kind in there]


def _tree(snapshot: Snapshot, data: Data) -> str:
    """Return the tree in which the organisation of a unit is found, "" where none is named among several."""
    declared = snapshot.structure.trees or {one.tree for one in snapshot.placements}
    return data.tree or (next(iter(declared)) if len(declared) == 1 else "")


def _called(snapshot: Snapshot, rules: Sequence[RuleSet], others: Sequence[str], data: Data) -> str:
    """Return the kind as which people are scored: "member", or the one kind that --role stands for."""
    if not others or PERSON in others:
        return PERSON
    if data.role and len(others) == 1:
        return others[0]
    units = {*snapshot.structure.kinds, *(unit.kind for unit in snapshot.units.values() if unit.kind)}
    name = " or ".join(map(repr, others))
    near = known_names(others[0], sorted(units))
    raise click.UsageError(
        f"rule set {rules[0].id!r} scores {name}, and no kind of unit in {data.folder} is called so "
        f"({near}); if people are meant, say with --role which, or give --subjects"
    )


def _people(snapshot: Snapshot, period: Period, data: Data, kind: str) -> Iterator[Subject]:
    role = PERSON if data.role is None else data.role
    affiliation = "home" if data.affiliation is None else data.affiliation
    found = snapshot.subjects(period, role=role, affiliation=affiliation)
    if not found:
        way = f"the affiliation {affiliation!r}" if affiliation else "no affiliation"
        say(f"notice: nobody in {data.folder} has the role {role!r} with {way} in {period}")
    for one in found:
        yield one if kind == one.kind else attrs.evolve(one, kind=kind)


def _handed_on(snapshot: Snapshot, facts: list[Fact], on: date, data: Data) -> list[Fact]:
    """Return the facts as they stand on a day: those of units that ended are with their heirs, or told."""
    found = passing(snapshot, facts, on=on, whole=data.whole)
    passed, file = sum(PASSED_FROM in fact.attributes for fact in found.facts), data.facts_file
    if passed:
        verb = "was" if passed == 1 else "were"
        say(f"notice: {file}: {counted(passed, 'fact')} {verb} passed on to what units have become")
    if found.ended:
        shown = ", ".join(f"{one.fact.id} ({one.unit})" for one in found.ended[:MOST_ENDED])
        more = ", …" if len(found.ended) > MOST_ENDED else ""
        gone = counted(len(found.ended), "fact")
        say(f"notice: {file}: {gone} ended with their unit and count for nobody: {shown}{more}")
    return list(found.facts)
