"""Golden cases of coverage files speak of checks and facts that there can be. They are run elsewhere."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..build.coverage_cases import names_of
from ..drafts import Draft
from ..shapes import Node
from ..shapes.coverage import NOUNS
from .facts import Reading

#: A case is a small world: what is too many to be gone through in a second is no example.
_MOST = 200_000


def check_coverage_cases(draft: Draft) -> None:
    """Report cases of the same title, of checks or facts nobody declared, or units that are not there."""
    titles: set[str] = set()
    for case in draft.nodes("case"):
        title = case.get("title", "")
        if title and title in titles:
            draft.report.add(
                "case-title",
                case.at("title"),
                f"{title!r} is the title of another case too; give each its own",
            )
        titles.add(title)
        _check_expected(draft, case)
        _check_facts(draft, case)
        _check_world(draft, case)


def _check_expected(draft: Draft, case: Node) -> None:
    known = {name for noun in NOUNS for name in draft.ids(noun)}
    for check in case.get("expect", {}):
        place = case.at("expect", check)
        if check not in known:
            draft.report.unknown("case-expect", place, what="check", found=check, known=known)
        elif "on" in case and not _holds(draft, check, case["on"]):
            draft.report.add("case-expect", place, f"no version of {check!r} holds on {case['on']}")


def _holds(draft: Draft, check: str, on: date) -> bool:
    versions = [node for noun in NOUNS for node in draft.nodes(noun) if node.get("id") == check]
    return any(node.get("since", on) <= on <= node.get("until", on) for node in versions)


def _check_facts(draft: Draft, case: Node) -> None:
    for fact in case.get("facts", ()):
        reading = Reading(draft, [fact["kind"]] if "kind" in fact else (), fact.at("kind"))
        given = {name: (value,) for name, value in fact.get("attributes", {}).items()}
        reading.where(given, fact.at("attributes"))
        if "subject" not in draft.written(fact):
            draft.report.add("missing-key", fact.path, "the key 'subject' is missing: whose fact it is")
        if "amount" in fact:
            reading.number("amount", fact.at("amount"))


def _check_world(draft: Draft, case: Node) -> None:
    tables: Mapping[str, Any] = case.get("units", {})
    for name in ("units", "people"):
        many = sum(node.get("many", 1) for node in case.get(name, {}).values())
        if many > _MOST:
            draft.report.add(
                "too-many", case.at(name), f"{many} {name}; at most {_MOST} are allowed in a case"
            )
            return
    units = {one for name, node in tables.items() for one in names_of(name, node)}
    for name, node in tables.items():
        for tree, parent in node.get("in", {}).items():
            if parent not in units:
                place = node.at("in", tree)
                draft.report.unknown("case-unit", place, what="unit", found=parent, known=units)
        place = node.get("place", ())
        if "place" in node and (len(place) != 2 or abs(place[0]) > 90):
            message = "write latitude (-90 to 90) and longitude (-180 to 180)"
            draft.report.add("out-of-range", node.at("place"), f"the place of {name!r} is none; {message}")
    for person in case.get("people", {}).values():
        for bond in person.get("bonds", ()):
            if "unit" in bond and bond["unit"] not in units:
                draft.report.unknown(
                    "case-unit", bond.at("unit"), what="unit", found=bond["unit"], known=units
                )
