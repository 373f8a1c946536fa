"""Nobody but its owner reads a home: neither one that is made today nor one of an older version (§5.4)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pingyi import home as homes
from tests.journeys import standing


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    there = tmp_path_factory.mktemp("closed") / "home"
    standing.played(there)
    yield there
    shutil.rmtree(there)


def test_nothing_in_a_home_is_readable_by_others(home: Path) -> None:
    assert (home / "pingyi.sqlite3").exists()
    assert any((home / "files").rglob("*"))
    assert standing.open_to_others(home) == []


def test_what_an_older_version_left_open_is_closed_at_the_next_start(home: Path, tmp_path: Path) -> None:
    old = Path(shutil.copytree(home, tmp_path / "home"))
    for one in (old, *old.rglob("*")):
        one.chmod(0o755 if one.is_dir() else 0o644)
    assert len(standing.open_to_others(old)) > 5
    standing.run(old, "manage", "check")
    assert standing.open_to_others(old) == []


def test_a_file_put_in_by_hand_is_closed_too(home: Path, tmp_path: Path) -> None:
    kept = Path(shutil.copytree(home, tmp_path / "home"))
    (kept / "witnesses").write_text("# none\n", encoding="utf-8")
    (kept / "witnesses").chmod(0o644)
    (kept / "pingyi.sqlite3-journal").touch(mode=0o644)
    homes.tighten(kept)
    assert standing.open_to_others(kept) == []


def test_uploads_that_a_link_puts_on_another_disk_are_closed_as_well(tmp_path: Path) -> None:
    disk, home = tmp_path / "disk", tmp_path / "home"
    (disk / "proofs").mkdir(parents=True)
    (disk / "proofs" / "picture").touch()
    for one in (disk, disk / "proofs", disk / "proofs" / "picture"):
        one.chmod(0o755)
    home.mkdir(mode=0o700)
    (home / "files").symlink_to(disk)
    homes.tighten(home)
    assert standing.open_to_others(disk) == []


def test_a_link_out_of_the_home_is_not_followed(tmp_path: Path) -> None:
    others, home = tmp_path / "others", tmp_path / "home"
    (others / "deep").mkdir(parents=True)
    (others / "file").touch()
    for one in (others, others / "deep", others / "file"):
        one.chmod(0o755)
    (home / "files").mkdir(parents=True)
    for name in ("static", "file"):
        (home / name).symlink_to(others / ("file" if name == "file" else ""))
    (home / "files" / "linked").symlink_to(others)
    home.chmod(0o755)
    homes.tighten(home)
    assert {(one.stat().st_mode & 0o777) for one in (others, others / "deep", others / "file")} == {0o755}


def test_what_was_made_for_a_moment_goes_also_where_its_process_was_killed(tmp_path: Path) -> None:
    left = tmp_path / "tmp" / "left"
    left.mkdir(parents=True)
    (left / "database.sqlite3").write_bytes(b"names and telephones")
    with homes.momentary(tmp_path / "tmp") as living:
        homes.sweep(tmp_path / "tmp")
        assert living.is_dir()
        assert not left.exists()
        assert living.stat().st_mode & 0o777 == 0o700
    assert not living.exists()


def test_a_restore_waits_for_nobody_and_nobody_starts_during_one(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with homes.at_rest(home):
        done = standing.pingyi(home, "manage", "check")
    assert done.returncode == 3
    assert "Another program holds" in done.stderr
