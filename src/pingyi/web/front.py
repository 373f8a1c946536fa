"""The front page: what is happening this year, or what to do first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from pingyi import desk
from pingyi.bureau import queries as bureau
from pingyi.documents import charts
from pingyi.rules.day import day_of
from pingyi.rules.plan.schedule import Phase
from pingyi.stations.plans.queries import round as rounds
from pingyi.stations.plans.queries import year


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseLine:
    """A phase of the year as the front page shows it."""

    phase: Phase
    state: str  # done is what people did; a phase whose days are past is over
    done: int = 0  # duties that everybody has done
    duties: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Front:
    """Everything on the front page; its name is empty before there is a bureau."""

    bureau_name: str
    title: str
    year: int | None
    phases: list[PhaseLine]
    spans: list[charts.Span]
    option: charts.Option | None
    news: list[desk.FrontItem]

    @property
    def now(self) -> PhaseLine | None:
        """The phase that today belongs to."""
        return next((line for line in self.phases if line.state == "now"), None)


def front(*, at: datetime) -> Front:
    """Return the front page as of now."""
    house, current = bureau.bureau(), rounds.current_round()
    today = day_of(at)
    plan = rounds.plan(current) if current else None
    counted = year.progress(current) if current else {}
    phases = [_line(phase, today, *counted.get(phase.id, (0, 0))) for phase in plan.phases] if plan else []
    spans = [_span(line) for line in phases]
    return Front(
        bureau_name=house.name if house else "",
        title=plan.title if plan else "",
        year=plan.year if plan else None,
        phases=phases,
        spans=spans,
        option=charts.year_spans(spans, today=today, today_label=gettext("today")) if spans else None,
        news=desk.front(at=at),
    )


def _line(phase: Phase, today: date, done: int, duties: int) -> PhaseLine:
    return PhaseLine(phase=phase, state=_state(phase, today, is_done=0 < duties == done), done=done, duties=duties)


def _state(phase: Phase, today: date, *, is_done: bool) -> str:
    if today > phase.ends_on:
        return "done" if is_done else "over"
    return "now" if today >= phase.begins_on else "later"


def _span(line: PhaseLine) -> charts.Span:
    words = {
        "done": gettext("done"),
        "over": gettext("over"),
        "now": gettext("under way"),
        "later": gettext("not begun"),
    }
    state = charts.SpanState.DONE if line.state == "done" else charts.SpanState.PHASE
    phase, said = line.phase, words[line.state]
    said += f" · {line.done}/{line.duties}" if line.duties and line.state != "later" else ""
    return charts.Span(name=phase.name, starts_on=phase.begins_on, ends_on=phase.ends_on, state=state, said=said)
