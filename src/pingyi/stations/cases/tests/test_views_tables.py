"""The pages of hotlines' tables: who may open them, and what they say when something is wrong."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pingyi import clock
from pingyi.authoring.tables import asked, sheets
from pingyi.authoring.tests.case_books import HEAD, csv_of, workbook
from pingyi.bureau.models import Notice
from pingyi.stations.cases.actions import importing, looking
from pingyi.stations.cases.models import Case, HotlineTable
from pingyi.stations.cases.queries import looks
from pingyi.stations.cases.tests.conftest import Play
from pingyi.stations.cases.tests.test_actions_tables import CLOSED, LATER, OPEN, imported, know_units, looked_at

pytestmark = pytest.mark.django_db


def brought(play: Play, content: bytes, *, name: str = "三月.csv") -> HotlineTable:
    file = SimpleUploadedFile(name, content)
    answer = play.cast.client("zhou").post("/cases/tables/", {"channel_id": "hotline_12345", "table": file})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    found: HotlineTable = HotlineTable.objects.latest("pk")
    return found


@pytest.mark.parametrize("path", ["", "x/", "x/columns/", "x/units/", "x/reconcile/", "x/set-aside.xlsx"])
def test_only_the_supervision_office_opens_the_pages(play: Play, path: str) -> None:
    for who in ("wang", "wu", "he"):
        assert play.cast.client(who).get(f"/cases/tables/{path}").status_code == 403


def test_a_table_that_is_not_there_is_said_to_be_missing(play: Play) -> None:
    for path in ("x/", "x/columns/", "x/units/", "x/reconcile/", "x/set-aside.xlsx", "x/start/"):
        assert play.cast.client("zhou").get(f"/cases/tables/{path}").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "空"), (b"%PDF-1.7", "PDF"), (b"PK\x03\x04x", "打不开"), (b"hello", "没有找到表头")]
)
def test_a_file_that_is_no_table_is_told_in_words_and_nothing_is_kept(play: Play, content: bytes, words: str) -> None:
    client = play.cast.client("zhou")
    file = SimpleUploadedFile("x.csv", content)
    answer = client.post(
        "/cases/tables/", {"channel_id": "hotline_12345", "table": file}, headers={"accept-language": "zh-hans"}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not HotlineTable.objects.exists()


def test_the_page_of_the_columns_stands_in_the_sites_own_frame(play: Play) -> None:
    table = brought(play, csv_of(HEAD, OPEN))
    page = play.cast.client("zhou").get(f"/cases/tables/{table.token}/columns/").content.decode()
    assert "周明" in page, "who is signed in"
    assert 'href="/desk/"' in page, "the way to the desk"


def test_of_a_workbook_with_several_sheets_another_can_be_chosen(play: Play) -> None:
    book = workbook(("三月", [HEAD, OPEN]), ("四月", [HEAD, CLOSED]))
    table = brought(play, book, name="二季度.xlsx")
    client = play.cast.client("zhou")
    assert "四月" in client.get(f"/cases/tables/{table.token}/columns/").content.decode()
    client.post(f"/cases/tables/{table.token}/sheet/", {"sheet": "四月"})
    assert "环评怎样办理" in client.get(f"/cases/tables/{table.token}/columns/").content.decode()


def test_a_columns_page_posted_with_nonsense_changes_nothing(play: Play) -> None:
    table = brought(play, csv_of(HEAD, OPEN))
    answer = play.cast.client("zhou").post(f"/cases/tables/{table.token}/columns/", {"column-0": "no such field"})
    assert answer.status_code == 422
    table.refresh_from_db()
    assert table.mapping == {}


def test_days_that_nothing_tells_apart_are_asked_about_and_the_table_goes_on_once_it_was_said(play: Play) -> None:
    said = "小区旁边的工地夜里一直施工，吵得人睡不着觉，希望尽快协调处理"
    rows = [[f"2026-03-{n:02}", f"2026-03-{n + 5:02}", f"2026-03-{n + 9:02}", f"{said}{n}"] for n in range(1, 9)]
    table = brought(play, csv_of(["受理时间", "甲日", "乙日", "诉求内容"], *rows))
    client, path = play.cast.client("zhou"), f"/cases/tables/{table.token}/columns/"
    assert "哪一列是办结期限，哪一列是办结时间" in client.get(path).content.decode()
    given = {"column-0": "received_at", "column-1": "closed_at", "column-2": "", "column-3": "text"}
    silent = client.post(path, given)
    assert silent.status_code == 422
    assert "请填写此项" in silent.content.decode()
    table.refresh_from_db()
    assert table.mapping == {}
    assert client.post(path, given | {"column-2": "-"}).status_code == 302
    table.refresh_from_db()
    assert table.mapping["fields"] == ["received_at", "closed_at", "", "text"]
    again = brought(play, csv_of(["受理时间", "甲日", "乙日", "诉求内容"], *rows[:5]))
    page = client.get(f"/cases/tables/{again.token}/columns/").content.decode()
    assert "哪一列是办结期限" not in page, "this hotline's columns are known"


def test_an_import_can_be_stopped_and_gone_on_with_from_its_page(play: Play) -> None:
    know_units(play)
    table = HotlineTable.objects.latest("pk")
    client = play.cast.client("zhou")
    assert client.post(f"/cases/tables/{table.token}/start/").status_code == 302
    assert client.post(f"/cases/tables/{table.token}/stop/").status_code == 302
    assert not list(importing.carry_on(now=clock.now))
    assert client.post(f"/cases/tables/{table.token}/resume/").status_code == 302
    assert sum(importing.carry_on(now=clock.now)) == 2
    assert client.post(f"/cases/tables/{table.token}/stop/").status_code == 422


def test_a_section_is_told_once_how_many_cases_wait_for_it(play: Play) -> None:
    know_units(play)
    imported(play, OPEN, ["G7", *OPEN[1:]], CLOSED)
    notice = Notice.objects.get(code="table.offered")
    assert (notice.to, notice.facts) == (play.cast.wang, {"count": 2})


def test_the_part_that_is_fetched_again_brings_the_steps_along(play: Play) -> None:
    know_units(play)
    table = HotlineTable.objects.latest("pk")
    client = play.cast.client("zhou")
    client.post(f"/cases/tables/{table.token}/start/")
    path = f"/cases/tables/{table.token}/"
    for _ in importing.carry_on(now=clock.now):
        pass
    part = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert part.count('id="steps" hx-swap-oob="true"') == part.count('id="progress"') == 1
    assert "step-now" not in part
    whole = client.get(path).content.decode()
    assert (whole.count('id="steps"'), "hx-swap-oob" in whole) == (1, False)


def test_a_large_table_is_looked_through_by_the_worker_while_its_page_tells_how_far(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "LARGE_FILE", 100)
    monkeypatch.setattr(looks, "LARGE_TABLE", 1)
    table, client = brought(play, csv_of(HEAD, OPEN, CLOSED)), play.cast.client("zhou")
    path = f"/cases/tables/{table.token}/"
    waiting = client.get(path).content.decode()
    assert (table.state, table.read) == ("looking", [])
    assert f'content="4;url={path}?looked=1"' in waiting  # without scripts the page comes again by itself
    assert client.get(f"{path}columns/").status_code == client.post(f"{path}columns/").status_code == 302
    assert client.post(f"{path}start/").status_code == 422
    list(looking.look_on(now=lambda: LATER))
    part = client.get(f"{path}?looked=1", headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == f"{path}columns/"
    form = client.get(f"{path}columns/").context["form"]
    answer = client.post(f"{path}columns/", {field.html_name: field.value() or "" for field in form})
    assert answer.headers["location"] == path
    assert 'max="2"' in client.get(path).content.decode()
    list(looking.look_on(now=lambda: LATER))
    assert client.get(f"{path}?looked=1").headers["location"] == f"{path}units/"
    table.refresh_from_db()
    assert (table.state, table.looked, table.preview["new"]) == ("opened", 2, 2)


def test_a_large_table_that_ends_in_the_middle_says_so_and_nothing_is_imported(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "LARGE_FILE", 100)
    monkeypatch.setattr(asked, "LONG_FILE", 100)
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    table, client = brought(play, csv_of(HEAD, OPEN, CLOSED)), play.cast.client("zhou")
    list(looking.look_on(now=lambda: LATER))
    page = client.get(f"/cases/tables/{table.token}/").content.decode()
    assert "没有导入任何一行" in page
    assert "2" in page
    assert client.post(f"/cases/tables/{table.token}/resume/").status_code == 422
    assert not Case.objects.exists()


def test_a_worker_that_ends_while_it_looks_leaves_nothing_and_the_next_begins_anew(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "LARGE_TABLE", 1)
    table = looked_at(play, OPEN, CLOSED)
    with pytest.raises(KeyboardInterrupt):
        list(looking.look_on(now=lambda: LATER, between=_interrupted))
    table.refresh_from_db()
    assert (table.state, table.preview) == ("looking", {})
    list(looking.look_on(now=lambda: LATER))
    table.refresh_from_db()
    assert (table.state, table.preview["new"]) == ("opened", 2)


def _interrupted() -> None:
    raise KeyboardInterrupt
