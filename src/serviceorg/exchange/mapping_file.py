"""Mapping files: a TOML text becomes a ``LogMapping``, or a list of all that is wrong with it."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..basics import FrozenMap
from ..errors import known_names
from .attributes import Unreadable, number
from .log import Value
from .mapping import COMPLETE, ActorRule, EventRule, Filling, LogMapping, MomentRule, OpeningRule
from .notes import Notes, shown

#: A mapping file names some dozens of events.
MOST_BYTES = 256 * 1024


def mapping_from_path(path: str | Path) -> LogMapping:
    """Return the mapping of a TOML file.

    Raises:
        LogProblems: If the file cannot be read, or with everything that is wrong in it.
    """
    notes = Notes(str(path))
    try:
        with Path(path).open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        return mapping_from_text(content.decode("utf-8-sig"), file=str(path))
    except (OSError, UnicodeDecodeError) as error:
        message = f"the file cannot be read: {getattr(error, 'strerror', '') or error}"
        raise notes.stop("file", "", message) from None


def mapping_from_text(text: str, *, file: str = "") -> LogMapping:
    """Return the mapping of a TOML text; only its form is checked, as no workflow is at hand.

    Raises:
        LogProblems: With everything that is wrong in it.
    """
    notes = Notes(file)
    root = _Table(_document(text, notes), "", notes)
    log, opening, actor = (root.table(name) for name in ("log", "opening", "actor"))
    mapping = LogMapping(
        id=log.text("id", "concept:name"),
        name=log.text("name", "concept:name"),
        time=log.text("time", "time:timestamp"),
        transitions=log.texts("transitions", COMPLETE),
        rest=log.word("rest", ("refuse", "ignore")),
        opening=OpeningRule(
            do=opening.text("do"), at=opening.text("at"), form=opening.form("form", of_trace=True)
        ),
        actor=ActorRule(
            id=actor.text("id", "org:resource"),
            unit=actor.text("unit", "org:group"),
            roles=actor.texts("roles"),
            unknown=actor.text("unknown", "unknown"),
        ),
        events=tuple(_event(table) for table in root.tables("event")),
        moments=tuple(_moment(table) for table in root.tables("moment")),
        ends=root.table("end", "states").texts("states"),
        file=file,
    )
    for table in (log, opening, actor, root):
        table.close()
    _check_names(mapping, notes)
    notes.raise_if_any()
    return mapping


def _document(text: str, notes: Notes) -> dict[str, Any]:
    if len(text) > MOST_BYTES:
        raise notes.stop("too-big", "", f"more than {MOST_BYTES} bytes; a mapping file is a short one")
    try:
        return tomllib.loads(text, parse_float=_Float)
    except (ValueError, RecursionError) as error:
        # Whole numbers of thousands of digits end up here too; deep brackets are the RecursionError.
        raise notes.stop("syntax", "", f"the text cannot be read as TOML: {shown(str(error))}") from None


class _Float:
    """A number with a point; made exact where it is allowed, and never read where it is not."""

    def __init__(self, written: str) -> None:
        self.written = written

    def __repr__(self) -> str:
        return self.written


class _Table:
    """A table while it is read: every key asked for is known, the others are problems at ``close``."""

    def __init__(self, values: dict[str, Any], where: str, notes: Notes, known: tuple[str, ...] = ()) -> None:
        self._values, self._where, self._notes = values, where, notes
        self._known = dict.fromkeys(known)

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Return a text that is not empty, ``default`` where none is written."""
        found = self._get(key)
        if found is None:
            if required:
                self.wrong("missing-key", "", f"the key {key!r} is missing")
            return default
        if not isinstance(found, str) or not found:
            self.wrong("type", key, f"found {shown(found)}; allowed is a text that is not empty")
            return default
        return found

    def word(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return one of some words, the first one by default."""
        found = self.text(key, allowed[0])
        if found not in allowed:
            self.wrong("unknown-word", key, f"found {shown(found)}; {known_names(found, allowed)}")
        return found

    def flag(self, key: str) -> bool:
        """Return a flag, False by default."""
        found = self._get(key)
        if found is not None and not isinstance(found, bool):
            self.wrong("type", key, f"found {shown(found)}; allowed are true and false")
        return found is True

    def texts(self, key: str, default: tuple[str, ...] = (), *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        found = self._get(key)
        if found is None:
            if required:
                self.wrong("missing-key", "", f"the key {key!r} is missing")
            return default
        several = [found] if isinstance(found, str) else found
        if not isinstance(several, list) or not all(isinstance(one, str) and one for one in several):
            self.wrong("type", key, f"found {shown(found)}; allowed is a text, or a list of texts")
            return default
        return tuple(several)

    def table(self, key: str, *known: str) -> "_Table":
        """Return a table; with ``known`` keys only those are allowed."""
        found = self._get(key)
        if not isinstance(found, dict | None):
            self.wrong("type", key, f"found {shown(found)}; allowed is a table [{key}]")
        inside = _Table(found if isinstance(found, dict) else {}, key, self._notes, known)
        if known:
            inside.close()
        return inside

    def tables(self, key: str) -> Iterator["_Table"]:
        """Yield the tables of a list."""
        found = self._get(key)
        if found is None:
            return
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.wrong("type", key, f"found {shown(found)}; allowed are tables [[{key}]]")
            return
        for place, one in enumerate(found, 1):
            yield _Table(one, f"{key}[{place}]", self._notes)

    def form(self, key: str, *, of_trace: bool = False) -> FrozenMap[str, Filling]:
        """Return how each field is filled in."""
        found = self._get(key)
        if found is None:
            return FrozenMap()
        if not isinstance(found, dict):
            self.wrong("type", key, f'found {shown(found)}; allowed is {{ field = "attribute" }}')
            return FrozenMap()
        return FrozenMap(
            (name, self._filling(f"{key}.{name}", value, of_trace=of_trace)) for name, value in found.items()
        )

    def _filling(self, key: str, value: object, *, of_trace: bool) -> Filling:
        if isinstance(value, str) and value:
            return Filling(attribute=value, of_trace=of_trace)
        if isinstance(value, dict) and set(value) == {"trace"} and isinstance(value["trace"], str):
            return Filling(attribute=value["trace"], of_trace=True)
        if isinstance(value, dict) and set(value) == {"value"}:
            constant = _constant(value["value"])
            if constant is not None:
                return Filling(constant=constant)
        allowed = 'the name of an attribute, { trace = "attribute" } or { value = … }'
        self.wrong("type", key, f"found {shown(value)}; allowed is {allowed}")
        return Filling()

    def close(self) -> None:
        """Report every key nobody asked for."""
        for key in self._values:
            if key not in self._known:
                self.wrong("unknown-key", key, f"unknown key {shown(key)}; {known_names(key, self._known)}")

    def _get(self, key: str) -> Any:
        self._known[key] = None
        return self._values.get(key)

    def wrong(self, code: str, key: str, message: str) -> None:
        """Note a problem at a key, or ("") at the table."""
        self._notes.add(code, ".".join(filter(None, (self._where, key))), message)


def _constant(value: object) -> Value | None:
    if isinstance(value, _Float):
        try:
            return number(value.written.replace("_", ""))
        except Unreadable:
            return None
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    return value if isinstance(value, (str, bool, int)) else None


def _event(table: _Table) -> EventRule:
    names, do, ignore = table.texts("name", required=True), table.text("do"), table.flag("ignore")
    if bool(do) == ignore:
        table.wrong("one-of", "", "write exactly one of do and ignore = true")
    rule = EventRule(names=names, do=do, form=table.form("form"), ignore=ignore)
    table.close()
    return rule


def _moment(table: _Table) -> MomentRule:
    attribute, do = table.text("attribute", required=True), table.text("do", required=True)
    rule = MomentRule(attribute=attribute, do=do, form=table.form("form", of_trace=True))
    table.close()
    return rule


def _check_names(mapping: LogMapping, notes: Notes) -> None:
    first: dict[str, int] = {}
    for place, rule in enumerate(mapping.events, 1):
        for name in rule.names:
            if first.setdefault(name, place) != place:
                message = f"events called {shown(name)} have a rule already, event[{first[name]}]"
                notes.add("double-name", f"event[{place}].name", message)
    if not mapping.events and not mapping.moments and not notes.problems:
        notes.add("missing-key", "", "no [[event]] says what the events of the log mean")
