"""One fact must not be counted twice, unless a clause says that its facts are shared."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ...facts import FactKind
from ...scoring.rules import Checks, Clause, Item, PointsBy
from ..drafts import Built, Draft
from ..report import Path, spoken
from ..shapes import Node
from .facts import paid_values

#: What is asked of a fact, or of its subject: allowed values by name.
Asked = dict[str, frozenset[Any]]
#: So many pairs of clauses are compared; a rule set needs no more, and nobody waits for it.
MOST_PAIRS = 200_000


class Reader(NamedTuple):
    """A clause that reads facts: its item, where it stands, and what it asks of a fact."""

    clause: Clause
    item: Item
    path: Path
    asked: Asked


def check_overlaps(draft: Draft, values: Built) -> None:
    """Report, for each clause, the first other clause that may count the same fact."""
    by_kind: dict[tuple[str, str, bool], list[Reader]] = {}
    for reader in _readers(draft.kinds.known, values):
        select = reader.clause.select
        for kind in select.on:
            by_kind.setdefault((kind, select.about, select.members), []).append(reader)
    told: set[Path] = set()
    pairs = 0
    for (kind, _, _), readers in by_kind.items():
        for reader, others in _neighbours(readers):
            pairs += len(others)
            if pairs > MOST_PAIRS:
                message = (
                    f"too many clauses read facts of kind {kind!r} to compare them all; declare several kinds"
                )
                draft.report.add("too-many", reader.path, message)
            if pairs > MOST_PAIRS or draft.report.is_full:
                return
            if reader.path not in told:
                _tell_clash(draft, kind, reader, others, told)


def _tell_clash(draft: Draft, kind: str, reader: Reader, others: list[Reader], told: set[Path]) -> None:
    other = next((one for one in others if _may_clash(reader, one)), None)
    if other is not None:
        told.add(reader.path)
        advice = "tell them apart with 'where', or write shared = true in one of them"
        place = spoken(other.path, draft.document)
        message = f"counts the same facts of kind {kind!r} as {place}; {advice}"
        draft.report.add("counted-twice", reader.path, message)


def _readers(kinds: Mapping[str, FactKind], values: Built) -> Iterator[Reader]:
    for node, item in values.items:
        nodes: tuple[Node, ...] = node.get("clause", (node,))
        for place, clause in zip(nodes, item.clauses, strict=True):
            if not clause.shared:
                yield Reader(clause, item, place.path, _asked(kinds, clause))


def _asked(kinds: Mapping[str, FactKind], clause: Clause) -> Asked:
    """Return the values a fact, and its subject, must have to count at all."""
    asked = {name: frozenset(values) for name, values in clause.select.where.items()}
    if isinstance(clause.pay, PointsBy):
        field = clause.pay.field
        _narrow(asked, field, paid_values(kinds, clause.select.on, field, clause.pay.table))
    if isinstance(clause.measure, Checks) and clause.measure.by:
        _narrow(asked, clause.measure.by, [part.id for part in clause.measure.parts])
    # No attribute has a blank in its name, so these cannot be mistaken for one.
    for name, values in (("who kinds", clause.who.kinds), ("who categories", clause.who.categories)):
        if values:
            asked[name] = frozenset(values)
    return asked


def _narrow(asked: Asked, name: str, values: Iterable[Any]) -> None:
    asked[name] = asked[name] & frozenset(values) if name in asked else frozenset(values)


def _neighbours(readers: list[Reader]) -> Iterator[tuple[Reader, list[Reader]]]:
    """Yield each clause with those before it that may ask for the same value of the commonest attribute."""
    count = Counter(name for reader in readers for name in reader.asked)
    if not count:
        for position, reader in enumerate(readers):
            # Nothing tells these apart but what they leave out.
            yield reader, readers[:position]
        return
    name = count.most_common(1)[0][0]
    by_value: dict[Any, list[Reader]] = {}
    anything: list[Reader] = []
    for position, reader in enumerate(readers):
        values = reader.asked.get(name)
        if values is None:
            yield reader, readers[:position]
            anything.append(reader)
        else:
            yield reader, [*anything, *(one for value in values for one in by_value.get(value, ()))]
            for value in values:
                by_value.setdefault(value, []).append(reader)


def _may_clash(one: Reader, other: Reader) -> bool:
    if one.item is other.item and one.item.take:
        return False
    if any(not one.asked[name] & other.asked[name] for name in one.asked.keys() & other.asked.keys()):
        return False
    return not (_left_out(one.asked, other.clause) or _left_out(other.asked, one.clause))


def _left_out(asked: Asked, clause: Clause) -> bool:
    """Return whether every fact with the asked values is one that ``clause`` leaves out."""
    unless = clause.select.unless
    return bool(unless) and all(name in asked and asked[name] <= set(unless[name]) for name in unless)
