from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.calendars import CalendarDays, Months, Pause, RealTime, WorkingDays, WorkingTime, elapsed
from tests.calendars import slow
from tests.calendars.given import CN, deadline

KINDS = (RealTime, WorkingTime, WorkingDays, CalendarDays, Months)
EVERY_DAY = list(slow.WORKED)
START = datetime(2019, 1, 1, tzinfo=UTC)

days = st.sampled_from(EVERY_DAY[200:-200])
moments = st.integers(min_value=300_000, max_value=3_600_000).map(
    lambda minutes: START + slow.MINUTE * minutes
)


@st.composite
def stretches(draw, most=3, longest=20_000):
    """Return pauses in order, none touching another: (minutes after the one before, length)."""
    lengths = st.tuples(st.integers(1, longest), st.integers(0, longest))
    return draw(st.lists(lengths, max_size=most))


def _pauses(start, drawn):
    found, moment = [], start
    for after, length in drawn:
        since = moment + slow.MINUTE * after
        moment = since + slow.MINUTE * length
        if length:
            found.append((since, moment))
    return found


@pytest.mark.parametrize("number", [1, 5, 20, -1, -7])
def test_adding_agrees_on_every_day(number):
    """The nth working day from each day of 2019 to 2026 is the one a walk from day to day finds."""
    inside = EVERY_DAY[60:-60]

    assert [CN.add_working_days(day, number) for day in inside] == [slow.add(day, number) for day in inside]


@given(days, st.integers(-120, 120))
def test_adding_agrees(day, number):
    """Adding any number of working days, back and forth, is a walk from day to day."""
    assert CN.add_working_days(day, number) == slow.add(day, number)


@given(days, days)
def test_counting_agrees(start, end):
    """The working days between two days are those a walk between them meets."""
    assert CN.working_days_between(start, end) == slow.between(start, end)


@given(days, st.sampled_from(["none", "next", "previous"]))
def test_rolling_agrees(day, to):
    """A rolled day is the one a walk in that direction finds."""
    assert CN.roll(day, to) == slow.roll(day, to)


@given(moments, st.integers(1, 40), stretches(), st.lists(st.integers(1, 15), max_size=2))
def test_working_days_agree(start, number, drawn, extensions):
    """Working days with pauses and extensions end where a walk over the midnights ends."""
    pauses = _pauses(start, drawn)

    found = deadline(
        WorkingDays(number),
        start,
        CN,
        pauses=[Pause(*pause) for pause in pauses],
        extensions=[WorkingDays(one) for one in extensions],
    )

    assert found.day == _walked(number, start, pauses, extensions, working=True, to="next")


@given(
    moments,
    st.integers(1, 60),
    stretches(),
    st.lists(st.integers(1, 15), max_size=2),
    st.sampled_from(["none", "next"]),
)
def test_calendar_days_agree(start, number, drawn, extensions, to):
    """Calendar days with pauses, extensions and rolls end where a walk over the midnights ends."""
    pauses = _pauses(start, drawn)

    found = deadline(
        CalendarDays(number, roll=to),
        start,
        CN,
        pauses=[Pause(*pause) for pause in pauses],
        extensions=[CalendarDays(one, roll=to) for one in extensions],
    )

    assert found.day == _walked(number, start, pauses, extensions, working=False, to=to)


def _walked(number, start, pauses, extensions, *, working, to):
    last = slow.days_end(number, start, pauses, working=working, to=to)
    for extension in extensions:
        late = [pause for pause in pauses if pause[0] >= slow.begin(last + slow.DAY)]
        last = slow.days_end(extension, slow.begin(last), late, working=working, to=to)
    return last


@given(moments, st.integers(1, 30), stretches())
def test_days_rolled_back_agree(start, number, drawn):
    """Calendar days that roll back end where the walk ends, never before the count began."""
    pauses = _pauses(start, drawn)

    found = deadline(
        CalendarDays(number, roll="previous"), start, CN, pauses=[Pause(*pause) for pause in pauses]
    )

    assert found.day == slow.days_end(number, start, pauses, working=False, to="previous")


@given(moments, st.integers(1, 3000), stretches(longest=3000), st.booleans())
def test_time_agrees(start, minutes, drawn, working):
    """Real and working time with pauses end where a count from minute to minute ends."""
    pauses = _pauses(start, drawn)
    kind = WorkingTime if working else RealTime

    found = deadline(kind(minutes), start, CN, pauses=[Pause(*pause) for pause in pauses])
    end = slow.time_end(minutes, start, pauses, working=working)

    assert found.moment == end
    assert elapsed(kind, start, end, CN, pauses=[Pause(*pause) for pause in pauses]) == minutes


@given(moments, st.integers(1, 40), stretches())
def test_a_deadline_is_what_has_run(start, number, drawn):
    """On its last day exactly the days of a deadline have run; with pauses, no fewer when it ends."""
    pauses = [Pause(*pause) for pause in _pauses(start, drawn)]

    plain = deadline(WorkingDays(number), start, CN)
    paused = deadline(WorkingDays(number), start, CN, pauses=pauses)
    before = plain.moment - timedelta(days=1, seconds=1)

    assert elapsed(WorkingDays, start, before, CN) == number - 1
    assert elapsed(WorkingDays, start, plain.moment - timedelta(seconds=1), CN) == number
    assert elapsed(WorkingDays, start, paused.moment - timedelta(seconds=1), CN, pauses=pauses) >= number


@given(moments, st.integers(1, 10), stretches(), st.sampled_from(KINDS))
def test_explaining_changes_nothing(start, number, drawn, kind):
    """A deadline with its steps is the same deadline; a pause that is over when it begins changes nothing."""
    pauses = [Pause(*pause) for pause in _pauses(start, drawn)]
    nothing = [Pause(start + timedelta(1), start + timedelta(1))]

    explained = deadline(kind(number), start, CN, pauses=pauses, explain=True)

    assert attrs.evolve(explained, steps=()) == deadline(kind(number), start, CN, pauses=pauses)
    assert deadline(kind(number), start, CN, pauses=nothing) == deadline(kind(number), start, CN)


@given(moments, st.integers(1, 40))
def test_the_least_days_are_a_bound(start, number):
    """No deadline falls earlier than its ``at_least_days`` after the first day."""
    for duration in (
        WorkingDays(number),
        CalendarDays(number),
        RealTime(number * 700),
        WorkingTime(number * 100),
    ):
        last = CN.day_of(deadline(duration, start, CN).moment)

        assert (last - CN.day_of(start)).days >= duration.at_least_days


def test_a_wrong_rule_would_be_found(monkeypatch):
    """Were the first day counted, or one day wrong in the other source, the comparison would show it."""
    sample = EVERY_DAY[60:400]
    counted = [CN.add_working_days(day - slow.DAY, 1) for day in sample]

    assert counted != [slow.add(day, 1) for day in sample]
    monkeypatch.setitem(slow.WORKED, EVERY_DAY[100], not slow.WORKED[EVERY_DAY[100]])
    assert [CN.add_working_days(day, 5) for day in sample] != [slow.add(day, 5) for day in sample]
