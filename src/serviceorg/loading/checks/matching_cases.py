"""Golden cases of matching rules speak of needs, offers and claims that are there. They are run elsewhere."""

from collections.abc import Iterator

from ...errors import PeriodError, ServiceOrgError, UnitProblems
from ...model.units import Units
from ..build.matching import windows_of, zone_in
from ..drafts import Draft
from ..report import Path
from ..shapes import Node
from .names import once

#: What is expected of an assignment, and what of a board.
_OF_BOARD = ("claims", "needs", "offers", "left", "refused", "ignored")
_MOST_LISTED = 20_000


def check_match_cases(draft: Draft) -> None:
    """Report cases of one title, ids used twice or nobody knows, hours that cannot be, and empty promises."""
    titles: set[str] = set()
    for case in draft.nodes("case"):
        title = case.get("title", "")
        if title and title in titles:
            message = f"{title!r} is the title of another case too; give each its own"
            draft.report.add("case-title", case.at("title"), message)
        titles.add(title)
        _check_case(draft, case)


def _check_case(draft: Draft, case: Node) -> None:
    report = draft.report
    for noun in ("needs", "offers", "claims"):
        once(draft, case.get(noun, ()))
    if (
        sum(node.get("times", 1) for noun in ("needs", "offers") for node in case.get(noun, ()))
        > _MOST_LISTED
    ):
        message = f"a case may have {_MOST_LISTED} needs and offers at most"
        report.add("too-many", case.at("needs"), message)
        return
    if "effective" in draft.head and "on" in case and case["on"] < draft.head["effective"]:
        message = f"{case['on']} is before the rules hold, from {draft.head['effective']}"
        report.add("case-expect", case.at("on"), message)
    _check_areas(draft, case)
    for noun in ("needs", "offers", "claims"):
        for node in case.get(noun, ()):
            _check_windows(draft, node)
    _check_names(draft, case)
    _check_expected(draft, case)


def _check_areas(draft: Draft, case: Node) -> None:
    try:
        Units(case.get("areas", {}))
    except UnitProblems as error:
        for problem in error.problems:
            draft.report.add("case-unit", case.at("areas", problem.where), problem.message)


def _check_windows(draft: Draft, node: Node) -> None:
    for place, window in enumerate(node.get("windows", ())):
        if isinstance(window, str):
            continue
        path = node.at("windows", place) if isinstance(window, Node) else node.at("windows")
        if ("from" in window) != ("to" in window):
            draft.report.add("key-fit", path, "'from' and 'to' go together")
            continue
        try:
            windows_of((window,), zone_in(draft))
        except (PeriodError, ServiceOrgError) as error:
            draft.report.add("hours", path, str(error))


def names_in(case: Node, noun: str) -> Iterator[str]:
    """Yield the ids of needs, offers or claims, each of those that are there several times."""
    for node in case.get(noun, ()):
        if "id" in node and "times" in node:
            yield from (f"{node['id']}-{number}" for number in range(1, node["times"] + 1))
        elif "id" in node:
            yield node["id"]


def _check_names(draft: Draft, case: Node) -> None:
    known = {noun: set(names_in(case, noun)) for noun in ("needs", "offers", "claims")}
    for one, other in (("needs", "offers"), ("needs", "claims"), ("offers", "claims")):
        for name in sorted(known[one] & known[other]):
            message = f"{name!r} stands among {one} and {other}; give each its own id"
            draft.report.add("double-id", case.at(other), message)
    for key in ("fixed", "before"):
        for place, pair in enumerate(case.get(key, ())):
            path = case.at(key, place)
            if len(pair) != 2:
                draft.report.add(
                    "wrong-type", path, f"a pair is a need and an offer; found a list of {len(pair)}"
                )
                continue
            _known(draft, path, "need", pair[0], known["needs"])
            _known(draft, path, "offer", pair[1], known["offers"])
    for claim in case.get("claims", ()):
        for noun, what in (("needs", "need"), ("offers", "offer")):
            if what in claim:
                _known(draft, claim.at(what), what, claim[what], known[noun])
    everything = set().union(*known.values())
    for response in case.get("responses", ()):
        if "to" in response:
            _known(draft, response.at("to"), "claim, need or offer", response["to"], everything)
    _check_expected_names(draft, case, known)


def _check_expected_names(draft: Draft, case: Node, known: dict[str, set[str]]) -> None:
    expect = case.get("expect", {})
    of = {"pairs": "needs", "loads": "offers", "claims": "claims", "needs": "needs", "offers": "offers"}
    for key, noun in (*of.items(), ("refused", "claims")):
        for name in expect.get(key, {}):
            _known(draft, case.at("expect", key, name), noun[:-1], name, known[noun])
    for name, offer in expect.get("pairs", {}).items():
        if offer:
            _known(draft, case.at("expect", "pairs", name), "offer", offer, known["offers"])
    for place, name in enumerate(expect.get("unmet", ())):
        _known(draft, case.at("expect", "unmet", place), "need", name, known["needs"])
    for name in expect.get("left", {}):
        _known(
            draft, case.at("expect", "left", name), "need or offer", name, known["needs"] | known["offers"]
        )


def _known(draft: Draft, path: Path, what: str, name: str, known: set[str]) -> None:
    if name not in known:
        draft.report.unknown("case-name", path, what=what, found=name, known=known)


def _check_expected(draft: Draft, case: Node) -> None:
    expect = case.get("expect", {})
    written = draft.document["case"][case.path[-1]].get("expect")
    if isinstance(written, dict) and not written:
        draft.report.add("case-expect", case.at("expect"), "nothing is expected; write what must come of it")
    if "claims" not in case:
        for key in _OF_BOARD:
            if key in expect:
                message = f"{key!r} is said of a board, and no claim is made; write [[case.claims]]"
                draft.report.add("case-expect", case.at("expect", key), message)
    aims = {f"priority-{name}" for name in draft.ids("priority")} if "priority" in _ranks(draft) else set()
    aims |= _ranks(draft) - {"priority"} | {"met"}
    for name in expect.get("aims", {}):
        if name not in aims:
            place = case.at("expect", "aims", name)
            draft.report.unknown("case-expect", place, what="aim", found=name, known=aims)


def _ranks(draft: Draft) -> set[str]:
    return {node["by"] for node in draft.nodes("rank") if "by" in node}
