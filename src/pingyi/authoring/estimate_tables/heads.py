"""What the columns of a table of answers, visits, cases or ballots are, by their Chinese or English names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pingyi.authoring.tables.by_cells import ANY_YEAR, SAMPLED, UNIT, are
from pingyi.authoring.tables.cells import Cell, day, key, number, text

SEARCHED_ROWS = 25
MARKS_OF_SECTION = "marks"  # a column of the marks that one section got
LEAST_SECTIONS = 2  # a table with a column for each section has at least so many


class Kind(StrEnum):
    """What a table holds."""

    SURVEY = "survey"  # a row for each person and section
    BALLOTS = "ballots"
    BALLOT_GRID = "ballot_grid"  # a row for each voter, a column for each section
    VISITS = "visits"
    CASES = "cases"


class Column(StrEnum):
    """What a column holds."""

    PERSON = "person"
    VOTER = "voter"
    SECTION = "section"
    STRATUM = "stratum"
    POPULATION = "population"
    WEIGHT = "weight"
    CLUSTER = "cluster"
    INDICATOR = "indicator"
    LEVEL = "level"
    MARK = "mark"
    RATED = "rated"
    CLOSED = "closed"
    SATISFIED = "satisfied"
    UNREAD = "unread"


NAMES: dict[Column, tuple[str, str]] = {
    Column.PERSON: ("受访者", "respondent"),
    Column.VOTER: ("投票人", "voter"),
    Column.SECTION: ("科室", "section"),
    Column.STRATUM: ("层", "stratum"),
    Column.POPULATION: ("层内总数", "total of the stratum"),
    Column.WEIGHT: ("抽样权重", "design weight"),
    Column.CLUSTER: ("群", "cluster"),
    Column.INDICATOR: ("指标", "indicator"),
    Column.LEVEL: ("评价", "level"),
    Column.MARK: ("得分", "score"),
    Column.RATED: ("是否评价", "rated"),
    Column.CLOSED: ("办结数", "closed"),
    Column.SATISFIED: ("满意数", "satisfied"),
    Column.UNREAD: ("不读", "not read"),
}
WORDS: dict[Column, tuple[str, ...]] = {
    Column.PERSON: ("resp_id", "respondent", "respondent_id", "person", "受访者", "受访人", "被访者", "受访者编号",
                    "问卷", "问卷编号", "答卷编号", "样本编号"),
    Column.VOTER: ("voter", "rater", "ballot", "ballot_id", "投票人", "票号", "选票", "选票编号", "票签", "评议代表",
                   "代表编号", "评委"),
    Column.SECTION: ("section", "unit", "科室", "科室名称", "被评议科室", "被评科室", "评议对象", "单位", "部门"),
    Column.STRATUM: ("stratum", "strata", "层", "分层", "层别", "类别", "对象类别", "服务对象类别"),
    Column.POPULATION: ("population", "fpc", "总体数", "总体", "层总数", "总人数", "总数"),
    Column.WEIGHT: ("w", "weight", "weights", "pw", "权重", "抽样权重"),
    Column.CLUSTER: ("cluster", "psu", "群", "抽样单位", "初级单位"),
    Column.INDICATOR: ("indicator", "question", "item", "指标", "题目", "问题"),
    Column.LEVEL: ("level", "answer", "评价", "等级", "选项", "满意度"),
    Column.MARK: ("score", "mark", "points", "得分", "分数", "评分", "分值"),
    Column.RATED: ("rated", "是否评价", "已评价"),
    Column.CLOSED: ("closed", "cases", "办结", "办结数", "办结件数", "件数", "回访件数"),
    Column.SATISFIED: ("satisfied", "满意", "满意数", "满意件数"),
    Column.UNREAD: ("n", "visit", "no", "no.", "#", "序号", "次数", "检查次数", "样本数", "备注", "日期", "date",
                    "inspector", "检查人", "time", "时间"),
}  # fmt: skip
KNOWN = {key(word): column for column, words in WORDS.items() for word in words}


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """Where a table's rows begin, what kind of table it is and where its columns are; `heads` are all there are."""

    kind: Kind
    row: int  # index of the first row below the head
    columns: Mapping[Column, int]
    labels: Mapping[Column, str]
    sections: Mapping[int, str]  # of a table with a column for each section
    heads: tuple[str, ...]

    def label(self, column: Column) -> str:
        """Return the column's own head."""
        return self.labels.get(column, "")

    def kind_at(self, place: int) -> str:
        """Return what a column was taken for; nothing where it is not read."""
        if place in self.sections:
            return MARKS_OF_SECTION
        return next((column.value for column, at in self.columns.items() if at == place), "")


def find_head(rows: Sequence[Sequence[Cell]], *, chosen: Mapping[str, Column] | None = None) -> Head | None:
    """Return the head of a table, or None where no row looks like one; `chosen`: what a person says of columns."""
    for at, row in enumerate(rows[:SEARCHED_ROWS]):
        head = _head(at, [text(cell) for cell in row], rows[at + 1 : at + 1 + SAMPLED], chosen or {})
        if head is not None:
            return head
    return None


def _head(at: int, labels: Sequence[str], below: Sequence[Sequence[Cell]], chosen: Mapping[str, Column]) -> Head | None:
    said = {key(label) for label in labels} & chosen.keys()
    columns = {chosen[key(label)]: place for place, label in enumerate(labels) if key(label) in said}
    columns.pop(Column.UNREAD, None)
    others: dict[int, str] = {}
    for place, label in enumerate(labels):
        column = _column(label)
        if key(label) in said:
            continue
        if column is None and label:
            others[place] = label
        elif column is not None and column is not Column.UNREAD:
            columns.setdefault(column, place)
    others = {place: label for place, label in others.items() if not _are(below, place, _is_day)}
    units = [place for place in others if _are(below, place, _is_unit)]
    if Column.SECTION not in columns and len(units) == 1:
        columns[Column.SECTION] = units[0]
        del others[units[0]]
    kind = _kind(set(columns), others)
    if kind is None:
        return None
    return Head(
        kind=kind,
        row=at + 1,
        columns=columns,
        labels={column: labels[place] for column, place in columns.items()},
        sections=others if kind is Kind.BALLOT_GRID else {},
        heads=tuple(labels),
    )


def _are(below: Sequence[Sequence[Cell]], place: int, test: Callable[[Cell], bool]) -> bool:
    """Whether a column's cells, the first below its head among them, are what the test says."""
    return are([row[place] for row in below if place < len(row) and text(row[place])], test)


def _is_day(cell: Cell) -> bool:
    """A plain number is a mark, never a day."""
    return number(cell) is None and day(cell, year=ANY_YEAR) is not None


def _is_unit(cell: Cell) -> bool:
    return bool(UNIT.search(text(cell)))


def _column(label: str) -> Column | None:
    """Return what a head says; the capital N of statisticians is the population, the small one the sample."""
    return Column.POPULATION if label == "N" else KNOWN.get(key(label))


def _kind(columns: set[Column], others: Mapping[int, str]) -> Kind | None:
    says = bool(columns & {Column.MARK, Column.LEVEL})
    if {Column.SECTION, Column.CLOSED, Column.SATISFIED} <= columns:
        return Kind.CASES
    if Column.SECTION in columns and says:
        if Column.VOTER in columns:
            return Kind.BALLOTS
        return Kind.SURVEY if Column.PERSON in columns else Kind.VISITS
    words = [label for label in others.values() if number(label) is None]
    return Kind.BALLOT_GRID if Column.VOTER in columns and len(words) >= LEAST_SECTIONS else None
