"""`pingyi estimate --columns` and `--column`: what each column was taken for, and what a person says it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingyi.cli import app
from pingyi.cli.tests.test_estimate import RUNNER

VISITS = "第几次,去了哪里,打几分\n1,许可科,90\n2,许可科,94\n1,大队,61\n2,大队,63\n"
SAID = ["--column", "去了哪里=科室", "--column", "打几分=mark"]


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    path = tmp_path / "访.csv"
    path.write_text(VISITS, "utf-8")
    return path


def test_each_column_is_shown_with_its_cells_before_anything_is_computed(visits: Path) -> None:
    shown = RUNNER.invoke(app, ["estimate", str(visits), "--columns", *SAID])
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.splitlines() == [
        "访.csv", "  第几次 → 不读  (1 · 2)", "  去了哪里 → 科室  (许可科 · 大队)", "  打几分 → 得分  (90 · 94)",
    ]  # fmt: skip
    english = RUNNER.invoke(app, ["estimate", str(visits), "--columns", "--lang", "en", *SAID]).stdout
    assert "打几分 → score" in english


def test_a_table_whose_heads_nobody_knows_is_computed_with_once_a_person_said_what_they_are(visits: Path) -> None:
    refused = RUNNER.invoke(app, ["estimate", str(visits)])
    assert refused.exit_code == 2
    assert "认不出这张表" in refused.stderr
    done = RUNNER.invoke(app, ["estimate", str(visits), *SAID])
    assert done.exit_code == 0, done.output
    assert "大队" in done.stdout


def test_two_tables_may_call_the_same_by_two_heads(visits: Path) -> None:
    other = visits.with_name("卷.csv")
    other.write_text("问卷编号,科室,给分\n1,许可科,88\n2,许可科,90\n3,大队,60\n4,大队,70\n", "utf-8")
    done = RUNNER.invoke(app, ["estimate", str(visits), str(other), *SAID, "--column", "给分=mark"])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("打几分", "列名=内容"),
        ("打几分=高矮", "列名=内容"),
        ("=mark", "列名=内容"),
        ("身高=mark", "没有哪张表有这一列：身高"),
        ("第几次=mark", "只能留一列：第几次、打几分"),
    ],
)
def test_what_cannot_be_a_column_is_told_in_words(visits: Path, words: str, said: str) -> None:
    refused = RUNNER.invoke(app, ["estimate", str(visits), *SAID, "--column", words])
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert refused.stdout == ""
