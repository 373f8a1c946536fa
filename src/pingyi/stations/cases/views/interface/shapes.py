"""What the interface answers, as it stands in the schema."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema


class Unit(Schema):
    """A section of the bureau."""

    reference: str = Field(..., description=_("By which it is named in `section`."))
    name: str = Field(..., description=_("What it is called."))


class Case(Schema):
    """How one case stands; who raised it is never told."""

    number: str = Field(..., description=_("Our number."))
    external_number: str = Field(..., description=_("Your own number."))
    kind: str = Field(..., description=_("The kind of matter, as the bureau sees it now."))
    title: str = Field(..., description=_("In one line."))
    text: str = Field(..., description=_("What the matter is."))
    place: str = Field(..., description=_("Where it is."))
    received_at: datetime = Field(..., description=_("When it was received here."))
    changed_at: datetime = Field(..., description=_("When it was last changed."))
    stage: Literal["received", "held", "closed", "merged"] = Field(..., description=_("Where it is."))
    standing: Literal[
        "late", "unaccepted", "stopped", "due_soon", "answered", "ready", "open", "closed_late", "closed", "merged"
    ] = Field(..., description=_("How it looks now; answered: a result is missing; ready: it waits to be closed."))
    section: Unit | None = Field(..., description=_("The section that handles it; null while none has taken it."))
    due_on: date = Field(..., description=_("By when answer and result are due."))
    is_provisional: bool = Field(
        ..., description=_("Whether holidays that are not published yet may move the due date.")
    )
    answer: str = Field(..., description=_("The answer to the person."))
    answered_on: date | None = Field(..., description=_("The day of the answer; null while there is none."))
    result: str = Field(..., description=_("What came of it."))
    settled_on: date | None = Field(..., description=_("The day of the result; null while there is none."))
    closed_on: date | None = Field(..., description=_("The day it was closed, with answer and result; else null."))
    reopenings: int = Field(..., description=_("How often it was opened again."))
    merged_into: str | None = Field(..., description=_("The number of the case in which it goes on; else null."))
    satisfaction: int | None = Field(..., description=_("What the person said of this closing, 1 to 5; else null."))


class Cases(Schema):
    """One page of cases."""

    cases: list[Case] = Field(..., description=_("The cases of the page."))
    next: str | None = Field(..., description=_("Send it as `after` for the next page; null on the last."))
    ask_since: datetime = Field(
        ..., description=_("Send it as `updated_since` on another day; some cases may come twice, none is left out.")
    )


class Receipt(Schema):
    """What became of something handed in."""

    receipt: str = Field(..., description=_("Ask with it while there is no case; it opens nothing to the person."))
    reading_code: str | None = Field(
        ...,
        description=_(
            "The person follows the case by it on our site, so pass it on; it does not rate, reopen or erase. Null "
            "while there is no case."
        ),
    )
    case: Case | None = Field(..., description=_("The case; null while it waits for its number."))


class Laid(Schema):
    """A file that was laid down."""

    file: str = Field(..., description=_("Name it so in `files` when you hand the matter in, within a week."))
    name: str = Field(..., description=_("The file's name, as it is kept."))
    mime: str = Field(..., description=_("The kind of file that it was found to be."))
    size: int = Field(..., description=_("Bytes, as it is kept."))


class Day(Schema):
    """One day on the way to the due date."""

    day: date = Field(..., description=_("The day."))
    kind: Literal["working", "make_up", "weekend", "holiday", "assumed"] = Field(
        ..., description=_("What kind of day it is.")
    )
    reason: str = Field(..., description=_("The holiday's name."))
    counted: int = Field(..., description=_("Its number in the count; 0 for a day that does not count."))


class Move(Schema):
    """One step on the way to the present due date."""

    cause: str = Field(..., description=_("Why the due date moved, for programs."))
    said: str = Field(..., description=_("Why the due date moved, in words."))
    on: date = Field(..., description=_("The day it happened."))
    to: date = Field(..., description=_("The due date from then on."))
    days: int = Field(..., description=_("The days of the limit, or for which the clock stood still."))
    unit: Literal["working", "calendar"] = Field(..., description=_("What is counted."))
    steps: list[Day] = Field(..., description=_("The days one by one, where the limit was counted."))


class Why(Schema):
    """Why a case is due when it is."""

    due_on: date = Field(..., description=_("By when answer and result are due."))
    is_provisional: bool = Field(
        ..., description=_("Whether holidays that are not published yet may move the due date.")
    )
    working_days_left: int = Field(..., description=_("Working days from today; negative when it has passed."))
    moves: list[Move] = Field(..., description=_("How the due date came about, step by step."))


class Rated(Schema):
    """A satisfaction as it was taken."""

    level: int = Field(..., description=_("5 very satisfied, 4, 3, 2, 1 very dissatisfied."))
    given_on: date = Field(..., description=_("The day it was taken."))


class KindOf(Schema):
    """A kind of matter that can be handed in."""

    code: str = Field(..., description=_("By which it is named in `kind`."))
    name: str = Field(..., description=_("What it is called."))


class Way(Schema):
    """A hotline or column of the plan."""

    id: str = Field(..., description=_("By which the plan names it."))
    name: str = Field(..., description=_("What it is called."))
    number: str = Field(..., description=_("The number to call."))
    is_own: bool = Field(..., description=_("Whether your key speaks for it."))


class TimeLimit(Schema):
    """How long a kind of case may take."""

    kind: str = Field(..., description=_("The kind of matter."))
    days: int = Field(..., description=_("Days from the day of receipt, which does not count."))
    unit: Literal["working", "calendar"] = Field(..., description=_("What is counted."))
    extension_days: int = Field(..., description=_("By how many days it may be extended once."))
