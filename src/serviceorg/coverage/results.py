"""What a check of coverage comes to: the base, the share that is met, and who falls short by how much."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from ..basics import FrozenMap, Label
from ..errors import UnknownIdError
from ..facts import Fact, FactKind, FieldKind, Value
from .bounds import Miss, missed_share, shown
from .reached import ReachReport
from .rules import CoverageBook, Display, Rule, ShareBound

#: The kinds of fact a report becomes.
GAP, SHARE = "coverage-gap", "coverage-share"


def _field(name: str, type_: str = "text") -> tuple[str, FieldKind]:
    return name, FieldKind(name=name, type=type_)


#: The same as a facts.toml would declare them, for rule sets that read them.
FACT_KINDS: FrozenMap[str, FactKind] = FrozenMap(
    {
        GAP: FactKind(
            id=GAP,
            title=Label(zh="覆盖缺口", en="Falls short of a check of coverage"),
            fields=FrozenMap([_field("book"), _field("check"), _field("missed"), _field("soft", "flag")]),
        ),
        SHARE: FactKind(
            id=SHARE,
            title=Label(zh="覆盖率", en="Share of a check of coverage"),
            amount=True,
            unit="%",
            fields=FrozenMap([_field("book"), _field("check")]),
        ),
    }
)


@attrs.frozen(kw_only=True)
class Finding:
    """Somebody or something that falls short (覆盖缺口), and by how much.

    ``of`` is the unit or person, "" for the whole of the check. ``code`` says what is missed: a bound
    ("exactly", "at_least", "at_most", "above", "below", "about"), "untold" (nobody knows), "no-place", "same"
    (others have it too), "priority", or "share-at_least" and its kin. ``deviation`` is found minus wanted.
    ``names`` are the items that are missing, or who has the same. A ``soft`` finding is told and is no fault.
    """

    rule: Rule = attrs.field(repr=False)
    of: str
    code: str
    found: Fraction | None = None
    wanted: Fraction | None = None
    deviation: Fraction | None = None
    soft: bool = False
    names: tuple[str, ...] = ()

    @property
    def check(self) -> str:
        """The id of the check."""
        return self.rule.id


def finding_of(
    rule: Rule, of: str, miss: Miss, found: Fraction | None, names: tuple[str, ...] = ()
) -> Finding:
    """Return the finding that somebody ("" for the whole of a check) misses a bound."""
    return Finding(
        rule=rule,
        of=of,
        code=miss.code,
        found=found,
        wanted=miss.wanted,
        deviation=miss.deviation,
        soft=rule.soft or miss.soft,
        names=names,
    )


def findings_of_share(rule: Rule, bound: ShareBound, share: Fraction | None) -> list[Finding]:
    """Return the finding that a share misses its bound, if it does; without a base there is none."""
    if share is None:
        return []
    return [finding_of(rule, "", miss, share) for miss in missed_share(bound, share, rule.display)]


@attrs.frozen(kw_only=True)
class Outcome:
    """What one check found (检查结果).

    ``base`` is how many were looked at, ``exempt`` how many left it, ``met`` how many keep every bound, also
    those that are soft. ``share`` is met over base, exactly; None without a base, where there is neither all
    nor none. For a circle of reach it is the share of residents or buildings. ``total`` is the sum of what
    was counted (None: not all known), ``mean`` that over the base. ``unmet`` names who is not met, by id.
    """

    rule: Rule = attrs.field(repr=False)
    on: date
    base: int
    met: int
    exempt: int = 0
    share: Fraction | None = None
    total: Fraction | None = None
    mean: Fraction | None = None
    findings: tuple[Finding, ...] = attrs.field(default=(), repr=False)
    unmet: tuple[str, ...] = attrs.field(default=(), repr=False)
    reach: ReachReport | None = attrs.field(default=None, repr=False, eq=False)

    @property
    def check(self) -> str:
        """The id of the check."""
        return self.rule.id

    @property
    def holds(self) -> bool | None:
        """Whether nothing hard was found; None without a base."""
        if self.base == 0:
            return None
        return all(finding.soft for finding in self.findings)

    @property
    def shown_share(self) -> Decimal | None:
        """The share in percent as the check declares it, None without a base."""
        noun = self.rule.noun
        display = self.rule.display if noun != "quota" else _DOWN
        return None if self.share is None else shown(self.share * 100, display)

    @property
    def shown_mean(self) -> Decimal | None:
        """The mean as a quota declares it (one decimal, half up, in other checks), None without a base."""
        display = self.rule.display if self.rule.noun == "quota" else Display()
        return None if self.mean is None else shown(self.mean, display)


#: A share nobody declared a rounding for is cut: 99.97 % never looks like all.
_DOWN = Display(direction="down")


@attrs.frozen(kw_only=True)
class CoverageReport:
    """What all checks of a book found on a day (覆盖报告), in the order of the book."""

    book: CoverageBook = attrs.field(repr=False)
    on: date
    checks: FrozenMap[str, Outcome]

    def __getitem__(self, check: str) -> Outcome:
        if check not in self.checks:
            raise UnknownIdError("coverage check", check, self.checks)
        return self.checks[check]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings: by check in the order of the book, then by id."""
        return tuple(finding for outcome in self.checks.values() for finding in outcome.findings)

    @property
    def hard(self) -> tuple[Finding, ...]:
        """The findings that are faults."""
        return tuple(finding for finding in self.findings if not finding.soft)

    @property
    def soft(self) -> tuple[Finding, ...]:
        """The findings that are only told."""
        return tuple(finding for finding in self.findings if finding.soft)

    def facts(self, *, subject: str = "", recorded_by: str = "") -> Iterator[Fact]:
        """Yield a fact of kind ``coverage-gap`` for each finding about somebody, for scoring.

        With a ``subject`` (the place as a whole), also one of kind ``coverage-share`` for each check with
        a base: its amount is the share in percent as shown.
        """
        book, on = self.book.id, self.on
        for outcome in self.checks.values():
            for finding in outcome.findings:
                if finding.of:
                    said: dict[str, Value] = {
                        "book": book,
                        "check": finding.check,
                        "missed": finding.code,
                        "soft": finding.soft,
                    }
                    name = f"{GAP}:{book}:{finding.check}:{finding.code}:{finding.of}:{on}"
                    yield Fact(
                        id=name, subject=finding.of, kind=GAP, on=on, attributes=said, recorded_by=recorded_by
                    )
            share = outcome.shown_share
            if subject and share is not None:
                yield Fact(
                    id=f"{SHARE}:{book}:{outcome.check}:{on}",
                    subject=subject,
                    kind=SHARE,
                    on=on,
                    amount=share,
                    attributes={"book": book, "check": outcome.check},
                    recorded_by=recorded_by,
                )
