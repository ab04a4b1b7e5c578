"""What an amendment means for tickets under way (在途工单): nothing of theirs is lost or cannot be read."""

from collections.abc import Sequence

from ..drafts import Draft
from ..report import Report
from ..shapes import Node


def check_in_flight(
    before: Draft, moving: Sequence[Draft], later: Draft, amendment: Node, report: Report
) -> None:
    """Report what tickets lose that are moved over, to the ``report`` of the file.

    ``before`` is the version before the later one, ``moving`` all versions whose tickets may be moved to it.
    """
    rule = amendment.get("in_flight")
    if rule is not None:
        _check_states(before, later, rule, report)
        _check_fields(moving, later, rule, report)


def _check_states(before: Draft, later: Draft, rule: Node, report: Report) -> None:
    old, new = before.ids("state"), later.ids("state")
    mapped = rule.get("states", {})
    for name, to in mapped.items():
        path = rule.at("states", name)
        if name not in old:
            report.unknown("in-flight", path, what="state", found=name, known=old)
        elif name in new:
            report.add("in-flight", path, f"the state {name!r} is still there; its tickets stay in it")
        elif to not in new:
            report.unknown("in-flight", path, what="state", found=to, known=new)
    gone = [name for name in old if name not in new and name not in mapped]
    if rule.get("tickets") == "move" and gone:
        message = f'the state {gone[0]!r} is gone; say where its tickets go: states = {{ {gone[0]} = "…" }}'
        report.add("in-flight", rule.path, message)
    if rule.get("tickets") == "finish" and mapped:
        message = "tickets keep their version, so no state is replaced; leave 'states' out"
        report.add("in-flight", rule.at("states"), message)


def _check_fields(moving: Sequence[Draft], later: Draft, rule: Node, report: Report) -> None:
    """Report fields that cannot hold any more what tickets moved over have filled in."""
    old = {node["id"]: node for draft in moving for node in draft.nodes("field") if "id" in node}
    for node in later.nodes("field"):
        why = _unfit(old[node["id"]], node) if node.get("id") in old else ""
        if why:
            message = (
                f"the field {node['id']!r} {why}, but tickets moved over may have it filled in; "
                'take a new field with another id, or write tickets = "finish"'
            )
            report.add("field-in-flight", rule.path, message)


def _unfit(old: Node, new: Node) -> str:
    """Return in words why a value of a field of before may be none any more, "" if it always is."""
    types = old.get("type", "text"), new.get("type", "text")
    if types[0] != types[1]:
        return f"was of type {types[0]} and is of type {types[1]} now"
    if "one_of" not in new:
        return ""
    if "one_of" not in old:
        return "could be any text and takes few now"
    gone = [word for word in old["one_of"] if word not in new["one_of"]]
    return f"may not be {gone[0]!r} any more" if gone else ""
