"""A matter from the telephone to its end through the site: every one gets an answer and a result (§3.2.2, §3.2.3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import time_machine

from pingyi.bureau.models import Section
from pingyi.bureau.tests.cast import Cast, enlist
from pingyi.record import audit, sequence
from pingyi.record.models import Entry
from pingyi.rules.actor import Role
from pingyi.rules.case.stages import Stage
from pingyi.stations.cases.models import Breach, Case, Complainant, Handover
from pingyi.stations.plans.actions import round as rounds

pytestmark = pytest.mark.django_db
PLAN = Path(__file__).resolve().parents[2] / "plans" / "demo-2026.yaml"
REPLY = "经监测，夜间噪声58分贝，超过标准3分贝，已责令工地22时后停工。"


class Bureau:
    """The bureau at work: days go by, people open pages and send forms."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        with self.on(3, 16):
            text = PLAN.read_text(encoding="utf-8")
            rounds.open_round("version", text=text, by=cast.actor("zhou"), at=datetime.now(UTC))

    def on(self, month: int, day: int, hour: int = 10) -> Any:
        return time_machine.travel(datetime.combine(date(2026, month, day), time(hour - 8), tzinfo=UTC), tick=False)

    def page(self, who: str, url: str, **asked: object) -> str:
        response = self.cast.client(who).get(url, asked)
        assert response.status_code == 200, f"{who} {url} {response.status_code}"
        return str(response.content.decode())

    def post(self, who: str, case: Case, verb: str, **told: object) -> int:
        told["seen"] = Case.objects.get(pk=case.pk).version
        return int(self.cast.client(who).post(f"/cases/{case.reference}/{verb}/", told).status_code)


@pytest.fixture
def bureau(cast: Cast) -> Bureau:
    return Bureau(cast)


def test_a_matter_passes_through_many_hands_and_one_person_holds_it_at_every_moment(bureau: Bureau) -> None:
    case = _received(bureau)
    _refused_by_one_section_and_taken_by_another(bureau, case)
    _stood_in_for_while_the_holder_is_away(bureau, case)
    _papers_are_named_once(bureau, case)
    _more_time_is_granted_by_another(bureau, case)
    _answered_settled_and_closed_by_another(bureau, case)
    _opened_again_and_brought_to_its_real_end(bureau, case)
    _anybody_may_check_it(bureau, case)


def _received(bureau: Bureau) -> Case:
    """First contact: the officer who picked up the telephone holds it (首问负责)."""
    told = {"kind": "complaint", "channel": "hotline_12345", "external_number": "GD2026031800017", "title": "夜间施工",
            "text": "柳溪路工地连续三晚施工", "name": "林先生", "phone": "13800000001"}  # fmt: skip
    with bureau.on(3, 18, 9):
        assert bureau.cast.client("zhou").post("/cases/receive/", told).status_code == 302
        case = Case.objects.get()
        assert (case.holder, case.due_on) == (bureau.cast.zhou, date(2026, 4, 7))  # 13 working days, one holiday
        again = bureau.cast.client("li").post("/cases/receive/", told)
        assert again.status_code == 422
        assert case.reference in again.content.decode()
    return case


def _refused_by_one_section_and_taken_by_another(bureau: Bureau, case: Case) -> None:
    with bureau.on(3, 18, 11):
        assert bureau.post("zhou", case, "assign", to="pollution") == 302
        assert case.get_absolute_url() in bureau.page("chen", "/desk/")
        assert bureau.post("chen", case, "decline", reason="") == 422
        assert bureau.post("chen", case, "decline", reason="施工噪声由监察大队查处") == 302
        assert bureau.post("zhou", case, "assign", to="brigade") == 302
    with bureau.on(3, 20, 15):
        assert case.get_absolute_url() in bureau.page("zhou", "/cases/", whose="", standing="unaccepted")
        assert bureau.post("zhao", case, "accept") == 302
        assert bureau.cast.client("chen").get(case.get_absolute_url()).status_code == 404
    assert Case.objects.get(pk=case.pk).bounces == 1


