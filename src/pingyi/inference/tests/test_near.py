"""Texts that say the same meet, whatever their number; others do not."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pingyi.inference.near import Said, bands, groups, likeness, pairs, repeats, shingles

FIRST = "东风路南口的早餐店每天清晨五点就开始排放油烟，二楼以上的住户不敢开窗，已经三个月了，请派人来看。"
AGAIN = "东风路南口的早餐店每天清晨5点就开始排放油烟,二楼以上住户不敢开窗,已经四个月了,请派人来看!"
OTHER = "石桥村的水渠被渣土堵住，一下雨就淹到院子里，请水务部门清理。"


def said(*texts: str, who: str = "") -> list[Said]:
    return [Said(key=f"{number:04}", text=text, who=who) for number, text in enumerate(texts)]


def test_a_text_with_small_changes_is_found_and_another_is_not() -> None:
    (pair,) = pairs(said(FIRST, OTHER, AGAIN))
    assert (pair.first, pair.second) == ("0000", "0002")
    assert 0.6 <= pair.likeness < 1


def test_width_spaces_marks_and_numbers_make_no_difference() -> None:
    assert likeness(shingles("二〇号楼 ３单元，噪声大！"), shingles("二〇号楼8单元噪声大")) == 1.0


def test_the_numbers_of_a_text_are_those_that_are_stored() -> None:
    assert bands(shingles("夜间施工噪声扰民"))[:2] == [-1839521838022552780, 1682240009043598819]


def test_empty_texts_are_not_alike() -> None:
    assert bands(shingles("，。！ ")) == []
    assert pairs(said("", "。", "")) == ()
    assert likeness(shingles(""), shingles("")) == 0.0


def test_ten_thousand_identical_texts_give_each_one_pair() -> None:
    assert len(pairs(said(*[FIRST] * 10_000))) == 9_999


def test_one_person_who_comes_again_is_found_at_a_lower_likeness() -> None:
    later = "上次反映东风路南口的早餐店排放油烟，二楼以上的住户还是不敢开窗，为什么没有人管？"
    assert pairs(said(FIRST, later)) == ()
    assert len(repeats(said(FIRST, later, OTHER, who="one person"))) == 1
    assert repeats(said(FIRST, later)) == ()


def test_texts_hang_together_through_others() -> None:
    assert groups(pairs(said(FIRST, AGAIN, OTHER, FIRST, OTHER))) == (("0000", "0001", "0003"), ("0002", "0004"))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("甲乙丙丁", min_size=0, max_size=12), max_size=12))
def test_what_is_found_is_exactly_alike_and_very_like_texts_are_found(texts: list[str]) -> None:
    given_texts = said(*texts)
    found = {(pair.first, pair.second): pair.likeness for pair in pairs(given_texts)}
    numbers = {one.key: shingles(one.text) for one in given_texts}
    assert all(likeness(numbers[one], numbers[two]) == pytest.approx(value) for (one, two), value in found.items())
    together = {key: at for at, keys in enumerate(groups(pairs(given_texts))) for key in keys}
    for one, two in combinations(numbers, 2):
        if likeness(numbers[one], numbers[two]) == 1.0:
            assert together[one] == together[two]


def test_real_messages_hold_the_repeats_that_their_senders_made(shared: Path) -> None:
    path = shared / "data" / "cn-taidi2020-messages" / "附件3.xlsx"
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1:]
    texts = [Said(key=str(int(row[0])), text=f"{row[2]}。{row[4]}", who=row[1]) for row in rows]
    assert len(groups(pairs(texts))) > 80
    assert len(repeats(texts)) > 90
