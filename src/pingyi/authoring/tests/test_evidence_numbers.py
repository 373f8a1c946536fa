"""Counts and weights under heads that nobody knows: what the rows are decides, or they are not read and it is said."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pingyi.authoring.evidence_tables import EvidenceTable
from pingyi.authoring.tests.evidence_books import DAY, codes
from pingyi.authoring.tests.test_evidence_heads import kinds_of, read

ANSWERS = ("满意", "不满意")


def counted(*rows: list[object], head: str = "收回多少") -> EvidenceTable:
    return read(["科室", "日期", "您的感受", head], *rows, source="survey")


def crossed() -> list[list[object]]:
    numbers = iter((30, 4, 25, 9))
    return [[section, DAY, answer, next(numbers)] for section in ("办公室", "信息中心") for answer in ANSWERS]


def test_numbers_beside_every_answer_of_every_section_are_how_many_gave_it() -> None:
    found = counted(*crossed())
    assert kinds_of(found)["收回多少"] == "times"
    assert [one.times for one in found.evidence] == [30, 4, 25, 9]
    assert codes(found) == []


def test_numbers_beside_single_answers_are_not_how_many_gave_them() -> None:
    rows = [["办公室", DAY, "满意", 34], ["办公室", DAY, "满意", 51], ["信息中心", DAY, "不满意", 28]]
    found = counted(*rows, head="您多大")
    assert kinds_of(found)["您多大"] == ""
    assert [one.times for one in found.evidence] == [1, 1, 1]
    assert "head.unknown" in [code for _, _, code in codes(found)]


@pytest.mark.parametrize("number", [2.5, -3, "很多"])
def test_what_no_count_can_be_is_none_beside_every_answer(number: object) -> None:
    rows = crossed()
    rows[0][3] = number
    assert kinds_of(counted(*rows))["收回多少"] == ""


def test_an_answer_that_is_missing_for_one_section_leaves_it_undecided() -> None:
    assert kinds_of(counted(*crossed()[:3]))["收回多少"] == ""


def test_two_columns_of_counts_are_not_guessed_between() -> None:
    rows = [[*row, at + 1 if at != 2 else 9] for at, row in enumerate(crossed())]
    found = read(["科室", "日期", "您的感受", "发出", "收回"], *rows, source="survey")
    assert (kinds_of(found)["发出"], kinds_of(found)["收回"]) == ("", "")


def weighed(*weights: float) -> EvidenceTable:
    rows = [["办公室" if at % 2 else "信息中心", DAY, ANSWERS[at % 2], one] for at, one in enumerate(weights)]
    return counted(*rows, head="折算")


def test_broken_numbers_whose_mean_is_one_are_what_each_answer_weighs() -> None:
    found = weighed(*(0.8, 1.2) * 6)
    assert kinds_of(found)["折算"] == "weight"
    assert {one.weight for one in found.evidence} == {Decimal("0.8"), Decimal("1.2")}


@pytest.mark.parametrize("weights", [(0.8, 1.2), (1.8, 2.2) * 6, (1.0, 1.0) * 6, (-0.8, 2.8) * 6])
def test_of_few_numbers_or_of_another_mean_no_weight_is_made(weights: tuple[float, ...]) -> None:
    assert kinds_of(weighed(*weights))["折算"] == ""


@pytest.mark.parametrize(("total", "kind"), [(125, "weight"), (900, "")])
def test_a_stratum_total_shared_out_among_its_rows_is_a_weight(total: int, kind: str) -> None:
    strata = ["甲"] * 10 + ["乙"] * 4
    rows = [
        [("办公室", "信息中心")[at % 2], DAY, ANSWERS[at % 2], stratum, total if stratum == "甲" else 90,
         12.5 if stratum == "甲" else 22.5]
        for at, stratum in enumerate(strata)
    ]  # fmt: skip
    found = read(["科室", "日期", "您的感受", "层", "层内总数", "折算"], *rows, source="survey")
    assert kinds_of(found)["折算"] == kind
