"""The year at a glance: phases, tasks and meetings on one line of days (§4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from pingyi.documents.charts import Span, SpanState
from pingyi.rules.meeting import MeetingStage
from pingyi.rules.plan.schedule import Phase
from pingyi.rules.task import Stage, Standing
from pingyi.stations.plans.models import Meeting, Round, Task
from pingyi.stations.plans.queries.meeting import day, meetings
from pingyi.stations.plans.queries.round import plan as plan_of
from pingyi.stations.plans.queries.task import Seen, see, tasks


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One duty of the plan, whoever carries it: how many of those are done."""

    title: str
    opens_on: date
    due_on: date
    phase: str
    total: int
    done: int
    late: int
    url: str

    @property
    def is_done(self) -> bool:
        """Whether everybody has done it."""
        return self.done == self.total


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A phase of the year with what falls into it."""

    phase: Phase
    duties: tuple[Duty, ...]
    meetings: tuple[Meeting, ...]
    is_past: bool
    is_now: bool

    @property
    def is_complete(self) -> bool:
        """Whether everybody has done everything; the end of the phase alone does not make it so."""
        return self.done == len(self.duties)

    @property
    def done(self) -> int:
        """How many duties of the phase are done by everybody."""
        return sum(duty.is_done for duty in self.duties)


@dataclass(frozen=True, kw_only=True)
class Year:
    """The whole round."""

    round: Round
    stretches: tuple[Stretch, ...]
    besides: tuple[Duty, ...]  # tasks that belong to no phase
    today: date


def year(round: Round, *, on: date) -> Year:  # noqa: A002 - the glossary's word
    """Return the round's phases with their duties and meetings, as they stand on a day."""
    plan = plan_of(round)
    found = _duties([see(task, on=on) for task in tasks(round)])
    called = [row for row in meetings(round) if row.stage != MeetingStage.CANCELLED]
    known = {phase.id for phase in plan.phases}
    stretches = [
        Stretch(
            phase=phase,
            duties=tuple(duty for duty in found if duty.phase == phase.id),
            meetings=tuple(row for row in called if row.phase == phase.id),
            is_past=phase.ends_on < on,
            is_now=phase.begins_on <= on <= phase.ends_on,
        )
        for phase in plan.phases
    ]
    besides = tuple(duty for duty in found if duty.phase not in known)
    return Year(round=round, stretches=tuple(stretches), besides=besides, today=on)


def progress(round: Round) -> dict[str, tuple[int, int]]:  # noqa: A002 - the glossary's word
    """Return for each phase how many of its duties everybody has done, and how many there are, as `Stretch` counts."""
    rows = Task.objects.filter(round=round).exclude(stage=Stage.WAIVED).order_by().values_list("phase", "plan_task")
    found: dict[str, tuple[int, int]] = {}
    for phase, duty, count, accepted in rows.annotate(
        count=Count("pk"), accepted=Count("pk", filter=Q(stage=Stage.ACCEPTED))
    ):
        done, all_ = found.get(phase, (0, 0))
        own = (int(accepted == count), 1) if duty else (accepted, count)  # what was added later stands by itself
        found[phase] = (done + own[0], all_ + own[1])
    return found


def _duties(seen: Sequence[Seen]) -> list[Duty]:
    """Tasks of the same duty are one line; a task that was added stands by itself."""
    grouped: dict[str, list[Seen]] = {}
    for one in seen:
        if one.standing is not Standing.WAIVED:
            grouped.setdefault(one.task.plan_task or one.task.reference, []).append(one)
    return sorted((_duty(found) for found in grouped.values()), key=lambda duty: duty.due_on)


def _duty(found: list[Seen]) -> Duty:
    first = found[0].task
    return Duty(
        title=first.title,
        opens_on=min(one.task.opens_on for one in found),
        due_on=min(one.task.due_on for one in found),
        phase=first.phase,
        total=len(found),
        done=sum(one.standing in {Standing.DONE, Standing.DONE_LATE} for one in found),
        late=sum(one.standing is Standing.LATE for one in found),
        url=first.get_absolute_url() if len(found) == 1 else "",
    )


def spans(shown: Year, *, words: Mapping[str, str]) -> list[Span]:
    """Return the year as stretches for the timeline: each phase, then what falls due in it."""
    found: list[Span] = []
    for one in shown.stretches:
        phase = one.phase
        said = words["past" if one.is_past else "now" if one.is_now else "later"]
        found.append(
            Span(
                name=phase.name,
                starts_on=phase.begins_on,
                ends_on=phase.ends_on,
                state=SpanState.PHASE,
                said=said,
            )
        )
        found += [_duty_span(duty, words=words) for duty in one.duties]
        found += [_meeting_span(row, words=words) for row in one.meetings if day(row) is not None]
    return found


def _duty_span(duty: Duty, *, words: Mapping[str, str]) -> Span:
    state = SpanState.DONE if duty.is_done else SpanState.LATE if duty.late else SpanState.DUE
    said = f"{duty.done}/{duty.total} {words['done']}"
    return Span(name=duty.title, starts_on=duty.opens_on, ends_on=duty.due_on, state=state, said=said)


def _meeting_span(row: Meeting, *, words: Mapping[str, str]) -> Span:
    last = day(row) or date.max
    first = last if row.held_at else row.earliest_on or last
    is_done = row.stage in {MeetingStage.HELD, MeetingStage.MINUTED}
    state = SpanState.DONE if is_done else SpanState.OPEN
    return Span(name=row.title, starts_on=first, ends_on=last, state=state, said=words["meeting"])
