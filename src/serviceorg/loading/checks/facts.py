"""What rules say of facts: the kinds are declared, have these attributes, and the attributes these values."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ...facts import FactKind, FieldKind
from ..drafts import Draft
from ..report import Path, Report, quoted
from ..shapes import Node

_CALLED = {"text": "a text", "number": "a number", "flag": "true or false", "date": "a date"}


class Reading:
    """The kinds of fact one rule reads; says what is wrong with the attributes it names."""

    def __init__(self, draft: Draft, kinds: Iterable[str], path: Path) -> None:
        self.report: Report = draft.report
        found = [kind_called(draft, kind, path) for kind in kinds]
        self.kinds: list[FactKind] = [kind for kind in found if kind is not None]

    def fields(self, name: str, path: Path) -> list[tuple[FactKind, FieldKind]]:
        """Return the attribute in each kind; reports kinds without it."""
        found = []
        for kind in self.kinds:
            if name in kind.fields:
                found.append((kind, kind.fields[name]))
            else:
                text = f"facts of kind {kind.id!r} have no attribute {name!r}"
                self.report.guess("unknown-attribute", path, text, found=name, known=kind.fields)
        return found

    def typed(self, name: str, type_: str, path: Path) -> None:
        """Report an attribute that is not there, or is of another type than ``type_``."""
        for kind, field in self.fields(name, path):
            if field.type != type_:
                found = f"the attribute {name!r} of kind {kind.id!r} is {_CALLED[field.type]}"
                message = f"{found}; needed is {_CALLED[type_]}"
                self.report.add("attribute-type", path, message)

    def number(self, name: str, path: Path) -> None:
        """Report a quantity that no fact carries: ``amount``, or an attribute that is a number."""
        if name != "amount":
            self.typed(name, "number", path)
            return
        for kind in self.kinds:
            if not kind.amount:
                advice = "declare it with amount = true, or name an attribute"
                message = f"facts of kind {kind.id!r} carry no amount; {advice}"
                self.report.add("no-amount", path, message)

    def where(self, table: Mapping[str, tuple[Any, ...]] | None, path: Path) -> None:
        """Report attributes and values no fact can have."""
        for name, values in (table or {}).items():
            for kind, field in self.fields(name, (*path, name)):
                for value in values:
                    self.value(kind, field, value, (*path, name))

    def value(self, kind: FactKind, field: FieldKind, value: Any, path: Path) -> None:
        """Report a value the attribute cannot have."""
        if type_of(value) != field.type:
            called = f"the attribute {field.name!r} of kind {kind.id!r}"
            message = f"{called} is {_CALLED[field.type]}; {said(value)} is not"
            self.report.add("attribute-type", path, message)
        elif field.one_of and value not in field.one_of:
            text = f"the attribute {field.name!r} of kind {kind.id!r} is never {said(value)}"
            self.report.guess("unknown-value", path, text, found=str(value), known=field.one_of)


def type_of(value: Any) -> str:
    """Return the type of an attribute's value: text, number, flag or date."""
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, (int, Decimal)):
        return "number"
    return "date" if isinstance(value, date) else "text"


def said(value: Any) -> str:
    """Return a value as it is written in a rule file."""
    return str(value).lower() if isinstance(value, bool) else quoted(value)


def as_value(field: FieldKind, text: str) -> Any:
    """Return the value a fact has where a table of points says ``text``: a flag is written true or false."""
    return text == "true" if field.type == "flag" and text in ("true", "false") else text


def paid_values(
    kinds: Mapping[str, FactKind], read: Iterable[str], name: str, table: Iterable[str]
) -> tuple[Any, ...]:
    """Return the values of the attribute ``name`` that a table of points names."""
    fields = [kinds[kind].fields.get(name) for kind in read if kind in kinds]
    flag = next((field for field in fields if field is not None and field.type == "flag"), None)
    return tuple(table) if flag is None else tuple(as_value(flag, text) for text in table)


def kind_called(draft: Draft, name: str, path: Path) -> FactKind | None:
    """Return the kind; reports one that nothing declares."""
    if name not in draft.kinds.declared:
        text = f"no fact kind {name!r} is declared, neither here nor in facts.toml"
        draft.report.guess("unknown-kind", path, text, found=name, known=draft.kinds.declared)
    return draft.kinds.known.get(name)


def greatest(kinds: Mapping[str, FactKind], read: Iterable[str], name: str) -> Decimal | None:
    """Return the greatest amount or attribute a fact can have; None if a kind could not be read."""
    found = [kinds.get(kind) for kind in read]
    bounds = [
        kind.most if name == "amount" else kind.fields[name].most
        for kind in found
        if kind is not None and (name == "amount" or name in kind.fields)
    ]
    return max(bounds) if bounds and len(bounds) == len(found) else None


def check_facts(draft: Draft) -> None:
    """Report what rules say of facts that no fact can be."""
    for _, clause in draft.clauses():
        _check_clause(draft, clause)
    for veto in draft.nodes("veto"):
        _check_veto(draft, veto)
    for noun in ("grade", "star"):
        for band in draft.nodes(noun):
            for direct in band.get("direct", ()):
                reading = Reading(draft, direct.get("on", ()), direct.at("on"))
                reading.where(direct.get("where"), direct.at("where"))


