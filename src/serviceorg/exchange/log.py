"""An event log as values: traces with their events, as another system recorded them."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import attrs

from ..basics import FrozenMap, frozen_map

#: What an attribute of a log may be; a moment keeps the offset it was written with.
Value = str | bool | int | Decimal | datetime | tuple[str, ...]


@attrs.frozen(kw_only=True)
class Event:
    """Something that happened in a case: its attributes, and the line of the file it begins in (0: none)."""

    attributes: FrozenMap[str, Value] = attrs.field(factory=FrozenMap, converter=frozen_map)
    line: int = 0

    @property
    def name(self) -> str:
        """What happened (``concept:name``), "" if the log does not say."""
        return text_of(self.attributes.get("concept:name"))


@attrs.frozen(kw_only=True)
class Trace:
    """A case: its own attributes, and its events in the order of the file."""

    attributes: FrozenMap[str, Value] = attrs.field(factory=FrozenMap, converter=frozen_map)
    events: tuple[Event, ...] = ()
    line: int = 0


@attrs.frozen(kw_only=True)
class Log:
    """Cases in the order of the file (事件日志); ``file`` is where they come from."""

    traces: tuple[Trace, ...] = ()
    file: str = ""

    def __iter__(self) -> Iterator[Trace]:
        return iter(self.traces)

    def __len__(self) -> int:
        return len(self.traces)

    @property
    def events(self) -> int:
        """How many events there are in all cases."""
        return sum(len(trace.events) for trace in self.traces)


def text_of(value: Value | None) -> str:
    """Return a value as text: moments in ISO form, flags as true and false, ids with spaces; None is ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, datetime) else str(value)
