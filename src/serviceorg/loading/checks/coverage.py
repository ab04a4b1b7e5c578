"""What is checked of a coverage file beyond the form of its tables."""

from datetime import date
from decimal import Decimal

from ...coverage.rules import PERSON
from ..drafts import Draft
from ..shapes import Node
from ..shapes.coverage import BOUND_NAMES, NOUNS
from .counts import check_counts
from .coverage_cases import check_coverage_cases
from .facts import Reading

_FIRST, _LAST = date.min, date.max


def check_coverage_file(draft: Draft) -> None:
    """Report checks that ask for nothing or what cannot be, or hold twice; cases that cannot be run."""
    _check_counts(draft)
    _check_versions(draft)
    for noun in ("cover", "quota", "share"):
        for node in draft.nodes(noun):
            _check_bounds(draft, noun, node)
            _check_whom(draft, node)
            _check_measure(draft, node)
    for node in (*draft.nodes("share"), *draft.nodes("reach")):
        _check_wanted(draft, node)
    check_coverage_cases(draft)


def _check_counts(draft: Draft) -> None:
    check_counts(draft, {name: len(draft.entries(noun)) for noun, name in NOUNS.items()})
    if "coverage" in draft.root and not any(draft.entries(noun) for noun in NOUNS):
        message = "nothing is checked; write at least one [[cover]], [[quota]], [[share]] or [[reach]]"
        draft.report.add("empty", draft.head.path, message)


def _check_versions(draft: Draft) -> None:
    """Report versions that end before they begin, and two of one id that hold on the same day."""
    seen: dict[str, list[tuple[date, date, str]]] = {}
    for noun in NOUNS:
        for node in draft.nodes(noun):
            since, until = node.get("since", _FIRST), node.get("until", _LAST)
            if until < since:
                draft.report.add(
                    "bounds", node.at("until"), f"it ends on {until}, before it begins on {since}"
                )
                continue
            if "id" not in node:
                continue
            place = f"entry {int(node.path[-1]) + 1} of [[{noun}]]"
            for first, last, other in seen.get(node["id"], ()):
                if first <= until and since <= last:
                    begins = max(first, since)
                    when = "always" if begins == _FIRST else f"on {begins}"
                    message = f"{node['id']!r} holds twice {when}: here and in {other}"
                    message += "; end one before the other begins"
                    draft.report.add("overlap", node.at("id"), message)
            seen.setdefault(node["id"], []).append((since, until, place))


def _check_bounds(draft: Draft, noun: str, node: Node) -> None:
    report = draft.report
    written = [name for name in BOUND_NAMES if name in draft.written(node)]
    if noun == "quota" and not written:
        message = (
            "a quota wants a number: write 'exactly', 'at_least', 'at_most', 'above', 'below' or 'about'"
        )
        report.add("missing-key", node.path, message)
    if ("about" in node) != ("tolerance" in node) and "about" in draft.written(node):
        message = (
            "'about' needs 'tolerance': how far off is not worth telling, a number or a part like \"20%\""
        )
        report.add("key-fit", node.at("about"), message)
    elif "tolerance" in node and "about" not in draft.written(node):
        report.add("key-fit", node.at("tolerance"), "'tolerance' belongs to 'about' alone")
    if "exactly" in node and len(written) > 1:
        others = ", ".join(repr(name) for name in written if name != "exactly")
        report.add("key-fit", node.at("exactly"), f"'exactly' leaves no room for {others}")
    for ends in (("at_least", "above"), ("at_most", "below")):
        if all(name in written for name in ends):
            message = f"found {ends[0]!r} and {ends[1]!r}; only one of them can be written"
            report.add("one-of", node.path, message)
    low, high = node.get("at_least", node.get("above")), node.get("at_most", node.get("below"))
    is_open = "above" in node or "below" in node
    if low is not None and high is not None and (low > high or (low == high and is_open)):
        report.add("bounds", node.path, f"nothing lies in this range: it begins at {low} and ends at {high}")
    if "below" in node and node["below"] == Decimal(0):
        report.add("bounds", node.at("below"), "nothing is counted below 0")


