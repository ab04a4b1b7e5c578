"""What is matched: needs, offers, the claims that join them, and what people answered to a claim."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, TypeVar

import attrs

from ..basics import FrozenMap, exact
from ..calendars.zones import in_utc
from ..errors import MatchingProblems, MomentError, PeriodError, Problem
from .windows import Window

#: A number of households, places or hours: whole, or exact with at most four decimals.
Quantity = int | Decimal
_NO_ATTRIBUTES: FrozenMap[str, tuple[str, ...]] = FrozenMap()


def _amount(value: object, name: str) -> Quantity:
    if type(value) is int and 0 < value < 10**9:
        return value
    number = exact(value, where=name)
    if number <= 0:
        raise MatchingProblems(
            [Problem("out-of-range", name, f"found {value!r}; allowed is a number above 0")]
        )
    return int(number) if number == int(number) else number


def _quantity(value: object) -> Quantity:
    return _amount(value, "quantity")


def _capacity(value: object) -> Quantity | None:
    return None if value is None else _amount(value, "capacity")


def _attributes(values: Mapping[str, str | Iterable[str]]) -> FrozenMap[str, tuple[str, ...]]:
    if not values:
        return _NO_ATTRIBUTES
    if isinstance(values, FrozenMap) and all(type(value) is tuple for value in values.values()):
        return values
    return FrozenMap({name: tuple(sorted(set(_texts(value)))) for name, value in values.items()})


def _texts(value: str | Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    texts = tuple(value) if isinstance(value, Iterable) else (value,)
    if not all(isinstance(text, str) for text in texts):
        raise MatchingProblems(
            [Problem("type", "kinds or attributes", f"found {value!r}; allowed are texts")]
        )
    return texts


def _windows(value: Iterable[Window]) -> tuple[Window, ...]:
    windows = tuple(value)
    for window in windows:
        if not isinstance(window, Window):
            message = f"found {window!r}; allowed are windows, like Window.weekly('18:00-07:00')"
            raise MatchingProblems([Problem("type", "windows", message)])
    return windows


def _check_texts(listing: "Need | Offer", *names: str) -> None:
    for name in names:
        value = getattr(listing, name)
        if not isinstance(value, str):
            message = f"found {value!r}; allowed is a text, empty for none"
            raise MatchingProblems([Problem("type", f"{name} of {listing.id!r}", message)])


def check_day(on: date) -> None:
    """Raise PeriodError for what is not a day: a datetime would be held against days and lose."""
    if type(on) is not date:
        raise PeriodError(f"on: {on!r} is not a date (a datetime is not one either)")


def _day(_: object, field: "attrs.Attribute[date | None]", value: date | None) -> None:
    if value is not None and type(value) is not date:
        raise PeriodError(f"{field.name}: {value!r} is not a date (a datetime is not one either)")


def _moment(_: object, field: "attrs.Attribute[datetime]", value: datetime) -> None:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise MomentError(f"{field.name}: {value!r} has no zone, so nobody knows the day")
    in_utc(value, where=field.name)


@attrs.frozen(kw_only=True)
class Need:
    """Something somebody needs (需求): of which kind, where, how much, when.

    ``by`` is who asks; ``area`` the unit it is needed at; ``windows`` its hours, none for any;
    ``since`` the day it was listed, ``until`` the last day it stands. An attribute has one value or several.
    """

    id: str
    kind: str = ""
    by: str = ""
    area: str = ""
    quantity: Quantity = attrs.field(default=1, converter=_quantity)
    windows: tuple[Window, ...] = attrs.field(default=(), converter=_windows)
    attributes: FrozenMap[str, tuple[str, ...]] = attrs.field(default=_NO_ATTRIBUTES, converter=_attributes)
    since: date | None = attrs.field(default=None, validator=_day)
    until: date | None = attrs.field(default=None, validator=_day)

    def __attrs_post_init__(self) -> None:
        _check_texts(self, "id", "kind", "by", "area")


@attrs.frozen(kw_only=True)
class Offer:
    """Something somebody gives, or somebody who helps (资源): of which kinds, for which area, how much, when.

    ``capacity`` is how much there is, in all or at any one moment as the rules say; None is bounded by the
    quota alone.
    """

    id: str
    kinds: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    by: str = ""
    area: str = ""
    capacity: Quantity | None = attrs.field(default=None, converter=_capacity)
    windows: tuple[Window, ...] = attrs.field(default=(), converter=_windows)
    attributes: FrozenMap[str, tuple[str, ...]] = attrs.field(default=_NO_ATTRIBUTES, converter=_attributes)
    since: date | None = attrs.field(default=None, validator=_day)
    until: date | None = attrs.field(default=None, validator=_day)

    def __attrs_post_init__(self) -> None:
        _check_texts(self, "id", "by", "area")


#: Who puts a claim: the side that offers claims a need, the side that needs claims an offer.
SIDES = ("offerer", "requester")


@attrs.frozen(kw_only=True)
class Claim:
    """A claim (认领): one side asks for a need and an offer to be joined.

    ``side`` is "offerer" (a unit claims a need from the list) or "requester" (a resident claims an offer);
    ``by`` is who claims. ``quantity`` and ``windows`` are the part that is claimed: None is all the need
    asks for, no windows are all hours both have.
    """

    id: str
    need: str
    offer: str
    side: str
    by: str
    at: datetime = attrs.field(validator=_moment)
    quantity: Quantity | None = attrs.field(default=None, converter=_capacity)
    windows: tuple[Window, ...] = attrs.field(default=(), converter=_windows)


#: What may be answered to a claim; a need or offer can only be withdrawn.
ANSWERS = ("agree", "decline", "withdraw", "fulfil")


@attrs.frozen(kw_only=True)
class Response:
    """What somebody answered (回应): ``to`` a claim, need or offer by its id; one of ``ANSWERS``."""

    to: str
    answer: str
    by: str
    at: datetime = attrs.field(validator=_moment)
    evidence: str = ""


class Pair(NamedTuple):
    """A need and the offer that meets it (结对), by their ids; ``fixed`` was agreed before and is kept."""

    need: str
    offer: str
    fixed: bool = False


def is_listed(listing: Need | Offer, on: date) -> bool:
    """Return whether a need or offer stands on a day."""
    return (listing.since is None or listing.since <= on) and (listing.until is None or on <= listing.until)


#: A need or an offer, the same one in and out.
Listed = TypeVar("Listed", Need, Offer)


def by_id(needs: Iterable[Need], offers: Iterable[Offer]) -> tuple[dict[str, Need], dict[str, Offer]]:
    """Return needs and offers by id, in the order of their ids.

    Raises:
        MatchingProblems: For an id that is empty or used twice, all of them at once.
    """
    problems: list[Problem] = []
    needed = _sorted(needs, "need", problems)
    offered = _sorted(offers, "offer", problems)
    problems += [
        Problem("double-id", f"need {both!r}", "an offer has the same id; give each its own")
        for both in sorted(needed.keys() & offered.keys())
    ]
    if problems:
        raise MatchingProblems(problems)
    return needed, offered


def _sorted(listings: Iterable[Listed], what: str, problems: list[Problem]) -> dict[str, Listed]:
    kept = sorted(listings, key=lambda listing: listing.id)
    found = {listing.id: listing for listing in kept}
    if len(found) < len(kept):
        problems += [
            Problem("double-id", f"{what} {listing.id!r}", "this id is used twice")
            for previous, listing in pairwise(kept)
            if listing.id == previous.id
        ]
    if "" in found:
        problems.append(Problem("empty", what, "the id is empty; write what tells it from others"))
    return found
