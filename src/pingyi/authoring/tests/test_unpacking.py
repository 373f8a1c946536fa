"""Workbooks that are small on the disk and enormous in memory are refused before a reader lays them out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from pingyi.authoring.case_tables import UnreadableTableError, open_tables
from pingyi.authoring.people_grids import UnreadableFileError
from pingyi.authoring.people_grids import read_grids as read_people
from pingyi.authoring.tables.grids import read_grids
from pingyi.authoring.tests.case_books import HEAD
from pingyi.reader import unpacking
from pingyi.reader.refusals import NotReadError
from pingyi.reader.table_work import PLACES

READERS: list[Callable[[bytes], object]] = [open_tables, read_grids, read_people]


def book(*far: tuple[int, int]) -> bytes:
    written = io.BytesIO()
    made = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    for row, column in far:
        sheet.write(row, column, "x")
    made.close()
    return written.getvalue()


def code(read: Callable[[bytes], object], content: bytes) -> str:
    with pytest.raises((UnreadableTableError, UnreadableFileError)) as refused:
        read(content)
    return refused.value.code


@pytest.mark.parametrize("far", [(1_048_575, 16_383), (65_000, 700), (200_000, 400)])
@pytest.mark.parametrize("read", READERS)
def test_two_cells_far_apart_do_not_take_all_memory(read: Callable[[bytes], object], far: tuple[int, int]) -> None:
    assert code(read, book(far)) in {"file.far_cell", "file.too_many_rows"}


@pytest.mark.parametrize("near", [(3, 999), (3_000, 300), (99_999, 25)])
def test_wide_and_long_tables_are_no_fault(near: tuple[int, int]) -> None:
    unpacking.check_workbook(book(near), places=PLACES)


def test_what_unpacks_to_more_than_a_table_can_be_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 10_000)
    with pytest.raises(NotReadError) as refused:
        unpacking.check_workbook(_with(book(), b" " * 20_000), places=PLACES)
    assert refused.value.code == "file.unpacks"


def test_a_part_that_names_less_than_it_holds_is_refused() -> None:
    lying = _with(book(), b"x" * 20_000).replace((20_000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert code(open_tables, lying) == "file.damaged"


def _with(content: bytes, more: bytes) -> bytes:
    held = io.BytesIO(content)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/more.bin", more)
    return held.getvalue()
