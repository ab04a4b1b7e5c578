"""What the board shows to everybody, and the facts it hands on: lists without names, facts with ids."""

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from ..facts import Fact
from .assign import Assignment
from .board import Board
from .records import Need, Offer, Quantity
from .rules import Emit, MatchRules
from .standings import ClaimStanding, Listing


@attrs.frozen(kw_only=True)
class PublicEntry:
    """A line of the public list (需求清单、资源清单): what, where, when, how much is left; nobody's name."""

    id: str
    side: str
    kinds: tuple[str, ...]
    area: str
    hours: tuple[str, ...]
    quantity: Quantity | None
    left: Quantity | None
    state: str


def public_lists(board: Board) -> tuple[tuple[PublicEntry, ...], tuple[PublicEntry, ...]]:
    """Return the list of needs and the list of offers, by id; what is withdrawn or over is left out.

    Who asks and who gives is not shown, nor any attribute: "poor" beside a village of ten houses is a name.
    """
    return _entries(board.needs.values()), _entries(board.offers.values())


def _entries(listings: Iterable[Listing]) -> tuple[PublicEntry, ...]:
    return tuple(
        PublicEntry(
            id=one.id,
            side=one.side,
            kinds=one.kinds,
            area=one.area,
            hours=tuple(map(str, one.windows)),
            quantity=one.quantity,
            left=one.left,
            state=one.state,
        )
        for one in listings
        if one.state not in ("withdrawn", "expired")
    )


def facts_of(answer: Board | Assignment) -> tuple[Fact, ...]:
    """Return the facts the rules make of claims or pairs, in the order of their ids; the same on every run.

    A side that is not named (an anonymous need) gives none. A claim agreed and later withdrawn gives no fact.
    """
    found = _of_board(answer) if isinstance(answer, Board) else _of_assignment(answer)
    return tuple(sorted(found, key=lambda fact: fact.id))


def _of_board(board: Board) -> Iterator[Fact]:
    for standing in board.claims.values():
        if standing.state not in ("claimed", "agreed", "fulfilled"):
            continue
        need = board.listed_needs[standing.claim.need]
        offer = board.listed_offers[standing.claim.offer]
        for emit in board.rules.emits:
            moment = standing.moments.get(emit.on)
            if moment is not None and emit.side in ("", standing.claim.side):
                yield from _fact(
                    board.rules, emit, need, offer, on=board.rules.day_of(moment), standing=standing
                )


def _of_assignment(assignment: Assignment) -> Iterator[Fact]:
    question = assignment.question
    for pair in assignment.pairs:
        need, offer = question.needs[pair.need], question.offers[pair.offer]
        for emit in question.rules.emits:
            if emit.on == "assigned":
                yield from _fact(question.rules, emit, need, offer, on=assignment.on)


def _fact(
    rules: MatchRules,
    emit: Emit,
    need: Need,
    offer: Offer,
    *,
    on: date,
    standing: ClaimStanding | None = None,
) -> Iterator[Fact]:
    claim = standing.claim if standing is not None else None
    sides = {"offerer": offer.by, "requester": need.by, "claimer": claim.by if claim is not None else ""}
    subject = sides[emit.subject]
    if not subject:
        return
    values = {
        "need": need.id,
        "offer": offer.id,
        "kind": need.kind,
        "area": need.area,
        "claim": claim.id if claim is not None else "",
    }
    name = claim.id if claim is not None else f"{need.id}:{on}"
    yield Fact(
        id=f"{rules.id}:{emit.id}:{name}",
        subject=subject,
        kind=emit.kind,
        on=on,
        amount=(standing.quantity if standing is not None else need.quantity) if emit.amount else None,
        attributes={field: values[source] for field, source in emit.attributes.items()},
    )
