"""One row of a hotline's table as a case: made from it, or changed by it, with the year's limits (§3.2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from itertools import groupby

from pingyi.authoring.case_tables import CaseRow, words
from pingyi.authoring.case_tables.moments import Moment
from pingyi.authoring.case_tables.moments import day_of as day_told
from pingyi.bureau.models import Section
from pingyi.record import personal
from pingyi.record import rows as stored
from pingyi.rules.case import custody, timing
from pingyi.rules.case.clock import Cause, Clock, Move
from pingyi.rules.case.custody import OFFICE
from pingyi.rules.case.imported import Told, from_source, from_source_again, judge
from pingyi.rules.case.receipts import is_bare_receipt
from pingyi.rules.case.stages import UNFINISHED, CaseState, Stage, is_restricted_kind
from pingyi.rules.day import BUREAU_TIME
from pingyi.rules.plan.conduct import CaseKind
from pingyi.stations.cases import numbers
from pingyi.stations.cases.models import Case, Complainant, Handover, HotlineTable, Rating, UnitName
from pingyi.stations.cases.queries import sources, year
from pingyi.stations.plans.models import Round

HOTLINE = "hotline"  # by what means a rating came
USUAL_KIND = CaseKind.COMPLAINT.value
LONGEST_TITLE, LONGEST_PLACE, LONGEST_THEME = 200, 200, 120
NOON = time(12)


class Taking:
    """What all rows of one table share: its channel, who holds what comes in, limits, calendar, units."""

    def __init__(self, table: HotlineTable, *, on: date) -> None:
        """Read once what every row needs; `on` is the day of the import."""
        self.channel_id = table.channel_id
        self.holder = table.member
        self.on = on
        self._calendar = year.calendar()
        units = UnitName.objects.exclude(section=None).select_related("section__head__section")
        self._sections: dict[str, Section] = {one.name: one.section for one in units if one.section}
        self._rounds: dict[int, Round | None] = {}
        self._clocks: dict[tuple[str, str, date], Clock] = {}
        self._offers: dict[int, tuple[Case, Section]] = {}
        self._hours: dict[int | None, int] = {}

    def cases(self, rows: Mapping[str, CaseRow], *, at: datetime) -> list[Case]:
        """Return the new cases of a batch, with their numbers; call it inside the act."""
        references = self._numbers(row for row in rows.values() if not _is_report(row))
        return [
            self._case(
                key, row, at=at,
                reference=numbers.apart(_day(row).year) if _is_report(row) else next(references[_day(row)]),
            )
            for key, row in rows.items()
        ]  # fmt: skip

    def complainants(self, pairs: Iterable[tuple[Case, CaseRow]]) -> list[Complainant]:
        """Return who raised the cases, where the table tells it."""
        return [
            stored.fresh(
                Complainant, case=case, name=row.person, phone=row.phone, email=row.email, address=row.home,
            )
            for case, row in pairs if row.person or row.phone or row.email or row.home
        ]  # fmt: skip

    def fill(self, known: Complainant, row: CaseRow) -> bool:
        """Add what a later table tells of a person; what is known is not overwritten. Return whether it told more."""
        if personal.is_closed(known):
            return False
        told = {"name": row.person, "phone": row.phone, "email": row.email, "address": row.home}
        more = {name: value for name, value in told.items() if value and not getattr(known, name)}
        for name, value in more.items():
            setattr(known, name, value)
        return bool(more)

    def ratings(self, pairs: Iterable[tuple[Case, CaseRow]]) -> list[Rating]:
        """Return the citizens' word that the table tells of closed cases (好差评)."""
        return [
            Rating(case=case, turn=case.reopenings, level=level, given_on=self.on, means=HOTLINE)
            for case, row in pairs if case.stage == Stage.CLOSED.value and (level := words.level(row.rating))
        ]  # fmt: skip

    def offers(self, cases: Iterable[Case]) -> list[Handover]:
        """Return the offers of those cases that go to a section: it holds them once it accepts (§3.2.3)."""
        return [self._handover(case) for case in cases if case.is_offered]

    def _handover(self, case: Case) -> Handover:
        made = case.custody.offer
        assert made is not None  # noqa: S101 - only cases on offer come here
        return Handover(
            case=case, from_section=None, from_member=case.holder, to_section=case.offered_to,
            offered_at=made.at, expires_at=made.expires_at,
        )  # fmt: skip

    def update(self, case: Case, row: CaseRow, *, is_ours: bool, at: datetime) -> None:
        """Change a case by what a later table says.

        Its due date only comes nearer, and its answer is never taken away; kind and unit are followed while none of our
        people has acted on it.
        """
        if not is_ours:
            self._follow_kind(case, row)
        state = from_source_again(case.state, _told(row), is_ours=is_ours, on=self.on)
        if state.due_on < case.due_on:
            case.clock = timing.no_later(case.clock, state.due_on, cause=Cause.HOTLINE, on=self.on)
        case.state, case.source_told = state, sources.kept(row)
        _take_words(case, row, is_ours=is_ours)
        self._end_offer(case)
        if not is_ours:
            self._follow_unit(case, row, at=at)
            case.clock = _dated(case.clock, state, row, on=self.on)
            case.judged_by = judge(_told(row), state)

    def _follow_kind(self, case: Case, row: CaseRow) -> None:
        """A corrected kind counts; one that was a report of misconduct stays with the supervision office."""
        if row.kind in {None, case.kind_id} or case.is_restricted or case.merged_into_id:
            return
        case.kind_id = row.kind
        if case.stage in UNFINISHED:
            section = case.offered_to or case.section
            limit = self._clock(case.kind_id, section, case.received_on).limit
            case.clock = timing.reclassify(case.clock, limit=limit, on=self.on, calendar=self._calendar)
        if is_restricted_kind(case.kind_id):
            case.custody = custody.recall(case.custody) if case.is_offered else case.custody
            case.is_restricted, case.section, case.holder = True, None, self.holder

    def _follow_unit(self, case: Case, row: CaseRow, *, at: datetime) -> None:
        """A corrected unit gets the case; what a section holds already is handed over by people."""
        section = self._sections.get(row.unit)
        if section is None or case.is_restricted or section == (case.offered_to or case.section):
            return
        if case.stage == Stage.RECEIVED.value:
            case.custody = custody.recall(case.custody) if case.is_offered else case.custody
            self._place(case, case.state, section, at=at)
        elif case.stage == Stage.CLOSED.value:
            self._place(case, case.state, section, at=at)

    def _end_offer(self, case: Case) -> None:
        """A case that its source closed is over for the section that it stood on offer to."""
        if not case.is_offered or case.stage != Stage.CLOSED.value:
            return
        section = case.offered_to
        case.custody = custody.recall(case.custody)
        case.section = section
        case.holder = (section.head if section else None) or case.holder

    def _case(self, key: str, row: CaseRow, *, reference: str, at: datetime) -> Case:
        kind = row.kind or USUAL_KIND
        is_restricted = is_restricted_kind(kind)
        section = None if is_restricted else self._sections.get(row.unit)
        day = _day(row)
        clock = self._clock(kind, section, day)
        state = from_source(
            _told(row), due_on=clock.due_on, section=section.reference if section else OFFICE, on=self.on
        )
        case = stored.fresh(
            Case, reference=reference, round=self._round(day.year), kind_id=kind, channel_id=self.channel_id,
            **texts(row), answer=row.answer, result=row.result, external_number=row.number, external_key=key,
            received_on=day,
            received_at=_instant(row.received_at), received_by=self.holder, holder=self.holder, held_since=at,
            is_restricted=is_restricted, is_anonymous=not (row.person or row.phone or row.email),
            source_told=sources.kept(row), judged_by=judge(_told(row), state),
        )  # fmt: skip
        case.state = state
        case.clock = _dated(_with_due(clock, state.due_on, on=day), state, row, on=day)
        self._place(case, state, section, at=at)
        return case

    def _place(self, case: Case, state: CaseState, section: Section | None, *, at: datetime) -> None:
        """What is over belongs to the section that did it; what is open is offered to it."""
        if section is None:
            return
        if state.stage not in UNFINISHED:
            case.section = section
            case.holder = section.head or self.holder
            return
        case.stage = Stage.RECEIVED.value
        hours = self._accept_hours(case.round)
        case.custody = custody.offer(
            case.custody, to=section.reference, by=self.holder.reference, at=at, hours=hours, calendar=self._calendar
        )
        case.offered_to = section

    def _accept_hours(self, round_: Round | None) -> int:
        key = round_.pk if round_ else None
        if key not in self._hours:
            self._hours[key] = year.handling(round_).accept_hours
        return self._hours[key]

    def _clock(self, kind: str, section: Section | None, day: date) -> Clock:
        name = section.reference if section else OFFICE
        if (kind, name, day) not in self._clocks:
            limit = year.limit(self._round(day.year), kind=kind, section=name, on=day)
            self._clocks[kind, name, day] = timing.start(day, limit=limit, calendar=self._calendar)
        return self._clocks[kind, name, day]

    def _round(self, of: int) -> Round | None:
        if of not in self._rounds:
            self._rounds[of] = year.round_on(date(of, 1, 1))
        return self._rounds[of]

    def _numbers(self, rows: Iterable[CaseRow]) -> dict[date, Iterator[str]]:
        """Take each year's numbers at once; the rows of a day draw from their year's."""
        days = sorted(_day(row) for row in rows)
        taken: dict[date, Iterator[str]] = {}
        for of, same in groupby(days, key=lambda day: day.year):
            mine = list(same)
            given = iter(numbers.take(of, count=len(mine)))
            taken |= dict.fromkeys(mine, given)
        return taken


