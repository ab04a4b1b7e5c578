"""What a workflow file declares, by name; every name used is looked up here."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from ..drafts import Draft
from ..report import Path
from ..shapes import Node
from ..shapes.flow_cases import FLOW_NOUNS
from .names import once

#: Openings, moves, states and parts can all be named where something occurs, so they share their ids.
EVENTS = ("opening", "move", "state", "part")
#: Words with a meaning of their own in places where an id may stand.
RESERVED = {"tick", "clock", "open", "anyone", "migrate"}
_RESERVING = (*EVENTS, "role", "slot", "clock")


class FormField(NamedTuple):
    """A field as other tables see it."""

    id: str
    type: str
    one_of: tuple[str, ...]

    @property
    def words(self) -> str:
        """The field and its type, for messages."""
        return f"the field {self.id!r} ({self.type})"


class Names:
    """The names of one version of a workflow; a name that nothing declares is reported where it is used.

    ``filled`` are the fields of all forms: those of earlier versions too, which tickets moved over may have.
    """

    def __init__(self, draft: Draft, filled: frozenset[str] = frozenset()) -> None:
        self.draft, self.report = draft, draft.report
        self.filled = filled | form_fields(draft)
        self.nodes: dict[str, dict[str, Node]] = {
            noun: {node["id"]: node for node in draft.nodes(noun) if "id" in node}
            for noun in FLOW_NOUNS
            if noun != "promise"
        }
        self.events = {name: noun for noun in EVENTS for name in draft.ids(noun)}
        self.tiers = {
            f"{clock['id']}.{tier['id']}"
            for clock in draft.nodes("clock")
            for tier in clock.get("tier", ())
            if "id" in clock and "id" in tier
        }
        self.opened = {move["opens"] for move in draft.nodes("move") if "opens" in move}
        self.fields = {name: one for name in draft.ids("field") if (one := self._form_field(name))}

    def _form_field(self, name: str) -> FormField | None:
        node = self.nodes["field"].get(name)
        if node is None or self.report.has_problem_in(node.path):
            return None
        return FormField(name, node.get("type", "text"), node.get("one_of", ()))

    def known(self, noun: str, name: str, path: Path) -> Node | None:
        """Return the table of a name; reports a name that nothing declares."""
        ids = self.draft.ids(noun)
        if name not in ids:
            self.report.unknown("unknown-name", path, what=noun, found=name, known=ids)
        return self.nodes[noun].get(name)

    def one_of(self, nouns: tuple[str, ...], name: str, path: Path) -> str:
        """Return which of several nouns a name is, "" for none; reports a name that is none of them."""
        found = next((noun for noun in nouns if name in self.draft.ids(noun)), "")
        if not found:
            known = {one for noun in nouns for one in self.draft.ids(noun)}
            what = " or ".join((", ".join(nouns[:-1]), nouns[-1]))
            self.report.unknown("unknown-name", path, what=what, found=name, known=known)
        return found

    def field(self, name: str, path: Path) -> FormField | None:
        """Return a field; None, and reported, if there is none; None too if its own table has problems."""
        self.known("field", name, path)
        return self.fields.get(name)

    def filled_field(self, name: str, path: Path) -> FormField | None:
        """Return a field as ``field`` does; reports one that stands in no form, so nothing fills it in."""
        found = self.field(name, path)
        if found is not None and name not in self.filled:
            message = f"the field {name!r} stands in no form, so nothing ever fills it in"
            self.report.add("field-never-filled", path, f"{message}; write it into the form that does")
        return found

    def seen_by(self, noun: str, name: str) -> tuple[str, ...]:
        """Return the roles that may see a field or slot, () if everybody may."""
        node = self.nodes[noun].get(name)
        return node.get("seen_by", ()) if node is not None else ()

    def unit_slot(self, name: str, path: Path) -> None:
        """Report a slot that is not there, or holds people."""
        node = self.known("slot", name, path)
        if node is not None and self.is_sound(node) and node.get("kind", "person") != "unit":
            message = f'the slot {name!r} holds a person; needed is one with kind = "unit"'
            self.report.add("slot-kind", path, message)

    def event(self, name: str, path: Path, *, tiers: bool = False) -> None:
        """Report a name that is no opening, move, state or part (nor a tier of a clock)."""
        known = {*self.events, *self.tiers} if tiers else set(self.events)
        if name not in known:
            what = "opening, move, state, part or CLOCK.TIER" if tiers else "opening, move, state or part"
            self.report.unknown("unknown-name", path, what=what, found=name, known=known)

    def is_sound(self, node: Node) -> bool:
        """Return whether nothing in the entry of a list is wrong."""
        return not self.report.has_problem_in(node.path)

    def places(self, node: Node, key: str) -> Iterable[tuple[str, Path]]:
        """Yield the names under a key and where each stands; a single one stands at the key itself."""
        names: tuple[str, ...] = node.get(key, ())
        if not names:
            return
        written = self.draft.written(node).get(key)
        if not isinstance(written, list):
            yield names[0], node.at(key)
            return
        # Entries that could not be read are still counted where a place is named.
        for position, name in enumerate(written):
            if name in names:
                yield name, node.at(key, position)


def form_fields(draft: Draft) -> frozenset[str]:
    """Return the fields of all forms of a version."""
    steps = (*draft.nodes("opening"), *draft.nodes("move"))
    return frozenset(name for step in steps for key in ("form", "optional") for name in step.get(key, ()))


def check_ids(names: Names) -> None:
    """Report ids used twice, ids that mean something else, and names that two nouns share."""
    draft, report = names.draft, names.report
    for noun in FLOW_NOUNS:
        once(draft, draft.nodes(noun))
    for clock in draft.nodes("clock"):
        once(draft, clock.get("tier", ()))
    for noun in _RESERVING:
        for name, node in names.nodes[noun].items():
            if name in RESERVED or (noun == "state" and name == "same"):
                message = f"{name!r} means something of its own here; take another id"
                report.add("reserved-id", node.at("id"), message)
    shared: dict[str, str] = {}
    for noun in EVENTS:
        _check_shared(names, noun, shared)
    # "different" names slots and moves.
    _check_shared(names, "slot", {name: noun for name, noun in shared.items() if noun in ("opening", "move")})


def _check_shared(names: Names, noun: str, shared: dict[str, str]) -> None:
    for name, node in names.nodes[noun].items():
        if shared.setdefault(name, noun) != noun:
            message = f"{name!r} is the id of {_article(shared[name])} too, and lists may name either"
            names.report.add("name-clash", node.at("id"), f"{message}; give one of the two another id")


def _article(noun: str) -> str:
    return f"an {noun}" if noun == "opening" else f"a {noun}"


def check_twice(names: Names, node: Node, *keys: str) -> None:
    """Report names that stand twice under one key, or under two keys that exclude each other."""
    seen: dict[str, str] = {}
    for key in keys:
        for name, path in names.places(node, key):
            if name in seen:
                where = "here" if seen[name] == key else f"under {seen[name]!r}"
                names.report.add("double-id", path, f"{name!r} stands {where} already; write it once")
            seen.setdefault(name, key)


def missing_of(known: Collection[str], written: Mapping[str, object]) -> list[str]:
    """Return what may come and is not written, in order; nothing where "" stands for all others."""
    return [] if "" in written else [name for name in known if name not in written]
