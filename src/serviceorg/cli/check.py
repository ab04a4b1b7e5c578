"""``serviceorg check``: everything that can be said against a rule set before anybody is scored by it."""

import click

from ..errors import RuleSetProblems
from ..plugins import Registry
from ..scoring import run_cases
from ..scoring.rules import RuleSet
from .asked import registry, rule_sets, say
from .words import counted


@click.command()
@click.argument("rules", nargs=-1, required=True)
def check(rules: tuple[str, ...]) -> None:
    """Check rule sets and run their golden cases.

    RULES are registered ids, rule files, or folders of rule files.
    """
    known = registry()
    sound = [_is_sound(known, name) for name in rules]
    if not all(sound):
        raise click.exceptions.Exit(1)


def _is_sound(known: Registry, name: str) -> bool:
    try:
        found = rule_sets(known, name)
    except RuleSetProblems as error:
        say(str(error))
        return False
    sound = [_cases_hold(known, one) for one in found]  # a list: every failure is told, not only the first
    return all(sound)


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
