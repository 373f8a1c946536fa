"""`pingyi plan import` of a print that was changed by hand: its changes have numbers, each taken or left (§0)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from pingyi.authoring.emit import to_yaml
from pingyi.authoring.printing.render import to_html
from pingyi.authoring.read import read_plan
from pingyi.authoring.tests.plans import shipped_plan
from pingyi.cli.plan_import import import_plan
from pingyi.documents.tests.prints import FORMATS
from pingyi.rules.plan import Plan

NUMBER = ("清环〔2026〕8号", "清环〔2026〕9号")
SCORE = ("低于80分。", "低于20分。")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "方案.html"
    path.write_text(to_html(shipped_plan()).replace(*NUMBER).replace(*SCORE), encoding="utf-8")
    return path


def _run(*words: str) -> Result:
    app = typer.Typer()
    app.command()(import_plan)
    return CliRunner().invoke(app, [*words])


def _written(file: Path, *words: str) -> Plan | None:
    output = file.with_name("plan.yaml")
    assert _run(str(file), "-o", str(output), *words).exit_code == 0
    return read_plan(output.read_text(encoding="utf-8"))[0]


def _changes(file: Path, *words: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(_run(str(file), "--json", *words).stdout)["changes"]
    return told


def test_the_changes_are_listed_with_their_numbers(file: Path) -> None:
    said = _run(str(file)).stdout.replace("\n", "")
    assert "  1. ± 文号：由“清环〔2026〕8号”改为“清环〔2026〕9号”" in said
    assert "  2. ± " in said
    assert "--take" in said
    assert [(one["number"], one["taken"]) for one in _changes(file)] == [(1, True), (2, True)]


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ((), {1, 2}),
        (("--leave", "2"), {1}),
        (("--leave", "1，2"), set()),
        (("--leave", "all"), set()),
        (("--leave", "all", "--take", "2"), {2}),
        (("--take", "all", "--leave", "2"), {1}),
        (("--take", "1", "--leave", "2"), {1}),
        (("--take", "ALL"), {1, 2}),
        (("--leave", "全部"), set()),
    ],
)
def test_each_change_is_taken_or_left(file: Path, words: tuple[str, ...], taken: set[int]) -> None:
    assert {one["number"] for one in _changes(file, *words) if one["taken"]} == taken
    plan = _written(file, *words)
    assert plan is not None
    assert plan.number == NUMBER[1 in taken]
    assert (plan.triggers == shipped_plan().triggers) is (2 not in taken)


def test_what_is_left_leaves_the_printed_plan(file: Path) -> None:
    assert _written(file, "--leave", "all") == shipped_plan()
    assert _written(file, "--leave", "2") == replace(shipped_plan(), number=NUMBER[1])
    said = _run(str(file), "--leave", "2").stdout.replace("\n", "")
    assert "保留打印时的内容" in said
    assert "有 2 处改动，其中 1 处按正文采用" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--take", "3"), ("没有第 3 处改动", "no change number 3")),
        (("--leave", "0"), ("编号从 1 到 2", "numbered from 1 to 2")),
        (("--take", "first"), ("“first”不是改动的编号", '"first" is no number')),
        (("--take", "1-2"), ("“1-2”不是改动的编号", '"1-2" is no number')),
        (("--take", "1", "--leave", "1,2"), ("第 1 处改动既要采用又要保留", "number 1 is both")),
        (("--take", "all", "--leave", "all"), ("不能既全部采用又全部保留", "cannot both be taken")),
    ],
)
def test_a_choice_that_cannot_be_followed_is_said(file: Path, words: tuple[str, ...], said: tuple[str, str]) -> None:
    output = file.with_name("plan.yaml")
    for lang, sentence in zip(("zh", "en"), said, strict=True):
        result = _run(str(file), "-o", str(output), "--lang", lang, *words)
        assert (result.exit_code, sentence in result.stderr, output.exists()) == (1, True, False)


def test_what_is_taken_may_not_name_what_is_left(tmp_path: Path) -> None:
    plan, page = shipped_plan(), tmp_path / "方案.html"
    added = replace(plan.consequences[0], id="apology", name="公开道歉")
    first = plan.triggers[0]
    changed = replace(
        plan,
        consequences=(*plan.consequences, added),
        triggers=(replace(first, consequences=(*first.consequences, "apology")), *plan.triggers[1:]),
    )
    (html,) = (one for one in FORMATS if one.name == "html")
    page.write_bytes(html.forged(changed, to_yaml(plan).encode()))
    (number,) = (str(one["number"]) for one in _changes(page) if one["key"].startswith("consequences[+"))
    for lang, sentence in (("zh", "方案不完整"), ("en", "names something that is left")):
        result = _run(str(page), "--leave", number, "--lang", lang)
        assert (result.exit_code, sentence in result.stderr) == (1, True)


def test_a_file_without_changes_has_none_to_choose(tmp_path: Path) -> None:
    page = tmp_path / "方案.html"
    page.write_text(to_html(shipped_plan()), encoding="utf-8")
    for lang, sentence in (("zh", "没有改动可以选用"), ("en", "nothing to take")):
        result = _run(str(page), "--take", "all", "--lang", lang)
        assert (result.exit_code, sentence in result.stderr) == (1, True)
