"""The invented Zhucheng for contests, in records and in plain tuples."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from serviceorg.calendars import china
from serviceorg.cli.demo.zhucheng.quarter import Zhucheng, zhucheng
from serviceorg.cli.demo.zhucheng.sizes import HOUSEHOLDS
from serviceorg.loading.books import structure_from_path
from serviceorg.plugins.discovery import bundled_schemes

SCHEME = bundled_schemes() / "zhucheng"


class City(NamedTuple):
    """The city and a snapshot of it."""

    city: Zhucheng
    snapshot: Any


def city_of(households: int, *, with_visits: bool = True) -> City:
    """Return an invented city with about so many households; the published number gives its size."""
    share = min(1.0, households / HOUSEHOLDS)
    city = zhucheng(share=share, with_visits=with_visits)
    return City(city, city.snapshot(structure_from_path(SCHEME / "structure.toml")))


def calendars() -> Mapping[str, Any]:
    """Return the calendar the duties need."""
    return {"cn": china()}


def working_days() -> set[date]:
    """Return the working days of the quarter and after, as a table for whoever counts by hand."""
    calendar = calendars()["cn"]
    days = (date(2024, 7, 1) + timedelta(number) for number in range(150))
    return {day for day in days if calendar.is_working(day)}
