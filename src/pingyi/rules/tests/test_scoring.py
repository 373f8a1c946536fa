"""Marks, weights, empty sources, bonus, deductions, veto: the sheet adds up and says why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Indicator, Source
from pingyi.rules.plan.measure import Empty, Measure, SourceKind
from pingyi.rules.reasons import line_notes, say
from pingyi.rules.refused import Refused
from pingyi.rules.sheet import Line, LineKind, ScoreSheet, total
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge


def sheet_of(section: str, evidence: list[Evidence], **changes: object) -> ScoreSheet:
    return judge(cast.plan(**changes), sections=cast.SECTIONS, evidence=evidence).sheet(section)


def line_of(sheet: ScoreSheet, indicator: str) -> Line:
    return next(line for line in sheet.lines if line.indicator == indicator)


def one_indicator(measure: Measure, **fields: object) -> dict[str, object]:
    source = Source(id="survey", name="满意度调查", kind=SourceKind.SURVEY, weight=Decimal(1))
    values: dict[str, object] = {
        "id": "satisfied", "name": "满意度", "criterion": "service", "source": "survey", "weight": Decimal(1),
        "measure": measure, "scale": "four",
    }  # fmt: skip
    return {"sources": (source,), "indicators": (Indicator(**{**values, **fields}),)}  # type: ignore[arg-type]


BALLOTS = [
    cast.answers("good", 50, section="office"),
    cast.answers("fair", 30, section="office"),
    cast.answers("bad", 20, section="office"),
    cast.answers("unknown", 25, section="office"),
]


def test_the_satisfaction_score_is_the_mean_of_values_without_dont_know() -> None:
    sheet = sheet_of("office", BALLOTS, **one_indicator(Measure.SATISFACTION_SCORE))
    assert sheet.score == Fraction(50 * 100 + 30 * 80 + 20 * 30, 100)
    assert line_of(sheet, "satisfied").count == 100


def test_the_satisfaction_rate_is_a_share_of_counted_answers() -> None:
    sheet = sheet_of("office", BALLOTS, **one_indicator(Measure.SATISFACTION_RATE))
    assert sheet.score == 80


def test_both_satisfaction_measures_and_the_dont_know_share_are_on_the_line() -> None:
    for measure in (Measure.SATISFACTION_SCORE, Measure.SATISFACTION_RATE):
        line = line_of(sheet_of("office", BALLOTS, **one_indicator(measure)), "satisfied")
        assert (line.satisfaction_score, line.satisfaction_rate, line.dont_know) == (80, 80, Fraction(1, 5))
        assert "满意率80%" in say(line.reason)
        assert "满意度得分80" in say(line.reason)


def test_answers_of_only_dont_know_are_no_evidence() -> None:
    sheet = sheet_of("office", [cast.answers("unknown", 9, section="office")])
    assert sheet.score is None
    assert [gap.source for gap in sheet.gaps] == ["survey"]


def test_option_values_are_read_against_the_indicators_maximum() -> None:
    ten = replace(cast.FOUR_BOXES, options=tuple(
        replace(option, value=None if option.value is None else option.value / 10) for option in cast.FOUR_BOXES.options
    ))  # fmt: skip
    changes = one_indicator(Measure.SATISFACTION_SCORE, maximum=Decimal(10))
    assert sheet_of("office", BALLOTS, scales=(ten,), **changes).score == 80


def test_a_mean_is_weighted_and_read_against_its_maximum() -> None:
    rows = [
        replace(cast.marks("8", section="office", indicator="satisfied", source="survey"), weight=Decimal(3)),
        cast.marks("4", section="office", indicator="satisfied", source="survey"),
    ]
    changes = one_indicator(Measure.MEAN, maximum=Decimal(10), scale="")
    assert sheet_of("office", rows, **changes).score == 70


def test_demerits_are_taken_from_a_hundred_and_never_below_zero() -> None:
    changes = one_indicator(Measure.DEMERITS, scale="")
    rows = [replace(cast.marks("2.5", section="office", indicator="satisfied", source="survey"), weight=Decimal(3))]
    assert sheet_of("office", rows, **changes).score == Fraction("92.5")
    assert sheet_of("office", rows * 20, **changes).score == 0


def test_an_indicator_without_demerits_has_the_full_mark_where_its_source_has_evidence() -> None:
    indicators = (
        Indicator(id="order", name="纪律", criterion="law", source="visits", weight=Decimal("0.5")),
        Indicator(
            id="late", name="迟到", criterion="law", source="visits", weight=Decimal("0.5"), measure=Measure.DEMERITS
        ),
    )
    source = Source(id="visits", name="明察暗访", kind=SourceKind.INSPECTION, weight=Decimal(1))
    sheet = sheet_of("office", [cast.marks("80", section="office")], sources=(source,), indicators=indicators)
    assert sheet.score == 90


@pytest.mark.parametrize(
    ("rule", "expected"), [(Empty.DROP, Fraction(100)), (Empty.ZERO, Fraction(60)), (Empty.FULL, Fraction(100))]
)
def test_a_source_without_evidence_follows_the_plans_rule(rule: Empty, expected: Fraction) -> None:
    sources = tuple(replace(source, empty=rule) for source in cast.plan().sources)
    sheet = sheet_of("office", [cast.answers("good", 10, section="office")], sources=sources)
    assert sheet.score == expected
    assert say(line_of(sheet, "order").reason)


def test_a_dropped_source_leaves_its_weight_to_the_others() -> None:
    sheet = sheet_of("office", [cast.answers("fair", 10, section="office")])
    assert line_of(sheet, "satisfied").weight == 1
    assert line_of(sheet, "order").points == 0


def test_a_required_source_without_evidence_gives_no_verdict_and_no_ranks_in_the_class() -> None:
    verdict = judge(cast.plan(), sections=cast.SECTIONS, evidence=[cast.answers("good", 10, section="office")])
    assert not verdict.is_complete
    assert {gap.section for gap in verdict.gaps} == set(cast.NAMES) - {"office"}
    assert all(place.rank is None for place in verdict.placements)
    assert not any(result.fires for result in verdict.triggers)


@pytest.mark.parametrize("has_evidence", [True, False])
def test_what_weighs_nothing_stops_no_verdict_by_its_absence(*, has_evidence: bool) -> None:
    first, *others = cast.plan().sources
    light = replace(first, id="talk", name="通报", weight=Decimal(0), empty=Empty.REFUSE)
    told = [
        replace(one, id=f"talk-{one.id}", source="talk") for one in cast.plan().indicators if one.source == first.id
    ]
    plan = {"sources": (first, *others, light), "indicators": (*cast.plan().indicators, *told)}
    evidence = [*GOOD, replace(GOOD[0], source="talk", indicator=told[0].id)] if has_evidence else GOOD
    assert sheet_of("office", evidence, **plan).score == sheet_of("office", GOOD).score
    heavy = replace(light, weight=Decimal("0.5"))
    half = tuple(replace(one, weight=one.weight / 2) for one in (first, *others))
    assert sheet_of("office", GOOD, **{**plan, "sources": (*half, heavy)}).score is None


def test_a_plan_without_sources_gives_no_scores() -> None:
    with pytest.raises(Refused, match=r"verdict\.no_sources"):
        judge(cast.plan(sources=(), indicators=()), sections=cast.SECTIONS, evidence=[])


def test_few_answers_are_flagged_and_still_counted() -> None:
    sheet = sheet_of("office", [cast.answers("good", 2, section="office")])
    line = line_of(sheet, "satisfied")
    assert line.is_too_few
    assert sheet.score == 100
    assert line_notes(line, groups={}) == ("样本不足：只有2份，少于方案要求",)


def test_elector_groups_are_weighed_and_groups_without_votes_drop_out() -> None:
    votes = [
        cast.answers("good", 10, section="office", group="clients", source="assembly"),
        cast.answers("bad", 30, section="office", group="supervisors", source="assembly"),
    ]
    sheet = judge(cast.voting_plan(), sections=cast.SECTIONS[:1], evidence=votes).sheet("office")
    assert sheet.score == (Fraction(1, 2) * 100 + Fraction(1, 4) * 30) / Fraction(3, 4)
    assert sheet.lines[0].dropped_groups == ("society",)
    assert line_notes(sheet.lines[0], groups={"society": "社会各界"})[-1].endswith("社会各界")


def test_a_group_below_its_minimum_drops_out() -> None:
    votes = [
        cast.answers("good", 10, section="office", group="clients", source="assembly"),
        cast.answers("bad", 4, section="office", group="supervisors", source="assembly"),
    ]
    sheet = judge(cast.voting_plan(minimum=5), sections=cast.SECTIONS[:1], evidence=votes).sheet("office")
    assert sheet.score == 100


def test_votes_with_and_without_a_group_are_not_mixed() -> None:
    votes = [
        cast.answers("good", 10, section="office", group="clients", source="assembly"),
        cast.answers("bad", 4, section="office", source="assembly"),
    ]
    with pytest.raises(Refused, match=r"verdict\.groups_mixed"):
        judge(cast.voting_plan(), sections=cast.SECTIONS[:1], evidence=votes)


def test_votes_of_a_group_that_the_plan_does_not_have_are_refused_by_name() -> None:
    votes = [cast.answers("good", 10, section="office", group="strangers", source="assembly")]
    with pytest.raises(Refused) as refused:
        judge(cast.voting_plan(), sections=cast.SECTIONS[:1], evidence=votes)
    assert (refused.value.code, refused.value.facts["group"]) == ("verdict.unknown_group", "strangers")


GOOD = [cast.answers("good", 10, section="office")]


def test_bonuses_are_held_under_the_items_cap_and_under_the_cap_of_all() -> None:
    rows = [
        *GOOD,
        cast.event("banner", "4", section="office", source="bonus"),
        cast.event("method", section="office", source="bonus"),
    ]
    sheet = sheet_of("office", rows)
    assert [line.points for line in sheet.lines if line.source == "bonus"] == [3, 3, -1]
    assert sheet.score == 105  # a bonus may lift the composite above 100


def test_deductions_are_held_under_their_cap() -> None:
    sheet = sheet_of("office", [*GOOD, cast.event("exposed", "3", section="office", source="deduction")])
    assert sheet.score == 92


def test_a_score_is_never_below_zero() -> None:
    zero = cast.marks("0", section="office", indicator="satisfied", source="survey")
    changes = one_indicator(Measure.MEAN, scale="")
    sheet = sheet_of("office", [zero, cast.event("exposed", section="office", source="deduction")], **changes)
    assert sheet.score == 0
    assert [line.points for line in sheet.lines if line.kind is LineKind.FLOOR] == [5]


def test_a_veto_sets_the_score_to_zero_or_holds_it_under_the_cap() -> None:
    assert sheet_of("office", [*GOOD, cast.event("bribe", section="office", source="veto")]).score == 0
    assert sheet_of("office", [*GOOD, cast.event("accident", section="office", source="veto")]).score == 60
    assert sheet_of("office", [*GOOD, cast.event("fraud", section="office", source="veto")]).score == 100


def test_a_veto_row_of_zero_is_no_veto() -> None:
    assert sheet_of("office", [*GOOD, cast.event("bribe", "0", section="office", source="veto")]).vetoes == ()


def test_the_sheet_reads_by_source_and_by_criterion_with_the_same_total() -> None:
    rows = [
        *BALLOTS,
        cast.marks("77.7", section="office"),
        cast.event("banner", "4", section="office", source="bonus"),
        cast.event("exposed", "3", section="office", source="deduction"),
        cast.event("accident", section="office", source="veto"),
    ]
    sheet = sheet_of("office", rows)
    by_source = sum((total(lines) for lines in sheet.by_source().values()), Fraction(0))
    by_criterion = sum((total(lines) for lines in sheet.by_criterion().values()), Fraction(0))
    assert by_source == by_criterion == sheet.score == total(sheet.lines)


def test_a_line_names_the_references_it_rests_on() -> None:
    line = line_of(sheet_of("office", BALLOTS), "satisfied")
    assert line.references == ("survey/office/bad", "survey/office/fair", "survey/office/good", "survey/office/unknown")


BAD_EVIDENCE = [
    (replace(cast.marks("1", section="office"), weight=Decimal("1E-400")), "row_too_fine"),
    (cast.marks("80", section="nobody"), "unknown_section"),
    (cast.marks("80", section="office", indicator="nothing"), "unknown_indicator"),
    (cast.marks("100.01", section="office"), "value_too_great"),
    (cast.marks("-1", section="office"), "negative_value"),
    (cast.marks("NaN", section="office"), "not_a_number"),
    (replace(cast.marks("1", section="office"), value="好"), "not_a_number"),
    (replace(cast.marks("1", section="office"), weight=Decimal(-1)), "negative_weight"),
    (cast.answers("splendid", 1, section="office"), "not_an_option"),
    (cast.marks("80", section="office", indicator="satisfied", source="survey"), "not_an_option"),
    (cast.event("banner", "-1", section="office", source="bonus"), "negative_value"),
]


@pytest.mark.parametrize(("row", "code"), BAD_EVIDENCE)
def test_evidence_that_cannot_be_a_mark_is_refused_by_name(row: Evidence, code: str) -> None:
    with pytest.raises(Refused, match=f"verdict.{code}"):
        judge(cast.plan(), sections=cast.SECTIONS, evidence=[*GOOD, row])


def test_a_plan_whose_weights_do_not_add_up_is_refused() -> None:
    sources = tuple(replace(source, weight=Decimal("0.5")) for source in cast.plan().sources)
    light = tuple(replace(indicator, weight=Decimal("0.9")) for indicator in cast.plan().indicators)
    with pytest.raises(Refused, match=r"verdict\.indicator_weights"):
        judge(cast.plan(indicators=light), sections=cast.SECTIONS, evidence=GOOD)
    with pytest.raises(Refused, match=r"verdict\.source_weights"):
        judge(cast.plan(sources=(sources[0],)), sections=cast.SECTIONS, evidence=GOOD)
    assert judge(cast.plan(sources=sources), sections=cast.SECTIONS, evidence=GOOD)
