"""What commitments say of facts: the kinds have what is measured, and no fact counts twice unsaid."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..build.commitments import whose_of
from ..drafts import Draft
from ..report import Path
from ..shapes import Node
from ..shapes.commitments import ANYONE, DONE
from .facts import Reading, greatest

#: Pairs of goals that are held against each other; a file with more is not searched for seconds.
_MOST_PAIRS = 200_000


def check_selection(draft: Draft, node: Node) -> None:
    """Report kinds, attributes and values that no fact has, of a commitment and its parts."""
    reading = Reading(draft, node.get("fact", ()), node.at("fact"))
    reading.where(node.get("where"), node.at("where"))
    if not node.get("part"):
        _check_measured(draft, reading, node, node)
    for part in node.get("part", ()):
        own = Reading(draft, part["fact"], part.at("fact")) if "fact" in part else reading
        own.where(part.get("where"), part.at("where"))
        if "fact" in part and "where" in node:
            own.where(node["where"], part.at("fact"))
        _check_measured(draft, own, part, node)
    proof, confirmed = node.get("proof", {}), node.get("confirmed", {})
    for name in proof.get("fields", ()):
        reading.fields(name, proof.at("fields"))
    if "by" in confirmed:
        reading.typed(confirmed["by"], "text", confirmed.at("by"))


def _check_measured(draft: Draft, reading: Reading, node: Node, whole: Node) -> None:
    if node.get("target") == DONE:
        return
    measure = node.get("measure", whole.get("measure", "count"))
    field = node.get("field", whole.get("field", "amount"))
    place = node.at("field") if "field" in node else node.path
    if measure in ("sum", "last"):
        reading.number(field, place)
    elif measure == "distinct" and field != "amount":
        found = reading.fields(field, place)
        _check_distinct(draft, found, node)
    if measure == "last" and "target" in node:
        _check_last(draft, reading, node, field)


def _check_distinct(draft: Draft, found: Any, node: Node) -> None:
    """Report a number of different values that cannot come together."""
    if not found or "target" not in node or node.get("direction") == "at_most":
        return
    values = {value for _, field in found for value in field.one_of}
    if all(field.one_of for _, field in found) and node["target"] > len(values):
        message = f"{node['target']} different values are never there; the attribute has {len(values)}"
        draft.report.add("never-fed", node.at("target"), message)


def _check_last(draft: Draft, reading: Reading, node: Node, field: str) -> None:
    most = greatest(draft.kinds.known, [kind.id for kind in reading.kinds], field) if reading.kinds else None
    if most is not None and node["target"] > most and node.get("direction") != "at_most":
        message = f"{node['target']} is more than one fact can say, {most}; sum facts, or raise 'most'"
        draft.report.add("never-fed", node.at("target"), message)


class _Goal(NamedTuple):
    owner: str
    path: Path
    whose: frozenset[str]
    where: Mapping[str, tuple[Any, ...]]
    name: str


def check_double_counts(draft: Draft) -> None:
    """Report goals that one fact would serve at once, unless the commitments say ``shared``."""
    by_kind: dict[str, list[_Goal]] = {}
    for kind, goal in _goals(draft):
        by_kind.setdefault(kind, []).append(goal)
    pairs, told = 0, set()
    for node in draft.nodes("commitment"):
        if len(node.get("by", ())) > 1 and ANYONE in node.get("whose", ()) and not node.get("shared"):
            message = (
                "each of several promisers would count the same facts; leave it out, or write shared = true"
            )
            draft.report.add("counted-twice", node.at("whose"), message)
    for goals in by_kind.values():
        for at, one in enumerate(goals):
            for other in goals[at + 1 :]:
                pairs += 1
                if pairs > _MOST_PAIRS:
                    return
                if other.path not in told and _meet(one, other):
                    told.add(other.path)
                    message = f"one fact can count here and in {one.name} at once; tell them apart by 'where'"
                    draft.report.add("counted-twice", other.path, f"{message}, or write shared = true")


def _goals(draft: Draft) -> Iterator[tuple[str, _Goal]]:
    first: set[str] = set()
    for node in draft.nodes("commitment"):
        name = node.get("id", "")
        # Later versions speak of the same facts as the first.
        if name in first or node.get("shared") or not draft.is_sound(node.path):
            continue
        first.add(name)
        whose = frozenset(one for by in node["by"] for one in whose_of(node, by))
        for part in node.get("part", ()) or (node,):
            where = {**node.get("where", {}), **part.get("where", {})}
            called = f"part {part['id']!r} of {name!r}" if part is not node else repr(name)
            for kind in part.get("fact", node["fact"]):
                yield kind, _Goal(name, part.path, whose, where, called)


def _meet(one: _Goal, other: _Goal) -> bool:
    """Return whether one fact can serve both."""
    if one.path == other.path or (one.whose and other.whose and not one.whose & other.whose):
        return False
    shared = one.where.keys() & other.where.keys()
    return all(not set(one.where[name]).isdisjoint(other.where[name]) for name in shared)
