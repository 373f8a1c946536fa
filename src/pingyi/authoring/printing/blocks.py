"""The plain blocks that a printed plan is made of, numbered as official documents are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_CHINESE = "零一二三四五六七八九十"


class BlockKind(StrEnum):
    """What a block is on the page."""

    TITLE = "title"
    NUMBER = "number"  # 文号
    HEADING = "heading"  # 一、
    SUBHEADING = "subheading"  # （一）
    ITEM = "item"  # 1.
    BODY = "body"
    TABLE = "table"
    SIGNATURE = "signature"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One paragraph, or one table whose first row is its head; `label` is its number."""

    kind: BlockKind
    text: str = ""
    label: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def named_rows(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The rows under the head, each cell with the name of its column."""
        return tuple(tuple(zip(self.rows[0], row, strict=True)) for row in self.rows[1:])


class Page:
    """A document under construction: keeps the numbers of its headings."""

    def __init__(self, *, language: str) -> None:
        """Begin an empty document in a language."""
        self.language = language
        self.blocks: list[Block] = []
        self._counts = [0, 0, 0]

    def put(self, kind: BlockKind, text: str) -> None:
        """Add a block without a number."""
        self.blocks.append(Block(kind=kind, text=text))

    def heading(self, text: str) -> None:
        """Add a heading of the first level: 一、"""
        self._number(0, BlockKind.HEADING, text)

    def subheading(self, text: str) -> None:
        """Add a heading of the second level: （一）"""
        self._number(1, BlockKind.SUBHEADING, text)

    def item(self, text: str) -> None:
        """Add a numbered paragraph: 1."""
        self._number(2, BlockKind.ITEM, text)

    def table(self, *rows: tuple[str, ...]) -> None:
        """Add a table; the first row is its head."""
        self.blocks.append(Block(kind=BlockKind.TABLE, rows=rows))

    def _number(self, level: int, kind: BlockKind, text: str) -> None:
        self._counts[level] += 1
        self._counts[level + 1 :] = [0] * (2 - level)
        self.blocks.append(Block(kind=kind, text=text, label=self._label(level)))

    def _label(self, level: int) -> str:
        number = self._counts[level]
        if self.language.startswith("en"):
            return (f"{number}. ", f"{self._counts[0]}.{number} ", f"{number}. ")[level]
        return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}.")[level]


def chinese(number: int) -> str:
    """Write a number from 1 to 99 in Chinese digits."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _CHINESE[ones]
    return ("" if tens == 1 else _CHINESE[tens]) + "十" + (_CHINESE[ones] if ones else "")
