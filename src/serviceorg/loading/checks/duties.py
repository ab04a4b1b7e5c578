"""What is checked of duties beyond form: facts, frequencies, times of grace, versions."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import attrs

from ...calendars import china, occurrences
from ...duties import Duty
from ...duties.spans import Timing
from ...errors import CalendarNotPublished, DurationError, PeriodError
from ..build.duties import duty_of
from ..drafts import Draft
from ..report import quoted
from ..shapes import Node
from .duty_cases import check_duty_cases
from .duty_facts import check_duty_facts

#: Years on which frequencies are tried: one of them a leap year, both published.
_FROM, _TO = date(2024, 1, 1), date(2025, 12, 31)
_OPEN = (date.min, date.max)


def duties_of(draft: Draft) -> tuple[tuple[Node, Duty], ...]:
    """Return the duties whose tables have no problem; reports what cannot be built of the others."""
    found = []
    for node in draft.nodes("duty"):
        _check_fit(draft, node)
        check_duty_facts(draft, node)
        if not draft.is_sound(node.path):
            continue
        try:
            found.append((node, duty_of(node, draft.kinds.known)))
        except DurationError as error:
            name = "at_least" if "at_least" in node else "on"
            draft.report.add("frequency", node.at(name), str(error))
    return tuple(found)


def check_duty_file(draft: Draft, duties: Sequence[tuple[Node, Duty]]) -> None:
    """Report frequencies that mean nothing, versions that overlap, and golden cases that cannot be."""
    for node, duty in duties:
        if not _check_occurs(draft, node, duty):
            continue
        _check_grace(draft, node, duty)
    _check_versions(draft)
    check_duty_cases(draft, {duty.id for _, duty in duties} | set(draft.ids("duty")))


def _check_fit(draft: Draft, node: Node) -> None:
    """Report keys that do not go together, or are missing because others are there."""
    report, who, fulfilled = draft.report, node.get("who", Node(())), node.get("fulfilled", Node(()))
    if "at_least" in node and "partial" not in node:
        text = (
            'the key "partial" is missing: with at_least it must be said what is owed of a part of a window'
        )
        report.add("missing-key", node.path, f"{text}; allowed are 'whole', 'none' and 'pro-rata'")
    if "at_least" not in node:
        for name in ("partial", "held"):
            if name in node:
                report.add("key-fit", node.at(name), f"{name!r} belongs to at_least: a day has no parts")
    for name in ("at", "affiliation", "category", "several", "units"):
        if name in who and "role" not in who:
            report.add("key-fit", who.at(name), f"{name!r} belongs to a role; here units owe the duty")
    for name in ("by", "role", "distinct"):
        if "roster" in node and name in fulfilled:
            report.add(
                "key-fit", fulfilled.at(name), f"with a roster {name!r} is settled already; leave it out"
            )
    if who.get("units") == "once" and ("towards" in node or who.get("several") == "joint"):
        text = "'once' is for what each holder owes to nobody: here every unit is owed, or owes, its own"
        report.add("key-fit", who.at("units"), text)
    if who.get("units") == "once" and "target" in fulfilled:
        text = "a fact that names the unit fulfils the duty of that unit alone; leave one of the two out"
        report.add("key-fit", who.at("units"), text)
    _check_whose(draft, node, fulfilled)
    if "since" in node and "until" in node and node["until"] < node["since"]:
        report.add("bounds", node.at("until"), f"it ends on {node['until']}, before it begins")
    _check_excuse(draft, node)


def _check_whose(draft: Draft, node: Node, fulfilled: Node) -> None:
    report = draft.report
    if "roster" not in node and (fulfilled.get("by") == "role") != ("role" in fulfilled):
        report.add("key-fit", fulfilled.path, "'role' and by = \"role\" go together")
    if fulfilled.get("by") == "anyone" and "target" not in fulfilled:
        text = "by = \"anyone\" without 'target': any fact would fulfil the duty of everybody"
        report.add("key-fit", fulfilled.path, f"{text}; name the attribute that tells for whom it was")
    if "towards" in node:
        _check_towards(draft, node)


def _check_towards(draft: Draft, node: Node) -> None:
    towards, fulfilled = node["towards"], node.get("fulfilled", {})
    if fulfilled and "target" not in fulfilled:
        text = "the duty is owed to somebody, but no fact tells to whom; name the attribute with 'target'"
        draft.report.add("key-fit", fulfilled.path, text)
    if "class_on" in towards and "where" not in towards:
        draft.report.add("key-fit", towards.at("class_on"), "'class_on' says nothing without 'where'")
    if "roster" in node:
        draft.report.add("key-fit", towards.path, "a roster is owed to nobody; leave 'towards' out")


def _check_excuse(draft: Draft, node: Node) -> None:
    excuse = node.get("excuse")
    if excuse is None:
        return
    if not any(name in excuse for name in ("who", "towards", "fact")):
        draft.report.add("key-fit", excuse.path, "nothing excuses; write 'who', 'towards' or 'fact'")
    if "until" in excuse and "fact" not in excuse:
        draft.report.add(
            "key-fit", excuse.at("until"), "'until' names an attribute of 'fact'; write that too"
        )
    if "towards" in excuse and "towards" not in node:
        draft.report.add("key-fit", excuse.at("towards"), "the duty is owed to nobody who could be excused")


def _check_occurs(draft: Draft, node: Node, duty: Duty) -> bool:
    """Return whether something comes at all; reports it if not, in two years that are known."""
    if duty.on is None:
        return True
    try:
        found = [
            one
            for year in range(_FROM.year, _TO.year + 1)
            for one in occurrences(duty.on, date(year, 1, 1), date(year, 12, 31), china())
        ]
    except PeriodError as error:
        draft.report.add("never-occurs", node.at("on"), f"no day suits: {error}")
        return False
    if not found:
        text = f"this never occurs, in {_FROM.year} and {_TO.year} not once; declare fewer conflicts"
        draft.report.add("never-occurs", node.at("on"), text)
    return bool(found)


def _check_grace(draft: Draft, node: Node, duty: Duty) -> None:
    """Report a time of grace that lasts until the next window is over: nothing would be told apart."""
    if duty.grace is None:
        return
    timing = Timing({duty.id: china()}, duty.id)
    try:
        found = timing.windows(attrs.evolve(duty, since=None, until=None), _FROM, _TO)
    except CalendarNotPublished:
        found = []
    for parts in (False, True):
        line = [one for one in found if bool(one.parts) is parts]
        for one, after in pairwise(line):
            if one.grace_until > after.end or (duty.on is None and one.grace_until == after.end):
                text = f"the grace of {one.label} ends on {one.grace_until}, when {after.label} is over"
                draft.report.add("grace", node.at("grace"), f"{text} too; make it shorter")
                return


def _check_versions(draft: Draft) -> None:
    """Report two versions of one duty that hold on the same day."""
    versions: dict[str, list[Node]] = {}
    for node in draft.nodes("duty"):
        if "id" in node:
            versions.setdefault(node["id"], []).append(node)
    for name, nodes in versions.items():
        for earlier, later in pairwise(sorted(nodes, key=_begins)):
            ends = earlier.get("until", _OPEN[1])
            begins = later.get("since", _OPEN[0])
            if begins <= ends:
                place = later.at("since") if "since" in later else later.path
                until = begins - timedelta(1) if begins > date.min else None
                advice = f"end the earlier one with until = {until}" if until else "say since when each holds"
                text = f"two versions of {quoted(name)} hold at the same time; {advice}"
                draft.report.add("versions", place, text)


def _begins(node: Node) -> tuple[date, tuple[str | int, ...]]:
    return node.get("since", _OPEN[0]), node.path
