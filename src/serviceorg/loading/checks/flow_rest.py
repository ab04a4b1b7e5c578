"""The head, fields, states, clocks, notices, facts, metrics and promises."""

import re

from ..drafts import Draft
from ..shapes import Node
from ..shapes.flow_places import COUNTED
from .flow_facts import check_emission, check_told
from .flow_names import Names, check_twice
from .flow_needs import check_needs
from .flow_values import check_table

_BRACED = re.compile(r"\{([^{}]*)\}")


def check_head(names: Names) -> None:
    """Report a scope and identity that are not there, counts that are not kept, and a workflow of nothing."""
    draft, head = names.draft, names.draft.head
    if "scope" in head:
        names.unit_slot(head["scope"], head.at("scope"))
    for name, path in names.places(head, "identity"):
        names.known("field", name, path)
    counts = head.get("counts", {})
    for noun in COUNTED:
        found = len(draft.entries(noun.removesuffix("s")))
        if counts.get(noun, found) != found:
            message = f"{counts[noun]} {noun} are promised, but there are {found}"
            advice = "add what is missing or correct the number"
            draft.report.add("counts", counts.at(noun), f"{message}; {advice}")
    for noun in ("state", "opening"):
        if "workflow" in draft.root and not draft.entries(noun):
            draft.report.add("empty", head.path, f"nothing can begin; write at least one [[{noun}]]")


def check_places(names: Names) -> None:
    """Report fields whose keys do not go together, and roles, slots and states that are not there."""
    for noun in ("slot", "field"):
        for node in names.draft.nodes(noun):
            for name, path in names.places(node, "seen_by"):
                names.known("role", name, path)
    for node in names.draft.nodes("field"):
        _check_field(names, node)
    for part in names.draft.nodes("part"):
        check_twice(names, part, "pieces")
        check_twice(names, part, "verdicts")
        if "of_slot" in part:
            names.unit_slot(part["of_slot"], part.at("of_slot"))
    states = names.draft.nodes("state")
    for state in states:
        if "outcome" in state and names.draft.written(state).get("kind") != "final":
            names.report.add("key-fit", state.at("outcome"), "only a final state has an outcome")
    begin = any(state.get("kind") == "initial" for state in states)
    if states and not begin and not names.report.has_problem_in(("state",)):
        message = 'no state has kind = "initial"; say where tickets begin'
        names.report.add("empty", states[0].path, message)


def _check_field(names: Names, node: Node) -> None:
    check_twice(names, node, "one_of")
    type_ = node.get("type", "text")
    if "one_of" in node and type_ != "text":
        names.report.add("key-fit", node.at("one_of"), f"'one_of' lists texts, but the type is {type_!r}")
    for key in ("least", "most"):
        if key in node and type_ not in ("count", "number"):
            names.report.add(
                "key-fit", node.at(key), f"{key!r} belongs to a count or number, but the type is {type_!r}"
            )
        elif key in node and type_ == "count" and (node[key] != int(node[key]) or node[key] < 0):
            names.report.add(
                "out-of-range", node.at(key), f"{node[key]} is no count; allowed are whole numbers from 0"
            )
    if node.get("least", 0) > node.get("most", 1_000_000):
        names.report.add(
            "bounds", node.path, f"no number lies from {node.get('least')} to {node.get('most', 1_000_000)}"
        )


def check_clocks(names: Names) -> None:
    """Report clocks that name what is not there, and tiers that cannot be."""
    for clock in names.draft.nodes("clock"):
        for key in ("start", "stop", "reset", "cancel"):
            check_twice(names, clock, key)
            for name, path in names.places(clock, key):
                names.event(name, path)
        for name, path in names.places(clock, "pause"):
            names.known("state", name, path)
        if "holder" in clock:
            names.known("slot", clock["holder"], clock.at("holder"))
        if "calendar_of" in clock:
            names.unit_slot(clock["calendar_of"], clock.at("calendar_of"))
        _dated(names, clock, "since")
        written = names.draft.written(clock)
        if ("grace" in written) != (written.get("again") == "grace"):
            names.report.add(
                "key-fit", clock.path, "'grace' and again = \"grace\" go together; write both or none"
            )
        if "limit" in clock:
            _check_limit(names, clock["limit"])
        for tier in clock.get("tier", ()):
            _check_tier(names, tier)


