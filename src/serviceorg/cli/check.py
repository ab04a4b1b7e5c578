"""``serviceorg check``: everything that can be said against rules before anybody meets them."""

import click

from ..errors import Problems, UnknownIdError
from ..plugins import Registry
from ..scoring import run_cases
from ..scoring.rules import RuleSet
from ..workflow.rules import Workflow
from .asked import registry, say
from .words import counted
from .workflow_named import everything, flow_of


@click.command()
@click.argument("rules", nargs=-1, required=True)
def check(rules: tuple[str, ...]) -> None:
    """Check rule sets and workflows, and run their golden cases.

    RULES are registered ids, files of rules or workflows, or folders of such files.
    """
    known = registry()
    sound = [_is_sound(known, name) for name in rules]
    if not all(sound):
        raise click.exceptions.Exit(1)


def _is_sound(known: Registry, name: str) -> bool:
    try:
        found, flows = everything(known, name)
    except Problems as error:
        say(str(error))
        return False
    # Lists: every failure is told, not only the first.
    return all([_cases_hold(known, one) for one in found] + [stories_hold(one) for one in flows])


def _cases_hold(known: Registry, rules: RuleSet) -> bool:
    failures = run_cases(rules, measures=known.measures)
    for failure in failures:
        say(str(failure))
    parts = ", ".join(
        (
            counted(len(rules.categories), "category", "categories"),
            counted(len(rules.items), "item"),
            counted(len(rules.cases), "case"),
        )
    )
    if not failures:
        click.echo(f"ok    {rules.id} {rules.version}: {parts}")
    return not failures


def stories_hold(rules: Workflow) -> bool:
    """Return whether every golden case of a workflow holds; tell those that do not, or what was checked."""
    try:
        failures = flow_of(rules).run_cases()
    except UnknownIdError as error:
        say(f"{rules.id}: its cases cannot be run here: {error}")
        return False
    for failure in failures:
        say(f"{rules.id}, {failure}")
    version = rules.versions[-1]
    parts = ", ".join(
        (
            counted(len(version.states), "state"),
            counted(len(version.moves), "move"),
            counted(len(version.clocks), "clock"),
            counted(len(version.promises), "promise"),
            counted(len(rules.cases), "case"),
        )
    )
    if not failures:
        click.echo(f"ok    {rules.id} {version.effective}: {parts}")
    return not failures
