"""The board of needs and offers: who has claimed what, worked out anew from everything that was recorded.

No counter is stored. The board of a day is the claims and responses up to that day, played through in order.
"""

from collections.abc import Iterable
from datetime import date

import attrs

from ..basics import FrozenMap
from ..errors import MatchingProblems, NotInForceError, Problem, known_names
from ..model.units import Units
from ..reasons import Reason
from .play import Play
from .records import ANSWERS, SIDES, Claim, Need, Offer, Response, by_id, check_day
from .rules import MatchRules
from .standings import ClaimStanding, Listing


@attrs.frozen(kw_only=True, eq=False)
class Board:
    """The board on one day (认领公示板): every listing and claim, and the responses that had no effect."""

    rules: MatchRules
    on: date
    needs: FrozenMap[str, Listing]
    offers: FrozenMap[str, Listing]
    claims: FrozenMap[str, ClaimStanding]
    ignored: tuple[tuple[Response, Reason], ...]
    listed_needs: FrozenMap[str, Need] = attrs.field(repr=False)
    listed_offers: FrozenMap[str, Offer] = attrs.field(repr=False)
    history: tuple[Claim | Response, ...] = attrs.field(repr=False)
    areas: Units | None = attrs.field(repr=False)


def claims_board(
    needs: Iterable[Need],
    offers: Iterable[Offer],
    history: Iterable[Claim | Response],
    *,
    rules: MatchRules,
    on: date,
    areas: Units | None = None,
) -> Board:
    """Return the board of a day: everything recorded up to the end of that day, in any order, played through.

    What comes first is told by the moments as instants; days are those of the rules' ``zone``.

    Raises:
        MatchingProblems: For ids used twice, and claims or responses about what is not there, all at once.
        NotInForceError: For a day before the rules.
        PeriodError: If ``on`` is no day.
    """
    check_day(on)
    if on < rules.effective:
        raise NotInForceError(f"{rules.id}: no matching rules on {on}; they hold from {rules.effective}")
    needed, offered = by_id(needs, offers)
    events = tuple(history)
    _check(needed, offered, events)
    play = Play(rules, needed, offered, areas, on)
    play.run(events)
    return Board(
        rules=rules,
        on=on,
        needs=FrozenMap({need.id: play.listing_of_need(need) for need in needed.values()}),
        offers=FrozenMap({offer.id: play.listing_of_offer(offer) for offer in offered.values()}),
        claims=FrozenMap({name: held.standing() for name, held in sorted(play.held.items())}),
        ignored=tuple(play.ignored),
        listed_needs=FrozenMap(needed),
        listed_offers=FrozenMap(offered),
        history=events,
        areas=areas,
    )


def _check(needs: dict[str, Need], offers: dict[str, Offer], events: tuple[Claim | Response, ...]) -> None:
    problems: list[Problem] = []
    claims = [event for event in events if isinstance(event, Claim)]
    ids = {*needs, *offers}
    for claim in claims:
        place = f"claim {claim.id!r}"
        if claim.id in ids or not claim.id:
            problems.append(Problem("double-id", place, "this id is used twice, or empty; give each its own"))
        ids.add(claim.id)
        for what, name, known in (("need", claim.need, needs), ("offer", claim.offer, offers)):
            if name not in known:
                problems.append(
                    Problem("unknown-id", place, f"unknown {what} {name!r}; {known_names(name, known)}")
                )
        if claim.side not in SIDES:
            message = f"unknown side {claim.side!r}; {known_names(claim.side, SIDES)}"
            problems.append(Problem("unknown-word", place, message))
    for event in events:
        if isinstance(event, Response):
            place = f"response to {event.to!r}"
            if event.to not in ids:
                message = f"there is no claim, need or offer {event.to!r}; {known_names(event.to, ids)}"
                problems.append(Problem("unknown-id", place, message))
            if event.answer not in ANSWERS:
                message = f"unknown answer {event.answer!r}; {known_names(event.answer, ANSWERS)}"
                problems.append(Problem("unknown-word", place, message))
    if problems:
        raise MatchingProblems(problems)
