"""Working time: what is counted while the office is open."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Stretch = tuple[datetime, datetime]
_NONE = timedelta(0)


def moment_after(stretches: Iterable[Stretch], start: datetime, time: timedelta) -> datetime | None:
    """Return when ``time`` of the stretches has passed since ``start``; None if they end before.

    Time that ends with a stretch ends there, not at the beginning of the next.
    """
    if time == _NONE:
        return start
    for opens, closes in stretches:
        begins = max(opens, start)
        if begins + time <= closes:
            return begins + time
        if closes > begins:
            time -= closes - begins
    return None


def time_between(stretches: Iterable[Stretch], start: datetime, end: datetime) -> timedelta:
    """Return how much of the stretches lies between two moments."""
    total = _NONE
    for opens, closes in stretches:
        if opens >= end:
            break
        begins, ends = max(opens, start), min(closes, end)
        if ends > begins:
            total += ends - begins
    return total
