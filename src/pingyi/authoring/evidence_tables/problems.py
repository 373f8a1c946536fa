"""What is wrong with a table of evidence, row by row, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class RowProblem:
    """One fault: the row as the reader's program numbers it (0: the whole file), the column's head, code and facts."""

    row: int
    column: str
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    is_blocking: bool = True  # a note that does not block says what may be wrong

    def sentence(self, *, language: str = "zh") -> str:
        """Return what is wrong and what to do, with its place, in "zh" or "en"."""
        is_chinese = language.startswith("zh")
        near = self.facts.get("near", "")
        hints = (f"，是不是“{near}”？", f" (did you mean “{near}”?)") if near else ("：", "")
        hint = hints[0 if is_chinese else 1]
        text = MESSAGES[self.code][0 if is_chinese else 1].format(hint=hint, **self.facts)
        place = self._place(is_chinese=is_chinese)
        return f"{place}{'：' if is_chinese else ': '}{text}" if place else text

    def _place(self, *, is_chinese: bool) -> str:
        parts = [f"{'工作表' if is_chinese else 'sheet '}“{self.sheet}”" if self.sheet else ""]
        if self.row:
            parts.append(f"第{self.row}行" if is_chinese else f"row {self.row}")
        if self.column:
            parts.append(f"“{self.column}”列" if is_chinese else f"column “{self.column}”")
        return ("" if is_chinese else ", ").join(part for part in parts if part)


class UnreadableTableError(Exception):
    """A file that cannot be read as a table at all."""

    def __init__(self, code: str, **facts: str) -> None:
        """Keep the code and the facts of its sentence."""
        super().__init__(code)
        self.code = code
        self.facts = facts

    def sentence(self, *, language: str = "zh") -> str:
        """Return what is wrong and what to do, in "zh" or "en"."""
        return RowProblem(row=0, column="", code=self.code, facts=self.facts).sentence(language=language)


MESSAGES: dict[str, tuple[str, str]] = {
    "file.empty": ("文件是空的：请选择有内容的表格", "The file is empty: choose a table with rows"),
    "file.too_large": (
        "文件超过{most}MB：请按来源分成几个文件",
        "The file is larger than {most} MB: split it by source",
    ),
    "file.not_a_table": (
        "这是{kind}，不是表格：请用Excel另存为XLSX，或导出CSV",
        "This is {kind}, not a table: save it as XLSX or export it as CSV",
    ),
    "file.damaged": (
        "表格打不开，文件已损坏或内容不全：请用Excel重新打开另存一份",
        "The workbook cannot be opened, it is damaged or incomplete: open it in Excel and save it again",
    ),
    "file.password": ("表格设有密码：请去掉密码后再上传", "The workbook has a password: remove it, then try again"),
    "file.text": (
        "文件不是可读的文本：请另存为XLSX，或UTF-8、GB18030编码的CSV",
        "The file is not readable text: save it as XLSX, or as CSV in UTF-8 or GB18030",
    ),
    "file.too_many_rows": ("行数超过{most}：请分成几个文件", "There are more than {most} rows: split the file"),
    "file.again": (
        "这个文件和“{first}”内容相同：请去掉一个，以免重复计算",
        "This file has the same rows as “{first}”: leave one out, or they would count twice",
    ),
    "head.missing": (
        "没有找到表头：需要一行写着“科室”和“数值”（或各选项名称），请参照模板",
        "No head row was found: one row must name 科室 (section) and 数值 (value) or the options; see the template",
    ),
    "head.needs": (
        "没有找到表头：需要这些列：{columns}",
        "No head row was found: these columns are needed: {columns}",
    ),
    "year.bad": ("“{value}”不是年度：请写成2025", "“{value}” is not a year: write it like 2025"),
    "head.unknown": (
        "不认识这一列，内容未读：如属备注可不理会，否则请改用模板里的列名",
        "This column is not known and was not read: fine for remarks, otherwise use the template's heads",
    ),
    "head.no_rows": ("表头下面没有数据行：请填写后再上传", "There are no rows under the head: fill it in first"),
    "head.no_indicator": (
        "看不出是哪个指标的数据：请加“指标”一列，可填：{choices}",
        "It is not said which indicator this is: add a column 指标 (indicator) with one of {choices}",
    ),
    "head.no_date": (
        "没有日期：请加“日期”一列，或在标题行写明日期",
        "There is no date: add a column 日期 (date) or write the date in the title line",
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
    "count.not_whole": ("票数{value}不是整数：请更正", "The count {value} is not a whole number: correct it"),
    "weight.bad": (
        "权重“{value}”不是大于等于0的数：请更正",
        "The weight “{value}” is not a number from 0 up: correct it",
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
