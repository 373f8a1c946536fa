"""The tree of headings and numbered items, whatever numbering a text uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pingyi.authoring.prose.marks import INLINE_ONLY, Mark, inline_candidates, mark_at
from pingyi.authoring.prose.topics import is_bare_heading

_TITLE_END = re.compile(r"[。；！？\n]")
_STEP = re.compile(r"(?:第[一二三四五六七八九\d]个?)?(?:评议|工作)?(?:阶段|步骤?|环节)[：，]")
_DOUBLED = {"stage"}  # （一）第一阶段：… counts the same thing twice
_COLON_TITLE = 24
_LONGEST_TITLE = 60
# Of two styles that meet for the first time at one place, the later in this row is the deeper.
_RANK = {
    "root": 0,
    "part": 1,
    "top": 2,
    "article": 5,
    "bare": 4,
    "han": 3,
    "stage": 4,
    "han_bracket": 5,
    "number": 6,
    "decimal": 7,
    "number_bracket": 8,
    "circle": 9,
    "being": 10,
    "ordinal": 10,
    "namely": 10,
}


@dataclass(slots=True, eq=False)
class Node:
    """A heading or numbered item with everything under it."""

    style: str
    value: int
    start: int
    title_start: int
    title_end: int
    end: int
    title: str
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Yield the nodes below, in the order of the text."""
        for child in self.children:
            yield child
            yield from child.walk()

    @property
    def body_start(self) -> int:
        """Where the text after the title begins."""
        return self.title_end

    @property
    def own_end(self) -> int:
        """Where the node's own text ends and its first child begins."""
        return self.children[0].start if self.children else self.end

    def ancestors(self) -> Iterator[Node]:
        """Yield the node and those above it."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


def read_outline(flat: str) -> Node:
    """Return the root of the tree of a flattened text."""
    root = Node("root", 0, 0, 0, 0, len(flat), "")
    stack = [root]
    marks = _marks(flat)
    _raise_bare(marks)
    starts = [*(mark.start for mark in marks[1:]), len(flat)]
    for mark, following in zip(marks, starts, strict=False):
        title_end = _title_end(flat, mark, following)
        _climb(stack, mark)
        node = Node(
            mark.style, mark.value, mark.start, mark.end, title_end, len(flat), flat[mark.end : title_end], stack[-1]
        )
        node.title = node.title.strip(" 。；：\n")
        stack[-1].children.append(node)
        stack.append(node)
    _close(root, len(flat))
    return root


def _raise_bare(marks: list[Mark]) -> None:
    """Headings without numbers are the highest level where no 一、 stands above them."""
    if not any(mark.style in {"part", "article", "han"} for mark in marks):
        marks[:] = [replace(mark, style="top") if mark.style == "bare" else mark for mark in marks]


def _climb(stack: list[Node], mark: Mark) -> None:
    """Leave the levels that a mark closes: down to its own style, or to one that it can stand under."""
    same = next((place for place, node in enumerate(stack) if node.style == mark.style), None)
    if same is not None:
        del stack[same:]
        return
    while len(stack) > 1 and not _is_below(mark, stack[-1]):
        stack.pop()


def _is_below(mark: Mark, top: Node) -> bool:
    """Tell whether a mark opens a level under a node."""
    if _RANK[mark.style] > _RANK[top.style]:
        return True
    # "1、" above "（一）" does happen; a number that starts again at 1 under an unknown style goes deeper.
    return mark.value == 1 and mark.style not in {"part", "bare", "top"}


def _close(node: Node, end: int) -> None:
    ends = [*(child.start for child in node.children[1:]), end]
    for child, child_end in zip(node.children, ends, strict=False):
        child.end = child_end
        _close(child, child_end)


def _title_end(flat: str, mark: Mark, following: int) -> int:
    """A title ends with its first full stop, its line, or a colon where it is short."""
    stop = _TITLE_END.search(flat, mark.end, following)
    end = stop.start() if stop else following
    # "第一步：宣传发动" is named after the colon.
    named = _STEP.match(flat, mark.end)
    colon = flat.find("：", named.end() if named else mark.end, min(end, mark.end + _COLON_TITLE))
    if colon >= 0:
        return colon + 1
    if mark.style in INLINE_ONLY:
        comma = flat.find("，", mark.end, end)
        return comma if comma >= 0 else end
    blank = flat.find(" ", mark.end, min(end, mark.end + _COLON_TITLE))
    if blank > mark.end and end - mark.end > _COLON_TITLE:
        return blank
    if stop and stop.group() == "。":
        end += 1
    return end


def _marks(flat: str) -> list[Mark]:
    marks: list[Mark] = []
    start = 0
    for line in flat.split("\n"):
        marks += _line_marks(flat, start, start + len(line), marks)
        start += len(line) + 1
    return marks


def _line_marks(flat: str, start: int, end: int, before: list[Mark]) -> list[Mark]:
    marks: list[Mark] = []
    first = mark_at(flat, start, at_line_start=True)
    if first is not None and first.end <= end:
        marks.append(first)
        # "三、（一）…" and "第一阶段：1、…": a second number right after the first.
        second = mark_at(flat, first.end, at_line_start=True)
        if second is not None and second.style not in {first.style, *_DOUBLED} and second.value == 1:
            marks.append(second)
    elif is_bare_heading(flat[start:end]):
        marks.append(Mark("bare", 0, start, start, is_at_line_start=True))
    latest = {mark.style: mark.value for mark in [*before[-60:], *marks]}
    doubled = first.end if first is not None else -1
    inline = [
        mark for mark in inline_candidates(flat, start, end) if mark.start != doubled or mark.style not in _DOUBLED
    ]
    chains = _chains(inline, latest)
    return marks + [mark for mark in inline if mark in chains and mark not in marks]


def _chains(candidates: list[Mark], latest: dict[str, int]) -> set[Mark]:
    """Keep only numbers that count on: 1, 2, 3 in one line, or the next after the last heading of that style."""
    kept: set[Mark] = set()
    sizes = Counter((mark.style, mark.value) for mark in candidates)
    for mark in candidates:
        starts = mark.value == 1 and sizes[mark.style, 2] > 0
        if starts or (mark.value > 1 and latest.get(mark.style) == mark.value - 1):
            kept.add(mark)
            latest[mark.style] = mark.value
    return kept
