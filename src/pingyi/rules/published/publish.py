"""Rows with persons → the four tables that may be seen: what is told of people, and nothing else (§5.4, BUNDLE 1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from pingyi.rules.evidence import Evidence
from pingyi.rules.persons import Person, is_numbered, persons
from pingyi.rules.plan import Plan, Source
from pingyi.rules.plan.measure import Measure, Reading
from pingyi.rules.plan.statistics import reading_of
from pingyi.rules.published.influence import influence, shares
from pingyi.rules.published.pairs import pairs
from pingyi.rules.published.strata import drawn, joined
from pingyi.rules.published.tables import (
    LEAST_SHEETS,
    NOT_ASKED,
    PairSteps,
    Published,
    SampleLine,
    SheetLine,
    plain,
)
from pingyi.rules.sheet import ScoreSheet

UNTOLD: Any = {"unit": "", "stratum": "", "frame": 0, "cluster": "", "operator": "", "mode": ""}
Lines = Mapping[tuple[str, str], SampleLine]


def published(plan: Plan, *, sheets: Sequence[ScoreSheet], evidence: Iterable[Evidence]) -> Published:
    """Return what may be seen of the evidence, computed once and used by settling, judging and checking alike."""
    by_source: dict[str, list[Evidence]] = defaultdict(list)
    for row in evidence:
        by_source[row.source].append(row)
    people = {one.id: one for one in plan.sources if reading_of(one) is Reading.PEOPLE}
    parts = [
        _people(plan, people[name], sheets=sheets, rows=rows) if name in people else _others(rows)
        for name, rows in sorted(by_source.items())
    ]
    return Published(
        evidence=tuple(row for part in parts for row in part.evidence),
        sheets=tuple(row for part in parts for row in part.sheets),
        sample=tuple(row for part in parts for row in part.sample),
        pairs=tuple(row for part in parts for row in part.pairs),
    )


def _others(rows: Sequence[Evidence]) -> Published:
    """Tell of what is no person's answer row by row; where rows belong together, as counts."""
    single = [replace(_plain(row), **UNTOLD) for row in rows if not row.unit]
    days = sorted({row.happened_on for row in rows if row.unit})
    tied = [one for day in days for one in _counted((r for r in rows if r.unit and r.happened_on == day), on=day)]
    return Published(evidence=(*single, *tied), sheets=(), sample=(), pairs=())


def _people(plan: Plan, source: Source, *, sheets: Sequence[ScoreSheet], rows: Sequence[Evidence]) -> Published:
    last = max(row.happened_on for row in rows)  # one day for all: who answered alone on a day would be seen
    if not is_numbered(rows):
        told = tuple(_counted(rows, on=last))
        return Published(evidence=told, sheets=(), sample=tuple(_frames(source.id, rows)), pairs=())
    found = persons(rows)
    lines = joined(source.id, drawn(found))
    told = tuple(_counted(rows, on=last, lines=lines))
    moving = influence(plan, source=source, evidence=told, shares=shares(sheets, source=source.id))
    return Published(
        evidence=told,
        sheets=tuple(_sheets(plan, source, found, lines)),
        sample=tuple(sorted(set(lines.values()), key=lambda one: (one.group, one.stratum))),
        pairs=_pairs(plan, source, sheets, found, lines, moving),
    )


def _pairs(
    plan: Plan, source: Source, sheets: Sequence[ScoreSheet], found: Sequence[Person], lines: Lines, moving: Any
) -> tuple[PairSteps, ...]:
    ranked = {one.id for one in plan.subject.classes if one.is_ranked}
    classes = {
        sheet.section.id: sheet.section.section_class
        for sheet in sheets
        if sheet.score is not None and sheet.section.section_class in ranked
    }
    return tuple(pairs(source.id, people=found, lines=lines, moving=moving, classes=classes))


