"""The tables that an office fills in: one per source, with dropdowns, a page of instructions and an example (§4.4b)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pingyi.authoring.evidence_tables.names import ADJUSTMENTS, Item, is_mean, is_scaled, names_of
from pingyi.rules.evidence import SectionFacts
from pingyi.rules.plan import Plan, Scale
from pingyi.rules.plan.measure import Reading
from pingyi.rules.plan.statistics import reading_of
from pingyi.rules.verdict_checks import groups_of

ROWS = 2000  # rows with dropdowns; more rows are read all the same
MADE_AT = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed time keeps the file's bytes the same
UNIT_HEAD = ("记录编号", "权重", "层", "层内总数", "群")  # may stay empty: they only say how sure a mark is
LONG_HEAD = ("科室", "指标", "日期", "数值", "份数", "佐证")
EVENT_HEAD = (
    "科室",
    "指标",
    "日期",
    "次数",
    "佐证",
)  # of bonus, deductions, vetoes: the plan says how many points each
NOTES = (
    ("每行一条佐证。不要改动表头，不要合并单元格。", "One row is one piece of evidence. Leave the heads as they are."),
    ("科室、指标和选项请用下拉列表选择。", "Choose section, indicator and option from the lists."),
    ("日期写成2026-08-20这样。", "Write dates like 2026-08-20."),
    (
        "数值：有量表的指标填选项；其他填数字；扣分也填正数。",
        "Value: an option where there is a scale, else a number; demerits are positive numbers too.",
    ),
    (
        "次数（加分、扣分、一票否决）：填发生了几次，不填分值；每次几分由方案规定。",
        "Times (bonus, deductions, veto): how often it happened, never points; the plan says how many points each is.",
    ),
    ("“不了解”照实填写：它不计入分子，也不计入分母。", "Don't know counts neither above nor below the line."),
    ("份数：这一行代表几份，不填为1。", "Count: how many answers the row stands for; empty means 1."),
    (
        "权重：抽样设计给每份答卷的权重，不是份数；不填为1。无论权重多大，一份答卷只算一份。",
        "Weight: what the sampling design gives each answer, not how many; empty means 1. One answer is one, "
        "whatever it weighs.",
    ),
    ("佐证：工单号、文号或材料编号，便于核对。", "Reference: the number by which the paper is found."),
    (
        "记录编号可不填：同一份问卷、同一张票或同一次检查填同一个序号，不得填姓名、电话、证件号；层、层内总数和群（如社区）按抽样方案填。",
        "Record number, may stay empty: the same running number for one questionnaire, ballot or visit, never a name, "
        "telephone or identity number; stratum, its total and cluster as the sample was drawn.",
    ),
    ("有一行不合格，整个文件都不会导入。", "If one row is at fault, nothing of the file is imported."),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Blank:
    """A source, or one of bonus, deduction, veto, that has an empty table; counts of ballots only where it is asked."""

    source: str
    name: str  # of the source as the plan says it; empty for the three others
    has_ballots: bool = False


def blanks(plan: Plan) -> list[Blank]:
    """Return what there is an empty table for in this plan: nothing that it has no use for (§4.4b)."""
    items = names_of(plan, sections=()).all_items()
    scaled, used = {item.source for item in items if is_scaled(item)}, {item.source for item in items}
    sources = [Blank(source=one.id, name=one.name, has_ballots=one.id in scaled) for one in plan.sources]
    return sources + [Blank(source=one, name="") for one in ADJUSTMENTS if one in used]


def template(plan: Plan, *, sections: Sequence[SectionFacts], source: str) -> bytes:
    """Return the empty table of one source (or of bonus, deduction, veto) as XLSX; the same inputs, the same bytes."""
    items = [item for item in names_of(plan, sections=sections).all_items() if item.source == source]
    long = EVENT_HEAD if source in ADJUSTMENTS else LONG_HEAD
    head = (*_with_group(long, plan, source), *_units(plan, source))
    out = io.BytesIO()
    book, bold = _book(out)
    sheet = _sheet(book, "佐证", head, bold)
    places = _choices(book, sections=sections, items=items, plan=plan)
    for column, name in enumerate(head):
        if name in places:
            sheet.data_validation(1, column, ROWS, column, {"validate": "list", "source": places[name]})
    _example(book, bold, head, _example_row(plan, sections, items, head))
    _notes(book)
    book.close()
    return out.getvalue()


def ballot_template(plan: Plan, *, sections: Sequence[SectionFacts], source: str) -> bytes:
    """Return a table of counts, a row for each section, indicator and elector group, a column for each option."""
    items = [
        item for item in names_of(plan, sections=sections).all_items() if item.source == source and is_scaled(item)
    ]
    scales = {scale.id: scale for scale in plan.scales}
    options = _labels(scales[item.indicator.scale] for item in items if item.indicator)
    head = _with_group(("科室", "指标", "日期", *options), plan, source)
    out = io.BytesIO()
    book, bold = _book(out)
    sheet = _sheet(book, "计票", head, bold)
    groups = [group.name for group in plan.assembly.groups] if "评议代表类别" in head and plan.assembly else [""]
    rows = [(one.name, item.name, group) for one in sections for item in items for group in groups]
    for number, (section, indicator, group) in enumerate(rows, 1):
        filled = {"科室": section, "指标": indicator, "评议代表类别": group}
        for column, name in enumerate(head):
            sheet.write(number, column, filled.get(name, ""))
    _notes(book)
    book.close()
    return out.getvalue()


def _units(plan: Plan, source: str) -> tuple[str, ...]:
    """Return the columns that tie marks of one person or visit together, for sources that are sampled (§5.2)."""
    readings = {one.id: reading_of(one) for one in plan.sources}
    return UNIT_HEAD if readings.get(source, Reading.FACTS) is not Reading.FACTS else ()


def _with_group(head: Sequence[str], plan: Plan, source: str) -> tuple[str, ...]:
    return (head[0], head[1], "评议代表类别", *head[2:]) if source in groups_of(plan) else tuple(head)


def _labels(scales: Iterable[Scale]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(option.label for scale in scales for option in scale.options))


def _book(out: io.BytesIO) -> tuple[Any, Any]:
    from xlsxwriter import Workbook

    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE_AT})
    return book, book.add_format({"bold": True, "bg_color": "#DDE6ED", "border": 1})


def _sheet(book: Any, name: str, head: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, label in enumerate(head):
        sheet.write_string(0, column, label, bold)
    sheet.set_column(0, len(head) - 1, 18)
    if "日期" in head:
        column = head.index("日期")
        sheet.set_column(column, column, 14, book.add_format({"num_format": "yyyy-mm-dd"}))
    if "佐证" in head:
        sheet.set_column(head.index("佐证"), head.index("佐证"), 24, book.add_format({"num_format": "@"}))
    return sheet


def _choices(book: Any, *, sections: Sequence[SectionFacts], items: Sequence[Item], plan: Plan) -> dict[str, str]:
    """Write the lists on a hidden sheet, for a list typed into a cell may not pass 255 letters; return head → range."""
    sheet = book.add_worksheet("选项")
    sheet.hide()
    scales = {scale.id: scale for scale in plan.scales}
    lists = {"科室": [one.name for one in sections], "指标": [item.name for item in items]}
    if items and all(is_scaled(item) for item in items):
        lists["数值"] = list(_labels(scales[item.indicator.scale] for item in items if item.indicator))
    if plan.assembly:
        lists["评议代表类别"] = [group.name for group in plan.assembly.groups]
    places = {}
    for column, (name, words) in enumerate(lists.items()):
        for row, word in enumerate(words):
            sheet.write_string(row, column, word)
        letter = chr(65 + column)
        if words:
            places[name] = f"=选项!${letter}$1:${letter}${len(words)}"
    return places


def _example_row(
    plan: Plan, sections: Sequence[SectionFacts], items: Sequence[Item], head: Sequence[str]
) -> list[str | int]:
    item = items[0] if items else None
    value: str | int = item.choices.split("、")[0] if item and item.choices else _mark(item)
    group = plan.assembly.groups[0].name if plan.assembly and plan.assembly.groups else ""
    filled: dict[str, str | int] = {
        "科室": sections[0].name if sections else "办公室",
        "指标": item.name if item else "",
        "评议代表类别": group,
        "日期": f"{plan.year}-08-20",
        "数值": value,
        "份数": 1,
        "次数": 1,
        "权重": "",
        "群": "",
        "佐证": f"{plan.year}-001",
        "记录编号": "001",
        "层": "",
        "层内总数": "",
    }
    return [filled[name] for name in head]


def _mark(item: Item | None) -> int:
    """Return a mark on the real scale: 85 of 100, for whoever copies the example copies its size."""
    return int(item.indicator.maximum * 85 / 100) if item and item.indicator and is_mean(item) else 1


def _example(book: Any, bold: Any, head: Sequence[str], row: Sequence[str | int]) -> None:
    sheet = _sheet(book, "示例", head, bold)
    sheet.write_row(1, 0, row)


def _notes(book: Any) -> None:
    sheet = book.add_worksheet("填写说明")
    sheet.set_column(0, 1, 70)
    for number, pair in enumerate(NOTES):
        sheet.write_row(number, 0, pair)
