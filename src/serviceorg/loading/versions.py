"""Amendments: each makes a new version, which is read and checked as a whole."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from ..scoring.rules import Version
from .digest import digest_of
from .drafts import Built, Draft
from .report import Path, Report, name_of, spoken
from .shapes import NOUNS, Node

#: Keys of [rule_set] that belong to the rule set itself, not to one of its versions.
FIXED: tuple[str, ...] = (
    "id",
    "title",
    "subject",
    "period",
    "first_month",
    "scale",
    "direction",
    "effective",
)
FIXED += ("basis", "source", "illustrative", "rows", "dates")


class Amendable(NamedTuple):
    """What amendments of a file may change, and how its things are called in advice.

    ``nouns`` are the lists of entries, ``fixed`` the keys of ``head`` that hold for all versions, ``kept``
    says why entries of a noun stay.
    """

    document: str
    head: str
    fixed: tuple[str, ...]
    nouns: Collection[str]
    kept: Mapping[str, str]
    quoted: str
    key: str
    entry: str


RULES = Amendable(
    document="rule set",
    head="rule_set",
    fixed=FIXED,
    nouns=NOUNS,
    # Facts of before the amendment keep their points, and points need a category to go to.
    kept={
        "category": "what was earned before still counts in it; retire or move its items, "
        'and set "{}.cap" = 0'
    },
    quoted='"item.A1.points" = 2',
    key="item.A01.points",
    entry="an item, grade or the like, as in 'item.A04'",
)


class Amended(NamedTuple):
    """A document with an amendment applied; ``origins`` says where in the file a change was written."""

    document: dict[str, Any]
    origins: tuple[tuple[Path, Path], ...]


def version_of(draft: Draft, values: Built, *, effective: date, basis: str) -> Version:
    """Return the frozen version of a draft without problems."""
    if values.head is None:
        raise AssertionError("a version is made only of a draft without problems")
    stars = sorted((star for _, star in values.stars), key=lambda star: -(star.level or 0))
    return Version(
        effective=effective,
        basis=basis,
        head=values.head,
        categories=tuple(value for _, value in values.categories),
        items=tuple(value for _, value in values.items),
        vetoes=tuple(value for _, value in values.vetoes),
        grades=tuple(value for _, value in values.grades),
        stars=tuple(stars),
        consequences=tuple(value for _, value in values.consequences),
        awards=tuple(value for _, value in values.awards),
        digest=digest_of(_fingerprinted(draft, effective, basis)),
    )


def _fingerprinted(draft: Draft, effective: date, basis: str) -> dict[str, Any]:
    """Return all that can change a result: no cases and amendments, but the kinds that are read."""
    document = {
        name: value for name, value in draft.document.items() if name not in ("case", "amend", "fact")
    }
    document["rule_set"] = {**document["rule_set"], "effective": effective, "basis": basis}
    rules = tuple(draft.nodes(noun) for noun in NOUNS)
    read = {name for node in _tables(rules) for name in _kinds_read(node)}
    document["fact"] = {name: plain_kind(kind) for name, kind in draft.kinds.known.items() if name in read}
    return document


def _tables(value: Any) -> list[Node]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    found = [node for one in inner for node in _tables(one)]
    return [value, *found] if isinstance(value, Node) else found


def _kinds_read(node: Node) -> list[str]:
    names = [*node.get("on", ()), node.get("clear_on"), node.get("none"), node.get("some")]
    return [name for name in names if isinstance(name, str)]


def plain_kind(kind: Any) -> dict[str, Any]:
    """Return what matters of a kind of fact, in plain values."""
    fields = {
        name: [field.type, field.one_of, field.most, field.required] for name, field in kind.fields.items()
    }
    return {"amount": kind.amount, "most": kind.most, "fields": fields}


def amended(document: Mapping[str, Any], amendment: Node, report: Report, what: Amendable = RULES) -> Amended:
    """Return a copy of the document as amended; what cannot be applied is reported and left out."""
    changed = _copied({name: value for name, value in document.items() if name not in ("amend", "case")})
    origins: list[tuple[Path, Path]] = []
    for name, value in amendment.get("set", {}).items():
        place = _set(changed, name, value, amendment.at("set", name), report, what)
        if place:
            origins.append((place, amendment.at("set", name)))
    _retire(changed, amendment, report, what)
    for noun in what.nouns:
        entries = changed.setdefault(noun, []) if noun in amendment else []
        for position, entry in enumerate(amendment.get(noun, ())):
            origins.append(((noun, len(entries)), amendment.at(noun, position)))
            entries.append(_copied(entry))
    return Amended(changed, tuple(origins))


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copied(inner) for name, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _set(
    document: dict[str, Any], name: str, value: Any, path: Path, report: Report, what: Amendable
) -> Path:
    *parents, last = name.split(".")
    if (parents == [what.head] and last in what.fixed) or parents[:1] == ["fact"]:
        message = (
            f"{name!r} holds for all versions and cannot be amended; write a new {what.document} instead"
        )
        report.add("amend-fixed", path, message)
        return ()
    if not parents:
        message = f"{name!r} cannot be set; write the whole name in quotation marks, like {what.quoted}"
        report.add("amend-path", path, message)
        return ()
    place = _found(document, parents, path, report, name)
    if place is None:
        return ()
    here = _at(document, place)
    if not isinstance(here, dict) or last == "id":
        message = f"{name!r} cannot be set; allowed is one key of a table, like {what.key!r}"
        report.add("amend-path", path, message)
        return ()
    here[last] = _copied(value)
    return (*place, last)


def _retire(document: dict[str, Any], amendment: Node, report: Report, what: Amendable) -> None:
    for position, name in enumerate(amendment.get("retire", ())):
        path = amendment.at("retire", position)
        place = _found(document, name.split("."), path, report, name)
        if place is None:
            continue
        around = _at(document, place[:-1])
        last = place[-1]
        if place[0] in what.kept:
            reason = what.kept[str(place[0])].format(name)
            report.add("amend-fixed", path, f"{name!r} cannot be retired: {reason}")
        elif isinstance(around, list) and isinstance(last, int):
            del around[last]
            if not around and len(place) == 2:
                del document[str(place[0])]
        else:
            message = f"{name!r} cannot be retired; allowed is {what.entry}"
            report.add("amend-path", path, message)


def _at(document: Any, place: Path) -> Any:
    for part in place:
        document = document[part]
    return document


def _found(document: dict[str, Any], parts: list[str], path: Path, report: Report, name: str) -> Path | None:
    """Return the place called ``name``; an entry of a list goes by its id."""
    here: Any = document
    place: Path = ()
    for part in parts:
        names = _names(here)
        if part not in names:
            around = f" in {spoken(place, document)}" if place else ""
            text = f"nothing is called {name!r}: there is no {part!r}{around}"
            report.guess("amend-path", path, text, found=part, known=names)
            return None
        place, here = (*place, names[part]), here[names[part]]
    return place


def _names(here: Any) -> dict[str, Any]:
    """Return what stands in a table or list, by name."""
    if isinstance(here, dict):
        return {name: name for name in here}
    if isinstance(here, list):
        return {name: position for position, entry in enumerate(here) if (name := name_of(entry))}
    return {}
