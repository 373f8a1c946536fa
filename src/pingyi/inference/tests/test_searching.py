"""What is typed finds what was written, in words of two characters and more."""

from __future__ import annotations

import pytest

from pingyi.inference.searching import asked, holds, likes, marked, words

TEXT = "柳溪路工地夜间施工，噪声很大；已拨打12345，回复编号ABC-9。"


@pytest.mark.parametrize(
    "query", ["噪声", "柳溪路", "夜间 工地", "１２３４５", "abc", "噪", "ABC-9", "柳溪路工地夜间施工"]
)
def test_a_query_asks_only_for_words_that_the_text_has(query: str) -> None:
    kept, looked = words([TEXT]), asked(query)
    assert not looked.is_empty
    assert set(looked.words) <= set(kept)
    assert all(any(word.startswith(beginning) for word in kept) for beginning in looked.beginnings)
    assert holds([TEXT], looked.terms)


def test_pairs_that_meet_in_different_places_are_not_a_hit() -> None:
    assert set(asked("声大路").words) & set(words(["噪声大，大路旁"])) == {"声大", "大路"}
    assert not holds(["噪声大，响大路旁"], asked("声大路").terms)


@pytest.mark.parametrize("query", ["", "   ", "，。！", "'\" OR * --", "ǂ"])
def test_signs_ask_for_nothing_or_for_plain_words(query: str) -> None:
    assert all(word.isalnum() for word in (*asked(query).words, *asked(query).beginnings))


def test_a_hit_is_marked_with_what_stands_around_it() -> None:
    parts = marked("前" * 100 + "噪声扰民" + "后" * 300, ["噪声"])
    assert [part.text for part in parts if part.is_hit] == ["噪声"]
    assert parts[0].text == "…"
    assert parts[-1].text.endswith("…")
    assert "".join(part.text for part in marked(TEXT, ["没有"])) == TEXT


def test_near_same_texts_share_a_word_and_others_do_not() -> None:
    assert set(likes(TEXT)) & set(likes(TEXT.replace("很大", "太大")))
    assert not set(likes(TEXT)) & set(likes("石桥村水渠被渣土堵住，一下雨就淹"))
    assert likes("") == []
