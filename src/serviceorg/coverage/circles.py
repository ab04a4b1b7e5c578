"""A circle of reach in an organisation: the places of its units, and whom the points do not reach."""

from fractions import Fraction

from ..model import Unit
from .distance import Walking
from .measuring import size_of
from .reached import ReachReport
from .reaching import reach
from .results import Finding, Outcome, findings_of_share
from .rules import ReachCheck
from .world import World


def reached_by(rule: ReachCheck, world: World) -> Outcome:
    """Return whom the service points reach on foot.

    A home without a place is not known to be reached, so it is not; it is told, and so are points without one
    (they reach nobody), and homes without a number of residents where the share is of residents.
    """
    points = world.units_of(rule.points, rule.points_where)
    every = world.units_of(rule.homes, rule.where)
    out = world.has_any(rule.exempt) if rule.exempt else frozenset()
    homes = sorted((unit for unit in every if unit.id not in out), key=lambda unit: unit.id)
    walking = Walking(metres_per_minute=rule.metres_per_minute, detour=rule.detour)
    report = reach(
        [unit for unit in points if unit.place is not None],
        [unit for unit in homes if unit.place is not None],
        minutes=rule.minutes,
        travel=walking,
    )
    reached = report.reached
    unmet = tuple(unit.id for unit in homes if unit.id not in reached)
    share = _share(rule, report, homes)
    return Outcome(
        rule=rule,
        on=world.on,
        base=len(homes),
        met=len(homes) - len(unmet),
        exempt=len(every) - len(homes),
        share=share,
        findings=(*findings_of_share(rule, rule.share, share), *_unknown(rule, points, homes)),
        unmet=unmet,
        reach=report,
    )


def _share(rule: ReachCheck, report: ReachReport, homes: list[Unit]) -> Fraction | None:
    """Return the share of all homes or residents, those without a place among them."""
    if rule.share_of == "buildings":
        return Fraction(report.buildings_reached, len(homes)) if homes else None
    residents = sum(Fraction(size_of(unit)) for unit in homes if unit.size is not None)
    return report.residents_reached / residents if residents else None


def _unknown(rule: ReachCheck, points: list[Unit], homes: list[Unit]) -> list[Finding]:
    """Return findings about points and homes of which something is not known that the answer needs."""
    nowhere = [
        Finding(rule=rule, of=unit.id, code="no-place", soft=rule.soft)
        for unit in (*points, *homes)
        if unit.place is None
    ]
    if rule.share_of == "buildings":
        return nowhere
    untold = [unit.id for unit in homes if unit.size is None]
    return [*nowhere, *(Finding(rule=rule, of=one, code="untold", soft=rule.soft) for one in untold)]
