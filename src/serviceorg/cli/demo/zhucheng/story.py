"""The invented Zhucheng put to work: read from its files, checked, its duties and coverage on a day."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import attrs

from ....calendars import china
from ....coverage import CoverageReport, ReachReport, Walking, check_coverage, reach
from ....duties import DutyReport, Obligation, check_duties
from ....errors import Problem
from ....facts import Fact
from ....loading.books import coverage_from_path, duties_from_path
from ....loading.records import read_facts
from ....loading.snapshots.files import read_snapshot
from ....model import Snapshot
from ....model.integrity import check_snapshot
from ....plugins.discovery import bundled_schemes
from .accounts import Accounts, accounts
from .circle import homes, service_points
from .files import write_city
from .quarter import SEED, zhucheng
from .sizes import MERGED, QUARTER

DUTIES = ("zhucheng", "duties", "home-visits.toml")
COVERAGE = ("zhucheng", "coverage", "links-and-grids.toml")
#: The day the visits are looked at: the quarter is over, and for what is missing the grace still runs.
LOOKED_AT = date(2024, 10, 9)
MINUTES, WALKING = 15, Walking(metres_per_minute=Decimal(65), detour=Decimal("1.3"))
#: A city small enough to be broken for show.
_SMALL = 0.001

Step = Callable[[str], AbstractContextManager[None]]


@attrs.frozen(kw_only=True, eq=False)
class City:
    """What was found, step by step."""

    seed: int
    written: tuple[Path, Path]
    snapshot: Snapshot
    problems: tuple[Problem, ...]
    flaws: tuple[Problem, ...]
    facts: Sequence[Fact]
    duties: DutyReport
    household: str
    explained: tuple[str, ...]
    coverage: CoverageReport
    circle: ReachReport
    accounts: Accounts

    @property
    def records(self) -> int:
        """How many records there are in the snapshot."""
        found = self.snapshot
        parts = (found.units, found.people, found.placements, found.memberships, found.traits, found.changes)
        return sum(len(part) for part in parts)

    def behind(self, count: int) -> list[tuple[str, int, int]]:
        """Return who has most that is overdue or missed, how much of it, and how much they owe."""
        open_ = Counter(one.who for one in self.duties.by_status("overdue", "missed"))
        worst = sorted(open_, key=lambda who: (-open_[who], who))[:count]
        return [(who, open_[who], len(self.duties.of(who))) for who in worst]

    def merged(self) -> tuple[tuple[str, ...], str, int, int]:
        """Return the communities that became one, that one, and the villages under them before and after."""
        (change,) = self.snapshot.changes
        eve = MERGED - timedelta(1)
        lies = [one for one in self.snapshot.placements if one.tree == "admin" and one.unit[:1] == "V"]
        before = {one.unit for one in lies if one.parent in change.before and one.until == eve}
        after = {one.unit for one in lies if one.parent in change.after and one.since == MERGED}
        return change.before, change.after[0], len(before), len(after)


def put_to_work(step: Step, folder: Path, *, seed: int = SEED, share: float = 1.0) -> City:
    """
    Return what the library finds in an invented city.

    Args:
        step: Times a step by its name.
        folder: Where the city is written, and read from.
        seed: Decides what is invented.
        share: How much of the published size.

    Raises:
        OSError: If the files cannot be written.
    """
    with step("city-invent"):
        city = zhucheng(seed, share=share)
    with step("city-write"):
        written = write_city(city, folder)
    del city  # from here on there is only what was read
    with step("city-read"):
        snapshot = read_snapshot(written[0], check=False)
    with step("city-fit"):
        problems = check_snapshot(snapshot)
    book = duties_from_path(bundled_schemes().joinpath(*DUTIES))
    with step("city-visits"):
        facts = list(read_facts(written[1], book.kinds))
    with step("city-owe"):
        report = check_duties(book, snapshot, facts, on=LOOKED_AT, period=QUARTER, calendars={"cn": china()})
    with step("city-explain"):
        household, explained = _explained(report)
    with step("city-cover"):
        checks = coverage_from_path(bundled_schemes().joinpath(*COVERAGE))
        covered = check_coverage(checks, snapshot, on=QUARTER.end, facts=facts)
    with step("city-walk"):
        circle = _circle(seed)
    with step("city-accounts"):
        booked = accounts()
    return City(
        seed=seed,
        written=written,
        snapshot=snapshot,
        problems=problems,
        flaws=_flaws(snapshot, seed),
        facts=facts,
        duties=report,
        household=household,
        explained=explained,
        coverage=covered,
        circle=circle,
        accounts=booked,
    )


def _explained(report: DutyReport) -> tuple[str, tuple[str, ...]]:
    """Return a household with something to tell, and why what is owed to it stands as it does."""
    open_ = report.by_status("missed", "overdue")
    chosen = next((one for one in open_ if _is_telling(report, one)), report.obligations[0])
    return chosen.towards, tuple(report.explain(chosen, lang=lang) for lang in ("en", "zh"))


def _is_telling(report: DutyReport, one: Obligation) -> bool:
    """Return whether a poor household was visited, but one visit does not count."""
    return one.duty.id == "visit-poor" and any(code == "not-filled" for _, code, *_ in report.set_aside(one))


def _circle(seed: int) -> ReachReport:
    chance = random.Random(seed)
    return reach(service_points(chance), homes(chance), minutes=MINUTES, travel=WALKING)


def _flaws(snapshot: Snapshot, seed: int) -> tuple[Problem, ...]:
    """Return what is found in a small city with broken records, by the same structure."""
    broken = zhucheng(seed, share=_SMALL, with_visits=False, with_flaws=True)
    return check_snapshot(broken.snapshot(snapshot.structure))
