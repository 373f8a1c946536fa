"""`pingyi ready` in a process of its own: what is open, in words and as JSON, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from pingyi.cli.tests.test_trouble import environment


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pingyi", *words]
    return subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)


def test_an_empty_site_is_not_ready_and_says_why_in_words_and_for_programs(tmp_path: Path) -> None:
    run(tmp_path, "manage", "migrate", "--verbosity", "0")
    told = run(tmp_path, "ready")
    assert told.returncode == 1
    assert "plan.none" in told.stdout
    assert "尚未导入方案" in told.stdout
    given = json.loads(run(tmp_path, "ready", "--json").stdout)
    assert [(one["step"], one["ready"]) for one in given] == [("adopt", False)]
    open_ = {line["id"]: line for line in given[0]["open"]}
    assert open_["plan.none"]["severity"] == "stops"
    assert open_["plan.none"]["mend"] == "/plan/bring/"
    assert {"house.address", "house.name"} <= set(open_)


def test_nothing_is_about_to_begin_before_another_step(tmp_path: Path) -> None:
    run(tmp_path, "manage", "migrate", "--verbosity", "0")
    told = run(tmp_path, "ready", "--step", "settle")
    assert (told.returncode, "没有待通过的方案" in told.stdout) == (0, True)
