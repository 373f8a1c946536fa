"""A PDF is read by the places of its glyphs: paragraphs, columns, tables; what is no text is left out and told."""

from __future__ import annotations

import itertools

import pytest

from pingyi.authoring.prose import sentence, understand
from pingyi.authoring.prose.cleaning import clean
from pingyi.authoring.reading import Document, read_document
from pingyi.authoring.reading.tests.files import painted, pdf_painted, ruled
from pingyi.reader.layout.glyphs import Glyph
from pingyi.reader.layout.lines import row_of

LEFT, RIGHT, SIZE, PITCH = 70.0, 525.0, 14.0, 22.0  # points of a page of A4
FULL = int((RIGHT - LEFT) / SIZE)  # characters of a line
LONG = "各科室要结合自身职责认真查找群众反映强烈的突出问题并逐条制定整改措施明确责任人和完成时限"


def _read(*pages: str) -> Document:
    return read_document(pdf_painted(list(pages)), name="a.pdf")


def _lines(*lines: str, top: float = 740, left: float = LEFT, size: float = SIZE) -> str:
    return "".join(painted(left, top - row * PITCH, line, size=size) for row, line in enumerate(lines))


def _set(paragraphs: list[str], *, width: int = FULL, indent: int = 0) -> list[tuple[int, str]]:
    """Break paragraphs into lines of equal width; return how far each line is set in, and its words."""
    lines: list[tuple[int, str]] = []
    for words in paragraphs:
        rest = words
        for inset in itertools.chain([indent], itertools.repeat(0)):
            if not rest:
                break
            lines.append((inset, rest[: width - inset]))
            rest = rest[width - inset :]
    return lines


def _column(lines: list[tuple[int, str]], *, left: float = LEFT, top: float = 740) -> str:
    return "".join(painted(left + inset * SIZE, top - row * PITCH, words) for row, (inset, words) in enumerate(lines))


PARAGRAPHS = [
    "一、评议内容",
    LONG + "。",
    "（一）" + LONG + LONG + "；",
    "其他要求另行通知。",
    LONG[::-1] + LONG + "。",
]


@pytest.mark.parametrize("indent", [0, 2])
def test_lines_become_the_paragraphs_that_were_set(indent: int) -> None:
    assert _read(_column(_set(PARAGRAPHS, indent=indent))).text.split("\n") == PARAGRAPHS


def test_a_paragraph_goes_on_over_the_page() -> None:
    lines = _set(PARAGRAPHS, indent=2)
    for cut in range(1, len(lines)):
        assert _read(_column(lines[:cut]), _column(lines[cut:])).text.split("\n") == PARAGRAPHS, cut


def test_what_may_not_be_parted_moves_to_the_next_line_and_the_paragraph_goes_on() -> None:
    first = LONG[: FULL - 4]
    words = "（40%）、其余科室"
    document = _read(_column([(2, LONG[: FULL - 2]), (0, first), (0, words), (2, LONG[: FULL - 2]), (0, "等。")]))
    assert document.text.split("\n") == [LONG[: FULL - 2] + first + words, LONG[: FULL - 2] + "等。"]


def test_short_lines_are_lines_each_of_its_own() -> None:
    names = ["一、评议对象", "局机关各科室", "各直属单位", "各基层站所"]
    assert _read(_lines(*names)).text.split("\n") == names


def test_two_columns_are_read_one_after_the_other_under_a_title_over_both() -> None:
    title = "民主评议实施方案"
    width = 15
    lines = _set(PARAGRAPHS, width=width, indent=2)
    half = len(lines) // 2
    middle = (LEFT + RIGHT) / 2
    page = painted(middle - 10 * len(title), 780, title, size=20)
    page += _column(lines[:half]) + _column(lines[half:], left=RIGHT - width * SIZE)
    assert _read(page).text.split("\n") == [title, *PARAGRAPHS]


def test_heads_feet_and_page_numbers_are_no_text_and_are_listed() -> None:
    lines = _set(PARAGRAPHS * 3, indent=2)
    pages = [lines[:10], lines[10:20], lines[20:]]
    document = _read(
        *(
            painted(200, 800, "清源县民主评议文件", size=9) + _column(held) + painted(280, 40, f"—{number}—", size=9)
            for number, held in enumerate(pages, 1)
        )
    )
    assert document.text.split("\n") == PARAGRAPHS * 3
    (margin,) = document.unread
    assert (margin.why, set(margin.words)) == ("margin", {"清源县民主评议文件", "—1—", "—2—", "—3—"})
    draft = understand(document.text, name="a", year=2026, unread=document.unread, lines_are_whole=True)
    assert set(margin.words) <= set(draft.left_out)


def test_text_that_begins_each_page_alike_is_text() -> None:
    pages = [_lines(f"第{number}项由各科室负责", *["各科室认真落实整改措施"] * 20, top=790) for number in range(4)]
    document = _read(*pages)
    assert document.text.count("项由各科室负责") == 4
    assert document.unread == ()


def test_small_print_in_the_margin_of_a_single_page_is_told() -> None:
    document = _read(_lines(*PARAGRAPHS[:1] * 6) + painted(LEFT, 50, "注：本方案所称以上包含本数", size=9))
    assert document.text.split("\n") == PARAGRAPHS[:1] * 6
    (doubt,) = [one for one in understand(document.text, name="a", year=2026, unread=document.unread).problems
                if one.code.startswith("words.")]  # fmt: skip
    assert doubt.code == "words.small"
    for language in ("zh", "en"):
        assert "注：本方案所称以上包含本数" in sentence(doubt.code, doubt.facts, language=language)


