"""A case left lying is urged and criticized, its breach heard and decided, and the verdict knows (§3.2.2, §3.2.3)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import storages
from django.test import Client

from pingyi import clock
from pingyi.bureau.models import Notice
from pingyi.bureau.tests.cast import Cast
from pingyi.record import audit, sequence
from pingyi.record.models import Entry
from pingyi.stations.cases.actions import accusing, drawing_up
from pingyi.stations.cases.models import Breach, Case, SupervisionLetter
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.results.queries import evidence
from pingyi.stations.results.tests.stage import PLAN_FILE

pytestmark = pytest.mark.django_db
TOLD = {"kind": "complaint", "channel": "hotline_12345", "title": "工地夜间施工", "text": "连续三晚", "name": "林先生"}
REPLY = "已责令工地22时后停工，并复测达标。"


class Year:
    """The bureau at work: days go by, people send forms, the worker looks every hour."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        with self.on(3, 16):
            rounds.open_round("demo", text=PLAN_FILE.read_text(encoding="utf-8"), by=cast.actor("zhou"), at=clock.now())

    def on(self, month: int, day: int) -> Any:
        return time_machine.travel(datetime.combine(date(2026, month, day), time(2), tzinfo=UTC), tick=False)

    def page(self, who: str, url: str) -> str:
        response = (self.cast.client(who) if who else Client()).get(url)
        assert response.status_code == 200, f"{who} {url} {response.status_code}"
        return str(response.content.decode())

    def do(self, who: str, case: Case, verb: str, **told: object) -> None:
        seen = Case.objects.get(pk=case.pk).version
        response = self.cast.client(who).post(f"/cases/{case.reference}/{verb}/", {"seen": seen, **told})
        assert response.status_code == 302, f"{who} {verb}: {response.content.decode()[-800:]}"

    def received(self) -> Case:
        assert self.cast.client("zhou").post("/cases/receive/", TOLD).status_code == 302
        return Case.objects.latest("pk")

    def held(self) -> Case:
        case = self.received()
        self.do("zhou", case, "assign", to="brigade")
        self.do("zhao", case, "accept")
        return case

    def work(self) -> None:
        accusing.supervise(at=clock.now())
        drawing_up.draw_up(at=clock.now())


@pytest.fixture
def year(cast: Cast, settings: Any, tmp_path: Path) -> Year:
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    storages["default"]
    return Year(cast)


def told(code: str) -> set[str]:
    return set(Notice.objects.filter(code=code).values_list("to__name", flat=True))


def test_silence_is_urged_then_criticized_and_the_breach_counts_only_when_another_upheld_it(year: Year) -> None:
    with year.on(3, 16):
        case, good = year.held(), year.held()
        year.do("zhao", good, "answer", text=REPLY)
        year.do("zhao", good, "settle", result="已复测达标。")
        year.do("wang", good, "close")
    with year.on(3, 31):
        year.work()
        assert told("case.due_soon") == {"赵敏"}
    with year.on(4, 3):
        year.work()
        assert told("case.urged") == {"赵敏", "王强", "周明", "李芳", "孙伟"}
        letter = SupervisionLetter.objects.get()
        assert "催办通知书" in year.page("wang", letter.get_absolute_url())
        pdf = year.cast.client("zhao").get(f"{letter.get_absolute_url()}letter.pdf")
        assert pdf.content.startswith(b"%PDF")
        assert year.cast.client("chen").get(letter.get_absolute_url()).status_code == 404
        assert Breach.objects.get().get_absolute_url() in year.page("zhao", "/desk/")
    with year.on(4, 13):
        year.work()
        assert SupervisionLetter.objects.filter(case=case, measure="criticize").count() == 1
        assert case.reference in year.page("zhou", "/cases/escalation/")
        assert year.cast.client("wang").get("/cases/escalation/").status_code == 403
        _decided(year, Breach.objects.get(case=case))
        _counted(year)
        sequence.sequence(at=clock.now())
    assert not audit.examine(kinds=[Case, Breach, SupervisionLetter]).faults
    kinds = set(Entry.objects.values_list("verb", flat=True))
    assert {"case.urge", "case.criticize", "breach.raise", "breach.hear", "breach.decide"} <= kinds


def _decided(year: Year, breach: Breach) -> None:
    """The one concerned cannot decide, is heard, and another decides; the section's head reads why."""
    url = breach.get_absolute_url()
    assert year.cast.client("zhao").post(f"{url}hear/", {"words": "取证用时较长"}).status_code == 302
    decision = {"is_upheld": "yes", "decision": "未申请延期"}
    assert year.cast.client("zhao").post(f"{url}decide/", decision).status_code == 403
    assert year.cast.client("li").post(f"{url}decide/", {"is_upheld": "yes"}).status_code == 422
    assert year.cast.client("li").post(f"{url}decide/", decision).status_code == 302
    assert "未申请延期" in year.page("wang", url)


def _counted(year: Year) -> None:
    """Figures, bulletin and verdict count the same case: one closed on time, one overdue."""
    assert "1/2" in year.page("sun", "/cases/figures/")
    assert "周末逾期未办结1件" in year.page("sun", "/cases/bulletin/")
    assert "件数太少" in year.page("", "/figures/")
    round_ = year_round()
    pieces = [row for row in evidence.gathered(round_, on=clock.today()) if row.indicator == "cases_answered"]
    assert sorted((int(row.value), int(row.weight)) for row in pieces) == [(0, 1), (100, 1)]


def year_round() -> Any:
    """The open round."""
    found = evidence.open_round()
    assert found is not None
    return found


def test_a_clock_that_a_section_stopped_without_end_is_seen_and_ended_by_the_office(year: Year) -> None:
    with year.on(3, 16):
        case = year.held()
        year.do("zhao", case, "stop_clock", cause="expert", reason="送检")
    with year.on(3, 30):
        year.work()
        assert not SupervisionLetter.objects.exists()
        board = year.page("zhou", "/cases/escalation/")
        assert "送检" in board
        assert "赵敏" in board
        assert case.reference in year.page("zhou", "/desk/")
        year.do("zhou", case, "resume_clock")
        assert told("case.clock_resumed") == {"赵敏"}
    with year.on(5, 20):
        year.work()
        assert SupervisionLetter.objects.filter(case=case).count() == 2


def test_no_letter_notice_or_entry_of_oversight_names_who_raised_the_case(year: Year) -> None:
    with year.on(3, 16):
        year.held()
    with year.on(5, 20):
        year.work()
        pages = [year.page("wang", row.get_absolute_url()) for row in SupervisionLetter.objects.all()]
        notices = json.dumps(list(Notice.objects.values_list("facts", flat=True)), ensure_ascii=False)
        bodies = "".join(Entry.objects.values_list("body", flat=True))
        for text in (*pages, notices, bodies, year.page("sun", "/cases/bulletin/")):
            assert "林先生" not in text
