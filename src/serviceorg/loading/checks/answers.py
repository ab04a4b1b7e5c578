"""A missing answer can only be given the full mark, or be weighed out, where there is a full mark."""

from collections.abc import Iterator

from ...scoring.rules import Clause, Each, Item, Marginal, PluginMeasure, Points, Relative, Tally
from ..drafts import Built, Draft
from ..report import spoken
from ..shapes import Node
from .bounds import months_of, times_of

_PRESENCE = ("present", "absent")


def check_answers(draft: Draft, values: Built) -> None:
    """Report "full" and "reweigh" where no number says what full is, and a best that is sought by parts."""
    first_reweighed: dict[str, Node] = {}
    months = months_of(draft)
    for item, place, clause in _clauses(values):
        if isinstance(clause.pay, Relative) and times_of(clause, months) != 1:
            message = "'relative' seeks the best of the whole period; leave 'over' out, or write \"period\""
            draft.report.add("key-fit", place.at("relative"), message)
        if clause.missing not in ("full", "reweigh"):
            continue
        if not _has_full_mark(clause):
            message = (
                f'missing = "{clause.missing}" needs a full mark, and what is paid per unit has none; '
                "write 'step', 'linear' or 'relative', or missing = \"zero\" or \"pending\""
            )
            draft.report.add("missing-fit", place.at("missing"), message)
        elif clause.missing == "reweigh":
            first_reweighed.setdefault(item.category, place)
    for item, place, clause in _clauses(values) if first_reweighed else ():
        if item.category in first_reweighed and clause.sign > 0 and not _pays_once(clause, months):
            own = first_reweighed[item.category]
            message = (
                'missing = "reweigh" shares out by full marks, and '
                f"{spoken(place.path, draft.document)} of the same category has none for the whole period; "
                "move one of the two, or write another word"
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


def _pays_once(clause: Clause, months: int) -> bool:
    """Return whether the full mark of a clause is the most it can come to in a period."""
    varies = isinstance(clause.measure, Each) and (clause.per is not None or clause.factors)
    return _has_full_mark(clause) and not varies and times_of(clause, months) == 1
