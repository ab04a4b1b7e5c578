"""What is booked: how much of an offer is in use at any moment, and who is bound at which hours."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ..reasons import Reason
from .moments import most_at_once
from .records import Need, Offer, Quantity
from .rules import MatchRules
from .windows import Window, common, touches


class Booking(NamedTuple):
    """A part of an offer that is given to a need, at these hours (none: always)."""

    key: str
    need: Need
    offer: Offer
    quantity: Quantity
    windows: tuple[Window, ...]


class Diary:
    """Every booking of one question, to be asked whether another one fits."""

    def __init__(self, rules: MatchRules) -> None:
        self._rules = rules
        self._of_offer: dict[str, dict[str, Booking]] = defaultdict(dict)
        self._of_person: dict[tuple[str, str], dict[str, Booking]] = defaultdict(dict)
        self._booked: dict[str, Booking] = {}

    def book(self, booking: Booking) -> None:
        """Enter a booking under its key."""
        self._booked[booking.key] = booking
        self._of_offer[booking.offer.id][booking.key] = booking
        for who in self._people(booking):
            self._of_person[who][booking.key] = booking

    def cancel(self, key: str) -> None:
        """Strike a booking out."""
        booking = self._booked.pop(key)
        del self._of_offer[booking.offer.id][key]
        for who in self._people(booking):
            del self._of_person[who][key]

    def hindrance(self, booking: Booking) -> Reason | None:
        """Return why a booking does not fit to what is booked, None if it does."""
        offer, quantity = booking.offer, booking.quantity
        if offer.capacity is not None:
            used = self.in_use(offer.id, booking.windows)
            if used + quantity > offer.capacity:
                left = max(offer.capacity - used, 0)
                return Reason("used-up", (offer.id, quantity, left, offer.capacity))
        for who in self._people(booking):
            for other in self._of_person[who].values():
                # What one offer gives to several at once is said by its capacity.
                if other.offer.id == offer.id and who[0] == "offerer":
                    continue
                if touches(booking.windows, other.windows):
                    return Reason("booked-twice", (who[1], other.need.id, other.offer.id))
        return None

    def in_use(self, offer: str, windows: tuple[Window, ...]) -> Quantity:
        """Return how much of an offer is used: in all, or the most at any moment of these hours."""
        bookings = self._of_offer[offer].values()
        if self._rules.capacity == "total":
            return sum(booking.quantity for booking in bookings)
        return most_at_once(windows, [(booking.windows, booking.quantity) for booking in bookings])

    def _people(self, booking: Booking) -> Iterator[tuple[str, str]]:
        for side in self._rules.booked:
            who = booking.offer.by if side == "offerer" else booking.need.by
            if who:
                yield side, who


def hours_of(need: Need, offer: Offer) -> tuple[Window, ...]:
    """Return the hours a pair takes: those both have; the need's, where one was fixed against all hours."""
    return common(need.windows, offer.windows) or need.windows
