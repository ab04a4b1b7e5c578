"""The facts of the invented Erqi in the year 2024, from a seed: the same seed, the same facts.

No clock and no surroundings: only ``random.Random(seed)``. Transcendental functions are left out, so that
no mathematics library can make one machine's year another than the next one's.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import accumulate
from operator import itemgetter

import attrs

from ....basics import FrozenMap, frozen_map
from ....facts import Fact, FactKind, Value
from ....model import Subject
from .habits import DOMAINS, HABITS, PEER_BALLOT, PROMISE_REVIEWS, REVIEWS, Draw, Habit, draw_of
from .people import DAYS, MEMBERS, YEAR_START, Member, Stint, invent_people

# Entries may be made until the spring; the last reviews are held before the last ten days of the year.
_CALENDAR = tuple(YEAR_START + timedelta(number) for number in range(DAYS + 90))
_REVIEWS_END, _REVIEWS_LAST = 354, 20
#: Days between what happened and its entry, of two hundred facts; beyond thirty is too late for the standard.
_LAGS = (*[0] * 90, *[1] * 50, *[2] * 28, *[3] * 15, *[7] * 10, *[14] * 3, 25, 29, 35, 60)
_FAVOURITES, _SELDOM = 3, 2_000
# Of a thousand members.
_TAKEN_BACK, _TOO_FEW_BALLOTS, _OWN_VOTE, _PROMISE_REVIEWED = 200, 15, 10, 500

#: Day of the year from 0, kind, amount, attributes.
Event = tuple[int, str, Decimal | None, FrozenMap[str, Value]]
_NONE: FrozenMap[str, Value] = FrozenMap()
Rounds = Sequence[tuple[Draw, int, int]]
Luck = Callable[[], float]


@attrs.frozen(eq=False)
class Menu:
    """What may happen in one domain: everything with its weights, what is usual, and the year's reviews."""

    draws: Sequence[Draw]
    weights: Sequence[int]
    usual: Sequence[Draw]
    reviews: Rounds


