"""Records of a snapshot made quickly from values that were checked, by plain assignment to blank twins.

Written out field by field (see ``basics/quick.py``): a snapshot has a million of them.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from ...basics.quick import blank_twin, quickest
from ...model.places import Place
from ...model.records import Membership, Person, Placement, Trait, Unit

_UnitTwin: Any = blank_twin(Unit)
_PersonTwin: Any = blank_twin(Person)
_PlacementTwin: Any = blank_twin(Placement)
_MembershipTwin: Any = blank_twin(Membership)
_TraitTwin: Any = blank_twin(Trait)
_PlaceTwin: Any = blank_twin(Place)


def _unit(
    id: str,  # noqa: A002 -- an id is called id everywhere
    kind: str,
    name: str,
    since: date | None,
    until: date | None,
    place: Place | None,
    size: Decimal | None,
) -> Unit:
    made = _UnitTwin()
    made.id = id
    made.kind = kind
    made.name = name
    made.since = since
    made.until = until
    made.place = place
    made.size = size
    made.__class__ = Unit
    unit: Unit = made
    return unit


def _person(
    id: str,  # noqa: A002 -- as above
    name: str,
    born: date | None,
    since: date | None,
    until: date | None,
) -> Person:
    made = _PersonTwin()
    made.id = id
    made.name = name
    made.born = born
    made.since = since
    made.until = until
    made.__class__ = Person
    person: Person = made
    return person


def _placement(tree: str, unit: str, parent: str, since: date | None, until: date | None) -> Placement:
    made = _PlacementTwin()
    made.tree = tree
    made.unit = unit
    made.parent = parent
    made.since = since
    made.until = until
    made.__class__ = Placement
    placement: Placement = made
    return placement


def _membership(
    person: str, unit: str, role: str, affiliation: str, since: date | None, until: date | None
) -> Membership:
    made = _MembershipTwin()
    made.person = person
    made.unit = unit
    made.role = role
    made.affiliation = affiliation
    made.since = since
    made.until = until
    made.__class__ = Membership
    membership: Membership = made
    return membership


def _trait(of: str, name: str, value: str, since: date | None, until: date | None) -> Trait:
    made = _TraitTwin()
    made.of = of
    made.name = name
    made.value = value
    made.since = since
    made.until = until
    made.__class__ = Trait
    trait: Trait = made
    return trait


def _place(latitude: Decimal, longitude: Decimal) -> Place:
    made = _PlaceTwin()
    made.latitude = latitude
    made.longitude = longitude
    made.__class__ = Place
    place: Place = made
    return place


make_unit = quickest(Unit, _unit)
make_person = quickest(Person, _person)
make_placement = quickest(Placement, _placement)
make_membership = quickest(Membership, _membership)
make_trait = quickest(Trait, _trait)
make_place = quickest(Place, _place)
