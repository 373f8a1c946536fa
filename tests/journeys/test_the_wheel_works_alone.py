"""What is installed needs no checkout beside it: plans, calendars, words and pages come with the package (§5.4)."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from pingyi.release import tree_digest

ROOT = Path(__file__).resolve().parents[2]
PLAN = "shipped_files/plans/demo-2026.yaml"
FOUND = """
import pingyi
from pingyi.authoring.calendars import load_calendar
from pingyi.release import tree_digest
print(pingyi.__file__, len(load_calendar().years) > 10, tree_digest())
"""


class Installed:
    """The wheel in an environment of its own, with the libraries that are there already, and an empty folder."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        venv.create(folder / "env", with_pip=False)
        [packages] = (folder / "env" / "lib").glob("python*/site-packages")
        [wheel] = folder.glob("*.whl")
        with zipfile.ZipFile(wheel) as whole:
            self.names = whole.namelist()
            whole.extractall(packages)
        (packages / "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
        self.package, self.python = packages / "pingyi", folder / "env" / "bin" / "python"
        self.empty = folder / "empty"
        self.empty.mkdir()

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        kept = {name: one for name, one in os.environ.items() if not name.startswith(("PINGYI_", "PYTHON", "DJANGO_"))}
        return subprocess.run(
            [str(self.python), *words], cwd=self.empty, env={**kept, "PYTHONUTF8": "1"}, capture_output=True,
            encoding="utf-8", check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("wheel"))


def test_the_package_holds_what_it_needs_and_no_tests(installed: Installed) -> None:
    assert not [name for name in installed.names if "/tests/" in name]
    done = installed.run("-c", FOUND)
    assert done.stdout.split() == [str(installed.package / "__init__.py"), "True", tree_digest()], done.stderr


def test_a_shipped_plan_is_checked_from_an_empty_folder(installed: Installed) -> None:
    done = installed.run("-m", "pingyi", "plan", "check", str(installed.package / PLAN))
    assert done.returncode == 0, done.stderr
    assert "可以通过" in done.stdout


def test_a_site_begins_in_an_empty_folder_and_its_record_says_that_nothing_is_there(installed: Installed) -> None:
    done = installed.run("-m", "pingyi", "verify")
    assert "Traceback" not in done.stderr
    assert done.returncode != 0
    assert not list(installed.empty.iterdir()), "a look makes nothing"


@pytest.mark.long
def test_a_year_is_rehearsed_and_verified_from_an_empty_folder(installed: Installed) -> None:
    played = installed.run("-m", "pingyi", "demo", "--only-play")
    assert played.returncode == 0, played.stderr
    assert (installed.empty / "var" / "demo" / "played").exists()
    assert installed.run("-m", "pingyi", "verify").returncode == 0
