"""What a clause measures, what it pays, and which of its keys go together."""

from ..drafts import Draft
from ..report import Report, quoted
from ..shapes import Node, listed
from ..shapes.items import CLAUSE_ONLY, ITEM_LEVEL, MEASURES, PAYS
from ..shapes.measures import TALLIES

#: What can pay for what is measured.
_FITS = {
    "facts": ("points", "deduct", "points_by", "deduct_by"),
    "tally": ("points", "deduct", "step", "marginal", "linear", "relative"),
    "presence": ("points", "deduct"),
    "rate": ("points", "deduct", "step", "marginal", "linear", "relative"),
    "ballots": ("points", "deduct", "step", "linear", "relative"),
    "checks": ("points", "deduct"),
    "rank": ("step", "place"),
    "plugin": ("points", "deduct", "step", "marginal", "linear", "relative"),
}
_CALLED = {
    "facts": "facts that each pay for themselves",
    "tally": "a number counted or added up",
    "presence": "'present' and 'absent'",
    "rate": "a rate",
    "ballots": "ballots",
    "checks": "a checklist",
    "rank": "a rank",
    "plugin": "a plug-in's measure",
}
#: Key -> what must be measured for it to mean anything.
_BELONGS = {
    "field": ("tally", "plugin"),
    "over": ("tally", "presence", "plugin"),
    "options": ("plugin",),
    "check_by": ("checks",),
    "all_or_nothing": ("checks",),
    "per": ("facts",),
    "factor": ("facts",),
    "times": ("facts",),
    "take": ("facts", "checks"),
    "per_head": ("tally",),
}
#: Measures of a number that is not there when nothing was recorded; a count of nothing is 0.
_CAN_BE_ABSENT = ("mean", "first", "last", "best", "worst")
_SIGNED = ("step", "marginal", "linear", "place", "relative")
_COUNTS = ("count", "days", "present", "absent")


def check_clauses(draft: Draft) -> None:
    """Report items and clauses whose keys contradict one another."""
    for item in draft.nodes("item"):
        if "clause" in draft.written(item):
            _check_level(draft.report, item)
    for _, clause in draft.clauses():
        _check(draft, clause)


def _check_level(report: Report, item: Node) -> None:
    own = {key.name for key in CLAUSE_ONLY} - set(ITEM_LEVEL)
    for name in item:
        if name in own:
            message = f"the key {name!r} stands at an item with clauses; move it into [[item.clause]]"
            report.add("misplaced-key", item.at(name), message)
    if isinstance(item.get("cap"), dict) and "event" in item["cap"]:
        message = "a cap of each event stands at an item with clauses; move it into [[item.clause]]"
        report.add("misplaced-key", item.at("cap", "event"), message)


def _check(draft: Draft, clause: Node) -> None:
    report, raw = draft.report, draft.written(clause)
    if report.has_unknown_key(clause.path):
        # What seems to be missing may be the key that was misspelt.
        return
    measures = [name for name in MEASURES if name in raw]
    if len(measures) > 1:
        report.add(
            "measure", clause.path, f"found {listed(measures, 'and')}; an item measures in one way only"
        )
        return
    form = _form(clause, measures, report)
    if form is None:
        return
    if "on" not in raw and not (form == "rank" and clause.get("rank", {}).get("by", "total") != "amount"):
        report.add(
            "missing-key",
            clause.path,
            "the key 'on' is missing: the kind of fact it reads, or a list of kinds",
        )
    _check_pay(clause, raw, form, report)
    _check_belonging(clause, form, report)
    _check_missing(clause, raw, form, report)


def _form(clause: Node, measures: list[str], report: Report) -> str | None:
    """Return what is measured, as a key of ``_FITS``; None if that is unclear."""
    if not measures:
        return "facts"
    if measures[0] != "measure":
        return measures[0]
    name = clause.get("measure")
    if name is None:
        return None
    if "." in name:
        return "plugin"
    if name not in TALLIES:
        report.unknown("unknown-word", clause.at("measure"), what="measure", found=name, known=TALLIES)
        return None
    return "presence" if name in ("present", "absent") else "tally"


