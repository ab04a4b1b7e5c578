"""The rules of counting once more, day by day and minute by minute, over another source of working days.

Nothing here is shared with the library: a day is counted if the clock is running when it begins.
"""

from datetime import date, datetime, timedelta, timezone

import holidays

DAY, MINUTE = timedelta(1), timedelta(minutes=1)
CHINA = timezone(timedelta(hours=8))
_ORACLE = holidays.country_holidays("CN", years=range(2019, 2027))
FIRST, LAST = date(2019, 1, 1), date(2026, 12, 31)
WORKED = {day: _ORACLE.is_working_day(day) for day in (FIRST + DAY * number for number in range(2922))}
OPEN = {minute for minute in range(1440) if 540 <= minute < 720 or 840 <= minute < 1050}


def is_worked(day):
    """Return whether a day is worked; for a time nobody asks about, an error."""
    return WORKED[day]


def add(day, number):
    """Walk day by day until ``number`` working days were met."""
    step = DAY if number > 0 else -DAY
    for _ in range(abs(number)):
        day += step
        while not is_worked(day):
            day += step
    return day


def between(start, end):
    """Count the working days after ``start`` up to ``end`` one by one."""
    if end < start:
        return -between(end, start)
    return sum(is_worked(start + DAY * number) for number in range(1, (end - start).days + 1))


def roll(day, to):
    """Walk to a working day."""
    step = {"none": timedelta(0), "next": DAY, "previous": -DAY}[to]
    while step and not is_worked(day):
        day += step
    return day


def begin(day):
    """Return when a day begins in China."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)


def local(moment):
    """Return the day of a moment in China."""
    return moment.astimezone(CHINA).date()


def runs(moment, start, pauses):
    """Return whether the clock has begun before a moment and is not stopped just before it."""
    return start < moment and not any(
        since < moment and (until is None or until >= moment) for since, until in pauses
    )


def days_end(number, start, pauses, *, working, to):
    """Return the last day of a count by days.

    With ever more pauses, from the first on: a pause counts if it begins before the end without it.
    """
    used: list[tuple[datetime, datetime | None]] = []
    while True:
        last = _days_end(number, start, used, working=working, to=to)
        later = [pause for pause in pauses if pause not in used]
        if not later or (last is not None and later[0][0] >= begin(last + DAY)):
            return last
        if last is None:
            return None
        used.append(later[0])


def _days_end(number, start, pauses, *, working, to):
    if pauses and pauses[-1][1] is None:
        return None
    day, counted = local(start), 0
    last_begin = local(pauses[-1][1]) if pauses else day
    while counted < number:
        day += DAY
        if runs(begin(day), start, pauses) and (not working or is_worked(day)):
            counted += 1
    # Nothing left when the clock was stopped: it ends with the day on which it goes on.
    if pauses and day <= local(pauses[-1][0]):
        day = last_begin
    return max(last_begin, roll(day, "next" if working else to))


def time_end(minutes, start, pauses, *, working):
    """Return the end of a count by minutes; start and pauses must be whole minutes."""
    moment = start
    while minutes:
        begins = moment.astimezone(CHINA)
        is_open = not working or (is_worked(begins.date()) and begins.hour * 60 + begins.minute in OPEN)
        stopped = any(since <= moment and (until is None or moment < until) for since, until in pauses)
        if is_open and not stopped:
            minutes -= 1
        moment += MINUTE
    return moment