def _stood_in_for_while_the_holder_is_away(bureau: Bureau, case: Case) -> None:
    """A/B posts: the stand-in acts by the roster; both away at once is refused (AB角工作制)."""
    with bureau.on(3, 23):
        by, at = bureau.cast.actor("zhou"), datetime.now(UTC)
        made = enlist("qian", name="钱立", role=Role.SECTION_STAFF, section="brigade", by=by, at=at)
        qian, zhao = made.reference, bureau.cast.zhao.reference
        head = bureau.cast.client("wang")
        assert head.post("/bureau/roster/pair/brigade/", {"first": zhao, "second": qian}).status_code == 302
        days = {"begins_on": "2026-03-24", "ends_on": "2026-03-25"}
        assert head.post("/bureau/roster/away/", {"member": zhao, **days}).status_code == 302
        assert head.post("/bureau/roster/away/", {"member": qian, **days}).status_code == 422
    with bureau.on(3, 24):
        assert "钱立" in bureau.page("zhao", case.get_absolute_url())


def _papers_are_named_once(bureau: Bureau, case: Case) -> None:
    """One-time notice: the clock waits for the papers; a second list is a breach and stops nothing (一次性告知制)."""
    with bureau.on(3, 26):
        assert bureau.post("zhao", case, "notify", papers="施工时间照片\n房屋位置") == 302
        assert Case.objects.get(pk=case.pk).stopped_on == date(2026, 3, 26)
    with bureau.on(3, 30):
        assert bureau.post("zhao", case, "resume_clock") == 302
        assert Case.objects.get(pk=case.pk).due_on == date(2026, 4, 9)
        assert bureau.post("zhao", case, "notify", papers="身份证") == 302
    kinds = list(Breach.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["ownerless", "second_notice"], "the first offer was taken late, between two looks of the worker"
    assert Case.objects.get(pk=case.pk).stopped_on is None


def _more_time_is_granted_by_another(bureau: Bureau, case: Case) -> None:
    with bureau.on(4, 7):
        assert bureau.post("zhao", case, "extend_ask", until="2026-04-14", reason="须夜间复测") == 302
        assert case.get_absolute_url() in bureau.page("sun", "/desk/")
        assert bureau.post("wang", case, "extend_grant") == 403
        assert bureau.post("sun", case, "extend_grant", decision="同意") == 302
    assert Case.objects.get(pk=case.pk).due_on == date(2026, 4, 14)


def _answered_settled_and_closed_by_another(bureau: Bureau, case: Case) -> None:
    with bureau.on(4, 13):
        assert bureau.post("zhao", case, "answer", text="您好，您的来电已收悉。") == 422
        assert bureau.post("zhao", case, "answer", text=REPLY) == 302
        assert bureau.post("wang", case, "close") == 422
        assert bureau.post("zhao", case, "settle", result="已责令整改") == 302
        assert bureau.post("zhao", case, "close") == 403
        assert bureau.post("wang", case, "close") == 302
    assert Case.objects.get(pk=case.pk).stage == Stage.CLOSED


def _opened_again_and_brought_to_its_real_end(bureau: Bureau, case: Case) -> None:
    with bureau.on(4, 16):
        assert bureau.post("zhou", case, "reopen", reason="夜间仍在施工") == 302
        again = Case.objects.get(pk=case.pk)
        assert (again.answered_on, again.settled_on, again.due_on) == (None, None, date(2026, 5, 8))
    with bureau.on(5, 11):
        late = bureau.page("zhou", "/cases/", whose="", standing="late")
        assert case.get_absolute_url() in late
        assert case.get_absolute_url() in bureau.page("zhao", "/desk/")
        assert bureau.post("zhao", case, "answer", text=REPLY + "复测达标。") == 302
        assert bureau.post("zhao", case, "settle", result="工地已停止夜间施工，复测达标") == 302
        assert bureau.post("li", case, "close") == 302
    assert Case.objects.get(pk=case.pk).has_been_late


def _anybody_may_check_it(bureau: Bureau, case: Case) -> None:
    held = f"/cases/{case.reference}/held/"
    with bureau.on(5, 11):
        assert "周明 · " in bureau.page("wang", held, at="2026-03-19T09:00")
        away = bureau.page("wang", held, at="2026-03-24T09:00")
        assert "赵敏 · 环境监察大队" in away
        assert "钱立" in away
        why = bureau.page("zhao", f"/cases/{case.reference}/why/")
        assert all(day in why for day in ("2026-04-07", "2026-04-09", "2026-04-14", "2026-05-08"))
        sequence.sequence(at=datetime.now(UTC))
    bodies = "".join(Entry.objects.values_list("body", flat=True))
    assert not any(told in bodies for told in ("林先生", "13800000001", "柳溪路", REPLY[:6], "GD2026031800017"))
    assert not audit.examine(kinds=[Case, Complainant, Handover, Breach, Section]).faults
