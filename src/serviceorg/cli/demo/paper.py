"""What the demo's parts write on: headings, tables, how long it took, what to try next."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import attrs
import click

from ..output import Cell, write_table
from .tickets import FLOW
from .words import word
from .zhucheng.story import COVERAGE, DUTIES, LOOKED_AT

#: The folder of the invented city beside the files of the invented district.
CITY = "zhucheng"
_HUNDREDTH = Decimal("0.01")


@attrs.frozen
class Paper:
    """The report in one language, from its first heading to its last."""

    lang: str

    def heading(self, key: str, **values: object) -> None:
        """Write a heading, bold where somebody looks."""
        text = word(key, self.lang, **values)
        # click leaves styles out where nobody looks; that NO_COLOR says so too it does not know.
        bold = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        click.echo(f"\n{click.style(text, bold=True) if bold else text}")

    def say(self, key: str, **values: object) -> None:
        """Write a sentence below an empty line."""
        click.echo(f"\n{word(key, self.lang, **values)}")

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """Write a table; columns are keys of words."""
        write_table([word(column, self.lang) for column in columns], rows)

    def times(self, seconds: Mapping[str, float], facts: Mapping[str, int]) -> None:
        """Show how long each step took, and how many facts a second where it was about facts."""
        rows = [self._time(word(step, self.lang), took, facts.get(step)) for step, took in seconds.items()]
        rows.append(self._time(word("together", self.lang), sum(seconds.values()), None))
        self.heading("times")
        self.table(("step", "seconds", "facts", "facts-per-second"), rows)

    def next_steps(self, out: Path | None, rules: str, explained: str) -> None:
        """Name the commands that go on from here; ``explained`` is who is asked about, "" for nobody."""
        folder = out or Path("erqi-2024")
        self.heading("next")
        if out is None:
            click.echo(word("out-hint", self.lang))
            click.echo(f"  serviceorg demo --out {folder}")
        for key, command in _commands(folder, rules, explained):
            click.echo(f"{word(key, self.lang)}\n  {command}")

    def _time(self, step: str, seconds: float, facts: int | None) -> list[Cell]:
        shown = Decimal(seconds).quantize(_HUNDREDTH)
        speed = None if facts is None or not shown else int(facts / seconds)
        return [step, shown, facts, speed]


def _commands(folder: Path, rules: str, explained: str) -> list[tuple[str, str]]:
    """Return what each command is for, and the command."""
    files = f"--facts {folder / 'facts.jsonl'} --subjects {folder / 'subjects.jsonl'} --period 2024"
    score, city = f"serviceorg score {rules} {files}", folder / CITY
    snapshot, visits = city / "snapshot", f"--facts {city / 'visits.jsonl'}"
    hints = [("score-hint", score)]
    if explained:
        hints.append(("explain-hint", f"{score} --explain {explained} --lang zh"))
    duties, coverage = (f"{place}/{Path(file).stem}" for place, _, file in (DUTIES, COVERAGE))
    return [
        *hints,
        ("check-hint", f"serviceorg check {rules}"),
        ("workflow-hint", f"serviceorg workflow show {FLOW}"),
        ("draw-hint", f"serviceorg workflow draw {FLOW} --out appeal.svg"),
        ("snapshot-hint", f"serviceorg snapshot check {snapshot}"),
        (
            "duties-hint",
            f"serviceorg duties {duties} --snapshot {snapshot} {visits} --period 2024-Q3 --on {LOOKED_AT}",
        ),
        ("coverage-hint", f"serviceorg coverage {coverage} --snapshot {snapshot} {visits} --on 2024-09-30"),
    ]
