"""A year ready for its verdict: the cast's bureau, the demo plan's round, evidence of every source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from pingyi.bureau.tests.acceptances import accept_warnings
from pingyi.bureau.tests.cast import Cast
from pingyi.bureau.tests.remembered import remembered
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Indicator, Plan
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.models import Round
from pingyi.stations.results.actions import evidence as bringing
from pingyi.stations.results.actions import source as choosing
from pingyi.stations.results.actions import verdict as settling
from pingyi.stations.results.models import EvidenceBatch, SourceChoice, Verdict

PLAN_FILE = Path(__file__).resolve().parents[5] / "plans" / "demo-2026.yaml"
SPRING = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
SETTLED = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # a Monday
PREVIEW = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)  # five working days: up to the 24th
AFTER = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
DAY = date(2026, 9, 1)
# How well each section did, in per cent of satisfied answers and of marks; the brigade is last and below 80.
LEVELS = {"office": 95, "pollution": 92, "monitoring": 88, "brigade": 55, "information": 90}


def open_year(cast: Cast) -> Round:
    """Open the demo plan's round."""
    text = PLAN_FILE.read_text(encoding="utf-8")
    return remembered(
        "the demo plan's round", play=lambda: rounds.open_round("demo", text=text, by=cast.actor("zhou"), at=SPRING)
    )


def evidence(plan: Plan, levels: dict[str, int] | None = None) -> list[Evidence]:
    """Return evidence for every indicator of every section, by its level."""
    found = (levels or LEVELS).items()
    return [
        row for name, level in found for indicator in plan.indicators for row in _rows(plan, indicator, name, level)
    ]


def bring(
    cast: Cast, *, levels: dict[str, int] | None = None, sha256: str = "a" * 64, at: datetime = SETTLED
) -> EvidenceBatch:
    """Import evidence of every source; of the duties, which this house counts too, the table's rows count."""
    round_ = plans.current_round()
    assert round_ is not None
    rows = evidence(plans.plan(round_), levels)
    tables_count(cast, at=at)
    return bringing.import_rows(rows, file_name="汇总.xlsx", sha256=sha256, by=cast.actor("zhou"), at=at)


def tables_count(cast: Cast, *, at: datetime = SETTLED) -> None:
    """Choose the tables where this house counts duties too."""
    if not SourceChoice.objects.filter(source="rectification").exists():
        choosing.choose("rectification", counts="table", by=cast.actor("zhou"), at=at)


def settled(cast: Cast, *, levels: dict[str, int] | None = None) -> Verdict:
    """Bring a year to its computed verdict."""
    if plans.current_round() is None:
        open_year(cast)
    return remembered(f"settled {levels}", play=lambda: _settle(cast, levels))


def previewed(cast: Cast) -> Verdict:
    """Bring a year to its preview."""
    return settling.open_preview(settled(cast).number, by=cast.actor("zhou"), at=PREVIEW)


def previewed_with_tables(cast: Cast) -> Verdict:
    """Bring a year whose cases were handled here too to its preview, with the tables alone counting."""
    bring(cast)
    choosing.choose("cases", counts="table", by=cast.actor("zhou"), at=SETTLED)
    row = settle(cast, at=SETTLED)
    return settling.open_preview(row.number, by=cast.actor("zhou"), at=PREVIEW)


def confirmed(cast: Cast) -> Verdict:
    """Bring a year to its final verdict."""
    return settling.confirm(previewed(cast).number, by=cast.actor("li"), at=AFTER)


def _settle(cast: Cast, levels: dict[str, int] | None) -> Verdict:
    bring(cast, levels=levels)
    return settle(cast, at=SETTLED)


def settle(cast: Cast, *, at: datetime, reason: str = "") -> Verdict:
    """Compute the verdict once what warns before it was accepted."""
    accept_warnings("settle", "2026", by=cast.actor("zhou"), at=at)
    return settling.settle(reason=reason, by=cast.actor("zhou"), at=at)


def _rows(plan: Plan, indicator: Indicator, section: str, level: int) -> Iterator[Evidence]:
    plain = {"section": section, "indicator": indicator.id, "source": indicator.source, "happened_on": DAY}
    if indicator.measure.value == "demerits":
        yield Evidence(**plain, value=Decimal(100 - level))
    elif indicator.measure.value == "mean":
        yield from (Evidence(**plain, value=Decimal(level) * indicator.maximum / 100) for _ in range(5))
    else:
        options = next(scale.options for scale in plan.scales if scale.id == indicator.scale)
        groups = (
            [group.id for group in plan.assembly.groups] if plan.assembly and indicator.source == "assembly" else [""]
        )
        for group in groups:
            for option, many in zip((options[0], options[-2]), (level, 100 - level), strict=True):
                yield Evidence(**plain, value=option.id, times=many, group=group)
