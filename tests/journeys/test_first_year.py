"""docs/tutorials/first-year.md, step by step on an empty site: from the first run to the confirmed verdict."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve

from pingyi import clock
from pingyi.bureau import setup_code
from pingyi.bureau.models import Invitation, Member, Motion
from pingyi.bureau.tests import paper
from pingyi.bureau.tests.acceptances import accept_together
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.tests.confirming import all_looked_at
from pingyi.stations.results.models import Verdict
from pingyi.stations.results.tests import stage

pytestmark = [pytest.mark.django_db]
TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "first-year.md"
SECTIONS = {
    "office": "办公室",
    "pollution": "污染控制科",
    "monitoring": "环境监测站",
    "brigade": "环境监察大队",
    "information": "信息中心",
}
KINDS = {"office": "室", "pollution": "科", "monitoring": "站", "brigade": "大队", "information": "中心"}
PEOPLE = [("李芳", "监察人员", ""), ("孙伟", "局领导", ""), ("王强", "科室负责人", "环境监察大队")]
SECRET = {"password": "a quiet river", "again": "a quiet river"}


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Move the clock: a year takes a year."""

    def move(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)
        monkeypatch.setattr(clock, "today", at.date)

    move(stage.SPRING)
    return move


def to(answer: Any) -> str:
    assert answer.status_code == 302, re.findall(r'class="[^"]*error[^>]*>[^<]*', answer.content.decode())[:5]
    return str(answer.headers["Location"])


def table(rows: list[tuple[object, ...]]) -> SimpleUploadedFile:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return SimpleUploadedFile("表.csv", text.getvalue().encode("gb18030"))


def invited(officer: Client, name: str, username: str, *, second: Client | None = None) -> Client:
    reference = Member.objects.get(name=name).reference
    link = paper.link(officer.post(f"/bureau/members/{reference}/invite/"))
    word = {"word": said(second, reference)} if second else {}
    visitor = Client()
    to(visitor.post(link, {"username": username, **SECRET, **word}))
    return visitor


def said(second: Client, reference: str) -> str:
    """The second word, which another person than the issuer is shown once."""
    row = Invitation.objects.get(member__reference=reference)
    return str(second.post(f"/bureau/invitations/{row.reference}/word/").context["word"])


def marks() -> list[tuple[object, ...]]:
    round_ = plans.current_round()
    assert round_ is not None
    rows = stage.evidence(plans.plan(round_))
    return [
        ("科室", "指标", "来源", "类别", "日期", "数值", "份数"),
        *(
            (SECTIONS[row.section], row.indicator, row.source, row.group, row.happened_on, row.value, row.times)
            for row in rows
        ),
    ]


def test_an_empty_site_is_led_to_a_confirmed_verdict(today: Any) -> None:
    # 1. The first run.
    officer = Client()
    assert "/first-run/" in officer.get("/", follow=True).content.decode()
    begun = {"name": "某区环境保护局", "office_name": "监察室", "year": 2026, "officer": "周明", "username": "zhouming"}
    both = {"second": "孙伟", "second_role": "bureau_leader"}
    to(officer.post("/first-run/", {**begun, **both, **SECRET, "code": setup_code.code()}))
    leader = invited(officer, "孙伟", "sun")

    # 2. Sections and people from one table; each person gets a sealed link, and who checks is confirmed by the second.
    heads = [("科室", "类型"), *((name, KINDS[key]) for key, name in SECTIONS.items())]
    for rows in (heads, [("姓名", "角色", "科室"), *PEOPLE]):
        preview = to(officer.post("/bureau/import/", {"table": table(rows)}))
        page = officer.get(preview)
        to(officer.post(preview, {"sha256": page.context["form"].initial["sha256"]}))
    motion = Motion.objects.get()
    assert "李芳" in leader.get("/desk/").content.decode()
    to(leader.post(f"/bureau/motions/{motion.reference}/confirm/"))
    second = invited(officer, "李芳", "li", second=leader)
    head = invited(officer, "王强", "wang")

    # 3. The plan: brought, proposed by one, adopted by another.
    version = to(officer.post("/plan/bring/", {"text": stage.PLAN_FILE.read_text(encoding="utf-8")}))
    row = PlanVersion.objects.get()
    officer.post(f"{version}confirm/", all_looked_at(row))
    to(officer.post(f"{version}propose/"))
    assert officer.post(f"{version}adopt/").status_code == 422
    accept_together(leader, "adopt", version.rstrip("/").rpartition("/")[2])
    to(leader.post(f"{version}adopt/"))

    # 4. The year: what is due stands on each one's desk and board.
    assert "环境监察大队" in officer.get("/board/").content.decode()
    assert head.get("/desk/").status_code == 200

    # 5. The evidence of the year, looked at and then taken over.
    today(stage.SETTLED)
    upload = to(officer.post("/results/evidence/", {"table": table(marks())}))
    assert officer.post(upload, {}).status_code == 422, "duties are counted here too: which side counts is asked"
    to(officer.post(upload, {"counts_rectification": "table"}))

    # 6. Settled, shown to each section, confirmed by another person.
    to(officer.post("/results/settle/", {}))
    today(stage.PREVIEW)
    to(officer.post("/results/verdict/open-preview/", {}))
    assert head.get("/results/mine/", follow=True).status_code == 200
    today(stage.AFTER)
    to(second.post("/results/verdict/confirm/", {}))
    assert Verdict.objects.get().stage == "confirmed"
    to(officer.post("/results/verdict/apply/", {}))
    assert "环境监察大队" in officer.get("/results/consequences/").content.decode()


def test_every_address_of_the_tutorial_is_a_page() -> None:
    named = re.findall(r"`(/[a-z/-]+/)`", TUTORIAL.read_text(encoding="utf-8"))
    assert len(named) > 10
    assert all(resolve(address) for address in named)
