"""Intervals of shares such as 满意率: never outside 0 to 1, never ± 0 at 0 or 100 per cent (§5.2, STATISTICS 2.1).

Wilson's interval, for simple random samples, is `funnel.wilson`.
"""

from __future__ import annotations

import math

from pingyi.inference.sums import t_quantile

Limits = tuple[float, float]


def clopper_pearson(events: float, cases: float, *, level: float = 0.95) -> Limits:
    """Return the exact binomial interval, from quantiles of the beta distribution; counts need not be whole (§5.2)."""
    from scipy import special

    tail = (1 - level) / 2
    low = 0.0 if events <= 0 else float(special.betaincinv(events, cases - events + 1, tail))
    high = 1.0 if events >= cases else float(special.betaincinv(events + 1, cases - events, 1 - tail))
    return low, high


def korn_graubard(share: float, error: float, *, cases: int, df: float, level: float = 0.95) -> Limits:
    """Return Clopper and Pearson's interval at the effective size n* = p(1 − p)/se² · (t_{n−1}/t_{df})² (§5.2).

    For shares under a complex design (Korn, Graubard 1998; R's `svyciprop`, "beta"); `cases` answered, `df` is the
    design's. A share of 0 or 1, whose error is 0, is taken at `cases`.
    """
    if share <= 0 or share >= 1 or error <= 0:
        size = float(cases)
    else:
        quantiles = [t_quantile((1 - level) / 2, one) for one in (cases - 1, df)]
        size = share * (1 - share) / error**2 * (quantiles[0] / quantiles[1]) ** 2
    return clopper_pearson(size * share, size, level=level)


def logit_interval(share: float, error: float, *, df: float, level: float = 0.95) -> Limits:
    """Return the interval of logit(p) with se/(p(1 − p)), turned back (§5.2; R's `svyciprop`, "logit")."""
    middle, half = math.log(share / (1 - share)), t_quantile((1 + level) / 2, df) * error / (share * (1 - share))
    return 1 / (1 + math.exp(half - middle)), 1 / (1 + math.exp(-half - middle))


def hypergeometric(events: int, cases: int, *, population: int, level: float = 0.95) -> Limits:
    """Return the share's exact interval in a small finite group, `cases` of `population` drawn (§5.2).

    The numbers M of the group for which neither tail of the hypergeometric distribution is under (1 − level)/2.
    """
    tail, ways = (1 - level) / 2, math.comb(population, cases)

    def at_most(count: int, many: int) -> float:
        hits = sum(
            math.comb(many, one) * math.comb(population - many, cases - one)
            for one in range(max(0, cases - population + many), min(count, many, cases) + 1)
        )
        return hits / ways

    possible = range(events, population - (cases - events) + 1)
    low = next(many for many in possible if 1 - at_most(events - 1, many) > tail)
    high = next(many for many in reversed(possible) if at_most(events, many) > tail)
    return low / population, high / population