def texts(row: CaseRow) -> dict[str, str]:
    """Return what a row says of the matter itself, as its case has it."""
    return {
        "title": _title(row), "text": row.text, "place": row.place[:LONGEST_PLACE], "theme": _theme(row),
    }  # fmt: skip


def _is_report(row: CaseRow) -> bool:
    return is_restricted_kind(row.kind or USUAL_KIND)


def _told(row: CaseRow) -> Told:
    return Told(
        is_closed=row.is_closed, is_on_time=row.is_on_time, due_on=_maybe(row.due_at),
        answered_on=_maybe(row.answered_at), closed_on=_maybe(row.closed_at), answer=row.answer,
    )  # fmt: skip


def _with_due(clock: Clock, due_on: date, *, on: date) -> Clock:
    """Let a clock end on the day that the state has: the source's own, also where a closed case had longer."""
    if due_on == clock.due_on:
        return clock
    move = Move(cause=Cause.HOTLINE, on=on, to=due_on)
    return replace(clock, due_on=due_on, moves=(*clock.moves, move))


def _dated(clock: Clock, state: CaseState, row: CaseRow, *, on: date) -> Clock:
    """Mark a closing whose day the source does not tell."""
    if state.stage is not Stage.CLOSED:
        return clock
    return timing.dated(clock, is_told=row.closed_at is not None, on=on)


