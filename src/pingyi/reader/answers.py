"""The heads of answers, typed: what comes back from a child is believed only as far as it has one of these shapes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from pingyi.reader import wire

Short = Annotated[str, Field(max_length=200)]


class _Head(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    n: Annotated[int, Field(ge=0)]


class No(_Head):
    """The file gives no answer, and why; `fault` names an exception that nobody foresaw."""

    kind: Literal["no"]
    no: Annotated[str, Field(pattern=r"^[a-z]+\.[a-z_]+$", max_length=40)]
    facts: dict[Short, Annotated[str, Field(max_length=2000)]]
    fault: Short = ""


class Begun(_Head):
    """A place was found, and a child is at work."""

    kind: Literal["begun"]


class End(_Head):
    """All was said."""

    kind: Literal["end"]


class State(_Head):
    """How the reader is: why its children are not closed in (empty where they are), how many are at work."""

    kind: Literal["state"]
    refusal: Short
    children: int


class Kept(_Head):
    """What is kept of a file: its ending, and whether it was drawn anew (its bytes follow) or stays as it is."""

    kind: Literal["kept"]
    ending: Annotated[str, Field(pattern=r"^[a-z]{3,4}$")]
    is_drawn: bool


class Passages(BaseModel):
    """Words of a document that its writer took away; there may be more of them than are told."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    why: Literal["struck", "hidden", "deleted", "aslant", "note", "margin", "small"]
    count: Annotated[int, Field(ge=1)]
    words: list[Short]


class SheetBegins(_Head):
    """The rows that follow are of this sheet; what stands there but is no text of it is told here."""

    kind: Literal["sheet"]
    name: Short
    unread: list[Passages] = []


class Rows(_Head):
    """Rows of a sheet, each a line of JSON."""

    kind: Literal["rows"]
    count: Annotated[int, Field(ge=1)]


class Text(_Head):
    """A document's text, in UTF-8, and what stands there but is not text.

    The last `carried` bytes are no text but the plan that the document carries; nobody has judged them yet. The `seen`
    bytes before them are all that its pages say, where the text leaves something out.
    """

    kind: Literal["text"]
    form: Literal["txt", "docx", "pdf", "html"]
    encoding: Short
    pages: int
    unread: list[Passages]
    carried: Annotated[int, Field(ge=0)]
    seen: Annotated[int, Field(ge=0)]
    is_plain: bool


Answer = No | Begun | End | State | Kept | SheetBegins | Rows | Text
_ANSWER: TypeAdapter[Answer] = TypeAdapter(Annotated[Answer, Field(discriminator="kind")])


def typed(head: wire.Head) -> Answer:
    """Return a head as what it says it is; raise `wire.BrokenError` where it is nothing of ours."""
    try:
        return _ANSWER.validate_python(head)
    except ValidationError as fault:
        raise wire.BrokenError("an answer of no known shape") from fault
