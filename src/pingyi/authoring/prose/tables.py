"""Tables of a plan, as Word and web pages hold them: contents with marks, shares, phases, duties (§3.2, §4).

A row stands in the text as its cells with ｜ between them; in the shadow that is a ；, so every cell is a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pingyi.authoring.prose.cleaning import BAR
from pingyi.authoring.prose.numerals import DECIMAL, decimal_of
from pingyi.authoring.prose.page import Page

_POINTS = re.compile(r"分值|标准分|满分|权重|分数|占比|比重|比例|^得?分$|配分|赋分")
_CONTENT = re.compile(r"内容|指标|要素|评议项目|测评项目|考核项目|^项目$|^评议事项$")
_NAMES = re.compile(r"方式|主体|来源|代表|人员|评议人|测评人|层面|渠道|类别|参评|^项目$")
_TASK = re.compile(r"任务|工作|事项|措施|内容|举措")
_WHO = re.compile(r"责任|牵头|承办|负责|实施主体|完成单位")
_TIME = re.compile(r"时间|时限|期限|日期|进度")
_PHASE = re.compile(r"阶段|步骤|环节")
_TOTAL = re.compile(r"^(?:合计|总计|总分|共计|小计)$")
_NUMBER_ONLY = re.compile(rf"^\s*(?P<n>{DECIMAL})\s?(?:分|%)?\s*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with its place; an empty one below a merged cell has the words of the cell above."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row names the columns."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    start: int
    end: int

    def column(self, pattern: re.Pattern[str], *, but: int | None = None) -> int | None:
        """Return the first column whose head fits."""
        return next((at for at, name in enumerate(self.head) if at != but and pattern.search(name)), None)

    @property
    def is_of_phases(self) -> bool:
        """Tell whether each row is a dated stretch of the year."""
        return self.column(_PHASE) is not None and self.column(_TIME) is not None

    @property
    def is_of_duties(self) -> bool:
        """Tell whether each row is something to be done, with a doer or a day."""
        at = self.column(_TASK)
        return not self.is_of_phases and at is not None and (self.who is not None or self.when is not None)

    @property
    def task(self) -> int | None:
        """The column that says what is to be done."""
        return self.column(_TASK, but=self.who if self.who is not None else self.when)

    @property
    def who(self) -> int | None:
        """The column that says who does it."""
        return self.column(_WHO)

    @property
    def when(self) -> int | None:
        """The column that says until when."""
        return self.column(_TIME)

    @property
    def phase(self) -> int | None:
        """The column that names the stretch of the year."""
        return self.column(_PHASE)


def tables_of(page: Page) -> list[Table]:
    """Return the tables of a text whose first row names their columns."""
    found: list[Table] = []
    rows: list[tuple[Cell, ...]] = []
    place = 0
    for line in [*page.text.split("\n"), ""]:
        if BAR in line:
            rows.append(_cells(line, place, rows[-1] if rows else ()))
        elif rows:
            found += _table(rows)
            rows = []
        place += len(line) + 1
    return found


def _cells(line: str, start: int, above: tuple[Cell, ...]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for at, piece in enumerate(line.split(BAR)):
        words = piece.strip()
        begin = start + len(piece) - len(piece.lstrip())
        repeated = above[at].words if not words and at < len(above) else words
        cells.append(Cell(words or repeated, begin, max(begin + len(words), begin)))
        start += len(piece) + 1
    return tuple(cells)


def _table(rows: list[tuple[Cell, ...]]) -> list[Table]:
    head = tuple(re.sub(r"\s", "", cell.words) for cell in rows[0])
    if len(rows) < 2 or not any(re.search(r"[\u4e00-\u9fff]", name) for name in head):
        return []
    return [Table(head, tuple(rows[1:]), rows[0][0].start, rows[-1][-1].end)]


@dataclass(frozen=True, slots=True)
class Marked:
    """A name of a table, what its row says beside it, and its marks."""

    name: str
    text: str
    points: Decimal
    start: int
    end: int


def marked_contents(page: Page) -> list[Marked]:
    """Return what is judged with its marks, as a scoring table lists it."""
    found: list[Marked] = []
    for table in tables_of(page):
        at = table.column(_POINTS)
        if at is None or table.is_of_duties or table.is_of_phases or _are_shares(table, at):
            continue
        name = table.column(_CONTENT, but=at)
        found += _marked(table, name, at) if name is not None else []
    return found


def shares(page: Page) -> list[Marked]:
    """Return names and shares of tables that divide the composite or the voters."""
    found: list[Marked] = []
    for table in tables_of(page):
        at = table.column(_POINTS)
        if at is not None and _are_shares(table, at):
            name = table.column(_NAMES, but=at)
            found += _marked(table, 0 if name is None else name, at)
    return found


def _are_shares(table: Table, at: int) -> bool:
    """Shares divide by method or by voter: 群众评议 50%, 服务对象 30%."""
    if table.column(_CONTENT, but=at) is not None and table.head[at] in {"分值", "标准分", "满分"}:
        return False
    names = [row[0].words for row in table.rows if row]
    methods = sum(
        bool(re.search(r"(?:评议|测评|调查|考核|评价|评分|检查|暗访|回访|代表|委员|对象|监督员|群众)$", name))
        for name in names
    )
    return table.column(_NAMES, but=at) is not None and (methods * 2 >= len(names) or "权" in table.head[at])


def _marked(table: Table, name: int, at: int) -> list[Marked]:
    merged: list[Marked] = []
    for row in table.rows:
        number = _NUMBER_ONLY.match(row[at].words) if at < len(row) else None
        points = decimal_of(number["n"]) if number else None
        cell = row[name] if name < len(row) else None
        if points is None or cell is None or not cell.words or any(_TOTAL.match(one.words) for one in row):
            continue
        own = row[at].end > row[at].start
        beside = "；".join(one.words for place, one in enumerate(row) if place not in {name, at} and len(one.words) > 3)
        last = merged[-1] if merged else None
        if last is not None and last.name == cell.words:
            total = last.points + points if own else last.points
            merged[-1] = Marked(last.name, f"{last.text}；{beside}".strip("；"), total, last.start, row[-1].end)
        else:
            merged.append(Marked(_title(cell.words), beside, points, row[0].start, row[-1].end))
    return merged


def _title(words: str) -> str:
    bare = re.sub(r"^(?:[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）|\d{1,2}[.、])", "", words)
    return re.split(r"[。；：]", re.sub(r"[（(]\d{1,3}分[）)]$", "", bare))[0].strip()[:40]
