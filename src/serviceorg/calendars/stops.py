"""Pauses: when a clock stands still."""

from collections.abc import Iterable
from datetime import datetime

import attrs

from ..errors import DurationError
from .zones import in_utc


def _since(moment: datetime) -> datetime:
    return in_utc(moment, where="pause.since")


def _until(moment: datetime | None) -> datetime | None:
    return None if moment is None else in_utc(moment, where="pause.until")


@attrs.frozen
class Pause:
    """A time during which a clock stands still (中止); without ``until`` it has not ended yet."""

    since: datetime = attrs.field(converter=_since)
    until: datetime | None = attrs.field(default=None, converter=_until)

    def __attrs_post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise DurationError(f"pause: it must not end ({self.until}) before it begins ({self.since})")


def stops_of(pauses: Iterable[Pause], start: datetime) -> list[Pause]:
    """Return the pauses from ``start`` on, in order, those that touch or overlap made one."""
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda one: one.since):
        if pause.until is not None and pause.until <= max(start, pause.since):
            continue
        since = max(pause.since, start)
        before = found[-1] if found else None
        if before is None or (before.until is not None and before.until < since):
            found.append(Pause(since, pause.until))
        elif before.until is not None:
            until = None if pause.until is None else max(before.until, pause.until)
            found[-1] = Pause(before.since, until)
    return found
