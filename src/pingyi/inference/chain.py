"""The whole chain without any database: rows of every source → estimates → what may be said of each section (§5.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from pingyi.inference.ballots import Model
from pingyi.inference.certainty import certainty
from pingyi.inference.composite import composite
from pingyi.inference.marks import cases_estimate, visits_estimate
from pingyi.inference.reliability import Reliability, reliability
from pingyi.inference.rows import Answers, answers, ballots_from, flips_from, survey_from
from pingyi.rules.estimate import Certainty, Estimate, FlipMargin
from pingyi.rules.rating import Rating
from pingyi.rules.refused import Refused

SURVEY, HOTLINE, COVERT, ASSEMBLY = "survey", "hotline", "covert", "assembly"
SOURCES = (SURVEY, HOTLINE, COVERT, ASSEMBLY)


@dataclass(frozen=True, kw_only=True)
class Material:
    """What the sources brought in, each empty where it brought nothing."""

    survey: Sequence[Rating] = ()
    ballots: Sequence[Rating] = ()
    visits: Sequence[tuple[str, float]] = ()
    cases: Sequence[tuple[str, int, int]] = ()  # section, closed, satisfied

    def sections(self) -> tuple[str, ...]:
        """Return every section that any source names, in the order in which they are first named."""
        named = [
            *(one.section for one in self.survey),
            *(section for section, _, _ in self.cases),
            *(section for section, _ in self.visits),
            *(one.section for one in self.ballots),
        ]
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the plan says of the computation."""

    weights: Mapping[str, Fraction]
    limits: Sequence[Fraction] = ()
    level: float = 0.95
    model: Model = Model.COUNTED  # of ballots with recusals
    neighbors: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, float] = field(default_factory=dict)  # indicator → weight within its source


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Everything that came out."""

    estimates: tuple[Estimate, ...]
    nominal: Mapping[str, Fraction]  # source → weight, adding up to 1 over the sources that are there
    weights: Mapping[str, Mapping[str, Fraction]]  # source → section → weight, after what was left out
    certainty: Certainty
    reliability: Reliability | None


def chain(material: Material, *, rules: Rules) -> Chain:
    """Return estimates and standings from the rows of all sources (§5.2).

    Where a source has nothing of a section, the section's other weights are scaled up.
    """
    sections = material.sections()
    survey = answers(material.survey, sections=sections) if material.survey else None
    ballots = answers(material.ballots, sections=sections) if material.ballots else None
    found = [one for one in _estimates(material, rules, survey, ballots) if rules.weights.get(one.source)]
    if not found:
        raise Refused("estimate.no_source")
    weights = shared(found, weights=rules.weights, sections=sections)
    marked = [name for name in sections if any(weights[one.source].get(name) for one in found)]
    plain = composite(found, weights=weights, sections=marked)
    scores = {name: float(score) for name, score in zip(plain.sections, plain.scores, strict=True)}
    flips: list[FlipMargin] = []
    for source, given in ((SURVEY, survey), (ASSEMBLY, ballots)):
        if given is not None and source in weights:
            flips += flips_from(
                source, given, scores=scores, shares={name: float(a) for name, a in weights[source].items()},
                limits=[float(limit) for limit in rules.limits], weights=rules.indicators, is_survey=source == SURVEY,
            )  # fmt: skip
    whole = sum((rules.weights[one.source] for one in found), Fraction(0))
    nominal = {one.source: rules.weights[one.source] / whole for one in found}
    return Chain(
        estimates=tuple(found),
        nominal=nominal,
        weights=weights,
        certainty=certainty(
            found,
            weights=weights,
            sections=marked,
            limits=rules.limits,
            level=rules.level,
            flips=flips,
            nominal=nominal,
        ),
        reliability=None if ballots is None else reliability(ballots.person_marks(rules.indicators)),
    )


def shared(
    estimates: Sequence[Estimate], *, weights: Mapping[str, Fraction], sections: Sequence[str]
) -> dict[str, dict[str, Fraction]]:
    """Return source → section → weight: a source without a mark of a section is dropped for it, the rest scaled up."""
    found: dict[str, dict[str, Fraction]] = {one.source: {} for one in estimates}
    for name in sections:
        there = [one for one in estimates if one.place(name) is not None]
        whole = sum((Fraction(weights[one.source]) for one in there), Fraction(0))
        for one in estimates:
            given = Fraction(weights[one.source]) if one in there else Fraction(0)
            found[one.source][name] = given / whole if whole else Fraction(0)
    return found


def _estimates(material: Material, rules: Rules, survey: Answers | None, ballots: Answers | None) -> list[Estimate]:
    found = []
    if survey is not None:
        found.append(survey_from(SURVEY, survey, weights=rules.indicators, neighbors=rules.neighbors))
    if material.cases:
        found.append(
            cases_estimate(
                HOTLINE,
                cases={section: closed for section, closed, _ in material.cases},
                satisfied={section: satisfied for section, _, satisfied in material.cases},
            )
        )
    if material.visits:
        visits: dict[str, list[float]] = {}
        for section, mark in material.visits:
            visits.setdefault(section, []).append(mark)
        found.append(visits_estimate(COVERT, marks=visits))
    if ballots is not None:
        found.append(ballots_from(ASSEMBLY, ballots, weights=rules.indicators, model=rules.model))
    return found
