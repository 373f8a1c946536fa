"""Each rule of the house is shown a tree that breaks it: a rule that cannot fail protects nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import house

ROOT = Path(__file__).resolve().parents[2]

BROKEN = [
    (house.long_files, "x.py", "x = 1\n" * 301),
    (house.long_functions, "x.py", "def f() -> None:\n" + "    print()\n" * 41),
    (house.impure_imports, "rules/x.py", "import django\n"),
    (house.impure_imports, "verify.py", "import numpy\n"),
    (house.local_imports, "x.py", "def f() -> None:\n    import json\n"),
    (house.clock_readers, "x.py", "from datetime import datetime\nx = datetime.now()\n"),
    (house.direct_writes, "x.py", "def f(row: object) -> None:\n    row.save()\n"),
    (house.direct_writes, "x.py", "Task.objects.create(title='x')\n"),
    (house.loose_foreign_keys, "x.py", "x = models.ForeignKey('Section', on_delete=models.CASCADE)\n"),
    (house.vague_names, "utils.py", "x = 1\n"),
    (house.empty_files, "x.py", "\n"),
]


@pytest.mark.parametrize(("rule", "name", "text"), BROKEN)
def test_a_broken_tree_is_found(tmp_path: Path, rule: object, name: str, text: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    assert callable(rule)
    assert rule(tmp_path), f"{rule.__name__} did not see the fault"


def test_a_second_program_that_borrows_from_the_product_is_found(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("from pingyi.verify import root\n", encoding="utf-8")
    assert house.imports_of("pingyi", [tmp_path / "x.py"]) == [f"{tmp_path / 'x.py'}:1 imports pingyi.verify"]


def test_a_lower_floor_that_imports_a_higher_one_is_found(tmp_path: Path) -> None:
    package = tmp_path / "src" / "pingyi"
    for floor in ("rules", "web"):
        (package / floor).mkdir(parents=True)
        (package / floor / "__init__.py").write_text("", encoding="utf-8")
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "rules" / "x.py").write_text("import pingyi.web\n", encoding="utf-8")
    contract = (
        '[tool.importlinter]\nroot_package="pingyi"\n[[tool.importlinter.contracts]]\nname="Floors"\ntype="layers"\n'
    )
    (tmp_path / "pyproject.toml").write_text(contract + 'layers=["pingyi.web","pingyi.rules"]\n', encoding="utf-8")
    linter = Path(sys.executable).with_name("lint-imports")
    command = [str(linter), "--config", "pyproject.toml", "--no-cache"]
    run = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": "src"}, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "pingyi.rules.x -> pingyi.web" in run.stdout
