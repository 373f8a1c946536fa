"""An audit writes nothing: whoever is given a copy gives it back byte for byte, and may have it read-only (§5.4)."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pingyi.cli.tests.patience import PATIENCE
from pingyi.storage.tests.template import lay_out

PLAYED = """
import os, sys
from pingyi.cli.site import prepare
prepare()
from pingyi.bureau.tests.cast import BEGIN, assemble
from pingyi.record import sequence
from pingyi.stations.cases.actions import intake
cast = assemble()
intake.receive(kind="complaint", channel="phone", title="噪声", text="夜里", by=cast.actor("zhou"), at=BEGIN)
sequence.sequence(at=BEGIN)
if "killed" in sys.argv:
    os.kill(os.getpid(), 9)
"""
Listing = dict[str, tuple[int, int, str]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a small site that ended well."""
    home = lay_out(tmp_path_factory.mktemp("home"))
    python("-c", PLAYED, home=home)
    return home


def python(*words: str, home: Path, fails: bool = False) -> tuple[int, str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "DJANGO_"))}
    ran = subprocess.run(
        [sys.executable, *words], env={**bare, "PINGYI_HOME": str(home)}, capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert fails or ran.returncode == 0, ran.stderr
    return ran.returncode, ran.stdout + ran.stderr


def verify(home: Path, *words: str) -> tuple[int, str]:
    return python("-m", "pingyi", "verify", "--lang", "en", *words, home=home, fails=True)


def listing(folder: Path) -> Listing:
    """Everything below a folder: mode, time of change, and content."""
    return {
        str(one.relative_to(folder)): (
            one.lstat().st_mode, one.lstat().st_mtime_ns,
            hashlib.sha256(one.read_bytes()).hexdigest() if one.is_file() else "",
        )
        for one in [folder, *sorted(folder.rglob("*"))]
    }  # fmt: skip


@pytest.fixture
def copy(played: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy that nobody may write to."""
    made = tmp_path / "copy"
    shutil.copytree(played, made)
    for one in [made, *made.rglob("*")]:
        one.chmod(0o500 if one.is_dir() else 0o400)
    yield made
    for one in [made, *made.rglob("*")]:
        one.chmod(0o700)


def test_a_read_only_home_passes_and_stays_as_it_was(copy: Path) -> None:
    before = listing(copy)
    code, told = verify(copy)
    assert (code, told.splitlines()[-1]) == (0, "Passed."), told
    assert listing(copy) == before


def test_a_copy_with_an_empty_home_names_the_missing_key_and_neither_is_written_to(copy: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    before = listing(copy), listing(empty)
    code, told = verify(empty, "--database", str(copy / "pingyi.sqlite3"))
    assert (code, "The record's key is not at" in told) == (1, True), told
    assert "columns are not covered by any entry" in told
    assert (listing(copy), listing(empty)) == before


def test_what_a_killed_site_left_in_its_write_ahead_file_is_read_and_left_there(tmp_path: Path) -> None:
    home = lay_out(tmp_path / "killed")
    assert python("-c", PLAYED, "killed", home=home, fails=True)[0] == -9
    assert (home / "pingyi.sqlite3-wal").stat().st_size
    before = listing(home)
    code, told = verify(home)
    assert (code, told.splitlines()[-1]) == (0, "Passed."), told
    assert listing(home) == before
    with sqlite3.connect(home / "pingyi.sqlite3") as database:
        database.execute("UPDATE bureau_login SET password = 'forged' WHERE username = 'zhou'")
    assert "“password” was changed past the site" in verify(home)[1]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts")
def test_a_home_on_a_disk_that_cannot_be_written_passes(played: Path, tmp_path: Path) -> None:
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    bound = ["mount", "--bind", str(played), str(mounted)]
    if subprocess.run(bound, capture_output=True, check=False).returncode:
        pytest.skip("no mounts here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(mounted)], check=True)
        code, told = verify(mounted)
        assert (code, told.splitlines()[-1]) == (0, "Passed."), told
    finally:
        subprocess.run(["umount", str(mounted)], check=True)
