"""Answers and ballots row by row → arrays, and from these a source's estimate and its flip margins (§5.2)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pingyi.inference.ballots import Model, ballots_estimate
from pingyi.inference.design import Design, design
from pingyi.inference.flip import flip_margins
from pingyi.inference.sums import Bools, Floats
from pingyi.inference.survey import survey_estimate
from pingyi.rules.estimate import Estimate, FlipMargin
from pingyi.rules.rating import Rating


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Answers of n people about p sections under q indicators, people in the order of their names."""

    people: tuple[str, ...]
    sections: tuple[str, ...]
    indicators: tuple[str, ...]
    marks: tuple[Floats, ...]  # q arrays n × p, nan: no mark
    dont_know: Bools  # n × p
    first: tuple[Rating, ...]  # of each person, for the design

    def weighed(self, weights: Mapping[str, float]) -> list[float]:
        """Return each indicator's weight within the source; equal ones where none is named."""
        given = [weights.get(name, 0.0) for name in self.indicators]
        whole = math.fsum(given)
        return [one / whole for one in given] if whole else [1 / len(given)] * len(given)

    def person_marks(self, weights: Mapping[str, float]) -> Floats:
        """Return one mark for each person and section, the weighted mean of the indicators that were answered."""
        shares = np.array(self.weighed(weights))[:, None, None]
        stack = np.stack(self.marks)
        rated = ~np.isnan(stack)
        whole = (rated * shares).sum(axis=0)
        sums = (np.where(rated, stack, 0.0) * shares).sum(axis=0)
        found: Floats = np.divide(sums, whole, out=np.full(whole.shape, math.nan), where=whole > 0)
        return found


def answers(ratings: Sequence[Rating], *, sections: Sequence[str] = ()) -> Answers:
    """Return ratings as arrays; everybody who is named has a row, also who rated nothing (§5.2)."""
    people = {name: at for at, name in enumerate(sorted({one.person for one in ratings}))}
    names = tuple(sections) or tuple(dict.fromkeys(one.section for one in ratings))
    places = {name: at for at, name in enumerate(names)}
    indicators = {name: at for at, name in enumerate(sorted({one.indicator for one in ratings}))}
    first: dict[str, Rating] = {one.person: one for one in reversed(ratings)}
    told = [one for one in ratings if one.section in places]
    cells = np.array([(indicators[one.indicator], people[one.person], places[one.section]) for one in told], dtype=int)
    which, who, where = cells.reshape(-1, 3).T
    given = np.array([math.nan if one.mark is None else one.mark for one in told], dtype=float)
    unknown = np.array([one.is_dont_know for one in told], dtype=bool)
    marks = np.full((len(indicators), len(people), len(names)), math.nan)
    is_marked = ~np.isnan(given)
    marks[which[is_marked], who[is_marked], where[is_marked]] = given[is_marked]  # of two of a cell the last one stands
    dont_know = np.zeros((len(people), len(names)), dtype=bool)
    dont_know[who[unknown], where[unknown]] = True
    return Answers(
        people=tuple(people),
        sections=names,
        indicators=tuple(indicators),
        marks=tuple(marks),
        dont_know=dont_know,
        first=tuple(first[name] for name in people),
    )


def design_of(given: Answers, *, neighbors: Mapping[str, str] | None = None) -> Design:
    """Return the design that the people's rows tell: strata, clusters, populations, weights (§5.2)."""
    weights = [one.weight for one in given.first]
    sizes = [one.population for one in given.first]
    has_sizes = all(size is not None for size in sizes)
    clusters = [one.cluster for one in given.first]
    return design(
        weights=[float(w) for w in weights if w is not None] if None not in weights else _alone(has_sizes, len(sizes)),
        strata=[one.stratum for one in given.first],
        clusters=clusters if any(clusters) else None,
        population=[float(size) for size in sizes if size is not None] if has_sizes else None,
        neighbors=neighbors,
    )


def survey_from(
    source: str,
    given: Answers,
    *,
    weights: Mapping[str, float] | None = None,
    neighbors: Mapping[str, str] | None = None,
) -> Estimate:
    """Return a survey's estimate from its answers; `weights` of indicators within the source (§5.2)."""
    return survey_estimate(
        source,
        design=design_of(given, neighbors=neighbors),
        sections=given.sections,
        marks=given.marks,
        weights=given.weighed(weights or {}),
        dont_know=given.dont_know.astype(float),
    )


def ballots_from(
    source: str, given: Answers, *, weights: Mapping[str, float] | None = None, model: Model = Model.COUNTED
) -> Estimate:
    """Return the assembly's estimate from its ballots (§5.2)."""
    return ballots_estimate(
        source,
        sections=given.sections,
        marks=given.marks,
        weights=given.weighed(weights or {}),
        dont_know=given.dont_know.astype(float) if given.dont_know.any() else None,
        model=model,
    )


def flips_from(
    source: str,
    given: Answers,
    *,
    scores: Mapping[str, float],
    shares: Mapping[str, float],
    limits: Sequence[float] = (),
    weights: Mapping[str, float] | None = None,
    is_survey: bool = True,
) -> tuple[FlipMargin, ...]:
    """Return how few people's rows hold the last place and the limits; `shares`: the source's weight by section (§5.2).

    Sections without a score stay out; with several indicators a person's weighted mean stands for the answers.
    """
    kept = [at for at, name in enumerate(given.sections) if name in scores]
    names = [given.sections[at] for at in kept]
    return flip_margins(
        source,
        sections=names,
        marks=given.person_marks(weights or {})[:, kept],
        weights=design_of(given).weights if is_survey else None,
        share=np.array([shares.get(name, 0.0) for name in names]),
        scores=[scores[name] for name in names],
        limits=limits,
    )


def _alone(has_sizes: bool, count: int) -> list[float] | None:  # noqa: FBT001 - one private caller
    """Return weights of 1 where neither weights nor populations are known."""
    return None if has_sizes else [1.0] * count
