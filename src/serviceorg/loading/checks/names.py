"""Ids are used once, and whatever is called by its id is there."""

from collections.abc import Iterable

from ..drafts import Draft
from ..report import Path, quoted
from ..shapes import NOUNS, Node

#: What a golden case writes for no grade; so may an empty text.
NO_GRADE = "none"
_UNKNOWN = {"category": "unknown-category", "item": "unknown-item"}


def check_names(draft: Draft) -> None:
    """Report ids used twice, and references to categories, items and grades that are not there."""
    for noun in NOUNS:
        once(draft, draft.nodes(noun))
    for item, clause in draft.clauses():
        _check_clause(draft, item, clause)
    for item in draft.nodes("item"):
        once(draft, item.get("clause", ()))
        if "category" in item:
            _known(draft, item.at("category"), "category", item["category"])
    for grade in draft.nodes("grade"):
        if grade.get("id") == NO_GRADE:
            message = f"{NO_GRADE!r} is what a golden case expects where there is no grade; take another id"
            draft.report.add("bad-id", grade.at("id"), message)
    for veto in draft.nodes("veto"):
        _check_veto(draft, veto)
    for position, by in enumerate(draft.head.get("ranking", {}).get("by", ())):
        check_scope(draft, ("rule_set", "ranking", "by", position), by)


def once(draft: Draft, nodes: Iterable[Node]) -> None:
    """Report ids and levels that stand twice in a list."""
    seen: dict[object, Node] = {}
    for node in nodes:
        for key in ("id", "level"):
            if key not in node:
                continue
            if (key, node[key]) in seen:
                message = (
                    f"{quoted(node[key])} is used twice; the first is entry {_position(seen[key, node[key]])}"
                )
                draft.report.add("double-id", node.at(key), f"{message}, this is entry {_position(node)}")
            seen.setdefault((key, node[key]), node)


def _position(node: Node) -> int:
    last = node.path[-1]
    return last + 1 if isinstance(last, int) else 1


def _check_clause(draft: Draft, item: Node, clause: Node) -> None:
    ballots = clause.get("ballots", {})
    for nodes in (clause.get("checks", ()), ballots.get("groups", ()), ballots.get("aspects", ())):
        once(draft, nodes)
    rank = clause.get("rank")
    if rank is not None and rank.get("by", "total") != "amount":
        check_scope(draft, rank.at("by"), rank.get("by", "total"), words=("total", "amount"))
        if rank.get("by") == f"item.{item.get('id')}":
            draft.report.add(
                "unknown-item", rank.at("by"), "an item cannot be ranked by itself; name another one"
            )
    if "who" in clause and "of" not in clause:
        check_who(draft, clause["who"])


def _check_veto(draft: Draft, veto: Node) -> None:
    if "who" in veto and "of" not in veto:
        check_who(draft, veto["who"])
    effect = veto.get("effect", "zero")
    if isinstance(effect, Node) and "grade_at_most" in effect:
        check_grade(draft, effect.at("grade_at_most"), effect["grade_at_most"])
    if "scope" in veto:
        check_scope(draft, veto.at("scope"), veto["scope"])
        if effect != "zero" and veto["scope"] != "total":
            message = "only the effect 'zero' can be kept to a category or item; leave the scope out"
            draft.report.add("key-fit", veto.at("scope"), message)


def check_who(draft: Draft, who: Node) -> None:
    """Report kinds of subject that this rule set does not score."""
    scored = draft.head.get("subject")
    for position, kind in enumerate(who.get("kinds", ())):
        if scored is not None and kind not in scored:
            message = f"no subject of kind {kind!r} is scored by this rule set"
            draft.report.guess("never-fed", who.at("kinds", position), message, found=kind, known=scored)


def check_scope(draft: Draft, path: Path, text: str, *, words: tuple[str, ...] = ("total",)) -> None:
    """Report a text that is neither one of ``words`` nor names a category or item."""
    noun, dot, name = text.partition(".")
    if text in words:
        return
    if dot and noun in _UNKNOWN:
        _known(draft, path, noun, name)
    else:
        known = (*words, "category.ID", "item.ID")
        draft.report.unknown("unknown-scope", path, what="part of a score", found=text, known=known)


def check_grade(draft: Draft, path: Path, name: str) -> None:
    """Report a grade that is not there."""
    if name not in draft.ids("grade"):
        draft.report.unknown("unknown-grade", path, what="grade", found=name, known=draft.ids("grade"))


def _known(draft: Draft, path: Path, noun: str, name: str) -> None:
    if name not in draft.ids(noun):
        draft.report.unknown(_UNKNOWN[noun], path, what=noun, found=name, known=draft.ids(noun))
