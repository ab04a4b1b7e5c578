"""Needs and offers sorted for matching: alike ones are found once, and each need knows where it may go.

Offers that differ in nothing a rule looks at make a group; needs that differ in nothing share their choices.
With hundreds of thousands of households this is the difference between seconds and hours.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from ..errors import MatchingProblems, Problem
from ..model.units import Units
from .conditions import unmet
from .records import Need, Offer, Pair, is_listed
from .rules import MatchRules, Quota, class_of, has_values

#: Whole metres, minutes or steps between a need and an offer; smaller is nearer.
Distance = Callable[[Need, Offer], int]
NO_QUOTA = Quota(id="")
UNBOUNDED = 10**9


class Question(NamedTuple):
    """What is to be matched, by which rules, on which day: all an assignment rests on."""

    rules: MatchRules
    on: date
    needs: Mapping[str, Need]
    offers: Mapping[str, Offer]
    areas: Units | None
    fixed: tuple[Pair, ...]
    before: Mapping[str, str]
    distance: Distance | None
    arrange: str


def kept_pairs(
    fixed: Iterable[Pair | tuple[str, str]], needs: Mapping[str, Need], offers: Mapping[str, Offer]
) -> tuple[Pair, ...]:
    """Return the pairs that stay as they are, by the id of the need.

    Raises:
        MatchingProblems: For pairs of what is not there, or with a need that is in two; all of them at once.
    """
    problems: list[Problem] = []
    kept: dict[str, str] = {}
    for need, offer in sorted((pair[0], pair[1]) for pair in fixed):
        place = f"fixed pair {need!r}, {offer!r}"
        if need not in needs or offer not in offers:
            message = "it names what is not there; give its need and its offer too"
            problems.append(Problem("unknown-id", place, message))
        elif kept.setdefault(need, offer) != offer:
            message = f"the need is fixed to {kept[need]!r} as well; a need goes to one offer"
            problems.append(Problem("double-id", place, message))
    if problems:
        raise MatchingProblems(problems)
    return tuple(Pair(need, offer, True) for need, offer in kept.items())


class Group:
    """Offers that differ in nothing but their id: positions in the pool, and what they share."""

    __slots__ = ("area", "members", "quota", "sample")

    def __init__(self, sample: Offer, quota: Quota) -> None:
        self.sample, self.quota, self.area = sample, quota, sample.area
        self.members: list[int] = []


class Pool:
    """The question laid out in lists by position; needs and offers go in the order of their ids."""

    def __init__(self, question: Question) -> None:
        self.question = question
        rules, on = question.rules, question.on
        self.quotas, self.priorities = rules.quotas_on(on), rules.priorities_on(on)
        self.conditions, self.ranks = rules.conditions_on(on), rules.ranks_on(on)
        if "met" not in self.ranks:
            self.ranks = ("met", *self.ranks)  # or the least distance of all would be to meet nobody
        self.needs = tuple(question.needs.values())
        self.offers = tuple(question.offers.values())
        self.position = {offer: place for place, offer in enumerate(question.offers)}
        self.place_of = {need: place for place, need in enumerate(question.needs)}
        self.chosen = [-1] * len(self.needs)
        self.load = [0] * len(self.offers)
        self.fixed: set[int] = set()
        for pair in question.fixed:
            self.put(self.place_of[pair.need], self.position[pair.offer])
            self.fixed.add(self.place_of[pair.need])
        self.quota = [quota_of(offer, self.quotas) for offer in self.offers]
        self.classes = self._classes()
        self.previous = [self.position.get(question.before.get(need.id, ""), -1) for need in self.needs]
        self.groups, self.group_of = self._grouped()
        self.choices = self._choices()

    def put(self, need: int, offer: int) -> None:
        """Join a need to an offer."""
        self.chosen[need] = offer
        self.load[offer] += 1

    def take(self, need: int) -> int:
        """Part a need from its offer, and return the offer."""
        offer = self.chosen[need]
        self.chosen[need] = -1
        self.load[offer] -= 1
        return offer

    @property
    def is_plain(self) -> bool:
        """Whether every place is like the other: all needs take the same, and hours free nothing."""
        rules = self.question.rules
        alike = len({need.quantity for need in self.needs}) <= 1
        return alike and rules.capacity == "total" and not rules.booked

    def limit(self, offer: int) -> int:
        """Return how many needs an offer can take in all, where all take the same."""
        most = self.quota[offer].most
        capacity = self.offers[offer].capacity
        limits = [UNBOUNDED] if most is None else [most]
        if capacity is not None and self.needs:
            limits.append(int(capacity // self.needs[0].quantity))
        return min(limits)

    def _classes(self) -> list[int]:
        """Return the place of each need's priority class."""
        known: dict[object, int] = {}
        classes = []
        for need in self.needs:
            place = known.get(need.attributes)
            if place is None:
                place = known[need.attributes] = class_of(need, self.priorities)
            classes.append(place)
        return classes

    def _grouped(self) -> tuple[list[Group], list[int]]:
        askers = {need.by for need in self.needs if need.by}
        names = [entry.attribute for entry in self.conditions if entry.attribute]
        groups: dict[object, Group] = {}
        group_of = []
        numbers: dict[Group, int] = {}
        for place, offer in enumerate(self.offers):
            values = tuple(offer.attributes.get(name, ()) for name in names)
            quota, by = self.quota[place], offer.by if offer.by in askers else ""
            key = (offer.kinds, offer.area, offer.windows, values, by, quota.id, self._is_open(offer, quota))
            group = groups.get(key)
            if group is None:
                group = groups[key] = Group(offer, quota)
                numbers[group] = len(numbers)
            group.members.append(place)
            group_of.append(numbers[group])
        return list(groups.values()), group_of

    def _is_open(self, offer: Offer, quota: Quota) -> bool:
        arrange = self.question.arrange
        return is_listed(offer, self.question.on) and (not arrange or quota.arrange == arrange)

    def _choices(self) -> list[tuple[int, ...]]:
        """Return for each need the groups it may go to."""
        offerers = {offer.by for offer in self.offers if offer.by}
        names = [entry.attribute for entry in self.conditions if entry.attribute]
        on = self.question.on
        known: dict[object, tuple[int, ...]] = {}
        choices: list[tuple[int, ...]] = []
        near = self._near()
        for need in self.needs:
            if (need.since is not None and on < need.since) or (need.until is not None and need.until < on):
                choices.append(())
                continue
            by = need.by if need.by in offerers else ""
            values = tuple([need.attributes.get(name) for name in names]) if names else ()
            key = (need.kind, need.area, need.windows, values, by)
            found = known.get(key)
            if found is None:
                found = known[key] = tuple(group for group in near(need) if self._suits(need, group))
            choices.append(found)
        return choices

    def _near(self) -> Callable[[Need], Iterable[int]]:
        """Return how to find the groups whose area can be right; without a condition on areas, all."""
        reach = next((c.reach for c in self.conditions if c.what == "area" and not c.kinds), "")
        everywhere = range(len(self.groups))
        if not reach:
            return lambda need: everywhere
        by_area: dict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(self.groups):
            by_area[group.area].append(number)
        areas = self.question.areas

        def near(need: Need) -> Iterable[int]:
            above = (need.area,) if areas is None or reach == "same" else tuple(areas.chain(need.area))
            found = [number for area in above or (need.area,) for number in by_area.get(area, ())]
            return sorted(found)

        return near

    def _suits(self, need: Need, number: int) -> bool:
        group = self.groups[number]
        if not self._is_open(group.sample, group.quota) or (need.by and need.by == group.sample.by):
            return False
        return next(unmet(need, group.sample, self.conditions, self.question.areas), None) is None


