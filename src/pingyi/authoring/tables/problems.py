"""What is wrong with a table, cell by cell, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

LONGEST_CELL = 40  # characters of a cell that a sentence repeats


@dataclass(frozen=True, kw_only=True, slots=True)
class RowProblem:
    """One fault: the row as the reader's program numbers it (0: the whole file), the column's head, code and facts."""

    messages: ClassVar[Mapping[str, tuple[str, str]]] = {}

    row: int
    column: str
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    is_blocking: bool = True  # a note that does not block says what may be wrong

    def sentence(self, *, language: str = "zh") -> str:
        """Return what is wrong and what to do, with its place, in "zh" or "en"."""
        is_chinese = language.startswith("zh")
        text, place = self.words(language=language), self._place(is_chinese=is_chinese)
        return f"{place}{'：' if is_chinese else ': '}{text}" if place else text

    def words(self, *, language: str = "zh") -> str:
        """Return what is wrong and what to do, where row and column stand beside it; a long cell is cut."""
        is_chinese = language.startswith("zh")
        near = self.facts.get("near", "")
        hints = (f"，是不是“{near}”？", f" (did you mean “{near}”?)") if near else ("：", "")
        hint = hints[0 if is_chinese else 1]
        texts = self.messages.get(self.code) or FILE_MESSAGES[self.code]
        facts = {name: self.said(name, value, is_chinese=is_chinese) for name, value in self.facts.items()}
        return texts[0 if is_chinese else 1].format(hint=hint, **facts)

    def said(self, name: str, value: str, *, is_chinese: bool) -> str:
        """Return a fact as it stands in a sentence."""
        return _cut(value) if name == "value" else value

    def _place(self, *, is_chinese: bool) -> str:
        parts = [f"{'工作表' if is_chinese else 'sheet '}“{self.sheet}”" if self.sheet else ""]
        if self.row:
            parts.append(f"第{self.row}行" if is_chinese else f"row {self.row}")
        if self.column:
            parts.append(f"“{self.column}”列" if is_chinese else f"column “{self.column}”")
        return ("" if is_chinese else ", ").join(part for part in parts if part)


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST_CELL else value[: LONGEST_CELL - 1] + "…"


def taken_away(facts: Mapping[str, str], *, language: str) -> str:
    """Return in words what is struck out, deleted or hidden and was not read; nothing where nothing is."""
    problem = RowProblem(row=0, column="", code="words.taken_away", facts=facts)
    return problem.words(language=language) if facts else ""


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


FILE_MESSAGES: dict[str, tuple[str, str]] = {
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
    "file.unpacks": (
        "文件解压后超过{most}MB，不像表格：请用Excel重新打开另存一份，或分成几个文件",
        "The file unpacks to more than {most} MB, which no table does: save it again in Excel, or split it",
    ),
    "file.far_cell": (
        "工作表里有离表格很远的单元格，范围太大：请删去表格右边和下边的空行空列，再另存一份",
        "A cell far off makes the sheet too wide: delete the empty rows and columns beyond the table and save",
    ),
    "file.too_many_columns": (
        "列数超过{most}，不像表格：请删去表格右边的空列，再另存一份",
        "There are more than {most} columns, which no table has: delete those beyond the table and save",
    ),
    "file.too_much": (
        "打开这个文件需要的时间或内存超过上限：请用Excel重新打开另存一份，或分成几个文件",
        "The file takes too much time or memory to open: save it again in Excel, or split it",
    ),
    "file.busy": (
        "同时送来的文件很多，这个文件未能读取：请半分钟后再试",
        "Many files came at once, so this one was not read: try again in half a minute",
    ),
    "file.password": ("表格设有密码：请去掉密码后再上传", "The workbook has a password: remove it, then try again"),
    "file.open_quote": (
        "第{line}行起有一个引号没有配对，其后的行都被并进了这一格：请补上或删去这个引号再上传",
        "From line {line} on a quotation mark stays open and all rows after it run into one cell: close or delete it",
    ),
    "file.text": (
        "文件不是可读的文本：请另存为XLSX，或UTF-8、GB18030编码的CSV",
        "The file is not readable text: save it as XLSX, or as CSV in UTF-8 or GB18030",
    ),
    "file.too_many_rows": ("行数超过{most}：请分成几个文件", "There are more than {most} rows: split the file"),
    "georeport.json": (
        "第{line}行第{column}列起不是JSON：请检查那里是否缺少逗号、引号或括号，或重新导出",
        "Line {line}, column {column} is not JSON: look there for a missing comma or quote, or export it again",
    ),
    "georeport.comment": (
        "第{line}行第{column}列有注释，JSON里不能有注释：请删去注释再上传",
        "Line {line}, column {column} holds a comment, which JSON does not know: take comments out, then try again",
    ),
    "georeport.xml": (
        "第{line}行第{column}列起不是XML：请检查那里的标签，或重新导出",
        "Line {line}, column {column} is not XML: look at the tags there, or export it again",
    ),
    "georeport.form": (
        "这是一次请求的报文，不是导出的文件：请让对方系统导出requests.json或requests.xml",
        "This is a message from the wire, not an exported file: have the system export requests.json or requests.xml",
    ),
    "georeport.services": (
        "这是服务清单，里面没有事项：请导出requests.json或requests.xml",
        "This is a list of services, there are no matters in it: export requests.json or requests.xml",
    ),
    "georeport.receipts": (
        "这是提交事项后的回执，没有受理时间：请导出requests.json或requests.xml",
        "These are receipts of handing in, without times: export requests.json or requests.xml",
    ),
    "georeport.nothing": (
        "文件里没有事项：请导出requests.json或requests.xml，每件事项一个对象",
        "There are no matters in the file: export requests.json or requests.xml, one object for each matter",
    ),
    "head.needs": (
        "没有找到表头：需要这些列：{columns}",
        "No head row was found: these columns are needed: {columns}",
    ),
    "words.taken_away": (
        "有{count}处划去、删去或隐藏的字，没有读：“{words}”。如属正文，请在原文件中恢复后重新导入",
        "In {count} places words are struck out, deleted or hidden and were not read: “{words}”. If they belong to "
        "the table, restore them in the file and bring it in again",
    ),
    "year.bad": ("“{value}”不是年度：请写成2025", "“{value}” is not a year: write it like 2025"),
}
