"""What the arguments of a command mean: rule sets, periods, days, facts and subjects."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

import click

from ..basics import Period, parse_period
from ..errors import UnknownIdError, known_names
from ..facts import Fact, FactKind
from ..loading import rule_set_from_path
from ..loading.records import read_facts, read_subjects
from ..model import Subject
from ..plugins import Registry, load
from ..plugins.discovery import bundled_schemes
from ..plugins.folders import read_folders
from ..scoring import run_cases
from ..scoring.rules import RuleSet
from .escaping import visible
from .passed_over import passed_over
from .words import counted

#: How many golden cases that fail are told one by one before a score; ``check`` tells all.
MOST_CASES = 10


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
        click.UsageError: If it is meant for a file that is not there; names the nearest one.
        RuleSetProblems: For all problems of the file or folder.
    """
    path = Path(name)
    if name in known.rule_sets:
        return (known.rule_set(name),)
    try:
        there, is_folder = path.exists(), path.is_dir()
    except OSError:
        there, is_folder = True, False  # where nobody may look; the reader will tell
    if not there:
        raise nothing_there("rule set", name, known.rule_sets)
    if not is_folder:
        return (rule_set_from_path(path),)
    found = read_folders((path,))
    return tuple(found[one] for one in sorted(found))


def nothing_there(noun: str, name: str, known: Sequence[str]) -> Exception:
    """Return the error for a name of nothing: an id was meant, or a file, or it could be both."""
    path = Path(name)
    if path.suffix == ".toml":
        try:
            beside = [one.name for one in path.parent.iterdir()]
        except OSError:
            beside = []
        near = get_close_matches(path.name, beside, n=1)
        guess = f". Did you mean {str(path.with_name(near[0]))!r}?" if near else ""
        return click.UsageError(f"there is no file {name!r}; check the path and its spelling{guess}")
    if "/" in name or os.sep in name:
        ids = known_names(name, known)
        return click.UsageError(f"there is no file {name!r}, nor a {noun} of that id; {ids}")
    return UnknownIdError(noun, name, known)


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


def warn(
    known: Registry,
    rules: Sequence[RuleSet],
    facts: Sequence[Fact],
    subjects: Sequence[Subject] | None,
    period: Period,
    *,
    files: tuple[str, str | None],
) -> None:
    """Tell on the error channel what has no part in the results, and which rule sets break their promise."""
    said = [text for one in rules for text in _broken_promises(known, one)]
    for one in rules:
        left_out = passed_over(one, facts, subjects, period, facts_file=files[0], subjects_file=files[1])
        said += (f"notice: {text}" for text in left_out)
    for text in dict.fromkeys(said):  # two rule sets often pass over the same
        say(text)


def _broken_promises(known: Registry, rules: RuleSet) -> Iterator[str]:
    """Yield a warning for each golden case that fails; the bundled rule sets are tested before they ship."""
    if bundled_schemes() in Path(rules.origin).parents:
        return
    failures = {failure.case: failure for failure in reversed(run_cases(rules, measures=known.measures))}
    first_ones = list(reversed(failures.values()))
    of_several = {case.title for case in rules.cases if len(case.expect) > 1}
    for failure in first_ones[:MOST_CASES]:
        who = f"subject {failure.subject!r}, " if failure.case in of_several and failure.subject else ""
        yield (
            f"warning: golden case {failure.case!r} of rule set {rules.id!r} does not hold: {who}"
            f"{failure.key}: expected {failure.expected}, found {failure.found}; "
            "results may not be what the rules promise"
        )
    if len(first_ones) > MOST_CASES:
        more = counted(len(first_ones) - MOST_CASES, "more golden case")
        yield f"warning: {more} of rule set {rules.id!r} failed; 'serviceorg check' tells all"


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
