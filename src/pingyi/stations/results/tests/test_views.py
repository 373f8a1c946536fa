"""The room's pages, through the client."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pingyi import clock, desk
from pingyi.authoring.evidence_tables import read_evidence
from pingyi.authoring.evidence_templates import blanks
from pingyi.bureau.actions import section as sections
from pingyi.bureau.tests.acceptances import accept_together
from pingyi.bureau.tests.cast import Cast
from pingyi.desk import DeskKind
from pingyi.rules.evidence import Evidence
from pingyi.stations.plans import queries as plans
from pingyi.stations.results.actions import evidence as bringing
from pingyi.stations.results.actions import objection
from pingyi.stations.results.actions import verdict as settling
from pingyi.stations.results.models import ConsequenceOrder, EvidenceBatch, EvidencePage, EvidenceUpload, Verdict
from pingyi.stations.results.queries import evidence as gathering
from pingyi.stations.results.tests import stage
from pingyi.stations.results.views.evidence import inert

HEAD = "科室,指标,日期,数值,权重,佐证\n"
PAGES = [
    "/results/", "/results/verdict/", "/results/verdict/triggers/", "/results/consequences/", "/results/evidence/",
    "/results/sections/brigade/", "/results/sections/brigade/why/",
    "/results/sections/brigade/lines/survey_efficiency/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: stage.AFTER)
    monkeypatch.setattr(clock, "today", stage.AFTER.date)


def hand_in(client: Client, text: str, name: str = "回访.csv", **said: str) -> str:
    file = SimpleUploadedFile(name, text.encode("gb18030"))
    answer = client.post("/results/evidence/", {"table": file, **said})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("url", PAGES)
def test_every_page_opens_for_the_supervision_office(cast: Cast, url: str, language: str) -> None:
    stage.confirmed(cast)
    client = cast.client("zhou")
    client.cookies["django_language"] = language
    assert client.get(url).status_code == 200


def test_an_empty_year_says_what_comes_first(cast: Cast) -> None:
    assert cast.client("zhou").get("/results/").status_code == 200
    assert cast.client("zhou").get("/results/verdict/").status_code == 403
    assert Client().get("/results/").status_code == 302


def test_the_preview_of_deductions_says_how_often_and_how_many_points(cast: Cast) -> None:
    plan = plans.plan(stage.open_year(cast))
    assert plan.deductions
    item = plan.deductions.items[0]
    client = cast.client("zhou")
    place = hand_in(client, f"科室,扣分事项,日期,次数,佐证\n环境监察大队,{item.name},2026-09-01,2,督查〔2026〕7号\n")
    page = client.get(place).content.decode()
    assert f"2次 × {item.points.normalize():f}分 = −{2 * item.points.normalize():f}分" in page


def test_a_good_table_is_looked_at_and_then_imported(cast: Cast) -> None:
    stage.open_year(cast)
    client = cast.client("zhou")
    place = hand_in(client, HEAD + "环境监察大队,问题按期整改,2026-08-20,80,1,台账3号\n")
    assert "环境监察大队" not in EvidenceBatch.objects.values_list("file_name", flat=True)
    assert client.get(place).status_code == 200
    assert not EvidenceBatch.objects.exists()
    assert client.post(place, {}).status_code == 302
    batch = EvidenceBatch.objects.get()
    assert (batch.rows, EvidenceUpload.objects.count()) == (1, 0)
    page = client.get(f"/results/evidence/{batch.reference}/").content.decode()
    assert "台账3号" in page


def test_a_table_with_problems_is_shown_kept_and_not_imported(cast: Cast) -> None:
    stage.open_year(cast)
    client = cast.client("zhou")
    rows = "环境监查大队,问题按期整改,2026-08-20,80,1,a\n办公室,问题按期整改,2026-02-30,80,1,b\n"
    place = hand_in(client, HEAD + rows)
    page = client.get(place).content.decode()
    assert "环境监察大队" in page  # did you mean
    assert client.post(place, {}).status_code == 422
    assert not EvidenceBatch.objects.exists()
    assert EvidenceUpload.objects.count() == 1
    listed = client.get(place + "problems.csv").content.decode("utf-8-sig")
    assert len(listed.splitlines()) == 3


@pytest.mark.parametrize(("word", "cell"), [("=cmd()", "'=cmd()"), ("@SUM(1)", "'@SUM(1)"), ("第3行", "第3行")])
def test_a_list_of_problems_reckons_nothing_when_it_is_opened(word: str, cell: str) -> None:
    assert inert(word) == cell


def test_the_same_rows_under_another_name_are_refused_with_the_day(cast: Cast) -> None:
    stage.open_year(cast)
    client = cast.client("zhou")
    text = HEAD + "环境监察大队,问题按期整改,2026-08-20,80,1,台账3号\n"
    client.post(hand_in(client, text), {})
    place = hand_in(client, text, name="再来一次.csv")
    assert "2026-11-25" in client.get(place).content.decode()
    assert client.post(place, {}).status_code == 422
    assert EvidenceBatch.objects.count() == 1


def test_the_offered_templates_are_read_back(cast: Cast) -> None:
    stage.open_year(cast)
    round_ = plans.current_round()
    assert round_ is not None
    plan = plans.plan(round_)
    for name in ("survey", "assembly", "bonus", "survey-counts"):
        answer = cast.client("zhou").get(f"/results/evidence/templates/{name}.xlsx")
        assert answer.status_code == 200
        table = read_evidence("t.xlsx", BytesIO(answer.content).read(), plan=plan, sections=gathering.facts(plan))
        assert {problem.code for problem in table.problems} <= {"head.no_rows", "date.missing", "value.missing"}


def test_only_tables_that_the_plan_has_a_use_for_are_offered_under_their_own_names(cast: Cast) -> None:
    stage.open_year(cast)
    round_ = plans.current_round()
    assert round_ is not None
    plan = replace(plans.plan(round_), vetoes=())
    offered = {one.source: one.has_ballots for one in blanks(plan)}
    assert "veto" not in offered
    assert offered == {one.id: one.id in {"survey", "assembly", "cases"} for one in plan.sources} | {
        "bonus": False,
        "deduction": False,
    }
    client = cast.client("zhou")
    page = client.get("/results/evidence/").content.decode()
    assert "/templates/survey-counts.xlsx" in page
    assert "/templates/inspection-counts.xlsx" not in page
    assert client.get("/results/evidence/templates/inspection-counts.xlsx").status_code == 404
    named = client.get("/results/evidence/templates/survey-counts.xlsx").headers["Content-Disposition"]
    assert named == f"attachment; filename*=utf-8''{quote('社会满意度调查 选票计数.xlsx')}"


def test_where_evidence_waits_the_year_s_first_verdict_is_one_press_away(cast: Cast) -> None:
    stage.open_year(cast)
    client = cast.client("zhou")
    client.post(hand_in(client, HEAD + "环境监察大队,问题按期整改,2026-08-20,80,1,台账3号\n"), {})
    page = client.get("/results/").content.decode()
    assert "请先导入" not in page
    assert re.search(r'<a class="button button-primary" href="/results/settle/"', page)


def test_someone_else_s_kept_file_is_not_there(cast: Cast) -> None:
    stage.open_year(cast)
    place = hand_in(cast.client("zhou"), HEAD + "办公室,问题按期整改,2026-08-20,80,1,x\n")
    assert cast.client("li").get(place).status_code == 403
    assert cast.client("wang").get(place).status_code == 403


def test_a_head_sees_no_sheet_but_the_own_until_the_verdict_is_final(cast: Cast) -> None:
    verdict = stage.settled(cast)
    head = cast.client("wang")
    assert head.get("/results/sections/brigade/").status_code == 403
    settling.open_preview(verdict.number, by=cast.actor("zhou"), at=stage.PREVIEW)
    assert head.get("/results/sections/brigade/").status_code == 200
    assert head.get("/results/sections/office/").status_code == 403
    assert "污染控制科" not in head.get("/results/verdict/").content.decode()
    settling.confirm(verdict.number, by=cast.actor("li"), at=stage.AFTER)
    assert head.get("/results/sections/office/").status_code == 200


def test_a_sheet_shows_the_same_total_by_source_and_by_criterion(cast: Cast) -> None:
    stage.settled(cast)
    page = cast.client("zhou").get("/results/sections/office/")
    shown = page.context["sheet"]
    sums = [sum(float(group.points) for group in groups) for groups in (shown.by_source, shown.by_criterion)]
    assert sums[0] == pytest.approx(sums[1], abs=0.001)
    assert sums[0] == pytest.approx(float(shown.score), abs=0.01)


def test_an_objection_is_filed_and_answered_in_the_browser(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: stage.PREVIEW)
    verdict = stage.previewed(cast)
    assert cast.client("wang").post("/results/object/", {"text": "回访漏计"}).status_code == 302
    reference = verdict.objections.get().reference
    answer = {"is_upheld": "no", "answer": "已核对"}
    assert cast.client("zhou").post(f"/results/objections/{reference}/", answer).status_code == 422
    assert cast.client("chen").get(f"/results/objections/{reference}/").status_code == 404
    assert cast.client("li").post(f"/results/objections/{reference}/", answer).status_code == 302


def test_a_consequence_is_reported_with_proof_and_accepted_in_the_browser(cast: Cast) -> None:
    verdict = stage.confirmed(cast)
    settling.apply(verdict.number, by=cast.actor("sun"), at=stage.AFTER)
    reference = ConsequenceOrder.objects.get(consequence="explain").reference
    place = f"/results/consequences/{reference}/"
    proof = SimpleUploadedFile("纪要.txt", "会议纪要".encode())
    assert cast.client("wang").post(place + "report/", {"text": "已说明", "proof": proof}).status_code == 302
    assert cast.client("chen").get(place).status_code == 404
    assert cast.client("li").get(place + "proof/").content == "会议纪要".encode()
    assert cast.client("li").post(place + "accept/", {}).status_code == 302
    assert ConsequenceOrder.objects.get(reference=reference).stage == "done"


def test_desks_hold_what_waits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: stage.PREVIEW)
    stage.previewed(cast)
    objection.file_objection(text="回访漏计", by=cast.actor("wang"), at=stage.PREVIEW)
    assert "/results/mine/" in cast.client("wang").get("/desk/").content.decode()
    assert "/results/objections/" in cast.client("li").get("/desk/").content.decode()
    assert "/results/objections/" not in cast.client("zhou").get("/desk/").content.decode()


@pytest.mark.parametrize("who", ["zhou", "li", "wang", "zhao", "sun", "wu", "he"])
def test_every_role_finds_the_steps_of_the_verdict_among_what_changed(cast: Cast, who: str) -> None:
    stage.confirmed(cast)
    changed = desk.items(cast.actor(who), at=stage.AFTER)[DeskKind.CHANGED]
    assert "评议结果已确认" in [item.title for item in changed]
    assert not desk.items(cast.actor(who), at=stage.AFTER + timedelta(days=30))[DeskKind.CHANGED]


def test_settling_and_moving_on_through_the_pages(cast: Cast) -> None:
    stage.open_year(cast)
    stage.bring(cast)
    zhou, li = cast.client("zhou"), cast.client("li")
    assert zhou.post("/results/settle/", {}).status_code == 422
    assert "按现状接受这" in zhou.get("/results/settle/").content.decode()
    accept_together(zhou, "settle", "2026")
    assert zhou.post("/results/settle/", {}).status_code == 302
    offered = '<form class="form" method="post" action="/results/verdict/open-preview/"'
    assert offered in zhou.get("/results/verdict/").content.decode(), "where the verdict is looked over"
    assert offered not in cast.client("wu").get("/results/verdict/").content.decode()
    assert zhou.post("/results/verdict/open-preview/", {}).status_code == 302
    assert offered not in zhou.get("/results/verdict/").content.decode()
    assert li.post("/results/verdict/confirm/", {}).status_code == 422  # the preview runs
    assert zhou.get("/results/verdict/confirm/").status_code == 200
    assert li.post("/results/verdict/withdraw/", {"reason": "数据有误"}).status_code == 302
    assert Verdict.objects.get().stage == "withdrawn"


def test_a_section_put_last_by_a_veto_is_marked_with_the_reason(cast: Cast) -> None:
    plan = plans.plan(stage.open_year(cast))
    event = Evidence(section="office", indicator="corruption", source="veto", happened_on=stage.DAY, value=Decimal(1))
    rows = [*stage.evidence(plan), event]
    stage.tables_count(cast)
    bringing.import_rows(rows, file_name="汇总.xlsx", sha256="a" * 64, by=cast.actor("zhou"), at=stage.SETTLED)
    stage.settle(cast, at=stage.SETTLED)
    page = cast.client("zhou").get("/results/verdict/").content.decode()
    assert page.count("一票否决（科室人员因廉洁问题被立案查实）") == 1
    assert "排名列末位" in page


def test_the_class_of_a_section_is_chosen_among_those_of_the_plan_and_read_by_its_name(cast: Cast) -> None:
    plan = plans.plan(stage.open_year(cast))
    client, address = cast.client("zhou"), "/bureau/sections/brigade/change/"
    assert '<option value="all_sections">全局科室</option>' in client.get(address).content.decode()
    typed = client.post(
        address, {"name": "环境监察大队", "kind": "brigade", "section_class": "窗口类", "reason": "改类"}
    )
    assert typed.status_code in {200, 422}, "a class of no plan is refused where it was typed"
    kept = {"name": "环境监察大队", "kind": "brigade", "line": "", "parent": "", "is_evaluated": True}
    sections.change(
        "brigade", **kept, section_class="全局科室", reason="改类", by=cast.actor("zhou"), at=stage.AFTER
    )  # as a table of people from before the plan brought it
    assert {one.section_class for one in gathering.facts(plan)} == {"all_sections"}
    assert "全局科室" in client.get("/bureau/sections/brigade/").content.decode()


def test_what_a_column_is_can_be_chosen_on_the_page_and_is_what_is_imported(cast: Cast) -> None:
    stage.open_year(cast)
    client = cast.client("zhou")
    text = "科室,指标,到场日期,录入日期,数值,佐证\n环境监察大队,问题按期整改,2026-08-20,2026-09-03,80,台账3号\n"
    place = hand_in(client, text)
    page = client.get(place).content.decode()
    assert "到场日期、录入日期" in page
    assert client.post(place, {}).status_code == 422
    names = re.findall(r'name="(column-\d+)"', page)
    kinds = ["section", "indicator", "happened_on", "happened_on", "value", "reference"]
    twice = client.get(place, dict(zip(names, kinds, strict=True))).content.decode()
    assert "“到场日期”已经是这一项" in twice
    kinds[3] = ""
    answer = client.get(place, dict(zip(names, kinds, strict=True)))
    assert answer.status_code == 302
    chosen = re.search(r'name="columns" value="([^"]*)"', client.get(answer.headers["Location"]).content.decode())
    assert chosen is not None
    assert client.post(place, {"columns": "9:weight,x"}).status_code == 422
    assert client.post(place, {"columns": chosen[1]}).status_code == 302
    batch = EvidenceBatch.objects.get()
    assert "2026-08-20" in EvidencePage.objects.get(batch=batch).content
