"""How much is wanted, held against what was found."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..basics import rounded
from .rules import Bounds, Display, ShareBound

#: What is counted: whole numbers, sums of sizes and amounts, quotients; never a binary float.
Count = int | Decimal | Fraction


class Miss(NamedTuple):
    """A bound that is not kept: which, how much it wants, by how much it is missed, whether it is soft."""

    code: str
    wanted: Fraction
    deviation: Fraction
    soft: bool


def missed(bounds: Bounds, count: Count) -> Iterator[Miss]:
    """Yield the bounds a count does not keep, in the order they are declared."""
    found = Fraction(count)
    for code, bound, is_kept in (
        ("exactly", bounds.exactly, _equal),
        ("at_least", bounds.at_least, _at_least),
        ("at_most", bounds.at_most, _at_most),
        ("above", bounds.above, _above),
        ("below", bounds.below, _below),
    ):
        if bound is not None and not is_kept(found, Fraction(bound)):
            yield Miss(code, Fraction(bound), found - Fraction(bound), False)
    if bounds.about is not None:
        off = found - Fraction(bounds.about)
        if abs(off) > bounds.tolerance:
            yield Miss("about", Fraction(bounds.about), off, True)


def missed_share(bound: ShareBound, share: Fraction, display: Display) -> Iterator[Miss]:
    """Yield the bounds a share of all does not keep, compared exactly or as the share is shown."""
    found = Fraction(shown(share * 100, display)) / 100 if bound.compare == "shown" else share
    for code, wanted, is_kept in (
        ("at_least", bound.at_least, _at_least),
        ("at_most", bound.at_most, _at_most),
        ("above", bound.above, _above),
        ("below", bound.below, _below),
    ):
        if wanted is not None and not is_kept(found, wanted):
            yield Miss(f"share-{code}", wanted, found - wanted, False)


def shown(value: Fraction, display: Display) -> Decimal:
    """Return a number as it is shown: with exactly the places declared.

    >>> shown(Fraction(875, 10), Display(places=0))
    Decimal('88')
    """
    steps = rounded(value, Fraction(1, 10**display.places), display.direction) * 10**display.places
    return Decimal(steps.numerator).scaleb(-display.places) if display.places else Decimal(steps.numerator)


def _equal(found: Fraction, bound: Fraction) -> bool:
    return found == bound


def _at_least(found: Fraction, bound: Fraction) -> bool:
    return found >= bound


def _at_most(found: Fraction, bound: Fraction) -> bool:
    return found <= bound


def _above(found: Fraction, bound: Fraction) -> bool:
    return found > bound


def _below(found: Fraction, bound: Fraction) -> bool:
    return found < bound
