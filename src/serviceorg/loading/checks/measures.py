"""Rates, ballots and lengths: keys inside them that need or exclude one another."""

from ..drafts import Draft
from ..report import Report
from ..shapes import Node


def check_measures(draft: Draft) -> None:
    """Report rates, ballots and veto terms that do not say one thing clearly."""
    for _, clause in draft.clauses():
        if "rate" in clause:
            _check_rate(clause, clause["rate"], draft.report)
        if "ballots" in clause:
            _check_ballots(clause["ballots"], draft.report)
    for veto in draft.nodes("veto"):
        if "lasts" in veto:
            _check_term(veto["lasts"], draft.report)


def _check_rate(clause: Node, rate: Node, report: Report) -> None:
    part, whole = rate.get("part"), rate.get("whole")
    if part is None and not rate.get("heads"):
        message = "the key 'part' is missing: what is above the line, a number or which facts"
        report.add("missing-key", rate.path, message)
    if isinstance(part, str) and "whole" not in rate:
        message = f"the part is the attribute {part!r}, so the key 'whole' must name another one"
        report.add("missing-key", rate.path, message)
    if part is not None and whole is not None and isinstance(part, str) != isinstance(whole, str):
        message = "part and whole must both be attributes, or both be tables of attributes"
        report.add("key-fit", rate.at("whole"), message)
    if isinstance(part, str) and rate.get("heads"):
        report.add(
            "key-fit",
            rate.at("heads"),
            "'heads' counts members with facts that match; write 'part' as a table",
        )
    if isinstance(part, str) and "unless" in rate:
        message = "'unless' inside a rate goes with tables; write it beside 'on' instead"
        report.add("key-fit", rate.at("unless"), message)
    if rate.get("heads") and "of" not in clause:
        report.add("key-fit", rate.at("heads"), "'heads' goes with of = \"members\" only")
    if "least" in rate and not rate.get("heads"):
        report.add("key-fit", rate.at("least"), "'least' goes with heads = true only")


def _check_ballots(ballots: Node, report: Report) -> None:
    quorum = ballots.get("quorum", {})
    # A quorum may ask for its share of a group although heads, not groups, are weighed.
    weighed_by_heads = "group" in quorum and "groups" not in ballots
    for by, groups in (("by", "groups"), ("aspect", "aspects")):
        if by in ballots and groups not in ballots and not (by == "by" and weighed_by_heads):
            report.add(
                "missing-key",
                ballots.path,
                f"the key {groups!r} is missing: the values of {by!r} and their weights",
            )
        if groups in ballots and by not in ballots:
            report.add(
                "missing-key",
                ballots.path,
                f"the key {by!r} is missing: the attribute that tells the {groups} apart",
            )
        weights = [group.get("weight", 1) for group in ballots.get(groups, ())]
        if weights and sum(weights) == 0:
            message = "all weights are 0; give at least one of them a weight above 0"
            report.add("weights", ballots.at(groups), message)
    if ("group" in quorum) != ("share" in quorum):
        message = "'group' and 'share' go together; write both or none"
        report.add("key-fit", quorum.path, message)
    if "group" in quorum and "by" not in ballots:
        message = "the key 'by' is missing: the attribute that tells the group of the quorum"
        report.add("missing-key", ballots.path, message)
    if "group" in quorum and "groups" in ballots:
        known = [group["id"] for group in ballots.get("groups", ()) if "id" in group]
        if quorum["group"] not in known:
            place = quorum.at("group")
            report.unknown("unknown-value", place, what="group", found=quorum["group"], known=known)
    needs = {"aspect": "aspects", "group": "groups", "panel": "panel"}
    for name in ballots.get("decimals", ()):
        if name in needs and needs[name] not in ballots:
            message = f"there are no means of each {name} to round: {needs[name]!r} is not written"
            report.add("key-fit", ballots["decimals"].at(name), message)


def _check_term(lasts: Node, report: Report) -> None:
    if ("by" in lasts) != ("table" in lasts):
        report.add("key-fit", lasts.path, "'by' and 'table' go together; write both or none")
