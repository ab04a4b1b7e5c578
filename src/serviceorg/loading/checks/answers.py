"""A missing answer can only be given the full mark, or be weighed out, where there is a full mark."""

from collections.abc import Iterator

from ...scoring.rules import Clause, Item, Marginal, PluginMeasure, Points, Tally
from ..drafts import Built, Draft
from ..report import spoken
from ..shapes import Node

_PRESENCE = ("present", "absent")


def check_answers(draft: Draft, values: Built) -> None:
    """Report missing = "full" and "reweigh" where no number says what full would be."""
    first_reweighed: dict[str, Node] = {}
    for item, place, clause in _clauses(values):
        if clause.missing not in ("full", "reweigh"):
            continue
        if not _has_full_mark(clause):
            message = (
                f"missing = {clause.missing!r} needs a full mark, and what is paid per unit has none; "
                "write 'step', 'linear' or 'relative', or missing = \"zero\" or \"pending\""
            )
            draft.report.add("missing-fit", place.at("missing"), message)
        elif clause.missing == "reweigh":
            first_reweighed.setdefault(item.category, place)
    for item, place, clause in _clauses(values) if first_reweighed else ():
        if item.category in first_reweighed and clause.sign > 0 and not _has_full_mark(clause):
            own = first_reweighed[item.category]
            message = (
                f"missing = 'reweigh' shares out by full marks, and {spoken(place.path, draft.document)} "
                "of the same category has none; move one of the two, or write another word"
            )
            draft.report.add("missing-fit", own.at("missing"), message)


def _clauses(values: Built) -> Iterator[tuple[Item, Node, Clause]]:
    for node, item in values.items:
        nodes: tuple[Node, ...] = node.get("clause", (node,))
        for place, clause in zip(nodes, item.clauses, strict=True):
            yield item, place, clause


def _has_full_mark(clause: Clause) -> bool:
    if isinstance(clause.pay, Marginal):
        return False
    measure = clause.measure
    counted = isinstance(measure, Tally) and measure.what not in _PRESENCE
    return not (isinstance(clause.pay, Points) and (counted or isinstance(measure, PluginMeasure)))
