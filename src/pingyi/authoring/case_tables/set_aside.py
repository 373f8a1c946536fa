"""The rows that could not be taken, as a workbook in their own columns: mended there, it can be sent again."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from pingyi.authoring.case_tables.fields import REASONS_HEAD, ROW_HEAD

WIDE, USUAL = 46, 18


def workbook(labels: Sequence[str], rows: Iterable[tuple[int, str, Sequence[str]]]) -> bytes:
    """Return a workbook of rows, each as its number, its reasons and its cells; all cells are text, none a formula."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet("搁置的行")
    bold = book.add_format({"bold": True, "bg_color": "#F2F2F2"})
    wrapped = book.add_format({"text_wrap": True, "font_color": "#A61B1B", "valign": "top"})
    text = book.add_format({"num_format": "@", "valign": "top"})
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, len(labels) + 1, USUAL)
    sheet.freeze_panes(1, 0)
    for column, label in enumerate((REASONS_HEAD, ROW_HEAD, *labels)):
        sheet.write_string(0, column, label, bold)
    for line, (number, reasons, cells) in enumerate(rows, 1):
        sheet.write_string(line, 0, reasons, wrapped)
        sheet.write_string(line, 1, str(number))
        for column, cell in enumerate(cells, 2):
            sheet.write_string(line, column, cell, text)
    book.close()
    return out.getvalue()
