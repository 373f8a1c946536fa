"""From questionnaires as they were handed in to a public ranking that says how sure it is, and its check (§5.2)."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from scipy import special, stats

from pingyi import clock, verify
from pingyi.authoring import bundle
from pingyi.bureau.tests.acceptances import accept_together
from pingyi.bureau.tests.cast import Cast
from pingyi.inference.of_verdict import assess
from pingyi.inference.tests.surveyed import people, survey_plan
from pingyi.record import keys
from pingyi.record.models import Entry
from pingyi.record.tests import office as witness
from pingyi.rules import entry
from pingyi.rules.plan import Statistics, Trigger
from pingyi.rules.plan.outcome import Test, TestKind
from pingyi.rules.plan.statistics import TriggerRule
from pingyi.rules.tests import verdict_cast
from pingyi.rules.verdict import judge
from pingyi.stations.plans import queries as plans
from pingyi.stations.results.models import Assessment, ConsequenceOrder
from pingyi.stations.results.tests import stage

HEAD = ("科室", "指标", "来源", "日期", "评议代表类别", "数值", "份数", "记录编号", "层", "层内总数")
LEVELS = {
    "office": 96,
    "pollution": 92,
    "monitoring": 90,
    "brigade": 55,
    "information": 74,
}  # the last two come out below 80
DECISION = "会议认为信息中心与合格线的差距在误差以内，先作说明，半年后复查。"
RULINGS = {"explain": "order", "rectify": "later", "admonish": "waive", "bar_awards": "waive"}
WHY_NOT = "差距在误差以内"
PERSONS = 40


def table(cast: Cast) -> bytes:
    """Return everything as one table: questionnaires person by person, the rest as counts and marks."""
    round_ = plans.current_round()
    assert round_ is not None
    plan = plans.plan(round_)
    indicators = {one.id: one for one in plan.indicators}
    labels = {option.id: option.label for scale in plan.scales for option in scale.options}
    names = {one.reference: one.name for one in cast.sections.values()}
    groups = {one.id: one.name for one in plan.assembly.groups} if plan.assembly else {}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for row in stage.evidence(plan, LEVELS):
        if row.source != "survey":
            value = labels.get(str(row.value), row.value)
            plain = (names[row.section], indicators[row.indicator].name, "", "2026-09-01")
            writer.writerow([*plain, groups.get(row.group, ""), value, row.times, "", "", ""])
    chance = random.Random(5)
    for person in range(PERSONS):
        firm = person % 4 == 0
        where = ("企业", 420) if firm else ("居民", 1680)
        for section, level in LEVELS.items():
            for indicator in (one for one in plan.indicators if one.source == "survey"):
                said = "满意" if chance.random() * 100 < level else "不满意"
                plain = (names[section], indicator.name, "", "2026-09-01", "", said, 1)
                writer.writerow([*plain, f"问卷{person:03d}", *where])
    return out.getvalue().encode()


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Move the clock."""

    def move(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)
        monkeypatch.setattr(clock, "today", at.date)

    return move


def test_questionnaires_become_a_ranking_that_says_how_sure_it_is(cast: Cast, on: Any, tmp_path: Path) -> None:
    stage.open_year(cast)
    on(stage.SETTLED)
    office, leader = cast.client("zhou"), cast.client("li")
    _bring_in(office, table(cast))
    accept_together(office, "settle", "2026")
    assert office.post("/results/settle/").status_code == 302
    page = office.get("/results/verdict/").content.decode()
    assert "结果的可靠程度" in page
    found = re.search(r"信息中心</a></th><td[^>]*>([\d.]+)", page)
    assert found is not None
    assert 78 < float(found[1]) < 80
    assert "得分低于80分，但差异在误差以内，不能断定" in page
    assert "经检验确为最后" in page
    sheet = office.get("/results/sections/information/").content.decode()
    assert "误差来自哪里" in sheet
    assert "去掉" in sheet  # how few questionnaires would turn it
    assert "不能断定" in office.get("/results/verdict/triggers/").content.decode()

    on(stage.PREVIEW)
    assert office.post("/results/verdict/open-preview/").status_code == 302
    on(stage.AFTER)
    _confirm(leader)
    assert leader.post("/results/verdict/apply/").status_code == 302
    order = ConsequenceOrder.objects.filter(section__reference="information").first()
    assert order is not None
    assert DECISION in office.get(f"/results/consequences/{order.reference}/").content.decode()
    assert _stages("information") == {
        "explain": "ordered", "rectify": "drafted", "admonish": "waived", "bar_awards": "waived",
    }  # fmt: skip
    assert set(_stages("brigade").values()) == {"ordered", "done"}, "what is confirmed needs no ruling"

    on(stage.AFTER + timedelta(days=1))
    assert office.post("/publications/verdict/2026/publish/").status_code == 422  # laid down; the witness is missing
    witness.sign(at=stage.AFTER + timedelta(days=1))
    assert office.post("/publications/verdict/2026/publish/").status_code == 302
    visitor = Client()
    public = visitor.get("/public/2026/verdict/").content.decode()
    score, half = re.search(r"(\d\d\.\d\d) <span class=\"soft\">± (\d\.\d\d)</span>", public).groups()  # type: ignore[union-attr]
    assert float(score) > float(half) > 0
    assert DECISION in public
    assert "会议决定不下达" in public
    barred = {one: visitor.get(f"/public/2026/awards/{one}.json").json()["award_bar"] for one in LEVELS}
    assert [one for one, is_barred in barred.items() if is_barred] == ["brigade"]
    _take_up(leader)
    assert "局办公会" in visitor.get("/public/2026/method/").content.decode()
    assert "得分的可靠程度" in visitor.get("/public/2026/verdict/information/").content.decode()
    _stranger_checks(visitor, tmp_path)