def test_a_last_line_of_the_texts_own_size_at_the_foot_is_text() -> None:
    document = _read(_lines(*["各科室认真落实"] * 33, top=780) + painted(LEFT, 50, "二〇二六年三月"))
    assert document.text.endswith("二〇二六年三月")


def test_words_aslant_over_a_table_are_no_cell_and_are_told() -> None:
    document = _read(_table() + painted(160, 600, "内部资料", size=48, angle=35))
    assert document.text.split("\n") == ROWS
    (aslant,) = document.unread
    assert (aslant.why, "".join(aslant.words)) == ("aslant", "内部资料")


def test_a_page_that_lies_on_its_side_is_read_as_any_other() -> None:
    lines = ["一、评议对象", "局机关各科室", "二、评议内容"]
    page = "".join(painted(100 + row * PITCH, 100, words, angle=90) for row, words in enumerate(lines))
    document = _read(page)
    assert (document.text.split("\n"), document.unread) == (lines, ())


def test_marks_of_notes_are_left_out_and_told() -> None:
    drawn = painted(LEFT, 700, "满意率") + painted(LEFT + 3 * SIZE, 706, "1", size=6)
    document = _read(drawn + painted(LEFT + 3 * SIZE + 4, 700, "低于八成的科室"))
    assert clean(document.text).text == "满意率低于八成的科室"
    (note,) = document.unread
    assert (note.why, note.words) == ("note", ("1",))


ROWS = ["项目\t内容\t分值", "作风\t遵守纪律按时到岗服务热情\t30分", "\t办事效率\t20分", "合计\t\t50分"]


def _table() -> str:
    """Draw the table of these rows: the first cell of its second row reaches over two."""
    rules = [(70, y, 450, y) for y in (720, 696, 652, 604, 580)]
    rules[2] = (170, 652, 450, 652)
    rules += [(x, 580, x, 720) for x in (70, 170, 350, 450)]
    cells = [
        (75, 703, "项目"), (175, 703, "内容"), (355, 703, "分值"),
        (75, 675, "作风"), (175, 680, "遵守纪律按时到岗"), (175, 662, "服务热情"), (355, 675, "30分"),
        (175, 612, "办事效率"), (355, 612, "20分"), (75, 587, "合计"), (355, 587, "50分"),
    ]  # fmt: skip
    return ruled(*rules) + "".join(painted(*one) for one in cells)


def test_a_ruled_table_gives_its_cells_and_a_merged_one_is_written_once() -> None:
    assert _read(_table()).text.split("\n") == ROWS


def test_a_frame_around_text_is_no_table() -> None:
    frame = ruled((60, 760, 540, 760), (60, 600, 540, 600), (60, 600, 60, 760), (540, 600, 540, 760))
    assert _read(frame + _column(_set(PARAGRAPHS[1:2], indent=2))).text.split("\n") == PARAGRAPHS[1:2]


@pytest.mark.parametrize("words", ["好", "。", "1", "行", "）"])
def test_a_glyph_that_stands_alone_is_read_though_its_font_is_nowhere(words: str) -> None:
    pieces = [(LEFT, "评议方案报送"), (LEFT + 6 * SIZE, words)]
    assert _read("".join(painted(x, 700, one) for x, one in pieces)).text == f"评议方案报送{words}"


def test_every_glyph_drawn_by_itself_is_read() -> None:
    signs = enumerate(LONG[:20])
    assert _read("".join(painted(LEFT + SIZE * place, 700, sign) for place, sign in signs)).text == LONG[:20]


def test_radicals_are_read_as_the_characters_of_their_shape() -> None:
    assert clean("⻓期⽬标：⽉底前⻚⾯公开，⺠主评议政⻛").text == "长期目标：月底前页面公开，民主评议政风"


def test_a_text_of_whole_lines_is_not_joined_by_its_words() -> None:
    text = "参评单位，包括各科室、各站所和各窗口单位等\n日常工作由局办公室负责，各科室配合"
    assert clean(text).text.count("\n") == 0
    assert clean(text, lines_are_whole=True).text == text


def test_a_square_opening_mark_stands_behind_the_sign_that_it_is_closed_up_to() -> None:
    def glyph(sign: str, left: float, width: float) -> Glyph:
        return Glyph(sign, left, 0.0, left + width, 16.0, 2.0, 16.0, ord(sign) >= 0x2E80)

    row = row_of([glyph("承", 0, 16), glyph(".", 16, 4), glyph("“", 12, 16), glyph("科", 28, 16)])
    assert row is not None
    assert "".join(one.sign for one in row.glyphs) == "承.“科"


@pytest.mark.parametrize("ends", [LONG[: FULL - 2], LONG[: FULL - 4] + "B1."])
@pytest.mark.parametrize("stands", [0, 3])
def test_a_signature_set_to_the_right_is_no_end_of_a_full_line(ends: str, stands: int) -> None:
    signed = ["清源区环境保护局", "2026年3月9日"]
    page = _lines(*[LONG[: FULL - 1] + "。"] * 3, LONG[:FULL], ends, top=740)
    page += "".join(
        painted(RIGHT - (len(words) + stands) * SIZE, 740 - (5 + row) * PITCH, words)
        for row, words in enumerate(signed)
    )
    assert _read(page).text.split("\n")[-2:] == signed


def test_a_hanging_line_goes_on() -> None:
    lines = [(0, "责任单位：" + LONG[: FULL - 5]), (5, LONG[: FULL - 5]), (5, "办公室。"), (0, "二、评议内容")]
    assert _read(_column(lines * 2)).text.split("\n")[1::2] == ["二、评议内容"] * 2
