"""Oversight, figures and bulletin in a real browser: pages fit and are accessible, a breach is heard and decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from pingyi import clock as house_clock
from pingyi.bureau.tests.cast import Cast
from pingyi.rules.actor import citizen
from pingyi.stations.cases.actions import accusing, answer, clock, custody, drawing_up, intake, rating
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Breach, Case, SupervisionLetter
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.tests.plan_2026 import PLAN
from tests.browser.conftest import Opener, assert_holds_the_look, follow, photograph
from tests.browser.ground import Ground

REPLY = "经现场监测，夜间噪声未超过标准，已要求工地22时后停工。"
URLS = {
    "board": ("/cases/escalation/", "zhou"),
    "letters": ("/cases/letters/", "zhou"),
    "letter": ("{letter}", "wang"),
    "breaches": ("/cases/breaches/", "sun"),
    "breach": ("{breach}", "zhao"),
    "hear": ("{breach}hear/", "zhao"),
    "decide": ("{breach}decide/", "li"),
    "raise": ("/cases/{late}/breach/", "zhou"),
    "urge": ("/cases/{late}/urge/", "zhou"),
    "case": ("/cases/{late}/", "zhou"),
    "figures": ("/cases/figures/", "zhou"),
    "figures for everybody": ("/figures/", ""),
    "bulletin": ("/cases/bulletin/", "zhou"),
    "desk": ("/desk/", "zhou"),
}


@pytest.fixture
def danger(cast: Cast, ground: Ground) -> dict[str, str]:
    """A bureau in some trouble, and what stands for the names in the addresses."""
    return ground.laid("oversight", lambda: in_trouble(cast))


def in_trouble(cast: Cast) -> dict[str, str]:
    """Bring about cases late, left lying, stopped, closed on time and late, rated."""
    now, zhou = house_clock.now(), cast.actor("zhou")
    rounds.open_round("version", text=PLAN, by=zhou, at=now - timedelta(days=60))

    steps: list[tuple[int, Callable[[], object]]] = []  # how many days ago, and what was done then
    made: dict[str, Case] = {}

    def held(title: str, days: int, *, who: str = "zhao", to: str = "brigade", kind: str = "complaint") -> None:
        at = now - timedelta(days=days)
        contact = Contact(name="林先生", phone=f"1380000{days:04}")
        told = {
            "kind": kind,
            "channel": "phone",
            "title": title,
            "text": "反映多次，请尽快处理。",
            "place": "柳溪路8号",
        }

        def take() -> None:
            case = intake.receive(**told, contact=contact, theme="噪声", by=zhou, at=at)
            custody.assign(case.reference, to=to, by=zhou, at=at)
            made[title] = custody.accept(case.reference, by=cast.actor(who), at=at)

        steps.append((days, take))

    def closed(title: str, days: int, *, after: int, who: str = "zhao", to: str = "brigade", level: int = 4) -> None:
        at = now - timedelta(days=days - after)

        def end() -> None:
            case = made[title]
            answer.answer(case.reference, text=REPLY, by=cast.actor(who), at=at)
            answer.settle(case.reference, result="已整改，复测达标。", by=cast.actor(who), at=at)
            answer.close(case.reference, by=zhou, at=at)
            rating.rate(case.reference, level=level, by=citizen(case.reference), at=at)

        held(title, days, who=who, to=to)
        steps.append((days - after, end))

    held("工地夜间施工噪声扰民，连续三晚至凌晨两点", 45)
    held("餐馆油烟直排居民楼", 36)
    held("河道有异味", 8)
    held("锅炉冒黑烟", 20)
    fortnight = now - timedelta(days=15)
    zhao = cast.actor("zhao")
    stop = {"cause": "expert", "reason": "等待第三方检测报告", "by": zhao, "at": fortnight}
    steps.append((15, lambda: clock.stop_clock(made["锅炉冒黑烟"].reference, **stop)))  # type: ignore[arg-type]
    for number in range(12):
        closed(
            f"噪声投诉{number}", 50 - number, after=4 if number % 3 else 38 - number, level=2 if number % 5 == 0 else 4
        )
        closed(f"排污许可咨询{number}", 50 - number, after=3, who="chen", to="pollution", level=5)
    for _, do in sorted((one for one in steps if one[0] > 6), key=lambda one: -one[0]):
        do()
    late, idle = (made[one] for one in ("工地夜间施工噪声扰民，连续三晚至凌晨两点", "河道有异味"))
    lying = intake.receive(
        kind="inquiry", channel="web", title="申请表在哪里下载", text="", by=zhou, at=now - timedelta(days=6)
    )
    custody.assign(lying.reference, to="monitoring", by=zhou, at=now - timedelta(days=6))
    accusing.supervise(at=now)
    drawing_up.draw_up(at=now)
    letter = SupervisionLetter.objects.filter(case=late).latest("pk")
    breach = Breach.objects.get(case=late)
    return {
        "late": late.reference, "idle": idle.reference, "letter": letter.get_absolute_url(),
        "breach": breach.get_absolute_url(),
    }  # fmt: skip


@pytest.mark.parametrize("name", URLS)
def test_a_page_fits_and_is_accessible(name: str, danger: dict[str, str], page_at: Opener) -> None:
    url, who = URLS[name]
    assert_holds_the_look(page_at(url.format(**danger), who=who), f"oversight-{name}")


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)])
def test_the_one_concerned_is_heard_and_another_decides(
    width: int, danger: dict[str, str], page_at: Opener, *, scripts: bool
) -> None:
    inspector = page_at(danger["breach"], who="zhao", width=width, scripts=scripts)
    follow(inspector.get_by_role("link", name="说明经过").first)
    follow(inspector.locator("form.form button[type=submit]"))
    assert inspector.locator(".error-summary").count() == 1
    inspector.locator("#id_words").fill("夜间取证需要三次，第三方报告上周才到。")
    follow(inspector.locator("form.form button[type=submit]"))
    assert "夜间取证" in inspector.content()
    leader = page_at(danger["breach"], who="sun", width=width, scripts=scripts)
    follow(leader.get_by_role("link", name="作出认定"))
    leader.locator("input[name=is_upheld][value=yes]").check()
    leader.locator("#id_decision").fill("取证时间未书面说明，未申请延期。")
    follow(leader.locator("form.form button[type=submit]"))
    assert Breach.objects.get(case__reference=danger["late"]).stage == "upheld"


def test_the_funnel_is_drawn_and_says_the_same_as_a_table(danger: dict[str, str], page_at: Opener) -> None:
    page = page_at("/cases/figures/", who="sun")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_selector(".chart-canvas canvas")
        figure = page.locator("figure.chart")
        assert figure.locator("tbody tr").count() == 2
        assert "环境监察大队" in str(figure.locator("tbody").text_content())
        figure.scroll_into_view_if_needed()
        photograph(page, f"oversight-funnel-{width}")
