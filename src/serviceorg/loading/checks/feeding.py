"""Rules that no fact can ever feed, because what they ask for and what they leave out exclude each other."""

from collections.abc import Mapping
from typing import Any

from ..drafts import Draft
from ..report import Path
from ..shapes import Node
from .facts import paid_values, said

Values = Mapping[str, tuple[Any, ...]]


def check_feeding(draft: Draft) -> None:
    """Report clauses, factors and rates that can never apply."""
    for _, clause in draft.clauses():
        where: Values = clause.get("where", {})
        _check_left_out(draft, clause, where)
        for factor in clause.get("factor", ()):
            _check_meets(draft, where, factor.get("where", {}), factor.at("where"))
        rate = clause.get("rate", {})
        for key in ("part", "whole"):
            if isinstance(rate.get(key), dict):
                _check_meets(draft, where, rate[key], rate.at(key))
        for key in ("points_by", "deduct_by"):
            tables = {
                name: paid_values(draft.kinds.known, clause.get("on", ()), name, table)
                for name, table in clause.get(key, {}).items()
            }
            _check_meets(draft, where, tables, clause.at(key))


def _check_left_out(draft: Draft, clause: Node, where: Values) -> None:
    unless: Values = clause.get("unless", {})
    if unless and all(
        _possible(draft, clause, where, name) <= set(values) for name, values in unless.items()
    ):
        names = " and ".join(map(repr, unless))
        message = f"everything is left out: no value of {names} remains that a fact could have"
        draft.report.add("never-fed", clause.at("unless"), message)


def _possible(draft: Draft, clause: Node, where: Values, name: str) -> set[Any]:
    """Return the values a fact of the clause can have, or a set with more than anyone can list."""
    if name in where:
        return set(where[name])
    kinds = [draft.kinds.known[kind] for kind in clause.get("on", ()) if kind in draft.kinds.known]
    fields = [kind.fields.get(name) for kind in kinds]
    known = [set(field.one_of) for field in fields if field is not None and field.one_of and field.required]
    return set().union(*known) if known and len(known) == len(fields) else {object()}


def _check_meets(draft: Draft, where: Values, other: Values, path: Path) -> None:
    for name, values in other.items():
        if name in where and not set(values) & set(where[name]):
            asked = " or ".join(map(said, where[name]))
            message = f"this never applies: the facts read here have {name!r} = {asked}"
            draft.report.add("never-fed", (*path, name), message)
