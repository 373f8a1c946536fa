"""Who holds the key still cannot make a result surer: variances are computed again, steps have bounds (§5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pingyi import verify
from pingyi.authoring import bundle
from pingyi.inference.of_verdict import assess, assess_published
from pingyi.inference.tests.surveyed import people, survey_plan
from pingyi.rules.assessment import Assessment
from pingyi.rules.published import Published, published
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge

PLAN, ROWS = survey_plan(), people(60, leniency=0.2)
VERDICT = judge(PLAN, sections=cast.SECTIONS, evidence=ROWS)
TOLD = published(PLAN, sheets=VERDICT.sheets, evidence=ROWS)


def found(assessment: Assessment, told: Published = TOLD) -> int:
    """Return how many checks fail on a bundle whose every digest was put right."""
    files = bundle.verdict_files(PLAN, sections=cast.SECTIONS, evidence=ROWS, verdict=VERDICT, assessment=assessment)
    report = verify.Report("zh")
    verify.check_estimates({**files, **told.files()}, report)
    return report.failed


def findings(assessment: Assessment) -> Iterator[tuple[str, object, bool]]:
    """Yield each finding of a section with whether it is said to hold by the counts alone."""
    certainty = assessment.classes[0].certainty
    assert certainty is not None
    for one in certainty.sections:
        assert one.alone is not None
        yield f"{one.section} last", one.last, one.alone.last
        yield f"{one.section} may be last", one.may_be_last, one.alone.may_be_last
        yield f"{one.section} ranks", one.ranks, one.alone.ranks


@pytest.mark.parametrize("factor", ["0.05", "0.5", "0.9", "1.001", "2"])
def test_a_variance_that_was_scaled_is_found_though_all_digests_fit(factor: str) -> None:
    assessment = assess(PLAN, verdict=VERDICT, evidence=ROWS)
    assert found(assessment) == 0
    held = assessment.classes[0]
    first, *others = held.estimates
    scale = type(first.covariance[0][0])(factor)
    forged = replace(first, covariance=tuple(tuple(cell * scale for cell in row) for row in first.covariance))
    classes = (replace(held, estimates=(forged, *others)),)
    assert found(replace(assessment, classes=classes)) > 0


@pytest.mark.parametrize("more", [-3, -1, 1, 3, 40])
def test_forged_steps_are_found_or_change_nothing_that_holds_by_the_counts_alone(more: int) -> None:
    honest = {name: (value, alone) for name, value, alone in findings(assess(PLAN, verdict=VERDICT, evidence=ROWS))}
    told = replace(TOLD, pairs=tuple(replace(one, steps=one.steps + more) for one in TOLD.pairs))
    forged = assess_published(PLAN, verdict=VERDICT, told=told)
    if found(forged, told):
        return
    assert more < 40, "more than any pairing gives is found"
    for name, value, alone in findings(forged):
        if alone and honest[name][1]:
            assert value == honest[name][0], name


def named(told: Published) -> list[str]:
    """Return what fails of a year that was assessed from forged tables, all digests put right."""
    assessment = assess_published(PLAN, verdict=VERDICT, told=told)
    files = bundle.verdict_files(PLAN, sections=cast.SECTIONS, evidence=ROWS, verdict=VERDICT, assessment=assessment)
    report = verify.Report("zh", quiet=True)
    verify.check_estimates({**files, **told.files()}, report)
    return [one["text"] for one in report.items if one["passed"] is False]


def test_sheets_that_are_not_the_answers_of_the_evidence_are_named() -> None:
    at, one = next((at, one) for at, one in enumerate(TOLD.sheets) if one.answers[0] == "bad")
    forged = replace(one, answers=("good", *one.answers[1:]))
    told = replace(TOLD, sheets=(*TOLD.sheets[:at], forged, *TOLD.sheets[at + 1 :]))
    assert named(told)[0].endswith(f"sheets.csv survey///{one.section}")


def test_a_sample_of_fewer_persons_than_answered_is_named() -> None:
    told = replace(TOLD, sample=tuple(replace(one, persons=59) for one in TOLD.sample))
    assert "sample.csv survey///office" in named(told)[0]
