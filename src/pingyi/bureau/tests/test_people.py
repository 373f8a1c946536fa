"""A table of sections and people: taken over whole and recorded, or not at all."""

from __future__ import annotations

import pytest

from pingyi.authoring.people_tables import PeopleTable, read_people
from pingyi.bureau.actions.people import import_people
from pingyi.bureau.models import Member
from pingyi.bureau.tests.cast import BEGIN, SECTIONS, Cast
from pingyi.record.models import Entry
from pingyi.rules.refused import Refused

KINDS = {"office": "室", "section": "科", "station": "站", "brigade": "大队", "center": "中心"}
PEOPLE = "姓名,角色,科室\n郑洁,科室人员,办公室\n冯翀,科室人员,信息中心\n"


def table(text: str) -> PeopleTable:
    return read_people(text.encode("gb18030"), kinds=KINDS, known_sections=[name for _, name, _ in SECTIONS])


@pytest.mark.django_db
def test_a_table_of_people_is_taken_over_and_recorded(cast: Cast) -> None:
    import_people(table(PEOPLE), by=cast.actor("zhou"), at=BEGIN)
    assert set(Member.objects.filter(name__in=["郑洁", "冯翀"]).values_list("section__name", flat=True)) == {
        "办公室",
        "信息中心",
    }
    assert Entry.objects.filter(verb="bureau.import_people").exists()


@pytest.mark.django_db
def test_the_same_table_a_second_time_changes_nothing(cast: Cast) -> None:
    import_people(table(PEOPLE), by=cast.actor("zhou"), at=BEGIN)
    before = Entry.objects.count()
    with pytest.raises(Refused, match="nothing_new"):
        import_people(table(PEOPLE), by=cast.actor("zhou"), at=BEGIN)
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_a_section_head_may_not_bring_a_table(cast: Cast) -> None:
    with pytest.raises(Refused, match="forbidden"):
        import_people(table(PEOPLE), by=cast.actor("wang"), at=BEGIN)
    assert not Member.objects.filter(name="郑洁").exists()


@pytest.mark.django_db
def test_a_table_with_a_problem_is_not_taken_over_at_all(cast: Cast) -> None:
    with pytest.raises(Refused, match="has_problems"):
        import_people(table(PEOPLE + "何人,科室人员,没有的科\n"), by=cast.actor("zhou"), at=BEGIN)
    assert not Member.objects.filter(name="郑洁").exists()
