"""The one-time notice on paper: everything that is missing, once, for the citizen to keep (一次性告知, §3.2.3)."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from django.core.cache import cache
from django.test import Client

from pingyi.stations.cases.actions import clock
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.tests.conftest import MONDAY, Play

pytestmark = pytest.mark.django_db
PAPERS = "营业执照副本\n环评批复"


@pytest.fixture
def case(play: Play) -> Case:
    cache.clear()
    held = play.held()
    told = {"papers": PAPERS, "basis": "行政许可法第三十二条"}
    clock.notify(held.reference, **told, by=play.actor("zhao"), at=MONDAY)
    return play.fresh(held)


def words(content: bytes) -> str:
    said = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(content)))
    return "".join(said.split())


def test_the_paper_says_who_asks_for_what_on_which_ground_and_leaves_room_to_sign(play: Play, case: Case) -> None:
    answer = play.cast.client("zhao").get(f"/cases/{case.reference}/one-time-notice/1.pdf")
    said = words(answer.content)
    for expected in (
        case.reference,
        case.title,
        "赵敏",
        "1.营业执照副本",
        "2.环评批复",
        "第三十二条",
        "印章",
        "签收",
        "2026年3月16日",
    ):
        assert expected in said
    assert answer.headers["Content-Type"] == "application/pdf"


def test_the_applicant_stays_masked_on_both_copies(play: Play, case: Case) -> None:
    pages = [
        play.cast.client("zhao").get(f"/cases/{case.reference}/one-time-notice/1/").content.decode(),
        Client().get(f"/follow/{case.follow_code}/one-time-notice/1/").content.decode(),
        words(Client().get(f"/follow/{case.follow_code}/one-time-notice/1.pdf").content),
    ]
    for page in pages:
        assert "林" in page
        assert "林先生" not in page
        assert "13800000001" not in page


def test_a_second_notice_does_not_say_that_the_clock_stands_still(play: Play, case: Case) -> None:
    clock.notify(case.reference, papers="租赁合同", by=play.actor("zhao"), at=MONDAY)
    page = play.cast.client("zhao").get(f"/cases/{case.reference}/one-time-notice/2/").content.decode()
    assert "不因本次告知而停止计算" in page
    assert "不计入办理时限" not in page


def test_other_sections_and_wrong_numbers_find_nothing(play: Play, case: Case) -> None:
    assert play.cast.client("chen").get(f"/cases/{case.reference}/one-time-notice/1/").status_code == 404
    assert play.cast.client("zhao").get(f"/cases/{case.reference}/one-time-notice/3.pdf").status_code == 404
    assert Client().get("/follow/WRONGCODE/one-time-notice/1/").status_code == 404


def test_the_case_and_the_citizens_page_lead_to_it(play: Play, case: Case) -> None:
    assert "/one-time-notice/1/" in play.cast.client("zhao").get(f"/cases/{case.reference}/").content.decode()
    assert "/one-time-notice/1/" in Client().get(f"/follow/{case.follow_code}/").content.decode()