@attrs.frozen(eq=False)
class ErqiYear:
    """Organisations and members of the invented district, and all facts of 2024 grouped by member."""

    organisations: tuple[Subject, ...]
    members: tuple[Subject, ...]
    facts: Sequence[Fact]

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Everybody, organisations first."""
        return (*self.organisations, *self.members)


def erqi_year(kinds: Mapping[str, FactKind], *, seed: int, members: int = MEMBERS) -> ErqiYear:
    """Return the invented year; ``kinds`` are those of the rule set that will read the facts."""
    chance = random.Random(seed)
    organisations, people = invent_people(chance, members)
    subjects = tuple(member.subject for member in people)
    return ErqiYear(organisations, subjects, list(_facts(chance, people, kinds)))


def _facts(chance: random.Random, people: Sequence[Member], kinds: Mapping[str, FactKind]) -> Iterator[Fact]:
    menus = {domain: _menu(domain, kinds) for domain in DOMAINS}
    promise = _rounds(PROMISE_REVIEWS, kinds)
    marks = draw_of(PEER_BALLOT, kinds).amounts
    for member in people:
        events: list[Event] = []
        for stint in member.stints:
            events += _ordinary(chance, member, stint, menus[stint.domain])
        last = member.stints[-1]
        events += _reviews(chance, member, last, menus[last.domain].reviews)
        events += _peer_ballots(chance, member, last, marks)
        if chance.randrange(1000) < _PROMISE_REVIEWED:
            events += _reviews(chance, member, last, promise)
        events.sort(key=itemgetter(0))
        yield from _recorded(chance, member.subject.id, events)


def _menu(domain: str, kinds: Mapping[str, FactKind]) -> Menu:
    mine = [habit for habit in HABITS if domain in habit.of]
    usual = [draw_of(habit, kinds) for habit in mine if habit.yearly > _SELDOM]
    reviews = _rounds([one for one in REVIEWS if domain in one[0].of], kinds)
    weights = list(accumulate(habit.yearly for habit in mine))
    return Menu([draw_of(habit, kinds) for habit in mine], weights, usual, reviews)


def _rounds(rounds: Sequence[tuple[Habit, int, int]], kinds: Mapping[str, FactKind]) -> Rounds:
    return [(draw_of(habit, kinds), least, most) for habit, least, most in rounds]


def _ordinary(chance: random.Random, member: Member, stint: Stint, menu: Menu) -> Iterator[Event]:
    """Yield what happens in a stretch of the year: much of it in one busy month, some again and again."""
    length = stint.last - stint.first + 1
    count = member.facts * length // DAYS
    favourites = chance.choices(menu.usual, k=_FAVOURITES)
    drawn = chance.choices(menu.draws, cum_weights=menu.weights, k=count - count // 4)
    drawn += chance.choices(favourites, k=count // 4)
    busy_days = min(length, 28)
    busy = stint.first + chance.randrange(length - busy_days + 1)
    luck = chance.random
    for draw in drawn:
        day = busy + int(luck() * busy_days) if luck() < 0.35 else stint.first + int(luck() * length)
        yield _event(luck, member.keen, day, draw)


def _event(luck: Luck, keen: int, day: int, draw: Draw) -> Event:
    """Return one event; values stand worst first, and the keen draw twice and keep the better."""
    amounts, attributes = draw.amounts, draw.attributes
    if len(amounts) == 1 and len(attributes) == 1:
        return day, draw.kind, amounts[0], attributes[0]
    share = luck()
    if keen:
        share = max(share, luck()) if keen > 0 else min(share, luck())
    amount = amounts[int(share * len(amounts))]
    return day, draw.kind, amount, attributes[int(share * len(attributes))]


def _reviews(chance: random.Random, member: Member, stint: Stint, rounds: Rounds) -> Iterator[Event]:
    """Yield the reviews of a member, held in the last weeks of the year or of belonging."""
    luck = chance.random
    for draw, least, most in rounds:
        for _ in range(least + int(luck() * (most - least + 1))):
            yield _event(luck, member.keen, _review_day(luck, stint), draw)


def _peer_ballots(
    chance: random.Random, member: Member, stint: Stint, marks: Sequence[Decimal | None]
) -> Iterator[Event]:
    """Yield the ballots of colleagues, a sheet for each voter; a few vote for themselves, which is void."""
    own_id, colleagues = member.subject.id, member.colleagues
    place = colleagues.index(own_id)
    count = 2 if chance.randrange(1000) < _TOO_FEW_BALLOTS else 4 + chance.randrange(3)
    around = range(place + 1, place + 1 + min(count, len(colleagues) - 1))
    voters = [colleagues[number % len(colleagues)] for number in around]
    if chance.randrange(1000) < _OWN_VOTE:
        voters.append(own_id)
    draw = Draw("peer-ballot", tuple(marks), (_NONE,))
    luck = chance.random
    for voter in voters:
        day, kind, amount, _ = _event(luck, member.keen, _review_day(luck, stint), draw)
        yield day, kind, amount, frozen_map({"voter": voter, "ballot": f"P-{voter[2:]}"})


def _review_day(luck: Luck, stint: Stint) -> int:
    last = min(stint.last, _REVIEWS_END)
    first = max(stint.first, last - _REVIEWS_LAST)
    return first + int(luck() * (last - first + 1)) if first < last else stint.last


def _recorded(chance: random.Random, member: str, events: Sequence[Event]) -> Iterator[Fact]:
    """Yield a member's facts in the order of their days, then a reversal for one in five members."""
    luck, stem = chance.random, f"F{member[1:]}"
    for number, (day, kind, amount, attributes) in enumerate(events, 1):
        yield Fact(
            id=f"{stem}-{number:03d}",
            subject=member,
            kind=kind,
            on=_CALENDAR[day],
            amount=amount,
            attributes=attributes,
            recorded_on=_CALENDAR[day + _LAGS[int(luck() * 200)]],
        )
    if events and chance.randrange(1000) < _TAKEN_BACK:
        number = chance.randrange(len(events))
        day, kind, _, _ = events[number]
        yield Fact(
            id=f"{stem}-{len(events) + 1:03d}",
            subject=member,
            kind=kind,
            on=_CALENDAR[min(day + chance.randrange(30), DAYS - 1)],
            reverses=f"{stem}-{number + 1:03d}",
            evidence="录入有误，冲销",
        )
