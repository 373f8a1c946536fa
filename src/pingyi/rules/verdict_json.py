"""The verdict as plain JSON values: exact numbers as fractions in text, so that nothing is lost on the way (§5.4)."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from pingyi.rules.rounding import shown
from pingyi.rules.sheet import Line, Placement, Reason, ScoreSheet, TriggerResult, Verdict

FORMAT = "pingyi-verdict/2"

Json = dict[str, object]


def as_json(verdict: Verdict) -> Json:
    """Return the whole verdict as JSON values; canonical bytes are made by `entry.canonical`."""
    return {
        "format": FORMAT,
        "title": verdict.title,
        "year": verdict.year,
        "is_complete": verdict.is_complete,
        "sheets": [sheet_as_json(sheet, people=verdict.people) for sheet in verdict.sheets],
        "placements": [_placement(place) for place in verdict.placements],
        "grades": dict(verdict.grades),
        "triggers": [_trigger(result) for result in verdict.triggers],
    }


def sheet_as_json(sheet: ScoreSheet, *, people: Collection[str]) -> Json:
    """Return one section's sheet as JSON values.

    What persons gave is told by its count: the rows of one person stand together in a table, so that references would
    join again what belongs to nobody (§5.4).
    """
    section = sheet.section
    return {
        "section": section.id,
        "name": section.name,
        "kind": section.kind,
        "section_class": section.section_class,
        "score": _exact(sheet.score),
        "rounded": _exact(sheet.rounded),
        "printed": sheet.printed,
        "vetoes": list(sheet.vetoes),
        "gaps": [{"source": gap.source, "indicator": gap.indicator} for gap in sheet.gaps],
        "lines": [_line(line, is_told=line.source not in people) for line in sheet.lines],
    }


def _line(line: Line, *, is_told: bool) -> Json:
    return {
        "kind": line.kind.value,
        "source": line.source,
        "indicator": line.indicator,
        "criterion": line.criterion,
        "points": _exact(line.points),
        "points_shown": shown(line.points),
        "mark": _exact(line.mark),
        "raw": _exact(line.raw),
        "weight": _exact(line.weight),
        "count": _exact(line.count),
        "dont_know": _exact(line.dont_know),
        "satisfaction_score": _exact(line.satisfaction_score),
        "satisfaction_rate": _exact(line.satisfaction_rate),
        "is_too_few": line.is_too_few,
        "dropped_groups": list(line.dropped_groups),
        "reason": _reason(line.reason),
        "references": list(line.references) if is_told else [],
    }


def _placement(place: Placement) -> Json:
    return {
        "section": place.section,
        "section_class": place.section_class,
        "rank": place.rank,
        "of": place.of,
        "tied_with": list(place.tied_with),
        "is_last": place.is_last,
        "reason": _reason(place.reason),
    }


def _trigger(result: TriggerResult) -> Json:
    return {
        "trigger": result.trigger,
        "section": result.section,
        "fires": result.fires,
        "tests": [
            {"kind": test.kind.value, "holds": test.holds, "reason": _reason(test.reason)} for test in result.tests
        ],
        "quota": _reason(result.quota) if result.quota else None,
    }


def _reason(reason: Reason) -> Json:
    return {"code": reason.code, "facts": dict(reason.facts)}


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else str(number)
