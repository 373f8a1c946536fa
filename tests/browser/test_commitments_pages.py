"""The room of commitments with a year under way: promises, the checklist, boards, and what everybody sees of them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from PIL import Image
from playwright.sync_api import expect

from pingyi.bureau import shelf
from pingyi.bureau.tests.cast import Cast
from pingyi.documents.handed_in import HandedIn
from pingyi.stations.commitments.actions import board as boards
from pingyi.stations.commitments.actions import commitment as commitments
from pingyi.stations.commitments.actions import measurement, openness
from pingyi.stations.commitments.models import Commitment, NoticeBoard
from pingyi.stations.commitments.tests.conftest import PROMISING_PLAN
from pingyi.stations.plans.actions import round as rounds
from tests.browser.conftest import Opener, assert_holds_the_look, assert_no_horizontal_scroll, follow, photograph
from tests.browser.ground import Ground

MARCH, JUNE = datetime(2026, 3, 20, 4, tzinfo=UTC), datetime(2026, 6, 30, 4, tzinfo=UTC)
URLS = {
    "commitments": "/commitments/",
    "kept": "/commitments/kept/",
    "draft": "/commitments/add/",
    "commitment": "/commitments/{published}/",
    "measure": "/commitments/{measured}/measure/",
    "measured": "/commitments/{measured}/",
    "edit": "/commitments/{draft}/edit/",
    "check": "/commitments/{proposed}/publish/",
    "withdraw": "/commitments/{published}/withdraw/",
    "openness": "/openness/",
    "openness add": "/openness/add/",
    "openness item": "/openness/{item}/",
    "openness show": "/openness/{missing}/show/",
    "openness return": "/openness/{item}/return/",
    "boards": "/boards/",
    "board place": "/boards/place/",
    "board publish": "/boards/publish/?section=brigade",
    "board": "/boards/{board}/",
    "board hang": "/boards/{board}/hang/",
    "board take down": "/boards/{board}/take-down/",
}
PUBLIC = {
    "promised": "/commitments/",
    "promise": "/commitments/{published}/",
    "open": "/openness/",
    "scanned old": "/boards/{board}/1/",
    "scanned new": "/boards/{board}/2/",
    "screen": "/boards/{board}/screen/",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of all tests of this module lie."""
    return tmp_path_factory.mktemp("proofs")


@pytest.fixture
def places(cast: Cast, ground: Ground, settings: Any, folder: Path) -> dict[str, str]:
    """A round in which sections promise, show and hang; what stands for the names in the addresses."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    storages["default"]
    return ground.laid("commitments", lambda: under_way(cast))


def under_way(cast: Cast) -> dict[str, str]:
    zhou, wang = cast.actor("zhou"), cast.actor("wang")
    rounds.open_round("version", text=PROMISING_PLAN, by=zhou, at=MARCH)
    published = in_force(cast, what="群众投诉件受理后办结并答复", amount=10, case_kind="complaint")
    measured = in_force(cast, what="来电铃响三声内接听", amount=1, unit="minutes", measured_by="总机录音")
    first = openness.add(sections=["brigade"], items=["fee_rates", "fee_basis", "license_time"], by=zhou, at=MARCH)
    openness.show(first[0].reference, url="https://www.example.cn/fees", proofs=[picture()], by=wang, at=MARCH)
    openness.accept(first[0].reference, by=zhou, at=MARCH)
    board = boards.place(place="办公楼一楼大厅东侧立柱", section="brigade", by=wang, at=MARCH)
    words = {"mailbox": "jiandu@example.cn", "telephone": "0531-88881234"}
    boards.publish(section="brigade", **words, by=zhou, at=MARCH)
    boards.hang(board.reference, edition=1, photograph=picture(), by=wang, at=MARCH)
    in_force(cast, what="窗口午间不断岗", kind="convenience", amount=None)
    proposed = draft(cast, what="咨询当日答复", amount=0)
    drafted = draft(cast, what="监测报告三日送达", amount=3)
    figures = {"begins_on": MARCH.date(), "ends_on": JUNE.date(), "total": 46, "kept": 45, "source": "总机录音抽查表"}
    measurement.measure(measured.reference, **figures, by=wang, at=JUNE)
    boards.publish(section="brigade", **words, by=zhou, at=JUNE)
    commitments.propose(proposed.reference, by=wang, at=JUNE)
    return {
        "published": published.reference, "measured": measured.reference, "board": board.reference,
        "proposed": proposed.reference, "draft": drafted.reference,
        "item": first[0].reference, "missing": first[1].reference,
    }  # fmt: skip


def draft(cast: Cast, **words: Any) -> Commitment:
    given = {"section": "brigade", "unit": "working", "measured_by": "工单系统的办结日期", **words}
    return commitments.draft(**given, by=cast.actor("wang"), at=MARCH)


def in_force(cast: Cast, **words: Any) -> Commitment:
    row = draft(cast, **words)
    commitments.propose(row.reference, by=cast.actor("wang"), at=MARCH)
    return commitments.publish(row.reference, by=cast.actor("zhou"), at=MARCH)


def picture() -> shelf.Kept:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "firebrick").save(out, "JPEG")
    return shelf.put(HandedIn(name="现场照片.jpg", mime="image/jpeg", content=out.getvalue()))


@pytest.mark.parametrize("name", URLS)
def test_a_page_fits_and_is_accessible(name: str, places: dict[str, str], page_at: Opener) -> None:
    page = page_at(URLS[name].format(**places), who="zhou" if name != "draft" else "wang")
    assert_holds_the_look(page, f"commitments-{name}", keyboard=True)


@pytest.mark.parametrize("name", PUBLIC)
def test_what_everybody_sees_fits_and_is_accessible(name: str, places: dict[str, str], page_at: Opener) -> None:
    page = page_at(PUBLIC[name].format(**places))
    assert_holds_the_look(page, f"commitments-public-{name}", keyboard=True)


def test_a_head_hangs_a_board_with_a_photograph_from_the_phone(
    places: dict[str, str], page_at: Opener, tmp_path: Path
) -> None:
    shot = tmp_path / "大厅.jpg"
    Image.new("RGB", (800, 600), "white").save(shot, "JPEG")
    page = page_at("/desk/", who="wang", width=360)
    follow(page.get_by_role("link", name="更换公示牌：办公楼一楼大厅东侧立柱"))
    follow(page.get_by_role("link", name="登记张挂"))
    page.get_by_label("公示牌张挂现场照片").set_input_files(shot)
    follow(page.get_by_role("button", name="登记"))
    expect(page.get_by_text("已登记：此版已张挂。")).to_be_visible()
    assert NoticeBoard.objects.get(reference=places["board"]).hung == 2


def test_a_screen_on_a_wall_needs_no_scrolling_sideways_at_any_width(places: dict[str, str], page_at: Opener) -> None:
    page = page_at(f"/boards/{places['board']}/screen/", width=1920)
    for width in (1920, 1080, 3840):
        page.set_viewport_size({"width": width, "height": 1080})
        assert_no_horizontal_scroll(page)
        photograph(page, f"commitments-public-screen-{width}")


def test_a_passer_by_learns_from_an_old_board_what_changed(places: dict[str, str], page_at: Opener) -> None:
    page = page_at(f"/boards/{places['board']}/1/", width=360)
    expect(page.get_by_text("此公示牌已过期：牌上为第1版，最新为第2版")).to_be_visible()
    expect(page.locator("ins", has_text="窗口午间不断岗")).to_be_visible()
