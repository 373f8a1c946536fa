"""Oversight that runs by itself: reminders, urgings, criticism and breaches, each once (§3.2.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from pingyi.bureau import notices
from pingyi.bureau.models import Member, Notice
from pingyi.record.acts import act
from pingyi.rules.case import oversight as rules
from pingyi.rules.case.oversight import Measure
from pingyi.rules.day import day_of
from pingyi.rules.plan.conduct import HandlingRules
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions.breach import MACHINE
from pingyi.stations.cases.actions.oversight import CODES, letter
from pingyi.stations.cases.models import Case, SupervisionLetter
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import year
from pingyi.stations.cases.queries.audience import Audience
from pingyi.stations.cases.queries.listing import OPEN, past

TOGETHER = 500  # cases of one act
FEW = 3  # letters that a person is told of one by one; more are told in one notice
VERBS = {Measure.URGE: "case.urge", Measure.CRITICIZE: "case.criticize"}


class Conduct:
    """How each round's plan wants cases handled, read once."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._known: dict[int | None, HandlingRules] = {}
        self.calendar = year.calendar()

    def of(self, case: Case) -> HandlingRules:
        """Return the rules of the case's round."""
        if case.round_id not in self._known:
            self._known[case.round_id] = year.handling(case.round)
        return self._known[case.round_id]


def remind(*, at: datetime) -> int:
    """Tell each holder of what is due within the plan's days, once for each due date."""
    on = day_of(at)
    conduct, audience = Conduct(), Audience(on=on)
    soon = _open().filter(stopped_on=None, due_on__range=(on, on + timedelta(days=30)))
    told = Notice.objects.filter(code="case.due_soon", queued_at__gt=at - timedelta(days=60))
    said = set(told.values_list("once", flat=True))
    count = 0
    for case in soon.order_by("due_on", "pk").iterator(chunk_size=TOGETHER):
        once = f"case.due_soon:{case.reference}:{case.due_on}"
        due = rules.measures_due(case.state, on=on, handling=conduct.of(case), calendar=conduct.calendar)
        if once in said or Measure.REMIND not in due:
            continue
        facts = {"reference": case.reference, "due_on": case.due_on.isoformat()}
        notices.queue(
            "case.due_soon", to=audience.of(case, Measure.REMIND), about=case, at=at, url=case.get_absolute_url(),
            once=once, **facts,
        )  # fmt: skip
        count += 1
    return count


def write_letters(*, at: datetime) -> int:
    """Urge the day after a due date and criticize after the plan's term; who was told nothing for long gets both."""
    on = day_of(at)
    conduct, audience = Conduct(), Audience(on=on)
    written: list[SupervisionLetter] = []
    for measure in (Measure.URGE, Measure.CRITICIZE):
        for keys in portions(list(_unwritten(measure, on=on))):
            written += _write(measure, keys, conduct, audience, at=at)
    _tell(written, audience, at=at)
    return len(written)


def _unwritten(measure: Measure, *, on: date) -> Iterator[int]:
    """Yield the late cases without this letter; a case that waits for the plan's term is looked at again next hour."""
    has = SupervisionLetter.objects.filter(case=OuterRef("pk"), turn=OuterRef("reopenings"), measure=measure.value)
    late = _open().filter(past(on=on), stopped_on=None)
    return late.exclude(Exists(has)).order_by("pk").values_list("pk", flat=True).iterator()


def _write(
    measure: Measure, keys: Sequence[int], conduct: Conduct, audience: Audience, *, at: datetime
) -> list[SupervisionLetter]:
    due = [case.pk for case in _open().filter(pk__in=keys) if measure in _due(case, conduct, on=audience.on)]
    if not due:
        return []
    try:
        with act(VERBS[measure], by=MACHINE, at=at) as change:
            locked = change.lock_all(cases.rows().filter(stage__in=OPEN, pk__in=due))
            still = [case for case in locked if measure in _due(case, conduct, on=audience.on)]
            return change.save_all([letter(case, measure, audience, by=None) for case in still])
    except Refused as refused:
        check_gone(refused)
        return []


def portions(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the keys by as many as one act takes."""
    return (keys[start : start + TOGETHER] for start in range(0, len(keys), TOGETHER))


def check_gone(refused: Refused) -> None:
    """Let an act pass whose cases were all closed or taken while it waited for them."""
    if refused.code != "nothing_changed":
        raise refused


def _due(case: Case, conduct: Conduct, *, on: date) -> tuple[Measure, ...]:
    return rules.measures_due(case.state, on=on, handling=conduct.of(case), calendar=conduct.calendar)


def _open() -> QuerySet[Case]:
    return cases.rows().filter(stage__in=OPEN).defer("text", "answer", "result")


def _tell(written: Iterable[SupervisionLetter], audience: Audience, *, at: datetime) -> None:
    """Tell each person of few letters one by one, and of many in one notice: a hundred notices are read by nobody."""
    piles: dict[tuple[Measure, Member], list[SupervisionLetter]] = defaultdict(list)
    for row in written:
        measure = Measure(row.measure)
        for person in audience.of(row.case, measure):
            piles[measure, person].append(row)
    for (measure, person), rows in piles.items():
        _tell_one(measure, person, rows, at=at)


def _tell_one(measure: Measure, person: Member, rows: list[SupervisionLetter], *, at: datetime) -> None:
    if len(rows) > FEW:
        code = f"{CODES[measure]}_many"
        notices.queue(code, to=person, about="cases", at=at, url=reverse("cases:letters"), count=len(rows))
        return
    for row in rows:
        facts = {"reference": row.case.reference, "due_on": row.due_on.isoformat()}
        notices.queue(CODES[measure], to=person, about=row.case, at=at, url=row.get_absolute_url(), **facts)
