"""Proposals are learnt from decided matters, say why, and say nothing when they do not know."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from pingyi.inference.features import Example
from pingyi.inference.learn import learn, macro_f1
from pingyi.inference.lexicon import lexicon
from pingyi.inference.suggest import Model, from_bytes, to_bytes
from pingyi.inference.tests.matters import SECTIONS, examples


@pytest.fixture(scope="module")
def model() -> Model:
    found = learn(examples())
    assert found is not None
    return found


def test_the_theme_is_proposed_with_the_words_that_spoke_for_it(model: Model) -> None:
    proposal = model.propose("我家楼下新开一家饭店，油烟直排到窗口")
    assert proposal.label == "油烟"
    assert "油烟" in [one.word for one in proposal.spoke]
    assert all(len(one.word) > 1 for one in proposal.spoke)


def test_a_text_about_nothing_known_gets_no_proposal(model: Model) -> None:
    proposal = model.propose("zzz 9999")
    assert proposal.label is None
    assert not proposal.spoke
    assert proposal.others


def test_an_empty_text_gets_no_proposal(model: Model) -> None:
    assert model.propose("").label is None


def test_scores_add_up_and_the_best_comes_first(model: Model) -> None:
    proposal = model.propose("工地扬尘很大")
    scores = [proposal.score, *(score for _, score in proposal.others)]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1, abs=1e-5)


def test_the_same_matters_in_another_order_give_the_same_bytes(model: Model) -> None:
    other = learn(examples()[::-1])
    assert other is not None
    assert to_bytes(other) == to_bytes(model)


def test_a_model_comes_back_from_its_bytes_and_says_the_same(model: Model) -> None:
    back = from_bytes(to_bytes(model))
    assert back.propose("河里全是污水") == model.propose("河里全是污水")


def test_bytes_that_hold_objects_are_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "hostile.npz"
    np.savez(path, head=np.array([{"format": "pingyi-proposals/1"}], dtype=object))
    with pytest.raises(ValueError, match="pickle"):
        from_bytes(path.read_bytes())


def test_too_little_history_teaches_nothing() -> None:
    assert learn(examples()[:30]) is None
    assert learn([Example(label="噪声", text=f"第{number}件") for number in range(80)]) is None


def test_sections_are_learnt_from_what_is_known_without_a_text() -> None:
    found = learn(
        [
            Example(label=SECTIONS[one.label], facets=(("theme", one.label), *one.facets), group=str(number))
            for number, one in enumerate(examples())
        ]
    )
    assert found is not None
    proposal = found.propose(facets=[("theme", "污水"), ("place", "石桥村")])
    assert proposal.label == "水务科"
    assert ("theme", "污水") in [(one.facet, one.word) for one in proposal.spoke]


def test_labels_that_are_chance_are_not_proposed() -> None:
    noise = [
        Example(label="甲乙丙丁"[number * 7919 % 4], text=f"第{number}件事，编号{number * 31}") for number in range(200)
    ]
    found = learn(noise)
    assert found is not None
    assert found.check.answered < 0.5


def test_the_words_of_a_place_are_found_without_a_dictionary() -> None:
    found = lexicon(example.text for example in examples())
    assert {"扬尘", "油烟", "石桥村", "南湖花园"} <= set(found.counts)
    assert "油烟" in found.cut("烧烤油烟熏人")


def test_macro_f1_counts_each_label_the_same() -> None:
    assert macro_f1([0, 0, 0, 1], [0, 0, 0, 0]) == pytest.approx((6 / 7 + 0) / 2)


def test_real_messages_are_told_apart_about_as_well_as_by_published_systems(shared: Path) -> None:
    path = shared / "data" / "cn-taidi2020-messages" / "附件2_全量_分词_带一级标签.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [(row["留言主题与详情_分词"].replace(" ", ""), row["一级标签"]) for row in csv.DictReader(lines)]
    found = learn([Example(label=label, text=text) for text, label in rows[::3]])
    assert found is not None
    assert found.check.macro_f1 > 0.84  # from a third of them; bench/themes.py measures on all
    assert found.check.right_when_answered > 0.85
