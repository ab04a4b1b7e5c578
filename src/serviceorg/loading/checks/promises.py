"""What the head promises: how many parts there are, spans that fit the period, parts that make up a year."""

from ...basics import SPANS
from ..drafts import Draft
from ..report import Path
from ..shapes import Node
from .counts import check_counts

_NOUNS = {
    "categories": "category",
    "items": "item",
    "vetoes": "veto",
    "grades": "grade",
    "stars": "star",
    "consequences": "consequence",
    "awards": "award",
}


def check_promises(draft: Draft) -> None:
    """Report counts that are not kept, spans longer than the period, and roll-ups that do not add up."""
    _check_counts(draft)
    if "rule_set" in draft.root and not any(
        draft.document.get(noun) for noun in ("item", "star", "grade", "award")
    ):
        draft.report.add("empty", ("rule_set",), "nothing is scored; write at least one [[item]]")
    if "roll_up" in draft.head:
        _check_roll_up(draft, draft.head["roll_up"])
    for item, clause in draft.clauses():
        for node in {id(item): item, id(clause): clause}.values():
            _check_spans(draft, node)


def _check_counts(draft: Draft) -> None:
    found = {name: len(draft.entries(noun)) for name, noun in _NOUNS.items()}
    clauses = sum(len(item.get("clause", (item,))) for item in draft.nodes("item"))
    check_counts(draft, {**found, "clauses": clauses}, code="promise")


def _check_roll_up(draft: Draft, roll_up: Node) -> None:
    report, period, into = draft.report, draft.head.get("period"), roll_up.get("into")
    weights = roll_up.get("weights")
    if (roll_up.get("by") == "weights") != ("weights" in draft.written(roll_up)) and "by" in roll_up:
        report.add(
            "roll-up", roll_up.path, "by = \"weights\" and the list 'weights' go together; write both or none"
        )
    if weights and sum(weights) == 0:
        report.add(
            "weights", roll_up.at("weights"), "all weights are 0; give at least one of them a weight above 0"
        )
    if period is None or into is None:
        return
    own, longer = SPANS.get(period, 0), SPANS[into]
    if own == 0 or own >= longer:
        message = f"a {into} is not made up of several parts of a {period}; allowed is a longer period"
        report.add("roll-up", roll_up.at("into"), message)
        return
    parts = longer // own
    if weights and len(weights) != parts:
        message = (
            f"found {len(weights)} weights, but a {into} has {parts} parts of a {period}; write one for each"
        )
        report.add("weights", roll_up.at("weights"), message)
    if roll_up.get("least", 1) > parts:
        message = f"{roll_up['least']} parts are needed, but a {into} has only {parts} parts of a {period}"
        report.add("roll-up", roll_up.at("least"), message)


def _check_spans(draft: Draft, node: Node) -> None:
    for key in ("cap", "times"):
        if isinstance(node.get(key), dict):
            for span in node[key]:
                _check_span(draft, span, node.at(key, span))
    if "over" in node:
        _check_span(draft, node["over"], node.at("over"))
    if "over" in node.get("rate", {}):
        _check_span(draft, node["rate"]["over"], node["rate"].at("over"))


def _check_span(draft: Draft, span: str, path: Path) -> None:
    period = draft.head.get("period")
    if period is None or SPANS.get(span, 0) <= (12 if period == "anniversary" else SPANS[period]):
        return
    message = f"a {span} is longer than the rule set's period ({period}); write period, or a shorter span"
    draft.report.add("span", path, message)
