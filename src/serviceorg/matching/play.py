"""The history of a board played through, event by event: claims are decided, answered, and lapse."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from heapq import heappop, heappush

from ..basics import FrozenMap
from ..calendars.zones import in_utc
from ..model.units import Units
from ..reasons import Reason
from .conditions import hindrances
from .diary import Booking, Diary, hours_of
from .pool import quota_of
from .records import Claim, Need, Offer, Quantity, Response
from .rules import MatchRules, class_of
from .sentences import in_hours, named, worded
from .standings import ClaimStanding, Listing
from .windows import common

#: The states in which a claim holds a part of its need and offer.
HOLDING = ("claimed", "agreed", "fulfilled")


class Held:
    """A claim while the board is played through."""

    __slots__ = ("booking", "claim", "moments", "reason", "since", "state")

    def __init__(self, claim: Claim, booking: Booking) -> None:
        self.claim, self.booking = claim, booking
        self.state, self.reason = "waiting", Reason("waiting", (claim.id,))
        self.since: datetime | None = None
        self.moments: dict[str, datetime] = {}

    def turn(self, state: str, at: datetime | None, reason: Reason) -> None:
        """Bring the claim to a state, at a moment where there was one."""
        self.state, self.since, self.reason = state, at, reason
        if at is not None:
            self.moments[state] = at

    def standing(self) -> ClaimStanding:
        """Return where the claim stands, as a value."""
        return ClaimStanding(
            claim=self.claim,
            state=self.state,
            quantity=self.booking.quantity,
            windows=self.booking.windows,
            since=self.since,
            moments=FrozenMap(self.moments),
            reason=self.reason,
        )


class Play:
    """The state of the board at one moment of its history."""

    def __init__(
        self,
        rules: MatchRules,
        needs: dict[str, Need],
        offers: dict[str, Offer],
        areas: Units | None,
        on: date,
    ) -> None:
        self.rules, self.needs, self.offers, self.areas, self.on = rules, needs, offers, areas, on
        self.diary = Diary(rules)
        self.held: dict[str, Held] = {}
        self.of_listing: dict[str, list[Held]] = defaultdict(list)
        self.deadlines: list[tuple[date, str]] = []
        self.gone: dict[str, datetime] = {}
        self.ignored: list[tuple[Response, Reason]] = []

    def run(self, events: Iterable[Claim | Response]) -> None:
        """Play every event up to the day of the board."""
        day_of = self.rules.day_of
        for event in events:
            if isinstance(event, Claim) and day_of(event.at) <= self.on:
                need, offer = self.needs[event.need], self.offers[event.offer]
                hours = event.windows or hours_of(need, offer)
                quantity = need.quantity if event.quantity is None else event.quantity
                held = Held(event, Booking(event.id, need, offer, quantity, hours))
                self.held[event.id] = held
                self.of_listing[need.id].append(held)
                self.of_listing[offer.id].append(held)
        for day, event in self._in_order(events):
            if day > self.on:
                break
            self._expire(day)
            if isinstance(event, Claim):
                self._decide(self.held[event.id], day)
            else:
                refusal = self._answer(event)
                if refusal is not None:
                    self.ignored.append((event, refusal))
        self._expire(self.on)

    def _in_order(self, events: Iterable[Claim | Response]) -> Iterator[tuple[date, Claim | Response]]:
        """Yield days and events by moment; claims that are collected, together on the day after, by class.

        Days are those of the rules' zone: in it a later moment is never on an earlier day.
        """
        keyed: list[tuple[tuple[date, int, int, datetime, int, str], Claim | Response]] = []
        for event in events:
            day, at = self.rules.day_of(event.at), in_utc(event.at)
            if isinstance(event, Response):
                # A claim comes before a response of the same moment.
                name = f"{event.to} {event.answer} {event.by}"
                keyed.append(((day, 1, 0, at, 1, name), event))
                continue
            until = self._collected_until(event)
            if until is None or until <= day:
                keyed.append(((day, 1, 0, at, 0, event.id), event))
                continue
            rank = class_of(self.needs[event.need], self.rules.priorities_on(until))
            keyed.append(((until, 0, rank, at, 0, event.id), event))
        for key, event in sorted(keyed, key=lambda pair: pair[0]):
            yield key[0], event

    def _collected_until(self, claim: Claim) -> date | None:
        """Return the day on which claims of a listing are decided together, None if each is at once."""
        if self.rules.order != "priority":
            return None
        listing = self.needs[claim.need] if claim.side == "offerer" else self.offers[claim.offer]
        return None if listing.since is None else listing.since + timedelta(days=self.rules.collect_days)

    def _expire(self, day: date) -> None:
        while self.deadlines and self.deadlines[0][0] < day:
            deadline, name = heappop(self.deadlines)
            if self.held[name].state == "claimed":
                self.held[name].turn("expired", None, Reason("expired", (name, deadline)))
                self.diary.cancel(name)

    def _decide(self, held: Held, on: date) -> None:
        if held.state != "waiting":
            return
        claim = held.claim
        reasons = self._against(held)
        if reasons:
            held.turn("refused", claim.at, Reason("claim-refused", (claim.id,), reasons))
            return
        self.diary.book(held.booking)
        days = self.rules.answer_days
        ends = [
            listing.until for listing in (held.booking.need, held.booking.offer) if listing.until is not None
        ]
        if days is not None:
            ends.append(on + timedelta(days=days))  # not from the claim: it may have waited
        if ends:
            heappush(self.deadlines, (min(ends), claim.id))
        held.turn(
            "claimed", claim.at, Reason("claimed", (claim.id, claim.need, claim.offer, held.booking.quantity))
        )
        if self.rules.agreement == "claim":
            held.turn("agreed", claim.at, Reason("binding", (claim.id, claim.need, claim.offer)))

    def _against(self, held: Held) -> tuple[Reason, ...]:
        """Return everything against a claim now."""
        claim, (_, need, offer, quantity, _) = held.claim, held.booking
        found = list(
            hindrances(need, offer, rules=self.rules, on=self.rules.day_of(claim.at), areas=self.areas)
        )
        own = offer.by if claim.side == "offerer" else need.by
        if own and claim.by != own:
            found.append(Reason("not-yours", (claim.by, offer.id if claim.side == "offerer" else need.id)))
        found += [Reason("listing-withdrawn", (name,)) for name in (need.id, offer.id) if name in self.gone]
        taken = self._taken(need.id)
        if taken + quantity > need.quantity:
            found.append(Reason("need-taken", (need.id, quantity, need.quantity - taken)))
        full = self._full(need, offer, self.rules.day_of(claim.at))
        found += [full] if full is not None else []
        open_hours = common(need.windows, offer.windows)
        outside = [window for window in claim.windows if window not in common((window,), open_hours)]
        if outside:
            found.append(Reason("hours-outside", (in_hours(outside), in_hours(open_hours))))
        if need.windows and offer.windows and not open_hours:
            return tuple(found)  # nothing to be booked, so nothing to be asked of the diary
        booked = self.diary.hindrance(held.booking)
        return (*found, *([booked] if booked is not None else ()))

    def _full(self, need: Need, offer: Offer, on: date) -> Reason | None:
        """Return that an offer serves all its quota lets it, if so; parts of one need are one."""
        quota = quota_of(offer, self.rules.quotas_on(on))
        if quota.most is None:
            return None
        served = {held.claim.need for held in self.of_listing[offer.id] if held.state in HOLDING}
        if need.id in served or len(served) < quota.most:
            return None
        return Reason(
            "quota-full", (offer.id, len(served), named(quota.id, quota.title)), source=quota.source
        )

    def _taken(self, need: str) -> Quantity:
        return sum(held.booking.quantity for held in self.of_listing[need] if held.state in HOLDING)

    def _answer(self, event: Response) -> Reason | None:
        """Do what a response says; return why it has no effect, if so."""
        if event.to not in self.held:
            return self._withdraw_listing(event)
        held = self.held[event.to]
        claim = held.claim
        allowed = {
            "agree": ("claimed",),
            "decline": ("claimed",),
            "withdraw": ("waiting", "claimed", "agreed"),
            "fulfil": ("agreed",),
        }[event.answer]
        if held.state not in allowed or in_utc(event.at) < in_utc(claim.at):
            return Reason("no-longer", (worded(event.answer), claim.id, worded(held.state)))
        if not _may(event, held):
            return Reason("not-for-you", (event.by, worded(event.answer), claim.id))
        state = {"agree": "agreed", "decline": "declined", "withdraw": "withdrawn", "fulfil": "fulfilled"}
        if held.state != "waiting" and event.answer in ("decline", "withdraw"):
            self.diary.cancel(claim.id)
        said = Reason(state[event.answer], (claim.id, event.by, self.rules.day_of(event.at)))
        held.turn(state[event.answer], event.at, said)
        return None

    def _withdraw_listing(self, event: Response) -> Reason | None:
        listing = self.needs.get(event.to) or self.offers.get(event.to)
        if listing is None:  # a claim of a later day
            return Reason("no-longer", (worded(event.answer), event.to, worded("waiting")))
        if event.answer != "withdraw" or event.to in self.gone:
            return Reason("only-withdraw", (event.to, worded(event.answer)))
        if listing.by and event.by != listing.by:
            return Reason("not-for-you", (event.by, worded(event.answer), event.to))
        self.gone[event.to] = event.at
        for held in self.of_listing[event.to]:
            # A claim of a later moment is refused when its turn comes.
            if held.state in ("waiting", "claimed", "agreed") and in_utc(held.claim.at) <= in_utc(event.at):
                if held.state != "waiting":
                    self.diary.cancel(held.claim.id)
                held.turn("withdrawn", event.at, Reason("listing-withdrawn", (event.to,)))
        return None

    def listing_of_need(self, need: Need) -> Listing:
        """Return where a need stands."""
        sums = self._sums(self.of_listing[need.id])
        left = need.quantity - sum(sums.values())
        state = self._state(need, sums, need.quantity, left)
        return Listing(
            id=need.id,
            side="need",
            kinds=(need.kind,),
            area=need.area,
            windows=need.windows,
            quantity=need.quantity,
            left=left,
            state=state,
            **sums,
        )

    def listing_of_offer(self, offer: Offer) -> Listing:
        """Return where an offer stands."""
        sums = self._sums(self.of_listing[offer.id])
        left = None if offer.capacity is None else offer.capacity - self.diary.in_use(offer.id, offer.windows)
        state = self._state(offer, sums, offer.capacity, left)
        return Listing(
            id=offer.id,
            side="offer",
            kinds=offer.kinds,
            area=offer.area,
            windows=offer.windows,
            quantity=offer.capacity,
            left=left,
            state=state,
            **sums,
        )

    def _sums(self, claims: Iterable[Held]) -> dict[str, Quantity]:
        sums: dict[str, Quantity] = dict.fromkeys(HOLDING, 0)
        for held in claims:
            if held.state in sums:
                sums[held.state] += held.booking.quantity
        return sums

    def _state(
        self, listing: Need | Offer, sums: dict[str, Quantity], whole: Quantity | None, left: Quantity | None
    ) -> str:
        if listing.id in self.gone:
            return "withdrawn"
        bound = sum(sums.values(), Decimal(0))
        if whole is not None and left is not None and left <= 0:
            for state, least in (("fulfilled", sums["fulfilled"]), ("agreed", bound - sums["claimed"])):
                if least >= whole:
                    return state
            return "claimed"
        if listing.until is not None and listing.until < self.on:
            return "expired"
        return "partly" if bound else "open"


def _may(event: Response, held: Held) -> bool:
    """Return whether it is for this person to answer so: nobody agrees to what they claimed themselves."""
    claim, need, offer = held.claim, held.booking.need, held.booking.offer
    other = need.by if claim.side == "offerer" else offer.by
    if event.answer == "withdraw":
        return event.by == claim.by or (held.state == "agreed" and bool(other) and event.by == other)
    if event.answer == "fulfil":  # who was helped says so, never who helped
        return event.by == need.by if need.by else event.by not in (claim.by, offer.by)
    return event.by == other if other else event.by != claim.by
