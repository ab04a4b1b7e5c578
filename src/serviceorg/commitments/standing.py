"""Where a promise stands on a day: what is reached, what should be, and which word says it."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs

from ..basics import FACT_SCALE, Direction, in_units, out_of_units, rounded
from .counted import Course
from .promises import Goal, Milestone, Part, Promise

#: Every word for where a promise stands; the last four are final unless facts are taken back or come late.
STATUSES = ("not-started", "on-track", "behind", "done", "done-late", "missed", "withdrawn")
KEPT = ("done", "done-late")
_DAY = timedelta(days=1)


@attrs.frozen(kw_only=True)
class MilestoneStanding:
    """A milestone (节点), and whether it is "met", "late", "missed" or still "open"."""

    milestone: Milestone
    status: str
    reached: date | None = None


@attrs.frozen(kw_only=True)
class PartStanding:
    """A part of a promise (分项), and where it stands."""

    part: Part
    status: str
    actual: Decimal | None
    reached: date | None = None


@attrs.frozen(kw_only=True)
class Standing:
    """Where a version of a promise stands (承诺进度) on a day.

    ``actual`` is None where nothing was reported of a level ("last"). ``share`` is actual / target, exact,
    and may exceed 1; with parts that add up, no part counts for more than its own target. It is None for a
    target of 0. ``percent`` is the share rounded as declared. ``reached`` is the day on which the target was
    reached; ``broken`` the due day of a promise that was missed, or the day on which a limit was passed.
    ``expected`` is what should be reached by now, None where nothing says.
    """

    status: str
    target: Decimal
    due: date
    actual: Decimal | None
    share: Fraction | None
    percent: Decimal | None
    reached: date | None
    broken: date | None = None
    expected: Decimal | Fraction | None = None
    milestones: tuple[MilestoneStanding, ...] = ()
    parts: tuple[PartStanding, ...] = ()


@attrs.frozen(kw_only=True)
class Clock:
    """The days a judgement needs: when the promise began, and the day that is asked about."""

    since: date
    on: date


def standing_of(promise: Promise, courses: Sequence[Course], clock: Clock) -> Standing:
    """Return where a version stands, the percentage left out; ``courses`` are of its parts or one goal."""
    if promise.withdrawn is None or clock.on < promise.withdrawn.on:
        return _standing(promise, courses, clock)
    before = Clock(since=clock.since, on=promise.withdrawn.on - _DAY)
    last = _standing(promise, courses, before)
    # What was kept or broken before stays so: taking a promise back does not undo either.
    return last if last.status in (*KEPT, "missed") else attrs.evolve(last, status="withdrawn")


def percent_of(share: Fraction | None, step: Decimal, direction: Direction) -> Decimal | None:
    """Return a share as a percentage, rounded to a multiple of ``step``."""
    if share is None:
        return None
    steps = rounded(share * 100 / Fraction(step), 1, direction)
    return Decimal(int(steps)) * step


def plain(units: int) -> Decimal:
    """Return ten-thousandths as a number without zeros at its end."""
    whole, rest = divmod(units, 10**FACT_SCALE)
    if not rest:
        return Decimal(whole)
    decimals = FACT_SCALE
    while units % 10 == 0:
        units, decimals = units // 10, decimals - 1
    return out_of_units(units, decimals)


def _standing(promise: Promise, courses: Sequence[Course], clock: Clock) -> Standing:
    if promise.parts:
        return _of_parts(promise, courses, clock)
    goal, course = promise.goal, courses[0]
    status, reached = _judged(goal, course, clock)
    actual = _actual(goal, course, clock.on)
    expected = _expected(promise, clock)
    behind = expected is not None and _less(actual, expected)
    if status in ("not-started", "on-track") and behind:
        status = "behind"
    units = 0 if actual is None else actual
    target = _units(goal.target)
    return Standing(
        status=status,
        target=goal.target,
        due=goal.due,
        actual=None if actual is None else plain(actual),
        share=Fraction(units, target) if target else None,
        percent=None,
        reached=reached,
        broken=_broken(goal, course) if status == "missed" else None,
        expected=expected,
        milestones=_milestones(promise, course, clock.on),
    )


def _of_parts(promise: Promise, courses: Sequence[Course], clock: Clock) -> Standing:
    judged = [_judged(part.goal, course, clock) for part, course in zip(promise.parts, courses, strict=True)]
    actuals = [
        _actual(part.goal, course, clock.on) for part, course in zip(promise.parts, courses, strict=True)
    ]
    sums = promise.together == "sum"
    reached = [day for status, day in judged if status in KEPT and day is not None]
    whole = _summed(courses) if sums else _steps(reached)
    targets = [_units(part.goal.target) for part in promise.parts]
    if sums:
        actual, target = sum(value or 0 for value in actuals), sum(targets)
        share = Fraction(sum(min(a or 0, t) for a, t in zip(actuals, targets, strict=True)), target)
    else:
        actual, target = len(reached) * _ONE, len(promise.parts) * _ONE
        share = Fraction(actual, target)
    expected = _expected(promise, clock)
    statuses = [status for status, _ in judged]
    due = promise.goal.due
    behind = expected is not None and _less(actual, expected)
    status = _together(statuses, due, clock, behind=behind)
    return Standing(
        status=status,
        target=plain(target),
        due=due,
        actual=plain(actual),
        share=share,
        percent=None,
        reached=max(reached) if len(reached) == len(promise.parts) else None,
        broken=due if status == "missed" else None,
        expected=expected,
        milestones=_milestones(promise, whole, clock.on),
        parts=tuple(
            PartStanding(
                part=part, status=status, actual=None if value is None else plain(value), reached=day
            )
            for part, (status, day), value in zip(promise.parts, judged, actuals, strict=True)
        ),
    )


def _together(statuses: list[str], due: date, clock: Clock, *, behind: bool) -> str:
    if all(status in KEPT for status in statuses):
        return "done-late" if "done-late" in statuses else "done"
    if clock.on > due:
        return "missed"
    if behind or not {"behind", "missed"}.isdisjoint(statuses):
        return "behind"
    return "not-started" if set(statuses) == {"not-started"} else "on-track"


def _judged(goal: Goal, course: Course, clock: Clock) -> tuple[str, date | None]:
    """Return the word for a goal, what lies on the way set aside, and the day on which it was reached."""
    if clock.on < clock.since:
        return "not-started", None
    if goal.direction == "at_most":
        return _kept_under(goal, course, clock.on)
    target = _units(goal.target)
    reached = None
    if clock.on > goal.due:
        # A level counts as it was on the due day; only if it was missed then, what came after is looked at.
        reached = _reached(course, goal.due, target)
    reached = reached or _reached(course, clock.on, target)
    if reached is not None:
        return ("done" if reached <= goal.due else "done-late"), reached
    if clock.on > goal.due:
        return "missed", None
    return ("on-track" if course.days and course.days[0] <= clock.on else "not-started"), None


def _kept_under(goal: Goal, course: Course, on: date) -> tuple[str, date | None]:
    target = _units(goal.target)
    value, over = _actual(goal, course, on), on > goal.due
    if goal.selection.measure != "last":
        if (value or 0) > target:
            return "missed", None
        return ("done", goal.due) if over else ("on-track", None)
    if value is None:
        return ("missed" if over else "not-started"), None
    if not over:
        return ("behind" if value > target else "on-track"), None
    at_due = _value(course, goal.due)
    if at_due is not None and at_due <= target:
        return "done", goal.due
    later = _reached(course, on, target, below=True)
    return ("missed", None) if later is None else ("done-late", later)


def _broken(goal: Goal, course: Course) -> date:
    """Return the day from which on a goal was missed: a limit that adds up is broken before its due day."""
    if goal.direction == "at_most" and goal.selection.measure != "last":
        target = _units(goal.target)
        passed = (day for day, value in zip(course.days, course.values, strict=True) if value > target)
        return next(passed, goal.due)
    return goal.due


def _actual(goal: Goal, course: Course, on: date) -> int | None:
    """Return the value on a day; a limit that adds up is full on the due day, and nothing counts after it."""
    adds_up = goal.selection.measure != "last"
    at = min(on, goal.due) if adds_up and goal.direction == "at_most" else on
    value = _value(course, at)
    return 0 if value is None and adds_up else value


def _value(course: Course, on: date) -> int | None:
    at = bisect_right(course.days, on)
    return course.values[at - 1] if at else None


def _reached(course: Course, on: date, target: int, *, below: bool = False) -> date | None:
    """Return since when the value has been good without a break as of a day, None if it is not."""
    at = bisect_right(course.days, on) - 1
    found = None
    while at >= 0 and (course.values[at] <= target if below else course.values[at] >= target):
        found, at = course.days[at], at - 1
    return found


def _expected(promise: Promise, clock: Clock) -> Decimal | Fraction | None:
    """Return what the days that are over ask for: a day that runs is still time."""
    due, target = promise.goal.due, promise.goal.target
    if clock.on > due and (promise.pace or promise.milestones):
        return target
    if promise.pace and clock.on > clock.since:
        days = (due - clock.since).days + 1
        return Fraction(target) * min((clock.on - clock.since).days, days) / days
    passed = [one.target for one in promise.milestones if one.on < clock.on]
    return passed[-1] if passed else None


def _milestones(promise: Promise, course: Course, on: date) -> tuple[MilestoneStanding, ...]:
    found = []
    for one in promise.milestones:
        target = _units(one.target)
        # As with a goal: a level that falls later was there on the day of the milestone all the same.
        reached = _reached(course, min(on, one.on), target) or _reached(course, on, target)
        found.append(_milestone(one, reached, on))
    return tuple(found)


def _milestone(milestone: Milestone, reached: date | None, on: date) -> MilestoneStanding:
    if reached is not None:
        return MilestoneStanding(
            milestone=milestone, status="met" if reached <= milestone.on else "late", reached=reached
        )
    return MilestoneStanding(milestone=milestone, status="missed" if on > milestone.on else "open")


def _summed(courses: Sequence[Course]) -> Course:
    days = sorted({day for course in courses for day in course.days})
    return Course(tuple(days), tuple(sum(_value(course, day) or 0 for course in courses) for day in days))


def _steps(reached: Sequence[date]) -> Course:
    days = sorted(set(reached))
    return Course(tuple(days), tuple(sum(one <= day for one in reached) * _ONE for day in days))


def _units(number: Decimal) -> int:
    return in_units(number, FACT_SCALE)


def _less(actual: int | None, expected: Decimal | Fraction) -> bool:
    return Fraction(actual or 0, _ONE) < Fraction(expected)


_ONE = 10**FACT_SCALE
