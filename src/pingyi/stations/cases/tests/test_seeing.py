"""Cases that look alike are shown with why; groups keep each case its own; proposals and heat come from cases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from pingyi.desk import DeskKind
from pingyi.inference.suggest import Spoke
from pingyi.inference.tests.matters import MATTERS
from pingyi.inference.tests.matters import examples as matters
from pingyi.inference.tests.test_hot import SMELL
from pingyi.record.models import Entry
from pingyi.rules.refused import Refused
from pingyi.stations.cases import learning
from pingyi.stations.cases.actions import answer, custody, intake
from pingyi.stations.cases.actions import group as groups
from pingyi.stations.cases.actions.intake import Contact
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import alike as alikes
from pingyi.stations.cases.queries import desk, hot, proposals
from pingyi.stations.cases.queries.alike import Alike
from pingyi.stations.cases.tests.conftest import CALLER, DAY, MONDAY, REPLY, RESULT, Play

FIRST = "柳溪路南口的早餐店每天清晨五点开始排放油烟，二楼以上的住户不敢开窗，已经三个月了，请派人来看。"
AGAIN = "柳溪路南口的早餐店每天清晨5点开始排放油烟，二楼以上住户不敢开窗，已经四个月了，请派人来看看！"
LATER = "上次反映柳溪路南口的早餐店排放油烟，二楼以上的住户还是不敢开窗，为什么没有人管？"
STRANGER = Contact(name="某人", phone="139-0000-0009")


def beside(play: Play, case: Case, *, who: str = "zhou") -> list[Alike]:
    return list(alikes.alike(case, seen_by=play.actor(who), at=MONDAY))


def test_a_case_with_nearly_the_same_text_is_shown_with_why(play: Play) -> None:
    first = play.received(title="油烟扰民", text=FIRST, contact=STRANGER)
    case = play.received(title="油烟扰民", text=AGAIN)
    play.received(title="污水", text="石桥村的水渠被渣土堵住，一下雨就淹到院子里。")
    (one,) = beside(play, case)
    assert (one.case, one.is_same_text, one.is_same_person) == (first, True, False)
    assert 60 <= one.percent < 100


def test_the_same_person_with_the_same_matter_is_a_repeat_and_another_matter_is_not(play: Play) -> None:
    first = play.received(title="油烟", text=FIRST)
    case = play.received(title="油烟", text=LATER)
    play.received(title="污水", text="石桥村的水渠被渣土堵住，一下雨就淹到院子里。")
    (one,) = beside(play, case)
    assert (one.case, one.is_same_person) == (first, True)


def test_nobody_sees_what_is_alike_among_cases_that_they_may_not_see(play: Play) -> None:
    play.received(title="油烟", text=FIRST)
    case = play.held(title="油烟", text=AGAIN)
    assert beside(play, case, who="zhao") == []
    assert len(beside(play, case)) == 1


def test_two_cases_become_a_group_and_each_keeps_its_own(play: Play) -> None:
    case, other = play.received(), play.held()
    made = groups.group(case.reference, other=other.reference, title="柳溪路工地", by=play.actor("zhou"), at=MONDAY)
    third = play.received()
    groups.group(third.reference, other=case.reference, by=play.actor("zhou"), at=MONDAY)
    together = alikes.group(made.reference, seen_by=play.actor("zhou"), at=MONDAY)
    assert together is not None
    assert [one.case for one in together.cases] == [case, other, third]
    assert play.fresh(other).holder == other.holder
    assert play.fresh(other).due_on == other.due_on
    seen = alikes.group(made.reference, seen_by=play.actor("zhao"), at=MONDAY)
    assert seen is not None
    assert (len(seen.cases), seen.hidden) == (1, 2)
    assert alikes.group(made.reference, seen_by=play.actor("chen"), at=MONDAY) is None
    assert Entry.objects.filter(verb="case.group", subject__startswith="grouped/").count() == 3


def test_a_case_leaves_its_group_and_may_join_another(play: Play) -> None:
    case, other, third = play.received(), play.received(), play.received()
    zhou = play.actor("zhou")
    groups.group(case.reference, other=other.reference, by=zhou, at=MONDAY)
    groups.ungroup(case.reference, by=zhou, at=MONDAY)
    assert alikes.together(case, seen_by=zhou, at=MONDAY) is None
    groups.group(case.reference, other=third.reference, by=zhou, at=MONDAY)
    assert Entry.objects.filter(verb="case.ungroup").count() == 1


@pytest.mark.parametrize(
    ("which", "code"),
    [("itself", "case.grouped_with_itself"), ("again", "case.grouped_already"), ("report", "case.restricted_apart"),
     ("elsewhere", "case.two_groups"), ("merged", "case.is_merged"), ("none", "missing")],
)  # fmt: skip
def test_a_group_that_makes_no_sense_is_refused(play: Play, which: str, code: str) -> None:
    zhou, case, other = play.actor("zhou"), play.received(), play.received()
    groups.group(case.reference, other=other.reference, by=zhou, at=MONDAY)
    pair = [play.received(), play.received()]
    groups.group(pair[0].reference, other=pair[1].reference, by=zhou, at=MONDAY)
    gone = play.received()
    intake.merge(gone.reference, into=case.reference, by=zhou, at=MONDAY)
    named = {
        "itself": case,
        "again": other,
        "report": play.received(kind="misconduct"),
        "elsewhere": pair[0],
        "merged": gone,
    }
    other_number = named[which].reference if which in named else "2026-999999"
    with pytest.raises(Refused) as refused:
        groups.group(case.reference, other=other_number, by=zhou, at=MONDAY)
    assert refused.value.code == code


def test_a_case_without_a_group_cannot_leave_one(play: Play) -> None:
    with pytest.raises(Refused, match=r"case\.not_grouped"):
        groups.ungroup(play.received().reference, by=play.actor("zhou"), at=MONDAY)


def test_only_the_supervision_office_groups(play: Play) -> None:
    case, other = play.held(), play.held()
    with pytest.raises(Refused, match="forbidden"):
        groups.group(case.reference, other=other.reference, by=play.actor("zhao"), at=MONDAY)


@pytest.fixture
def history(play: Play) -> Play:
    """Sixty closed cases of two themes: the brigade had the noise, pollution control the smell of kitchens."""
    for number, one in enumerate(one for one in matters()[::4] if one.label in {"噪声", "油烟"}):
        case = play.received(title=one.text[:40], text=one.text, theme=one.label, contact=Contact())
        to, who = ("brigade", "zhao") if one.label == "噪声" else ("pollution", "chen")
        at = MONDAY + timedelta(minutes=number)
        custody.assign(case.reference, to=to, by=play.actor("zhou"), at=at)
        custody.accept(case.reference, by=play.actor(who), at=at)
        answer.answer(case.reference, text=REPLY, by=play.actor(who), at=at)
        answer.settle(case.reference, result=RESULT, by=play.actor(who), at=at)
        answer.close(case.reference, by=play.actor("zhou"), at=at)
    return play


def test_theme_and_section_are_proposed_from_closed_cases_with_the_words_that_spoke(history: Play) -> None:
    learnt = learning.learn_all(at=MONDAY)
    assert learnt == {"kind": False, "theme": True, "section": True}
    case = history.received(title="饭店油烟直排", text="楼下饭店油烟直排，家里全是油味")
    kind_and_theme = proposals.beside("classify", case)
    assert [(one.use, one.label) for one in kind_and_theme] == [("theme", "油烟")]
    assert "油烟" in [spoke.word for spoke in kind_and_theme[0].words]
    (section,) = proposals.beside("assign", case)
    assert (section.label, section.name) == ("pollution", "污染控制科")
    assert history.fresh(case).theme == ""
    assert history.fresh(case).section is None


def test_what_spoke_is_called_as_people_call_it(play: Play) -> None:
    case = play.received(channel="hotline_12345")
    told = [Spoke(word="hotline_12345", share=0.5, facet="channel"), Spoke(word="complaint", share=0.3, facet="kind")]
    with translation.override("zh-hans"):
        said = [proposals.named(one, case).word for one in (*told, Spoke(word="油烟", share=0.2))]
    assert said == ["12345市民服务热线", "投诉", "油烟"]


def test_a_young_bureau_and_a_report_of_misconduct_get_no_proposal(play: Play) -> None:
    case = play.received()
    assert proposals.beside("classify", case) == ()
    assert learning.learn_all(at=MONDAY) == {"kind": False, "theme": False, "section": False}
    assert proposals.beside("classify", case) == ()
    assert proposals.beside("assign", play.received(kind="misconduct")) == ()
    assert not learning.is_due(at=MONDAY)
    assert learning.is_due(at=MONDAY + DAY)


@pytest.fixture
def smell(play: Play) -> Play:
    """A usual spring of cases, and five neighbors with one matter."""
    said = [one for theme in MATTERS.values() for one in theme]
    for number in range(60):
        text = f"{'东西南北中'[number % 5]}门外{said[number % len(said)]}"
        play.received(title=text, theme="其他", contact=Contact(phone=f"137{number:08}"), at=MONDAY - 60 * DAY)
    for number, text in enumerate(SMELL):
        play.received(title=text, theme="恶臭", contact=Contact(phone=f"138{number:08}"), at=MONDAY + number * DAY)
    return play


def test_a_new_case_is_on_the_desk_of_who_holds_it_until_it_is_answered(play: Play) -> None:
    case = play.received()

    def on_desk(who: str) -> list[str]:
        return [item.title for item in desk.desk(play.actor(who), MONDAY) if case.reference in item.title]

    assert len(on_desk("zhou")) == 1
    assert on_desk("wang") == []
    custody.assign(case.reference, to="brigade", by=play.actor("zhou"), at=MONDAY)
    custody.accept(case.reference, by=play.actor("zhao"), at=MONDAY)
    assert (len(on_desk("zhao")), len(on_desk("wang")), on_desk("zhou")) == (1, 1, [])
    answer.answer(case.reference, text=REPLY, by=play.actor("zhao"), at=MONDAY)
    assert on_desk("zhao") == []


def test_what_five_neighbors_raise_surfaces_on_the_page_and_on_the_offices_desk(smell: Play) -> None:
    at = MONDAY + 5 * DAY
    learning.surface(at=at)
    page = hot.page(days=30, seen_by=smell.actor("zhou"), at=at)
    (matter,) = (one for one in page.matters if "臭气" in "".join(one.words))
    assert (matter.people, matter.count, len(matter.cases)) == (5, 5, 5)
    titles = [item.title for item in hot.desk(smell.actor("zhou"), at)]
    assert any("臭气" in title for title in titles)
    assert {item.kind for item in hot.desk(smell.actor("zhou"), at)} == {DeskKind.CHANGED}
    assert hot.desk(smell.actor("zhao"), at) == []
    assert hot.desk(smell.actor("zhou"), MONDAY + 40 * DAY) == []


def test_a_case_leads_to_the_hot_matters_of_its_place_and_theme(smell: Play) -> None:
    learning.surface(at=MONDAY + 5 * DAY)
    case = smell.received(title="又是这股臭气", theme="恶臭", at=MONDAY + 5 * DAY)
    found = hot.around(case, seen_by=smell.actor("zhou"))
    assert [(one.anchor, one.what, one.people) for one in found] == [("themes", "恶臭", 0)]
    assert hot.around(case, seen_by=smell.actor("zhao")) == ()
    one_of_them = Case.objects.filter(theme="恶臭").order_by("pk")[0]
    (matter, _) = hot.around(one_of_them, seen_by=smell.actor("zhou"))
    assert (matter.anchor, matter.people) == ("matter-1", 5)
    page = smell.cast.client("zhou").get(one_of_them.get_absolute_url()).content.decode()
    assert "/cases/hot/#matter-1" in page


def test_a_section_does_not_see_the_bureaus_hot_matters(smell: Play) -> None:
    with pytest.raises(Refused, match="forbidden"):
        hot.page(days=30, seen_by=smell.actor("zhao"), at=MONDAY)


@pytest.mark.parametrize(
    "url",
    ["search/?q=噪声", "search/?q=a&before=99999999999999999999", "hot/", "hot/?days=x", "{}/alike/", "{}/group/",
     "{}/ungroup/"],
)  # fmt: skip
def test_the_pages_open(play: Play, url: str) -> None:
    case = play.received()
    client = play.cast.client("zhou")
    assert client.get("/cases/" + url.format(case.reference)).status_code == 200


def test_grouping_through_the_page_says_what_is_wrong_at_the_field(play: Play) -> None:
    case, other = play.received(), play.received()
    client: Any = play.cast.client("zhou")
    wrong = client.post(f"/cases/{case.reference}/group/", {"other": case.reference})
    assert wrong.status_code == 422
    assert case.reference in wrong.content.decode()
    assert client.post(f"/cases/{case.reference}/group/", {"other": f" {other.reference} "}).status_code == 302
    page = client.get(f"/cases/{case.reference}/alike/").content.decode()
    assert other.reference in page
    assert CALLER.phone not in page


def test_proposals_stand_beside_the_forms_and_change_nothing(history: Play) -> None:
    learning.learn_all(at=MONDAY)
    case = history.received(title="饭店油烟直排", text="楼下饭店油烟直排，家里全是油味")
    client: Any = history.cast.client("zhou")
    classify = client.get(f"/cases/{case.reference}/classify/").content.decode()
    assert "<mark>油烟</mark>" in classify
    assert "污染控制科</strong>" in client.get(f"/cases/{case.reference}/assign/").content.decode()
    assert "<mark>" not in client.get(f"/cases/{case.reference}/split/").content.decode()


def test_the_page_of_a_case_shows_what_looks_like_it_and_leads_to_merging(play: Play) -> None:
    first, case = play.received(title="油烟", text=FIRST), play.received(title="油烟", text=AGAIN)
    client: Any = play.cast.client("zhou")
    page = client.get(f"/cases/{case.reference}/").content.decode()
    assert f"/cases/{case.reference}/merge/?into={first.reference}" in page
    merge = client.get(f"/cases/{case.reference}/merge/?into={first.reference}").content.decode()
    assert f'value="{first.reference}"' in merge
