"""Sealed receipts: four on a sheet, the number outside, and a code inside that a telephone reads."""

from __future__ import annotations

import io

import pypdfium2
import zxingcpp

from pingyi.documents import sealed_receipts
from pingyi.documents.sealed_receipts import Leaf, Sheets
from pingyi.rules.case.sealed import numbered

CODES = ("BCDF7GHJK2MN", "NM2KJHG7FDCB", "QRSTVWXYZ234", "432ZYXWVTSRQ", "GGGGHHHHJJJJ")
SITE = "https://pingyi.example.gov.cn/follow/"


def test_each_receipt_has_its_number_outside_and_its_own_code_inside() -> None:
    leaves = tuple(Leaf(number=numbered(7, place), code=code) for place, code in enumerate(CODES, 1))
    sheets = Sheets(bureau="环保局", office="监察室", site=SITE, dated="", place="窗口", leaves=leaves)
    made = sealed_receipts.pdf(sheets)
    pages = list(pypdfium2.PdfDocument(io.BytesIO(made)))
    assert len(pages) == 2
    told = "".join(page.get_textpage().get_text_range() for page in pages).replace(" ", "")
    for leaf in leaves:
        assert (leaf.number in told, told.count(leaf.code)) == (True, 1)
    seen = zxingcpp.read_barcodes(pages[0].render(scale=2).to_pil())
    assert {one.text for one in seen} == {f"{SITE}{code}/" for code in CODES[:4]}
    assert made == sealed_receipts.pdf(sheets)
