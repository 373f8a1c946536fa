"""What the room looks at before a verdict is computed: evidence of every source, on more than one row (§4.4b)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pingyi.ready import Check, Finding, Foreseen, Occasion
from pingyi.rules.day import day_of
from pingyi.rules.plan.measure import Empty
from pingyi.rules.readiness import Severity, Step
from pingyi.stations.plans import queries as plans
from pingyi.stations.results.queries import evidence, source
from pingyi.stations.results.queries.source import SourceState

SETTLING = frozenset({Step.SETTLE})


def occasions(at: datetime) -> Sequence[Occasion]:
    """Return the settling of the open year, until its verdict is final."""
    found = evidence.open_round()
    if found is None or evidence.is_final(found):
        return []
    plan, url = plans.plan(found), reverse("results:settle")
    return [
        Occasion(
            step=Step.SETTLE, about=found.reference, title=plan.title, year=found.year, plan=plan, url=url, at=at
        )
    ]  # fmt: skip


def _sources(at: Occasion) -> list[SourceState]:
    found = plans.round_of(at.year)
    return at.once("evidence.sources", lambda: source.sources(found, on=day_of(at.at))) if found else []


def _found(rows: Sequence[SourceState]) -> Finding | None:
    names = tuple(one.source.name for one in rows)
    return Finding(mend=reverse("results:evidence"), names=names) if names else None


def _empty(at: Occasion) -> Finding | None:
    return _found([one for one in _sources(at) if one.source.weight and not one.sections])


def _gaps(at: Occasion) -> Finding | None:
    gaps = [one for one in _sources(at) if one.source.weight and one.sections and one.missing]
    facts = {"sections": sum(len(one.missing) for one in gaps)}
    names = tuple(f"{one.source.name}（{'、'.join(one.missing)}）" for one in gaps)
    return Finding(mend=reverse("results:evidence"), facts=facts, names=names) if gaps else None


def _thin(at: Occasion) -> Finding | None:
    return _found([one for one in _sources(at) if one.source.weight and one.alone])


def _two_sides(at: Occasion) -> Finding | None:
    return _found([one for one in _sources(at) if one.meeting is not None and one.meeting.choice is None])


def foreseen(at: Occasion) -> list[Foreseen]:
    """Return what settling now would do: how many sections it would judge, and how many would stay without a score."""
    if at.step is not Step.SETTLE or at.plan is None:
        return []
    states = [one for one in _sources(at) if one.source.weight]
    waiting = {name for one in states if one.source.empty is Empty.REFUSE for name in one.missing}
    return [
        Foreseen(label=_("Sections judged"), value=len(evidence.facts(at.plan))),
        Foreseen(label=_("Without a score, for want of evidence"), value=len(waiting), is_bad=True),
        Foreseen(label=_("Sources with evidence"), value=sum(bool(one.sections) for one in states)),
        Foreseen(label=_("Sources without"), value=sum(not one.sections for one in states), is_bad=True),
    ]


CHECKS = (
    Check(
        id="evidence.two_sides", severity=Severity.STOPS, find=_two_sides, steps=SETTLING, is_acceptable=False,
        title=_("Of two sides of one figure one was chosen"),
        sentence=_("Sources of which a table and this house both tell, and nobody has chosen: %(count)s."),
        remedy=_("Choose which side counts"),
    ),
    Check(
        id="evidence.none", severity=Severity.WARNS, find=_empty, steps=SETTLING,
        title=_("Every source has evidence"),
        sentence=_("Sources without any evidence: %(count)s."),
        remedy=_("Bring in evidence"),
    ),
    Check(
        id="evidence.one_row", severity=Severity.WARNS, find=_thin, steps=SETTLING,
        title=_("No source rests on one answer"),
        sentence=_("Sources in which something rests on a single answer: %(count)s."),
        remedy=_("Bring in evidence"),
    ),
    Check(
        id="evidence.gaps", severity=Severity.NOTES, find=_gaps, steps=SETTLING,
        title=_("Every section has evidence of every source"),
        sentence=_("Sources in which sections have no evidence: %(count)s, %(sections)s gaps together."),
        remedy=_("Look at the evidence"),
    ),
)  # fmt: skip
