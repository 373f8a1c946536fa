"""What is wrong with a table of evidence, row by row, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pingyi.authoring.evidence_tables.kinds import NAMES
from pingyi.authoring.tables import problems

MESSAGES: dict[str, tuple[str, str]] = {
    "file.again": (
        "这个文件和“{first}”内容相同：请去掉一个，以免重复计算",
        "This file has the same rows as “{first}”: leave one out, or they would count twice",
    ),
    "head.missing": (
        "没有找到表头：需要一行写着“科室”和“数值”（或各选项名称），请参照模板",
        "No head row was found: one row must name 科室 (section) and 数值 (value) or the options; see the template",
    ),
    "head.unknown": (
        "不认识这一列，内容未读：如属备注可不理会，否则请选定它是什么，或改用模板里的列名",
        "This column is not known and was not read: fine for remarks, otherwise choose what it is or use the template",
    ),
    "head.several": (
        "有几列都像是“{what}”：{columns}。请选定是哪一列",
        "Several columns could be the {what}: {columns}. Choose which one is",
    ),
    "head.not_chosen": ("没有“{what}”这一列：请选定是哪一列", "There is no column of the {what}: choose which one is"),
    "head.no_rows": ("表头下面没有数据行：请填写后再上传", "There are no rows under the head: fill it in first"),
    "head.no_indicator": (
        "看不出是哪个指标的数据：请加“指标”一列，可填：{choices}",
        "It is not said which indicator this is: add a column 指标 (indicator) with one of {choices}",
    ),
    "head.no_date": (
        "没有日期：请加“日期”一列，或在标题行写明日期",
        "There is no date: add a column 日期 (date) or write the date in the title line",
    ),
    "value.points_for_times": (
        "这里填的是次数：{points}次×{points}分为{total}分；如果只发生一次，请填1",
        "This says how often it happened: {points} × {points} points are {total}; if it happened once, write 1",
    ),
    "section.missing": ("没有写科室：请补上", "The section is missing: fill it in"),
    "section.unknown": (
        "没有“{value}”这个科室{hint}请照名单更正",
        "There is no section “{value}”{hint}: correct it by the list",
    ),
    "indicator.missing": ("没有写指标：请补上", "The indicator is missing: fill it in"),
    "indicator.unknown": (
        "方案里没有“{value}”这个指标{hint}请更正",
        "The plan has no indicator “{value}”{hint}: correct it",
    ),
    "indicator.ambiguous": (
        "“{value}”对应几个指标：请填编号，可填：{choices}",
        "“{value}” means several indicators: write the id, one of {choices}",
    ),
    "source.unknown": (
        "方案里没有“{value}”这个来源{hint}请更正",
        "The plan has no source “{value}”{hint}: correct it",
    ),
    "source.other": (
        "“{indicator}”的来源是“{source}”，这里写的是“{value}”：请更正其中一个",
        "“{indicator}” belongs to the source “{source}”, but “{value}” is written here: correct one of them",
    ),
    "group.unknown": (
        "没有“{value}”这类评议代表{hint}请更正",
        "There is no elector group “{value}”{hint}: correct it",
    ),
    "group.missing": (
        "没有写评议代表类别，而方案按类别计票：请补上",
        "The elector group is missing, and the plan counts by groups: fill it in",
    ),
    "unit.personal": (
        "编号像是姓名、手机号或身份证号：请改用与个人无关的序号",
        "This looks like a name, a telephone or an identity number: use a running number that tells nobody",
    ),
    "unit.twice": (
        "同一份记录对同一科室的同一指标评了两次（第{first}行已有）：请只留一行",
        "The same record marks this section and indicator twice (see row {first}): keep one row",
    ),
    "frame.bad": (
        "“{value}”不是总数：请填大于0的整数，不清楚可不填",
        "“{value}” is no total: a whole number above 0, or empty",
    ),
    "value.missing": ("没有填：请补上，不了解请填“不了解”", "Nothing is filled in: complete it"),
    "value.formula_error": (
        "单元格是公式错误{value}：请改正公式或直接填数",
        "The cell holds the formula error {value}: mend the formula or type the number",
    ),
    "value.not_a_number": ("“{value}”不是数：请填数字", "“{value}” is not a number: write digits"),
    "value.not_an_option": (
        "“{value}”不是选项：只能填{choices}",
        "“{value}” is not an option: only {choices}",
    ),
    "value.negative_value": (
        "{value}小于0：扣分也填正数",
        "{value} is below 0: write demerits as positive numbers too",
    ),
    "value.value_too_great": ("{value}超过满分{maximum}：请更正", "{value} is above the maximum {maximum}: correct it"),
    "value.looks_like_share": (
        "整列都不超过1，而满分是{maximum}：如果是比例，请设成百分数或乘以{maximum}",
        "No value in the column exceeds 1, but the maximum is {maximum}: shares must be written as per cent",
    ),
    "count.not_whole": (
        "份数或票数{value}不是整数：请更正；如果是抽样权重，列名请写“权重”",
        "The count {value} is not a whole number: correct it; where it is a design weight, call the column weight",
    ),
    "count.too_many": ("份数或票数{value}太大：请更正", "The count {value} is too great: correct it"),
    "weight.perhaps_times": (
        "权重{value}只影响轻重，这一行仍按1份答卷计数：如果是说有几份，列名请写“份数”",
        "The weight {value} only weighs: the row counts as 1 answer. If it says how many, call the column count (份数)",
    ),
    "weight.bad": (
        "权重“{value}”不是大于等于0的数：请更正",
        "The weight “{value}” is not a number from 0 up: correct it",
    ),
    "weight.of_few": (
        "有{count}种权重各只有不到{least}人：权重随答案公布，可能把同一人的答案连起来；请按层给同一权重，或取整后再导入",
        "{count} weights belong to fewer than {least} persons each: published with the answers, they tie a person's "
        "answers together. Give one weight to a stratum, or round them before the import",
    ),
    "date.missing": ("没有写日期：请补上", "The date is missing: fill it in"),
    "date.bad": (
        "“{value}”不是日期：请写成2026-08-20这样",
        "“{value}” is not a date: write it like 2026-08-20",
    ),
    "date.other_year": (
        "日期{value}不在{year}年：如无误可不理会",
        "The date {value} is not in {year}: fine if it is meant so",
    ),
    "row.duplicate": (
        "和第{first}行相同：请删去一行",
        "The same as row {first}: remove one of them",
    ),
    "row.perhaps_duplicate": (
        "和第{first}行完全一样，没有佐证编号可以区分：如确是两次，请填佐证编号",
        "Exactly like row {first}, with no reference to tell them apart: if they are two, fill in the reference",
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class RowProblem(problems.RowProblem):
    """One fault of a table of evidence."""

    messages: ClassVar[Mapping[str, tuple[str, str]]] = MESSAGES

    def said(self, name: str, value: str, *, is_chinese: bool) -> str:
        """Return a fact as it stands in a sentence; what a column is has a name in each language."""
        if name == "what":
            return NAMES[value][0 if is_chinese else 1]
        return problems.RowProblem.said(self, name, value, is_chinese=is_chinese)
