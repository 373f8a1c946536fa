"""The head of a table: which column is what, under title lines and in one row or two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from pingyi.authoring.evidence_tables.names import Names
from pingyi.authoring.tables.cells import Cell, day_within, key, text

SEARCHED_ROWS = 25
SECTION, INDICATOR, SOURCE, GROUP = "section", "indicator", "source", "group"
HAPPENED_ON, VALUE, REFERENCE = "happened_on", "value", "reference"
TIMES, WEIGHT = "times", "weight"  # how many answers a row stands for; what each of them weighs: never one column
UNIT, STRATUM, FRAME = "unit", "stratum", "frame"
CLUSTER, OPERATOR, MODE = "cluster", "operator", "mode"
COLUMNS: dict[str, tuple[str, ...]] = {
    SECTION: ("科室", "科室名称", "被评议科室", "被评科室", "评议对象", "单位", "单位名称", "部门", "section", "unit"),
    INDICATOR: ("指标", "指标名称", "评议指标", "项目", "事项", "扣分事项", "加分事项", "indicator", "item"),
    SOURCE: ("来源", "数据来源", "source"),
    GROUP: ("类别", "评议代表类别", "代表类别", "评议代表", "评议人员类别", "群体", "group", "electorgroup"),
    HAPPENED_ON: ("日期", "时间", "发生日期", "发生时间", "评议日期", "检查日期", "happened_on", "date", "happenedon"),
    VALUE: ("数值", "得分", "分值", "分数", "评分", "评价", "选项", "结果", "value", "score", "mark", "answer"),
    TIMES: ("份数", "票数", "数量", "人数", "次数", "件数", "问卷数", "times", "count", "n"),
    WEIGHT: ("权重", "抽样权重", "设计权重", "权数", "weight", "design weight"),
    UNIT: ("记录编号", "问卷编号", "票号", "选票编号", "检查编号", "respondent", "ballot", "visit"),
    STRATUM: ("层", "抽样层", "分层", "stratum"),
    FRAME: ("层内总数", "总体数", "层总体数", "frame", "population"),
    CLUSTER: ("群", "整群", "社区", "村居", "抽样点", "cluster", "psu"),
    OPERATOR: ("访问员", "访员", "调查员", "回访员", "operator", "interviewer"),
    MODE: ("访问方式", "调查方式", "作答方式", "渠道", "mode", "channel"),
    REFERENCE: ("佐证", "佐证编号", "佐证材料", "依据", "凭证", "编号", "工单号", "文号", "reference", "ref"),
}
KNOWN = {key(word): column for column, words in COLUMNS.items() for word in words}
UNREAD = {"序号", "备注", "说明", "合计", "总计", "总票数", "有效票", "no", "no.", "remarks", "total", "#"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wide:
    """A column of counts for one option, or of marks for one indicator."""

    column: int
    label: str
    option: str = ""  # the option's compared label
    indicator: str = ""  # as written in the head, where it is


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """Where the table begins and what its columns are."""

    row: int  # index of the first data row
    head_row: int  # index of the head row, for messages
    columns: dict[str, int]
    labels: dict[int, str]
    wide: tuple[Wide, ...] = ()
    unknown: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    dated: date | None = field(default=None)

    @property
    def is_readable(self) -> bool:
        """Whether there is a section, and something that is said of it."""
        return SECTION in self.columns and bool(self.wide or VALUE in self.columns or INDICATOR in self.columns)


def find_head(rows: Sequence[Sequence[Cell]], *, names: Names) -> Head | None:
    """Return the table's head, or None where no row looks like one."""
    for index in range(min(SEARCHED_ROWS, len(rows))):
        for head in _heads_at(index, rows, names):
            if head.is_readable:
                return head
    return None


def _heads_at(index: int, rows: Sequence[Sequence[Cell]], names: Names) -> Iterator[Head]:
    """Yield the two-row head that may begin here, then the one-row head; a row with a value column needs no second."""
    upper = [text(cell) for cell in rows[index]]
    one = _head(index, upper, None, rows, names)
    if index + 1 < len(rows) and VALUE not in one.columns:
        lower = [text(cell) for cell in rows[index + 1]]
        two = _head(index, upper, lower, rows, names)
        place = two.columns.get(SECTION)
        adds = _adds(upper, lower, names)
        # A row of the table names a section; the second row of a head leaves that cell empty or repeats it.
        if adds and place is not None and place < len(lower) and lower[place] in {"", upper[place]}:
            yield two
    yield one


def _adds(upper: Sequence[str], lower: Sequence[str], names: Names) -> bool:
    """Whether the second row says what a column is."""
    new = [key(below) for above, below in zip(upper, lower, strict=False) if below and below != above]
    return any(word in KNOWN or word.removesuffix("票数").removesuffix("票") in names.option_labels for word in new)


def _head(
    index: int, upper: Sequence[str], lower: Sequence[str] | None, rows: Sequence[Sequence[Cell]], names: Names
) -> Head:
    columns: dict[str, int] = {}
    labels: dict[int, str] = {}
    wide: list[Wide] = []
    unknown: list[str] = []
    for column, above in enumerate(upper):
        below = lower[column] if lower is not None and column < len(lower) else ""
        label = below or above
        labels[column] = label
        kind = KNOWN.get(key(label)) or ""
        found = _wide(column, label=label, above=above if below else "", names=names)
        if kind and kind not in columns and not (found and found.option):
            columns[kind] = column
        elif found:
            wide.append(found)
        elif label and key(label) not in UNREAD and not kind:
            unknown.append(label)
    titles = tuple(dict.fromkeys(words for row in rows[:index] for cell in row if (words := text(cell))))
    return Head(
        row=index + (1 if lower is None else 2),
        head_row=index,
        columns=columns,
        labels=labels,
        wide=tuple(wide),
        unknown=tuple(unknown),
        titles=titles,
        dated=next((found_on for title in titles if (found_on := day_within(title))), None),
    )


def _wide(column: int, *, label: str, above: str, names: Names) -> Wide | None:
    word = key(label.removesuffix("票数").removesuffix("票"))
    above_item = above if key(above) in names.items else ""
    if word in names.option_labels:
        return Wide(column=column, label=label, option=word, indicator=above_item)
    if key(label) in names.items:
        return Wide(column=column, label=label, indicator=label)
    return None
