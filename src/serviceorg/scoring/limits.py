"""Cells of time, and what caps leave of a row of payments.

Payments come in order of day, then fact id; each is paid as far as every limit still has room.
What one limit refuses uses up no other. For spans that nest (day in month in year) this equals
capping the sum of every cell, small to large; weeks, which cut across months, need the order.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from ..basics import SPANS, month_end, month_number

_WEEK = 7

#: A payment: ordinal day, month number, units not yet signed.
Payment = tuple[int, int, int]


def cell_of(span: str, day: int, month: int, shift: int) -> int:
    """Return the number of the cell of ``span`` that a day lies in; "period" and "event" have one."""
    if span == "day":
        return day
    if span == "week":
        return (day - 1) // _WEEK  # ordinal day 1 was a Monday
    if span == "period":
        return 0
    return (month - shift) // SPANS[span]


@lru_cache(4096)
def cell_days(span: str, cell: int, shift: int) -> tuple[int, int]:
    """Return the first and last ordinal day of a cell of a span shorter than "period"."""
    if span == "day":
        return cell, cell
    if span == "week":
        return cell * _WEEK + 1, cell * _WEEK + _WEEK
    months = SPANS[span]
    first = cell * months + shift
    return month_end(first).replace(day=1).toordinal(), month_end(first + months - 1).toordinal()


def cells_between(span: str, first: int, last: int, shift: int) -> range:
    """Return the cells that have a day from ``first`` to ``last``."""
    if span == "period":
        return range(1)
    low = cell_of(span, first, month_number(date.fromordinal(first)), shift)
    high = cell_of(span, last, month_number(date.fromordinal(last)), shift)
    return range(low, high + 1)


def allowed(
    payments: Sequence[tuple[int, int, int]],
    spans: Sequence[str],
    cap_of: Callable[[str, int], int],
    shift: int,
) -> tuple[list[int], dict[tuple[str, int], list[int]]]:
    """Return what is paid of each (day, month, amount), and each bite: (span, cell) -> [cap, lost].

    A refused part is put down to the tightest limit, of equal ones to the shortest span. A negative
    amount is never limited and makes room again.
    """
    used: dict[tuple[str, int], int] = {}
    bites: dict[tuple[str, int], list[int]] = {}
    kept: list[int] = []
    for day, month, amount in payments:
        keys = [(span, cell_of(span, day, month, shift)) for span in spans]
        room, tightest = amount, None
        for key in keys:
            left = cap_of(*key) - used.get(key, 0)
            if left < room:
                room, tightest = min(max(left, 0), room), key
        for key in keys:
            used[key] = used.get(key, 0) + room
        if tightest is not None and room < amount:
            bites.setdefault(tightest, [cap_of(*tightest), 0])[1] += amount - room
        kept.append(room)
    return kept, bites
