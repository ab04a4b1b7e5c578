"""Matching rules, and the needs, offers and claims of their golden cases."""

from collections.abc import Iterator, Mapping
from typing import Any

from ...basics import FrozenMap
from ...matching.records import Claim, Need, Offer, Pair, Response
from ...matching.rules import Condition, Emit, MatchCase, MatchRules, Priority, Quota, Rank
from ...matching.windows import CIVIL_ZONE, DAY, EVERY_DAY, Window, parse_hours
from ..drafts import Draft
from ..shapes import Node
from ..shapes.matching import ASKED

_HEAD = (
    "id",
    "title",
    "effective",
    "basis",
    "source",
    "illustrative",
    "rows",
    "zone",
    "capacity",
    "booked",
    "order",
    "collect_days",
    "agreement",
    "answer_days",
)


def match_rules_of(draft: Draft, *, origin: str, digest: str) -> MatchRules:
    """Return the rules of a draft without problems."""
    return MatchRules(
        **{name: draft.head[name] for name in _HEAD if name in draft.head},
        conditions=tuple(map(_condition, draft.nodes("condition"))),
        priorities=tuple(map(_priority, draft.nodes("priority"))),
        quotas=tuple(map(_quota, draft.nodes("quota"))),
        ranks=tuple(Rank(**_common(node), by=node["by"]) for node in draft.nodes("rank")),
        emits=tuple(map(_emit, draft.nodes("emit"))),
        cases=tuple(match_case_of(node, zone_in(draft)) for node in draft.nodes("case")),
        kinds=FrozenMap(draft.kinds.known),
        origin=origin,
        digest=digest,
    )


def _common(node: Node) -> dict[str, Any]:
    """Return what every entry may say."""
    return {name: node[name] for name in ("title", "source", "since", "until") if name in node}


def _values(node: Mapping[str, Any] | None) -> FrozenMap[str, tuple[str, ...]]:
    return FrozenMap({name: tuple(sorted(set(values))) for name, values in (node or {}).items()})


def _condition(node: Node) -> Condition:
    what = next(name for name in ASKED if name in node)
    given: dict[str, Any] = {"kinds": node.get("kinds", ())}
    if what == "area":
        given["reach"] = node["area"]
    elif what == "overlap":
        given["minutes"] = node["overlap"]
    elif what == "one_of":
        given |= node["one_of"]
    elif what != "kind":
        given["attribute"] = node[what]
    return Condition(id=node["id"], what=what, **_common(node), **given)


def _priority(node: Node) -> Priority:
    return Priority(id=node["id"], needs=_values(node["needs"]), **_common(node))


def _quota(node: Node) -> Quota:
    given = {name: node[name] for name in ("least", "about", "most", "first", "arrange") if name in node}
    if "exactly" in node:
        given |= {"least": node["exactly"], "most": node["exactly"]}
    return Quota(id=node["id"], offers=_values(node.get("offers")), **_common(node), **given)


def _emit(node: Node) -> Emit:
    given = {name: node[name] for name in ("subject", "side", "amount") if name in node}
    attributes = FrozenMap(node.get("attributes", {}))
    return Emit(id=node["id"], on=node["on"], kind=node["kind"], attributes=attributes, **given)


def zone_in(draft: Draft) -> str:
    """Return the zone the head of a file names, or the one that holds where none is."""
    zone: str = draft.head.get("zone", CIVIL_ZONE)
    return zone


def match_case_of(node: Node, zone: str) -> MatchCase:
    """Return a golden case; moments that bound hours are read in the rules' zone."""
    given = {"solver": node["solver"]} if "solver" in node else {}
    return MatchCase(
        title=node["title"],
        on=node["on"],
        areas=FrozenMap(node.get("areas", {})),
        needs=tuple(need for one in node["needs"] for need in _needs(one, zone)),
        offers=tuple(offer for one in node["offers"] for offer in _offers(one, zone)),
        fixed=tuple(Pair(*pair) for pair in node.get("fixed", ())),
        before=tuple(Pair(*pair) for pair in node.get("before", ())),
        claims=tuple(_claim(claim, zone) for claim in node.get("claims", ())),
        responses=tuple(Response(**response) for response in node.get("responses", ())),
        expect=FrozenMap({n: FrozenMap(v) if isinstance(v, dict) else v for n, v in node["expect"].items()}),
        **given,
    )


def _listings(node: Node, zone: str) -> Iterator[dict[str, Any]]:
    """Yield the fields of a listing, once for each time it is there."""
    given = {name: node[name] for name in ("by", "area", "since", "until") if name in node}
    given |= {"windows": windows_of(node.get("windows", ()), zone)}
    given |= {"attributes": _values(node.get("attributes"))}
    if "times" not in node:
        yield {"id": node["id"], **given}
    for number in range(1, node.get("times", 0) + 1):
        yield {"id": f"{node['id']}-{number}", **given}


def _needs(node: Node, zone: str) -> Iterator[Need]:
    own = {name: node[name] for name in ("kind", "quantity") if name in node}
    for given in _listings(node, zone):
        yield Need(**given, **own)


def _offers(node: Node, zone: str) -> Iterator[Offer]:
    own = {name: node[name] for name in ("kinds", "capacity") if name in node}
    for given in _listings(node, zone):
        yield Offer(**given, **own)


def _claim(node: Node, zone: str) -> Claim:
    given = {name: value for name, value in node.items() if name != "windows"}
    return Claim(**given, windows=windows_of(node.get("windows", ()), zone))


def windows_of(nodes: Any, zone: str) -> tuple[Window, ...]:
    """Return windows as they are written: hours alone, or tables."""
    return tuple(Window.weekly(node) if isinstance(node, str) else _window(node, zone) for node in nodes)


def _window(node: Mapping[str, Any], zone: str) -> Window:
    if "from" in node:
        return Window.between(node["from"], node["to"], zone=zone)
    start, minutes = parse_hours(node["hours"]) if "hours" in node else (0, DAY)
    return Window(start, minutes, node.get("weekdays", EVERY_DAY), node.get("since"), node.get("until"))
