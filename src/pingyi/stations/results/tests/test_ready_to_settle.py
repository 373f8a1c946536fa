"""What `ready` calls a stop before the settling is refused by the settling itself, whoever did not look there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from pingyi import ready
from pingyi.authoring.tests.plans import edited
from pingyi.bureau import readiness
from pingyi.bureau.actions import section
from pingyi.bureau.models import Section
from pingyi.bureau.tests.cast import Cast
from pingyi.rules.readiness import Severity, Step
from pingyi.rules.refused import Refused
from pingyi.stations.cases.tests.conftest import Play
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.models import Round
from pingyi.stations.results.models import Verdict
from pingyi.stations.results.tests import stage

pytestmark = pytest.mark.django_db


def change(cast: Cast, row: Section, **given: object) -> None:
    """Change a section as the office does, with all else as it was."""
    kept = {"name": row.name, "kind": row.kind_id, "line": row.line, "parent": "", "is_evaluated": row.is_evaluated}
    asked = kept | {"section_class": row.section_class} | given
    section.change(row.reference, **asked, by=cast.actor("zhou"), at=stage.SPRING)


def a_bureau(cast: Cast) -> None:
    """Nothing that stops."""


def no_section_takes_part(cast: Cast) -> None:
    for row in Section.objects.order_by("pk"):
        change(cast, row, is_evaluated=False)


def a_section_is_in_no_class(cast: Cast) -> None:
    change(cast, Section.objects.get(reference="brigade"), kind="窗口")


def both_sides_tell_of_the_cases(cast: Cast) -> None:
    Play(cast=cast, round=Round.objects.get(), is_remembered=False).done()


# check → how its state comes about, and what the settling refuses then
STOPS: Mapping[str, tuple[Callable[[Cast], None], str]] = {
    "sections.none": (no_section_takes_part, "result.no_section"),
    "plan.classes_left": (a_section_is_in_no_class, "verdict.unknown_class"),
    "evidence.two_sides": (both_sides_tell_of_the_cases, "evidence.source_undecided"),
}


def prepare(cast: Cast, bring_about: Callable[[Cast], None]) -> None:
    """Bring a year, whose plan names the kinds that it ranks, to where it has whole tables of every source."""
    text = edited("name: 全局科室, kinds: []", "name: 全局科室, kinds: [office, section, station, brigade, center]")
    rounds.open_round("demo", text=text, by=cast.actor("zhou"), at=stage.SPRING)
    bring_about(cast)
    stage.bring(cast)


def stopping() -> list[str]:
    """The checks that stop the settling now."""
    (occasion,) = (one for one in ready.occasions(at=stage.SETTLED) if one.step is Step.SETTLE)
    return [line.check.id for line in readiness.look(occasion).stops]


def test_each_stop_that_a_room_declared_has_its_state_here() -> None:
    declared = {one.id for one in ready.checks(Step.SETTLE) if one.severity is Severity.STOPS}
    assert declared == set(STOPS)


def test_without_a_stop_it_is_settled(cast: Cast) -> None:
    prepare(cast, a_bureau)
    assert stopping() == []
    assert stage.settle(cast, at=stage.SETTLED).sections == 5


@pytest.mark.parametrize("name", STOPS)
def test_what_stops_the_settling_is_refused_by_the_settling(cast: Cast, name: str) -> None:
    bring_about, code = STOPS[name]
    prepare(cast, bring_about)
    assert stopping() == [name]
    with pytest.raises(Refused) as refused:
        stage.settle(cast, at=stage.SETTLED)
    assert refused.value.code == code
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("name", STOPS)
def test_its_page_says_what_the_settling_would_say(cast: Cast, name: str) -> None:
    bring_about, code = STOPS[name]
    prepare(cast, bring_about)
    page = cast.client("zhou").post("/results/settle/", {"reason": "照此计算"})
    assert page.status_code == 422
    assert code not in page.content.decode(), "a sentence, and no code"