def _check_pay(clause: Node, raw: "dict[str, object]", form: str, report: Report) -> None:
    pays = [name for name in PAYS if name in raw]
    if form == "checks":
        _check_parts(clause, pays, report)
    elif not pays:
        report.add(
            "pay", clause.path, f"it is not said what is paid; write one of {listed(_FITS[form], 'or')}"
        )
    if len(pays) > 1:
        report.add("pay", clause.path, f"found {listed(pays, 'and')}; exactly one of them can be paid")
    elif pays and pays[0] not in _FITS[form]:
        message = f"{pays[0]!r} does not fit {_CALLED[form]}; allowed are {listed(_FITS[form], 'and')}"
        report.add("pay-fit", clause.at(pays[0]), message)
    elif "step" in clause:
        _check_rungs(clause, form, report)
    for name in ("points_by", "deduct_by"):
        if len(clause.get(name, ())) > 1:
            message = f"found {listed(list(clause[name]), 'and')}; points go by one attribute only"
            report.add("one-of", clause.at(name), message)


def _check_parts(clause: Node, pays: list[str], report: Report) -> None:
    parts = clause.get("checks", ())
    without = [part.get("id", "?") for part in parts if "points" not in part]
    if not pays and without:
        some = f"the parts {listed(without, 'and')} have" if without[1:] else f"the part {without[0]!r} has"
        report.add(
            "pay", clause.path, f"{some} no points; write points in each part, or 'points' for the whole list"
        )
    if pays and len(without) < len(parts):
        message = "points stand in the parts and for the whole list; keep one of the two"
        report.add("pay", clause.at(pays[0]), message)


def _check_rungs(clause: Node, form: str, report: Report) -> None:
    for rung in clause["step"]:
        if "to" in rung and form != "rank":
            message = "'to' is a place of a ranking; a rung of a number begins with 'from' or 'above'"
            report.add("key-fit", rung.at("to"), message)
        for name in ("from", "above"):
            if name in rung and form == "rank":
                message = (
                    f"{name!r} does not fit a rank; a rung of a ranking ends with 'to', like 3 or \"20%\""
                )
                report.add("key-fit", rung.at(name), message)


def _check_belonging(clause: Node, form: str, report: Report) -> None:
    for name, forms in _BELONGS.items():
        if name in clause and form not in forms:
            fits = " or ".join(_CALLED[one] for one in forms)
            report.add(
                "key-fit",
                clause.at(name),
                f"{name!r} does not belong to {_CALLED[form]}; it goes with {fits}",
            )
    measured = clause.get("measure")
    if measured in _COUNTS and "field" in clause:
        message = f"'field' does not belong to {measured!r}, which looks at no number; leave it out"
        report.add("key-fit", clause.at("field"), message)
    if measured == "distinct" and "field" not in clause:
        message = "the key 'field' is missing: the attribute whose different values are counted"
        report.add("missing-key", clause.path, message)
    if clause.get("deducts") and not any(pay in clause for pay in _SIGNED):
        message = f"'deducts' goes with {listed(_SIGNED, 'or')}; write 'deduct' instead of 'points'"
        report.add("key-fit", clause.at("deducts"), message)
    if "stack" in clause and "factor" not in clause:
        report.add(
            "key-fit", clause.at("stack"), "'stack' says how factors go together, but there is no 'factor'"
        )
    if clause.get("per_head") and "of" not in clause:
        report.add("key-fit", clause.at("per_head"), "'per_head' goes with of = \"members\" only")
    if form == "checks" and clause.get("take") == "first":
        message = "'first' does not go with a checklist; allowed are 'last', 'best' and 'worst'"
        report.add("key-fit", clause.at("take"), message)


def _check_missing(clause: Node, raw: "dict[str, object]", form: str, report: Report) -> None:
    name = clause.get("measure")
    needed = form in ("rate", "ballots", "checks") or name in _CAN_BE_ABSENT or "linear" in clause
    if needed and "missing" not in raw:
        words = 'missing = "zero", "pending", "full" or "reweigh"'
        message = f"it is not said what a missing answer means; write {words}"
        report.add("missing-rule", clause.path, message)
    elif "missing" in clause and form == "rank":
        message = "who has no place is paid nothing, so a rank is never missing; leave 'missing' out"
        report.add("missing-fit", clause.at("missing"), message)
    elif "missing" in clause and not needed and form in ("facts", "tally", "presence"):
        what = f"measure = {quoted(name)}" if name else "an item without a measure"
        message = f"{what} is 0 when nothing was recorded, never missing; leave 'missing' out"
        report.add("missing-fit", clause.at("missing"), message)
