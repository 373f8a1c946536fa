"""From every source's estimates to what may be said of each section: R1 to R8 in one call (§5.2, STATISTICS 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from operator import is_

from pingyi.inference import weighing
from pingyi.inference.composite import Composite, Weights, composite
from pingyi.inference.shrinkage import shrunk
from pingyi.inference.standing import (
    against_limit,
    intervals,
    last_test,
    may_be_last,
    rank_intervals,
    ranking_test,
    ranks,
)
from pingyi.inference.sums import dot
from pingyi.rules.estimate import (
    Alone,
    Certainty,
    Estimate,
    FlipMargin,
    LastTest,
    LimitStanding,
    SectionCertainty,
    Standing,
    WeightRange,
    fixed,
)

LEAST = {"survey": 30, "ballots": 15}  # R8, by method: the numbers are policy
ZERO = fixed(0.0)  # most sections share no person with most others


def certainty(
    estimates: Sequence[Estimate],
    *,
    weights: Weights,
    sections: Sequence[str] = (),
    scores: Mapping[str, Fraction] | None = None,
    limits: Sequence[Fraction] = (),
    level: float = 0.95,
    least: Mapping[str, int] | None = None,
    flips: Sequence[FlipMargin] = (),
    nominal: Mapping[str, Fraction] | None = None,
    by_counts: Sequence[Estimate] = (),
    is_coarse: bool = False,
    weight_range: Fraction = weighing.QUARTER,
) -> Certainty:
    """Return everything that may be said of sections that are ranked together (§5.2).

    `weights`: source → weight, or source → section → weight where a source is dropped for some; weights of sources
    that are added (a bonus: method "facts", weight 1) stay out of the box of other weights. `scores`: the official
    exact scores, so that ties, limits and ranks are the verdict's. `nominal`: source → the weight around which weights
    may vary by `weight_range` of it, if not that of the section with the most sources. `least`: method or source →
    least count (R8).
    `by_counts`: the estimates as wide as they are when only the published counts are believed; each finding then says
    whether it holds by these alone. `is_coarse`: covariances are told in steps.
    """
    found = composite(estimates, weights=weights, sections=sections, scores=scores)
    thin = insufficient(estimates, sections=found.sections, least=LEAST if least is None else least)
    last = _last(found, thin, level)
    ranges, share = _weighing(estimates, weighing.nominal(weights) if nominal is None else nominal, found, weight_range)
    plain = _sections(found, last=last, thin=thin, level=level)
    by_limit = [_limits(found, limit, thin, level) for limit in limits]
    if by_counts:
        is_same = len(by_counts) == len(estimates) and all(map(is_, by_counts, estimates))
        wide = found if is_same else composite(by_counts, weights=weights, sections=sections, scores=scores)
        plain = _alone(plain, by_limit, wide, thin=thin, limits=limits, level=level)
    return Certainty(
        level=Decimal(str(level)),
        sections=tuple(
            replace(one, limits=tuple(standings[at] for standings in by_limit), weights=ranges[at] if ranges else None)
            for at, one in enumerate(plain)
        ),
        covariance=tuple(tuple(fixed(cell) if cell else ZERO for cell in row) for row in found.covariance.tolist()),
        last=last,
        ranking=ranking_test(found, level=level, is_coarse=is_coarse),
        dominance=share,
        flips=tuple(flips),
        insufficient=thin,
    )


def _sections(
    found: Composite, *, last: LastTest | None, thin: Sequence[str], level: float
) -> tuple[SectionCertainty, ...]:
    """Put what intervals, ranks and the last place say of each section side by side."""
    notes = shrunk(found)
    rows = zip(
        found.sections,
        intervals(found, level=level),
        ranks(found.scores),
        rank_intervals(found, level=level),
        rank_intervals(found, level=level, together=True),
        may_be_last(found, level=level),
        strict=True,
    )
    return tuple(
        SectionCertainty(
            section=name,
            interval=interval,
            rank=rank,
            ranks=alone,
            ranks_together=together,
            may_be_last=maybe,
            last=_last_standing(name, last, maybe=maybe, thin=thin),
            shrunk=notes[at] if notes else None,
        )
        for at, (name, interval, rank, alone, together, maybe) in enumerate(rows)
    )


def _alone(
    plain: Sequence[SectionCertainty],
    by_limit: Sequence[Sequence[LimitStanding]],
    wide: Composite,
    *,
    thin: Sequence[str],
    limits: Sequence[Fraction],
    level: float,
) -> tuple[SectionCertainty, ...]:
    """Say of each finding whether it is the same when nothing but the published counts is believed (凭计数即成立)."""
    again = _sections(wide, last=_last(wide, thin, level), thin=thin, level=level)
    wide_limits = [_limits(wide, limit, thin, level) for limit in limits]
    return tuple(
        replace(
            one,
            alone=Alone(
                standard_error=other.interval.standard_error,
                df=other.interval.df,
                last=one.last is other.last,
                may_be_last=one.may_be_last == other.may_be_last,
                ranks=one.ranks == other.ranks,
                ranks_together=one.ranks_together == other.ranks_together,
                limits=tuple(
                    mine[at].standing is theirs[at].standing for mine, theirs in zip(by_limit, wide_limits, strict=True)
                ),
            ),
        )
        for at, (one, other) in enumerate(zip(plain, again, strict=True))
    )


def insufficient(
    estimates: Sequence[Estimate], *, sections: Sequence[str], least: Mapping[str, int]
) -> tuple[str, ...]:
    """Return R8: the sections of which every source with a least count has less than that (§5.2).

    `least` names sources or methods. With the usual numbers: fewer than 30 survey ratings and fewer than 15 ballots.
    """
    bounded = [(one, bound) for one in estimates if (bound := least.get(one.source, least.get(one.method))) is not None]
    if not bounded:
        return ()
    return tuple(name for name in sections if all(_count(one, name) < bound for one, bound in bounded))


def _count(one: Estimate, name: str) -> int:
    place = one.place(name)
    return 0 if place is None else one.counts[place]


def _last(found: Composite, thin: Sequence[str], level: float) -> LastTest | None:
    """Test the observed last; one with too little evidence is not confirmed, and confirms nobody else."""
    test = last_test(found, level=level)
    if test is None or test.standing is not Standing.CONFIRMED or not set(thin) & set(test.sections):
        return test
    return replace(test, standing=Standing.INSUFFICIENT)


def _last_standing(name: str, last: LastTest | None, *, maybe: bool, thin: Sequence[str]) -> Standing:
    if name in thin:
        return Standing.INSUFFICIENT
    if last is None:
        return Standing.REFUTED
    if name in last.sections:
        return last.standing
    if last.standing is Standing.CONFIRMED:
        return Standing.REFUTED  # another is confirmed to be the last, at the same level
    return Standing.UNDETERMINED if maybe else Standing.REFUTED


def _limits(found: Composite, limit: Fraction, thin: Sequence[str], level: float) -> list[LimitStanding]:
    return [
        replace(one, standing=Standing.INSUFFICIENT) if name in thin else one
        for name, one in zip(found.sections, against_limit(found, limit=limit, level=level), strict=True)
    ]


def _weighing(
    estimates: Sequence[Estimate], shares: Mapping[str, Fraction], found: Composite, weight_range: Fraction
) -> tuple[tuple[WeightRange, ...], Decimal | None]:
    """Let the weights of sources vary; what is added beside them stays as it is."""
    boxed = [one for one in estimates if one.source in shares and not is_added(one, shares)]
    plain = {one.source: shares[one.source] for one in boxed}
    bare = weighing.marks_of(boxed, weights=plain, sections=found.sections)
    own = [dot(bare.weights, row) for row in bare.marks]
    # Whatever the official score holds beside the weighted marks (bonus, deduction, cap) is added unchanged.
    added = {name: score - mark for name, score, mark in zip(found.sections, found.scores, own, strict=True)}
    whole = weighing.marks_of(boxed, weights=plain, sections=found.sections, added=added)
    share = weighing.dominance(whole)
    ranges = weighing.weight_ranges(whole, share=weight_range)
    return ranges, None if share is None else fixed(share)


def is_added(one: Estimate, shares: Mapping[str, Fraction]) -> bool:
    """Whether a source is added beside the weighted ones: facts with the full weight, such as a bonus."""
    return one.method == "facts" and shares[one.source] == 1 and len(shares) > 1
