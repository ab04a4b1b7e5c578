"""Whether a need and an offer may be joined at all, and what stands in the way if not."""

from collections.abc import Callable, Iterator
from datetime import date

from ..model.units import Units
from ..reasons import Reason
from .records import Need, Offer, is_listed
from .rules import Condition, MatchRules
from .sentences import in_hours
from .windows import longest


def hindrances(
    need: Need, offer: Offer, *, rules: MatchRules, on: date, areas: Units | None = None
) -> tuple[Reason, ...]:
    """Return everything that keeps a need and an offer apart on a day, empty if they suit each other.

    ``areas`` is the tree in which an area covers another; without it only the same area does. What others
    have used of the offer is not looked at here.
    """
    found = [
        Reason("not-listed", (listing.id, on)) for listing in (need, offer) if not is_listed(listing, on)
    ]
    if need.by and need.by == offer.by:
        found.append(Reason("own-need", (need.by,)))
    found += unmet(need, offer, rules.conditions_on(on), areas)
    return tuple(found)


def unmet(
    need: Need, offer: Offer, conditions: tuple[Condition, ...], areas: Units | None
) -> Iterator[Reason]:
    """Yield the reason of every condition that does not hold between a need and an offer.

    Hours that have nothing in common part a pair whether a condition says so or not.
    """
    asks_hours = False
    for condition in conditions:
        if not condition.kinds or need.kind in condition.kinds:
            asks_hours = asks_hours or condition.what == "overlap"
            reason = _JUDGES[condition.what](condition, need, offer, areas)
            if reason is not None:
                yield reason
    if not asks_hours and need.windows and offer.windows and not longest(need.windows, offer.windows):
        yield Reason("no-common-hours", (in_hours(offer.windows),))


def covers(above: str, area: str, areas: Units | None) -> bool:
    """Return whether an area is another one or lies over it."""
    return above == area or (areas is not None and areas.covers(above, area))


def _kind(condition: Condition, need: Need, offer: Offer, areas: Units | None) -> Reason | None:
    if need.kind in offer.kinds:
        return None
    return Reason("other-kind", (need.kind, ", ".join(offer.kinds), condition.id), source=condition.source)


def _area(condition: Condition, need: Need, offer: Offer, areas: Units | None) -> Reason | None:
    if need.area and offer.area:
        joined = (
            offer.area == need.area if condition.reach == "same" else covers(offer.area, need.area, areas)
        )
        if joined:
            return None
    return Reason("area-not-covered", (need.area, offer.area, condition.id), source=condition.source)


def _overlap(condition: Condition, need: Need, offer: Offer, areas: Units | None) -> Reason | None:
    if not need.windows or not offer.windows:
        return None
    shared = longest(need.windows, offer.windows) or 0
    if shared >= condition.minutes:
        return None
    arguments = (shared, condition.minutes, in_hours(offer.windows), condition.id)
    return Reason("hours-too-short", arguments, source=condition.source)


def _values(condition: Condition, need: Need, offer: Offer, areas: Units | None) -> Reason | None:
    name = condition.attribute
    wanted, held = need.attributes.get(name, ()), offer.attributes.get(name, ())
    silent = " and ".join(listing for listing, values in ((need.id, wanted), (offer.id, held)) if not values)
    if condition.what == "all" and not wanted:
        return None  # who asks for no skill is content with everybody
    if silent:
        # Who says nothing is not taken to be in order: a conflict of interest is kept out by what is known.
        return Reason("says-nothing", (silent, name, condition.id), source=condition.source)
    shared = [value for value in wanted if value in held]
    if condition.what == "shared" and not shared:
        arguments = (name, ", ".join(wanted), ", ".join(held), condition.id)
        return Reason("nothing-shared", arguments, source=condition.source)
    if condition.what == "all" and len(shared) < len(wanted):
        missing = ", ".join(value for value in wanted if value not in held)
        return Reason("lacks", (name, missing, condition.id), source=condition.source)
    if condition.what == "different" and shared:
        return Reason("same-on-both", (name, ", ".join(shared), condition.id), source=condition.source)
    return None


def _one_of(condition: Condition, need: Need, offer: Offer, areas: Units | None) -> Reason | None:
    listing = offer if condition.side == "offerer" else need
    found = listing.attributes.get(condition.attribute, ())
    if any(value in condition.values for value in found):
        return None
    allowed = ", ".join(condition.values)
    arguments = (listing.id, condition.attribute, ", ".join(found) or "-", allowed, condition.id)
    return Reason("not-one-of", arguments, source=condition.source)


_JUDGES: dict[str, Callable[[Condition, Need, Offer, Units | None], Reason | None]] = {
    "kind": _kind,
    "area": _area,
    "overlap": _overlap,
    "shared": _values,
    "all": _values,
    "different": _values,
    "one_of": _one_of,
}
