"""What is checked of commitments beyond form: targets, milestones, versions, people, golden cases."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ..build.commitments import commitment_ids
from ..drafts import Draft
from ..shapes import Node
from ..shapes.commitments import DONE
from .cases import check_fact
from .commitment_facts import check_double_counts, check_selection
from .counts import check_counts
from .names import once

#: What stays the same in every version: else its numbers could not be held against the first.
_FIXED = (
    "by",
    "promiser",
    "unit",
    "fact",
    "where",
    "whose",
    "measure",
    "field",
    "direction",
    "dates",
    "together",
)
_ONE = timedelta(days=1)


def check_commitments(draft: Draft) -> None:
    """Report everything that is wrong with commitments whose tables are well-formed."""
    _check_counts(draft)
    for node in draft.nodes("commitment"):
        _check_days(draft, node)
        _check_form(draft, node)
        _check_target(draft, node, node)
        _check_milestones(draft, node)
        _check_parts(draft, node)
        _check_people(draft, node)
        check_selection(draft, node)
    _check_versions(draft)
    check_double_counts(draft)
    _check_cases(draft)


def _check_counts(draft: Draft) -> None:
    nodes = draft.nodes("commitment")
    found = {
        "commitments": len({name for node in nodes for name in commitment_ids(node)}),
        "parts": sum(len(node.get("part", ())) for node in nodes),
        "milestones": sum(len(node.get("milestone", ())) for node in nodes),
    }
    check_counts(draft, found)


def _check_days(draft: Draft, node: Node) -> None:
    report, since, due = draft.report, node.get("since"), node.get("due")
    if since and due and due < since:
        report.add("bounds", node.at("due"), f"{due} lies before the first day, {since}")
    if since and node.get("until", since) < since:
        report.add("bounds", node.at("until"), f"{node['until']} lies before the first day, {since}")
    taken = node.get("withdrawn", {})
    if since and due and "on" in taken and not since <= taken["on"] <= due:
        message = f"{taken['on']} lies outside {since} to {due}; what is overdue is missed, not withdrawn"
        report.add("bounds", taken.at("on"), message)


def _check_form(draft: Draft, node: Node) -> None:
    """Report keys that do not go with parts, or belong to parts alone."""
    written, report = draft.written(node), draft.report
    if "part" in written:
        if "together" not in written:
            message = 'parts need together = "sum" or together = "reached"'
            report.add("missing-key", node.path, message)
        if written.get("together") == "reached" and "target" in written:
            message = "the target is the number of parts here; leave it out"
            report.add("key-fit", node.at("target"), message)
        if "direction" in written:
            report.add("key-fit", node.at("direction"), "it belongs to each part here; leave it out")
        return
    if "together" in written:
        report.add("key-fit", node.at("together"), "there are no parts; leave it out or write parts")
    if "target" not in written:
        message = "the key 'target' is missing: how much, or \"done\"; or write parts"
        report.add("missing-key", node.path, message)


def _check_target(draft: Draft, node: Node, whole: Node) -> None:
    """Report a target that says nothing, or that the way of measuring cannot meet."""
    report, target = draft.report, node.get("target")
    if target is None:
        return
    measure = node.get("measure", whole.get("measure", "count"))
    if target == DONE:
        for name in ("measure", "field", "direction", "milestone", "pace"):
            if name in node:
                message = f"{name!r} says nothing of what is done or not done; leave it out"
                report.add("key-fit", node.at(name), message)
        return
    at_most = node.get("direction") == "at_most"
    if not at_most and target == 0:
        report.add("out-of-range", node.at("target"), "0 is reached before anything is done; write more")
    if measure in ("count", "distinct") and not _is_whole(target):
        report.add("out-of-range", node.at("target"), f"{target} is never counted; write a whole number")
    if at_most:
        for name in ("milestone", "pace"):
            if name in node:
                message = f"{name!r} asks for more with time; it does not go with 'at_most'"
                report.add("key-fit", node.at(name), message)
    has_field = "field" in node or (node is not whole and "field" in whole)
    if measure == "count" and "field" in node:
        report.add(
            "key-fit", node.at("field"), "facts are counted; a field belongs to 'sum', 'last', 'distinct'"
        )
    if measure == "distinct" and not has_field:
        report.add(
            "missing-key", node.path, "the key 'field' is missing: which attribute's values are told apart"
        )


def _is_whole(number: Decimal | int) -> bool:
    return number == int(number)


def _check_milestones(draft: Draft, node: Node) -> None:
    report, before = draft.report, None
    total = _total(node)
    counts = node.get("measure", "count") in ("count", "distinct") or node.get("together") == "reached"
    for one in node.get("milestone", ()):
        on, target = one.get("on"), one.get("target")
        if on is None or target is None:
            continue
        if "due" in node and on >= node["due"]:
            message = f"{on} does not lie before the due day, {node['due']}; that has the target itself"
            report.add("order", one.at("on"), message)
        if "since" in node and on < node["since"]:
            report.add("order", one.at("on"), f"{on} lies before the first day, {node['since']}")
        if before is not None and on <= before["on"]:
            report.add("order", one.at("on"), f"{on} does not come after {before['on']}; write them in order")
        if before is not None and target <= before["target"]:
            message = f"{target} is not more than {before['target']}, which must be reached before"
            report.add("order", one.at("target"), message)
        if total is not None and target > total:
            report.add("out-of-range", one.at("target"), f"{target} is more than the whole target, {total}")
        if counts and not _is_whole(target):
            report.add("out-of-range", one.at("target"), f"{target} is never counted; write a whole number")
        before = one


def _total(node: Node) -> Any:
    """Return the whole target, None where it is not a number or not known."""
    parts = node.get("part", ())
    if not parts:
        return None if node.get("target") == DONE else node.get("target")
    if node.get("together") == "reached":
        return Decimal(len(parts))
    targets = [part.get("target") for part in parts]
    return None if DONE in targets or None in targets else sum(targets)


def _check_parts(draft: Draft, node: Node) -> None:
    report, parts = draft.report, node.get("part", ())
    once(draft, parts)
    for part in parts:
        _check_target(draft, part, node)
        if "due" in part and "due" in node and part["due"] > node["due"]:
            report.add(
                "bounds", part.at("due"), f"{part['due']} lies after that of the promise, {node['due']}"
            )
        if "due" in part and "since" in node and part["due"] < node["since"]:
            report.add("bounds", part.at("due"), f"{part['due']} lies before the first day, {node['since']}")
        if node.get("together") == "sum":
            _check_summed(draft, node, part)
    total = _total(node) if parts and node.get("together") == "sum" else None
    if total is not None and node.get("target", total) != total:
        message = (
            f"{node['target']} is not the sum of the parts, {total}; correct one of them, or leave it out"
        )
        report.add("counts", node.at("target"), message)


def _check_summed(draft: Draft, node: Node, part: Node) -> None:
    report = draft.report
    if part.get("target") == DONE:
        message = 'what is done or not done adds up to nothing; write together = "reached"'
        report.add("key-fit", part.at("target"), message)
    if "direction" in part and part["direction"] == "at_most":
        message = 'limits do not add up with what must be reached; write together = "reached"'
        report.add("key-fit", part.at("direction"), message)
    measure = part.get("measure", node.get("measure", "count"))
    if measure != node.get("measure", "count"):
        message = "parts that add up are measured alike; write 'measure' once, for the whole"
        report.add("key-fit", part.at("measure"), message)


def _check_people(draft: Draft, node: Node) -> None:
    """Report promisers named twice, and those who would confirm what they promised or answer for."""
    named = node.get("by", ())
    if len(set(named)) < len(named):
        twice = next(one for one in named if named.count(one) > 1)
        draft.report.add("double-id", node.at("by"), f"{twice!r} is named twice; name each promiser once")
    confirmed = node.get("confirmed", {})
    own = {*node.get("by", ()), *node.get("responsible", ())}
    for who in confirmed.get("among", ()):
        if who in own:
            message = (
                f"{who!r} promised or answers for this, and nobody confirms their own; name somebody else"
            )
            draft.report.add("nobody-may", confirmed.at("among"), message)


def _check_versions(draft: Draft) -> None:
    versions: dict[str, list[Node]] = {}
    for node in draft.nodes("commitment"):
        if "id" in node:
            versions.setdefault(node["id"], []).append(node)
    for same in versions.values():
        last = same[-1]
        if "until" in last:
            message = (
                "no version follows; a promise does not end by itself: leave it out, or write 'withdrawn'"
            )
            draft.report.add("key-fit", last.at("until"), message)
        for before, after in pairwise(same):
            _check_follows(draft, before, after, same[0])


def _check_follows(draft: Draft, before: Node, after: Node, first: Node) -> None:
    report = draft.report
    if "basis" not in draft.written(after):
        message = "the key 'basis' is missing: a later version needs the decision it rests on"
        report.add("missing-key", after.path, message)
    if "since" in after and "since" in before:
        wanted = before["until"] + _ONE if "until" in before else None
        if "until" not in draft.written(before):
            message = f"another version follows; write until = {after['since'] - _ONE} here"
            report.add("missing-key", before.path, message)
        elif wanted is not None and after["since"] != wanted:
            what = (
                "overlaps the version before" if after["since"] < wanted else "leaves days without a version"
            )
            report.add("order", after.at("since"), f"{after['since']} {what}; allowed is {wanted}")
    for name in _FIXED:
        if after.get(name) != first.get(name) and draft.is_sound(after.path):
            place = after.at(name) if name in after else after.path
            message = f"{name!r} is not what it was at first; begin a new commitment instead"
            report.add("key-fit", place, message)


def _check_cases(draft: Draft) -> None:
    known = {name for node in draft.nodes("commitment") for name in commitment_ids(node)}
    titles: set[str] = set()
    for case in draft.nodes("case"):
        title = case.get("title", "")
        if title in titles:
            draft.report.add("case-title", case.at("title"), f"{title!r} is the title of another case too")
        titles.add(title)
        ids = [fact.get("id", f"case-{number}") for number, fact in enumerate(case.get("facts", ()), 1)]
        for fact, name in zip(case.get("facts", ()), ids, strict=True):
            if ids.count(name) > 1:
                draft.report.add("double-id", fact.path, f"the fact {name!r} is named twice")
            if fact.get("reverses", name) not in ids:
                place = fact.at("reverses")
                draft.report.unknown("case-fact", place, what="fact", found=fact["reverses"], known=ids)
            check_fact(draft, fact)
        for name in case.get("expects", {}):
            if name not in known:
                place = case.at("expects", name)
                draft.report.unknown("case-expect", place, what="commitment", found=name, known=known)
