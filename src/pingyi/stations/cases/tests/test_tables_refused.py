"""A file that gives no table is refused on the page where it was chosen, by the kind of what is wrong with it."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable

import pytest

from pingyi import words
from pingyi.authoring.tables.problems import UnreadableTableError
from pingyi.reader import samples
from pingyi.reader.ooxml import MOST_UNPACKED
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import tables
from pingyi.stations.cases.tests.conftest import Play
from pingyi.stations.cases.tests.test_actions_tables import CHANNEL, LATER

pytestmark = pytest.mark.django_db
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def locked() -> bytes:
    """A workbook with a password, as Excel keeps it: an old container with one encrypted stream of 4 KB."""
    head = struct.pack("<8s16x5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    chain = [TABLE, END, *range(3, 10), END]
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    return (
        head
        + table
        + _folder("Root Entry", 5, child=1, start=END, size=0)
        + _folder("EncryptedPackage", 2, child=FREE, start=2, size=4096)
        + bytes(256)
        + b"\x5a" * 4096
    )


def _folder(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBB3I16x4x16xIQ", letters, len(letters), kind, 1, FREE, FREE, child, start, size
    )  # fmt: skip


def swollen() -> bytes:
    """A workbook of some kilobytes that says of one part that it holds more than any table does."""
    held = io.BytesIO(samples.workbook())
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", b"x" * 70_000)
    return held.getvalue().replace((70_000).to_bytes(4, "little"), (MOST_UNPACKED + 1).to_bytes(4, "little"))


def receipts() -> bytes:
    return json.dumps([{"service_request_id": "1", "service_notice": "已收到"}]).encode()


FILES: dict[str, Callable[[], bytes]] = {
    "table.file.password": locked,
    "table.file.unpacks": swollen,
    "table.file.far_cell": lambda: samples.workbook(rows=FAR),
    "table.georeport.receipts": receipts,
}


@pytest.mark.parametrize("code", list(FILES))
def test_each_is_told_in_words_that_say_what_to_do(play: Play, code: str) -> None:
    with pytest.raises(Refused) as refused:
        tables.keep("三月.xlsx", content=FILES[code](), channel_id=CHANNEL, by=play.actor("zhou"), at=LATER)
    assert (refused.value.code, refused.value.field) == (code, "table")
    assert "{" not in words.refusal(refused.value)


@pytest.mark.parametrize("code", ["file.damaged", "file.too_much"])
def test_so_is_a_file_whose_reading_was_ended(play: Play, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(_: bytes) -> None:
        raise UnreadableTableError(code)

    monkeypatch.setattr(tables, "open_tables", ended)
    with pytest.raises(Refused) as refused:
        tables.keep("三月.xlsx", content=b"a,b\n1,2\n", channel_id=CHANNEL, by=play.actor("zhou"), at=LATER)
    assert refused.value.code == f"table.{code}"
