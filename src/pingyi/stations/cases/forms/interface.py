"""What a channel's system sends through the interface, as typed values with their bounds."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from pingyi.rules.day import BUREAU_TIME
from pingyi.rules.refused import Refused
from pingyi.stations.cases.contact import NOBODY, Contact
from pingyi.stations.cases.queries.interface import A_PAGE, MOST, Wanted

FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_FILES = 6  # as on the public form
TITLE = 60  # characters of the text that stand for a title where none is given
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# A day or a moment, and a number; told in the schema, while what does not fit is answered in words of its own.
CURSOR = r"^([12]\d{3}-[01]\d-[0-3]\d(T[0-9:.+-]+)?_[1-9]\d{0,17})?$"
Kind = Literal["complaint", "inquiry", "suggestion", "help", "praise"]


def _plain(value: Any) -> Any:
    """Take text without the spaces around it; no database keeps a NUL."""
    if not isinstance(value, str):
        return value
    if "\x00" in value:
        raise PydanticCustomError("unreadable", "it holds a NUL")
    return value.strip()


def _moment(value: Any) -> Any:
    """Take a plus sign that a client did not escape and that arrives as a space; without zone it is the bureau's."""
    if not isinstance(value, str):
        return value
    text = value.replace(" ", "+") if "T" in value else value
    try:
        moment = datetime.fromisoformat(text)
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError(value)
    except ValueError as fault:
        raise PydanticCustomError("moment", "no moment of these years") from fault
    return moment if moment.tzinfo else moment.replace(tzinfo=BUREAU_TIME)


def _day(value: Any) -> Any:
    """Take a day as the schema writes it; of a number nobody knows what it counts."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError("date_written_otherwise", "no day as the schema writes it")
    return value


def _whole(value: Any) -> Any:
    """Take 2.0 for 2, as JSON Schema does."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Line = Annotated[str, BeforeValidator(_plain)]
Day = Annotated[date, Field(strict=False), BeforeValidator(_day)]
EXACT = ConfigDict(extra="forbid", strict=True)  # what is sent is of the schema's types, not merely like them


def _says(field: str) -> dict[str, Any]:
    """Return how the schema says that a field holds something."""
    return {"required": [field], "properties": {field: {"pattern": r"\S"}}}


class Raised(Schema):
    """Who raised the matter; kept apart, opened only with a reason, and never told again."""

    model_config = EXACT

    name: Line = Field("", max_length=60, description=_("What the person is called."))
    phone: Line = Field("", max_length=40, description=_("Telephone, by which the person is called back."))
    email: Line = Field("", max_length=120, description=_("E-mail."))
    address: Line = Field("", max_length=200, description=_("Where the person can be written to."))
    is_withheld: bool = Field(
        default=False, description=_("Whether the section that handles the case must not learn who it is.")
    )


class Matter(Schema):
    """A matter to be handed in."""

    model_config = ConfigDict(**EXACT, json_schema_extra={"anyOf": [_says("title"), _says("text")]})

    kind: Kind = Field(..., description=_("The kind of matter; reports of misconduct go by the protected form."))
    title: Line = Field("", max_length=200, description=_("In one line; without it, the first line of the text."))
    text: Line = Field("", max_length=20_000, description=_("What the matter is, in the person's own words."))
    place: Line = Field("", max_length=200, description=_("Where it is."))
    external_number: Line = Field(
        "", max_length=64, description=_("Your own number; each comes once, and cases are found by it.")
    )
    section: Line = Field("", max_length=64, description=_("The section that it is about, if you know it."))
    due_on: Day | None = Field(None, description=_("Your own deadline; it can make the due date earlier, never later."))
    files: list[Annotated[str, Field(max_length=1_000)]] = Field(
        default_factory=list,
        max_length=MOST_FILES,
        description=_("Photographs and papers, as `POST /files` named them."),
    )
    contact: Raised | None = Field(None, description=_("Who raised the matter; kept apart and never told again."))

    @model_validator(mode="after")
    def _says_something(self) -> Matter:
        if not (self.title or self.text):
            raise PydanticCustomError("empty_matter", "neither title nor text")
        return self


class Satisfaction(Schema):
    """What the hotline's own call-back heard."""

    model_config = EXACT

    level: Annotated[int, BeforeValidator(_whole)] = Field(
        ..., ge=1, le=5, description=_("5 very satisfied, 4, 3, 2, 1 very dissatisfied.")
    )
    words: Line = Field("", max_length=2_000, description=_("What the person said about it."))


class Question(Schema):
    """Which cases are asked for."""

    model_config = ConfigDict(extra="forbid")

    updated_since: Annotated[datetime, BeforeValidator(_moment)] | None = Field(
        None, description=_("Only cases that changed at this moment or later, in the order of their last change.")
    )
    received_from: Day | None = Field(None, description=_("Only cases received on this day or later."))
    received_to: Day | None = Field(None, description=_("Only cases received on this day or earlier."))
    stage: Literal["open", "closed", "merged"] | None = Field(None, description=_("Only cases in this stage."))
    kind: Kind | None = Field(None, description=_("Only cases of this kind."))
    after: str = Field(
        "", max_length=80, description=_("`next` of the page before."), json_schema_extra={"pattern": CURSOR}
    )
    limit: int = Field(A_PAGE, ge=1, le=MOST, description=_("How many cases a page holds."))

    def wanted(self) -> Wanted:
        """Return the question."""
        if self.received_from and self.received_to and self.received_to < self.received_from:
            raise Refused("interface.range_reversed", field="received_to")
        return Wanted(
            updated_since=self.updated_since,
            received_from=self.received_from,
            received_to=self.received_to,
            stage=self.stage or "",
            kind=self.kind or "",
            after=self.after,
            limit=self.limit,
        )


def told(matter: Matter, *, sections: dict[str, str], on: date) -> dict[str, Any]:
    """Return what `interface.hand_in` needs."""
    if matter.section and matter.section not in sections:
        raise Refused("interface.no_such_section", field="section")
    if matter.due_on and matter.due_on < on:
        raise Refused("interface.due_over", field="due_on")
    about = gettext("About: %(section)s") % {"section": sections[matter.section]} if matter.section else ""
    return {
        "kind": matter.kind,
        "title": matter.title or _first_line(matter.text),
        "text": "\n".join(part for part in (matter.text, about) if part),
        "place": matter.place,
        "external_number": matter.external_number,
        "files": matter.files,
        "not_after": matter.due_on,
        "contact": Contact(**matter.contact.model_dump()) if matter.contact else NOBODY,
    }


def _first_line(text: str) -> str:
    line = text.splitlines()[0].strip()
    return line if len(line) <= TITLE else line[: TITLE - 1] + "…"
