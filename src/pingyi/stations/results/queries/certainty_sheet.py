"""How sure one section's score is: where the uncertainty comes from, what other weights would make (§5.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pingyi.rules.assessment import Assessment, ClassAssessment
from pingyi.rules.estimate import FlipMargin
from pingyi.rules.plan import Plan
from pingyi.rules.rounding import fixed, shown
from pingyi.rules.sheet import Reason
from pingyi.stations.results.queries import certainty
from pingyi.stations.results.queries.verdict import Result


@dataclass(frozen=True, kw_only=True, slots=True)
class SurePart:
    """One source's part in how unsure a section's score is."""

    name: str
    mark: str
    error: str
    count: str
    dont_know: str
    df: str
    share: str  # of the score's variance, in per cent
    reading: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SureSheet:
    """Everything that stands on a section's sheet about how sure it is."""

    line: certainty.SureLine
    parts: tuple[SurePart, ...]
    weights_low: str
    weights_high: str
    can_be_last: bool | None
    flips: tuple[str, ...]
    limits: tuple[tuple[str, str, str], ...]  # limit, p, p over all sections


def sheet(assessment: Assessment | None, *, plan: Plan, found: Result) -> SureSheet | None:
    """Return what stands on a section's sheet; None for a section that is not ranked, or of before this was kept."""
    assessed = assessment.class_of(found.section) if assessment else None
    if assessed is None:
        return None
    one = assessed.of(found.section)
    return SureSheet(
        line=certainty.line_of(found, assessed, plan),
        parts=tuple(_parts(found.section, assessed, plan)),
        weights_low=certainty.number(one.weights.low) if one and one.weights else "",
        weights_high=certainty.number(one.weights.high) if one and one.weights else "",
        can_be_last=one.weights.can_be_last if one and one.weights else None,
        flips=tuple(_flips(found.section, assessed, plan)),
        limits=tuple(
            (shown(Fraction(x.limit)), certainty.p_value(x.p), certainty.p_value(x.p_holm)) for x in one.limits
        )
        if one
        else (),
    )


def _parts(section: str, assessed: ClassAssessment, plan: Plan) -> Iterable[SurePart]:
    """Yield the sources in the plan's order, each with its part of the variance."""
    shares = assessed.parts(section) if section in assessed.sections else {}
    names = certainty.source_names(plan)
    for one in assessed.estimates:
        at = one.place(section)
        if at is None:
            continue
        unknown, df = one.dont_know[at], one.df[at]
        yield SurePart(
            name=names.get(one.source, one.source),
            mark=certainty.number(one.values[at]),
            error=fixed(Fraction(one.covariance[at][at].sqrt()), digits=certainty.DIGITS),
            count=str(one.counts[at]),
            dont_know="" if unknown is None else f"{fixed(Fraction(unknown) * 100, digits=1)}%",
            df="∞" if df is None else fixed(Fraction(df), digits=1),
            share=f"{fixed(Fraction(shares[one.source]) * 100, digits=1)}%" if one.source in shares else "—",
            reading=certainty.spoken(Reason(code=f"method.{one.method}")),
        )


def _flips(section: str, assessed: ClassAssessment, plan: Plan) -> Iterable[str]:
    names = certainty.source_names(plan)
    for one in assessed.certainty.flips if assessed.certainty else ():
        if one.section == section:
            yield _flip(one, names)


def _flip(one: FlipMargin, names: dict[str, str]) -> str:
    claim = "last" if one.claim == "last" else "limit"
    facts = {
        "source": names.get(one.source, one.source),
        "records": str(one.records),
        "of": str(one.of),
        "limit": "" if claim == "last" else shown(Fraction(one.claim)),
    }
    return certainty.spoken(
        Reason(code=f"flip.{claim}" if one.records is not None else f"flip.{claim}_never", facts=facts)
    )
