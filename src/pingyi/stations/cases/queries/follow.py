"""A matter as the citizen sees it by its code: where it stands, until when, answer and result, who looked (§3.2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from pingyi.record.models import Entry
from pingyi.record.sentences import sentence
from pingyi.rules.case import stages
from pingyi.rules.case.stages import UNFINISHED, Stage
from pingyi.rules.day import day_of
from pingyi.stations.cases import words_public as words
from pingyi.stations.cases.models import (
    Attachment,
    Case,
    ClockStop,
    Identification,
    Message,
    MissingPapers,
    Rating,
    Reopening,
)
from pingyi.stations.cases.queries import case as cases

TOLD = (
    "case.receive", "case.import", "case.assign", "case.accept", "case.notify", "case.stop_clock", "case.let_stand",
    "case.resume_clock", "case.extend_grant", "case.recount", "case.answer", "case.settle", "case.close", "case.reopen",
    "case.merge", "case.split", "case.urge", "case.erase",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One of the five steps of a matter's way: done, now or later."""

    title: str
    state: str
    on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """What happened on a day, without names."""

    title: str
    at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Followed:
    """The follow page. `case` is the citizen's own; `going` is the one in which it goes on, mostly the same."""

    case: Case
    going: Case
    said: str
    holder: str
    is_late: bool
    steps: tuple[Step, ...]
    history: tuple[Event, ...]
    stop: ClockStop | None
    papers: MissingPapers | None
    files: tuple[Attachment, ...]
    identified: tuple[Identification, ...]
    letters: tuple[Message, ...]
    rating: Rating | None
    objections: tuple[Reopening, ...]

    @property
    def awaits_papers(self) -> bool:
        """Whether the clock waits for the citizen's papers."""
        return self.stop is not None and self.stop.cause == "papers"

    @property
    def is_closed(self) -> bool:
        """Whether the citizen's own matter has come to its end and may be rated or objected to."""
        return self.case.stage == Stage.CLOSED.value and self.case.erased_on is None

    @property
    def can_be_erased(self) -> bool:
        """Whether nothing but a pending matter can stand against erasing it."""
        return self.going.stage == Stage.CLOSED.value and self.case.erased_on is None

    def files_of(self, part: str) -> Sequence[Attachment]:
        """Return the files of one part."""
        return [one for one in self.files if one.part == part]


def follow(case: Case, *, at: datetime) -> Followed:
    """Return the follow page of a case."""
    going = _going(case)
    stop = ClockStop.objects.filter(case=going, ends_on=None).first()
    is_late = stages.is_overdue(going.state, on=day_of(at))
    return Followed(
        case=case,
        going=going,
        said=words.said(going, stop=stop, is_late=is_late),
        holder=words.holder(going),
        is_late=is_late,
        steps=_steps(going),
        history=_history(case, going),
        stop=stop,
        papers=MissingPapers.objects.filter(case=case).order_by("-number").first(),
        files=_files(case, going),
        identified=tuple(
            Identification.objects.filter(case=case).select_related("opened_by__section").order_by("-opened_on", "-pk")
        ),
        letters=tuple(Message.objects.filter(case=case).order_by("pk")),
        rating=Rating.objects.filter(case=case, turn=case.reopenings).first(),
        objections=tuple(Reopening.objects.filter(case=case).order_by("-turn")),
    )


def file(case: Case, reference: str) -> Attachment:
    """Return a file that belongs to the matter; to others it does not exist."""
    found = next((one for one in _files(case, _going(case)) if one.reference == reference), None)
    if found is None:
        raise Http404
    return found


def _going(case: Case) -> Case:
    """Follow a merged case to the one in which it goes on."""
    for _ in range(20):
        if case.merged_into_id is None:
            break
        case = cases.rows().get(pk=case.merged_into_id)
    return case


def _files(case: Case, going: Case) -> tuple[Attachment, ...]:
    """Return the citizen's own files, and those of the answer and the result; never another citizen's."""
    own = Attachment.objects.filter(case=case, is_withdrawn=False).exclude(name="")
    others = Attachment.objects.filter(case=going, is_withdrawn=False, part__in=("answer", "result")).exclude(name="")
    return tuple((own | others).order_by("pk"))


def _history(case: Case, going: Case) -> tuple[Event, ...]:
    subjects = {case.subject, going.subject}
    entries = Entry.objects.filter(subject__in=subjects, verb__in=TOLD).order_by("-pk")
    if case.pk != going.pk:
        entries = entries.exclude(subject=going.subject, verb__in=("case.receive", "case.merge"))
    return tuple(Event(title=sentence(entry.verb), at=entry.at) for entry in entries)


def _steps(case: Case) -> tuple[Step, ...]:
    """A case that waits for an answer never looks finished: the end is done only when it is closed."""
    is_held = case.stage != Stage.RECEIVED.value
    days = (case.received_on, None, case.answered_on, case.settled_on, case.closed_on)
    done = (True, is_held, case.answered_on is not None, case.settled_on is not None, case.closed_on is not None)
    is_open = Stage(case.stage) in UNFINISHED
    first = next((number for number, is_done in enumerate(done) if not is_done), len(done))
    return tuple(
        Step(title=title, state="done" if is_done else "now" if number == first and is_open else "later", on=on)
        for number, (title, is_done, on) in enumerate(zip(words.steps(), done, days, strict=True))
    )
