"""What came out of `pingyi estimate`, for programs: plain numbers, each already rounded to its stated digits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pingyi.inference.chain import Chain
from pingyi.rules.estimate import Certainty, Estimate, FlipMargin, LimitStanding, SectionCertainty


def plain(found: Chain) -> dict[str, Any]:
    """Return the whole result."""
    sure = found.certainty
    return {
        "format": "pingyi-estimate/1",
        "level": _number(sure.level),
        "nominal_weights": {source: float(weight) for source, weight in found.nominal.items()},
        "weights": {source: {name: float(a) for name, a in own.items()} for source, own in found.weights.items()},
        "sections": [_section(found, one) for one in sure.sections],
        "covariance": [[_number(cell) for cell in row] for row in sure.covariance],
        "sources": {
            one.source: {
                "method": one.method,
                "sections": list(one.sections),
                "covariance": [[_number(cell) for cell in row] for row in one.covariance],
            }
            for one in found.estimates
        },
        "last": _last(sure),
        "may_be_last": [one.section for one in sure.sections if one.may_be_last],
        "in_question": list(sure.in_question()),
        "ranking": _ranking(sure),
        "dominance": _number(sure.dominance),
        "insufficient": list(sure.insufficient),
        "flips": [_flip(one) for one in sure.flips],
        "reliability": _reliability(found),
    }


def _section(found: Chain, one: SectionCertainty) -> dict[str, Any]:
    interval, weights = one.interval, one.weights
    return {
        "section": one.section,
        "score": _number(interval.score),
        "se": _number(interval.standard_error),
        "df": _number(interval.df),
        "interval": [_number(interval.low), _number(interval.high)],
        "rank": one.rank,
        "rank_interval": [one.ranks.best, one.ranks.worst],
        "rank_interval_simultaneous": [one.ranks_together.best, one.ranks_together.worst],
        "may_be_last": one.may_be_last,
        "last": one.last.value,
        "limits": [_limit(limit) for limit in one.limits],
        "weights_box25": None if weights is None else {
            "margin_to_be_last": _number(weights.margin),
            "can_be_last": weights.can_be_last,
            "composite_range": [_number(weights.low), _number(weights.high)],
        },
        "shrunk": None if one.shrunk is None else _number(one.shrunk.score),
        "sources": _marks(found, one.section),
    }  # fmt: skip


def _marks(found: Chain, section: str) -> dict[str, Any]:
    """Return what each source says of a section, without those that say nothing."""
    there = [(one, place) for one in found.estimates if (place := one.place(section)) is not None]
    return {one.source: _mark(one, place) for one, place in there}


def _mark(estimate: Estimate, place: int) -> dict[str, Any]:
    return {
        "value": _number(estimate.values[place]),
        "se": float(estimate.covariance[place][place].sqrt()),
        "df": _number(estimate.df[place]),
        "count": estimate.counts[place],
        "dont_know": _number(estimate.dont_know[place]),
    }


def _limit(one: LimitStanding) -> dict[str, Any]:
    return {
        "limit": _number(one.limit),
        "is_below": one.is_below,
        "standing": one.standing.value,
        "p": _number(one.p),
        "p_holm": _number(one.p_holm),
    }


def _last(sure: Certainty) -> dict[str, Any] | None:
    if sure.last is None:
        return None
    one = sure.last
    return {
        "observed": list(one.sections),
        "closest_competitor": one.rival,
        "gap": _number(one.gap),
        "se_gap": _number(one.standard_error),
        "df": _number(one.df),
        "t": _number(one.t),
        "p_two_sided": _number(one.p),
        "standing": one.standing.value,
    }


def _ranking(sure: Certainty) -> dict[str, Any] | None:
    if sure.ranking is None:
        return None
    one = sure.ranking
    statistic = float(one.statistic) if one.statistic.is_finite() else None
    return {
        "statistic": statistic, "df": one.df, "df_within": _number(one.df_within), "p": _number(one.p),
        "is_there": one.is_there,
    }  # fmt: skip


def _flip(one: FlipMargin) -> dict[str, Any]:
    return {
        "source": one.source, "claim": one.claim, "section": one.section, "rival": one.rival or None,
        "records": one.records, "of": one.of,
    }  # fmt: skip


def _reliability(found: Chain) -> dict[str, Any] | None:
    one = found.reliability
    if one is None:
        return None
    return {
        "voters": one.voters, "sections": one.sections, "icc_2_1": one.one, "icc_2_k": one.mean,
        "kendall_w": one.concordance, "is_weak": one.is_weak,
    }  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
