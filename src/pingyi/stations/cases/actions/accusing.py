"""What the worker does about cases in danger every hour: remind, write, raise breaches, each thing once (§3.2.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db.models import F, QuerySet

from pingyi.record.acts import act
from pingyi.rules.case.oversight import BreachKind
from pingyi.rules.case.stages import Stage
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import breach, supervising
from pingyi.stations.cases.actions.breach import MACHINE, People
from pingyi.stations.cases.actions.supervising import TOGETHER, check_gone, portions
from pingyi.stations.cases.models import Breach, CallBack, Case
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries.listing import OPEN, past


def supervise(*, at: datetime) -> None:
    """Remind, urge, criticize and raise breaches: what the worker does every hour; nothing is done twice."""
    supervising.remind(at=at)
    supervising.write_letters(at=at)
    accuse(at=at)


def accuse(*, at: datetime) -> int:
    """Raise every breach that has come about and was not raised before."""
    people = People()
    raised = [row for kind in FOUND for row in _raise(kind, people, at=at)]
    breach.tell_all(raised, at=at)
    return len(raised)


def _raise(kind: BreachKind, people: People, *, at: datetime) -> list[Breach]:
    known = set(Breach.objects.filter(kind=kind.value).values_list("case_id", "kind", "once"))
    found = FOUND[kind](at).defer("text", "answer", "result").order_by("pk").iterator(chunk_size=TOGETHER)
    fresh = [case.pk for case in found if breach.charge(case, kind).key not in known]
    return [row for keys in portions(fresh) for row in _write(kind, keys, people, at=at)]


def _write(kind: BreachKind, keys: Sequence[int], people: People, *, at: datetime) -> list[Breach]:
    """Look again under lock: a case may have been closed or accepted meanwhile, and its breach raised by that."""
    try:
        with act("breach.raise", by=MACHINE, at=at):
            rows = FOUND[kind](at).filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk")
            return breach.raise_all([breach.charge(case, kind) for case in rows], people, at=at)
    except Refused as refused:
        check_gone(refused)
        return []


def _late(at: datetime) -> QuerySet[Case]:
    """Past the due date, the clock running; whoever asked for more time in time waits for the word on it."""
    return cases.rows().filter(stage__in=OPEN, stopped_on=None, asked_until=None).filter(past(on=day_of(at)))


def _ownerless(at: datetime) -> QuerySet[Case]:
    return cases.rows().filter(stage__in=OPEN, is_offered=True, offer_expires_at__lt=at)


def _unsettled(at: datetime) -> QuerySet[Case]:
    """Closed cases of which the citizen said at the call-back that the matter is not settled."""
    denied = CallBack.objects.filter(is_solved=False, turn=F("case__reopenings"), case__stage=Stage.CLOSED.value)
    return cases.rows().filter(stage=Stage.CLOSED.value, pk__in=denied.values("case_id"))


FOUND: Mapping[BreachKind, Callable[[datetime], QuerySet[Case]]] = {
    BreachKind.LATE: _late,
    BreachKind.OWNERLESS: _ownerless,
    BreachKind.FALSE_CLOSING: _unsettled,
}
