"""A circle of reach in an organisation: the places of its units, and whom the points do not reach."""

from decimal import Decimal

from ..model import Unit
from .distance import Walking
from .measuring import size_of
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
    placed = reach(
        [unit for unit in points if unit.place is not None],
        [unit for unit in homes if unit.place is not None],
        minutes=rule.minutes,
        travel=walking,
    )
    # One count for all that is told: homes without a place are homes.
    report = placed.with_unplaced([(unit.id, _living(unit)) for unit in homes if unit.place is None])
    reached = report.reached
    unmet = tuple(unit.id for unit in homes if unit.id not in reached)
    share = report.share_of_buildings if rule.share_of == "buildings" else report.share_of_residents
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


def _living(unit: Unit) -> Decimal | None:
    return None if unit.size is None else size_of(unit)


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
