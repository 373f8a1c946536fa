"""What the machine refuses is told in both languages, and a start after a kill finds everything in order."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from pingyi.cli import trouble
from pingyi.cli.tests.patience import PATIENCE, free_port, wait_until
from pingyi.storage.tests.template import environment

ROOT = Path(__file__).resolve().parents[4]


def run(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pingyi", *words]
    return subprocess.run(
        command,
        env=environment(home, **more),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=PATIENCE,
    )


def told(done: subprocess.CompletedProcess[str], chinese: str, english: str) -> None:
    assert done.returncode == 3
    assert chinese in done.stderr
    assert english in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "plans").symlink_to(ROOT / "plans")
    (tmp_path / "calendars").symlink_to(ROOT / "calendars")
    return tmp_path


def test_a_taken_port_is_named_before_anything_is_prepared(root: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = run(root, "serve", "--port", str(other.getsockname()[1]))
    told(done, "端口已被占用", "port is taken")
    assert not (root / "var").exists()


def test_an_address_of_another_machine_is_refused(root: Path) -> None:
    told(run(root, "serve", "--host", "203.0.113.7", "--port", str(free_port())), "没有这个地址", "no such address")


def test_a_worker_without_a_prepared_database_says_what_to_run_first(root: Path) -> None:
    done = run(root, "work")
    assert done.returncode == 3
    assert "pingyi manage migrate" in done.stderr


def test_a_server_that_is_down_is_named(root: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:9/nothing"
    told(run(root, "serve", "--port", str(free_port()), PINGYI_DATABASE_URL=url), "连不上", "cannot be reached")


def test_a_wrong_setting_is_named(root: Path) -> None:
    serve = ("serve", "--port", str(free_port()))
    told(run(root, *serve, PINGYI_DATABASE_URL="mysql://x/y", PINGYI_HOME=str(root)), "环境变量", "setting")
    done = run(root, *serve, PINGYI_HTTPS="perhaps")
    told(done, "环境变量", "PINGYI_HTTPS")


def test_a_file_that_is_no_database_is_named(root: Path) -> None:
    (root / "var").mkdir()
    (root / "var" / "pingyi.sqlite3").write_text("no database " * 100, encoding="utf-8")
    told(run(root, "serve", "--port", str(free_port())), "已损坏", "damaged")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_is_named(root: Path) -> None:
    root.chmod(0o500)
    told(run(root, "serve", "--port", str(free_port())), "无法写入", "Cannot write")


def test_a_full_disk_is_told_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(":memory:") as small, pytest.raises(sqlite3.Error) as full:
        small.executescript("PRAGMA max_page_count = 2; CREATE TABLE a (b); INSERT INTO a VALUES (zeroblob(99999));")
    for error in (full.value, OSError(errno.ENOSPC, "No space left on device", "file")):
        assert trouble.told(error)
        assert "磁盘已满" in capsys.readouterr().err


def test_a_fault_of_our_own_is_not_explained_away() -> None:
    assert not trouble.told(KeyError("x"))
    assert not trouble.told(OSError(errno.ENOENT, "No such file", "file"))


def test_a_secret_that_was_cut_off_by_a_kill_does_not_stop_the_next_start(root: Path) -> None:
    (root / "var").mkdir()
    (root / "var" / "secret-key").touch()
    done = run(root, "manage", "check")
    assert done.returncode == 0, done.stderr
    assert len((root / "var" / "secret-key").read_text(encoding="ascii")) > 40


def test_a_terminal_without_chinese_stops_nothing(root: Path) -> None:
    done = run(root, "--help", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert "demo" in done.stdout


@contextmanager
def started(root: Path, *words: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    command, kept = [sys.executable, "-m", "pingyi", *words], environment(root, **more)
    with subprocess.Popen(command, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as one:
        try:
            yield one
        finally:
            one.kill()


def answer_of(port: int) -> str:
    """What the site's first page says; nothing while nobody answers."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def wait_for(port: int, site: subprocess.Popen[bytes]) -> None:
    wait_until(lambda: "评议" in answer_of(port), told="the site did not answer", goes_on=lambda: site.poll() is None)


def test_a_site_that_was_killed_frees_its_port_and_starts_again(root: Path) -> None:
    port = free_port()
    with started(root, "serve", "--port", str(port)) as site:
        wait_for(port, site)
        site.send_signal(signal.SIGKILL)
        site.wait()
    wait_until(lambda: is_free(port), told="the port is still held")
    with started(root, "serve", "--port", str(port)) as site:
        wait_for(port, site)


def is_free(port: int) -> bool:
    with socket.socket() as caller:
        return bool(caller.connect_ex(("127.0.0.1", port)))


def entries(database: Path) -> int:
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as read:
            return int(read.execute("SELECT count(*) FROM record_entry").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_a_rehearsal_that_was_killed_is_played_again(root: Path) -> None:
    database = root / "var" / "demo" / "pingyi.sqlite3"
    with started(root, "demo", "--only-play") as first:
        while first.poll() is None and entries(database) < 20:
            time.sleep(0.02)
        first.send_signal(signal.SIGKILL)
    assert entries(database), "it was killed before it had begun"
    assert not (root / "var" / "demo" / "played").exists()
    second = run(root, "demo", "--only-play")
    assert second.returncode == 0, second.stderr
    assert "名次" in second.stdout


def test_a_rehearsal_goes_where_it_is_told_but_touches_nothing_else(root: Path, tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (real / "pingyi.sqlite3").write_bytes(b"a year of work")
    told(run(root, "demo", "--only-play", PINGYI_HOME=str(real)), "不是演练", "other than a rehearsal")
    assert [(one.name, one.read_bytes()) for one in real.iterdir()] == [("pingyi.sqlite3", b"a year of work")]
    chosen = tmp_path / "chosen"
    with started(root, "demo", "--only-play", PINGYI_HOME=str(chosen)) as first:
        while first.poll() is None and not entries(chosen / "pingyi.sqlite3"):
            time.sleep(0.02)
        first.send_signal(signal.SIGKILL)
    assert (chosen / "rehearsal").exists()
    assert not (root / "var").exists()


def test_nobody_plays_anew_what_another_shows(root: Path, played_year: Path) -> None:
    shutil.copytree(played_year, root / "var" / "demo")
    port = free_port()
    with started(root, "demo", "--port", str(port)) as site:
        wait_for(port, site)
        told(run(root, "demo", "--again", "--only-play"), "被另一个程序占用", "Another program holds")
