"""A printed plan that comes back: what it carries is believed only if its own print is what the document says (§0).

The print says everything that decides, so a carried plan whose print is not the text before people's eyes is not what
they are bound by. What it carries is foreign: it is read as any plan's text is, with all checks, and gives no right
that a typed plan would not give.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, zip_longest

from pingyi.authoring.printing.blocks import Block, BlockKind
from pingyi.authoring.printing.outline import outline
from pingyi.authoring.printing.render import to_html
from pingyi.authoring.read import read
from pingyi.authoring.reading import Document
from pingyi.rules.plan import Plan

LANGUAGES = ("zh", "en")
APART = "\x1f"  # between the paragraphs and cells of a print
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
    found = [difference(document, outline(plan, language=one)) for one in LANGUAGES]
    if None not in found:
        nearest = max((one for one in found if one), key=lambda one: one.at)
        return Printed(carriage=Carriage.CHANGED, plan=plan, difference=nearest)
    # A page's looks can hide words or add some, so that only the very page that is printed here says nothing else.
    is_whole = document.kind == "pdf" or not document.unread
    is_clean = document.kind != "html" and document.is_plain and is_whole
    return Printed(carriage=Carriage.UNCHANGED if is_clean else Carriage.COVERED, plan=plan)


def difference(document: Document, blocks: Sequence[Block]) -> Difference | None:
    """Return where the text is not the print of the blocks; blanks say nothing, cells do where the file tells them."""
    if document.kind == "pdf":
        return _of_pages(_pages(document.seen), blocks)
    printed, seen = [line for block in blocks for line in _lines(_text(block))], _lines(document.text)
    for at, (one, other) in enumerate(zip_longest(printed, seen, fillvalue="")):
        if one != other:
            parts = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(other))
            return _around(printed=one, seen=other, done=at, parts=(parts, parts))
    return None


def _text(block: Block) -> str:
    if block.kind is not BlockKind.TABLE:
        return block.label + block.text.replace("\t", " ")
    return "\n".join("\t".join(re.sub(r"\s", " ", cell) for cell in row) for row in block.rows if any(row))


def _lines(text: str) -> list[str]:
    lines = (re.sub(r"[^\S\t]+", "", line).rstrip("\t") for line in text.split("\n"))
    return [line for line in lines if line.strip("\t")]


def _pages(text: str) -> list[str]:
    """Return the words of each page without its number."""
    marks = ((page, rf"\s*— *{number} *—\s*") for number, page in enumerate(text.split("\f"), 1))
    return [re.sub(rf"{mark}\Z|\A{mark}", "", page, count=1) for page, mark in marks]


def _of_pages(pages: Sequence[str], blocks: Sequence[Block]) -> Difference | None:
    """Return the first place in which the pages are not the blocks.

    A table that goes on over the page has its head there once more.
    """
    texts = (
        (cell for row in block.rows for cell in row) if block.rows else (block.label + block.text,) for block in blocks
    )
    printed = _apart(chain.from_iterable(texts))
    heads = [_apart(block.rows[0]) for block in blocks if block.kind is BlockKind.TABLE]
    done = 0
    for page in pages:
        tried = [page, *(page[_followed(head, 0, page)[1] :] for head in heads if done)]
        reached = [(*_followed(printed, done, one), one) for one in tried]
        fits = next((at for at, end, one in reached if end == len(one)), None)
        if fits is None:
            at, end, one = max(reached)
            return _around(printed=printed[done:], seen=one, done=at, parts=(at - done, end))
        done = fits
    left = printed[done:]
    return Difference(at=done, printed=_cut(left, 0), seen="") if left else None


def _followed(printed: str, at: int, page: str) -> tuple[int, int]:
    """Follow a page along the print: blanks may stand anywhere, and must between paragraphs and cells.

    Returns how far the print was followed, and how far the page was read.
    """
    is_apart = True
    for place, sign in enumerate(page):
        if sign.isspace():
            is_apart = True
            continue
        if printed[at : at + 1] == APART:
            if not is_apart:
                return at, place
            at += 1
        if printed[at : at + 1] != sign:
            return at, place
        at, is_apart = at + 1, False
    return at, len(page)


def _apart(parts: Iterable[str]) -> str:
    return APART.join(bare for part in parts if (bare := _bare(part)))


def _around(*, printed: str, seen: str, done: int, parts: tuple[int, int]) -> Difference:
    """Return the place where two texts part, with a few signs before it."""
    before, behind = (max(0, at - _BEFORE) for at in parts)
    return Difference(at=done, printed=_cut(printed, before), seen=_cut(seen, behind))


def _bare(text: str) -> str:
    return re.sub(rf"[\s{APART}]+", "", text)


def _cut(text: str, begins: int) -> str:
    told = re.sub(rf"[\s{APART}]+", " ", text[begins : begins + _LONGEST_TOLD])
    return ("…" if begins else "") + told + ("…" if len(text) > begins + _LONGEST_TOLD else "")
