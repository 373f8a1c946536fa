"""Small tables that once came in wrong, as they were: each gives its right value (§3.2.2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingyi.authoring.tests.case_books import HEAD
from pingyi.stations.cases.actions import importing, tables
from pingyi.stations.cases.models import Case, HotlineTable
from pingyi.stations.cases.queries import tables as queries
from pingyi.stations.cases.queries import units
from pingyi.stations.cases.tests.conftest import Play
from pingyi.stations.cases.tests.test_actions_tables import CHANNEL, LATER, OPEN, code, looked_at

pytestmark = pytest.mark.django_db
INPUTS = Path(__file__).parent / "inputs"


def opened(play: Play, name: str) -> HotlineTable:
    return kept_as(play, name, (INPUTS / name).read_bytes())


def kept_as(play: Play, name: str, content: bytes) -> HotlineTable:
    kept = tables.keep(name, content=content, channel_id=CHANNEL, by=play.actor("zhou"), at=LATER)
    mapping = queries.opened(kept).mapping
    return tables.settle_columns(kept.token, mapping=mapping, by=play.actor("zhou"), at=LATER)


def test_rows_without_a_number_that_changed_their_state_are_said_before_they_come_in(play: Play) -> None:
    first = opened(play, "no-number-1.csv")
    assert first.preview["again"] == {"count": 0, "rows": []}
    tables.start(first.token, by=play.actor("zhou"), at=LATER)
    for _ in importing.carry_on(now=lambda: LATER):
        pass
    noise = Case.objects.get(title="夜间施工")
    second = opened(play, "no-number-2.csv")
    told = {"row": 2, "said": "夜间施工", "reference": noise.reference}
    assert second.preview["again"] == {"count": 1, "rows": [told]}
    page = play.cast.client("zhou").get(f"/cases/tables/{second.token}/").content.decode()
    assert "会重复进来的行" in page
    assert f"/cases/{noise.reference}/" in page
    assert Case.objects.count() == 2


def test_what_a_page_strikes_out_is_said_before_its_matters_come_in(play: Play) -> None:
    head = "<tr><th>工单编号</th><th>受理时间</th><th>标题</th></tr>"
    row = "<tr><td>A1</td><td>2026-03-02</td><td><s>油烟</s>噪声</td></tr>"
    page = f"<html><meta charset=utf-8><table>{head}{row}</table></html>"
    table = kept_as(play, "三月.xls", page.encode())
    table = tables.settle_units(table.token, sections={}, by=play.actor("zhou"), at=LATER)
    assert [one["what"] for one in table.preview["first"]] == ["噪声"]
    shown = play.cast.client("zhou").get(f"/cases/tables/{table.token}/").content.decode()
    assert "没有读的文字" in shown
    assert "有1处划去、删去或隐藏的字，没有读：“油烟”" in shown


def test_both_spellings_of_a_unit_are_the_section(play: Play) -> None:
    lines = units.of(opened(play, "units-rarer-is-ours.csv"))
    found = {line.name: line.section.reference for line in lines if line.section}
    assert found == {"环境监察大队": "brigade", "环境监察大队（区环保局）": "brigade"}


def test_another_sheet_must_be_one_that_the_file_has(play: Play) -> None:
    table = looked_at(play, OPEN)
    assert code(lambda: tables.choose_sheet(table.token, sheet="四月", by=play.actor("zhou"), at=LATER)) == (
        "table.no_such_sheet"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "table.file.empty"),
        (b"\x00\x01\x02\x03" * 200, "table.file.text"),
        (
            (",".join(HEAD) + '\nG1,2026-03-02,投诉,"噪声,监察队\n' + "G2,2026-03-02,投诉,油烟,监察队\n" * 3).encode(),
            "table.file.open_quote",
        ),
        (",".join(["列"] * 2000).encode() + b"\n1\n", "table.file.too_many_columns"),
        (b'[\n // all requests\n {"a": 1}]', "table.georeport.comment"),
        (b'[{"service_request_id": 1,]', "table.georeport.json"),
        (b"<service_requests><request></service_requests>", "table.georeport.xml"),
        (b"[]", "table.georeport.nothing"),
        (b"<services><service/></services>", "table.georeport.services"),
        (b"service_code=006&description=x", "table.georeport.form"),
    ],
)
def test_a_file_that_gives_no_rows_is_refused_with_what_is_wrong(play: Play, content: bytes, expected: str) -> None:
    def keep() -> HotlineTable:
        return tables.keep("三月.csv", content=content, channel_id=CHANNEL, by=play.actor("zhou"), at=LATER)

    assert code(keep) == expected
    assert not HotlineTable.objects.exists()


def test_a_file_that_is_too_large_is_not_looked_at(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_MEGABYTES", 0)
    assert code(lambda: looked_at(play, OPEN)) == "table.too_large"
