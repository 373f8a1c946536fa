"""The flip margin: the fewest records whose removal changes the last place, or crosses a limit (§5.2, STATISTICS 6).

Published always: where as many records are flagged, the finding is suspended.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pingyi.inference.sums import Bools, Floats, Ints
from pingyi.rules.estimate import FlipMargin

EQUAL = 1e-9  # scores closer than this are equal: means of floats are not exact


def flip_margins(
    source: str,
    *,
    sections: Sequence[str],
    marks: Floats,
    weights: Floats | None = None,
    share: float | Floats = 1.0,
    scores: Sequence[float],
    limits: Sequence[float] = (),
) -> tuple[FlipMargin, ...]:
    """Return the flip margins of the last place, and of each limit for the section nearest above or below it (§5.2).

    One source's records: n × p marks (nan: did not rate) with n weights; `share` is the source's weight in the
    composite (one for all, or one for each section), `scores` the p composite scores. A record is a person's whole
    row: a ballot, or a respondent's answers. Records are taken away in the order of their influence, and the composite
    is computed anew each time: exact where everybody rated with equal weights, else at most so many are needed.
    """
    given = _Records(marks, np.ones(len(marks)) if weights is None else weights, share, np.asarray(scores, dtype=float))
    lowest = int(np.argmin(given.scores))
    found = [_last(source, sections, given, lowest)] if len(sections) > 1 else []
    found += [_limit(source, sections, given, at, limit) for limit in limits for at in range(len(sections))]
    return tuple(found)


class _Records:
    """The records of one source, and what the composite becomes without some of them."""

    def __init__(self, marks: Floats, weights: Floats, share: float | Floats, scores: Floats) -> None:
        self.scores = scores
        self.share = np.broadcast_to(np.asarray(share, dtype=float), scores.shape)
        self.rated = ~np.isnan(marks)
        self.marks, self.weights = np.where(self.rated, marks, 0.0), weights
        self.sums = (weights[:, None] * self.marks).sum(axis=0)
        self.whole = (weights[:, None] * self.rated).sum(axis=0)
        self.means = np.divide(self.sums, self.whole, out=np.zeros(len(scores)), where=self.whole > 0)

    def influence(self, at: int) -> Floats:
        """Return what each record adds to one section's score, to first order."""
        if self.whole[at] <= 0:
            return np.zeros(len(self.weights))
        pull = self.weights * self.rated[:, at] * (self.marks[:, at] - self.means[at])
        found: Floats = self.share[at] * pull / self.whole[at]
        return found

    def without(self, order: Ints, at: int) -> Floats:
        """Return one section's score after the first 1, 2, … records of an order are gone; nan where nobody is left."""
        weights, rated = self.weights[order], self.rated[order, at]
        sums = self.sums[at] - np.cumsum(weights * self.marks[order, at])
        whole = self.whole[at] - np.cumsum(weights * rated)
        left = int(rated.sum()) - np.cumsum(rated)
        means = np.divide(sums, whole, out=np.full(len(order), math.nan), where=left > 0)
        found: Floats = self.scores[at] + self.share[at] * (means - self.means[at])
        return found


def _last(source: str, sections: Sequence[str], given: _Records, lowest: int) -> FlipMargin:
    """Take the records away that hold the last down most against each rival; the rival that needs fewest counts."""
    best: tuple[int, str] | None = None
    for k in range(len(sections)):
        if k == lowest:
            continue
        order = _order(given.influence(k) - given.influence(lowest))
        gaps = given.without(order, k) - given.without(order, lowest)
        if given.scores[k] <= given.scores[lowest]:
            best = min(best or (0, sections[k]), (0, sections[k]))
        hits = np.flatnonzero(gaps < -EQUAL)
        if len(hits) and (best is None or (int(hits[0]) + 1, sections[k]) < best):
            best = (int(hits[0]) + 1, sections[k])
    return FlipMargin(
        source=source,
        claim="last",
        section=sections[lowest],
        rival=best[1] if best else "",
        records=best[0] if best else None,
        of=len(given.weights),
    )


def _limit(source: str, sections: Sequence[str], given: _Records, at: int, limit: float) -> FlipMargin:
    is_below = bool(given.scores[at] < limit)
    influence = given.influence(at)
    scores = given.without(_order(-influence if is_below else influence), at)
    crossed: Bools = scores >= limit - EQUAL if is_below else scores < limit - EQUAL
    hits = np.flatnonzero(crossed)
    return FlipMargin(
        source=source,
        claim=f"{limit:g}",
        section=sections[at],
        rival="",
        records=int(hits[0]) + 1 if len(hits) else None,
        of=int(given.rated[:, at].sum()),
    )


def _order(influence: Floats) -> Ints:
    """Return the records by influence, the greatest first; of equals the first."""
    return np.argsort(-influence, kind="stable")
