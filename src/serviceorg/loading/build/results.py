"""Vetoes, bands, consequences and awards."""

from collections.abc import Mapping
from typing import Any

from ...basics import FrozenMap, Label
from ...scoring.rules import Award, Band, Condition, Consequence, Direct, Length, Share, Veto
from .select import length_of, where_of, who_of, window_of

_UNTITLED = Label()


def condition_of(node: Mapping[str, Any]) -> Condition:
    """Return a condition."""
    window = window_of({"window": node.get("window", "period")})
    return Condition(
        what=node["what"],
        least=node.get("from"),
        above=node.get("above"),
        most=node.get("to"),
        below=node.get("below"),
        one_of=node.get("one_of", ()),
        on=node.get("on", ()),
        where=where_of(node.get("where")),
        field=node.get("field", ""),
        window=window.kind,
        length=window.length,
    )


def _conditions(nodes: tuple[Mapping[str, Any], ...]) -> tuple[Condition, ...]:
    return tuple(condition_of(node) for node in nodes)


def grade_of(node: Mapping[str, Any]) -> Band:
    """Return a grade."""
    return _band(node, node["id"], level=None, needs=node.get("needs", ()))


def star_of(node: Mapping[str, Any]) -> Band:
    """Return a star; what must hold to keep it is one more need."""
    needs = (*node.get("needs", ()), *node.get("keep", ()))
    return _band(node, node.get("id", f"star-{node['level']}"), level=node["level"], needs=needs)


def _band(node: Mapping[str, Any], id_: str, *, level: int | None, needs: tuple[Any, ...]) -> Band:
    return Band(
        id=id_,
        title=node.get("title", _UNTITLED),
        level=level,
        start=node.get("from"),
        above=node.get("above"),
        to=node.get("to"),
        below=node.get("below"),
        needs=_conditions(needs),
        share=_share(node.get("share")),
        direct=tuple(
            Direct(on=one["on"], where=where_of(one.get("where"))) for one in node.get("direct", ())
        ),
        source=node.get("source", ""),
    )


def _share(node: Mapping[str, Any] | None) -> Share | None:
    if node is None:
        return None
    part = node["most"]
    others = {name: value for name, value in node.items() if name != "most"}
    return Share(numerator=part.numerator, denominator=part.denominator, **others)


def veto_of(node: Mapping[str, Any]) -> Veto:
    """Return a veto."""
    effect, lasts = node.get("effect", "zero"), node.get("lasts")
    capped = not isinstance(effect, str)
    by = lasts["by"] if lasts is not None and "by" in lasts else ""
    return Veto(
        id=node["id"],
        title=node["title"],
        on=node["on"],
        where=where_of(node.get("where")),
        who=who_of(node.get("who")),
        members="of" in node,
        effect="grade_at_most" if capped else effect,
        grade=effect["grade_at_most"] if capped else "",
        scope=node.get("scope", "total"),
        lasts=None if lasts is None or by else length_of(lasts),
        lasts_field=by,
        lasts_by=FrozenMap(_lengths(lasts["table"]) if lasts is not None and by else ()),
        lifted=node.get("lifted", ""),
        stands=node.get("stands", "last-day"),
        adds_up=None if "adds_up" not in node else length_of(node["adds_up"]),
        source=node.get("source", ""),
    )


def _lengths(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Length]:
    return {value: length_of(node) for value, node in table.items()}


def consequence_of(node: Mapping[str, Any]) -> Consequence:
    """Return a consequence."""
    return Consequence(
        id=node["id"],
        title=node["title"],
        when=_conditions(node["when"]),
        consecutive=node.get("consecutive", 1),
        times=node.get("times", 1),
        within=None if "within" not in node else length_of(node["within"]),
        ladder=node.get("ladder", ""),
        source=node.get("source", ""),
    )


def award_of(node: Mapping[str, Any]) -> Award:
    """Return an award."""
    return Award(
        id=node["id"],
        title=node["title"],
        top=node["top"],
        within=node.get("within", ""),
        needs=_conditions(node.get("needs", ())),
        ties=node["ties"],
        source=node.get("source", ""),
    )