def quota_of(offer: Offer, quotas: Iterable[Quota]) -> Quota:
    """Return the first quota whose class an offer is in, one without any bound if there is none."""
    return next((quota for quota in quotas if has_values(offer.attributes, quota.offers)), NO_QUOTA)


def steps_between(need: Need, offer: Offer, areas: Units | None) -> int:
    """Return how many units one goes up from the need's area to one that lies over both, and down again."""
    if need.area == offer.area or areas is None:
        return int(need.area != offer.area)
    up = {unit: steps for steps, unit in enumerate(areas.chain(need.area))}
    for steps, unit in enumerate(areas.chain(offer.area)):
        if unit in up:
            return up[unit] + steps
    return len(up) + sum(1 for _ in areas.chain(offer.area))


def metres(question: Question, need: Need, offer: Offer) -> int:
    """Return the distance of a pair: by the function that was given, else by steps in the tree of areas.

    Raises:
        MatchingProblems: For a distance that is no whole number from 0 to 10^9.
    """
    if question.distance is None:
        return steps_between(need, offer, question.areas)
    far = question.distance(need, offer)
    if type(far) is not int or not 0 <= far <= 10**9:
        message = f"the distance is {far!r}; allowed is a whole number from 0 to 1000000000"
        raise MatchingProblems([Problem("distance", f"need {need.id!r}, offer {offer.id!r}", message)])
    return far
