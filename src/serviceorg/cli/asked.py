"""What the arguments of a command mean: rule sets, periods, days, facts and subjects."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from ..basics import Period, parse_date, parse_period
from ..errors import PeriodError
from ..facts import Fact, FactKind
from ..loading import rule_set_from_path
from ..loading.records import read_facts, read_subjects
from ..model import Subject
from ..plugins import Registry, load
from ..plugins.folders import read_folders
from ..scoring.rules import RuleSet
from .escaping import visible

F = TypeVar("F", bound=Callable[..., Any])


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else parse_date(value)
    except PeriodError as error:
        raise click.BadParameter(str(error), ctx, param) from None


def say(message: str) -> None:
    """Tell something on the error channel, where it disturbs no pipe."""
    click.echo("\n".join(map(visible, message.splitlines())), err=True)


def registry() -> Registry:
    """Return everything installed; a broken plugin is told and left out, so that no command dies of it."""
    found = load(on_error="quarantine")
    for fault in found.problems:
        say(f"warning: {fault}")
    return found


def rule_sets(known: Registry, name: str) -> tuple[RuleSet, ...]:
    """Return the rule sets that an argument names: one by id or file, several by folder.

    Raises:
        UnknownIdError: If it is no id and no file; names the nearest id.
        RuleSetProblems: For all problems of the file or folder.
    """
    path = Path(name)
    if name in known.rule_sets or not path.exists():
        return (known.rule_set(name),)
    if path.is_file():
        return (rule_set_from_path(path),)
    found = read_folders((path,))
    return tuple(found[one] for one in sorted(found))


def rule_set(known: Registry, name: str) -> RuleSet:
    """Return the one rule set an argument names.

    Raises:
        click.UsageError: If it names a folder with several; tells their files.
    """
    found = rule_sets(known, name)
    if len(found) != 1:
        names = ", ".join(rules.origin or rules.id for rules in found)
        raise click.UsageError(f"{name!r} holds {len(found)} rule sets; name one of {names}")
    return found[0]


def period_of(rules: RuleSet, text: str) -> Period:
    """Return the period, in years that begin in the month the rule set says."""
    return parse_period(text, first_month=rules.first_month)


def facts_of(path: str, kinds: Mapping[str, FactKind]) -> list[Fact]:
    """Return the facts of a file; kinds that were set aside are told on the error channel."""
    reader = read_facts(path, kinds)
    facts: list[Fact] = []
    with progress("reading facts", total=_size(path)) as advance:
        for number, fact in enumerate(reader):
            facts.append(fact)
            if number % 1_000 == 0:
                advance(reader.position)
    for notice in reader.report.notices():
        say(f"notice: {path}: {notice}")
    return facts


def subjects_of(path: str | None) -> tuple[Subject, ...] | None:
    """Return the subjects of a file, None without a file: then everyone with a fact is scored."""
    return None if path is None else read_subjects(path)


@contextmanager
def progress(what: str, *, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show on the error channel that work goes on, if a person is looking.

    Yields a function that is told how far the work is, of ``total``.
    """
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)


def _size(path: str) -> int | None:
    try:
        return Path(path).stat().st_size
    except OSError:
        return None  # the reader will tell what is wrong with it


def data_options(command: F) -> F:
    """Add the options of every command that scores."""
    for option in reversed(
        [
            click.option("--facts", "facts_file", required=True, help="Facts: .jsonl, .ndjson or .csv."),
            click.option("--subjects", "subjects_file", help="Subjects: .jsonl, .ndjson or .csv."),
            click.option("--period", "period_text", required=True, help="2024, 2024-H1, 2024-Q3 or 2024-07."),
            click.option(
                "--as-of", callback=_day, metavar="DATE", help="Count only what was recorded by this day."
            ),
        ]
    ):
        command = option(command)
    return command
