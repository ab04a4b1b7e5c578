"""What is booked: how much of an offer is in use at any moment, and who is bound at which hours."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..reasons import Reason
from .moments import most_at_once
from .records import Need, Offer, Quantity
from .rules import MatchRules
from .windows import Window, common, days_of, touches, week_of

#: A booking or a question of more days than these is held against all there are.
_MOST_DAYS = 31


class Booking(NamedTuple):
    """A part of an offer that is given to a need, at these hours (none: always)."""

    key: str
    need: Need
    offer: Offer
    quantity: Quantity
    windows: tuple[Window, ...]


class _Bookings:
    """The bookings of one offer or person, by the days they fall on: a full year is not read for one hour."""

    __slots__ = ("at_any_time", "by_key", "of_day", "used")

    def __init__(self) -> None:
        self.by_key: dict[str, tuple[int, Booking]] = {}
        self.of_day: dict[int, dict[str, tuple[int, Booking]]] = {}
        self.at_any_time: dict[str, tuple[int, Booking]] = {}
        self.used: Quantity = 0

    def enter(self, number: int, booking: Booking) -> None:
        entry = number, booking
        self.by_key[booking.key] = entry
        self.used += booking.quantity
        days = days_of(booking.windows, _MOST_DAYS)
        if days is None:
            self.at_any_time[booking.key] = entry
            return
        for day in days:
            self.of_day.setdefault(day, {})[booking.key] = entry

    def strike(self, key: str) -> None:
        _, booking = self.by_key.pop(key)
        self.used -= booking.quantity
        self.at_any_time.pop(key, None)
        for day in days_of(booking.windows, _MOST_DAYS) or ():
            del self.of_day[day][key]

    def near(self, windows: tuple[Window, ...]) -> list[Booking]:
        """Return the bookings that may fall on one moment with these hours, in the order of entry."""
        days = days_of(windows, _MOST_DAYS)
        found = self.by_key
        if days is not None:
            found = dict(self.at_any_time)
            for day in days:
                found.update(self.of_day.get(day, ()))
        week = week_of(windows)
        return [booking for _, booking in sorted(found.values()) if week & week_of(booking.windows)]


class Diary:
    """Every booking of one question, to be asked whether another one fits."""

    def __init__(self, rules: MatchRules) -> None:
        self._rules = rules
        self._of_offer: dict[str, _Bookings] = defaultdict(_Bookings)
        self._of_person: dict[tuple[str, str], _Bookings] = defaultdict(_Bookings)
        self._booked: dict[str, Booking] = {}
        self._number = 0

    def book(self, booking: Booking) -> None:
        """Enter a booking under its key."""
        self._number += 1
        self._booked[booking.key] = booking
        self._of_offer[booking.offer.id].enter(self._number, booking)
        for who in self._people(booking):
            self._of_person[who].enter(self._number, booking)

    def cancel(self, key: str) -> None:
        """Strike a booking out."""
        booking = self._booked.pop(key)
        self._of_offer[booking.offer.id].strike(key)
        for who in self._people(booking):
            self._of_person[who].strike(key)

    def hindrance(self, booking: Booking) -> Reason | None:
        """Return why a booking does not fit to what is booked, None if it does."""
        offer, quantity = booking.offer, booking.quantity
        if offer.capacity is not None:
            used = self.in_use(offer.id, booking.windows)
            if used + quantity > offer.capacity:
                left = max(offer.capacity - used, 0)
                return Reason("used-up", (offer.id, quantity, left, offer.capacity))
        for who in self._people(booking):
            for other in self._of_person[who].near(booking.windows):
                # What one offer gives to several at once is said by its capacity.
                if other.offer.id == offer.id and who[0] == "offerer":
                    continue
                if touches(booking.windows, other.windows):
                    return Reason("booked-twice", (who[1], other.need.id, other.offer.id))
        return None

    def beside(self, booking: Booking) -> Iterable[str]:
        """Return the keys of all bookings of the same offer, and of people booked once at a time."""
        places = [self._of_offer[booking.offer.id], *(self._of_person[who] for who in self._people(booking))]
        return dict.fromkeys(key for place in places for key in place.by_key)

    def in_use(self, offer: str, windows: tuple[Window, ...]) -> Quantity:
        """Return how much of an offer is used: in all, or the most at any moment of these hours."""
        bookings = self._of_offer[offer]
        if self._rules.capacity == "total":
            return bookings.used
        return most_at_once(
            windows, [(booking.windows, booking.quantity) for booking in bookings.near(windows)]
        )

    def _people(self, booking: Booking) -> Iterator[tuple[str, str]]:
        for side in self._rules.booked:
            who = booking.offer.by if side == "offerer" else booking.need.by
            if who:
                yield side, who


def hours_of(need: Need, offer: Offer) -> tuple[Window, ...]:
    """Return the hours a pair takes: those both have; the need's, where one was fixed against all hours."""
    return common(need.windows, offer.windows) or need.windows