def _check_clause(draft: Draft, clause: Node) -> None:
    reading = Reading(draft, clause.get("on", ()), clause.at("on"))
    for name in ("where", "unless"):
        reading.where(clause.get(name), clause.at(name))
    if "about" in clause:
        reading.typed(clause["about"], "text", clause.at("about"))
    if clause.get("distinct", "day") != "day":
        reading.fields(clause["distinct"], clause.at("distinct"))
    for factor in clause.get("factor", ()):
        reading.where(factor.get("where"), factor.at("where"))
    if "carry" in clause:
        reading.where(clause["carry"].get("where"), clause["carry"].at("where"))
    _check_gates(draft, clause)
    _check_measured(reading, clause)
    _check_paid(draft, reading, clause)


def _check_gates(draft: Draft, clause: Node) -> None:
    if "clear_on" in clause:
        kind_called(draft, clause["clear_on"], clause.at("clear_on"))
    gate = clause.get("only_if", {})
    for name in ("none", "some"):
        if name in gate:
            other = Reading(draft, (gate[name],), gate.at(name))
            other.where(gate.get("where"), gate.at("where"))


def _check_measured(reading: Reading, clause: Node) -> None:
    name = clause.get("measure", "")
    if name == "distinct" and clause.get("field", "amount") != "amount":
        reading.fields(clause["field"], clause.at("field"))
    elif name in ("sum", "mean", "first", "last", "best", "worst"):
        reading.number(clause.get("field", "amount"), clause.at("field" if "field" in clause else "measure"))
    rate = clause.get("rate", {})
    for key in ("part", "whole"):
        if isinstance(rate.get(key), str):
            reading.number(rate[key], rate.at(key))
        elif key in rate:
            reading.where(rate[key], rate.at(key))
    if rate:
        reading.where(rate.get("unless"), rate.at("unless"))
    if "ballots" in clause:
        _check_ballots(reading, clause["ballots"])
    if "checks" in clause:
        _check_list(reading, clause)
    if clause.get("rank", {}).get("by") == "amount":
        reading.number("amount", clause["rank"].at("by"))


def _check_ballots(reading: Reading, ballots: Node) -> None:
    value = ballots.get("value", "amount")
    place = ballots.at("value") if "value" in ballots else ballots.path
    if "marks" in ballots:
        for kind, field in reading.fields(value, place):
            for mark in ballots["marks"]:
                reading.value(kind, field, mark, ballots.at("marks", mark))
    else:
        reading.number(value, place)
    for name, groups in (("by", "groups"), ("aspect", "aspects")):
        if name in ballots:
            for kind, field in reading.fields(ballots[name], ballots.at(name)):
                for group in ballots.get(groups, ()):
                    if "id" in group:
                        reading.value(kind, field, group["id"], group.at("id"))
    if "panel" in ballots:
        reading.fields(ballots["panel"], ballots.at("panel"))
    valid = ballots.get("valid", {})
    if valid:
        reading.fields(valid.get("ballot", "ballot"), valid.at("ballot") if "ballot" in valid else valid.path)
    if "not_self" in valid:
        reading.typed(valid["not_self"], "text", valid.at("not_self"))


def _check_list(reading: Reading, clause: Node) -> None:
    for part in clause["checks"]:
        if "id" not in part:
            continue
        if "check_by" not in clause:
            reading.typed(part["id"], "flag", part.at("id"))
            continue
        for kind, field in reading.fields(clause["check_by"], clause.at("check_by")):
            reading.value(kind, field, part["id"], part.at("id"))


def _check_paid(draft: Draft, reading: Reading, clause: Node) -> None:
    per = clause.get("per")
    if isinstance(per, str):
        reading.number(per, clause.at("per"))
    elif per is not None:
        reading.number(per.get("field", "amount"), per.at("field") if "field" in per else per.path)
    for name in ("points_by", "deduct_by"):
        for attribute, table in clause.get(name, {}).items():
            place = clause.at(name, attribute)
            for kind, field in reading.fields(attribute, place):
                for text in table:
                    reading.value(kind, field, as_value(field, text), (*place, text))
                _check_all_paid(
                    reading.report, clause, kind, field, draft.written(clause)[name][attribute], place
                )


def _check_all_paid(
    report: Report, clause: Node, kind: FactKind, field: FieldKind, table: Mapping[str, Any], place: Path
) -> None:
    """Report values a fact can have that the table does not name: scoring would refuse such a fact."""
    known = (True, False) if field.type == "flag" else field.one_of
    named = {as_value(field, text) for text in table}
    if not known or not named <= set(known):
        return  # any text may come, or a misspelt value was told already
    asked, left_out = (
        clause.get("where", {}).get(field.name, known),
        clause.get("unless", {}).get(field.name, ()),
    )
    unpaid = [said(value) for value in known if value in {*asked} - {*left_out} - named]
    if unpaid:
        message = (
            f"nothing is said of {' and '.join(unpaid[:8])}{' …' if unpaid[8:] else ''}, "
            f"which {field.name!r} of kind {kind.id!r} may be; "
            "name every value, with 0 where it pays nothing, or keep it out with 'where'"
        )
        report.add("missing-value", place, message)


def _check_veto(draft: Draft, veto: Node) -> None:
    reading = Reading(draft, veto.get("on", ()), veto.at("on"))
    reading.where(veto.get("where"), veto.at("where"))
    if "lifted" in veto:
        reading.typed(veto["lifted"], "date", veto.at("lifted"))
    lasts = veto.get("lasts", {})
    if "by" in lasts:
        for kind, field in reading.fields(lasts["by"], lasts.at("by")):
            for value in lasts.get("table", ()):
                reading.value(kind, field, value, lasts.at("table", value))
