"""Wrong tables through the page: each is answered at once with what to do, and nothing of it is taken."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pingyi import clock
from pingyi.authoring.tests.evidence_books import workbook
from pingyi.bureau.tests.cast import Cast
from pingyi.stations.results.models import EvidenceBatch, EvidencePage, EvidenceUpload
from pingyi.stations.results.tests import stage

HEAD = ["科室", "指标", "来源", "日期", "数值", "权重", "佐证"]
DAY = date(2026, 8, 20)
WHOLE = workbook([HEAD, ["办公室", "案卷评查得分", "明察暗访", DAY, 90, 1, "卷-1"]])


@pytest.fixture(autouse=True)
def _autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: stage.AFTER)
    monkeypatch.setattr(clock, "today", stage.AFTER.date)


def row(**changes: object) -> list[object]:
    good = dict(zip(HEAD, ["办公室", "案卷评查得分", "明察暗访", DAY, 90, 1, "卷-1"], strict=True))
    return list({**good, **changes}.values())


def hand_in(client: Client, content: bytes, name: str = "佐证.xlsx") -> str:
    answer = client.post("/results/evidence/", {"table": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def archive(**files: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n" + b"x" * 900, "这是PDF，不是表格"),
        (b"\xff\xd8\xff\xe0" + b"x" * 900, "这是JPEG，不是表格"),
        (archive(notes="x"), "这是ZIP，不是表格"),
        (WHOLE[: len(WHOLE) // 2], "已损坏或内容不全"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000, "表格打不开"),
        ("今天天气很好。\n".encode(), "没有找到表头"),
    ],
    ids=["pdf", "photograph", "zip", "cut off", "broken xls", "prose"],
)
def test_a_file_that_is_no_table_is_answered_with_one_sentence(cast: Cast, content: bytes, said: str) -> None:
    stage.open_year(cast)
    client = cast.client("zhou")
    place = hand_in(client, content)
    page = client.get(place).content.decode()
    assert said in page
    assert 'type="file"' in page  # the next file is handed in right here
    assert client.post(place, {}).status_code == 422
    assert not EvidenceBatch.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"科室": "环境监查大队"}, "是不是“环境监察大队”"),
        ({"科室": "很长" * 300}, "照名单更正"),
        ({"科室": "<script>alert(1)</script>"}, "&lt;script&gt;"),
        ({"数值": "九十分"}, "“九十分”不是数"),
        ({"数值": 120}, "超过满分"),
        ({"数值": -3}, "小于0"),
        ({"日期": "八月份"}, "“八月份”不是日期"),
        ({"来源": "明查"}, "没有“明查”这个来源"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row_and_column(cast: Cast, wrong: dict[str, object], said: str) -> None:
    stage.open_year(cast)
    client = cast.client("zhou")
    place = hand_in(client, workbook([HEAD, row(), row(**wrong, 佐证="卷-2")]))
    page = client.get(place).content.decode()
    assert said in page
    assert f'data-label="列">{next(iter(wrong))}</td>' in page
    assert "很长" * 100 not in page
    assert client.post(place, {}).status_code == 422
    assert not EvidencePage.objects.exists()  # the good row is not taken either


def test_full_width_digits_and_serial_dates_are_read_for_what_they_mean(cast: Cast) -> None:
    stage.open_year(cast)
    client = cast.client("zhou")
    place = hand_in(client, workbook([HEAD, row(数值="９５．５", 日期=46254)]))
    page = client.get(place).content.decode()
    assert "95.5" in page
    assert "2026-08-20" in page
    assert client.post(place, {}).status_code == 302


def test_the_preview_speaks_in_names_not_in_ids(cast: Cast) -> None:
    stage.open_year(cast)
    client = cast.client("zhou")
    place = hand_in(client, workbook([HEAD, row()]))
    page = client.get(place).content.decode()
    assert "案卷评查得分" in page
    assert "inspection_files" not in page


def test_pressing_twice_imports_once_and_leads_to_the_list(cast: Cast) -> None:
    stage.open_year(cast)
    client = cast.client("zhou")
    place = hand_in(client, WHOLE)
    assert client.post(place, {}).status_code == 302
    second = client.post(place, {}, follow=True)
    assert second.redirect_chain == [("/results/evidence/", 302)]
    assert "是否已导入" in second.content.decode()
    assert EvidenceBatch.objects.count() == 1


def test_two_persons_with_one_file_import_it_once(cast: Cast) -> None:
    stage.open_year(cast)
    mine, other = cast.client("zhou"), cast.client("li")
    places = hand_in(mine, WHOLE), hand_in(other, WHOLE)
    assert mine.post(places[0], {}).status_code == 302
    refused = other.post(places[1], {})
    assert refused.status_code == 422
    assert "请先撤回原表" in refused.content.decode()
    assert EvidenceBatch.objects.count() == 1


@pytest.mark.parametrize("rows", [10_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_a_table_of_many_rows_is_taken_whole(cast: Cast, rows: int) -> None:
    stage.open_year(cast)
    client = cast.client("zhou")
    lines = [f"办公室,案卷评查得分,明察暗访,2026-08-20,{60 + number % 40},1,卷-{number}" for number in range(rows)]
    place = hand_in(client, "\n".join([",".join(HEAD), *lines]).encode("gb18030"), name="全年.csv")
    assert str(rows) in client.get(place).content.decode()
    assert client.post(place, {}).status_code == 302
    assert EvidenceBatch.objects.get().rows == rows
    assert not EvidenceUpload.objects.exists()


def test_two_hundred_problems_are_shown_and_all_are_in_the_download(cast: Cast) -> None:
    stage.open_year(cast)
    client = cast.client("zhou")
    rows = [row(科室="没有的科", 佐证=f"卷-{number}") for number in range(500)]
    place = hand_in(client, workbook([HEAD, *rows]))
    page = client.get(place).content.decode()
    assert page.count('data-label="如何处理"') == 200
    assert "下载的表格列出全部" in page
    assert len(client.get(place + "problems.csv").content.decode("utf-8-sig").splitlines()) == 501


def test_a_session_that_ended_leads_back_to_the_form(cast: Cast) -> None:
    stage.previewed(cast)
    answer = Client().post("/results/object/", {"text": "x"}, headers={"referer": "http://testserver/results/object/"})
    assert answer.headers["Location"] == "/accounts/login/?next=/results/object/"
