"""Golden cases of coverage files: the records of a small world."""

from collections.abc import Iterator, Mapping
from typing import Any

from ...basics import FrozenMap
from ...coverage.rules import Case
from ...facts import Fact
from ...model import Membership, Person, Place, Placement, Record, Trait, Unit


def case_of(node: Mapping[str, Any]) -> Case:
    """Return a golden case; people who only hold a role somewhere need no table of their own."""
    units, people = node.get("units", {}), node.get("people", {})
    records = [record for name, unit in units.items() for record in _unit(name, unit)]
    records += [record for name, person in people.items() for record in _person(name, person)]
    return Case(
        title=node["title"],
        on=node["on"],
        records=tuple(records),
        facts=tuple(_fact(fact, number) for number, fact in enumerate(node.get("facts", ()), 1)),
        amounts=FrozenMap({name: FrozenMap(values) for name, values in node.get("amounts", {}).items()}),
        expect=FrozenMap({check: FrozenMap(found) for check, found in node["expect"].items()}),
    )


def names_of(name: str, node: Mapping[str, Any]) -> list[str]:
    """Return the ids a table stands for: its name, or so many with -1, -2 … behind."""
    many = node.get("many")
    return [name] if many is None else [f"{name}-{number}" for number in range(1, many + 1)]


def _unit(name: str, node: Mapping[str, Any]) -> Iterator[Record]:
    for one in names_of(name, node):
        yield Unit(
            id=one,
            kind=node["kind"],
            size=node.get("size"),
            place=Place(*node["place"]) if "place" in node else None,
            since=node.get("since"),
            until=node.get("until"),
        )
        for tree, parent in node.get("in", {}).items():
            yield Placement(tree=tree, unit=one, parent=parent)
        yield from _traits(one, node)
        for role, people in node.get("holders", {}).items():
            yield from (Membership(person=person, unit=one, role=role) for person in people)


def _person(name: str, node: Mapping[str, Any]) -> Iterator[Record]:
    for one in names_of(name, node):
        yield Person(id=one, since=node.get("since"), until=node.get("until"))
        yield from _traits(one, node)
        for bond in node.get("bonds", ()):
            yield Membership(person=one, **bond)


def _traits(one: str, node: Mapping[str, Any]) -> Iterator[Record]:
    for trait, values in node.get("traits", {}).items():
        yield from (Trait(of=one, name=trait, value=value) for value in values)


def _fact(node: Mapping[str, Any], number: int) -> Fact:
    given = {"id": f"case-{number}", "recorded_on": node["on"], **node}
    return Fact(**{**given, "attributes": FrozenMap(node.get("attributes", ()))})