def _take_words(case: Case, row: CaseRow, *, is_ours: bool) -> None:
    """Take what a later table says in words; a bare receipt is no answer, and what our people wrote stays."""
    is_answer = bool(row.answer) and not (case.answer and is_bare_receipt(row.answer))
    if is_answer and not (case.answer and is_ours):
        case.answer = row.answer
    if row.result and not (case.result and is_ours):
        case.result = row.result
    case.title = _title(row) if row.title else case.title
    case.text, case.place = row.text or case.text, row.place[:LONGEST_PLACE] or case.place
    case.theme = _theme(row) or case.theme
    if row.person or row.phone or row.email:
        case.is_anonymous = False


def _title(row: CaseRow) -> str:
    words = row.title or " › ".join(row.theme) or row.text
    return words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1] + "…"


def _theme(row: CaseRow) -> str:
    return " › ".join(row.theme)[:LONGEST_THEME]


def _day(row: CaseRow) -> date:
    assert row.received_at is not None  # noqa: S101 - a row without it was set aside
    return day_told(row.received_at)


def _maybe(moment: Moment | None) -> date | None:
    return None if moment is None else day_told(moment)


def _instant(moment: Moment | None) -> datetime:
    """A day without an hour is kept as its noon."""
    assert moment is not None  # noqa: S101 - a row without it was set aside
    told = moment if isinstance(moment, datetime) else datetime.combine(moment, NOON)
    return told.replace(tzinfo=BUREAU_TIME)
