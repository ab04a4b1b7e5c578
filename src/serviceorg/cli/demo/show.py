"""``serviceorg demo``: an invented district scored and explained, tickets, and an invented city's duties."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import attrs
import click

from ...basics import Year
from ...loading import rule_set_from_path, rule_set_from_text
from ...plugins.discovery import bundled_schemes
from ...scoring import FactBook, RuleSet, Scorecard, compare, score_all
from ..asked import progress
from .erqi.people import MEMBERS
from .erqi.year import ErqiYear, erqi_year
from .explain import explained_shortly
from .files import write_year
from .paper import CITY, Paper
from .report import Report
from .tickets import story
from .zhucheng.report import tell_city
from .zhucheng.story import put_to_work

SEED = 2024
RULES = Path("erqi", "vanguard-member.toml")
#: The amendment of the what-if: one item pays half as much again, and its caps follow.
AMENDMENT = """
[[amend]]
effective = 2024-01-01
basis = "demo: an hour of volunteer service counts half as much again"
set = { "item.C01.points" = 0.3, "item.C01.cap.month" = 2.25, "item.C01.cap.period" = 9 }
"""
#: Above so many members the what-if looks at every ``SAMPLE_STEP``-th, to keep the demo within a minute.
COMPARED_WHOLE, SAMPLE_STEP = 5_000, 8


@attrs.frozen(eq=False)
class Stopwatch:
    """The seconds of each step so far, in order."""

    seconds: dict[str, float] = attrs.field(factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step."""
        begun = perf_counter()
        yield
        self.seconds[name] = perf_counter() - begun


def run(*, out: Path | None = None, seed: int = SEED, members: int = MEMBERS, lang: str = "en") -> None:
    """Show the library at work, from a seed; with ``out`` what is invented is left there as files.

    Raises:
        click.ClickException: If ``out`` cannot be written.
    """
    watch, paper = Stopwatch(), Paper(lang)
    # Each part lets go of its million facts before the next one begins.
    facts, middle = _district(watch, paper, out=out, seed=seed, members=members)
    facts |= _city(watch, paper, out=out, seed=seed, share=min(1.0, members / MEMBERS))
    paper.times(watch.seconds, facts)
    paper.next_steps(out, RULES.with_suffix("").as_posix(), middle)


def _district(
    watch: Stopwatch, paper: Paper, *, out: Path | None, seed: int, members: int
) -> tuple[dict[str, int], str]:
    """Show a year of points and two tickets; return how many facts each step took, and whom it explained."""
    period = Year(2024)
    with watch.step("load"):
        rules = rule_set_from_path(bundled_schemes() / RULES)
    with watch.step("invent"), progress("inventing people and facts"), _collector_resting():
        year = erqi_year(rules.kinds, seed=seed, members=members)
    report = Report(year=year, rules=rules, lang=paper.lang)
    report.sizes(seed)
    if out is not None:
        with watch.step("write"), progress("writing files"):
            report.written(*_written(year, out))
    with watch.step("book"), progress("entering facts"):
        book = FactBook.of(year.facts)
    with watch.step("score"), progress("scoring", total=members) as advance:
        cards = score_all(
            rules, book, subjects=year.subjects, period=period, progress=lambda done, _: advance(done)
        )
    report.grades(cards)
    report.best(cards)
    middle = _middle(cards)
    if middle is not None:
        with watch.step("explain"):
            texts = [explained_shortly(middle, lang=language) for language in ("en", "zh")]
        report.explained(middle, texts)
    step = sample_step(members)
    sample = year.members[::step]
    with watch.step("compare"), progress("comparing"):
        new_rules = amended(rules)
        found = compare(rules, new_rules, book, subjects=sample, period=period)
    report.what_if(found, AMENDMENT, step=step)
    with watch.step("walk"):
        tickets = story()
    report.tickets(tickets)
    every, compared = len(year.facts), sum(len(book.entry(one.id).facts) for one in sample)
    facts = {**dict.fromkeys(("invent", "write", "book", "score"), every), "compare": 2 * compared}
    return facts, "" if middle is None else middle.subject


def _city(watch: Stopwatch, paper: Paper, *, out: Path | None, seed: int, share: float) -> dict[str, int]:
    """Show an organisation with its duties, coverage and accounts; return how many facts each step took."""
    with (
        progress("inventing a city, reading it, checking its duties"),
        _collector_resting(),
        _folder(out) as folder,
    ):
        try:
            city = put_to_work(watch.step, folder, seed=seed, share=share)
        except OSError as error:
            raise click.ClickException(f"{error.filename or folder}: {error.strerror}") from error
    tell_city(city, paper.lang, paper.heading)
    if out is not None:
        paper.say("city-written", snapshot=city.written[0], visits=city.written[1])
    return dict.fromkeys(("city-invent", "city-write", "city-visits", "city-owe"), len(city.facts))


@contextmanager
def _folder(out: Path | None) -> Iterator[Path]:
    """Give the folder for the city's files: one that stays, or one that goes."""
    if out is not None:
        yield out / CITY
        return
    with TemporaryDirectory(prefix="serviceorg-demo-") as folder:
        yield Path(folder)


def amended(rules: RuleSet) -> RuleSet:
    """Return a bundled rule set with the demo's amendment written below it."""
    text = Path(rules.origin).read_text("utf-8")
    return rule_set_from_text(text + AMENDMENT, file=rules.origin, kinds=rules.kinds)


def sample_step(members: int) -> int:
    """Return 1 where the what-if looks at everybody, else which member it looks at next.

    >>> sample_step(5_000), sample_step(17_727)
    (1, 8)
    """
    return 1 if members <= COMPARED_WHOLE else SAMPLE_STEP


def _middle(cards: Sequence[Scorecard]) -> Scorecard | None:
    """Return the card in the middle of all that have a grade, ordered by total."""
    graded = [(card.total, card.subject, card) for card in cards if card.grade and card.total is not None]
    ordered = sorted(graded, key=lambda row: row[:2])
    return ordered[len(ordered) // 2][2] if ordered else None


def _written(year: ErqiYear, out: Path) -> tuple[Path, Path]:
    try:
        return write_year(year, out)
    except OSError as error:
        raise click.ClickException(f"{error.filename or out}: {error.strerror}") from error


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Keep Python from looking for circular garbage while a million facts are made: a third of the time."""
    gc.collect()  # what the part before left behind
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
