"""Moments at which several bookings fall together: the sweeps behind capacities that are free again."""

from collections.abc import Iterable, Iterator, Sequence

from .records import Quantity
from .windows import DAY, Window, common

_ALWAYS = (Window(),)


def cliques(bookings: Sequence[tuple[Window, ...]]) -> list[tuple[int, ...]]:
    """Return the sets of bookings (by position) that fall on one moment, the largest ones; none is always.

    The most bookings meet where one of them begins: on each such minute of the week, days are swept in order.
    """
    taken = [windows or _ALWAYS for windows in bookings]
    instants = {(day, window.start) for windows in taken for window in windows for day in window.weekdays}
    found: set[frozenset[int]] = set()
    for weekday, minute in sorted(instants):
        spans = [
            (first, last, place)
            for place, windows in enumerate(taken)
            for first, last in joined(days_at(windows, weekday, minute))
        ]
        for start, _, _ in spans:
            found.add(frozenset(place for first, last, place in spans if first <= start <= last))
    largest = [members for members in found if not any(members < other for other in found)]
    return sorted(tuple(sorted(members)) for members in largest)


def most_at_once(
    windows: tuple[Window, ...], bookings: Sequence[tuple[tuple[Window, ...], Quantity]]
) -> Quantity:
    """Return the most that bookings use together at any one moment within these hours; none are always.

    The most is reached where a booking begins: on each such minute of the week, days are swept in order.
    """
    touching = [(common(windows or _ALWAYS, taken or _ALWAYS), quantity) for taken, quantity in bookings]
    instants = {
        (weekday, window.start) for taken, _ in touching for window in taken for weekday in window.weekdays
    }
    most: Quantity = 0
    for weekday, minute in instants:
        edges: list[tuple[int, int, Quantity]] = []
        for taken, quantity in touching:
            for first, last in joined(days_at(taken, weekday, minute)):
                edges += [(first, 1, quantity), (last, 2, -quantity)]
        used: Quantity = 0
        for _, _, change in sorted(edges, key=lambda edge: edge[:2]):
            used += change
            most = max(most, used)
    return most


def days_at(windows: Iterable[Window], weekday: int, minute: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last day on which windows hold a minute of this day of the week."""
    for window in windows:
        for shift in range(window.reach + 1):
            if not window.start <= minute + DAY * shift < window.start + window.minutes:
                continue
            if (weekday - 1 - shift) % 7 + 1 in window.weekdays:
                first, last = window.first + shift, window.last + shift
                first += (weekday - 1 - (first - 1)) % 7
                last -= ((last - 1) - (weekday - 1)) % 7
                if first <= last:
                    yield first, last


def joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans of one booking without overlaps: what is booked twice over is used once."""
    held: tuple[int, int] | None = None
    for first, last in sorted(spans):
        if held is not None and first <= held[1]:
            held = (held[0], max(held[1], last))
            continue
        if held is not None:
            yield held
        held = (first, last)
    if held is not None:
        yield held
