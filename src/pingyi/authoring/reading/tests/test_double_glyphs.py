"""What a PDF draws twice at nearly the same place, as some programs make bold, is read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingyi.authoring.prose import understand
from pingyi.authoring.prose.tests.summary import summarize
from pingyi.authoring.reading import read_document
from pingyi.authoring.reading.tests.files import pdf_drawn

INPUTS = Path(__file__).parent / "inputs"
SIZE = 14  # points of a character, and so its width
LINE = "民主评议政风行风，九月二十日以前各科室上报总结。"


def _twice(x: float, y: float, line: str, shift: tuple[float, float] = (2, 0)) -> list[tuple[float, float, str]]:
    """Draw a line in pieces of two characters, and then all of it again: the library sees through single pieces."""
    pieces = [(x + SIZE * place, y, line[place : place + 2]) for place in range(0, len(line), 2)]
    return [*pieces, *((left + shift[0], bottom + shift[1], words) for left, bottom, words in pieces)]


def _text(*pieces: tuple[float, float, str]) -> str:
    return read_document(pdf_drawn([list(pieces)]), name="a.pdf").text.strip()


def test_a_plan_with_doubled_glyphs_has_the_words_and_phases_of_the_typed_one() -> None:
    document = read_document((INPUTS / "pdf-double-struck.pdf").read_bytes(), name="a.pdf")
    typed = (INPUTS / "plan-reference.txt").read_text(encoding="utf-8")
    assert "".join(document.text.split()) == "".join(typed.split())
    found, wanted = (summarize(understand(text, name="a", year=2026)) for text in (document.text, typed))
    assert len(found["阶段"]) == 4
    for part in ("标题", "内容", "阶段", "得分来源", "条件"):
        assert found[part] == wanted[part], part


@pytest.mark.parametrize("shift", [(0.6, 0), (0, 0.6), (0.6, -0.6), (-0.6, 0), (2, 0)])
def test_a_line_that_is_drawn_twice_is_one_line(shift: tuple[float, float]) -> None:
    assert _text(*_twice(60, 700, LINE, shift)) == LINE


def test_words_drawn_twice_inside_a_line_leave_no_break_and_no_blank_behind() -> None:
    after = (60 + SIZE * (2 + len(LINE)), 700, "前报送。")
    assert _text((60, 700, "于是"), *_twice(60 + 2 * SIZE, 700, LINE), after) == f"于是{LINE}前报送。"


def test_lines_below_one_another_stay_lines_where_one_of_them_is_doubled() -> None:
    assert _text(*_twice(60, 700, LINE), (60, 678, "各科室")).split() == [LINE, "各科室"]


def test_a_doubled_cell_stays_apart_from_the_next_cell() -> None:
    far = 60 + SIZE * (len(LINE) + 6)
    assert _text(*_twice(60, 700, LINE), (far, 700, "三十分")).split() == [LINE, "三十分"]


@pytest.mark.parametrize("words", ["行行好", "１１１１", "1111", "......", "ll ii", "——", "丨丨一一"])
def test_equal_signs_side_by_side_are_all_read(words: str) -> None:
    assert _text((60, 700, words)) == words


def test_other_signs_at_the_same_place_and_equal_ones_elsewhere_are_all_read() -> None:
    text = _text((60, 700, "评议"), (60.6, 700, "科室"), (60, 680, "评议"))
    assert sorted("".join(text.split())) == sorted("评议科室评议")
