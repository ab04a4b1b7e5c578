"""Putting a claim to the board: it is taken, or refused with reasons and with what could be done instead."""

from collections import defaultdict
from collections.abc import Iterator

import attrs

from ..calendars.zones import in_utc
from ..errors import ServiceOrgError
from ..reasons import Reason, render
from .board import Board, claims_board
from .conditions import hindrances
from .play import HOLDING
from .pool import quota_of
from .records import Claim, Need, Offer
from .sentences import SENTENCES, in_hours

#: So many other ways are named.
_MOST = 3


class ClaimRefused(ServiceOrgError, ValueError):
    """A claim the board does not take; ``reasons`` say why, each with a remedy where there is one."""

    code = "claim-refused"

    def __init__(self, claim: Claim, reasons: tuple[Reason, ...]) -> None:
        self.claim, self.reasons = claim, reasons
        super().__init__(claim, reasons)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the reasons, in order."""
        return tuple(reason.code for reason in self.reasons)

    def in_(self, lang: str) -> str:
        """Return the refusal with its reasons in "en" or "zh"."""
        return render(Reason("claim-refused", (self.claim.id,), self.reasons), SENTENCES, lang=lang)

    def __str__(self) -> str:
        return self.in_("en")


def claim(board: Board, asked: Claim) -> Claim:
    """Return the claim if the board takes it; the host adds it to the history.

    It may be no earlier than what is recorded, or it would undo what others were told.

    Raises:
        ClaimRefused: With every reason and its remedy.
        MatchingProblems: For a claim about what is not there.
    """
    latest = max((event.at for event in board.history), key=in_utc, default=None)
    if latest is not None and in_utc(asked.at) < in_utc(latest):
        raise ClaimRefused(asked, (Reason("entered-late", (asked.at.isoformat(), latest.isoformat())),))
    after = claims_board(
        board.listed_needs.values(),
        board.listed_offers.values(),
        (*board.history, asked),
        rules=board.rules,
        on=max(board.on, board.rules.day_of(asked.at)),
        areas=board.areas,
    )
    standing = after.claims[asked.id]
    if standing.state == "refused":
        raise ClaimRefused(asked, tuple(_with_remedy(after, asked, one) for one in standing.reason.children))
    return asked


def _with_remedy(board: Board, asked: Claim, reason: Reason) -> Reason:
    return attrs.evolve(reason, children=tuple(_remedies(board, asked, reason)))


def _remedies(board: Board, asked: Claim, reason: Reason) -> Iterator[Reason]:
    need, offer = board.listed_needs[asked.need], board.listed_offers[asked.offer]
    if reason.code in ("hours-too-short", "hours-outside", "no-common-hours") and offer.windows:
        yield Reason("ask-hours", (in_hours(offer.windows),))
    if reason.code in ("used-up", "need-taken"):
        left = reason.arguments[2]
        if left:
            yield Reason("ask-less", (left,))
    served = _served(board)
    if reason.code in ("need-taken", "listing-withdrawn", "not-listed") and asked.side == "offerer":
        others = [one.id for one in board.listed_needs.values() if _is_free(board, one, offer, asked, served)]
        if others:
            yield Reason("other-needs", (", ".join(others[:_MOST]),))
        return
    if reason.code not in ("not-yours", "need-taken", "own-need"):
        offers = [one.id for one in board.listed_offers.values() if _is_free(board, need, one, asked, served)]
        if offers:
            yield Reason("other-offers", (", ".join(offers[:_MOST]),))


def _served(board: Board) -> dict[str, set[str]]:
    """Return the needs each offer serves."""
    served: dict[str, set[str]] = defaultdict(set)
    for standing in board.claims.values():
        if standing.state in HOLDING:
            served[standing.claim.offer].add(standing.claim.need)
    return served


def _is_free(board: Board, need: Need, offer: Offer, asked: Claim, served: dict[str, set[str]]) -> bool:
    """Return whether another pair could be claimed: it suits, something of both is left, no quota is full."""
    if (need.id, offer.id) == (asked.need, asked.offer):
        return False
    on, shown = board.rules.day_of(asked.at), board.offers[offer.id]
    open_need = board.needs[need.id].state in ("open", "partly")
    room = shown.state in ("open", "partly") and (shown.left is None or shown.left > 0)
    most = quota_of(offer, board.rules.quotas_on(on)).most
    room = room and (most is None or len(served[offer.id] | {need.id}) <= most)
    return open_need and room and not hindrances(need, offer, rules=board.rules, on=on, areas=board.areas)
