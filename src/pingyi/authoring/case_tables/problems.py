"""What is wrong with a row of a hotline's table, at its cell, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pingyi.authoring.tables import problems

MESSAGES: dict[str, tuple[str, str]] = {
    "head.none": (
        "没有找到表头：需要一行列名，例如“工单编号、受理时间、内容”",
        "No head row was found: one row must name the columns, such as number, received, text",
    ),
    "mapping.needs": (
        "还没有指明哪一列是“{field}”：请在下面选择",
        "No column is marked as “{field}” yet: choose it below",
    ),
    "mapping.twice": (
        "“{field}”选了两次：只能有一列，请改其中一个",
        "“{field}” is chosen twice: it is one column only, change one of them",
    ),
    "date.missing": ("没有受理时间：请补上", "The time of receipt is missing: fill it in"),
    "date.bad": (
        "“{value}”不是日期：请写成2026-08-20 09:30这样",
        "“{value}” is not a date: write it like 2026-08-20 09:30",
    ),
    "date.far": ("“{value}”不在1990年到2100年之间：请更正", "“{value}” is not between 1990 and 2100: correct it"),
    "date.future": ("“{value}”还没有到：请更正", "“{value}” has not come yet: correct it"),
    "number.missing": ("没有编号：请补上，更新时要靠它找到原件", "The number is missing: updates are found by it"),
    "number.rounded": (
        "编号“{value}”被表格软件改成了科学计数，末几位已丢失：请把这一列设成文本后重新导出",
        "The spreadsheet rounded the number “{value}”: export it again with this column as text",
    ),
    "number.repeated": (
        "编号和第{first}行相同，内容却不同：请保留正确的一行",
        "The same number as row {first}, with other content: keep the right one",
    ),
    "content.missing": (
        "标题、内容、分类都是空的：至少填一项",
        "Title, text and theme are all empty: fill in at least one",
    ),
    "case.erased": (
        "该编号的工单已应群众要求或因期满清除，不再导入：确需重新受理的，由监察室在该工单页面说明理由后放行",
        "The case of this number was erased at the citizen's wish or after its term, so it stays out: if it must come "
        "in anew, the supervision office allows it on the case's page, with a reason",
    ),
    "cell.error": (
        "单元格是公式错误{value}：请改正公式或直接填写",
        "The cell holds the formula error {value}: mend the formula or type the value",
    ),
    "text.too_long": (
        "超过{most}字：请把长材料另存为附件",
        "Longer than {most} characters: shorten it",
    ),
    "flag.bad": ("“{value}”不是0或1：请更正", "“{value}” is neither 0 nor 1: correct it"),
    "flags.disagree": (
        "按期、超期、办理中互相矛盾：只能有一个是1",
        "In time, late and pending contradict each other: only one can be 1",
    ),
    "closed.early": (
        "办结时间{value}早于受理时间：照原样导入，请向来源核对",
        "Closed at {value}, before it was received: taken as it is, ask the source",
    ),
    "time.disagrees": (
        "来源写的是“{value}”，按它自己的日期却不是：以日期为准",
        "The source says “{value}”, its own dates say otherwise: the dates count",
    ),
    "kind.unknown": (
        "不认识“{value}”这种类型：先按默认类型导入，可以再改",
        "The kind “{value}” is not known: taken as the usual kind, which can be changed",
    ),
    "status.unknown": (
        "不认识“{value}”这种状态：按有没有办结时间判断",
        "The state “{value}” is not known: judged by whether there is a closing date",
    ),
    "time.unknown": ("不认识“{value}”：按日期判断是否按期", "“{value}” is not known: judged by the dates"),
    "count.bad": ("“{value}”不是数：没有读", "“{value}” is not a number: it was not read"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class RowProblem(problems.RowProblem):
    """One fault of a hotline's table; one that blocks sets its row aside, a note does not."""

    messages: ClassVar[Mapping[str, tuple[str, str]]] = MESSAGES

    def plain_sentence(self, *, language: str = "zh") -> str:
        """Return what is wrong without the row's number, for the row itself."""
        texts = MESSAGES[self.code]
        words = texts[0 if language.startswith("zh") else 1].format(**self.facts)
        column = f"“{self.column}”" if self.column else ""
        return f"{column}{'：' if language.startswith('zh') else ': '}{words}" if column else words
