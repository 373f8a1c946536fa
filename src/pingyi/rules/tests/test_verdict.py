"""What holds for every verdict: exact sums, no order, better marks never hurt; and every code has its sentences."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi.rules import entry
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan.measure import Measure
from pingyi.rules.reason_sentences import MESSAGES
from pingyi.rules.reasons import say
from pingyi.rules.refused import Refused
from pingyi.rules.sheet import total
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge
from pingyi.rules.verdict_json import as_json

RULES = Path(__file__).resolve().parents[1]
BOXES = ["bad", "fair", "good"]
mark = st.decimals(min_value=0, max_value=100, places=2)
answer = st.tuples(st.sampled_from(list(cast.NAMES)), st.sampled_from([*BOXES, "unknown"]), st.integers(1, 40))
visit = st.tuples(st.sampled_from(list(cast.NAMES)), mark)
happened = st.tuples(st.sampled_from(list(cast.NAMES)), st.sampled_from(["banner", "method"]), st.integers(0, 3))


@st.composite
def bureaus(draw: st.DrawFn) -> list[Evidence]:
    rows = [cast.answers("fair", draw(st.integers(1, 9)), section=section) for section in cast.NAMES]
    rows += [cast.answers(box, n, section=section) for section, box, n in draw(st.lists(answer, max_size=12))]
    rows += [cast.marks(str(value), section=section) for section, value in draw(st.lists(visit, max_size=8))]
    bonuses = draw(st.lists(happened, max_size=4))
    return rows + [cast.event(item, str(n), section=section, source="bonus") for section, item, n in bonuses]


@settings(max_examples=60, deadline=None)
@given(bureaus())
def test_every_sheet_adds_up_exactly_both_ways(rows: list[Evidence]) -> None:
    verdict = judge(cast.plan(), sections=cast.SECTIONS, evidence=rows)
    for sheet in verdict.sheets:
        assert sheet.score == total(sheet.lines)
        assert sum((total(lines) for lines in sheet.by_criterion().values()), Fraction(0)) == sheet.score
        assert sum((line.weight for line in sheet.lines), Fraction(0)) == 1


@settings(max_examples=40, deadline=None)
@given(bureaus(), st.integers())
def test_the_order_of_evidence_and_sections_makes_no_difference(rows: list[Evidence], seed: int) -> None:
    shuffled, sections = list(rows), list(cast.SECTIONS)
    random.Random(seed).shuffle(shuffled)
    random.Random(seed).shuffle(sections)
    one = judge(cast.plan(), sections=cast.SECTIONS, evidence=rows)
    other = judge(cast.plan(), sections=sections, evidence=shuffled)
    for section in cast.NAMES:
        assert one.sheet(section) == other.sheet(section)
        assert replace(one.placement(section), tied_with=(), reason=one.sheets[0].lines[0].reason) == replace(
            other.placement(section), tied_with=(), reason=one.sheets[0].lines[0].reason
        )
        assert one.fired(section) == other.fired(section)


@settings(max_examples=60, deadline=None)
@given(bureaus(), st.data())
def test_a_better_mark_never_lowers_the_score_or_the_rank(rows: list[Evidence], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(rows) - 1))
    row = rows[at]
    if isinstance(row.value, Decimal):
        better = replace(row, value=row.value if row.source == "bonus" else max(row.value, data.draw(mark)))
    elif row.value == "unknown":
        better = row
    else:
        better = replace(row, value=data.draw(st.sampled_from(BOXES[BOXES.index(row.value) :])))
    before = judge(cast.plan(), sections=cast.SECTIONS, evidence=rows)
    after = judge(cast.plan(), sections=cast.SECTIONS, evidence=[*rows[:at], better, *rows[at + 1 :]])
    assert (after.sheet(row.section).score or 0) >= (before.sheet(row.section).score or 0)
    assert (after.placement(row.section).rank or 0) <= (before.placement(row.section).rank or 0)


@settings(max_examples=40, deadline=None)
@given(bureaus())
def test_sections_with_the_same_evidence_are_treated_alike(rows: list[Evidence]) -> None:
    mine = [row for row in rows if row.section == "office"]
    twins = [row for row in rows if row.section != "brigade"] + [replace(row, section="brigade") for row in mine]
    verdict = judge(cast.plan(), sections=cast.SECTIONS, evidence=twins)
    one, other = verdict.placement("office"), verdict.placement("brigade")
    assert (one.rank, one.is_last) == (other.rank, other.is_last)
    assert verdict.fired("office") == verdict.fired("brigade")
    assert verdict.sheet("office").printed == verdict.sheet("brigade").printed


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(mark, st.integers(1, 9)), min_size=1, max_size=9), st.sampled_from(["0.1", "10", "7"]))
def test_marks_and_maximum_times_the_same_number_leave_the_score_as_it_is(
    marks: list[tuple[Decimal, int]], factor: str
) -> None:
    def score(times: Decimal) -> Fraction | None:
        indicators = tuple(
            replace(one, maximum=one.maximum * times) if one.measure is Measure.MEAN else one
            for one in cast.plan().indicators
        )
        rows = [
            replace(cast.marks("0", section="office"), value=value * times, weight=Decimal(weight) * times)
            for value, weight in marks
        ]
        plan = cast.plan(indicators=indicators)
        evidence = [*rows, cast.answers("good", 1, section="office")]
        return judge(plan, sections=cast.SECTIONS[:1], evidence=evidence).sheets[0].score

    assert score(Decimal(1)) == score(Decimal(factor))


@settings(max_examples=40, deadline=None)
@given(bureaus())
def test_shares_and_scores_stay_within_their_bounds(rows: list[Evidence]) -> None:
    for sheet in judge(cast.plan(), sections=cast.SECTIONS, evidence=rows).sheets:
        assert sheet.score is not None
        assert 0 <= sheet.score <= 105
        for line in sheet.lines:
            assert line.satisfaction_rate is None or 0 <= line.satisfaction_rate <= 100
            assert line.dont_know is None or 0 <= line.dont_know <= 1


@settings(max_examples=30, deadline=None)
@given(bureaus())
def test_the_printed_scores_stand_in_the_order_of_the_ranks(rows: list[Evidence]) -> None:
    verdict = judge(cast.plan(), sections=cast.SECTIONS, evidence=rows)
    for one in verdict.sheets:
        for other in verdict.sheets:
            higher = (verdict.placement(one.section.id).rank or 0) < (verdict.placement(other.section.id).rank or 0)
            assert not higher or Decimal(one.printed) > Decimal(other.printed)


def test_the_verdict_as_json_is_canonical_and_loses_nothing() -> None:
    verdict = judge(
        cast.plan(), sections=cast.SECTIONS, evidence=cast.full_evidence(dict.fromkeys(cast.NAMES, "83.33"))
    )
    plain = as_json(verdict)
    assert b'"score":"8333/100"' in entry.canonical(plain)


def test_a_hundred_thousand_answers_are_judged_in_seconds() -> None:
    rows = [
        replace(cast.answers(BOXES[i % 3], 1, section=list(cast.NAMES)[i % 5]), reference=f"r{i}")
        for i in range(100_000)
    ]
    assert judge(cast.plan(), sections=cast.SECTIONS, evidence=rows).is_complete


def codes_in_the_rules() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in RULES.rglob("*.py") if "tests" not in path.parts]
    return set(re.findall(r"\"((?:line|place|quota|note|verdict)\.[a-z_]+)\"", "".join(texts)))


@pytest.mark.parametrize("code", sorted(codes_in_the_rules()))
def test_every_code_has_a_sentence_in_both_languages(code: str) -> None:
    chinese, english = MESSAGES[code]
    assert re.search("[一-鿿]", chinese)
    assert not re.search("[一-鿿]", re.sub(r"\{\w+\}", "", english))
    assert set(re.findall(r"\{\w+\}", chinese)) >= set(re.findall(r"\{\w+\}", english)) - {"{plan}"}


def test_every_reason_of_a_verdict_can_be_said() -> None:
    rows = [
        *cast.full_evidence(dict.fromkeys(cast.NAMES, "79")),
        *(cast.event(item, section="office", source="veto") for item in ("bribe", "accident", "fraud")),
    ]
    verdict = judge(cast.plan(), sections=cast.SECTIONS, evidence=rows)
    reasons = [line.reason for sheet in verdict.sheets for line in sheet.lines]
    reasons += [place.reason for place in verdict.placements]
    reasons += [test.reason for result in verdict.triggers for test in result.tests]
    for reason in reasons:
        for language in ("zh", "en"):
            assert reason.code in MESSAGES
            assert "—" not in say(reason, language=language)


def test_a_verdict_without_sections_is_empty() -> None:
    assert judge(cast.plan(), sections=[], evidence=[]).sheets == ()


def test_a_section_of_an_unknown_class_is_refused() -> None:
    strays = [replace(section, section_class="other") for section in cast.SECTIONS[:2]]
    with pytest.raises(Refused, match=r"verdict\.unknown_class") as refused:
        judge(cast.plan(), sections=[*strays, *cast.SECTIONS[2:]], evidence=[])
    assert refused.value.facts["section"] == "、".join(section.name for section in strays)  # all of them, at once
