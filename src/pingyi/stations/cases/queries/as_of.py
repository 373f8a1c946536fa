"""Cases as they stood at the end of a day, read from the record: the same answer whenever it is asked (§5.4)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import Max, QuerySet

from pingyi.bureau.models import Section
from pingyi.record.models import Entry
from pingyi.rules.case import figures as rules
from pingyi.rules.case.custody import Outcome
from pingyi.rules.case.figures import CaseFacts, Tally
from pingyi.rules.case.stages import CaseState, Stage
from pingyi.rules.day import BUREAU_TIME
from pingyi.stations.cases.models import CallBack, Case, Handover, Rating
from pingyi.stations.cases.queries.figures import Counted, Place

T = TypeVar("T")

TOGETHER = 500  # cases that are asked for in one statement
ANSWERED = frozenset({Outcome.ACCEPTED.value, Outcome.DECLINED.value})


@dataclass(frozen=True, kw_only=True, slots=True)
class Stood:
    """One case as its entry of that day says."""

    key: int
    place: Place
    received_on: date
    is_restricted: bool
    state: CaseState


def end_of(day: date) -> datetime:
    """Return the instant at which a day is over."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=BUREAU_TIME)


def stood(rows: QuerySet[Case], *, on: date) -> list[Stood]:
    """Return how cases stood when the day was over; one that nobody had entered by then is left out."""
    sections = {row.subject: row.pk for row in Section.objects.all()}
    keys = dict(rows.order_by("pk").values_list("reference", "pk"))
    return [
        _stood(keys[subject.partition("/")[2]], public, sections)
        for part in _portions([f"case/{reference}" for reference in keys])
        for subject, public in _said(part, on=on)
    ]


def counted(cases: Iterable[Stood], *, on: date) -> dict[Place, Counted]:
    """Count cases by the rules of the figures, with what was offered and said by the end of the day."""
    known = {one.key: one for one in cases}
    found: dict[Place, Tally] = defaultdict(Tally)
    for part in _portions(list(known)):
        levels, solved = _words(part, on=on)
        for key in part:
            one, turn = known[key], (key, known[key].state.reopenings)
            facts = CaseFacts(state=one.state, level=levels.get(turn), is_solved=solved.get(turn))
            found[one.place] += rules.tally([facts], on=on)
        for key, section, tally in _offers(part, on=on):
            found[section, known[key].place[1], known[key].place[2]] += tally
    return {place: Counted(tally=tally) for place, tally in found.items()}


def on_offer(keys: Sequence[int], *, on: date) -> set[int]:
    """Return the cases that stood on offer to a section when the day was over."""
    rows = [row for part in _portions(keys) for row in _handovers(part, on=on)]
    return {row.case_id for row in rows if row.to_section_id is not None and _is_open(row, on=on)}


def _portions(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[start : start + TOGETHER] for start in range(0, len(values), TOGETHER))


def _said(subjects: Sequence[str], *, on: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what each subject's last entry up to a day shows."""
    told = Entry.objects.filter(subject__in=subjects, at__lt=(on + timedelta(days=1)).isoformat())
    last = dict(told.order_by().values_list("subject").annotate(version=Max("version")))
    rows = told.filter(version__in=set(last.values())).values_list("subject", "version", "body")
    return ((subject, json.loads(body)["public"]) for subject, version, body in rows if last[subject] == version)


def _stood(key: int, public: dict[str, Any], sections: dict[str, int]) -> Stood:
    return Stood(
        key=key,
        place=(sections.get(public["section"]), public["kind_id"], public["channel_id"]),
        received_on=date.fromisoformat(public["received_on"]),
        is_restricted=public["is_restricted"],
        state=CaseState(
            stage=Stage(public["stage"]),
            due_on=date.fromisoformat(public["due_on"]),
            answered_on=_day(public["answered_on"]),
            settled_on=_day(public["settled_on"]),
            closed_on=_day(public["closed_on"]),
            has_been_late=public["has_been_late"],
            reopenings=public["reopenings"],
            is_stopped=public["stopped_on"] is not None,
            lawful_on=_day(public.get("lawful_on")),
        ),
    )


def _words(keys: Sequence[int], *, on: date) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], bool]]:
    """Return levels and "is it solved" by case and turn: the citizen's own word before what a call-back heard."""
    heard = CallBack.objects.filter(case__in=keys, stage="reached", asked_on__lte=on)
    levels: dict[tuple[int, int], int] = {}
    solved: dict[tuple[int, int], bool] = {}
    for case, turn, level, is_solved in heard.values_list("case", "turn", "level", "is_solved"):
        levels |= {(case, turn): level} if level is not None else {}
        solved |= {(case, turn): is_solved} if is_solved is not None else {}
    own = Rating.objects.filter(case__in=keys, given_on__lte=on).values_list("case", "turn", "level")
    return levels | {(case, turn): level for case, turn, level in own}, solved


def _offers(keys: Sequence[int], *, on: date) -> Iterator[tuple[int, int | None, Tally]]:
    """Offers count for the section that they were made to: those answered, and those that ran out."""
    for row in _handovers(keys, on=on):
        is_open, end = _is_open(row, on=on), end_of(on)
        is_answered = not is_open and row.outcome in ANSWERED
        ran_out = row.expires_at < (end if is_open else row.ended_at or end)
        if is_answered or ran_out:
            tally = Tally(offers=1, offers_in_time=int(is_answered and not ran_out))
            yield row.case_id, row.to_section_id, tally


def _handovers(keys: Sequence[int], *, on: date) -> QuerySet[Handover]:
    return Handover.objects.filter(case__in=keys, offered_at__lt=end_of(on))


def _is_open(row: Handover, *, on: date) -> bool:
    return row.ended_at is None or row.ended_at >= end_of(on)


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
