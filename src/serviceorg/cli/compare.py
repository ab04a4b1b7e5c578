"""``serviceorg compare``: whose result two rule sets differ in, by how much, and because of what."""

import click

from ..scoring import Change, Comparison
from ..scoring import compare as compared
from .asked import progress, registry, rule_set
from .output import FORMATS, Cell, write_csv, write_json, write_table, write_text
from .scored import Data, data_options, read_scored

COLUMNS = ("subject", "before", "after", "difference", "grade before", "grade after", "parts", "because of")


@click.command()
@click.argument("rules")
@click.argument("new_rules")
@data_options
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
def compare(*, rules: str, new_rules: str, data: Data, form: str) -> None:
    """Compare RULES with NEW_RULES over the same facts: registered ids or rule files.

    Where both declare a kind of fact, the facts are read as NEW_RULES says.
    """
    known = registry()
    old, new = rule_set(known, rules), rule_set(known, new_rules)
    period, facts, subjects = read_scored(known, (old, new), data)
    with progress("comparing"):
        found = compared(
            old, new, facts, period=period, subjects=subjects, as_of=data.as_of, measures=known.measures
        )
    if form == "json":
        write_json(_as_json(found))
    elif form == "csv":
        write_csv(COLUMNS, map(_row, found.changes))
    else:
        _write_summary(found)


def _write_summary(found: Comparison) -> None:
    write_text(f"{found.before} -> {found.after}: {len(found.changes)} of {found.subjects} results differ")
    for amendment in found.amendments:
        write_text(f"{amendment.effective}  {amendment.basis}: {', '.join(amendment.touches)}")
    if found.changes:
        click.echo()
        write_table(COLUMNS, map(_row, found.changes))


def _row(change: Change) -> list[Cell]:
    parts = [f"{part.id} {part.before} -> {part.after}" for part in change.items]
    return [
        change.subject,
        change.before,
        change.after,
        change.difference,
        change.grade_before,
        change.grade_after,
        "; ".join(parts),
        "; ".join(f"{one.effective} {one.basis}" for one in change.amendments),
    ]


def _as_json(found: Comparison) -> dict[str, object]:
    return {
        "before": found.before,
        "after": found.after,
        "subjects": found.subjects,
        "amendments": [
            {"effective": str(one.effective), "basis": one.basis, "touches": list(one.touches)}
            for one in found.amendments
        ],
        "changes": [_change_as_json(change) for change in found.changes],
    }


def _change_as_json(change: Change) -> dict[str, object]:
    def text(value: object) -> str | None:
        return None if value is None else str(value)

    return {
        "subject": change.subject,
        "before": text(change.before),
        "after": text(change.after),
        "difference": text(change.difference),
        "grade_before": change.grade_before,
        "grade_after": change.grade_after,
        "status_before": change.status_before,
        "status_after": change.status_after,
        "items": {part.id: {"before": str(part.before), "after": str(part.after)} for part in change.items},
        "categories": {
            part.id: {"before": str(part.before), "after": str(part.after)} for part in change.categories
        },
        "amendments": [{"effective": str(one.effective), "basis": one.basis} for one in change.amendments],
    }
