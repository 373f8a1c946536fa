"""Figures for everybody: drawn up once a day by the worker, without lines of few cases (§3.2.2, §5.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from pingyi.rules.case import figures as rules
from pingyi.rules.day import day_of
from pingyi.stations.cases import words
from pingyi.stations.cases import words_figures as said
from pingyi.stations.cases.models import OpenFigures
from pingyi.stations.cases.queries import figures_page
from pingyi.stations.cases.queries.figures import Period
from pingyi.stations.cases.queries.figures_page import Line

TOLD = ("on_time", "solution", "satisfaction")


def draw_up(*, at: datetime) -> dict[str, Any]:
    """Return the year's figures so far as everybody may read them."""
    on = day_of(at)
    page = figures_page.page(Period(since=date(on.year, 1, 1), until=on), at=at)
    if page.total.counted.tally.received < rules.FEWEST:
        return {"total": None, "sections": [], "kinds": [], "channels": []}
    return {
        "total": _told(page.total),
        "sections": _table(page.sections),
        "kinds": _table(page.kinds),
        "channels": _table(page.channels),
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class Open:
    """The figures for everybody, in the reader's language."""

    until: date
    total: dict[str, Any] | None
    tables: tuple[tuple[str, str, list[dict[str, Any]]], ...]  # heading, what a line is, lines
    definitions: tuple[tuple[str, str], ...]


def latest() -> Open | None:
    """Return the figures as they were last drawn up."""
    row = OpenFigures.objects.order_by("-day").first()
    if row is None:
        return None
    names = {"sections": {"None": _("Supervision office")}, "kinds": words.KINDS, "channels": words.CHANNELS}
    heads = {
        "sections": (_("By section"), _("Section")),
        "kinds": (_("By kind"), _("Kind")),
        "channels": (_("By channel"), _("Channel")),
    }
    return Open(
        until=row.day,
        total=_shown(row.said["total"]),
        tables=tuple(
            (*heads[side], [_named(line, names[side]) for line in row.said[side]]) for side in heads if row.said[side]
        ),
        definitions=tuple((str(said.RATES[key]), str(said.DEFINITIONS[key])) for key in TOLD),
    )


def _table(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Withheld lines keep their name and say why they are empty."""
    counts = {line.key: line.counted.tally.received for line in lines}
    hidden = rules.withheld(counts)
    return [
        {"key": line.key, "name": line.name, "told": None if line.key in hidden else _told(line)}
        for line in lines
        if counts[line.key]
    ]


def _named(line: dict[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": str(names.get(line["key"], line["name"])), "told": _shown(line["told"])}


def _shown(told: dict[str, Any] | None) -> dict[str, Any] | None:
    """Name the rates."""
    if told is None:
        return None
    return {**told, "rates": [{**rate, "name": str(said.RATES[rate["key"]])} for rate in told["rates"]]}


def _told(line: Line) -> dict[str, Any]:
    tally = line.counted.tally
    return {
        "received": tally.received,
        "answered": tally.answered,
        "settled": tally.settled,
        "rates": [
            {
                "key": share.rate.definition,
                "percent": share.percent if share.rate.denominator >= rules.FEWEST else "",
                "n": share.rate.denominator if share.rate.denominator >= rules.FEWEST else None,
                "is_small": share.is_small,
            }
            for share in line.shares
            if share.rate.definition in TOLD
        ],
    }
