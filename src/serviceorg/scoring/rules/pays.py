"""What a measure pays: points, a table, rungs, slices, a line, a place, a share of the best."""

from decimal import Decimal
from fractions import Fraction

import attrs

from ...basics import FrozenMap, frozen_map


@attrs.frozen(kw_only=True)
class Points:
    """So many points each, or per unit of the measure; for ballots and checks the full mark."""

    points: Decimal


@attrs.frozen(kw_only=True)
class PointsBy:
    """Points by the value of an attribute."""

    field: str
    table: FrozenMap[str, Decimal] = attrs.field(converter=frozen_map)


@attrs.frozen(kw_only=True)
class Step:
    """One rung: from (above) a value, or up to a place; ``share`` reads it as part of the ranked.

    A value no decimal can say, such as a third of the votes, is a Fraction.
    """

    points: Decimal
    start: Decimal | Fraction | None = None
    above: Decimal | Fraction | None = None
    to: Decimal | None = None
    share: bool = False


@attrs.frozen(kw_only=True)
class Steps:
    """The highest rung reached pays (分档计分)."""

    steps: tuple[Step, ...]


@attrs.frozen(kw_only=True)
class Marginal:
    """Each slice pays at its own rate (分段累计)."""

    slices: tuple[Step, ...]


@attrs.frozen(kw_only=True)
class Linear:
    """Full mark at the target, so much less per unit below it (每低一个百分点扣…)."""

    target: Decimal | Fraction
    full: Decimal
    lose: Decimal
    per: Decimal
    whole: bool


@attrs.frozen(kw_only=True)
class Place:
    """Full mark for the first place, ``lose`` less for each place after it."""

    full: Decimal
    lose: Decimal


@attrs.frozen(kw_only=True)
class Relative:
    """Full mark for the best value among the subjects, the others in proportion."""

    full: Decimal
    within: str = ""


Pay = Points | PointsBy | Steps | Marginal | Linear | Place | Relative
