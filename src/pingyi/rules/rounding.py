"""Exact numbers as text: rounded once by the plan's rule, never so that the print contradicts the verdict (§4.4b)."""

from __future__ import annotations

from collections.abc import Collection
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from pingyi.rules.plan.outcome import Comparison, Rounding, RoundingMode

MODES = {RoundingMode.HALF_EVEN: ROUND_HALF_EVEN, RoundingMode.HALF_UP: ROUND_HALF_UP}
SHOWN_DIGITS = 4


def rounded(exact: Fraction, *, digits: int, mode: RoundingMode = RoundingMode.HALF_EVEN) -> Fraction:
    """Round once; half goes to the even digit (GB/T 8170) or away from zero, as the mode says."""
    scaled = abs(exact) * 10**digits
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest - scaled.denominator
    up = twice > 0 or (twice == 0 and (mode is RoundingMode.HALF_UP or whole % 2 == 1))
    result = Fraction(whole + up, 10**digits)
    return -result if exact < 0 else result


def compared(exact: Fraction, *, rounding: Rounding) -> Fraction:
    """Return the number that is held against a limit: the exact one, or the rounded one (GB/T 8170)."""
    if rounding.comparison is Comparison.EXACT:
        return exact
    return rounded(exact, digits=rounding.digits, mode=rounding.mode)


def fixed(exact: Fraction, *, digits: int, mode: RoundingMode = RoundingMode.HALF_EVEN) -> str:
    """Return the rounded number with exactly so many digits after the point."""
    number = rounded(exact, digits=digits, mode=mode)
    with localcontext(prec=max(28, len(str(number.numerator)) + digits + 4)):
        return format(Decimal(number.numerator) / Decimal(number.denominator), f".{digits}f")


def shown(exact: Fraction) -> str:
    """Return a number for a sentence: at most four digits after the point, no zeros at the end."""
    text = fixed(exact, digits=SHOWN_DIGITS)
    return text.rstrip("0").rstrip(".")


def printed(exact: Fraction, *, rounding: Rounding, limits: Collection[Fraction], near: Collection[Fraction]) -> str:
    """Return the score as printed: more digits than the plan's where its own would contradict the verdict.

    79.996 is below 80 and is not printed as 80.00; nor do two different scores, ranked apart, print alike.
    """
    digits = rounding.digits
    while not _tells_apart(exact, digits, rounding, limits, near):
        digits += 1
    return fixed(exact, digits=digits, mode=rounding.mode)


def _tells_apart(
    exact: Fraction, digits: int, rounding: Rounding, limits: Collection[Fraction], near: Collection[Fraction]
) -> bool:
    """Whether the print is the number itself, or on the same side of every limit and apart from every other score."""
    print_ = rounded(exact, digits=digits, mode=rounding.mode)
    if print_ == exact:
        return True
    if rounding.comparison is Comparison.EXACT and any(_side(print_, at) != _side(exact, at) for at in limits):
        return False
    return all(rounded(other, digits=digits, mode=rounding.mode) != print_ for other in near if other != exact)


def _side(number: Fraction, limit: Fraction) -> int:
    return (number > limit) - (number < limit)
