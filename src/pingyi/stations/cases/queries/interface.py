"""How the cases of one channel stand, for the system that handed them in (§3.2.2).

Who raised a case is never told again, and a report of misconduct does not exist here (§5.4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Section
from pingyi.rules.case.clock import Limit
from pingyi.rules.case.stages import UNFINISHED, Stage
from pingyi.rules.day import BUREAU_TIME, day_of
from pingyi.rules.plan.conduct import CaseKind, Channel
from pingyi.rules.refused import Refused
from pingyi.stations.cases import keyed, words
from pingyi.stations.cases.models import Case, Rating, Submission
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import codes, timing, year
from pingyi.stations.cases.queries.numbered import numbered
from pingyi.stations.cases.queries.timing import Why

A_PAGE, MOST = 50, 200
# Acts that began before a question and end after it carry the earlier moment: who asks again begins this much earlier.
OVERLAP = timedelta(minutes=5)
# A report of misconduct goes by the protected form alone (§5.4).
OFFERED = tuple(kind for kind in CaseKind if kind is not CaseKind.MISCONDUCT)
STAGES = {
    "open": tuple(stage.value for stage in UNFINISHED),
    "closed": (Stage.CLOSED.value,),
    "merged": (Stage.MERGED.value,),
}
LARGEST_KEY = 2**63
NUMBER_KNOWN = "case.number_known"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which cases are asked for."""

    updated_since: datetime | None = None
    received_from: date | None = None
    received_to: date | None = None
    stage: str = ""
    kind: str = ""
    after: str = ""
    limit: int = A_PAGE


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """One case as its channel may know it."""

    number: str
    external_number: str
    kind: str
    title: str
    text: str
    place: str
    received_at: datetime
    changed_at: datetime
    stage: str
    standing: str
    section: Section | None
    due_on: date
    is_provisional: bool
    answer: str
    answered_on: date | None
    result: str
    settled_on: date | None
    closed_on: date | None
    reopenings: int
    merged_into: str | None
    satisfaction: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Some cases; `next` continues them, None on the last page; `ask_since` is where to go on another day."""

    cases: tuple[Standing, ...]
    next: str | None
    ask_since: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """What became of something handed in."""

    receipt: str
    reading_code: str | None
    case: Standing | None


def listed(wanted: Wanted, *, channel: str, at: datetime) -> Page:
    """Return a page of a channel's cases: by their last change where `updated_since` is asked, else by receipt."""
    by = "changed_at" if wanted.updated_since else "received_on"
    rows = _after(_narrowed(_own(channel), wanted), wanted.after, by=by).order_by(by, "id")
    found = list(rows[: wanted.limit + 1])
    page = found[: wanted.limit]
    return Page(
        cases=_standings(page, at=at),
        next=f"{getattr(page[-1], by).isoformat()}_{page[-1].pk}" if len(found) > wanted.limit else None,
        ask_since=(at - OVERLAP).astimezone(BUREAU_TIME),
    )


def one(number: str, *, channel: str, at: datetime) -> Standing:
    """Return one case of the channel by our number."""
    return _standings([own(number, channel=channel)], at=at)[0]


def by_external_number(number: str, *, channel: str, at: datetime) -> Standing:
    """Return one case by the channel's own number."""
    key = keyed.external_key(channel, number)
    row = _open(numbered([key])).first()
    if row is None:
        raise Refused("interface.case_unknown")
    return _standings([row], at=at)[0]


def own(number: str, *, channel: str) -> Case:
    """Return a case of the channel; any other does not exist for it."""
    row: Case | None = _own(channel).filter(reference=number).first()
    if row is None:
        raise Refused("interface.case_unknown")
    return row


def why(number: str, *, channel: str, on: date) -> Why:
    """Explain the due date of a channel's case, day by day."""
    return timing.why(own(number, channel=channel), on=on)


def receipt(code: str, *, channel: str, at: datetime) -> Receipt:
    """Return what became of something handed in by this channel."""
    row = Submission.objects.select_related("case").filter(follow_code=code, channel_id=channel).first()
    if row is None:
        raise Refused("interface.receipt_unknown")
    return received(row, at=at)


