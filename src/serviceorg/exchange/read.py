"""Event logs in: XES (IEEE 1849), read as a stream, with every problem and its line.

What is not of use here is passed over: extensions, globals, classifiers, attributes of the log itself,
and attributes of attributes. A document type is refused outright, and with it every entity anybody
could define: XES needs none, and both have been used to read other files and to fill the memory.
"""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar
from xml.parsers import expat
from zoneinfo import ZoneInfo

from ..basics import FrozenMap
from ..calendars.zones import zone_of
from ..errors import known_names
from .attributes import Unreadable, readers
from .chunks import chunks_of, opened
from .log import Event, Log, Trace, Value
from .notes import Notes, shown

#: How many bytes a log may have unless its reader is told otherwise.
MOST_BYTES = 128 * 1024 * 1024
#: How deep elements may lie in each other; a log needs 5, with nested attributes some more.
MOST_DEPTH = 32
#: The longest single tag or text, in bytes.
LONGEST = 1024 * 1024

#: Elements that may stand where attributes stand, and which are passed over.
_PASSED = {
    "log": frozenset({"extension", "global", "classifier"}),
    "trace": frozenset({"container"}),
    "event": frozenset({"container"}),
}


def read_xes(source: "str | Path | bytes", *, zone: str = "", most_bytes: int = MOST_BYTES) -> Log:
    """Return the traces of a XES file, plain or packed with gzip.

    Args:
        source: A path, or the content as bytes.
        zone: The IANA key of the zone in which moments without an offset were written. Without it they
            are problems, because their day is not known.
        most_bytes: How much there may be once unpacked.

    Raises:
        LogProblems: With everything that is wrong, up to 100 problems, each with its line.
        UnknownIdError: If this machine knows no such zone.
    """
    file = "" if isinstance(source, bytes) else str(source)
    notes = Notes(file)
    reading = _Reading(notes, zone_of(zone) if zone else None)
    with opened(source, notes) as content:
        for chunk in chunks_of(content, notes, most_bytes=most_bytes):
            reading.feed(chunk)
    reading.close()
    notes.raise_if_any()
    return Log(traces=tuple(reading.traces), file=file)


