"""A rule set (评分办法): its versions in time, each a complete and frozen state of the rules."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

import attrs

from ...basics import Direction, FrozenMap, Label, frozen_map
from ...errors import NotInForceError
from ...facts import Fact, FactKind
from ...model import Subject
from .items import Item
from .results import Award, Band, Consequence, Veto
from .select import Rounding, Who


@attrs.frozen(kw_only=True)
class Category:
    """A 大项: items summed, with a cap on what they earn and a floor on what they cost."""

    id: str
    title: Label = Label()
    cap: Decimal | None = None
    floor: Decimal | None = None
    round: Rounding | None = None
    source: str = ""


@attrs.frozen(kw_only=True)
class Ranking:
    """How subjects are put in order: by total, then by further keys until they differ."""

    by: tuple[str, ...] = ("total",)
    ties: str = "min"
    within: str = ""


@attrs.frozen(kw_only=True)
class RollUp:
    """How scores of parts make the score of a longer period (汇总).

    ``by`` is mean, sum, best, last or weights; ``partial`` "served" uses the parts that have a
    score, "all" counts the others as nothing; fewer than ``least`` parts: no grade.
    """

    into: str
    by: str
    weights: tuple[Decimal, ...] = ()
    partial: str = "served"
    least: int = 1
    round: Rounding | None = None


@attrs.frozen(kw_only=True)
class Head:
    """What holds for the whole score in one version."""

    base: Decimal = Decimal(0)
    cap: Decimal | None = None
    floor: Decimal | None = None
    round: Rounding | None = None
    base_for_part: str = "full"  # full | months | days: a base pro rata for part of the period
    counts: FrozenMap[str, int] = attrs.field(factory=FrozenMap, converter=frozen_map)
    roll_up: RollUp | None = None
    ranking: Ranking = Ranking()
    who: Who = Who()


@attrs.frozen(kw_only=True)
class Version:
    """The rules as they stood from ``effective`` on, and the decision (``basis``) that made them so.

    ``digest`` is the SHA-256 of everything in the file that can change a result in this version.
    """

    effective: date
    basis: str
    head: Head
    categories: tuple[Category, ...]
    items: tuple[Item, ...]
    vetoes: tuple[Veto, ...] = ()
    grades: tuple[Band, ...] = ()
    stars: tuple[Band, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    awards: tuple[Award, ...] = ()
    digest: str


@attrs.frozen(kw_only=True)
class Case:
    """A golden case: facts, and the exact result the rule set must give."""

    title: str
    period: str
    as_of: date | None = None
    subjects: tuple[Subject, ...] = ()
    facts: tuple[Fact, ...] = ()
    expect: FrozenMap[str, FrozenMap[str, object]] = attrs.field(
        converter=frozen_map
    )  # subject -> key -> value


@attrs.frozen(kw_only=True, eq=False)
class RuleSet:
    """A rule set with all its versions, oldest first.

    ``dates`` says which date of a fact counts: "occurred", "recorded" or "decided".
    """

    id: str
    title: Label
    subject_kinds: tuple[str, ...]
    period: str  # a key of SPANS but day, or "anniversary"
    first_month: int = 1
    scale: int = 2
    direction: Direction = "half-up"
    dates: str = "occurred"
    source: str = ""
    illustrative: bool = False
    rows: tuple[int, ...] = ()
    kinds: FrozenMap[str, FactKind] = attrs.field(factory=FrozenMap, converter=frozen_map)
    versions: tuple[Version, ...]
    cases: tuple[Case, ...] = ()
    origin: str = ""
    #: Tables worked out from the above on first use; holds nothing that cannot be worked out again.
    derived: dict[str, object] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def digest(self) -> str:
        """The SHA-256 of all versions: rule sets with equal digests score equally."""
        text = "\n".join(f"{version.effective} {version.digest}" for version in self.versions)
        return sha256(text.encode()).hexdigest()

    @property
    def newest(self) -> Version:
        """The last version, in force or still to come."""
        return self.versions[-1]

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories (大项) of the newest version."""
        return self.newest.categories

    @property
    def items(self) -> tuple[Item, ...]:
        """The items (小项) of the newest version."""
        return self.newest.items

    @property
    def version(self) -> str:
        """The newest version's first day, as text."""
        return self.newest.effective.isoformat()

    def at(self, day: date) -> Version:
        """Return the version in force on ``day``.

        Raises:
            NotInForceError: If the first version begins later; names it.
        """
        found = [version for version in self.versions if version.effective <= day]
        if not found:
            first = self.versions[0]
            raise NotInForceError(
                f"rule set {self.id!r} was not in force on {day}; "
                f"its first version begins on {first.effective}"
            )
        return found[-1]

    def known_on(self, day: date) -> "RuleSet":
        """Return the rule set without the versions that begin after ``day``."""
        self.at(day)
        return attrs.evolve(self, versions=tuple(v for v in self.versions if v.effective <= day))

    def without(self, effective: date) -> "RuleSet":
        """Return the rule set as if the amendments from ``effective`` on had not been made."""
        return attrs.evolve(self, versions=tuple(v for v in self.versions if v.effective < effective))
