"""The problems of one document while they are being found, and how a place in it is called."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import Problem, Problems, RuleSetProblems, known_names
from .lines import line_of

#: A place in a document: keys, and positions in lists counted from 0.
Path = tuple[str | int, ...]

#: A file with thousands of mistakes is the wrong file: nobody reads further, and nothing is searched further.
MOST_PROBLEMS = 100
#: Nearest guesses are sought among so many names in all; a file with more is not searched for seconds.
MOST_COMPARED = 20_000


class Report:
    """Collects the problems of one document; says them in the order of its lines.

    ``text`` is the source, from which lines are counted only when there is a problem. ``scale`` is the
    number of decimals amounts may have in this document, ``error`` what is raised.
    """

    def __init__(
        self,
        file: str,
        document: Mapping[str, Any],
        *,
        text: str = "",
        scale: int = 2,
        error: type[Problems] = RuleSetProblems,
    ) -> None:
        self.file, self.document, self.text, self.scale = file, document, text, scale
        self.error = error
        self.found: list[tuple[str, Path, str]] = []
        self.count = self.compared = 0
        # Kept beyond MOST_PROBLEMS: values are built only of tables without any problem.
        self._touched: set[Path] = set()

    def add(self, code: str, path: Path, message: str) -> None:
        """Note a problem; beyond ``MOST_PROBLEMS`` it is only counted."""
        self.count += 1
        self._touched.update((path[:1], path[:2]))
        if not self.is_full:
            self.found.append((code, path, message))

    def unknown(self, code: str, path: Path, *, what: str, found: str, known: Iterable[str]) -> None:
        """Note a name nobody knows, with the nearest guess."""
        self.guess(code, path, f"unknown {what} {quoted(found)}", found=found, known=known)

    @property
    def is_full(self) -> bool:
        """Whether further problems are only counted."""
        return len(self.found) >= MOST_PROBLEMS

    def guess(self, code: str, path: Path, text: str, *, found: str, known: Iterable[str]) -> None:
        """Note a problem and what is known; the guess is only worked out while problems are shown."""
        names = sorted(known)
        self.compared += len(names)
        if self.compared > MOST_COMPARED:
            names = names[:8]
        self.add(code, path, "" if self.is_full else f"{text}; {known_names(found, names)}")

    def has_problem_in(self, path: Path) -> bool:
        """Return whether something at or below ``path``, of at most two parts, is wrong."""
        return path in self._touched

    def has_unknown_key(self, path: Path) -> bool:
        """Return whether a key right in the table at ``path`` is unknown: it may be one that is missed."""
        return any(code == "unknown-key" and place[:-1] == path for code, place, _ in self.found)

    def said(self) -> list[tuple[str, str, str]]:
        """Return code, place in words and message of all that was found, the same in every version."""
        return [(code, spoken(path, self.document), message) for code, path, message in self.found]

    def problems(self) -> tuple[Problem, ...]:
        """Return what was found, in the order of the lines of the file."""
        placed = [(line_of(path, self.text), code, path, message) for code, path, message in self.found]
        placed.sort(key=lambda place: place[0])
        problems = [
            Problem(code, where(path, self.document, line), message, self.file)
            for line, code, path, message in placed
        ]
        if self.count > len(self.found):
            rest = self.count - len(self.found)
            more = f"{rest} more problem{' is' if rest == 1 else 's are'} not shown; mend these first"
            problems.append(Problem("more", "", more, self.file))
        return tuple(problems)

    def raise_if_any(self) -> None:
        """Raise everything that was found.

        Raises:
            Problems: If anything was found, of the class of this report.
        """
        if self.found:
            raise self.error(self.problems())


def quoted(value: object) -> str:
    """Return a value as it is shown in a message: its repr, cut after 60 signs."""
    text = repr(str(value)) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def where(path: Path, document: Mapping[str, Any], line: int = 0) -> str:
    """Return a place as people call it: ``line 12, item.A01.points``."""
    place = spoken(path, document)
    return ", ".join(filter(None, [f"line {line}" if line else "", place]))


def spoken(path: Path, document: Mapping[str, Any]) -> str:
    """Return a path in words: entries of lists go by their id, or else by their position from 1."""
    text, here = "", document
    for part in path:
        if isinstance(part, int):
            name = _name(here, part)
            text += f".{name}" if name else f"[{part + 1}]"
        else:
            plain = part.replace("_", "").replace("-", "").isalnum()
            text += ("." if text else "") + (part if plain else quoted(part).replace("'", '"'))
        here = _inside(here, part)
    return text


def name_of(entry: object) -> str:
    """Return the name of an entry of a list: its id, ``star-3`` for a star without one, or ""."""
    if not isinstance(entry, dict):
        return ""
    name = entry.get("id", f"star-{entry['level']}" if type(entry.get("level")) is int else "")
    plain = isinstance(name, str) and len(name) <= 64 and name.replace("_", "").replace("-", "").isalnum()
    return name if plain else ""


def _name(entries: object, position: int) -> str:
    if not isinstance(entries, list) or position >= len(entries):
        return ""
    name = name_of(entries[position])
    # An id that is used twice says nothing about which of the two is meant.
    return name if name and sum(name_of(entry) == name for entry in entries) == 1 else ""


def _inside(here: Any, part: str | int) -> Any:
    try:
        return here[part]
    except (KeyError, IndexError, TypeError):
        return None
