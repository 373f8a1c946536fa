"""Sealed invitations: two on a sheet, the name outside, the link inside, read by a telephone."""

from __future__ import annotations

import io

import pypdfium2
import zxingcpp

from pingyi.documents import sealed_invitations
from pingyi.documents.sealed_invitations import Leaf, Sheets

LINKS = tuple(f"https://pingyi.example.gov.cn/invitation/{letter * 32}/" for letter in "aBc")


def test_each_leaf_has_its_name_outside_and_its_own_link_inside() -> None:
    leaves = tuple(
        Leaf(
            name=("李甲", "李乙", "李丙")[place],
            post="局领导",
            section="",
            until="2026-01-19 09:00",
            link=link,
            needs_word=place == 1,
        )
        for place, link in enumerate(LINKS)
    )
    sheets = Sheets(bureau="清源区环境保护局", office="监察室", leaves=leaves)
    made = sealed_invitations.pdf(sheets)
    pages = list(pypdfium2.PdfDocument(io.BytesIO(made)))
    assert len(pages) == 2
    told = "".join("".join(page.get_textpage().get_text_range() for page in pages).split())
    assert all(leaf.name in told for leaf in leaves)
    assert told.count("第二口令") == 1
    seen = [code.text for page in pages for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
    assert sorted(seen) == sorted(LINKS)
    assert made == sealed_invitations.pdf(sheets)
    outside = pages[0].render(scale=2).to_pil().crop((0, 0, 290, 1600))
    assert not zxingcpp.read_barcodes(outside)  # the strip that stays in sight when it is folded
