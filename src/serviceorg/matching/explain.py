"""Why somebody is joined to whom, or to nobody: worked out when somebody asks, from the question itself."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

import attrs

from ..basics import Label
from ..basics.numbers import half_up
from ..errors import UnknownIdError
from ..reasons import Reason, render
from .aims import Aim, aims_of
from .assign import Assignment
from .board import Board
from .claiming import ClaimRefused
from .conditions import hindrances
from .diary import Booking, Diary, hours_of
from .pool import Pool, Question, metres, quota_of
from .records import Need, Offer
from .rules import Quota, class_of
from .sentences import SENTENCES, WORDS, named, worded
from .standings import ClaimStanding, Listing

#: So many examples are shown of each kind.
_MOST = 3


def explain(
    answer: Assignment | Board | ClaimStanding | ClaimRefused, *, of: str = "", lang: str = "en"
) -> str:
    """Return why an answer is as it is, as indented lines in "en" or "zh"; ``of`` is an id in it.

    Raises:
        UnknownIdError: For an ``of`` that is not there, or another language.
    """
    if isinstance(answer, ClaimRefused):
        return render(Reason("claim-refused", (answer.claim.id,), answer.reasons), SENTENCES, lang=lang)
    if isinstance(answer, ClaimStanding):
        return render(answer.reason, SENTENCES, lang=lang)
    reason = reason_on_board(answer, of) if isinstance(answer, Board) else reason_of(answer, of)
    return render(reason, SENTENCES, lang=lang)


def reason_of(assignment: Assignment, of: str = "") -> Reason:
    """Return the reason of a whole assignment, or of one need or offer in it.

    Raises:
        UnknownIdError: For an id that is neither.
    """
    question = assignment.question
    if not of:
        return _whole(assignment)
    if of in question.needs:
        need = question.needs[of]
        offer = assignment.offer_of(of)
        return _joined(assignment, need, question.offers[offer]) if offer else _unmet(assignment, need)
    if of in question.offers:
        return _offer(assignment, question.offers[of])
    raise UnknownIdError("need or offer", of, (*question.needs, *question.offers))


def reason_on_board(board: Board, of: str = "") -> Reason:
    """Return the reason of a whole board, or of one claim, need or offer on it.

    Raises:
        UnknownIdError: For an id that is none of them.
    """
    if of in board.claims:
        reason = board.claims[of].reason
        return attrs.evolve(reason, children=(*reason.children, *_without_effect(board, of)))
    listings = {**board.needs, **board.offers}
    if of and of not in listings:
        raise UnknownIdError("claim, need or offer", of, (*board.claims, *listings))
    if not of:
        counts = (board.rules.id, board.on, len(board.needs), len(board.offers), len(board.claims))
        listed = (_listing(board, one) for one in listings.values())
        return Reason("board", counts, (*listed, *_without_effect(board)))
    reason = _listing(board, listings[of])
    return attrs.evolve(reason, children=(*reason.children, *_without_effect(board, of)))


def _without_effect(board: Board, of: str = "") -> Iterator[Reason]:
    """Yield why responses had no effect: those to one claim or listing, or all."""
    reasons = tuple(reason for response, reason in board.ignored if not of or response.to == of)
    if reasons:
        yield Reason("without-effect", (len(reasons),), reasons)


def _listing(board: Board, listing: Listing) -> Reason:
    claims = tuple(
        standing.reason
        for standing in board.claims.values()
        if listing.id in (standing.claim.need, standing.claim.offer)
    )
    if listing.left is None:
        return Reason("listing-unbound", (listing.id, worded(listing.state)), claims)
    return Reason("listing", (listing.id, worded(listing.state), listing.left), claims)


def _whole(assignment: Assignment) -> Reason:
    question = assignment.question
    parts = [_aim(name, value) for name, value in assignment.aims]
    for deviation in assignment.deviations():
        if not deviation.quota:
            parts.append(Reason("no-quota", (deviation.offers, deviation.needs)))
            continue
        hundredths = half_up(100 * deviation.mean.numerator, deviation.mean.denominator)
        mean = Decimal(hundredths).scaleb(-2)
        counts = (deviation.offers, deviation.needs, deviation.fewest, deviation.largest, mean)
        off = (Reason("off-quota", (deviation.short, deviation.beyond)),)
        needed = deviation.short or deviation.beyond
        parts.append(
            Reason(
                "quota", (deviation.quota, *counts), off if needed else (), _source(question, deviation.quota)
            )
        )
    met = len(assignment.pairs)
    head = (assignment.rules, assignment.on, worded(assignment.solver), met, len(question.needs))
    return Reason("assignment", head, tuple(parts), question.rules.source)


def _source(question: Question, quota: str) -> str:
    return next((one.source for one in question.rules.quotas_on(question.on) if one.id == quota), "")


def _aim(name: str, value: int | Fraction) -> Reason:
    rank, _, priority = name.partition(":")
    shown = value if isinstance(value, int) else str(value)
    return Reason("unmet-of-class", (priority, shown)) if priority else Reason("aim", (worded(rank), shown))


def _joined(assignment: Assignment, need: Need, offer: Offer) -> Reason:
    question = assignment.question
    parts = list(_beside(assignment, need, offer))
    if any(pair == (need.id, offer.id, True) for pair in assignment.pairs):
        against = _apart(question, need, offer)
        kept = Reason("fixed-against", (), against) if against else Reason("fixed-pair")
        return Reason("joined", (need.id, offer.id), (kept, *parts))
    apart = {one.id: _apart(question, need, one) for one in question.offers.values()}
    suiting = [one for one in question.offers.values() if not apart[one.id]]
    others = [one for one in suiting if one.id != offer.id]
    changes, room = _Changes(assignment, need, offer), _Room(assignment, need)
    full = {one.id: room.why_full(one) for one in others}
    others.sort(key=lambda one: (full[one.id] is not None, changes.of(one), one.id))
    instead = [
        full[one.id] or Reason("instead", (one.id, assignment.loads[one.id], changes.said(one)))
        for one in others[:_MOST]
    ]
    parts.append(Reason("suiting", (len(suiting), len(question.offers)), tuple(instead)))
    parts += [Reason("apart", (name,), apart[name]) for name in _nearly(apart)]
    return Reason("joined", (need.id, offer.id), tuple(parts))


def _nearly(apart: Mapping[str, tuple[Reason, ...]]) -> list[str]:
    """Return offers which just one thing keeps apart, other areas last: these are what people ask about."""
    near = [name for name, reasons in apart.items() if len(reasons) == 1]
    return sorted(near, key=lambda name: (apart[name][0].code == "area-not-covered", name))[:_MOST]


def _apart(question: Question, need: Need, offer: Offer) -> tuple[Reason, ...]:
    return hindrances(need, offer, rules=question.rules, on=question.on, areas=question.areas)


def _beside(assignment: Assignment, need: Need, offer: Offer) -> Iterator[Reason]:
    """Yield what speaks of the pair itself: class, quota, distance, last time."""
    question = assignment.question
    priorities = question.rules.priorities_on(question.on)
    quota = quota_of(offer, question.rules.quotas_on(question.on))
    place = class_of(need, priorities)
    if place < len(priorities):
        priority = priorities[place]
        yield Reason("of-class", (named(priority.id, priority.title),), source=priority.source)
        if priority.id in quota.first:
            taken = (named(quota.id, quota.title), named(priority.id, priority.title))
            yield Reason("taken-first", taken, source=quota.source)
    if quota.id:
        carried = (offer.id, assignment.loads[offer.id], named(quota.id, quota.title), _number(quota))
        yield Reason("carries", carried, source=quota.source)
    ranks = question.rules.ranks_on(question.on)
    if "distance" in ranks:
        yield Reason("so-far", (metres(question, need, offer),))
    former = question.before.get(need.id, "")
    if "continuity" in ranks and former:
        yield Reason("kept" if former == offer.id else "not-kept", (former,))


def _number(quota: Quota) -> Label:
    if quota.most is not None and quota.least == quota.most:
        return Label(f"正好 {quota.most}", f"exactly {quota.most}")
    zh = [f"约 {quota.about}"] if quota.about is not None else []
    en = [f"about {quota.about}"] if quota.about is not None else []
    if quota.least:
        zh, en = [*zh, f"至少 {quota.least}"], [*en, f"at least {quota.least}"]
    if quota.most is not None:
        zh, en = [*zh, f"至多 {quota.most}"], [*en, f"at most {quota.most}"]
    return Label("，".join(zh) or "不限", ", ".join(en) or "no number")


class _Room:
    """What every offer could still take, beside the pairs of an assignment without those of one need."""

    def __init__(self, assignment: Assignment, need: Need) -> None:
        self.assignment, self.need = assignment, need
        question = assignment.question
        self.quotas = question.rules.quotas_on(question.on)
        self.diary = Diary(question.rules)
        self.entered: set[str] = set()
        # Where people are booked, every pair counts; else those of the offers that are looked at.
        if question.rules.booked:
            for offer in question.offers:
                self._enter(offer)

    def _enter(self, offer: str) -> None:
        if offer in self.entered:
            return
        self.entered.add(offer)
        question = self.assignment.question
        for name in self.assignment.needs_of(offer):
            if name != self.need.id:
                self.diary.book(_booking(question.needs[name], question.offers[offer]))

    def why_full(self, offer: Offer) -> Reason | None:
        """Return why an offer could not take the need as well, None if it could."""
        question, load = self.assignment.question, self.assignment.loads[offer.id]
        quota = quota_of(offer, self.quotas)
        if question.arrange and quota.arrange != question.arrange:
            return Reason("self-arranged", (offer.id, named(quota.id, quota.title)), source=quota.source)
        if quota.most is not None and load >= quota.most:
            return Reason("full", (offer.id, load), source=quota.source)
        self._enter(offer.id)
        hindered = self.diary.hindrance(_booking(self.need, offer))
        return None if hindered is None else Reason("full", (offer.id, load), (hindered,))


def _booking(need: Need, offer: Offer) -> Booking:
    return Booking(need.id, need, offer, need.quantity, hours_of(need, offer))


class _Changes:
    """By how much each aim would change if one need went to another offer; more is worse."""

    def __init__(self, assignment: Assignment, need: Need, chosen: Offer) -> None:
        question = assignment.question
        self.pool = Pool(question._replace(needs={need.id: need}, fixed=()))
        self.loads, self.chosen = assignment.loads, self.pool.position[chosen.id]
        self.aims = [aim for aim in aims_of(self.pool) if aim.pair is not None or aim.load is not None]

    def of(self, offer: Offer) -> tuple[int, ...]:
        """Return the changes in the order of the ranks."""
        place = self.pool.position[offer.id]
        return tuple(self._of(aim, place) for aim in self.aims)

    def _of(self, aim: Aim, place: int) -> int:
        if aim.pair is not None:
            return aim.pair(0, place) - aim.pair(0, self.chosen)
        assert aim.load is not None
        pool, cost = self.pool, aim.load
        now, more = self.loads[pool.offers[self.chosen].id], self.loads[pool.offers[place].id]
        given, taken = pool.quota[self.chosen], pool.quota[place]
        return cost(taken, more + 1) - cost(taken, more) + cost(given, now - 1) - cost(given, now)

    def said(self, offer: Offer) -> Label | str:
        """Return the changes in words; "-" where no rank tells offers apart."""
        changes = self.of(offer)
        zh, en = (
            joint.join(
                f"{WORDS[aim.name].in_(lang)} {_signed(change, aim.scale)}"
                for aim, change in zip(self.aims, changes, strict=True)
            )
            for lang, joint in (("zh", "；"), ("en", "; "))
        )
        return Label(zh, en) if en else "-"


def _signed(change: int, scale: int) -> str:
    """Return a change of so many parts, exact: "+2", "-1/30"."""
    return f"{'+' if change >= 0 else ''}{Fraction(change, scale)}"


def _unmet(assignment: Assignment, need: Need) -> Reason:
    question = assignment.question
    offers = question.offers.values()
    suiting = [one for one in offers if not _apart(question, need, one)]
    if suiting:
        room = _Room(assignment, need)
        full = [reason for one in suiting if (reason := room.why_full(one)) is not None]
        return Reason("unmet", (need.id,), (Reason("all-full", (len(suiting),), tuple(full[:_MOST])),))
    kept = sorted(((one.id, _apart(question, need, one)) for one in offers), key=lambda pair: len(pair[1]))
    apart = tuple(Reason("apart", (name,), reasons) for name, reasons in kept[:_MOST])
    return Reason("unmet", (need.id,), (Reason("nobody-suits", (len(question.offers),), apart),))


def _offer(assignment: Assignment, offer: Offer) -> Reason:
    question = assignment.question
    quota = quota_of(offer, question.rules.quotas_on(question.on))
    joined = assignment.needs_of(offer.id)
    head = (offer.id, len(joined), _number(quota) if quota.id else "-")
    if joined:
        return Reason("offer", head, (Reason("serves", (_some(joined),)),), quota.source)
    if question.arrange and quota.arrange != question.arrange:
        why = Reason("self-arranged", (offer.id, named(quota.id, quota.title)))
        return Reason("offer", head, (why,), quota.source)
    suiting = sum(not _apart(question, need, offer) for need in question.needs.values())
    why = Reason("idle", (suiting,)) if suiting else Reason("idle-none")
    return Reason("offer", head, (why,), quota.source)


def _some(names: Iterable[str], most: int = 12) -> str:
    shown = list(names)
    return ", ".join(shown[:most]) + (f" … ({len(shown)})" if len(shown) > most else "")
