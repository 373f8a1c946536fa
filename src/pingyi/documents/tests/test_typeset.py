"""The typesetter: fonts that come along, the same bytes, nobody's words as markup, the official page."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from pingyi.documents import letter, typeset

NAMES = "璟翀堃喆"
URGING = letter.Letter(
    issuer="清源区环境保护局",
    number="清环催〔2026〕3号",
    title="关于限期办结2026-000123号工单的催办通知书",
    to="监察大队",
    paragraphs=(f"你单位承办的工单已经超过办理时限。联系人：{NAMES}。",) * 20,
    attachments=("工单办理情况表",),
    dated="2026年4月9日",
    copies=("局分管领导",),
)


def words(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return "".join(page.get_textpage().get_text_range() for page in pages)


def sides(content: bytes) -> list[tuple[int, int]]:
    return [tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in pypdfium2.PdfDocument(content)]


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert letter.pdf(URGING) == letter.pdf(URGING)


def test_rare_characters_of_names_are_printed() -> None:
    assert NAMES in words(letter.pdf(URGING))


def test_a_letter_stands_on_a4_pages_with_the_official_margins() -> None:
    content = letter.pdf(URGING)
    assert set(sides(content)) == {(210, 297)}
    page = pypdfium2.PdfDocument(content)[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    assert min(box[0] for box in boxes) * 25.4 / 72 >= 28 - 0.5
    assert max(box[2] for box in boxes) * 25.4 / 72 <= 210 - 26 + 0.5


def test_a_full_page_has_twenty_two_lines() -> None:
    long = letter.Letter(issuer="局", title="通知", paragraphs=("办结" * 1000,), dated="2026年4月9日")
    second = pypdfium2.PdfDocument(letter.pdf(long))[1]
    text = second.get_textpage()
    heights = sorted({round(text.get_charbox(at)[1]) for at in range(text.count_chars())}, reverse=True)
    lines = [first for first, after in pairwise(heights) if first - after > 5]
    assert len(lines) == 22


def test_words_of_people_are_never_read_as_markup() -> None:
    hostile = '#panic("a") *b* $c$ \\ @d <e> "f"'
    said = words(letter.pdf(letter.Letter(issuer="局", title="通知", paragraphs=(hostile,), dated="")))
    assert "panic" in said
    assert "*b*" in said


def test_what_the_fonts_lack_is_told_and_marked() -> None:
    assert typeset.unprintable(f"{NAMES}，办结\n😀😀𠮷") == "😀𠮷"
    assert "见〓。" in words(letter.pdf(letter.Letter(issuer="局", title="通知", paragraphs=("见😀。",), dated="")))


@pytest.mark.parametrize("path", sorted(typeset.FONTS.glob("*.otf")), ids=lambda path: path.stem)
def test_every_face_holds_the_listed_characters_under_its_own_name_and_license(path: Path) -> None:
    font = TTFont(io.BytesIO(path.read_bytes()))
    held = set(map(chr, font.getBestCmap()))
    listed = (typeset.FONTS / "characters.txt").read_text(encoding="utf-8").replace("\n", "")
    assert set(listed) <= held
    assert font["name"].getDebugName(1).startswith("Pingyi ")
    assert "Open Font License" in font["name"].getDebugName(13)


def test_the_fonts_hold_gb_2312() -> None:
    every = (
        bytes((row, cell)).decode("gb2312", errors="ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)
    )
    assert not typeset.unprintable("".join(every))


def test_all_fonts_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in typeset.FONTS.glob("*.otf")) < 12_000_000
