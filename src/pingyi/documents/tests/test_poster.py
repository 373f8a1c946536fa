"""The printed notice board: exact sheets, a code that scans, nothing over its edge or over something else (§4.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from pingyi.documents import poster
from pingyi.documents.poster import Poster
from pingyi.rules.board import Content, Promised, Size, Stretch, Way

URL = "https://pingyi.example.gov.cn/boards/7QK2M9BCDFGH/3/"
SECTIONS = ("办公室", "监察大队", "污染防治科", "环评审批科", "环境监测站", "宣教中心")
PHASES = (("宣传发动", (3, 16), (4, 10)), ("自查自纠", (4, 11), (5, 20)), ("总结考核", (11, 1), (12, 31)))
ORDINARY = Poster(
    content=Content(
        year=2026,
        title="2026年民主评议政风行风工作实施方案",
        bureau="清源区环境保护局",
        sections=SECTIONS,
        criteria=("任务完成", "服务质量", "依法履职"),
        commitments=tuple(
            Promised(section=name, what="投诉件办结并答复", within="10个工作日内", measured_by="工单办结日期")
            for name in SECTIONS
        ),
        channels=(Way(name="12345热线", number="12345"), Way(name="监督信箱", number="jiandu@example.cn")),
        supervisors=("李翀（企业代表）", "何璟", "陈堃"),
        phases=tuple(
            Stretch(name=name, begins_on=date(2026, *begins), ends_on=date(2026, *ends))
            for name, begins, ends in PHASES
        ),
    ),
    edition=3,
    published="2026年4月8日",
    office="监察室",
    url=URL,
    root="a1b2c3d4" * 8,
    tree_size=10234,
)
LONG = replace(
    ORDINARY,
    content=replace(
        ORDINARY.content,
        bureau="清源区环境保护与自然资源综合行政执法管理局（海洋与渔业发展服务中心）",
        title="清源区" * 25,
        sections=("生态环境保护综合行政执法大队第一中队驻开发区分队",) * 30,
        criteria=("认真履行职责并且持续优化发展环境",) * 8,
        commitments=tuple(
            Promised(
                section="生态环境保护综合行政执法大队第一中队驻开发区分队",
                what="申请材料齐全且符合法定形式的，当场受理并出具书面凭证，依法需要听证的另行告知，" * 2,
                within="120个工作日内",
                measured_by="审批系统里的受理时间与办结时间之差，每季度由监察室抽查一次",
                is_convenience=number % 3 == 0,
            )
            for number in range(80)
        ),
        channels=(
            Way(name="全国统一的生态环境投诉举报热线电话", number="010-12369-00000000-转8888"),
            Way(name="监督信箱", number="a-very-long-mailbox-of-the-supervision-office@" + "sub." * 12 + "example.cn"),
        ),
        supervisors=("阿卜杜热合曼·麦麦提依明（市人大代表）",) * 12,
        phases=tuple(
            Stretch(name="深入开展自查自纠与整改提高", begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
            for _ in range(7)
        ),
    ),
    url="https://pingyi." + "long-host-name." * 8 + "gov.cn/boards/7QK2M9BCDFGH/12345/",
)
SECTION = replace(
    ORDINARY,
    content=replace(ORDINARY.content, section="监察大队", sections=(), commitments=ORDINARY.content.commitments[:2]),
)
SHEETS = {"ordinary": ORDINARY, "long": LONG, "section": SECTION}


def opened(content: bytes) -> Any:
    pages = pypdfium2.PdfDocument(content)
    assert len(pages) == 1
    return pages[0]


def boxes(page: Any) -> np.ndarray:
    text = page.get_textpage()
    seen = (at for at in range(text.count_chars()) if text.get_text_range(at, 1).strip(" \r\n\u200b"))
    drawn = [text.get_charbox(at) for at in seen]
    return np.array([box for box in drawn if box[2] > box[0] and box[3] > box[1]])


@pytest.mark.parametrize(
    ("size", "sides"),
    [(Size.A1, (594, 841)), (Size.A2, (420, 594)), (Size.A3, (297, 420)), (Size.A4, (210, 297))],
)
def test_the_sheet_has_exactly_the_size_of_the_standard(size: Size, sides: tuple[int, int]) -> None:
    page = opened(poster.pdf(ORDINARY, size=size))
    assert [side * 25.4 / 72 for side in page.get_size()] == pytest.approx(sides, abs=0.01)


@pytest.mark.parametrize("size", [Size.A1, Size.A4])
@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_the_code_is_read_back_from_the_printed_page(size: Size, sheet: Poster) -> None:
    page = opened(poster.pdf(sheet, size=size))
    picture = page.render(scale=1400 / page.get_width()).to_pil()
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert [one.text for one in found] == [sheet.url]


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_nothing_stands_over_the_edge_or_over_something_else(sheet: Poster) -> None:
    page = opened(poster.pdf(sheet, size=Size.A4))
    drawn = boxes(page)
    width, height = page.get_size()
    edge = 8 / 25.4 * 72  # inside the red frame
    assert drawn[:, 0].min() >= edge
    assert drawn[:, 2].max() <= width - edge
    assert drawn[:, 1].min() >= edge
    assert drawn[:, 3].max() <= height - edge
    assert overlapping(drawn) == 0


def overlapping(drawn: np.ndarray) -> int:
    """Pairs of letters of which one covers more than a quarter of the other."""
    low, high = drawn[:, None, :2], drawn[:, None, 2:]
    wide = np.clip(np.minimum(high, drawn[None, :, 2:]) - np.maximum(low, drawn[None, :, :2]), 0, None)
    area = (drawn[:, 2] - drawn[:, 0]) * (drawn[:, 3] - drawn[:, 1])
    covered = wide.prod(axis=2) / np.minimum(area[:, None], area[None, :])
    np.fill_diagonal(covered, 0)
    return int((covered > 0.25).sum())


def test_overlapping_letters_would_be_seen() -> None:
    assert overlapping(np.array([[0, 0, 10, 10], [5, 0, 15, 10], [30, 0, 40, 10]])) == 2


def test_a_board_that_cannot_hold_everything_says_how_much_is_left() -> None:
    text = opened(poster.pdf(LONG, size=Size.A4)).get_textpage().get_text_range()
    assert "项请扫描二维码查看" in text
    assert "项请扫描二维码查看" not in opened(poster.pdf(ORDINARY, size=Size.A4)).get_textpage().get_text_range()


def test_rare_characters_of_names_are_printed_and_what_the_fonts_lack_is_told() -> None:
    text = opened(poster.pdf(ORDINARY, size=Size.A4)).get_textpage().get_text_range()
    assert all(letter in text for letter in "璟翀堃")
    assert poster.unprintable(ORDINARY.content) == ""
    assert poster.unprintable(replace(ORDINARY.content, supervisors=("𠮷野",))) == "𠮷"


def test_the_same_board_gives_the_same_bytes() -> None:
    assert poster.pdf(ORDINARY, size=Size.A3) == poster.pdf(ORDINARY, size=Size.A3)
    assert poster.pdf(ORDINARY, size=Size.A3) != poster.pdf(replace(ORDINARY, edition=4), size=Size.A3)