def received(row: Submission, *, at: datetime) -> Receipt:
    """Return a submission with its case; where its number was quicker by another way, with the case of that number."""
    reference = row.case.reference if row.case else ""
    case: Case | None = _own(row.channel_id).filter(reference=reference).first() if reference else None
    if case is None and row.fault == NUMBER_KNOWN:
        key = keyed.external_key(row.channel_id, row.payload.get("external_number", ""))
        case = _open(numbered([key])).first()
    return Receipt(
        receipt=row.follow_code,
        reading_code=codes.reading_code(case) if case else None,
        case=_standings([case], at=at)[0] if case else None,
    )


def channels(*, on: date) -> tuple[Channel, ...]:
    """Return the plan's hotlines and columns."""
    return year.channels(year.round_on(on))


def limits(*, on: date) -> list[tuple[str, Limit]]:
    """Return the time limit of each kind that may be handed in."""
    round_ = year.round_on(on)
    return [(kind.value, year.limit(round_, kind=kind.value, section="", on=on)) for kind in OFFERED]


def kinds() -> list[tuple[str, str]]:
    """Return the code and the name of each kind that may be handed in."""
    return [(kind.value, str(words.KINDS[kind.value])) for kind in OFFERED]


def sections() -> list[Section]:
    """Return the bureau's open sections."""
    return list(bureau.sections())


def _own(channel: str) -> QuerySet[Case]:
    return _open(Case.objects.filter(channel_id=channel))


def _open(found: QuerySet[Case]) -> QuerySet[Case]:
    rows: QuerySet[Case] = found.filter(is_restricted=False)
    return rows.select_related("section", "merged_into").defer("due_moves")


def _narrowed(rows: QuerySet[Case], wanted: Wanted) -> QuerySet[Case]:
    bounds = {
        "changed_at__gte": wanted.updated_since,
        "received_on__gte": wanted.received_from,
        "received_on__lte": wanted.received_to,
        "kind_id": wanted.kind or None,
        "stage__in": STAGES.get(wanted.stage),
    }
    return rows.filter(**{name: value for name, value in bounds.items() if value is not None})


def _after(rows: QuerySet[Case], cursor: str, *, by: str) -> QuerySet[Case]:
    if not cursor:
        return rows
    said, _, number = cursor.replace(" ", "+").rpartition("_")
    try:
        last, key = (datetime if by == "changed_at" else date).fromisoformat(said), int(number)
        if not 0 < key < LARGEST_KEY:
            raise ValueError(number)
    except ValueError as fault:
        raise Refused("interface.cursor", field="after") from fault
    return rows.filter(Q(**{f"{by}__gt": last}) | Q(**{by: last, "id__gt": key}))


def _standings(rows: Iterable[Case], *, at: datetime) -> tuple[Standing, ...]:
    found = list(rows)
    soon = year.handling(year.round_on(day_of(at))).remind_days_before
    said = Rating.objects.filter(case__in=found).values_list("case_id", "turn", "level")
    levels = {(case, turn): level for case, turn, level in said}
    return tuple(_standing(row, level=levels.get((row.pk, row.reopenings)), at=at, soon=soon) for row in found)


def _standing(row: Case, *, level: int | None, at: datetime, soon: int) -> Standing:
    return Standing(
        number=row.reference,
        external_number=row.external_number,
        kind=row.kind_id,
        title=row.title,
        text=row.text,
        place=row.place,
        received_at=row.received_at.astimezone(BUREAU_TIME),
        changed_at=(row.changed_at or row.received_at).astimezone(BUREAU_TIME),
        stage=row.stage,
        standing=cases.see(row, at=at, soon=soon).standing.value,
        section=row.section,
        due_on=row.due_on,
        is_provisional=row.is_provisional,
        answer=row.answer,
        answered_on=row.answered_on,
        result=row.result,
        settled_on=row.settled_on,
        closed_on=row.closed_on,
        reopenings=row.reopenings,
        merged_into=row.merged_into.reference if row.merged_into else None,
        satisfaction=level,
    )
