"""§0: a document of the bureau opens the year — read, mended, adopted by two persons, amended by a new version."""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from pingyi.bureau.tests.acceptances import accept_all
from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.stations.plans.models import PlanVersion, Round, Task
from pingyi.stations.plans.tests.confirming import all_looked_at
from pingyi.stations.plans.tests.test_version_views import PROSE, form_of

pytestmark = [pytest.mark.django_db]


def text(response: Any) -> str:
    return str(response.content.decode())


def as_word(prose: str) -> SimpleUploadedFile:
    document = Document()
    for line in prose.splitlines():
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return SimpleUploadedFile("方案.docx", buffer.getvalue())


def test_a_word_document_becomes_the_plan_of_the_year_and_is_amended(cast: Cast) -> None:
    officer, leader, visitor = cast.client("zhou"), cast.client("sun"), Client()

    # The office hands the document in, and sees text and understanding side by side.
    page = officer.post("/plan/bring/", {"file": as_word(PROSE)}).headers["Location"]
    bench = text(officer.get(page))
    assert "宣传发动" in bench
    assert re.search(r'href="#t-phases-[^"]+"', bench)

    # What the document does not say is confirmed; a due date is corrected in a form.
    row = PlanVersion.objects.get()
    officer.post(f"{page}confirm/", all_looked_at(row))
    row.refresh_from_db()
    given = form_of(text(officer.get(f"{page}parts/phases/")))
    assert officer.post(f"{page}parts/phases/", {**given, "0-name": "动员部署"}).status_code == 302

    # One person proposes, the same person cannot adopt, another does.
    assert officer.post(f"{page}propose/").status_code == 302
    assert officer.post(f"{page}adopt/").status_code == 422
    # Nobody adopts it while a term that a name promises is missing; the office gives its reason, under its name.
    assert leader.post(f"{page}adopt/").status_code == 422
    assert "plan.terms" in accept_all(officer, "adopt", row.reference)
    assert "本年照此办理" in text(leader.get(f"/ready/adopt/{row.reference}/"))
    assert leader.post(f"{page}adopt/").status_code == 302
    opened = Round.objects.get()
    assert opened.year == 2026
    assert Task.objects.filter(round=opened).exists()

    # Everybody reads it; whoever has the text finds its digest in the record.
    assert "动员部署" in text(visitor.get("/plan/"))
    digest = hashlib.sha256(visitor.get("/plan/plan.yaml").content).hexdigest()
    assert digest in Entry.objects.filter(verb="plan.adopt").latest("pk").body

    # A frozen text is not edited; a new version carries the change, and says what it changes.
    frozen = {"text": "title: x", "seen_sha256": opened.plan_sha256}
    assert officer.post(f"{page}text/", frozen).status_code == 422
    second = officer.post(f"{page}amend/", {"reason": "上级通知"}).headers["Location"]
    given = form_of(text(officer.get(f"{second}parts/phases/")))
    officer.post(f"{second}parts/phases/", {**given, "2-ends_on": "2026-11-29"})
    officer.post(f"{second}propose/")
    assert "由“2026年11月30日”改为“2026年11月29日”" in text(leader.get(f"{second}adopt/"))
    assert leader.post(f"{second}adopt/").status_code == 302
    assert "2026年11月29日" in text(visitor.get("/plan/"))
    opened.refresh_from_db()
    assert opened.plan_version == second.rstrip("/").rpartition("/")[2]
    verbs = list(Entry.objects.filter(verb__startswith="plan.").order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "plan.draft", "plan.edit", "plan.edit", "plan.propose", "plan.adopt", "plan.amend", "plan.edit",
        "plan.propose", "plan.adopt",
    ]  # fmt: skip
