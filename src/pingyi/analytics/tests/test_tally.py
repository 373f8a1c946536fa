"""Counting answers is exact, complete and the same on every engine."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi.analytics.answers import from_arrow, from_parquet
from pingyi.analytics.as_evidence import Digits, Gathered, gather
from pingyi.analytics.sentences import MESSAGES, sentence
from pingyi.analytics.tally import expression, tally
from pingyi.rules.plan import Indicator, Plan, Scale
from pingyi.rules.plan.measure import Measure, Option
from pingyi.rules.plan.outcome import Ranking, Rounding
from pingyi.rules.plan.people import Organizer, Subject
from pingyi.rules.refused import Refused

DAY = date(2026, 9, 1)
SCHEMA = pa.schema(
    [
        ("respondent", pa.int64()),
        ("section", pa.string()),
        ("indicator", pa.string()),
        ("option", pa.string()),
        ("mark", pa.int64()),
        ("weight", pa.int64()),
        ("group", pa.string()),
        ("happened_on", pa.date32()),
    ]
)
PLAN = Plan(
    format="pingyi-plan/1",
    title="清源区环境保护局民主评议方案",
    year=2026,
    issuer="清源区环境保护局",
    organizer=Organizer(supervision_office="监察室"),
    subject=Subject(kinds=(), classes=()),
    criteria=(),
    phases=(),
    sources=(),
    indicators=(
        Indicator(
            id="attitude",
            name="服务态度",
            criterion="style",
            source="survey",
            weight=Decimal("0.5"),
            measure=Measure.SATISFACTION_SCORE,
            scale="four",
        ),
        Indicator(id="visit", name="明察暗访", criterion="style", source="inspection", weight=Decimal(1)),
    ),
    rounding=Rounding(),
    ranking=Ranking(),
    scales=(
        Scale(
            id="four",
            name="四档",
            options=(
                Option(id="satisfied", label="满意", value=Decimal(100), is_satisfied=True),
                Option(id="dissatisfied", label="不满意", value=Decimal(30)),
                Option(id="dont_know", label="不了解"),
            ),
        ),
    ),
)


def answer(**change: Any) -> dict[str, Any]:
    plain = {"respondent": 1, "section": "brigade", "indicator": "attitude", "option": "satisfied", "mark": None}
    return plain | {"weight": 1, "group": "clients", "happened_on": DAY} | change


def table(*answers: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(answers), schema=SCHEMA)


def gathered(*answers: dict[str, Any], digits: Digits | None = None) -> Gathered:
    counted = tally(from_arrow(table(*answers)))
    return gather(counted, plan=PLAN, sections=["brigade", "pollution"], reference="answers/1", digits=digits)


ANSWERS = st.lists(
    st.builds(
        answer,
        section=st.sampled_from(["brigade", "pollution"]),
        option=st.sampled_from(["satisfied", "dissatisfied", "dont_know"]),
        weight=st.integers(0, 10**18),
    ),
    max_size=40,
)


@settings(max_examples=25, deadline=None)
@given(ANSWERS)
def test_sums_equal_fractions_to_the_last_digit(answers: list[dict[str, Any]]) -> None:
    expected: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for one in answers:
        expected[one["section"], one["option"]] += Fraction(one["weight"], 10**6)
    result = gathered(*answers, digits=Digits(weight=6))
    found: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in result.evidence:
        found[row.section, str(row.value)] += row.amount
    assert found == expected
    assert sum(row.times for row in result.evidence) == len(answers), "weights only weigh"


def test_weights_near_64_bits_do_not_wrap() -> None:
    heavy = 2**62
    (row,) = tally(from_arrow(table(*[answer(weight=heavy)] * 8)))
    assert (row.answers, row.weight) == (8, heavy)


def test_no_answers_give_no_evidence() -> None:
    result = gathered()
    assert (result.evidence, result.unusable, result.answers) == ((), (), 0)


def test_answers_that_do_not_know_are_kept_apart() -> None:
    result = gathered(answer(), answer(option="dont_know"), answer(option="dont_know"))
    assert result.unscored == 2
    assert {row.value: row.times for row in result.evidence} == {"satisfied": 1, "dont_know": 2}


@pytest.mark.parametrize(
    ("change", "code", "value"),
    [
        ({"option": "splendid"}, "answers.option_unknown", "splendid"),
        ({"option": None}, "answers.option_unknown", ""),
        ({"section": "nowhere"}, "answers.section_unknown", "nowhere"),
        ({"section": None}, "answers.section_unknown", ""),
        ({"indicator": "charm"}, "answers.indicator_unknown", "charm"),
        ({"indicator": "visit", "option": None}, "answers.mark_missing", ""),
        ({"weight": -3}, "answers.weight_unfit", "-3"),
        ({"weight": None}, "answers.weight_unfit", ""),
        ({"happened_on": None}, "answers.date_missing", ""),
    ],
)
def test_what_the_plan_does_not_know_is_listed_and_never_dropped(change: Any, code: str, value: str) -> None:
    result = gathered(answer(group="others"), answer(**change))
    assert result.answers == 2
    assert [(fault.code, fault.value, fault.answers) for fault in result.unusable] == [(code, value, 1)]
    assert len(result.evidence) == 1
    fault = result.unusable[0]
    for language in ("zh", "en"):
        assert sentence(
            code,
            language=language,
            value=value,
            answers=1,
            section=fault.section,
            indicator=fault.indicator,
        )


@pytest.mark.parametrize(("missing", "among"), [("weight", 1), ("happened_on", 2)])
def test_one_unfit_answer_among_good_ones_is_seen(missing: str, among: int) -> None:
    result = gathered(answer(), answer(**{missing: None}))
    assert [fault.answers for fault in result.unusable] == [among]
    assert sum(row.times for row in result.evidence) == 2 - among


def test_marks_are_evidence_with_their_decimal_places() -> None:
    result = gathered(answer(indicator="visit", option=None, mark=8750), digits=Digits(mark=2))
    assert [(row.source, row.value) for row in result.evidence] == [("inspection", Decimal("87.50"))]


def test_evidence_names_the_group_that_gave_it() -> None:
    result = gathered(answer(group="clients"), answer(group="delegates"))
    assert [row.group for row in result.evidence] == ["clients", "delegates"]


def test_persons_are_kept_apart_where_the_covariance_is_wanted() -> None:
    answers = table(answer(respondent=1), answer(respondent=2), answer(respondent=1, section="office"))
    known = tally(from_arrow(answers), keeps_persons=True)
    rows = gather(known, plan=PLAN, sections={row.section or "" for row in known}, reference="问卷").evidence
    assert sorted((row.unit, row.weight) for row in rows) == [("1", 1), ("1", 1), ("2", 1)]
    assert {row.unit for row in gathered(answer(respondent=1)).evidence} == {""}


def test_the_order_of_answers_changes_nothing() -> None:
    answers = [answer(option=option, weight=number) for number, option in enumerate(["satisfied", "dont_know"] * 3)]
    assert tally(from_arrow(table(*answers))) == tally(from_arrow(table(*reversed(answers)), threads=1))


def test_the_same_expression_runs_on_another_engine() -> None:
    answers = table(answer(), answer(weight=4), answer(option="dont_know", group=None))
    elsewhere = tally(nw.from_native(answers).lazy())
    assert elsewhere == tally(from_arrow(answers))
    assert expression(from_arrow(answers)).collect_schema().names()[:2] == ["section", "indicator"]


def test_several_parquet_files_are_read_as_one(tmp_path: Path) -> None:
    for number in range(3):
        pq.write_table(table(answer(respondent=number)), tmp_path / f"{number}.parquet")
    (row,) = tally(from_parquet(tmp_path / "*.parquet"))
    assert row.answers == 3


def test_a_table_without_the_columns_of_answers_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        from_arrow(table(answer()).drop_columns(["weight", "group"]))
    assert refused.value.facts == {"missing": "weight, group"}
    assert sentence(refused.value.code, **refused.value.facts)


def test_a_weight_with_a_fraction_is_refused_for_sums_must_be_exact() -> None:
    loose = table(answer()).set_column(5, "weight", pa.array([0.1], pa.float64()))
    with pytest.raises(Refused) as refused:
        from_arrow(loose)
    assert refused.value.facts == {"inexact": "weight"}


def test_every_message_stands_in_both_languages() -> None:
    assert all(zh and en for zh, en in MESSAGES.values())


def test_a_table_without_a_column_or_with_broken_numbers_is_refused_by_name() -> None:
    empty = SCHEMA.empty_table()
    with pytest.raises(Refused) as refused:
        from_arrow(empty.drop_columns(["weight", "group"]))
    assert (refused.value.code, refused.value.facts) == ("answers.columns_missing", {"missing": "weight, group"})
    with pytest.raises(Refused) as refused:
        from_arrow(empty.set_column(5, "weight", pa.array([], pa.float64())))
    assert (refused.value.code, refused.value.facts) == ("answers.numbers_inexact", {"inexact": "weight"})