class _Reading:
    """One pass over a file; ``traces`` fills up while chunks are fed."""

    def __init__(self, notes: Notes, zone: ZoneInfo | None) -> None:
        self.traces: list[Trace] = []
        self._notes = notes
        self._readers = readers(zone)
        self._stack: list[str] = []  # what each open element is read as
        self._trace: dict[str, Value] = {}
        self._event: dict[str, Value] = {}
        self._events: list[Event] = []
        self._key, self._items = "", list[str]()  # of the list that is open
        self._began: dict[str, int] = {}
        self._fed = 0
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, chunk: bytes) -> None:
        """Read a piece."""
        self._fed += len(chunk)
        self._parse(chunk, is_last=False)
        # A tag that never ends would be searched again from its beginning with every piece.
        if self._fed - max(self._parser.CurrentByteIndex, 0) > LONGEST:
            raise self._notes.stop("too-long", self._line(), f"a tag or text has more than {LONGEST} bytes")

    def close(self) -> None:
        """Read the end."""
        self._parse(b"", is_last=True)

    def _parse(self, chunk: bytes, *, is_last: bool) -> None:
        try:
            self._parser.Parse(chunk, is_last)
        except expat.ExpatError as error:
            message = f"this is not XML: {expat.ErrorString(error.code)}"
            raise self._notes.stop("xml", f"line {error.lineno}", message) from None

    def _line(self, key: str = "") -> str:
        line = f"line {self._parser.CurrentLineNumber}"
        return f"{line}, {key}" if key else line

    def _doctype(self, name: str, *rest: object) -> None:
        message = (
            f"a document type ({shown(name)}) is not read, as it may define entities; remove <!DOCTYPE …>"
        )
        raise self._notes.stop("doctype", self._line(), message)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._stack) >= MOST_DEPTH:
            raise self._notes.stop("too-deep", self._line(), f"elements lie more than {MOST_DEPTH} deep")
        tag = name.rpartition(" ")[2]
        inside = self._stack[-1] if self._stack else ""
        self._stack.append(self._STARTS[inside](self, tag, attributes))

    def _end(self, _name: str) -> None:
        kind = self._stack.pop()
        if kind == "event":
            self._events.append(Event(attributes=FrozenMap(self._event), line=self._began["event"]))
        elif kind == "trace":
            attributes = FrozenMap(self._trace)
            self.traces.append(
                Trace(attributes=attributes, events=tuple(self._events), line=self._began["trace"])
            )
        elif kind == "list":
            inside = self._trace if self._stack[-1] == "trace" else self._event
            inside[self._key] = tuple(self._items)

    def _root(self, tag: str, _attributes: dict[str, str]) -> str:
        if tag != "log":
            message = f"the document is a <{tag[:40]}>; a XES file is a <log>"
            raise self._notes.stop("not-xes", self._line(), message)
        return "log"

    def _in_log(self, tag: str, attributes: dict[str, str]) -> str:
        if tag == "trace":
            self._trace, self._events = {}, []
            self._began["trace"] = self._parser.CurrentLineNumber
            return "trace"
        if tag == "event":
            self._notes.add(
                "no-trace", self._line(), "an event outside a <trace>: nobody knows which case it is of"
            )
        elif tag not in self._readers and tag != "list" and tag not in _PASSED["log"]:
            self._unknown(tag, ("trace", *_PASSED["log"]))
        return "passed"

    def _in_trace(self, tag: str, attributes: dict[str, str]) -> str:
        if tag == "event":
            self._event = {}
            self._began["event"] = self._parser.CurrentLineNumber
            return "event"
        return self._attribute(tag, attributes, self._trace, ("event",))

    def _in_event(self, tag: str, attributes: dict[str, str]) -> str:
        return self._attribute(tag, attributes, self._event, ())

    def _in_list(self, tag: str, attributes: dict[str, str]) -> str:
        # XES 2.0 puts the entries of a list into <values>; older files do not.
        if tag == "values":
            return "values"
        if "value" in attributes:
            self._items.append(attributes["value"])
        return "passed"

    def _passed(self, _tag: str, _attributes: dict[str, str]) -> str:
        return "passed"

    def _attribute(
        self, tag: str, attributes: dict[str, str], values: dict[str, Value], others: tuple[str, ...]
    ) -> str:
        read = self._readers.get(tag)
        if read is None and tag != "list":
            if tag not in _PASSED["event"]:
                self._unknown(tag, (*self._readers, "list", *others))
            return "passed"
        key = attributes.get("key", "")
        if not key:
            self._notes.add("missing-key", self._line(), f"a <{tag}> has no key")
        elif key in values:
            message = f"the key {shown(key)} stands here twice, and nobody knows which one holds"
            self._notes.add("double-key", self._line(key[:60]), message)
        elif read is None:
            values[key], self._key, self._items = (), key, []
            return "list"
        else:
            self._value(read, key, attributes.get("value"), values)
        return "passed"

    def _value(
        self, read: Callable[[str], Value], key: str, written: str | None, values: dict[str, Value]
    ) -> None:
        if written is None:
            self._notes.add("missing-value", self._line(key[:60]), "there is no value")
            return
        try:
            values[key] = read(written)
        except Unreadable as error:
            self._notes.add("value", self._line(key[:60]), f"found {shown(written)}; {error}")

    def _unknown(self, tag: str, known: tuple[str, ...]) -> None:
        self._notes.add("element", self._line(), f"unknown element {shown(tag)}; {known_names(tag, known)}")

    _STARTS: ClassVar = {
        "": _root,
        "log": _in_log,
        "trace": _in_trace,
        "event": _in_event,
        "list": _in_list,
        "values": _in_list,
        "passed": _passed,
    }
