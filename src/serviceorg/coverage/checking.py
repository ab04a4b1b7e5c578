"""From a book of checks and an organisation on a day to who is covered and who is not."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Context, localcontext
from fractions import Fraction
from itertools import repeat

from ..basics import FrozenMap
from ..facts import Fact
from ..model import Snapshot
from ..model.days import a_day
from .bounds import Count, missed
from .circles import reached_by
from .measuring import Asked, Measured, base_of, left_over, measured
from .results import CoverageReport, Finding, Outcome, finding_of, findings_of_share
from .rules import Bounds, Check, CoverageBook, ReachCheck, UnitCount
from .words import check_amounts, check_places, check_words
from .world import Amounts, World

_NO_BOUNDS = Bounds()
#: Room for every sum of a million sizes of twelve decimals: a host's own context must not round one.
_EXACT = Context(prec=80)


def check_coverage(
    book: CoverageBook,
    snapshot: Snapshot,
    *,
    on: date,
    facts: Iterable[Fact] = (),
    amounts: Amounts | None = None,
    as_of: date | None = None,
) -> CoverageReport:
    """
    Return what the checks of a book find in an organisation on a day.

    Facts about a unit that merged, split or was renamed by that day count for its heirs (承继), and so do
    amounts of units that are no more. In a split amounts are divided by its shares, also those of facts where
    only amounts are added up; any other fact goes whole to the unit that lives on or has the open tickets.
    So give facts and amounts as they were told; an heir's own are added. Bonds and traits are of the day.

    Args:
        on: The organisation as it was that day, by the checks in force then; facts up to that day count.
        amounts: What checks of amounts read, by name, then by unit or person; exact. Who has none is told.
        as_of: What was recorded by that day; default: everything, also what was entered after ``on``.

    Raises:
        CoverageProblems: For words of the book the structure does not know, units and trees the snapshot does
            not, and amounts no check reads.
        FactProblems: For an id that stands on two facts, and facts that reverse what is not there.
        PeriodError: If ``on`` or ``as_of`` is no day.
        UnitProblems: If a tree runs in a circle that day.
    """
    for day in (on, *([] if as_of is None else [as_of])):
        a_day(day)
    check_words(book, snapshot.structure, on=on)
    check_places(book, snapshot, on=on)
    check_amounts(book, amounts or (), on=on)
    world = World(snapshot, on, facts=facts, amounts=amounts, as_of=as_of)
    with localcontext(_EXACT):
        found = {
            rule.id: reached_by(rule, world) if isinstance(rule, ReachCheck) else _checked(rule, world)
            for rule in book.in_force(on)
        }
    return CoverageReport(book=book, on=on, checks=FrozenMap(found))


def _checked(check: Check, world: World) -> Outcome:
    base, exempt = base_of(world, check.whom)
    asked = Asked(world, check.whom, base)
    found = measured(check.measure, asked)
    if found.idle:
        base = [one for one in base if one not in found.idle]
        exempt += len(found.idle)
    bounds = found.bounds if check.bounds == _NO_BOUNDS else check.bounds
    found = found._replace(untold=found.untold.intersection(base)) if found.untold else found
    counts: list[Count] = list(map(found.counts.get, base, repeat(0)))
    findings, unmet = _judged(check, found, bounds, base, counts)
    total = _total(counts, found)
    mean = total / len(base) if base and total is not None else None
    share = Fraction(len(base) - len(unmet), len(base)) if base else None
    if check.share is not None or check.of == "mean":
        # Who falls short is listed, but only the whole can miss a share or mean; what is not known is told.
        of_all = _of_share(check, share) if check.share is not None else _of_mean(check, bounds, mean)
        findings = [*of_all, *(one for one in findings if one.code == "untold")]
    if check.priority and isinstance(check.measure, UnitCount):
        findings += _passed_over(check, asked, check.measure)
    return Outcome(
        rule=check,
        on=world.on,
        base=len(base),
        met=len(base) - len(unmet),
        exempt=exempt,
        share=share,
        total=total,
        mean=mean,
        findings=tuple(findings),
        unmet=tuple(unmet),
    )


def _total(counts: list[Count], found: Measured) -> Fraction | None:
    """Return the sum of what was counted; None where somebody's count is not known."""
    if found.untold:
        return None
    if Fraction in set(map(type, counts)):
        return sum((Fraction(count) for count in counts), Fraction(0))
    return Fraction(sum(counts))


def _judged(
    check: Check, found: Measured, bounds: Bounds, base: Sequence[str], counts: Sequence[Count]
) -> tuple[list[Finding], list[str]]:
    """Return the findings about each one, and who is not met, in the order of the base."""
    untold, same = found.untold, found.same
    # Counts repeat: there are few of them, and many units.
    verdicts = {count: tuple(missed(bounds, count)) for count in set(counts)}
    if not untold and not same and not any(verdicts.values()):
        return [], []
    findings: list[Finding] = []
    unmet: list[str] = []
    for one, count in zip(base, counts, strict=True):
        if one in untold:
            findings.append(Finding(rule=check, of=one, code="untold", soft=check.soft))
            unmet.append(one)
            continue
        misses = verdicts[count]
        if not misses and one not in same:
            continue
        unmet.append(one)
        missing = found.missing.get(one, ())
        findings += [finding_of(check, one, miss, Fraction(count), missing) for miss in misses]
        if one in same:
            findings.append(Finding(rule=check, of=one, code="same", soft=check.soft, names=same[one]))
    return findings, unmet


def _of_share(check: Check, share: Fraction | None) -> list[Finding]:
    return [] if check.share is None else findings_of_share(check, check.share, share)


def _of_mean(check: Check, bounds: Bounds, mean: Fraction | None) -> list[Finding]:
    return [] if mean is None else [finding_of(check, "", miss, mean) for miss in missed(bounds, mean)]


def _passed_over(check: Check, asked: Asked, measure: UnitCount) -> list[Finding]:
    """Return who has units of no priority while some of priority are with none of them: never a fault."""
    others, left = left_over(asked, measure, check.priority)
    if not left:
        return []
    return [
        Finding(
            rule=check, of=one, code="priority", found=Fraction(others[one]), wanted=Fraction(left), soft=True
        )
        for one in asked.base
        if one in others
    ]
