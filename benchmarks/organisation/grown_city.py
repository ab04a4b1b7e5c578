"""What grows with an invented Zhucheng: up to its published 320,000 households and 14,000 linkers."""

from collections.abc import Callable
from datetime import date

from serviceorg.basics import Quarter
from serviceorg.coverage import check_coverage
from serviceorg.duties import check_duties
from serviceorg.loading.books import coverage_from_path, duties_from_path, match_rules_from_path
from serviceorg.matching import Need, Offer, assign
from serviceorg.model.integrity import check_snapshot

from .city import SCHEME, calendars, city_of
from .growth import Growth

_SIZES = (3_200, 32_000, 320_000)
_QUARTER = Quarter(2024, 3)
#: The traits of a household of each sort, in the words of the city's structure.
_CARE = {
    "poor": {"care": "poor"},
    "old-member": {"care": "ordinary", "priority": "old-member"},
    "ordinary": {"care": "ordinary"},
}


def _fit(size: int) -> Callable[[], object]:
    snapshot = city_of(size, with_visits=False).snapshot
    return lambda: check_snapshot(snapshot)


def _duties(size: int) -> Callable[[], object]:
    task, known = city_of(size), calendars()
    book = duties_from_path(SCHEME / "duties" / "home-visits.toml")
    on = date(2024, 10, 31)
    return lambda: check_duties(book, task.snapshot, task.city.facts, on=on, period=_QUARTER, calendars=known)


def _coverage(size: int) -> Callable[[], object]:
    task = city_of(size)
    book = coverage_from_path(SCHEME / "coverage" / "links-and-grids.toml")
    return lambda: check_coverage(book, task.snapshot, on=_QUARTER.end, facts=task.city.facts)


def _matching(solver: str) -> Callable[[int], Callable[[], object]]:
    """Every household to a linker of its community, from nothing."""

    def make(size: int) -> Callable[[], object]:
        world = city_of(size, with_visits=False).city.world
        rules = match_rules_from_path(SCHEME / "matching" / "households.toml")
        needs = [
            Need(id=household, area=community.id, attributes=_CARE[care])
            for community in world.land
            for household, care in community.care.items()
        ]
        offers = [
            Offer(id=grid.id, by=grid.linker, area=grid.community, attributes={"origin": grid.origin})
            for grid in world.grids
        ]
        return lambda: assign(needs, offers, rules, on=date(2024, 7, 1), solver=solver)

    return make


GROWTHS = {
    "fit": Growth("households, all records held against each other", _fit, _SIZES),
    "duties": Growth("households, a quarter of duties", _duties, _SIZES),
    "coverage": Growth("households, eleven checks of coverage", _coverage, _SIZES),
    "greedy": Growth("households joined to linkers, greedy", _matching("greedy"), _SIZES),
    "optimal": Growth("households joined to linkers, optimal", _matching("optimal"), _SIZES),
}
