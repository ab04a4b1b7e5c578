"""The values of a commitments file: goals, versions, commitments, golden cases."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ...basics import FrozenMap, Label
from ...commitments import (
    Case,
    Commitment,
    CommitmentBook,
    Confirmation,
    Goal,
    Milestone,
    Part,
    Promise,
    Proof,
    Selection,
    Withdrawal,
)
from ...facts import Fact
from ..drafts import Draft
from ..shapes.commitments import ANYONE, DONE, PROMISER
from .select import where_of

_STEP = Decimal("0.01")


def book_of(draft: Draft, *, origin: str, digest: str) -> CommitmentBook:
    """Return the book of a draft without problems."""
    head = draft.head
    percent = head.get("percent", {})
    return CommitmentBook(
        **{name: head[name] for name in ("id", "title", "source", "illustrative", "rows") if name in head},
        step=percent.get("step", _STEP),
        direction=percent.get("direction", "half-up"),
        commitments=tuple(_commitments(draft.nodes("commitment"))),
        kinds=FrozenMap(draft.kinds.known),
        cases=tuple(_case_of(node) for node in draft.nodes("case")),
        origin=origin,
        digest=digest,
    )


def commitment_ids(node: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids an entry stands for: its own, or one for each of several who promise the same."""
    if "id" not in node or len(node.get("by", ())) < 2:
        return (node["id"],) if "id" in node else ()
    return tuple(f"{node['id']}@{promiser}" for promiser in node["by"])


def _commitments(nodes: Iterable[Mapping[str, Any]]) -> Iterable[Commitment]:
    versions: dict[str, list[Mapping[str, Any]]] = {}
    for node in nodes:
        versions.setdefault(node["id"], []).append(node)
    for same in versions.values():
        first = same[0]
        for name, promiser in zip(commitment_ids(first), first["by"], strict=True):
            yield _commitment(name, promiser, same)


def _commitment(name: str, promiser: str, versions: list[Mapping[str, Any]]) -> Commitment:
    first = versions[0]
    given = {
        key: first[key] for key in ("promiser", "unit", "source", "illustrative", "rows") if key in first
    }
    return Commitment(
        id=name,
        title=versions[-1]["title"],
        by=promiser,
        versions=tuple(_promise(node, promiser) for node in versions),
        **given,
    )


def _promise(node: Mapping[str, Any], promiser: str) -> Promise:
    parts = tuple(_part(part, node, promiser) for part in node.get("part", ()))
    confirmed, withdrawn = node.get("confirmed"), node.get("withdrawn")
    return Promise(
        since=node["since"],
        until=node.get("until"),
        basis=node.get("basis", ""),
        goal=_goal(node, node, promiser, target=_whole_target(node, parts)),
        parts=parts,
        together=node.get("together", ""),
        milestones=tuple(Milestone(**milestone) for milestone in node.get("milestone", ())),
        pace=node.get("pace", ""),
        dates=node.get("dates", "occurred"),
        proof=Proof(**node.get("proof", {})),
        confirmation=None
        if confirmed is None
        else Confirmation(field=confirmed["by"], among=confirmed.get("among", ())),
        responsible=node.get("responsible", ()),
        withdrawn=None if withdrawn is None else Withdrawal(**withdrawn),
    )


def _whole_target(node: Mapping[str, Any], parts: tuple[Part, ...]) -> Any:
    if not parts:
        return node["target"]
    return Decimal(len(parts)) if node["together"] == "reached" else sum(part.goal.target for part in parts)


def _part(node: Mapping[str, Any], whole: Mapping[str, Any], promiser: str) -> Part:
    inherited = {key: whole[key] for key in ("fact", "measure", "field", "due") if key in whole}
    where = {**whole.get("where", {}), **node.get("where", {})}
    goal = _goal({**inherited, **node, "where": where}, whole, promiser, target=node["target"])
    return Part(id=node["id"], title=node.get("title", Label()), goal=goal)


def _goal(node: Mapping[str, Any], whole: Mapping[str, Any], promiser: str, *, target: Any) -> Goal:
    done = target == DONE
    measure = "presence" if done else node.get("measure", "count")
    return Goal(
        target=Decimal(1) if done else target,
        due=node["due"],
        is_done=done,
        direction=node.get("direction", "at_least"),
        selection=Selection(
            kinds=node["fact"],
            where=where_of(node.get("where")),
            measure=measure,
            field=node.get("field", "amount"),
            whose=whose_of(whole, promiser),
        ),
    )


def whose_of(node: Mapping[str, Any], promiser: str) -> tuple[str, ...]:
    """Return the subjects whose facts count; nobody named is anyone."""
    written: tuple[str, ...] = node.get("whose", (PROMISER,))
    if ANYONE in written:
        return ()
    return tuple(dict.fromkeys(promiser if one == PROMISER else one for one in written))


def _case_of(node: Mapping[str, Any]) -> Case:
    return Case(
        title=node["title"],
        on=node["on"],
        facts=tuple(_fact(fact, number) for number, fact in enumerate(node.get("facts", ()), 1)),
        expect=FrozenMap({name: _expected(table) for name, table in node["expects"].items()}),
    )


def _expected(node: Mapping[str, Any]) -> FrozenMap[str, Any]:
    plain = {key: value for key, value in node.items() if key != "parts"}
    return FrozenMap({**plain, **{f"part.{part}": word for part, word in node.get("parts", {}).items()}})


def _fact(node: Mapping[str, Any], number: int) -> Fact:
    return Fact(
        **{
            "id": f"case-{number}",
            "recorded_on": node["on"],
            **node,
            "attributes": FrozenMap(node.get("attributes", ())),
        }
    )
