"""Moments and local days: every moment knows its zone, every answer is in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from ..errors import MomentError, UnknownIdError

#: Wide enough for "never", and no sum of a moment and a duration overflows.
_EARLIEST, _LATEST = 1900, 9000
_SECOND = timedelta(seconds=1)


def zone_of(key: str) -> ZoneInfo:
    """Return the time zone of an IANA key.

    Raises:
        UnknownIdError: If this machine knows no such zone.
    """
    try:
        return ZoneInfo(key)
    except (ValueError, OSError, KeyError):
        raise UnknownIdError("time zone", str(key), available_timezones()) from None


def in_utc(moment: datetime, *, where: str = "moment") -> datetime:
    """Return the same moment in UTC.

    Raises:
        MomentError: If it has no zone, or is a bare date.
    """
    if not isinstance(moment, datetime):
        raise MomentError(f"{where}: found {moment!r}; allowed is a datetime with a zone")
    if not _EARLIEST <= moment.year <= _LATEST:
        message = f"{where}: {moment} is out of bounds; allowed are the years {_EARLIEST} to {_LATEST}"
        raise MomentError(message)
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise MomentError(
            f"{where}: {moment} has no zone; allowed is a datetime with one, like tzinfo=timezone.utc"
        )
    return moment.astimezone(UTC)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment of a local day, in UTC; where midnight is skipped, the moment of the leap."""
    # In a gap fold=0 reads the clock as it ran before, which makes a skipped midnight the leap itself.
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def wall_moment(day: date, minute: int, zone: ZoneInfo, *, last: bool = False) -> datetime:
    """Return when the wall clock shows ``minute`` of a local day, in UTC.

    A time shown twice is the first one, or the ``last``; a time that is skipped is the moment of the leap.
    """
    if minute == 1440:
        return start_of_day(day + timedelta(1), zone)
    hour, rest = divmod(minute, 60)
    shown = datetime.combine(day, time(hour, rest), zone)
    first, second = shown.astimezone(UTC), shown.replace(fold=1).astimezone(UTC)
    if second < first:  # only in a gap does the later reading come earlier
        return _leap(second, first, zone)
    return second if last else first


def _leap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment between the two at which the clock is put forward, to the second."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // (2 * _SECOND) * _SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
