"""A printed plan that comes back: what it carries is believed only if its own print is what the document says (§0).

The print says everything that decides, so a carried plan whose print is not the text before people's eyes is not what
they are bound by. What it carries is foreign: it is read as any plan's text is, with all checks, and gives no right
that a typed plan would not give.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from pingyi.authoring.printing.blocks import Block, BlockKind
from pingyi.authoring.printing.outline import outline
from pingyi.authoring.printing.render import to_html
from pingyi.authoring.read import read
from pingyi.authoring.reading import Document
from pingyi.rules.plan import Plan

LANGUAGES = ("zh", "en")
_LONGEST_TOLD, _BEFORE = 40, 12  # signs of a place that are told, and how many of them before what differs


class Carriage(StrEnum):
    """What became of the plan that a document carries."""

    NONE = "none"  # it carries none
    UNREAD = "unread"  # what it carries is no whole plan
    CHANGED = "changed"  # its text is not the print of what it carries
    COVERED = "covered"  # its text is, but more than text stands on the pages
    UNCHANGED = "unchanged"  # it is the printed plan


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A place in which the text before people's eyes is not the print: how far on, as printed, as seen."""

    at: int
    printed: str
    seen: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """What a document carries, judged."""

    carriage: Carriage
    plan: Plan | None = None
    difference: Difference | None = None  # the first one


def judge(document: Document, *, content: bytes) -> Printed:
    """Say whether a document is the unchanged print of the plan that it carries; `content` are its bytes."""
    if not document.carried:
        return Printed(carriage=Carriage.NONE)
    located = read(document.carried.decode("utf-8", "replace"))
    plan = located.plan if located.is_whole else None
    if plan is None:
        return Printed(carriage=Carriage.UNREAD)
    source = content.decode("utf-8", "replace")
    if document.kind == "html" and any(source == to_html(plan, language=one) for one in LANGUAGES):
        return Printed(carriage=Carriage.UNCHANGED, plan=plan)
    found = [_difference(document, outline(plan, language=one)) for one in LANGUAGES]
    if None not in found:
        nearest = max((one for one in found if one), key=lambda one: one.at)
        return Printed(carriage=Carriage.CHANGED, plan=plan, difference=nearest)
    # A page's looks can hide words or add some, so that only the very page that is printed here says nothing else.
    is_whole = document.kind == "pdf" or not document.unread
    is_clean = document.kind != "html" and document.is_plain and is_whole
    return Printed(carriage=Carriage.UNCHANGED if is_clean else Carriage.COVERED, plan=plan)


def _difference(document: Document, blocks: Sequence[Block]) -> Difference | None:
    """Return where the text is not the print of the blocks; blanks say nothing, cells do where the file tells them."""
    if document.kind == "pdf":
        return _of_pages(_pages(document.seen), blocks)
    printed, seen = [line for block in blocks for line in _lines(_text(block))], _lines(document.text)
    for at, (one, other) in enumerate(zip_longest(printed, seen, fillvalue="")):
        if one != other:
            return _around(printed=one, seen=other, done=at)
    return None


def _text(block: Block) -> str:
    if block.kind is not BlockKind.TABLE:
        return block.label + block.text.replace("\t", " ")
    return "\n".join("\t".join(re.sub(r"\s", " ", cell) for cell in row) for row in block.rows if any(row))


def _lines(text: str) -> list[str]:
    lines = (re.sub(r"[^\S\t]+", "", line).rstrip("\t") for line in text.split("\n"))
    return [line for line in lines if line.strip("\t")]


def _pages(text: str) -> list[str]:
    """Return the words of each page, without blanks and without its number."""
    pages = []
    for number, page in enumerate(text.split("\f"), 1):
        words = _bare(page)
        mark = f"—{number}—"
        pages.append(words.removesuffix(mark) if words.endswith(mark) else words.removeprefix(mark))
    return pages


def _of_pages(pages: Sequence[str], blocks: Sequence[Block]) -> Difference | None:
    """Return the first place in which the pages are not the blocks.

    A table that goes on over the page has its head there once more.
    """
    printed = "".join(_bare("".join(map("".join, block.rows)) or block.label + block.text) for block in blocks)
    heads = [_bare("".join(block.rows[0])) for block in blocks if block.kind is BlockKind.TABLE]
    done = 0
    for page in pages:
        starts = [page, *(page.removeprefix(head) for head in heads if done and page.startswith(head))]
        fits = next((one for one in starts if printed.startswith(one, done)), None)
        if fits is None:
            return _around(printed=printed[done:], seen=page, done=done)
        done += len(fits)
    return _around(printed=printed[done:], seen="", done=done) if done < len(printed) else None


def _around(*, printed: str, seen: str, done: int) -> Difference:
    """Return the place where two texts part, with a few signs before it."""
    at = next((n for n, (one, other) in enumerate(zip(seen, printed, strict=False)) if one != other), len(seen))
    begins = max(0, at - _BEFORE)
    return Difference(at=done, printed=_cut(printed, begins), seen=_cut(seen, begins))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _cut(text: str, begins: int) -> str:
    told = text[begins : begins + _LONGEST_TOLD].replace("\t", " ")
    return ("…" if begins else "") + told + ("…" if len(text) > begins + _LONGEST_TOLD else "")
