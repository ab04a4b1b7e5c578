"""Whether a book of duties fits an organisation: the roles, kinds, trees and traits it names are there."""

from collections.abc import Iterable, Iterator, Mapping

from ..errors import Problem, known_names
from ..model import Structure, TraitKind
from .book import Duty, DutyBook


def check_against(book: DutyBook, structure: Structure) -> tuple[Problem, ...]:
    """Return every name of the book that the structure does not know, in the order of the book.

    A part of the structure that is empty allows anything, so nothing is said of it.
    """
    return tuple(
        Problem(code, f"duty {duty.id!r}, {where}", message, book.origin)
        for duty in book.duties
        for code, where, message in _duty(duty, structure)
    )


_Found = tuple[str, str, str]


def _duty(duty: Duty, structure: Structure) -> Iterator[_Found]:
    who, towards, rule = duty.who, duty.towards, duty.fulfilled
    yield from _unknown("role", "who.role", [who.role], structure.roles)
    yield from _unknown("kind of unit", "who.at", who.at, structure.kinds)
    yield from _unknown("kind of unit", "who.kind", who.kinds, structure.kinds)
    yield from _unknown("affiliation", "who.affiliation", [who.affiliation or ""], structure.affiliations)
    yield from _unknown("category", "who.category", who.categories, _ids(structure))
    yield from _held(duty, structure)
    of = ("person",) if who.role and who.several == "each" else who.kinds or who.at
    yield from _traits("who.where", who.where, of, structure)
    if towards is not None:
        yield from _unknown("tree", "towards.tree", [towards.tree], structure.trees)
        yield from _unknown("kind of unit", "towards.kind", towards.kinds, structure.kinds)
        yield from _unknown("role", "towards.role", [towards.role], structure.roles)
        to = ("person",) if towards.role else towards.kinds
        yield from _traits("towards.where", towards.where, to, structure)
    yield from _unknown("role", "fulfilled.role", [rule.role], structure.roles)
    if duty.excuse is not None:
        yield from _traits("excuse.who", duty.excuse.who, of, structure)
        to = () if towards is None else ("person",) if towards.role else towards.kinds
        yield from _traits("excuse.towards", duty.excuse.towards, to, structure)


def _ids(structure: Structure) -> dict[str, None]:
    return {rule.id: None for rule in structure.categories}


def _unknown(what: str, where: str, names: Iterable[str], known: Mapping[str, object]) -> Iterator[_Found]:
    for name in names:
        if name and known and name not in known:
            yield "unknown-name", where, f"unknown {what} {name!r}; {known_names(name, known)}"


def _held(duty: Duty, structure: Structure) -> Iterator[_Found]:
    """Yield kinds of unit at which the role is never held."""
    role = structure.roles.get(duty.who.role)
    if role is None or not role.at:
        return
    for kind in duty.who.at:
        if kind not in role.at:
            message = f"the role {role.id!r} is never held at {kind!r}; {known_names(kind, role.at)}"
            yield "never-held", "who.at", message


def _traits(
    where: str, traits: Mapping[str, tuple[str, ...]], of: tuple[str, ...], structure: Structure
) -> Iterator[_Found]:
    if not structure.traits:
        return
    for name, values in traits.items():
        kind = structure.traits.get(name)
        if kind is None:
            yield from _unknown("trait", f"{where}.{name}", [name], structure.traits)
            continue
        yield from _values(f"{where}.{name}", kind, values)
        if kind.of and of and not set(of) & set(kind.of):
            message = f"nothing here has the trait {name!r}: it is for {', '.join(kind.of)}"
            yield "never-held", f"{where}.{name}", message


def _values(where: str, kind: TraitKind, values: Iterable[str]) -> Iterator[_Found]:
    for value in values:
        if value and kind.one_of and value not in kind.one_of:
            message = f"the trait {kind.id!r} is never {value!r}; {known_names(value, kind.one_of)}"
            yield "unknown-value", where, message
