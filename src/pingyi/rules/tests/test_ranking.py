"""Ranks within a class, ties, last place, classes without ranks, grades."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pingyi.rules.evidence import SectionFacts
from pingyi.rules.plan import Ranking, Subject
from pingyi.rules.plan.outcome import LastPlace, TieRule
from pingyi.rules.plan.people import SectionClass
from pingyi.rules.sheet import Verdict
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge

FIVE = {"office": "95", "pollution": "90", "monitoring": "85", "brigade": "82", "information": "81"}


def verdict_of(scores: dict[str, str], **changes: object) -> Verdict:
    sections = [section for section in cast.SECTIONS if section.id in scores]
    rows = [row for row in cast.full_evidence(scores) if row.section in scores]
    return judge(cast.plan(**changes), sections=sections, evidence=rows)


def ranks(verdict: Verdict) -> dict[str, int | None]:
    return {place.section: place.rank for place in verdict.placements}


def last(verdict: Verdict) -> set[str]:
    return {place.section for place in verdict.placements if place.is_last}


def test_the_best_score_is_first_and_the_lowest_is_last() -> None:
    verdict = verdict_of(FIVE)
    assert ranks(verdict) == {"office": 1, "pollution": 2, "monitoring": 3, "brigade": 4, "information": 5}
    assert last(verdict) == {"information"}


def test_equal_scores_share_the_better_rank() -> None:
    verdict = verdict_of(FIVE | {"pollution": "95", "monitoring": "95"})
    assert ranks(verdict) == {"office": 1, "pollution": 1, "monitoring": 1, "brigade": 4, "information": 5}
    assert verdict.placement("office").tied_with == ("pollution", "monitoring")


def test_a_tie_is_decided_on_the_exact_value_and_not_after_rounding() -> None:
    verdict = verdict_of(FIVE | {"brigade": "81.0001", "information": "81"})
    assert last(verdict) == {"information"}
    assert verdict.sheet("brigade").printed == "81.0001"
    assert verdict.sheet("information").printed == "81.00"


def test_all_who_share_the_lowest_score_are_last_or_none_as_the_plan_says() -> None:
    tied = FIVE | {"brigade": "81"}
    assert last(verdict_of(tied)) == {"brigade", "information"}
    assert last(verdict_of(tied, ranking=Ranking(last_place=LastPlace.NONE))) == set()


def test_nobody_is_last_in_a_class_that_is_too_small() -> None:
    assert last(verdict_of({"office": "70"})) == set()
    assert last(verdict_of({"office": "70", "brigade": "80"})) == {"office"}
    assert last(verdict_of({"office": "70", "brigade": "80"}, ranking=Ranking(least_class_size=3))) == set()


def test_named_sources_break_a_tie_and_a_tie_in_them_is_shared() -> None:
    sections = cast.SECTIONS[:3]
    rows = [
        cast.answers("good", 10, section="office"),  # 60 + 0.4 × 50 = 80
        cast.marks("50", section="office"),
        cast.answers("fair", 10, section="pollution"),  # 48 + 0.4 × 80 = 80
        cast.marks("80", section="pollution"),
        cast.answers("fair", 10, section="monitoring"),
        cast.marks("80", section="monitoring"),
    ]
    shared = judge(cast.plan(), sections=sections, evidence=rows)
    assert ranks(shared) == {"office": 1, "pollution": 1, "monitoring": 1}
    rule = Ranking(ties=TieRule.BY_SOURCES, tie_sources=("survey",))
    assert ranks(judge(cast.plan(ranking=rule), sections=sections, evidence=rows)) == {
        "office": 1, "pollution": 2, "monitoring": 2,
    }  # fmt: skip


def two_classes(*, second_is_ranked: bool) -> tuple[Subject, list[SectionFacts]]:
    subject = replace(
        cast.plan().subject,
        classes=(
            SectionClass(id="inside", name="机关科室", kinds=("室", "科")),
            SectionClass(id="outside", name="直属单位", is_ranked=second_is_ranked),
        ),
    )
    inside = {"office", "pollution"}
    return subject, [
        replace(section, section_class="inside" if section.id in inside else "outside") for section in cast.SECTIONS
    ]


def test_sections_are_ranked_within_their_class_only() -> None:
    subject, sections = two_classes(second_is_ranked=True)
    verdict = judge(cast.plan(subject=subject), sections=sections, evidence=cast.full_evidence(FIVE))
    assert ranks(verdict) == {"office": 1, "pollution": 2, "monitoring": 1, "brigade": 2, "information": 3}
    assert last(verdict) == {"pollution", "information"}


def test_a_class_that_is_only_asked_for_opinions_has_scores_but_no_ranks_triggers_or_gaps() -> None:
    subject, sections = two_classes(second_is_ranked=False)
    rows = [row for row in cast.full_evidence(FIVE | {"brigade": "62"}) if row.section != "information"]
    verdict = judge(cast.plan(subject=subject), sections=sections, evidence=rows)
    assert verdict.placement("brigade").rank is None
    assert verdict.sheet("brigade").score == 62
    assert verdict.fired("brigade") == ()
    assert verdict.sheet("information").score is None
    assert verdict.is_complete


def test_a_veto_can_put_a_section_last_whatever_its_score() -> None:
    rows = [*cast.full_evidence(FIVE), cast.event("fraud", section="office", source="veto")]
    verdict = judge(cast.plan(), sections=cast.SECTIONS, evidence=rows)
    assert verdict.sheet("office").score == 95
    assert ranks(verdict)["office"] == 5
    assert last(verdict) == {"office"}


def test_two_vetoed_sections_share_the_last_place_even_where_ties_have_no_last() -> None:
    rows = [
        *cast.full_evidence(FIVE),
        cast.event("fraud", section="office", source="veto"),
        cast.event("fraud", section="brigade", source="veto"),
    ]
    plan = cast.plan(ranking=Ranking(last_place=LastPlace.NONE))
    verdict = judge(plan, sections=cast.SECTIONS, evidence=rows)
    assert ranks(verdict)["office"] == ranks(verdict)["brigade"] == 4
    assert last(verdict) == {"office", "brigade"}


def test_a_grade_needs_all_its_bounds() -> None:
    verdict = verdict_of(FIVE | {"monitoring": "86", "information": "79.996"})
    # 40% of five is two: the third is above 85 but not among the best share.
    assert verdict.grades == {
        "office": "fine", "pollution": "fine", "monitoring": "pass", "brigade": "pass", "information": "fail",
    }  # fmt: skip


def test_a_grades_bound_can_be_exclusive() -> None:
    at_85 = {"office": "85", "brigade": "62"}
    exclusive = tuple(replace(one, minimum_is_inclusive=False, top_share=None) for one in cast.plan().grades)
    assert verdict_of(at_85, grades=exclusive).grades["office"] == "pass"
    inclusive = tuple(replace(one, top_share=Decimal(1) if one.top_share else None) for one in cast.plan().grades)
    assert verdict_of(at_85, grades=inclusive).grades["office"] == "fine"
