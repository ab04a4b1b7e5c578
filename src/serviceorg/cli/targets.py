"""Facts that name somebody nobody knows: a slip of the pen would turn a visit into a missed one."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

import attrs

from ..duties import DutyBook
from ..facts import Fact
from ..model import Snapshot
from .books import neighbours
from .words import counted

#: How many ids a sentence names.
MOST_SHOWN = 3


@attrs.define
class _Named:
    """What one attribute names in facts of some kinds: units of some kinds, people, and who is unknown."""

    kinds: set[str] = attrs.field(factory=set)
    units: bool = False
    people: bool = False
    facts: int = 0
    strangers: dict[str, str] = attrs.field(factory=dict)  # by id: the first fact that names it


def unknown_targets(book: DutyBook, snapshot: Snapshot, facts: Iterable[Fact]) -> Iterator[str]:
    """Yield a sentence for each attribute that names a target which is in no snapshot, of any time.

    Facts taken back are let be: that is how a slip is mended.
    """
    listed = facts if isinstance(facts, Sequence) else tuple(facts)
    undone = {fact.reverses for fact in listed if fact.reverses is not None}
    by_name, by_kind = _asked(book)
    units, people = snapshot.units, snapshot.people
    for fact in listed:
        for name in by_kind.get(fact.kind, ()):
            target = fact.attributes.get(name)
            if type(target) is not str or not target or target in units or target in people:
                continue
            if fact.reverses is None and fact.id not in undone:
                by_name[name].facts += 1
                by_name[name].strangers.setdefault(target, fact.id)
    for name, found in by_name.items():
        if found.strangers:
            yield _said(name, found, snapshot)


def _asked(book: DutyBook) -> tuple[dict[str, _Named], dict[str, set[str]]]:
    """Return what the duties of a book read as target: by attribute, and the attributes by kind of fact."""
    by_name: dict[str, _Named] = {}
    by_kind: dict[str, set[str]] = {}
    for duty in book.duties:
        rule, towards = duty.fulfilled, duty.towards
        if not rule.target:
            continue
        named = by_name.setdefault(rule.target, _Named())
        named.people |= towards is not None and bool(towards.role)
        named.units |= towards is None or not towards.role
        named.kinds.update(() if towards is None else towards.kinds)
        for kind in rule.facts:
            by_kind.setdefault(kind, set()).add(rule.target)
    return by_name, by_kind


def _said(name: str, found: _Named, snapshot: Snapshot) -> str:
    """Return who is named and not there, with the nearest of those who could be meant."""
    known = sorted(
        [
            *(one.id for one in snapshot.units.values() if not found.kinds or one.kind in found.kinds),
            *(snapshot.people if found.people else ()),
        ]
    )
    noun = "person" if not found.units else "unit or person" if found.people else "unit"
    count, strangers = counted(found.facts, "fact"), sorted(found.strangers)
    verb = "names" if found.facts == 1 else "name"
    who = (
        f"a {noun} that is not in the snapshot"
        if len(strangers) == 1
        else f"{len(strangers):,} {_many(noun)} that are not in the snapshot"
    )
    shown = [_shown(one, found.strangers[one], known) for one in strangers[:MOST_SHOWN]]
    more = ["…"] if len(strangers) > MOST_SHOWN else []
    return f"{count} {verb} as {name!r} {who}: {', '.join(shown + more)}"


def _many(noun: str) -> str:
    return {"person": "people", "unit": "units"}.get(noun, "units or people")


def _shown(stranger: str, fact: str, known: Sequence[str]) -> str:
    near = get_close_matches(stranger, neighbours(stranger, known), n=1)
    return f"{stranger!r} ({fact}{f'; did you mean {near[0]!r}?' if near else ''})"