def _frames(source: str, rows: Sequence[Evidence]) -> Iterator[SampleLine]:
    """Tell how many there are in all where answers carry no person's number: of each group, its strata together."""
    frames: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        frames[row.group][row.stratum] = max(frames[row.group][row.stratum], row.frame)
    for group, strata in sorted(frames.items()):
        whole = sum(strata.values()) if all(strata.values()) else 0
        yield SampleLine(source=source, group=group, stratum="", frame=whole)


def _counted(rows: Iterable[Evidence], *, on: date, lines: Lines | None = None) -> list[Evidence]:
    """Count equal answers: of one day, without a reference, in their published strata."""
    counts: Counter[tuple[str, str, str, Decimal | str, Decimal, str, str]] = Counter()
    for row in rows:
        stratum = lines[row.group, row.stratum].stratum if lines else ""
        counts[row.section, row.indicator, row.source, row.value, row.weight, row.group, stratum] += row.times
    return [
        _plain(
            Evidence(
                section=section, indicator=indicator, source=source, happened_on=on, value=value, times=times,
                weight=weight, group=group, stratum=stratum,
            )
        )
        for (section, indicator, source, value, weight, group, stratum), times in counts.items()
        if times
    ]  # fmt: skip


def _plain(row: Evidence) -> Evidence:
    value = Decimal(plain(row.value)) if isinstance(row.value, Decimal) else row.value
    return replace(row, value=value, weight=Decimal(plain(row.weight)))


def _sheets(plan: Plan, source: Source, found: Sequence[Person], lines: Lines) -> Iterator[SheetLine]:
    """Yield the sheets about each section; fewer than ten of a stratum go out as single answers alone."""
    asked = [one.id for one in plan.indicators if one.source == source.id and one.measure is not Measure.DEMERITS]
    is_clustered = any(one.cluster for one in found)
    if len(asked) < 2 and not is_clustered:
        return  # the counts tell all there is
    laid: dict[tuple[str, SampleLine], list[tuple[tuple[str, str], SheetLine]]] = defaultdict(list)
    for one in found:
        line = lines[one.group, one.stratum]
        for section, answers in _answers(one, asked).items():
            sheet = SheetLine(
                source=source.id, stratum=line.stratum, group=one.group, section=section, answers=answers, times=1,
                weight=Decimal(plain(one.rows[0].weight)),
            )  # fmt: skip
            laid[section, line].append(((one.stratum, one.cluster), sheet))
    for _, mine in sorted(laid.items(), key=lambda item: (item[0][0], item[0][1].group, item[0][1].stratum)):
        if len(mine) >= LEAST_SHEETS:
            yield from _gathered(mine, is_clustered=is_clustered)


def _answers(one: Person, asked: Sequence[str]) -> dict[str, tuple[str, ...]]:
    given: dict[str, dict[str, str]] = defaultdict(dict)
    for row in one.rows:
        if row.indicator in asked:
            given[row.section][row.indicator] = plain(row.value)
    return {section: tuple(said.get(name, NOT_ASKED) for name in asked) for section, said in given.items()}


def _gathered(mine: Sequence[tuple[tuple[str, str], SheetLine]], *, is_clustered: bool) -> Iterator[SheetLine]:
    """Count equal sheets; clusters are numbered by what stands in them, so that no number follows one elsewhere."""
    clusters: dict[object, list[SheetLine]] = defaultdict(list)
    for place, (cluster, sheet) in enumerate(mine):
        clusters[cluster if cluster[1] else place if is_clustered else ""].append(sheet)
    contents = sorted(
        (sorted(rows, key=_content) for rows in clusters.values()), key=lambda rows: [*map(_content, rows)]
    )
    for number, rows in enumerate(contents, 1):
        named = (replace(row, cluster=str(number)) if is_clustered else row for row in rows)
        for sheet, times in Counter(named).items():
            yield replace(sheet, times=times)


def _content(row: SheetLine) -> tuple[object, ...]:
    return (row.answers, row.weight)