def _dated(names: Names, node: Node, key: str) -> None:
    field = names.filled_field(node[key], node.at(key)) if key in node else None
    if field is not None and field.type not in ("date", "moment"):
        names.report.add("field-type", node.at(key), f"{field.words} holds no date or moment")


def _check_limit(names: Names, limit: Node) -> None:
    _dated(names, limit, "until")
    _dated(names, limit, "or_later")
    field = names.filled_field(limit["by"], limit.at("by")) if "by" in limit else None
    if field is None:
        return
    if field.type != "text":
        names.report.add("field-type", limit.at("by"), f"{field.words} holds no text to be looked up")
    elif "table" in limit:
        table = {**limit["table"], **({"": None} if "other" in limit else {})}
        if field.one_of or "other" in limit:
            check_table(names, field.id, table, limit.at("table"), known=field.one_of)
        else:
            message = f"{field.id!r} may be any text; write 'other' for the rest, or give it one_of"
            names.report.add("table-keys", limit.at("table"), message)


def _check_tier(names: Names, tier: Node) -> None:
    if ("every" in tier) != (tier.get("times", 1) > 1) and "times" not in set(
        names.draft.written(tier)
    ) - set(tier):
        message = "'every' and 'times' above 1 go together: how far apart, and how often"
        names.report.add("key-fit", tier.path, message)
    if "move" not in tier:
        return
    move = names.known("move", tier["move"], tier.at("move"))
    if move is None or not names.is_sound(move):
        return
    if "clock" not in move["by"]:
        message = f"the clock may not make the move {tier['move']!r}; add \"clock\" to its 'by'"
        names.report.add("clock-move", tier.at("move"), message)
    if "form" in move:
        message = f"the move {tier['move']!r} needs {move['form'][0]!r} filled in, which no clock can do"
        names.report.add("clock-move", tier.at("move"), message)


def check_outputs(names: Names, draft: Draft) -> None:
    """Report notices, facts, metrics and promises that name what is not there."""
    for notice in draft.nodes("notice"):
        _check_speaking(names, notice)
        for name, path in names.places(notice, "to"):
            names.known("slot", name, path)
        if "text" in notice:
            _check_text(names, notice)
    for emission in draft.nodes("emit"):
        _check_speaking(names, emission)
        check_emission(names, emission)
    for metric in draft.nodes("metric"):
        for key in ("of", "good"):
            check_needs(names, metric.get(key, ()), counted=True)
        for group in metric.get("exclude", ()):
            check_needs(names, group, counted=True)
        if "by" in metric or "metric" in draft.root:
            names.known("slot", metric.get("by", "unit"), metric.at("by") if "by" in metric else metric.path)
    for promise in draft.nodes("promise"):
        _check_promise(names, promise)


def _check_speaking(names: Names, node: Node) -> None:
    check_twice(names, node, "on")
    for name, path in names.places(node, "on"):
        names.event(name, path, tiers=True)
    check_needs(names, node.get("when", ()))


def _check_text(names: Names, notice: Node) -> None:
    fields, slots = names.draft.ids("field"), names.draft.ids("slot")
    path = notice.at("text")
    for name in dict.fromkeys((*_BRACED.findall(notice["text"].zh), *_BRACED.findall(notice["text"].en))):
        clock, _, word = name.partition(".")
        if word == "due" and clock in names.draft.ids("clock"):
            continue
        if name not in fields and name not in slots:
            message = f"the text names {'{' + name + '}'}, which is no field or slot"
            names.report.guess("notice-text", path, message, found=name, known={*fields, *slots})
        elif not notice.get("confidential"):
            # The engine looks for a slot of that name first.
            check_told(names, "slot" if name in slots else "field", name, path, what="notice")
        if name in fields and name not in slots:
            names.filled_field(name, path)


def _check_promise(names: Names, promise: Node) -> None:
    for key in ("never", "without", "since", "after", "until"):
        for name, path in names.places(promise, key):
            names.event(name, path)
    for key in ("without", "until"):
        for name, path in names.places(promise, key):
            if name in promise.get("never", ()):
                message = (
                    f"{name!r} stands under 'never' and {key!r}, so that the promise is true by its words"
                )
                names.report.add("promise-empty", path, f"{message}; name something that comes before it")
    for key, other in (("since", "without"), ("until", "after")):
        if key in promise and other not in names.draft.written(promise):
            names.report.add("key-fit", promise.at(key), f"{key!r} belongs to {other!r}; write both or none")