def _bring_in(office: Client, content: bytes) -> None:
    handed = SimpleUploadedFile("汇总.csv", content, "text/csv")
    answer = office.post("/results/evidence/", {"table": handed})
    assert answer.status_code == 302, answer.content.decode()
    assert office.post(answer.headers["Location"], {"counts_rectification": "table"}).status_code == 302


def _confirm(leader: Client) -> None:
    """Nothing is final without the meeting's word where a trigger fires beyond what is confirmed."""
    asked = leader.get("/results/verdict/confirm/").content.decode()
    assert "信息中心" in asked.split("成立但未经检验确认的触发条件")[1]
    refused = leader.post("/results/verdict/confirm/", {"decision": " "}).content.decode()
    assert 'id="id_decision-error"' in refused or "error" in refused
    assert not Entry.objects.filter(verb="result.confirm").exists()
    bare = leader.post("/results/verdict/confirm/", {"decision": DECISION})
    assert bare.status_code == 422, "words alone decide nothing: each consequence is ruled on"
    ruled = {f"ruling_information_{one}": ruling for one, ruling in RULINGS.items()}
    unreasoned = leader.post("/results/verdict/confirm/", {"decision": DECISION, **ruled}).content.decode()
    why = sum(ruling != "order" for ruling in RULINGS.values())
    assert unreasoned.count("请说明为什么现在不下达") == 2 * why, "each is told, in the summary and at its field"
    assert not Entry.objects.filter(verb="result.confirm").exists()
    ruled |= {f"reason_information_{one}": WHY_NOT for one, ruling in RULINGS.items() if ruling != "order"}
    assert leader.post("/results/verdict/confirm/", {"decision": DECISION, **ruled}).status_code == 302
    asked = leader.get("/results/verdict/apply/").content.decode()
    assert DECISION in asked
    assert WHY_NOT in asked
    row = Assessment.objects.get()
    assert (row.decision, row.decided_on) == (DECISION, stage.AFTER.date())
    assert not Entry.objects.filter(body__contains=DECISION).exists()


def _stages(section: str) -> dict[str, str]:
    return dict(ConsequenceOrder.objects.filter(section__reference=section).values_list("consequence", "stage"))


def _take_up(leader: Client) -> None:
    """What the meeting put off is ordered by another meeting's decision, and once."""
    assert leader.post("/results/verdict/apply/", {"decision": ""}).status_code == 422
    assert leader.post("/results/verdict/apply/", {"decision": "半年后复查未见改进，限期整改。"}).status_code == 302
    assert _stages("information")["rectify"] == "ordered"
    assert leader.post("/results/verdict/apply/", {"decision": "再议"}).status_code == 422


def _stranger_checks(visitor: Client, folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(visitor.get("/public/2026/bundle.zip").content)) as archive:
        archive.extractall(folder)
    assert verify.main([str(folder), "--vkey", str(keys.verifier())]) == 0
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert b"\xe9\x97\xae\xe5\x8d\xb70" not in files["evidence.csv"] + files["verdict.json"] + files["estimates.json"]
    told = json.loads(files["estimates.json"])
    survey = told["classes"][0]["estimates"][0]
    assert survey["counts"] == ["40"] * 5
    assert {row.split(",")[3] for row in files["pairs.csv"].decode().splitlines()[1:]} <= {"-1", "0", "1"}
    assert all(one["alone"] for one in told["classes"][0]["certainty"]["sections"])


# The second program


