"""How many hold at a time: stretches of days with a count, swept over once."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from ..days import ONE_DAY, Spanned, began, ended


def counted(spans: Iterable[tuple[str, Spanned]], *, start: date, end: date) -> list[tuple[date, date, int]]:
    """Return stretches of days from ``start`` to ``end`` with how many different names hold, in order.

    Neighbouring stretches differ in their count; together they are all the days.
    """
    events: list[tuple[date, int, str]] = []
    for name, span in spans:
        first, last = max(start, began(span)), min(end, ended(span))
        if first <= last:
            events.append((first, 1, name))
            if last < end:
                events.append((last + ONE_DAY, -1, name))
    events.sort()
    held: Counter[str] = Counter()
    found: list[tuple[date, date, int]] = []
    since, count = start, 0
    for position, (day, step, name) in enumerate(events):
        held[name] += step
        if not held[name]:
            del held[name]
        is_last_of_day = position + 1 == len(events) or events[position + 1][0] != day
        if is_last_of_day and len(held) != count:
            if since < day:
                found.append((since, day - ONE_DAY, count))
            since, count = day, len(held)
    found.append((since, end, count))
    return found


def overlaps(records: Iterable[tuple[int, Spanned]]) -> list[tuple[int, int, date, date]]:
    """Return positions of each record and of an earlier one it overlaps, with the first and last common day.

    Records that never hold (they end before they begin) overlap none.
    """
    rows = sorted((began(record), position, ended(record)) for position, record in records)
    found = []
    holding: tuple[date, int] | None = None
    for since, position, until in rows:
        if until < since:
            continue
        if holding is not None and since <= holding[0]:
            found.append((position, holding[1], since, min(until, holding[0])))
        if holding is None or until > holding[0]:
            holding = (until, position)
    return found
