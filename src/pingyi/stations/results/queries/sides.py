"""What is asked where tables and this house both tell of one figure: each answer with how much would count (§4.4b)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pingyi.rules.counting import Choice, Counts
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Source
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round
from pingyi.stations.results.queries import evidence as queries
from pingyi.stations.results.queries import source as sources
from pingyi.stations.results.queries.source import Meeting


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One source that both sides tell of, and what can be answered."""

    source: Source
    hint: str
    choices: list[tuple[str, str]]
    start: date | None  # the day that is proposed; None where this house's count cannot be parted
    chosen: Choice | None


def asked_of(coming: Collection[Evidence], round_: Round, *, on: date) -> list[Asked]:
    """Return the sources of a table that this house tells of too, and for which nobody chose."""
    chosen = queries.chosen(round_)
    mine = {row.source for row in coming}
    met = sources.meetings(round_, on=on, choices=chosen, coming=coming)
    return [_asked(one.source, round_, coming, on=on) for name, one in met.items() if name in mine - set(chosen)]


def decided_of(coming: Collection[Evidence], round_: Round, *, on: date) -> list[Meeting]:
    """Return the sources of a table that this house tells of too, by what was chosen before."""
    chosen = queries.chosen(round_)
    met = sources.meetings(round_, on=on, choices=chosen, coming=coming) if chosen else {}
    mine = {row.source for row in coming}
    return [one for name, one in met.items() if name in mine and name in chosen]


def asked(source: Source, round_: Round, *, on: date) -> Asked:
    """Return what is asked of one source, whatever was chosen."""
    return _asked(source, round_, (), on=on)


def _asked(source: Source, round_: Round, coming: Collection[Evidence], *, on: date) -> Asked:
    start = sources.first_day(round_, source)
    answers = [Choice(counts=Counts.TABLE), Choice(counts=Counts.HOUSE)]
    answers += [Choice(counts=Counts.UNTIL, since=start)] if start else []
    choices, names = [], ""
    for answer in answers:
        met = sources.meetings(round_, on=on, choices={source.id: answer}, coming=coming).get(source.id)
        if met is not None:
            choices.append((answer.counts.value, _said(answer, met)))
            names = "、".join(met.indicators)
    hint = _("Tables and this house both tell of: %s") % names
    return Asked(source=source, hint=hint, choices=choices, start=start, chosen=queries.chosen(round_).get(source.id))


def _said(answer: Choice, met: Meeting) -> str:
    facts = {
        "rows": met.tables.counting, "rows_idle": met.tables.idle,
        "own": met.house.counting, "own_idle": met.house.idle,
        "day": answer.since.isoformat() if answer.since else "",
    }  # fmt: skip
    if answer.counts is Counts.TABLE:
        return _("The tables: %(rows)d of their rows count, %(own_idle)d of this house do not") % facts
    if answer.counts is Counts.HOUSE:
        return _("This house: %(own)d of its own count, %(rows_idle)d rows of tables do not") % facts
    return (
        _(
            "Tables until the start, then this house; if it starts on %(day)s: %(rows)d rows of tables and %(own)d of "
            "this house count, %(rows_idle)d rows and %(own_idle)d of this house do not"
        )
        % facts
    )


def source_of(round_: Round, name: str) -> Source | None:
    """Return one source of the plan."""
    return next((one for one in plans.plan(round_).sources if one.id == name), None)
