"""`pingyi plan import` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pingyi.authoring.printing.render import to_html
from pingyi.authoring.read import read_plan
from pingyi.authoring.tests.plans import shipped_plan
from pingyi.cli.plan_import import import_plan
from pingyi.cli.plan_import_words import PARTS, WORDS

TEXT = """清源区环境保护局2026年民主评议实施方案
一、评议对象
局机关各科室、站、大队。
二、评议内容
1、依法行政情况。
2、服务态度情况。
三、方法步骤
（一）动员阶段（3月1日至3月31日）。召开动员会议。
（二）总结阶段（11月1日至12月31日）。各科室于11月15日前将总结报局监察室。对得分低于80分的科室限期整改。
今年天气很好。
"""


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    made.command()(import_plan)
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "方案.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_summary_names_what_was_understood_and_what_was_not(app: typer.Typer, file: Path) -> None:
    result = CliRunner().invoke(app, [str(file)])
    assert result.exit_code == 0
    assert "动员阶段" in result.stdout
    assert "今年天气很好。" in result.stdout


def test_the_plan_is_written_and_read_back(app: typer.Typer, file: Path, tmp_path: Path) -> None:
    output = tmp_path / "plan.yaml"
    assert CliRunner().invoke(app, [str(file), "-o", str(output)]).exit_code == 0
    plan, _ = read_plan(output.read_text(encoding="utf-8"))
    assert plan is not None
    assert plan.issuer == "清源区环境保护局"


def test_json_holds_items_with_their_places(app: typer.Typer, file: Path) -> None:
    result = CliRunner().invoke(app, [str(file), "--json"])
    found = json.loads(result.stdout)
    assert found["usable"] is True
    phase = next(item for item in found["items"] if item["path"] == "phases[0]")
    assert "动员阶段" in found["text"][phase["start"] : phase["end"]]


@pytest.mark.parametrize("content", [b"", b"\x89PNG....", "床前明月光，疑是地上霜。".encode()])
def test_nothing_usable_ends_with_one(app: typer.Typer, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    output = tmp_path / "plan.yaml"
    assert CliRunner().invoke(app, [str(path), "-o", str(output)]).exit_code == 1
    assert not output.exists()


def test_a_missing_file_or_preset_is_said(app: typer.Typer, file: Path) -> None:
    assert CliRunner().invoke(app, ["no-such-file"]).exit_code == 1
    assert CliRunner().invoke(app, [str(file), "--preset", "other"]).exit_code == 1


def test_every_part_has_a_name() -> None:
    assert set(PARTS) <= set(WORDS)


def test_a_printed_plan_is_known_and_taken_over_whole(app: typer.Typer, tmp_path: Path) -> None:
    page, output = tmp_path / "方案.html", tmp_path / "plan.yaml"
    page.write_text(to_html(shipped_plan()), encoding="utf-8")
    result = CliRunner().invoke(app, [str(page), "-o", str(output)])
    assert result.exit_code == 0
    assert f"这是打印的方案“{shipped_plan().title}”，未经改动" in result.stdout.replace("\n", "")
    assert read_plan(output.read_text(encoding="utf-8"))[0] == shipped_plan()
    told = json.loads(CliRunner().invoke(app, [str(page), "--json"]).stdout)
    assert told["carried"] == "unchanged"


def test_a_printed_plan_that_was_changed_says_what_was_changed(app: typer.Typer, tmp_path: Path) -> None:
    page = tmp_path / "方案.html"
    page.write_text(to_html(shipped_plan()).replace("低于80分。", "低于20分。"), encoding="utf-8")
    told = json.loads(CliRunner().invoke(app, [str(page), "--json"]).stdout)
    assert told["carried"] == "changed"
    assert told["problems"][0]["code"] == "print.differs"
    (change,) = told["changes"]  # one score, wherever the print says it
    assert (set(change["before"]), set(change["after"]), change["taken"]) == ({"80"}, {"20"}, True)
