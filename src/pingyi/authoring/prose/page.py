"""A cleaned text with its shadow, sentences and headings: what every topic reads from."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from pingyi.authoring.prose.draft import Lost
from pingyi.authoring.prose.flat import flatten
from pingyi.authoring.prose.lost import find_lost
from pingyi.authoring.prose.outline import Node, read_outline

_STOP = re.compile(r"[。！？；\n]+[”）]?")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and the place in the text that it was read from."""

    value: T
    start: int
    end: int


class Page:
    """The cleaned text and, made once each, everything that is derived from it."""

    def __init__(self, text: str) -> None:
        """Keep the text; all places mean places in it."""
        self.text = text
        self.sections: dict[str, list[Node]] = {}  # filled by `sections.sections`

    @cached_property
    def flat(self) -> str:
        """The shadow: same length, one spelling of marks and digits; lost passages read as a comma."""
        shadow = flatten(self.text)
        for lost in self.lost:
            gap = "，" * (lost.end - lost.start)
            shadow = shadow[: lost.start] + gap + shadow[lost.end :]
        return shadow

    @cached_property
    def first_line(self) -> str:
        """The first line, most often the title."""
        return self.text.split("\n", 1)[0]

    def sentences_with(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Yield the sentences that hold a word, so that a costly rule need not look at the others."""
        yield from (span for span in self.sentences if pattern.search(self.flat, *span))

    @cached_property
    def lost(self) -> tuple[Lost, ...]:
        """The passages in which bytes were lost."""
        return find_lost(self.text)

    @cached_property
    def root(self) -> Node:
        """The tree of headings."""
        return read_outline(self.flat)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every heading and numbered item, in order."""
        return tuple(self.root.walk())

    @cached_property
    def node_starts(self) -> dict[int, Node]:
        """The numbered items by the place where they begin."""
        return {node.start: node for node in self.nodes}

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The places of all sentences, without the blanks around them."""
        spans: list[tuple[int, int]] = []
        start = 0
        for stop in _STOP.finditer(self.flat):
            spans.append((start, stop.end()))
            start = stop.end()
        spans.append((start, len(self.flat)))
        return tuple(span for span in (self._trimmed(*span) for span in spans) if span[0] < span[1])

    def within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the sentences of a stretch, cut to it."""
        first = bisect.bisect_right(self._ends, start)
        for begin, stop in self.sentences[first:]:
            if begin >= end:
                break
            span = self._trimmed(max(begin, start), min(stop, end))
            if span[0] < span[1]:
                yield span

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Return the sentence that holds a place."""
        index = min(bisect.bisect_right(self._ends, position), len(self.sentences) - 1)
        return self.sentences[index]

    def quote(self, start: int, end: int) -> str:
        """Return the sentence (or sentences) around a stretch, as they stand in the text."""
        while end > start + 1 and self.flat[end - 1] in " \n":
            end -= 1
        first = self.sentence_at(start)
        last = self.sentence_at(max(start, end - 1))
        begin = min(first[0], start)
        return self.text[begin : max(last[1], end)].strip()

    def words(self, start: int, end: int) -> str:
        """Return the text of a stretch without blanks and closing marks."""
        return self.text[start:end].strip(" \n，。；：、,;:")

    def clause_at(self, position: int) -> str:
        """Return the text's own number for a place, such as "四 ㈣"."""
        index = bisect.bisect_right(self._starts, position) - 1
        node = self.nodes[index] if index >= 0 else None
        while node is not None and node.end <= position:
            node = node.parent
        numbered = [outer for outer in node.ancestors() if outer.title_start > outer.start] if node else []
        return " ".join(self.flat[one.start : one.title_start].strip(" 、.，：") for one in reversed(numbered))

    @cached_property
    def _starts(self) -> list[int]:
        return [node.start for node in self.nodes]

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self.sentences]

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.flat[start] in " \n":
            start += 1
        while start < end and self.flat[end - 1] in " \n":
            end -= 1
        return start, end
