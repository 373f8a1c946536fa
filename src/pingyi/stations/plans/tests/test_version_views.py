"""The plan's pages, through the client."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pingyi.authoring.printing.render import to_html
from pingyi.authoring.read import read
from pingyi.authoring.tests.plans import plan_text, shipped_plan
from pingyi.bureau.tests.acceptances import accept_all
from pingyi.bureau.tests.cast import Cast
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.tests.confirming import all_looked_at
from pingyi.stations.plans.tests.test_version_actions import adopted, drafted

pytestmark = [pytest.mark.django_db]
PROSE = """区卫生局2026年民主评议行风实施方案

为改进作风，决定开展民主评议行风活动。

一、评议对象
全局各科、室、站、中心。

二、评议内容
1、依法履职情况。依法办事，公开透明。
2、服务质量情况。办事效率高，群众满意。

三、时间步骤
（一）宣传发动阶段（3月1日—3月31日）。召开动员会议，公开服务承诺。
（二）自查自纠阶段（4月1日—6月30日）。各科室召开座谈会，征求意见。
（三）总结阶段（7月1日—11月30日）。各科室于2026年11月15日前将总结报局监察室。

四、结果运用
对综合得分低于80分的科室，限期整改。
"""


def text(response: Any) -> str:
    return str(response.content.decode())


def bring(client: Client, **given: object) -> Any:
    return client.post("/plan/bring/", given)


def test_the_plan_in_force_is_read_by_everybody_and_handed_out_byte_for_byte(cast: Cast) -> None:
    row = adopted(cast, drafted(cast))
    page = text(Client().get("/plan/"))
    assert "一、指导思想" in page
    assert "报送科室总结" in page
    assert row.text_sha256 in page
    assert Client().get("/plan/plan.yaml").content == plan_text().encode()
    document = Client().get("/plan/print.docx")
    assert document.content.startswith(b"PK")
    assert "attachment" in document.headers["Content-Disposition"]


def test_a_printed_plan_is_known(cast: Cast) -> None:
    client = cast.client("zhou")
    page = to_html(shipped_plan())
    response = bring(client, file=SimpleUploadedFile("方案.html", page.encode()))
    assert read(PlanVersion.objects.get().text).plan == shipped_plan()
    assert "未经改动，已完整取回" in text(client.get(response.headers["Location"]))


def test_the_plan_is_handed_out_as_pdf(cast: Cast) -> None:
    row = drafted(cast)
    assert Client().get("/plan/print.pdf").status_code == 404
    assert cast.client("zhou").get(f"/plan/versions/{row.reference}/print.pdf").content.startswith(b"%PDF-")
    adopted(cast, row)
    document = Client().get("/plan/print.pdf")
    assert document.content.startswith(b"%PDF-")
    assert document.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("page", ["versions/", "bring/", "versions/1/", "versions/1/text/"])
def test_drafts_are_not_for_visitors(cast: Cast, page: str) -> None:
    drafted(cast)
    assert Client().get(f"/plan/{page}").status_code == 302


def test_pasted_prose_becomes_a_draft_with_both_sides_linked(cast: Cast) -> None:
    client = cast.client("zhou")
    response = bring(client, text=PROSE)
    assert response.status_code == 302
    page = text(client.get(response.headers["Location"]))
    assert "2026" in page
    links = set(re.findall(r'href="#(t-[^"]+)"', page))
    assert links
    assert links <= set(re.findall(r'id="(t-[^"]+)"', page))
    back = set(re.findall(r'href="#(p-[^"]+)"', page))
    assert back
    assert back <= set(re.findall(r'id="(p-[^"]+)"', page))


def test_stated_deductions_and_voters_are_linked_to_their_parts(cast: Cast) -> None:
    client = cast.client("zhou")
    stated = "五、计分\n群众投诉查实的，每起扣5分。\n服务对象代表占60%，行风监督员占40%。\n"
    response = bring(client, text=f"{PROSE}\n{stated}")
    assert response.status_code == 302
    page = text(client.get(response.headers["Location"]))
    assert 'href="#p-deductions"' in page
    assert 'href="#p-assembly"' in page


def test_the_source_plan_goes_from_upload_to_force_through_the_pages(cast: Cast, shared: Path) -> None:
    content = (shared / "plans" / "env-bureau-2012.as-found.txt").read_bytes()
    officer, leader = cast.client("zhou"), cast.client("sun")
    page = bring(officer, file=SimpleUploadedFile("方案.txt", content)).headers["Location"]
    assert officer.post(f"{page}propose/").status_code == 422
    row = PlanVersion.objects.get()
    together = {"seen_sha256": row.text_sha256, "everything": "on"}
    assert officer.post(f"{page}confirm/", together).status_code == 302
    row.refresh_from_db()
    assert officer.post(f"{page}propose/").status_code == 422, "what decides the score is not confirmed in a heap"
    asked = text(officer.get(f"{page}confirm/"))
    assert "决定得分的内容" in asked
    assert "综合得分可在" in asked
    assert "办理事项" not in asked
    assert officer.post(f"{page}confirm/", all_looked_at(row)).status_code == 302
    assert officer.post(f"{page}propose/").status_code == 302
    assert officer.post(f"{page}adopt/").status_code == 422
    assert leader.post(f"{page}adopt/").status_code == 422
    assert "plan.year" in accept_all(officer, "adopt", row.reference)
    assert leader.post(f"{page}adopt/").status_code == 302
    shown = text(Client().get("/plan/"))
    assert "2012年3月15日" in shown
    assert "低于80分" in shown


def test_a_useless_file_is_named_and_what_was_pasted_stays(cast: Cast) -> None:
    client = cast.client("zhou")
    picture = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n123")
    response = bring(client, file=picture, text="我打的字")
    assert response.status_code == 422
    assert "我打的字" in text(response)
    poem = bring(client, text="床前明月光，疑是地上霜。")
    assert poem.status_code == 422
    assert "床前明月光" in text(poem)
    assert bring(client).status_code == 422
    assert not PlanVersion.objects.exists()


def test_a_faulty_text_is_saved_with_its_problems_at_their_lines(cast: Cast) -> None:
    row, client = drafted(cast), cast.client("zhou")
    typed = plan_text().replace("digits: 2", "digits: two")
    page = f"/plan/versions/{row.reference}/text/"
    response = client.post(page, {"text": typed, "seen_sha256": row.text_sha256})
    assert response.status_code == 302
    shown = text(client.get(page))
    line = typed[: typed.index("digits: two")].count("\n") + 1
    assert f'href="#line-{line}"' in shown
    assert f'id="line-{line}"' in shown


def test_a_stale_text_is_refused_and_kept_in_the_form(cast: Cast) -> None:
    row, client = drafted(cast), cast.client("zhou")
    page = f"/plan/versions/{row.reference}/text/"
    client.post(page, {"text": plan_text().replace("title: 清源区", "title: 甲"), "seen_sha256": row.text_sha256})
    response = client.post(page, {"text": "title: 我的字", "seen_sha256": row.text_sha256})
    assert response.status_code == 422
    assert "我的字" in text(response)


def form_of(page: str) -> dict[str, Any]:
    """Return what a browser would send back of a page's form: of a list where nothing is chosen, its first choice."""
    given: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = (re.search(rf'{word}="([^"]*)"', tag) for word in ("name", "value"))
        if name and 'type="checkbox"' not in tag:
            given[name.group(1)] = unescape(value.group(1)) if value else ""
        elif name and " checked" in tag:
            given.setdefault(name.group(1), []).append(unescape(value.group(1)) if value else "on")
    for name, words in re.findall(r'<textarea name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL):
        given[name] = unescape(words).replace("\n", "\r\n")
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        given[name] = chosen.group(1) if chosen else ""
    return given


def test_the_weights_are_edited_as_a_form_and_a_fault_stands_at_its_field(cast: Cast) -> None:
    row, client = drafted(cast), cast.client("zhou")
    page = f"/plan/versions/{row.reference}/parts/sources/"
    given = form_of(text(client.get(page)))
    assert given["0-weight"] == "0.4"
    wrong = client.post(page, {**given, "0-weight": "四成"})
    assert wrong.status_code == 422
    assert "四成" in text(wrong)
    assert client.post(page, {**given, "0-weight": "0.35", "1-weight": "0.25"}).status_code == 302
    saved = PlanVersion.objects.get(pk=row.pk).text
    assert "weight: 0.35" in saved
    assert saved.count("\n") == plan_text().count("\n")


def test_a_task_is_changed_and_another_added_through_forms(cast: Cast) -> None:
    row, client = drafted(cast), cast.client("zhou")
    page = f"/plan/versions/{row.reference}/parts/tasks/"
    given = form_of(text(client.get(f"{page}5/")))
    assert client.post(f"{page}5/", {**given, "5-due_on": "2026-04-09"}).status_code == 302
    fresh = form_of(text(client.get(f"{page}27/")))
    filled = {"27-title": "另一项", "27-phase": "conclude", "27-doer": "bureau", "27-due_on": "2026-12-18"}
    assert client.post(f"{page}27/", {**fresh, **filled}).status_code == 302
    saved = PlanVersion.objects.get(pk=row.pk).text
    assert "due_on: 2026-04-09" in saved
    assert "另一项" in saved
    assert client.get(f"{page}99/").status_code == 404
    assert client.get(f"/plan/versions/{row.reference}/parts/nothing/").status_code == 404


@pytest.mark.parametrize("part", ["phases/", "indicators/", "triggers/1/", "consequences/0/"])
def test_a_form_sent_back_unchanged_changes_nothing(cast: Cast, part: str) -> None:
    row, client = drafted(cast), cast.client("zhou")
    page = f"/plan/versions/{row.reference}/parts/{part}"
    given = form_of(text(client.get(page)))
    assert client.post(page, given).status_code == 302
    after = PlanVersion.objects.get(pk=row.pk)
    assert after.text == row.text


def test_an_amendment_shows_what_it_changes_before_it_is_adopted(cast: Cast) -> None:
    first, client = adopted(cast, drafted(cast)), cast.client("zhou")
    page = client.post(f"/plan/versions/{first.reference}/amend/", {"reason": "放假通知"}).headers["Location"]
    given = form_of(text(client.get(f"{page}parts/sources/")))
    client.post(f"{page}parts/sources/", {**given, "0-weight": "0.35", "1-weight": "0.25"})
    client.post(f"{page}propose/")
    asked = text(cast.client("sun").get(f"{page}adopt/"))
    assert "由“40%”改为“35%”" in asked
    assert "放假通知" in text(client.get(page))


def test_every_page_speaks_english_too(cast: Cast) -> None:
    row, client = drafted(cast), cast.client("zhou")
    client.cookies["django_language"] = "en"
    for page in ("", "text/", "difference/", "parts/tasks/0/", "propose/"):
        response = client.get(f"/plan/versions/{row.reference}/{page}")
        assert response.status_code == 200
        assert 'lang="en"' in text(response)
    assert 'lang="en"' in text(client.get("/plan/versions/"))


def test_a_plan_brought_as_data_is_shown_line_by_line(cast: Cast) -> None:
    client = cast.client("li")
    page = bring(client, file=SimpleUploadedFile("plan.yaml", plan_text().encode())).headers["Location"]
    shown = text(client.get(page))
    assert 'href="#p-tasks-set_up_body"' in shown
    assert 'id="t-tasks-set_up_body"' in shown


def test_a_plan_with_two_hundred_errors_is_shown_whole_and_each_leads_to_its_form(cast: Cast) -> None:
    office = cast.client("zhou")
    tasks = "".join(
        f"  - {{id: wrong{number}, title: 第{number}项, phase: nowhere, doer: every_section, due_on: 2026-04-01}}\n"
        for number in range(200)
    )
    kept = drafted(cast, plan_text().replace("tasks:\n", f"tasks:\n{tasks}", 1))
    page = text(office.get(f"/plan/versions/{kept.reference}/"))
    assert page.count(">必须改<") >= 200
    assert page.count("用表单修改") >= 200
    form = f"/plan/versions/{kept.reference}/parts/tasks/199/"
    assert f'href="{form}"' in page
    assert office.get(form).status_code == 200


def test_a_file_with_two_plans_says_on_top_where_the_second_one_begins(cast: Cast) -> None:
    office = cast.client("zhou")
    bring(office, text=PROSE + "\n" + PROSE.replace("区卫生局", "区教育局"))
    row = PlanVersion.objects.latest("pk")
    page = text(office.get(f"/plan/versions/{row.reference}/"))
    assert "文件里不止一份方案" in page
    assert "区教育局2026年民主评议行风实施方案" in page
    assert "区教育局" not in row.text


def test_before_the_first_plan_the_desk_says_what_comes_next(cast: Cast) -> None:
    desk = "/desk/"
    assert "/plan/bring/" in text(cast.client("zhou").get(desk))
    assert "/plan/bring/" not in text(cast.client("wang").get(desk)).split("<main")[1]
    row = drafted(cast)
    shown = text(cast.client("zhou").get(desk))
    assert f"待核对和提请：{row.title}" in shown
    assert "/plan/bring/" not in shown.split("<main")[1]
