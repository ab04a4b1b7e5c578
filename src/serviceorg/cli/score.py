"""``serviceorg score``: scorecards from a file of facts."""

from collections.abc import Iterable, Mapping, Sequence

import click

from ..basics.masking import mask_name
from ..errors import UnknownIdError
from ..model import Subject
from ..scoring import Scorecard, explain, score_all
from .asked import progress, registry, rule_set
from .output import FORMATS, Cell, write_csv, write_json, write_table, write_text
from .scored import Data, data_options, read_scored

#: The columns of a table, in Chinese.
HEADINGS = {
    "subject": "对象",
    "name": "姓名",
    "status": "状态",
    "total": "总分",
    "grade": "等次",
    "stars": "星级",
    "vetoes": "一票否决",
    "category": "大项",
    "item": "小项",
}


@click.command()
@click.argument("rules")
@data_options
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--explain", "explained", metavar="SUBJECT", help="Explain this subject's result instead.")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--show-names", is_flag=True, help="Show names in full; otherwise only surnames.")
def score(*, rules: str, data: Data, form: str, explained: str | None, lang: str, show_names: bool) -> None:
    """Score everyone in a file of facts by RULES: a registered id or a rule file.

    With --snapshot, whom the rules score of that organisation: people by their bonds, units by their kind.
    """
    if explained is not None and form != "table":
        raise click.UsageError(f"--explain is text; leave out '--format {form}'")
    known = registry()
    found = rule_set(known, rules)
    period, facts, subjects = read_scored(known, (found,), data)
    with progress("scoring"):
        cards = score_all(
            found, facts, subjects=subjects, period=period, as_of=data.as_of, measures=known.measures
        )
    if explained is not None:
        by_id = {card.subject: card for card in cards}
        if explained not in by_id:
            raise UnknownIdError("subject", explained, by_id)
        write_text(explain(by_id[explained], lang=lang))
        return
    names = names_of(subjects or (), shown=show_names)
    if form == "json":
        write_json([_as_json(card, names if show_names else {}) for card in cards])
    elif form == "csv":
        write_csv(*card_rows(cards, names, with_items=True))
    else:
        columns, rows = card_rows(cards, names, with_items=False)
        write_table([_heading(one, lang) for one in columns], rows)


def _heading(column: str, lang: str) -> str:
    """Return what stands over a column of a table; CSV and JSON keep one name in every language."""
    if lang != "zh":
        return column
    what, dot, name = column.partition(".")
    return f"{HEADINGS.get(what, what)}{dot}{name}"


def names_of(subjects: Iterable[Subject], *, shown: bool) -> dict[str, str]:
    """Return names by subject id, masked unless they may be shown."""
    return {one.id: one.name if shown else mask_name(one.name) for one in subjects if one.name}


def card_rows(
    cards: Sequence[Scorecard], names: Mapping[str, str], *, with_items: bool
) -> tuple[list[str], list[list[Cell]]]:
    """Return the columns and rows of scorecards; ids as text, points as exact numbers."""
    # Cards may differ in their parts, when the rules changed within the period of some.
    categories = list(dict.fromkeys(name for card in cards for name in card.categories))
    items = list(dict.fromkeys(name for card in cards for name in card.items)) if with_items else []
    head = ["subject", "name", "status", "total", "grade", "stars", "vetoes"]
    named = slice(1, 1) if names else slice(1, 2)
    del head[named]
    rows = []
    for card in cards:
        stars, vetoes = card.star, " ".join(card.vetoes)
        row: list[Cell] = [card.subject, names.get(card.subject, ""), card.status, card.total]
        row += [card.grade, stars, vetoes]
        del row[named]
        parts, smaller = card.categories, card.items if with_items else {}
        row += [parts[name].points if name in parts else None for name in categories]
        row += [smaller[name].points if name in smaller else None for name in items]
        rows.append(row)
    return [*head, *(f"category.{c}" for c in categories), *(f"item.{i}" for i in items)], rows


def _as_json(card: Scorecard, names: Mapping[str, str]) -> dict[str, object]:
    plain = card.to_dict()
    return plain | {"name": names[card.subject]} if card.subject in names else plain
