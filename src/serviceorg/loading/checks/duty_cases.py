"""Golden cases of duties speak of units, people and duties that are there. They are run elsewhere."""

from collections.abc import Collection

from ...basics import parse_period
from ...errors import PeriodError
from ..drafts import Draft
from ..shapes import Node
from .cases import check_fact
from .names import once


def check_duty_cases(draft: Draft, duties: Collection[str]) -> None:
    """Report golden cases that cannot be run as written."""
    titles: set[str] = set()
    for case in draft.nodes("case"):
        title = case.get("title", "")
        if title in titles:
            message = f"{title!r} is the title of an earlier case too; give each case its own"
            draft.report.add("case-title", case.at("title"), message)
        titles.add(title)
        _check_period(draft, case)
        _check_world(draft, case)
        _check_facts(draft, case)
        for expected in case.get("expect", ()):
            if "duty" in expected and expected["duty"] not in duties:
                place = expected.at("duty")
                draft.report.unknown("unknown-name", place, what="duty", found=expected["duty"], known=duties)


def _check_period(draft: Draft, case: Node) -> None:
    if "period" not in case:
        return
    try:
        parse_period(case["period"])
    except PeriodError as error:
        draft.report.add("case-period", case.at("period"), str(error))


def _check_world(draft: Draft, case: Node) -> None:
    units = {unit["id"] for unit in case.get("units", ()) if "id" in unit}
    people = {one["id"] for one in case.get("people", ()) if "id" in one}
    bonds = case.get("bonds", ())
    known = units | people | {bond["person"] for bond in bonds if "person" in bond}
    once(draft, case.get("units", ()))
    once(draft, case.get("people", ()))
    for unit in case.get("units", ()):
        for tree, parent in unit.get("in", {}).items():
            if parent and parent not in units:
                _unknown(draft, unit, ("in", tree), parent, units)
    for bond in bonds:
        if bond.get("unit", "") not in units and "unit" in bond:
            _unknown(draft, bond, ("unit",), bond["unit"], units)
    for trait in case.get("traits", ()):
        if trait.get("of", "") not in known and "of" in trait:
            _unknown(draft, trait, ("of",), trait["of"], known)


def _unknown(draft: Draft, node: Node, keys: tuple[str, ...], found: str, known: Collection[str]) -> None:
    draft.report.unknown("unknown-name", node.at(*keys), what="unit or person", found=found, known=known)


def _check_facts(draft: Draft, case: Node) -> None:
    facts = case.get("facts", ())
    ids = [fact.get("id", f"case-{position}") for position, fact in enumerate(facts, 1)]
    seen: set[str] = set()
    for fact, name in zip(facts, ids, strict=True):
        if name in seen:
            place = fact.at("id") if "id" in fact else fact.path
            draft.report.add("double-id", place, f"the fact {name!r} is named twice")
        seen.add(name)
        if fact.get("reverses", name) not in ids:
            place = fact.at("reverses")
            draft.report.unknown("case-fact", place, what="fact", found=fact["reverses"], known=set(ids))
        check_fact(draft, fact)
