"""Operations about cases: hand one in, ask how they stand, why they are due, and hand over the person's word."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Header, Path, Query, Status

from pingyi import clock
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import interface as actions
from pingyi.stations.cases.actions.interface import LONGEST_WORD
from pingyi.stations.cases.forms import interface as forms
from pingyi.stations.cases.forms.interface import Matter, Question, Satisfaction
from pingyi.stations.cases.models import Rating
from pingyi.stations.cases.queries import interface as queries
from pingyi.stations.cases.queries.interface import Page, Receipt, Standing
from pingyi.stations.cases.views.interface import shapes
from pingyi.stations.cases.views.interface.operations import channel_of, operation

NAME = "^[0-9A-Za-z-]+$"
Number = Annotated[str, Path(..., max_length=64, pattern=NAME, description=_("Our number of the case."))]


@operation(
    "POST",
    "/cases",
    returns={201: shapes.Receipt, 202: shapes.Receipt},
    summary=_("Hand a matter in"),
    description=_(
        "The same Idempotency-Key, or else the same external_number, gives the same case again, however often it is "
        "sent. 202: it is kept, and its number comes a moment later; ask with the receipt. 201: it came before, and "
        "has its number."
    ),
    refuses=("number_known", "sent_otherwise"),
)
def hand_in(
    request: HttpRequest,
    matter: Matter,
    word: Annotated[
        str,
        Header("", alias="Idempotency-Key", max_length=LONGEST_WORD, description=_("A word of yours, once a matter.")),
    ] = "",
) -> Status[Receipt]:
    """Take a matter in, once."""
    at = clock.now()
    sections = {one.reference: one.name for one in queries.sections()}
    told = forms.told(matter, sections=sections, on=clock.today())
    row = actions.hand_in(channel=channel_of(request), **told, word=word, at=at)
    receipt = queries.received(row, at=at)
    return Status(201 if receipt.case else 202, receipt)


@operation(
    "GET",
    "/cases",
    returns={200: shapes.Cases},
    summary=_("List your channel's cases"),
    description=_(
        "With `updated_since` by their last change, else by the day of receipt; `next` leads on to the last page."
    ),
    refuses=("invalid",),
)
def list_cases(request: HttpRequest, question: Annotated[Question, Query(...)]) -> Page:
    """List cases, page by page; a question that is not known is not passed over."""
    if unknown := set(request.GET) - set(Question.model_fields):
        raise Refused("interface.unknown_parameter", field=min(unknown))
    return queries.listed(question.wanted(), channel=channel_of(request), at=clock.now())


@operation(
    "GET",
    "/cases/by-external-number/{path:external_number}",
    returns={200: shapes.Case},
    summary=_("Ask how a case stands, by your own number"),
    refuses=("case_unknown",),
)
def case_by_external_number(
    request: HttpRequest, external_number: Annotated[str, Path(..., description=_("Your own number."))]
) -> Standing:
    """Tell one case by the channel's number."""
    return queries.by_external_number(external_number, channel=channel_of(request), at=clock.now())


@operation(
    "GET",
    "/cases/{number}",
    returns={200: shapes.Case},
    summary=_("Ask how a case stands"),
    refuses=("case_unknown", "invalid"),
)
def one_case(request: HttpRequest, number: Number) -> Standing:
    """Tell one case."""
    return queries.one(number, channel=channel_of(request), at=clock.now())


@operation(
    "GET",
    "/cases/{number}/why",
    returns={200: shapes.Why},
    summary=_("Ask why a case is due when it is"),
    refuses=("case_unknown", "invalid"),
)
def why_due(request: HttpRequest, number: Number) -> shapes.Why:
    """Explain a due date day by day."""
    found = queries.why(number, channel=channel_of(request), on=clock.today())
    moves = [
        shapes.Move(
            cause=one.move.cause.value,
            said=one.said,
            on=one.move.on,
            to=one.move.to,
            days=one.move.days,
            unit=one.move.unit.value,
            steps=[
                shapes.Day(day=step.day, kind=step.kind.value, reason=step.reason, counted=step.counted)
                for step in one.steps
            ],
        )
        for one in found.told
    ]
    return shapes.Why(
        due_on=found.due_on,
        is_provisional=found.is_provisional,
        working_days_left=found.working_days_left,
        moves=moves,
    )


@operation(
    "POST",
    "/cases/{number}/satisfaction",
    returns={201: shapes.Rated},
    summary=_("Hand over what your call-back heard"),
    description=_("Once for each closing, and only of a closed case; it counts like the person's own rating."),
    refuses=("case_unknown", "not_yet_ratable", "rated_already"),
)
def hand_over_satisfaction(request: HttpRequest, number: Number, satisfaction: Satisfaction) -> Status[Rating]:
    """Take the satisfaction that the hotline heard."""
    channel = channel_of(request)
    case = queries.own(number, channel=channel)
    row = actions.rate(
        case.reference, channel=channel, level=satisfaction.level, words=satisfaction.words, at=clock.now()
    )
    return Status(201, row)


@operation(
    "GET",
    "/receipts/{receipt}",
    returns={200: shapes.Receipt},
    summary=_("Ask what became of something handed in"),
    refuses=("receipt_unknown", "invalid"),
)
def one_receipt(
    request: HttpRequest,
    receipt: Annotated[str, Path(..., max_length=12, pattern=NAME, description=_("The receipt that you were given."))],
) -> Receipt:
    """Tell what became of something handed in."""
    return queries.receipt(receipt, channel=channel_of(request), at=clock.now())
