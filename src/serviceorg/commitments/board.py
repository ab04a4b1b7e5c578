"""The public board of promises: who promised what by when, and what came of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ..basics import Label
from ..basics.masking import mask_name
from ..errors import UnknownIdError
from ..facts import Fact
from .counted import FactIndex
from .progress import Progress, progress
from .promises import Commitment, CommitmentBook
from .sentences import STATUS_WORDS
from .standing import STATUSES, Standing

_NOBODY = "*"


def board(
    book: CommitmentBook,
    facts: Iterable[Fact] | FactIndex,
    *,
    on: date,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return what may be published of a book of promises, as plain dicts, lists and texts ready for JSON.

    People appear by surname and a star, without an id, and as "*" where ``names`` has none for them. Numbers
    are texts, so that no reader rounds them. Order is the book's; escaping is left to the host.

    Args:
        book: The commitments.
        facts: As for ``progress``.
        on: The day.
        lang: "en" or "zh", for titles and words.
        names: Names of units and people by id; a unit without one goes by its id.

    Raises:
        UnknownIdError: For another language.
    """
    if lang not in ("en", "zh"):
        raise UnknownIdError("language", lang, ("en", "zh"))
    rows = [_row(one, names or {}, lang) for one in progress(book, facts, on=on)]
    counts = {status: sum(row["status"] == status for row in rows) for status in STATUSES}
    return {
        "id": book.id,
        "title": book.title.in_(lang),
        "on": str(on),
        "source": book.source,
        "illustrative": book.illustrative,
        "counts": counts,
        "commitments": rows,
    }


def _row(one: Progress, names: Mapping[str, str], lang: str) -> dict[str, Any]:
    commitment, standing = one.commitment, one.standing
    return {
        "id": _public_id(commitment),
        "who": _who(commitment, names),
        "what": commitment.title.in_(lang),
        "unit": commitment.unit.in_(lang),
        "direction": one.promise.goal.direction,
        **_numbers(standing, lang),
        "reached": _text(standing.reached),
        "first": None if one.first is None else _numbers(one.first, lang),
        "milestones": [
            {
                "on": str(step.milestone.on),
                "title": step.milestone.title.in_(lang),
                "target": _text(step.milestone.target),
                **_status(step.status, lang),
            }
            for step in standing.milestones
        ],
        "parts": [
            {
                "id": part.part.id,
                "title": part.part.title.in_(lang),
                "target": _text(part.part.goal.target),
                "actual": _text(part.actual),
                **_status(part.status, lang),
            }
            for part in standing.parts
        ],
        "proof": sorted({fact.evidence.strip() for fact in one.counted} - {""}),
        "source": commitment.source,
    }


def _numbers(standing: Standing, lang: str) -> dict[str, Any]:
    return {
        "target": _text(standing.target),
        "actual": _text(standing.actual),
        "percent": _text(standing.percent),
        "due": str(standing.due),
        **_status(standing.status, lang),
    }


def _status(status: str, lang: str) -> dict[str, str]:
    word: Label = STATUS_WORDS[status]
    return {"status": status, "status_word": word.in_(lang)}


def _who(commitment: Commitment, names: Mapping[str, str]) -> str:
    if commitment.promiser == "person":
        return mask_name(names.get(commitment.by, "")) or _NOBODY
    return names.get(commitment.by, commitment.by)


def _public_id(commitment: Commitment) -> str:
    """Return the id without the promiser it may end with, where that is a person."""
    return commitment.id.partition("@")[0] if commitment.promiser == "person" else commitment.id


def _text(value: Decimal | date | None) -> str | None:
    if value is None:
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
