"""`pingyi plan` from the outside."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pingyi.authoring.printing.render import to_html
from pingyi.authoring.tests.plans import FOLDER, edited, plan_text, shipped_plan
from pingyi.cli.plan import app

RUNNER = CliRunner()
DEMO = str(FOLDER / "demo-2026.yaml")


def run(*words: str) -> tuple[int, str]:
    result = RUNNER.invoke(app, list(words))
    return result.exit_code, result.output


def write(folder: Path, text: str, name: str = "plan.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_good_plan_passes_and_its_ranges_are_printed() -> None:
    code, said = run("check", DEMO)
    assert code == 0
    assert "可以通过" in said
    assert "14.4" in said


def test_a_faulty_plan_names_file_line_and_column(tmp_path: Path) -> None:
    code, said = run("check", write(tmp_path, edited("digits: 2", "digits: two")), "--lang", "en")
    assert code == 1
    assert "plan.yaml:" in said
    assert "'two' is not a whole number" in said


def test_many_problems_of_one_kind_stand_in_one_line_unless_all_are_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, re.sub(r", recipient: \w+", "", plan_text()))
    said = run("check", path)[1]
    assert said.count("没有报送对象") == 1
    more = re.search(r"另有(\d+)处同类，在第([\d、]+)行", said)
    assert more is not None
    assert len(more[2].split("、")) == int(more[1])
    assert run("check", path, "--all")[1].count("没有报送对象") == int(more[1]) + 1
    found = json.loads(run("check", path, "--json")[1])["problems"]
    assert sum(one["code"] == "task_without_recipient" for one in found) == int(more[1]) + 1


def test_check_speaks_json(tmp_path: Path) -> None:
    code, said = run("check", write(tmp_path, edited("score: 80}", "score: 0}")), "--json")
    found = json.loads(said)
    assert code == 1
    assert not found["can_be_adopted"]
    assert found["problems"][0]["code"] == "trigger_never"
    assert found["reachable"]["marks"] == ["14.4", "100"]


def test_diff_tells_what_changed(tmp_path: Path) -> None:
    other = write(tmp_path, edited("score: 80}", "score: 75}"))
    assert run("diff", DEMO, other) == (
        0,
        "触发条件“综合得分低于80分” · 条件“低于分数线” · 分数线：由“80”改为“75”\n",
    )
    assert run("diff", DEMO, DEMO, "--lang", "en") == (0, "The two plans do not differ.\n")
    assert json.loads(run("diff", DEMO, other, "--json")[1])[0]["path"] == "triggers[1].all_of[0].score"


@pytest.mark.parametrize(("suffix", "start"), [("docx", b"PK"), ("html", b"<!doctype"), ("txt", "清源区".encode())])
def test_a_plan_is_printed(tmp_path: Path, suffix: str, start: bytes) -> None:
    path = tmp_path / f"plan.{suffix}"
    assert run("print", DEMO, "-o", str(path))[0] == 0
    assert path.read_bytes().startswith(start)


def test_a_wrong_file_gets_a_sentence_and_writes_nothing(tmp_path: Path) -> None:
    assert run("print", DEMO, "-o", str(tmp_path / "plan.odt"))[0] == 1
    assert not (tmp_path / "plan.odt").exists()
    picture = tmp_path / "plan.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    for words in (("check", str(picture)), ("check", str(tmp_path / "none.yaml")), ("diff", DEMO, str(picture))):
        code, said = run(*words)
        assert code == 1
        assert said.strip()


def test_the_schema_can_be_written_for_an_editor(tmp_path: Path) -> None:
    assert run("schema", "-o", str(tmp_path / "s.json"))[0] == 0
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["$id"] == "urn:pingyi-plan:1"


def test_a_changed_print_lists_its_differences(tmp_path: Path) -> None:
    page = to_html(shipped_plan()).replace("低于80分。", "低于20分。").replace("清环〔2026〕8号", "清环〔2026〕9号")
    file = write(tmp_path, page, "方案.html")
    _, said = run("import", file)
    assert "正文改动（2）" in said
    assert "± 文号：由“清环〔2026〕8号”改为“清环〔2026〕9号”" in said
    told = json.loads(run("import", file, "--json")[1])
    assert (told["way"], told["carried"]) == ("changes", "changed")
    number, limit = told["changes"]
    assert (number["key"], number["taken"]) == ("number", True)
    assert (limit["place"], limit["before"], limit["after"]) == ("七（一）2", ["80", "80"], ["20", "20"])
