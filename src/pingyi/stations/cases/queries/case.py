"""One case as its page shows it: what was raised, who holds it, until when, what was done, what may be done next."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import Http404

from pingyi.bureau.models import Member
from pingyi.record import queries as record
from pingyi.record import reasons
from pingyi.record.models import Entry
from pingyi.record.sentences import sentence
from pingyi.rules.actor import Actor
from pingyi.rules.case import custody as rules
from pingyi.rules.case import stages
from pingyi.rules.case.custody import OFFICE, Hold
from pingyi.rules.case.stages import Standing
from pingyi.rules.day import day_of
from pingyi.rules.standin import Answering, Part
from pingyi.stations.cases import words
from pingyi.stations.cases.models import Attachment, Case, ClockStop, Complainant, Extension, Handover, MissingPapers
from pingyi.stations.cases.queries import moves, people, sources, year
from pingyi.stations.cases.queries.sources import Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A case at an instant: the row, and how it stands."""

    case: Case
    standing: Standing
    days: int  # to the due date; negative when it has passed

    @property
    def days_late(self) -> int:
        """How many days ago the due date passed."""
        return -self.days

    @property
    def said(self) -> str:
        """How it stands, in the reader's language."""
        return str(words.STANDINGS[self.standing.value])

    @property
    def tag(self) -> str:
        """The kind of tag that says so."""
        return words.TAGS[self.standing.value]

    @property
    def kind(self) -> str:
        """Its kind, in the reader's language."""
        return str(words.KINDS.get(self.case.kind_id, self.case.kind_id))

    @property
    def channel(self) -> str:
        """The way it came in: the plan's name for it, or the house's."""
        return year.channel_name(self.case.round, self.case.channel_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One line of a case's history, as the record has it."""

    verb: str
    title: str
    at: str
    by: str
    ground: str
    reason: str
    leaf: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A case's page; `answering` is who acts today, where the holder is away."""

    seen: Seen
    history: tuple[Step, ...]
    handovers: tuple[Handover, ...]
    stops: tuple[ClockStop, ...]
    extension: Extension | None  # the one asked for and not decided
    notices: tuple[MissingPapers, ...]
    files: tuple[Attachment, ...]
    has_complainant: bool
    answering: Answering
    stand_in: Member | None
    moves: frozenset[str]  # the verbs that the reader may do now
    idle: timedelta
    source: Source | None  # what the hotline's table said in its own words

    @property
    def case(self) -> Case:
        """The row."""
        return self.seen.case

    @property
    def vouched(self) -> Step | None:
        """The answer that looks like a bare receipt, with the reason why it is one all the same."""
        return _vouched(self.case, self.history)

    @property
    def idle_hours(self) -> int:
        """Whole hours in which the case lay between two sections."""
        return int(self.idle.total_seconds() // 3600)


def rows() -> QuerySet[Case]:
    """Return cases with the people and sections that lists and pages name."""
    return Case.objects.select_related(
        "section", "holder", "holder__section", "offered_to", "offered_member", "merged_into", "split_from", "round"
    )


def see(case: Case, *, at: datetime, soon: int = stages.SOON) -> Seen:
    """Return how a case stands at an instant."""
    days = (case.due_on - day_of(at)).days
    return Seen(case=case, standing=stages.standing(case.state, at=at, soon=soon), days=days)


def find(reference: str, *, seen_by: Actor) -> Case:
    """Return a case to those who may see it; to others it does not exist (§5.4)."""
    case: Case | None = rows().select_related("received_by").filter(reference=reference).first()
    if case is None or not people.may_read(seen_by, case):
        raise Http404
    return case


def has_moved_on(reference: str, *, seen_by: Actor) -> bool:
    """Whether a case was with the reader's section, as held or on offer, and is not any more."""
    row: Case | None = rows().filter(reference=reference).first()
    return row is not None and not people.may_read(seen_by, row) and people.was_asked(seen_by, row)


def case(reference: str, *, seen_by: Actor, at: datetime) -> Opened:
    """Return a case's page."""
    row = find(reference, seen_by=seen_by)
    passed = Handover.objects.filter(case=row).select_related(
        "from_section", "from_member", "to_section", "to_member", "ended_by"
    )
    handovers = tuple(passed.order_by("offered_at", "pk"))
    acting = people.answering(row, on=day_of(at))
    stand_in = Member.objects.filter(reference=acting.member).first() if acting.part is not Part.SELF else None
    return Opened(
        seen=see(row, at=at, soon=year.handling(row.round).remind_days_before),
        history=history(row),
        handovers=handovers,
        stops=tuple(ClockStop.objects.filter(case=row).order_by("begins_on", "pk")),
        extension=Extension.objects.filter(case=row, decided_on=None).select_related("asked_by").first(),
        notices=tuple(MissingPapers.objects.filter(case=row).order_by("number")),
        files=tuple(Attachment.objects.filter(case=row, is_withdrawn=False).exclude(name="").order_by("pk")),
        has_complainant=Complainant.objects.filter(case=row, erased_on=None).exists(),
        answering=acting,
        stand_in=stand_in,
        moves=moves.next_moves(row, by=seen_by, at=at),
        source=sources.of(row),
        idle=rules.idle([one.passing for one in handovers], until=at),
    )


def vouched(row: Case) -> Step | None:
    """Return the answer that looks like a bare receipt, with its reason, for whoever closes the case (§3.2.2)."""
    return _vouched(row, history(row))


def _vouched(row: Case, steps: Iterable[Step]) -> Step | None:
    if row.answered_on is None:
        return None
    newest = next((one for one in steps if one.verb == "case.answer"), None)
    return newest if newest is not None and newest.reason else None


def holds(row: Case, handovers: Iterable[Handover]) -> tuple[Hold, ...]:
    """Return who held a case, stretch by stretch, from its receipt on."""
    given = list(handovers)
    taken = next((one for one in given if one.outcome == rules.Outcome.ACCEPTED.value), None)
    section = taken.from_section if taken else row.section
    first = Hold(
        holder=row.received_by.reference,
        section=section.reference if section else OFFICE,
        begins_at=row.received_at,
    )
    return rules.holds(first, [one.passing for one in given])


def history(row: Case) -> tuple[Step, ...]:
    """Return what happened to a case, from the record itself, the latest first."""
    entries = list(Entry.objects.filter(subject=row.subject).order_by("-version", "-pk"))
    said = [json.loads(entry.body) for entry in entries]
    doers = {body["by"]["member"] for body in said}
    words = reasons.of(row.subject)
    why = [record.why(entry, body, words) for entry, body in zip(entries, said, strict=True)]
    names = dict(Member.objects.filter(reference__in=doers).values_list("reference", "name"))
    return tuple(
        Step(
            verb=entry.verb,
            title=sentence(entry.verb),
            at=entry.at,
            by=names.get(body["by"]["member"], ""),
            ground=ground,
            reason=reason,
            leaf=entry.leaf,
        )
        for entry, body, (ground, reason) in zip(entries, said, why, strict=True)
    )
