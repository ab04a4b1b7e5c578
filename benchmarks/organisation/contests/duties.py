"""A quarter of visits: every ordinary household once, every poor one every month, with five answers each."""

from collections.abc import Callable, Sequence
from typing import Any

from ..duties_by_hand import NAMES, ON, Register
from . import Contest, Rival

Work = Callable[[Sequence[Any]], Any]


def quarter(size: int) -> Any:
    """Return the invented city of a size with its visits."""
    from ..city import city_of

    return city_of(size)


def _by_hand(task: Any) -> Work:
    from ..city import working_days

    return Register(task.city, working_days()).standing


def _ours(task: Any) -> Work:
    from serviceorg.basics import Quarter
    from serviceorg.duties import check_duties
    from serviceorg.loading.books import duties_from_path

    from ..city import SCHEME, calendars

    book, known = duties_from_path(SCHEME / "duties" / "home-visits.toml"), calendars()
    period = Quarter(2024, 3)
    return lambda pieces: check_duties(book, task.snapshot, pieces, on=ON, period=period, calendars=known)


def _told(report: Any) -> list[Any]:
    return sorted(
        (one.duty.id, one.towards, one.due, one.status) for one in report.obligations if one.duty.id in NAMES
    )


CONTEST = Contest(
    title="a quarter of visits to {size:,} households, how each stands",
    unit="µs a visit",
    scale=1e6,
    size=32_000,
    quick=3_200,
    task=quarter,
    pieces=lambda task, _turn: task.city.facts,
    turns=5,
    rivals=(
        Rival("by-hand", "by hand, two duties, this quarter alone", _by_hand, sorted, needs="serviceorg"),
        Rival("ours", "serviceorg, three duties, reasons on demand", _ours, _told, needs="serviceorg"),
    ),
)
