"""What an upheld objection, or evidence that changed during the preview, leads to: one line of steps (§4.4b)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pingyi.rules.result import Stage
from pingyi.stations.plans.models import Round
from pingyi.stations.results.models import Verdict
from pingyi.stations.results.queries import verdict as queries


class Next(StrEnum):
    """What is to be done next."""

    WITHDRAW = "withdraw"
    SETTLE = "settle"
    PREVIEW = "preview"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mending:
    """Where the way from a verdict that cannot stand to one that can has come to."""

    upheld: int  # objections that were upheld to the verdict that is mended
    next: Next

    @property
    def steps(self) -> list[tuple[str, str]]:
        """Each step with done, now or later; the evidence is mended before it is settled anew."""
        at = list(Next).index(self.next)
        named = [one.value for one in Next]
        states = ["done" if place < at else "now" if place == at else "later" for place in range(len(named))]
        return list(zip(named, states, strict=True))


def mending(round_: Round) -> Mending | None:
    """Return the way of a round's verdict that is being mended; None where nothing is to be mended."""
    newest = queries.history(round_).first()
    if newest is None:
        return None
    upheld = queries.objections_of(newest).upheld
    if newest.stage == Stage.PREVIEW.value:
        is_wrong = upheld or not queries.is_current(newest)
        return Mending(upheld=upheld, next=Next.WITHDRAW) if is_wrong else None
    if newest.stage == Stage.WITHDRAWN.value:
        return Mending(upheld=upheld, next=Next.SETTLE)
    if newest.stage == Stage.COMPUTED.value and queries.is_current(newest):
        before = _mended(newest)
        return Mending(upheld=before, next=Next.PREVIEW) if before else None
    return None


def _mended(verdict: Verdict) -> int:
    """Return how many objections were upheld to the verdict that this one takes the place of."""
    before = Verdict.objects.filter(round_id=verdict.round_id, number=verdict.number - 1).first()
    return queries.objections_of(before).upheld if before else 0
