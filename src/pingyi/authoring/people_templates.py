"""The XLSX that a bureau fills in, with dropdowns and a page of notes; and the sheet of invitations."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from pingyi.authoring import people_words as words

_ROWS = 500
_NOTES = (
    (
        "每一行是一个科室或一名人员。不要改动表头。",
        "One row is one section or one person. Leave the heads as they are.",
    ),
    ("“类型”可不填，由名称的末字判断。", "Kind may be empty: the name's ending tells it."),
    ("“参评”填是或否，不填视为是。", "Evaluated is yes or no; empty means yes."),
    ("科室负责人、科室人员必须填科室；监督员和上级单位不填。", "Heads and staff need a section; outsiders have none."),
    ("手机仅监察室和本人可见。", "Phones are seen by the supervision office and the person only."),
    ("同一文件再次上传不会重复。", "Uploading the same file again changes nothing."),
)


def template(*, kinds: Mapping[str, str]) -> bytes:
    """Return the empty table of sections and people, in Chinese heads, with dropdowns (kinds: id → name)."""
    out = io.BytesIO()
    book, head = _book(out)
    roles = [spellings[0] for spellings in words.ROLES.values()]
    sheet = _sheet(book, head, "科室", [heads[0] for heads in words.SECTION_HEADS.values()])
    _choices(sheet, 1, list(kinds.values()))
    _choices(sheet, 4, ["是", "否"])
    people = _sheet(book, head, "人员", [heads[0] for heads in words.PEOPLE_HEADS.values()])
    _choices(people, 1, roles)
    people.data_validation(
        1, 2, _ROWS, 2, {"validate": "list", "source": f"=科室!$A$2:$A${_ROWS}", "error_type": "warning"}
    )
    people.set_column(4, 8, 16, book.add_format({"num_format": "@"}))
    notes = book.add_worksheet("说明 Notes")
    notes.set_column(0, 1, 60)
    for number, pair in enumerate(_NOTES):
        notes.write_row(number, 0, pair)
    book.close()
    return out.getvalue()


def _book(out: io.BytesIO) -> tuple[Any, Any]:
    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    return book, book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})


def _sheet(book: Any, head: Any, name: str, titles: list[str]) -> Any:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, titles, head)
    sheet.set_column(0, len(titles) - 1, 18)
    sheet.freeze_panes(1, 0)
    return sheet


def _choices(sheet: Any, column: int, choices: list[str]) -> None:
    sheet.data_validation(1, column, _ROWS, column, {"validate": "list", "source": choices, "error_type": "warning"})
