"""A print without its data as a draft: its phrases, held against their own print; the rest is read as prose (§0)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pingyi.authoring.by_prose import said_in_prose
from pingyi.authoring.emit import to_yaml
from pingyi.authoring.printing.blocks import Block, BlockKind
from pingyi.authoring.printing.outline import outline
from pingyi.authoring.prose import Doubt, Draft, Item, Sentence, Span
from pingyi.authoring.read import read
from pingyi.authoring.reading_prints import Reading, Seen
from pingyi.authoring.reading_prints.patterns import plain
from pingyi.rules.plan import Original, Plan

_LONGEST_TOLD = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class _Text:
    """The lines of a print as one text, and where each begins."""

    text: str
    begins: tuple[int, ...]

    def span(self, block: Seen) -> Span:
        """Return where a block stands."""
        end = self.begins[block.last + 1] - 1 if block.last + 1 < len(self.begins) else len(self.text)
        return Span(start=self.begins[block.first], end=end)


def draft_of(reading: Reading, *, name: str, sha256: str) -> Draft:
    """Return what was read as a draft, with all that its own print would say otherwise."""
    text = _text_of(reading.sheets.lines)
    plan, by_prose = _with_prose(reading)
    unread = [(one, text.span(one)) for one in reading.unread]
    uncovered = tuple(Sentence(start=at.start, end=at.end, text=text.text[at.start : at.end]) for _, at in unread)
    doubts = [
        Doubt(code="print.phrases", facts={"title": plan.title, "count": len(reading.places)}),
        *(_beside(one, span, by_prose) for one, span in unread),
        *_not_said(reading),
    ]
    original = Original(name=name, sha256=sha256, uncovered=tuple(one.text for one in uncovered))
    return Draft(
        name=name,
        text=text.text,
        plan=replace(plan, original=original),
        items=tuple(_items(reading, text)),
        uncovered=uncovered,
        lost=(),
        problems=tuple(doubts),
        sentences=sum(len(sheet.blocks) for sheet in reading.sheets.sheets),
    )


def _text_of(lines: Iterable[str]) -> _Text:
    kept = [line.replace("\t", " ｜ ") for line in lines]
    begins, place = [], 0
    for line in kept:
        begins.append(place)
        place += len(line) + 1
    return _Text(text="\n".join(kept), begins=tuple(begins))


def _items(reading: Reading, text: _Text) -> Iterator[Item]:
    for path, block in reading.places:
        span = text.span(block)
        yield Item(path=path, start=span.start, end=span.end, quote=text.text[span.start : span.end][:_LONGEST_TOLD])


def _beside(block: Seen, span: Span, by_prose: dict[int, int]) -> Doubt:
    """Say that a paragraph is not the printer's, and how many duties or meetings were read in it as prose."""
    count = by_prose.get(id(block), 0)
    code = "print.by_prose" if count else "print.beside"
    return Doubt(code=code, facts={"words": told(block), "count": count}, span=span)


def told(block: Seen) -> str:
    """Return the words of a paragraph or a row, cut where they are many."""
    words = block.label + (block.text or "　".join(cell for row in block.rows for cell in row))
    return words if len(words) <= _LONGEST_TOLD else words[:_LONGEST_TOLD] + "…"


def _not_said(reading: Reading) -> Iterator[Doubt]:
    """Say what the print of the plan has that the document has not: what it left out is not left open in silence.

    And the other way round: a block that was read, and that the print of what was read does not have.
    """
    printed = outline(reading.plan, language=reading.sheets.tongue)
    seen = plain("".join(reading.sheets.lines))
    known = {"".join(map(plain, _words(block))) for block in printed}
    everything = "".join(known)
    for block in printed:
        missing = next((words for words in _words(block) if plain(words) not in seen), "")
        if missing and block.kind not in {BlockKind.HEADING, BlockKind.SUBHEADING}:
            yield Doubt(code="print.added", facts={"words": missing[:_LONGEST_TOLD]})
    for _, one in reading.places:
        if any(plain(part) not in everything for part in (one.text, *(cell for row in one.rows for cell in row))):
            yield Doubt(code="print.misread", facts={"words": told(one)})


def _words(block: Block) -> tuple[str, ...]:
    return tuple(cell for row in block.rows for cell in row) if block.rows else (block.text,)


def _with_prose(reading: Reading) -> tuple[Plan, dict[int, int]]:
    """Read the paragraphs in a phase that are not the printer's as prose; returns the plan with what they gave."""
    plan, counts = reading.plan, {}
    for block, _, tasks in said_in_prose(reading):
        more = replace(plan, tasks=(*plan.tasks, *tasks))
        if tasks and read(to_yaml(more)).is_whole:
            plan, counts[id(block)] = more, len(tasks)
    return plan, counts