@pytest.mark.parametrize("df", [1.0, 2.37, 9.0, 48.5, 2000.0, float("inf")])
@pytest.mark.parametrize("share", [0.5, 0.9, 0.95, 0.975, 0.9995])
def test_the_strangers_quantiles_are_those_of_scipy(df: float, share: float) -> None:
    expected = special.ndtri(share) if df == float("inf") else special.stdtrit(df, share)
    assert verify.quantile(share, df) == pytest.approx(float(expected), rel=1e-10, abs=1e-12)
    assert verify.below(float(expected), df) == pytest.approx(share, rel=1e-12)


@pytest.mark.parametrize("within", [3.2, 40.0, float("inf")])
@pytest.mark.parametrize("value", [0.01, 0.8, 2.5, 30.0])
def test_the_strangers_tail_of_f_is_that_of_scipy(value: float, within: float) -> None:
    expected = stats.chi2.sf(4 * value, 4) if within == float("inf") else stats.f.sf(value, 4, within)
    assert verify.beyond(value, 4, within) == pytest.approx(float(expected), rel=1e-9, abs=1e-13)


def told_and_files() -> tuple[Any, dict[str, bytes]]:
    plan, rows = survey_plan(), people(60)
    verdict = judge(plan, sections=verdict_cast.SECTIONS, evidence=rows)
    found = assess(plan, verdict=verdict, evidence=rows)
    files = bundle.verdict_files(
        plan, sections=verdict_cast.SECTIONS, evidence=rows, verdict=verdict, assessment=found
    )  # fmt: skip
    return json.loads(files["estimates.json"]), files


def failures(files: dict[str, bytes], told: Any, capsys: pytest.CaptureFixture[str]) -> list[str]:
    report = verify.Report("zh")
    verify.check_estimates({**files, "estimates.json": entry.canonical(told)}, report)
    return [line for line in capsys.readouterr().out.splitlines() if line.startswith("[不通过]")]


def numbers(told: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of every number."""
    if isinstance(told, str) and re.fullmatch(r"-?\d+(\.\d+)?", told):
        yield path
    parts = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    for name, part in parts:
        yield from numbers(part, (*path, name))


def test_every_altered_number_is_found_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    told, files = told_and_files()
    assert failures(files, told, capsys) == []
    places = list(numbers(told))
    assert len(places) > 120
    for path in random.Random(3).sample(places, 60):
        forged = json.loads(json.dumps(told))
        place = forged
        for name in path[:-1]:
            place = place[name]
        old = place[path[-1]]
        place[path[-1]] = f"{float(old) + (1 if float(old) == int(float(old)) else 0.01):.10f}"
        if "." not in old:
            place[path[-1]] = str(int(old) + 1)
        try:
            found = failures(files, forged, capsys)
        except verify.FAULTS:
            found = ["unreadable"]
        assert found, path


@pytest.mark.parametrize("field", ["last", "may_be_last"])
def test_a_standing_that_says_more_than_the_evidence_is_found(field: str, capsys: pytest.CaptureFixture[str]) -> None:
    told, files = told_and_files()
    one = told["classes"][0]["certainty"]["sections"][2]
    one[field] = "confirmed" if field == "last" else not one[field]
    (line,) = failures(files, told, capsys)
    assert "环境监测站" in line


def test_a_plan_that_asks_for_confirmation_is_judged_alike_by_the_stranger(capsys: pytest.CaptureFixture[str]) -> None:
    last = Trigger(id="last", name="末位", all_of=(Test(kind=TestKind.LAST),), consequences=())
    below = Trigger(
        id="below", name="低于分数线", all_of=(Test(kind=TestKind.BELOW, score=Decimal(85)),), consequences=()
    )
    rules = Statistics(triggers=TriggerRule.ONLY_CONFIRMED)
    plan, rows = survey_plan(statistics=rules, triggers=(last, below)), people(60)
    plain = judge(plan, sections=verdict_cast.SECTIONS, evidence=rows)
    found = assess(plan, verdict=plain, evidence=rows)
    strict = judge(plan, sections=verdict_cast.SECTIONS, evidence=rows, assessment=found)
    fired = [{(result.trigger, result.section) for result in one.triggers if result.fires} for one in (plain, strict)]
    assert fired[1] < fired[0], "somebody is lowest, and not shown to be"
    for verdict, passes in ((strict, True), (plain, False)):
        files = bundle.verdict_files(
            plan, sections=verdict_cast.SECTIONS, evidence=rows, verdict=verdict, assessment=found
        )  # fmt: skip
        report = verify.Report("zh")
        verify.check_verdict(files, report)
        assert (report.failed == 0) is passes, capsys.readouterr().out
