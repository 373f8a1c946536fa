"""A print that was changed by hand, brought in: its differences on the page, each taken or left (§0)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pingyi.authoring.printing.render import to_html
from pingyi.authoring.read import read
from pingyi.authoring.tests.plans import shipped_plan
from pingyi.bureau.tests.cast import Cast
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.tests.test_version_views import bring, text

pytestmark = pytest.mark.django_db


def test_what_was_changed_in_a_print_is_taken_or_left_one_by_one(cast: Cast) -> None:
    client, plan = cast.client("zhou"), shipped_plan()
    page = to_html(plan).replace("低于80分。", "低于20分。").replace("清环〔2026〕8号", "清环〔2026〕9号")
    where = bring(client, file=SimpleUploadedFile("方案.html", page.encode())).headers["Location"]
    said = text(client.get(where))
    assert "有 2 处改动，其中 2 处按正文采用" in said
    assert "文号：由“清环〔2026〕8号”改为“清环〔2026〕9号”" in said
    assert "由“80”改为“20”" in said
    form = text(client.get(f"{where}by-hand/"))
    assert form.count("checked") == 2
    row = PlanVersion.objects.get()
    given = {"seen_sha256": row.text_sha256, "taken": ["number"]}
    assert client.post(f"{where}by-hand/", given).status_code == 302
    row.refresh_from_db()
    assert read(row.text).plan == replace(plan, number="清环〔2026〕9号")
    said = text(client.get(where))
    assert "其中 1 处按正文采用" in said
    assert "保留打印时的内容" in said


def test_changes_in_a_print_are_not_chosen_over_what_a_person_wrote(cast: Cast) -> None:
    client = cast.client("zhou")
    page = to_html(shipped_plan()).replace("清环〔2026〕8号", "清环〔2026〕9号")
    where = bring(client, file=SimpleUploadedFile("方案.html", page.encode())).headers["Location"]
    row = PlanVersion.objects.get()
    written = row.text.replace("清环〔2026〕9号", "清环〔2026〕10号")
    assert client.post(f"{where}text/", {"seen_sha256": row.text_sha256, "text": written}).status_code == 302
    assert f"{where}by-hand/" not in text(client.get(where))
    response = client.post(f"{where}by-hand/", {"seen_sha256": row.text_sha256, "taken": []}, follow=True)
    assert "方案读入后已经改动" in text(response)
    row.refresh_from_db()
    assert row.text == written


@pytest.mark.parametrize("taken", [["nothing"], ["number", "x"]])
def test_a_change_that_is_not_there_cannot_be_taken(cast: Cast, taken: list[str]) -> None:
    client = cast.client("zhou")
    page = to_html(shipped_plan()).replace("清环〔2026〕8号", "清环〔2026〕9号")
    where = bring(client, file=SimpleUploadedFile("方案.html", page.encode())).headers["Location"]
    before = PlanVersion.objects.get()
    response = client.post(f"{where}by-hand/", {"seen_sha256": before.text_sha256, "taken": taken})
    assert response.status_code != 302
    assert PlanVersion.objects.get().text == before.text
