"""What a score leads to: grades, stars, vetoes, consequences, awards, and the conditions on them."""

from decimal import Decimal

import attrs

from ...basics import FrozenMap, Label, frozen_map
from .select import Length, Where, Who


@attrs.frozen(kw_only=True)
class Condition:
    """Something that must hold for a grade, a star, an award or a consequence.

    ``what`` is "total", "category.ID", "item.ID", "grade" or "facts". For "facts", ``on``, ``where``
    and ``tally`` (count, or sum of ``field``) are measured over ``window`` ("period", "ever",
    "rolling" with ``length``). The value is compared with ``least`` (>=), ``above`` (>),
    ``most`` (<=), ``below`` (<); a grade with ``one_of``.
    """

    what: str
    least: Decimal | None = None
    above: Decimal | None = None
    most: Decimal | None = None
    below: Decimal | None = None
    one_of: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    where: Where = attrs.field(factory=FrozenMap, converter=frozen_map)
    field: str = ""
    window: str = "period"
    length: Length | None = None


@attrs.frozen(kw_only=True)
class Share:
    """At most this part of the subjects (名额): ``most`` of all assessed, rounded as declared.

    ``ties`` at the edge stay "out" or come "in"; ``within`` is "", "category" or "organisation".
    """

    numerator: int
    denominator: int
    rounding: str = "down"
    ties: str = "out"
    within: str = ""


@attrs.frozen(kw_only=True)
class Direct:
    """A fact that gives the grade without scoring (直接评定)."""

    on: tuple[str, ...]
    where: Where = attrs.field(factory=FrozenMap, converter=frozen_map)


@attrs.frozen(kw_only=True)
class Band:
    """A 等次 (grade) or 星级 (star, with ``level``): from a score on, and what else it needs.

    Bands stand highest first; a band begins at ``start`` (included) or ``above`` (not included)
    and ends where the one before it begins. The last may have neither: it takes the rest.
    """

    id: str
    title: Label = Label()
    level: int | None = None
    start: Decimal | None = None
    above: Decimal | None = None
    to: Decimal | None = None
    below: Decimal | None = None
    needs: tuple[Condition, ...] = ()
    share: Share | None = None
    direct: tuple[Direct, ...] = ()
    source: str = ""


@attrs.frozen(kw_only=True)
class Veto:
    """A 一票否决: a fact that undoes a score, caps a grade or bars from stars and awards.

    ``effect`` is "zero", "grade_at_most" (with ``grade``), "no_grade", "no_star" or "no_award";
    ``scope`` is "total", "category.ID" or "item.ID" (for "zero"). It lasts to the end of its
    period (``lasts`` None), for a length, or for ``lasts_by[attribute value]``; a date in the
    attribute ``lifted`` ends it sooner. With ``stands`` "last-day" a term counts while it runs on the last
    day of the period, with "any-day" also if it ran on any earlier day of it. ``adds_up`` chains terms:
    the rest of the running one plus the new, at most that long.
    """

    id: str
    title: Label = Label()
    on: tuple[str, ...]
    where: Where = attrs.field(factory=FrozenMap, converter=frozen_map)
    who: Who = Who()
    members: bool = False
    effect: str = "zero"
    grade: str = ""
    scope: str = "total"
    lasts: Length | None = None
    lasts_field: str = ""
    lasts_by: FrozenMap[str, Length] = attrs.field(factory=FrozenMap, converter=frozen_map)
    lifted: str = ""
    stands: str = "last-day"
    adds_up: Length | None = None
    source: str = ""


@attrs.frozen(kw_only=True)
class Consequence:
    """What follows from a result (结果运用): a talk, a warning, a removal.

    All ``when`` must hold, in this period and, with ``consecutive`` or ``times``, in past ones, read
    from closed scorecards. Of one ``ladder`` only the last that applies is drawn.
    """

    id: str
    title: Label = Label()
    when: tuple[Condition, ...]
    consecutive: int = 1
    times: int = 1
    within: Length | None = None
    ladder: str = ""
    source: str = ""


@attrs.frozen(kw_only=True)
class Award:
    """A title for the first ``top`` of a ranking (季度之星), with the rule for ties at the edge."""

    id: str
    title: Label = Label()
    top: int = 1
    within: str = ""
    needs: tuple[Condition, ...] = ()
    ties: str = "in"  # in | out
    source: str = ""
