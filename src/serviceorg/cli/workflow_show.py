"""``serviceorg workflow show``: what a workflow says, in words."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs
import click

from ..basics import Label
from ..workflow.drawing.words import KINDS
from ..workflow.rules import Workflow
from ..workflow.words.definition import Titles
from .asked import registry
from .output import Cell, write_json, write_table, write_text
from .workflow_described import described, plain
from .workflow_named import workflow
from .workflow_words import word

#: Comma, semicolon and colon of each language.
_SIGNS = {"en": (", ", "; ", ": "), "zh": ("、", "；", "：")}
Row = dict[str, Any]


@click.command()
@click.argument("rules")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def show(*, rules: str, lang: str, form: str) -> None:
    """Show the workflow RULES in words: a registered id or a workflow file.

    States, who may make which move and what it needs, clocks, notices, facts, and the promises that were
    proved when it was loaded.
    """
    found = workflow(registry(), rules)
    if form == "json":
        write_json(plain(described(found)))
    else:
        Shown.of(found, lang).write()


@attrs.frozen(eq=False)
class Shown:
    """The newest version of a workflow as text in one language."""

    all: Row
    lang: str
    titles: Titles

    @classmethod
    def of(cls, rules: Workflow, lang: str) -> "Shown":
        """Return the text of a workflow."""
        return cls(described(rules), lang, Titles(rules.versions[-1]))

    def write(self) -> None:
        """Write every section that has something in it."""
        write_text("\n".join(self._head()))
        self._table("states", ("id", "title", "kind", "public", "outcome"), self._state)
        self._blocks("openings", self._step)
        self._blocks("moves", self._step)
        self._blocks("clocks", self._clock)
        self._table("notices", ("id", "title", "on", "to", "when", "text", "source"), self._notice)
        self._table("facts", ("kind", "title", "on", "subject", "when", "attributes", "source"), self._fact)
        self._table("metrics", ("id", "title", "by", "source"), self._metric)
        self._table("promises", ("promise", "means", "source"), self._promise)

    def _head(self) -> Iterator[str]:
        head = self.all
        yield f"{head['id']}  {self._text(head['title'])}"
        for one in head["versions"]:
            marks = self._word("version"), self._word("content")
            yield f"  {marks[0]} {one['version']} ({marks[1]} {one['hash'][:12]})"
            yield f"    {self._line('basis', one['basis'])}"
        yield f"  {self._line('source', head['source'])}"
        yield f"  {self._line('calendar', head['calendar'])}"
        if head["illustrative"]:
            yield f"  {self._word('illustrative')}"

    # -- a table for what is short, a block of lines for what is not

    def _table(self, section: str, columns: Sequence[str], cells: Callable[[Row], Sequence[str]]) -> None:
        rows: list[list[Cell]] = [list(cells(row)) for row in self.all[section]]
        if not rows:
            return
        # A column nobody filled says nothing.
        used = [place for place in range(len(columns)) if any(row[place] for row in rows)]
        self._heading(section)
        write_table(
            [self._word(columns[place]) for place in used], [[row[place] for place in used] for row in rows]
        )

    def _blocks(self, section: str, lines: Callable[[Row], Iterator[tuple[str, str]]]) -> None:
        if self.all[section]:
            self._heading(section)
        for one in self.all[section]:
            said = [f"  {self._line(key, text)}" for key, text in lines(one) if text]
            write_text("\n".join([f"{one['id']}  {self._text(one['title'])}", *said]))

    def _heading(self, section: str) -> None:
        click.echo(f"\n{self._word(section)}")

    def _word(self, key: str) -> str:
        return word(key, self.lang)

    def _line(self, key: str, text: str) -> str:
        return f"{self._word(key)}{_SIGNS[self.lang][2]}{text}"

    def _text(self, label: Label) -> str:
        return label.in_(self.lang)

    def _listed(self, labels: Sequence[Label], sign: int = 0) -> str:
        return _SIGNS[self.lang][sign].join(map(self._text, labels))

    def _events(self, names: Sequence[str]) -> str:
        return self._listed([self.titles.event(name) for name in names])

    def _slots(self, names: Sequence[str]) -> str:
        return self._listed([self.titles.slot(name) for name in names])

    def _fields(self, names: Sequence[str]) -> str:
        return self._listed([self.titles.field(name) for name in names])

    # -- rows of tables

    def _state(self, state: Row) -> Sequence[str]:
        kind, public = KINDS[state["kind"]], self._word(state["public"])
        return state["id"], self._text(state["title"]), self._text(kind), public, state["outcome"]

    def _notice(self, notice: Row) -> Sequence[str]:
        names = self._events(notice["on"]), self._slots(notice["to"]), self._needs(notice["when"])
        return notice["id"], self._text(notice["title"]), *names, self._text(notice["text"]), notice["source"]

    def _fact(self, fact: Row) -> Sequence[str]:
        about = self._slots([fact["subject"]])
        names = self._events(fact["on"]), about, self._needs(fact["when"]), ", ".join(fact["attributes"])
        return fact["kind"], self._text(fact["title"]), *names, fact["source"]

    def _metric(self, metric: Row) -> Sequence[str]:
        return metric["id"], self._text(metric["title"]), self._slots([metric["by"]]), metric["source"]

    def _promise(self, promise: Row) -> Sequence[str]:
        return self._text(promise["title"]), self._text(promise["words"]), promise["source"]

    # -- lines of blocks

    def _step(self, step: Row) -> Iterator[tuple[str, str]]:
        yield "way", self._way(step)
        yield "who", self._listed(step["who"], sign=1)
        yield "form", self._fields(step["required"])
        yield "optional", self._fields(step["optional"])
        for need in step["needs"]:
            yield "needs", self._needs([need])
        yield "extends", self._listed(step["extends"])
        yield "source", step["source"]

    def _way(self, step: Row) -> str:
        targets = []
        for route in step["to"]:
            to = self._events([route["state"]]) if route["state"] else self._word("stays")
            when = self._needs(route["when"])
            condition = f"（{when}）" if self.lang == "zh" else f" (if {when})"
            targets.append(to + condition if when else to)
        there = f"→ {_SIGNS[self.lang][1].join(targets)}"
        return f"{self._sources(step['from'])} {there}" if "from" in step else there

    def _sources(self, names: Sequence[str]) -> str:
        every_open = {one["id"] for one in self.all["states"] if one["kind"] != "final"}
        is_every = len(names) > 1 and set(names) == every_open
        return self._word("any-open") if is_every else self._events(names)

    def _needs(self, needs: Sequence[Row]) -> str:
        texts = [self._text(need["words"]) for need in needs]
        sources = [f" [{need['source']}]" if need["source"] else "" for need in needs]
        return _SIGNS[self.lang][1].join(map("".join, zip(texts, sources, strict=True)))

    def _clock(self, clock: Row) -> Iterator[tuple[str, str]]:
        yield "limit", self._text(clock["limit"])
        yield "since", self._fields([clock["since"]] if clock["since"] else [])
        for event in ("start", "stop", "pause", "reset", "cancel"):
            yield event, self._events(clock[event])
        yield "holder", self._slots([clock["holder"]] if clock["holder"] else [])
        for tier in clock["tiers"]:
            yield "tier", f"{tier['id']} {self._text(tier['words'])}"
        yield "source", clock["source"]
