"""A damaged passage is put right where it stands: on the left of the version's page (§0)."""

from __future__ import annotations

import pytest

from pingyi.authoring.read import read
from pingyi.bureau.tests.cast import Cast
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.tests.test_version_views import form_of, text

pytestmark = pytest.mark.django_db
LOST = "\ufffd"
DOCUMENT = (
    "关于开展2026年民主评议工作的方案\n一、评议对象：办公室、污染控制科。\n二、方法步骤\n"
    "（一）自查阶段（4月1日至6月30日）。各科室召开座\ufffd会，6月20日前向监察室上报自\ufffd报告。\n"
)


def brought(cast: Cast) -> PlanVersion:
    client = cast.client("zhou")
    given = form_of(text(client.get("/plan/bring/"))) | {"text": DOCUMENT}
    assert client.post("/plan/bring/", given).status_code == 302
    return PlanVersion.objects.get()


def places(row: PlanVersion) -> list[int]:
    return [start for start, _ in row.understood["lost"]]


def test_each_passage_leads_to_its_field_and_the_words_stand_in_both_panes(cast: Cast) -> None:
    row, client = brought(cast), cast.client("zhou")
    first, second = places(row)
    page = row.get_absolute_url()
    shown = text(client.get(page))
    for place in (first, second):
        assert shown.count(f'href="{page}lost/{place}/"') == 2, "from the problem, and from where it stands"
    form = text(client.get(f"{page}lost/{first}/"))
    assert "召开座【\ufffd】会" in form
    empty = client.post(f"{page}lost/{first}/", form_of(form) | {"words": ""})
    assert empty.status_code in {200, 422}
    assert client.post(f"{page}lost/{first}/", form_of(form) | {"words": "谈"}).status_code == 302
    row.refresh_from_db()
    plan = read(row.text).plan
    assert plan is not None
    assert plan.original is not None
    assert "召开座谈会" in row.source_text
    assert any("座谈会" in task.title for task in plan.tasks)
    assert len(plan.original.lost) == 1
    assert places(row) == [second]
    shown = text(client.get(page))
    assert "召开座谈会" in shown
    assert sum(one["code"] == "lost" for one in row.understood["doubts"]) == 1


def test_when_all_is_put_right_nothing_is_damaged_and_nothing_has_moved(cast: Cast) -> None:
    row, client = brought(cast), cast.client("zhou")
    page = row.get_absolute_url()
    for words in ("谈谈话话", "查"):
        at = places(row)[0]
        given = form_of(text(client.get(f"{page}lost/{at}/"))) | {"words": words}
        saved = client.post(f"{page}lost/{at}/", given)
        row.refresh_from_db()
        left = [f"{page}lost/{one}/" for one in places(row)]
        assert saved.headers["Location"] == [*left, page][0], "the next passage, and after the last one the plan"
    assert row.source_text == DOCUMENT.strip().replace("座\ufffd会", "座谈谈话话会").replace("自\ufffd报告", "自查报告")
    assert "\ufffd" not in row.text
    key, start, end = next(one for one in row.understood["items"] if one[0] == "tasks-task_2")
    assert "自查报告" in row.source_text[start:end], key
    gone = client.get(f"{page}lost/{at}/")
    assert gone.status_code == 302


def test_after_the_last_passage_comes_the_first_that_was_left(cast: Cast) -> None:
    row, client = brought(cast), cast.client("zhou")
    (first, second), page = places(row), row.get_absolute_url()
    given = form_of(text(client.get(f"{page}lost/{second}/"))) | {"words": "查"}
    told = client.post(f"{page}lost/{second}/", given, follow=True)
    assert told.redirect_chain == [(f"{page}lost/{first}/", 302)]
    assert "还有1处" in text(told)


def test_only_who_may_edit_a_draft_is_led_to_it(cast: Cast) -> None:
    row = brought(cast)
    at, page = places(row)[0], row.get_absolute_url()
    assert f"{page}lost/" not in text(cast.client("wang").get(page))
    assert cast.client("wang").post(f"{page}lost/{at}/", {"words": "谈"}).status_code == 403
    seen = form_of(text(cast.client("zhou").get(f"{page}lost/{at}/")))
    first = cast.client("zhou").post(f"{page}lost/{at}/", seen | {"words": "谈"})
    assert first.status_code == 302
    second = places(PlanVersion.objects.get())[0]
    late = cast.client("zhou").post(f"{page}lost/{second}/", seen | {"words": "查"})
    assert late.status_code != 302, "somebody else was faster"
