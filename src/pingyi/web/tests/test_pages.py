from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client, RequestFactory
from time_machine import TimeMachineFixture

from pingyi import desk, pages
from pingyi.bureau.tests.cast import Cast
from pingyi.desk import DeskItem, DeskKind, FrontItem
from pingyi.rules.actor import Actor
from pingyi.stations.plans.queries import year
from pingyi.stations.results.tests import stage
from pingyi.web import views
from pingyi.web.templatetags import look

AT = datetime(2026, 4, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", sorted(pages.FRAME))
def test_no_page_takes_a_name_away_from_its_frame(name: str, rf: RequestFactory) -> None:
    with pytest.raises(TypeError, match="the frame's"):
        pages.show(rf.get("/"), "web/page.html", **{name: "mine"})


@pytest.mark.django_db
def test_an_empty_site_leads_to_the_first_run(client: Client) -> None:
    page = client.get("/", follow=True)
    assert page.redirect_chain == [("/first-run/", 302)]
    said = page.content.decode()
    assert "尚未建立单位" in said
    for step in ("填写单位名称", "用表格导入", "导入印发的方案文件"):
        assert step in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["/desk/", "/cases/", "/accounts/login/", "/tell/", "/plan/", "/public/2026/verdict/", "/no-such-page/"]
)
def test_before_there_is_a_bureau_every_page_leads_to_the_first_run(client: Client, url: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/first-run/")


def test_once_there_is_a_bureau_visitors_are_led_to_the_sign_in(cast: Cast) -> None:
    assert Client().get("/desk/").headers["Location"].startswith("/accounts/login/")
    assert Client().get("/no-such-page/").status_code == 404


def test_with_a_bureau_and_no_plan_the_front_page_asks_for_the_plan(cast: Cast) -> None:
    assert "今年的方案还没有通过" in Client().get("/").content.decode()
    assert 'href="/plan/"' in cast.client("zhou").get("/").content.decode()


def test_a_phase_whose_days_are_past_is_over_and_not_done(cast: Cast, time_machine: TimeMachineFixture) -> None:
    round_ = stage.open_year(cast)
    time_machine.move_to(datetime(2026, 11, 30, 4, 0, tzinfo=UTC))
    for url in ("/", "/year/"):
        steps = cast.client("zhou").get(url).content.decode().partition('<ol class="steps"')[2].partition("</ol>")[0]
        assert "已完成" not in steps
        assert steps.count("已结束") == 3
    counted = year.progress(round_)
    shown = {one.phase.id: (one.done, len(one.duties)) for one in year.year(round_, on=date(2026, 11, 30)).stretches}
    assert counted == shown
    done, duties = counted["mobilize"]
    assert f"任务完成{done}/{duties}项" in Client().get("/").content.decode()


def test_what_rooms_publish_stands_on_the_front_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_FRONT", [])
    desk.register_front(lambda at: [FrontItem(title="评议结果", url="/public/2026/", published_on=date(2026, 12, 1))])
    page = Client().get("/").content.decode()
    assert 'href="/public/2026/"' in page
    assert "2026-12-01" in page


def test_the_desk_shows_each_group_in_the_order_of_its_dates(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def source(actor: Actor, at: datetime) -> list[DeskItem]:
        late = {"kind": DeskKind.LATE, "url": "/tasks/1/", "room": "plans"}
        return [
            DeskItem(title="第二件", due_on=date(2026, 3, 9), **late),  # type: ignore[arg-type]
            DeskItem(title="第一件", due_on=date(2026, 3, 1), section="办公室", **late),  # type: ignore[arg-type]
            DeskItem(title="硬盘已满", is_alarm=True, **late),  # type: ignore[arg-type]
            DeskItem(title="待验收", kind=DeskKind.WAITING, url="/tasks/2/", room="plans"),
        ]

    monkeypatch.setattr(desk, "_SOURCES", [])
    desk.register_desk(source)
    desk.register_desk(source)
    page = cast.client("zhou").get("/desk/").content.decode()
    assert page.index("硬盘已满") < page.index("第一件") < page.index("第二件") < page.index("待验收")
    assert page.count("待验收") == 1
    assert "近期没有到期的事项" in page


def test_the_desk_asks_a_visitor_to_sign_in(client: Client, cast: Cast) -> None:
    assert client.get("/desk/").headers["Location"].startswith("/accounts/login/")


def test_a_missing_page_says_what_to_do(client: Client, cast: Cast) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "请从首页或工作台重新进入" in answer.content.decode()


@pytest.mark.django_db
def test_a_stale_form_says_that_nothing_typed_is_lost(settings: Any) -> None:
    answer = Client(enforce_csrf_checks=True).post("/look/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "您填写的内容还在" in answer.content.decode()


@pytest.mark.django_db
def test_a_fault_of_ours_is_drawn_without_the_database(rf: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = views.broken(rf.get("/"))
    assert answer.status_code == 500
    assert "系统出了问题" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "value", "mark"), [("theme", "dark", "data-theme"), ("type", "large", "data-type")])
def test_a_choice_of_look_is_kept_and_shown(client: Client, kind: str, value: str, mark: str) -> None:
    answer = client.post("/look/", {kind: value, "next": "/accessibility/"})
    assert answer.headers["Location"] == "/accessibility/"
    assert f'{mark}="{value}"' in client.get("/accessibility/").content.decode()


@pytest.mark.django_db
def test_a_choice_nobody_offers_is_not_kept_and_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/look/", {"theme": 'x" onload="', "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert "pingyi_theme" not in client.cookies


@pytest.mark.django_db
def test_every_page_is_held_to_a_strict_content_policy(client: Client) -> None:
    answer = client.get("/components/")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert " style=" not in answer.content.decode()
    assert " onclick=" not in answer.content.decode()


@pytest.mark.django_db
def test_ids_on_the_components_page_are_each_used_once(client: Client) -> None:
    ids = re.findall(r'\bid="([^"]+)"', client.get("/components/").content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_a_date_and_a_number_in_a_sentence_stay_on_one_line_and_no_markup_gets_in() -> None:
    said = look.unbroken("工单2026-000316应于2026-12-16办结<b>，3月5日起")
    whole = '<span class="whole">{}</span>'
    assert said == f"工单{whole}应于{whole}办结&lt;b&gt;，{whole}起".format("2026-000316", "2026-12-16", "3月5日")


def test_navigation_is_what_the_role_may_open(cast: Cast) -> None:
    visitor, officer = Client().get("/").content.decode(), cast.client("zhou").get("/").content.decode()
    assert 'href="/bureau/"' not in visitor
    assert 'href="/bureau/"' in officer
