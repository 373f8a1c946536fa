"""What Open311 GeoReport v2 asks for: services, their questions, and requests with our due date (§3.2.2).

Anyone may ask how a request stands; its words and place are told only to the channel that handed it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pingyi.bureau import queries as bureau
from pingyi.rules.case.stages import UNFINISHED, Stage
from pingyi.rules.day import BUREAU_TIME, day_of
from pingyi.rules.plan.conduct import CaseKind
from pingyi.rules.refused import Refused
from pingyi.stations.cases import words
from pingyi.stations.cases.models import Case, Submission
from pingyi.stations.cases.queries import codes

LONGEST_RANGE = timedelta(days=90)
MOST = 1000  # requests in one answer
LAST_PAGE = 1_000_000  # behind it there is nothing, and no database counts without end
A_PAGE = 100
END_OF_DAY = time(23, 59, 59, tzinfo=BUREAU_TIME)
# A report of misconduct goes by the protected form alone (§5.4).
OFFERED = tuple(kind for kind in CaseKind if kind is not CaseKind.MISCONDUCT)
OPEN = tuple(stage.value for stage in UNFINISHED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribute:
    """One further question of a service."""

    code: str
    description: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def datatype(self) -> str:
        """The standard's word for the kind of answer."""
        return "singlevaluelist" if self.values else "string"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which requests are wanted."""

    ids: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    page: int = 1
    page_size: int = A_PAGE


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One case as the standard describes it."""

    service_request_id: str
    status: str
    status_notes: str
    service_name: str
    service_code: str
    description: str
    agency_responsible: str
    service_notice: str
    requested_datetime: datetime
    updated_datetime: datetime
    expected_datetime: datetime
    address: str
    reading_code: str  # told to the channel that handed it in


def services() -> list[tuple[str, str]]:
    """Return the code and the name of each kind of matter that may be handed in."""
    return [(kind.value, str(words.KINDS[kind.value])) for kind in OFFERED]


def attributes(code: str) -> tuple[Attribute, ...] | None:
    """Return a service's further questions; None for an unknown service."""
    if code not in {kind.value for kind in OFFERED}:
        return None
    sections = tuple((one.reference, one.name) for one in bureau.sections(evaluated=True))
    return (
        Attribute(code="title", description=_("What it is about, in one line")),
        Attribute(code="number", description=_("Your own number of this matter")),
        *(
            (Attribute(code="section", description=_("Which section it is about"), values=sections),)
            if sections
            else ()
        ),
    )


def requests(asked: Asked, *, channel: str, at: datetime) -> list[Request]:
    """Return the wanted requests, the latest first; words and places only of the asking channel's own cases."""
    rows = _wanted(asked, at=at).select_related("section", "merged_into").order_by("-received_on", "-pk")
    size = min(max(asked.page_size, 1), MOST)
    first = (min(max(asked.page, 1), LAST_PAGE) - 1) * size
    return [_request(row, channel=channel) for row in rows[first : first + size]]


def by_token(token: str) -> tuple[str, str] | None:
    """Return a token and its request's number, empty while no case carries it yet; None for an unknown token."""
    row = Submission.objects.select_related("case").filter(follow_code=token).first()
    return None if row is None else (token, row.case.reference if row.case else "")


def _wanted(asked: Asked, *, at: datetime) -> QuerySet[Case]:
    rows: QuerySet[Case] = Case.objects.filter(is_restricted=False)
    if asked.ids:
        return rows.filter(reference__in=asked.ids)
    rows = rows.filter(received_on__range=_range(asked, at=at))
    if asked.services:
        rows = rows.filter(kind_id__in=asked.services)
    stages = {"open": OPEN, "closed": (Stage.CLOSED.value, Stage.MERGED.value)}
    if asked.statuses:
        rows = rows.filter(stage__in=[stage for status in asked.statuses for stage in stages.get(status, ())])
    return rows


def _range(asked: Asked, *, at: datetime) -> tuple[date, date]:
    begins, ends = asked.begins_at, asked.ends_at
    if ends is None:
        ends = min(at, begins + LONGEST_RANGE) if begins else at
    begins = begins or ends - LONGEST_RANGE
    if ends < begins:
        raise Refused("open311.range_reversed")
    if ends - begins > LONGEST_RANGE + timedelta(days=1):
        raise Refused("open311.range_too_long", days=LONGEST_RANGE.days)
    return day_of(begins), day_of(ends)


def _request(case: Case, *, channel: str) -> Request:
    is_own = bool(channel) and case.channel_id == channel
    return Request(
        service_request_id=case.reference,
        status="open" if case.stage in OPEN else "closed",
        status_notes=_notes(case, is_own=is_own),
        service_name=str(words.KINDS[case.kind_id]),
        service_code=case.kind_id,
        description=case.text if is_own else "",
        agency_responsible=case.section.name if case.section else "",
        service_notice=_("The due date is provisional.") if case.is_provisional else "",
        requested_datetime=case.received_at.astimezone(BUREAU_TIME),
        updated_datetime=_updated(case),
        expected_datetime=_ends(case.due_on),
        address=case.place if is_own else "",
        reading_code=codes.reading_code(case) if is_own else "",
    )


def _notes(case: Case, *, is_own: bool) -> str:
    if case.merged_into is not None:
        return _("It goes on in %(number)s.") % {"number": case.merged_into.reference}
    parts: Sequence[str] = (case.answer, case.result) if is_own else ()
    return "\n".join(part for part in parts if part) or _standing(case)


def _standing(case: Case) -> str:
    if case.stage not in OPEN:
        return _("Answered and settled.")
    if case.answered_on:
        return _("Answered and settled, not closed yet.") if case.settled_on else _("Answered, not settled yet.")
    return _("Settled, not answered yet.") if case.settled_on else _("Neither answered nor settled yet.")


def _updated(case: Case) -> datetime:
    days: Iterable[date | None] = (case.answered_on, case.settled_on, case.closed_on)
    latest = max((day for day in days if day is not None), default=None)
    moments = [case.received_at.astimezone(BUREAU_TIME), case.held_since.astimezone(BUREAU_TIME)]
    return max([*moments, *([datetime.combine(latest, time(0), BUREAU_TIME)] if latest else [])])


def _ends(day: date) -> datetime:
    return datetime.combine(day, END_OF_DAY)
