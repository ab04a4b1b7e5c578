"""Whether a host gives a definition everything it needs."""

from collections.abc import Iterator, Mapping

from ...calendars import Duration, WorkCalendar, WorkingTime
from ...errors import DurationError, UnknownIdError
from ...model import Units
from ..rules import Plugged, Timed, Version, Workflow
from .compile import all_needs

#: The calendar a definition counts by if it names none; a host may give it and not need it.
DEFAULT = "cn"


def check_given(
    version: Version, calendars: Mapping[str, WorkCalendar], requirements: Mapping[str, object]
) -> None:
    """Raise what is missing: a calendar, office hours, a plugin's requirement.

    Raises:
        UnknownIdError: For a calendar or requirement that is named and not given.
        DurationError: For a duration by office hours, where the calendar has none.
    """
    if version.calendar not in calendars:
        raise UnknownIdError("calendar", version.calendar, calendars)
    for need in all_needs(version):
        if isinstance(need.check, Plugged) and need.check.id not in requirements:
            raise UnknownIdError("requirement", need.check.id, requirements)
    if calendars[version.calendar].hours is None:
        for where, duration in _durations(version):
            if isinstance(duration, WorkingTime) or getattr(duration, "ends", "") == "office":
                raise DurationError(
                    f"{where}: {duration.written} by office hours; calendar {version.calendar!r} has none, "
                    "so give one like china(hours=Hours.daily('09:00-12:00', '14:00-17:30'))"
                )


def check_calendars(workflow: Workflow, calendars: Mapping[str, WorkCalendar], units: Units) -> None:
    """Raise a calendar that belongs to nothing: no version names it, and no unit has it as its id.

    Only where clocks count by the calendars of units and the units are known; a misspelt unit would
    otherwise count by the calendar of the definition in silence.

    Raises:
        UnknownIdError: With the nearest unit.
    """
    clocks = [clock for version in workflow.versions for clock in version.clocks]
    if not units.parents or not any(clock.calendar_of for clock in clocks):
        return
    named = {DEFAULT, *(version.calendar for version in workflow.versions)}
    for name in calendars:
        if name not in units and name not in named:
            raise UnknownIdError("unit with a calendar", name, units.parents)


def _durations(version: Version) -> Iterator[tuple[str, Duration]]:
    for clock in version.clocks:
        limit = clock.limit
        found = [limit.duration, *limit.table.values(), clock.grace]
        for tier in clock.tiers:
            found += (tier.before, tier.after, tier.every)
        yield from ((f"clock {clock.id!r}", one) for one in found if one is not None)
    for move in version.moves:
        yield from ((f"move {move.id!r}", one.by) for one in move.extends if one.by is not None)
    for need in all_needs(version):
        if isinstance(need.check, Timed):
            yield f"a need since {need.check.since!r}", need.check.duration
