"""The six files of a snapshot: their keys, and how a row becomes a record, quickly or key by key."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any

import attrs

from ...errors import known_names
from ...model.places import Place
from ...model.records import Change, Membership, Person, Placement, Trait, Unit
from ..records_fields import Record, is_name
from .cells import LARGEST_SIZE, Cells, Unusual, is_whole
from .values import make_membership, make_person, make_placement, make_trait, make_unit

#: What parts the ids of a list in a cell of CSV.
PARTED = ";"
CHANGE_KINDS = ("merge", "split", "rename", "dissolve")
POINTS = ("sum", "stay")
_POLE, _DATE_LINE = Decimal(90), Decimal(180)
_DEGREE_DECIMALS, _SHARE_DECIMALS = 7, 12

#: Makes a record from all cells of a row, in the order of the table's keys; raises ``Unusual``.
Quick = Callable[..., Any]


@attrs.frozen(kw_only=True)
class Table:
    """A file of a snapshot (快照文件): its name without ending, its keys, how its rows are read and written.

    ``quick`` returns a reader of whole rows of plain cells, ``precise`` reads one row key by key and notes
    what is wrong: it returns what can be read, None without the keys that say what it is about. ``values``
    are those of a record, in the order of ``keys``, None for nothing. ``has_ids``: each id stands once.
    """

    name: str
    keys: tuple[str, ...]
    required: tuple[str, ...]
    quick: Callable[[Cells], Quick]
    precise: Callable[[Record], Any]
    values: Callable[[Any], tuple[Any, ...]]
    has_ids: bool = False


def _quick_units(cells: Cells) -> Quick:
    names, days, size, text, place = cells.names, cells.days, cells.size, cells.text, cells.place
    blank = cells.blank

    def unit(
        own: Any, kind: Any, name: Any, since: Any, until: Any, latitude: Any, longitude: Any, extent: Any
    ) -> Unit:
        if not own:
            raise Unusual
        at = None if latitude == blank and longitude == blank else place(latitude, longitude)
        title = "" if name == blank else text(name)
        return make_unit(names[own], names[kind], title, days[since], days[until], at, size(extent))

    return unit


def _quick_people(cells: Cells) -> Quick:
    names, days, text = cells.names, cells.days, cells.text

    def person(own: Any, name: Any, born: Any, since: Any, until: Any) -> Person:
        if not own:
            raise Unusual
        return make_person(names[own], text(name), days[born], days[since], days[until])

    return person


def _quick_placements(cells: Cells) -> Quick:
    names, days = cells.names, cells.days

    def placement(tree: Any, unit: Any, parent: Any, since: Any, until: Any) -> Placement:
        if not (tree and unit):
            raise Unusual
        return make_placement(names[tree], names[unit], names[parent], days[since], days[until])

    return placement


def _quick_memberships(cells: Cells) -> Quick:
    names, days = cells.names, cells.days

    def membership(person: Any, unit: Any, role: Any, affiliation: Any, since: Any, until: Any) -> Membership:
        if not (person and unit and role):
            raise Unusual
        return make_membership(
            names[person], names[unit], names[role], names[affiliation], days[since], days[until]
        )

    return membership


def _quick_traits(cells: Cells) -> Quick:
    names, days, texts = cells.names, cells.days, cells.texts

    def trait(of: Any, name: Any, value: Any, since: Any, until: Any) -> Trait:
        if not (of and name and value):
            raise Unusual
        return make_trait(names[of], names[name], texts[value], days[since], days[until])

    return trait


def _quick_changes(_cells: Cells) -> Quick:
    def change(*_row: Any) -> Change:
        raise Unusual  # there are few, and much in each to look at

    return change


def _unit(record: Record) -> Unit | None:
    own, kind, name = record.name("id"), record.name("kind"), _text(record, "name")
    since, until = record.day("since"), record.day("until")
    place, size = _place(record), _number(record, "size", LARGEST_SIZE)
    if not own:
        return None
    return Unit(id=own, kind=kind, name=name, since=since, until=until, place=place, size=size)


def _text(record: Record, key: str) -> str:
    text = record.text(key)
    if is_whole(text):
        return text
    record.note("text", key, f"{text!r:.80} holds half of a surrogate pair; write the sign itself")
    return ""


def _private(record: Record, key: str) -> str:
    """Return a text that no problem may show: the name of somebody."""
    value = record.values.get(key)
    if value is not None and not isinstance(value, str):
        record.note("type", key, "what is written here is not a text")
    elif value is not None and not is_whole(value):
        record.note("text", key, "the name holds half of a surrogate pair; write the sign itself")
    else:
        return record.text(key)
    return ""


def _place(record: Record) -> Place | None:
    latitude = _degrees(record, "latitude", _POLE)
    longitude = _degrees(record, "longitude", _DATE_LINE)
    written = [key for key in ("latitude", "longitude") if record.values.get(key) is not None]
    if len(written) == 1:
        record.note("missing", "", f"{written[0]!r} stands alone; a place has a latitude and a longitude")
    return None if latitude is None or longitude is None else Place(latitude, longitude)


def _degrees(record: Record, key: str, most: Decimal) -> Decimal | None:
    value = record.values.get(key)
    return (
        None if value is None else record.number_of(key, value, most, least=-most, decimals=_DEGREE_DECIMALS)
    )


def _number(record: Record, key: str, most: Decimal) -> Decimal | None:
    value = record.values.get(key)
    return None if value is None else record.number_of(key, value, most)


def _person(record: Record) -> Person | None:
    own, name, born = record.name("id"), _private(record, "name"), record.day("born")
    since, until = record.day("since"), record.day("until")
    return Person(id=own, name=name, born=born, since=since, until=until) if own else None


def _placement(record: Record) -> Placement | None:
    tree, unit, parent = record.name("tree"), record.name("unit"), record.name("parent")
    since, until = record.day("since"), record.day("until")
    if not (tree and unit):
        return None
    return Placement(tree=tree, unit=unit, parent=parent, since=since, until=until)


def _membership(record: Record) -> Membership | None:
    person, unit, role = record.name("person"), record.name("unit"), record.name("role")
    affiliation, since, until = record.name("affiliation"), record.day("since"), record.day("until")
    if not (person and unit and role):
        return None
    return Membership(person=person, unit=unit, role=role, affiliation=affiliation, since=since, until=until)


def _trait(record: Record) -> Trait | None:
    of, name, value = record.name("of"), record.name("name"), _text(record, "value")
    since, until = record.day("since"), record.day("until")
    if record.values.get("value") == "":
        record.note("missing", "", "'value' is missing")
    return Trait(of=of, name=name, value=value, since=since, until=until) if of and name and value else None


def _change(record: Record) -> Change | None:
    own, on = record.name("id"), record.day("on")
    kind, points = _word(record, "kind", CHANGE_KINDS), _word(record, "points", POINTS)
    before, after, shares = _names(record, "before"), _names(record, "after"), _shares(record)
    tickets, basis = record.name("tickets"), _text(record, "basis")
    if record.values.get("before") == []:
        record.note("missing", "before", "the list is empty; a change has units that ended")
    if not (own and kind and on and before):
        return None
    return Change(
        id=own,
        kind=kind,
        on=on,
        before=before,
        after=after,
        tickets=tickets,
        points=points or POINTS[0],
        shares=shares,
        basis=basis,
    )


def _word(record: Record, key: str, allowed: tuple[str, ...]) -> str:
    word = record.text(key)
    if word in allowed:
        return word
    if word or record.values.get(key) == "":
        record.note("value", key, f"{word!r:.80} is not allowed; {known_names(word, allowed)}")
    return ""


def _parts(record: Record, key: str) -> list[object]:
    value = record.values.get(key)
    if value is None:
        return []
    if record.cells and isinstance(value, str):
        return list(value.split(PARTED))
    if isinstance(value, list):
        return value
    record.note("type", key, f"{value!r:.80} is not a list")
    return []


def _names(record: Record, key: str) -> tuple[str, ...]:
    found = []
    for number, part in enumerate(_parts(record, key), 1):
        if isinstance(part, str) and is_name(part):
            found.append(part)
        else:
            record.note("id", f"{key}[{number}]", f"{part!r:.80} is not an id")
    return tuple(found)


def _shares(record: Record) -> tuple[Decimal, ...]:
    found = []
    for number, part in enumerate(_parts(record, "shares"), 1):
        share = record.number_of(f"shares[{number}]", part, Decimal(1), decimals=_SHARE_DECIMALS)
        if share is not None:
            found.append(share)
    return tuple(found)


def _values_of_unit(unit: Unit) -> tuple[Any, ...]:
    place = unit.place
    latitude, longitude = (None, None) if place is None else (place.latitude, place.longitude)
    return unit.id, unit.kind, unit.name, unit.since, unit.until, latitude, longitude, unit.size


_UNIT = ("id", "kind", "name", "since", "until", "latitude", "longitude", "size")
_PERSON = ("id", "name", "born", "since", "until")
_PLACEMENT = ("tree", "unit", "parent", "since", "until")
_MEMBERSHIP = ("person", "unit", "role", "affiliation", "since", "until")
_TRAIT = ("of", "name", "value", "since", "until")
_CHANGE = ("id", "kind", "on", "before", "after", "tickets", "points", "shares", "basis")

#: The files of a snapshot by name, in the order in which they are read.
TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            name="units",
            keys=_UNIT,
            required=("id",),
            quick=_quick_units,
            precise=_unit,
            values=_values_of_unit,
            has_ids=True,
        ),
        Table(
            name="people",
            keys=_PERSON,
            required=("id",),
            quick=_quick_people,
            precise=_person,
            values=attrgetter(*_PERSON),
            has_ids=True,
        ),
        Table(
            name="placements",
            keys=_PLACEMENT,
            required=("tree", "unit"),
            quick=_quick_placements,
            precise=_placement,
            values=attrgetter(*_PLACEMENT),
        ),
        Table(
            name="memberships",
            keys=_MEMBERSHIP,
            required=("person", "unit", "role"),
            quick=_quick_memberships,
            precise=_membership,
            values=attrgetter(*_MEMBERSHIP),
        ),
        Table(
            name="traits",
            keys=_TRAIT,
            required=("of", "name", "value"),
            quick=_quick_traits,
            precise=_trait,
            values=attrgetter(*_TRAIT),
        ),
        Table(
            name="changes",
            keys=_CHANGE,
            required=("id", "kind", "on", "before"),
            quick=_quick_changes,
            precise=_change,
            values=attrgetter(*_CHANGE),
            has_ids=True,
        ),
    )
}
