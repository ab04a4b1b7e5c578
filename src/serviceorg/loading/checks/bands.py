"""Grades stand highest first, without gaps or overlaps, and each can be reached."""

from decimal import Decimal

from ...scoring.rules import Band
from ..drafts import Built, Draft
from ..shapes import Node
from .bounds import attainable


def check_bands(draft: Draft, values: Built) -> None:
    """Report grades and stars that are out of order, leave a gap, overlap or can never be reached."""
    least, most = attainable(draft, values)
    for node, band in (*values.grades, *values.stars):
        _check_reach(draft, node, band, most)
        _check_ends(draft, node, band)
    if "grade" not in values.whole or not values.grades:
        return
    grain = _grain(draft, values)
    for (_, upper), (node, lower) in zip(values.grades, values.grades[1:], strict=False):
        _check_order(draft, node, upper, lower)
        _check_seam(draft, node, upper, lower, grain)
    for node, band in values.grades[:-1]:
        if _begin(band) is None and not band.needs:
            message = "without 'from' or 'above' this grade takes all totals; those after it are never given"
            draft.report.add("band-order", node.path, message)
    _check_bottom(draft, *values.grades[-1], least)


def _begin(band: Band) -> Decimal | None:
    return band.start if band.start is not None else band.above


def _said(band: Band) -> str:
    return f"from = {band.start}" if band.start is not None else f"above = {band.above}"


def _grain(draft: Draft, values: Built) -> Decimal:
    """Return the distance between one total and the next possible one."""
    rounding = values.head.round if values.head is not None else None
    return rounding.step if rounding is not None else Decimal(1).scaleb(-draft.report.scale)


def _check_reach(draft: Draft, node: Node, band: Band, most: Decimal | None) -> None:
    begin = _begin(band)
    if most is None or begin is None:
        return
    if begin > most or (band.above is not None and begin == most):
        key = "from" if band.start is not None else "above"
        message = f"{_said(band)} is never reached: a total comes to {most} at most"
        draft.report.add("band-unreachable", node.at(key), message)


def _holds_nothing(band: Band) -> bool:
    """Return whether a band ends before, or just where, it begins."""
    begin, end = _begin(band), band.to if band.to is not None else band.below
    if begin is None or end is None:
        return False
    return end < begin or (end == begin and (band.above is not None or band.below is not None))


def _check_ends(draft: Draft, node: Node, band: Band) -> None:
    """Compare the two ends of one band; the highest has them too."""
    if not _holds_nothing(band):
        return
    begin, end = _begin(band), band.to if band.to is not None else band.below
    if end != begin:
        message = f"ends at {end}, before it begins at {begin}"
    else:
        key = "to" if band.to is not None else "below"
        message = f"{_said(band)} and {key} = {end} leave no total in between"
    draft.report.add("band-order", node.path, message)


def _check_order(draft: Draft, node: Node, upper: Band, lower: Band) -> None:
    high, low = _begin(upper), _begin(lower)
    if high is None or low is None:
        return
    above_first = (low, lower.above is not None) == (high, upper.above is not None)
    if low > high or (low == high and lower.above is not None and upper.above is None):
        message = f"{_said(lower)} stands below {upper.id!r} with {_said(upper)}; grades stand highest first"
        draft.report.add("band-order", node.at("from" if lower.start is not None else "above"), message)
    elif above_first and not upper.needs and upper.share is None:
        message = f"begins where {upper.id!r} begins ({_said(upper)}), so it is never given"
        draft.report.add("band-overlap", node.at("from" if lower.start is not None else "above"), message)


def _check_seam(draft: Draft, node: Node, upper: Band, lower: Band, grain: Decimal) -> None:
    """Compare the printed end of a grade with the beginning of the grade above it."""
    begin, printed = _begin(upper), lower.to if lower.to is not None else lower.below
    if begin is None or printed is None or _holds_nothing(lower):
        return
    first = begin if upper.start is not None else begin + grain
    last = printed if lower.to is not None else printed - grain
    key = "to" if lower.to is not None else "below"
    right = f"below = {begin}" if upper.start is not None else f"to = {begin}"
    if first > last + grain:
        message = (
            f"a total of {last + grain} has no grade: this one ends with {key} = {printed}, "
            f"{upper.id!r} begins with {_said(upper)}; write {right}, or round the total in rule_set.round"
        )
        draft.report.add("band-gap", node.at(key), message)
    elif first <= last:
        message = (
            f"{key} = {printed} reaches into {upper.id!r}, which begins with {_said(upper)}; write {right}"
        )
        draft.report.add("band-overlap", node.at(key), message)


def _check_bottom(draft: Draft, node: Node, band: Band, least: Decimal | None) -> None:
    begin = _begin(band)
    if begin is None and not band.needs:
        return
    if (
        begin is not None
        and not band.needs
        and least is not None
        and (least > begin or (least == begin and band.above is None))
    ):
        return
    below = (
        f"a total below {begin} has no grade"
        if begin is not None
        else "who does not meet its needs has no grade"
    )
    message = f"{below}; let the last grade take the rest: leave out its 'from', 'above' and 'needs'"
    draft.report.add("band-open", node.path, message)
