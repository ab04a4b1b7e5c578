"""What is checked of matching rules beyond the form of their tables."""

from datetime import date

from ...matching.rules import FILLINGS
from ..drafts import Draft
from ..shapes import Node
from ..shapes.matching import NOUNS
from .counts import check_counts
from .facts import kind_called, said
from .matching_cases import check_match_cases

_FIRST, _LAST = date.min, date.max
#: Ranks that only order what is met: nothing may come before "met" but these.
_OF_NEEDS = ("priority", "earliest")


def check_matching_file(draft: Draft) -> None:
    """Report what holds twice, quotas nobody can meet, ranks that lead nowhere, facts that fit no kind."""
    _check_counts(draft)
    for noun in NOUNS:
        _check_versions(draft, noun)
    _check_head(draft)
    for quota in draft.nodes("quota"):
        _check_quota(draft, quota)
    _check_ranks(draft)
    for emit in draft.nodes("emit"):
        _check_emit(draft, emit)
    check_match_cases(draft)


def _check_counts(draft: Draft) -> None:
    check_counts(draft, {name: len(draft.entries(noun)) for noun, name in NOUNS.items()})


def _check_versions(draft: Draft, noun: str) -> None:
    """Report entries that end before they begin, and two of one id that hold on the same day."""
    seen: dict[str, list[tuple[date, date, int]]] = {}
    for number, node in enumerate(draft.nodes(noun), 1):
        since, until = node.get("since", _FIRST), node.get("until", _LAST)
        name = node.get("by" if noun == "rank" else "id")
        if until < since:
            message = f"it ends on {until}, before it begins on {since}"
            draft.report.add("bounds", node.at("until"), message)
            continue
        for first, last, other in seen.get(name, ()) if name is not None else ():
            if first <= until and since <= last:
                begins = max(first, since)
                when = "always" if begins == _FIRST else f"on {begins}"
                message = f"{name!r} holds twice {when}: here and in entry {other} of [[{noun}]]"
                place = node.at("by" if noun == "rank" else "id")
                draft.report.add("overlap", place, f"{message}; end one before the other begins")
        if name is not None:
            seen.setdefault(name, []).append((since, until, number))


def _check_head(draft: Draft) -> None:
    head = draft.head
    is_priority = head.get("order") == "priority"
    if is_priority and "collect_days" not in draft.document.get("matching", {}):
        message = "order = \"priority\" decides claims of the first days together; write 'collect_days'"
        draft.report.add("key-fit", head.at("order"), message)
    if "collect_days" in head and not is_priority:
        message = "'collect_days' belongs to order = \"priority\""
        draft.report.add("key-fit", head.at("collect_days"), message)
    if "answer_days" in head and head.get("agreement") == "claim":
        message = "'answer_days' waits for an agreement, but a claim binds at once here"
        draft.report.add("key-fit", head.at("answer_days"), message)


def _check_quota(draft: Draft, node: Node) -> None:
    report, written = draft.report, draft.written(node)
    if not {"exactly", "least", "about", "most"} & set(written):
        message = "a quota says a number: write 'exactly', 'least', 'about' or 'most'"
        report.add("missing-key", node.path, message)
    if "about" in node and "least" in node and node["about"] < node["least"]:
        report.add("bounds", node.at("about"), f"{node['about']} is below the least, {node['least']}")
    for name in ("least", "about"):
        if name in node and "most" in node and node["most"] < node[name]:
            report.add("bounds", node.at("most"), f"{node['most']} is below {name!r}, {node[name]}")
    known = draft.ids("priority")
    for place, name in enumerate(node.get("first", ())):
        if name not in known:
            report.unknown(
                "unknown-name", node.at("first", place), what="priority class", found=name, known=known
            )


def _check_ranks(draft: Draft) -> None:
    """Report ranks by which it would be best to meet nobody, and those about what nobody declared."""
    ranks = draft.nodes("rank")
    names = [node.get("by", "") for node in ranks]
    if names and "met" not in names and draft.is_sound(("rank",)):
        message = 'no rank says that needs are to be met; write by = "met", first or after "priority"'
        draft.report.add("ranks", ranks[0].at("by"), message)
    for node, name in zip(ranks, names, strict=True):
        if name == "met":
            break
        if name and "met" in names and name not in _OF_NEEDS:
            message = f'{name!r} before "met": the best would be to meet nobody; write "met" before it'
            draft.report.add("ranks", node.at("by"), message)
    for name, noun, words in (
        ("priority", "priority", "[[priority]]"),
        ("first", "quota", "[[quota]] with 'first'"),
        ("least", "quota", "[[quota]] with 'least' or 'exactly'"),
        ("deviation", "quota", "[[quota]] with 'about'"),
    ):
        keys = {"first": {"first"}, "least": {"least", "exactly"}, "deviation": {"about"}}.get(name, {"id"})
        is_there = any(keys & set(draft.written(one)) for one in draft.nodes(noun))
        if name in names and not is_there:
            node = ranks[names.index(name)]
            draft.report.add("ranks", node.at("by"), f"{name!r} says nothing without a {words}")


def _check_emit(draft: Draft, node: Node) -> None:
    report = draft.report
    kind = kind_called(draft, node["kind"], node.at("kind")) if "kind" in node else None
    if node.get("on") == "assigned" and node.get("subject") == "claimer":
        message = "an assignment has no claimer; write 'offerer' or 'requester'"
        report.add("key-fit", node.at("subject"), message)
    if node.get("on") == "assigned" and "side" in node:
        report.add("key-fit", node.at("side"), "'side' is who claimed, and an assignment has no claim")
    filled = node.get("attributes", {})
    for name, source in filled.items():
        if source == "claim" and node.get("on") == "assigned":
            message = f"an assignment has no claim; allowed are {', '.join(map(repr, FILLINGS[:-1]))}"
            report.add("key-fit", node.at("attributes", name), message)
    if kind is None:
        return
    if node.get("amount", False) != kind.amount:
        words = (
            "carry an amount; write amount = true" if kind.amount else "carry no amount; leave 'amount' out"
        )
        report.add(
            "no-amount" if not kind.amount else "key-fit",
            node.at("amount"),
            f"facts of kind {kind.id!r} {words}",
        )
    for name in filled:
        if name not in kind.fields:
            text = f"facts of kind {kind.id!r} have no attribute {name!r}"
            report.guess(
                "unknown-attribute", node.at("attributes", name), text, found=name, known=kind.fields
            )
        elif kind.fields[name].type != "text" or kind.fields[name].one_of:
            message = f"the attribute {name!r} of kind {kind.id!r} does not hold any text; ids are texts"
            report.add("attribute-type", node.at("attributes", name), message)
    for name, field in kind.fields.items():
        if field.required and name not in filled:
            message = f"facts of kind {kind.id!r} must carry {said(name)}; write what fills it"
            report.add("fact-attribute", node.at("attributes"), message)
