"""A document brought in: the plan that it carries where it is its print, else what its phrases or prose say (§0)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum

from pingyi.authoring.by_changes import Changed, read_changed
from pingyi.authoring.by_phrases import draft_of
from pingyi.authoring.printed import Carriage, Printed, judge
from pingyi.authoring.prose import Doubt, Draft, taken_away, understand
from pingyi.authoring.reading import Document
from pingyi.authoring.reading_prints import read_print
from pingyi.rules.plan import Plan


class Way(StrEnum):
    """How a document was read."""

    CARRIED = "carried"  # the plan that it carries, for its text is that plan's print
    CHANGES = "changes"  # the plan that it carries, with what was changed in its text
    PHRASES = "phrases"  # by the printer's phrases: a print without its data
    PROSE = "prose"


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What came of a document, and of the plan that it carries if it is a print."""

    draft: Draft
    carriage: Carriage
    way: Way = Way.PROSE
    changed: Changed | None = None  # how its text differs from the plan that it carries

    @property
    def is_printed(self) -> bool:
        """Whether this is a printed plan, unchanged: nothing of it was guessed."""
        return self.carriage is Carriage.UNCHANGED


def take_in(document: Document, *, content: bytes, name: str, year: int | None, preset: str = "standard") -> Imported:
    """Read a document of which `content` are the bytes; `year` is taken where prose names none."""
    printed = judge(document, content=content)
    if printed.carriage is Carriage.UNCHANGED and printed.plan is not None:
        return Imported(draft=_whole(document, printed.plan, name=name), carriage=printed.carriage, way=Way.CARRIED)
    digest = hashlib.sha256(content).hexdigest()
    reading = read_print(document.text, is_by_lines=document.lines_are_whole)
    if printed.carriage is Carriage.CHANGED and printed.plan is not None and reading is not None:
        changed = read_changed(document, reading, printed.plan, name=name, sha256=digest)
        if changed is not None:
            draft = _noted(changed.draft, document)
            return Imported(draft=draft, carriage=printed.carriage, way=Way.CHANGES, changed=changed)
    if reading is not None:
        draft, way = _noted(draft_of(reading, name=name, sha256=digest), document), Way.PHRASES
    else:
        way = Way.PROSE
        draft = understand(
            document.text,
            name=name,
            preset=preset,
            year=year,
            sha256=digest,
            unread=document.unread,
            lines_are_whole=document.lines_are_whole,
        )
    if doubt := _doubt(printed):
        draft = replace(draft, problems=(doubt, *draft.problems))
    return Imported(draft=draft, carriage=printed.carriage, way=way)


def _noted(draft: Draft, document: Document) -> Draft:
    """Return a draft that also tells what the reader of the file took away, as the reader of prose does by itself."""
    return replace(draft, problems=(*draft.problems, *taken_away(document.unread)))


def _whole(document: Document, plan: Plan, *, name: str) -> Draft:
    return Draft(name=name, text=document.text, plan=plan, items=(), uncovered=(), lost=(), problems=())


def _doubt(printed: Printed) -> Doubt | None:
    """Say why what the document carries was not taken."""
    if printed.carriage is Carriage.NONE:
        return None
    facts: dict[str, str | int] = {"title": printed.plan.title} if printed.plan else {}
    if printed.difference:
        facts |= {"carried": printed.difference.printed or "—", "seen": printed.difference.seen or "—"}
    return Doubt(code=f"print.{printed.carriage.value}", facts=facts)
