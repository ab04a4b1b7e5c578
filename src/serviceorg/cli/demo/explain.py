"""One result explained on one screen: the weightiest items of each category, and how many are left out."""

from decimal import Decimal

from ...reasons import Reason, Template, render
from ...scoring import Scorecard
from ...scoring.sentences import SENTENCES

_ITEMS, _LINES = 3, 3
_MORE = {
    "more-items": Template(("count",), "… further items: {count}", "…… 另有 {count} 个小项"),
    "more-lines": Template(("count",), "… further lines: {count}", "…… 另有 {count} 行"),
}


def explained_shortly(card: Scorecard, *, lang: str) -> str:
    """Return why a scorecard is as it is, in whole lines but fewer of them than ``explain`` gives."""
    whole = card.reason
    parts = tuple(_category(part) if part.code == "category" else part for part in whole.children)
    return render(Reason(whole.code, whole.arguments, parts, whole.source), {**SENTENCES, **_MORE}, lang=lang)


def _category(reason: Reason) -> Reason:
    """Keep the items that gave or cost most, and every note of the category's own."""
    items = [part for part in reason.children if part.code == "item"]
    most = sorted(items, key=_weight, reverse=True)[:_ITEMS]
    kept = tuple(_item(part) for part in items if any(part is one for one in most))
    more = (Reason("more-items", (len(items) - len(kept),)),) if len(items) > len(kept) else ()
    notes = tuple(part for part in reason.children if part.code != "item")
    return Reason(reason.code, reason.arguments, (*kept, *more, *notes), reason.source)


def _item(reason: Reason) -> Reason:
    """Keep the first lines of an item and the last, which says what a cap took."""
    lines = reason.children
    if len(lines) > _LINES + 1:
        more = Reason("more-lines", (len(lines) - _LINES,))
        lines = (*lines[: _LINES - 1], more, lines[-1])
    return Reason(reason.code, reason.arguments, lines, reason.source)


def _weight(item: Reason) -> Decimal:
    points = item.arguments[SENTENCES["item"].names.index("points")]
    return abs(points) if isinstance(points, Decimal) else Decimal(0)
