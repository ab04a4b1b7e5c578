"""Progress of promises as of a day: against the version in force, and against what was promised first."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import attrs

from ..errors import PeriodError
from ..facts import Fact
from ..reasons import Reason
from .counted import Course, FactIndex, SetAside, counted, course_of, used_again
from .promises import Commitment, CommitmentBook, Promise
from .standing import Clock, Standing, percent_of, standing_of
from .why import reason_of


@attrs.frozen(kw_only=True)
class Progress:
    """How far a commitment has come on a day (承诺兑现情况).

    ``standing`` is against the version in force, ``first`` against what was promised first where that was
    changed later (None if not). ``counted`` are the facts that count, ``set_aside`` those that do not.
    """

    commitment: Commitment
    promise: Promise
    on: date
    standing: Standing
    first: Standing | None = None
    counted: tuple[Fact, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    @property
    def status(self) -> str:
        """One of ``STATUSES``."""
        return self.standing.status

    @property
    def actual(self) -> Decimal | None:
        """What is reached; None where nothing was reported of a level."""
        return self.standing.actual

    @property
    def target(self) -> Decimal:
        """What must be reached."""
        return self.standing.target

    @property
    def percent(self) -> Decimal | None:
        """The share reached, rounded as the book declares; None for a target of 0."""
        return self.standing.percent

    @property
    def reason(self) -> Reason:
        """Why the status is what it is; worked out when asked for."""
        return reason_of(
            self.commitment,
            self.promise,
            self.on,
            standing=self.standing,
            first=self.first,
            counted=self.counted,
            set_aside=self.set_aside,
        )


def progress(
    book: CommitmentBook, facts: Iterable[Fact] | FactIndex, *, on: date, known_on: date | None = None
) -> tuple[Progress, ...]:
    """Return the progress of every commitment, in the order of the book.

    A day that is asked about still runs: what is due on it is not missed before the next day. Facts of later
    days do not count.

    Args:
        book: The commitments.
        facts: In any order; a ``FactIndex`` where several days are asked about.
        on: The day.
        known_on: What was recorded after this day is unknown; default: ``on`` itself, so that an answer given
            then can be given again.

    Raises:
        FactProblems: For double ids, reversals of nothing, and facts without the number that is measured.
    """
    index = facts if isinstance(facts, FactIndex) else FactIndex.of(facts)
    return tuple(_progress(book, one, index, on=on, known_on=known_on) for one in book.commitments)


def course(
    book: CommitmentBook, commitment: str, facts: Iterable[Fact] | FactIndex, *, days: Iterable[date]
) -> tuple[Progress, ...]:
    """Return the progress of one commitment on several days, each as it was known then.

    Raises:
        UnknownIdError: If the book has no such commitment.
        FactProblems: As for ``progress``.
    """
    one = book.commitment(commitment)
    index = facts if isinstance(facts, FactIndex) else FactIndex.of(facts)
    return tuple(_progress(book, one, index, on=day, known_on=None) for day in days)


def _progress(
    book: CommitmentBook, commitment: Commitment, index: FactIndex, *, on: date, known_on: date | None
) -> Progress:
    for name, value in (("on", on), ("known_on", known_on)):
        if type(value) is not date and not (name == "known_on" and value is None):
            raise PeriodError(f"{name}: {value!r} is not a date (a datetime is not one either)")
    known = on if known_on is None else known_on
    promise, baseline = commitment.on(on), commitment.versions[0]
    standing, kept, aside = _judged(book, commitment, promise, index=index, on=on, known_on=known)
    first = None
    if promise is not baseline:
        first, _, _ = _judged(book, commitment, baseline, index=index, on=on, known_on=known)
    return Progress(
        commitment=commitment,
        promise=promise,
        on=on,
        standing=standing,
        first=first,
        counted=kept,
        set_aside=aside,
    )


def _judged(
    book: CommitmentBook,
    commitment: Commitment,
    promise: Promise,
    *,
    index: FactIndex,
    on: date,
    known_on: date,
) -> tuple[Standing, tuple[Fact, ...], tuple[SetAside, ...]]:
    until = _last_day(promise, on)
    goals = [part.goal for part in promise.parts] or [promise.goal]
    found = [
        counted(index, commitment, promise, selection=goal.selection, on=until, known_on=known_on)
        for goal in goals
    ]
    again = used_again(pair for placed, _ in found for pair in placed) if promise.proof.once else {}
    courses: list[Course] = []
    kept: dict[str, Fact] = {}
    aside = {one.fact.id: one for _, left in found for one in left} | again
    for goal, (placed, _) in zip(goals, found, strict=True):
        counts = [pair for pair in placed if pair[1].id not in again]
        courses.append(course_of(goal.selection, counts))
        kept.update((fact.id, fact) for _, fact in counts)
    standing = standing_of(promise, courses, Clock(since=commitment.versions[0].since, on=on))
    percent = percent_of(standing.share, book.step, book.direction)
    return attrs.evolve(standing, percent=percent), tuple(kept.values()), _by_day(aside.values())


def _by_day(aside: Iterable[SetAside]) -> tuple[SetAside, ...]:
    return tuple(sorted(aside, key=lambda one: (one.fact.on, one.fact.id)))


def _last_day(promise: Promise, on: date) -> date:
    """Return the last day whose facts count: none from the day on which the promise was taken back."""
    if promise.withdrawn is None:
        return on
    return min(on, promise.withdrawn.on - timedelta(days=1))
