"""``serviceorg schemes`` and ``serviceorg plugins``: what is there, and where it comes from."""

from itertools import chain

import attrs
import click

from ..errors import RuleSetProblems
from ..plugins import Plugin
from ..scoring.rules import RuleSet
from .asked import registry, say
from .output import FORMATS, Cell, write_csv, write_json, write_table
from .workflow import COLUMNS, registered, row_of

_form = click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)


@click.command()
@_form
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def schemes(*, form: str, lang: str) -> None:
    """List every registered rule set and, in the table, every workflow.

    CSV and JSON hold the rule sets alone; those of workflows come from 'serviceorg workflow list'.
    """
    known = registry()
    found, damaged = [], False
    for name in known.rule_sets:
        try:
            found.append(known.rule_set(name))
        except RuleSetProblems as error:
            damaged = True
            say(str(error))
    if form == "json":
        write_json([_scheme_as_json(rules) for rules in found])
    else:
        columns = ("id", "title", "period", "subject", "categories", "items", "illustrative", "source")
        rows = [_scheme_row(rules, lang) for rules in found]
        (write_csv if form == "csv" else write_table)(columns, rows)
    if form == "table":
        flows, is_broken = registered(known)
        damaged |= is_broken
        if flows:
            click.echo()
            write_table(COLUMNS, [row_of(one, lang) for one in flows])
    if damaged:
        raise click.exceptions.Exit(1)


def _scheme_row(rules: RuleSet, lang: str) -> list[Cell]:
    return [
        rules.id,
        rules.title.in_(lang),
        rules.period,
        " ".join(rules.subject_kinds),
        len(rules.categories),
        len(rules.items),
        "yes" if rules.illustrative else "no",
        rules.source,
    ]


def _scheme_as_json(rules: RuleSet) -> dict[str, object]:
    return {
        "id": rules.id,
        "title": {"zh": rules.title.zh, "en": rules.title.en},
        "period": rules.period,
        "subject": list(rules.subject_kinds),
        "categories": len(rules.categories),
        "items": len(rules.items),
        "illustrative": rules.illustrative,
        "source": rules.source,
        "version": rules.version,
        "hash": rules.digest,
    }


@click.command()
@_form
def plugins(*, form: str) -> None:
    """List plugins and folders of rules; the exit code is 1 if any of them is broken."""
    known = registry()
    if form == "json":
        write_json([_plugin_as_json(plugin) for plugin in known.plugins])
    else:
        columns = ("id", "distribution", "version", "origin", "status", "brings")
        rows: list[list[Cell]] = [
            [
                one.id,
                one.distribution,
                one.version,
                one.origin,
                one.status,
                " ".join(dict.fromkeys((*chain(*one.brings.values()), *one.measures))),
            ]
            for one in known.plugins
        ]
        (write_csv if form == "csv" else write_table)(columns, rows)
    if known.problems:
        raise click.exceptions.Exit(1)


def _plugin_as_json(plugin: Plugin) -> dict[str, object]:
    return {**attrs.asdict(plugin), "rule_sets": plugin.rule_sets, "workflows": plugin.workflows}