def _check_whom(draft: Draft, node: Node) -> None:
    report, each = draft.report, node.get("each", ())
    is_people = PERSON in each
    if is_people and len(each) > 1:
        report.add("key-fit", node.at("each"), f"{PERSON!r} stands alone; write a check of its own for units")
    for name in ("role", "at", "affiliation"):
        if name in node and each and not is_people:
            advice = "write each = 'person', or 'holders'"
            message = f"{name!r} says which people are meant, but units are looked at; {advice}"
            report.add("key-fit", node.at(name), message)
    for name in ("at", "affiliation"):
        if name in node and "role" not in draft.written(node):
            report.add("key-fit", node.at(name), f"{name!r} belongs to 'role'; write the role too")
    if "under" in node and "tree" not in draft.written(node):
        report.add("key-fit", node.at("under"), "lying under a unit needs a tree; write 'tree' too")
    if "under" in node and is_people and "role" not in draft.written(node):
        report.add(
            "key-fit", node.at("under"), "people lie under a unit by a role they hold there; write 'role'"
        )
    if "priority" in node and not (is_people and "units" in node):
        message = "'priority' is about the units people have; it belongs to each = 'person' with 'units'"
        report.add("key-fit", node.at("priority"), message)


def _check_measure(draft: Draft, node: Node) -> None:
    report, each = draft.report, node.get("each", ())
    is_people = PERSON in each
    for name in ("holders", "size"):
        if is_people and name in node:
            message = (
                f"{name!r} is counted of units; people have 'units', 'items', 'values', 'facts' and 'amount'"
            )
            report.add("key-fit", node.at(name), message)
    has_tree = "tree" in draft.written(node)
    holders, units = node.get("holders", {}), node.get("units", {})
    if holders.get("through", "unit") != "unit" and not has_tree:
        report.add(
            "key-fit", holders.at("through"), "above and below need a tree; write 'tree' beside 'each'"
        )
    if units and each and not is_people:
        _check_units_of_units(draft, units, has_tree=has_tree)
    if units and is_people and "role" not in draft.written(units) and "role" not in draft.written(node):
        message = "people have units by a role they hold there; write 'role' here or beside 'each'"
        report.add("key-fit", units.path, message)
    if "items" in node:
        _check_items(draft, node["items"])
    if "facts" in node:
        _check_facts(draft, node["facts"])


def _check_units_of_units(draft: Draft, units: Node, *, has_tree: bool) -> None:
    if not has_tree:
        draft.report.add(
            "key-fit", units.path, "units lie below others in a tree; write 'tree' beside 'each'"
        )
    for name in ("role", "affiliation"):
        if name in units:
            message = f"{name!r} is how people have units; units have those below them"
            draft.report.add("key-fit", units.at(name), message)


def _check_items(draft: Draft, items: Node) -> None:
    report, listed = draft.report, items.get("all", ())
    if ("trait" in draft.written(items)) == ("catalogue" in draft.written(items)):
        report.add("key-fit", items.path, "'trait' goes with 'all'; a catalogue names its own trait")
    if len(set(listed)) != len(listed):
        twice = next(item for number, item in enumerate(listed) if item in listed[:number])
        report.add("double-id", items.at("all"), f"{twice!r} stands twice")
    if "count" in items and listed and items["count"] != len(listed):
        advice = "add what is missing or correct the number"
        message = f"{items['count']} are promised, but {len(listed)} are listed; {advice}"
        report.add("counts", items.at("count"), message)


def _check_facts(draft: Draft, told: Node) -> None:
    reading = Reading(draft, told.get("kind", ()), told.at("kind"))
    reading.where(told.get("where"), told.at("where"))
    if "about" in told:
        reading.typed(told["about"], "text", told.at("about"))
    if "add" in told:
        reading.number(told["add"], told.at("add"))
    if "per" in told:
        reading.number(told["per"], told.at("per"))
        if "add" not in draft.written(told):
            draft.report.add("key-fit", told.at("per"), "'per' divides what 'add' adds up; write 'add' too")
    if "distinct" in told:
        reading.fields(told["distinct"], told.at("distinct"))


def _check_wanted(draft: Draft, node: Node) -> None:
    wanted = node.get("wanted")
    if wanted is None:
        return
    low, high = wanted.get("at_least", wanted.get("above")), wanted.get("at_most", wanted.get("below"))
    for ends in (("at_least", "above"), ("at_most", "below")):
        if all(name in wanted for name in ends):
            message = f"found {ends[0]!r} and {ends[1]!r}; only one of them can be written"
            draft.report.add("one-of", wanted.path, message)
    if low is None and high is None and not draft.report.has_problem_in(node.path[:2]):
        message = "no part is wanted; write 'at_least', 'at_most', 'above' or 'below'"
        draft.report.add("missing-key", wanted.path, message)
    is_open = "above" in wanted or "below" in wanted
    if low is not None and high is not None and (low > high or (low == high and is_open)):
        draft.report.add(
            "bounds", wanted.path, f"nothing lies in this range: it begins at {low} and ends at {high}"
        )
