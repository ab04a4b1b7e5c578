"""One state of a rule set or workflow while it is being read: checked tables first, frozen values after."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from ..facts import FactKind
from ..scoring.rules import Award, Band, Category, Consequence, Head, Item, Veto
from .build.head import SCORECARD, category_of, head_of, kind_of
from .build.items import item_of
from .build.results import award_of, consequence_of, grade_of, star_of, veto_of
from .build.select import late_of
from .report import Path, Report
from .shapes import FILE, Node, Shape, read_table


class Kinds(NamedTuple):
    """The kinds of fact a rule set may read; ``declared`` also names those that could not be read."""

    known: Mapping[str, FactKind]
    declared: frozenset[str]


class Draft:
    """A document read against its vocabulary, with the report of what is wrong in it.

    ``file`` is the shape of the whole, ``head`` the name of its first table.
    """

    def __init__(
        self,
        document: Mapping[str, Any],
        report: Report,
        kinds: Mapping[str, FactKind],
        *,
        file: Shape = FILE,
        head: str = "rule_set",
    ) -> None:
        self.report = report
        self.document = document
        self.root = read_table(file, document, (), report)
        self.head: Node = self.root.get(head) or Node((head,))
        self.kinds = kinds_of(self.root, report, kinds)
        self._ids: dict[str, dict[str, None]] = {}

    def nodes(self, noun: str) -> tuple[Node, ...]:
        """Return the checked tables of a noun, those with problems included."""
        nodes: tuple[Node, ...] = self.root.get(noun, ())
        return nodes

    def entries(self, noun: str) -> list[Any]:
        """Return the tables of a noun as they were written."""
        entries = self.document.get(noun)
        return entries if isinstance(entries, list) else []

    def clauses(self) -> Iterator[tuple[Node, Node]]:
        """Yield (item, clause) for every clause; the item itself where it has no list of clauses."""
        for item in self.nodes("item"):
            for clause in item.get("clause", (item,)):
                yield item, clause

    def ids(self, noun: str) -> Collection[str]:
        """Return the ids of a noun as they were written, in order."""
        if noun not in self._ids:
            names = (entry.get("id") for entry in self.entries(noun) if isinstance(entry, dict))
            self._ids[noun] = dict.fromkeys(name for name in names if isinstance(name, str))
        return self._ids[noun]

    def written(self, node: Node) -> dict[str, Any]:
        """Return a table as it was written: keys that are wrong are still there."""
        here: Any = self.document
        for part in node.path:
            here = here[part]
        raw: dict[str, Any] = here
        return raw

    def is_sound(self, path: Path) -> bool:
        """Return whether nothing at or below ``path`` is wrong."""
        return not self.report.has_problem_in(path)


class Built(NamedTuple):
    """The frozen values of a draft, each with its table; what has problems is left out.

    ``whole`` names the nouns of which nothing is left out.
    """

    head: Head | None
    categories: tuple[tuple[Node, Category], ...]
    items: tuple[tuple[Node, Item], ...]
    vetoes: tuple[tuple[Node, Veto], ...]
    grades: tuple[tuple[Node, Band], ...]
    stars: tuple[tuple[Node, Band], ...]
    consequences: tuple[tuple[Node, Consequence], ...]
    awards: tuple[tuple[Node, Award], ...]
    whole: frozenset[str]


def built(draft: Draft) -> Built:
    """Return the values of every table without problems."""
    head = draft.head
    late = late_of(head.get("late")) if draft.is_sound(("rule_set", "late")) else None
    whole = {"rule_set"} if "rule_set" in draft.root and draft.is_sound(("rule_set",)) else set()

    def made(noun: str, make: Callable[[Node], Any]) -> tuple[tuple[Node, Any], ...]:
        nodes = draft.nodes(noun)
        if draft.is_sound((noun,)):
            whole.add(noun)
            return tuple((node, make(node)) for node in nodes)
        return tuple((node, make(node)) for node in nodes if draft.is_sound(node.path))

    return Built(
        head_of(head) if "rule_set" in whole else None,
        made("category", category_of),
        made("item", lambda node: item_of(node, late)),
        made("veto", veto_of),
        made("grade", grade_of),
        made("star", star_of),
        made("consequence", consequence_of),
        made("award", award_of),
        frozenset(whole),
    )


def kinds_of(root: Node, report: Report, shared: Mapping[str, FactKind]) -> Kinds:
    """Return the kinds declared in this file beside those it shares; reports what is declared differently."""
    known = {SCORECARD.id: SCORECARD, **shared}
    tables: Mapping[str, Node] = root.get("fact", {})
    for name, node in tables.items():
        if report.has_problem_in(node.path):
            continue
        kind = kind_of(name, node)
        if known.setdefault(name, kind) != kind:
            message = (
                f"the kind {name!r} is declared before, differently; give it another id, or leave it out here"
            )
            report.add("kind-clash", node.path, message)
    written = report.document.get("fact")
    return Kinds(known, frozenset((*known, *(written if isinstance(written, dict) else ()))))
