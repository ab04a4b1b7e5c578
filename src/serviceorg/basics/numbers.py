"""Exact numbers: integers in declared units inside, ``Decimal`` at the edges.

A binary float is refused everywhere: 0.1 is not a tenth. Amounts are bounded *before* they become
integers, because ``int(Decimal("1e999999"))`` would run for most of a minute inside C.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ..errors import AmountError

Direction = Literal["half-up", "half-even", "up", "down"]

#: Amounts of facts are held in ten-thousandths: room for quarter hours, minutes and grams alike.
FACT_SCALE = 4
_LARGEST_EXPONENT = 9


def exact(value: object, *, most_decimals: int = FACT_SCALE, where: str = "amount") -> Decimal:
    """Return ``value`` (int, Decimal, or text of one) as a finite Decimal below 10^10.

    Raises:
        AmountError: For a binary float, a bool, NaN, infinity, text that is no number,
            an amount of 10^10 or more, or one with more than ``most_decimals`` decimals.
    """
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        what = "a binary float is not exact" if isinstance(value, float) else "not a number"
        raise AmountError(
            f"{where}: {value!r}: {what}; allowed are whole numbers, Decimal and text such as '2.5'"
        )
    if isinstance(value, (int, str)) and len(str(value) if isinstance(value, str) else "") > 40:
        raise AmountError(f"{where}: a number of {len(str(value))} signs; at most 40 are allowed")
    try:
        number = Decimal(value) if not isinstance(value, int) or abs(value) < 10**12 else Decimal("Infinity")
    except ArithmeticError:
        raise AmountError(f"{where}: {value!r} is not a number; write it like '2.5'") from None
    if not number.is_finite() or number.adjusted() > _LARGEST_EXPONENT:
        raise AmountError(f"{where}: {value!r} is out of bounds; allowed are amounts below 10000000000")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > most_decimals and number != round(number, most_decimals):
        raise AmountError(f"{where}: {value!r} has more than {most_decimals} decimals")
    return number


def half_up(numerator: int, denominator: int) -> int:
    """Return numerator / denominator rounded to the nearest whole number, ties up (四舍五入).

    Both must not be negative (the sign of an amount lives in its item), so that floor and truncation
    agree and every engine gives the same digit.

    >>> half_up(5, 2), half_up(7, 3)
    (3, 2)
    """
    return (2 * numerator + denominator) // (2 * denominator)


def rounded(value: Fraction | int, step: Fraction | int = 1, direction: Direction = "half-up") -> Fraction:
    """Return ``value`` as a whole multiple of ``step``; the sign is set aside, so ties go away from zero.

    >>> rounded(Fraction(875, 10), 1, "half-up"), rounded(Fraction(-7, 2), 1, "half-up")
    (Fraction(88, 1), Fraction(-4, 1))
    """
    exact_steps = abs(Fraction(value) / step)
    number, denominator = exact_steps.numerator, exact_steps.denominator
    whole, rest = divmod(number, denominator)
    if direction == "up":
        whole += rest > 0
    elif direction == "half-up":
        whole += 2 * rest >= denominator
    elif direction == "half-even":
        whole += 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
    return whole * Fraction(step) * (-1 if value < 0 else 1)


def in_units(value: Decimal, scale: int) -> int:
    """Return a Decimal as a whole number of 10^-scale; the caller has checked bounds and decimals."""
    return int(value.scaleb(scale))


def out_of_units(units: int, scale: int) -> Decimal:
    """Return a whole number of 10^-scale as a Decimal with exactly ``scale`` decimals.

    >>> out_of_units(9850, 2)
    Decimal('98.50')
    """
    return Decimal(units).scaleb(-scale) if scale else Decimal(units)
