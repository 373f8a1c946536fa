"""How few persons hold a finding: at least so many would have to go before it turned, from what is published (§5.2).

Whoever reads the tables counts the same. Of a limit it is the fewest there are where sheets are told. Of the last place
whole rows would be needed to know the fewest; they do not leave the house. So the lowest marks of the last and the
highest of its rival go together, as if the same persons had given them: no fewer could do it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial

from pingyi.inference.crowd import Crowd, crowd_of, parts_of
from pingyi.inference.told import Told, told_of
from pingyi.rules.assessment import ClassAssessment
from pingyi.rules.estimate import FlipMargin
from pingyi.rules.plan import Plan, Source
from pingyi.rules.plan.measure import Reading
from pingyi.rules.plan.statistics import reading_of
from pingyi.rules.published import Published
from pingyi.rules.published.influence import shares
from pingyi.rules.rounding import shown
from pingyi.rules.sheet import ScoreSheet


@dataclass(frozen=True, kw_only=True)
class _Held:
    """A section's score, what the source weighs in it, and who marked it: for a score that rises, and that falls."""

    section: str
    score: Fraction
    share: Fraction
    rising: Crowd
    falling: Crowd

    def after(self, gone: int, *, up: bool) -> Fraction:
        """Return the highest score (or the lowest) that so many persons less can leave."""
        crowd = self.rising if up else self.falling
        if not crowd.size or not self.share:
            return self.score
        return self.score + self.share * (crowd.furthest(gone, up=up) - crowd.mean())


def flips(
    plan: Plan, *, held: ClassAssessment, sheets: Sequence[ScoreSheet], told: Published, limits: Sequence[Fraction]
) -> tuple[FlipMargin, ...]:
    """Return for each source of people and each finding how many persons must go at least to turn it (§5.2)."""
    scores = {sheet.section.id: sheet.score or Fraction(0) for sheet in sheets}
    weights = {one.source: row for one, row in zip(held.estimates, held.weights, strict=True)}
    found: list[FlipMargin] = []
    for source in plan.sources:
        if source.id in weights and reading_of(source) is Reading.PEOPLE:
            known = told_of(plan, source=source, shares=shares(sheets, source=source.id), published=told)
            if known.moving.heaps:
                given = dict(zip(held.sections, weights[source.id], strict=True))
                found += _of_source(source, known, given, scores, limits)
    return tuple(found)


def _of_source(
    source: Source,
    told: Told,
    weights: Mapping[str, Fraction],
    scores: Mapping[str, Fraction],
    limits: Sequence[Fraction],
) -> Iterator[FlipMargin]:
    parts = parts_of(told)
    held = [
        _Held(
            section=name,
            score=scores[name],
            share=weights[name],
            rising=crowd_of(told, name, up=True, parts=parts),
            falling=crowd_of(told, name, up=False, parts=parts),
        )
        for name in weights
    ]
    if len(held) > 1:
        yield _last(source.id, held, told)
    for limit in limits:
        yield from (_limit(source.id, one, limit) for one in held)


def _limit(source: str, held: _Held, limit: Fraction) -> FlipMargin:
    is_below, records = held.score < limit, None
    crowd = held.rising if is_below else held.falling
    if crowd.size and held.share:
        records = crowd.fewest(crowd.mean() + (limit - held.score) / held.share, up=is_below)
    return FlipMargin(source=source, claim=shown(limit), section=held.section, rival="", records=records, of=crowd.size)


def _last(source: str, held: Sequence[_Held], told: Told) -> FlipMargin:
    """Take the rival that needs fewest; of those that need as few the first by name."""
    lowest = min(held, key=lambda one: one.score)
    most = max(one.rising.size for one in held)
    rises = cache(partial(lowest.after, up=True))
    fewest, rival = most, ""
    for one in sorted((one for one in held if one is not lowest), key=lambda one: one.section):
        needed = bisect_left(range(fewest), 1, key=partial(_is_below, one, lowest, rises))
        if needed < fewest:
            fewest, rival = needed, one.section
    persons = sum(line.persons or 0 for line in told.lines.values())
    return FlipMargin(
        source=source,
        claim="last",
        section=lowest.section,
        rival=rival,
        records=fewest if rival else None,
        of=persons or most,
    )


def _is_below(one: _Held, lowest: _Held, rises: Callable[[int], Fraction], gone: int) -> bool:
    """Whether a rival can be under the lowest when so many go; one that ties with it is, without anybody's going."""
    return one.score <= lowest.score or one.after(gone, up=False) < rises(gone)
