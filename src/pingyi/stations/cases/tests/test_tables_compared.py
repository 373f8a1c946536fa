"""A large list of a hotline is held against ours by the worker, and its page opens when that is done."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from pingyi import clock
from pingyi.authoring.tables import sheets
from pingyi.bureau import shelf
from pingyi.stations.cases.actions import looking
from pingyi.stations.cases.models import HotlineTable, TableComparison
from pingyi.stations.cases.queries import looks, reconcile
from pingyi.stations.cases.tests.conftest import Play
from pingyi.stations.cases.tests.test_actions_tables import CLOSED, OPEN, imported, looked_at

pytestmark = pytest.mark.django_db


def listed(play: Play, monkeypatch: pytest.MonkeyPatch) -> HotlineTable:
    """A large list, looked through; one of its cases is here already, and was closed on another day."""
    imported(play, OPEN, CLOSED)
    monkeypatch.setattr(looks, "LARGE_TABLE", 1)
    looked_at(play, [*CLOSED[:6], "2026-03-16", ""], ["G7", *OPEN[1:]], ["G8", "前天", *OPEN[2:]])
    list(looking.look_on(now=clock.now))
    return HotlineTable.objects.latest("pk")


def test_a_large_list_is_compared_by_the_worker_and_its_page_opens_when_that_is_done(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, client = listed(play, monkeypatch), play.cast.client("zhou")
    path = f"/cases/tables/{table.token}/reconcile/"
    at_once = reconcile.compare(table, on=clock.today())
    assert f'content="4;url={path}"' in client.get(path).content.decode()  # without scripts the page comes again
    assert f'hx-get="{path}"' in client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert client.get(f"{path[:-1]}.xlsx").headers["location"] == path
    list(looking.look_on(now=clock.now))
    shelf.discard(table.sha256)  # no page opens the file again
    assert client.get(path, headers={"HX-Request": "true"}).headers["HX-Redirect"] == path
    assert client.get(path).context["found"] == at_once.shortened
    assert [kind.value for kind, count in at_once.counted if count] == [
        "missing_here", "missing_there", "late_there", "dates",
    ]  # fmt: skip
    assert reconcile.again(TableComparison.objects.get().whole) == at_once
    assert (at_once.unread, table.comparison.looked) == (1, 3)
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{path[:-1]}.xlsx").content))
    assert book.get_sheet_by_index(0).to_python()[1][0] == "G7"


def test_a_comparison_is_made_again_when_asked_and_when_the_columns_were_settled_anew(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, client = listed(play, monkeypatch), play.cast.client("zhou")
    path = f"/cases/tables/{table.token}/"
    client.get(f"{path}reconcile/")
    list(looking.look_on(now=clock.now))
    assert client.post(f"{path}reconcile/").headers["location"] == f"{path}reconcile/"
    assert reconcile.waiting() == TableComparison.objects.get()
    list(looking.look_on(now=clock.now))
    form = client.get(f"{path}columns/").context["form"]
    client.post(f"{path}columns/", {field.html_name: field.value() or "" for field in form})
    assert reconcile.waiting() is None
    assert "http-equiv" in client.get(f"{path}reconcile/").content.decode()
    assert reconcile.waiting() == TableComparison.objects.get()


def test_a_large_list_that_cannot_be_read_to_its_end_says_so_where_it_is_compared(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, client = listed(play, monkeypatch), play.cast.client("zhou")
    path = f"/cases/tables/{table.token}/reconcile/"
    client.get(path)
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    list(looking.look_on(now=clock.now))
    assert client.get(path, headers={"HX-Request": "true"}).headers["HX-Redirect"] == path
    page = client.get(path).content.decode()
    assert "未能对账。请修正文件后重新上传。" in page
    assert "http-equiv" not in page
    table.refresh_from_db()
    assert table.state == "opened"
