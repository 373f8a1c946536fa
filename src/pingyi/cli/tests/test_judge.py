"""`pingyi judge` on whole small years: what an official reads, and what a stranger then checks."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pingyi import verify
from pingyi.cli import app

GOLDEN = Path(__file__).parent / "golden"
YEARS = {
    "ordinary": ["plan.yaml", "survey.csv", "visits.csv"],
    "hard": ["plan.yaml", "votes.csv", "events.csv", "--past", "past.csv"],
}
RUNNER = CliRunner(env={"COLUMNS": "170", "TERM": "dumb", "NO_COLOR": "1"})


def arguments(year: str) -> list[str]:
    return ["judge", *(one if one.startswith("--") else str(GOLDEN / year / one) for one in YEARS[year])]


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_year_reads_as_it_was_approved(year: str, language: str) -> None:
    done = RUNNER.invoke(app, [*arguments(year), "--details", "--lang", language])
    assert done.exit_code == 0, done.output
    approved = GOLDEN / year / f"verdict.{language}.txt"
    if os.environ.get("PINGYI_APPROVE"):
        approved.write_text("\n".join(lines(done.stdout)) + "\n", encoding="utf-8")
    assert lines(done.stdout) == lines(approved.read_text(encoding="utf-8"))


@pytest.mark.parametrize("year", YEARS)
def test_the_bundle_of_a_year_is_checked_by_the_stranger(
    year: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert RUNNER.invoke(app, [*arguments(year), "--bundle", str(tmp_path / "b.zip")]).exit_code == 0
    assert verify.main([str(tmp_path / "b.zip")]) == 2  # right in itself, and not signed by anybody
    assert "不通过]" not in capsys.readouterr().out


def test_json_is_for_programs_and_exact() -> None:
    done = RUNNER.invoke(app, [*arguments("ordinary"), "--json"])
    told = json.loads(done.stdout)
    scores = {sheet["name"]: (sheet["score"], sheet["printed"]) for sheet in told["sheets"]}
    assert scores["污染控制科"] == ("19999/250", "79.996")


def test_a_list_of_sections_gives_kinds_and_classes(tmp_path: Path) -> None:
    names = ["办公室", "污染控制科", "环境监测站", "环境监察大队", "信息中心"]
    rows = "".join(f"s{at},{name}\n" for at, name in enumerate(names))
    (tmp_path / "sections.csv").write_text("编号,名称\n" + rows, "utf-8")
    done = RUNNER.invoke(app, [*arguments("ordinary"), "--sections", str(tmp_path / "sections.csv"), "--json"])
    sheets = json.loads(done.stdout)["sheets"]
    assert [(sheet["section"], sheet["kind"]) for sheet in sheets] == [
        ("s0", "office"), ("s1", "section"), ("s2", "station"), ("s3", "brigade"), ("s4", "center"),
    ]  # fmt: skip


def test_an_unknown_section_is_named_and_nothing_is_judged(tmp_path: Path) -> None:
    (tmp_path / "sections.json").write_text('[{"name": "办公室"}]', "utf-8")
    done = RUNNER.invoke(app, [*arguments("ordinary"), "--sections", str(tmp_path / "sections.json")])
    assert done.exit_code == 2
    assert "没有“污染控制科”这个科室" in done.stderr
    assert done.stdout == ""


def test_the_same_file_twice_is_refused() -> None:
    refused = RUNNER.invoke(app, [*arguments("ordinary"), str(GOLDEN / "ordinary" / "visits.csv")])
    assert refused.exit_code == 2
    assert "内容相同" in refused.stderr


def test_missing_evidence_is_listed_and_the_exit_code_says_so() -> None:
    done = RUNNER.invoke(app, arguments("ordinary")[:3])
    assert done.exit_code == 1
    assert "缺少佐证" in done.stdout
    assert "办公室 · 明察暗访" in done.stdout


def test_a_faulty_plan_or_no_table_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("title: 没有别的\n", "utf-8")
    (tmp_path / "x.csv").write_bytes(b"%PDF-1.7")
    faulty = RUNNER.invoke(app, ["judge", str(tmp_path / "plan.yaml"), str(GOLDEN / "ordinary" / "visits.csv")])
    assert (faulty.exit_code, "plan.yaml:" in faulty.stderr) == (2, True)
    no_table = RUNNER.invoke(app, ["judge", str(GOLDEN / "ordinary" / "plan.yaml"), str(tmp_path / "x.csv")])
    assert (no_table.exit_code, "PDF" in no_table.stderr) == (2, True)
    missing = RUNNER.invoke(app, ["judge", str(tmp_path / "none.yaml"), str(tmp_path / "x.csv")])
    assert missing.exit_code == 2
