"""A cap does not lie below the floor or the base, or it would decide every score alone."""

from ..drafts import Built, Draft
from .bounds import months_of, most_of


def check_limits(draft: Draft, values: Built) -> None:
    """Report caps below floors, of items and of the whole; a category's cap and floor meet at 0 at most."""
    _check_head(draft)
    months = months_of(draft)
    for node, item in values.items:
        most = most_of(item, months)
        if item.floor is not None and most is not None and item.floor > most:
            message = f"{item.floor} is above all this item can come to; allowed is {most} at most"
            draft.report.add("out-of-range", node.at("floor"), message)


def _check_head(draft: Draft) -> None:
    head = draft.head
    cap, floor, base = head.get("cap"), head.get("floor"), head.get("base", 0)
    if cap is None:
        return
    if cap < base:
        message = (
            f"{cap} is below the base of {base}, which nobody could then have; allowed is {base} or more"
        )
        draft.report.add("out-of-range", head.at("cap"), message)
    if floor not in (None, "none") and cap < floor:
        message = f"{cap} is below the floor of {floor}; allowed is {floor} or more"
        draft.report.add("out-of-range", head.at("cap"), message)
