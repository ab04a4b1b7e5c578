"""``serviceorg workflow``: check, show, draw and list workflows, and replay real logs through them."""

from pathlib import Path

import click

from ..errors import Problems
from ..plugins import Registry
from ..workflow.rules import Workflow
from .asked import registry, say
from .check import stories_hold
from .output import FORMATS, Cell, write_csv, write_document, write_json, write_table
from .workflow_named import flow_of, workflows
from .workflow_named import workflow as workflow_of
from .workflow_replay import replay
from .workflow_show import show

#: The columns of a list of workflows.
COLUMNS = ("id", "title", "version", "states", "moves", "clocks", "promises", "illustrative", "source")


@click.group()
def workflow() -> None:
    """Check, show, draw and list workflows, and replay real logs through them."""


@workflow.command()
@click.argument("rules", nargs=-1, required=True)
def check(rules: tuple[str, ...]) -> None:
    """Check workflows, and run their golden cases.

    RULES are registered ids, workflow files, or folders of such files. Loading proves what a workflow
    promises; the golden cases are stories it must tell exactly.
    """
    known = registry()
    sound = [_is_sound(known, name) for name in rules]
    if not all(sound):
        raise click.exceptions.Exit(1)


def _is_sound(known: Registry, name: str) -> bool:
    try:
        found = workflows(known, name)
    except Problems as error:
        say(str(error))
        return False
    sound = [stories_hold(one) for one in found]  # a list: every failure is told, not only the first
    return all(sound)


@workflow.command()
@click.argument("rules")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["svg", "mermaid"]),
    help="SVG, or Mermaid text; by default as the name of --out says, else Mermaid.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it into this file.")
def draw(*, rules: str, lang: str, form: str | None, out: Path | None) -> None:
    """Draw the workflow RULES: a registered id or a workflow file."""
    drawing = flow_of(workflow_of(registry(), rules)).draw(lang=lang)
    is_svg = form == "svg" or (form is None and out is not None and out.suffix.lower() == ".svg")
    text = drawing.svg if is_svg else drawing.mermaid
    if out is None:
        write_document(text)
    else:
        out.write_text(text, encoding="utf-8", newline="\n")


@workflow.command("list")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def listing(*, form: str, lang: str) -> None:
    """List every registered workflow."""
    found, damaged = registered(registry())
    if form == "json":
        write_json([as_json(one) for one in found])
    else:
        (write_csv if form == "csv" else write_table)(COLUMNS, [row_of(one, lang) for one in found])
    if damaged:
        raise click.exceptions.Exit(1)


def registered(known: Registry) -> tuple[list[Workflow], bool]:
    """Return every registered workflow that can be read, and whether any could not; those are told."""
    found, damaged = [], False
    for name in known.workflows:
        try:
            found.append(known.workflow_rules(name))
        except Problems as error:
            damaged = True
            say(str(error))
    return found, damaged


def row_of(rules: Workflow, lang: str) -> list[Cell]:
    """Return a workflow as a row of ``COLUMNS``."""
    version = rules.versions[-1]
    return [
        rules.id,
        rules.title.in_(lang),
        str(version.effective),
        len(version.states),
        len(version.moves),
        len(version.clocks),
        len(version.promises),
        "yes" if rules.illustrative else "no",
        rules.source,
    ]


def as_json(rules: Workflow) -> dict[str, object]:
    """Return a workflow as plain values for a list."""
    plain = dict(zip(COLUMNS, row_of(rules, "en"), strict=True))
    return plain | {
        "title": {"zh": rules.title.zh, "en": rules.title.en},
        "illustrative": rules.illustrative,
        "hash": rules.versions[-1].digest,
    }


for _command in (replay, show):
    workflow.add_command(_command)
